package eligibility

import "bangfu/internal/words"

// Exclusion is a condition that keeps a household off the register, or asks for a decision with a reason (domain.md
// d.4, [W7][W21][W69][W47][W75]).
type Exclusion string

// The exclusion conditions.
const (
	TwoHomes    Exclusion = "two_homes"    // two homes or more
	Business    Exclusion = "business"     // a shop or employees of one's own
	HighSchool  Exclusion = "high_school"  // a child in a private school above twice the public fee
	Abroad      Exclusion = "abroad"       // self-financed study abroad
	Vehicle     Exclusion = "vehicle"      // regular use of a motor vehicle not for hire
	RefusesWork Exclusion = "refuses_work" // capable of work and refusing it without reason
)

// Exclusions lists all conditions in the order of the form.
var Exclusions = []Exclusion{TwoHomes, Business, HighSchool, Abroad, Vehicle, RefusesWork}

// Key gives the word of the condition.
func (e Exclusion) Key() words.Key { return words.Key("eligibility.exclusion." + string(e)) }

// Property is what a household said of what it has.
type Property struct {
	Homes  int64       // homes that belong to the household
	Metres int64       // their certified floor area together, in square metres
	People int64       // those living together
	Ticked []Exclusion // the other conditions that hold
	Cause  bool        // serious illness or a disaster is among the causes
}

// Excludes lists the conditions that hold, in the order of Exclusions. Two homes do not exclude a household whose floor
// area a head is below the rule's number when serious illness or a disaster brought it into hardship ([W47], Chuzhou);
// an area of exactly the number excludes.
func (r Rule) Excludes(p Property) []Exclusion {
	var held []Exclusion
	if p.Homes >= 2 && !(p.Cause && p.Metres < r.Numbers.HomeMetres*p.People) {
		held = append(held, TwoHomes)
	}
	for _, e := range Exclusions[1:] {
		for _, t := range p.Ticked {
			if t == e {
				held = append(held, e)
				break
			}
		}
	}
	return held
}
