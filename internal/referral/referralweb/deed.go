package referralweb

import (
	"context"
	"net/http"
	"net/url"

	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/referral"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/referralpage"
)

// deed is one thing that is done to a referral on a page of its own.
type deed struct {
	address string
	title   words.Key
	lead    words.Key
	button  words.Key
	done    words.Key
	open    func(referral.Referral) bool
	form    func(values url.Values, r referral.Referral, today day.Date) *form.Form
	do      func(ctx context.Context, u *work.Unit, r referral.Referral, f *form.Form) error
}

// deeds are the acts that ask for something, each with its form.
var deeds = []deed{
	{"dispatch", "referral.deed.dispatch", "referral.deed.dispatch_lead", "referral.deed.dispatch", "referral.done.dispatch",
		func(r referral.Referral) bool { return r.May(referral.ActSend) }, newDispatchForm, dispatch},
	{"answer", "referral.deed.answer", "referral.deed.answer_lead", "referral.deed.answer_button", "referral.done.answer",
		func(r referral.Referral) bool { return len(r.Answers()) > 0 }, newAnswerForm, answer},
	{"inquiry", "referral.deed.inquiry", "referral.deed.inquiry_lead", "referral.deed.inquiry_button", "referral.done.inquiry",
		func(r referral.Referral) bool { return r.May(referral.ActFollow) }, newInquiryForm, inquire},
	{"end", "referral.deed.end", "referral.deed.end_lead", "referral.deed.end_button", "referral.done.end",
		func(r referral.Referral) bool { return r.May(r.EndAct()) }, newEndForm, end},
}

func newDispatchForm(values url.Values, r referral.Referral, today day.Date) *form.Form {
	f := form.New(values)
	f.Date("consent_on", "referral.consent_on", form.Required, form.NotAfter(today), form.Hint("referral.consent_hint"), form.Default(r.ConsentOn))
	f.Date("sent_on", "referral.sent_on", form.Required, form.NotAfter(today), form.Default(today))
	f.Date("due_on", "referral.due_on", form.Required, form.Hint("referral.due_hint", referral.DaysToAnswer), form.Default(today.Add(referral.DaysToAnswer)))
	return f
}

func dispatch(ctx context.Context, u *work.Unit, r referral.Referral, f *form.Form) error {
	return referral.Send(ctx, u, r.ID, referral.Dispatch{ConsentOn: f.Field("consent_on").Date(), On: f.Field("sent_on").Date(), Due: f.Field("due_on").Date()})
}

func newAnswerForm(values url.Values, r referral.Referral, today day.Date) *form.Form {
	f := form.New(values)
	var options []form.Option
	for _, act := range r.Answers() {
		options = append(options, form.Option{Value: string(act), Key: act.Key(), Hint: words.Key("referral.answer_hint." + string(act))})
	}
	f.Choice("act", "referral.answer_head", options, form.Required)
	f.Date("answered_on", "referral.answered_on", form.Required, form.NotAfter(today), form.NotBefore(r.SentOn), form.Default(today))
	f.Money("monthly", "referral.monthly", form.Hint("referral.grant_only"))
	f.Date("from_on", "referral.from_on")
	f.Money("once", "referral.once", form.Hint("referral.grant_only"))
	f.Area("note", "referral.note", form.Max(1000), form.Hint("referral.note_hint"))
	f.Date("follow_on", "referral.follow_on", form.NotBefore(today), form.Hint("referral.follow_hint"))
	return f
}

func answer(ctx context.Context, u *work.Unit, r referral.Referral, f *form.Form) error {
	return referral.Answer(ctx, u, r.ID, referral.Reply{Act: form.One[referral.Act](f.Field("act")), On: f.Field("answered_on").Date(),
		Monthly: f.Field("monthly").Money(), Once: f.Field("once").Money(), From: f.Field("from_on").Date(), Note: f.Field("note").Text(),
		FollowOn: f.Field("follow_on").Date()})
}

func newInquiryForm(values url.Values, _ referral.Referral, today day.Date) *form.Form {
	f := form.New(values)
	f.Area("note", "referral.inquiry", form.Required, form.Least(2), form.Max(1000))
	f.Date("follow_on", "referral.follow_on", form.NotBefore(today.Add(1)), form.Hint("referral.follow_hint"))
	return f
}

func inquire(ctx context.Context, u *work.Unit, r referral.Referral, f *form.Form) error {
	return referral.Follow(ctx, u, r.ID, f.Field("note").Text(), f.Field("follow_on").Date())
}

func newEndForm(values url.Values, _ referral.Referral, _ day.Date) *form.Form {
	f := form.New(values)
	f.Area("reason", "referral.end_reason", form.Required, form.Least(2), form.Max(1000))
	return f
}

func end(ctx context.Context, u *work.Unit, r referral.Referral, f *form.Form) error {
	return referral.End(ctx, u, r.ID, f.Field("reason").Text())
}

// begin finds the referral and refuses a deed that is not open.
func (h *Handlers) begin(r *http.Request, d deed) (referral.Referral, error) {
	found, err := h.found(r)
	if err == nil && !d.open(found) {
		err = work.Refuse("referral.refusal.not_open", found.State)
	}
	return found, err
}

// getDeed shows the form of a deed.
func (h *Handlers) getDeed(d deed) web.H {
	return func(w http.ResponseWriter, r *http.Request) error {
		found, err := h.begin(r, d)
		if err != nil {
			return err
		}
		return h.showDeed(w, r, http.StatusOK, d, found, d.form(nil, found, day.On(h.Now())))
	}
}

// postDeed does it. A form sent again finds the referral moved on; the form key then leads to where the first one led.
func (h *Handlers) postDeed(d deed) web.H {
	return func(w http.ResponseWriter, r *http.Request) error {
		values, err := web.Form(r)
		if err != nil {
			return err
		}
		found, err := h.found(r)
		if err != nil {
			return err
		}
		f := d.form(values, found, day.On(h.Now()))
		open := d.open(found)
		if open && !f.Valid() {
			return h.showDeed(w, r, http.StatusUnprocessableEntity, d, found, f)
		}
		to, err := h.Do(r, func(u *work.Unit) (string, error) {
			return referralpage.Path(found.ID), d.do(r.Context(), u, found, f)
		})
		if open && web.Refused(f, err) {
			return h.showDeed(w, r, http.StatusUnprocessableEntity, d, found, f)
		}
		if err != nil {
			return err
		}
		h.Flash(r, d.done)
		return web.SeeOther(w, r, to)
	}
}

func (h *Handlers) showDeed(w http.ResponseWriter, r *http.Request, status int, d deed, found referral.Referral, f *form.Form) error {
	v := referralpage.DeedView{Page: h.Page(r, d.title), Action: referralpage.Path(found.ID) + "/" + d.address, Back: referralpage.Path(found.ID), Button: d.button}
	v.Page.Lead, v.Page.Crumbs, v.Page.Identity, v.Page.Form = d.lead, crumbs(found), referralpage.Identity(found), f
	return h.Render(w, r, status, referralpage.Deed(v))
}
