package check_test

import (
	"slices"
	"strings"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/check"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/idcard"
	"bangfu/internal/money"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/words"
)

var today = day.Of(2026, 11, 22)

// at is the birth of somebody who turns an age today; tomorrow's is a year less.
func at(age int) day.Date { return today.AddMonths(-12 * age) }

// person makes a member with a number of their own.
func person(relation, name string, birth day.Date, sex idcard.Sex) casefile.Member {
	p := sample.Person(relation, name, birth, sex)
	return casefile.Member{Person: p}
}

// household is one in which nothing is to be found: a couple of 50 and 48, he ill and at work, and a pupil of 16.
func household() check.Input {
	head := person(casefile.Head, "王建国", at(50), idcard.Male)
	head.PhoneIndex, head.Marital, head.Health, head.Illness = []byte{1}, "married", "ill", "kidney"
	son := person("son", "王小明", at(16), idcard.Male)
	son.WorkStatus = "student"
	return check.Input{Today: today, Facts: casefile.Facts{
		Cover:  casefile.File{State: casefile.Active, Category: eligibility.Severe},
		People: []casefile.Member{head, person("spouse", "李秀兰", at(48), idcard.Female), son},
		Economy: casefile.Economy{Lines: []casefile.Line{{Side: casefile.Income, Kind: "wage", Amount: money.Yuan(24000), Person: 1},
			{Side: casefile.Expense, Kind: "illness", Amount: money.Yuan(6000)}, {Side: casefile.Expense, Kind: "schooling", Amount: money.Yuan(800)}}},
		Causes: []casefile.Cause{casefile.SeriousIllness, casefile.ChildrenSchooling},
		Card:   &casefile.Account{Holder: "王建国"},
	}, Now: eligibility.Severe, Judged: true}
}

// said lists the checks that find something.
func said(in check.Input) string {
	var names []string
	for _, f := range check.Run(in) {
		names = append(names, string(f.Name))
	}
	slices.Sort(names)
	return strings.Join(slices.Compact(names), " ")
}

// member changes one person: 0 the head, 1 the spouse, 2 the son.
func member(i int, change func(*casefile.Person)) func(*check.Input) {
	return func(in *check.Input) { change(&in.Facts.People[i].Person) }
}

// join adds a person.
func join(relation string, birth day.Date, change ...func(*casefile.Person)) func(*check.Input) {
	return func(in *check.Input) {
		m := person(relation, "王"+relation, birth, idcard.Female)
		m.WorkStatus = "unable"
		for _, c := range change {
			c(&m.Person)
		}
		in.Facts.People = append(in.Facts.People, m)
	}
}

// lines replaces the economy.
func lines(all ...casefile.Line) func(*check.Input) {
	return func(in *check.Input) { in.Facts.Economy.Lines = all }
}

func status(s string) func(*casefile.Person) { return func(p *casefile.Person) { p.WorkStatus = s } }

// everybody changes the whole household.
func everybody(change func(*casefile.Person)) func(*check.Input) {
	return func(in *check.Input) {
		for i := range in.Facts.People {
			change(&in.Facts.People[i].Person)
		}
	}
}

// reborn gives a person a birth and a number that fits it.
func reborn(birth day.Date) func(*casefile.Person) {
	return func(p *casefile.Person) { p.Birth, p.Number = birth, sample.Number(birth, p.Sex) }
}

// paper is an expired or a current paper.
func paper(kind casefile.EvidenceKind, until day.Date) casefile.Evidence {
	return casefile.Evidence{Kind: kind, ValidUntil: until}
}

// What the tests below are put together from.
var wage = func(person casefile.PersonID, yuan int64) casefile.Line {
	return casefile.Line{Side: casefile.Income, Kind: "wage", Amount: money.Yuan(yuan), Person: person}
}
var pension = casefile.Line{Side: casefile.Income, Kind: "pension", Amount: money.Yuan(100)}
var cost = func(kind casefile.Kind) casefile.Line {
	return casefile.Line{Side: casefile.Expense, Kind: kind, Amount: 1}
}
var well = everybody(func(p *casefile.Person) { p.Health, p.Illness = "good", "" })
var both = func(changes ...func(*check.Input)) func(*check.Input) {
	return func(in *check.Input) {
		for _, c := range changes {
			c(in)
		}
	}
}
var only = func(n int) func(*check.Input) {
	return func(in *check.Input) { in.Facts.People = in.Facts.People[:n] }
}
var nothing = func(in *check.Input) { in.Facts.Causes = nil }

// tests say of each check what it is for, and the other side of its boundary.
var tests = map[check.Name]struct{ hit, miss func(*check.Input) }{
	"id_birth":    {member(0, func(p *casefile.Person) { p.Birth = p.Birth.Add(1) }), member(0, reborn(at(50).Add(1)))},
	"id_sex":      {member(1, func(p *casefile.Person) { p.Sex = idcard.Male }), member(1, func(p *casefile.Person) { p.Number = "" })},
	"phone":       {member(0, func(p *casefile.Person) { p.PhoneIndex = nil }), member(1, func(p *casefile.Person) { p.PhoneIndex = nil })},
	"head_age":    {both(member(0, reborn(at(16).Add(1))), member(0, status("student")), only(1), lines(), nothing, member(0, func(p *casefile.Person) { p.Marital = "single" })), both(member(0, reborn(at(16))), only(1), lines(), nothing, member(0, func(p *casefile.Person) { p.Marital = "single" }))},
	"very_old":    {member(0, reborn(at(101))), member(0, reborn(at(101).Add(1)))},
	"same_person": {join("daughter", at(16), func(p *casefile.Person) { p.Name = "王小明" }), join("daughter", at(16).Add(1), func(p *casefile.Person) { p.Name = "王小明" })},
	"former":      {func(in *check.Input) { in.Former, in.FormerOf = "QSX202600098", "王建国" }, func(in *check.Input) {}},
	"twin":        {func(in *check.Input) { in.Twin, in.TwinOf = "QSX202600099", "王建国" }, func(in *check.Input) {}},
	"two_spouses": {join("spouse", at(40)), join("sibling", at(40))},
	"single_spouse": {member(0, func(p *casefile.Person) { p.Marital = "widowed" }), both(member(0, func(p *casefile.Person) { p.Marital = "widowed" }), func(in *check.Input) {
		in.Facts.People = slices.Delete(in.Facts.People, 1, 2)
	})},
	"married_alone":   {func(in *check.Input) { in.Facts.People = slices.Delete(in.Facts.People, 1, 2) }, func(in *check.Input) {}},
	"spouse_age":      {member(1, reborn(at(18).Add(1))), member(1, reborn(at(18)))},
	"parent_age":      {join("parent", at(65).Add(1)), join("parent", at(65))},
	"child_age":       {join("son", at(35).Add(-1)), join("son", at(35))},
	"grandparent_age": {join("grandparent", at(80).Add(1)), join("grandparent", at(80))},
	"grandchild_age":  {join("grandchild", at(20).Add(-1)), join("grandchild", at(20))},
	"pupil_age":       {member(2, reborn(at(31))), member(2, reborn(at(31).Add(1)))},
	"preschool_age":   {join("daughter", at(7), status("child")), join("daughter", at(7).Add(1), status("child"))},
	"worker_age":      {join("daughter", at(16).Add(1), status("on_post")), join("daughter", at(16), status("on_post"))},
	"retired_age":     {join("sibling", at(45).Add(1), status("retired")), join("sibling", at(45), status("retired"))},
	"ill_without":     {member(1, func(p *casefile.Person) { p.Illness = "heart" }), member(1, func(p *casefile.Person) { p.Health, p.Illness = "ill", "heart" })},
	"worker_wage": {lines(cost("illness"), cost("schooling")), both(lines(cost("illness"), cost("schooling")), func(in *check.Input) {
		in.Facts.Arrears = []casefile.Arrears{{Kind: "wage"}}
	})},
	"wage_worker":     {both(member(0, status("retired")), member(1, status("retired"))), both(member(0, status("retired")), member(1, status("unemployed")))},
	"pension_retired": {both(lines(wage(1, 1), pension), member(0, reborn(at(50).Add(1))), member(1, reborn(at(49)))), lines(wage(1, 1), pension)},
	"left_figure":     {lines(casefile.Line{Side: casefile.Income, Kind: "wage", Amount: 1, Person: 9, Left: "王老大"}), lines(wage(9, 1))},
	"income_members":  {lines(wage(1, 100), wage(0, 100)), lines(wage(1, 100), wage(2, 100))},
	"illness_cost":    {both(well, nothing), both(well, nothing, lines(wage(1, 1)))},
	"disability_cost": {lines(wage(1, 1), cost("disability")), both(lines(wage(1, 1), cost("disability")), member(1, func(p *casefile.Person) { p.Health, p.Disability = "disabled", "limb" }))},
	"schooling_cost":  {both(nothing, member(2, status("unable"))), both(nothing, member(2, reborn(at(6))), member(2, status("child")))},
	"illness_cause":   {both(well, lines(wage(1, 1))), both(well, lines(wage(1, 1)), nothing)},
	"schooling_cause": {both(lines(wage(1, 1)), member(2, status("unable"))), lines(wage(1, 1))},
	"idle_cause": {func(in *check.Input) { in.Facts.Causes = []casefile.Cause{casefile.LaidOff} }, both(func(in *check.Input) { in.Facts.Causes = []casefile.Cause{casefile.LaidOff} },
		member(1, status("unemployed")))},
	"card_holder": {func(in *check.Input) { in.Facts.Card.Holder = "赵六" }, func(in *check.Input) { in.Facts.Card.Holder = "李秀兰" }},
	"paper_missing": {func(in *check.Input) {
		in.Missing = []casefile.Requirement{{Kind: casefile.Diagnosis, Why: "casefile.why.illness"}}
	}, func(in *check.Input) {}},
	"paper_expired": {func(in *check.Input) { in.Papers = []casefile.Evidence{paper(casefile.IncomeProof, today.Add(-1))} },
		func(in *check.Input) {
			in.Papers = []casefile.Evidence{paper(casefile.IncomeProof, today.Add(-1)), paper(casefile.IncomeProof, today)}
		}},
	"category": {func(in *check.Input) { in.Now = eligibility.Relative }, func(in *check.Input) { in.Now, in.Judged = eligibility.Relative, false }},
}

// Each check finds what it is for, and stays silent on the other side of its boundary.
func TestEachCheckOnBothSides(t *testing.T) {
	if got := said(household()); got != "" {
		t.Fatalf("in the plain household: %s", got)
	}
	for _, c := range check.Checks {
		if c.Name == "unreadable" {
			continue // a check that fails finds it: TestOneBrokenFileHoldsUpNoOther
		}
		test, tried := tests[c.Name]
		if !tried {
			t.Errorf("check %s is not tried", c.Name)
			continue
		}
		t.Run(string(c.Name), func(t *testing.T) {
			hit, miss := household(), household()
			test.hit(&hit)
			if got := said(hit); got != string(c.Name) {
				t.Errorf("found %q", got)
			}
			test.miss(&miss)
			if got := said(miss); strings.Contains(" "+got+" ", " "+string(c.Name)+" ") {
				t.Errorf("found on the other side: %q", got)
			}
			for _, f := range check.Run(hit) {
				for _, l := range []words.Language{words.Chinese, words.English} {
					if text := f.Message().In(words.In(t.Context(), l)); strings.ContainsAny(text, "{}") || strings.Contains(text, "casefile.") {
						t.Errorf("told as %q", text)
					}
				}
			}
		})
	}
}
