package eligibility

import (
	"strconv"
	"strings"

	"bangfu/internal/words"
)

// Name says which test a step is.
type Name string

// The tests. Those without a figure are facts that hold or do not.
const (
	TestSevere         Name = "severe"          // (Y − E) ÷ 12 ÷ N against the line
	TestRelative       Name = "relative"        // (Y − E − J) ÷ 12 ÷ N against a multiple of the line
	TestListed         Name = "listed"          // a listed event; no figure
	TestAccidentCost   Name = "accident_cost"   // cost of the event against a part of Y
	TestAccidentLine   Name = "accident_line"   // (Y − E − C) ÷ 12 ÷ N against a multiple of the line
	TestLine           Name = "line"            // Y ÷ 12 ÷ N against the line
	TestEdge           Name = "edge"            // Y ÷ 12 ÷ N against a multiple of the line
	TestEdgeNet        Name = "edge_net"        // (Y − E) ÷ 12 ÷ N against the line
	TestAccidentIncome Name = "accident_income" // Y ÷ 12 ÷ N up to a multiple of the line
	TestAccidentOver   Name = "accident_over"   // Y ÷ 12 ÷ N above that multiple
	TestAccidentNet    Name = "accident_net"    // (Y − E − C) ÷ 12 ÷ N against the line
	TestAccidentAssets Name = "accident_assets" // (Y + S − E − C) ÷ 12 ÷ N against the line
	TestAllowance      Name = "allowance"       // receives the minimum living allowance; no figure
	TestIllness        Name = "illness"         // somebody is seriously ill; no figure
	TestEvent          Name = "event"           // a sudden event or a serious illness; no figure
	TestProvincial     Name = "provincial"      // (Y − E − C) ÷ 12 ÷ N against the province's multiple
	TestCity           Name = "city"            // (Y − E − C) ÷ 12 ÷ N against the city's multiple
	TestExcluded       Name = "excluded"        // a condition that keeps a household off the register; no figure
	TestMarkIncome     Name = "mark_income"     // Y ÷ 12 ÷ N not below the line
	TestMarkNet        Name = "mark_net"        // (Y − E − C) ÷ 12 ÷ N below the line
)

// Key gives the word of the test.
func (n Name) Key() words.Key { return words.Key("eligibility.test." + string(n)) }

// The bases against which a figure is held.
const (
	BaseLine   = "B" // the line, a month and head
	BaseIncome = "Y" // the yearly income
)

// way is one way into a category: all of its tests must be met.
type way struct {
	category Category
	tests    []Test
}

// The numerators of the tests.
var (
	gross    = []Term{{Symbol: "Y"}}
	net      = []Term{{Symbol: "Y"}, {Symbol: "E", Minus: true}}
	netOfJob = []Term{{Symbol: "Y"}, {Symbol: "E", Minus: true}, {Symbol: "J", Minus: true}}
	netOfAll = []Term{{Symbol: "Y"}, {Symbol: "E", Minus: true}, {Symbol: "C", Minus: true}}
	assets   = []Term{{Symbol: "Y"}, {Symbol: "S"}, {Symbol: "E", Minus: true}, {Symbol: "C", Minus: true}}
)

// ways lists the ways into the categories of a rule's generation, in the order in which they are tried: the first
// whose tests are all met gives the category (domain.md d.4). Both Judge and Rule.SQL read this one table.
func (r Rule) ways() []way {
	var all []way
	switch r.Generation {
	case Company:
		all = r.company()
	case AllowanceStatus:
		all = r.allowanceStatus()
	case AllowanceEdgeAccident:
		all = r.allowanceEdgeAccident()
	case SevereRelativeAccident:
		all = r.severeRelativeAccident()
	}
	if n := r.Numbers.ProvincialPercent; n > 0 {
		all = append(all, way{ProvincialAuxiliary, []Test{perHead(TestProvincial, netOfAll, r.Numbers.upper(), n)}})
	}
	if n := r.Numbers.CityPercent; n > 0 {
		all = append(all, way{CityAuxiliary, []Test{perHead(TestCity, netOfAll, r.Numbers.upper(), n)}})
	}
	return all
}

// severeRelativeAccident is the generation since about 2020 ([W7], [W22], [W23]). The accident is read strictly: the
// cost of the event is more than a part of the yearly income, and what is left per head is below a multiple of the
// line; or the event is a listed one.
func (r Rule) severeRelativeAccident() []way {
	n := r.Numbers
	accident := []Test{{Name: TestAccidentCost, Terms: []Term{{Symbol: "C"}}, Operator: ">", BaseOf: BaseIncome, Percent: n.AccidentPercent}}
	if n.AccidentLinePercent > 0 {
		accident = append(accident, perHead(TestAccidentLine, netOfAll, n.upper(), n.AccidentLinePercent))
	}
	return []way{
		{Severe, []Test{perHead(TestSevere, net, n.below(), 100)}},
		{Relative, []Test{perHead(TestRelative, netOfJob, n.upper(), n.RelativePercent)}},
		{Accident, accident},
		{Accident, []Test{{Name: TestListed}}},
	}
}

// allowanceEdgeAccident is the generation of 2016 to 2020 ([W4], [W3], [W21], [W9]): on the allowance or below the
// line; a little above it, with expenditure that brings it below; or an event that leaves less than the line, where
// those with a high income must first use what they have saved.
func (r Rule) allowanceEdgeAccident() []way {
	n := r.Numbers
	return []way{
		{AllowanceHousehold, []Test{{Name: TestAllowance}}},
		{AllowanceHousehold, []Test{perHead(TestLine, gross, n.below(), 100)}},
		{EdgeHousehold, []Test{perHead(TestEdge, gross, n.upper(), n.EdgePercent), perHead(TestEdgeNet, net, n.upper(), 100)}},
		{AccidentHousehold, []Test{{Name: TestEvent}, perHead(TestAccidentIncome, gross, n.upper(), n.AccidentIncomePercent),
			perHead(TestAccidentNet, netOfAll, n.upper(), n.AccidentLinePercent)}},
		{AccidentHousehold, []Test{{Name: TestEvent}, perHead(TestAccidentOver, gross, opposite[n.upper()], n.AccidentIncomePercent),
			perHead(TestAccidentAssets, assets, n.upper(), 100)}},
	}
}

// allowanceStatus is the generation before 2016 ([W18], [W20], [W64]): by the allowance, and up to a multiple of the
// line above it.
func (r Rule) allowanceStatus() []way {
	n := r.Numbers
	return []way{
		{OnAllowance, []Test{{Name: TestAllowance}}},
		{WithoutAllowance, []Test{perHead(TestLine, gross, n.below(), 100)}},
		{AboveLine, []Test{perHead(TestEdge, gross, n.upper(), n.EdgePercent)}},
	}
}

// company is the seed company's rule: below the line 特困, a little above it 贫困 (001-54, 001-87), and so is whoever
// is seriously ill, whatever the income (000-51).
func (r Rule) company() []way {
	n := r.Numbers
	return []way{
		{Extreme, []Test{perHead(TestLine, gross, n.below(), 100)}},
		{Poor, []Test{perHead(TestEdge, gross, n.upper(), n.EdgePercent)}},
		{Poor, []Test{{Name: TestIllness}}},
	}
}

// marks are the two tests of hardship by expenditure 支出型困难 (002-35): the income is not below the line, and what
// necessary expenditure leaves of it is. They give no category, they mark the household.
func (r Rule) marks() []Test {
	below := r.Numbers.below()
	return []Test{perHead(TestMarkIncome, gross, opposite[below], 100), perHead(TestMarkNet, netOfAll, below, 100)}
}

// perHead makes a test of a figure a month and head against a multiple of the line.
func perHead(name Name, terms []Term, operator string, percent int64) Test {
	return Test{Name: name, Terms: terms, PerHead: true, Operator: operator, BaseOf: BaseLine, Percent: percent}
}

// opposite gives the operator that holds when another does not.
var opposite = map[string]string{"<": "≥", "≤": ">", ">": "≤", "≥": "<"}

// below is the operator of a comparison with the line itself.
func (n Numbers) below() string {
	if n.Strict {
		return "<"
	}
	return "≤"
}

// upper is the operator of a comparison with a multiple of the line.
func (n Numbers) upper() string {
	if n.UpperInclusive {
		return "≤"
	}
	return n.below()
}

// Ways lists the formulas of the rule by category, for a page: the tests of one way stand together.
func (r Rule) Ways() []Way {
	all := make([]Way, 0, 8)
	for _, w := range r.ways() {
		all = append(all, Way{Category: w.category, Tests: w.tests})
	}
	return all
}

// Way is one way into a category, without figures.
type Way struct {
	Category Category
	Tests    []Test
}

// comparisons are the words of the operators.
var comparisons = map[string]words.Key{"<": "eligibility.says.below", "≤": "eligibility.says.up_to", ">": "eligibility.says.above", "≥": "eligibility.says.from"}

// Sentence says a test in words: 扣除刚性支出后的月人均收入低于当地低保标准. A test without a figure is its name.
func (t Test) Sentence() words.Message {
	if t.Operator == "" {
		return words.Saying(t.Name.Key())
	}
	figure := words.Key("eligibility.says.")
	for _, term := range t.Terms {
		figure += words.Key(strings.ToLower(term.Symbol))
	}
	base := words.Saying("eligibility.says.line")
	switch {
	case t.BaseOf == BaseIncome:
		base = words.Saying("eligibility.says.income_share", t.Percent)
	case t.Percent != 100:
		base = words.Saying("eligibility.says.line_share", t.Percent)
	}
	return words.Saying("eligibility.says.test", figure, words.Saying(comparisons[t.Operator], base))
}

// Formula writes a test in symbols: (Y − E) ÷ 12 ÷ N < B × 150%.
func (t Test) Formula() string {
	left := ""
	for i, term := range t.Terms {
		switch {
		case term.Minus:
			left += " − "
		case i > 0:
			left += " + "
		}
		left += term.Symbol
	}
	if t.PerHead {
		if len(t.Terms) > 1 {
			left = "(" + left + ")"
		}
		left += " ÷ 12 ÷ N"
	}
	right := t.BaseOf
	if t.Percent != 100 {
		right += " × " + strconv.FormatInt(t.Percent, 10) + "%"
	}
	return left + " " + t.Operator + " " + right
}
