package grant

import (
	"context"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
	"bangfu/internal/staff"
	"bangfu/internal/work"
)

const itemColumns = `a.id, a.file_id, coalesce(f.number, ''), f.state, f.head_name, o.name, p.code, p.name_zh, p.name_en, a.cause,
	a.amount_fen, a.window_fen, a.tier, a.state, coalesce(a.step, ''), a.round, a.waiting_at, a.entered_at,
	t.approval = 'tiered' AND NOT EXISTS (SELECT FROM grant_tier r WHERE r.holds @> grant_day(a.entered_at)
		AND r.amounts @> a.amount_fen AND r.body = a.tier)`

const fromItem = ` FROM grant_application a JOIN grant_terms t ON t.id = a.terms_id
	JOIN grant_programme p ON p.id = t.programme_id JOIN casefile_file f ON f.id = a.file_id JOIN staff_org o ON o.id = a.org_id `

// scanItem reads one row of itemColumns.
func scanItem(row pgx.CollectableRow) (Item, error) {
	var i Item
	err := row.Scan(&i.ID, &i.File, &i.FileNumber, &i.FileState, &i.HeadName, &i.Office, &i.Programme.Code, &i.Programme.NameZh,
		&i.Programme.NameEn, &i.Cause, &i.Amount, &i.WindowSum, &i.Tier, &i.State, &i.Step, &i.Round, &i.WaitingAt, &i.EnteredAt, &i.Split)
	return i, err
}

// seated tells in SQL whether @me sits in a body on the day @on.
const seated = `m.staff_id = @me AND m.since <= @on AND (m.until IS NULL OR m.until > @on)`

// choose says in SQL which applications belong to a list. Waiting repeats duties for whole lists: what a person may do
// with one case is Case.Acts, and a test compares the two.
var choose = map[List]string{
	Waiting: `a.state IN ('submitted', 'in_approval', 'returned')
		AND NOT EXISTS (SELECT FROM casefile_duty y WHERE y.file_id = a.file_id AND y.staff_id = @me
			AND y.side <> CASE a.state WHEN 'returned' THEN 'gather' ELSE 'decide' END)
		AND (a.step = 'review' AND @reviews
			OR a.step IN ('group', 'committee') AND @votes AND EXISTS (SELECT FROM staff_body_member m
				WHERE m.body_id = CASE a.step WHEN 'group' THEN a.group_id ELSE a.committee_id END AND ` + seated + `
				AND (m.head OR NOT EXISTS (SELECT FROM grant_decision d WHERE d.application_id = a.id AND d.round = a.round
					AND d.step = a.step AND d.staff_id = @me AND d.verdict NOT IN ('close', 'amount'))))
			OR a.step = 'sign' AND @signs AND EXISTS (SELECT FROM staff_body_member m
				WHERE m.body_id = a.group_id AND m.head AND ` + seated + `)
			OR a.state = 'returned' AND @applies AND a.entered_by = @me)`,
	Done: `EXISTS (SELECT FROM grant_decision d WHERE d.application_id = a.id AND d.staff_id = @me)`,
	All:  `true`,
}

// follow says in SQL what comes after the application @after in a list, and order how the list is sorted.
var (
	follow = map[List]string{
		Waiting: `(a.waiting_at, a.id) > (SELECT w.waiting_at, w.id FROM grant_application w WHERE w.id = @after)`,
		Done:    `a.id < @after`,
		All:     `a.id < @after`,
	}
	order = map[List]string{Waiting: `a.waiting_at, a.id`, Done: `a.id DESC`, All: `a.id DESC`}
)

// asked gives the arguments of choose.
func asked(by work.Actor, on day.Date) pgx.NamedArgs {
	return pgx.NamedArgs{
		"scope": by.Scope, "me": by.StaffID, "on": on,
		"reviews": by.Can(staff.CapGrantReview), "votes": by.Can(staff.CapGrantVote),
		"signs": by.Can(staff.CapGrantSign), "applies": by.Can(staff.CapGrantApply),
	}
}

func listInbox(ctx context.Context, q work.Querier, by work.Actor, on day.Date, list List, after ApplicationID, limit int) ([]Item, error) {
	args := asked(by, on)
	args["after"], args["limit"] = int64(after), limit
	rows, err := q.Query(ctx, `
		-- grant.listInbox
		SELECT `+itemColumns+fromItem+`
		WHERE a.org_path LIKE @scope AND (`+choose[list]+`) AND (@after::bigint = 0 OR `+follow[list]+`)
		ORDER BY `+order[list]+` LIMIT @limit`, args)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanItem)
}

func countInbox(ctx context.Context, q work.Querier, by work.Actor, on day.Date, list List) (Total, error) {
	var t Total
	err := q.QueryRow(ctx, `
		-- grant.countInbox
		SELECT count(*), coalesce(sum(a.amount_fen), 0)::bigint FROM grant_application a
		WHERE a.org_path LIKE @scope AND (`+choose[list]+`)`, asked(by, on)).Scan(&t.Count, &t.Sum)
	return t, err
}

func listOfFile(ctx context.Context, q work.Querier, scope work.Scope, file work.FileID) ([]Item, error) {
	rows, err := q.Query(ctx, `
		-- grant.listOfFile
		SELECT `+itemColumns+fromItem+`WHERE a.file_id = @file AND a.org_path LIKE @scope ORDER BY a.id DESC LIMIT 200`,
		pgx.NamedArgs{"file": file, "scope": scope})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanItem)
}

// listAgenda reads what waits for the body's vote, with the votes cast so far in the running round on the amount as it
// stands.
func listAgenda(ctx context.Context, q work.Querier, by work.Actor, body Body) ([]AgendaItem, error) {
	seats := make([]int64, len(body.Seats))
	for i, s := range body.Seats {
		seats[i] = int64(s.Staff)
	}
	rows, err := q.Query(ctx, `
		-- grant.listAgenda
		SELECT `+itemColumns+`, v.favour, v.against, v.abstained, v.closed, v.spoken`+fromItem+`
		JOIN LATERAL (SELECT count(*) FILTER (WHERE d.verdict = 'approve') AS favour,
				count(*) FILTER (WHERE d.verdict = 'against') AS against,
				count(*) FILTER (WHERE d.verdict = 'abstain') AS abstained,
				coalesce(bool_or(d.verdict = 'close'), false) AS closed,
				coalesce(bool_or(d.staff_id = @me AND d.verdict NOT IN ('close', 'amount')), false) AS spoken
			FROM grant_decision d WHERE d.application_id = a.id AND d.round = a.round AND d.step = a.step
				AND d.amount_fen = a.amount_fen AND d.staff_id = ANY (@seats)) v ON true
		WHERE a.org_path LIKE @scope AND a.step = @step AND @body IN (a.group_id, a.committee_id)
		ORDER BY a.waiting_at, a.id LIMIT 500`,
		pgx.NamedArgs{"scope": by.Scope, "me": by.StaffID, "step": body.Step(), "body": int64(body.ID), "seats": seats})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (AgendaItem, error) {
		a := AgendaItem{Tally: Tally{Members: len(seats)}}
		i := &a.Item
		err := row.Scan(&i.ID, &i.File, &i.FileNumber, &i.FileState, &i.HeadName, &i.Office, &i.Programme.Code, &i.Programme.NameZh,
			&i.Programme.NameEn, &i.Cause, &i.Amount, &i.WindowSum, &i.Tier, &i.State, &i.Step, &i.Round, &i.WaitingAt, &i.EnteredAt, &i.Split,
			&a.Tally.Favour, &a.Tally.Against, &a.Tally.Abstained, &a.Tally.Closed, &a.Spoken)
		return a, err
	})
}

func bodiesOf(ctx context.Context, q work.Querier, id work.StaffID, on day.Date) ([]Body, error) {
	rows, err := q.Query(ctx, `
		-- grant.bodiesOf
		SELECT b.id, b.kind, b.name FROM staff_body b JOIN staff_body_member m ON m.body_id = b.id
		WHERE `+seated+` ORDER BY b.kind DESC, b.id`,
		pgx.NamedArgs{"me": id, "on": on})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Body, error) {
		var b Body
		err := row.Scan(&b.ID, &b.Kind, &b.Name)
		return b, err
	})
}
