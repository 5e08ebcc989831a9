package referral

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
	"bangfu/internal/money"
	"bangfu/internal/work"
)

// Sums counts the referrals of one kind that were sent within a period, by what has become of them.
type Sums struct {
	Kind     Kind
	Sent     int
	Waiting  int
	Returned int
	Granted  int // also those closed since (000-24)
	Refused  int
	Other    int // withdrawn after they were sent
	Monthly  money.Amount
	Once     money.Amount
}

// Summary counts what was sent from one day to another, both included, by kind, for the report to party and government
// (003-37). Kinds of which nothing was sent are left out; the last row is the sum, with no kind.
func Summary(ctx context.Context, q work.Querier, scope work.Scope, from, until day.Date) ([]Sums, error) {
	rows, err := q.Query(ctx, `
		-- referral.Summary
		SELECT coalesce(r.kind, ''), count(*), count(*) FILTER (WHERE r.state IN ('sent', 'received')),
			count(*) FILTER (WHERE r.state = 'returned'), count(*) FILTER (WHERE r.outcome = 'granted'),
			count(*) FILTER (WHERE r.outcome = 'refused'), count(*) FILTER (WHERE r.state = 'withdrawn'),
			coalesce(sum(r.monthly_fen), 0)::bigint, coalesce(sum(r.once_fen), 0)::bigint
		FROM referral_referral r JOIN casefile_file f ON f.id = r.file_id
		WHERE r.sent_on BETWEEN @from AND @until AND f.org_path LIKE @scope
		GROUP BY GROUPING SETS ((r.kind), ())`, pgx.NamedArgs{"scope": scope, "from": from, "until": until})
	if err != nil {
		return nil, fmt.Errorf("summing up referrals: %w", err)
	}
	sums, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Sums])
	if err != nil {
		return nil, fmt.Errorf("summing up referrals: %w", err)
	}
	place := func(s Sums) int {
		i := slices.IndexFunc(kinds, func(t terms) bool { return t.kind == s.Kind })
		if i < 0 {
			return len(kinds) // the sum comes last
		}
		return i
	}
	slices.SortFunc(sums, func(a, b Sums) int { return place(a) - place(b) })
	return sums, nil
}
