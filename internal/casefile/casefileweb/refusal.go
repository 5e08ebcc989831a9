package casefileweb

import (
	"context"
	"net/http"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/casefilepage"
	"bangfu/templates/layout"
)

// refusalPaper is the notice that no file is opened 不予建档告知书.
var refusalPaper = casefile.Paper{Kind: casefile.RefusalForm, Need: staff.CapFileRead,
	Path: func(file work.FileID, _ int64) string { return casefilepage.RefusalPath(file) },
	Says: func(ctx context.Context, q work.Querier, by work.Actor, file work.FileID, _ int64) (any, error) {
		refusal, err := casefile.RefusalOf(ctx, q, by.Scope, file)
		return refusal.Says(), err
	}}

// getRefusal shows the notice that no file is opened, with each reason and how to object (001-46). It bears the day of the decision.
func (h *Handlers) getRefusal(w http.ResponseWriter, r *http.Request) error {
	f, err := h.file(r)
	if err != nil {
		return err
	}
	ctx, by := words.Official(r.Context()), web.By(r)
	if !f.State.Denied() {
		return work.Refuse("casefile.refusal.not_denied", f.State)
	}
	v := casefilepage.RefusalView{File: f}
	if v.Refusal, err = casefile.RefusalOf(ctx, h.DB, by.Scope, f.ID); err != nil {
		return err
	}
	t, err := refusalPaper.Trace(ctx, h.DB, by, r.URL.Query().Get("print"), f.ID, 0)
	if err != nil {
		return err
	}
	v.On = day.On(v.Refusal.At)
	v.Sheet = h.Traced(r, layout.Sheet{Page: h.Page(r, "casefile.denied.title"), Number: words.T(ctx, "casefile.denied.number", int64(f.ID)),
		By: by.Name, At: h.Now(), Back: casefilepage.FilePath(f.ID), Official: true}, layout.Trace(t))
	return h.Render(w, r, http.StatusOK, casefilepage.RefusalSheet(v))
}
