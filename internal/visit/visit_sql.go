package visit

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/work"
)

func insert(ctx context.Context, u *work.Unit, f casefile.File, due Due, r Report) (ID, error) {
	items, agrees, notes := make([]string, len(r.Findings)), make([]bool, len(r.Findings)), make([]string, len(r.Findings))
	for i, finding := range r.Findings {
		items[i], agrees[i], notes[i] = string(finding.Item), finding.Agrees, finding.Note
	}
	var id ID
	err := u.QueryRow(ctx, `
		-- visit.insert
		INSERT INTO visit_visit (file_id, round, purpose, objection_id, visited_on, visitor_a, visitor_b, agrees, remark,
			situation, degree, opinions, proposals, chair, chair_unit, visitors_signed, applicant_signed, entered_by, entered_at)
		VALUES (@file, @round, @purpose, nullif(@objection, 0), @on, @a, @b, @agrees, @remark,
			@situation, nullif(@degree, ''), @opinions, @proposals, nullif(@chair, ''), nullif(@unit, ''), @visitors, @applicant, @by, @now)
		RETURNING id`,
		pgx.NamedArgs{
			"file": f.ID, "round": f.Round, "purpose": string(due.Purpose), "objection": due.ObjectionID, "on": r.VisitedOn,
			"a": r.Visitors[0], "b": r.Visitors[1], "agrees": r.Agrees, "remark": r.Remark,
			"situation": r.Situation, "degree": string(r.Degree), "opinions": r.Opinions, "proposals": r.Proposals, "chair": r.Chair.Name, "unit": r.Chair.Unit, "visitors": r.VisitorsSigned,
			"applicant": r.ApplicantSigned, "by": u.By.StaffID, "now": u.Now,
		}).Scan(&id)
	if err != nil {
		return 0, err
	}
	_, err = u.Exec(ctx, `
		-- visit.insertFindings
		INSERT INTO visit_finding (visit_id, item, agrees, note)
		SELECT @id, * FROM unnest(@items::text[], @agrees::boolean[], @notes::text[])`,
		pgx.NamedArgs{"id": id, "items": items, "agrees": agrees, "notes": notes})
	return id, err
}

// cover lists the columns of a Visit, in the order in which scanVisit reads them.
const cover = `v.id, v.file_id, v.round, v.purpose, coalesce(v.objection_id, 0), v.visited_on, a.name, b.name, v.agrees,
	v.remark, v.situation, coalesce(v.degree, ''), v.opinions, v.proposals, coalesce(v.chair, ''), coalesce(v.chair_unit, ''), casefile_related(f.id), e.name, v.entered_at`

const fromVisit = ` FROM visit_visit v
	JOIN casefile_file f ON f.id = v.file_id
	JOIN staff_member a ON a.id = v.visitor_a
	JOIN staff_member b ON b.id = v.visitor_b
	JOIN staff_member e ON e.id = v.entered_by `

func scanVisit(row pgx.CollectableRow) (Visit, error) {
	var v Visit
	err := row.Scan(&v.ID, &v.FileID, &v.Round, &v.Purpose, &v.ObjectionID, &v.VisitedOn, &v.Visitors[0], &v.Visitors[1],
		&v.Agrees, &v.Remark, &v.Situation, &v.Degree, &v.Opinions, &v.Proposals, &v.Chair.Name, &v.Chair.Unit, &v.Related, &v.EnteredBy, &v.EnteredAt)
	return v, err
}

func find(ctx context.Context, q work.Querier, scope work.Scope, id ID) (Visit, error) {
	rows, err := q.Query(ctx, `
		-- visit.find
		SELECT `+cover+fromVisit+`WHERE v.id = @id AND f.org_path LIKE @scope`,
		pgx.NamedArgs{"id": id, "scope": scope})
	if err != nil {
		return Visit{}, err
	}
	v, err := pgx.CollectExactlyOneRow(rows, scanVisit)
	if errors.Is(err, pgx.ErrNoRows) {
		return Visit{}, work.ErrNotFound
	}
	if err != nil {
		return Visit{}, err
	}
	v.Findings, err = findings(ctx, q, id)
	return v, err
}

// findings reads what was found, in the order of Items.
func findings(ctx context.Context, q work.Querier, id ID) ([]Finding, error) {
	order := make([]string, len(Items))
	for i, item := range Items {
		order[i] = string(item)
	}
	rows, err := q.Query(ctx, `
		-- visit.findings
		SELECT g.item, g.agrees, g.note FROM visit_finding g WHERE g.visit_id = @id
		ORDER BY array_position(@order::text[], g.item)`,
		pgx.NamedArgs{"id": id, "order": order})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Finding, error) {
		var f Finding
		err := row.Scan(&f.Item, &f.Agrees, &f.Note)
		return f, err
	})
}

func ofFile(ctx context.Context, q work.Querier, scope work.Scope, file work.FileID) ([]Visit, error) {
	rows, err := q.Query(ctx, `
		-- visit.ofFile
		SELECT `+cover+fromVisit+`WHERE v.file_id = @file AND f.org_path LIKE @scope ORDER BY v.id DESC`,
		pgx.NamedArgs{"file": file, "scope": scope})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanVisit)
}

// unanswered selects the open objections to a file for which nobody has gone again since they came in.
const unanswered = ` FROM notice_objection o JOIN notice_notice n ON n.id = o.notice_id
	WHERE n.file_id = f.id AND o.state = 'open' AND NOT EXISTS (
		SELECT FROM visit_visit v JOIN notice_objection x ON x.id = v.objection_id
		WHERE x.notice_id = n.id AND v.entered_at >= o.received_at) `

// openObjection gives the oldest objection that waits for a recheck, or zero.
func openObjection(ctx context.Context, q work.Querier, file work.FileID) (int64, time.Time, error) {
	var id int64
	var received pgtype.Timestamptz
	err := q.QueryRow(ctx, `
		-- visit.openObjection
		SELECT w.id, w.received_at FROM casefile_file f
		CROSS JOIN LATERAL (SELECT o.id, o.received_at`+unanswered+`ORDER BY o.id LIMIT 1) w
		WHERE f.id = @file`,
		pgx.NamedArgs{"file": file}).Scan(&id, &received)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, time.Time{}, nil
	}
	return id, received.Time, err
}

// fromDue selects the files that wait for a visit; "since" is when the wait began.
const fromDue = ` FROM casefile_file f
	JOIN staff_org g ON g.id = f.org_id
	JOIN staff_member s ON s.id = f.registered_by
	CROSS JOIN LATERAL (SELECT CASE WHEN f.state = 'submitted' OR f.state = 'visited' AND ` + alone + ` THEN f.submitted_at
		WHEN f.state = 'contested' THEN (SELECT min(o.received_at)` + unanswered + `) END AS since) w
	WHERE f.state IN ('submitted', 'visited', 'contested') AND f.org_path LIKE @scope AND w.since IS NOT NULL `

// alone tells that a visited household with a relative of staff was seen by no two others in this round.
const alone = `casefile_related(f.id) AND NOT EXISTS (SELECT FROM visit_visit v WHERE v.file_id = f.id AND v.round = f.round
	AND NOT casefile_relative(v.file_id, v.visitor_a) AND NOT casefile_relative(v.file_id, v.visitor_b))`

// unseen asks of one file whether it waits for others than relatives.
func unseen(ctx context.Context, q work.Querier, file work.FileID) (bool, error) {
	var waits bool
	err := q.QueryRow(ctx, `
		-- visit.unseen
		SELECT `+alone+` FROM casefile_file f WHERE f.id = @file`, pgx.NamedArgs{"file": file}).Scan(&waits)
	return waits, err
}

func waiting(ctx context.Context, q work.Querier, scope work.Scope, after work.FileID, limit int) ([]Errand, error) {
	rows, err := q.Query(ctx, `
		-- visit.waiting
		SELECT f.id, f.head_name, f.address, f.employer, g.name, s.name, CASE f.state WHEN 'submitted' THEN 'first' WHEN 'visited' THEN 'sample' ELSE 'recheck' END,
			w.since, f.round`+fromDue+`AND f.id > @after ORDER BY f.id LIMIT @limit`,
		pgx.NamedArgs{"scope": scope, "after": after, "limit": limit})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Errand, error) {
		var e Errand
		err := row.Scan(&e.FileID, &e.HeadName, &e.Address, &e.Employer, &e.OrgName, &e.Registrar, &e.Purpose, &e.Since, &e.Round)
		return e, err
	})
}

func count(ctx context.Context, q work.Querier, scope work.Scope) (int, error) {
	var n int
	err := q.QueryRow(ctx, `
		-- visit.count
		SELECT count(*)`+fromDue, pgx.NamedArgs{"scope": scope}).Scan(&n)
	return n, err
}

func candidates(ctx context.Context, q work.Querier, f casefile.File, purpose Purpose) ([]Person, error) {
	rows, err := q.Query(ctx, `
		-- visit.candidates
		SELECT s.id, s.name, o.name, s.id = @registrar
		FROM staff_member s JOIN staff_org o ON o.id = s.org_id
		WHERE s.active AND (@path LIKE o.path || '%' OR o.path LIKE @path || '%')
			AND EXISTS (SELECT FROM staff_role r WHERE r.staff_id = s.id AND r.role = ANY(@roles))
			AND NOT EXISTS (SELECT FROM casefile_duty d WHERE d.file_id = @file AND d.staff_id = s.id AND d.side <> 'gather')
			AND NOT casefile_relative(@file, s.id)
			AND NOT (@key AND s.id IN (SELECT unnest(ARRAY[l.visitor_a, l.visitor_b]) FROM (
				SELECT v.visitor_a, v.visitor_b FROM visit_visit v WHERE v.file_id = @file ORDER BY v.id DESC LIMIT 1) l))
			AND NOT (@again AND EXISTS (SELECT FROM visit_visit v WHERE v.file_id = @file AND s.id IN (v.visitor_a, v.visitor_b)))
		ORDER BY o.path = @path DESC, @path LIKE o.path || '%' DESC, o.path DESC, s.name, s.id`,
		pgx.NamedArgs{"registrar": f.RegisteredBy, "path": f.OrgPath, "roles": visiting(), "file": f.ID, "again": purpose == Again, "key": purpose == Key})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Person, error) {
		var p Person
		err := row.Scan(&p.ID, &p.Name, &p.Office, &p.Registrar)
		return p, err
	})
}

func registrarMay(ctx context.Context, q work.Querier, on day.Date) (bool, error) {
	var may bool
	err := q.QueryRow(ctx, `
		-- visit.registrarMay
		SELECT coalesce((SELECT r.registrar_may FROM visit_rule r WHERE r.from_on <= @on ORDER BY r.from_on DESC LIMIT 1), false)`,
		pgx.NamedArgs{"on": on}).Scan(&may)
	return may, err
}

func before(ctx context.Context, q work.Querier, scope work.Scope, v Visit) (*Visit, error) {
	rows, err := q.Query(ctx, `
		-- visit.before
		SELECT `+cover+fromVisit+`WHERE v.file_id = @file AND v.id < @id AND f.org_path LIKE @scope ORDER BY v.id DESC LIMIT 1`,
		pgx.NamedArgs{"file": v.FileID, "id": v.ID, "scope": scope})
	if err != nil {
		return nil, err
	}
	earlier, err := pgx.CollectExactlyOneRow(rows, scanVisit)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	earlier.Findings, err = findings(ctx, q, earlier.ID)
	return &earlier, err
}
