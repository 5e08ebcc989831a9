package grantweb

import (
	"context"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/grant"
	"bangfu/internal/money"
	"bangfu/internal/staff"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/grantpage"
)

// FormPaper is the approval form of a grant 救助审批表, put on record.
var FormPaper = casefile.Paper{Kind: casefile.GrantForm, Need: staff.CapGrantRead,
	Path: func(_ work.FileID, id int64) string { return grantpage.PrintPath(grant.ApplicationID(id)) }, Says: saysForm}

// said is one decision as the form shows it.
type said struct {
	Step    grant.Step
	Verdict grant.Verdict
	Opinion string
	Name    string
	At      string
}

// saysForm is what the form tells: what is asked for and why, and what was decided in the running round.
func saysForm(ctx context.Context, q work.Querier, by work.Actor, file work.FileID, id int64) (any, error) {
	a, made, err := grant.OnPaper(ctx, q, by.Scope, grant.ApplicationID(id))
	if err == nil && a.File != file {
		err = work.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	var decisions []said
	for _, d := range made {
		if d.Round == a.Round {
			decisions = append(decisions, said{d.Step, d.Verdict, d.Opinion, d.Name, words.Minute(d.At)})
		}
	}
	return struct {
		Number, Name, Reason string
		Terms                grant.TermsID
		Cause                casefile.Cause
		FiledOn              day.Date
		Facts                grant.Facts
		Amount, WindowSum    money.Amount
		Tier                 grant.Tier
		Round                int
		Decisions            []said
	}{a.FileNumber, a.HeadName, a.Reason, a.TermsID, a.Cause, a.FiledOn(), a.Facts, a.Amount, a.WindowSum, a.Tier, a.Round, decisions}, nil
}
