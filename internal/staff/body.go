package staff

import (
	"context"
	"errors"
	"fmt"

	"bangfu/internal/day"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// BodyID names a row of staff_body.
type BodyID int64

// BodyKind tells the leading group from the committee.
type BodyKind string

// The kinds of body (001_ art. 5 and 11).
const (
	Group     BodyKind = "group"     // 困难职工帮扶领导组
	Committee BodyKind = "committee" // 帮扶中心领导委员会
)

// Key gives the word of the kind.
func (k BodyKind) Key() words.Key { return words.Key("staff.body." + string(k)) }

// Role is the role that brings the votes of the body: who sits in it without the role cannot vote in the program.
func (k BodyKind) Role() work.Role {
	if k == Group {
		return GroupMember
	}
	return CommitteeMember
}

// Body is a leading group or a committee of one organisation. It serves that office and all below which have none of
// their own. Seated counts today's members, Head is the head's name or ""; only ListBodies fills both.
type Body struct {
	ID      BodyID
	OrgID   work.OrgID
	OrgName string
	Kind    BodyKind
	Name    string
	Seated  int
	Head    string
}

// Seat is one person's time in a body: from Since on, and before Until, which is unknown while it lasts.
type Seat struct {
	Member   work.StaffID
	Name     string
	Username string
	OrgName  string
	Head     bool
	Since    day.Date
	Until    day.Date
}

// On tells whether the seat counts on the day.
func (s Seat) On(d day.Date) bool {
	return !s.Since.After(d) && (s.Until == day.Date{} || s.Until.After(d))
}

// FindBody finds a body of the scope with its seats, past ones included, the present ones first and the head before
// all. Outside of the scope it is work.ErrNotFound.
func FindBody(ctx context.Context, q work.Querier, scope work.Scope, id BodyID) (Body, []Seat, error) {
	b, err := findBody(ctx, q, scope, id)
	if errors.Is(err, work.ErrNotFound) {
		return Body{}, nil, err
	}
	if err != nil {
		return Body{}, nil, fmt.Errorf("finding body %d: %w", id, err)
	}
	seats, err := Seats(ctx, q, id)
	return b, seats, err
}

// Seats lists all seats of a body, present ones first and the head before all.
func Seats(ctx context.Context, q work.Querier, id BodyID) ([]Seat, error) {
	seats, err := listSeats(ctx, q, id)
	if err != nil {
		return nil, fmt.Errorf("listing the seats of body %d: %w", id, err)
	}
	return seats, nil
}

// ListBodies lists the bodies of the scope's organisations, with how many sit in them on the day.
func ListBodies(ctx context.Context, q work.Querier, scope work.Scope, on day.Date) ([]Body, error) {
	bodies, err := listBodies(ctx, q, scope, on)
	if err != nil {
		return nil, fmt.Errorf("listing bodies: %w", err)
	}
	return bodies, nil
}

// AddBody sets up a body at an organisation of the actor's scope; there is one of a kind.
func AddBody(ctx context.Context, u *work.Unit, b Body) (BodyID, error) {
	if _, err := FindOrg(ctx, u, u.By.Scope, b.OrgID); err != nil {
		return 0, err
	}
	id, err := insertBody(ctx, u, b)
	if err != nil {
		return 0, fmt.Errorf("adding a body: %w", told(err))
	}
	return id, u.Audit(ctx, work.Entry{Act: "staff.body_add", Kind: "body", ID: int64(id), Changes: []work.Change{
		{Field: "kind", After: b.Kind}, {Field: "name", After: b.Name},
	}})
}

// AddSeat gives a person a seat from a day on. The person must be active and hold the role of the body's kind, and the
// head of a group the role that signs.
func AddSeat(ctx context.Context, u *work.Unit, id BodyID, s Seat) error {
	b, err := findBody(ctx, u, u.By.Scope, id)
	if err != nil {
		return err
	}
	m, err := Find(ctx, u, u.By.Scope, s.Member)
	if err != nil {
		return err
	}
	needed := b.Kind.Role()
	if s.Head && b.Kind == Group {
		needed = GroupHead
	}
	holds := work.Actor{Roles: m.Roles}
	if !m.Active || !holds.Has(needed) && !(b.Kind == Group && holds.Has(GroupHead)) {
		return work.Refuse("staff.refusal.seat_role", RoleKey(needed)).On("member")
	}
	if err := insertSeat(ctx, u, id, s); err != nil {
		return fmt.Errorf("adding a seat: %w", told(err))
	}
	return u.Audit(ctx, work.Entry{Act: "staff.seat_add", Kind: "body", ID: int64(id), Changes: []work.Change{
		{Field: "member", After: m.Name}, {Field: "head", After: s.Head}, {Field: "since", After: s.Since.String()},
	}})
}

// EndSeat ends the present seat of a person: from the day on it no longer counts. The day may not lie ahead, so that
// nobody holds a seat that another has been given.
func EndSeat(ctx context.Context, u *work.Unit, id BodyID, member work.StaffID, until day.Date) error {
	if _, err := findBody(ctx, u, u.By.Scope, id); err != nil {
		return err
	}
	if until.After(u.Today()) {
		return work.Refuse("staff.refusal.until_ahead").On("until")
	}
	if err := endSeat(ctx, u, id, member, until); err != nil {
		return fmt.Errorf("ending a seat: %w", told(err))
	}
	return u.Audit(ctx, work.Entry{Act: "staff.seat_end", Kind: "body", ID: int64(id), Changes: []work.Change{
		{Field: "member_id", After: member}, {Field: "until", After: until.String()},
	}})
}
