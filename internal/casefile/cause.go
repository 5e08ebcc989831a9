package casefile

import (
	"slices"
	"strconv"

	"bangfu/internal/words"
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
