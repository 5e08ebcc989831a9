package exit

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
	"bangfu/internal/work"
)

// Statement tells how the register of one office moved in a period (003-15): the files on it at the start, those that came,
// those that left by kind, and the files on it at the end. A file counts at the office that keeps it today. Beside it stands
// what became of the registrations handed in within the period, as it was at the end (003-26).
type Statement struct {
	OrgID   work.OrgID // zero: all offices of the scope together
	OrgName string
	Path    string

	Start         int
	Added         int
	OutOfHardship int // 脱困
	Eased         int // 解困
	Cancelled     int // 注销
	Other         int // left without an exit: before exits were kept here
	End           int // counted, not computed

	Applied int
	Met     int // entered on the register
	NotMet  int
}

// Left counts all that left.
func (s Statement) Left() int { return s.OutOfHardship + s.Eased + s.Cancelled + s.Other }

// Pending counts the registrations of the period that were not decided at its end.
func (s Statement) Pending() int { return s.Applied - s.Met - s.NotMet }

// AddsUp tells whether the start, what came and what left give the end. It does whenever the dates of the files are right.
func (s Statement) AddsUp() bool { return s.Start+s.Added-s.Left() == s.End }

// StatementOf counts a period, both days included, in the scope: all together, and one page of its offices in the order of
// the tree, after a path ("" is the top); size zero gives all offices. All figures come from one statement at one moment, so
// they add up, by office and together.
func StatementOf(ctx context.Context, q work.Querier, scope work.Scope, from, until day.Date, after string, size int) (all Statement, offices []Statement, next string, err error) {
	limit := 0
	if size > 0 {
		limit = size + 1
	}
	rows, err := q.Query(ctx, `
		-- exit.StatementOf
		WITH moved AS MATERIALIZED (
			SELECT f.org_id, count(*) FILTER (WHERE f.activated_at < @from AND (f.closed_at IS NULL OR f.closed_at >= @from)) AS at_start,
				count(*) FILTER (WHERE f.activated_at >= @from AND f.activated_at < @end) AS added,
				count(*) FILTER (WHERE f.activated_at < @end AND f.closed_at < @end AND e.reason = 'out_of_hardship') AS out_of_hardship,
				count(*) FILTER (WHERE f.activated_at < @end AND f.closed_at < @end AND e.reason = 'eased') AS eased,
				count(*) FILTER (WHERE f.activated_at < @end AND f.closed_at < @end AND e.reason NOT IN ('out_of_hardship', 'eased')) AS cancelled,
				count(*) FILTER (WHERE f.activated_at < @end AND f.closed_at < @end AND e.reason IS NULL) AS other,
				count(*) FILTER (WHERE f.activated_at < @end AND (f.closed_at IS NULL OR f.closed_at >= @end)) AS at_end,
				count(*) FILTER (WHERE f.submitted_at >= @from AND f.submitted_at < @end) AS applied,
				count(*) FILTER (WHERE f.submitted_at >= @from AND f.submitted_at < @end AND f.activated_at < @end) AS met,
				count(*) FILTER (WHERE f.submitted_at >= @from AND f.submitted_at < @end AND f.closed_at < @end
					AND (f.activated_at IS NULL OR f.activated_at >= @end)) AS not_met
			FROM casefile_file f LEFT JOIN exit_exit e ON e.file_id = f.id AND e.state = 'closed'
			WHERE f.org_path LIKE @scope AND (f.closed_at IS NULL OR f.closed_at >= @from)
				AND (f.activated_at < @end OR f.submitted_at >= @from AND f.submitted_at < @end)
			GROUP BY f.org_id)
		SELECT s.* FROM (
			SELECT 0::bigint AS id, '' AS name, '' AS path, coalesce(sum(m.at_start), 0)::int, coalesce(sum(m.added), 0)::int,
				coalesce(sum(m.out_of_hardship), 0)::int, coalesce(sum(m.eased), 0)::int, coalesce(sum(m.cancelled), 0)::int,
				coalesce(sum(m.other), 0)::int, coalesce(sum(m.at_end), 0)::int, coalesce(sum(m.applied), 0)::int,
				coalesce(sum(m.met), 0)::int, coalesce(sum(m.not_met), 0)::int
			FROM moved m
			UNION ALL
			(SELECT o.id, o.name, o.path, m.at_start::int, m.added::int, m.out_of_hardship::int, m.eased::int, m.cancelled::int, m.other::int,
				m.at_end::int, m.applied::int, m.met::int, m.not_met::int
			FROM moved m JOIN staff_org o ON o.id = m.org_id WHERE o.path > @after ORDER BY o.path LIMIT nullif(@limit::int, 0))) s
		ORDER BY s.id <> 0, s.path`,
		pgx.NamedArgs{"scope": scope, "from": from.Start(), "end": until.Add(1).Start(), "after": after, "limit": limit})
	if err != nil {
		return all, nil, "", fmt.Errorf("counting the register from %v to %v: %w", from, until, err)
	}
	offices, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Statement])
	if err != nil {
		return all, nil, "", fmt.Errorf("counting the register from %v to %v: %w", from, until, err)
	}
	all, offices = offices[0], offices[1:] // the sum is always there
	if size > 0 && len(offices) > size {
		offices = offices[:size]
		next = offices[size-1].Path
	}
	return all, offices, next, nil
}
