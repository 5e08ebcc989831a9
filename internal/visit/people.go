package visit

import (
	"context"
	"fmt"
	"slices"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/staff"
	"bangfu/internal/work"
)

// Person is somebody who may go to a household.
type Person struct {
	ID        work.StaffID
	Name      string
	Office    string
	Registrar bool     // entered the file; counts by the rule of the day
	Trained   day.Date // last day of training; zero = never. Filled by Visitors and Trainees
}

// visiting lists the roles that may visit.
func visiting() []string {
	var roles []string
	for _, role := range staff.Roles {
		if slices.Contains(staff.CapsOf([]work.Role{role}), staff.CapVisitRecord) {
			roles = append(roles, string(role))
		}
	}
	return roles
}

// Candidates lists who may go to a household on a day: active staff with the role, of the file's office, of one above it
// or of one below it, who do not decide or pay in this case and are no relatives of the household; the file's own office comes first. To a recheck go neither
// the registrar nor earlier visitors, to a key visit not those of the visit before; to a first visit the registrar goes where the rule of the day allows it.
func Candidates(ctx context.Context, q work.Querier, f casefile.File, due Due, on day.Date) ([]Person, error) {
	people, err := candidates(ctx, q, f, due.Purpose)
	if err != nil {
		return nil, fmt.Errorf("listing who may visit file %d: %w", f.ID, err)
	}
	may, err := RegistrarMay(ctx, q, on)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(people, func(p Person) bool { return p.Registrar && (due.Purpose == Again || !may) }), nil
}

// RegistrarMay tells whether, by the rule in force on the day, the registrar may be one of the two visitors.
func RegistrarMay(ctx context.Context, q work.Querier, on day.Date) (bool, error) {
	may, err := registrarMay(ctx, q, on)
	if err != nil {
		return false, fmt.Errorf("reading the visit rule of %v: %w", on, err)
	}
	return may, nil
}

// mayVisit refuses visitors who are not among the candidates, and says why. The database refuses them too.
func mayVisit(ctx context.Context, q work.Querier, f casefile.File, due Due, r Report) (*work.Refusal, error) {
	people, err := Candidates(ctx, q, f, due, r.VisitedOn)
	if err != nil {
		return nil, err
	}
	var others []Person // who may go, but not to this visit
	if due.Purpose == Key {
		if others, err = Candidates(ctx, q, f, Due{Purpose: Review}, r.VisitedOn); err != nil {
			return nil, err
		}
	}
	for i, id := range r.Visitors {
		related, err := casefile.RelatedTo(ctx, q, f.ID, id)
		if err != nil {
			return nil, err
		}

		if slices.ContainsFunc(people, func(p Person) bool { return p.ID == id }) {
			continue
		}
		field := [...]string{"visitor_a", "visitor_b"}[i]
		switch {
		case related:
			return work.Refuse("visit.refusal.relative").On(field), nil
		case due.Purpose == Again:
			return work.Refuse("visit.refusal.other_people").On(field), nil
		case due.Purpose == Key && slices.ContainsFunc(others, func(p Person) bool { return p.ID == id }):
			return work.Refuse("visit.refusal.key_people").On(field), nil
		case id == f.RegisteredBy:
			return work.Refuse("visit.refusal.registrar").On(field), nil
		}
		return work.Refuse("visit.refusal.visitor").On(field), nil
	}
	return nil, nil
}
