// Package eligibility says whether a household's figures make it one in hardship, and of which category.
//
// Judge is the whole rule (domain.md d.4): a pure function from the facts of one household, the local minimum living
// standard (低保 line) of its district and the rule in force to a Verdict that carries every step in figures. What the
// generations of categories ask stands in one table, way.go, from which Judge computes one household and Rule.SQL
// writes the same rule for all at once. The rest of the package keeps lines, rules and references as dated rows: a new
// line is a new row, and an old judgement can always be computed again from the rows it names. Start reading at judge.go.
//
// Tables: eligibility_line, eligibility_rule, eligibility_reference.
package eligibility
