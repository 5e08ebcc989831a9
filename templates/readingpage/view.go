package readingpage

import (
	"context"
	"net/url"
	"strconv"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/reading"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// DayPath lists who read on a day; below it lie the pages of a person.
const DayPath = "/audit/readings"

// markedPath is the trail of unusual hours.
const markedPath = "/audit?area=reading"

// filePath is the address of a worker file.
func filePath(id work.FileID) string { return "/files/" + strconv.FormatInt(int64(id), 10) }

// ReadersPath lists who opened a file, behind a place.
func ReadersPath(id work.FileID, behind reading.Place) string {
	path := filePath(id) + "/readings"
	if behind.StaffID == 0 {
		return path
	}
	return path + "?behind=" + behind.Day.String() + "-" + strconv.FormatInt(int64(behind.StaffID), 10)
}

// OnPath lists who read on a day.
func OnPath(on day.Date) string { return DayPath + "?day=" + on.String() }

// PersonPath lists the days of a person.
func PersonPath(id work.StaffID) string { return DayPath + "/" + strconv.FormatInt(int64(id), 10) }

// FilesPath lists what a person opened on a day.
func FilesPath(id work.StaffID, on day.Date) string { return PersonPath(id) + "/" + on.String() }

// Identity is the bar on the page of a file.
func Identity(f casefile.File) *ui.IdentityView {
	v := &ui.IdentityView{Number: f.Number, Name: f.HeadName, Href: filePath(f.ID), Status: ui.Tag{Key: f.State.Key(), Tone: ui.Info},
		Facts: []ui.Item{{Key: "reading.office", Value: ui.Text(f.OrgName)}}}
	if f.State == casefile.Active {
		v.Status.Tone = ui.Good
	}
	if f.HeadName == "" {
		v.Unnamed = casefile.Unnamed
	}
	if f.Category != eligibility.None {
		v.Class = f.Category.Key()
	}
	return v
}

// Crumbs is the way to the page of a file.
func Crumbs(ctx context.Context, f casefile.File) []layout.Crumb {
	return []layout.Crumb{{Key: "layout.home", Path: "/"}, {Text: words.Say(ctx, f.Name()), Path: filePath(f.ID)}, {Key: "reading.of_file"}}
}

// marks says that an hour was unusual, or that the brake held.
func marks(m reading.Marks) ui.Cell {
	switch {
	case m.Braked:
		return ui.State(ui.Tag{Key: "reading.mark.braked", Tone: ui.Bad})
	case m.Unusual:
		return ui.State(ui.Tag{Key: "reading.mark.unusual", Tone: ui.Due})
	}
	return ui.Cell{}
}

// span writes from when to when: 09:05–10:40.
func span(first, last time.Time) ui.Cell {
	from, to := clock(first), clock(last)
	if from != to {
		from += "–" + to
	}
	return ui.Fixed(from)
}

// clock writes a time of the day in China.
func clock(t time.Time) string { return t.In(day.Zone).Format("15:04") }

func (v ReadersView) table() ui.TableView {
	t := ui.TableView{Caption: "reading.of_file", HideCaption: true, Columns: []ui.Column{{Key: "reading.day"}, {Key: "reading.who"},
		{Key: "reading.mark"}, {Key: "reading.span"}, {Key: "reading.times", Numeric: true}, {Key: "reading.office"}},
		Empty: ui.EmptyView{Title: "reading.nobody", Body: "reading.of_file_nobody"}}
	for _, r := range v.All {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{ui.Day(r.Day), ui.Fixed(r.Name), marks(r.Marks), span(r.First, r.Last),
			ui.Count(r.Times), ui.Text(r.Office)}})
	}
	return t
}

func (v ReadersView) pager() ui.Paging {
	p := ui.Paging{Total: -1}
	if v.Behind {
		p.Prev = ReadersPath(v.FileID, reading.Place{})
	}
	if v.More {
		last := v.All[len(v.All)-1]
		p.Next = ReadersPath(v.FileID, reading.Place{Day: last.Day, StaffID: last.StaffID})
	}
	return p
}

// used are the columns of what the hours of a day come to, and its cells.
var used = []ui.Column{{Key: "reading.mark"}, {Key: "reading.files", Numeric: true}, {Key: "reading.most_files", Numeric: true},
	{Key: "reading.searches", Numeric: true}, {Key: "reading.most_searches", Numeric: true}, {Key: "reading.hours", Numeric: true}}

func usedCells(u reading.Use) []ui.Cell {
	return []ui.Cell{marks(u.Marks), ui.Count(u.Files), ui.Count(u.Most.Files), ui.Count(u.Searches), ui.Count(u.Most.Searches), ui.Count(u.Hours)}
}

// at is the address of the list with a day and, perhaps, a place in it.
func (v DayView) at(on day.Date, behind string) string {
	q := url.Values{"day": {on.String()}}
	if v.Person != "" {
		q.Set("person", v.Person)
	}
	if behind != "" {
		q.Set("behind", behind)
	}
	return DayPath + "?" + q.Encode()
}

// ways lead to the days beside, and to the entries of the trail about unusual hours.
func (v DayView) ways() []ui.Btn {
	ways := []ui.Btn{{Key: "reading.day_before", Href: v.at(v.Day.Add(-1), ""), Look: ui.Quiet}}
	if v.Day.Before(v.Today) {
		ways = append(ways, ui.Btn{Key: "reading.day_after", Href: v.at(v.Day.Add(1), ""), Look: ui.Quiet})
	}
	return append(ways, ui.Btn{Key: "reading.marked", Href: markedPath, Look: ui.Quiet})
}

func (v DayView) table() ui.TableView {
	t := ui.TableView{Caption: "reading.caption", Args: []any{v.Day}, Columns: append([]ui.Column{{Key: "reading.who"}}, used...),
		Empty: ui.EmptyView{Title: "reading.nobody", Body: "reading.day_nobody"}}
	for _, p := range v.All {
		t.Rows = append(t.Rows, ui.Row{Href: FilesPath(p.StaffID, v.Day), Cells: append([]ui.Cell{ui.Text(p.Name).With(p.Office)}, usedCells(p.Use)...)})
	}
	return t
}

func (v DayView) pager() ui.Paging {
	p := ui.Paging{Total: -1}
	if v.Behind {
		p.Prev = v.at(v.Day, "")
	}
	if v.More {
		last := v.All[len(v.All)-1].Rank()
		p.Next = v.at(v.Day, strconv.Itoa(last.Sum)+"-"+strconv.FormatInt(int64(last.StaffID), 10))
	}
	return p
}

func (v PersonView) table() ui.TableView {
	t := ui.TableView{Caption: "reading.days", HideCaption: true, Columns: append([]ui.Column{{Key: "reading.day"}}, used...),
		Empty: ui.EmptyView{Title: "reading.nothing", Body: "reading.kept"}}
	for _, u := range v.All {
		t.Rows = append(t.Rows, ui.Row{Href: FilesPath(v.StaffID, u.Day), Cells: append([]ui.Cell{ui.Day(u.Day)}, usedCells(u)...)})
	}
	return t
}

func (v PersonView) pager() ui.Paging {
	p := ui.Paging{Total: -1}
	if v.Behind {
		p.Prev = PersonPath(v.StaffID)
	}
	if v.More {
		p.Next = PersonPath(v.StaffID) + "?behind=" + v.All[len(v.All)-1].Day.String()
	}
	return p
}

func (v FilesView) table() ui.TableView {
	t := ui.TableView{Caption: "reading.opened", HideCaption: true, Columns: []ui.Column{{Key: "reading.file"}, {Key: "reading.span"},
		{Key: "reading.times", Numeric: true}, {Key: "reading.file_office"}},
		Empty: ui.EmptyView{Title: "reading.nothing", Body: "reading.files_nothing"}}
	for _, o := range v.All {
		t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{file(o), span(o.First, o.Last), ui.Count(o.Times), ui.Text(o.Office)}})
	}
	return t
}

// file names a file by its number, and leads there when it may be opened.
func file(o reading.Opened) ui.Cell {
	c := ui.Text(o.Number)
	if o.Number == "" {
		c = ui.Word("reading.no_number", int64(o.FileID))
	}
	switch {
	case o.Erased:
		return ui.Word("reading.erased", o.Number)
	case o.Open:
		c.Href = filePath(o.FileID)
	}
	return c
}

func (v FilesView) pager() ui.Paging {
	p := ui.Paging{Total: -1}
	if v.Behind {
		p.Prev = FilesPath(v.StaffID, v.Day)
	}
	if v.More {
		last := v.All[len(v.All)-1].Spot()
		p.Next = FilesPath(v.StaffID, v.Day) + "?behind=" + strconv.FormatInt(last.First.UnixMicro(), 10) + "-" + strconv.FormatInt(int64(last.FileID), 10)
	}
	return p
}
