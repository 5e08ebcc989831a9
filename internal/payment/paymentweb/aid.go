package paymentweb

import (
	"context"
	"errors"
	"net/http"

	"bangfu/internal/casefile"
	"bangfu/internal/payment"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/paymentpage"
	"bangfu/templates/ui"
)

// AidPaper is the ledger of a household's aid on paper. Its hash is of all of the household's aid, wherever its earlier
// files lie, so that it is the same for everybody who scans it.
var AidPaper = casefile.Paper{Kind: casefile.AidForm, Need: staff.CapFileRead,
	Path: func(file work.FileID, _ int64) string { return paymentpage.AidSheetPath(file) },
	Says: func(ctx context.Context, q work.Querier, by work.Actor, file work.FileID, _ int64) (any, error) {
		by.Scope = work.Everywhere
		lines, err := payment.AidOf(ctx, q, by, file)
		if err != nil {
			return nil, err
		}
		backs, err := payment.BacksOf(ctx, q, by, file)
		if err != nil || len(backs) == 0 { // a sheet without money that came back says what it always said
			return lines, err
		}
		return []any{lines, backs}, nil
	}}

// aid reads the ledger of the household that the address names.
func (h *Handlers) aid(r *http.Request) (paymentpage.AidView, error) {
	var v paymentpage.AidView
	ctx, by := r.Context(), web.By(r)
	id, err := web.PathID[work.FileID](r, "file")
	if err != nil {
		return v, err
	}
	if v.File, err = casefile.Find(ctx, h.DB, by.Scope, id); err != nil {
		return v, err
	}
	if v.Lines, err = payment.AidOf(ctx, h.DB, by, id); err != nil {
		return v, err
	}
	if v.Backs, err = payment.BacksOf(ctx, h.DB, by, id); err != nil {
		return v, err
	}
	if v.Sums, v.All, err = payment.SumsOf(v.Lines, v.Backs); err != nil {
		return v, err
	}
	situation, err := casefile.SituationOf(ctx, h.DB, v.File)
	if err != nil {
		return v, err
	}
	v.Clears, v.Open = situation.Clears(), by.Can(staff.CapPaymentRead)
	if v.File.RelapseOf != 0 { // what an office beyond the reader's scope gave is not told, but that there was one is
		_, err = casefile.Find(ctx, h.DB, by.Scope, v.File.RelapseOf)
		if v.Elsewhere = errors.Is(err, work.ErrNotFound); v.Elsewhere {
			err = nil
		}
	}
	return v, err
}

// getAid shows everything that a household was granted, with the sums by year and programme.
func (h *Handlers) getAid(w http.ResponseWriter, r *http.Request) error {
	v, err := h.aid(r)
	if err != nil {
		return err
	}
	v.Page = h.Page(r, "payment.aid.title")
	v.Wide, v.Identity = true, paymentpage.Identity(v.File)
	v.Crumbs = []layout.Crumb{{Key: "layout.home", Path: "/"}, {Text: v.File.HeadName, Path: paymentpage.HouseholdPath(v.File.ID)}, {Key: "payment.aid.title"}}
	if web.By(r).Can(staff.CapFilePrint) {
		v.Actions = []ui.Btn{{Key: "payment.aid.print", Href: paymentpage.AidSheetPath(v.File.ID), Look: ui.Secondary}}
	}
	return h.Render(w, r, http.StatusOK, paymentpage.AidLedger(v))
}

// getAidSheet shows the ledger on paper.
func (h *Handlers) getAidSheet(w http.ResponseWriter, r *http.Request) error {
	v, err := h.aid(r)
	if err != nil {
		return err
	}
	by := web.By(r)
	t, err := AidPaper.Trace(r.Context(), h.DB, by, r.URL.Query().Get("print"), v.File.ID, 0)
	if err != nil {
		return err
	}
	sheet := layout.Sheet{Page: h.Page(r, "payment.aid.sheet"), Number: v.File.Number, By: by.Name, At: h.Now(),
		Back: paymentpage.AidPath(v.File.ID), Wide: true}
	return h.Render(w, r, http.StatusOK, paymentpage.AidSheet(paymentpage.AidSheetView{Sheet: h.Traced(r, sheet, layout.Trace(t)), AidView: v}))
}
