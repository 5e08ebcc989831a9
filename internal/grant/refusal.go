package grant

import "bangfu/internal/work"

// told maps what the database refuses for everybody to the words for it. The code asks the same questions first; these
// answer when two people act at the same moment, or when a rule is met that the code left to the database.
var told = map[string]string{
	"casefile_duty_sides":       "grant.refusal.side",
	"casefile_relative":         "grant.refusal.relative",
	"grant_leaving":             "grant.refusal.leaving",
	"grant_application_closed":  "grant.refusal.over",
	"grant_bodies":              "grant.refusal.body",
	"grant_chain":               "grant.refusal.chain",
	"grant_decision_close":      "grant.refusal.decided",
	"grant_decision_member":     "grant.refusal.member",
	"grant_decision_once":       "grant.refusal.decided",
	"grant_decision_round":      "grant.refusal.over",
	"grant_decision_single":     "grant.refusal.decided",
	"grant_file_active":         "grant.refusal.file",
	"grant_fund_serves_purpose": "grant.refusal.account",
	"grant_notice":              "grant.refusal.notice",
	"grant_within_ceiling":      "grant.refusal.over_ceiling",
	"payment_file_active":       "grant.refusal.file",
	"payment_notice":            "grant.refusal.notice",
}

// worded turns a refusal by the database into one for a person; every other error stays as it is.
func worded(err error) error {
	if key, known := told[work.Violated(err)]; known {
		return work.Refuse(key)
	}
	return err
}
