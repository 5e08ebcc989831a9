package ui

import (
	"context"
	"strconv"

	"github.com/a-h/templ"

	"bangfu/internal/form"
	"bangfu/internal/words"
)

// fieldID gives the id of a field's box, the target of the error summary. The
// boxes of a choice carry numbers, the first of them none.
func fieldID(name string) string { return "f-" + name }

// optionID gives the id of one answer of a choice.
func optionID(d *form.Field, i int) string {
	if i == 0 {
		return fieldID(d.Name)
	}
	return fieldID(d.Name) + "-" + strconv.Itoa(i)
}

// optionHint gives the id of the hint of one answer.
func optionHint(d *form.Field, i int) string {
	return fieldID(d.Name) + "-" + strconv.Itoa(i) + "-hint"
}

// optionsClass puts short answers beside each other; answers that need a hint
// stand one below the other.
func optionsClass(d *form.Field) string {
	for _, o := range d.Options {
		if o.Hint != "" {
			return "choices-list"
		}
	}
	return "choices-row"
}

// unchosen gives the word of a list in which nothing is chosen.
func unchosen(d *form.Field) words.Key {
	switch {
	case d.Filters():
		return "ui.all"
	case d.Required, d.Later:
		return "ui.please_choose"
	}
	return "ui.not_chosen"
}

// choiceType gives the type of the boxes of a choice.
func choiceType(d *form.Field) string {
	if d.Kind == form.KindChoices {
		return "checkbox"
	}
	return "radio"
}

// wrong gives the class of a field with an error.
func wrong(d *form.Field) string {
	if d.Error != nil {
		return "field-wrong"
	}
	return ""
}

// describedBy lists the ids of the hint and the error of a field.
func describedBy(d *form.Field) string {
	var hint, problem string
	if d.Hint.Key != "" {
		hint = fieldID(d.Name) + "-hint"
	}
	if d.Error != nil {
		problem = fieldID(d.Name) + "-error"
	}
	return join(hint, problem)
}

// described ties a box to its hint and error.
func described(d *form.Field) templ.OrderedAttributes {
	var attrs templ.OrderedAttributes
	if by := describedBy(d); by != "" {
		attrs = append(attrs, pair("aria-describedby", by))
	}
	if d.Error != nil {
		attrs = append(attrs, pair("aria-invalid", "true"))
	}
	if d.Required {
		attrs = append(attrs, pair("aria-required", "true"))
	}
	return attrs
}

// boxes says, for each kind of one-line field, how its box behaves.
var boxes = map[form.Kind]struct{ kind, mode, complete, class string }{
	form.KindText:     {"text", "", "off", "w-20"},
	form.KindMoney:    {"text", "decimal", "off", "w-8 num"},
	form.KindNumber:   {"text", "numeric", "off", "w-4 num"},
	form.KindDate:     {"text", "numeric", "off", "w-8 digits"},
	form.KindTime:     {"text", "numeric", "off", "w-4 digits"},
	form.KindID:       {"text", "text", "off", "w-12 digits"},
	form.KindCard:     {"text", "numeric", "off", "w-12 digits"},
	form.KindPhone:    {"tel", "tel", "off", "w-12 digits"},
	form.KindPassword: {"password", "", "current-password", "w-20"},
	form.KindCode:     {"text", "numeric", "one-time-code", "w-8 digits"},
	form.KindFile:     {"file", "", "", "w-20"},
}

// input gives the attributes of a one-line box.
func input(ctx context.Context, d *form.Field) templ.OrderedAttributes {
	box := boxes[d.Kind]
	attrs := templ.OrderedAttributes{
		pair("type", box.kind),
		pair("id", fieldID(d.Name)),
		pair("name", d.Name),
		pair("class", sized(d, box.class)),
	}
	if d.Kind != form.KindFile && d.Kind != form.KindPassword {
		attrs = append(attrs, pair("value", d.Value))
	}
	if box.mode != "" {
		attrs = append(attrs, pair("inputmode", box.mode))
	}
	if d.Complete != "" {
		attrs = append(attrs, pair("autocomplete", d.Complete))
	} else if box.complete != "" {
		attrs = append(attrs, pair("autocomplete", box.complete))
	}
	if d.Kind == form.KindDate {
		attrs = append(attrs, pair("data-date", words.T(ctx, "ui.calendar")))
	}
	if d.Accept != "" {
		attrs = append(attrs, pair("accept", d.Accept))
	}
	if d.Several {
		attrs = append(attrs, templ.KV[string, any]("multiple", true))
	}
	if d.Largest > 0 {
		attrs = append(attrs, pair("data-largest", strconv.FormatInt(d.Largest, 10)), pair("data-largest-all", strconv.FormatInt(d.LargestAll, 10)),
			pair("data-largest-text", words.T(ctx, "ui.file_large", d.Largest>>20)), pair("data-largest-all-text", words.T(ctx, "ui.files_large", d.LargestAll>>20)))
	}
	return attrs
}

// sized gives the width class of a box: the declared width, rounded up to one of
// the widths of the sheet, or the one of its kind.
func sized(d *form.Field, byKind string) string {
	if d.Width == 0 {
		return byKind
	}
	for _, w := range []int{4, 8, 12, 20, 30} {
		if d.Width <= w {
			return "w-" + strconv.Itoa(w)
		}
	}
	return "w-full"
}

// pair makes one attribute.
func pair(name, value string) templ.KeyValue[string, any] {
	return templ.KV[string, any](name, value)
}
