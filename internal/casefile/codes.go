package casefile

import (
	"slices"

	"bangfu/internal/day"
	"bangfu/internal/words"
)

// Code is one value of a code list, with the days between which it may be chosen anew. A value out of use stays
// readable in old files.
type Code struct {
	Value string
	From  day.Date // zero = always
	Until day.Date // last day; zero = still in use
}

// List is an enumeration of the national form (domain.md b.3 to b.5). Its name is the middle part of its words' keys.
type List struct {
	Name  string
	Codes []Code
}

// On lists the values that may be chosen on a day, in the order of the form.
func (l List) On(on day.Date) []string {
	var values []string
	for _, c := range l.Codes {
		if !on.Before(c.From) && (c.Until.IsZero() || !on.After(c.Until)) {
			values = append(values, c.Value)
		}
	}
	return values
}

// Offer lists what a form offers on a day to somebody who holds a value already: a value out of use stays choosable for
// whoever has it, so that an old file can be saved again as it is.
func (l List) Offer(on day.Date, held string) []string {
	values := l.On(on)
	if held != "" && l.Has(held) && !slices.Contains(values, held) {
		values = append(values, held)
	}
	return values
}

// Has tells whether the value is or ever was one of the list.
func (l List) Has(value string) bool {
	return slices.ContainsFunc(l.Codes, func(c Code) bool { return c.Value == value })
}

// Key gives the word of a value.
func (l List) Key(value string) words.Key { return words.Key("casefile." + l.Name + "." + value) }

// always makes a list whose values have no dates.
func always(name string, values ...string) List {
	l := List{Name: name}
	for _, v := range values {
		l.Codes = append(l.Codes, Code{Value: v})
	}
	return l
}

// until adds values that could be chosen up to a day.
func (l List) until(last day.Date, values ...string) List {
	for _, v := range values {
		l.Codes = append(l.Codes, Code{Value: v, Until: last})
	}
	return l
}

// from adds values that can be chosen from a day on.
func (l List) from(first day.Date, values ...string) List {
	for _, v := range values {
		l.Codes = append(l.Codes, Code{Value: v, From: first})
	}
	return l
}
