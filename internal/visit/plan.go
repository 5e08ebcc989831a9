package visit

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// PlanID names a row of visit_plan, TeamID one of visit_team.
type (
	PlanID int64
	TeamID int64
)

// PlanKind says what a programme of visits is for.
type PlanKind string

// The kinds of plan.
const (
	Census      PlanKind = "census"    // 普查: nobody omitted (000-01, 003-03)
	FirstChecks PlanKind = "first"     // 初次核查 of what was handed in
	HalfYear    PlanKind = "half_year" // 半年复核 (004-05)
	KeyVisits   PlanKind = "key"       // 重点走访, after the grassroots (000-52)
	Seconds     PlanKind = "second"    // 二次核实, with the unit's chair (003-25)
	Samples     PlanKind = "sample"    // 抽查, drawn
	Talks       PlanKind = "talk"      // 节日访谈 (000-48)
)

// PlanKinds lists them in the order of the form.
var PlanKinds = []PlanKind{Census, HalfYear, KeyVisits, Seconds, Samples, Talks, FirstChecks}

// Key gives the word of the kind.
func (k PlanKind) Key() words.Key { return words.Key("visit.plan_kind." + string(k)) }

// Purpose is that of the visits which tick off the plan's stops.
func (k PlanKind) Purpose() Purpose {
	switch k {
	case FirstChecks:
		return First
	case KeyVisits:
		return Key
	case Seconds:
		return Second
	case Samples:
		return Spot
	}
	return Review
}

// Target chooses the households of a plan; it is kept with the plan, and frozen to its stops as it is made. Empty parts
// choose all. A plan of first checks takes what waits for its first visit, every other one what is on the register.
type Target struct {
	Orgs       []work.OrgID           `json:"orgs,omitempty"` // with all below them
	Categories []eligibility.Category `json:"categories,omitempty"`
	Street     string                 `json:"street,omitempty"`  // part of the address
	Numbers    []string               `json:"numbers,omitempty"` // a fixed list of files
	Unseen     day.Date               `json:"unseen,omitzero"`   // no visit since that day
	After      PlanID                 `json:"after,omitempty"`   // visited in that plan
	Degrees    []Degree               `json:"degrees,omitempty"` // as found in that plan
	Sample     SampleID               `json:"sample,omitempty"`  // drawn in that sample
}

// Team is two visitors under a named leader (001-69b, 003-24).
type Team struct {
	ID       TeamID
	Number   int
	Leader   string
	Visitors [2]work.StaffID
	Names    [2]string   // filled by Teams
	Trained  [2]day.Date // the last training since the plan's year began; zero = none. Filled by Teams
}

// Plan is a programme of visits.
type Plan struct {
	ID       PlanID
	OrgID    work.OrgID
	OrgName  string
	Name     string
	Kind     PlanKind
	Aim      string
	From     day.Date
	Until    day.Date
	LedBy    string
	Trained  bool // asks for surveyors trained since its year began (003-39)
	Target   Target
	Closed   bool
	MadeBy   string
	MadeAt   time.Time
	ClosedAt time.Time
	Stops    int // filled by ListPlans
	Done     int
}

// Limits of a plan: teams, and stops, which one office can walk in a year.
const (
	MostTeams = 30
	MostStops = 50_000
)

// Matching counts the households that a target chooses within the scope, at most MostStops+1.
func Matching(ctx context.Context, q work.Querier, scope work.Scope, kind PlanKind, t Target) (int, error) {
	n, err := matching(ctx, q, scope, kind, t)
	if err != nil {
		return 0, fmt.Errorf("counting the households of a plan: %w", err)
	}
	return n, nil
}

// MakePlan makes a plan and freezes its target to stops: in the order of unit and address, cut into one stretch a team,
// spread over the period. A household in which a visitor of its team may not act goes to the first team that may.
func MakePlan(ctx context.Context, u *work.Unit, p Plan, teams []Team) (PlanID, error) {
	if refusal := p.check(u.Today(), teams); refusal != nil {
		return 0, refusal
	}
	if err := fitTeams(ctx, u, p, teams); err != nil {
		return 0, err
	}
	if missing, err := unknownNumbers(ctx, u, u.By.Scope, p.Target.Numbers); err != nil {
		return 0, fmt.Errorf("making a plan: %w", err)
	} else if len(missing) > 0 {
		return 0, work.Refuse("visit.refusal.numbers", words.Listing(missing)).On("numbers")
	}
	n, err := Matching(ctx, u, u.By.Scope, p.Kind, p.Target)
	switch {
	case err != nil:
		return 0, err
	case n == 0:
		return 0, work.Refuse("visit.refusal.nobody")
	case n > MostStops:
		return 0, work.Refuse("visit.refusal.many", MostStops)
	case n < len(teams):
		return 0, work.Refuse("visit.refusal.teams_many", n)
	}
	target, err := json.Marshal(p.Target)
	if err != nil {
		return 0, fmt.Errorf("making a plan: %w", err)
	}
	id, err := insertPlan(ctx, u, p, target, teams)
	if err != nil {
		return 0, fmt.Errorf("making a plan: %w", worded(err))
	}
	if err := freeze(ctx, u, id, p, len(teams)); err != nil {
		return 0, fmt.Errorf("freezing the stops of plan %d: %w", id, err)
	}
	return id, u.Audit(ctx, work.Entry{Act: "visit.plan", Kind: "visit_plan", ID: int64(id), Changes: []work.Change{
		{Field: "name", After: p.Name}, {Field: "kind", After: p.Kind}, {Field: "stops", After: n}, {Field: "teams", After: len(teams)},
		{Field: "trained", After: p.Trained}}})
}

// check refuses a plan that does not hold together.
func (p Plan) check(today day.Date, teams []Team) *work.Refusal {
	switch {
	case p.Until.Before(p.From):
		return work.Refuse("visit.refusal.until").On("until")
	case p.Until.Sub(p.From) > 366:
		return work.Refuse("visit.refusal.period").On("until")
	case p.Until.Before(today):
		return work.Refuse("visit.refusal.over").On("until")
	case len(teams) == 0 || len(teams) > MostTeams:
		return work.Refuse("visit.refusal.teams", MostTeams)
	case p.Kind == Samples && p.Target.Sample == 0:
		return work.Refuse("visit.refusal.which_sample").On("sample")
	}
	for i, t := range teams {
		if t.Visitors[0] == t.Visitors[1] {
			return work.Refuse("visit.refusal.two_people").On(fmt.Sprintf("team.%d.b", i))
		}
	}
	return nil
}

// fitTeams refuses visitors who hold no post for it, within the scope or above it, and where the plan asks for trained
// surveyors those who were not trained since its year began. The database refuses the latter too.
func fitTeams(ctx context.Context, u *work.Unit, p Plan, teams []Team) error {
	people, err := Visitors(ctx, u, u.By.OrgID)
	if err != nil {
		return err
	}
	may := map[work.StaffID]Person{}
	for _, person := range people {
		may[person.ID] = person
	}
	for i, t := range teams {
		for j, id := range t.Visitors {
			person, known := may[id]
			field := fmt.Sprintf("team.%d.%s", i, [...]string{"a", "b"}[j])
			switch {
			case !known:
				return work.Refuse("visit.refusal.team_person").On(field)
			case p.Trained && (person.Trained.IsZero() || person.Trained.Before(p.TrainedSince())):
				return work.Refuse("visit.refusal.team_untrained", person.Name, p.TrainedSince()).On(field)
			}
		}
	}
	return nil
}

// Visitors lists who may be in a team of the office's plan: active staff who visit, of the office, of one above it or of
// one below it.
func Visitors(ctx context.Context, q work.Querier, org work.OrgID) ([]Person, error) {
	people, err := visitors(ctx, q, org)
	if err != nil {
		return nil, fmt.Errorf("listing who may visit for office %d: %w", org, err)
	}
	return people, nil
}

// ClosePlan ends a plan; what is open in it then stays open for good and stands so in its report.
func ClosePlan(ctx context.Context, u *work.Unit, id PlanID) error {
	p, err := FindPlan(ctx, u, u.By, id)
	if err != nil {
		return err
	}
	if p.Closed {
		return work.Refuse("visit.refusal.plan_closed")
	}
	if err := closePlan(ctx, u, id); err != nil {
		return fmt.Errorf("closing plan %d: %w", id, err)
	}
	return u.Audit(ctx, work.Entry{Act: "visit.plan_close", Kind: "visit_plan", ID: int64(id), Changes: []work.Change{{Field: "state", Before: "running", After: "closed"}}})
}

// FindPlan gives a plan of an office within the reader's scope, or one in whose teams the reader is; else work.ErrNotFound.
func FindPlan(ctx context.Context, q work.Querier, by work.Actor, id PlanID) (Plan, error) {
	p, err := findPlan(ctx, q, by, id)
	if err != nil {
		return Plan{}, fmt.Errorf("finding plan %d: %w", id, err)
	}
	return p, nil
}

// ListPlans gives at most limit plans that the reader may see with ids below the cursor (0 = from the newest), with the
// number of their stops and of those done.
func ListPlans(ctx context.Context, q work.Querier, by work.Actor, below PlanID, limit int) ([]Plan, error) {
	plans, err := listPlans(ctx, q, by, below, limit)
	if err != nil {
		return nil, fmt.Errorf("listing plans: %w", err)
	}
	return plans, nil
}

// Teams gives the teams of a plan in their order.
func Teams(ctx context.Context, q work.Querier, id PlanID) ([]Team, error) {
	teams, err := teamsOf(ctx, q, id)
	if err != nil {
		return nil, fmt.Errorf("listing the teams of plan %d: %w", id, err)
	}
	return teams, nil
}
