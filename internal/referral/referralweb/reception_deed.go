package referralweb

import (
	"context"
	"net/url"

	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/referral"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/referralpage"
)

// receptionDeeds are the acts on a visitor's record that ask for something, each with its form.
var receptionDeeds = []deed[referral.Reception]{
	{"answer", "referral.reception.deed.answer", "referral.reception.deed.answer_lead", "referral.reception.deed.answer", "referral.reception.done.answer",
		func(found referral.Reception) bool { return found.May(referral.ActAnswer) },
		func(values url.Values, found referral.Reception, today day.Date) *form.Form {
			f := form.New(values)
			f.Date("answered_on", "referral.answered_on", form.Required, form.NotAfter(today), form.NotBefore(found.CameOn), form.Default(today))
			f.Area("answer", "referral.reception.answer", form.Required, form.Max(1000))
			f.Date("follow_on", "referral.follow_on", form.NotBefore(today), form.Hint("referral.follow_hint"))
			return f
		},
		func(ctx context.Context, u *work.Unit, found referral.Reception, f *form.Form) error {
			return referral.AnswerReception(ctx, u, found.ID, f.Field("answered_on").Date(), f.Field("answer").Text(), f.Field("follow_on").Date())
		}},
	{"inquiry", "referral.reception.deed.inquiry", "referral.reception.deed.inquiry_lead", "referral.reception.deed.inquiry", "referral.reception.done.inquiry",
		func(found referral.Reception) bool { return found.May(referral.ActFollow) },
		newInquiryForm[referral.Reception],
		func(ctx context.Context, u *work.Unit, found referral.Reception, f *form.Form) error {
			return referral.FollowReception(ctx, u, found.ID, f.Field("note").Text(), f.Field("follow_on").Date())
		}},
	{"end", "referral.reception.deed.end", "referral.reception.deed.end_lead", "referral.reception.deed.end", "referral.reception.done.end",
		func(found referral.Reception) bool { return found.May(referral.ActClose) },
		func(values url.Values, _ referral.Reception, _ day.Date) *form.Form {
			f := form.New(values)
			f.Area("told", "referral.reception.told", form.Required, form.Least(2), form.Max(1000))
			return f
		},
		func(ctx context.Context, u *work.Unit, found referral.Reception, f *form.Form) error {
			return referral.CloseReception(ctx, u, found.ID, f.Field("told").Text())
		}},
}

// receptions is the counter of the visitors' records.
func (h *Handlers) receptions() counter[referral.Reception] {
	return counter[referral.Reception]{h.Kit, h.reception,
		func(found referral.Reception) string { return referralpage.ReceptionPath(found.ID) },
		func(p *layout.Page, found referral.Reception) { p.Crumbs = receptionCrumbs(found) },
		func(found referral.Reception) *work.Refusal {
			return work.Refuse("referral.refusal.reception_state", found.State)
		}}
}
