package visitpage

import (
	"net/url"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/form"
	"bangfu/internal/visit"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

var (
	census = visit.Plan{ID: 4, OrgID: 2, OrgName: "云川市总工会", Name: "2026 年下半年普查", Kind: visit.Census, Aim: "在档家庭不漏一户，核实收入和住房", From: today,
		Until: today.Add(20), LedBy: "马骏", Trained: true, MadeBy: "李正", MadeAt: noon, Stops: 36, Done: 21}
	keyPlan = visit.Plan{ID: 5, OrgName: "云川市总工会", Name: "市总工会重点访", Kind: visit.KeyVisits, Aim: "复核很困难的家庭", From: today.Add(-60), Until: today.Add(-30),
		LedBy: "钱江", MadeBy: "李正", MadeAt: noon, ClosedAt: noon, Closed: true, Stops: 5, Done: 5}
	crews = []visit.Team{{ID: 1, Number: 1, Leader: "马骏", Visitors: [2]work.StaffID{1, 2}, Names: [2]string{"罗杰", "段芳"}, Trained: [2]day.Date{today.Add(-30), today.Add(-30)}},
		{ID: 2, Number: 2, Leader: "钱江", Visitors: [2]work.StaffID{3, 4}, Names: [2]string{"杨帆", "韩雪"}}}
	standing = visit.Standing{All: visit.Progress{Stops: 36, Visited: 21, Skipped: 2, Differs: 4, Late: 3},
		Teams: []visit.Progress{{Team: 1, Stops: 18, Visited: 12, Skipped: 1, Differs: 3}, {Team: 2, Stops: 18, Visited: 9, Skipped: 1, Differs: 1, Late: 3}},
		Units: []visit.Progress{{Unit: "云川纺织厂工会", Stops: 20, Visited: 9, Skipped: 1, Differs: 2, Late: 3}, {Unit: "云川公交公司工会", Stops: 16, Visited: 12, Skipped: 1, Differs: 2}}}
	calls = []visit.Stop{
		{ID: 31, PlanID: 4, Plan: census.Name, Purpose: visit.Review, Team: 1, FileID: 418, HeadName: "林秀兰", Address: family.Address, OrgName: "云川纺织厂工会", Position: 1, DueOn: today, State: visit.StopOpen, Tries: 1, Why: visit.Absent, Differed: []visit.Item{"housing", "income"}},
		{ID: 32, PlanID: 4, Plan: census.Name, Purpose: visit.Review, Team: 1, FileID: 419, HeadName: "马德胜", Address: "云川市城东路 3 号", OrgName: "云川公交公司工会", Position: 2, DueOn: today.Add(1), State: visit.StopVisited, VisitID: 7},
		{ID: 33, PlanID: 4, Plan: census.Name, Purpose: visit.Review, Team: 2, FileID: 420, HeadName: "孙莉", Address: "云川市河东新村 8 栋 402 室", OrgName: "云川公交公司工会", Position: 1, DueOn: today.Add(2), State: visit.StopSkipped, Tries: 2, Why: "moved", Note: "迁往外省随子女居住"}}
	summary = visit.Summary{Visits: 21, Cadres: 4, Agrees: 19, Findings: []visit.FindingCount{{Item: "household", Differs: 1, Of: 21}, {Item: "work", Of: 21}, {Item: "income", Differs: 3, Of: 21},
		{Item: "spending", Of: 21}, {Item: "housing", Differs: 2, Of: 21}, {Item: "cause", Of: 21}, {Item: "evidence", Differs: 1, Of: 21}},
		Degrees: []visit.DegreeCount{{Degree: visit.DegreeSevere, Count: 6}, {Degree: visit.DegreeHard, Count: 9}, {Degree: visit.DegreeEased, Count: 5}, {Degree: visit.DegreeNone, Count: 1}},
		Said:    []visit.Said{{Opinions: "希望工会的体检能到厂里来做", Proposals: "联系市医院减免检查费"}, {Opinions: "助学金能早些到账"}}, More: true}
	announced = visit.Sample{ID: 2, OrgName: "云川市总工会", Name: "2026 年三成抽查", Permille: 300, FrameSize: 11, FrameHash: []byte("0123456789abcdef0123456789abcdef"), AnnouncedBy: "李正", AnnouncedAt: noon}
	picks     = []visit.Pick{{Position: 1, FileID: 418, Number: "YC-2026-00018", HeadName: "林秀兰", OrgName: "云川纺织厂工会", VisitedOn: today}, {Position: 2, FileID: 419, Number: "YC-2026-00007", HeadName: "马德胜", OrgName: "云川公交公司工会"}}
)

// planExamples are the pages of plans and samples with invented families.
func planExamples() []ui.Example {
	drawn := announced
	drawn.Seed, drawn.Source, drawn.SeededBy, drawn.SeededAt, drawn.Visited = "2026-11-23/08231547", "福彩 3D 第 2026312 期及现场摇号", "周文", noon.AddDate(0, 0, 1), 1
	seed := seedForm()
	part := func(title words.Key, args ...any) layout.Page { return layout.Sample(title, args...) }
	withForm := func(p layout.Page, f *form.Form) layout.Page { p.Form = f; return p }
	sheet := func(title words.Key, args ...any) layout.Sheet {
		return layout.Sheet{Page: part(title, args...), Number: "云川市总工会", By: "罗杰", At: layout.SampleAt, Back: PlanPath(census.ID)}
	}
	across := sheet("visit.sheet_title", census.Name)
	across.Wide = true
	f, rows := planForm()
	return []ui.Example{
		{Name: "visit-plans", Page: Plans(PlansView{Page: part("visit.plans"), Tabs: Tabs(PlansPath, true), Plans: []visit.Plan{census, keyPlan}, Next: 4})},
		{Name: "visit-plans-none", Page: Plans(PlansView{Page: part("visit.plans"), Tabs: Tabs(PlansPath, false)})},
		{Name: "visit-plan-new", Page: NewPlan(NewPlanView{Page: withForm(part("visit.plan_new"), f), Teams: rows})},
		{Name: "visit-plan", Page: Plan(PlanView{Page: part("visit.plan_title", census.Name), Plan: census, Teams: crews, Standing: standing, MayClose: true})},
		{Name: "visit-stops", Page: Stops(StopsView{Page: part("visit.stops_title", census.Name), Plan: census, Teams: crews, Team: 1, All: true, May: true, Stops: calls, More: true})},
		{Name: "visit-stops-none", Page: Stops(StopsView{Page: part("visit.stops_title", census.Name), Plan: census, Teams: crews})},
		{Name: "visit-stop", Page: Stop(StopView{Page: withForm(part("visit.stop_title", "林秀兰"), missForm()), Stop: calls[0], Phone: casefile.HeadPhone{Person: 7, Masked: "139****0001"}, Miss: missForm()})},
		{Name: "visit-stop-over", Page: Stop(StopView{Page: part("visit.stop_title", "孙莉"), Stop: calls[2]})},
		{Name: "visit-routes", Page: RouteSheet(RouteSheetView{Sheet: across, Plan: census, Teams: crews, Stops: calls, Phones: map[work.FileID]casefile.HeadPhone{418: {Person: 7, Masked: "139****0001"}}, More: true})},
		{Name: "visit-report", Page: Report(ReportView{Sheet: sheet("visit.report_title", census.Name), Plan: census, Summary: summary, Standing: standing})},
		{Name: "visit-report-none", Page: Report(ReportView{Sheet: sheet("visit.report_title", census.Name), Plan: census})},
		{Name: "visit-coverage", Page: Coverage(CoverageView{Page: part("visit.coverage"), Tabs: Tabs(CoveragePath, true), Filter: coverageForm(), From: today.Add(-100), Until: today, Counted: true,
			Tally: visit.Tally{Visits: 255, Households: 240, Cadres: 12}, Next: 420, Omitted: []visit.Omitted{
				{FileID: 420, Number: "YC-2026-00021", HeadName: "孙莉", OrgName: "云川公交公司工会", Address: "云川市河东新村 8 栋 402 室", LastOn: today.Add(-200)},
				{FileID: 421, Number: "YC-2026-00022", HeadName: "周国平", OrgName: "云川公交公司工会", Address: "云川市城东路 9 号"}}})},
		{Name: "visit-trainings", Page: Trainings(TrainingsView{Page: part("visit.trainings"), Tabs: Tabs(TrainingsPath, true), Trainings: []visit.Training{lesson, voided}, Next: 3})},
		{Name: "visit-trainings-none", Page: Trainings(TrainingsView{Page: part("visit.trainings"), Tabs: Tabs(TrainingsPath, false)})},
		{Name: "visit-training-new", Page: Train(withForm(part("visit.training_new"), lessonForm()))},
		{Name: "visit-training", Page: Training(TrainingView{Page: part("visit.training_title", lesson.Subject), Training: lesson})},
		{Name: "visit-training-void", Page: Training(TrainingView{Page: part("visit.training_title", lesson.Subject), Training: voided})},
		{Name: "visit-samples", Page: Samples(SamplesView{Page: part("visit.samples"), Tabs: Tabs(SamplesPath, true), Samples: []visit.Sample{announced, drawn}, Next: 2})},
		{Name: "visit-samples-none", Page: Samples(SamplesView{Page: part("visit.samples"), Tabs: Tabs(SamplesPath, true)})},
		{Name: "visit-sample-new", Page: NewSample(NewSampleView{Page: withForm(part("visit.sample_new"), shareForm())})},
		{Name: "visit-sample-seed", Page: Sample(SampleView{Page: withForm(part("visit.sample_title", announced.Name), seed), Sample: announced, Seed: seed})},
		{Name: "visit-sample-waits", Page: Sample(SampleView{Page: part("visit.sample_title", announced.Name), Sample: announced})},
		{Name: "visit-sample", Page: Sample(SampleView{Page: part("visit.sample_title", drawn.Name), Sample: drawn, Picks: picks, Next: 2, Again: &visit.Redrawn{Hash: true, Picks: true, Drawn: 4}})},
		{Name: "visit-sample-differs", Page: Sample(SampleView{Page: part("visit.sample_title", drawn.Name), Sample: drawn, Picks: picks, Again: &visit.Redrawn{Hash: true, Drawn: 4}})},
		{Name: "visit-sample-print", Page: SampleSheet(SampleSheetView{Sheet: sheet("visit.sample_title", drawn.Name), Sample: drawn, Picks: picks, Next: 2})},
	}
}

// planForm is the form of a plan sent with a team of one.
func planForm() (*form.Form, []form.Row) {
	people := []form.Option{{Value: "1", Text: "罗杰（云川市总工会）"}, {Value: "2", Text: "段芳（云川市总工会）"}}
	f := form.New(url.Values{"name": {census.Name}, "kind": {"census"}, "aim": {census.Aim}, "from": {"2026-11-22"}, "until": {"2026-12-12"}, "led_by": {"马骏"},
		"team.0.leader": {"马骏"}, "team.0.a": {"1"}, "team.0.b": {"1"}, "team.1.leader": {"钱江"}, "team.1.a": {"1"}})
	f.Text("name", "visit.plan_name", form.Required)
	f.Choice("kind", "visit.plan_kind_head", form.Options(visit.PlanKinds...), form.Required)
	f.Area("aim", "visit.plan_aim", form.Required, form.Hint("visit.plan_aim_hint"))
	f.Date("from", "visit.plan_from", form.Required)
	f.Date("until", "visit.plan_until", form.Required)
	f.Text("led_by", "visit.plan_led_by", form.Required, form.Width(10))
	f.Tick("trained", "visit.plan_trained", form.Hint("visit.plan_trained_hint"))
	f.Choices("orgs", "visit.target_orgs", []form.Option{{Value: "3", Text: "云川纺织厂工会"}, {Value: "4", Text: "云川公交公司工会"}}, form.Hint("visit.target_empty"))
	f.Choices("categories", "visit.target_categories", form.Options(eligibility.Severe, eligibility.Relative, eligibility.Accident), form.Hint("visit.target_empty"))
	f.Text("street", "visit.target_street", form.Hint("visit.target_street_hint"))
	f.Date("unseen", "visit.target_unseen", form.Hint("visit.target_unseen_hint"))
	f.Area("numbers", "visit.target_numbers", form.Hint("visit.target_numbers_hint"))
	f.Select("after", "visit.target_after", []form.Option{{Value: "5", Text: keyPlan.Name}}, form.Hint("visit.target_after_hint"))
	f.Choices("degrees", "visit.target_degrees", form.Options(visit.Degrees...))
	f.Select("sample", "visit.target_sample", []form.Option{{Value: "2", Text: announced.Name}}, form.Hint("visit.target_sample_hint"))
	rows := f.Rows("team", 1, visit.MostTeams)
	for _, row := range rows {
		f.Text(row.Name("leader"), "visit.team_leader", form.Required, form.LabelArgs(row.Place), form.Width(10))
		f.Select(row.Name("a"), "visit.team_a", people, form.Required, form.LabelArgs(row.Place))
		f.Select(row.Name("b"), "visit.team_b", people, form.Required, form.LabelArgs(row.Place))
	}
	f.Fail("team.0.b", "visit.refusal.two_people")
	return f, rows
}

// lesson is a training of two.
var lesson = visit.Training{ID: 3, OrgName: "云川市总工会", On: today.Add(-30), Subject: "困难职工识别标准和调查表填写", Hours: 6, Trainer: "马骏",
	People: []work.StaffID{1, 2}, Names: []string{"罗杰", "段芳"}, EnteredBy: "李正", EnteredAt: noon}

// voided is a training that was entered wrongly.
var voided = func() visit.Training {
	t := lesson
	t.ID, t.VoidedAt, t.VoidedBy, t.Why = 2, noon, "李正", "日期写错"
	return t
}()

// lessonForm is the form of a training sent without anybody.
func lessonForm() *form.Form {
	f := form.New(url.Values{"trained_on": {"2026-10-23"}, "subject": {lesson.Subject}, "hours": {"6"}, "trainer": {"马骏"}})
	f.Date("trained_on", "visit.training_on", form.Required)
	f.Text("subject", "visit.training_subject", form.Required, form.Hint("visit.training_subject_hint"))
	f.Number("hours", "visit.training_hours", form.Required, form.Width(4))
	f.Text("trainer", "visit.training_trainer", form.Required, form.Width(10))
	f.Choices("people", "visit.training_people", []form.Option{{Value: "1", Text: "罗杰（云川市总工会，2026-10-23 培训）"}, {Value: "2", Text: "段芳（云川市总工会）"}}, form.Required, form.Hint("visit.training_people_hint", visit.MostTrained))
	return f
}

func missForm() *form.Form {
	f := form.New(nil)
	f.Choice("why", "visit.why_head", form.Options(visit.Whys...), form.Required, form.Default("absent"))
	f.Text("note", "visit.note", form.Hint("visit.why_note_hint"))
	return f
}

func coverageForm() *form.Form {
	f := form.Filter(nil)
	f.Date("from", "visit.coverage_from", form.Required, form.Default(day.Of(2026, 7, 1)))
	f.Date("until", "visit.coverage_until", form.Required, form.Default(today))
	return f
}

func shareForm() *form.Form {
	f := form.New(url.Values{"name": {"2026 年抽查"}, "share": {"29.9"}})
	f.Text("name", "visit.sample_name", form.Required)
	f.Text("share", "visit.sample_share", form.Required, form.Width(4), form.Hint("visit.sample_share_hint"))
	f.Fail("share", "visit.refusal.share")
	return f
}

func seedForm() *form.Form {
	f := form.New(nil)
	f.Date("on", "visit.seed_on", form.Required, form.Default(today))
	f.Text("number", "visit.seed_number", form.Required, form.Hint("visit.seed_number_hint"), form.Width(16))
	f.Text("source", "visit.seed_source", form.Required, form.Hint("visit.seed_source_hint"))
	return f
}
