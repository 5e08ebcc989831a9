package grantpage

import (
	"fmt"

	"bangfu/internal/casefile"
	"bangfu/internal/grant"
	"bangfu/internal/work"
)

// InboxPath is the address of the first page of a list.
func InboxPath(l grant.List) string {
	if l == grant.Waiting {
		return "/grants"
	}
	return "/grants?list=" + string(l)
}

// CasePath is the address of one application.
func CasePath(id grant.ApplicationID) string { return fmt.Sprintf("/grants/%d", id) }

// InMeeting is the address of one application on the agenda of a body.
func InMeeting(id grant.ApplicationID, body grant.BodyID) string {
	return fmt.Sprintf("/grants/%d?meeting=%d", id, body)
}

// StepPath is where the acts of a step are sent.
func StepPath(id grant.ApplicationID, s grant.Step) string {
	switch s {
	case grant.AtReview:
		return CasePath(id) + "/review"
	case grant.AtSignature:
		return CasePath(id) + "/signature"
	}
	return CasePath(id) + "/votes"
}

// AmountPath is where a new amount is sent.
func AmountPath(id grant.ApplicationID) string { return CasePath(id) + "/amount" }

// WithdrawalPath is where a withdrawal is sent.
func WithdrawalPath(id grant.ApplicationID) string { return CasePath(id) + "/withdrawal" }

// RevocationPath is where the payment of an approved application is ended.
func RevocationPath(id grant.ApplicationID) string { return CasePath(id) + "/revocation" }

// CorrectionPath is where a returned application is corrected.
func CorrectionPath(id grant.ApplicationID) string { return CasePath(id) + "/correction" }

// PrintPath is the form for the paper file.
func PrintPath(id grant.ApplicationID) string { return CasePath(id) + "/print" }

// MeetingPath is the agenda of a body.
func MeetingPath(body grant.BodyID) string { return fmt.Sprintf("/grants/meetings/%d", body) }

// NewPath is where a household's application begins; with a programme it is the form of that programme.
func NewPath(file work.FileID, programme string) string {
	path := FilePath(file) + "/grants/new"
	if programme != "" {
		path += "?programme=" + programme
	}
	return path
}

// FilePath is the page of a worker file, which belongs to another feature.
func FilePath(file work.FileID) string { return fmt.Sprintf("/files/%d", file) }

// PaperPath is one paper of a worker file.
func PaperPath(file work.FileID, paper casefile.EvidenceID) string {
	return fmt.Sprintf("/files/%d/evidence/%d", file, paper)
}

// PapersPath is where papers are added to a worker file.
func PapersPath(file work.FileID) string { return FilePath(file) + "/evidence" }
