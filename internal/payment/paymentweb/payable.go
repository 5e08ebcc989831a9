package paymentweb

import (
	"net/http"
	"net/url"
	"slices"

	"bangfu/internal/casefile"
	"bangfu/internal/form"
	"bangfu/internal/payment"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/paymentpage"
	"bangfu/templates/ui"
)

// payable finds the payable that the address names and starts its page.
func (h *Handlers) payable(r *http.Request) (paymentpage.PayableView, error) {
	ctx, by := r.Context(), web.By(r)
	id, err := web.PathID[payment.PayableID](r, "payable")
	if err != nil {
		return paymentpage.PayableView{}, err
	}
	p, err := payment.Find(ctx, h.DB, by, id)
	if err != nil {
		return paymentpage.PayableView{}, err
	}
	v := paymentpage.PayableView{Page: h.Page(r, "payment.payable_title", p.HeadName), Payable: p,
		Files: by.Can(staff.CapFileRead), Grants: by.Can(staff.CapGrantRead), Funds: by.Can(staff.CapFundRead)}
	shown := []casefile.CardID{p.Card}
	if p.CurrentCard != 0 && p.CurrentCard != p.Card {
		shown = append(shown, p.CurrentCard)
	}
	masks, cards, err := h.masks(ctx, shown...)
	if err != nil {
		return v, err
	}
	v.Masks, v.Card = masks, cards[p.Card]
	if len(shown) > 1 {
		v.Current = cards[p.CurrentCard]
	}
	return v, nil
}

// getPayable shows one payable with its lines and what finance did to it.
func (h *Handlers) getPayable(w http.ResponseWriter, r *http.Request) error {
	v, err := h.payable(r)
	if err != nil {
		return err
	}
	if v.Tries, err = payment.Tries(r.Context(), h.DB, v.Payable); err != nil {
		return err
	}
	if v.Decisions, err = payment.Decisions(r.Context(), h.DB, v.Payable); err != nil {
		return err
	}
	v.Crumbs = crumbs(layout.Crumb{Key: v.Payable.State.Key(), Path: paymentpage.StatePath(v.Payable.State)}, layout.Crumb{Text: v.Payable.HeadName})
	for _, act := range v.Payable.Acts(web.By(r)) {
		b := ui.Btn{Key: act.Key(), Href: paymentpage.DecisionPath(v.Payable.ID, act)}
		if act == payment.ActRefuse {
			b.Look = ui.Secondary
		}
		v.Actions = append(v.Actions, b)
	}
	return h.Render(w, r, http.StatusOK, paymentpage.Payable(v))
}

// newReasonForm asks for a reason; it goes into the record and is shown to those who come after.
func newReasonForm(values url.Values, label words.Key) *form.Form {
	f := form.New(values)
	f.Area("reason", label, form.Required, form.Least(2), form.Max(300))
	return f
}

// decidable finds the payable and the act of the address. An act that cannot be done now is refused.
func (h *Handlers) decidable(r *http.Request) (paymentpage.DecideView, error) {
	v, err := h.payable(r)
	if err != nil {
		return paymentpage.DecideView{}, err
	}
	act := payment.Act(r.URL.Query().Get("act"))
	if !slices.Contains([]payment.Act{payment.ActRefuse, payment.ActRestore, payment.ActCard, payment.ActRetry}, act) {
		return paymentpage.DecideView{}, work.ErrNotFound
	}
	v.Title, v.Args = "payment.decide_title", []any{act, v.Payable.HeadName}
	v.Crumbs = crumbs(layout.Crumb{Text: v.Payable.HeadName, Path: paymentpage.Path(v.Payable.ID)}, layout.Crumb{Key: act.Key()})
	return paymentpage.DecideView{PayableView: v, Act: act}, nil
}

// getDecision asks for the reason of an act of finance.
func (h *Handlers) getDecision(w http.ResponseWriter, r *http.Request) error {
	v, err := h.decidable(r)
	if err != nil {
		return err
	}
	v.Form = newReasonForm(nil, "payment.decide_reason")
	return h.Render(w, r, http.StatusOK, paymentpage.Decide(v))
}

// postDecision does one act of finance to a payable.
func (h *Handlers) postDecision(w http.ResponseWriter, r *http.Request) error {
	v, err := h.decidable(r)
	if err != nil {
		return err
	}
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	v.Form = newReasonForm(values, "payment.decide_reason")
	if !v.Form.Valid() {
		return h.Render(w, r, http.StatusUnprocessableEntity, paymentpage.Decide(v))
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		return paymentpage.Path(v.Payable.ID), payment.Decide(r.Context(), u, v.Payable.ID, v.Act, v.Form.Field("reason").Text())
	})
	if web.Refused(v.Form, err) {
		return h.Render(w, r, http.StatusUnprocessableEntity, paymentpage.Decide(v))
	}
	if err != nil {
		return err
	}
	h.Flash(r, words.Key("payment.did."+string(v.Act)))
	return web.SeeOther(w, r, to)
}
