package eligibility_test

import (
	"testing"

	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/money"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// The line of a day is the newest not after it; a district without one takes its city's, then its province's.
func TestLineOn(t *testing.T) {
	u := pgtest.Unit(t, sample.Admin)
	sample.Centre(t, u)
	for _, l := range []eligibility.Line{
		{District: "539900", From: day.Of(2026, 3, 1), Monthly: money.Yuan(640), Source: "澜城市民政局"},
		{District: "530000", From: day.Of(2024, 1, 1), Monthly: money.Yuan(600), Source: "云山省民政厅"},
	} {
		if _, err := eligibility.AddLine(t.Context(), u, l); err != nil {
			t.Fatal(err)
		}
	}
	tests := map[string]struct {
		district string
		on       day.Date
		want     string // "" = refused
	}{
		"the day before the new line": {sample.District, day.Of(2025, 12, 31), "660.00"},
		"the first day of it":         {sample.District, day.Of(2026, 1, 1), "700.00"},
		"long after":                  {sample.District, day.Of(2027, 1, 1), "700.00"},
		"before its first line":       {sample.District, day.Of(2024, 6, 1), "600.00"},
		"another county of the city":  {"539903", day.Of(2026, 3, 1), "640.00"},
		"the day before the city's":   {"539903", day.Of(2026, 2, 28), "600.00"},
		"nowhere":                     {"110101", day.Of(2026, 3, 1), ""},
		"before any":                  {"539903", day.Of(2023, 12, 31), ""},
		"no district":                 {"53", day.Of(2026, 3, 1), ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			line, err := eligibility.LineOn(t.Context(), u, test.district, test.on)
			if test.want == "" {
				if told := sample.Told(t, err); told != "eligibility.refusal.no_line" {
					t.Errorf("told %q, line %+v", told, line)
				}
				return
			}
			if err != nil || line.Monthly.String() != test.want {
				t.Errorf("line %s, %v; want %s", line.Monthly, err, test.want)
			}
		})
	}
}

// A line is added once for a district and day, within limits, and leaves an audit entry.
func TestAddLine(t *testing.T) {
	good := eligibility.Line{District: "539901", From: day.Of(2027, 1, 1), Monthly: money.Yuan(730), Source: "公告"}
	with := func(change func(*eligibility.Line)) eligibility.Line {
		l := good
		change(&l)
		return l
	}
	tests := map[string]struct {
		line eligibility.Line
		told string
	}{
		"good":              {good, ""},
		"again":             {with(func(l *eligibility.Line) { l.From = day.Of(2026, 1, 1) }), "eligibility.refusal.again"},
		"five digits":       {with(func(l *eligibility.Line) { l.District = "53990" }), "eligibility.refusal.district"},
		"before any":        {with(func(l *eligibility.Line) { l.From = day.Of(1999, 9, 30) }), "eligibility.refusal.from"},
		"the first day":     {with(func(l *eligibility.Line) { l.From = day.Of(1999, 10, 1) }), ""},
		"in two years":      {with(func(l *eligibility.Line) { l.From = day.Of(2028, 11, 22) }), ""},
		"a day too far":     {with(func(l *eligibility.Line) { l.From = day.Of(2028, 11, 23) }), "eligibility.refusal.from"},
		"nothing":           {with(func(l *eligibility.Line) { l.Monthly = 0 }), "eligibility.refusal.monthly"},
		"the highest":       {with(func(l *eligibility.Line) { l.Monthly = money.Yuan(10000) }), ""},
		"one fen above":     {with(func(l *eligibility.Line) { l.Monthly = money.Yuan(10000) + 1 }), "eligibility.refusal.monthly"},
		"a district's typo": {with(func(l *eligibility.Line) { l.District = "053990" }), "eligibility.refusal.district"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			u := pgtest.Unit(t, sample.Admin)
			sample.Centre(t, u)
			_, err := eligibility.AddLine(t.Context(), u, test.line)
			if told := sample.Told(t, err); told != test.told {
				t.Fatalf("told %q, want %q", told, test.told)
			}
			if err == nil && count(t, u, "SELECT count(*) FROM audit_entry WHERE act = 'eligibility.add_line'") != 1 {
				t.Error("no audit entry")
			}
		})
	}
}

func count(t *testing.T, q work.Querier, sql string) int {
	t.Helper()
	var n int
	if err := q.QueryRow(t.Context(), sql).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// The application can neither change nor delete a line: an old judgement keeps what it used.
func TestLinesAreHistory(t *testing.T) {
	for _, sql := range []string{"UPDATE eligibility_line SET monthly_fen = 1", "DELETE FROM eligibility_line",
		"UPDATE eligibility_rule SET numbers = '{}'", "DELETE FROM eligibility_rule"} {
		t.Run(sql, func(t *testing.T) {
			u := pgtest.Unit(t, sample.Admin)
			sample.Centre(t, u)
			if _, err := u.Exec(t.Context(), sql); err == nil {
				t.Error("done")
			}
		})
	}
}

// The rule in force is the one the seed gives, strict by default.
func TestRuleOn(t *testing.T) {
	u := pgtest.Unit(t, sample.Admin)
	rule, err := eligibility.RuleOn(t.Context(), u, day.Of(2026, 11, 22))
	if err != nil || !rule.Numbers.Strict || rule.Numbers.RelativePercent != 200 || rule.Numbers.AccidentPercent != 80 {
		t.Errorf("rule %+v, %v", rule, err)
	}
	if _, err := eligibility.RuleOn(t.Context(), u, day.Of(2019, 12, 31)); sample.Told(t, err) != "eligibility.refusal.no_rule" {
		t.Errorf("a rule before the first: %v", err)
	}
}
