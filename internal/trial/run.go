package trial

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"bangfu/internal/eligibility"
	"bangfu/internal/money"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// RunID names a row of trial_run.
type RunID int64

// Run is one trial of a proposal.
type Run struct {
	ID        RunID
	Proposal  ID
	AskedAt   time.Time
	StartedAt time.Time // zero = waits for its turn
	EndedAt   time.Time // zero = not finished
	Total     int64     // households to look at
	Done      int64     // looked at so far
	Without   int64     // of a district without a line on that day
	Ceiling   money.Amount
	Groups    []Group
}

// Ended tells whether the trial is finished.
func (r Run) Ended() bool { return !r.EndedAt.IsZero() }

// Share is how far the trial is, from 0 to 100.
func (r Run) Share() int {
	switch {
	case r.Ended():
		return 100
	case r.Total == 0:
		return 0
	}
	return int(min(99, r.Done*100/r.Total))
}

// Group is the households of one district that the proposal moves from one category to another.
type Group struct {
	District string               `json:"district"`
	Place    string               `json:"-"` // name of the district, as it is called now; "" = no office lies there
	Before   eligibility.Category `json:"before"`
	After    eligibility.Category `json:"after"`
	Files    int64                `json:"files"`
	People   int64                `json:"people"`
	Monthly  money.Amount         `json:"monthly_fen"` // the line of the district on that day
}

// Effect is what happens to a household.
type Effect string

// The effects.
const (
	Enters  Effect = "enters"  // 新进
	Leaves  Effect = "leaves"  // 退出
	Changes Effect = "changes" // 类别变化
)

// Effects lists them in the order of a page.
var Effects = []Effect{Enters, Leaves, Changes}

// Key gives the word of the effect.
func (e Effect) Key() words.Key { return words.Key("trial.effect." + string(e)) }

// effectOf says what a move from one category to another is.
func effectOf(before, after eligibility.Category) Effect {
	switch {
	case before == eligibility.None:
		return Enters
	case after == eligibility.None:
		return Leaves
	}
	return Changes
}

// Effect says what happens to the group's households.
func (g Group) Effect() Effect { return effectOf(g.Before, g.After) }

// yearly is the most that living aid gives one household of the group a year: the programme's ceiling, and never more
// than twelve times the line of the district ([W25] art. 5(1), domain.md d.5).
func (g Group) yearly(ceiling money.Amount) money.Amount { return min(ceiling, 12*g.Monthly) }

// Cost is what the proposal changes in the most that living aid costs a year: more for those who enter, less for those
// who leave. The error is money.ErrOverflow.
func (r Run) Cost() (money.Amount, error) {
	var parts []money.Amount
	for _, g := range r.Groups {
		part, err := g.yearly(r.Ceiling).Percent(100_00 * g.Files)
		if err != nil {
			return 0, err
		}
		switch g.Effect() {
		case Enters:
			parts = append(parts, part)
		case Leaves:
			parts = append(parts, -part)
		}
	}
	return money.Sum(parts...)
}

// Count adds up the households of an effect, in one district or with "" in all.
func (r Run) Count(e Effect, district string) int64 {
	n := int64(0)
	for _, g := range r.Groups {
		if g.Effect() == e && (district == "" || g.District == district) {
			n += g.Files
		}
	}
	return n
}

// batch is how many households one step of a trial looks at.
const batch = 20_000

// stale is after how long without a sign a trial counts as given up, and is taken up anew.
const stale = time.Minute

// Ceiling gives the most that living aid gives a household a year under the terms in force on a day. Package grant
// knows; app hands it over.
type Ceiling func(ctx context.Context, q work.Querier, p Proposal) (money.Amount, error)

// RunDue carries out every trial that waits, one after the other, and gives how many. It may be called at any time and
// from several programs at once: each trial is taken up by one. clock is read at every step, so that others see that
// somebody is at work.
func RunDue(ctx context.Context, db work.Beginner, clock work.Clock, ceiling Ceiling) (int, error) {
	ran := 0
	for {
		r, err := take(ctx, db, clock())
		if errors.Is(err, work.ErrNotFound) {
			return ran, nil
		}
		if err != nil {
			return ran, fmt.Errorf("taking up a trial: %w", err)
		}
		if err := run(ctx, db, clock, r, ceiling); err != nil {
			return ran, fmt.Errorf("trial %d: %w", r.ID, err)
		}
		ran++
	}
}

// run carries out one trial.
func run(ctx context.Context, db work.Beginner, clock work.Clock, r Run, ceiling Ceiling) error {
	p, err := Find(ctx, db, r.Proposal)
	if err != nil {
		return err
	}
	plan, err := planOf(ctx, db, p)
	if err != nil {
		return err
	}
	if err := plan.look(ctx, db, clock, r); err != nil {
		return err
	}
	most, err := ceiling(ctx, db, p)
	if err != nil {
		return fmt.Errorf("finding the ceiling of living aid: %w", err)
	}
	return work.Do(ctx, db, clock(), work.System("trial"), func(u *work.Unit) error {
		groups, err := groupsOf(ctx, u, r.ID, plan.lines)
		if err != nil {
			return err
		}
		return finish(ctx, u, r.ID, most, groups)
	})
}

// look looks at every household. A register of several batches is looked at in two halves at once, since one statement
// keeps one processor of the database at work.
func (p *plan) look(ctx context.Context, db work.Beginner, clock work.Clock, r Run) error {
	halves := []*plan{p}
	if r.Total > batch {
		second := *p
		if err := divide(ctx, db, p, &second); err != nil {
			return err
		}
		halves = append(halves, &second)
	}
	all, ctx := errgroup.WithContext(ctx)
	for _, half := range halves {
		all.Go(func() error {
			for more := true; more; {
				var err error
				if more, err = half.step(ctx, db, clock(), r.ID); err != nil {
					return fmt.Errorf("after file %d: %w", half.after, err)
				}
			}
			return nil
		})
	}
	return all.Wait()
}

// planOf says by which rule and lines a proposal is tried: its own, and of the rest what is in force on its first day.
func planOf(ctx context.Context, q work.Querier, p Proposal) (*plan, error) {
	w := &plan{rule: p.Rule, upTo: math.MaxInt64, since: p.Line.From.AddMonths(-12)}
	proposed := eligibility.Line{}
	if p.Kind == Line {
		proposed = p.Line
		var err error
		if w.rule, err = eligibility.RuleOn(ctx, q, p.Line.From); err != nil {
			return nil, err
		}
	}
	lines, err := eligibility.LinesOn(ctx, q, p.Line.From, proposed)
	if err != nil {
		return nil, err
	}
	w.lines = lines
	for district, l := range lines {
		if p.Kind == Line && (l.District != proposed.District || l.From != proposed.From) {
			continue // another line holds there
		}
		w.districts, w.monthly = append(w.districts, district), append(w.monthly, int64(l.Monthly))
	}
	if p.Kind == Line {
		w.only = w.districts
	}
	return w, nil
}

// sorted orders groups for a page: by district, then those who enter, leave, change.
func sorted(groups []Group) []Group {
	slices.SortFunc(groups, func(a, b Group) int {
		return cmp.Or(cmp.Compare(a.District, b.District), slices.Index(Effects, a.Effect())-slices.Index(Effects, b.Effect()),
			cmp.Compare(a.Before, b.Before), cmp.Compare(a.After, b.After))
	})
	return groups
}
