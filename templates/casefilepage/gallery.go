package casefilepage

import (
	"net/url"
	"slices"
	"time"

	"bangfu/internal/audit"
	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/form"
	"bangfu/internal/money"
	"bangfu/internal/words"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// galleryDay and galleryTime are when the gallery's pages are looked at.
var (
	galleryDay  = day.Of(2026, 11, 22)
	galleryTime = galleryDay.Start().Add(10*time.Hour + 32*time.Minute)
)

// Examples are the pages of worker files in their states, with made-up people.
func Examples() []ui.Example {
	draft, active := galleryFile(casefile.Draft), galleryFile(casefile.Active)
	visited := galleryFile(casefile.Visited)
	none := galleryVerdict(money.Yuan(64000))
	return slices.Concat(versionExamples(), savedExamples(), temporaryExamples(), changeExamples(), declarationExamples(), []ui.Example{
		{Name: "casefile-search", Page: Search(SearchView{Page: layout.Sample("casefile.search.title"), Form: gallerySearch(nil), Register: true})},
		{Name: "casefile-search-found", Page: Search(SearchView{Page: layout.Sample("casefile.search.title"), Register: true,
			Form: gallerySearch(url.Values{"sought": {"王建"}}), Result: &casefile.Result{After: "0.7.1", Found: []casefile.Found{
				{File: active, By: casefile.ByName, Person: "王建国", Relation: casefile.Head}, {File: visited, By: casefile.ByName, Person: "王建英", Relation: "sibling"},
				{File: active, By: casefile.ByAddress, Person: "青石县王建街道12号"}}}})},
		{Name: "casefile-search-last", Page: Search(SearchView{Page: layout.Sample("casefile.search.title"), Later: true,
			Form: gallerySearch(url.Values{"sought": {"wangj"}}), Result: &casefile.Result{Found: []casefile.Found{
				{File: active, By: casefile.BySpoken, Person: "王建国", Relation: casefile.Head}}}})},
		{Name: "casefile-search-elsewhere", Page: Search(SearchView{Page: layout.Sample("casefile.search.title"),
			Form: gallerySearch(url.Values{"sought": {"110101198504040010"}}), Result: &casefile.Result{
				Elsewhere: &casefile.Claim{Office: "白河县总工会困难职工帮扶中心", Phone: "0879-2200001", Head: "李*兰"}}})},
		{Name: "casefile-list", Page: List(galleryList(casefile.JudgeList, nil, casefile.Page{Files: []casefile.File{visited, visited}, Before: 12, After: 11}))},
		{Name: "casefile-list-narrowed", Page: List(galleryList(casefile.ActiveList, url.Values{"category": {"severe"}, "cause": {"6"}, "org": {"4"}},
			casefile.Page{Files: []casefile.File{active}}))},
		{Name: "casefile-visited", Page: Visited(VisitedView{Page: layout.Sample("casefile.visited.title"), Audience: eligibility.Filed, Months: 24, Files: []casefile.File{active}, Next: 7,
			Standard: &eligibility.Standard{Audience: eligibility.Filed, From: day.Of(2026, 1, 1), Amount: money.Yuan(1000), Source: "市总工会通知"}})},
		{Name: "casefile-visited-none", Page: Visited(VisitedView{Page: layout.Sample("casefile.visited.title"), Audience: eligibility.Unfiled, Months: 24})},
		{Name: "casefile-list-long", Page: List(galleryLongList(active))},
		{Name: "casefile-list-empty", Page: List(galleryList(casefile.EndedList, nil, casefile.Page{}))},
		{Name: "casefile-tasks", Page: Tasks(TasksView{Page: galleryPage(draft, "casefile.tasks_title"), File: draft, Tasks: galleryTasks(), Temporary: true, Discard: true})},
		{Name: "casefile-tasks-returned", Page: Tasks(TasksView{Page: galleryPage(draft, "casefile.tasks_title"),
			File: galleryFile(casefile.Returned), Tasks: galleryTasks(), Discard: true})},
		{Name: "casefile-housing-wrong", Page: Section(gallerySection(draft, casefile.HousingSection, url.Values{"seen": {"1"}, "metres": {"四十六"}}))},
		{Name: "casefile-housing-conflict", Page: Conflict(galleryConflict(draft))},
		{Name: "casefile-economy", Page: Section(galleryEconomy(draft))},
		{Name: "casefile-work", Page: Section(galleryWork(draft))},
		{Name: "casefile-member", Page: Section(galleryMember(draft))},
		{Name: "casefile-snapshots", Page: Economy(gallerySnapshots(active))},
		{Name: "casefile-arrears", Page: Arrears(galleryArrearsPage(draft))},
		{Name: "casefile-settlement", Page: Settlement(gallerySettlement(active))},
		{Name: "casefile-members-none", Page: Section(gallerySection(draft, casefile.MembersSection, nil))},
		{Name: "casefile-doubt", Page: Doubt(DoubtView{Page: galleryPage(draft, "casefile.doubt_page"), Action: SectionPath(draft.ID, casefile.EconomySection),
			Doubts: []casefile.Doubt{casefile.DoubtNoIncome, casefile.DoubtJobCost}, Values: []ui.Carried{{Name: "until", Value: "2026-10-31"}}})},
		{Name: "casefile-check-unfinished", Page: Check(CheckView{Page: galleryPage(draft, "casefile.check_title"),
			Household: Household{File: draft, Today: galleryDay}, Tasks: galleryTasks()})},
		{Name: "casefile-check-ready", Page: Check(CheckView{Page: galleryPage(draft, "casefile.check_title"), Household: galleryHousehold(draft), Ready: true})},
		{Name: "casefile-file", Page: File(galleryFilePage(active))},
		{Name: "casefile-file-draft", Page: File(FileView{Page: wide(galleryPage(draft, "casefile.file_title", "#7")),
			Household: Household{File: draft, Today: galleryDay}, Next: &ui.Banner{Tone: ui.Due, Title: "casefile.waits_for_you",
				Args: []any{casefile.ActSubmit}, Href: TasksPath(draft.ID), Link: "casefile.go_on"}})},
		{Name: "casefile-judgement", Page: Judgement(JudgementView{Page: withForm(galleryPage(visited, "casefile.judgement"), galleryListed()),
			File: visited, Judgement: casefile.Judgement{Weighed: casefile.Weighed{Verdict: galleryVerdict(money.Yuan(24000))}}, References: galleryReferences(), May: true})},
		{Name: "casefile-judgement-excluded", Page: Judgement(galleryExcluded(visited))},
		{Name: "casefile-judgement-2018", Page: Judgement(JudgementView{Page: galleryPage(active, "casefile.judgement"), File: active, Judgement: galleryOldJudgement()})},
		{Name: "casefile-property", Page: Section(galleryProperty(draft))},
		{Name: "casefile-not-qualified", Page: NotQualified(NotQualifiedView{Page: galleryPage(visited, "casefile.not_qualified_title"), File: visited,
			Judgement: casefile.Judgement{Weighed: casefile.Weighed{Verdict: none}, JudgedBy: "李正", JudgedAt: galleryTime}})},
		{Name: "casefile-assessment", Page: Assessment(AssessmentView{Page: withForm(galleryPage(visited, "casefile.assess"), galleryOpinion()), File: visited})},
		{Name: "casefile-paper", Page: Paper(galleryPaper(draft, "image/jpeg"))},
		{Name: "casefile-paper-pdf", Page: Paper(galleryPaper(draft, "application/pdf"))},
		{Name: "casefile-paper-unseen", Page: Paper(galleryPaper(draft, "image/heic"))},
		{Name: "casefile-evidence", Page: Evidence(galleryEvidence(draft))},
		{Name: "casefile-cards", Page: Cards(CardsView{Page: galleryPage(active, "casefile.cards"), File: active, Rejection: galleryRejection(),
			Copies: []casefile.Evidence{{ID: 9, Kind: casefile.CardCopy, Name: "新卡正面.jpg"}, {ID: 5, Kind: casefile.CardCopy, Name: "银行卡.jpg"}}, Cards: []CardView{
				{Card: casefile.Card{ID: 2, Holder: "王建国", Bank: "中国建设银行", Branch: "青石支行", State: casefile.CardProposed, EnteredName: "何敏", EnteredAt: galleryTime}, Masked: "***************5220", Confirm: true},
				{Card: casefile.Card{ID: 3, Holder: "王建国", Bank: "中国建设银行", State: casefile.CardRejected, EnteredName: "何敏", EnteredAt: galleryTime, DecidedBy: "李正", ConfirmedAt: galleryTime, Reason: "持卡人与复印件不一致"}, Masked: "***************5220"},
				{Card: casefile.Card{ID: 1, Holder: "王建国", Bank: "中国农业银行", Branch: "青石县支行", State: casefile.CardCurrent, EnteredName: "何敏", EnteredAt: galleryTime}, Masked: "***************0018"}}})},
		{Name: "casefile-unmask", Page: Unmask(UnmaskView{Page: withForm(galleryPage(active, "casefile.unmask_title"), galleryReason()), File: active,
			Masked: "110***********0010", Back: FilePath(active.ID)})},
		{Name: "casefile-unmask-shown", Page: Unmask(UnmaskView{Page: galleryPage(active, "casefile.unmask_title"), File: active, Back: FilePath(active.ID),
			Shown: []ui.Item{{Key: "casefile.name", Value: ui.Text("王建国")}, {Key: "casefile.id_number", Value: ui.Text("110101198504040010").Right()}}})},
	})
}

func wide(p layout.Page) layout.Page {
	p.Wide = true
	return p
}

func withForm(p layout.Page, f *form.Form) layout.Page {
	p.Form = f
	return p
}

func galleryPage(f casefile.File, title words.Key, args ...any) layout.Page {
	p := layout.Sample(title, args...)
	p.Identity, p.Crumbs = Identity(f), Crumbs(f, layout.Crumb{Key: title, Args: args})
	return p
}

func galleryFile(state casefile.State) casefile.File {
	f := casefile.File{ID: 7, OrgName: "青石县总工会困难职工帮扶中心", State: state, RegisteredAt: galleryTime}
	if state == casefile.Draft {
		return f
	}
	f.HeadName, f.People, f.Address, f.Housing, f.HousingM2, f.AreaSaid = "王建国", 3, "青石县河西街道12号", "low_rent", 46, true
	f.MainCause, f.EconomyUntil, f.SubmittedAt = casefile.SeriousIllness, day.Of(2026, 10, 31), galleryTime
	switch state {
	case casefile.Active:
		f.Number, f.Category, f.ActivatedAt = "QSX202600012", eligibility.Severe, galleryTime
	case casefile.Returned:
		f.ReturnReason = "住址与核查不符，请补正后重新提交"
	case casefile.Temporary:
		f.SubmittedAt, f.TemporaryAt, f.ReturnReason = time.Time{}, galleryTime, "户主突发脑出血住院，家属无力垫付押金"
	}
	return f
}

func galleryTasks() []casefile.Task {
	tasks := make([]casefile.Task, len(casefile.Sections))
	for i, s := range casefile.Sections {
		tasks[i] = casefile.Task{Section: s, Standing: casefile.NotStarted}
	}
	tasks[0] = casefile.Task{Section: casefile.HeadSection, Standing: casefile.Done, Version: 1, SavedBy: "何敏", SavedAt: galleryTime}
	tasks[1].Standing = casefile.Started
	tasks[3] = casefile.Task{Section: casefile.HousingSection, Standing: casefile.Lacking, Version: 1, SavedBy: "何敏", SavedAt: galleryTime,
		Lacks: []casefile.Lack{{Section: casefile.HousingSection, Field: "metres", Label: "casefile.metres"}}}
	tasks[6] = casefile.Task{Section: casefile.EvidenceSection, Standing: casefile.Wrong, Version: 1, SavedBy: "何敏", SavedAt: galleryTime}
	return tasks
}

func gallerySearch(values url.Values) *form.Form {
	f := form.New(values)
	f.Text("sought", "casefile.search.sought", form.Required, form.Hint("casefile.search.hint"))
	return f
}

// galleryList is a page of a list, narrowed by what an address asks.
// galleryLongList is a list of more files than are counted.
func galleryLongList(f casefile.File) ListView {
	v := galleryList(casefile.ActiveList, nil, casefile.Page{Files: []casefile.File{f}, After: 11})
	v.Total = casefile.Longest + 1
	return v
}

func galleryList(list casefile.WorkList, asked url.Values, files casefile.Page) ListView {
	v := ListView{Page: wide(layout.Sample("casefile.list.title")), List: list, Asked: asked, Files: files, Office: "青石县总工会困难职工帮扶中心", Total: 73,
		Counts: map[casefile.WorkList]int{casefile.MineList: 2, casefile.VisitList: 3, casefile.JudgeList: casefile.Counted + 1, casefile.NoticeList: 1}}
	v.Filter = form.Filter(asked)
	v.Filter.Text("office", "casefile.list.office", form.Width(10))
	v.Filter.Select("category", "casefile.category", []form.Option{{Value: "severe", Key: eligibility.Severe.Key()}})
	v.Filter.Select("cause", "casefile.main_cause", []form.Option{{Value: "6", Key: casefile.SeriousIllness.Key()}})
	v.Filter.Date("from", "casefile.list.from")
	v.Filter.Known("list", "org", "sort", "turned", "saved")
	v.Query = casefile.Query{List: list, Sort: casefile.ByRegistration}
	if len(asked) > 0 {
		v.Query.Filter = casefile.Filter{Org: 4, Category: eligibility.Severe, Cause: casefile.SeriousIllness}
	}
	return v
}

func galleryPapers() []casefile.Evidence {
	return []casefile.Evidence{{ID: 1, Kind: casefile.HeadID, Name: "身份证.jpg", Type: "image/jpeg", Size: 384_000, AddedBy: "何敏", AddedAt: galleryTime},
		{ID: 2, Kind: casefile.Diagnosis, Name: "诊断证明.pdf", Type: "application/pdf", Size: 2_400_000, AddedBy: "何敏", AddedAt: galleryTime}}
}

func galleryFilePage(f casefile.File) FileView {
	v := FileView{Page: wide(galleryPage(f, "casefile.file_title", f.HeadName)), Household: galleryHousehold(f)}
	v.Proposed = true
	v.Judgement = &casefile.Judgement{Weighed: casefile.Weighed{Verdict: galleryVerdict(money.Yuan(24000))}, JudgedBy: "李正", JudgedAt: galleryTime}
	v.Opinions = []casefile.Assessment{{Verdict: casefile.Pass, Opinion: "情况属实，同意", AssessedBy: "李正", AssessedAt: galleryTime}}
	activated := audit.Entry{Act: "casefile.activate", At: galleryTime, Version: 3}
	passed := audit.Entry{Act: "casefile.pass", StaffID: 5, StaffName: "李正", At: galleryTime}
	ended := audit.Entry{Act: "notice.end", StaffName: "system:notice", At: galleryTime}
	activated.StaffName = ended.StaffName
	v.History = []Happening{{Entries: []audit.Entry{ended, activated}}, {Entries: []audit.Entry{passed}}, {Run: true, Entries: galleryUploads()}}
	return v
}

// galleryUploads are three papers that one person uploaded within a quarter of an hour.
func galleryUploads() []audit.Entry {
	var run []audit.Entry
	for i, kind := range []casefile.EvidenceKind{casefile.Diagnosis, casefile.HouseRegister, casefile.HeadID} {
		run = append(run, audit.Entry{Act: "casefile.add_evidence", StaffID: 3, StaffName: "何敏", At: galleryTime.Add(-time.Duration(i) * 7 * time.Minute),
			Changes: []audit.Change{{Field: "kind", After: string(kind)}}})
	}
	return run
}

// galleryVerdict judges a household of three with a line of 700.00.
func galleryVerdict(income money.Amount) eligibility.Verdict {
	v, err := eligibility.Judge(eligibility.Facts{Income: income, Rigid: money.Yuan(6000), People: 3},
		eligibility.Line{District: "539901", Place: "青石县", From: day.Of(2026, 1, 1), Monthly: money.Yuan(700), Source: "青石县民政局公告"},
		eligibility.Rule{Generation: eligibility.SevereRelativeAccident, From: day.Of(2020, 1, 1),
			Numbers: eligibility.Numbers{Strict: true, RelativePercent: 200, AccidentPercent: 80, AccidentLinePercent: 300}})
	if err != nil {
		panic(err) // three people and small sums cannot fail
	}
	return v
}

func galleryReferences() []eligibility.Reference {
	return []eligibility.Reference{
		{Kind: eligibility.MinimumWage, District: "530000", From: day.Of(2026, 1, 1), Monthly: money.Yuan(1900), Source: "云山省人力资源和社会保障厅"},
		{Kind: eligibility.AverageWage, District: "530000", From: day.Of(2025, 7, 1), Monthly: money.Yuan(7420), Source: "云山省统计局"},
	}
}

// galleryExcluded is a household by expenditure whose two homes and car ask for a ruling.
func galleryExcluded(f casefile.File) JudgementView {
	w := casefile.Weighed{Verdict: galleryVerdict(money.Yuan(28000)), Exclusions: []eligibility.Exclusion{eligibility.TwoHomes, eligibility.Vehicle}}
	fm := form.New(url.Values{"ruling": {"despite"}})
	fm.Hidden("figures")
	fm.Tick("listed", "casefile.listed_event", form.Hint("casefile.listed_hint"))
	fm.Choice("ruling", "casefile.ruling", form.Options(casefile.RulingKinds...), form.Required)
	fm.Area("ruling_reason", "casefile.ruling_reason", form.Required)
	return JudgementView{Page: withForm(galleryPage(f, "casefile.judgement"), fm), File: f, Judgement: casefile.Judgement{Weighed: w}, May: true,
		Outdated: []ui.Doubt{{Said: casefile.Outdated{Section: casefile.EconomySection, Until: day.Of(2025, 10, 31)}.Message(), Href: FilePath(f.ID), Link: "casefile.outdated.to_file"},
			{Said: casefile.Outdated{Section: casefile.EvidenceSection, Kind: casefile.IncomeProof, Until: day.Of(2026, 9, 2)}.Message(), Href: FilePath(f.ID) + "/evidence", Link: "casefile.outdated.to_papers"}}}
}

// galleryOldJudgement is one of 2018, in the words of its own generation.
func galleryOldJudgement() casefile.Judgement {
	v, err := eligibility.Judge(eligibility.Facts{Income: money.Yuan(30000), Rigid: money.Yuan(12000), People: 3},
		eligibility.Line{District: "539901", Place: "青石县", From: day.Of(2018, 1, 1), Monthly: money.Yuan(560), Source: "青石县民政局公告"},
		eligibility.Rule{Generation: eligibility.AllowanceEdgeAccident, From: day.Of(2016, 1, 1), Numbers: eligibility.Numbers{Strict: true,
			UpperInclusive: true, EdgePercent: 150, AccidentIncomePercent: 300, AccidentLinePercent: 100}})
	if err != nil {
		panic(err) // three people and small sums cannot fail
	}
	return casefile.Judgement{Weighed: casefile.Weighed{Verdict: v, Exclusions: []eligibility.Exclusion{eligibility.TwoHomes}},
		Ruling: casefile.Ruling{Kind: casefile.Despite, Reason: "两处房屋合计 30 平方米，均为危房"}, JudgedBy: "李正", JudgedAt: galleryTime}
}

// galleryProperty is the section of the property with a wrong number.
func galleryProperty(f casefile.File) SectionView {
	fm := form.New(url.Values{"seen": {"1"}, "homes": {"两"}, "savings": {"1500"}, "ticked": {"vehicle"}})
	fm.Hidden("seen")
	fm.Number("homes", "casefile.homes", form.Required, form.Between(0, 99), form.Hint("casefile.homes_hint"), form.Width(4))
	fm.Number("metres", "casefile.home_metres", form.Hint("casefile.home_metres_hint"), form.Width(6))
	fm.Money("savings", "casefile.savings", form.Required, form.Hint("casefile.savings_hint"))
	fm.Choices("ticked", "casefile.conditions", form.Options(eligibility.Exclusions[1:]...), form.Hint("casefile.conditions_hint"))
	fm.Area("note", "casefile.property_note")
	return SectionView{Page: withForm(galleryPage(f, casefile.PropertySection.Key()), fm), File: f, Section: casefile.PropertySection}
}

func galleryListed() *form.Form {
	f := form.New(nil)
	f.Hidden("figures")
	f.Tick("listed", "casefile.listed_event", form.Hint("casefile.listed_hint"))
	return f
}

func galleryOpinion() *form.Form {
	f := form.New(url.Values{"verdict": {"pass"}})
	f.Choice("verdict", "casefile.verdict", form.Options(casefile.Opinions...), form.Required)
	f.Area("opinion", "casefile.opinion", form.Required)
	return f
}

func galleryReason() *form.Form {
	f := form.New(nil)
	f.Choice("reason", "casefile.unmask_reason", form.Options(casefile.Reasons...), form.Required)
	return f
}

func galleryEvidence(f casefile.File) EvidenceView {
	v := EvidenceView{Page: wide(galleryPage(f, casefile.EvidenceSection.Key())), File: f, Write: true, Editable: true, Seen: 0, Evidence: galleryPapers(),
		Today: galleryDay, Required: casefile.Situation{Causes: []casefile.Cause{casefile.SeriousIllness},
			People: []casefile.Person{{ID: 7, Name: "李国富", Health: "ill"}}}.Required()}
	v.Form = galleryPaperForm()
	v.Form.File("paper", "casefile.paper", "image/jpeg,application/pdf", form.Required, form.Several, form.Largest(10<<20, 50<<20), form.Hint("casefile.paper_hint", 10))
	return v
}

func galleryPaperForm() *form.Form {
	f := form.New(nil)
	f.Select("kind", "casefile.paper_kind", form.Options(casefile.Receipts, casefile.OtherPaper), form.Required)
	f.Select("person", "casefile.paper_person", []form.Option{{Value: "0", Key: "casefile.paper_household"}, {Value: "7", Text: "李国富"}}, form.Required)
	f.Date("issued_on", "casefile.paper_issued", form.Hint("casefile.paper_issued_hint"))
	return f
}

func galleryPaper(f casefile.File, kind string) PaperView {
	papers := galleryPapers()
	v := PaperView{Page: wide(galleryPage(f, casefile.Diagnosis.Key())), File: f, Before: &papers[0], Today: galleryDay,
		Paper: casefile.Evidence{ID: 9, Kind: casefile.IncomeProof, Name: "IMG_1009", Type: kind, Size: 384_000, PersonID: 7, Person: "李国富",
			IssuedOn: day.Of(2025, 11, 3), ValidUntil: day.Of(2026, 11, 2), AddedBy: "何敏", AddedAt: galleryTime}}
	v.Form = galleryPaperForm()
	return v
}

func galleryRejection() *form.Form {
	f := form.New(nil)
	f.Area("reason", "casefile.card_reason", form.Required, form.Hint("casefile.card_reason_hint"))
	return f
}
