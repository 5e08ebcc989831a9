package grant

import (
	"context"
	"fmt"
	"slices"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/work"
)

// Household is a worker file as far as an application looks at it.
type Household struct {
	casefile.File
	Causes []casefile.Cause
	Papers []casefile.Evidence
}

// openCauses lists those of the household's causes that the terms help with.
func (t Terms) openCauses(h Household) []casefile.Cause {
	var open []casefile.Cause
	for _, c := range h.Causes {
		if slices.Contains(t.Causes, c) {
			open = append(open, c)
		}
	}
	return open
}

// missing lists the kinds of paper that the terms ask for and the file lacks.
func (t Terms) missing(h Household) []casefile.EvidenceKind {
	var missing []casefile.EvidenceKind
	for _, kind := range t.Evidence {
		if !slices.ContainsFunc(h.Papers, func(e casefile.Evidence) bool { return e.Kind == kind }) {
			missing = append(missing, kind)
		}
	}
	return missing
}

// Offer is a programme as one household stands to it.
type Offer struct {
	Terms   Terms
	Causes  []casefile.Cause        // of the household, that the programme helps with; none = not for this household
	Missing []casefile.EvidenceKind // papers that have to be on the file first
}

// Open tells whether the household can apply now.
func (o Offer) Open() bool { return len(o.Causes) > 0 && len(o.Missing) == 0 }

// Offers lists the programmes in force on the day as they stand to the household. A household that is not on file, or whose
// exit was agreed to, is offered nothing: it is told so before anybody types.
func Offers(ctx context.Context, q work.Querier, scope work.Scope, file work.FileID, on day.Date) (Household, []Offer, error) {
	h, err := findHousehold(ctx, q, scope, file)
	if err != nil {
		return h, nil, fmt.Errorf("listing what is offered to file %d: %w", file, err)
	}
	if err := h.mayApply(ctx, q); err != nil {
		return h, nil, err
	}
	all, err := listTerms(ctx, q, on)
	if err != nil {
		return h, nil, fmt.Errorf("listing what is offered to file %d: %w", file, err)
	}
	offers := make([]Offer, len(all))
	for i, t := range all {
		offers[i] = Offer{Terms: t, Causes: t.openCauses(h), Missing: t.missing(h)}
	}
	return h, offers, nil
}

// findHousehold reads the file within the scope, its causes and its papers.
func findHousehold(ctx context.Context, q work.Querier, scope work.Scope, id work.FileID) (Household, error) {
	f, err := casefile.Find(ctx, q, scope, id)
	if err != nil {
		return Household{}, err
	}
	h := Household{File: f}
	if h.Causes, err = casefile.CausesOf(ctx, q, id); err != nil {
		return h, err
	}
	h.Papers, err = casefile.EvidenceOf(ctx, q, id)
	return h, err
}
