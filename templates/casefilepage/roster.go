package casefilepage

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strconv"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// ExportOfPath is where a list is asked for as a sheet, narrowed and in the order as the address of the list says.
func ExportOfPath(asked url.Values, list casefile.WorkList) string {
	kept := url.Values{"list": {string(list)}}
	for _, name := range slices.Concat(casefile.FilterNames, casefile.OrderNames) {
		if value := asked.Get(name); value != "" {
			kept.Set(name, value)
		}
	}
	return "/exports/new?" + kept.Encode()
}

// RosterOf is one page of a work list to be printed, whole or of one class, in the order of the spoken names (001-71).
type RosterOf struct {
	List  casefile.WorkList
	Class eligibility.Category
	Below work.FileID // the page behind this file; zero = the first one
	First int         // the running number of its first household, from one
}

// Path is where the page is printed.
func (o RosterOf) Path() string {
	path := RosterPath + "?list=" + string(o.List)
	if o.Class != eligibility.None {
		path += "&category=" + string(o.Class)
	}
	if o.Below != 0 {
		path += "&below=" + strconv.FormatInt(int64(o.Below), 10)
	}
	if o.First > 1 {
		path += "&first=" + strconv.Itoa(o.First)
	}
	return path
}

// RosterAskView asks how a page of a work list is printed.
type RosterAskView struct {
	layout.Page
	Of    RosterOf
	Files int
	Next  string // address of the page after it; "" = none
}

// RosterPath is where a roster is printed.
const RosterPath = "/files/roster"

// RosterView is a roster on paper.
type RosterView struct {
	layout.Sheet
	Versions []casefile.Version
	Places   map[work.FileID]int // the running numbers; a file without one is counted
	Hidden   int                 // files of the roster that now lie outside of the reader's scope
	Full     bool                // numbers in the clear
	On       day.Date
}

// classes are the rosters of each class, and that of all.
func (v RosterAskView) classes() []ui.Tab {
	var tabs []ui.Tab
	for _, class := range []eligibility.Category{eligibility.None, eligibility.Severe, eligibility.Relative, eligibility.Accident} {
		tabs = append(tabs, ui.Tab{Key: classKey(class), Href: RosterOf{List: v.Of.List, Class: class}.Path(), Count: -1, Current: class == v.Of.Class})
	}
	return tabs
}

// classKey names the class of a roster.
func classKey(class eligibility.Category) words.Key {
	if class == eligibility.None {
		return "casefile.print.all_classes"
	}
	return class.Key()
}

// changedFiles lists the files of a roster that changed.
func (v CodeView) changedFiles() ui.TableView {
	t := ui.TableView{Caption: "casefile.print.changed_files", Columns: []ui.Column{{Key: "casefile.head_name"}, {Key: "casefile.number"},
		{Key: "casefile.state"}, {Key: "casefile.version.changed"}}}
	for _, c := range v.Changed {
		t.Rows = append(t.Rows, ui.Row{Href: FilePath(c.File.ID), Cells: []ui.Cell{ui.Text(c.File.HeadName), ui.Fixed(c.File.Number),
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
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{ui.Count(cmp.Or(v.Places[version.FileID], i+1)), ui.Text(f.Cover.Number), ui.Text(head.Name), sex,
			ui.Text(number(head.Person.Number, v.Full)), ui.Count(len(f.People)), category, cause, ui.Text(head.Employer),
			ui.Text(phone(head.Phone, v.Full)), {}}})
	}
	return t
}
