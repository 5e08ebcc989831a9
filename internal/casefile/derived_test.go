package casefile_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/idcard"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/words"
)

// someone is a person of the age on the gallery's day, with a work status.
func someone(relation, status string, sex idcard.Sex, birth day.Date) casefile.Person {
	return casefile.Person{Relation: relation, Name: relation, Sex: sex, Birth: birth, WorkStatus: status, Health: "good", Marital: "married", ModelWorker: "none"}
}

// A household is a zero-employment household when somebody is of working age and able to work, and nobody of these has a
// job: from the sixteenth birthday to the day before the sixtieth, for women the fifty-fifth.
func TestZeroEmployment(t *testing.T) {
	on := day.Of(2026, 11, 22)
	man := func(status string, birth day.Date) casefile.Person {
		return someone("head", status, idcard.Male, birth)
	}
	woman := func(status string, birth day.Date) casefile.Person {
		return someone("spouse", status, idcard.Female, birth)
	}
	forty := day.Of(1986, 1, 1)
	for name, test := range map[string]struct {
		people []casefile.Person
		is     bool
		able   int
	}{
		"nobody":                {nil, false, 0},
		"one unemployed":        {[]casefile.Person{man("unemployed", forty)}, true, 1},
		"waiting for a post":    {[]casefile.Person{man("waiting", forty)}, true, 1},
		"one of two works":      {[]casefile.Person{man("unemployed", forty), woman("on_post", forty)}, false, 2},
		"on sick leave":         {[]casefile.Person{man("sick_leave", forty)}, false, 1},
		"unable to work":        {[]casefile.Person{man("unable", forty)}, false, 0},
		"a student":             {[]casefile.Person{man("student", day.Of(2006, 1, 1))}, false, 0},
		"sixteen today":         {[]casefile.Person{man("unemployed", day.Of(2010, 11, 22))}, true, 1},
		"sixteen tomorrow":      {[]casefile.Person{man("unemployed", day.Of(2010, 11, 23))}, false, 0},
		"a man sixty today":     {[]casefile.Person{man("unemployed", day.Of(1966, 11, 22))}, false, 0},
		"a man sixty tomorrow":  {[]casefile.Person{man("unemployed", day.Of(1966, 11, 23))}, true, 1},
		"a woman 55 today":      {[]casefile.Person{woman("unemployed", day.Of(1971, 11, 22))}, false, 0},
		"a woman 55 tomorrow":   {[]casefile.Person{woman("unemployed", day.Of(1971, 11, 23))}, true, 1},
		"the one at work is 60": {[]casefile.Person{man("on_post", day.Of(1960, 1, 1)), woman("unemployed", forty)}, true, 1},
	} {
		if is, able := casefile.ZeroEmployment(test.people, on); is != test.is || len(able) != test.able {
			t.Errorf("%s: %v of %d, want %v of %d", name, is, len(able), test.is, test.able)
		}
	}
}

// A head raises a child alone who is not married, lives with no spouse, and has a son or daughter under eighteen or at school.
func TestSingleParent(t *testing.T) {
	on := day.Of(2026, 11, 22)
	head := func(marital string) casefile.Person {
		p := someone(casefile.Head, "on_post", idcard.Female, day.Of(1980, 1, 1))
		p.Marital = marital
		return p
	}
	child := func(status string, birth day.Date) casefile.Person { return someone("son", status, idcard.Male, birth) }
	minor, grown := child("student", day.Of(2015, 1, 1)), child("on_post", day.Of(2000, 1, 1))
	for name, test := range map[string]struct {
		people []casefile.Person
		is     bool
	}{
		"divorced with a child":      {[]casefile.Person{head("divorced"), minor}, true},
		"widowed with a child":       {[]casefile.Person{head("widowed"), minor}, true},
		"married":                    {[]casefile.Person{head("married"), minor}, false},
		"not said":                   {[]casefile.Person{head(""), minor}, false},
		"a spouse all the same":      {[]casefile.Person{head("single"), someone("spouse", "on_post", idcard.Male, day.Of(1980, 1, 1)), minor}, false},
		"a grown child":              {[]casefile.Person{head("divorced"), grown}, false},
		"a grown child at school":    {[]casefile.Person{head("divorced"), child("student", day.Of(2005, 1, 1))}, true},
		"eighteen today, at work":    {[]casefile.Person{head("divorced"), child("on_post", day.Of(2008, 11, 22))}, false},
		"eighteen tomorrow, at work": {[]casefile.Person{head("divorced"), child("on_post", day.Of(2008, 11, 23))}, true},
		"alone":                      {[]casefile.Person{head("divorced")}, false},
		"no head":                    {[]casefile.Person{minor}, false},
	} {
		if is, _ := casefile.SingleParent(test.people, on); is != test.is {
			t.Errorf("%s: %v", name, is)
		}
	}
}

// The special groups of 001-108: three are told by the facts, two were ticked.
func TestSpecials(t *testing.T) {
	on := day.Of(2026, 11, 22)
	head := someone(casefile.Head, "on_post", idcard.Female, day.Of(1980, 1, 1))
	head.Marital, head.ModelWorker = "divorced", "city"
	child := someone("son", "child", idcard.Male, day.Of(2020, 1, 1))
	child.Health = "disabled"
	groups := func(people []casefile.Person, p casefile.Particulars) string {
		var all []string
		for _, s := range casefile.Specials(people, p, on) {
			all = append(all, s.Group)
		}
		return strings.Join(all, " ")
	}
	if got := groups([]casefile.Person{head, child}, casefile.Particulars{Special: []string{"veteran", "old_party_member"}}); got !=
		"model_worker single_mother disabled_child old_party_member veteran" {
		t.Error(got)
	}
	father, grown := head, child
	father.Sex, father.ModelWorker, grown.Birth = idcard.Male, "none", day.Of(2008, 11, 22)
	if got := groups([]casefile.Person{father, grown}, casefile.Particulars{}); got != "" {
		t.Errorf("a single father with a disabled son of eighteen: %q", got)
	}
}

// The classes of the floor area include their ends (domain.md b.3).
func TestAreaClass(t *testing.T) {
	for metres, class := range map[int]words.Key{0: "to_20", 20: "to_20", 21: "to_50", 50: "to_50", 51: "to_70", 70: "to_70", 71: "over_70"} {
		if got := casefile.AreaClass(metres); got != "casefile.area."+class {
			t.Errorf("%d: %s", metres, got)
		}
	}
}

// A value retired with the older forms could be chosen up to the last day of 2019; whoever has it keeps it, and it still has
// its word.
func TestRetiredCodes(t *testing.T) {
	for _, test := range []struct {
		list       casefile.List
		old, young string
	}{{casefile.HousingKinds, "no_home", ""}, {casefile.HousingKinds, "self_bought", ""}, {casefile.WorkStatus, "migrant", ""},
		{casefile.Insurance, "insured", ""}, {casefile.Industry, "textile", "manufacturing"}} {
		last, first := day.Of(2019, 12, 31), day.Of(2020, 1, 1)
		if !slices.Contains(test.list.On(last), test.old) || slices.Contains(test.list.On(first), test.old) {
			t.Errorf("%s.%s is chosen on the wrong days", test.list.Name, test.old)
		}
		if test.young != "" && (slices.Contains(test.list.On(last), test.young) || !slices.Contains(test.list.On(first), test.young)) {
			t.Errorf("%s.%s is chosen on the wrong days", test.list.Name, test.young)
		}
		if offered := test.list.Offer(first, test.old); !slices.Contains(offered, test.old) || !words.Has(test.list.Key(test.old)) {
			t.Errorf("%s.%s is lost to whoever has it: %v", test.list.Name, test.old, offered)
		}
		if slices.Contains(test.list.Offer(first, "castle"), "castle") {
			t.Errorf("%s offers what it never held", test.list.Name)
		}
	}
	if n := len(casefile.Ethnicity.On(day.Of(2026, 1, 1))); n != 57 {
		t.Errorf("%d ethnicities, want 56 and one for the others", n)
	}
}

// Of each answer that applies and is not given, and of no other, the file says that it is owed.
func TestLacks(t *testing.T) {
	full := casefile.Person{Relation: casefile.Head, PhoneSealed: []byte{1}, District: "539901", Ethnicity: "han", Registration: "urban", Marital: "married",
		Political: "masses", Identity: "employed", ModelWorker: "none", Health: "good", Insurance: "employee", WorkStatus: "on_post",
		Employer: "青石纺织厂", Ownership: "state", Condition: "loss", Industry: "manufacturing", StartedOn: day.Of(2000, 1, 1)}
	whole := casefile.Situation{File: casefile.File{Address: "东街", Housing: "rented", AreaSaid: true}, Causes: []casefile.Cause{casefile.LaidOff},
		Particulars: casefile.Particulars{SelfHelp: "no", Needs: []string{"living"}}}
	for name, test := range map[string]struct {
		change func(*casefile.Person, *casefile.Situation)
		want   string
	}{
		"all said":                {func(*casefile.Person, *casefile.Situation) {}, ""},
		"ill with what":           {func(p *casefile.Person, _ *casefile.Situation) { p.Health = "ill" }, "illness"},
		"disabled how":            {func(p *casefile.Person, _ *casefile.Situation) { p.Health = "disabled" }, "disability grade"},
		"no phone":                {func(p *casefile.Person, _ *casefile.Situation) { p.PhoneSealed = nil }, "phone"},
		"unemployed, no employer": {func(p *casefile.Person, _ *casefile.Situation) { *p = jobless(*p) }, ""},
		"retired, no employer":    {func(p *casefile.Person, _ *casefile.Situation) { *p = jobless(*p); p.WorkStatus = "retired" }, "employer ownership started_on"},
		"at work, no employer":    {func(p *casefile.Person, _ *casefile.Situation) { *p = jobless(*p); p.WorkStatus = "on_post" }, "employer ownership started_on condition industry"},
		"a migrant":               {func(p *casefile.Person, _ *casefile.Situation) { p.Identity = "migrant" }, "contract_on contract_term"},
		"no area":                 {func(_ *casefile.Person, s *casefile.Situation) { s.File.AreaSaid = false }, "metres"},
		"no cause":                {func(_ *casefile.Person, s *casefile.Situation) { s.Causes = nil }, "main"},
		"another cause":           {func(_ *casefile.Person, s *casefile.Situation) { s.Causes = []casefile.Cause{casefile.OtherCause} }, "cause_note"},
		"another need":            {func(_ *casefile.Person, s *casefile.Situation) { s.Particulars.Needs = []string{"other"} }, "need_note"},
		"no need, no self-help":   {func(_ *casefile.Person, s *casefile.Situation) { s.Particulars = casefile.Particulars{} }, "self_help needs"},
		"a student without school": {func(_ *casefile.Person, s *casefile.Situation) {
			s.People = []casefile.Person{{Relation: "son", WorkStatus: "student", Health: "good", Insurance: "none"}}
		}, "member.0.education member.0.school"},
	} {
		p, s := full, whole
		test.change(&p, &s)
		s.People = append([]casefile.Person{p}, s.People...)
		var fields []string
		for _, l := range s.Lacks() {
			fields = append(fields, l.Field)
		}
		if got := strings.Join(fields, " "); got != test.want {
			t.Errorf("%s: lacks %q, want %q", name, got, test.want)
		}
	}
}

// jobless takes the employer from a person.
func jobless(p casefile.Person) casefile.Person {
	p.WorkStatus, p.Employer, p.Ownership, p.Condition, p.Industry, p.StartedOn = "unemployed", "", "", "", "", day.Date{}
	return p
}

// Leaders ask five things of a file (001-17); the sample is clear in all, an empty file in none.
func TestClears(t *testing.T) {
	u, _ := draft(t)
	f := sample.File(t, u, casefile.Active)
	for name, test := range map[string]struct {
		situation func() (casefile.Situation, error)
		clear     bool
	}{
		"whole": {func() (casefile.Situation, error) { return casefile.SituationOf(t.Context(), u, f) }, true},
		"empty": {func() (casefile.Situation, error) { return casefile.Situation{}, nil }, false},
	} {
		s, err := test.situation()
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range s.Clears() {
			if c.Is != test.clear {
				t.Errorf("%s: %s is %v", name, c.Key, c.Is)
			}
		}
	}
}

// As JSON a person holds sealed numbers and never a number in the clear; saving the same number again leaves it sealed as it was.
func TestPersonAsJSON(t *testing.T) {
	u, id := draft(t, func(p *casefile.Person) { p.Phone, p.Contact = "13908790001", "表姐 13900001234" })
	people, err := casefile.People(t.Context(), u, sample.Keys(), id)
	if err != nil {
		t.Fatal(err)
	}
	before, err := json.Marshal(people)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{string(people[0].Number), people[0].Phone, people[0].Contact, "13900001234"} {
		if secret == "" || strings.Contains(string(before), secret) {
			t.Errorf("%q stands in %s", secret, before)
		}
	}
	if err := casefile.SaveHead(t.Context(), u, sample.Keys(), id, 1, people[0]); err != nil {
		t.Fatal(err)
	}
	again, err := casefile.People(t.Context(), u, sample.Keys(), id)
	if err != nil {
		t.Fatal(err)
	}
	if after, err := json.Marshal(again); err != nil || string(after) != string(before) {
		t.Errorf("saved unchanged it became %s, was %s, %v", after, before, err)
	}
}

// Who was laid off can name the last employer; nobody without a job is asked for one.
func TestTheLastEmployerCanBeTold(t *testing.T) {
	all := casefile.HasWorked()
	for status, want := range map[string]bool{"unemployed": true, "retired": true, "on_post": true, "student": false, "child": false} {
		if slices.Contains(all, status) != want {
			t.Errorf("%s: %v", status, !want)
		}
	}
}
