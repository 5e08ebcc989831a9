package casefile

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"bangfu/internal/words"
	"bangfu/internal/work"
)

// Cause is one of the ten causes of hardship (致困原因, domain.md b.5).
type Cause int16

// The causes by their official code.
const (
	NoWorkAbility     Cause = 1
	AbleUnemployed    Cause = 2
	LaidOff           Cause = 3
	Uninsured         Cause = 4
	InsuranceNotPaid  Cause = 5
	SeriousIllness    Cause = 6
	NaturalDisaster   Cause = 7
	Accident          Cause = 8
	ChildrenSchooling Cause = 9
	OtherCause        Cause = 10
)

// Causes lists the ten causes by code.
var Causes = []Cause{NoWorkAbility, AbleUnemployed, LaidOff, Uninsured, InsuranceNotPaid, SeriousIllness,
	NaturalDisaster, Accident, ChildrenSchooling, OtherCause}

// Key gives the word of the cause.
func (c Cause) Key() words.Key { return words.Key("casefile.cause." + strconv.Itoa(int(c))) }

// Known tells whether the code is one of the ten.
func (c Cause) Known() bool { return slices.Contains(Causes, c) }

// Class gives the class under which a public notice shows the cause; it tells neither a diagnosis nor a child's
// school (ux.md U42): illness, schooling, work, disaster, insurance or other.
func (c Cause) Class() string {
	switch c {
	case SeriousIllness:
		return "illness"
	case ChildrenSchooling:
		return "schooling"
	case NoWorkAbility, AbleUnemployed, LaidOff:
		return "work"
	case NaturalDisaster, Accident:
		return "disaster"
	case Uninsured, InsuranceNotPaid:
		return "insurance"
	}
	return "other"
}

// SaveCauses writes one main cause and up to three secondary ones, and what the form says of needs and target group
// (domain.md b.5). No cause at all is a registration that has not said it yet.
func SaveCauses(ctx context.Context, u *work.Unit, id work.FileID, seen int, causes []Cause, p Particulars) error {
	return saving(ctx, u, id, CausesSection, seen, func(f File) ([]work.Change, error) {
		for i, c := range causes {
			if !c.Known() || slices.Contains(causes[:i], c) {
				return nil, work.Refuse("casefile.refusal.cause_twice").On("secondary")
			}
		}
		if len(causes) > 4 {
			return nil, work.Refuse("casefile.refusal.causes").On("secondary")
		}
		if err := p.check(u.Today()); err != nil {
			return nil, err
		}
		if err := putParticulars(ctx, u, id, p); err != nil {
			return nil, err
		}
		return []work.Change{{Field: "causes", After: causes}, {Field: "needs", After: p.Needs}}, putCauses(ctx, u, id, causes)
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
