// Package ui holds the parts a page is made of. Each part takes one view struct
// and decides nothing: what may be done, which words apply and where links lead
// is settled by the handler. Texts of the program are given as words.Key; texts
// that people entered are given as string.
package ui

import (
	"context"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"bangfu/internal/day"
	"bangfu/internal/money"
	"bangfu/internal/words"
)

// Example is one item of the gallery: a page or part in one state, with made-up
// data. Each page package offers its own as `func Examples() []ui.Example`.
type Example struct {
	Name string // "grant-decision-refused": plain, unique, also the file name
	Page templ.Component
}

// Tone says how much attention something asks for. Colour repeats what the words
// say and never stands alone.
type Tone string

// The tones. Plain is for what is done or needs nobody.
const (
	Plain Tone = ""
	Info  Tone = "info" // under way
	Good  Tone = "good" // went well
	Due   Tone = "due"  // waits for somebody
	Bad   Tone = "bad"  // wrong
)

// Tag is a state in one word.
type Tag struct {
	Key  words.Key
	Args []any
	Tone Tone
}

// Cell is one value in a table or summary list. Make it with Text, Word, Link,
// Yuan, Day, Count, State or Part.
type Cell struct {
	Text      string
	Key       words.Key
	Args      []any
	Sub       string // second line, smaller
	Href      string
	Numeric   bool
	Fixed     bool // never broken over two lines
	Component templ.Component
	tag       *Tag     // a state
	day       day.Date // written as dates are on the page
}

// Text shows what people entered.
func Text(s string) Cell { return Cell{Text: s} }

// Word shows a text of the program.
func Word(key words.Key, args ...any) Cell { return Cell{Key: key, Args: args} }

// Link shows a text that leads somewhere.
func Link(text, href string) Cell { return Cell{Text: text, Href: href} }

// Place shows a district: its name with its code below, or its code when it has no name.
func Place(name, code string) Cell {
	if name == "" {
		return Text(code)
	}
	return Text(name).With(code)
}

// Yuan shows an amount: right-aligned, two decimals.
func Yuan(a money.Amount) Cell { return Cell{Text: a.Grouped(), Numeric: true} }

// Count shows a number: right-aligned.
func Count(n int) Cell { return Cell{Text: grouped(n), Numeric: true} }

// Fixed shows a name or a number that is never broken over two lines.
func Fixed(s string) Cell { return Cell{Text: s, Fixed: true} }

// Day shows a date as 2026-11-22; the unknown date is blank.
func Day(d day.Date) Cell {
	if d == (day.Date{}) {
		return Cell{}
	}
	return Cell{day: d, Fixed: true}
}

// State shows a state as a tag.
func State(t Tag) Cell { return Cell{tag: &t} }

// Part shows any component.
func Part(c templ.Component) Cell { return Cell{Component: c} }

// With gives the cell a second, smaller line.
func (c Cell) With(sub string) Cell {
	c.Sub = sub
	return c
}

// Right gives the cell aligned to the right with even digits.
func (c Cell) Right() Cell {
	c.Numeric = true
	return c
}

// say gives the text of the cell in the reader's language.
func (c Cell) say(ctx context.Context) string {
	if c.Key != "" {
		return words.T(ctx, c.Key, c.Args...)
	}
	if !c.day.IsZero() {
		return words.Say(ctx, c.day)
	}
	return c.Text
}

// class gives the class of a table's cell.
func (c Cell) class() string {
	switch {
	case c.Numeric:
		return "num"
	case c.Fixed:
		return "fixed digits"
	}
	return ""
}

// classed gives a class attribute, or none when there is no class.
func classed(class string) templ.OrderedAttributes {
	if class == "" {
		return nil
	}
	return templ.OrderedAttributes{pair("class", class)}
}

// Blank tells whether the cell shows nothing.
func (c Cell) Blank() bool {
	return c.Text == "" && c.Key == "" && c.day.IsZero() && c.Component == nil && c.tag == nil
}

// grouped writes a count with a comma before each three digits.
func grouped(n int) string {
	if n >= 0 && n < 1000 {
		return strconv.Itoa(n)
	}
	whole := money.Amount(n) * 100
	return strings.TrimSuffix(whole.Grouped(), ".00")
}

// either gives the text, or when it is empty the word of the key.
func either(ctx context.Context, text string, key words.Key, args ...any) string {
	if text != "" || key == "" {
		return text
	}
	return words.T(ctx, key, args...)
}

// join builds a class attribute out of the names that are not empty.
func join(classes ...string) string {
	var used []string
	for _, class := range classes {
		if class != "" {
			used = append(used, class)
		}
	}
	return strings.Join(used, " ")
}

// toned gives a class with its tone: "tag tag-due".
func toned(class string, tone Tone) string {
	if tone == Plain {
		return class
	}
	return class + " " + class + "-" + string(tone)
}
