package casefile

import (
	"slices"

	"bangfu/internal/day"
	"bangfu/internal/words"
)

// The working age: sixteen (Labour Law art. 15) up to the retirement ages of 60 for men and 55 for women. What the form
// calls a zero-employment household is computed with them; no source fixes its ages.
const (
	workingAge      = 16
	retirementMan   = 60
	retirementWoman = 55
)

// employed are the states of somebody who has an employer.
var employed = []string{"on_post", "waiting", "sick_leave", "internal_retired"}

// Employed tells whether a work status 工作状态 has an employer, so that the form asks for one.
func Employed(status string) bool { return slices.Contains(employed, status) }

// EmployedStatuses lists the work statuses that have an employer.
func EmployedStatuses() []string { return slices.Clone(employed) }

// HasWorked lists the work statuses with which an employer, the last one too, can be told. Of somebody without a job it is
// not asked, since not everybody had one; who was laid off names it.
func HasWorked() []string {
	var all []string
	for _, c := range WorkStatus.Codes {
		if c.Value == "unemployed" || hasWorked(Person{WorkStatus: c.Value}) {
			all = append(all, c.Value)
		}
	}
	return all
}

// jobless are the states of somebody able to work without a job.
var jobless = []string{"waiting", "unemployed"}

// able tells whether the person is of working age and able to work on a day.
func (p Person) able(on day.Date) bool {
	age, end := p.Birth.Age(on), retirementMan
	if p.Sex == "female" {
		end = retirementWoman
	}
	working := slices.Contains(jobless, p.WorkStatus) || Employed(p.WorkStatus)
	return age >= workingAge && age < end && working
}

// ZeroEmployment tells whether a household is a zero-employment household 零就业家庭: somebody is of working age and able
// to work, and none of these has a job. able are those it was computed from.
func ZeroEmployment(people []Person, on day.Date) (is bool, able []Person) {
	is = true
	for _, p := range people {
		if p.able(on) {
			able = append(able, p)
			is = is && slices.Contains(jobless, p.WorkStatus)
		}
	}
	return is && len(able) > 0, able
}

// SingleParent tells whether the head raises a child alone 单亲: not married, no spouse in the household, and a son or
// daughter who is under eighteen or at school. children are those it was computed from.
func SingleParent(people []Person, on day.Date) (is bool, children []Person) {
	if len(people) == 0 || people[0].Relation != Head || people[0].Marital == "married" || people[0].Marital == "" {
		return false, nil
	}
	for _, p := range people[1:] {
		switch {
		case p.Relation == "spouse":
			return false, nil
		case (p.Relation == "son" || p.Relation == "daughter") && (p.Minor(on) || p.WorkStatus == "student"):
			children = append(children, p)
		}
	}
	return len(children) > 0, children
}

// Special is a special group of 001-108 that a household belongs to.
type Special struct {
	Group  string
	People []Person // whose facts tell it; none when somebody ticked it
}

// Key gives the word of the group.
func (s Special) Key() words.Key { return words.Key("casefile.special." + s.Group) }

// Specials lists the special groups of a household: model workers in hardship, single mothers and disabled children are
// told by the facts; old party members and demobilised soldiers were ticked.
func Specials(people []Person, p Particulars, on day.Date) []Special {
	var all []Special
	add := func(group string, fits func(Person) bool) {
		if who := those(people, fits); len(who) > 0 {
			all = append(all, Special{Group: group, People: who})
		}
	}
	add("model_worker", func(p Person) bool { return p.ModelWorker != "" && p.ModelWorker != "none" })
	if alone, _ := SingleParent(people, on); alone && people[0].Sex == "female" {
		all = append(all, Special{Group: "single_mother", People: people[:1]})
	}
	add("disabled_child", func(p Person) bool { return p.Minor(on) && p.Health == "disabled" })
	for _, group := range SpecialTicks.On(on) {
		if slices.Contains(p.Special, group) {
			all = append(all, Special{Group: group})
		}
	}
	return all
}

// those are the people who fit.
func those(people []Person, fits func(Person) bool) []Person {
	return slices.DeleteFunc(slices.Clone(people), func(p Person) bool { return !fits(p) })
}

// AreaClass gives the class of a floor area on the form 建筑面积 (domain.md b.3): up to 20, 50 and 70 square metres, each
// with its end, and more.
func AreaClass(metres int) words.Key {
	switch {
	case metres <= 20:
		return "casefile.area.to_20"
	case metres <= 50:
		return "casefile.area.to_50"
	case metres <= 70:
		return "casefile.area.to_70"
	}
	return "casefile.area.over_70"
}

// Clear is one of the five that leaders ask of every file 五清 (001-17).
type Clear struct {
	Key words.Key
	Is  bool
}

// Clears tells which of the five are clear: who they are, how the family stands, why, their mood and what they need.
func (s Situation) Clears() []Clear {
	lacks := s.Lacks()
	without := func(sections ...Section) bool {
		return !slices.ContainsFunc(lacks, func(l Lack) bool { return slices.Contains(sections, l.Section) })
	}
	return []Clear{
		{"casefile.clear.base", len(s.People) > 0 && without(HeadSection, MembersSection)},
		{"casefile.clear.family", without(WorkSection, HousingSection) && !s.Economy.Until.IsZero()},
		{"casefile.clear.cause", len(s.Causes) > 0 && (!slices.Contains(s.Causes, OtherCause) || s.Particulars.CauseNote != "")},
		{"casefile.clear.mood", s.Particulars.Mood != ""},
		{"casefile.clear.need", len(s.Particulars.Needs) > 0},
	}
}
