package referralweb

import (
	"context"
	"net/http"
	"net/url"

	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/referral"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/referralpage"
)

// deed is one thing that is done to a record, a referral or a visitor's, on a page of its own.
type deed[R any] struct {
	address string
	title   words.Key
	lead    words.Key
	button  words.Key
	done    words.Key
	open    func(R) bool
	form    func(values url.Values, found R, today day.Date) *form.Form
	do      func(ctx context.Context, u *work.Unit, found R, f *form.Form) error
}

// deeds are the acts on a referral that ask for something, each with its form.
var deeds = []deed[referral.Referral]{
	{"dispatch", "referral.deed.dispatch", "referral.deed.dispatch_lead", "referral.deed.dispatch", "referral.done.dispatch",
		func(r referral.Referral) bool { return r.May(referral.ActSend) }, newDispatchForm, dispatch},
	{"answer", "referral.deed.answer", "referral.deed.answer_lead", "referral.deed.answer_button", "referral.done.answer",
		func(r referral.Referral) bool { return len(r.Answers()) > 0 }, newAnswerForm, answer},
	{"inquiry", "referral.deed.inquiry", "referral.deed.inquiry_lead", "referral.deed.inquiry_button", "referral.done.inquiry",
		func(r referral.Referral) bool { return r.May(referral.ActFollow) }, newInquiryForm[referral.Referral], inquire},
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

func newInquiryForm[R any](values url.Values, _ R, today day.Date) *form.Form {
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

// counter is where the deeds of one kind of record are done.
type counter[R any] struct {
	*web.Kit
	find   func(r *http.Request) (R, error)
	path   func(found R) string
	head   func(p *layout.Page, found R) // the way to the page, and whose it is
	closed func(found R) *work.Refusal   // why a deed cannot be done now
}

// referrals is the counter of the referrals.
func (h *Handlers) referrals() counter[referral.Referral] {
	return counter[referral.Referral]{h.Kit, h.found,
		func(found referral.Referral) string { return referralpage.Path(found.ID) },
		func(p *layout.Page, found referral.Referral) {
			p.Crumbs, p.Identity = crumbs(found), referralpage.Identity(found)
		},
		func(found referral.Referral) *work.Refusal {
			return work.Refuse("referral.refusal.not_open", found.State)
		}}
}

// routes declares the addresses of the deeds below that of a record.
func (c counter[R]) routes(rs *web.Routes, record string, deeds []deed[R]) {
	for _, d := range deeds {
		rs.Get(record+"/"+d.address, staff.CapReferralMake, c.getDeed(d))
		rs.Post(record+"/"+d.address, staff.CapReferralMake, c.postDeed(d))
	}
}

// getDeed shows the form of a deed that is open.
func (c counter[R]) getDeed(d deed[R]) web.H {
	return func(w http.ResponseWriter, r *http.Request) error {
		found, err := c.find(r)
		if err != nil {
			return err
		}
		if !d.open(found) {
			return c.closed(found)
		}
		return c.showDeed(w, r, http.StatusOK, d, found, d.form(nil, found, day.On(c.Now())))
	}
}

// postDeed does it. A form sent again finds the record moved on; the form key then leads to where the first one led.
func (c counter[R]) postDeed(d deed[R]) web.H {
	return func(w http.ResponseWriter, r *http.Request) error {
		values, err := web.Form(r)
		if err != nil {
			return err
		}
		found, err := c.find(r)
		if err != nil {
			return err
		}
		f, open := d.form(values, found, day.On(c.Now())), d.open(found)
		if open && !f.Valid() {
			return c.showDeed(w, r, http.StatusUnprocessableEntity, d, found, f)
		}
		to, err := c.Do(r, func(u *work.Unit) (string, error) {
			return c.path(found), d.do(r.Context(), u, found, f)
		})
		if open && web.Refused(f, err) {
			return c.showDeed(w, r, http.StatusUnprocessableEntity, d, found, f)
		}
		if err != nil {
			return err
		}
		c.Flash(r, d.done)
		return web.SeeOther(w, r, to)
	}
}

func (c counter[R]) showDeed(w http.ResponseWriter, r *http.Request, status int, d deed[R], found R, f *form.Form) error {
	v := referralpage.DeedView{Page: c.Page(r, d.title), Action: c.path(found) + "/" + d.address, Back: c.path(found), Button: d.button}
	v.Page.Lead, v.Page.Form = d.lead, f
	c.head(&v.Page, found)
	return c.Render(w, r, status, referralpage.Deed(v))
}
