package trialpage

import (
	"net/url"
	"time"

	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/form"
	"bangfu/internal/money"
	"bangfu/internal/trial"
	"bangfu/internal/words"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// Examples are the pages of the proposals in their states.
func Examples() []ui.Example {
	at := day.Of(2026, 11, 22).Start().Add(10 * time.Hour)
	line := trial.Proposal{ID: 3, Kind: trial.Line, State: trial.Proposed, Enterer: "沈静", EnteredAt: at,
		Line: eligibility.Line{District: "539901", Place: "青石县", From: day.Of(2027, 1, 1), Monthly: money.Yuan(735), Source: "青石县民政局公告 2026-12"}}
	rule := trial.Proposal{ID: 2, Kind: trial.Rule, State: trial.Confirmed, Enterer: "沈静", EnteredAt: at, Decider: "马骏", DecidedAt: at.Add(time.Hour),
		Line: eligibility.Line{From: day.Of(2027, 1, 1), Source: "省总工会通知"}, Rule: eligibility.Rule{Generation: eligibility.SevereRelativeAccident,
			Numbers: eligibility.Numbers{Strict: true, RelativePercent: 150, AccidentPercent: 80, CityPercent: 200}}}
	dropped := trial.Proposal{ID: 1, Kind: trial.Line, State: trial.Dropped, Enterer: "沈静", EnteredAt: at, Decider: "马骏", DecidedAt: at, Reason: "公告尚未发布", Line: line.Line}
	run := trial.Run{ID: 5, Proposal: 3, StartedAt: at, EndedAt: at.Add(8 * time.Second), Total: 12840, Done: 12840, Without: 3, Ceiling: money.Yuan(5000), Groups: []trial.Group{
		{District: "539901", Place: "青石县", Before: eligibility.None, After: eligibility.Relative, Files: 41, People: 118, Monthly: money.Yuan(735)},
		{District: "539901", Place: "青石县", Before: eligibility.Relative, After: eligibility.Severe, Files: 263, People: 790, Monthly: money.Yuan(735)},
		{District: "539901", Place: "青石县", Before: eligibility.Relative, After: eligibility.None, Files: 2, People: 3, Monthly: money.Yuan(735)}}}
	running := trial.Run{ID: 5, StartedAt: at, Total: 1_000_000, Done: 340_000}
	page := func(title words.Message, f *form.Form) layout.Page {
		p := layout.Sample(title.Key)
		p.Args, p.Form = title.Args, f
		return p
	}
	list, ofLine, ofRule := words.Saying("trial.list.title"), Heading(line), Heading(rule)
	held := eligibility.Line{ID: 1, District: "539901", Place: "青石县", From: day.Of(2026, 1, 1), Monthly: money.Yuan(700), Source: "青石县民政局公告 2025-12"}
	one := []eligibility.Replaced{{District: "539901", Place: "青石县", Offices: true, Before: held}}
	province := trial.Proposal{ID: 4, Kind: trial.Line, State: trial.Proposed, Enterer: "沈静", EnteredAt: at,
		Line: eligibility.Line{District: "530000", Place: "云山省", From: day.Of(2027, 1, 1), Monthly: money.Yuan(690), Source: "云山省民政厅公告 2026-12"}}
	several := []eligibility.Replaced{{District: "530000", Place: "云山省", Offices: true},
		{District: "539902", Place: "白河县", Offices: true, Before: eligibility.Line{ID: 2, District: "539900", Place: "澜城市", From: day.Of(2025, 1, 1), Monthly: money.Yuan(720)}},
		{District: "539903", Offices: true, Before: eligibility.Line{ID: 3, District: "539903", From: day.Of(2026, 1, 1), Monthly: money.Yuan(690)}}}
	unknown := line
	unknown.Line.District, unknown.Line.Place = "539909", ""
	ruleHeld := eligibility.Rule{ID: 1, Generation: eligibility.SevereRelativeAccident, From: day.Of(2020, 1, 1), Source: "本系统默认值",
		Numbers: eligibility.Numbers{Strict: true, RelativePercent: 200, AccidentPercent: 80, AccidentLinePercent: 300, ProvincialPercent: 250}}
	decision := form.New(url.Values{"act": {"drop"}})
	decision.Choice("act", "trial.decision", form.Options(trial.Confirm, trial.Drop), form.Required)
	decision.Area("reason", "trial.reason", form.Hint("trial.reason_hint"))
	decision.Fail("reason", "trial.refusal.reason")
	withdrawal := form.New(nil)
	withdrawal.Area("reason", "trial.reason", form.Required)
	households := HouseholdsView{Page: layout.Sample("trial.households"), Proposal: line, Run: run, Effect: trial.Enters, More: true, All: []trial.Household{
		{FileID: 7, HeadName: "王建国", Number: "QSX202600012", Office: "青石县总工会困难职工帮扶中心", District: "539901", Place: "青石县", After: eligibility.Relative}}}
	return []ui.Example{
		{Name: "trial-list", Page: List(ListView{Page: page(list, nil), Proposals: []trial.Proposal{line, rule, dropped}, More: true})},
		{Name: "trial-list-none", Page: List(ListView{Page: page(list, nil)})},
		{Name: "trial-line", Page: Enter(EnterView{Page: page(words.Saying("trial.new_line"), galleryLine()), Kind: trial.Line})},
		{Name: "trial-rule-wrong", Page: Enter(EnterView{Page: page(words.Saying("trial.new_rule"), galleryRule()), Kind: trial.Rule})},
		{Name: "trial-running", Page: Proposal(ProposalView{Page: page(ofLine, nil), Proposal: line, Replaced: one, Run: &running})},
		{Name: "trial-decide", Page: Proposal(ProposalView{Page: page(ofLine, decision), Proposal: line, Replaced: one, Run: &run, Cost: money.Yuan(195000), Decide: true, Names: true})},
		{Name: "trial-withdraw", Page: Proposal(ProposalView{Page: page(ofLine, withdrawal), Proposal: line, Replaced: one, Run: &run, Cost: money.Yuan(195000), Withdraw: true, Try: true})},
		{Name: "trial-rule-confirmed", Page: Proposal(ProposalView{Page: page(ofRule, nil), Proposal: rule, Held: ruleHeld, Names: true, Affected: true, Run: &trial.Run{EndedAt: at, Total: 12840}})},
		{Name: "trial-province", Page: Proposal(ProposalView{Page: page(Heading(province), nil), Proposal: province, Replaced: several, Run: &running})},
		{Name: "trial-nowhere", Page: Proposal(ProposalView{Page: page(Heading(unknown), nil), Proposal: unknown, Replaced: []eligibility.Replaced{{District: "539909"}}, Run: &running})},
		{Name: "trial-households", Page: Households(households)},
		{Name: "trial-affected-none", Page: Households(HouseholdsView{Page: layout.Sample("trial.affected")})},
	}
}

func galleryLine() *form.Form {
	f := form.New(nil)
	f.Text("district", "eligibility.district", form.Required, form.Hint("eligibility.district_hint"))
	f.Date("from_on", "eligibility.from", form.Required)
	f.Money("monthly", "eligibility.monthly", form.Required)
	f.Text("source", "eligibility.source", form.Required)
	return f
}

func galleryRule() *form.Form {
	f := form.New(url.Values{"generation": {"severe_relative_accident"}, "strict": {"strict"}, "edge_percent": {"150"}})
	f.Select("generation", "eligibility.rules.generation", form.Options(eligibility.Generations...), form.Required)
	f.Date("from_on", "eligibility.from", form.Required)
	f.Text("source", "eligibility.source", form.Required)
	operators := []form.Option{{Value: "strict", Key: "eligibility.rules.strict"}, {Value: "inclusive", Key: "eligibility.rules.inclusive"}}
	f.Choice("strict", "trial.operator_line", operators, form.Required)
	f.Choice("upper", "trial.operator_upper", operators, form.Required)
	for _, b := range eligibility.Asked {
		f.Number(b.Name, numberKey(b.Name))
	}
	f.Fail("relative_percent", "trial.refusal.needed", eligibility.SevereRelativeAccident)
	f.Fail("edge_percent", "eligibility.refusal.unused")
	return f
}
