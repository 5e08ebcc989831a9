package eligibility

import (
	"errors"
	"fmt"
	"strings"

	"bangfu/internal/day"
	"bangfu/internal/money"
	"bangfu/internal/words"
)

// LineID names a row of eligibility_line.
type LineID int64

// RuleID names a row of eligibility_rule.
type RuleID int64

// Line is the local minimum living standard: yuan a month and head, in one district, from a day on.
type Line struct {
	ID       LineID
	District string // six digits
	From     day.Date
	Monthly  money.Amount
	Source   string
}

// Rule is the numbers and operators of one generation of categories, from a day on.
type Rule struct {
	ID         RuleID
	Generation Generation
	From       day.Date
	Numbers    Numbers
	Source     string
}

// Numbers are what the sources differ in (domain.md d.4), so they are data. Percentages are whole percent.
type Numbers struct {
	Strict              bool  `json:"strict"`                // below means "<", else "≤"
	RelativePercent     int64 `json:"relative_percent"`      // upper bound of relative hardship, of the line
	AccidentPercent     int64 `json:"accident_percent"`      // cost of the event above which it counts, of the yearly income
	AccidentLinePercent int64 `json:"accident_line_percent"` // bound of what is left after the event, of the line; 0 = no such test
}

// Facts are the figures of one household over twelve months. Its JSON is kept with a judgement, so names do not change.
type Facts struct {
	Income    money.Amount `json:"income_fen"`     // Y: yearly disposable income of the family
	Rigid     money.Amount `json:"rigid_fen"`      // E: rigid expenditure for illness, disability, children's schooling
	JobCost   money.Amount `json:"job_cost_fen"`   // J: necessary cost of employment
	People    int64        `json:"people"`         // N: those living together
	EventCost money.Amount `json:"event_cost_fen"` // cost or loss of a sudden event within the twelve months
	Listed    bool         `json:"listed"`         // killed, wounded or disabled in a listed disaster or in service
}

// Name says which test a step is.
type Name string

// The tests, in the order in which they are tried.
const (
	TestSevere       Name = "severe"        // (Y − E) ÷ 12 ÷ N against the line
	TestRelative     Name = "relative"      // (Y − E − J) ÷ 12 ÷ N against a multiple of the line
	TestListed       Name = "listed"        // a listed event; no figure
	TestAccidentCost Name = "accident_cost" // cost of the event against a part of Y
	TestAccidentLine Name = "accident_line" // (Y − E − cost) ÷ 12 ÷ N against a multiple of the line
)

// Key gives the word of the test.
func (n Name) Key() words.Key { return words.Key("eligibility.test." + string(n)) }

// Term is one sum in the numerator of a test.
type Term struct {
	Symbol string // Y, E, J, C
	Amount money.Amount
	Minus  bool
}

// Key gives the word of the term.
func (t Term) Key() words.Key { return words.Key("eligibility.term." + strings.ToLower(t.Symbol)) }

// Test is one comparison with all its figures, so that a page can print it: the terms, divided by 12 and by N when
// PerHead, give Value; Base times Percent gives Limit; Value Operator Limit is Met or not.
type Test struct {
	Name     Name
	Category Category // what the test speaks for
	Terms    []Term
	PerHead  bool
	Value    money.Amount
	Operator string // "<", "≤" or ">"
	Base     money.Amount
	Percent  int64
	Limit    money.Amount
	Distance money.Amount // Value − Limit
	Met      bool
}

// Verdict is what Judge says, with everything it used.
type Verdict struct {
	Category Category
	Facts    Facts
	Line     Line
	Rule     Rule
	Monthly  money.Amount // (Y − E) ÷ 12 ÷ N, rounded half up to the fen
	Tests    []Test
}

// Qualifies tells whether the household falls into a category.
func (v Verdict) Qualifies() bool { return v.Category != None }

// ErrPeople means that a household of nobody was to be judged.
var ErrPeople = errors.New("eligibility: a household has at least one person")

// Judge compares the household with the line by the rule (domain.md d.4). Severe is tried first, then relative, then
// accident; all tests are computed, so that the page can show how far each was missed.
//
// Rounding: a figure per head and month is rounded once, half up to the fen, and the rounded figure is the one
// compared, so that what is printed is what decided.
//
// Accident, the stricter reading of d.4: the cost of the event is more than AccidentPercent of the yearly income, and
// what is left per head is below AccidentLinePercent of the line; or the event is a listed one.
//
// The error is ErrPeople, or money.ErrOverflow for figures that no form accepts.
func Judge(facts Facts, line Line, rule Rule) (Verdict, error) {
	v := Verdict{Facts: facts, Line: line, Rule: rule}
	if facts.People < 1 {
		return v, ErrPeople
	}
	income := Term{Symbol: "Y", Amount: facts.Income}
	rigid := Term{Symbol: "E", Amount: facts.Rigid, Minus: true}
	jobCost := Term{Symbol: "J", Amount: facts.JobCost, Minus: true}
	event := Term{Symbol: "C", Amount: facts.EventCost, Minus: true}
	below, n := "<", rule.Numbers
	if !n.Strict {
		below = "≤"
	}
	tests := []Test{
		{Name: TestSevere, Category: Severe, Terms: []Term{income, rigid}, PerHead: true, Operator: below, Base: line.Monthly, Percent: 100},
		{Name: TestRelative, Category: Relative, Terms: []Term{income, rigid, jobCost}, PerHead: true, Operator: below, Base: line.Monthly, Percent: n.RelativePercent},
		{Name: TestAccidentCost, Category: Accident, Terms: []Term{{Symbol: "C", Amount: facts.EventCost}}, Operator: ">", Base: facts.Income, Percent: n.AccidentPercent},
	}
	if n.AccidentLinePercent > 0 {
		tests = append(tests, Test{Name: TestAccidentLine, Category: Accident, Terms: []Term{income, rigid, event}, PerHead: true,
			Operator: below, Base: line.Monthly, Percent: n.AccidentLinePercent})
	}
	for i := range tests {
		if err := tests[i].run(facts.People); err != nil {
			return v, fmt.Errorf("computing test %s: %w", tests[i].Name, err)
		}
	}
	v.Tests = append(tests, Test{Name: TestListed, Category: Accident, Met: facts.Listed})
	v.Monthly = tests[0].Value
	v.Category = category(v.Tests, facts.EventCost > 0)
	return v, nil
}

// category gives the first category whose tests are met: severe and relative have one test each; an accident is a
// listed event, or one that cost something and meets all its tests in figures.
func category(tests []Test, cost bool) Category {
	accident := cost
	for _, test := range tests {
		switch {
		case test.Category != Accident && test.Met:
			return test.Category
		case test.Name == TestListed:
			accident = accident || test.Met
		case test.Category == Accident:
			accident = accident && test.Met
		}
	}
	if accident {
		return Accident
	}
	return None
}

// run fills in the figures of a test.
func (t *Test) run(people int64) error {
	sum := money.Amount(0)
	var err error
	for _, term := range t.Terms {
		if term.Minus {
			sum, err = sum.Sub(term.Amount)
		} else {
			sum, err = sum.Add(term.Amount)
		}
		if err != nil {
			return err
		}
	}
	t.Value = sum
	if t.PerHead {
		if t.Value, err = sum.Div(12 * people); err != nil {
			return err
		}
	}
	if t.Limit, err = t.Base.Percent(t.Percent * 100); err != nil {
		return err
	}
	if t.Distance, err = t.Value.Sub(t.Limit); err != nil {
		return err
	}
	switch t.Operator {
	case "<":
		t.Met = t.Value < t.Limit
	case "≤":
		t.Met = t.Value <= t.Limit
	default:
		t.Met = t.Value > t.Limit
	}
	return nil
}
