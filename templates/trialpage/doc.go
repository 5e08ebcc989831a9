// Package trialpage holds the pages on which a new line or rule is proposed, tried and confirmed.
package trialpage

import (
	"net/url"
	"strconv"

	"bangfu/internal/trial"
	"bangfu/internal/work"
)

// Addresses of the proposals.
const (
	ListPath = "/rules/proposals"
	LinePath = "/rules/proposals/line"
	RulePath = "/rules/proposals/rule"
)

// RulesPath is where what is in force stands.
const RulesPath = "/rules"

// Path is the address of a proposal.
func Path(id trial.ID) string { return ListPath + "/" + strconv.FormatInt(int64(id), 10) }

// DecisionPath is where a second person decides.
func DecisionPath(id trial.ID) string { return Path(id) + "/decision" }

// TrialsPath is where another trial is asked for.
func TrialsPath(id trial.ID) string { return Path(id) + "/trials" }

// WithdrawalPath is where a proposal is taken back.
func WithdrawalPath(id trial.ID) string { return Path(id) + "/withdrawal" }

// HouseholdsPath lists the households that a proposal moves, behind a file.
func HouseholdsPath(id trial.ID, effect trial.Effect, behind work.FileID) string {
	query := url.Values{"effect": {string(effect)}}
	if behind != 0 {
		query.Set("behind", strconv.FormatInt(int64(behind), 10))
	}
	return Path(id) + "/households?" + query.Encode()
}

// BelowPath is the list of proposals below one.
func BelowPath(below trial.ID) string {
	return ListPath + "?below=" + strconv.FormatInt(int64(below), 10)
}

// AffectedPath lists the households that wait to be judged anew, behind a file.
func AffectedPath(behind work.FileID) string {
	if behind == 0 {
		return "/rules/affected"
	}
	return "/rules/affected?behind=" + strconv.FormatInt(int64(behind), 10)
}

// filePath is the address of a worker file.
func filePath(id work.FileID) string { return "/files/" + strconv.FormatInt(int64(id), 10) }
