// Package form reads what a person typed. A field is declared once, with its
// name, label, hint and limits; declaring it also reads and checks it. What was
// typed stays in Field.Value, right or wrong, so that the page can show it again.
//
//	f := form.New(values)
//	name := f.Text("name", "casefile.name", form.Required, form.Max(40))
//	rent := f.Money("rent", "casefile.rent")
//	if f.Valid() { use(name.Text(), rent.Money()) }
//
// Nothing is dropped in silence: names nobody declared, values sent twice, NUL
// bytes and broken text are problems like any other.
package form

import (
	"maps"
	"net/url"
	"slices"

	"bangfu/internal/day"
	"bangfu/internal/words"
)

// KeyName is the hidden field that carries the one-time form key.
const KeyName = "form_key"

// Problem is one thing to be put right. An empty Name speaks of the whole form.
type Problem struct {
	Name    string
	Message words.Message
}

// Form holds the declared fields and the problems found so far.
type Form struct {
	values url.Values
	mode   mode
	fields []*Field
	byName map[string]*Field
	known  map[string]bool
	whole  []Problem
	closed bool
	filter bool
}

// mode tells where the values come from, and so whether they are checked.
type mode int

const (
	fresh  mode = iota // nothing typed yet: defaults are shown
	draft              // typed earlier and kept: shown, not checked
	posted             // sent: shown and checked
)

// New makes a form of what was sent. With nil it is a fresh form, which shows
// the defaults and has no problems.
func New(values url.Values) *Form {
	f := &Form{values: values, byName: map[string]*Field{}, known: map[string]bool{KeyName: true}}
	if values != nil {
		f.mode = posted
	}
	if f.Editing() {
		f.mode = draft
	}
	return f
}

// Draft makes a form of values kept earlier: it shows them and finds no problems.
func Draft(values url.Values) *Form {
	f := New(nil)
	if len(values) > 0 {
		f.values, f.mode = values, draft
	}
	return f
}

// Filter makes a form of an address's query. Without a query it is fresh.
func Filter(query url.Values) *Form {
	if len(query) == 0 {
		query = nil
	}
	f := New(query)
	f.filter = true
	return f
}

// Period makes a filter that asks for a period under the two labels, fields "from" and "until": the year to today unless
// another is given. Read it with Form.Period.
func Period(query url.Values, from, until words.Key, today day.Date) *Form {
	f := Filter(query)
	f.Date("from", from, Default(day.Of(today.Year(), 1, 1)))
	f.Date("until", until, Default(today))
	return f
}

// Period reads the period asked for; what is left out or wrong is this year to today.
func (f *Form) Period(today day.Date) (from, until day.Date) {
	from, until = f.Field("from").Date(), f.Field("until").Date()
	if from.IsZero() {
		from = day.Of(today.Year(), 1, 1)
	}
	if until.IsZero() {
		until = today
	}
	return from, until
}

// Known declares names that the form may carry but does not read, such as the
// cursor of a list.
func (f *Form) Known(names ...string) {
	for _, name := range names {
		f.known[name] = true
	}
}

// Valid tells whether the form was sent and every field is right. It also looks
// for names that nobody declared, so call it after the last declaration.
func (f *Form) Valid() bool {
	if f.mode != posted {
		return false
	}
	f.refuseUnknown()
	return len(f.Errors()) == 0
}

// Faulty tells whether something was sent that is not right. A filter without a query asks for everything, and nothing in
// it is wrong.
func (f *Form) Faulty() bool { return f.Posted() && !f.Valid() }

// Errors lists all problems: those of the whole form first, then field by field
// in the order of declaration.
func (f *Form) Errors() []Problem {
	all := slices.Clone(f.whole)
	for _, field := range f.fields {
		if field.Error != nil {
			all = append(all, Problem{Name: field.Name, Message: *field.Error})
		}
	}
	return all
}

// Fail adds what a rule refuses. A name that is no field of the form, such as
// "", makes it a problem of the whole form. The first problem of a field stays.
func (f *Form) Fail(name string, key words.Key, args ...any) {
	message := words.Saying(key, args...)
	field := f.byName[name]
	switch {
	case field == nil:
		f.whole = append(f.whole, Problem{Message: message})
	case field.Error == nil:
		field.Error = &message
	}
}

// Sent gives what the form carries under a name as it was sent or kept, for those who declare one field by another; "" for
// nothing, and on a fresh form.
func (f *Form) Sent(name string) string { return f.values.Get(name) }

// Field gives the declared field of that name, or nil.
func (f *Form) Field(name string) *Field { return f.byName[name] }

// Fields lists the fields in the order of declaration.
func (f *Form) Fields() []*Field { return f.fields }

// Posted tells whether the form was sent to be acted on.
func (f *Form) Posted() bool { return f.mode == posted }

// refuseUnknown adds one problem for each name that nobody declared.
func (f *Form) refuseUnknown() {
	if f.closed {
		return
	}
	f.closed = true
	for _, name := range slices.Sorted(maps.Keys(f.values)) {
		if f.byName[name] == nil && !f.known[name] {
			shown, _ := clean(name, false)
			f.Fail("", "form.unknown", shorten(shown, 40))
		}
	}
}

// declare adds a field and reads its raw value.
func (f *Form) declare(name string, label words.Key, kind Kind, options []Option, opts []Opt) *Field {
	field := &Field{Name: name, Label: label, Kind: kind, Options: options, form: f, max: maxOf(kind)}
	for _, opt := range opts {
		opt(field)
	}
	field.Required = field.Required && !field.Keeps()
	f.fields = append(f.fields, field)
	f.byName[name] = field
	field.read()
	return field
}

// shorten cuts a text to at most n runes.
func shorten(s string, n int) string {
	runes := []rune(s)
	if len(runes) > n {
		return string(runes[:n]) + "…"
	}
	return s
}
