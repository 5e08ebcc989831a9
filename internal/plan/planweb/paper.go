package planweb

import (
	"context"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/plan"
	"bangfu/internal/staff"
	"bangfu/internal/work"
	"bangfu/templates/planpage"
)

// FormPaper is a household's plan 解困脱困实施计划表, put on record.
var FormPaper = casefile.Paper{Kind: casefile.HouseholdPlan, Need: staff.CapFileRead,
	Path: func(file work.FileID, _ int64) string { return planpage.PrintPath(file) }, Says: saysForm}

// saysForm is what the form tells: the goal, who answers for it, and each measure as far as it is.
func saysForm(ctx context.Context, q work.Querier, by work.Actor, file work.FileID, _ int64) (any, error) {
	p, err := plan.Of(ctx, q, by.Scope, file)
	if err != nil {
		return nil, err
	}
	causes, err := casefile.CausesOf(ctx, q, file)
	return struct {
		Target                     plan.Target
		Goal, Responsible, Contact string
		ExitOn                     day.Date
		Measures                   []plan.Measure
		Causes                     []casefile.Cause
	}{p.Target, p.Goal, p.Responsible, p.Contact, p.ExitOn, p.Measures, causes}, err
}
