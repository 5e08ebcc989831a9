package visit

import (
	"context"
	"fmt"

	"bangfu/internal/day"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// StopID names a row of visit_stop.
type StopID int64

// StopState says how far a household of a plan is.
type StopState string

// The states of a stop.
const (
	StopOpen    StopState = "open"
	StopVisited StopState = "visited"
	StopSkipped StopState = "skipped" // will not be visited, with the reason
)

// Key gives the word of the state.
func (s StopState) Key() words.Key { return words.Key("visit.stop_state." + string(s)) }

// Why says why a household was not met.
type Why string

// Absent keeps the stop open for another try; every other reason ends it.
const Absent Why = "absent"

// Whys lists the reasons in the order of the form.
var Whys = []Why{Absent, "moved", "declined", "died", "other"}

// Key gives the word of the reason.
func (w Why) Key() words.Key { return words.Key("visit.why." + string(w)) }

// Stop is a household of a plan.
type Stop struct {
	ID       StopID
	PlanID   PlanID
	Plan     string
	Purpose  Purpose
	Team     int
	TeamID   TeamID
	FileID   work.FileID
	Number   string // of the file; empty before it has one
	HeadName string
	Address  string
	OrgName  string
	Position int
	DueOn    day.Date
	State    StopState
	VisitID  ID
	Tries    int
	Why      Why
	Note     string
	Visitors [2]work.StaffID // of its team
	Differed []Item          // of the visit before: what to look at
}

// StopCursor is the place in the order of a plan's stops after which the next page begins.
type StopCursor struct {
	Team     int
	Position int
	ID       StopID
}

// Route gives at most limit stops of a plan whose files lie in the scope, in the order of teams and routes, after the
// cursor. Team 0 means all teams; open only leaves out those that are over.
func Route(ctx context.Context, q work.Querier, scope work.Scope, plan PlanID, team int, openOnly bool, after StopCursor, limit int) ([]Stop, error) {
	stops, err := route(ctx, q, scope, plan, team, openOnly, after, limit)
	if err != nil {
		return nil, fmt.Errorf("listing the stops of plan %d: %w", plan, err)
	}
	return stops, nil
}

// FindStop gives a stop whose file lies in the scope, or work.ErrNotFound.
func FindStop(ctx context.Context, q work.Querier, scope work.Scope, id StopID) (Stop, error) {
	s, err := findStop(ctx, q, scope, id)
	if err != nil {
		return Stop{}, fmt.Errorf("finding stop %d: %w", id, err)
	}
	return s, nil
}

// NextStop gives the next open stop of the team whose stop a visit ticked off, after it on the route or from its start;
// zero when there is none.
func NextStop(ctx context.Context, q work.Querier, scope work.Scope, id ID) (StopID, error) {
	next, err := nextStop(ctx, q, scope, id)
	if err != nil {
		return 0, fmt.Errorf("finding the stop after visit %d: %w", id, err)
	}
	return next, nil
}

// Miss notes that a household was not met. One that was absent stays open for another try; with any other reason, and a
// note of at least two characters, the stop is over.
func Miss(ctx context.Context, u *work.Unit, id StopID, why Why, note string) error {
	s, err := FindStop(ctx, u, u.By.Scope, id)
	if err != nil {
		return err
	}
	switch {
	case s.State != StopOpen:
		return work.Refuse("visit.refusal.stop_over", s.State)
	case why != Absent && len([]rune(note)) < 2:
		return work.Refuse("visit.refusal.stop_note").On("note")
	}
	to := StopSkipped
	if why == Absent {
		to = StopOpen
	}
	if err := miss(ctx, u, id, to, why, note); err != nil {
		return fmt.Errorf("noting that stop %d was not met: %w", id, worded(err))
	}
	return u.Audit(ctx, work.Entry{Act: "visit.miss", Kind: "stop", ID: int64(id), FileID: s.FileID, Changes: []work.Change{
		{Field: "why", After: why}, {Field: "state", Before: s.State, After: to}}})
}

// Progress is how far a part of a plan is: a team, a unit, or all of it.
type Progress struct {
	Team    int    // of a team's row
	Unit    string // of a unit's row
	Stops   int
	Visited int
	Skipped int
	Differs int // visits that differ as a whole, or in an item
	Late    int // open and past their day
}

// Open counts what is still to be visited.
func (p Progress) Open() int { return p.Stops - p.Visited - p.Skipped }

// Standing is a plan's progress: all of it, by team, and by unit (at most 200 of those with the most open stops).
type Standing struct {
	All   Progress
	Teams []Progress
	Units []Progress
	More  bool // there are more units than listed
}

// UnitsShown is how many units a plan's page lists.
const UnitsShown = 200

// StandingOf reads the progress of a plan on a day in one query, over the files of the scope.
func StandingOf(ctx context.Context, q work.Querier, scope work.Scope, plan PlanID, today day.Date) (Standing, error) {
	all, err := progress(ctx, q, scope, plan, today)
	if err != nil {
		return Standing{}, fmt.Errorf("reading the progress of plan %d: %w", plan, err)
	}
	var s Standing
	for _, p := range all {
		switch {
		case p.Team != 0:
			s.Teams = append(s.Teams, p)
		case p.Unit != "" && len(s.Units) < UnitsShown:
			s.Units = append(s.Units, p)
		case p.Unit != "":
			s.More = true
		default:
			s.All = p
		}
	}
	return s, nil
}
