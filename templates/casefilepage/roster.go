package casefilepage

import (
	"context"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// RosterView is a roster on paper.
type RosterView struct {
	layout.Sheet
	Versions []casefile.Version
	Hidden   int  // files of the roster that now lie outside of the reader's scope
	Full     bool // numbers in the clear
	On       day.Date
}

// changedFiles lists the files of a roster that changed.
func (v CodeView) changedFiles() ui.TableView {
	t := ui.TableView{Caption: "casefile.print.changed_files", Columns: []ui.Column{{Key: "casefile.head_name"}, {Key: "casefile.number"},
		{Key: "casefile.state"}, {Key: "casefile.version.changed"}}}
	for _, c := range v.Changed {
		t.Rows = append(t.Rows, ui.Row{Href: FilePath(c.File.ID), Cells: []ui.Cell{ui.Text(c.File.HeadName), ui.Text(c.File.Number),
			ui.State(StateTag(c.File.State)), {Key: "casefile.version.from_into", Args: []any{c.Printed, c.Newest}, Href: ChangesPath(c.File.ID, c.Printed, c.Newest)}}})
	}
	return t
}

// rosterTable lists the households of a roster.
func (v RosterView) rosterTable(ctx context.Context) ui.TableView {
	t := ui.TableView{Caption: v.Title, Args: v.Args, HideCaption: true, Print: true, Columns: []ui.Column{{Key: "casefile.print.place"}, {Key: "casefile.number"}, {Key: "casefile.name"},
		{Key: "casefile.sex"}, {Key: "casefile.id_number"}, {Key: "casefile.people", Numeric: true}, {Key: "casefile.category"},
		{Key: "casefile.main_cause"}, {Key: "casefile.employer"}, {Key: "casefile.phone"}, {Key: "casefile.print.remark"}}}
	for i, version := range v.Versions {
		f := version.Facts
		head := f.Head()
		sex, category, cause := ui.Cell{}, ui.Cell{}, ui.Cell{}
		if head.Name != "" {
			sex = sexKey(head.Sex)
		}
		if f.Cover.Category != eligibility.None {
			category = ui.Word(f.Cover.Category.Key())
		}
		if len(f.Causes) > 0 {
			cause = ui.Word(f.Causes[0].Key())
		}
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{ui.Count(i + 1), ui.Text(f.Cover.Number), ui.Text(head.Name), sex,
			ui.Text(number(head.Person.Number, v.Full)), ui.Count(len(f.People)), category, cause, ui.Text(head.Employer),
			ui.Text(phone(head.Phone, v.Full)), {}}})
	}
	return t
}
