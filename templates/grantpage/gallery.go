package grantpage

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"time"

	"github.com/a-h/templ"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/fund"
	"bangfu/internal/grant"
	"bangfu/internal/money"
	"bangfu/internal/payment"
	"bangfu/internal/words"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// Examples are the pages of aid in every state, with invented people.
func Examples() []ui.Example {
	signed := sampleCase(grant.Approved, grant.NoStep)
	return []ui.Example{
		{Name: "grant-inbox", Page: Inbox(sampleInbox(grant.Waiting, sampleItems()))},
		{Name: "grant-inbox-empty", Page: Inbox(sampleInbox(grant.Waiting, nil))},
		{Name: "grant-inbox-all", Page: Inbox(sampleInbox(grant.All, sampleItems()))},
		{Name: "grant-case-review", Page: Case(deciding(sampleCase(grant.Submitted, grant.AtReview), nil, grant.ActReview, grant.ActReturn, grant.ActRefuse))},
		{Name: "grant-case-vote", Page: Case(deciding(sampleCase(grant.InApproval, grant.AtCommittee), nil,
			grant.ActApprove, grant.ActAgainst, grant.ActAbstain, grant.ActReturn))},
		{Name: "grant-case-refused", Page: Case(deciding(sampleCase(grant.InApproval, grant.AtSignature), url.Values{"opinion": {""}},
			grant.ActSign, grant.ActReturn, grant.ActRefuse))},
		{Name: "grant-case-approved", Page: Case(view(signed))},
		{Name: "grant-case-halted", Page: Case(halted(signed))},
		{Name: "grant-case-returned", Page: Case(returned())},
		{Name: "grant-meeting", Page: Meeting(sampleMeeting(3))},
		{Name: "grant-meeting-empty", Page: Meeting(sampleMeeting(0))},
		{Name: "grant-offers", Page: Offers(OffersView{Page: layout.Sample("grant.apply.title"), File: casefile.File{ID: 7}, Offers: sampleOffers()})},
		{Name: "grant-apply", Page: Apply(sampleApply(nil))},
		{Name: "grant-apply-wrong", Page: Apply(sampleApply(url.Values{"self_paid": {"12,34"}, "reason": {""}, "amount": {"-1"}}))},
		{Name: "grant-check", Page: Check(sampleCheck())},
		{Name: "grant-ineligible", Page: Ineligible(sampleIneligible())},
		{Name: "grant-panel", Page: onPage(Panel(PanelView{Items: sampleItems(), Apply: NewPath(7, ""), Opens: true}))},
		{Name: "grant-panel-empty", Page: onPage(Panel(PanelView{}))},
		{Name: "grant-rules", Page: onPage(Rules(RulesView{Bands: sampleBands, Terms: sampleTerms}))},
		{Name: "grant-print", Page: Print(PrintView{Case: signed, Finding: sampleFinding(signed), Sheet: layout.Sheet{
			Page: layout.Sample("grant.print.title"), Number: "申请 31", Version: "第 1 轮", By: "周敏", At: layout.SampleAt, Back: CasePath(31)}})},
	}
}

var (
	sampleToday = day.Of(2026, time.November, 22)
	sampleTime  = time.Date(2026, 11, 20, 9, 30, 0, 0, day.Zone)
	sampleBands = grant.Bands{
		{From: 1, To: 49_999, Tier: grant.HeadAlone, Source: "《困难职工帮扶中心管理办法》第二十六条"},
		{From: 50_000, To: 99_999, Tier: grant.GroupTier, Source: "《困难职工帮扶中心管理办法》第二十六条"},
		{From: 100_000, Tier: grant.CommitteeTier, Source: "《困难职工帮扶中心管理办法》第二十六条"},
	}
	sampleTerms = []grant.Terms{
		termsFor("living", "生活救助", "Living aid", "set", `{"ceiling_fen": 500000}`, grant.Tiered, fund.Living),
		termsFor("illness", "大病救助", "Serious-illness aid", "illness",
			`{"from_fen": 500000, "percent": 10, "cap_fen": 300000, "base": "whole"}`, grant.AlwaysTwoBody, fund.Medical),
		termsFor("disaster", "灾害救助", "Disaster aid", "disaster",
			`{"limit_fen": 1000000, "limit_in_lower": false, "lower_cap_fen": 100000, "upper_cap_fen": 300000}`, grant.AlwaysTwoBody, fund.Disaster),
	}
)

// termsFor makes the terms of a programme; it panics on numbers that its kind refuses, which the gallery's test shows.
func termsFor(code, zh, en, kind, numbers string, approval grant.Approval, purpose fund.Purpose) grant.Terms {
	formula, err := grant.NewFormula(kind, json.RawMessage(numbers))
	if err != nil {
		panic(fmt.Sprintf("grantpage: %v", err))
	}
	return grant.Terms{Programme: grant.Programme{Code: code, NameZh: zh, NameEn: en}, From: day.Of(2000, time.January, 1), Kind: kind,
		Formula: formula, Approval: approval, Purpose: purpose, Causes: []casefile.Cause{casefile.SeriousIllness, casefile.Accident},
		Evidence: []casefile.EvidenceKind{casefile.Diagnosis, casefile.Receipts}, Months: 12, Source: "《困难职工帮扶中心管理办法》第三十条"}
}

// halted is an approved application whose payment finance refused, as its signer sees it.
func halted(c grant.Case) CaseView {
	v := view(c)
	v.Payable = &payment.Payable{ID: 4, State: payment.Refused, Reason: "户主去世，卡已注销", Amount: c.Amount, Account: fund.Account{Source: fund.County, Purpose: fund.Medical, Year: 2026}}
	v.Revoke = form.New(url.Values{"revocation": {""}})
	v.Revoke.Area("revocation", "grant.decision.revoke_reason", form.Required, form.Hint("grant.decision.revoke_hint"))
	v.Revoke.Valid()
	v.Page.Form = v.Revoke
	return v
}

// onPage draws a panel on a page of its own.
func onPage(panel templ.Component) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		return layout.Staff(layout.Sample("grant.panel.title")).Render(templ.WithChildren(ctx, panel), w)
	})
}

func sampleItems() []grant.Item {
	item := func(id grant.ApplicationID, head string, amount, window money.Amount, tier grant.Tier, state grant.State, step grant.Step) grant.Item {
		return grant.Item{ID: id, File: 7, FileNumber: fmt.Sprintf("QSX2026%05d", id), FileState: casefile.Active, HeadName: head, Office: "青石纺织厂工会",
			Programme: sampleTerms[0].Programme, Cause: casefile.SeriousIllness, Amount: amount, WindowSum: window, Tier: tier,
			State: state, Step: step, Round: 1, WaitingAt: sampleTime, EnteredAt: sampleTime}
	}
	split := item(31, "段玉梅", 30_000, 60_000, grant.GroupTier, grant.InApproval, grant.AtGroup)
	split.Split, split.Round = true, 2
	return []grant.Item{
		split, item(30, "杨成", 40_000, 40_000, grant.HeadAlone, grant.Submitted, grant.AtReview),
		item(29, "李秀兰", 120_000, 120_000, grant.CommitteeTier, grant.Approved, grant.NoStep),
		item(28, "马天明", 50_000, 50_000, grant.GroupTier, grant.Returned, grant.NoStep),
	}
}

func sampleInbox(list grant.List, items []grant.Item) InboxView {
	v := InboxView{Page: layout.Sample("grant.inbox.title"), List: list, Items: items, Today: sampleToday,
		Counts: map[grant.List]int{grant.Waiting: len(items)}, Total: grant.Total{Count: len(items), Sum: 240_000}}
	v.Page.Wide = true
	return v
}

func sampleMeeting(n int) MeetingView {
	m := grant.Meeting{Body: grant.Body{ID: 5, Kind: "group", Name: "困难职工帮扶领导组",
		Seats: []grant.Seat{{Staff: 1, Name: "马骏", Head: true}, {Staff: 2, Name: "钱江"}, {Staff: 3, Name: "孙莉"}}}}
	for i, item := range sampleItems()[:n] {
		m.Items = append(m.Items, grant.AgendaItem{Item: item, Tally: grant.Tally{Members: 3, Favour: i}, Spoken: i > 0})
	}
	return MeetingView{Page: layout.Sample("grant.meeting.title", m.Body.Name), Meeting: m, Today: sampleToday}
}

func sampleOffers() []grant.Offer {
	return []grant.Offer{
		{Terms: sampleTerms[0], Causes: []casefile.Cause{casefile.SeriousIllness}},
		{Terms: sampleTerms[1], Causes: []casefile.Cause{casefile.SeriousIllness}, Missing: []casefile.EvidenceKind{casefile.Diagnosis, casefile.Receipts}},
		{Terms: sampleTerms[2]},
	}
}

// sampleCase is an illness case with its decisions up to the step.
func sampleCase(state grant.State, step grant.Step) grant.Case {
	c := grant.Case{
		Application: grant.Application{ID: 31, File: 7, FileNumber: "QSX202600031", FileState: casefile.Active, HeadName: "段玉梅", Office: "青石纺织厂工会",
			Programme: sampleTerms[1].Programme, Purpose: fund.Medical, Cause: casefile.SeriousIllness, Reason: "肾病透析，每周三次，家中无人工作。",
			Facts: grant.Facts{"self_paid": 1_234_567}, Ceiling: 123_457, Amount: 120_000, WindowSum: 150_000, Tier: grant.GroupThenCommittee,
			State: state, Step: step, WaitingAt: sampleTime, Round: 1, EnteredName: "何敏", EnteredAt: sampleTime},
		Terms: sampleTerms[1],
		Group: grant.Body{ID: 5, Kind: "group", Name: "困难职工帮扶领导组", Seats: []grant.Seat{{Staff: 1, Name: "马骏", Head: true}, {Staff: 2, Name: "钱江"}, {Staff: 3, Name: "孙莉"}}},
		Committee: grant.Body{ID: 6, Kind: "committee", Name: "帮扶中心领导委员会",
			Seats: []grant.Seat{{Staff: 4, Name: "陈刚", Head: true}, {Staff: 5, Name: "吴霞"}, {Staff: 6, Name: "郑凯"}}},
		Window: grant.Window{Sum: 150_000, Claims: []grant.Claim{{ID: 12, On: day.Of(2026, time.March, 3), Amount: 30_000, State: grant.Approved}}},
	}
	made := []grant.Decision{
		{Step: grant.AtReview, Verdict: grant.Favour, Opinion: "材料齐全", By: 9, Name: "周文"},
		{Step: grant.AtGroup, Verdict: grant.Favour, Opinion: "情况属实", By: 2, Name: "钱江"},
		{Step: grant.AtGroup, Verdict: grant.Favour, Opinion: "同意", By: 3, Name: "孙莉"},
		{Step: grant.AtCommittee, Verdict: grant.Favour, Opinion: "同意", By: 4, Name: "陈刚"},
		{Step: grant.AtCommittee, Verdict: grant.Favour, Opinion: "同意", By: 5, Name: "吴霞"},
		{Step: grant.AtSignature, Verdict: grant.Favour, Opinion: "同意发放", By: 1, Name: "马骏"},
	}
	count := map[grant.Step]int{grant.AtReview: 0, grant.AtCommittee: 4, grant.AtSignature: 5, grant.NoStep: 6}[step]
	for i, d := range made[:count] {
		d.Round, d.Amount, d.At = 1, c.Amount, sampleTime.Add(time.Duration(i)*time.Hour)
		c.Decisions = append(c.Decisions, d)
	}
	return c
}

func sampleFinding(c grant.Case) grant.Finding {
	finding, err := c.Terms.Formula.Find(c.Facts)
	if err != nil {
		panic(fmt.Sprintf("grantpage: %v", err))
	}
	return finding
}

// view shows a case to somebody who has nothing to do with it.
func view(c grant.Case) CaseView {
	v := CaseView{Page: layout.Sample("grant.case.title", c.Programme.NameZh), Case: c, Finding: sampleFinding(c), FileOpens: true,
		Papers: []casefile.Evidence{{ID: 1, Kind: casefile.Diagnosis, AddedAt: sampleTime}, {ID: 2, Kind: casefile.Receipts, AddedAt: sampleTime}},
		Next:   CasePath(30)}
	return v
}

// deciding shows a case to somebody whose step it is, fresh or with what came back.
func deciding(c grant.Case, values url.Values, acts ...grant.Act) CaseView {
	v := view(c)
	v.Acts, v.Previous = acts, CasePath(32)
	f := form.New(values)
	if c.Step == grant.AtReview {
		f.Choice("account", "grant.decision.account", []form.Option{
			{Value: "1", Text: "2026 年市级财政 · 医疗救助 · 可用 ¥120,000.00"}, {Value: "2", Text: "2025 年社会捐赠 · 医疗救助 · 可用 ¥8,400.00"}}, form.Default("1"))
		v.Withdraw = form.New(nil)
		v.Withdraw.Area("reason", "grant.decision.withdraw_reason")
	}
	if c.Step == grant.AtCommittee {
		v.Outdated = []ui.Doubt{{Said: casefile.Outdated{Section: casefile.EconomySection, Until: day.Of(2025, 9, 30)}.Message(), Href: FilePath(7), Link: "casefile.outdated.to_file"},
			{Said: casefile.Outdated{Section: casefile.EvidenceSection, Kind: casefile.Receipts, Person: "王建国", Until: day.Of(2026, 10, 3)}.Message(), Href: PapersPath(7), Link: "casefile.outdated.to_papers"}}
	}
	f.Area("opinion", "grant.decision.opinion", form.Required, form.Hint("grant.decision.opinion_signs"))
	v.Decision = f
	if values != nil {
		f.Valid()
		v.Page.Form = f
	}
	if c.Step == grant.AtSignature {
		v.Amount = form.New(nil)
		v.Amount.Money("amount", "grant.decision.amount", form.Required, form.Default(c.Amount), form.Hint("grant.decision.amount_hint", c.Ceiling))
		v.Amount.Area("amount_opinion", "grant.decision.amount_opinion", form.Required)
	}
	return v
}

func returned() CaseView {
	c := sampleCase(grant.Returned, grant.NoStep)
	c.Decisions = append(c.Decisions[:1:1], grant.Decision{Round: 1, Step: grant.AtGroup, Verdict: grant.SentBack, Opinion: "请补缴费票据", Amount: c.Amount,
		By: 1, Name: "马骏", At: sampleTime.Add(time.Hour)})
	v := view(c)
	v.Correct = true
	return v
}

func sampleApply(values url.Values) ApplyView {
	t := sampleTerms[1]
	f := form.New(values)
	f.Choice("cause", "grant.apply.cause", []form.Option{{Value: "6", Key: casefile.SeriousIllness.Key()}}, form.Required, form.Default("6"))
	for _, fact := range t.Formula.Facts() {
		f.Money(fact.Name, fact.Label, form.Required, form.Hint(fact.Hint))
	}
	f.Area("reason", "grant.apply.reason", form.Required, form.Hint("grant.apply.reason_hint"))
	f.Money("amount", "grant.apply.amount", form.Required, form.Hint("grant.apply.amount_hint"))
	v := ApplyView{Page: layout.Sample("grant.apply.choose", t.Programme.NameZh), Action: "/files/7/grants", Back: NewPath(7, ""), Form: f, Terms: t}
	if values != nil {
		f.Valid()
		v.Page.Form = f
	}
	return v
}

func sampleCheck() CheckView {
	c := sampleCase(grant.Submitted, grant.AtReview)
	v := CheckView{Page: layout.Sample("grant.apply.check_title"), Action: "/files/7/grants", Form: sampleApply(nil).Form, Cause: c.Cause,
		Request:  grant.Request{Cause: c.Cause, Facts: c.Facts, Reason: c.Reason, Amount: c.Amount},
		Weighing: grant.Weighing{Terms: c.Terms, Facts: c.Facts, Finding: sampleFinding(c), Window: c.Window, Tier: c.Tier}}
	v.Page.Lead = words.Key("grant.apply.check_lead")
	return v
}

func sampleIneligible() IneligibleView {
	c := sampleCase(grant.Submitted, grant.AtReview)
	c.Facts = grant.Facts{"self_paid": 499_999}
	return IneligibleView{Page: layout.Sample("grant.apply.ineligible_title", c.Programme.NameZh), File: casefile.File{ID: 7},
		Weighing: grant.Weighing{Terms: c.Terms, Facts: c.Facts, Finding: sampleFinding(c)}, Others: sampleOffers()[:1], Again: NewPath(7, "illness")}
}
