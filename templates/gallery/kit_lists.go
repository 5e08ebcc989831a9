package gallery

import (
	"net/url"

	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/money"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// kitLists shows lists: filled, filtered, empty; figures and funds.
func kitLists() []ui.Example {
	list := page("gallery.files")
	list.Wide = false
	list.Actions = []ui.Btn{{Key: "gallery.register", Href: "/files/new"}}
	list.Flash = &ui.Banner{Tone: ui.Good, Title: "gallery.flash", Args: []any{"YC-2026-00418"}, Body: "gallery.flash_next", Href: "/files/418", Link: "gallery.flash_link"}
	wide := page("gallery.inbox")
	wide.Wide = true
	home := page("layout.home")
	home.Crumbs = nil
	return []ui.Example{
		{Name: "kit-list", Page: listPage(list, search(), fileRows())},
		{Name: "kit-list-empty", Page: listPage(page("gallery.files"), search(), nil)},
		{Name: "kit-inbox", Page: inboxPage(wide)},
		{Name: "kit-home", Page: homePage(home)},
		{Name: "kit-funds", Page: fundsPage(page("gallery.funds"))},
	}
}

// search is the filter form of a list.
func search() *form.Form {
	f := form.Filter(url.Values{"q": {"林"}, "state": {"on_file"}})
	f.Text("q", "gallery.query", form.Max(40))
	f.Select("state", "gallery.state", []form.Option{{Value: "on_file", Key: "gallery.on_file"}, {Value: "closed", Key: "gallery.closed"}})
	f.Select("class", "gallery.class", []form.Option{{Value: "severe", Key: "gallery.severe"}})
	return f
}

func fileRows() []ui.Row {
	type line struct {
		number, name, unit, members, on string
		sum                             money.Amount
		state                           ui.Tag
	}
	lines := []line{
		{"YC-2026-00418", "林秀兰", "云川纺织有限公司", "4", "2026-11-20", 500000, ui.Tag{Key: "gallery.on_file", Tone: ui.Plain}},
		{"YC-2026-00402", "林国强", "云川市公交集团", "3", "2026-11-12", 1284050, ui.Tag{Key: "gallery.waiting_visit", Tone: ui.Due}},
		{"YC-2026-00377", "林海燕", "云川市第二人民医院", "2", "2026-10-30", 0, ui.Tag{Key: "gallery.in_notice", Tone: ui.Info}},
		{"YC-2025-01120", "欧阳林", "云川化工厂", "5", "2025-12-04", 300000, ui.Tag{Key: "gallery.papers_missing", Tone: ui.Bad}},
		{"YC-2024-00093", "林木森", "云川市环卫中心", "1", "2024-03-18", 120000, ui.Tag{Key: "gallery.closed", Tone: ui.Plain}},
	}
	rows := make([]ui.Row, len(lines))
	for i, l := range lines {
		rows[i] = ui.Row{
			Href:   "/files/" + l.number[len(l.number)-3:],
			Marked: i == 0,
			Cells: []ui.Cell{
				ui.Text(l.name).With(l.number), ui.Text(l.unit), ui.Text(l.members).Right(),
				ui.Yuan(l.sum), ui.Day(date(l.on)), ui.State(l.state),
			},
		}
	}
	return rows
}

// date reads a date that is written in the program.
func date(s string) day.Date {
	d, err := day.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

// inboxRows are applications that wait for a decision.
func inboxRows() []ui.Row {
	row := func(id, name, programme string, asked, window money.Amount, due ui.Deadline, flag ui.Tag) ui.Row {
		cells := []ui.Cell{
			ui.Text(name).With("JZ-2026-" + id), ui.Text(programme), ui.Yuan(asked), ui.Yuan(window),
			ui.Text("第二级"), ui.Part(ui.DueDate(due)), {},
		}
		if flag.Key != "" {
			cells[6] = ui.State(flag)
		}
		return ui.Row{Href: "/grants/" + id, Cells: cells, Pick: &ui.Pick{Name: "pick", Value: id, Label: name, Form: "bulk"}}
	}
	return []ui.Row{
		row("0931", "林秀兰", "大病救助", 500000, 800000, ui.Deadline{Date: "2026-11-21", Away: "已过 1 天", Tone: ui.Bad}, ui.Tag{Key: "gallery.flag_split", Tone: ui.Bad}),
		row("0944", "赵志远", "生活救助", 300000, 300000, ui.Deadline{Date: "2026-11-22", Away: "今天", Tone: ui.Due}, ui.Tag{}),
		row("0950", "古丽娜", "金秋助学", 600000, 600000, ui.Deadline{Date: "2026-11-25", Away: "3 天后"}, ui.Tag{Key: "gallery.flag_kin", Tone: ui.Due}),
	}
}

func stats() []ui.StatView {
	return []ui.StatView{
		{Key: "gallery.due_today", Value: "3", Unit: "gallery.items", Href: "/grants?due=today", Tone: ui.Due},
		{Key: "gallery.returned", Value: "1", Unit: "gallery.items", Href: "/grants?state=returned", Tone: ui.Bad},
		{Key: "gallery.drafts", Value: "2", Unit: "gallery.items", Href: "/drafts"},
		{Key: "gallery.objections", Value: "0", Unit: "gallery.items", Href: "/objections"},
		{Key: "gallery.paid", Value: "742,550.00", Unit: "common.yuan", Sub: "截至 2026-11-22 10:00", Href: "/payments"},
	}
}

func funds() []ui.MeterView {
	return []ui.MeterView{
		{Name: "中央财政专项帮扶资金 2026", Href: "/funds/1", Spent: 31250000, Reserved: 6400000, Total: 50000000},
		{Name: "市级送温暖资金 2026", Href: "/funds/2", Spent: 18800000, Reserved: 900000, Total: 20000000},
		{Name: "社会捐赠（助学）", Href: "/funds/3", Total: 3600000},
	}
}

// tabs are the three lists of an approver.
func tabs() []ui.Tab {
	return []ui.Tab{
		{Key: "gallery.mine", Href: "/grants", Count: 3, Current: true},
		{Key: "gallery.done", Href: "/grants?list=done", Count: 1284},
		{Key: "gallery.visible", Href: "/grants?list=visible", Count: -1},
	}
}

// inboxForm is the outside of the form that acts on chosen rows.
func inboxForm(p layout.Page) ui.Form { return ui.Form{Action: "/grants/batch", Key: p.Key()} }
