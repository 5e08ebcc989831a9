package casefile

import (
	"context"
	"fmt"
	"slices"

	"bangfu/internal/day"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// Requirement is a paper that the file must hold, and why.
type Requirement struct {
	Kind     EvidenceKind
	Why      words.Key
	PersonID PersonID // zero = of the household
	Person   string
}

// Of gives the paper among those held that meets the requirement: one that holds on the day before one that does not any
// more; nil when there is none. A paper that names nobody speaks for everybody.
func (r Requirement) Of(held []Evidence, on day.Date) *Evidence {
	var expired *Evidence
	for i, e := range held {
		if e.Kind != r.Kind || r.PersonID != 0 && e.PersonID != 0 && e.PersonID != r.PersonID {
			continue
		}
		if !e.Expired(on) {
			return &held[i]
		}
		expired = &held[i]
	}
	return expired
}

// Situation is what a file says of its household: it decides which papers the file must hold and which answers it owes.
type Situation struct {
	File        File
	Causes      []Cause
	People      []Person
	Economy     Economy
	Particulars Particulars
}

// demand is one row of domain.md b.7: which situation asks for which papers, and of whom. Without who, or where who fits
// nobody, the paper is asked of the household.
type demand struct {
	why   words.Key
	when  func(Situation) bool
	who   func(Person) bool
	kinds []EvidenceKind
}

var demands = []demand{
	{"casefile.why.all", func(Situation) bool { return true }, nil,
		[]EvidenceKind{ApplicationPaper, HeadID, HouseRegister, IncomeProof, CardCopy, Authorisation}},
	{"casefile.why.allowance", func(s Situation) bool { return s.Economy.Of(Income, AllowanceKind) > 0 }, nil,
		[]EvidenceKind{AllowanceProof}},
	{"casefile.why.illness", func(s Situation) bool { return s.cause(SeriousIllness) }, Person.ill, []EvidenceKind{Diagnosis, Receipts}},
	{"casefile.why.disability", func(s Situation) bool { return slices.ContainsFunc(s.People, Person.disabled) }, Person.disabled,
		[]EvidenceKind{DisabilityProof}},
	{"casefile.why.event", func(s Situation) bool { return s.cause(NaturalDisaster, Accident) }, nil,
		[]EvidenceKind{EventProof, Receipts}},
	{"casefile.why.accident", func(s Situation) bool { return s.File.Category.ByAccident() }, nil, []EvidenceKind{EventProof, Receipts}},
	{"casefile.why.schooling", func(s Situation) bool { return s.cause(ChildrenSchooling) }, Person.student,
		[]EvidenceKind{SchoolProof, TuitionReceipts}},
	{"casefile.why.migrant", func(s Situation) bool { return slices.ContainsFunc(s.People, Person.migrantHead) }, nil,
		[]EvidenceKind{Contract}},
	{"casefile.why.parted", func(s Situation) bool { return slices.ContainsFunc(s.People, Person.partedHead) }, nil,
		[]EvidenceKind{MaritalProof}},
}

func (p Person) ill() bool         { return p.Health == "ill" }
func (p Person) disabled() bool    { return p.Health == "disabled" }
func (p Person) student() bool     { return p.WorkStatus == "student" }
func (p Person) migrantHead() bool { return p.Relation == Head && p.Identity == "migrant" }

// partedHead tells whether a proof of the marital status is asked for.
func (p Person) partedHead() bool {
	return p.Relation == Head && (p.Marital == "divorced" || p.Marital == "widowed")
}

// cause tells whether one of the causes is among the file's.
func (s Situation) cause(causes ...Cause) bool {
	return slices.ContainsFunc(causes, func(c Cause) bool { return slices.Contains(s.Causes, c) })
}

// of lists whose paper a demand asks for; one without a name is the household.
func (s Situation) of(d demand) []Person {
	var who []Person
	for _, p := range s.People {
		if d.who != nil && d.who(p) {
			who = append(who, p)
		}
	}
	if who == nil {
		return []Person{{}}
	}
	return who
}

// Required lists the papers that the situation asks for, each once a person, with the first reason for it. A kind that
// is asked of somebody is not asked of the household as well.
func (s Situation) Required() []Requirement {
	var all []Requirement
	for _, d := range demands {
		if !d.when(s) {
			continue
		}
		who := s.of(d)
		for _, kind := range d.kinds {
			for _, p := range who {
				asked := func(r Requirement) bool { return r.Kind == kind && (r.PersonID == p.ID || p.ID == 0) }
				if !slices.ContainsFunc(all, asked) {
					all = append(all, Requirement{Kind: kind, Why: d.why, PersonID: p.ID, Person: p.Name})
				}
			}
		}
	}
	return all
}

// Missing lists the required papers that are not among those in the file, or prove nothing any more on the day.
func (s Situation) Missing(held []Evidence, on day.Date) []Requirement {
	return slices.DeleteFunc(s.Required(), func(r Requirement) bool {
		e := r.Of(held, on)
		return e != nil && !e.Expired(on)
	})
}

// SituationOf reads what the file says of its household.
func SituationOf(ctx context.Context, q work.Querier, f File) (Situation, error) {
	s := Situation{File: f}
	said, err := SaidOf(ctx, q, f.ID)
	if err != nil {
		return s, err
	}
	s.Causes, s.Particulars = said.Causes, said.Particulars
	if s.People, err = readPeople(ctx, q, f.ID); err != nil {
		return s, fmt.Errorf("reading the people of file %d: %w", f.ID, err)
	}
	s.Economy, err = EconomyOf(ctx, q, f)
	return s, err
}

// Missing lists the papers that the file needs on the day and does not hold.
func Missing(ctx context.Context, q work.Querier, f File, on day.Date) ([]Requirement, error) {
	s, err := SituationOf(ctx, q, f)
	if err != nil {
		return nil, err
	}
	held, err := EvidenceOf(ctx, q, f.ID)
	if err != nil {
		return nil, err
	}
	return s.Missing(held, on), nil
}
