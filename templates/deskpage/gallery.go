package deskpage

import (
	"bangfu/internal/day"
	"bangfu/internal/money"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// Examples are the first pages of several posts, with invented people.
func Examples() []ui.Example {
	return []ui.Example{
		{Name: "desk-caseworker", Page: Desk(View{Page: sample("周敏"), Lists: []List{sampleMine(), sampleVisits()}})},
		{Name: "desk-many", Page: Desk(View{Page: sample("李正"), Lists: []List{sampleMany()}})},
		{Name: "desk-finance", Page: Desk(View{Page: sample("褚明"), Lists: []List{sampleBatch()}, Funds: []ui.MeterView{
			{Name: "2026 年市级 · 生活救助", Href: "/funds/3", Spent: money.Yuan(8400), Reserved: money.Yuan(1200), Total: money.Yuan(36000)}}})},
	}
}

func sample(name string) layout.Page {
	p := layout.Sample("desk.title")
	p.Crumbs = nil
	p.Lead, p.LeadArg = "desk.morning", []any{name, "经办人"}
	return p
}

func sampleMine() List {
	return List{ID: "mine", Title: "desk.mine", Who: "desk.head", What: "desk.state", Count: 2, Href: MinePath, Items: []Item{
		{Who: "林秀兰", Sub: "收入填报不全，请补充后重新提交", Href: "/files/418/registration",
			What: ui.State(ui.Tag{Key: "casefile.state.returned", Tone: ui.Due}), Where: "云川市总工会帮扶中心", Since: sampleSince()},
		{Who: "（未填户主）", Href: "/files/421/registration", What: ui.State(ui.Tag{Key: "casefile.state.draft", Tone: ui.Info}),
			Where: "云川市总工会帮扶中心", Since: sampleSince()},
	}}
}

func sampleVisits() List {
	return List{ID: "visits", Title: "desk.visits", Who: "desk.head", What: "desk.purpose", Href: VisitsPath}
}

func sampleMany() List {
	l := List{ID: "to_judge", Title: "desk.to_judge", Who: "desk.head", What: "desk.cause", Count: 100, More: true, Href: ToJudgePath}
	for range 5 {
		l.Items = append(l.Items, Item{Who: "林秀兰", Href: "/files/418/judgement", What: ui.Word("casefile.cause.6"), Where: "云川纺织厂工会", Since: sampleSince()})
	}
	return l
}

func sampleBatch() List {
	return List{ID: "to_release", Title: "desk.to_release", Who: "desk.number", What: "desk.batch", Count: 1, Href: ReleasePath, Items: []Item{
		{Who: "YC20261120-01", Sub: "冯洁", Href: "/payments/batches/7", What: ui.Word("desk.lines", 2, money.Yuan(2310)),
			Where: "云川市总工会帮扶中心", Since: sampleSince()},
	}}
}

func sampleSince() ui.Cell { return ui.Day(day.Of(2026, 11, 20)).With("已等 2 天") }
