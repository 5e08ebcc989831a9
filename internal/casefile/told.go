package casefile

import (
	"reflect"
	"slices"

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

// Told lists the fields of the cover and what else is said of the household, in the order of the form.
// The level is the one that was picked at the time, or else the one of the category.
func (f Facts) Told() []Fact {
	f.Particulars.Level = f.Level()
	cover := tell(coverFields, f.Cover)
	if f.Cover.OldNumber == "" { // the forms have no place for it; it is told where there is one
		cover = slices.DeleteFunc(cover, func(fact Fact) bool { return fact.Label == "casefile.old_number" })
	}
	return append(cover, tell(particularFields, f.Particulars)...)
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
