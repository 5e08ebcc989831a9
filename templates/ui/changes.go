package ui

import (
	"context"

	"bangfu/internal/words"
)

// Change is one fact before and after. Before and After are written by words.Say; nil is nothing.
type Change struct {
	Of     string // whose fact it is; "" = said by the label alone
	Label  words.Key
	Before any
	After  any
}

// ChangesView is a table of what is not the same in two states of a thing.
type ChangesView struct {
	Caption words.Key
	Args    []any
	From    words.Message // heads of the two columns
	Into    words.Message
	Changes []Change
	Empty   EmptyView
	None    bool // a side without a value says 无: what a rule does not have there is not; of a person it was not told
}

// Changes draws facts before and after, one a row.
func Changes(ctx context.Context, v ChangesView) TableView {
	t := TableView{Caption: v.Caption, Args: v.Args, HideCaption: true, Empty: v.Empty, Columns: []Column{
		{Key: "ui.changed_fact"}, {Key: v.From.Key, Args: v.From.Args}, {Key: v.Into.Key, Args: v.Into.Args}}}
	for _, c := range v.Changes {
		t.Rows = append(t.Rows, Row{Cells: []Cell{Word(c.Label).With(c.Of), v.said(ctx, c.Before), v.said(ctx, c.After)}})
	}
	return t
}

// said writes one side of a change.
func (v ChangesView) said(ctx context.Context, value any) Cell {
	switch {
	case value == nil && v.None:
		return Word("ui.nothing")
	case value == nil:
		return Word("ui.not_given")
	}
	return Text(words.Say(ctx, value))
}
