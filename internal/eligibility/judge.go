package eligibility

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
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
	Place    string `json:"-"` // name of the district; "" = no office lies there. It is no fact of the line: offices are renamed
}

// Where names the district of the line: by its name, or else by its code.
func (l Line) Where() string { return cmp.Or(l.Place, l.District) }

// Rule is the numbers and operators of one generation of categories, from a day on.
type Rule struct {
	ID         RuleID
	Generation Generation
	From       day.Date
	Numbers    Numbers
	Source     string
}

// Numbers are what the sources differ in (domain.md d.4), so they are data. Percentages are whole percent; a number
// that the generation does not use is zero.
type Numbers struct {
	Strict                bool  `json:"strict"`                            // below the line means "<", else "≤"
	UpperInclusive        bool  `json:"upper_inclusive,omitempty"`         // multiples of the line are compared with "≤" all the same
	RelativePercent       int64 `json:"relative_percent,omitempty"`        // upper bound of relative hardship, of the line
	EdgePercent           int64 `json:"edge_percent,omitempty"`            // upper bound of the class just above the line
	AccidentPercent       int64 `json:"accident_percent,omitempty"`        // cost of the event above which it counts, of the yearly income
	AccidentLinePercent   int64 `json:"accident_line_percent,omitempty"`   // bound of what is left after the event, of the line; 0 = no such test
	AccidentIncomePercent int64 `json:"accident_income_percent,omitempty"` // income above which savings count after an event, of the line
	ProvincialPercent     int64 `json:"provincial_percent,omitempty"`      // bound of the province's auxiliary files; 0 = it keeps none
	CityPercent           int64 `json:"city_percent,omitempty"`            // bound of the city's auxiliary files; 0 = it keeps none
	HomeMetres            int64 `json:"home_m2,omitempty"`                 // floor area a head below which two homes do not exclude; 0 = they always do
}

// Facts are the figures of one household over twelve months. Its JSON is kept with a judgement, so names do not change.
type Facts struct {
	Income    money.Amount `json:"income_fen"`     // Y: yearly disposable income of the family
	Rigid     money.Amount `json:"rigid_fen"`      // E: rigid expenditure for illness, disability, children's schooling
	JobCost   money.Amount `json:"job_cost_fen"`   // J: necessary cost of employment
	People    int64        `json:"people"`         // N: those living together
	EventCost money.Amount `json:"event_cost_fen"` // C: cost or loss of a sudden event within the twelve months
	Listed    bool         `json:"listed"`         // killed, wounded or disabled in a listed disaster or in service

	Savings   money.Amount `json:"savings_fen,omitempty"` // S: savings and net investments
	Allowance bool         `json:"allowance,omitempty"`   // receives the minimum living allowance
	Illness   bool         `json:"illness,omitempty"`     // serious illness is among the causes
	Excluded  bool         `json:"excluded,omitempty"`    // a condition keeps it off the register, and nobody decided otherwise
}

// Term is one sum in the numerator of a test.
type Term struct {
	Symbol string // Y, E, J, C, S
	Amount money.Amount
	Minus  bool
}

// Key gives the word of the term.
func (t Term) Key() words.Key { return words.Key("eligibility.term." + strings.ToLower(t.Symbol)) }

// Test is one comparison with all its figures, so that a page can print it: the terms, divided by 12 and by N when
// PerHead, give Value; Base times Percent gives Limit; Value Operator Limit is Met or not. A test without an operator
// has no figures. Tests of one Way are met together or not at all.
type Test struct {
	Name     Name
	Category Category // what the test speaks for
	Way      int      // the way into the category that it is part of, from 0
	Terms    []Term
	PerHead  bool
	Value    money.Amount
	Operator string // "<", "≤", ">" or "≥"; "" = a fact
	BaseOf   string // BaseLine or BaseIncome
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
	Decided  int    // the way that gave the category; −1 when none did
	Marks    []Test // of hardship by expenditure 支出型困难 (002-35)
}

// Qualifies tells whether the household falls into a category.
func (v Verdict) Qualifies() bool { return v.Category != None }

// ByExpenditure tells whether the household is one of hardship by expenditure: both marks are met.
func (v Verdict) ByExpenditure() bool {
	return len(v.Marks) > 0 && !slices.ContainsFunc(v.Marks, func(t Test) bool { return !t.Met })
}

// Decisive tells whether a test is part of the way that gave the category.
func (v Verdict) Decisive(t Test) bool { return v.Qualifies() && t.Way == v.Decided && t.Met }

// ErrPeople means that a household of nobody was to be judged.
var ErrPeople = errors.New("eligibility: a household has at least one person")

// Judge compares the household with the line by the rule (domain.md d.4). The ways of the rule's generation are tried
// in their order; all tests are computed, so that the page can show how far each was missed.
//
// Rounding: a figure per head and month is rounded once, half up to the fen, and the rounded figure is the one
// compared, so that what is printed is what decided.
//
// A household that an exclusion condition keeps off the register falls into no category, whatever its figures are.
//
// The error is ErrPeople, or money.ErrOverflow for figures that no form accepts.
func Judge(facts Facts, line Line, rule Rule) (Verdict, error) {
	v := Verdict{Facts: facts, Line: line, Rule: rule, Decided: -1}
	if facts.People < 1 {
		return v, ErrPeople
	}
	for i, w := range rule.ways() {
		met := true
		for _, t := range w.tests {
			t.Category, t.Way = w.category, i
			if err := t.run(facts, line); err != nil {
				return v, fmt.Errorf("computing test %s: %w", t.Name, err)
			}
			met = met && t.Met
			v.Tests = append(v.Tests, t)
		}
		if met && v.Decided < 0 {
			v.Category, v.Decided = w.category, i
		}
	}
	for _, t := range rule.marks() {
		t.Way = -1
		if err := t.run(facts, line); err != nil {
			return v, fmt.Errorf("computing test %s: %w", t.Name, err)
		}
		v.Marks = append(v.Marks, t)
	}
	if facts.Excluded {
		v.Category, v.Decided = None, -1
		v.Tests = append([]Test{{Name: TestExcluded, Way: -1, Met: true}}, v.Tests...)
	}
	monthly := perHead(TestSevere, net, "<", 100)
	if err := monthly.run(facts, line); err != nil {
		return v, fmt.Errorf("computing what a head has a month: %w", err)
	}
	v.Monthly = monthly.Value
	return v, nil
}

// amount gives the household's figure of a term.
func (f Facts) amount(symbol string) money.Amount {
	switch symbol {
	case "Y":
		return f.Income
	case "E":
		return f.Rigid
	case "J":
		return f.JobCost
	case "C":
		return f.EventCost
	case "S":
		return f.Savings
	}
	panic("eligibility: no figure is called " + symbol)
}

// holds tells whether the fact of a test without figures holds.
func (f Facts) holds(name Name) bool {
	switch name {
	case TestListed:
		return f.Listed
	case TestAllowance:
		return f.Allowance
	case TestIllness:
		return f.Illness
	case TestEvent:
		return f.Illness || f.EventCost > 0
	}
	panic("eligibility: " + string(name) + " is no fact")
}

// run fills in the figures of a test.
func (t *Test) run(facts Facts, line Line) error {
	if t.Operator == "" {
		t.Met = facts.holds(t.Name)
		return nil
	}
	sum := money.Amount(0)
	var err error
	t.Terms = slices.Clone(t.Terms)
	for i := range t.Terms {
		term := &t.Terms[i]
		term.Amount = facts.amount(term.Symbol)
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
		if t.Value, err = sum.Div(12 * facts.People); err != nil {
			return err
		}
	}
	t.Base = line.Monthly
	if t.BaseOf == BaseIncome {
		t.Base = facts.Income
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
	case ">":
		t.Met = t.Value > t.Limit
	case "≥":
		t.Met = t.Value >= t.Limit
	}
	return nil
}
