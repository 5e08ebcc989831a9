package eligibility

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
	"bangfu/internal/money"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// Audience is for whom a standard of visiting aid 慰问标准 holds (004-09).
type Audience string

// The audiences: households on the register, and households in hardship that did not meet its conditions.
const (
	Filed   Audience = "filed"
	Unfiled Audience = "unfiled"
)

// Audiences lists both in the order of the form.
var Audiences = []Audience{Filed, Unfiled}

// Key gives the word of the audience.
func (a Audience) Key() words.Key { return words.Key("eligibility.audience." + string(a)) }

// Standard is what a household of an audience is given at a visit, from a day on. Each audience has its own row of
// standards: one is raised while the other stays as it was.
type Standard struct {
	Audience Audience
	From     day.Date
	Amount   money.Amount // a household and visit
	Source   string
}

// highestStandard is the highest standard that makes sense; it catches a sum of many households.
const highestStandard = money.Amount(10_000_00)

// AddStandard adds a standard, from today or a later day on. It is never changed; another day makes another row.
func AddStandard(ctx context.Context, u *work.Unit, s Standard) error {
	switch {
	case !slices.Contains(Audiences, s.Audience):
		return work.Refuse("eligibility.refusal.audience").On("audience")
	case s.From.Before(u.Today()) || s.From.After(u.Today().AddMonths(24)):
		return work.Refuse("eligibility.refusal.from", u.Today(), u.Today().AddMonths(24)).On("from_on")
	case s.Amount <= 0 || s.Amount > highestStandard:
		return work.Refuse("eligibility.refusal.standard", highestStandard).On("amount")
	}
	_, err := u.Exec(ctx, `
		-- eligibility.AddStandard
		INSERT INTO eligibility_standard (audience, from_on, amount_fen, source, entered_by, entered_at)
		VALUES (@audience, @from, @amount, @source, @by, @now)`,
		pgx.NamedArgs{"audience": string(s.Audience), "from": s.From, "amount": int64(s.Amount), "source": s.Source, "by": u.By.StaffID, "now": u.Now})
	if work.Violated(err) == "eligibility_standard_pkey" {
		return work.Refuse("eligibility.refusal.standard_twice", s.Audience, s.From).On("from_on")
	}
	if err != nil {
		return fmt.Errorf("adding a standard: %w", err)
	}
	return u.Audit(ctx, work.Entry{Act: "eligibility.add_standard", Kind: "standard", ID: 0, Changes: []work.Change{{Field: "audience", After: s.Audience},
		{Field: "from_on", After: s.From.String()}, {Field: "amount", After: s.Amount.String()}, {Field: "source", After: s.Source}}})
}

// Standards lists all standards by audience, the newest of each first: a row each time that one is decided.
func Standards(ctx context.Context, q work.Querier) ([]Standard, error) {
	rows, err := q.Query(ctx, `
		-- eligibility.Standards
		SELECT audience, from_on, amount_fen, source FROM eligibility_standard ORDER BY audience, from_on DESC`)
	if err != nil {
		return nil, fmt.Errorf("listing standards: %w", err)
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Standard])
}

// StandardsOn picks the standards in force on a day, of each audience at most one.
func StandardsOn(all []Standard, on day.Date) []Standard {
	var held []Standard
	for _, a := range Audiences {
		var newest *Standard
		for i, s := range all {
			if s.Audience == a && !s.From.After(on) && (newest == nil || s.From.After(newest.From)) {
				newest = &all[i]
			}
		}
		if newest != nil {
			held = append(held, *newest)
		}
	}
	return held
}
