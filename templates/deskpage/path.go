// Package deskpage holds the first page after signing in.
package deskpage

import (
	"strconv"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/work"
)

// HomePath is the address of the first page.
const HomePath = "/"

// Addresses of the lists that the first page counts; their features' page packages build them too.
const (
	SearchPath   = "/files/search" // a registration begins with a search
	MinePath     = "/files?list=mine"
	ToJudgePath  = "/files?list=to_judge"
	ToAssessPath = "/files?list=to_assess"
	VisitsPath   = "/visits"
	ToPublish    = "/notices?tab=waiting"
	OpenNotices  = "/notices?tab=open"
	Objected     = "/notices?tab=objected"
	GrantsPath   = "/grants?list=waiting"

	ChangesPath      = "/changes"
	MovesPath        = "/moves"
	MovesToDecide    = "/moves?list=to_decide"
	MovesToReceive   = "/moves?list=to_receive"
	WeighPath        = "/changes?list=weigh"
	ExitsPath        = "/exits"
	CallbacksPath    = "/exits/callbacks"
	ReviewsPath      = "/reviews"
	DestructionsPath = "/retention/batches"
	ReadingsPath     = "/audit/readings"
	ProposalsPath    = "/rules/proposals"
	RelativesPath    = "/staff/relatives"

	ReadyPath   = "/payments?state=ready"
	FailedPath  = "/payments?state=failed"
	PayablePath = "/payments"
	BatchPath   = "/payments/batches"
	ReleasePath = "/payments/batches?state=made"
	AnswerPath  = "/payments/batches?state=released"
	FundsPath   = "/funds"
)

// FilePath is a page under one file: "" for the file's own, else "judgement", "visit" …
func FilePath(id work.FileID, page string) string {
	path := "/files/" + strconv.FormatInt(int64(id), 10)
	if page == "" {
		return path
	}
	return path + "/" + page
}

// ReadingPath is what a person read on a day.
func ReadingPath(id work.StaffID, on day.Date) string {
	return Under(ReadingsPath, int64(id)) + "/" + on.String()
}

// MinePage is where the registrar of a file goes on.
func MinePage(f casefile.File) string { return FilePath(f.ID, "registration") }

// Under is one record of a list: Under("/grants", 12).
func Under(list string, id int64) string { return list + "/" + strconv.FormatInt(id, 10) }
