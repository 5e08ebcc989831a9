package form

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"bangfu/internal/day"
	"bangfu/internal/idcard"
	"bangfu/internal/money"
	"bangfu/internal/words"
)

// ticked is the value that a tick box sends.
const ticked = "yes"

// maxOf gives the longest text of a kind, in characters.
func maxOf(kind Kind) int {
	switch kind {
	case KindArea:
		return 2000
	case KindText, KindHidden, KindPassword:
		return 200
	}
	return 60
}

// read takes the field's value out of the form and, when it was sent, checks it.
func (d *Field) read() {
	raw := d.initial
	if d.form.mode != fresh && !d.prefilled {
		raw = d.form.values[d.Name]
	}
	broken := d.keep(raw)
	defer d.settle()
	if d.form.mode != posted || d.Kind == KindFile {
		d.parse()
		d.Error = nil
		return
	}
	switch {
	case len(raw) > 1 && d.Kind != KindChoices:
		d.fail("form.twice", d.label())
	case broken:
		d.fail("form.broken", d.label())
	case d.Empty():
		d.requireValue()
	case utf8.RuneCountInString(d.Value) > d.max:
		d.fail("form.too_long", d.label(), d.max, utf8.RuneCountInString(d.Value))
	default:
		d.parse()
	}
}

// settle lets an empty field stand for the value that is stored. The stored value typed once more is nothing new, and is not
// shown: drafts of old hold such.
func (d *Field) settle() {
	if !d.Keeps() || d.Error != nil {
		return
	}
	if d.Whole() == d.stored {
		d.Value = ""
	}
	if d.Value == "" && d.Kind == KindID {
		d.id = idcard.Number(d.stored)
	}
}

// keep stores what was typed, made safe to show, and tells whether it was broken.
func (d *Field) keep(raw []string) (broken bool) {
	if d.Kind == KindChoices {
		for _, value := range raw {
			value, bad := clean(value, false)
			broken = broken || bad
			if value != "" && !slices.Contains(d.Values, value) {
				d.Values = append(d.Values, value)
			}
		}
		return broken
	}
	if len(raw) == 0 {
		return false
	}
	d.Value, broken = clean(raw[0], d.Kind == KindArea)
	if d.Kind == KindPassword && !broken {
		d.Value = raw[0]
	}
	return broken
}

// clean gives the text trimmed and free of signs that nobody sees, and tells
// whether it held what no keyboard sends: NUL and other control characters, bytes
// that are not UTF-8, marks that reverse the direction of reading.
func clean(s string, lines bool) (string, bool) {
	broken := !utf8.ValidString(s)
	if broken {
		s = strings.ToValidUTF8(s, "�")
	}
	s = strings.ReplaceAll(s, "\r\n", "\n")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' && lines, r == '\t' && lines:
			return r
		case r == '\t':
			return ' '
		case r == '\u200b', r == '\ufeff', r == '\u2060':
			return -1
		case unicode.IsControl(r), r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
			broken = true
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s), broken
}

// requireValue refuses an empty field that must be filled.
func (d *Field) requireValue() {
	if !d.Required {
		return
	}
	switch d.Kind {
	case KindChoice, KindSelect, KindChoices:
		d.fail("form.choose", d.label())
	case KindTick:
		d.fail("form.tick", d.label())
	default:
		d.fail("form.required", d.label())
	}
}

// parse reads the typed value by its kind and runs the declared checks.
func (d *Field) parse() {
	if d.Empty() {
		return
	}
	switch d.Kind {
	case KindText, KindArea:
		if d.narrow {
			d.Value = narrow(d.Value)
		}
		if HasMarkup(d.Value) {
			d.fail("form.markup", d.label())
		}
	case KindMoney:
		d.parseMoney()
	case KindNumber:
		d.parseNumber()
	case KindDate:
		date, err := day.Parse(narrow(d.Value))
		if err != nil {
			d.fail("form.date", d.label())
		}
		d.date = date
	case KindTime:
		if !isTime(d.Value) {
			d.fail("form.time", d.label())
		}
	case KindID:
		d.parseID()
	case KindCard:
		_, err := idcard.ParseCard(d.Value)
		switch {
		case errors.Is(err, idcard.ErrCardChecksum):
			d.fail("form.card_checksum", d.label())
		case err != nil:
			d.fail("form.card", d.label())
		}
	case KindPhone:
		if phone(d.Value) == "" {
			d.fail("form.phone", d.label())
		}
	case KindCode:
		if d.Value = narrow(d.Value); len(d.Value) != 6 || !isDigits(d.Value) {
			d.fail("form.code", d.label())
		}
	case KindChoice, KindSelect, KindChoices:
		d.checkOptions()
	case KindTick:
		if d.Value != ticked {
			d.fail("form.option", d.label())
		}
	}
	for _, run := range d.checks {
		if d.Error == nil {
			run(d)
		}
	}
}

// parseMoney reads an amount and says what is wrong with it.
func (d *Field) parseMoney() {
	amount, err := money.Parse(d.Value)
	switch {
	case err == nil:
		d.amount = amount
	case errors.Is(err, money.ErrDecimals):
		d.fail("form.money_decimals", d.label())
	case errors.Is(err, money.ErrNegative):
		d.fail("form.money_negative", d.label())
	case errors.Is(err, money.ErrTooLarge):
		d.fail("form.money_large", d.label())
	default:
		d.fail("form.money", d.label())
	}
}

// parseNumber reads a whole number.
func (d *Field) parseNumber() {
	number, err := strconv.ParseInt(strings.ReplaceAll(narrow(d.Value), ",", ""), 10, 64)
	if err != nil {
		d.fail("form.number", d.label())
		return
	}
	d.number = number
}

// parseID reads an identity number and says what is wrong with it.
func (d *Field) parseID() {
	id, err := idcard.Parse(d.Value)
	if err != nil {
		d.fail(IDFault(err), d.label())
		return
	}
	d.id = id
}

// IDFault gives what is said of a text that idcard.Parse refused, with the field's word as its argument.
func IDFault(err error) words.Key {
	switch {
	case errors.Is(err, idcard.ErrFifteen):
		return "form.id_fifteen"
	case errors.Is(err, idcard.ErrLength):
		return "form.id_length"
	case errors.Is(err, idcard.ErrCharacter):
		return "form.id_character"
	case errors.Is(err, idcard.ErrBirth):
		return "form.id_birth"
	}
	return "form.id_checksum"
}

// checkOptions refuses values that were not offered.
func (d *Field) checkOptions() {
	chosen := d.Values
	if d.Kind != KindChoices {
		chosen = []string{d.Value}
	}
	for _, value := range chosen {
		if !slices.ContainsFunc(d.Options, func(o Option) bool { return o.Value == value }) {
			d.fail("form.option", d.label())
		}
	}
}

// normal gives the value of a card or phone without its ornaments.
func (d *Field) normal() string {
	if d.Kind == KindPhone {
		return phone(d.Value)
	}
	card, err := idcard.ParseCard(d.Value)
	if err != nil {
		return ""
	}
	return card
}

// Fail records what a rule of the page finds wrong with the field.
func (d *Field) Fail(key words.Key, args ...any) { d.fail(key, args...) }

// label gives the label as an argument of a message.
func (d *Field) label() words.Message { return words.Saying(d.Label, d.Args...) }

// fail records what is wrong, unless something is already; what is wrong with a
// hidden field is told of the whole form.
func (d *Field) fail(key words.Key, args ...any) {
	if d.Error != nil {
		return
	}
	message := words.Saying(key, args...)
	if d.Kind == KindHidden && d.form.mode == posted {
		d.form.whole = append(d.form.whole, Problem{Message: message})
		return
	}
	d.Error = &message
}
