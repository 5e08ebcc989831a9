package eligibility_test

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"bangfu/internal/eligibility"
	"bangfu/internal/money"
)

var (
	line   = eligibility.Line{ID: 1, District: "539901", Monthly: money.Yuan(700)}
	strict = eligibility.Rule{ID: 1, Generation: eligibility.SevereRelativeAccident, Numbers: eligibility.Numbers{Strict: true, RelativePercent: 200, AccidentPercent: 80, AccidentLinePercent: 300}}
)

// inclusive is the rule of Anqing: equal to the line is below it.
func inclusive() eligibility.Rule {
	rule := strict
	rule.Numbers.Strict = false
	return rule
}

// The tests of domain.md d.4, on both sides of each number, for a household of three and a line of 700.00. A figure of
// 700.00 a month and head is 25,200.00 a year; one fen a month and head is 0.36 a year.
func TestJudge(t *testing.T) {
	tests := map[string]struct {
		facts eligibility.Facts
		rule  eligibility.Rule
		want  eligibility.Category
	}{
		"one fen below the line":                  {facts("25199.64", "0", "0", "0"), strict, eligibility.Severe},
		"on the line, strictly":                   {facts("25200.00", "0", "0", "0"), strict, eligibility.Relative},
		"on the line, inclusively":                {facts("25200.00", "0", "0", "0"), inclusive(), eligibility.Severe},
		"one fen above the line, inclusively":     {facts("25200.36", "0", "0", "0"), inclusive(), eligibility.Relative},
		"rounded up to the line":                  {facts("25199.82", "0", "0", "0"), strict, eligibility.Relative},
		"rounded down from half a fen less":       {facts("25199.81", "0", "0", "0"), strict, eligibility.Severe},
		"rounded down to the line":                {facts("25200.17", "0", "0", "0"), inclusive(), eligibility.Severe},
		"rigid expenditure brings it below":       {facts("26200.00", "1000.36", "0", "0"), strict, eligibility.Severe},
		"job cost does not make it severe":        {facts("26200.00", "0", "1000.36", "0"), strict, eligibility.Relative},
		"one fen below twice the line":            {facts("50399.64", "0", "0", "0"), strict, eligibility.Relative},
		"on twice the line, strictly":             {facts("50400.00", "0", "0", "0"), strict, eligibility.None},
		"on twice the line, inclusively":          {facts("50400.00", "0", "0", "0"), inclusive(), eligibility.Relative},
		"one fen above twice the line":            {facts("50400.36", "0", "0", "0"), inclusive(), eligibility.None},
		"job cost brings it below twice the line": {facts("52400.00", "0", "2000.36", "0"), strict, eligibility.Relative},
		"event of exactly 80 %":                   {facts("60000.00", "0", "0", "48000.00"), strict, eligibility.None},
		"event of one fen more than 80 %":         {facts("60000.00", "0", "0", "48000.01"), strict, eligibility.Accident},
		"event that leaves three lines":           {facts("756000.00", "0", "0", "680400.00"), strict, eligibility.None},
		"event that leaves one fen less":          {facts("756000.00", "0", "0", "680400.36"), strict, eligibility.Accident},
		"no event, no income test met":            {facts("60000.00", "0", "0", "0"), strict, eligibility.None},
		"severe comes before the event":           {facts("10000.00", "0", "0", "9000.00"), strict, eligibility.Severe},
		"nothing at all":                          {facts("0", "0", "0", "0"), strict, eligibility.Severe},
		"more expenditure than income":            {facts("10000.00", "30000.00", "0", "0"), strict, eligibility.Severe},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			v, err := eligibility.Judge(test.facts, line, test.rule)
			if err != nil || v.Category != test.want {
				t.Errorf("category %q, %v; want %q\n%+v", v.Category, err, test.want, v.Tests)
			}
		})
	}
}

// facts makes the figures of a household of three.
func facts(income, rigid, jobCost, event string) eligibility.Facts {
	return eligibility.Facts{Income: yuan(income), Rigid: yuan(rigid), JobCost: yuan(jobCost), EventCost: yuan(event), People: 3}
}

func yuan(s string) money.Amount {
	a, err := money.Parse(s)
	if err != nil {
		panic(err)
	}
	return a
}

// A listed event qualifies whatever the figures are; without a test of what is left, the cost alone decides.
func TestJudgeOfEvents(t *testing.T) {
	listed := facts("900000", "0", "0", "0")
	listed.Listed = true
	if v, err := eligibility.Judge(listed, line, strict); err != nil || v.Category != eligibility.Accident {
		t.Errorf("a listed event gave %q, %v", v.Category, err)
	}
	qingdao := strict
	qingdao.Numbers.AccidentLinePercent = 0
	if v, err := eligibility.Judge(facts("900000", "0", "0", "720000.01"), line, qingdao); err != nil || v.Category != eligibility.Accident {
		t.Errorf("the cost alone gave %q, %v", v.Category, err)
	}
	if _, err := eligibility.Judge(eligibility.Facts{}, line, strict); !errors.Is(err, eligibility.ErrPeople) {
		t.Errorf("nobody was judged: %v", err)
	}
}

// The verdict carries all figures with which a page can print the formula.
func TestVerdictShowsItsSteps(t *testing.T) {
	v, err := eligibility.Judge(facts("30000", "3000", "1200", "0"), line, strict)
	if err != nil {
		t.Fatal(err)
	}
	severe, relative := v.Tests[0], v.Tests[1]
	if severe.Value != yuan("750.00") || severe.Limit != yuan("700.00") || severe.Distance != yuan("50.00") || severe.Operator != "<" || severe.Met {
		t.Errorf("severe: %+v", severe)
	}
	// (30000 − 3000 − 1200) ÷ 12 ÷ 3 = 716.666… = 716.67
	if relative.Value != yuan("716.67") || relative.Limit != yuan("1400.00") || relative.Distance != -yuan("683.33") || !relative.Met {
		t.Errorf("relative: %+v", relative)
	}
	if v.Monthly != severe.Value || len(v.Tests) != 5 || v.Line != line || v.Rule != strict {
		t.Errorf("verdict: %+v", v)
	}
}

// A household never loses its category by having less income or more rigid expenditure.
func TestPoorerIsNeverBetter(t *testing.T) {
	rank := map[eligibility.Category]int{eligibility.None: 0, eligibility.Accident: 0, eligibility.Relative: 1, eligibility.Severe: 2}
	rapid.Check(t, func(t *rapid.T) {
		f := eligibility.Facts{
			Income: money.Amount(rapid.Int64Range(0, int64(money.Yuan(200000))).Draw(t, "income")),
			Rigid:  money.Amount(rapid.Int64Range(0, int64(money.Yuan(100000))).Draw(t, "rigid")),
			People: rapid.Int64Range(1, 20).Draw(t, "people"),
		}
		before, err := eligibility.Judge(f, line, strict)
		if err != nil {
			t.Fatal(err)
		}
		f.Income = money.Amount(rapid.Int64Range(0, int64(f.Income)).Draw(t, "less"))
		after, err := eligibility.Judge(f, line, strict)
		if err != nil || rank[after.Category] < rank[before.Category] {
			t.Fatalf("%q became %q, %v", before.Category, after.Category, err)
		}
	})
}
