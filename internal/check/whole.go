package check

import (
	"slices"

	"bangfu/internal/casefile"
	"bangfu/internal/money"
)

// samePerson finds two persons of one name and birth in the household: one person entered with two numbers.
func samePerson(in Input) []Note {
	var notes []Note
	for i, m := range in.Facts.People {
		for _, o := range in.Facts.People[:i] {
			if m.Name == o.Name && m.Birth == o.Birth {
				notes = append(notes, Note{Subject: m.Name, Args: []string{m.Name, m.Birth.String()}})
				break
			}
		}
	}
	return notes
}

// workerWage finds somebody at work in a household without any wage, neither paid nor owed.
func workerWage(in Input) []Note {
	atWork := people(in, func(p casefile.Person) bool { return p.WorkStatus == "on_post" })
	if len(in.Facts.Economy.Lines) == 0 || len(atWork) == 0 || in.Facts.Economy.Of(casefile.Income, "wage") > 0 || owed(in) {
		return nil
	}
	return []Note{{Subject: atWork[0].Name, Args: []string{atWork[0].Name}}}
}

// owed tells whether wages are owed to somebody.
func owed(in Input) bool {
	return slices.ContainsFunc(in.Facts.Arrears, func(a casefile.Arrears) bool { return a.Kind == "wage" && a.SettledOn.IsZero() })
}

// wageWorker finds a wage where nobody works or was at work.
func wageWorker(in Input) []Note {
	wage := in.Facts.Economy.Of(casefile.Income, "wage")
	working := people(in, func(p casefile.Person) bool {
		return casefile.Employed(p.WorkStatus) || p.WorkStatus == "unemployed" || p.WorkStatus == "" || p.WorkStatus == "migrant" || p.WorkStatus == "sick_retired"
	})
	if wage == 0 || len(working) > 0 {
		return nil
	}
	return []Note{{Args: []string{wage.Grouped()}}}
}

// pensionRetired finds a pension where nobody is retired.
func pensionRetired(in Input) []Note {
	pension := in.Facts.Economy.Of(casefile.Income, "pension")
	drawing := people(in, func(p casefile.Person) bool {
		return retired(p) || p.WorkStatus == "internal_retired" || p.WorkStatus == "sick_retired" || p.Birth.Age(in.Today) >= 50
	})
	if pension == 0 || len(drawing) > 0 {
		return nil
	}
	return []Note{{Args: []string{pension.Grouped()}}}
}

// incomeMembers finds a kind of income that is given for the household and for its members, in two sums that differ, or
// that are the same: then it counts twice. What belongs to persons is given for persons.
func incomeMembers(in Input) []Note {
	var notes []Note
	for _, kind := range casefile.Kinds[casefile.Income] {
		whole, persons := money.Amount(0), money.Amount(0)
		for _, l := range in.Facts.Economy.Lines {
			switch {
			case l.Side != casefile.Income || l.Kind != kind || !kind.Personal(casefile.Income):
			case l.Person == 0:
				whole += l.Amount
			default:
				persons += l.Amount
			}
		}
		if whole > 0 && persons > 0 {
			notes = append(notes, Note{Subject: string(kind), Args: []string{string(kind.Key(casefile.Income)), whole.Grouped(), persons.Grouped()}})
		}
	}
	return notes
}

// leftFigure finds the figures of whoever left the household since they were taken: they are not counted any more, and new
// ones are to be asked for.
func leftFigure(in Input) []Note {
	var notes []Note
	for _, l := range in.Facts.Economy.Lines {
		if l.Left != "" && !slices.ContainsFunc(notes, func(n Note) bool { return n.Subject == l.Left }) {
			notes = append(notes, Note{Subject: l.Left, Args: []string{l.Left}})
		}
	}
	return notes
}

// unwell tells whether a person is ill or disabled.
func unwell(p casefile.Person) bool { return p.Health == "ill" || p.Health == "disabled" }

// costs finds a rigid expenditure of a kind where nobody fits.
func costs(in Input, kind casefile.Kind, fits func(casefile.Person) bool) []Note {
	cost := in.Facts.Economy.Of(casefile.Expense, kind)
	if cost == 0 || len(people(in, fits)) > 0 {
		return nil
	}
	return []Note{{Args: []string{cost.Grouped()}}}
}

func illnessCost(in Input) []Note { return costs(in, "illness", unwell) }

func disabilityCost(in Input) []Note {
	return costs(in, "disability", func(p casefile.Person) bool { return p.Health == "disabled" })
}

func schoolingCost(in Input) []Note { return costs(in, "schooling", student) }

// student tells whether a person goes to school.
func student(p casefile.Person) bool { return p.WorkStatus == "student" || p.WorkStatus == "child" }

// causes finds a cause that nobody in the household bears out.
func causes(in Input, among []casefile.Cause, fits func(casefile.Person) bool) []Note {
	for _, c := range among {
		if slices.Contains(in.Facts.Causes, c) && len(people(in, fits)) == 0 {
			return []Note{{Args: []string{string(c.Key())}}}
		}
	}
	return nil
}

func illnessCause(in Input) []Note {
	return causes(in, []casefile.Cause{casefile.SeriousIllness}, unwell)
}

func schoolingCause(in Input) []Note {
	return causes(in, []casefile.Cause{casefile.ChildrenSchooling}, func(p casefile.Person) bool { return p.WorkStatus == "student" })
}

// idleCause finds a cause of being out of work where everybody who could work is at work.
func idleCause(in Input) []Note {
	return causes(in, []casefile.Cause{casefile.AbleUnemployed, casefile.LaidOff}, func(p casefile.Person) bool {
		return p.WorkStatus == "unemployed" || p.WorkStatus == "waiting" || p.WorkStatus == ""
	})
}

// cardHolder finds a card of somebody who is not in the household.
func cardHolder(in Input) []Note {
	card := in.Facts.Card
	if card == nil || len(people(in, func(p casefile.Person) bool { return p.Name == card.Holder })) > 0 {
		return nil
	}
	return []Note{{Subject: card.Holder, Args: []string{card.Holder}}}
}

// paperMissing finds each required paper that the file does not hold.
func paperMissing(in Input) []Note {
	var notes []Note
	for _, r := range in.Missing {
		notes = append(notes, Note{Subject: string(r.Kind) + r.Person, Args: []string{string(r.Kind.Key()), string(r.Why)}})
	}
	return notes
}

// paperExpired finds each kind of paper of which the newest is out of date; of one that is required, the missing paper
// says so already.
func paperExpired(in Input) []Note {
	var notes []Note
	for i, p := range in.Papers {
		newer := func(o casefile.Evidence) bool {
			return o.Kind == p.Kind && o.PersonID == p.PersonID && !o.Expired(in.Today)
		}
		required := func(r casefile.Requirement) bool { return r.Kind == p.Kind && r.PersonID == p.PersonID }
		again := func(o casefile.Evidence) bool { return o.Kind == p.Kind && o.PersonID == p.PersonID }
		if !p.Expired(in.Today) || slices.ContainsFunc(in.Papers, newer) || slices.ContainsFunc(in.Missing, required) || slices.ContainsFunc(in.Papers[:i], again) {
			continue
		}
		notes = append(notes, Note{Subject: string(p.Kind) + p.Person, Args: []string{string(p.Kind.Key()), p.ValidUntil.String()}})
	}
	return notes
}

// category finds an active file whose figures give another category today than the one it has.
func category(in Input) []Note {
	if f := in.Facts.Cover; in.Judged && f.State == casefile.Active && f.Category != in.Now {
		return []Note{{Args: []string{string(f.Category.Key()), string(in.Now.Key())}}}
	}
	return nil
}
