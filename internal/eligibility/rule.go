package eligibility

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
	"bangfu/internal/work"
)

// RuleEntry is a rule in the history of the rules, with who entered and who confirmed it.
type RuleEntry struct {
	Rule
	EnteredBy   string // "" = the program's own data
	ConfirmedBy string
	EnteredAt   time.Time
}

// Bounds are the least and the most that a number of a rule may be, and the generations that use it: whoever enters a
// rule is asked for these and no others. Optional numbers may be zero.
type Bounds struct {
	Name        string // of the form's field
	Of          func(*Numbers) *int64
	Generations []Generation
	Optional    bool
	Least, Most int64
}

// Asked lists the numbers of rules in the order of the form.
var Asked = []Bounds{
	{"relative_percent", func(n *Numbers) *int64 { return &n.RelativePercent }, []Generation{SevereRelativeAccident}, false, 100, 500},
	{"edge_percent", func(n *Numbers) *int64 { return &n.EdgePercent }, []Generation{AllowanceEdgeAccident, AllowanceStatus, Company}, false, 100, 500},
	{"accident_percent", func(n *Numbers) *int64 { return &n.AccidentPercent }, []Generation{SevereRelativeAccident}, false, 1, 500},
	{"accident_income_percent", func(n *Numbers) *int64 { return &n.AccidentIncomePercent }, []Generation{AllowanceEdgeAccident}, false, 100, 1000},
	{"accident_line_percent", func(n *Numbers) *int64 { return &n.AccidentLinePercent }, []Generation{AllowanceEdgeAccident}, false, 100, 1000},
	{"accident_left_percent", func(n *Numbers) *int64 { return &n.AccidentLinePercent }, []Generation{SevereRelativeAccident}, true, 100, 1000},
	{"provincial_percent", func(n *Numbers) *int64 { return &n.ProvincialPercent }, Generations, true, 100, 500},
	{"city_percent", func(n *Numbers) *int64 { return &n.CityPercent }, Generations, true, 100, 500},
	{"home_m2", func(n *Numbers) *int64 { return &n.HomeMetres }, Generations, true, 1, 200},
}

// Uses tells whether the generation has the number.
func (b Bounds) Uses(g Generation) bool { return slices.Contains(b.Generations, g) }

// CheckRule refuses a rule that cannot be: an unknown generation, a day out of reach, a number that the generation needs
// and that lies out of its bounds, or one that it does not use. Refusals are tied to the field.
func CheckRule(rule Rule, today day.Date) *work.Refusal {
	switch {
	case !slices.Contains(Generations, rule.Generation):
		return work.Refuse("eligibility.refusal.generation").On("generation")
	case rule.From.Before(earliest) || rule.From.After(today.AddMonths(24)):
		return work.Refuse("eligibility.refusal.from", earliest, today.AddMonths(24)).On("from_on")
	}
	given, used := rule.Numbers, Numbers{Strict: rule.Numbers.Strict, UpperInclusive: rule.Numbers.UpperInclusive}
	for _, b := range Asked {
		if !b.Uses(rule.Generation) {
			continue
		}
		n := *b.Of(&given)
		if (n != 0 || !b.Optional) && (n < b.Least || n > b.Most) {
			return work.Refuse("eligibility.refusal.number", b.Least, b.Most).On(b.Name)
		}
		*b.Of(&used) = n
	}
	if used != given {
		return work.Refuse("eligibility.refusal.unused").On("generation")
	}
	return nil
}

// AddRule adds a rule that holds everywhere from a day on. As with a line, enteredBy entered it and the acting person
// confirms it.
func AddRule(ctx context.Context, u *work.Unit, rule Rule, enteredBy work.StaffID) (RuleID, error) {
	if refusal := CheckRule(rule, u.Today()); refusal != nil {
		return 0, refusal
	}
	numbers, err := json.Marshal(rule.Numbers)
	if err != nil {
		return 0, fmt.Errorf("encoding a rule: %w", err)
	}
	var id RuleID
	err = u.QueryRow(ctx, `
		-- eligibility.AddRule
		INSERT INTO eligibility_rule (generation, from_on, numbers, source, entered_by, confirmed_by, entered_at)
		VALUES (@generation, @from, @numbers, @source, @entered, @by, @now) ON CONFLICT (from_on) DO NOTHING RETURNING id`,
		pgx.NamedArgs{"generation": string(rule.Generation), "from": rule.From, "numbers": numbers, "source": rule.Source,
			"entered": enteredBy, "by": u.By.StaffID, "now": u.Now}).Scan(&id)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return 0, work.Refuse("eligibility.refusal.rule_again", rule.From).On("from_on")
	case work.Violated(err) == "eligibility_rule_second":
		return 0, work.Refuse("eligibility.refusal.second")
	case err != nil:
		return 0, fmt.Errorf("adding a rule of %s: %w", rule.From, err)
	}
	return id, u.Audit(ctx, work.Entry{Act: "eligibility.add_rule", Kind: "rule", ID: int64(id), Changes: []work.Change{
		{Field: "generation", After: rule.Generation}, {Field: "from_on", After: rule.From.String()},
		{Field: "numbers", After: rule.Numbers}, {Field: "source", After: rule.Source}, {Field: "entered_by", After: enteredBy}}})
}

// Rules lists all rules, the newest first.
func Rules(ctx context.Context, q work.Querier) ([]RuleEntry, error) {
	rows, err := q.Query(ctx, `
		-- eligibility.Rules
		SELECT r.id, r.generation, r.from_on, r.numbers, r.source, coalesce(s.name, ''), coalesce(c.name, ''), r.entered_at
		FROM eligibility_rule r LEFT JOIN staff_member s ON s.id = r.entered_by LEFT JOIN staff_member c ON c.id = r.confirmed_by
		ORDER BY r.from_on DESC`)
	if err != nil {
		return nil, fmt.Errorf("listing rules: %w", err)
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (RuleEntry, error) {
		var e RuleEntry
		var numbers []byte
		if err := row.Scan(&e.ID, &e.Generation, &e.From, &numbers, &e.Source, &e.EnteredBy, &e.ConfirmedBy, &e.EnteredAt); err != nil {
			return e, err
		}
		return e, json.Unmarshal(numbers, &e.Numbers)
	})
}

// RuleOn gives the rule in force on a day.
func RuleOn(ctx context.Context, q work.Querier, on day.Date) (Rule, error) {
	rule, err := readRule(ctx, q, `WHERE from_on <= @on ORDER BY from_on DESC LIMIT 1`, pgx.NamedArgs{"on": on})
	if errors.Is(err, pgx.ErrNoRows) {
		return Rule{}, work.Refuse("eligibility.refusal.no_rule", on)
	}
	if err != nil {
		return Rule{}, fmt.Errorf("finding the rule of %s: %w", on, err)
	}
	return rule, nil
}

// readRule reads the one rule that the condition names.
func readRule(ctx context.Context, q work.Querier, condition string, args pgx.NamedArgs) (Rule, error) {
	var rule Rule
	var numbers []byte
	err := q.QueryRow(ctx, `
		-- eligibility.readRule
		SELECT id, generation, from_on, numbers, source FROM eligibility_rule `+condition, args).
		Scan(&rule.ID, &rule.Generation, &rule.From, &numbers, &rule.Source)
	if err != nil {
		return rule, err
	}
	return rule, json.Unmarshal(numbers, &rule.Numbers)
}
