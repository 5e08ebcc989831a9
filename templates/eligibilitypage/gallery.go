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
	line := func(district string, from day.Date, yuan int64) eligibility.Entry {
		return eligibility.Entry{Line: eligibility.Line{District: district, From: from, Monthly: money.Yuan(yuan), Source: "民政局公告"},
			EnteredBy: "沈静", EnteredAt: today.Start().Add(9 * time.Hour)}
	}
	lines := []eligibility.Entry{line("539901", day.Of(2027, 1, 1), 735), line("539901", day.Of(2026, 1, 1), 700),
		line("539901", day.Of(2025, 1, 1), 660), line("539902", day.Of(2026, 1, 1), 680)}
	rule := eligibility.Rule{Generation: eligibility.SevereRelativeAccident, From: day.Of(2020, 1, 1), Source: "各地困难职工认定标准；说法不一处从严",
		Numbers: eligibility.Numbers{Strict: true, RelativePercent: 200, AccidentPercent: 80, AccidentLinePercent: 300}}
	manage := layout.Sample("eligibility.lines.title")
	manage.Form, manage.Wide = form.New(url.Values{"district": {"53990"}}), true
	manage.Form.Text("district", "eligibility.district", form.Required, form.Hint("eligibility.district_hint"))
	manage.Form.Date("from_on", "eligibility.from", form.Required)
	manage.Form.Money("monthly", "eligibility.monthly", form.Required)
	return []ui.Example{
		{Name: "eligibility-rules", Page: Rules(RulesView{Page: layout.Sample("eligibility.rules.title"), Rule: rule, Lines: lines, Today: today})},
		{Name: "eligibility-rules-no-lines", Page: Rules(RulesView{Page: layout.Sample("eligibility.rules.title"), Rule: rule, Today: today})},
		{Name: "eligibility-lines", Page: Lines(LinesView{Page: layout.Sample("eligibility.lines.title"), Lines: lines, Today: today})},
		{Name: "eligibility-lines-wrong", Page: Lines(LinesView{Page: manage, Lines: lines, Today: today, Manage: true})},
	}
}
