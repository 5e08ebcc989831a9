package ledger

import (
	"slices"

	"golang.org/x/text/width"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// Verdict is what became of a row.
type Verdict string

// The verdicts.
const (
	Taken Verdict = "taken" // a person of a registration that was opened
	Known Verdict = "known" // taken by an earlier import of the same ledger already
	Bad   Verdict = "bad"   // something is wrong with it
	Held  Verdict = "held"  // right, but another row of its household is not
)

// Verdicts lists all of them.
var Verdicts = []Verdict{Taken, Known, Bad, Held}

// Key gives the word of the verdict.
func (v Verdict) Key() words.Key { return words.Key("ledger.verdict." + string(v)) }

// mostPeople is the largest household that a file holds.
const mostPeople = 30

// family is the rows of one household with what became of each.
type family struct {
	key      string // as the ledger names it; "" where it does not
	lines    []Line
	verdicts []Verdict
	file     work.FileID // of those that are taken or known
	causes   []casefile.Cause
}

// grouping puts rows together that belong to one household. Rows of a household stand one below the other: they carry
// the same household number or the same head, or the first of them is the head's and those below say their relation.
type grouping struct {
	keyed   bool // by a number or by the head
	related bool // by the head's row
	open    *family
}

// newGrouping chooses by the columns how rows are grouped; without any of them each row is a household.
func newGrouping(columns []Field) *grouping {
	g := &grouping{}
	for _, f := range columns {
		g.keyed = g.keyed || f == Household || f == HeadID
		g.related = g.related || f == Relation
	}
	return g
}

// add takes the next row and gives the household that ended before it, if one did.
func (g *grouping) add(l Line) *family {
	before := g.open
	if before != nil && g.joins(before, l) {
		before.lines = append(before.lines, l)
		return nil
	}
	g.open = &family{key: l.Key, lines: []Line{l}}
	return before
}

// joins tells whether a row belongs to the household above it. Below merged cells the number stands only once.
func (g *grouping) joins(f *family, l Line) bool {
	member := l.Person.Relation != "" && l.Person.Relation != casefile.Head
	switch {
	case g.keyed && l.Key != "":
		return l.Key == f.key
	case g.keyed || g.related:
		return member
	}
	return false
}

// rest gives the last household.
func (g *grouping) rest() *family {
	last := g.open
	g.open = nil
	return last
}

// whole says what is wrong with the household as one: it has one head and not too many people. Who is alone is the head.
func (f *family) whole() {
	if len(f.lines) == 1 && f.lines[0].Person.Relation == "" {
		f.lines[0].Person.Relation = casefile.Head
	}
	first := 0
	for i := range f.lines {
		l := &f.lines[i]
		switch {
		case i == mostPeople:
			l.fail(NotTaken, "ledger.fault.too_many", mostPeople)
		case l.Person.Relation == "" && !l.said(Relation):
			l.fail(Relation, "ledger.fault.missing")
		case l.Person.Relation != casefile.Head:
		case first == 0:
			first = l.Row
		default:
			l.fail(Relation, "ledger.fault.two_heads", first)
		}
	}
	if first == 0 && !f.lines[0].said(Relation) {
		f.lines[0].fail(Relation, "ledger.fault.no_head")
	}
	f.gather()
}

// mostCauses is how many causes a file has: the main one and three more (domain.md b.2).
const mostCauses = 4

// gather puts together what the rows say of the household as one, and notes what of it has no place: more causes than a
// file has, and a card that is not the head's.
func (f *family) gather() {
	for i := range f.lines {
		l := &f.lines[i]
		many := 0
		for _, c := range l.Causes {
			switch {
			case slices.Contains(f.causes, c):
			case len(f.causes) < mostCauses:
				f.causes = append(f.causes, c)
			default:
				many++
			}
		}
		if many > 0 {
			l.note(Cause, "ledger.note.causes", mostCauses, many)
		}
		if l.Card != nil && l.Person.Relation != casefile.Head {
			l.Card = nil
			l.note(Card, "ledger.note.card_member")
		}
	}
}

// judge gives each row its verdict: one bad row holds the others back, since a household without one of its people
// would be judged wrongly.
func (f *family) judge() {
	f.verdicts = make([]Verdict, len(f.lines))
	bad := 0
	for i, l := range f.lines {
		if f.verdicts[i] == "" && len(l.Faults) > 0 {
			f.verdicts[i] = Bad
			if bad == 0 {
				bad = l.Row
			}
		}
	}
	for i := range f.lines {
		switch {
		case f.verdicts[i] == Bad:
		case bad != 0:
			f.verdicts[i] = Held
			f.lines[i].fail(NotTaken, "ledger.fault.held", bad)
		default:
			f.verdicts[i] = Taken
		}
	}
}

// taken tells whether the household is to be opened.
func (f *family) taken() bool { return f.verdicts[0] == Taken }

// intake is the household as a registration takes it. until is the last day of the twelve months of its figures.
func (f *family) intake(until day.Date) casefile.Intake {
	head := f.head()
	in := casefile.Intake{Housing: head.Housing, Causes: f.causes, OldNumber: width.Fold.String(head.Old.Number), Card: head.Card, Until: until}
	if in.Card != nil {
		in.Card.Holder = head.Person.Name
	}
	for i, l := range f.lines {
		in.People = append(in.People, l.Person)
		if in.Housing.Address == "" {
			in.Housing.Address = l.Housing.Address
		}
		for _, figure := range l.Figures {
			if figure.Person = i; !figure.Kind.Personal(figure.Side) {
				figure.Person = -1
			}
			in.Figures = added(in.Figures, figure)
		}
	}
	return in
}

// added adds a figure to those of a household, to the one of the same kind and person if there is one.
func added(all []casefile.IntakeFigure, f casefile.IntakeFigure) []casefile.IntakeFigure {
	for i := range all {
		if all[i].Side == f.Side && all[i].Kind == f.Kind && all[i].Person == f.Person {
			all[i].Amount = min(all[i].Amount+f.Amount, mostAmount)
			return all
		}
	}
	return append(all, f)
}

// head gives the row of the head of the household.
func (f *family) head() Line {
	for _, l := range f.lines {
		if l.Person.Relation == casefile.Head {
			return l
		}
	}
	return f.lines[0]
}
