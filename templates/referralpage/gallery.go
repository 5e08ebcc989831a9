package referralpage

import (
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/money"
	"bangfu/internal/referral"
	"bangfu/internal/words"
	"bangfu/templates/layout"
	"bangfu/templates/ui"

	"github.com/a-h/templ"
)

// Examples are the pages of referrals with invented families, for the gallery.
func Examples() []ui.Example {
	draft, granted, late := made, made, made
	draft.State, draft.Number, draft.ConsentOn, draft.SentOn, draft.DueOn = referral.Draft, "", day.Date{}, day.Date{}, day.Date{}
	granted.State, granted.Outcome, granted.Monthly, granted.From, granted.AnsweredOn = referral.Granted, referral.Granted, money.Yuan(420), day.Of(2026, 12, 1), today
	late.DueOn = today.Add(-5)
	sums := []referral.Sums{{Kind: referral.Allowance, Sent: 180, Granted: 174, Refused: 4, Waiting: 2, Monthly: money.Yuan(73080)},
		{Kind: referral.Temporary, Sent: 6, Granted: 5, Returned: 1, Once: money.Yuan(9000)}, {Sent: 186, Granted: 179, Refused: 4, Waiting: 2, Returned: 1,
			Monthly: money.Yuan(73080), Once: money.Yuan(9000)}}
	return append(receptionExamples(), []ui.Example{
		{Name: "referral-list", Page: List(list(made, late))},
		{Name: "referral-list-none", Page: List(list())},
		{Name: "referral-uncovered", Page: UncoveredList(UncoveredView{Page: wide("referral.uncovered"), Files: poor, Total: 1001, Next: 420, May: true})},
		{Name: "referral-uncovered-none", Page: UncoveredList(UncoveredView{Page: wide("referral.uncovered"), May: true})},
		{Name: "referral-uncovered-read", Page: UncoveredList(UncoveredView{Page: wide("referral.uncovered"), Files: poor, Total: 2})},
		{Name: "referral-drafts", Page: Drafts(DraftsView{Page: draftsPage(), Files: poor})},
		{Name: "referral-kinds", Page: Kinds(KindsView{Page: layout.Sample("referral.choose"), FileID: 418, Rows: []KindRow{{Kind: referral.Allowance, Last: granted}, {Kind: referral.Housing}}})},
		{Name: "referral-form", Page: LetterForm(letterForm())},
		{Name: "referral-draft", Page: record(draft)},
		{Name: "referral-late", Page: record(late)},
		{Name: "referral-granted", Page: record(granted)},
		{Name: "referral-deed", Page: Deed(deedView())},
		{Name: "referral-letter", Page: LetterPrint(LetterView{Sheet: official("referral.letter.title"), Referral: made, Papers: papers})},
		{Name: "referral-letter-debt", Page: LetterPrint(LetterView{Sheet: official("referral.letter.title"), Referral: debt()})},
		{Name: "referral-summary", Page: Summary(SummaryView{Page: periodPage(), From: day.Of(2026, 1, 1), Until: today, Sums: sums})},
		{Name: "referral-summary-none", Page: Summary(SummaryView{Page: periodPage(), From: today, Until: today, Sums: []referral.Sums{{}}})},
		{Name: "referral-report", Page: Report(ReportView{Sheet: sheet("referral.report.title"), From: day.Of(2026, 1, 1), Until: today, On: today, Office: "云川市总工会", Sums: sums, Uncovered: 12})},
		{Name: "referral-report-many", Page: Report(ReportView{Sheet: sheet("referral.report.title"), From: today, Until: today, On: today, Office: "云川市总工会", Sums: sums, Uncovered: 1001})},
		{Name: "referral-panel", Page: inPage(Panel(PanelView{FileID: 418, Referrals: []referral.Referral{granted, made}, May: true}))},
		{Name: "referral-panel-visitor", Page: inPage(Panel(PanelView{FileID: 418, May: true, ByVisit: true, Came: came}))},
		{Name: "referral-panel-none", Page: inPage(Panel(PanelView{FileID: 418, May: true}))},
	}...)
}

var (
	today = day.Of(2026, 11, 22)
	noon  = time.Date(2026, 11, 22, 12, 0, 0, 0, day.Zone)
	made  = referral.Referral{ID: 7, FileID: 418, Kind: referral.Allowance, State: referral.Sent, PersonName: "林秀兰", HeadName: "林秀兰",
		OrgName: "云川市总工会", Number: "YC转〔2026〕12号", ConsentOn: today.Add(-3), SentOn: today.Add(-2), DueOn: today.Add(28), FollowOn: today.Add(7),
		MadeBy: "周敏", MadeAt: noon.AddDate(0, 0, -3), Letter: referral.Letter{Origin: referral.FromVisit, Office: "云川市民政局（社会救助科）",
			Contact: "赵科长", Phone: "0879-2000100", Address: "云川市人民路 1 号", Reason: "家庭人均收入低于当地低保标准，尚未享受低保。"}}
	papers = []casefile.Evidence{{Kind: casefile.HeadID, AddedAt: noon}, {Kind: casefile.HouseRegister, AddedAt: noon}, {Kind: casefile.IncomeProof, AddedAt: noon}}
	poor   = []referral.Uncovered{
		{FileID: 418, Number: "YC2026000012", HeadName: "林秀兰", OrgName: "云川市总工会", People: 3, Income: money.Yuan(560), Monthly: money.Yuan(310), Line: money.Yuan(700)},
		{FileID: 419, Number: "YC2026000013", HeadName: "马德胜", OrgName: "云川市总工会", People: 2, Income: money.Yuan(900), Monthly: money.Yuan(640), Line: money.Yuan(700), Before: referral.Refused},
	}
)

func debt() referral.Referral {
	r := made
	r.Kind, r.Owed, r.OwedSince = referral.WageArrears, money.Yuan(18600), day.Of(2026, 3, 1)
	return r
}

func wide(title words.Key) layout.Page {
	p := layout.Sample(title)
	p.Wide = true
	return p
}

func list(all ...referral.Referral) ListView {
	p := wide("referral.list")
	p.Actions = ListActions()
	return ListView{Page: p, View: referral.ViewWaiting, Today: today, Referrals: all, Next: 7, Counts: map[referral.View]int{referral.ViewWaiting: 2,
		referral.ViewLate: 1, referral.ViewFollow: 0, referral.ViewDrafts: 1001}}
}

func record(r referral.Referral) templ.Component {
	v := RecordView{Page: layout.Sample("referral.title", r.Kind), Referral: r, Papers: papers, Today: today, May: true,
		Events: []referral.Event{{Act: referral.ActDraft, On: today.Add(-3), By: "周敏", At: noon}}}
	if r.State == referral.Draft {
		v.Papers = nil
	}
	v.Page.Identity, v.Page.Actions = Identity(r), v.Acts()
	return Record(v)
}

func draftsPage() layout.Page {
	p := layout.Sample("referral.drafts", 2)
	f := form.New(nil)
	f.Text("office", "referral.to", form.Required, form.Default("云川市民政局"))
	f.Area("reason", "referral.reason", form.Required)
	p.Form = f
	return p
}

// letterForm is the form of a letter, sent with two things wrong.
func letterForm() LetterFormView {
	f := form.New(map[string][]string{"person": {"1"}, "origin": {"visit"}, "office": {"劳动保障监察大队"}, "owed": {"一万"}, "papers": {"3"}})
	v := LetterFormView{Page: layout.Sample("referral.new", referral.WageArrears), Action: NewPath(418), Back: FilePath(418), Button: "referral.save_draft", Kind: referral.WageArrears}
	v.Whom = []*form.Field{f.Select("person", "referral.person", []form.Option{{Value: "1", Text: "林秀兰（户主）"}}, form.Required),
		f.Choice("origin", "referral.origin_head", form.Options(referral.Origins...), form.Required), f.Area("reason", "referral.reason", form.Required, form.Hint("referral.reason_hint"))}
	v.Owed = []*form.Field{f.Money("owed", "referral.owed", form.Required), f.Date("owed_since", "referral.owed_since")}
	v.To = []*form.Field{f.Text("office", "referral.to", form.Required), f.Text("contact", "referral.contact"), f.Phone("phone", "referral.phone")}
	v.Papers = f.Choices("papers", "referral.papers", []form.Option{{Value: "3", Text: "户主身份证（2026-11-02 存入）"}, {Value: "4", Text: "劳动合同或用工证明（2026-11-02 存入）"}})
	v.Page.Form = f
	return v
}

func deedView() DeedView {
	p := layout.Sample("referral.deed.dispatch")
	p.Lead, p.Identity = "referral.deed.dispatch_lead", Identity(made)
	p.Form = form.New(nil)
	p.Form.Date("consent_on", "referral.consent_on", form.Required, form.Hint("referral.consent_hint"))
	p.Form.Date("sent_on", "referral.sent_on", form.Required, form.Default(today))
	return DeedView{Page: p, Action: Path(7) + "/dispatch", Back: Path(7), Button: "referral.deed.dispatch"}
}

func official(title words.Key) layout.Sheet {
	s := sheet(title)
	s.Official = true
	return s
}

func sheet(title words.Key) layout.Sheet {
	return layout.Sheet{Page: layout.Sample(title), Number: made.Number, Version: "2", By: "周敏", At: layout.SampleAt, Back: Path(7)}
}

func periodPage() layout.Page {
	p := wide("referral.summary")
	p.Form = form.Filter(nil)
	p.Form.Date("from", "referral.period_from", form.Default(day.Of(2026, 1, 1)))
	p.Form.Date("until", "referral.period_until", form.Default(today))
	return p
}
