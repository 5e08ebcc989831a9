package grant

import (
	"context"
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
	found, err := findBodies(ctx, q, on, id)
	if err != nil {
		return Body{}, err
	}
	return found[0], nil
}

// findBodies reads bodies as they sit on the day, the head of each first, in the order asked for; work.ErrNotFound when one of
// them is not there.
func findBodies(ctx context.Context, q work.Querier, on day.Date, ids ...BodyID) ([]Body, error) {
	rows, err := q.Query(ctx, `
		-- grant.findBodies
		SELECT b.id, b.kind, b.name, coalesce(m.staff_id, 0), coalesce(s.name, ''), coalesce(m.head, false)
		FROM unnest(@ids::bigint[]) WITH ORDINALITY AS a (id, place) JOIN staff_body b ON b.id = a.id
		LEFT JOIN staff_body_member m ON m.body_id = b.id AND m.since <= @on AND (m.until IS NULL OR m.until > @on)
		LEFT JOIN staff_member s ON s.id = m.staff_id
		ORDER BY a.place, m.head DESC, m.staff_id`, pgx.NamedArgs{"ids": ids, "on": on})
	if err != nil {
		return nil, err
	}
	var all []Body
	var b Body
	var seat Seat
	_, err = pgx.ForEachRow(rows, []any{&b.ID, &b.Kind, &b.Name, &seat.Staff, &seat.Name, &seat.Head}, func() error {
		if n := len(all); n == 0 || all[n-1].ID != b.ID {
			all = append(all, b)
		}
		if seat.Staff != 0 {
			last := &all[len(all)-1]
			last.Seats = append(last.Seats, seat)
		}
		return nil
	})
	if err == nil && len(all) != len(ids) {
		err = work.ErrNotFound
	}
	return all, err
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
