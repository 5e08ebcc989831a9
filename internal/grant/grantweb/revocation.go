package grantweb

import (
	"errors"
	"net/http"
	"net/url"

	"bangfu/internal/form"
	"bangfu/internal/grant"
	"bangfu/internal/payment"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/grantpage"
)

// newRevocationForm asks why what was granted is not paid.
func newRevocationForm(values url.Values) *form.Form {
	f := form.New(values)
	f.Area("revocation", "grant.decision.revoke_reason", form.Required, form.Least(2), form.Max(400), form.Hint("grant.decision.revoke_hint"))
	return f
}

// postRevocation ends the payment of an approved application that finance refused or the bank could not make.
func (h *Handlers) postRevocation(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	c, err := h.found(r)
	if err != nil {
		return err
	}
	f := newRevocationForm(values)
	return h.Act(w, r, f, func() error { return h.showCase(w, r, http.StatusUnprocessableEntity, c, sent{revoke: f}) }, func(u *work.Unit) (string, error) {
		return grantpage.CasePath(c.ID), grant.Revoke(r.Context(), u, c.ID, f.Field("revocation").Text())
	}, "grant.outcome.revoked")
}

// addPayment gives the page of an approved application what became of its money, and the form that ends it to whoever may.
func (h *Handlers) addPayment(r *http.Request, view *grantpage.CaseView, back sent) error {
	if view.Case.State != grant.Approved {
		return nil
	}
	by := web.By(r)
	p, err := payment.OfGrant(r.Context(), h.DB, by, int64(view.Case.ID))
	if errors.Is(err, work.ErrNotFound) { // it went with its file to an office out of sight
		return nil
	}
	if err != nil {
		return err
	}
	view.Payable = &p
	if view.Case.MayRevoke(p, by) {
		view.Revoke = newRevocationForm(nil)
	}
	if view.Revoke != nil && back.revoke != nil {
		view.Revoke = back.revoke
	}
	return nil
}
