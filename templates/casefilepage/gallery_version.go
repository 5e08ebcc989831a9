package casefilepage

import (
	"net/url"
	"slices"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/form"
	"bangfu/internal/money"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// versionExamples are the pages of versions and prints in their states.
func versionExamples() []ui.Example {
	active := galleryFile(casefile.Active)
	all := galleryVersions(active)
	last := all[0]
	days := form.New(nil)
	days.Date("day", "casefile.version.day", form.Required, form.Hint("casefile.version.day_hint"))
	early := form.New(url.Values{"day": {"2020-01-01"}})
	early.Date("day", "casefile.version.day", form.Required, form.Hint("casefile.version.day_hint"))
	early.Fail("day", "casefile.version.none_on", day.Of(2020, 1, 1))
	version := VersionView{Page: wide(galleryPage(active, "casefile.version.title", 2)), Version: all[1], Current: active, Last: 3, MayPrint: true,
		On: day.Of(2026, 11, 20), Household: HouseholdOf(all[1].Facts, galleryDay)}
	version.Household.Evidence = galleryPapers()
	prints := []casefile.Print{galleryPrint(casefile.RecordForm, last, casefile.ForComparison), galleryPrint(casefile.ApplicationForm, all[1], "")}
	since := &SinceView{FileID: active.ID, Changes: casefile.Changes{Differences: casefile.Compare(all[1].Facts, last.Facts)}}
	return []ui.Example{
		{Name: "casefile-versions", Page: Versions(VersionsView{Page: wide(galleryPage(active, "casefile.version.list")), File: active, Day: days,
			Versions: casefile.VersionPage{Versions: all, After: 1}})},
		{Name: "casefile-versions-none", Page: Versions(VersionsView{Page: wide(withForm(galleryPage(active, "casefile.version.list"), early)), File: active, Day: early})},
		{Name: "casefile-version", Page: Version(version)},
		{Name: "casefile-version-changes", Page: VersionChanges(VersionChangesView{Page: galleryPage(active, "casefile.version.changes", 2, 3),
			FileID: active.ID, From: all[1], Into: last, Differences: casefile.Compare(all[1].Facts, last.Facts)})},
		{Name: "casefile-judgement-again", Page: Judgement(JudgementView{Page: withForm(galleryPage(active, "casefile.judgement"), galleryListed()),
			File: active, Judgement: casefile.Judgement{Weighed: casefile.Weighed{Verdict: galleryVerdict(money.Yuan(24000))}}, May: true, Since: since})},
		{Name: "casefile-prints", Page: Prints(PrintsView{Page: withForm(galleryPage(active, "casefile.print.title"), galleryPrintForm()), File: active, Prints: prints})},
		{Name: "casefile-print-changed", Page: Code(CodeView{Page: galleryPage(active, "casefile.print.code_title", casefile.ApplicationForm), Print: prints[1],
			File: active, Last: last, Differences: casefile.Compare(all[1].Facts, last.Facts), MayPrint: true})},
		{Name: "casefile-print-same", Page: Code(CodeView{Page: galleryPage(active, "casefile.print.code_title", casefile.RecordForm), Print: prints[0], File: active, Last: last})},
		{Name: "casefile-print-roster", Page: Code(CodeView{Page: layout.Sample("casefile.print.code_title", casefile.RosterForm), Print: galleryRoster(last),
			Changed: []casefile.Changed{{File: active, Printed: 2, Newest: 3}}})},
		{Name: "casefile-sheet-application", Page: ApplicationSheet(gallerySheet(prints[1], all[1].Facts))},
		{Name: "casefile-sheet-record", Page: RecordSheet(gallerySheet(prints[0], last.Facts))},
		{Name: "casefile-sheet-roster", Page: RosterSheet(RosterView{Sheet: galleryAcross(last), Versions: []casefile.Version{last, all[1]}, Hidden: 1, On: galleryDay,
			Places: map[work.FileID]int{active.ID: 101}})},
		{Name: "casefile-print-paper-changed", Page: Code(CodeView{Page: galleryPage(active, "casefile.print.code_title", casefile.RefusalForm),
			Print: galleryPrint(casefile.RefusalForm, last, ""), File: active, Last: last, Paper: true})},
		{Name: "casefile-refusal", Page: RefusalSheet(galleryRefusal(active, casefile.NotQualified, money.Yuan(62400), casefile.Ruling{}))},
		{Name: "casefile-refusal-excluded", Page: RefusalSheet(galleryRefusal(active, casefile.NotQualified, money.Yuan(24000),
			casefile.Ruling{Kind: casefile.KeepOut, Reason: "两处房屋均可居住"}))},
		{Name: "casefile-refusal-assessed", Page: RefusalSheet(galleryRefusal(active, casefile.Refused, money.Yuan(24000), casefile.Ruling{}))},
		{Name: "casefile-refusal-objected", Page: RefusalSheet(galleryRefusal(active, casefile.StruckOff, money.Yuan(24000), casefile.Ruling{}))},
		{Name: "casefile-roster-ask", Page: RosterAsk(RosterAskView{Page: withForm(layout.Sample("casefile.print.roster_title", casefile.ActiveList), galleryReveal()),
			Of: RosterOf{List: casefile.ActiveList, Class: eligibility.Severe, First: 101}, Files: 100,
			Next: RosterOf{List: casefile.ActiveList, Class: eligibility.Severe, Below: 412, First: 201}.Path()})},
		{Name: "casefile-roster-empty", Page: RosterAsk(RosterAskView{Page: layout.Sample("casefile.print.roster_title", casefile.NoticeList), Of: RosterOf{List: casefile.NoticeList, First: 1}})},
	}
}

// galleryVersions are three versions of a file, the newest first.
func galleryVersions(f casefile.File) []casefile.Version {
	h := galleryHousehold(f)
	facts := casefile.Facts{Cover: f, Office: f.OrgName, Economy: h.Economy, Causes: h.Causes, Particulars: h.Particulars, Arrears: h.Arrears, Opinions: h.BodyOpinions,
		Card:         &casefile.Account{ID: 1, Holder: "王建国", Bank: "中国农业银行", Branch: "青石县支行", Number: "6228480402564890018", Index: []byte("1")},
		Declarations: []casefile.Signed{{Kind: casefile.Truth, Version: casefile.DeclarationText, SignedOn: galleryDay}}}
	for _, p := range h.People {
		facts.People = append(facts.People, casefile.Member{Person: p})
	}
	submitted, moved := facts, facts
	submitted.Cover.State, submitted.Cover.Number, submitted.Cover.Category = casefile.Submitted, "", eligibility.None
	moved.Cover.Address = "青石县河东街道 3 号 2 单元"
	moved.People = slices.Clone(facts.People)
	moved.People[0].Health, moved.People[0].Illness = "ill", "heart"
	var all []casefile.Version
	for i, v := range []struct {
		why   string
		facts casefile.Facts
	}{{"confirm_card", moved}, {"activate", facts}, {"submit", submitted}} {
		hash := make([]byte, 32)
		hash[0] = byte(0xa0 + i)
		all = append(all, casefile.Version{FileID: f.ID, Number: 3 - i, Round: 1, At: galleryTime.Add(-time.Duration(i) * 24 * time.Hour),
			By: 5, ByName: "何敏", Why: "casefile." + v.why, Hash: hash, Facts: v.facts})
	}
	return all
}

// galleryPrint is a print of a version.
func galleryPrint(kind casefile.PrintKind, v casefile.Version, reason casefile.Reason) casefile.Print {
	return casefile.Print{ID: 1042, Kind: kind, FileID: v.FileID, Version: v.Number, Hash: v.Hash, Reason: reason, By: 5, ByName: "何敏",
		Office: "青石县总工会困难职工帮扶中心", At: galleryTime}
}

// galleryRoster is a print of two households.
func galleryRoster(v casefile.Version) casefile.Print {
	p := galleryPrint(casefile.RosterForm, v, "")
	p.List, p.Roster, p.FileID, p.Version = casefile.ActiveList, []casefile.Listed{{File: 7, Version: 2}, {File: 9, Version: 1}}, 0, 0
	return p
}

// galleryOn says what a print bears at its foot.
func galleryOn(p casefile.Print, number, version string) layout.Sheet {
	return layout.Sheet{Page: layout.Sample("casefile.print_title." + words.Key(p.Kind)), Number: number, Version: version,
		By: p.ByName, At: p.At, Back: CodePath(p), QR: "https://bangfu.example.cn" + CodePath(p)}
}

// galleryRefusal is the notice to a household with a yearly income, for each way in which one is refused.
func galleryRefusal(f casefile.File, state casefile.State, income money.Amount, ruling casefile.Ruling) RefusalView {
	f.State = state
	r := casefile.Refusal{State: state, Asked: galleryTime, At: galleryTime.AddDate(0, 0, 9),
		Judged: &casefile.Judgement{Weighed: casefile.Weighed{Verdict: galleryVerdict(income)}, Ruling: ruling}}
	if state == casefile.Refused {
		r.Opinion = "与邻里反映的情况不一致，家庭收入无法核实"
	}
	if ruling.Kind == casefile.KeepOut {
		r.Judged.Exclusions = []eligibility.Exclusion{eligibility.TwoHomes}
	}
	s := layout.Sheet{Page: layout.Sample("casefile.denied.title"), Number: "登记 12", By: "何敏", At: galleryTime, Back: FilePath(f.ID), Official: true,
		Trace: layout.Trace{May: true, Kind: string(casefile.RefusalForm), File: f.ID}}
	return RefusalView{Sheet: s, File: f, Refusal: r, On: day.On(r.At)}
}

// gallerySheet is a form of a file on paper.
func gallerySheet(p casefile.Print, facts casefile.Facts) FormView {
	verdict := galleryVerdict(money.Yuan(24000))
	return FormView{Sheet: galleryOn(p, "QSX202600012", "第 2 版 "+p.Short()), Facts: facts, Verdict: &verdict, On: galleryDay,
		Opinions: []ui.Opinion{{Key: casefile.UnionBody.Key(), Text: "情况属实，同意上报", By: "刘敏", On: "2026年11月2日"}, {Key: "casefile.print.assessed"},
			{Key: "casefile.print.approved"}}}
}

// galleryAcross is the foot of a roster.
func galleryAcross(v casefile.Version) layout.Sheet {
	s := galleryOn(galleryRoster(v), "青石县总工会困难职工帮扶中心", v.Short())
	s.Wide, s.Title, s.Args = true, "casefile.print_title.roster_class", []any{casefile.ActiveList, eligibility.Severe}
	return s
}

// galleryPrintForm asks what to print.
func galleryPrintForm() *form.Form {
	f := form.New(nil)
	f.Choice("kind", "casefile.print.kind", form.Options(append(slices.Clone(casefile.PrintKinds), casefile.PlanForm)...), form.Required)
	f.Select("reason", "casefile.print.reveal", form.Options(casefile.PrintReasons...), form.Hint("casefile.print.reveal_hint"))
	return f
}

// galleryReveal asks why numbers shall be in the clear.
func galleryReveal() *form.Form {
	f := form.New(nil)
	f.Select("reason", "casefile.print.reveal", form.Options(casefile.PrintReasons...), form.Hint("casefile.print.reveal_hint"))
	return f
}
