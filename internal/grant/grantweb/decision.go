package grantweb

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"bangfu/internal/casefile"
	"bangfu/internal/form"
	"bangfu/internal/fund"
	"bangfu/internal/grant"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/grantpage"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// sent is a form of the page that came back: it is shown again with what was typed and what is wrong. Nil ones are
// fresh.
type sent struct{ decision, amount, withdraw, revoke *form.Form }

// getCase shows one application, with the acts that are the reader's.
func (h *Handlers) getCase(w http.ResponseWriter, r *http.Request) error {
	c, err := h.found(r)
	if err != nil {
		return err
	}
	return h.showCase(w, r, http.StatusOK, c, sent{})
}

// found is the application of the address, as it stands for the reader.
func (h *Handlers) found(r *http.Request) (grant.Case, error) {
	id, err := web.PathID[grant.ApplicationID](r, "application")
	if err != nil {
		return grant.Case{}, err
	}
	return grant.FindCase(r.Context(), h.DB, web.By(r), h.today(), id)
}

// decide answers the acts of one step: what the form's button names, if the step's address knows it.
func (h *Handlers) decide(known ...grant.Act) web.H {
	return func(w http.ResponseWriter, r *http.Request) error {
		values, err := web.Form(r)
		if err != nil {
			return err
		}
		c, err := h.found(r)
		if err != nil {
			return err
		}
		accounts, err := h.accounts(r, c)
		if err != nil {
			return err
		}
		f := newDecisionForm(r.Context(), values, c, accounts, "")
		deed := grant.Deed{Act: grant.Act(values.Get("act")), Opinion: f.Field("opinion").Text(), Account: chosenAccount(f)}
		if !slices.Contains(known, deed.Act) {
			f.Fail("", "grant.decision.not_offered")
		}
		if !f.Valid() {
			return h.showCase(w, r, http.StatusUnprocessableEntity, c, sent{decision: f})
		}
		return h.carryOut(w, r, c, sent{decision: f}, f, deed)
	}
}

// postAmount sets the amount in the group's name.
func (h *Handlers) postAmount(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	c, err := h.found(r)
	if err != nil {
		return err
	}
	f := newAmountForm(values, c)
	if !f.Valid() {
		return h.showCase(w, r, http.StatusUnprocessableEntity, c, sent{amount: f})
	}
	return h.carryOut(w, r, c, sent{amount: f}, f,
		grant.Deed{Act: grant.ActSetAmount, Opinion: f.Field("amount_opinion").Text(), Amount: f.Field("amount").Money()})
}

// postWithdrawal ends an application in the household's name.
func (h *Handlers) postWithdrawal(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	c, err := h.found(r)
	if err != nil {
		return err
	}
	f := newWithdrawForm(values)
	return h.Act(w, r, f, func() error { return h.showCase(w, r, http.StatusUnprocessableEntity, c, sent{withdraw: f}) }, func(u *work.Unit) (string, error) {
		return grantpage.CasePath(c.ID), grant.Withdraw(r.Context(), u, c.ID, f.Field("reason").Text())
	}, "grant.outcome.withdrawn")
}

// carryOut does one deed as one unit of work. A refusal is shown on the application as it stands by then.
func (h *Handlers) carryOut(w http.ResponseWriter, r *http.Request, c grant.Case, back sent, f *form.Form, deed grant.Deed) error {
	to, err := h.onward(r, c)
	if err != nil {
		return err
	}
	var outcome grant.Outcome
	to, err = h.Do(r, func(u *work.Unit) (string, error) {
		var err error
		outcome, err = grant.Decide(r.Context(), u, c.ID, deed)
		return to, err
	})
	if web.Refused(f, err) {
		now, err := h.found(r)
		if err != nil {
			return err
		}
		return h.showCase(w, r, http.StatusUnprocessableEntity, now, back)
	}
	if err != nil {
		return err
	}
	if outcome != "" { // empty when the same form had been done before
		h.Flash(r, outcome.Key())
	}
	return web.SeeOther(w, r, to)
}

// onward is where a decision leads: to the same application, or in a meeting to the next case of the agenda.
func (h *Handlers) onward(r *http.Request, c grant.Case) (string, error) {
	body := meetingOf(r)
	if body == 0 {
		return grantpage.CasePath(c.ID), nil
	}
	queue, err := h.queue(r, body)
	if err != nil {
		return "", err
	}
	if _, next := queue.Around(c.ID); next != 0 {
		return grantpage.InMeeting(next, body), nil
	}
	return grantpage.MeetingPath(body), nil
}

// meetingOf is the body whose agenda the reader goes through; zero outside a meeting.
func meetingOf(r *http.Request) grant.BodyID {
	said := r.URL.Query().Get("meeting")
	if r.Method == http.MethodPost {
		said = r.PostFormValue("meeting")
	}
	id, _ := strconv.ParseInt(said, 10, 64) // what is no number is no meeting
	return grant.BodyID(max(id, 0))
}

// queue is what the reader works through: a body's agenda, or what waits for the reader.
func (h *Handlers) queue(r *http.Request, body grant.BodyID) (grant.Queue, error) {
	if body == 0 {
		return grant.WaitingFor(r.Context(), h.DB, web.By(r), h.today())
	}
	m, err := grant.FindMeeting(r.Context(), h.DB, web.By(r), h.today(), body)
	return m.Queue(), err
}

// accounts lists what a reviewer can choose from; nothing for everybody else.
func (h *Handlers) accounts(r *http.Request, c grant.Case) ([]fund.Account, error) {
	by := web.By(r)
	if !slices.Contains(c.Acts(by), grant.ActReview) {
		return nil, nil
	}
	return grant.Accounts(r.Context(), h.DB, by.Scope, c.Application, h.today().Year())
}

// showCase draws an application with what came back from one of its forms.
func (h *Handlers) showCase(w http.ResponseWriter, r *http.Request, status int, c grant.Case, back sent) error {
	ctx, by := r.Context(), web.By(r)
	view := grantpage.CaseView{Case: c, FileOpens: by.Can(staff.CapFileRead)}
	var err error
	if view.Finding, err = c.Terms.Formula.Find(c.Facts); err != nil {
		return err
	}
	if view.Papers, err = casefile.EvidenceOf(ctx, h.DB, c.File); err != nil {
		return err
	}
	if view.Alone, err = h.alone(ctx, c); err != nil {
		return err
	}
	if view.Account, err = h.account(ctx, by, c); err != nil {
		return err
	}
	if view.Outdated, err = h.outdated(r, c, view.Papers); err != nil {
		return err
	}
	accounts, err := h.accounts(r, c)
	if err != nil {
		return err
	}
	meeting := meetingOf(r)
	if err := h.addForms(ctx, &view, by, accounts, meeting, back); err != nil {
		return err
	}
	if err := h.addPayment(r, &view, back); err != nil {
		return err
	}
	queue, err := h.queue(r, meeting)
	if err != nil {
		return err
	}
	view.Previous, view.Next = neighbours(queue, c.ID, meeting)
	view.Page = h.Page(r, "grant.case.title", c.Programme.Name(words.Of(ctx)))
	view.Page.Crumbs = crumbs()
	if meeting != 0 {
		view.Page.Crumbs = crumbs(layout.Crumb{Key: "grant.meeting.agenda", Path: grantpage.MeetingPath(meeting)})
	}
	view.Page.Actions = []ui.Btn{{Key: "common.print", Href: grantpage.PrintPath(c.ID), Look: ui.Quiet}}
	view.Page.Identity = grantpage.Identity(ctx, c, view.FileOpens)
	for _, f := range []*form.Form{back.decision, back.amount, back.withdraw, back.revoke} {
		if f != nil {
			view.Page.Form = f
		}
	}
	return h.Render(w, r, status, grantpage.Case(view))
}

// addForms gives the page the forms for exactly the acts that the domain offers the reader.
func (h *Handlers) addForms(ctx context.Context, view *grantpage.CaseView, by work.Actor, accounts []fund.Account, meeting grant.BodyID, back sent) error {
	for _, act := range view.Case.Acts(by) {
		switch act {
		case grant.ActSetAmount:
			view.Amount = newAmountForm(nil, view.Case)
		case grant.ActWithdraw:
			view.Withdraw = newWithdrawForm(nil)
		case grant.ActResubmit:
			view.Correct = true
		default:
			view.Acts = append(view.Acts, act)
		}
	}
	if len(view.Acts) > 0 {
		said := ""
		if meeting != 0 {
			said = strconv.FormatInt(int64(meeting), 10)
		}
		view.Decision = newDecisionForm(ctx, nil, view.Case, accounts, said)
		view.NoAccount = slices.Contains(view.Acts, grant.ActReview) && len(accounts) == 0
	}
	if view.Decision != nil && back.decision != nil {
		view.Decision = back.decision
	}
	if view.Amount != nil && back.amount != nil {
		view.Amount = back.amount
	}
	if view.Withdraw != nil && back.withdraw != nil {
		view.Withdraw = back.withdraw
	}
	return nil
}

// alone is the tier that the amount would have without its window, where the window picks the tier; "" elsewhere.
func (h *Handlers) alone(ctx context.Context, c grant.Case) (grant.Tier, error) {
	if c.Terms.Approval != grant.Tiered {
		return "", nil
	}
	bands, err := grant.ListBands(ctx, h.DB, c.FiledOn())
	if err != nil {
		return "", err
	}
	tier, refusal := bands.Of(c.Amount)
	if refusal != nil {
		return "", nil // the window has a tier; the amount alone need not have one
	}
	return tier, nil
}

// account is what the review chose, if the reader may see it.
func (h *Handlers) account(ctx context.Context, by work.Actor, c grant.Case) (*fund.Account, error) {
	if c.Account == 0 {
		return nil, nil
	}
	account, err := fund.Find(ctx, h.DB, by.Scope, c.Account)
	if errors.Is(err, work.ErrNotFound) {
		return nil, nil
	}
	return &account, err
}

// neighbours are the addresses of the cases before and after in the reader's queue.
func neighbours(queue grant.Queue, id grant.ApplicationID, meeting grant.BodyID) (previous, next string) {
	address := func(id grant.ApplicationID) string {
		switch {
		case id == 0:
			return ""
		case meeting != 0:
			return grantpage.InMeeting(id, meeting)
		}
		return grantpage.CasePath(id)
	}
	before, after := queue.Around(id)
	return address(before), address(after)
}

// newDecisionForm asks for the opinion, and of a reviewer for the account.
func newDecisionForm(ctx context.Context, values url.Values, c grant.Case, accounts []fund.Account, meeting string) *form.Form {
	f := form.New(values)
	f.Known("act")
	f.Hidden("meeting", form.Default(meeting))
	if len(accounts) > 0 {
		options := make([]form.Option, len(accounts))
		for i, a := range accounts {
			options[i] = form.Option{Value: strconv.FormatInt(int64(a.ID), 10), Text: grantpage.AccountName(ctx, a)}
		}
		chosen := options[0].Value
		for _, a := range accounts {
			if a.ID == c.Account {
				chosen = strconv.FormatInt(int64(a.ID), 10)
			}
		}
		f.Choice("account", "grant.decision.account", options, form.Required, form.Default(chosen))
	} else {
		f.Known("account") // of a form that was open while the application moved on
	}
	hint := words.Key("grant.decision.opinion_hint")
	if c.Step == grant.AtSignature {
		hint = "grant.decision.opinion_signs"
	}
	f.Area("opinion", "grant.decision.opinion", form.Required, form.Max(1000), form.Hint(hint))
	return f
}

// chosenAccount is the account named by a decision form; zero when there is none.
func chosenAccount(f *form.Form) fund.AccountID {
	field := f.Field("account")
	if field == nil {
		return 0
	}
	id, _ := strconv.ParseInt(field.Text(), 10, 64) // the field takes none but its own options
	return fund.AccountID(id)
}

// newAmountForm asks for another amount and why.
func newAmountForm(values url.Values, c grant.Case) *form.Form {
	f := form.New(values)
	f.Money("amount", "grant.decision.amount", form.Required, form.Positive, form.AtMost(c.Ceiling), form.Default(c.Amount),
		form.Hint("grant.decision.amount_hint", c.Ceiling))
	f.Area("amount_opinion", "grant.decision.amount_opinion", form.Required, form.Max(1000))
	return f
}

// newWithdrawForm asks why.
func newWithdrawForm(values url.Values) *form.Form {
	f := form.New(values)
	f.Area("reason", "grant.decision.withdraw_reason", form.Required, form.Max(400))
	return f
}
