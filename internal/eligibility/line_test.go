package eligibility_test

import (
	"errors"
	"fmt"
	"slices"
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
		if _, err := eligibility.AddLine(t.Context(), u, l, sample.GroupHead.StaffID); err != nil {
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
	var refusal *work.Refusal
	if _, err := eligibility.LineOn(t.Context(), u, sample.District, day.Of(2023, 12, 31)); !errors.As(err, &refusal) || refusal.Args[0] != "青石县" {
		t.Errorf("a district without a line is not named: %v", err)
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
			_, err := eligibility.AddLine(t.Context(), u, test.line, sample.GroupHead.StaffID)
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

// The rule in force is the generation's of the day, strict by default.
func TestRuleOn(t *testing.T) {
	u := pgtest.Unit(t, sample.Admin)
	tests := map[string]struct {
		on   day.Date
		want eligibility.Generation // "" = refused
	}{
		"today":                           {day.Of(2026, 11, 22), eligibility.SevereRelativeAccident},
		"the first day of the newest":     {day.Of(2020, 1, 1), eligibility.SevereRelativeAccident},
		"the last day of the one before":  {day.Of(2019, 12, 31), eligibility.AllowanceEdgeAccident},
		"the first day of the one before": {day.Of(2016, 1, 1), eligibility.AllowanceEdgeAccident},
		"the last day by allowance":       {day.Of(2015, 12, 31), eligibility.AllowanceStatus},
		"the first day by allowance":      {day.Of(2008, 1, 1), eligibility.AllowanceStatus},
		"the last day of the company's":   {day.Of(2007, 12, 31), eligibility.Company},
		"the first day of the company's":  {day.Of(1999, 10, 1), eligibility.Company},
		"the day before any rule":         {day.Of(1999, 9, 30), ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			rule, err := eligibility.RuleOn(t.Context(), u, test.on)
			if test.want == "" {
				if told := sample.Told(t, err); told != "eligibility.refusal.no_rule" {
					t.Errorf("told %q", told)
				}
				return
			}
			if err != nil || rule.Generation != test.want || !rule.Numbers.Strict {
				t.Errorf("rule %+v, %v", rule, err)
			}
			if refusal := eligibility.CheckRule(rule, u.Today()); refusal != nil {
				t.Errorf("the program's own rule is refused: %v", refusal)
			}
		})
	}
}

// A line or rule that one person entered and confirmed alone is refused, by the database too.
func TestTwoPeopleMakeARule(t *testing.T) {
	u := pgtest.Unit(t, sample.Admin)
	sample.Centre(t, u)
	line := eligibility.Line{District: "539901", From: day.Of(2027, 1, 1), Monthly: money.Yuan(730), Source: "公告"}
	alone := func(fn func() error) string {
		t.Helper()
		tx, err := u.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = tx.Rollback(t.Context()) }()
		return sample.Told(t, fn())
	}
	if told := alone(func() error { _, err := eligibility.AddLine(t.Context(), u, line, sample.Admin.StaffID); return err }); told != "eligibility.refusal.second" {
		t.Errorf("a line of one person: %q", told)
	}
	rule := eligibility.Rule{Generation: eligibility.SevereRelativeAccident, From: day.Of(2027, 1, 1), Source: "通知",
		Numbers: eligibility.Numbers{RelativePercent: 150, AccidentPercent: 80}}
	if told := alone(func() error { _, err := eligibility.AddRule(t.Context(), u, rule, sample.Admin.StaffID); return err }); told != "eligibility.refusal.second" {
		t.Errorf("a rule of one person: %q", told)
	}
	id, err := eligibility.AddRule(t.Context(), u, rule, sample.GroupHead.StaffID)
	if err != nil {
		t.Fatal(err)
	}
	got, err := eligibility.RuleOn(t.Context(), u, rule.From)
	if err != nil || got.ID != id || got.Numbers != rule.Numbers || got.From != rule.From {
		t.Errorf("rule %+v, %v", got, err)
	}
	if _, err := eligibility.AddRule(t.Context(), u, rule, sample.GroupHead.StaffID); sample.Told(t, err) != "eligibility.refusal.rule_again" {
		t.Errorf("a second rule of the day: %v", err)
	}
	all, err := eligibility.Rules(t.Context(), u)
	if err != nil || len(all) != 5 || all[0].EnteredBy != sample.GroupHead.Name || all[0].ConfirmedBy != sample.Admin.Name {
		t.Errorf("rules %+v, %v", all, err)
	}
}

// Each number of a rule has its bounds, and a number that the generation does not use is no slip of the pen.
func TestCheckRule(t *testing.T) {
	today := day.Of(2026, 11, 22)
	good := eligibility.Rule{Generation: eligibility.SevereRelativeAccident, From: day.Of(2027, 1, 1),
		Numbers: eligibility.Numbers{RelativePercent: 200, AccidentPercent: 80, AccidentLinePercent: 300}}
	with := func(change func(*eligibility.Rule)) eligibility.Rule {
		r := good
		change(&r)
		return r
	}
	tests := map[string]struct {
		rule     eligibility.Rule
		told, on string
	}{
		"good":                     {good, "", ""},
		"no such generation":       {with(func(r *eligibility.Rule) { r.Generation = "x" }), "eligibility.refusal.generation", "generation"},
		"too early":                {with(func(r *eligibility.Rule) { r.From = day.Of(1999, 9, 30) }), "eligibility.refusal.from", "from_on"},
		"the last day":             {with(func(r *eligibility.Rule) { r.From = day.Of(2028, 11, 22) }), "", ""},
		"a day too far":            {with(func(r *eligibility.Rule) { r.From = day.Of(2028, 11, 23) }), "eligibility.refusal.from", "from_on"},
		"relative below the line":  {with(func(r *eligibility.Rule) { r.Numbers.RelativePercent = 99 }), "eligibility.refusal.number", "relative_percent"},
		"relative on the line":     {with(func(r *eligibility.Rule) { r.Numbers.RelativePercent = 100 }), "", ""},
		"relative of five lines":   {with(func(r *eligibility.Rule) { r.Numbers.RelativePercent = 500 }), "", ""},
		"relative of more":         {with(func(r *eligibility.Rule) { r.Numbers.RelativePercent = 501 }), "eligibility.refusal.number", "relative_percent"},
		"no relative":              {with(func(r *eligibility.Rule) { r.Numbers.RelativePercent = 0 }), "eligibility.refusal.number", "relative_percent"},
		"an event of nothing":      {with(func(r *eligibility.Rule) { r.Numbers.AccidentPercent = 0 }), "eligibility.refusal.number", "accident_percent"},
		"no test of what is left":  {with(func(r *eligibility.Rule) { r.Numbers.AccidentLinePercent = 0 }), "", ""},
		"left of less than a line": {with(func(r *eligibility.Rule) { r.Numbers.AccidentLinePercent = 99 }), "eligibility.refusal.number", "accident_left_percent"},
		"a city's files":           {with(func(r *eligibility.Rule) { r.Numbers.CityPercent = 250 }), "", ""},
		"a number of another one":  {with(func(r *eligibility.Rule) { r.Numbers.EdgePercent = 150 }), "eligibility.refusal.unused", "generation"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			refusal := eligibility.CheckRule(test.rule, today)
			if test.told == "" {
				if refusal != nil {
					t.Errorf("refused: %v on %s", refusal, refusal.Field)
				}
				return
			}
			if refusal == nil || refusal.Key != test.told || refusal.Field != test.on {
				t.Errorf("refusal %+v, want %s on %s", refusal, test.told, test.on)
			}
		})
	}
}

// Lines are listed district by district, none of which is parted, and those in force one a district; no list ends unsaid.
func TestLinesPageByDistrict(t *testing.T) {
	u := pgtest.Unit(t, sample.Admin)
	sample.Centre(t, u)
	for i := range 5 {
		for year := 2020; year < 2023; year++ {
			line := eligibility.Line{District: fmt.Sprintf("11010%d", i+1), From: day.Of(year, 1, 1), Monthly: money.Yuan(int64(500 + year - 2020)), Source: "公告"}
			if _, err := eligibility.AddLine(t.Context(), u, line, sample.GroupHead.StaffID); err != nil {
				t.Fatal(err)
			}
		}
	}
	seen := map[string]int{}
	pages := 0
	for behind, last := "", ""; ; pages++ {
		lines, next, err := eligibility.Lines(t.Context(), u, behind, 2)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range lines {
			if l.District < last {
				t.Errorf("%s after %s", l.District, last)
			}
			last = l.District
			seen[l.District]++
		}
		if behind = next; next == "" {
			break
		}
	}
	if pages != 3 || len(seen) != 7 || seen["110105"] != 3 || seen[sample.District] != 2 { // the sample has two districts
		t.Errorf("%d pages after the first, %v", pages, seen)
	}
	on := day.Of(2021, 12, 31)
	some, next, err := eligibility.InForce(t.Context(), u, on, "110101", 3)
	if err != nil || len(some) != 3 || next != "110104" || some[0].District != "110102" || some[0].Monthly != money.Yuan(501) {
		t.Errorf("%+v, %q, %v", some, next, err)
	}
	for districts, want := range map[int]int{0: 5, 5: 5, 6: 5, 4: 4} { // the sample's own lines hold later
		all, next, err := eligibility.InForce(t.Context(), u, on, "", districts)
		if err != nil || len(all) != want || (next == "") != (districts != 4) {
			t.Errorf("%d districts: %d, %q, %v", districts, len(all), next, err)
		}
	}
}

// References are listed by kind, district and day, page by page, each once.
func TestReferencesPageByKey(t *testing.T) {
	u := pgtest.Unit(t, sample.Admin)
	sample.Centre(t, u)
	for _, kind := range eligibility.ReferenceKinds {
		for _, district := range []string{"530000", "110000"} {
			for year := 2020; year < 2023; year++ {
				r := eligibility.Reference{Kind: kind, District: district, From: day.Of(year, 1, 1), Monthly: money.Yuan(1900), Source: "公告"}
				if err := eligibility.AddReference(t.Context(), u, r); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	whole, next, err := eligibility.References(t.Context(), u, eligibility.ReferencePlace{}, 12)
	if err != nil || len(whole) != 12 || next != (eligibility.ReferencePlace{}) {
		t.Fatalf("%d, %+v, %v", len(whole), next, err)
	}
	var all []eligibility.Reference
	for behind := (eligibility.ReferencePlace{}); ; {
		some, next, err := eligibility.References(t.Context(), u, behind, 5)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, some...)
		if behind = next; next == (eligibility.ReferencePlace{}) {
			break
		}
	}
	if !slices.Equal(all, whole) {
		t.Errorf("page by page %+v, at once %+v", all, whole)
	}
}
