package visit

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"bangfu/internal/day"
	"bangfu/internal/work"
)

// chosen selects the files of a target; every part that is empty chooses all.
const chosen = ` FROM casefile_file f
	WHERE f.state = @state AND f.org_path LIKE @scope
		AND (cardinality(@orgs::bigint[]) = 0 OR EXISTS (SELECT FROM staff_org o WHERE o.id = ANY(@orgs) AND f.org_path LIKE o.path || '%'))
		AND (cardinality(@categories::text[]) = 0 OR f.category = ANY(@categories))
		AND (@street = '' OR f.address LIKE '%' || @street || '%')
		AND (cardinality(@numbers::text[]) = 0 OR f.number = ANY(@numbers))
		AND (@unseen::date IS NULL OR NOT EXISTS (SELECT FROM visit_visit v WHERE v.file_id = f.id AND v.visited_on >= @unseen))
		AND (@after = 0 OR EXISTS (SELECT FROM visit_stop s JOIN visit_visit v ON v.id = s.visit_id
			WHERE s.plan_id = @after AND s.file_id = f.id AND (cardinality(@degrees::text[]) = 0 OR v.degree = ANY(@degrees))))
		AND (@sample = 0 OR EXISTS (SELECT FROM visit_pick k WHERE k.sample_id = @sample AND k.file_id = f.id)) `

// args are the arguments of chosen.
func (t Target) args(scope work.Scope, kind PlanKind) pgx.NamedArgs {
	state := "active"
	if kind == FirstChecks {
		state = "submitted"
	}
	var unseen any
	if t.Unseen != (day.Date{}) {
		unseen = t.Unseen
	}
	street := strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(t.Street)
	return pgx.NamedArgs{"scope": scope, "state": state, "orgs": list(t.Orgs), "categories": list(t.Categories), "street": street,
		"numbers": list(t.Numbers), "unseen": unseen, "after": t.After, "degrees": list(t.Degrees), "sample": t.Sample}
}

// list is never nil, so that its length in SQL is 0 and not unknown.
func list[T any](all []T) []T {
	if all == nil {
		return []T{}
	}
	return all
}

func matching(ctx context.Context, q work.Querier, scope work.Scope, kind PlanKind, t Target) (int, error) {
	args := t.args(scope, kind)
	args["limit"] = MostStops + 1
	var n int
	err := q.QueryRow(ctx, `
		-- visit.matching
		SELECT count(*) FROM (SELECT 1`+chosen+`LIMIT @limit) x`, args).Scan(&n)
	return n, err
}

// unknownNumbers gives the file numbers that name no file within the scope.
func unknownNumbers(ctx context.Context, q work.Querier, scope work.Scope, numbers []string) ([]string, error) {
	if len(numbers) == 0 {
		return nil, nil
	}
	rows, err := q.Query(ctx, `
		-- visit.unknownNumbers
		SELECT n FROM unnest(@numbers::text[]) n
		WHERE NOT EXISTS (SELECT FROM casefile_file f WHERE f.number = n AND f.org_path LIKE @scope) LIMIT 10`,
		pgx.NamedArgs{"numbers": numbers, "scope": scope})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}

func visitors(ctx context.Context, q work.Querier, org work.OrgID) ([]Person, error) {
	rows, err := q.Query(ctx, `
		-- visit.visitors
		SELECT s.id, s.name, o.name, `+trainedLast+`
		FROM staff_org c JOIN staff_org o ON o.path LIKE c.path || '%' OR c.path LIKE o.path || '%' JOIN staff_member s ON s.org_id = o.id
		WHERE c.id = @org AND s.active AND EXISTS (SELECT FROM staff_role r WHERE r.staff_id = s.id AND r.role = ANY(@roles))
		ORDER BY o.id = c.id DESC, o.path, s.name, s.id`,
		pgx.NamedArgs{"org": org, "roles": visiting()})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanTrainee)
}

func insertPlan(ctx context.Context, u *work.Unit, p Plan, target []byte, teams []Team) (PlanID, error) {
	var id PlanID
	err := u.QueryRow(ctx, `
		-- visit.insertPlan
		INSERT INTO visit_plan (org_id, org_path, name, kind, purpose, aim, from_on, until_on, led_by, trained, target, state, made_by, made_at)
		VALUES (@org, '', @name, @kind, @purpose, @aim, @from, @until, @led, @trained, @target, 'running', @by, @now) RETURNING id`,
		pgx.NamedArgs{"org": u.By.OrgID, "name": p.Name, "kind": p.Kind, "purpose": p.Kind.Purpose(), "aim": p.Aim, "from": p.From,
			"until": p.Until, "led": p.LedBy, "trained": p.Trained, "target": target, "by": u.By.StaffID, "now": u.Now}).Scan(&id)
	if err != nil {
		return 0, err
	}
	leaders, a, b := make([]string, len(teams)), make([]work.StaffID, len(teams)), make([]work.StaffID, len(teams))
	for i, t := range teams {
		leaders[i], a[i], b[i] = t.Leader, t.Visitors[0], t.Visitors[1]
	}
	_, err = u.Exec(ctx, `
		-- visit.insertTeams
		INSERT INTO visit_team (plan_id, number, leader, visitor_a, visitor_b)
		SELECT @plan, t.n, t.leader, t.a, t.b
		FROM unnest(@leaders::text[], @a::bigint[], @b::bigint[]) WITH ORDINALITY AS t (leader, a, b, n)`,
		pgx.NamedArgs{"plan": id, "leaders": leaders, "a": a, "b": b})
	return id, err
}

// doors reads where the households of a target live, in no order.
func doors(ctx context.Context, q work.Querier, scope work.Scope, kind PlanKind, t Target) ([]door, error) {
	rows, err := q.Query(ctx, `
		-- visit.doors
		SELECT f.id, f.org_path, f.address`+chosen, t.args(scope, kind))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (door, error) {
		var d door
		err := row.Scan(&d.file, &d.unit, &d.address)
		return d, err
	})
}

// freeze writes the stops of a plan in the order of unit and address, and gives those in which a visitor may not act to the
// first team that may.
func freeze(ctx context.Context, u *work.Unit, id PlanID, p Plan, teams int) error {
	all, err := doors(ctx, u, u.By.Scope, p.Kind, p.Target)
	if err != nil {
		return err
	}
	args := pgx.NamedArgs{"plan": id, "teams": teams, "from": p.From, "days": p.Until.Sub(p.From) + 1, "files": walked(all)}
	_, err = u.Exec(ctx, `
		-- visit.freeze
		WITH route AS (
			SELECT d.id, 1 + (d.n - 1) * @teams / count(*) OVER () AS team, d.n FROM unnest(@files::bigint[]) WITH ORDINALITY AS d (id, n)
		), stretch AS (
			SELECT r.id, r.team, row_number() OVER (PARTITION BY r.team ORDER BY r.n) AS n, count(*) OVER (PARTITION BY r.team) AS c FROM route r
		)
		INSERT INTO visit_stop (plan_id, team_id, file_id, position, due_on)
		SELECT @plan, t.id, s.id, s.n, @from::date + ((s.n - 1) * @days / s.c)::integer
		FROM stretch s JOIN visit_team t ON t.plan_id = @plan AND t.number = s.team`, args)
	if err != nil {
		return err
	}
	_, err = u.Exec(ctx, `
		-- visit.reassign
		WITH moved AS (
			SELECT s.id, (SELECT t.id FROM visit_team t WHERE t.plan_id = s.plan_id AND NOT (`+barred("t")+`) ORDER BY t.number LIMIT 1) AS other
			FROM visit_stop s JOIN visit_team mine ON mine.id = s.team_id WHERE s.plan_id = @plan AND (`+barred("mine")+`)
		)
		UPDATE visit_stop x SET team_id = m.other FROM moved m WHERE x.id = m.id AND m.other IS NOT NULL`, pgx.NamedArgs{"plan": id})
	return err
}

// barred tells that one of a team's visitors decides, pays or is a relative in the case of stop s.
func barred(team string) string {
	return strings.ReplaceAll(`EXISTS (SELECT FROM casefile_duty d WHERE d.file_id = s.file_id AND d.staff_id IN (T.visitor_a, T.visitor_b) AND d.side <> 'gather')
		OR casefile_relative(s.file_id, T.visitor_a) OR casefile_relative(s.file_id, T.visitor_b)`, "T.", team+".")
}

func closePlan(ctx context.Context, u *work.Unit, id PlanID) error {
	return u.ChangeOne(ctx, `
		-- visit.closePlan
		UPDATE visit_plan SET state = 'closed', closed_at = @now WHERE id = @id AND state = 'running'`,
		pgx.NamedArgs{"id": id, "now": u.Now})
}

const planCover = `p.id, p.org_id, o.name, p.name, p.kind, p.aim, p.from_on, p.until_on, p.led_by, p.trained, p.target, p.state = 'closed', m.name, p.made_at, p.closed_at`

// fromPlan selects the plans that a reader may see.
const fromPlan = ` FROM visit_plan p JOIN staff_org o ON o.id = p.org_id JOIN staff_member m ON m.id = p.made_by
	WHERE (p.org_path LIKE @scope OR EXISTS (SELECT FROM visit_team t WHERE t.plan_id = p.id AND @who IN (t.visitor_a, t.visitor_b))) `

func scanPlan(row pgx.CollectableRow, more ...any) (Plan, error) {
	var p Plan
	var target []byte
	var closed pgtype.Timestamptz
	err := row.Scan(append([]any{&p.ID, &p.OrgID, &p.OrgName, &p.Name, &p.Kind, &p.Aim, &p.From, &p.Until, &p.LedBy, &p.Trained, &target, &p.Closed,
		&p.MadeBy, &p.MadeAt, &closed}, more...)...)
	if err != nil {
		return p, err
	}
	p.ClosedAt = closed.Time
	return p, json.Unmarshal(target, &p.Target)
}

func findPlan(ctx context.Context, q work.Querier, by work.Actor, id PlanID) (Plan, error) {
	rows, err := q.Query(ctx, `
		-- visit.findPlan
		SELECT `+planCover+fromPlan+`AND p.id = @id`, pgx.NamedArgs{"id": id, "scope": by.Scope, "who": by.StaffID})
	if err != nil {
		return Plan{}, err
	}
	p, err := pgx.CollectExactlyOneRow(rows, func(row pgx.CollectableRow) (Plan, error) { return scanPlan(row) })
	if errors.Is(err, pgx.ErrNoRows) {
		err = work.ErrNotFound
	}
	return p, err
}

func listPlans(ctx context.Context, q work.Querier, by work.Actor, below PlanID, limit int) ([]Plan, error) {
	rows, err := q.Query(ctx, `
		-- visit.listPlans
		SELECT `+planCover+`, c.stops, c.done FROM (SELECT p.id AS picked`+fromPlan+`AND (@below = 0 OR p.id < @below) ORDER BY p.id DESC LIMIT @limit) x
			JOIN visit_plan p ON p.id = x.picked JOIN staff_org o ON o.id = p.org_id JOIN staff_member m ON m.id = p.made_by
			CROSS JOIN LATERAL (SELECT count(*) AS stops, count(*) FILTER (WHERE s.state = 'visited') AS done FROM visit_stop s WHERE s.plan_id = p.id) c
		ORDER BY p.id DESC`,
		pgx.NamedArgs{"scope": by.Scope, "who": by.StaffID, "below": below, "limit": limit})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Plan, error) {
		var stops, done int
		p, err := scanPlan(row, &stops, &done)
		p.Stops, p.Done = stops, done
		return p, err
	})
}

func teamsOf(ctx context.Context, q work.Querier, id PlanID) ([]Team, error) {
	rows, err := q.Query(ctx, `
		-- visit.teamsOf
		SELECT t.id, t.number, t.leader, t.visitor_a, t.visitor_b, a.name, b.name, `+trainedInPlan("a")+`, `+trainedInPlan("b")+`
		FROM visit_team t JOIN visit_plan p ON p.id = t.plan_id JOIN staff_member a ON a.id = t.visitor_a JOIN staff_member b ON b.id = t.visitor_b
		WHERE t.plan_id = @plan ORDER BY t.number`, pgx.NamedArgs{"plan": id})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Team, error) {
		var t Team
		err := row.Scan(&t.ID, &t.Number, &t.Leader, &t.Visitors[0], &t.Visitors[1], &t.Names[0], &t.Names[1], &t.Trained[0], &t.Trained[1])
		return t, err
	})
}
