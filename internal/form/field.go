package form

import (
	"context"

	"bangfu/internal/day"
	"bangfu/internal/idcard"
	"bangfu/internal/money"
	"bangfu/internal/words"
)

// Kind says what a field holds and how it is drawn.
type Kind string

// The kinds of field.
const (
	KindText     Kind = "text"     // one line
	KindArea     Kind = "area"     // several lines
	KindMoney    Kind = "money"    // yuan with two decimals
	KindDate     Kind = "date"     // a civil date
	KindTime     Kind = "time"     // hour and minute
	KindNumber   Kind = "number"   // a whole number
	KindChoice   Kind = "choice"   // one of a few, as radio buttons
	KindSelect   Kind = "select"   // one of many, as a list
	KindChoices  Kind = "choices"  // several, as tick boxes
	KindTick     Kind = "tick"     // one statement, ticked or not
	KindID       Kind = "id"       // resident identity number
	KindCard     Kind = "card"     // bank card number
	KindPhone    Kind = "phone"    // mobile or landline number
	KindPassword Kind = "password" // never shown again
	KindCode     Kind = "code"     // six digits of a second factor
	KindFile     Kind = "file"     // an upload; read from the request
	KindHidden   Kind = "hidden"   // carried along
)

// Field is one field of a form: what it asks, what was typed, what is wrong.
type Field struct {
	Name       string
	Label      words.Key
	Args       []any // of Label
	Hint       words.Message
	Kind       Kind
	Required   bool
	Later      bool // owed when the whole is submitted, not when the form is saved
	Options    []Option
	Width      int            // in Chinese characters; 0 = by kind
	Complete   string         // the autocomplete attribute, e.g. "username"
	Accept     string         // of KindFile: the accept attribute
	Several    bool           // of KindFile: more than one file may be chosen
	Largest    int64          // of KindFile: bytes of one file; 0 = not told beforehand
	LargestAll int64          // of KindFile: bytes of all files together
	Value      string         // as typed, made safe to show
	Values     []string       // of KindChoices
	Error      *words.Message // nil = right

	form    *Form
	max     int // runes
	narrow  bool
	initial []string
	stored  string // kept when nothing is typed; see Keep

	prefilled bool
	checks    []func(*Field)

	amount money.Amount
	number int64
	date   day.Date
	id     idcard.Number
}

// Option is one answer of a choice. Key is translated; Text is shown as it is.
type Option struct {
	Value string
	Key   words.Key
	Args  []any // of Key
	Text  string
	Hint  words.Key
}

// In gives the answer in the reader's language.
func (o Option) In(ctx context.Context) string {
	if o.Text != "" {
		return o.Text
	}
	return words.T(ctx, o.Key, o.Args...)
}

// Options makes the options of an enumeration.
func Options[T interface {
	~string
	words.Keyed
}](values ...T) []Option {
	options := make([]Option, len(values))
	for i, value := range values {
		options[i] = Option{Value: string(value), Key: value.Key()}
	}
	return options
}

// YesNo are the options of a question whose answer must be given; see Field.Yes.
func YesNo() []Option {
	return []Option{{Value: "yes", Key: "common.yes"}, {Value: "no", Key: "common.no"}}
}

// Text gives the text typed, trimmed; of a choice, the chosen value.
func (d *Field) Text() string { return d.Value }

// Money gives the amount; zero when the field is empty or wrong.
func (d *Field) Money() money.Amount { return d.amount }

// Number gives the whole number; zero when the field is empty or wrong.
func (d *Field) Number() int64 { return d.number }

// Date gives the date; unknown when the field is empty or wrong.
func (d *Field) Date() day.Date { return d.date }

// IDNumber gives the identity number; its zero value when empty or wrong.
func (d *Field) IDNumber() idcard.Number { return d.id }

// Card gives the card number, digits only; "" when empty or wrong.
func (d *Field) Card() string { return d.plain(KindCard) }

// Keeps tells whether the field stands for a stored value that it does not show; see Keep.
func (d *Field) Keeps() bool { return d.stored != "" }

// Whole gives what the field comes to: the stored value when nothing was typed, else what was, a number as it is stored;
// "" for a wrong number.
func (d *Field) Whole() string {
	switch {
	case d.Value == "":
		return d.stored
	case d.Kind == KindID:
		return string(d.id)
	case d.Kind == KindCard, d.Kind == KindPhone:
		return d.plain(d.Kind)
	}
	return d.Value
}

// Phone gives the phone number, digits and one hyphen after a landline's area
// code; "" when empty or wrong.
func (d *Field) Phone() string { return d.plain(KindPhone) }

// Ticked tells whether the statement was ticked.
func (d *Field) Ticked() bool { return d.Value != "" }

// Yes tells whether a YesNo question was answered with yes.
func (d *Field) Yes() bool { return d.Value == "yes" }

// Chosen gives the choices made, in the order of the options.
func (d *Field) Chosen() []string { return d.Values }

// Has tells whether the option is chosen; components ask it.
func (d *Field) Has(value string) bool {
	if d.Kind != KindChoices {
		return d.Value == value
	}
	for _, v := range d.Values {
		if v == value {
			return true
		}
	}
	return false
}

// Empty tells whether nothing was typed or chosen.
func (d *Field) Empty() bool { return d.Value == "" && len(d.Values) == 0 }

// Filters tells whether the field narrows a list, where nothing chosen means all.
func (d *Field) Filters() bool { return d.form.filter }

// MaxRunes is the longest text the field takes, in characters.
func (d *Field) MaxRunes() int { return d.max }

// plain gives a value that its check has reduced to digits.
func (d *Field) plain(kind Kind) string {
	if d.Kind != kind || d.Error != nil {
		return ""
	}
	if d.Value == "" {
		return d.stored
	}
	return d.normal()
}

// One gives the chosen value as its own type; "" when nothing is chosen.
func One[T ~string](d *Field) T { return T(d.Value) }

// Many gives the chosen values as their own type.
func Many[T ~string](d *Field) []T {
	all := make([]T, len(d.Values))
	for i, value := range d.Values {
		all[i] = T(value)
	}
	return all
}
