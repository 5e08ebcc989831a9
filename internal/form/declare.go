package form

import "bangfu/internal/words"

// Opt changes a field while it is declared.
type Opt func(*Field)

// Text declares one line of text, at most 200 characters unless Max says less.
func (f *Form) Text(name string, label words.Key, opts ...Opt) *Field {
	return f.declare(name, label, KindText, nil, opts)
}

// Area declares several lines of text, at most 2,000 characters.
func (f *Form) Area(name string, label words.Key, opts ...Opt) *Field {
	return f.declare(name, label, KindArea, nil, opts)
}

// Money declares an amount in yuan, never negative.
func (f *Form) Money(name string, label words.Key, opts ...Opt) *Field {
	return f.declare(name, label, KindMoney, nil, opts)
}

// Date declares a civil date.
func (f *Form) Date(name string, label words.Key, opts ...Opt) *Field {
	return f.declare(name, label, KindDate, nil, opts)
}

// Time declares an hour and minute, "15:04"; read it with Text.
func (f *Form) Time(name string, label words.Key, opts ...Opt) *Field {
	return f.declare(name, label, KindTime, nil, opts)
}

// Number declares a whole number; see Between.
func (f *Form) Number(name string, label words.Key, opts ...Opt) *Field {
	return f.declare(name, label, KindNumber, nil, opts)
}

// Choice declares one of a few answers, drawn as radio buttons; with more than
// six it is drawn as a list.
func (f *Form) Choice(name string, label words.Key, options []Option, opts ...Opt) *Field {
	if len(options) > 6 {
		return f.Select(name, label, options, opts...)
	}
	return f.declare(name, label, KindChoice, options, opts)
}

// Select declares one of many answers, drawn as a list.
func (f *Form) Select(name string, label words.Key, options []Option, opts ...Opt) *Field {
	return f.declare(name, label, KindSelect, options, opts)
}

// Choices declares a question with several answers.
func (f *Form) Choices(name string, label words.Key, options []Option, opts ...Opt) *Field {
	return f.declare(name, label, KindChoices, options, opts)
}

// Tick declares one statement. Required means that it must be ticked.
func (f *Form) Tick(name string, label words.Key, opts ...Opt) *Field {
	return f.declare(name, label, KindTick, nil, opts)
}

// IDNumber declares a resident identity number of 18 characters.
func (f *Form) IDNumber(name string, label words.Key, opts ...Opt) *Field {
	return f.declare(name, label, KindID, nil, opts)
}

// Card declares a bank card number of 16 to 19 digits.
func (f *Form) Card(name string, label words.Key, opts ...Opt) *Field {
	return f.declare(name, label, KindCard, nil, opts)
}

// Phone declares a mobile number, or a landline with its area code.
func (f *Form) Phone(name string, label words.Key, opts ...Opt) *Field {
	return f.declare(name, label, KindPhone, nil, opts)
}

// Password declares a secret. It is neither trimmed nor shown again.
func (f *Form) Password(name string, label words.Key, opts ...Opt) *Field {
	return f.declare(name, label, KindPassword, nil, opts)
}

// Code declares the six digits of a second factor.
func (f *Form) Code(name string, label words.Key, opts ...Opt) *Field {
	return f.declare(name, label, KindCode, nil, opts)
}

// File declares an upload, only for the page: the handler reads the request
// itself and says what is wrong with Fail.
func (f *Form) File(name string, label words.Key, accept string, opts ...Opt) *Field {
	field := f.declare(name, label, KindFile, nil, opts)
	field.Accept = accept
	return field
}

// Hidden declares a value that the page carries along. It has no label, so what
// is wrong with it is a problem of the whole form.
func (f *Form) Hidden(name string, opts ...Opt) *Field {
	return f.declare(name, "form.hidden", KindHidden, nil, opts)
}
