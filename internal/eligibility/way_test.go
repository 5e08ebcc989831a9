package eligibility_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/money"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/words"
)

// The rules of the older generations, as the program brings them.
var (
	edge = eligibility.Rule{ID: 2, Generation: eligibility.AllowanceEdgeAccident, Numbers: eligibility.Numbers{Strict: true,
		UpperInclusive: true, EdgePercent: 150, AccidentIncomePercent: 300, AccidentLinePercent: 100}}
	status    = eligibility.Rule{ID: 3, Generation: eligibility.AllowanceStatus, Numbers: eligibility.Numbers{Strict: true, UpperInclusive: true, EdgePercent: 150}}
	company   = eligibility.Rule{ID: 4, Generation: eligibility.Company, Numbers: eligibility.Numbers{Strict: true, UpperInclusive: true, EdgePercent: 150}}
	auxiliary = eligibility.Rule{ID: 5, Generation: eligibility.SevereRelativeAccident, Numbers: eligibility.Numbers{Strict: true,
		UpperInclusive: true, RelativePercent: 120, AccidentPercent: 80, AccidentLinePercent: 100, ProvincialPercent: 150, CityPercent: 200}}
)

// with changes the figures.
func with(f eligibility.Facts, change func(*eligibility.Facts)) eligibility.Facts {
	change(&f)
	return f
}

// The tests of the older generations and of the auxiliary files (domain.md d.4), on both sides of each number, for a
// household of three and a line of 700.00: 25,200.00 a year is the line, 37,800.00 one and a half, 75,600.00 three, and
// 0.36 a year is one fen a month and head.
func TestGenerations(t *testing.T) {
	saved := func(f eligibility.Facts, s string) eligibility.Facts {
		return with(f, func(f *eligibility.Facts) { f.Savings = yuan(s) })
	}
	allowance := func(f eligibility.Facts) eligibility.Facts {
		return with(f, func(f *eligibility.Facts) { f.Allowance = true })
	}
	ill := func(f eligibility.Facts) eligibility.Facts {
		return with(f, func(f *eligibility.Facts) { f.Illness = true })
	}
	tests := map[string]struct {
		rule  eligibility.Rule
		facts eligibility.Facts
		want  eligibility.Category
	}{
		"2016: one fen below the line":                 {edge, facts("25199.64", "0", "0", "0"), eligibility.AllowanceHousehold},
		"2016: on the line, nothing spent":             {edge, facts("25200.00", "0", "0", "0"), eligibility.EdgeHousehold},
		"2016: above the line, nothing spent":          {edge, facts("25200.36", "0", "0", "0"), eligibility.None},
		"2016: on the allowance above the line":        {edge, allowance(facts("30000.00", "0", "0", "0")), eligibility.AllowanceHousehold},
		"2016: one and a half, spent down to the line": {edge, facts("37800.00", "12600.00", "0", "0"), eligibility.EdgeHousehold},
		"2016: one and a half, spent a fen too little": {edge, facts("37800.00", "12599.64", "0", "0"), eligibility.None},
		"2016: a fen above one and a half":             {edge, facts("37800.36", "30000.00", "0", "0"), eligibility.None},
		"2016: three lines, an event down to the line": {edge, facts("75600.00", "0", "0", "50400.00"), eligibility.AccidentHousehold},
		"2016: three lines, an event a fen too small":  {edge, facts("75600.00", "0", "0", "50399.64"), eligibility.None},
		"2016: illness alone is an event":              {edge, ill(facts("75600.00", "50400.00", "0", "0")), eligibility.AccidentHousehold},
		"2016: expenditure without an event":           {edge, facts("75600.00", "50400.00", "0", "0"), eligibility.None},
		"2016: above three lines, nothing saved":       {edge, facts("75600.36", "0", "0", "50400.36"), eligibility.AccidentHousehold},
		"2016: above three lines, a fen saved":         {edge, saved(facts("75600.36", "0", "0", "50400.36"), "0.36"), eligibility.None},
		"2016: at three lines, savings do not count":   {edge, saved(facts("75600.00", "0", "0", "50400.00"), "9000"), eligibility.AccidentHousehold},
		"2011: on the allowance":                       {status, allowance(facts("90000.00", "0", "0", "0")), eligibility.OnAllowance},
		"2011: one fen below the line, no allowance":   {status, facts("25199.64", "0", "0", "0"), eligibility.WithoutAllowance},
		"2011: on the line":                            {status, facts("25200.00", "0", "0", "0"), eligibility.AboveLine},
		"2011: one and a half lines":                   {status, facts("37800.00", "0", "0", "0"), eligibility.AboveLine},
		"2011: a fen more":                             {status, facts("37800.36", "0", "0", "0"), eligibility.None},
		"company: one fen below the line":              {company, facts("25199.64", "0", "0", "0"), eligibility.Extreme},
		"company: on the line":                         {company, facts("25200.00", "0", "0", "0"), eligibility.Poor},
		"company: one and a half lines":                {company, facts("37800.00", "0", "0", "0"), eligibility.Poor},
		"company: a fen more":                          {company, facts("37800.36", "0", "0", "0"), eligibility.None},
		"company: serious illness whatever the income": {company, ill(facts("90000.00", "0", "0", "0")), eligibility.Poor},
		"auxiliary: relative first":                    {auxiliary, facts("30240.00", "0", "0", "0"), eligibility.Relative},
		"auxiliary: the province's, a fen above":       {auxiliary, facts("30240.36", "0", "0", "0"), eligibility.ProvincialAuxiliary},
		"auxiliary: the province's, its bound":         {auxiliary, facts("37800.00", "0", "0", "0"), eligibility.ProvincialAuxiliary},
		"auxiliary: the city's, a fen above":           {auxiliary, facts("37800.36", "0", "0", "0"), eligibility.CityAuxiliary},
		"auxiliary: the city's, its bound":             {auxiliary, facts("50400.00", "0", "0", "0"), eligibility.CityAuxiliary},
		"auxiliary: a fen above the city's":            {auxiliary, facts("50400.36", "0", "0", "0"), eligibility.None},
		"auxiliary: after the cost of the cause":       {auxiliary, facts("60400.00", "10000.00", "0", "0"), eligibility.CityAuxiliary},
		"kept off the register":                        {strict, with(facts("0", "0", "0", "0"), func(f *eligibility.Facts) { f.Excluded = true }), eligibility.None},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			v, err := eligibility.Judge(test.facts, line, test.rule)
			if err != nil || v.Category != test.want {
				t.Errorf("category %q, %v; want %q\n%+v", v.Category, err, test.want, v.Tests)
			}
			if v.Qualifies() != slices.ContainsFunc(v.Tests, v.Decisive) {
				t.Errorf("the tests do not show what decided: %+v", v)
			}
		})
	}
}

// The old line of 156 yuan a month and head (000-51): a household of four below it is in extreme hardship.
func TestTheOldLine(t *testing.T) {
	u := pgtest.Unit(t, sample.Admin)
	sample.Centre(t, u)
	if _, err := eligibility.AddLine(t.Context(), u, eligibility.Line{District: sample.District, From: day.Of(2005, 1, 1),
		Monthly: money.Yuan(156), Source: "市困难职工标准"}, sample.GroupHead.StaffID); err != nil {
		t.Fatal(err)
	}
	on := day.Of(2007, 6, 30)
	old, err := eligibility.LineOn(t.Context(), u, sample.District, on)
	if err != nil {
		t.Fatal(err)
	}
	rule, err := eligibility.RuleOn(t.Context(), u, on)
	if err != nil {
		t.Fatal(err)
	}
	for income, want := range map[string]eligibility.Category{"7487.52": eligibility.Extreme, "7488.00": eligibility.Poor} {
		v, err := eligibility.Judge(eligibility.Facts{Income: yuan(income), People: 4}, old, rule)
		if err != nil || v.Category != want {
			t.Errorf("%s a year gave %q, %v; want %q", income, v.Category, err, want)
		}
	}
}

// Hardship by expenditure (002-35): the income is not below the line, what is left of it is.
func TestByExpenditure(t *testing.T) {
	tests := map[string]struct {
		facts eligibility.Facts
		rule  eligibility.Rule
		want  bool
	}{
		"on the line, one fen spent":            {facts("25200.00", "0.36", "0", "0"), strict, true},
		"on the line, nothing spent":            {facts("25200.00", "0", "0", "0"), strict, false},
		"below the line before it is spent":     {facts("25199.64", "5000", "0", "0"), strict, false},
		"rigid expenditure and an event":        {facts("60000.00", "20000", "0", "14800.36"), strict, true},
		"spent down to the line, strictly":      {facts("60000.00", "20000", "0", "14800.00"), strict, false},
		"spent down to the line, inclusively":   {facts("60000.00", "20000", "0", "14800.00"), inclusive(), true},
		"on the line, inclusively, is below it": {facts("25200.00", "5000", "0", "0"), inclusive(), false},
		"a fen above it, inclusively, is not":   {facts("25200.36", "5000", "0", "0"), inclusive(), true},
		"job cost is no necessary expenditure":  {facts("30000.00", "0", "9000", "0"), strict, false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			v, err := eligibility.Judge(test.facts, line, test.rule)
			if err != nil || v.ByExpenditure() != test.want {
				t.Errorf("%v, %v; marks %+v", v.ByExpenditure(), err, v.Marks)
			}
		})
	}
}

// near draws a yearly figure that lies often within two fen of a boundary of some test.
func near(t *rapid.T, name string, people int64) money.Amount {
	if rapid.Bool().Draw(t, name+" near") {
		percent := rapid.SampledFrom([]int64{0, 80, 100, 120, 150, 200, 300}).Draw(t, name+" percent")
		off := rapid.Int64Range(-25*people, 25*people).Draw(t, name+" off")
		return max(0, money.Amount(700_00*12*people*percent/100+off))
	}
	return money.Amount(rapid.Int64Range(0, 200_000_00).Draw(t, name))
}

// The rule as the database computes it for many files says the same as Judge for each of them, whatever the figures.
func TestSQLJudgesAsJudgeDoes(t *testing.T) {
	u := pgtest.Unit(t, sample.Admin)
	loose := auxiliary
	loose.Numbers.Strict, loose.Numbers.UpperInclusive = false, false
	rules := []eligibility.Rule{strict, inclusive(), edge, status, company, auxiliary, loose}
	seen := map[eligibility.Category]int{}
	rapid.Check(t, func(rt *rapid.T) {
		var values []string
		var all []eligibility.Facts
		for range 25 {
			people := rapid.Int64Range(1, 7).Draw(rt, "people")
			f := eligibility.Facts{People: people, Income: near(rt, "income", people), Rigid: near(rt, "rigid", people),
				JobCost: near(rt, "job", people), EventCost: near(rt, "event", people), Savings: near(rt, "savings", people)}
			for _, figure := range []*money.Amount{&f.Rigid, &f.JobCost, &f.EventCost, &f.Savings} {
				if rapid.IntRange(0, 2).Draw(rt, "none") > 0 {
					*figure = 0
				}
			}
			chance := func(name string) bool { return rapid.IntRange(0, 9).Draw(rt, name) == 0 }
			f.Listed, f.Allowance, f.Illness, f.Excluded = chance("listed"), chance("allowance"), chance("illness"), chance("excluded")
			all = append(all, f)
			values = append(values, fmt.Sprintf("(%d, %d::bigint, %d::bigint, %d::bigint, %d::bigint, %d::bigint, %d::bigint, %t, %t, %t, %t)", len(all)-1, f.Income, f.Rigid, f.JobCost,
				f.EventCost, f.Savings, f.People, f.Listed, f.Allowance, f.Illness, f.Excluded))
		}
		for _, rule := range rules {
			rows, err := u.Query(t.Context(), `SELECT n, `+rule.SQL("s", "70000::bigint")+` FROM (VALUES `+strings.Join(values, ", ")+`)
				AS s (n, income_fen, rigid_fen, job_cost_fen, event_cost_fen, savings_fen, people, listed, allowance, illness, excluded)`)
			if err != nil {
				t.Fatal(err)
			}
			var got [25]eligibility.Category
			for rows.Next() {
				var n int
				var c eligibility.Category
				if err := rows.Scan(&n, &c); err != nil {
					t.Fatal(err)
				}
				got[n] = c
			}
			if rows.Err() != nil {
				t.Fatal(rows.Err())
			}
			for i, f := range all {
				v, err := eligibility.Judge(f, line, rule)
				if err != nil || v.Category != got[i] {
					rt.Fatalf("%+v by %s: Judge says %q, %v, the database %q", f, rule.Generation, v.Category, err, got[i])
				}
				seen[v.Category]++
			}
		}
	})
	for _, c := range []eligibility.Category{eligibility.None, eligibility.Severe, eligibility.Relative, eligibility.Accident, eligibility.AllowanceHousehold,
		eligibility.EdgeHousehold, eligibility.AccidentHousehold, eligibility.OnAllowance, eligibility.WithoutAllowance, eligibility.AboveLine,
		eligibility.Extreme, eligibility.Poor, eligibility.ProvincialAuxiliary, eligibility.CityAuxiliary} {
		if seen[c] == 0 {
			t.Errorf("no household of the category %q was tried", c)
		}
	}
}

// What keeps a household off the register, at the softening of the two homes (Chuzhou, [W47]).
func TestExcludes(t *testing.T) {
	rule := eligibility.Rule{Numbers: eligibility.Numbers{HomeMetres: 12}}
	tests := map[string]struct {
		property eligibility.Property
		want     []eligibility.Exclusion
	}{
		"one home":                         {eligibility.Property{Homes: 1, Metres: 300, People: 3}, nil},
		"two homes":                        {eligibility.Property{Homes: 2, Metres: 20, People: 3}, []eligibility.Exclusion{eligibility.TwoHomes}},
		"two small homes and illness":      {eligibility.Property{Homes: 2, Metres: 35, People: 3, Cause: true}, nil},
		"at the least area a head":         {eligibility.Property{Homes: 2, Metres: 36, People: 3, Cause: true}, []eligibility.Exclusion{eligibility.TwoHomes}},
		"other conditions, in their order": {eligibility.Property{Ticked: []eligibility.Exclusion{eligibility.RefusesWork, eligibility.Business}}, []eligibility.Exclusion{eligibility.Business, eligibility.RefusesWork}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := rule.Excludes(test.property); !slices.Equal(got, test.want) {
				t.Errorf("%v, want %v", got, test.want)
			}
		})
	}
	without := eligibility.Rule{}
	if got := without.Excludes(eligibility.Property{Homes: 2, Metres: 1, People: 9, Cause: true}); len(got) != 1 {
		t.Errorf("a rule without the number softened: %v", got)
	}
}

// A reference holds in its district from its day on; the province's stands in where there is none.
func TestReferencesOn(t *testing.T) {
	u := pgtest.Unit(t, sample.Admin)
	sample.Centre(t, u)
	for _, r := range []eligibility.Reference{
		{Kind: eligibility.MinimumWage, District: sample.District, From: day.Of(2026, 1, 1), Monthly: money.Yuan(1900), Source: "人社局"},
		{Kind: eligibility.MinimumWage, District: "530000", From: day.Of(2020, 1, 1), Monthly: money.Yuan(1600), Source: "人社厅"},
		{Kind: eligibility.AverageWage, District: "530000", From: day.Of(2025, 7, 1), Monthly: money.Yuan(7000), Source: "统计局"},
	} {
		if err := eligibility.AddReference(t.Context(), u, r); err != nil {
			t.Fatal(err)
		}
		if err := eligibility.AddReference(t.Context(), u, r); sample.Told(t, err) != "eligibility.refusal.again" {
			t.Errorf("twice: %v", err)
		}
	}
	for on, want := range map[day.Date]string{day.Of(2026, 1, 1): "1900.00 7000.00", day.Of(2025, 12, 31): "1600.00 7000.00", day.Of(2025, 6, 30): "1600.00"} {
		got, err := eligibility.ReferencesOn(t.Context(), u, sample.District, on)
		var all []string
		for _, r := range got {
			all = append(all, r.Monthly.String())
		}
		if text := strings.Join(all, " "); err != nil || text != want {
			t.Errorf("on %s: %s, %v; want %s", on, text, err, want)
		}
	}
	for name, r := range map[string]eligibility.Reference{
		"eligibility.refusal.reference_kind": {Kind: "x", District: sample.District, From: day.Of(2026, 1, 1), Monthly: 1},
		"eligibility.refusal.district":       {Kind: eligibility.MinimumWage, District: "1", From: day.Of(2026, 1, 1), Monthly: 1},
		"eligibility.refusal.from":           {Kind: eligibility.MinimumWage, District: sample.District, From: day.Of(1999, 9, 30), Monthly: 1},
		"eligibility.refusal.wage":           {Kind: eligibility.MinimumWage, District: sample.District, From: day.Of(2026, 2, 1), Monthly: money.Yuan(100000) + 1},
	} {
		if told := sample.Told(t, eligibility.AddReference(t.Context(), u, r)); told != name {
			t.Errorf("told %q, want %q", told, name)
		}
	}
}

// Every test is said in words, in both languages, with the sign that its formula has.
func TestSentences(t *testing.T) {
	said := map[string]string{
		"(Y − E) ÷ 12 ÷ N < B":            "扣除刚性支出后的月人均收入低于当地低保标准",
		"Y ÷ 12 ÷ N ≤ B × 150%":           "月人均收入不高于当地低保标准的 150%",
		"(Y − E − J) ÷ 12 ÷ N ≤ B × 120%": "扣除刚性支出和必要就业成本后的月人均收入不高于当地低保标准的 120%",
		"C > Y × 80%":                     "突发事件支出高于家庭年收入的 80%",
		"Y ÷ 12 ÷ N > B × 300%":           "月人均收入高于当地低保标准的 300%",
		"(Y + S − E − C) ÷ 12 ÷ N ≤ B":    "加上存款和投资净值、扣除刚性支出和事件支出后的月人均不高于当地低保标准",
		"(Y − E − C) ÷ 12 ÷ N ≤ B × 200%": "扣除刚性支出和事件支出后的月人均收入不高于当地低保标准的 200%",
	}
	for _, r := range []eligibility.Rule{edge, status, company, auxiliary} {
		for _, w := range r.Ways() {
			for _, test := range w.Tests {
				for _, language := range words.Languages {
					got := test.Sentence().In(words.In(t.Context(), language))
					if got == "" || strings.Contains(got, "eligibility.") || strings.Contains(got, "{") {
						t.Errorf("%s in %s: %q", test.Name, language.Tag(), got)
					}
				}
				if test.Operator == "" {
					continue
				}
				got := test.Sentence().In(words.In(t.Context(), words.Chinese))
				if want, asked := said[test.Formula()]; asked && got != want {
					t.Errorf("%s: %q, want %q", test.Formula(), got, want)
				}
				delete(said, test.Formula())
			}
		}
	}
	for formula := range said {
		t.Errorf("no rule has %s", formula)
	}
}
