// Package eligibilitypage holds the pages of the rules and of the local minimum living standards.
package eligibilitypage

import (
	"net/url"
	"time"

	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/form"
	"bangfu/internal/money"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// Examples are the pages of the rules in their states.
func Examples() []ui.Example {
	today := day.Of(2026, 11, 22)
	places := map[string]string{"539901": "青石县"} // no office lies in the other
	line := func(district string, from day.Date, yuan int64) eligibility.Entry {
		return eligibility.Entry{Line: eligibility.Line{District: district, Place: places[district], From: from, Monthly: money.Yuan(yuan), Source: "民政局公告"},
			EnteredBy: "沈静", EnteredAt: today.Start().Add(9 * time.Hour)}
	}
	lines := []eligibility.Entry{line("539901", day.Of(2027, 1, 1), 735), line("539901", day.Of(2026, 1, 1), 700),
		line("539901", day.Of(2025, 1, 1), 660), line("539902", day.Of(2026, 1, 1), 680)}
	rule := eligibility.Rule{Generation: eligibility.SevereRelativeAccident, From: day.Of(2020, 1, 1), Source: "没有公开的全国统一文本，本系统默认值：参照青岛市困难职工自测标准，各地不一处从严",
		Numbers: eligibility.Numbers{Strict: true, RelativePercent: 200, AccidentPercent: 80, AccidentLinePercent: 300}}
	old := eligibility.Rule{Generation: eligibility.AllowanceEdgeAccident, From: day.Of(2016, 1, 1), Source: "《困难职工档案管理办法》（总工办发〔2016〕36号）",
		Numbers: eligibility.Numbers{Strict: true, UpperInclusive: true, EdgePercent: 150, AccidentIncomePercent: 300, AccidentLinePercent: 100}}
	history := []eligibility.RuleEntry{{Rule: rule, EnteredBy: "沈静", ConfirmedBy: "马骏"}, {Rule: old}}
	references := ReferencesView{Page: layout.Sample("eligibility.references.title"), Manage: true, Next: eligibility.ReferencePlace{Kind: eligibility.AverageWage, District: "530000", From: day.Of(2025, 7, 1)}, References: []eligibility.Reference{
		{Kind: eligibility.MinimumWage, District: "530000", Place: "云山省", From: day.Of(2026, 1, 1), Monthly: money.Yuan(1900), Source: "云山省人力资源和社会保障厅"},
		{Kind: eligibility.AverageWage, District: "530000", Place: "云山省", From: day.Of(2025, 7, 1), Monthly: money.Yuan(7420), Source: "云山省统计局"}}}
	references.Form, references.Wide = form.New(url.Values{"district": {"53990"}}), true
	references.Form.Choice("kind", "eligibility.references.kind", form.Options(eligibility.ReferenceKinds...), form.Required)
	references.Form.Text("district", "eligibility.district", form.Required, form.Hint("eligibility.district_hint"))
	references.Form.Money("monthly", "eligibility.references.monthly", form.Required)
	standards := []eligibility.Standard{{Audience: eligibility.Filed, From: day.Of(2027, 1, 1), Amount: money.Yuan(1200), Source: "市总工会党组会议纪要"},
		{Audience: eligibility.Filed, From: day.Of(2026, 1, 1), Amount: money.Yuan(1000), Source: "市总工会通知"},
		{Audience: eligibility.Filed, From: day.Of(2025, 1, 1), Amount: money.Yuan(800), Source: "市总工会通知"},
		{Audience: eligibility.Unfiled, From: day.Of(2025, 1, 1), Amount: money.Yuan(500), Source: "市总工会通知"}}
	kept := StandardsView{Page: layout.Sample("eligibility.standards.title"), Standards: standards, Today: today, Manage: true, List: true}
	kept.Form, kept.Wide = form.New(url.Values{"amount": {"0"}}), true
	kept.Form.Choice("audience", "eligibility.standards.audience", form.Options(eligibility.Audiences...), form.Required)
	kept.Form.Money("amount", "eligibility.standards.amount", form.Required, form.Positive)
	kept.Form.Valid()
	inForce := []eligibility.Entry{lines[1], lines[3]}
	opened := OpenView{Rule: rule, Lines: inForce, Standards: eligibility.StandardsOn(standards, today), Today: today}
	openPage := layout.Sample("eligibility.open.title")
	openPage.Lead, openPage.LeadArg = "eligibility.open.lead", []any{today}
	return []ui.Example{
		{Name: "eligibility-standards", Page: Standards(kept)},
		{Name: "eligibility-standards-none", Page: Standards(StandardsView{Page: layout.Sample("eligibility.standards.title"), Today: today})},
		{Name: "eligibility-open", Page: Open(openPage, opened)},
		{Name: "eligibility-open-print", Page: OpenPrint(layout.Sheet{Page: layout.Sample("eligibility.open.title"), By: "困难职工帮扶中心", At: layout.SampleAt}, opened)},
		{Name: "eligibility-rules", Page: Rules(RulesView{Page: layout.Sample("eligibility.rules.title"), Rule: rule, History: history, Lines: inForce, Next: "539902", Today: today, Manage: true})},
		{Name: "eligibility-rules-no-lines", Page: Rules(RulesView{Page: layout.Sample("eligibility.rules.title"), Rule: rule, Today: today})},
		{Name: "eligibility-lines", Page: Lines(LinesView{Page: layout.Sample("eligibility.lines.title"), Lines: lines, Next: "539902", Today: today})},
		{Name: "eligibility-references", Page: References(references)},
		{Name: "eligibility-references-none", Page: References(ReferencesView{Page: layout.Sample("eligibility.references.title")})},
	}
}
