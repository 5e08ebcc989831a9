package visit

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
	"bangfu/internal/work"
)

const stopCover = `s.id, s.plan_id, p.name, p.purpose, t.number, s.team_id, s.file_id, coalesce(f.number, ''), f.head_name, f.address, o.name,
	s.position, s.due_on, s.state, coalesce(s.visit_id, 0), s.tries, coalesce(s.why, ''), s.note, t.visitor_a, t.visitor_b, l.items`

// fromStop joins a stop with its file, and with the items that differed in the file's newest visit but that of the stop.
const fromStop = ` FROM visit_stop s JOIN visit_plan p ON p.id = s.plan_id JOIN visit_team t ON t.id = s.team_id
	JOIN casefile_file f ON f.id = s.file_id JOIN staff_org o ON o.id = f.org_id
	CROSS JOIN LATERAL (SELECT coalesce(array_agg(g.item ORDER BY g.item), '{}') AS items FROM visit_finding g WHERE NOT g.agrees AND g.visit_id = (
		SELECT v.id FROM visit_visit v WHERE v.file_id = s.file_id AND v.id IS DISTINCT FROM s.visit_id ORDER BY v.id DESC LIMIT 1)) l `

func scanStop(row pgx.CollectableRow) (Stop, error) {
	var s Stop
	err := row.Scan(&s.ID, &s.PlanID, &s.Plan, &s.Purpose, &s.Team, &s.TeamID, &s.FileID, &s.Number, &s.HeadName, &s.Address, &s.OrgName,
		&s.Position, &s.DueOn, &s.State, &s.VisitID, &s.Tries, &s.Why, &s.Note, &s.Visitors[0], &s.Visitors[1], &s.Differed)
	return s, err
}

func route(ctx context.Context, q work.Querier, scope work.Scope, plan PlanID, team int, openOnly bool, after StopCursor, limit int) ([]Stop, error) {
	rows, err := q.Query(ctx, `
		-- visit.route
		SELECT `+stopCover+fromStop+`
		WHERE s.plan_id = @plan AND f.org_path LIKE @scope AND (@team = 0 OR t.number = @team) AND (NOT @open OR s.state = 'open')
			AND (t.number, s.position, s.id) > (@number, @position, @id)
		ORDER BY t.number, s.position, s.id LIMIT @limit`,
		pgx.NamedArgs{"plan": plan, "scope": scope, "team": team, "open": openOnly, "number": after.Team, "position": after.Position,
			"id": after.ID, "limit": limit})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanStop)
}

func findStop(ctx context.Context, q work.Querier, scope work.Scope, id StopID) (Stop, error) {
	rows, err := q.Query(ctx, `
		-- visit.findStop
		SELECT `+stopCover+fromStop+`WHERE s.id = @id AND f.org_path LIKE @scope`, pgx.NamedArgs{"id": id, "scope": scope})
	if err != nil {
		return Stop{}, err
	}
	s, err := pgx.CollectExactlyOneRow(rows, scanStop)
	if errors.Is(err, pgx.ErrNoRows) {
		err = work.ErrNotFound
	}
	return s, err
}

func nextStop(ctx context.Context, q work.Querier, scope work.Scope, id ID) (StopID, error) {
	var next StopID
	err := q.QueryRow(ctx, `
		-- visit.nextStop
		SELECT n.id FROM visit_stop s JOIN visit_plan p ON p.id = s.plan_id AND p.state = 'running'
			JOIN visit_stop n ON n.plan_id = s.plan_id AND n.team_id = s.team_id AND n.state = 'open' JOIN casefile_file f ON f.id = n.file_id
		WHERE s.visit_id = @id AND f.org_path LIKE @scope ORDER BY p.id DESC, n.position > s.position DESC, n.position, n.id LIMIT 1`,
		pgx.NamedArgs{"id": id, "scope": scope}).Scan(&next)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, nil
	}
	return next, err
}

// miss is the only statement that ends a stop without a visit.
func miss(ctx context.Context, u *work.Unit, id StopID, to StopState, why Why, note string) error {
	return u.ChangeOne(ctx, `
		-- visit.miss
		UPDATE visit_stop SET state = @to, why = @why, note = @note, tries = tries + 1 WHERE id = @id AND state = 'open'`,
		pgx.NamedArgs{"id": id, "to": to, "why": why, "note": note})
}

// tick ticks off the open stops of running plans that a visit was made for.
func tick(ctx context.Context, u *work.Unit, file work.FileID, id ID) error {
	_, err := u.Exec(ctx, `
		-- visit.tick
		UPDATE visit_stop s SET state = 'visited', visit_id = v.id FROM visit_visit v, visit_plan p
		WHERE v.id = @visit AND s.file_id = @file AND s.state = 'open' AND p.id = s.plan_id AND p.state = 'running'
			AND p.purpose = v.purpose AND v.visited_on >= p.from_on`,
		pgx.NamedArgs{"visit": id, "file": file})
	return err
}

func progress(ctx context.Context, q work.Querier, scope work.Scope, plan PlanID, today day.Date) ([]Progress, error) {
	rows, err := q.Query(ctx, `
		-- visit.progress
		SELECT coalesce(t.number, 0), CASE WHEN grouping(f.org_id) = 0 THEN max(o.name) ELSE '' END, count(*),
			count(*) FILTER (WHERE s.state = 'visited'), count(*) FILTER (WHERE s.state = 'skipped'),
			count(*) FILTER (WHERE v.id IS NOT NULL AND (NOT v.agrees OR EXISTS (SELECT FROM visit_finding g WHERE g.visit_id = v.id AND NOT g.agrees))),
			count(*) FILTER (WHERE s.state = 'open' AND s.due_on < @today)
		FROM visit_stop s JOIN visit_team t ON t.id = s.team_id JOIN casefile_file f ON f.id = s.file_id JOIN staff_org o ON o.id = f.org_id
			LEFT JOIN visit_visit v ON v.id = s.visit_id
		WHERE s.plan_id = @plan AND f.org_path LIKE @scope
		GROUP BY GROUPING SETS ((t.number), (f.org_id), ())
		ORDER BY t.number NULLS LAST, count(*) FILTER (WHERE s.state = 'open') DESC, 2 LIMIT @limit`,
		pgx.NamedArgs{"plan": plan, "scope": scope, "today": today, "limit": MostTeams + UnitsShown + 2})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Progress, error) {
		var p Progress
		err := row.Scan(&p.Team, &p.Unit, &p.Stops, &p.Visited, &p.Skipped, &p.Differs, &p.Late)
		return p, err
	})
}
