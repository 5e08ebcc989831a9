package grant

import (
	"context"
	"errors"
	"slices"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
	"bangfu/internal/work"
)

// BodyID names a row of staff_body.
type BodyID int64

// Body is the leading group or the committee, with who sits in it on one day.
type Body struct {
	ID    BodyID
	Kind  string // "group" or "committee": also the step at which it votes
	Name  string
	Seats []Seat
}

// Seat is one member of a body.
type Seat struct {
	Staff work.StaffID
	Name  string
	Head  bool
}

// Step is where the body votes.
func (b Body) Step() Step { return Step(b.Kind) }

// Has tells whether the person sits in the body.
func (b Body) Has(id work.StaffID) bool {
	return slices.ContainsFunc(b.Seats, func(s Seat) bool { return s.Staff == id })
}

// HeadedBy tells whether the person is the body's head.
func (b Body) HeadedBy(id work.StaffID) bool {
	return slices.ContainsFunc(b.Seats, func(s Seat) bool { return s.Staff == id && s.Head })
}

// findBody reads one body as it sits on the day, its head first; work.ErrNotFound when there is none.
func findBody(ctx context.Context, q work.Querier, id BodyID, on day.Date) (Body, error) {
	b := Body{ID: id}
	err := q.QueryRow(ctx, `
		-- grant.findBody
		SELECT kind, name FROM staff_body WHERE id = @id`, pgx.NamedArgs{"id": id}).Scan(&b.Kind, &b.Name)
	if errors.Is(err, pgx.ErrNoRows) {
		return Body{}, work.ErrNotFound
	}
	if err != nil {
		return Body{}, err
	}
	rows, err := q.Query(ctx, `
		-- grant.findBody: seats
		SELECT m.staff_id, s.name, m.head FROM staff_body_member m JOIN staff_member s ON s.id = m.staff_id
		WHERE m.body_id = @id AND m.since <= @on AND (m.until IS NULL OR m.until > @on)
		ORDER BY m.head DESC, m.staff_id`,
		pgx.NamedArgs{"id": id, "on": on})
	if err != nil {
		return Body{}, err
	}
	b.Seats, err = pgx.CollectRows(rows, pgx.RowToStructByPos[Seat])
	return b, err
}

// bodiesFor finds the group and the committee that decide for an office: its own, or the nearest above it. Zero when
// there is none.
func bodiesFor(ctx context.Context, q work.Querier, orgPath string) (group, committee BodyID, err error) {
	err = q.QueryRow(ctx, `
		-- grant.bodiesFor
		SELECT coalesce((SELECT b.id FROM staff_body b JOIN staff_org o ON o.id = b.org_id
		                 WHERE b.kind = 'group' AND starts_with(@path, o.path) ORDER BY length(o.path) DESC LIMIT 1), 0),
		       coalesce((SELECT b.id FROM staff_body b JOIN staff_org o ON o.id = b.org_id
		                 WHERE b.kind = 'committee' AND starts_with(@path, o.path) ORDER BY length(o.path) DESC LIMIT 1), 0)`,
		pgx.NamedArgs{"path": orgPath}).Scan(&group, &committee)
	return group, committee, err
}
