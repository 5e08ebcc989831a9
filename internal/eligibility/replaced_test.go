package eligibility_test

import (
	"fmt"
	"strings"
	"testing"

	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/money"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// What a line replaces: in its own district the line of the day before, in others what they fall back on; a district with a
// nearer line of its own is not touched. It is the same once the line is kept.
func TestReplaces(t *testing.T) {
	u := pgtest.Unit(t, sample.Admin)
	sample.Centre(t, u)
	add := func(l eligibility.Line) {
		t.Helper()
		l.Source = "公告"
		if _, err := eligibility.AddLine(t.Context(), u, l, sample.GroupHead.StaffID); err != nil {
			t.Fatal(err)
		}
	}
	add(eligibility.Line{District: "530000", From: day.Of(2026, 1, 1), Monthly: money.Yuan(600)})
	tests := map[string]struct {
		line eligibility.Line
		want string
	}{
		"its own district":       {eligibility.Line{District: sample.District, From: day.Of(2027, 1, 1)}, "青石县 700.00 from 青石县 2026-01-01"},
		"the day of the present": {eligibility.Line{District: sample.District, From: day.Of(2026, 1, 1)}, "青石县 660.00 from 青石县 2025-01-01"},
		"the day before it":      {eligibility.Line{District: sample.District, From: day.Of(2025, 12, 31)}, "青石县 660.00 from 青石县 2025-01-01"},
		"before every line":      {eligibility.Line{District: sample.District, From: day.Of(2024, 12, 31)}, "青石县 nothing"},
		"a city, in which the counties have their own": {eligibility.Line{District: "539900", From: day.Of(2027, 1, 1)},
			"澜城市 600.00 from 云山省 2026-01-01"},
		"a province, in which a city falls back on it": {eligibility.Line{District: "530000", From: day.Of(2027, 1, 1)},
			"云山省 600.00 from 云山省 2026-01-01; 澜城市 600.00 from 云山省 2026-01-01"},
		"a city before a county had any": {eligibility.Line{District: "539900", From: day.Of(2025, 6, 1)}, "澜城市 nothing; 白河县 nothing"},
		"where no office lies":           {eligibility.Line{District: "110101", From: day.Of(2027, 1, 1)}, "110101 nothing, no office"},
	}
	for name, test := range tests {
		if got := replaced(t, u, test.line); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
	next := eligibility.Line{District: "539900", From: day.Of(2027, 1, 1), Monthly: money.Yuan(650)}
	before := replaced(t, u, next)
	add(next)
	if after := replaced(t, u, next); after != before {
		t.Errorf("once it is kept %q, before %q", after, before)
	}
	rule, err := eligibility.RuleBefore(t.Context(), u, day.Of(2020, 1, 1))
	if err != nil || rule.Generation != eligibility.AllowanceEdgeAccident {
		t.Errorf("the rule before that of 2020: %+v, %v", rule, err)
	}
	if rule, err = eligibility.RuleBefore(t.Context(), u, day.Of(2020, 1, 2)); err != nil || rule.Generation != eligibility.SevereRelativeAccident {
		t.Errorf("the rule before one of the next day: %+v, %v", rule, err)
	}
	if rule, err = eligibility.RuleBefore(t.Context(), u, day.Of(1999, 10, 1)); err != nil || rule.ID != 0 {
		t.Errorf("a rule before the first: %+v, %v", rule, err)
	}
}

// replaced writes what a line replaces.
func replaced(t *testing.T, u *work.Unit, line eligibility.Line) string {
	t.Helper()
	all, err := eligibility.Replaces(t.Context(), u, line)
	if err != nil {
		t.Fatal(err)
	}
	texts := make([]string, len(all))
	for i, r := range all {
		texts[i] = r.Where() + " nothing"
		if r.Before.ID != 0 {
			texts[i] = fmt.Sprintf("%s %s from %s %s", r.Where(), r.Before.Monthly, r.Before.Where(), r.Before.From)
		}
		if !r.Offices {
			texts[i] += ", no office"
		}
	}
	return strings.Join(texts, "; ")
}
