package casefile

import (
	"context"
	"fmt"
	"slices"

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

// Line is one sum of the twelve months.
type Line struct {
	Side   Side
	Kind   Kind
	Amount money.Amount
}

// Economy is the household's twelve months up to a day.
type Economy struct {
	Until day.Date
	Lines []Line
}

// Of gives the amount of one kind; zero when there is none.
func (e Economy) Of(side Side, kind Kind) money.Amount {
	for _, l := range e.Lines {
		if l.Side == side && l.Kind == kind {
			return l.Amount
		}
	}
	return 0
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

// SaveEconomy writes the household's twelve months. confirmed are the doubts that the person put aside; they stay in
// the audit trail.
func SaveEconomy(ctx context.Context, u *work.Unit, id work.FileID, seen int, e Economy, confirmed []Doubt) error {
	return saving(ctx, u, id, EconomySection, seen, func(f File) ([]work.Change, error) {
		if e.Until.After(u.Today()) {
			return nil, work.Refuse("casefile.refusal.until").On("until")
		}
		for _, l := range e.Lines {
			if !slices.Contains(Kinds[l.Side], l.Kind) || l.Amount < 0 {
				return nil, fmt.Errorf("no such line: %s %s %s", l.Side, l.Kind, l.Amount)
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
		if len(confirmed) > 0 {
			changes = append(changes, work.Change{Field: "confirmed", After: confirmed})
		}
		return changes, putEconomy(ctx, u, id, e)
	})
}

// EconomyOf reads the twelve months of a file.
func EconomyOf(ctx context.Context, q work.Querier, f File) (Economy, error) {
	lines, err := readEconomy(ctx, q, f.ID)
	if err != nil {
		return Economy{}, fmt.Errorf("reading the economy of file %d: %w", f.ID, err)
	}
	return Economy{Until: f.EconomyUntil, Lines: lines}, nil
}

// SaveCauses writes one main cause and up to three secondary ones (domain.md b.5).
func SaveCauses(ctx context.Context, u *work.Unit, id work.FileID, seen int, causes []Cause) error {
	return saving(ctx, u, id, CausesSection, seen, func(f File) ([]work.Change, error) {
		for i, c := range causes {
			if !c.Known() || slices.Contains(causes[:i], c) {
				return nil, work.Refuse("casefile.refusal.cause_twice").On("secondary")
			}
		}
		if len(causes) < 1 || len(causes) > 4 {
			return nil, work.Refuse("casefile.refusal.causes").On("secondary")
		}
		return []work.Change{{Field: "causes", After: causes}}, putCauses(ctx, u, id, causes)
	})
}

// CausesOf reads the causes of a file, the main one first.
func CausesOf(ctx context.Context, q work.Querier, id work.FileID) ([]Cause, error) {
	causes, err := readCauses(ctx, q, id)
	if err != nil {
		return nil, fmt.Errorf("reading the causes of file %d: %w", id, err)
	}
	return causes, nil
}
