package readingpage

import (
	"net/url"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/reading"
	"bangfu/internal/words"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// Examples are these pages in every state, with invented people.
func Examples() []ui.Example {
	family := casefile.File{ID: 418, Number: "QSX202600418", State: casefile.Active, HeadName: "林秀兰", OrgName: "青石县总工会", Category: "severe"}
	ofFile := func(f casefile.File) layout.Page {
		p := layout.Sample("reading.of_file")
		p.Lead, p.Wide, p.Identity = "reading.of_file_lead", true, Identity(f)
		return p
	}
	today := day.Of(2026, 11, 22)
	at := func(hour, minute int) time.Time { return time.Date(2026, 11, 22, hour, minute, 0, 0, day.Zone) }
	office := "青石县总工会困难职工帮扶中心"
	readers := []reading.Reader{
		{Day: today, StaffID: 12, Name: "何敏", Office: office, First: at(9, 5), Last: at(16, 40), Times: 14},
		{Day: today, StaffID: 7, Name: "贺连生", Office: "青石纺织厂工会", First: at(13, 2), Last: at(13, 2), Times: 1, Marks: reading.Marks{Unusual: true, Braked: true}},
		{Day: today.Add(-3), StaffID: 12, Name: "何敏", Office: office, First: at(10, 0), Last: at(10, 9), Times: 6, Marks: reading.Marks{Unusual: true}},
	}
	uses := []reading.Use{
		{Day: today, Hours: 3, Counts: reading.Counts{Files: 655, Searches: 12}, Most: reading.Counts{Files: 400, Searches: 9}, Marks: reading.Marks{Unusual: true, Braked: true}},
		{Day: today.Add(-1), Hours: 7, Counts: reading.Counts{Files: 240, Searches: 141}, Most: reading.Counts{Files: 62, Searches: 124}, Marks: reading.Marks{Unusual: true}},
		{Day: today.Add(-4), Hours: 1, Counts: reading.Counts{Searches: 1}, Most: reading.Counts{Searches: 1}},
	}
	people := []reading.Person{{StaffID: 7, Name: "贺连生", Office: "青石纺织厂工会", Use: uses[0]}, {StaffID: 12, Name: "何敏", Office: office, Use: uses[1]},
		{StaffID: 9, Name: "郭晓", Office: office, Use: uses[2]}}
	files := []reading.Opened{
		{FileID: 418, Number: "QSX202600418", Office: office, Open: true, First: at(13, 2), Last: at(13, 2), Times: 1},
		{FileID: 420, Office: office, Open: true, First: at(11, 0), Last: at(11, 20), Times: 9},
		{FileID: 77, Number: "BHX201900077", Office: "白河县总工会", First: at(9, 40), Last: at(9, 41), Times: 2},
		{FileID: 12, Number: "QSX201400012", Office: office, Erased: true, First: at(9, 30), Last: at(9, 30), Times: 1},
	}
	days, person, opened := layout.Sample("reading.title"), layout.Sample("reading.of_person", "贺连生"), layout.Sample("reading.files_of", "贺连生", today)
	days.Lead, days.Wide = "reading.lead", true
	person.Lead, person.LeadArg, person.Wide = "reading.of_person_lead", []any{"青石纺织厂工会"}, true
	opened.Lead, opened.LeadArg, opened.Wide = "reading.files_of_lead", []any{"青石纺织厂工会"}, true
	wrong := days
	wrong.Form = sampleFilter(url.Values{"day": {"2026-11-23"}}, today)
	failure := layout.Failure{Status: 429, Title: "web.braked", Lines: []words.Message{words.Saying("reading.braked.files", 400),
		words.Saying("reading.braked.until", words.Minute(at(14, 0))), words.Saying("reading.braked.whom")},
		Actions: []ui.Btn{{Key: "web.home", Href: "/", Look: ui.Secondary}}}
	return []ui.Example{
		{Name: "reading-of-file", Page: Readers(ReadersView{Page: ofFile(family), FileID: family.ID, All: readers, Behind: true, More: true})},
		{Name: "reading-of-file-nobody", Page: Readers(ReadersView{Page: ofFile(casefile.File{ID: 419, State: casefile.Draft, OrgName: "青石县总工会"}), FileID: 419})},
		{Name: "reading-day", Page: Day(DayView{Page: days, Filter: sampleFilter(nil, today), Day: today, Today: today, All: people, More: true})},
		{Name: "reading-day-nobody", Page: Day(DayView{Page: days, Filter: sampleFilter(url.Values{"person": {"无此人"}, "day": {"2026-11-20"}}, today),
			Day: today.Add(-2), Today: today, Person: "无此人"})},
		{Name: "reading-day-wrong", Page: Day(DayView{Page: wrong, Filter: wrong.Form, Day: today, Today: today})},
		{Name: "reading-person", Page: Person(PersonView{Page: person, StaffID: 7, All: uses, Behind: true, More: true})},
		{Name: "reading-person-nothing", Page: Person(PersonView{Page: person, StaffID: 7})},
		{Name: "reading-files", Page: Files(FilesView{Page: opened, StaffID: 7, Day: today, All: files, Behind: true, More: true})},
		{Name: "reading-files-nothing", Page: Files(FilesView{Page: opened, StaffID: 7, Day: today})},
		{Name: "reading-panel", Page: inPage(Panel(family.ID))},
		{Name: "reading-braked", Page: layout.Error(layout.Sample("web.braked"), failure)},
	}
}

func sampleFilter(values url.Values, today day.Date) *form.Form {
	f := form.Filter(values)
	f.Date("day", "reading.day", form.Default(today), form.NotAfter(today))
	f.Text("person", "reading.person", form.Width(8))
	return f
}
