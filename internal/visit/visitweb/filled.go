package visitweb

import (
	"context"
	"net/http"

	"bangfu/internal/casefile"
	"bangfu/internal/visit"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
	"bangfu/templates/visitpage"
)

// getFilled shows the paper form of a visit on record, filled in.
func (h *Handlers) getFilled(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID[visit.ID](r, "visit")
	if err != nil {
		return err
	}
	scope := web.By(r).Scope
	v, err := visit.Find(r.Context(), h.DB, scope, id)
	if err != nil {
		return err
	}
	f, err := casefile.Find(r.Context(), h.DB, scope, v.FileID)
	if err != nil {
		return err
	}
	sheet := layout.Sheet{Page: h.Page(r, "visit.blank.title"), Number: number(r.Context(), f),
		By: web.By(r).Name, At: h.Now(), Back: visitpage.Path(id)}
	t, err := FormPaper.Trace(r.Context(), h.DB, web.By(r), r.URL.Query().Get("print"), f.ID, int64(id))
	if err != nil {
		return err
	}
	lines := append(facts(f), []ui.Item{
		{Key: "visit.purpose_head", Value: ui.Word(v.Purpose.Key())},
		{Key: "visit.visited_on", Value: ui.Day(v.VisitedOn)},
		{Key: "visit.visitors", Value: ui.Word("visit.two_people", v.Visitors[0], v.Visitors[1])},
	}...)
	if v.Chair.Name != "" {
		lines = append(lines, ui.Item{Key: "visit.chair", Value: ui.Word("visit.person", v.Chair.Name, v.Chair.Unit)})
	}
	return h.Render(w, r, http.StatusOK, visitpage.Filled(visitpage.FilledView{Sheet: h.Traced(r, sheet, layout.Trace(t)), Visit: v, Facts: lines}))
}

// facts are the household's lines at the head of the paper form.
func facts(f casefile.File) []ui.Item {
	return []ui.Item{
		{Key: "visit.head", Value: ui.Text(f.HeadName)},
		{Key: "visit.address", Value: ui.Text(f.Address)},
		{Key: "visit.office", Value: ui.Text(f.OrgName)},
		{Key: "visit.registrar", Value: ui.Text(f.RegistrarName)},
	}
}

// number is what stands on a paper of the file: its number, or before it has one its place in the register.
func number(ctx context.Context, f casefile.File) string {
	if f.Number != "" {
		return f.Number
	}
	return words.T(ctx, "visit.unnumbered", int64(f.ID))
}
