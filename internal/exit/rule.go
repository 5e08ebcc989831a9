package exit

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
	"bangfu/internal/money"
	"bangfu/internal/work"
)

// Rule says from a day on what an exit asks for. An exit keeps the rule of the day on which it was proposed.
type Rule struct {
	From       day.Date
	Months     int   // consecutive months over the line, 1 to 24 ([W61]: six)
	Percent    int   // of the line; an income of exactly so much is not over it
	PostedDays int   // calendar days of posting before the closing; 0 = no posting
	Callbacks  []int // months after the closing
	Source     string
}

// Limit is what a head must have more than in a month in which the line holds, rounded half up to the fen.
func (r Rule) Limit(line money.Amount) (money.Amount, error) {
	return line.Percent(int64(r.Percent) * 100)
}

// CallbackMonths are the months after a closing that a rule may name.
var CallbackMonths = []int{1, 3, 6, 9, 12, 18, 24}

const ruleColumns = `r.from_on, r.months, r.percent, r.posted_days, r.callbacks, r.source`

func scanRule(row pgx.CollectableRow) (Rule, error) {
	var r Rule
	err := row.Scan(&r.From, &r.Months, &r.Percent, &r.PostedDays, &r.Callbacks, &r.Source)
	return r, err
}

// Rules gives all rules, the newest first.
func Rules(ctx context.Context, q work.Querier) ([]Rule, error) {
	rows, err := q.Query(ctx, `
		-- exit.Rules
		SELECT `+ruleColumns+` FROM exit_rule r ORDER BY r.from_on DESC`)
	if err != nil {
		return nil, fmt.Errorf("listing the exit rules: %w", err)
	}
	rules, err := pgx.CollectRows(rows, scanRule)
	if err != nil {
		return nil, fmt.Errorf("listing the exit rules: %w", err)
	}
	return rules, nil
}

// RuleOn gives the rule in force on a day.
func RuleOn(ctx context.Context, q work.Querier, on day.Date) (Rule, error) {
	rows, err := q.Query(ctx, `
		-- exit.RuleOn
		SELECT `+ruleColumns+` FROM exit_rule r WHERE r.from_on <= @on ORDER BY r.from_on DESC LIMIT 1`, pgx.NamedArgs{"on": on})
	if err != nil {
		return Rule{}, fmt.Errorf("reading the exit rule of %v: %w", on, err)
	}
	r, err := pgx.CollectExactlyOneRow(rows, scanRule)
	if errors.Is(err, pgx.ErrNoRows) {
		return r, work.Refuse("exit.refusal.no_rule", on)
	}
	if err != nil {
		return r, fmt.Errorf("reading the exit rule of %v: %w", on, err)
	}
	return r, nil
}

// AddRule adds a rule from today or a later day on; exits proposed before keep theirs.
func AddRule(ctx context.Context, u *work.Unit, r Rule) error {
	switch {
	case r.From.Before(u.Today()):
		return work.Refuse("exit.refusal.rule_past").On("from")
	case len(r.Callbacks) == 0:
		return work.Refuse("exit.refusal.rule_callbacks").On("callbacks")
	}
	slices.Sort(r.Callbacks)
	_, err := u.Exec(ctx, `
		-- exit.AddRule
		INSERT INTO exit_rule (from_on, months, percent, posted_days, callbacks, source)
		VALUES (@from, @months, @percent, @days, @callbacks, @source)`,
		pgx.NamedArgs{"from": r.From, "months": r.Months, "percent": r.Percent, "days": r.PostedDays, "callbacks": r.Callbacks, "source": r.Source})
	if work.Violated(err) == "exit_rule_pkey" {
		return work.Refuse("exit.refusal.rule_twice", r.From).On("from")
	}
	if err != nil {
		return fmt.Errorf("adding an exit rule: %w", err)
	}
	return u.Audit(ctx, work.Entry{Act: "exit.rule", Kind: "rule", ID: 0, Changes: []work.Change{
		{Field: "from_on", After: r.From.String()}, {Field: "months", After: r.Months}, {Field: "percent", After: r.Percent},
		{Field: "posted_days", After: r.PostedDays}, {Field: "callbacks", After: r.Callbacks}, {Field: "source", After: r.Source}}})
}
