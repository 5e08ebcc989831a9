package exitweb

import (
	"net/http"
	"net/url"

	"bangfu/internal/day"
	"bangfu/internal/exit"
	"bangfu/internal/form"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/exitpage"
	"bangfu/templates/layout"
)

// getRecoveries lists the claims after false information.
func (h *Handlers) getRecoveries(w http.ResponseWriter, r *http.Request) error {
	below, err := web.QueryID[exit.ID](r, "below")
	if err != nil {
		return err
	}
	v := exitpage.RecoveriesView{Page: h.Page(r, "exit.recoveries")}
	v.Lead, v.Wide, v.Crumbs = "exit.recoveries_lead", true, []layout.Crumb{{Key: "layout.home", Path: "/"}}
	if v.Recoveries, v.Next, err = exit.Recoveries(r.Context(), h.DB, web.By(r).Scope, below, pageSize); err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, exitpage.Recoveries(v))
}

// newReceiptForm asks for money that came back.
func newReceiptForm(values url.Values, claim exit.Recovery, today day.Date) *form.Form {
	f := form.New(values)
	f.Money("amount", "exit.amount_back", form.Required, form.Positive, form.AtMost(claim.Open()))
	f.Date("received_on", "exit.received_on", form.Required, form.Default(today), form.NotAfter(today), form.NotBefore(day.On(claim.ClosedAt)))
	f.Text("paper", "exit.receipt_paper", form.Required, form.Least(2), form.Hint("exit.receipt_paper_hint"))
	return f
}

// claim finds the claim that the address names.
func (h *Handlers) claim(r *http.Request) (exit.Recovery, exit.Proof, error) {
	id, err := web.PathID[exit.ID](r, "exit")
	if err != nil {
		return exit.Recovery{}, exit.Proof{}, err
	}
	return exit.FindRecovery(r.Context(), h.DB, web.By(r).Scope, id)
}

// getRecovery shows one claim with what came back of it.
func (h *Handlers) getRecovery(w http.ResponseWriter, r *http.Request) error {
	claim, proof, err := h.claim(r)
	if err != nil {
		return err
	}
	return h.showRecovery(w, r, http.StatusOK, claim, proof, newReceiptForm(nil, claim, day.On(h.Now())))
}

// postRecovery notes money that came back.
func (h *Handlers) postRecovery(w http.ResponseWriter, r *http.Request) error {
	claim, proof, err := h.claim(r)
	if err != nil {
		return err
	}
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := newReceiptForm(values, claim, day.On(h.Now()))
	return h.Act(w, r, f, func() error { return h.showRecovery(w, r, http.StatusUnprocessableEntity, claim, proof, f) }, func(u *work.Unit) (string, error) {
		return exitpage.RecoveryPath(claim.ID), exit.Receive(r.Context(), u, claim.ID,
			exit.Receipt{Amount: f.Field("amount").Money(), ReceivedOn: f.Field("received_on").Date(), Paper: f.Field("paper").Text()})
	}, "exit.receipt_booked")
}

func (h *Handlers) showRecovery(w http.ResponseWriter, r *http.Request, status int, claim exit.Recovery, proof exit.Proof, f *form.Form) error {
	by := web.By(r)
	v := exitpage.RecoveryView{Page: h.Page(r, "exit.recovery_of", claim.HeadName), Recovery: claim, Proof: proof, By: by,
		MayReverse: by.Can(staff.CapRecoveryReceive), Funds: by.Can(staff.CapFundRead)}
	v.Crumbs = []layout.Crumb{{Key: "layout.home", Path: "/"}, {Key: "exit.recoveries", Path: exitpage.RecoveriesPath}}
	if v.MayReverse && (claim.Open() > 0 || f.Posted()) {
		v.Form = f
	}
	return h.Render(w, r, status, exitpage.RecoveryPage(v))
}

func newReversalForm(values url.Values) *form.Form {
	f := form.New(values)
	f.Area("reason", "exit.reversal_why", form.Required, form.Least(2), form.Max(400), form.Hint("exit.reversal_why_hint"))
	return f
}

// getReversal shows what a counter-entry does and asks for its reason.
func (h *Handlers) getReversal(w http.ResponseWriter, r *http.Request) error {
	return h.showReversal(w, r, http.StatusOK, newReversalForm(nil))
}

// postReversal takes a receipt back that was entered wrongly.
func (h *Handlers) postReversal(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID[exit.ReceiptID](r, "receipt")
	if err != nil {
		return err
	}
	receipt, err := exit.FindReceipt(r.Context(), h.DB, web.By(r).Scope, id)
	if err != nil {
		return err
	}
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := newReversalForm(values)
	return h.Act(w, r, f, func() error { return h.showReversal(w, r, http.StatusUnprocessableEntity, f) }, func(u *work.Unit) (string, error) {
		return exitpage.RecoveryPath(receipt.Exit), exit.Reverse(r.Context(), u, id, f.Field("reason").Text())
	}, "exit.receipt_taken_back")
}

// showReversal draws a receipt that may be taken back. One that may not, or not by the reader, is a refusal of its own, unless
// the form was sent and says so.
func (h *Handlers) showReversal(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	by := web.By(r)
	id, err := web.PathID[exit.ReceiptID](r, "receipt")
	if err != nil {
		return err
	}
	receipt, err := exit.FindReceipt(r.Context(), h.DB, by.Scope, id)
	if err != nil {
		return err
	}
	claim, _, err := exit.FindRecovery(r.Context(), h.DB, by.Scope, receipt.Exit)
	switch {
	case err != nil:
		return err
	case !f.Posted() && receipt.Reversed():
		return work.Refuse("exit.refusal.reversed")
	case !f.Posted() && !receipt.MayReverse(by):
		return work.Refuse("exit.refusal.reversal_own")
	}
	v := exitpage.ReversalView{Page: h.Page(r, "exit.reversal"), Recovery: claim, Receipt: receipt}
	v.Form = f
	v.Crumbs = []layout.Crumb{{Key: "layout.home", Path: "/"}, {Key: "exit.recoveries", Path: exitpage.RecoveriesPath},
		{Text: claim.HeadName, Path: exitpage.RecoveryPath(claim.ID)}}
	return h.Render(w, r, status, exitpage.ReversalPage(v))
}
