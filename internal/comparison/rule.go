package comparison

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
	"bangfu/internal/work"
)

// Rule says from a day on whether a household is compared before it is judged (as in 合肥 since 2018, [W48]), and for how
// many months an answer counts.
type Rule struct {
	From     day.Date
	Required bool
	Months   int    // 1 to 60
	Source   string // the paper that says so, up to 200 characters
}

// Rules gives all rules, the newest first.
func Rules(ctx context.Context, q work.Querier) ([]Rule, error) {
	rows, err := q.Query(ctx, `
		-- comparison.Rules
		SELECT r.from_on, r.required, r.months, r.source FROM comparison_rule r ORDER BY r.from_on DESC`)
	if err != nil {
		return nil, fmt.Errorf("listing the rules of comparison: %w", err)
	}
	rules, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Rule])
	if err != nil {
		return nil, fmt.Errorf("listing the rules of comparison: %w", err)
	}
	return rules, nil
}

// AddRule adds a rule from today or a later day on; what was judged before keeps the rule of its day.
func AddRule(ctx context.Context, u *work.Unit, r Rule) error {
	switch {
	case r.From.Before(u.Today()):
		return work.Refuse("comparison.refusal.rule_past").On("from")
	case r.Months < 1 || r.Months > 60:
		return work.Refuse("comparison.refusal.rule_months").On("months")
	}
	_, err := u.Exec(ctx, `
		-- comparison.AddRule
		INSERT INTO comparison_rule (from_on, required, months, source) VALUES (@from, @required, @months, @source)`,
		pgx.NamedArgs{"from": r.From, "required": r.Required, "months": r.Months, "source": r.Source})
	if work.Violated(err) == "comparison_rule_pkey" {
		return work.Refuse("comparison.refusal.rule_twice", r.From).On("from")
	}
	if err != nil {
		return fmt.Errorf("adding a rule of comparison: %w", err)
	}
	return u.Audit(ctx, work.Entry{Act: "comparison.rule", Kind: "rule", ID: 0, Changes: []work.Change{{Field: "from_on", After: r.From.String()},
		{Field: "required", After: r.Required}, {Field: "months", After: r.Months}, {Field: "source", After: r.Source}}})
}
