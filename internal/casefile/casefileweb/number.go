package casefileweb

import (
	"slices"
	"strconv"
	"strings"

	"bangfu/internal/casefile"
	"bangfu/internal/form"
	"bangfu/internal/idcard"
	"bangfu/internal/words"
)

// goneSuffix ends the name of the tick that takes away a stored number which nobody must have.
const goneSuffix = "_gone"

// numberField asks for a person's ID number. One that is stored is shown masked, with the birth, sex and age it gives, and
// stays when nothing is typed: only who gave a reason sees it whole (security.md 2, ux.md U21).
func numberField(f *form.Form, name string, p casefile.Person, h household, opts ...form.Opt) {
	held := form.Default(string(p.Number))
	if p.ID != 0 {
		held = form.Keep(string(p.Number), "casefile.kept_id", p.Number.Masked(), p.Birth, sexKey(p.Sex), p.Birth.Age(h.today))
	}
	f.IDNumber(name, "casefile.id_number", append(opts, held)...)
}

// sexKey gives the word of a sex.
func sexKey(s idcard.Sex) words.Key { return words.Key("ui." + string(s)) }

// reachFields asks how to reach a person: the phone and another way, both shown masked when they are stored; prefix is the
// row's. What is stored can be taken away.
func reachFields(f *form.Form, prefix string, p casefile.Person, phone, contact form.Opt) {
	field := func(name, value string, declare func(name string, kept form.Opt)) {
		held := form.Default(value)
		if p.ID != 0 {
			held = form.Keep(value, "casefile.kept", idcard.MaskPhone(value))
		}
		declare(prefix+name, held)
		if gone := prefix + name + goneSuffix; f.Field(prefix + name).Keeps() {
			f.Tick(gone, words.Key("casefile."+name+goneSuffix))
		} else {
			f.Known(gone)
		}
	}
	field("phone", p.Phone, func(name string, kept form.Opt) { f.Phone(name, "casefile.phone", phone, kept) })
	field("contact", p.Contact, func(name string, kept form.Opt) {
		f.Text(name, "casefile.contact", form.Max(60), contact, kept)
	})
}

// reach gives what one of reachFields comes to: what was typed, else what is stored unless it is taken away.
func reach(f *form.Form, name string) string {
	d, gone := f.Field(name), f.Field(name+goneSuffix)
	if d == nil || d.Empty() && gone != nil && gone.Ticked() {
		return ""
	}
	return d.Whole()
}

// numbered finds the person whom a field names by the number of the record; -1 for nobody.
func numbered(people []casefile.Person, text string) int {
	return slices.IndexFunc(people, func(p casefile.Person) bool { return text == strconv.FormatInt(int64(p.ID), 10) })
}

// rowPerson gives the member whom a row of the form is about: the one it names, or else the one with the number typed in it,
// as a draft of old or a second entry of the same person has it. gone tells that the row names somebody who is no member any
// more.
func rowPerson(f *form.Form, row form.Row, members []casefile.Person) (p casefile.Person, gone bool) {
	named := f.Sent(row.Name("person"))
	number, _ := idcard.Parse(f.Sent(row.Name("number"))) // a wrong one is nobody's
	if i := numbered(members, named); i >= 0 {
		return members[i], false
	}
	if named == "" && number != "" {
		for _, m := range members {
			if m.Number == number {
				return m, false
			}
		}
	}
	return casefile.Person{}, named != ""
}

// whose is by what a row of members is found again beside another: the ID number of the member it names, or else the number
// typed in it.
func whose(values map[string][]string, i int, people []casefile.Person) string {
	get := func(name string) string {
		return strings.Join(values[form.Row{Prefix: "member", Index: i}.Name(name)], "")
	}
	if named := get("person"); named != "" {
		if i := numbered(people, named); i >= 0 {
			return string(people[i].Number)
		}
		return "person " + named
	}
	if number, err := idcard.Parse(get("number")); err == nil {
		return string(number)
	}
	return get("number")
}
