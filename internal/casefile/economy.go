package casefile

import (
	"context"
	"fmt"
	"slices"
	"time"

	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/money"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// Side is one of the three sums of a household's twelve months.
type Side string

// The sides.
const (
	Income  Side = "income"
	Expense Side = "expense"  // rigid expenditure, and the cost of a sudden event
	JobCost Side = "job_cost" // necessary cost of employment 必要就业成本
)

// Sides lists the three sides in the order of the form.
var Sides = []Side{Income, Expense, JobCost}

// Key gives the word of the side.
func (s Side) Key() words.Key { return words.Key("casefile.side." + string(s)) }

// Kind is one line of a side.
type Kind string

// EventKind is the cost or loss of a sudden event: not rigid expenditure, but a test of its own (domain.md d.4).
const EventKind Kind = "event"

// AllowanceKind is the minimum living allowance 低保金; who gets it shows the proof of it.
const AllowanceKind Kind = "allowance"

// Kinds lists the lines of each side (domain.md b.2, d.4).
var Kinds = map[Side][]Kind{
	Income:  {"wage", "pension", "business", "property", "support", AllowanceKind, "other"},
	Expense: {"illness", "disability", "schooling", EventKind},
	JobCost: {"commuting", "lodging", "tools"},
}

// Key gives the word of the kind on its side.
func (k Kind) Key(side Side) words.Key {
	return words.Key("casefile.kind." + string(side) + "." + string(k))
}

// personal are the kinds that a figure can give for one person; the others are the household's.
var personal = map[Side][]Kind{
	Income:  {"wage", "pension", "business", "other"},
	Expense: {"illness", "disability", "schooling"},
	JobCost: {"commuting", "lodging", "tools"},
}

// Personal tells whether a figure of the kind can be one person's.
func (k Kind) Personal(side Side) bool { return slices.Contains(personal[side], k) }

// Line is one figure of the twelve months.
type Line struct {
	Side     Side         `json:"side"`
	Kind     Kind         `json:"kind"`
	Amount   money.Amount `json:"amount_fen"`
	Person   PersonID     `json:"person,omitempty"`   // whose it is; 0 = the household's
	Evidence EvidenceID   `json:"evidence,omitempty"` // the paper that proves it; 0 = none named
	Left     string       `json:"-"`                  // whose it was, when he or she left the household since; otherwise empty
}

// SnapshotID names a row of casefile_snapshot.
type SnapshotID int64

// Source says what a snapshot of the economy was taken for.
type Source string

// The sources of a snapshot.
const (
	FromRegistration Source = "registration"
	FromChange       Source = "change"
)

// Key gives the word of the source.
func (s Source) Key() words.Key { return words.Key("casefile.source." + string(s)) }

// Economy is the household's twelve months up to a day. Read from a file it is a snapshot: what was known when it was
// taken. The zero value is a household of which nothing is known.
type Economy struct {
	ID      SnapshotID `json:"id,omitempty"`
	Until   day.Date   `json:"until,omitzero"`
	Source  Source     `json:"source,omitempty"`
	Round   int        `json:"round,omitempty"`  // of the registration
	People  int        `json:"people,omitempty"` // in the household when it was taken
	TakenBy string     `json:"taken_by,omitempty"`
	TakenAt time.Time  `json:"taken_at,omitzero"`
	Lines   []Line     `json:"lines,omitempty"`
}

// Of gives the amount of one kind, all persons together; zero when there is none. An overflow, which no accepted form
// can cause, gives the largest amount.
func (e Economy) Of(side Side, kind Kind) money.Amount {
	var amounts []money.Amount
	for _, l := range e.Lines {
		if l.Side == side && l.Kind == kind {
			amounts = append(amounts, l.Amount)
		}
	}
	sum, err := money.Sum(amounts...)
	if err != nil {
		return money.Max
	}
	return sum
}

// At gives the figure of one kind of one person, or of the household for 0; a zero line when there is none.
func (e Economy) At(side Side, kind Kind, person PersonID) Line {
	for _, l := range e.Lines {
		if l.Side == side && l.Kind == kind && l.Person == person {
			return l
		}
	}
	return Line{Side: side, Kind: kind, Person: person}
}

// PersonMonthly gives a person's average monthly income 月收入: what is theirs by name, over twelve months.
func (e Economy) PersonMonthly(person PersonID) (money.Amount, error) {
	var amounts []money.Amount
	for _, l := range e.Lines {
		if l.Side == Income && l.Person == person {
			amounts = append(amounts, l.Amount)
		}
	}
	sum, err := money.Sum(amounts...)
	if err != nil {
		return 0, err
	}
	return sum.Div(12)
}

// Monthly gives a side's sum per head and month 家庭月人均, for the household as large as it was then; zero without people.
func (e Economy) Monthly(side Side) (money.Amount, error) {
	sum, err := e.Sum(side)
	if err != nil || e.People == 0 {
		return 0, err
	}
	return sum.Div(int64(e.People) * 12)
}

// Sum adds up one side. The cost of a sudden event is no part of the rigid expenditure. The error is
// money.ErrOverflow, which no accepted form can cause.
func (e Economy) Sum(side Side) (money.Amount, error) {
	var amounts []money.Amount
	for _, l := range e.Lines {
		if l.Side == side && l.Kind != EventKind {
			amounts = append(amounts, l.Amount)
		}
	}
	return money.Sum(amounts...)
}

// parted takes the figures of those who left the household since out of the twelve months. They lived on them then; the
// income of a household is that of the people who live together now (domain.md d.4).
func (e Economy) parted() (counted Economy, left []Line) {
	counted = e
	counted.Lines = nil
	for _, l := range e.Lines {
		if l.Left == "" {
			counted.Lines = append(counted.Lines, l)
		} else {
			left = append(left, l)
		}
	}
	return counted, left
}

// Facts gives the figures that the judgement needs; listed tells of a listed event (domain.md d.4).
func (e Economy) Facts(people int, listed bool) (eligibility.Facts, error) {
	facts := eligibility.Facts{People: int64(people), EventCost: e.Of(Expense, EventKind), Listed: listed}
	var err error
	for _, s := range []struct {
		side Side
		to   *money.Amount
	}{{Income, &facts.Income}, {Expense, &facts.Rigid}, {JobCost, &facts.JobCost}} {
		if *s.to, err = e.Sum(s.side); err != nil {
			return facts, fmt.Errorf("adding up %s: %w", s.side, err)
		}
	}
	return facts, nil
}

// Doubt is something possible but unlikely; a person confirms it and the answer is kept (ux.md U29).
type Doubt string

// The doubts about an economy and a person.
const (
	DoubtNoIncome Doubt = "no_income"
	DoubtOverRuns Doubt = "over_runs" // more rigid expenditure than income
	DoubtJobCost  Doubt = "job_cost"  // necessary job cost without a wage
	DoubtAge      Doubt = "age"       // older than a hundred
)

// Key gives the question of the doubt.
func (d Doubt) Key() words.Key { return words.Key("casefile.doubt." + string(d)) }

// Doubts lists what is unlikely about the figures.
func (e Economy) Doubts() []Doubt {
	var doubts []Doubt
	income, _ := e.Sum(Income)
	rigid, _ := e.Sum(Expense)
	jobCost, _ := e.Sum(JobCost)
	switch {
	case income == 0:
		doubts = append(doubts, DoubtNoIncome)
	case rigid > income:
		doubts = append(doubts, DoubtOverRuns)
	}
	if jobCost > 0 && e.Of(Income, "wage") == 0 {
		doubts = append(doubts, DoubtJobCost)
	}
	return doubts
}

// DoubtsOf lists what is unlikely about people.
func DoubtsOf(people []Person, today day.Date) []Doubt {
	if slices.ContainsFunc(people, func(p Person) bool { return p.Birth.Age(today) > 100 }) {
		return []Doubt{DoubtAge}
	}
	return nil
}

// SaveEconomy writes the household's twelve months as the registration gives them. While the file was not submitted since,
// the snapshot is written anew; afterwards a new one follows it. confirmed are the doubts that the person put aside; they
// stay in the audit trail.
func SaveEconomy(ctx context.Context, u *work.Unit, id work.FileID, seen int, e Economy, confirmed []Doubt) error {
	return saving(ctx, u, id, EconomySection, seen, func(f File) ([]work.Change, error) {
		e.Source, e.Round = FromRegistration, f.Round+rounds(f.State, Submitted)
		if !f.State.Editable() {
			e.Source = FromChange
		}
		changes, err := take(ctx, u, f, e)
		if len(confirmed) > 0 {
			changes = append(changes, work.Change{Field: "confirmed", After: confirmed})
		}
		return changes, err
	})
}

// take checks a snapshot, makes it the current one and gives what it changes.
func take(ctx context.Context, u *work.Unit, f File, e Economy) ([]work.Change, error) {
	if e.Until.IsZero() || e.Until.After(u.Today()) {
		return nil, work.Refuse("casefile.refusal.until").On("until")
	}
	for i, l := range e.Lines {
		switch {
		case !slices.Contains(Kinds[l.Side], l.Kind), l.Amount < 0, l.Person != 0 && !l.Kind.Personal(l.Side):
			return nil, fmt.Errorf("no such line: %s %s %s of person %d", l.Side, l.Kind, l.Amount, l.Person)
		case slices.ContainsFunc(e.Lines[:i], func(o Line) bool { return o.Side == l.Side && o.Kind == l.Kind && o.Person == l.Person }):
			return nil, fmt.Errorf("a line given twice: %s %s of person %d", l.Side, l.Kind, l.Person)
		}
	}
	before, err := EconomyOf(ctx, u, f)
	if err != nil {
		return nil, err
	}
	changes := []work.Change{}
	for _, side := range Sides {
		old, err := before.Sum(side)
		if err != nil {
			return nil, err
		}
		sum, err := e.Sum(side)
		if err != nil {
			return nil, err
		}
		changes = append(changes, work.Change{Field: string(side), Before: old, After: sum})
	}
	e.People = f.People
	return changes, putSnapshot(ctx, u, f.ID, before, e)
}

// EconomyOf reads the current twelve months of a file.
func EconomyOf(ctx context.Context, q work.Querier, f File) (Economy, error) {
	all, err := readSnapshots(ctx, q, one(f.ID), true, 0, 1)
	if err != nil {
		return Economy{}, fmt.Errorf("reading the economy of file %d: %w", f.ID, err)
	}
	if e := only(all[f.ID]); e != nil {
		return *e, nil
	}
	return Economy{}, nil
}

// mostSnapshots is how many snapshots stand side by side.
const mostSnapshots = 6

// Snapshots reads a file's snapshots, the newest first, from the one after before (0 = the newest) on. more tells that
// there are older ones than these.
func Snapshots(ctx context.Context, q work.Querier, id work.FileID, before SnapshotID) (all []Economy, more bool, err error) {
	found, err := readSnapshots(ctx, q, one(id), false, before, mostSnapshots+1)
	if err != nil {
		return nil, false, fmt.Errorf("reading the snapshots of file %d: %w", id, err)
	}
	all = found[id]
	more = len(all) > mostSnapshots
	return all[:min(len(all), mostSnapshots)], more, nil
}
