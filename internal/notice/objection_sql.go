package notice

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"bangfu/internal/work"
)

// objectionCover lists the columns of an Objection without what was said.
const objectionCover = `o.id, o.notice_id, o.receipt, o.channel, o.received_at, coalesce(e.name, ''), o.state,
	coalesce(o.reason, ''), coalesce(c.name, ''), o.closed_at, coalesce(o.visit_id, 0)`

const fromObjection = ` FROM notice_objection o
	JOIN notice_notice n ON n.id = o.notice_id
	LEFT JOIN staff_member e ON e.id = o.entered_by
	LEFT JOIN staff_member c ON c.id = o.closed_by `

// scanObjection reads objectionCover, and after it whatever more is given.
func scanObjection(row pgx.CollectableRow, more ...any) (Objection, error) {
	var o Objection
	var closed pgtype.Timestamptz
	err := row.Scan(append([]any{&o.ID, &o.NoticeID, &o.Receipt, &o.Channel, &o.ReceivedAt, &o.EnteredBy, &o.State,
		&o.Reason, &o.ClosedBy, &closed, &o.VisitID}, more...)...)
	o.ClosedAt = closed.Time
	return o, err
}

func insertObjection(ctx context.Context, u *work.Unit, o Objection, content, contact []byte) (ObjectionID, error) {
	var id ObjectionID
	err := u.QueryRow(ctx, `
		-- notice.insertObjection
		INSERT INTO notice_objection (notice_id, receipt, channel, said, contact, received_at, entered_by, state)
		VALUES (@notice, @receipt, @channel, @said, @contact, @now, nullif(@by, 0), 'open') RETURNING id`,
		pgx.NamedArgs{"notice": o.NoticeID, "receipt": o.Receipt, "channel": string(o.Channel), "said": content,
			"contact": contact, "now": u.Now, "by": int64(u.By.StaffID)}).Scan(&id)
	return id, err
}

func findObjection(ctx context.Context, q work.Querier, scope work.Scope, id ObjectionID) (o Objection, content, contact []byte, err error) {
	rows, err := q.Query(ctx, `
		-- notice.findObjection
		SELECT `+objectionCover+`, o.said, o.contact`+fromObjection+`WHERE o.id = @id AND n.org_path LIKE @scope`,
		pgx.NamedArgs{"id": id, "scope": scope})
	if err != nil {
		return Objection{}, nil, nil, err
	}
	o, err = pgx.CollectExactlyOneRow(rows, func(row pgx.CollectableRow) (Objection, error) {
		return scanObjection(row, &content, &contact)
	})
	if errors.Is(err, pgx.ErrNoRows) {
		return Objection{}, nil, nil, work.ErrNotFound
	}
	return o, content, contact, err
}

func objectionsTo(ctx context.Context, q work.Querier, scope work.Scope, id ID) ([]Objection, error) {
	rows, err := q.Query(ctx, `
		-- notice.objectionsTo
		SELECT `+objectionCover+fromObjection+`WHERE o.notice_id = @id AND n.org_path LIKE @scope ORDER BY o.id`,
		pgx.NamedArgs{"id": id, "scope": scope})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Objection, error) { return scanObjection(row) })
}

// answer reads what a holder of the receipt number may know.
func answer(ctx context.Context, q work.Querier, receipt string) (Answer, error) {
	a := Answer{Receipt: receipt}
	var closed pgtype.Timestamptz
	err := q.QueryRow(ctx, `
		-- notice.answer
		SELECT o.state, o.received_at, o.closed_at FROM notice_objection o WHERE o.receipt = @receipt`,
		pgx.NamedArgs{"receipt": receipt}).Scan(&a.State, &a.ReceivedAt, &closed)
	if errors.Is(err, pgx.ErrNoRows) {
		return Answer{}, work.ErrNotFound
	}
	a.ClosedAt = closed.Time
	return a, err
}

// settle closes one open objection.
func settle(ctx context.Context, u *work.Unit, o Objection, to ObjectionState, ruling Ruling) error {
	return u.ChangeOne(ctx, `
		-- notice.settle
		UPDATE notice_objection SET state = @to, reason = @reason, closed_by = @by, closed_at = @now, visit_id = @visit
		WHERE id = @id AND state = 'open'`,
		pgx.NamedArgs{"id": o.ID, "to": string(to), "reason": ruling.Reason, "by": u.By.StaffID, "now": u.Now, "visit": ruling.VisitID})
}

// rechecks reads the rechecks made because of objections to the notice, the newest first.
func rechecks(ctx context.Context, q work.Querier, id ID) ([]Recheck, error) {
	rows, err := q.Query(ctx, `
		-- notice.rechecks
		SELECT v.id, v.visited_on, a.name, b.name, v.agrees, v.remark, v.entered_at
		FROM visit_visit v
		JOIN notice_objection o ON o.id = v.objection_id
		JOIN staff_member a ON a.id = v.visitor_a
		JOIN staff_member b ON b.id = v.visitor_b
		WHERE o.notice_id = @id AND v.purpose = 'recheck' ORDER BY v.id DESC`,
		pgx.NamedArgs{"id": id})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Recheck, error) {
		var r Recheck
		err := row.Scan(&r.VisitID, &r.On, &r.Visitors[0], &r.Visitors[1], &r.Agrees, &r.Remark, &r.EnteredAt)
		return r, err
	})
}
