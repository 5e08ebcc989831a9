package censuspage

import (
	"net/url"
	"time"

	"bangfu/internal/census"
	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/words"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// Examples are the pages of a census with invented people, for the gallery.
func Examples() []ui.Example {
	closed := running
	closed.Closed, closed.Conclusion, closed.ClosedBy, closed.ClosedAt = true, "应收 1200 份，实收 1188 份，符合条件 312 户。", "周文", noon
	lost, entered, dismissed := out, back, back
	lost.State, lost.Note, lost.DoneBy, lost.DoneAt = census.Lost, "被雨淋湿，已销毁", "韩雪", noon
	entered.State, entered.FileID, entered.HeadName = census.Entered, 418, "林秀兰"
	dismissed.State, dismissed.HeadName, dismissed.Reason = census.Dismissed, "高远", "above"
	standing := census.Standing{Out: 40, Missing: 12, Returned: 8, Entered: 312, Dismissed: 826, Lost: 2}
	reasons := census.Reasons{"above": 700, census.OnFile: 96, census.Blank: 30}
	view := CensusView{Page: page("census.title", running.Name), Census: running, Standing: standing, Reasons: reasons, Bundles: bundles, Next: 60}
	view.Actions = view.Acts(true, true)
	done := CensusView{Page: page("census.title", running.Name), Census: closed, Standing: census.Standing{Entered: 312, Dismissed: 826, Missing: 12}, Bundles: bundles[:1]}
	done.Actions = done.Acts(true, true)
	one := func(f census.Form) FormView {
		v := FormView{Page: page("census.form_title", f.Code()), Shown: f}
		v.Actions = v.Acts(true)
		return v
	}
	return []ui.Example{
		{Name: "census-list", Page: List(ListView{Page: page("census.list"), Censuses: []census.Census{running, closed}, Next: 2})},
		{Name: "census-list-none", Page: List(ListView{Page: page("census.list")})},
		{Name: "census-new", Page: Edit(editView(nil))},
		{Name: "census-new-wrong", Page: Edit(editView(url.Values{"name": {"查"}, "aim": {""}}))},
		{Name: "census-running", Page: Census(view)},
		{Name: "census-empty", Page: Census(CensusView{Page: page("census.title", running.Name), Census: running})},
		{Name: "census-closed", Page: Census(done)},
		{Name: "census-forms", Page: Forms(FormsView{Page: page("census.forms", running.Name), Census: running, State: census.Out, States: []census.State{census.Out, census.Returned},
			Standing: standing, Forms: []census.Form{out, lost, back, entered, dismissed}, Next: 40, Today: today})},
		{Name: "census-forms-none", Page: Forms(FormsView{Page: page("census.forms", running.Name), Census: running, State: census.Lost, States: []census.State{census.Lost}})},
		{Name: "census-bundle", Page: Bundle(BundleView{Page: page("census.bundle", bundles[0].Unit), Census: running, Bundle: bundles[0],
			StillOut: census.Ranges{{First: 3, Last: 7}, {First: 12, Last: 12}}, Forms: []census.Form{out, back}, Next: 50, Today: today})},
		{Name: "census-bundle-back", Page: Bundle(BundleView{Page: page("census.bundle", bundles[1].Unit), Census: running, Bundle: bundles[1], Today: today})},
		{Name: "census-form-out", Page: FormPage(one(out))},
		{Name: "census-form-returned", Page: FormPage(one(back))},
		{Name: "census-form-entered", Page: FormPage(one(entered))},
		{Name: "census-form-dismissed", Page: FormPage(one(dismissed))},
		{Name: "census-form-lost", Page: FormPage(one(lost))},
		{Name: "census-sheet", Page: Sheet(SheetView{Sheet: sheet("census.sheet.title"), Census: running, Bundle: bundles[0], Forms: []census.Form{out, back},
			Origin: "https://bangfu.example", Next: 100})},
		{Name: "census-report", Page: Report(ReportView{Sheet: sheet("census.report.title", running.Name), Census: closed, Standing: standing, Reasons: reasons, Bundles: bundles, Today: today})},
		{Name: "census-report-part", Page: Report(ReportView{Sheet: sheet("census.report.title", running.Name), Census: running, Standing: standing, Bundles: bundles, Shown: 1000, Today: today})},
		{Name: "census-panel", Page: inPage(PanelView{Form: entered})},
	}
}

var (
	today   = day.Of(2026, 11, 22)
	noon    = time.Date(2026, 11, 22, 12, 0, 0, 0, day.Zone)
	running = census.Census{ID: 3, OrgName: "云川市总工会", Name: "2026 年特困职工普查", Aim: "摸清特困职工底数，不漏一户。", From: day.Of(2026, 10, 1), Until: day.Of(2026, 12, 31),
		Forms: 1200, MadeBy: "周文", MadeAt: noon}
	bundles = []census.Bundle{
		{ID: 5, CensusID: 3, OrgName: "青石纺织厂工会", Unit: "青石纺织厂二车间", First: 1, Last: 40, TakenBy: "韩雪", HandedOn: day.Of(2026, 10, 8), DueOn: day.Of(2026, 11, 15),
			HandedBy: "周文", HandedAt: noon, Standing: census.Standing{Missing: 6, Returned: 8, Entered: 14, Dismissed: 12}},
		{ID: 6, CensusID: 3, OrgName: "青石公交公司工会", Unit: "青石公交公司工会", First: 41, Last: 60, TakenBy: "秦岭", HandedOn: day.Of(2026, 10, 8), DueOn: day.Of(2026, 12, 1),
			HandedBy: "周文", HandedAt: noon, Standing: census.Standing{Entered: 5, Dismissed: 15}},
	}
	out = census.Form{ID: 9, CensusID: 3, Census: running.Name, Number: 3, BundleID: 5, Unit: "青石纺织厂二车间", OrgName: "青石纺织厂工会", State: census.Out,
		HandedOn: day.Of(2026, 10, 8), DueOn: day.Of(2026, 11, 15)}
	back = census.Form{ID: 10, CensusID: 3, Census: running.Name, Number: 4, BundleID: 5, Unit: "青石纺织厂二车间", OrgName: "青石纺织厂工会", State: census.Returned,
		HandedOn: day.Of(2026, 10, 8), DueOn: day.Of(2026, 11, 15), ReturnedOn: day.Of(2026, 11, 10), DoneBy: "何敏", DoneAt: noon}
)

// page is a page of an invented caseworker.
func page(title words.Key, args ...any) layout.Page { return layout.Sample(title, args...) }

func sheet(title words.Key, args ...any) layout.Sheet {
	return layout.Sheet{Page: page(title, args...), Number: running.OrgName, By: "周敏", At: layout.SampleAt, Back: ListPath}
}

func editView(values url.Values) EditView {
	v := EditView{Page: page("census.new"), Action: NewPath, Back: ListPath, Button: "census.begin"}
	f := form.New(values)
	f.Text("name", "census.name", form.Required, form.Least(2), form.Max(80))
	f.Area("aim", "census.aim", form.Required, form.Hint("census.aim_hint"))
	v.Lead, v.Form = "census.new_lead", f
	f.Valid()
	return v
}
