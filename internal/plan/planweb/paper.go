package planweb

import (
	"context"
	"errors"
	"net/http"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/money"
	"bangfu/internal/plan"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/planpage"
)

// FormPaper is the plan that leads a household out of hardship 解困脱困实施计划表 (003-04, domain.md b.2), put on record. A
// household without a plan yet gets it with empty rows for the pen.
var FormPaper = casefile.Paper{Kind: casefile.PlanForm, Need: staff.CapFileRead, Every: true,
	Path: func(file work.FileID, _ int64) string { return planpage.PrintPath(file) }, Says: saysForm,
	Since: func(ctx context.Context, q work.Querier, by work.Actor, file work.FileID, _ int64, at time.Time) ([]casefile.Difference, error) {
		return plan.Since(ctx, q, by.Scope, file, at)
	}}

// getPrint prints the plan as 解困脱困实施计划表. The worker signs it, so it is in Chinese whoever prints it.
func (h *Handlers) getPrint(w http.ResponseWriter, r *http.Request) error {
	f, p, err := h.file(r)
	if err != nil {
		return err
	}
	ctx := words.Official(r.Context())
	v := planpage.PrintView{File: f, Plan: p}
	if v.Household, err = householdOf(r.Context(), h.DB, f); err != nil {
		return err
	}
	v.Sheet = layout.Sheet{Page: h.Page(r, "plan.print.title"), Number: words.T(ctx, "plan.print.file", int64(f.ID)), Wide: true, Official: true,
		By: web.By(r).Name, At: h.Now(), Back: planpage.Path(f.ID)}
	if f.Number != "" {
		v.Sheet.Number = words.T(ctx, "plan.print.number", f.Number, int64(f.ID))
	}
	t, err := FormPaper.Trace(ctx, h.DB, web.By(r), r.URL.Query().Get("print"), f.ID, 0)
	if err != nil {
		return err
	}
	v.Sheet = h.Traced(r, v.Sheet, layout.Trace(t))
	return h.Render(w, r, http.StatusOK, planpage.Print(v))
}

// householdOf reads what the form tells of the household beside its plan.
func householdOf(ctx context.Context, q work.Querier, f casefile.File) (h planpage.Household, err error) {
	said, err := casefile.SaidOf(ctx, q, f.ID)
	if err != nil {
		return h, err
	}
	h.Causes, h.CauseNote, h.Needs, h.NeedNote, h.Group = said.Causes, said.Particulars.CauseNote, said.Particulars.Needs, said.Particulars.NeedNote, said.Particulars.TargetGroup
	economy, err := casefile.EconomyOf(ctx, q, f)
	if err != nil {
		return h, err
	}
	for side, to := range map[casefile.Side]*money.Amount{casefile.Income: &h.Income, casefile.Expense: &h.Expense} {
		if *to, err = economy.Sum(side); err != nil {
			return h, err
		}
	}
	j, err := casefile.LastJudgement(ctx, q, f.ID)
	if errors.Is(err, work.ErrNotFound) {
		return h, nil
	}
	h.Judged, h.Monthly = err == nil, j.Verdict.Monthly
	return h, err
}

// saysForm is what the form tells: the household, the goal, who answers for it, and each measure as far as it is.
func saysForm(ctx context.Context, q work.Querier, by work.Actor, file work.FileID, _ int64) (any, error) {
	f, err := casefile.Find(ctx, q, by.Scope, file)
	if err != nil {
		return nil, err
	}
	p, err := plan.Of(ctx, q, by.Scope, file)
	if err != nil && !errors.Is(err, work.ErrNotFound) {
		return nil, err
	}
	household, err := householdOf(ctx, q, f)
	return struct {
		Head, Number, Employer, Address string
		People                          int
		Category                        eligibility.Category
		Household                       planpage.Household
		Target                          plan.Target
		Goal, Responsible, Contact      string
		ExitOn                          day.Date
		Measures                        []plan.Measure
	}{f.HeadName, f.Number, f.Employer, f.Address, f.People, f.Category, household, p.Target, p.Goal, p.Responsible, p.Contact, p.ExitOn, p.Measures}, err
}
