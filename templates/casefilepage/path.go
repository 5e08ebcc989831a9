// Package casefilepage holds the pages of worker files: search, lists, registration, the file itself, judgement and
// assessment. They decide nothing.
package casefilepage

import (
	"net/url"
	"strconv"

	"bangfu/internal/casefile"
	"bangfu/internal/work"
)

// Addresses that stand by themselves.
const (
	ListPath   = "/files"
	SearchPath = "/files/search"

	SavedListsPath = "/files/lists"
)

// FilePath is the page of one file.
func FilePath(id work.FileID) string { return ListPath + "/" + strconv.FormatInt(int64(id), 10) }

// meantName is the name of a member in the address of a file.
const meantName = "member"

// MeantPath is the page of a file that was found by a number of one of its people; without a person the file's own page.
func MeantPath(id work.FileID, person casefile.PersonID) string {
	if person == 0 {
		return FilePath(id)
	}
	return FilePath(id) + "?" + url.Values{meantName: {strconv.FormatInt(int64(person), 10)}}.Encode()
}

// Meant reads the person of MeantPath; zero = nobody.
func Meant(asked url.Values) casefile.PersonID {
	n, _ := strconv.ParseInt(asked.Get(meantName), 10, 64) // what is no number is nobody
	return casefile.PersonID(n)
}

// WorkListPath is the first page of a work list.
func WorkListPath(list casefile.WorkList) string {
	return ListPath + "?" + url.Values{"list": {string(list)}}.Encode()
}

// SavedPath is the page of a saved list.
func SavedPath(id casefile.SavedID) string {
	return SavedListsPath + "/" + strconv.FormatInt(int64(id), 10)
}

// OpenSavedPath is the list itself that was saved.
func OpenSavedPath(s casefile.Saved) string {
	return ListPath + "?" + s.Query + "&saved=" + strconv.FormatInt(int64(s.ID), 10)
}

// With is the address of a list with one part of its question changed, or left out when the value is empty. It leads to
// the first page.
func With(query url.Values, name, value string) string {
	changed := url.Values{}
	for key, values := range query {
		if key != name && key != "after" && key != "before" && len(values) > 0 && values[0] != "" {
			changed[key] = values
		}
	}
	if value != "" {
		changed.Set(name, value)
	}
	if len(changed) == 0 {
		return ListPath
	}
	return ListPath + "?" + changed.Encode()
}

// TasksPath is the task list of a registration.
func TasksPath(id work.FileID) string { return FilePath(id) + "/registration" }

// LackPath leads to the field of an answer that is owed.
func LackPath(id work.FileID, l casefile.Lack) string {
	return SectionPath(id, l.Section) + "#f-" + l.Field
}

// SectionPath is one section of a registration. Papers have a page of their own, which outlives the registration.
func SectionPath(id work.FileID, s casefile.Section) string {
	if s == casefile.EvidenceSection {
		return EvidencePath(id)
	}
	return TasksPath(id) + "/" + string(s)
}

// DraftPath is where a section keeps what is typed.
func DraftPath(id work.FileID, s casefile.Section) string {
	return TasksPath(id) + "/" + string(s) + "/draft"
}

// CheckPath is the page on which the answers are checked before they are submitted.
func CheckPath(id work.FileID) string { return FilePath(id) + "/submission" }

// DiscardPath is where a registration is thrown away.
func DiscardPath(id work.FileID) string { return FilePath(id) + "/withdrawal" }

// TemporaryPath is where a registration is kept as a temporary file.
func TemporaryPath(id work.FileID) string { return FilePath(id) + "/temporary" }

// ConversionPath is where a temporary file becomes a registration.
func ConversionPath(id work.FileID) string { return FilePath(id) + "/conversion" }

// CancellationPath is where a temporary file ends.
func CancellationPath(id work.FileID) string { return FilePath(id) + "/cancellation" }

// EvidencePath is the page of the papers.
func EvidencePath(id work.FileID) string { return FilePath(id) + "/evidence" }

// PaperContentPath is a paper itself.
func PaperContentPath(id work.FileID, paper casefile.EvidenceID) string {
	return PaperPath(id, paper) + "/content"
}

// wantedPath is the page of the papers with the form for one that is missing.
func wantedPath(id work.FileID, r casefile.Requirement) string {
	return EvidencePath(id) + "?kind=" + string(r.Kind) + "&person=" + strconv.FormatInt(int64(r.PersonID), 10) + "#f-paper"
}

// PaperPath is the page of one paper.
func PaperPath(id work.FileID, paper casefile.EvidenceID) string {
	return EvidencePath(id) + "/" + strconv.FormatInt(int64(paper), 10)
}

// EconomyPath is the page of the snapshots of the economy.
func EconomyPath(id work.FileID) string { return FilePath(id) + "/economy" }

// ArrearsPath is the page of what employers owe the household.
func ArrearsPath(id work.FileID) string { return FilePath(id) + "/arrears" }

// SettlementPath is where arrears are recorded as paid.
func SettlementPath(id work.FileID, row casefile.ArrearsID) string {
	return ArrearsPath(id) + "/" + strconv.FormatInt(int64(row), 10) + "/settlement"
}

// ArrearsRemovalPath takes arrears out of a registration.
func ArrearsRemovalPath(id work.FileID, row casefile.ArrearsID) string {
	return ArrearsPath(id) + "/" + strconv.FormatInt(int64(row), 10) + "/removal"
}

// JudgementPath is the page of the judgement.
func JudgementPath(id work.FileID) string { return FilePath(id) + "/judgement" }

// AssessmentPath is the page of the assessment.
func AssessmentPath(id work.FileID) string { return FilePath(id) + "/assessment" }

// ChangesPathOf is one page of a list of changes; below zero from the top.
func ChangesPathOf(l casefile.ChangeList, below int64) string {
	path := "/changes?list=" + string(l)
	if below > 0 {
		path += "&below=" + strconv.FormatInt(below, 10)
	}
	return path
}

// ChangePath is one change.
func ChangePath(id casefile.ChangeID) string { return "/changes/" + strconv.FormatInt(int64(id), 10) }

// FileChangesPath is the page of a file's changes.
func FileChangesPath(id work.FileID) string { return FilePath(id) + "/changes" }

// NewChangePath is the form of a change of a kind.
func NewChangePath(id work.FileID, kind casefile.ChangeKind) string {
	return FileChangesPath(id) + "/" + string(kind)
}

// AgainPath is the form of a change of the same kind, with what was typed into one that was rejected.
func AgainPath(c casefile.Change) string {
	return NewChangePath(c.FileID, c.Kind) + "?from=" + strconv.FormatInt(int64(c.ID), 10)
}

// RejudgementPath is where an active file is judged anew.
func RejudgementPath(id work.FileID) string { return FilePath(id) + "/rejudgement" }

// CardsPath is the page of the bank cards.
func CardsPath(id work.FileID) string { return FilePath(id) + "/cards" }

// CardPath is one bank card.
func CardPath(id work.FileID, card casefile.CardID) string {
	return CardsPath(id) + "/" + strconv.FormatInt(int64(card), 10)
}

// PersonNumberPath asks for the reason before a person's number is shown.
func PersonNumberPath(id work.FileID, person casefile.PersonID) string {
	return FilePath(id) + "/people/" + strconv.FormatInt(int64(person), 10) + "/number"
}

// CardNumberPath asks for the reason before a card's number is shown.
func CardNumberPath(id work.FileID, card casefile.CardID) string {
	return CardPath(id, card) + "/number"
}
