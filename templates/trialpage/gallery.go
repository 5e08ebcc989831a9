package trialpage

import (
	"net/url"
	"time"

	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/form"
	"bangfu/internal/money"
	"bangfu/internal/trial"
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
	page := func(title string, f *form.Form) layout.Page {
		p := layout.Sample("trial.proposal")
		if title == "list" {
			p = layout.Sample("trial.list.title")
		}
		p.Form = f
		return p
	}
	decision := form.New(url.Values{"act": {"drop"}})
	decision.Choice("act", "trial.decision", form.Options(trial.Confirm, trial.Drop), form.Required)
	decision.Area("reason", "trial.reason", form.Hint("trial.reason_hint"))
	decision.Fail("reason", "trial.refusal.reason")
	withdrawal := form.New(nil)
	withdrawal.Area("reason", "trial.reason", form.Required)
	households := HouseholdsView{Page: layout.Sample("trial.households"), Proposal: line, Run: run, Effect: trial.Enters, More: true, All: []trial.Household{
		{FileID: 7, HeadName: "王建国", Number: "QSX202600012", Office: "青石县总工会困难职工帮扶中心", District: "539901", Place: "青石县", After: eligibility.Relative}}}
	return []ui.Example{
		{Name: "trial-list", Page: List(ListView{Page: page("list", nil), Proposals: []trial.Proposal{line, rule, dropped}, More: true})},
		{Name: "trial-list-none", Page: List(ListView{Page: page("list", nil)})},
		{Name: "trial-line", Page: Enter(EnterView{Page: page("", galleryLine()), Kind: trial.Line})},
		{Name: "trial-rule-wrong", Page: Enter(EnterView{Page: page("", galleryRule()), Kind: trial.Rule})},
		{Name: "trial-running", Page: Proposal(ProposalView{Page: page("", nil), Proposal: line, Run: &running})},
		{Name: "trial-decide", Page: Proposal(ProposalView{Page: page("", decision), Proposal: line, Run: &run, Cost: money.Yuan(195000), Decide: true, Names: true})},
		{Name: "trial-withdraw", Page: Proposal(ProposalView{Page: page("", withdrawal), Proposal: line, Run: &run, Cost: money.Yuan(195000), Withdraw: true, Try: true})},
		{Name: "trial-rule-confirmed", Page: Proposal(ProposalView{Page: page("", nil), Proposal: rule, Run: &trial.Run{EndedAt: at, Total: 12840}})},
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
