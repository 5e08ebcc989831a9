package casefile

import (
	"slices"
	"time"

	"bangfu/internal/money"
	"bangfu/internal/words"
)

// said is what an economy says of the household, without when and by whom it was written down.
func (e Economy) said() Economy {
	e.ID, e.Source, e.Round, e.TakenBy, e.TakenAt = 0, "", 0, "", time.Time{}
	return e
}

// name is the name of somebody of the household, now or then; "" is the household.
func name(id PersonID, facts ...Facts) string {
	for _, f := range facts {
		for _, m := range f.People {
			if m.ID == id {
				return m.Name
			}
		}
	}
	return ""
}

// compareEconomy compares the twelve months figure by figure, in the order of the form, the household's before its
// members'.
func compareEconomy(a, b Facts) []Difference {
	say := func(amount money.Amount) any {
		if amount == 0 {
			return nil
		}
		return amount
	}
	var all []Difference
	for _, side := range Sides {
		for _, kind := range Kinds[side] {
			for _, person := range peopleOf(side, kind, a.Economy, b.Economy) {
				all = told(all, Difference{Part: EconomySection, Person: name(person, b, a), Label: kind.Key(side),
					Before: say(a.Economy.At(side, kind, person).Amount), After: say(b.Economy.At(side, kind, person).Amount)})
			}
		}
	}
	return all
}

// peopleOf lists whose figures of a kind there are, the household's first.
func peopleOf(side Side, kind Kind, economies ...Economy) []PersonID {
	var ids []PersonID
	for _, e := range economies {
		for _, l := range e.Lines {
			if l.Side == side && l.Kind == kind {
				ids = append(ids, l.Person)
			}
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// compareArrears tells which arrears came, went or were settled.
func compareArrears(a, b Facts) []Difference {
	say := func(list []Arrears, id ArrearsID) any {
		for _, r := range list {
			if r.ID == id && r.SettledOn.IsZero() {
				return words.Saying("casefile.version.arrears", r.From, r.Amount)
			} else if r.ID == id {
				return words.Saying("casefile.version.arrears_settled", r.From, r.Amount, r.SettledOn)
			}
		}
		return nil
	}
	var all []Difference
	seen := map[ArrearsID]bool{}
	for _, r := range slices.Concat(a.Arrears, b.Arrears) {
		if !seen[r.ID] {
			seen[r.ID] = true
			all = told(all, Difference{Part: EconomySection, Person: name(r.Person, b, a), Label: r.Kind.Key(), Before: say(a.Arrears, r.ID), After: say(b.Arrears, r.ID)})
		}
	}
	return all
}

// compareOpinions compares what each body said of the application.
func compareOpinions(a, b []BodyOpinion) []Difference {
	say := func(list []BodyOpinion, body Body) any {
		for _, o := range list {
			if o.Body == body {
				return o.GivenOn.String() + " " + o.Opinion
			}
		}
		return nil
	}
	var all []Difference
	for _, body := range Bodies {
		all = told(all, Difference{Part: DeclarationsSection, Label: body.Key(), Before: say(a, body), After: say(b, body)})
	}
	return all
}
