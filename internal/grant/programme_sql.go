package grant

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
	"bangfu/internal/work"
)

const termsColumns = `t.id, p.code, p.name_zh, p.name_en, t.from_on, t.formula, t.numbers, t.approval, t.purpose, t.causes,
	t.evidence, t.window_months, t.source`

// scanTerms reads one row of termsColumns and checks its numbers by the kind of formula.
func scanTerms(row pgx.CollectableRow) (Terms, error) {
	var t Terms
	var numbers json.RawMessage
	err := row.Scan(&t.ID, &t.Programme.Code, &t.Programme.NameZh, &t.Programme.NameEn, &t.From, &t.Kind, &numbers, &t.Approval,
		&t.Purpose, &t.Causes, &t.Evidence, &t.Months, &t.Source)
	if err != nil {
		return Terms{}, err
	}
	t.Formula, err = NewFormula(t.Kind, numbers)
	return t, err
}

func listTerms(ctx context.Context, q work.Querier, on day.Date) ([]Terms, error) {
	rows, err := q.Query(ctx, `
		-- grant.listTerms
		SELECT `+termsColumns+` FROM grant_programme p JOIN grant_terms t ON t.programme_id = p.id
		WHERE t.from_on = (SELECT max(l.from_on) FROM grant_terms l WHERE l.programme_id = p.id AND l.from_on <= @on)
		ORDER BY p.position, p.id`,
		pgx.NamedArgs{"on": on})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanTerms)
}

// findTerms gives one version, whatever the day: the one that an application was filed under.
func findTerms(ctx context.Context, q work.Querier, id TermsID) (Terms, error) {
	rows, err := q.Query(ctx, `
		-- grant.findTerms
		SELECT `+termsColumns+` FROM grant_terms t JOIN grant_programme p ON p.id = t.programme_id WHERE t.id = @id`,
		pgx.NamedArgs{"id": id})
	if err != nil {
		return Terms{}, err
	}
	terms, err := pgx.CollectExactlyOneRow(rows, scanTerms)
	if errors.Is(err, pgx.ErrNoRows) {
		return Terms{}, work.ErrNotFound
	}
	return terms, err
}

func listBands(ctx context.Context, q work.Querier, on day.Date) (Bands, error) {
	rows, err := q.Query(ctx, `
		-- grant.listBands
		SELECT lower(amounts), coalesce(upper(amounts) - 1, 0), body, source FROM grant_tier
		WHERE holds @> @on::date ORDER BY lower(amounts)`,
		pgx.NamedArgs{"on": on})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Band])
}
