package gallery

import (
	"bangfu/templates/ui"
)

// kitCases shows the pages of one case.
func kitCases() []ui.Example {
	file := page("gallery.file_title", "林秀兰")
	file.Identity = identity()
	decision := page("gallery.decide", "大病救助", "林秀兰")
	decision.Identity = identity()
	decision.Flash = &ui.Banner{Tone: ui.Due, Title: "gallery.flash_split", Body: "gallery.flash_split_why", More: []any{"8,000.00"}}
	return []ui.Example{
		{Name: "kit-case", Page: casePage(file)},
		{Name: "kit-decision", Page: decisionPage(decision)},
	}
}

// events is a short history.
func events() []ui.Event {
	return []ui.Event{
		{Key: "gallery.event_visit", Who: "周敏、和建平", When: "2026-11-20 15:40", Line: "两人入户，情况与申报一致。", Href: "/files/418/visits/2", Tone: ui.Good},
		{Key: "gallery.event_returned", Who: "白雪", When: "2026-11-18 09:12", Line: "缺医疗费用结算单。", Tone: ui.Bad},
		{Key: "gallery.event_submitted", Who: "周敏", When: "2026-11-16 11:03"},
		{Title: "纸质材料移交", Who: "云川纺织有限公司工会", When: "2026-11-15"},
	}
}

// steps is a case in its third stage.
func steps() []ui.Step {
	return []ui.Step{
		{Key: "gallery.step_submit", Sub: "周敏 2026-11-16", State: ui.StepDone},
		{Key: "gallery.step_review", Sub: "白雪 2026-11-18", State: ui.StepDone},
		{Key: "gallery.step_visit", Sub: "2026-11-25 前", State: ui.StepCurrent},
		{Key: "gallery.step_notice", State: ui.StepAhead},
		{Key: "gallery.step_pay", State: ui.StepAhead},
	}
}

// returned is a case that came back.
func returned() []ui.Step {
	all := steps()
	all[1].State, all[2].State, all[2].Sub = ui.StepBack, ui.StepAhead, ""
	return all
}

func members() []ui.Row {
	row := func(name, kin, born, job string, income int64) ui.Row {
		return ui.Row{Cells: []ui.Cell{
			ui.Text(name), ui.Text(kin), ui.Text(born), ui.Text(job), ui.Text(amount(income)).Right(),
		}}
	}
	return []ui.Row{
		row("林秀兰", "户主", "1978-04-02", "纺织工", 210000),
		row("杨志明", "配偶", "1976-09-15", "无业（患病）", 0),
		row("杨晓雯", "女儿", "2008-01-21", "高三学生", 0),
		row("杨老太", "婆婆", "1949-12-31", "退休", 163050),
	}
}
