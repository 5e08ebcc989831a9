package referralpage

import (
	"bangfu/internal/form"
	"bangfu/internal/referral"
	"bangfu/templates/layout"
	"bangfu/templates/ui"

	"github.com/a-h/templ"
)

var came = referral.Reception{ID: 3, OrgName: "云川市总工会", OrgPhone: "0879-2000200", State: referral.Waiting, Number: "YC转〔2026〕13号", FirstAsked: "周敏",
	FirstAskedAt: noon, Version: 1, Visitor: referral.Visitor{CameOn: today.Add(-3), Name: "唐小满", Phone: "139****5566", Kind: referral.WageArrears,
		Asked: "在建筑公司做工，单位拖欠三个月工资，共一万八千元，多次讨要未果。", Office: "劳动保障监察大队", DueOn: today.Add(27)}}

// receptionExamples are the pages of visitors, with an invented one.
func receptionExamples() []ui.Example {
	late, answered, closed, erased := came, came, came, came
	late.DueOn = today.Add(-1)
	answered.State, answered.AnsweredOn, answered.Answer, answered.FollowOn = referral.Answered, today, "已责令单位限期支付。", today.Add(7)
	closed.State, closed.ClosedOn, closed.FileID = referral.ReceptionEnded, today, 418
	erased.State, erased.ClosedOn, erased.Erased, erased.Name, erased.Asked, erased.Phone = referral.ReceptionEnded, today.AddMonths(-37), true, "**", "**", ""
	p := wide("referral.reception.list")
	p.Lead, p.Actions = "referral.reception.list_lead", ReceptionsActions()
	counts := map[referral.ReceptionView]int{referral.ReceptionsWaiting: 2, referral.ReceptionsLate: 1, referral.ReceptionsFollow: 0, referral.ReceptionsAnswered: 1001}
	return []ui.Example{
		{Name: "referral-receptions", Page: Receptions(ReceptionsView{Page: p, View: referral.ReceptionsWaiting, Today: today, Counts: counts, Next: 3,
			Receptions: []referral.Reception{came, late}})},
		{Name: "referral-receptions-none", Page: Receptions(ReceptionsView{Page: p, View: referral.ReceptionsClosed, Today: today, Counts: counts})},
		{Name: "referral-receive", Page: Deed(receiveForm())},
		{Name: "referral-reception", Page: visit(came)},
		{Name: "referral-reception-late", Page: visit(late)},
		{Name: "referral-reception-answered", Page: visit(answered)},
		{Name: "referral-reception-file", Page: visit(closed)},
		{Name: "referral-reception-erased", Page: visit(erased)},
		{Name: "referral-phone", Page: Phone(phoneView(""))},
		{Name: "referral-phone-shown", Page: Phone(phoneView("13908795566"))},
		{Name: "referral-introduction", Page: Introduction(IntroductionView{Sheet: official("referral.introduction.title"), Reception: came})},
	}
}

func visit(x referral.Reception) templ.Component {
	v := ReceptionView{Page: layout.Sample("referral.reception.title", x.Name), Reception: x, Today: today, May: true, MayFile: x.FileID == 0 && !x.Erased,
		Events: []referral.Event{{Act: referral.ActRegister, On: x.CameOn, By: "周敏", At: noon}}}
	v.Page.Actions = v.Acts()
	return Reception(v)
}

// receiveForm is the form of a visitor, sent without a name.
func receiveForm() DeedView {
	p := layout.Sample("referral.reception.new")
	p.Lead = "referral.reception.new_lead"
	p.Form = form.New(map[string][]string{"came_on": {"2026-11-22"}, "phone": {"12"}, "asked": {"拖欠三个月工资"}})
	p.Form.Date("came_on", "referral.reception.came_on", form.Required)
	p.Form.Text("name", "referral.reception.name", form.Required, form.Width(10))
	p.Form.Phone("phone", "referral.reception.phone", form.Required)
	p.Form.Area("asked", "referral.reception.asked", form.Required, form.Hint("referral.reception.asked_hint"))
	return DeedView{Page: p, Action: ReceivePath, Back: ReceptionsPath, Button: "referral.reception.save"}
}

func phoneView(shown string) PhoneView {
	p := layout.Sample("referral.reception.phone_title")
	p.Lead, p.Form = "referral.reception.phone_lead", form.New(nil)
	p.Form.Choice("reason", "casefile.unmask_reason", []form.Option{{Value: "contact", Key: "casefile.reason.contact"}}, form.Required)
	return PhoneView{Page: p, Reception: came, Shown: shown}
}
