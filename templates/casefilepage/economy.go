package casefilepage

import (
	"context"
	"strconv"

	"bangfu/internal/casefile"
	"bangfu/internal/money"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// economy lists the twelve months: one line a figure with whose it is and the paper that proves it, one sum a side and
// that per head and month. The cost of a sudden event is in no sum.
func (h Household) economy(ctx context.Context) ui.TableView {
	t := ui.TableView{Caption: "casefile.economy_caption", Args: []any{h.Economy.Until},
		Columns: []ui.Column{{Key: "casefile.economy_side"}, {Key: "casefile.economy_kind"}, {Key: "casefile.economy_amount", Numeric: true}, {Key: "casefile.figure_proof"}},
		Empty:   ui.EmptyView{Title: "casefile.no_economy"}}
	if h.Economy.Until.IsZero() {
		return t
	}
	for _, side := range casefile.Sides {
		for _, kind := range casefile.Kinds[side] {
			for _, l := range h.Economy.Lines {
				if l.Side == side && l.Kind == kind {
					t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{ui.Word(side.Key()), kindOf(l, h.People), ui.Yuan(l.Amount), proof(ctx, h.File.ID, l, h.Evidence)}})
				}
			}
		}
		t.Rows = append(t.Rows, ui.Row{Marked: true, Cells: []ui.Cell{ui.Word(words.Key("casefile.side_sum." + string(side))), {},
			ui.Part(sum(sideSum(h.Economy, side).Grouped())).Right(), perHead(h.Economy, side)}})
	}
	return t
}

// kindOf names a figure, with whose it is.
func kindOf(l casefile.Line, people []casefile.Person) ui.Cell {
	for _, p := range people {
		if p.ID == l.Person && l.Person != 0 {
			return ui.Word("casefile.kind_of", p.Name, l.Kind.Key(l.Side))
		}
	}
	if l.Person != 0 {
		return ui.Word("casefile.kind_of", words.Key("casefile.person_left"), l.Kind.Key(l.Side))
	}
	return ui.Word(l.Kind.Key(l.Side))
}

// proof leads from a figure to the paper that proves it, with the day it came (ux.md U22).
func proof(ctx context.Context, id work.FileID, l casefile.Line, held []casefile.Evidence) ui.Cell {
	for _, e := range held {
		if e.ID == l.Evidence {
			return ui.Link(words.T(ctx, e.Kind.Key()), PaperPath(id, e.ID)).With(words.Minute(e.AddedAt))
		}
	}
	return ui.Cell{}
}

// sideSum adds up a side; no accepted form adds up to more than can be counted.
func sideSum(e casefile.Economy, side casefile.Side) money.Amount {
	total, err := e.Sum(side)
	if err != nil {
		return money.Max
	}
	return total
}

// perHead says what a side comes to per head and month.
func perHead(e casefile.Economy, side casefile.Side) ui.Cell {
	monthly, err := e.Monthly(side)
	if err != nil || e.People == 0 {
		return ui.Cell{}
	}
	return ui.Word("casefile.monthly_is", monthly)
}

// arrears lists what employers owe the household; titled tells that a heading above says so already.
func (h Household) arrears(titled bool) ui.TableView {
	t := ui.TableView{Caption: "casefile.arrears", HideCaption: titled, Columns: []ui.Column{{Key: "casefile.arrears_person"}, {Key: "casefile.arrears_what"},
		{Key: "casefile.arrears_period"}, {Key: "casefile.economy_amount", Numeric: true}, {Key: "casefile.state"}},
		Empty: ui.EmptyView{Title: "casefile.no_arrears"}}
	for _, a := range h.Arrears {
		t.Rows = append(t.Rows, arrearsRow(a))
	}
	return t
}

// arrearsRow is one line of what is owed.
func arrearsRow(a casefile.Arrears) ui.Row {
	period := ui.Word("casefile.arrears_since", a.From)
	if !a.Until.IsZero() {
		period = ui.Word("casefile.arrears_from_until", a.From, a.Until)
	}
	state := ui.State(ui.Tag{Key: "casefile.arrears_owed", Tone: ui.Due})
	if !a.SettledOn.IsZero() {
		state = ui.Word("casefile.arrears_settled", a.SettledOn)
	}
	return ui.Row{Cells: []ui.Cell{ui.Text(a.Name), ui.Word(a.Kind.Key()).With(a.Employer), period.With(a.Note), ui.Yuan(a.Amount), state}}
}

// EconomyView shows the snapshots of a file side by side.
type EconomyView struct {
	layout.Page
	File      casefile.File
	People    []casefile.Person
	Evidence  []casefile.Evidence
	Snapshots []casefile.Economy // the newest first
	Older     bool               // there are older ones than these
	Arrears   []casefile.Arrears
}

// comparison is the table of snapshots: a row a figure, a column a snapshot.
func (v EconomyView) comparison(ctx context.Context) ui.TableView {
	t := ui.TableView{Caption: "casefile.snapshots", HideCaption: true, Columns: []ui.Column{{Key: "casefile.economy_kind"}},
		Empty: ui.EmptyView{Title: "casefile.no_economy"}}
	if len(v.Snapshots) == 0 {
		return t
	}
	for _, e := range v.Snapshots {
		t.Columns = append(t.Columns, ui.Column{Key: "casefile.snapshot_until", Args: []any{e.Until}, Numeric: true})
	}
	row := func(head ui.Cell, marked bool, cell func(casefile.Economy) ui.Cell) {
		cells := []ui.Cell{head}
		for _, e := range v.Snapshots {
			cells = append(cells, cell(e))
		}
		t.Rows = append(t.Rows, ui.Row{Cells: cells, Marked: marked})
	}
	row(ui.Word("casefile.snapshot_taken"), false, func(e casefile.Economy) ui.Cell {
		return ui.Word("casefile.snapshot_by", e.Source, e.TakenBy).With(words.Minute(e.TakenAt)).Right()
	})
	row(ui.Word("casefile.people"), false, func(e casefile.Economy) ui.Cell { return ui.Count(e.People) })
	for _, side := range casefile.Sides {
		for _, l := range v.lines(side) {
			row(kindOf(l, v.People), false, func(e casefile.Economy) ui.Cell { return v.figure(ctx, e.At(side, l.Kind, l.Person)) })
		}
		row(ui.Word(words.Key("casefile.side_sum."+string(side))), true, func(e casefile.Economy) ui.Cell { return ui.Yuan(sideSum(e, side)) })
		row(ui.Word("casefile.per_head", side), false, func(e casefile.Economy) ui.Cell {
			monthly, err := e.Monthly(side)
			if err != nil {
				monthly = money.Max
			}
			return ui.Yuan(monthly)
		})
	}
	return t
}

// lines lists the figures of a side that any of the snapshots has, in the order of the form.
func (v EconomyView) lines(side casefile.Side) []casefile.Line {
	var all []casefile.Line
	seen := map[casefile.Line]bool{}
	for _, kind := range casefile.Kinds[side] {
		for _, e := range v.Snapshots {
			for _, l := range e.Lines {
				key := casefile.Line{Side: l.Side, Kind: l.Kind, Person: l.Person}
				if l.Side == side && l.Kind == kind && !seen[key] {
					seen[key] = true
					all = append(all, key)
				}
			}
		}
	}
	return all
}

// figure shows an amount that leads to its paper.
func (v EconomyView) figure(ctx context.Context, l casefile.Line) ui.Cell {
	if l.Amount == 0 {
		return ui.Cell{Numeric: true}
	}
	c := ui.Yuan(l.Amount)
	for _, e := range v.Evidence {
		if e.ID == l.Evidence {
			c.Href = PaperPath(v.File.ID, e.ID)
			return c.With(words.T(ctx, e.Kind.Key()) + " " + words.Minute(e.AddedAt))
		}
	}
	return c
}

// older leads to the snapshots before these.
func (v EconomyView) older() string {
	return EconomyPath(v.File.ID) + "?before=" + strconv.FormatInt(int64(v.Snapshots[len(v.Snapshots)-1].ID), 10)
}
