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
}

// Changes draws facts before and after, one a row.
func Changes(ctx context.Context, v ChangesView) TableView {
	t := TableView{Caption: v.Caption, Args: v.Args, HideCaption: true, Empty: v.Empty, Columns: []Column{
		{Key: "ui.changed_fact"}, {Key: v.From.Key, Args: v.From.Args}, {Key: v.Into.Key, Args: v.Into.Args}}}
	for _, c := range v.Changes {
		t.Rows = append(t.Rows, Row{Cells: []Cell{Word(c.Label).With(c.Of), said(ctx, c.Before), said(ctx, c.After)}})
	}
	return t
}

// said writes one side of a change.
func said(ctx context.Context, value any) Cell {
	if value == nil {
		return Word("ui.nothing")
	}
	return Text(words.Say(ctx, value))
}
