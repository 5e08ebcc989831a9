package staff

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
	"bangfu/internal/work"
)

const bodyColumns = `b.id, b.org_id, o.name, b.kind, b.name`

func oneBody(row pgx.Row) (Body, error) {
	var b Body
	err := row.Scan(&b.ID, &b.OrgID, &b.OrgName, &b.Kind, &b.Name)
	if errors.Is(err, pgx.ErrNoRows) {
		return Body{}, work.ErrNotFound
	}
	return b, err
}

func findBody(ctx context.Context, q work.Querier, scope work.Scope, id BodyID) (Body, error) {
	return oneBody(q.QueryRow(ctx, `
		-- staff.findBody
		SELECT `+bodyColumns+` FROM staff_body b JOIN staff_org o ON o.id = b.org_id
		WHERE b.id = @id AND o.path LIKE @scope`, pgx.NamedArgs{"id": id, "scope": scope}))
}

func listSeats(ctx context.Context, q work.Querier, id BodyID) ([]Seat, error) {
	rows, err := q.Query(ctx, `
		-- staff.listSeats
		SELECT s.staff_id, m.name, m.username, o.name, s.head, s.since, s.until
		FROM staff_body_member s JOIN staff_member m ON m.id = s.staff_id JOIN staff_org o ON o.id = m.org_id
		WHERE s.body_id = @id ORDER BY s.until IS NOT NULL, s.head DESC, s.since, m.username`, pgx.NamedArgs{"id": id})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Seat, error) {
		var s Seat
		err := row.Scan(&s.Member, &s.Name, &s.Username, &s.OrgName, &s.Head, &s.Since, &s.Until)
		return s, err
	})
}

func listBodies(ctx context.Context, q work.Querier, scope work.Scope, on day.Date) ([]Body, error) {
	rows, err := q.Query(ctx, `
		-- staff.listBodies
		SELECT `+bodyColumns+`, count(s.staff_id), coalesce(max(m.name) FILTER (WHERE s.head), '')
		FROM staff_body b JOIN staff_org o ON o.id = b.org_id
		LEFT JOIN staff_body_member s ON s.body_id = b.id AND s.since <= @on AND (s.until IS NULL OR s.until > @on)
		LEFT JOIN staff_member m ON m.id = s.staff_id
		WHERE o.path LIKE @scope GROUP BY b.id, o.id ORDER BY o.path, b.kind DESC`,
		pgx.NamedArgs{"scope": scope, "on": on})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Body, error) {
		var b Body
		err := row.Scan(&b.ID, &b.OrgID, &b.OrgName, &b.Kind, &b.Name, &b.Seated, &b.Head)
		return b, err
	})
}

func insertBody(ctx context.Context, u *work.Unit, b Body) (BodyID, error) {
	var id BodyID
	err := u.QueryRow(ctx, `
		-- staff.insertBody
		INSERT INTO staff_body (org_id, kind, name) VALUES (@org, @kind, @name) RETURNING id`,
		pgx.NamedArgs{"org": b.OrgID, "kind": b.Kind, "name": b.Name}).Scan(&id)
	return id, err
}

func insertSeat(ctx context.Context, u *work.Unit, id BodyID, s Seat) error {
	_, err := u.Exec(ctx, `
		-- staff.insertSeat
		INSERT INTO staff_body_member (body_id, staff_id, head, since) VALUES (@body, @member, @head, @since)`,
		pgx.NamedArgs{"body": id, "member": s.Member, "head": s.Head, "since": s.Since})
	return err
}

func endSeat(ctx context.Context, u *work.Unit, id BodyID, member work.StaffID, until day.Date) error {
	return u.ChangeOne(ctx, `
		-- staff.endSeat
		UPDATE staff_body_member SET until = @until WHERE body_id = @body AND staff_id = @member AND until IS NULL`,
		pgx.NamedArgs{"body": id, "member": member, "until": until})
}
