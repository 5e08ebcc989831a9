package grantweb

import (
	"net/http"

	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/templates/grantpage"
	"bangfu/templates/layout"
)

// getPrint shows an application and its decisions as the form for the paper file, in Chinese as everything that is signed there.
func (h *Handlers) getPrint(w http.ResponseWriter, r *http.Request) error {
	c, err := h.found(r)
	if err != nil {
		return err
	}
	finding, err := c.Terms.Formula.Find(c.Facts)
	if err != nil {
		return err
	}
	ctx := words.Official(r.Context())
	t, err := FormPaper.Trace(ctx, h.DB, web.By(r), r.URL.Query().Get("print"), c.File, int64(c.ID))
	if err != nil {
		return err
	}
	sheet := layout.Sheet{Page: h.Page(r, "grant.print.title"),
		Number: words.T(ctx, "grant.print.number", int64(c.ID)), Version: words.T(ctx, "grant.print.round", c.Round),
		By: web.By(r).Name, At: h.Now(), Back: grantpage.CasePath(c.ID), Official: true}
	return h.Render(w, r, http.StatusOK, grantpage.Print(grantpage.PrintView{Sheet: h.Traced(r, sheet, layout.Trace(t)), Case: c, Finding: finding}))
}
