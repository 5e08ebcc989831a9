package census

import (
	"context"
	"fmt"
	"time"

	"bangfu/internal/day"
	"bangfu/internal/work"
)

// ID names a row of census_census.
type ID int64

// Census is one census by survey form.
type Census struct {
	ID         ID
	OrgID      work.OrgID
	OrgName    string
	OrgPath    string
	Name       string
	Aim        string
	From       day.Date
	Until      day.Date
	Closed     bool
	Forms      int // handed out so far; also the last number given
	MadeBy     string
	MadeAt     time.Time
	Conclusion string
	ClosedBy   string
	ClosedAt   time.Time
}

// Limits of a census.
const (
	MostForms  = 50_000 // in a census
	MostBundle = 5_000  // in a bundle
)

// Runs tells whether the actor's office takes this census, so that it may hand out forms and close it.
func (c Census) Runs(by work.Actor) bool { return !c.Closed && by.Scope.Covers(c.OrgPath) }

// Draft is what is typed for a new census.
type Draft struct {
	Name  string // 2 to 80 characters
	Aim   string // 2 to 1000 characters
	From  day.Date
	Until day.Date // at most 366 days later
}

// Make begins a census of the actor's own office.
func Make(ctx context.Context, u *work.Unit, d Draft) (ID, error) {
	switch {
	case d.Until.Before(d.From):
		return 0, work.Refuse("census.refusal.until").On("until")
	case d.Until.Sub(d.From) > 366:
		return 0, work.Refuse("census.refusal.period").On("until")
	case d.Until.Before(u.Today()):
		return 0, work.Refuse("census.refusal.over").On("until")
	}
	id, err := insert(ctx, u, d)
	if err != nil {
		return 0, fmt.Errorf("beginning a census: %w", err)
	}
	return id, u.Audit(ctx, work.Entry{Act: "census.make", Kind: "census", ID: int64(id), Changes: []work.Change{
		{Field: "name", After: d.Name}, {Field: "from_on", After: d.From.String()}, {Field: "until_on", After: d.Until.String()}}})
}

// Find gives a census of an office within the scope, or one of which an office within the scope was handed forms; else
// work.ErrNotFound.
func Find(ctx context.Context, q work.Querier, scope work.Scope, id ID) (Census, error) {
	c, err := find(ctx, q, scope, id)
	if err != nil {
		return Census{}, fmt.Errorf("finding census %d: %w", id, err)
	}
	return c, nil
}

// List gives at most limit censuses that the scope may see with ids below the cursor (0 = from the newest).
func List(ctx context.Context, q work.Querier, scope work.Scope, below ID, limit int) ([]Census, error) {
	all, err := list(ctx, q, scope, below, limit)
	if err != nil {
		return nil, fmt.Errorf("listing censuses: %w", err)
	}
	return all, nil
}

// Close ends a census with a conclusion of 2 to 2000 characters. Every form that came back must have been entered or
// dismissed; those still out stay missing for good.
func Close(ctx context.Context, u *work.Unit, id ID, conclusion string) error {
	c, err := Find(ctx, u, u.By.Scope, id)
	switch {
	case err != nil:
		return err
	case c.Closed:
		return work.Refuse("census.refusal.closed")
	case !c.Runs(u.By):
		return work.Refuse("census.refusal.not_yours", c.OrgName)
	}
	err = u.Within(ctx, func(u *work.Unit) error { return closeCensus(ctx, u, id, conclusion) })
	if err != nil {
		return fmt.Errorf("closing census %d: %w", id, worded(err))
	}
	return u.Audit(ctx, work.Entry{Act: "census.close", Kind: "census", ID: int64(id), Changes: []work.Change{
		{Field: "state", Before: "running", After: "closed"}, {Field: "conclusion", After: conclusion}}})
}

// Standing counts the forms of a census, or of a part of it, by where they are.
type Standing struct {
	Out       int // with the unit, not overdue
	Missing   int // with the unit, and its day has passed
	Returned  int // back, and not decided
	Entered   int
	Dismissed int
	Lost      int
}

// Handed is all of them.
func (s Standing) Handed() int {
	return s.Out + s.Missing + s.Returned + s.Entered + s.Dismissed + s.Lost
}

// Back is how many came back.
func (s Standing) Back() int { return s.Returned + s.Entered + s.Dismissed }

// Reasons counts the dismissed forms of a census by their reason.
type Reasons map[Reason]int

// StandingOf counts the forms of a census that went to offices within the scope, and the dismissed ones by reason, in
// one query over its forms: at most MostForms.
func StandingOf(ctx context.Context, q work.Querier, scope work.Scope, id ID, today day.Date) (Standing, Reasons, error) {
	s, reasons, err := standing(ctx, q, scope, id, today)
	if err != nil {
		return Standing{}, nil, fmt.Errorf("counting the forms of census %d: %w", id, err)
	}
	return s, reasons, nil
}
