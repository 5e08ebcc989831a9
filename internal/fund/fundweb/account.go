package fundweb

import (
	"fmt"
	"net/http"
	"net/url"

	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/fund"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/fundpage"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// account finds the account that the address names, within the scope of the one who asks.
func (h *Handlers) account(r *http.Request) (fund.Account, error) {
	id, err := web.PathID[fund.AccountID](r, "account")
	if err != nil {
		return fund.Account{}, err
	}
	return fund.Find(r.Context(), h.DB, web.By(r).Scope, id)
}

// getAccount shows an account with its balances and a page of its entries.
func (h *Handlers) getAccount(w http.ResponseWriter, r *http.Request) error {
	a, err := h.account(r)
	if err != nil {
		return err
	}
	before, err := web.QueryID[fund.EntryID](r, "before")
	if err != nil {
		return err
	}
	v := fundpage.AccountView{Page: h.Page(r, "fund.account_title", a.Year, a.Source, a.Purpose), Account: a}
	v.Wide, v.Crumbs = true, crumbs(a)
	if before != 0 {
		v.Crumbs[len(v.Crumbs)-1].Path = fundpage.Path(a.ID) // back to the newest entries
	}
	v.Lead, v.LeadArg = "fund.account_lead", []any{a.Office}
	if v.Entries, err = fund.Entries(r.Context(), h.DB, a, before, entriesShown+1); err != nil {
		return err
	}
	if len(v.Entries) > entriesShown {
		v.Entries = v.Entries[:entriesShown]
		v.Next = fmt.Sprintf("%s?before=%d", fundpage.Path(a.ID), v.Entries[entriesShown-1].ID)
	}
	if web.By(r).Can(staff.CapFundReceive) {
		v.Actions = []ui.Btn{{Key: "fund.receive", Href: fundpage.ReceiptPath(a.ID)}}
	}
	return h.Render(w, r, http.StatusOK, fundpage.Account(v))
}

// newReceiptForm is the form that receives money; draft shows what was typed without checking it.
func newReceiptForm(f *form.Form, today day.Date) *form.Form {
	f.Known("do")
	f.Money("amount", "fund.amount", form.Required, form.Positive)
	f.Date("on", "fund.received_on", form.Required, form.Default(today), form.NotAfter(today), form.NotBefore(today.AddMonths(-24)))
	f.Text("paper", "fund.paper", form.Required, form.Max(100), form.Least(2), form.Hint("fund.paper_hint"))
	return f
}

// getReceipt shows the form that receives money.
func (h *Handlers) getReceipt(w http.ResponseWriter, r *http.Request) error {
	a, err := h.account(r)
	if err != nil {
		return err
	}
	return h.showReceipt(w, r, http.StatusOK, a, newReceiptForm(form.New(nil), h.today()))
}

// postReceipt checks a receipt and shows what it comes to; sent from there, it books it.
func (h *Handlers) postReceipt(w http.ResponseWriter, r *http.Request) error {
	a, err := h.account(r)
	if err != nil {
		return err
	}
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	if values.Get("do") == "change" {
		return h.showReceipt(w, r, http.StatusOK, a, newReceiptForm(form.Draft(values), h.today()))
	}
	f := newReceiptForm(form.New(values), h.today())
	if !f.Valid() {
		return h.showReceipt(w, r, http.StatusUnprocessableEntity, a, f)
	}
	receipt := fund.Receipt{Amount: f.Field("amount").Money(), On: f.Field("on").Date(), Paper: f.Field("paper").Text()}
	if values.Get("do") != "submit" {
		return h.showReceiptCheck(w, r, a, f, receipt)
	}
	return h.Act(w, r, f, func() error { return h.showReceipt(w, r, http.StatusUnprocessableEntity, a, f) }, func(u *work.Unit) (string, error) {
		_, err := fund.Receive(r.Context(), u, a.ID, receipt)
		return fundpage.Path(a.ID), err
	}, "fund.receipt_done", receipt.Amount.Grouped())
}

func (h *Handlers) showReceipt(w http.ResponseWriter, r *http.Request, status int, a fund.Account, f *form.Form) error {
	v := fundpage.ReceiptView{Page: h.Page(r, "fund.receive"), Account: a, Form: f}
	v.Page.Form, v.Crumbs = f, crumbs(a, layout.Crumb{Key: "fund.receive"})
	return h.Render(w, r, status, fundpage.Receive(v))
}

func (h *Handlers) showReceiptCheck(w http.ResponseWriter, r *http.Request, a fund.Account, f *form.Form, receipt fund.Receipt) error {
	v := fundpage.ReceiptView{Page: h.Page(r, "fund.receive_check_title"), Account: a, Form: f, Receipt: receipt}
	v.Crumbs = crumbs(a, layout.Crumb{Key: "fund.receive"})
	var err error
	if v.Same, err = fund.SamePaper(r.Context(), h.DB, a, receipt.Paper); err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, fundpage.ReceiveCheck(v))
}

// entry finds the entry that the address names, with its account.
func (h *Handlers) entry(r *http.Request) (fund.Entry, fund.Account, error) {
	id, err := web.PathID[fund.EntryID](r, "entry")
	if err != nil {
		return fund.Entry{}, fund.Account{}, err
	}
	e, err := fund.FindEntry(r.Context(), h.DB, web.By(r).Scope, id)
	if err != nil {
		return e, fund.Account{}, err
	}
	a, err := fund.Find(r.Context(), h.DB, web.By(r).Scope, e.Account)
	return e, a, err
}

// entryView starts a page of an entry.
func (h *Handlers) entryView(r *http.Request, e fund.Entry, a fund.Account) fundpage.EntryView {
	return fundpage.EntryView{Page: h.Page(r, "fund.entry_title", int64(e.ID)), Account: a, Entry: e,
		Grants: web.By(r).Can(staff.CapGrantRead), Claims: web.By(r).Can(staff.CapRecoveryRead),
		Reverse: web.By(r).Can(staff.CapFundReceive) && e.Kind == fund.Received && e.ReversedBy == 0}
}

// getEntry shows one entry.
func (h *Handlers) getEntry(w http.ResponseWriter, r *http.Request) error {
	e, a, err := h.entry(r)
	if err != nil {
		return err
	}
	v := h.entryView(r, e, a)
	v.Crumbs = crumbs(a, layout.Crumb{Key: "fund.number", Args: []any{int64(e.ID)}})
	if v.Reverse {
		v.Actions = []ui.Btn{{Key: "fund.reverse", Href: fundpage.ReversalPath(e.ID), Look: ui.Secondary}}
	}
	return h.Render(w, r, http.StatusOK, fundpage.Entry(v))
}

func newReversalForm(values url.Values) *form.Form {
	f := form.New(values)
	f.Area("reason", "fund.reverse_reason", form.Required, form.Least(2), form.Max(200))
	return f
}

// getReversal shows what a reversal does and asks for its reason.
func (h *Handlers) getReversal(w http.ResponseWriter, r *http.Request) error {
	return h.showReversal(w, r, http.StatusOK, newReversalForm(nil))
}

// postReversal mirrors a mistaken receipt.
func (h *Handlers) postReversal(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID[fund.EntryID](r, "entry")
	if err != nil {
		return err
	}
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := newReversalForm(values)
	return h.Act(w, r, f, func() error { return h.showReversal(w, r, http.StatusUnprocessableEntity, f) }, func(u *work.Unit) (string, error) {
		mirror, err := fund.Reverse(r.Context(), u, id, f.Field("reason").Text())
		return fundpage.EntryPath(mirror), err
	}, "fund.reverse_done")
}

func (h *Handlers) showReversal(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	e, a, err := h.entry(r)
	if err != nil {
		return err
	}
	v := h.entryView(r, e, a)
	switch {
	case e.ReversedBy != 0:
		return work.Refuse("fund.refusal.reversed")
	case e.Kind != fund.Received:
		return work.Refuse("fund.refusal.not_receipt")
	}
	v.Title, v.Form = "fund.reverse_title", f
	v.Crumbs = crumbs(a, layout.Crumb{Key: "fund.number", Args: []any{int64(e.ID)}, Path: fundpage.EntryPath(e.ID)}, layout.Crumb{Key: "fund.reverse"})
	return h.Render(w, r, status, fundpage.Reverse(v))
}
