package form

import (
	"fmt"

	"bangfu/internal/day"
	"bangfu/internal/money"
	"bangfu/internal/words"
)

// Required refuses an empty field.
func Required(d *Field) { d.Required = true }

// Needed marks a field whose answer is owed later, when the whole is submitted: the page asks for it, and saving without
// it is no mistake.
func Needed(d *Field) { d.Later = true }

// Optional does nothing; it reads well beside a condition:
// form.If(needed, form.Required).
func Optional(*Field) {}

// If gives the option when the condition holds.
func If(condition bool, opt Opt) Opt {
	if condition {
		return opt
	}
	return Optional
}

// Max sets the longest text, in characters.
func Max(runes int) Opt { return func(d *Field) { d.max = runes } }

// Narrow makes full-width digits and signs of a text plain and drops its spaces, as a number's: for texts that are a number
// or a code.
func Narrow(d *Field) { d.narrow = true }

// Hint sets the line under the label.
func Hint(key words.Key, args ...any) Opt {
	return func(d *Field) { d.Hint = words.Saying(key, args...) }
}

// LabelArgs fills the placeholders of the label, as in "第 {0} 人的姓名".
func LabelArgs(args ...any) Opt { return func(d *Field) { d.Args = args } }

// Several lets more than one file be chosen.
func Several(d *Field) { d.Several = true }

// Largest says how large each file may be, and all of them together, in bytes. The browser's script tells it before anything is
// sent; the handler and the limit of the address decide.
func Largest(each, all int64) Opt { return func(d *Field) { d.Largest, d.LargestAll = each, all } }

// Width sets the width of the box in Chinese characters.
func Width(chars int) Opt { return func(d *Field) { d.Width = chars } }

// Complete sets what the browser may fill in, e.g. "username".
func Complete(token string) Opt { return func(d *Field) { d.Complete = token } }

// Default sets what a fresh form shows: a string, an amount, a date, a number, a
// bool for a tick, a slice of strings for Choices. Zero amounts are shown; the
// unknown date is not.
func Default(value any) Opt {
	return func(d *Field) { d.initial = written(value) }
}

// Keep lets the field stand for a value that is stored already and that the page does not show: the field is empty, the hint
// tells of the value masked, left empty it keeps the value, and what is typed replaces it. "" is nothing stored. It comes
// after the hint of an empty field, which it replaces.
func Keep(value string, hint words.Key, args ...any) Opt {
	if value == "" {
		return Optional
	}
	return func(d *Field) { d.stored, d.Hint = value, words.Saying(hint, args...) }
}

// Prefill sets what a row that was just added shows, though the rest of the form was typed.
func Prefill(value any) Opt {
	return func(d *Field) { d.initial, d.prefilled = written(value), true }
}

// written turns a default into what would have been typed.
func written(value any) []string {
	switch v := value.(type) {
	case nil:
		return nil
	case []string:
		return v
	case money.Amount:
		return []string{v.String()}
	case day.Date:
		if v == (day.Date{}) {
			return nil
		}
		return []string{v.String()}
	case bool:
		if !v {
			return nil
		}
		return []string{ticked}
	}
	return []string{fmt.Sprint(value)}
}

// Between limits a whole number, both ends included.
func Between(least, most int64) Opt {
	return check(func(d *Field) {
		if d.number < least || d.number > most {
			d.fail("form.between", d.label(), least, most)
		}
	})
}

// Positive refuses the amount zero.
func Positive(d *Field) {
	check(func(d *Field) {
		if d.amount <= 0 {
			d.fail("form.positive", d.label())
		}
	})(d)
}

// AtMost refuses amounts above the limit.
func AtMost(limit money.Amount) Opt {
	return check(func(d *Field) {
		if d.amount > limit {
			d.fail("form.at_most", d.label(), limit)
		}
	})
}

// NotAfter refuses dates after the limit.
func NotAfter(limit day.Date) Opt {
	return check(func(d *Field) {
		if d.date.After(limit) {
			d.fail("form.not_after", d.label(), limit)
		}
	})
}

// NotBefore refuses dates before the limit.
func NotBefore(limit day.Date) Opt {
	return check(func(d *Field) {
		if d.date.Before(limit) {
			d.fail("form.not_before", d.label(), limit)
		}
	})
}

// Least refuses texts shorter than n characters, such as a reason of one word.
func Least(n int) Opt {
	return check(func(d *Field) {
		if len([]rune(d.Value)) < n {
			d.fail("form.least", d.label(), n)
		}
	})
}

// Check adds a rule of the page's own; it says what is wrong with Field.Fail. It runs on a value that is there and well
// formed.
func Check(run func(*Field)) Opt { return check(run) }

// SixDigits asks for a code of six digits, such as a postal code.
func SixDigits(d *Field) {
	Narrow(d)
	check(func(d *Field) {
		if len(d.Value) != 6 || !isDigits(d.Value) {
			d.fail("form.six_digits", d.label())
		}
	})(d)
}

// check adds a check that runs on a value that is there and well formed.
func check(run func(*Field)) Opt {
	return func(d *Field) { d.checks = append(d.checks, run) }
}
