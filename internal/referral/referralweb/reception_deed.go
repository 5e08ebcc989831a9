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

// receptionDeed is one thing that is done to the record of a visitor on a page of its own.
type receptionDeed struct {
	address string
	title   words.Key
	lead    words.Key
	done    words.Key
	act     referral.Act
	form    func(values url.Values, x referral.Reception, today day.Date) *form.Form
	do      func(ctx context.Context, u *work.Unit, id referral.ReceptionID, f *form.Form) error
}

// receptionDeeds are the acts that ask for something, each with its form.
var receptionDeeds = []receptionDeed{
	{"answer", "referral.reception.deed.answer", "referral.reception.deed.answer_lead", "referral.reception.done.answer", referral.ActAnswer,
		func(values url.Values, x referral.Reception, today day.Date) *form.Form {
			f := form.New(values)
			f.Date("answered_on", "referral.answered_on", form.Required, form.NotAfter(today), form.NotBefore(x.CameOn), form.Default(today))
			f.Area("answer", "referral.reception.answer", form.Required, form.Max(1000))
			f.Date("follow_on", "referral.follow_on", form.NotBefore(today), form.Hint("referral.follow_hint"))
			return f
		},
		func(ctx context.Context, u *work.Unit, id referral.ReceptionID, f *form.Form) error {
			return referral.AnswerReception(ctx, u, id, f.Field("answered_on").Date(), f.Field("answer").Text(), f.Field("follow_on").Date())
		}},
	{"inquiry", "referral.reception.deed.inquiry", "referral.reception.deed.inquiry_lead", "referral.reception.done.inquiry", referral.ActFollow,
		newFollowForm, func(ctx context.Context, u *work.Unit, id referral.ReceptionID, f *form.Form) error {
			return referral.FollowReception(ctx, u, id, f.Field("note").Text(), f.Field("follow_on").Date())
		}},
	{"end", "referral.reception.deed.end", "referral.reception.deed.end_lead", "referral.reception.done.end", referral.ActClose,
		func(values url.Values, _ referral.Reception, _ day.Date) *form.Form {
			f := form.New(values)
			f.Area("told", "referral.reception.told", form.Required, form.Least(2), form.Max(1000))
			return f
		},
		func(ctx context.Context, u *work.Unit, id referral.ReceptionID, f *form.Form) error {
			return referral.CloseReception(ctx, u, id, f.Field("told").Text())
		}},
}

func newFollowForm(values url.Values, _ referral.Reception, today day.Date) *form.Form {
	return newInquiryForm(values, referral.Referral{}, today)
}

// getReceptionDeed shows the form of a deed that is open.
func (h *Handlers) getReceptionDeed(d receptionDeed) web.H {
	return func(w http.ResponseWriter, r *http.Request) error {
		found, err := h.reception(r)
		if err != nil {
			return err
		}
		if !found.May(d.act) {
			return work.Refuse("referral.refusal.reception_state", found.State)
		}
		return h.showReceptionDeed(w, r, http.StatusOK, d, found, d.form(nil, found, day.On(h.Now())))
	}
}

// postReceptionDeed does it. A form sent again finds the record moved on; the form key then leads to where the first one led.
func (h *Handlers) postReceptionDeed(d receptionDeed) web.H {
	return func(w http.ResponseWriter, r *http.Request) error {
		values, err := web.Form(r)
		if err != nil {
			return err
		}
		found, err := h.reception(r)
		if err != nil {
			return err
		}
		f, open := d.form(values, found, day.On(h.Now())), found.May(d.act)
		if open && !f.Valid() {
			return h.showReceptionDeed(w, r, http.StatusUnprocessableEntity, d, found, f)
		}
		to, err := h.Do(r, func(u *work.Unit) (string, error) {
			return referralpage.ReceptionPath(found.ID), d.do(r.Context(), u, found.ID, f)
		})
		if open && web.Refused(f, err) {
			return h.showReceptionDeed(w, r, http.StatusUnprocessableEntity, d, found, f)
		}
		if err != nil {
			return err
		}
		h.Flash(r, d.done)
		return web.SeeOther(w, r, to)
	}
}

func (h *Handlers) showReceptionDeed(w http.ResponseWriter, r *http.Request, status int, d receptionDeed, found referral.Reception, f *form.Form) error {
	v := referralpage.DeedView{Page: h.Page(r, d.title), Action: referralpage.ReceptionPath(found.ID) + "/" + d.address,
		Back: referralpage.ReceptionPath(found.ID), Button: d.title}
	v.Page.Lead, v.Page.Crumbs, v.Page.Form = d.lead, receptionCrumbs(found), f
	return h.Render(w, r, status, referralpage.Deed(v))
}
