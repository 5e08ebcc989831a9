package planpage

import (
	"strconv"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/form"
	"bangfu/internal/money"
	"bangfu/internal/plan"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// Examples are the pages of plans with invented families, for the gallery.
func Examples() []ui.Example {
	wide := layout.Sample("plan.timetable")
	wide.Wide = true
	of := layout.Sample("plan.title")
	of.Identity = Identity(family)
	return []ui.Example{
		{Name: "plan-timetable", Page: Timetable(TimetableView{Page: wide, Today: galleryToday, Next: plan.Cursor{DueOn: galleryToday, ID: 4},
			Tasks: []plan.Task{{Measure: made.Measures[0], FileID: 418, Number: family.Number, HeadName: family.HeadName, OrgName: family.OrgName},
				{Measure: made.Measures[1], FileID: 418, Number: family.Number, HeadName: family.HeadName, OrgName: family.OrgName}}})},
		{Name: "plan-timetable-none", Page: Timetable(TimetableView{Page: wide, Today: galleryToday})},
		{Name: "plan-plan", Page: Plan(PlanView{Page: of, FileID: 418, Plan: made, Today: galleryToday, MayWrite: true})},
		{Name: "plan-plan-none", Page: Plan(PlanView{Page: of, FileID: 418, Today: galleryToday, MayWrite: true})},
		{Name: "plan-changes", Page: Changes(changes())},
		{Name: "plan-measure", Page: Measure(measure())},
		{Name: "plan-print", Page: Print(PrintView{Sheet: layout.Sheet{Page: layout.Sample("plan.print.title"), Number: family.Number, Wide: true, By: "周敏", At: layout.SampleAt, Back: Path(418)},
			File: family, Plan: made, Household: household})},
		{Name: "plan-print-none", Page: Print(PrintView{Sheet: layout.Sheet{Page: layout.Sample("plan.print.title"), Number: family.Number, Wide: true, By: "周敏", At: layout.SampleAt, Back: Path(418)},
			File: family, Household: Household{Causes: household.Causes, Group: "spending"}})},
		{Name: "plan-panel", Page: inPage(Panel(PanelView{FileID: 418, Plan: made, Today: galleryToday}))},
		{Name: "plan-panel-none", Page: inPage(Panel(PanelView{FileID: 418, Today: galleryToday, MayWrite: true}))},
	}
}

var (
	galleryToday = day.Of(2026, 11, 22)
	family       = casefile.File{ID: 418, Number: "YCX202600041", State: casefile.Active, HeadName: "林秀兰", OrgName: "云川市总工会", Category: eligibility.Relative,
		People: 3, Employer: "云川纺织厂", Address: "云川市城东街道 3 号"}
	household = Household{Causes: []casefile.Cause{casefile.SeriousIllness, casefile.LaidOff}, CauseNote: "丈夫下岗两年", Needs: []string{"living", "medical"},
		Group: "spending", Income: money.Yuan(26400), Expense: money.Yuan(18000), Judged: true, Monthly: money.Yuan(700)}
	made = plan.Plan{ID: 5, FileID: 418, Target: "spending", Goal: "医疗费用负担减轻，丈夫稳定就业，2027 年底前脱困。", ExitOn: day.Of(2027, 12, 31), Responsible: "周敏", Contact: "何敏",
		MadeBy: "周敏", MadeAt: time.Date(2026, 3, 2, 10, 0, 0, 0, day.Zone), Measures: []plan.Measure{
			{ID: 3, Cause: casefile.SeriousIllness, Batch: "relief", What: "协助申请医疗救助", Responsible: "周敏", DueOn: day.Of(2026, 10, 31), Expected: "自付费用减少一半", State: plan.Doing},
			{ID: 4, Cause: casefile.LaidOff, Batch: "work", What: "推荐参加电工培训并介绍工作", Responsible: "何敏", DueOn: day.Of(2026, 12, 10), Expected: "丈夫就业", State: plan.Planned},
			{ID: 5, Cause: casefile.LaidOff, Batch: "union", What: "生活救助", Responsible: "周敏", DueOn: day.Of(2026, 5, 31), Expected: "渡过难关", State: plan.Done, Note: "已发放 900 元"}}}
)

func changes() ChangesView {
	f := form.New(map[string][]string{"shown": {"5"}, "target": {"spending"}, "goal": {made.Goal}, "exit_on": {"2026-11-01"}, "responsible": {"周敏"},
		"measure.0.what": {"协助申请医疗救助"}, "measure.0.cause": {"6"}})
	v := ChangesView{Page: layout.Sample("plan.write"), FileID: 418}
	f.Hidden("shown")
	f.Choice("target", "plan.target", form.Options(plan.Targets...), form.Required)
	f.Area("goal", "plan.goal", form.Required)
	f.Date("exit_on", "plan.exit_on", form.Required, form.NotBefore(galleryToday))
	f.Text("responsible", "plan.responsible", form.Required)
	f.Text("contact", "plan.contact", form.Required)
	var causes []form.Option
	for _, c := range casefile.Causes {
		causes = append(causes, form.Option{Value: strconv.Itoa(int(c)), Key: c.Key()})
	}
	v.Rows = f.Rows("measure", 1, 20)
	for _, row := range v.Rows {
		n := form.LabelArgs(row.Place)
		f.Hidden(row.Name("id"))
		f.Select(row.Name("cause"), "plan.cause", causes, n)
		f.Choice(row.Name("batch"), "plan.batch", form.Options(plan.Batches...), n)
		f.Text(row.Name("what"), "plan.what", n)
		f.Text(row.Name("responsible"), "plan.who", n)
		f.Date(row.Name("due_on"), "plan.due_on", n)
		f.Text(row.Name("expected"), "plan.expected", n)
	}
	v.Form, v.Identity = f, Identity(family)
	return v
}

func measure() MeasureView {
	f := form.New(map[string][]string{"state": {"done"}})
	f.Choice("state", "plan.state", form.Options(plan.States...), form.Required)
	f.Area("note", "plan.note", form.Hint("plan.note_hint"))
	f.Fail("note", "plan.refusal.note")
	v := MeasureView{Page: layout.Sample("plan.measure"), FileID: 418, Measure: made.Measures[0], Today: galleryToday}
	v.Form, v.Identity = f, Identity(family)
	return v
}
