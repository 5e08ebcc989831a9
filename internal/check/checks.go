package check

import (
	"slices"
	"strconv"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/words"
)

// Name says which check it is.
type Name string

// Key gives the short name of the check, for lists.
func (n Name) Key() words.Key { return words.Key("check.name." + string(n)) }

// Severity says how sure it is that something is wrong.
type Severity string

// The severities.
const (
	Contradiction Severity = "contradiction" // both cannot be true
	Unlikely      Severity = "unlikely"      // possible, and to be asked
	Lacking       Severity = "lacking"       // something is missing or out of date
)

// Key gives the word of the severity.
func (s Severity) Key() words.Key { return words.Key("check.severity." + string(s)) }

// Input is what the checks look at: the facts of one file with its numbers revealed, and what follows from them today.
type Input struct {
	Facts   casefile.Facts
	Today   day.Date
	Papers  []casefile.Evidence
	Missing []casefile.Requirement
	Now     eligibility.Category // what the figures give today
	Judged  bool                 // Now is known
	Twin    string               // number of another open file with a person of the same name and birth; "" = none
	TwinOf  string               // that person's name

	Former   string // number of a file with one of these people that was ended for false information; "" = none
	FormerOf string // that person's name
}

// Note is one thing that a check found: in whom or in what, and with which values. No number stands in it.
type Note struct {
	Subject string
	Args    []string
}

// Check is one check.
type Check struct {
	Name     Name
	Section  casefile.Section // where it can be put right
	Severity Severity
	run      func(Input) []Note
}

// Checks lists all checks, in the order of the form.
var Checks = []Check{
	{"id_birth", casefile.HeadSection, Contradiction, each(func(in Input, p casefile.Person) bool {
		return p.Number != "" && p.Number.Birth() != p.Birth
	}, birth)},
	{"id_sex", casefile.HeadSection, Contradiction, each(func(in Input, p casefile.Person) bool {
		return p.Number != "" && p.Number.Sex() != p.Sex
	}, nil)},
	{"phone", casefile.HeadSection, Lacking, each(func(in Input, p casefile.Person) bool {
		return p.Relation == casefile.Head && p.PhoneIndex == nil
	}, nil)},
	{"head_age", casefile.HeadSection, Unlikely, each(func(in Input, p casefile.Person) bool {
		return p.Relation == casefile.Head && p.Birth.Age(in.Today) < 16
	}, age)},
	{"very_old", casefile.HeadSection, Unlikely, each(func(in Input, p casefile.Person) bool { return p.Birth.Age(in.Today) > 100 }, age)},
	{"same_person", casefile.MembersSection, Unlikely, samePerson},
	{"former", casefile.MembersSection, Unlikely, func(in Input) []Note {
		if in.Former == "" {
			return nil
		}
		return []Note{{Subject: in.FormerOf, Args: []string{in.FormerOf, in.Former}}}
	}},
	{"twin", casefile.MembersSection, Unlikely, func(in Input) []Note {
		if in.Twin == "" {
			return nil
		}
		return []Note{{Subject: in.TwinOf, Args: []string{in.TwinOf, in.Twin}}}
	}},
	{"two_spouses", casefile.MembersSection, Contradiction, func(in Input) []Note {
		if n := len(related(in, "spouse")); n > 1 {
			return []Note{{Args: []string{strconv.Itoa(n)}}}
		}
		return nil
	}},
	{"single_spouse", casefile.MembersSection, Contradiction, each(func(in Input, p casefile.Person) bool {
		return p.Relation == casefile.Head && slices.Contains([]string{"single", "divorced", "widowed"}, p.Marital) && len(related(in, "spouse")) > 0
	}, marital)},
	{"married_alone", casefile.MembersSection, Unlikely, each(func(in Input, p casefile.Person) bool {
		return p.Relation == casefile.Head && p.Marital == "married" && len(related(in, "spouse")) == 0
	}, nil)},
	{"spouse_age", casefile.MembersSection, Unlikely, each(func(in Input, p casefile.Person) bool {
		return p.Relation == "spouse" && p.Birth.Age(in.Today) < 18
	}, age)},
	{"parent_age", casefile.MembersSection, Contradiction, each(func(in Input, p casefile.Person) bool {
		head, ok := headOf(in)
		return ok && p.Relation == "parent" && p.Birth.Age(head.Birth) < generation
	}, age)},
	{"child_age", casefile.MembersSection, Contradiction, each(func(in Input, p casefile.Person) bool {
		head, ok := headOf(in)
		return ok && (p.Relation == "son" || p.Relation == "daughter") && head.Birth.Age(p.Birth) < generation
	}, age)},
	{"grandparent_age", casefile.MembersSection, Contradiction, each(func(in Input, p casefile.Person) bool {
		head, ok := headOf(in)
		return ok && p.Relation == "grandparent" && p.Birth.Age(head.Birth) < 2*generation
	}, age)},
	{"grandchild_age", casefile.MembersSection, Contradiction, each(func(in Input, p casefile.Person) bool {
		head, ok := headOf(in)
		return ok && p.Relation == "grandchild" && head.Birth.Age(p.Birth) < 2*generation
	}, age)},
	{"pupil_age", casefile.MembersSection, Unlikely, each(func(in Input, p casefile.Person) bool {
		return p.WorkStatus == "student" && p.Birth.Age(in.Today) > 30
	}, age)},
	{"preschool_age", casefile.MembersSection, Contradiction, each(func(in Input, p casefile.Person) bool {
		return p.WorkStatus == "child" && p.Birth.Age(in.Today) > 6
	}, age)},
	{"worker_age", casefile.MembersSection, Contradiction, each(func(in Input, p casefile.Person) bool {
		return casefile.Employed(p.WorkStatus) && p.Birth.Age(in.Today) < 16
	}, age)},
	{"retired_age", casefile.MembersSection, Unlikely, each(func(in Input, p casefile.Person) bool {
		return retired(p) && p.Birth.Age(in.Today) < 45
	}, age)},
	{"ill_without", casefile.MembersSection, Contradiction, each(func(in Input, p casefile.Person) bool {
		return p.Health == "good" && (p.Illness != "" || p.Disability != "")
	}, nil)},
	{"worker_wage", casefile.EconomySection, Unlikely, workerWage},
	{"wage_worker", casefile.EconomySection, Unlikely, wageWorker},
	{"pension_retired", casefile.EconomySection, Unlikely, pensionRetired},
	{"income_members", casefile.EconomySection, Contradiction, incomeMembers},
	{"left_figure", casefile.EconomySection, Lacking, leftFigure},
	{"illness_cost", casefile.EconomySection, Unlikely, illnessCost},
	{"disability_cost", casefile.EconomySection, Contradiction, disabilityCost},
	{"schooling_cost", casefile.EconomySection, Contradiction, schoolingCost},
	{"illness_cause", casefile.CausesSection, Contradiction, illnessCause},
	{"schooling_cause", casefile.CausesSection, Contradiction, schoolingCause},
	{"idle_cause", casefile.CausesSection, Unlikely, idleCause},
	{"card_holder", casefile.BankSection, Contradiction, cardHolder},
	{"paper_missing", casefile.EvidenceSection, Lacking, paperMissing},
	{"paper_expired", casefile.EvidenceSection, Lacking, paperExpired},
	{"category", casefile.EconomySection, Unlikely, category},
	// No check of what a file says finds it: RunDue does, when a check of the file fails.
	{unreadable, casefile.HeadSection, Lacking, func(Input) []Note { return nil }},
}

// unreadable names the list of files that could not be checked because something in them cannot be read.
const unreadable Name = "unreadable"

// generation is the least number of years between a parent and a child.
const generation = 15

// Of gives the check of a name; false when there is none.
func Of(name Name) (Check, bool) {
	i := slices.IndexFunc(Checks, func(c Check) bool { return c.Name == name })
	if i < 0 {
		return Check{}, false
	}
	return Checks[i], true
}

// Found is one thing found, with the check that found it.
type Found struct {
	Check
	Note
}

// Run runs all checks.
func Run(in Input) []Found {
	var all []Found
	for _, c := range Checks {
		for _, n := range c.run(in) {
			all = append(all, Found{Check: c, Note: n})
		}
	}
	return all
}

// Message says what was found. Arguments that name a word are told by it.
func (f Found) Message() words.Message { return Message(f.Name, f.Args) }

// Message says what a check of a name found.
func Message(name Name, kept []string) words.Message {
	args := make([]any, len(kept))
	for i, a := range kept {
		if args[i] = a; words.Has(words.Key(a)) {
			args[i] = words.Key(a)
		}
	}
	return words.Saying(words.Key("check.found."+string(name)), args...)
}

// each runs a check on every person; args are told beside the name.
func each(fits func(Input, casefile.Person) bool, args func(Input, casefile.Person) []string) func(Input) []Note {
	return func(in Input) []Note {
		var notes []Note
		for _, m := range in.Facts.People {
			if !fits(in, m.Person) {
				continue
			}
			n := Note{Subject: m.Name, Args: []string{m.Name}}
			if args != nil {
				n.Args = append(n.Args, args(in, m.Person)...)
			}
			notes = append(notes, n)
		}
		return notes
	}
}

// age tells how old a person is.
func age(in Input, p casefile.Person) []string {
	return []string{strconv.Itoa(p.Birth.Age(in.Today))}
}

// birth tells the birth that was entered.
func birth(_ Input, p casefile.Person) []string { return []string{p.Birth.String()} }

// marital tells the marital status that was entered.
func marital(_ Input, p casefile.Person) []string {
	return []string{string(casefile.Marital.Key(p.Marital))}
}

// headOf gives the head of the household.
func headOf(in Input) (casefile.Person, bool) {
	for _, m := range in.Facts.People {
		if m.Relation == casefile.Head {
			return m.Person, true
		}
	}
	return casefile.Person{}, false
}

// related lists the persons of one relation to the head.
func related(in Input, relation string) []casefile.Person {
	return people(in, func(p casefile.Person) bool { return p.Relation == relation })
}

// people lists the persons who fit.
func people(in Input, fits func(casefile.Person) bool) []casefile.Person {
	var all []casefile.Person
	for _, m := range in.Facts.People {
		if fits(m.Person) {
			all = append(all, m.Person)
		}
	}
	return all
}

// retired tells whether a person draws a pension by the status of work.
func retired(p casefile.Person) bool {
	return p.WorkStatus == "retired" || p.WorkStatus == "veteran_retired"
}
