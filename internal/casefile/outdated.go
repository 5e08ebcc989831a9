package casefile

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// figuresLast is for how many months after their last day the twelve months of a household say something about today: every
// file is reviewed once a year at least ([W44]; domain.md c.1), and a proof of income holds as long (b.7).
const figuresLast = 12

// Outdated is one thing on which a judgement or a grant would rest and that says nothing about today any more. It warns, and
// stops nothing: who decides may know better, and no source asks for a stop.
type Outdated struct {
	Section Section      // EconomySection or EvidenceSection: where it is put right
	Until   day.Date     // last day of the figures, or last day on which the paper proved something
	Kind    EvidenceKind // of a paper
	Person  string       // of whom the paper speaks; "" = of the household
}

// Message says what is out of date since when.
func (o Outdated) Message() words.Message {
	switch {
	case o.Section == EconomySection:
		return words.Saying("casefile.outdated.figures", o.Until, figuresLast)
	case o.Person != "":
		return words.Saying("casefile.outdated.paper_of", o.Kind, o.Person, o.Until)
	}
	return words.Saying("casefile.outdated.paper", o.Kind, o.Until)
}

// Outdated lists what is out of date on a day: the figures, the papers that the situation asks for, and those of the further
// kinds. A paper that is missing altogether is another matter (Missing).
func (s Situation) Outdated(held []Evidence, on day.Date, kinds ...EvidenceKind) []Outdated {
	var all []Outdated
	if until := s.Economy.Until; !until.IsZero() && until.AddMonths(figuresLast).Before(on) {
		all = append(all, Outdated{Section: EconomySection, Until: until})
	}
	required := s.Required()
	for _, k := range kinds {
		if !slices.ContainsFunc(required, func(r Requirement) bool { return r.Kind == k }) {
			required = append(required, Requirement{Kind: k})
		}
	}
	for _, r := range required {
		if e := r.Of(held, on); e != nil && e.Expired(on) {
			all = append(all, Outdated{Section: EvidenceSection, Until: r.longest(held).ValidUntil, Kind: r.Kind, Person: r.Person})
		}
	}
	return all
}

// OutdatedOf lists what is out of date on a day of a file that the caller has found in its scope, among the papers held and those
// of further kinds. While the cover says that the papers are whole, nothing else of the file is read.
func OutdatedOf(ctx context.Context, q work.Querier, f File, held []Evidence, on day.Date, kinds ...EvidenceKind) ([]Outdated, error) {
	var whole bool
	err := q.QueryRow(ctx, `
		-- casefile.OutdatedOf
		SELECT coalesce(f.papers_until >= @on, false) FROM casefile_file f WHERE f.id = @id`, pgx.NamedArgs{"id": f.ID, "on": on}).Scan(&whole)
	if err != nil {
		return nil, fmt.Errorf("asking whether the papers of file %d are whole: %w", f.ID, err)
	}
	s := Situation{File: f, Economy: Economy{Until: f.EconomyUntil}}
	if !whole {
		if s, err = SituationOf(ctx, q, f); err != nil {
			return nil, err
		}
	}
	return s.Outdated(held, on, kinds...), nil
}
