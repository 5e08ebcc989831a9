// Package comparisonpage holds the pages of comparisons: lists sent out, answers read in, what differs, and the rule.
package comparisonpage

import (
	"strconv"

	"bangfu/internal/comparison"
	"bangfu/internal/work"
	"bangfu/templates/ui"
)

// Addresses of the lists and forms.
const (
	ListPath     = "/comparisons"
	NewPath      = "/comparisons/new"
	FindingsPath = "/comparisons/findings"
	RulesPath    = "/rules/comparisons"
	BlankPath    = "/forms/comparison" // the authorisation without names
)

func below[T ~int64](path string, id T) string { return path + "/" + strconv.FormatInt(int64(id), 10) }

// Path is the address of a comparison.
func Path(id comparison.BatchID) string { return below(ListPath, id) }

// UploadPath is where an answer to it is handed in.
func UploadPath(id comparison.BatchID) string { return Path(id) + "/answer" }

// AnswerPath is the address of an answer.
func AnswerPath(id comparison.AnswerID) string { return below(ListPath+"/answers", id) }

// WithdrawalPath is where it is withdrawn.
func WithdrawalPath(id comparison.AnswerID) string { return AnswerPath(id) + "/withdrawal" }

// FindingPath is the address of a finding.
func FindingPath(id comparison.FindingID) string { return below(FindingsPath, id) }

// FilePath is the address of a file.
func FilePath(file work.FileID) string { return below("/files", file) }

// DeclarationsPath is where the declarations of a file are recorded.
func DeclarationsPath(file work.FileID) string { return FilePath(file) + "/declarations" }

// AuthorisationPath is the authorisation that a household signs.
func AuthorisationPath(file work.FileID) string { return DeclarationsPath(file) + "/comparison" }

// total gives a bounded count to a pager; one that was cut is said in words beside it.
func total(n int) int {
	if n > comparison.MostCounted {
		return -1
	}
	return n
}

// stateTag gives the state of a list in a word.
func stateTag(s comparison.State) ui.Tag {
	switch s {
	case comparison.Made:
		return ui.Tag{Key: s.Key(), Tone: ui.Due}
	case comparison.Sent:
		return ui.Tag{Key: s.Key(), Tone: ui.Info}
	}
	return ui.Tag{Key: s.Key()}
}

// standingTag gives in a word how a finding stands.
func standingTag(s comparison.Standing) ui.Tag {
	if s.Unsettled() {
		return ui.Tag{Key: s.Key(), Tone: ui.Due}
	}
	return ui.Tag{Key: s.Key()}
}

// progressTag gives in a word how far an answer is.
func progressTag(p comparison.Progress) ui.Tag {
	switch p {
	case comparison.Uploaded:
		return ui.Tag{Key: p.Key(), Tone: ui.Due}
	case comparison.Reading:
		return ui.Tag{Key: p.Key(), Tone: ui.Info}
	case comparison.Failed:
		return ui.Tag{Key: p.Key(), Tone: ui.Bad}
	}
	return ui.Tag{Key: p.Key()}
}
