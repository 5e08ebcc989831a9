// Package paymentweb answers the addresses of payments.
package paymentweb

import (
	"context"
	"net/http"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"bangfu/internal/casefile"
	"bangfu/internal/idcard"
	"bangfu/internal/payment"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/paymentpage"
	"bangfu/templates/ui"
)

// Handlers answers the pages of payments.
type Handlers struct{ *web.Kit }

// Routes declares the addresses. Who may do which act to what is said by payment.Payable.Acts and payment.Batch.Acts.
func Routes(rs *web.Routes, k *web.Kit) {
	h := &Handlers{k}
	rs.Get("/payments", staff.CapPaymentRead, h.getList)
	rs.Get("/payments/{payable}", staff.CapPaymentRead, h.getPayable)
	rs.Get("/payments/{payable}/decision", staff.CapPaymentRefuse, h.getDecision)
	rs.Post("/payments/{payable}/decision", staff.CapPaymentRefuse, h.postDecision)

	rs.Get("/payments/batches", staff.CapPaymentRead, h.getBatches)
	rs.Get("/payments/batches/new", staff.CapPaymentMake, h.getCheck)
	rs.Post("/payments/batches/new", staff.CapPaymentMake, h.postCheck)
	rs.Post("/payments/batches", staff.CapPaymentMake, h.postBatch)
	rs.Get("/payments/batches/{batch}", staff.CapPaymentRead, h.getBatch)
	rs.Get("/payments/batches/{batch}/release", staff.CapPaymentRelease, h.getRelease)
	rs.Post("/payments/batches/{batch}/release", staff.CapPaymentRelease, h.postRelease)
	rs.Get("/payments/batches/{batch}/cancellation", staff.CapPaymentMake, h.getCancellation(false))
	rs.Post("/payments/batches/{batch}/cancellation", staff.CapPaymentMake, h.postCancellation(false))
	rs.Get("/payments/batches/{batch}/return", staff.CapPaymentRelease, h.getCancellation(true))
	rs.Post("/payments/batches/{batch}/return", staff.CapPaymentRelease, h.postCancellation(true))
	rs.Post("/payments/batches/{batch}/file", staff.CapPaymentMake, h.postFile)
	rs.Get("/payments/batches/{batch}/answer", staff.CapPaymentAnswer, h.getAnswer)
	rs.Upload("/payments/batches/{batch}/answer", staff.CapPaymentAnswer, h.postAnswer)

	rs.Get("/files/{file}/aid", staff.CapFileRead, h.getAid)
	rs.Get("/files/{file}/aid/sheet", staff.CapFileRead, h.getAidSheet)

	rs.Get("/payments/formats", staff.CapPaymentRead, h.getFormats)
	rs.Get("/payments/formats/new", staff.CapPaymentMake, h.getNewFormat)
	rs.Post("/payments/formats/new", staff.CapPaymentMake, h.postNewFormat)
	rs.Post("/payments/formats/{format}/use", staff.CapPaymentMake, h.postUse)
}

// Panel shows a household's payments on the worker's page.
func Panel(k *web.Kit) func(r *http.Request, f casefile.File) (templ.Component, error) {
	return func(r *http.Request, f casefile.File) (templ.Component, error) {
		payables, err := payment.OfFile(r.Context(), k.DB, web.By(r), f.ID)
		if err != nil || len(payables) == 0 && f.RelapseOf == 0 { // an earlier file may have aid
			return nil, err
		}
		return paymentpage.Panel(paymentpage.PanelView{File: f.ID, Payables: payables, Open: web.By(r).Can(staff.CapPaymentRead)}), nil
	}
}

// Rows on one page. A page of ready payables is what "all shown" makes a batch of.
const (
	payablesShown = 100
	batchesShown  = 30
	linesShown    = 100
)

// getList shows the payables in one state, by default what is ready.
func (h *Handlers) getList(w http.ResponseWriter, r *http.Request) error {
	by, query := web.By(r), r.URL.Query()
	v := paymentpage.ListView{Page: h.Page(r, "payment.list_title"), State: payment.State(query.Get("state")), Make: by.Can(staff.CapPaymentMake)}
	if v.State == "" {
		v.State = payment.Ready
	}
	if !slices.Contains(payment.States, v.State) {
		return work.ErrNotFound
	}
	after, err := web.QueryID[payment.PayableID](r, "after")
	if err != nil {
		return err
	}
	if v.Payables, err = payment.List(r.Context(), h.DB, by, v.State, after, payablesShown+1); err != nil {
		return err
	}
	if len(v.Payables) > payablesShown {
		v.Payables = v.Payables[:payablesShown]
		v.Next = paymentpage.StatePath(v.State) + "&after=" + strconv.FormatInt(int64(v.Payables[payablesShown-1].ID), 10)
	}
	if v.Sums, err = payment.Sums(r.Context(), h.DB, by.Scope); err != nil {
		return err
	}
	v.Wide = true
	v.Actions = []ui.Btn{
		{Key: "payment.batches", Href: paymentpage.BatchesPath, Look: ui.Secondary},
		{Key: "payment.formats", Href: paymentpage.FormatsPath, Look: ui.Quiet},
	}
	return h.Render(w, r, http.StatusOK, paymentpage.List(v))
}

// masks reads the cards of a page in one statement and hides all but their last digits.
func (h *Handlers) masks(ctx context.Context, ids ...casefile.CardID) (paymentpage.Masks, map[casefile.CardID]casefile.Card, error) {
	cards, err := casefile.FindCards(ctx, h.DB, ids)
	if err != nil {
		return nil, nil, err
	}
	masks := make(paymentpage.Masks, len(cards))
	for id, card := range cards {
		number, err := card.Number(h.Keys)
		if err != nil {
			return nil, nil, err
		}
		masked := idcard.MaskCard(number)
		masks[id] = "****" + masked[max(0, len(masked)-4):]
	}
	return masks, cards, nil
}

// crumbs is the way to a page below the list of payables.
func crumbs(more ...layout.Crumb) []layout.Crumb {
	return append([]layout.Crumb{{Key: "payment.list_title", Path: paymentpage.ListPath}}, more...)
}

// batchCrumbs is the way to a page of a batch.
func batchCrumbs(b payment.Batch, more ...layout.Crumb) []layout.Crumb {
	here := layout.Crumb{Text: b.Number}
	if len(more) > 0 {
		here.Path = paymentpage.BatchPath(b.ID)
	}
	return append(crumbs(layout.Crumb{Key: "payment.batches", Path: paymentpage.BatchesPath}, here), more...)
}
