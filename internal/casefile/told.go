package casefile

import (
	"reflect"
	"slices"

	"bangfu/internal/day"
	"bangfu/internal/words"
)

// Fact is one field of the form with what stands in it, for prints. Value is written by words.Say; nil is nothing.
type Fact struct {
	Label words.Key
	Value any
}

// Told lists the fields of a person in the order of the form, numbers left out; a field that Person gains and Compare
// tells is told here too.
func (p Person) Told() []Fact { return tell(personFields, p) }

// Fields lists the fields of the cover and what else is said of the household, in the order of the form, each in its place
// whether it is told or not. The level is the one that was picked at the time, or else the one of the category.
func (f Facts) Fields() []Fact {
	f.Particulars.Level = f.Level()
	return append(tell(coverFields, f.Cover), tell(particularFields, f.Particulars)...)
}

// Told lists the fields for the forms, which have no place for an old number: it is told where there is one.
func (f Facts) Told() []Fact {
	return slices.DeleteFunc(f.Fields(), func(fact Fact) bool { return fact.Label == "casefile.old_number" && f.Cover.OldNumber == "" })
}

// Computed lists what follows from the others on a day: whether somebody raises children alone, and whether nobody who could
// work does. It is not known before the people are, and who of them works.
func (f Facts) Computed(on day.Date) []Fact {
	people := f.Persons()
	var single, idle any
	if len(people) > 0 {
		is, _ := SingleParent(people, on)
		single = yesNo(is)
	}
	if open := func(p Person) bool { return p.WorkStatus == "" && !p.Minor(on) }; len(people) > 0 && !slices.ContainsFunc(people, open) {
		is, _ := ZeroEmployment(people, on)
		idle = yesNo(is)
	}
	return []Fact{{"casefile.single_parent", single}, {"casefile.zero_employment", idle}}
}

// ToldCauses are the main cause and the others in one line.
func (f Facts) ToldCauses() []Fact {
	var main, others any
	for i, c := range f.Causes {
		switch {
		case i == 0:
			main = c.Key()
		case others == nil:
			others = c.Key()
		default:
			others = words.Saying("casefile.version.and", others, c.Key())
		}
	}
	return []Fact{{"casefile.main_cause", main}, {"casefile.secondary_causes", others}}
}

// tell lists the told fields of a struct.
func tell(fields []field, of any) []Fact {
	var all []Fact
	value := reflect.ValueOf(of)
	for _, f := range fields {
		if f.label == "" {
			continue
		}
		v := value.FieldByName(f.name)
		if v.Kind() == reflect.Slice {
			all = append(all, Fact{f.label, f.several(v)})
		} else {
			all = append(all, Fact{f.label, f.say(v)})
		}
	}
	return all
}

// several says all values of a field that has many.
func (f field) several(list reflect.Value) any {
	var said any
	for i := range list.Len() {
		one := f.say(list.Index(i))
		if said == nil {
			said = one
		} else {
			said = words.Saying("casefile.version.and", said, one)
		}
	}
	return said
}

// Head gives the head of the household; an empty member when there is none yet.
func (f Facts) Head() Member {
	if len(f.People) > 0 && f.People[0].Relation == Head {
		return f.People[0]
	}
	return Member{}
}
