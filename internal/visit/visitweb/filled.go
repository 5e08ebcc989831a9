package visitweb

import (
	"context"
	"net/http"

	"bangfu/internal/casefile"
	"bangfu/internal/visit"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/templates/layout"
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
	said := r.WithContext(words.Official(r.Context())) // the applicant signs it
	sheet := layout.Sheet{Page: h.Page(r, "visit.blank.title"), Number: number(said.Context(), f), Official: true,
		By: web.By(r).Name, At: h.Now(), Back: visitpage.Path(id)}
	t, err := FormPaper.Trace(said.Context(), h.DB, web.By(r), r.URL.Query().Get("print"), f.ID, int64(id))
	if err != nil {
		return err
	}
	entered, err := h.enteredThen(said, v)
	if err != nil {
		return err
	}
	cover := coverOf(f)
	cover.Purpose, cover.On, cover.Visitors = v.Purpose, v.VisitedOn, v.Visitors
	return h.Render(w, r, http.StatusOK, visitpage.Filled(visitpage.FilledView{Sheet: h.Traced(r, sheet, layout.Trace(t)), Visit: v, Cover: cover, Rows: entered}))
}

// coverOf is what stands at the head of the paper form of a household.
func coverOf(f casefile.File) visitpage.Cover {
	return visitpage.Cover{Head: f.HeadName, Address: f.Address, Office: f.OrgName, Registrar: f.RegistrarName}
}

// number is what stands on a paper of the file: its number, or before it has one its place in the register.
func number(ctx context.Context, f casefile.File) string {
	if f.Number != "" {
		return f.Number
	}
	return words.T(ctx, "visit.unnumbered", int64(f.ID))
}
