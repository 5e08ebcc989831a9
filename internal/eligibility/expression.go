package eligibility

import (
	"strconv"
	"strings"
)

// columns says in which column of a table of facts each figure of a formula lies.
var columns = map[string]string{"Y": "income_fen", "E": "rigid_fen", "J": "job_cost_fen", "C": "event_cost_fen", "S": "savings_fen"}

// flags says how each fact without figures is read from a table of facts.
var flags = map[Name]string{TestListed: "%.listed", TestAllowance: "%.allowance", TestIllness: "%.illness",
	TestEvent: "(%.illness OR %.event_cost_fen > 0)"}

// SQL writes the rule as one expression that gives the category as text, ” for none: what Judge says, for a million
// rows at once. facts is the alias of a relation with the columns income_fen, rigid_fen, job_cost_fen, event_cost_fen,
// savings_fen, people, listed, allowance, illness and excluded; line is an expression of the line in fen a month.
// It is made from the same table of ways as Judge, and a test holds the two together at every boundary. Nothing that a
// person typed stands in it but whole numbers.
func (r Rule) SQL(facts, line string) string {
	var b strings.Builder
	b.WriteString("CASE WHEN " + facts + ".excluded THEN ''")
	for _, w := range r.ways() {
		b.WriteString("\n\tWHEN ")
		for i, t := range w.tests {
			if i > 0 {
				b.WriteString(" AND ")
			}
			b.WriteString(t.sql(facts, line))
		}
		b.WriteString(" THEN '" + string(w.category) + "'")
	}
	b.WriteString("\n\tELSE '' END")
	return b.String()
}

// operators writes the operators of the page as the database does.
var operators = map[string]string{"<": " < ", "≤": " <= ", ">": " > ", "≥": " >= "}

// sql writes one test.
func (t Test) sql(facts, line string) string {
	if t.Operator == "" {
		return strings.ReplaceAll(flags[t.Name], "%", facts)
	}
	var sum strings.Builder
	for i, term := range t.Terms {
		switch {
		case term.Minus:
			sum.WriteString(" - ")
		case i > 0:
			sum.WriteString(" + ")
		}
		sum.WriteString(facts + "." + columns[term.Symbol])
	}
	value := sum.String()
	if t.PerHead {
		value = "eligibility_per_head(" + value + ", " + facts + ".people)"
	}
	base := line
	if t.BaseOf == BaseIncome {
		base = facts + ".income_fen"
	}
	return value + operators[t.Operator] + "eligibility_percent(" + base + ", " + strconv.FormatInt(t.Percent, 10) + ")"
}
