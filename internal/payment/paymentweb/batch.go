package paymentweb

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"bangfu/internal/casefile"
	"bangfu/internal/form"
	"bangfu/internal/money"
	"bangfu/internal/payment"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/paymentpage"
	"bangfu/templates/ui"
)

// getBatches lists the batches, by default all.
func (h *Handlers) getBatches(w http.ResponseWriter, r *http.Request) error {
	query := r.URL.Query()
	v := paymentpage.BatchesView{Page: h.Page(r, "payment.batches"), State: payment.BatchState(query.Get("state"))}
	if v.State != "" && !slices.Contains(payment.BatchStates, v.State) {
		return work.ErrNotFound
	}
	before, err := web.QueryID[payment.BatchID](r, "before")
	if err != nil {
		return err
	}
	if v.Batches, err = payment.ListBatches(r.Context(), h.DB, web.By(r).Scope, v.State, before, batchesShown+1); err != nil {
		return err
	}
	if len(v.Batches) > batchesShown {
		v.Batches = v.Batches[:batchesShown]
		v.Next = fmt.Sprintf("%s?state=%s&before=%d", paymentpage.BatchesPath, v.State, v.Batches[batchesShown-1].ID)
	}
	v.Wide, v.Crumbs = true, crumbs(layout.Crumb{Key: "payment.batches"})
	return h.Render(w, r, http.StatusOK, paymentpage.Batches(v))
}

// getCheck leads back to the list: a batch is begun by choosing there.
func (h *Handlers) getCheck(w http.ResponseWriter, r *http.Request) error {
	return web.SeeOther(w, r, paymentpage.StatePath(payment.Ready))
}

// postCheck shows what a batch of the chosen payables, or of all on the page, would hold. It changes nothing; it is a
// POST because a thousand choices do not fit into an address.
func (h *Handlers) postCheck(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	name := "payable"
	if values.Get("do") == "page" {
		name = "shown"
	}
	ids, err := chosen(values, name, "do", "payable", "shown")
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		return work.Refuse("payment.refusal.none_chosen")
	}
	f, err := h.newFormatChoice(r, nil)
	if err != nil {
		return err
	}
	return h.showCheck(w, r, http.StatusOK, ids, f)
}

// chosen reads the ids sent under a name. Names that the form does not have, and what is no id, are refused.
func chosen(values url.Values, name string, known ...string) ([]payment.PayableID, error) {
	for sent := range values {
		if sent != form.KeyName && !slices.Contains(known, sent) {
			return nil, web.ErrBadForm
		}
	}
	if len(values[name]) > payment.MostLines {
		return nil, work.Refuse("payment.refusal.too_many", payment.MostLines)
	}
	var ids []payment.PayableID
	for _, text := range values[name] {
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil || id < 1 {
			return nil, web.ErrBadForm
		}
		ids = append(ids, payment.PayableID(id))
	}
	return ids, nil
}

// newFormatChoice asks for the format of the bank's file, among those in use.
func (h *Handlers) newFormatChoice(r *http.Request, values url.Values) (*form.Form, error) {
	formats, err := payment.Formats(r.Context(), h.DB)
	if err != nil {
		return nil, err
	}
	var options []form.Option
	for _, f := range formats {
		if f.Active {
			options = append(options, form.Option{Value: strconv.FormatInt(int64(f.ID), 10), Text: f.Name})
		}
	}
	first := ""
	if len(options) > 0 {
		first = options[0].Value
	}
	f := form.New(values)
	f.Known("payable")
	f.Choice("format", "payment.format", options, form.Required, form.Default(first), form.Hint("payment.format_hint"))
	return f, nil
}

// showCheck draws the batch to be made: what can be paid, and what is held back and why.
func (h *Handlers) showCheck(w http.ResponseWriter, r *http.Request, status int, ids []payment.PayableID, f *form.Form) error {
	by := web.By(r)
	payables, err := payment.FindSome(r.Context(), h.DB, by, ids)
	if err != nil {
		return err
	}
	v := paymentpage.CheckView{Page: h.Page(r, "payment.check_title"), Form: f, Maker: by.Name}
	var total money.Amount
	var shown []casefile.CardID
	for _, p := range payables {
		if p.State != payment.Ready || p.Hold() != payment.NotHeld {
			v.Held = append(v.Held, p)
			continue
		}
		v.Lines, shown = append(v.Lines, p), append(shown, p.Card)
		if total, err = total.Add(p.Amount); err != nil {
			return err
		}
	}
	v.Total = total.Grouped()
	if v.Masks, _, err = h.masks(r.Context(), shown...); err != nil {
		return err
	}
	v.Wide, v.Page.Form = true, f
	v.Crumbs = crumbs(layout.Crumb{Key: "payment.check_title"})
	return h.Render(w, r, status, paymentpage.Check(v))
}

// postBatch makes the batch that was checked.
func (h *Handlers) postBatch(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	ids, err := chosen(values, "payable", "payable", "format")
	if err != nil {
		return err
	}
	f, err := h.newFormatChoice(r, values)
	if err != nil {
		return err
	}
	if !f.Valid() {
		return h.showCheck(w, r, http.StatusUnprocessableEntity, ids, f)
	}
	format, err := strconv.ParseInt(f.Field("format").Text(), 10, 64)
	if err != nil {
		return web.ErrBadForm
	}
	return h.Act(w, r, f, func() error { return h.showCheck(w, r, http.StatusUnprocessableEntity, ids, f) }, func(u *work.Unit) (string, error) {
		id, err := payment.Make(r.Context(), u, ids, payment.FormatID(format))
		return paymentpage.BatchPath(id), err
	}, "payment.made")
}

// batch finds the batch that the address names, within the scope of the one who asks.
func (h *Handlers) batch(r *http.Request) (payment.Batch, error) {
	id, err := web.PathID[payment.BatchID](r, "batch")
	if err != nil {
		return payment.Batch{}, err
	}
	return payment.FindBatch(r.Context(), h.DB, web.By(r).Scope, id)
}

// getBatch shows a batch with a page of its lines.
func (h *Handlers) getBatch(w http.ResponseWriter, r *http.Request) error {
	ctx, by := r.Context(), web.By(r)
	b, err := h.batch(r)
	if err != nil {
		return err
	}
	after, err := web.QueryID[int64](r, "after")
	if err != nil {
		return err
	}
	v := paymentpage.BatchView{Page: h.Page(r, "payment.batch_title", b.Number), Batch: b, Acts: b.Acts(by),
		Back:     !by.Can(staff.CapPaymentMake),
		Download: by.Can(staff.CapPaymentMake) && (b.State == payment.Released || b.State == payment.Closed)}
	if v.Lines, err = payment.Lines(ctx, h.DB, by, b, int(min(after, payment.MostLines)), linesShown+1); err != nil {
		return err
	}
	if len(v.Lines) > linesShown {
		v.Lines = v.Lines[:linesShown]
		v.Next = fmt.Sprintf("%s?after=%d", paymentpage.BatchPath(b.ID), v.Lines[linesShown-1].Seq)
	}
	shown := make([]casefile.CardID, len(v.Lines))
	for i, l := range v.Lines {
		shown[i] = l.Card
	}
	if v.Masks, _, err = h.masks(ctx, shown...); err != nil {
		return err
	}
	if v.Answers, err = payment.Answers(ctx, h.DB, b); err != nil {
		return err
	}
	v.Wide, v.Crumbs = true, batchCrumbs(b)
	return h.Render(w, r, http.StatusOK, paymentpage.Batch(v))
}

// getRelease asks before a batch goes to the bank.
func (h *Handlers) getRelease(w http.ResponseWriter, r *http.Request) error {
	return h.showRelease(w, r, http.StatusOK, form.New(nil))
}

// postRelease lets a batch go to the bank.
func (h *Handlers) postRelease(w http.ResponseWriter, r *http.Request) error {
	b, err := h.batch(r)
	if err != nil {
		return err
	}
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := form.New(values)
	return h.Act(w, r, f, func() error { return h.showRelease(w, r, http.StatusUnprocessableEntity, f) }, func(u *work.Unit) (string, error) {
		return paymentpage.BatchPath(b.ID), payment.Release(r.Context(), u, h.Keys, b.ID)
	}, "payment.did_release")
}

func (h *Handlers) showRelease(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	b, err := h.batch(r)
	if err != nil {
		return err
	}
	v := paymentpage.ConfirmView{Page: h.Page(r, "payment.release_title", b.Number), Batch: b, Action: r.URL.Path, Says: "payment.release_says",
		Submit: ui.Btn{Key: "payment.release"}}
	v.Form, v.Crumbs = f, batchCrumbs(b, layout.Crumb{Key: "payment.release"})
	return h.Render(w, r, status, paymentpage.Confirm(v))
}

// getCancellation asks why a batch is cancelled; back means that the person who would release it sends it back.
func (h *Handlers) getCancellation(back bool) web.H {
	return func(w http.ResponseWriter, r *http.Request) error {
		return h.showCancellation(w, r, http.StatusOK, newReasonForm(nil, "payment."+cancelling(back)+"_reason"), back)
	}
}

// postCancellation cancels a batch that was not released.
func (h *Handlers) postCancellation(back bool) web.H {
	return func(w http.ResponseWriter, r *http.Request) error {
		b, err := h.batch(r)
		if err != nil {
			return err
		}
		values, err := web.Form(r)
		if err != nil {
			return err
		}
		f := newReasonForm(values, "payment."+cancelling(back)+"_reason")
		return h.Act(w, r, f, func() error { return h.showCancellation(w, r, http.StatusUnprocessableEntity, f, back) }, func(u *work.Unit) (string, error) {
			return paymentpage.BatchPath(b.ID), payment.Cancel(r.Context(), u, b.ID, f.Field("reason").Text())
		}, "payment."+cancelling(back)+"_done")
	}
}

// cancelling is how the words of a cancellation are called, by whose act it is.
func cancelling(back bool) words.Key {
	if back {
		return "send_back"
	}
	return "cancel"
}

func (h *Handlers) showCancellation(w http.ResponseWriter, r *http.Request, status int, f *form.Form, back bool) error {
	b, err := h.batch(r)
	if err != nil {
		return err
	}
	act := "payment." + cancelling(back)
	v := paymentpage.ConfirmView{Page: h.Page(r, act+"_title", b.Number), Batch: b, Action: r.URL.Path, Says: act + "_says",
		Submit: ui.Btn{Key: act, Look: ui.Danger}}
	v.Form, v.Crumbs = f, batchCrumbs(b, layout.Crumb{Key: act})
	return h.Render(w, r, status, paymentpage.Confirm(v))
}
