package visit

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
	"bangfu/internal/work"
)

// Rule says from a day on whether the registrar may be one of the two visitors. A centre may have three posts, so the
// rule that stands at first allows it; never both visitors, since they are two people.
type Rule struct {
	From         day.Date
	RegistrarMay bool
	Source       string // the paper that says so, up to 200 characters
}

// Rules gives all rules, the newest first.
func Rules(ctx context.Context, q work.Querier) ([]Rule, error) {
	rows, err := q.Query(ctx, `
		-- visit.Rules
		SELECT r.from_on, r.registrar_may, r.source FROM visit_rule r ORDER BY r.from_on DESC`)
	if err != nil {
		return nil, fmt.Errorf("listing the visit rules: %w", err)
	}
	rules, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (Rule, error) {
		var r Rule
		err := row.Scan(&r.From, &r.RegistrarMay, &r.Source)
		return r, err
	})
	if err != nil {
		return nil, fmt.Errorf("listing the visit rules: %w", err)
	}
	return rules, nil
}

// AddRule adds a rule from today or a later day on; visits on record keep the rule of their day.
func AddRule(ctx context.Context, u *work.Unit, r Rule) error {
	if r.From.Before(u.Today()) {
		return work.Refuse("visit.refusal.rule_past").On("from")
	}
	_, err := u.Exec(ctx, `
		-- visit.AddRule
		INSERT INTO visit_rule (from_on, registrar_may, source) VALUES (@from, @may, @source)`,
		pgx.NamedArgs{"from": r.From, "may": r.RegistrarMay, "source": r.Source})
	if work.Violated(err) == "visit_rule_pkey" {
		return work.Refuse("visit.refusal.rule_twice", r.From).On("from")
	}
	if err != nil {
		return fmt.Errorf("adding a visit rule: %w", err)
	}
	return u.Audit(ctx, work.Entry{Act: "visit.rule", Kind: "rule", ID: 0, Changes: []work.Change{
		{Field: "from_on", After: r.From.String()}, {Field: "registrar_may", After: r.RegistrarMay}, {Field: "source", After: r.Source}}})
}
