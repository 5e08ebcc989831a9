package casefilepage

import (
	"net/url"

	"bangfu/internal/casefile"
	"bangfu/internal/form"
	"bangfu/internal/money"
	"bangfu/internal/words"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// changeExamples are the pages of changes in their states.
func changeExamples() []ui.Example {
	active := galleryFile(casefile.Active)
	now, then := galleryVerdict(money.Yuan(24000)), galleryVerdict(money.Yuan(20400))
	differences := []casefile.Difference{
		{Part: casefile.HeadSection, Person: "王建国", Label: "casefile.illness", After: casefile.Illness.Key("kidney")},
		{Part: casefile.MembersSection, Label: "casefile.people", Before: 3, After: 4},
		{Part: casefile.MembersSection, Person: "王小明", Label: "casefile.school", Before: "青石县第二中学"},
		{Part: casefile.EconomySection, Label: "casefile.economy_until", Before: galleryDay.Add(-400), After: galleryDay.Add(-22)},
	}
	asked := casefile.Change{ID: 5, FileID: active.ID, Kind: casefile.ChangeEconomy, State: casefile.ChangeAsked, Second: true, Reason: "九月起停发工资",
		Told: []words.Key{"casefile.people", "casefile.economy_until"}, AskedName: "何敏", AskedAt: galleryTime, HeadName: active.HeadName, Office: active.OrgName}
	done := asked
	done.ID, done.Kind, done.State, done.Second, done.Reason = 4, casefile.ChangeHousing, casefile.ChangeApplied, false, "搬家"
	done.Decided, done.DecidedAt = "李正", galleryTime
	decide := form.New(nil)
	decide.Choice("act", "casefile.change_act", []form.Option{{Value: "agree", Key: "casefile.change_agree"}, {Value: "reject", Key: "casefile.change_reject"}}, form.Required)
	decide.Area("note", "casefile.change_note", form.Max(500), form.Hint("casefile.change_note_hint"))
	papers := []casefile.Evidence{{ID: 3, Kind: casefile.IncomeProof, Name: "停薪证明.pdf"}, {ID: 4, Kind: casefile.IncomeProof, Name: "停薪证明第二页.jpg"}}
	return []ui.Example{
		{Name: "casefile-change-leaving", Page: Section(galleryLeaving(active))},
		{Name: "casefile-change-check", Page: ChangeCheck(ChangeCheckView{Page: galleryPage(active, asked.Kind.Key()), Action: NewChangePath(active.ID, asked.Kind),
			Second: true, Differences: differences, Now: &now, Then: &then, Reason: asked.Reason, Paper: &papers[0],
			Sent: []SentPaper{{Name: "工资流水.jpg", Size: 240_000}}, SentKind: casefile.IncomeProof, Values: []ui.Carried{{Name: "until", Value: "2026-10-31"}}})},
		{Name: "casefile-change-alone", Page: ChangeCheck(ChangeCheckView{Page: galleryPage(active, done.Kind.Key()), Action: NewChangePath(active.ID, done.Kind),
			Differences: differences[:1], Reason: done.Reason})},
		{Name: "casefile-change-asked", Page: Change(ChangeView{Page: withForm(wide(galleryPage(active, asked.Kind.Key())), decide), File: active,
			Change: asked, Papers: papers, Differences: differences, Now: &now, Then: &then})},
		{Name: "casefile-change-done", Page: Change(ChangeView{Page: wide(galleryPage(active, done.Kind.Key())), File: active, Change: done})},
		{Name: "casefile-change-stale", Page: Change(ChangeView{Page: wide(galleryPage(active, asked.Kind.Key())), File: active, Change: asked,
			Stale: true, Withdraw: true})},
		{Name: "casefile-file-changes", Page: FileChanges(FileChangesView{Page: wide(galleryPage(active, "casefile.changes")), File: active, Most: 100, Write: true,
			Changes: []casefile.Change{asked, done}})},
		{Name: "casefile-changes", Page: Changes(ChangesView{Page: wide(layout.Sample("casefile.changes_title")), List: casefile.ChangesWaiting,
			Changes: []casefile.Change{asked}, Counts: map[casefile.ChangeList]int{casefile.ChangesWaiting: 1}})},
		{Name: "casefile-changes-weigh", Page: Changes(ChangesView{Page: wide(layout.Sample("casefile.changes_title")), List: casefile.ChangesWeigh,
			Files: []casefile.File{active}})},
		{Name: "casefile-rejudgement-left", Page: Rejudgement(RejudgementView{Page: wide(withForm(galleryPage(active, "casefile.rejudge"), galleryListed())), File: active,
			Today: galleryDay, Weighed: casefile.Weighed{Verdict: then, Taken: 4, Left: []casefile.Line{{Side: casefile.Income, Kind: "wage",
				Amount: money.Yuan(54180), Person: 9, Left: "许春花"}}}, Judge: true})},
		{Name: "casefile-rejudgement-taken", Page: Rejudgement(RejudgementView{Page: wide(withForm(galleryPage(active, "casefile.rejudge"), galleryListed())), File: active,
			Today: galleryDay, Weighed: casefile.Weighed{Verdict: then, Taken: 4}, Judge: true})},
		{Name: "casefile-rejudgement", Page: Rejudgement(RejudgementView{Page: wide(withForm(galleryPage(active, "casefile.rejudge"), galleryListed())), File: active,
			Today: galleryDay, Weighed: casefile.Weighed{Verdict: then}, Last: &casefile.Judgement{Weighed: casefile.Weighed{Verdict: now}, JudgedBy: "李正", JudgedAt: galleryTime}, Judge: true})},
	}
}

// galleryLeaving is the form of a change that was refused after its paper had come.
func galleryLeaving(f casefile.File) SectionView {
	v := SectionView{Page: galleryPage(f, casefile.ChangeLeaving.Key()), File: f, Section: casefile.Section(casefile.ChangeLeaving), Change: casefile.ChangeLeaving,
		Sent: []SentPaper{{Name: "户口簿迁出页.jpg", Size: 310_000}}}
	v.Form = form.New(url.Values{"seen": {"0"}, "person": {"3"}, "why": {"moved"}, "change_reason": {"随外婆生活"}, "change_paper": {"0"}, "change_kind": {"household_register"}, "change_person": {"3"}})
	v.Form.Hidden("seen")
	v.Form.Select("person", "casefile.leaving_who", []form.Option{{Value: "3", Text: "王小明"}}, form.Required)
	v.Form.Select("why", "casefile.leaving_why", galleryOptions(casefile.LeavingReasons), form.Required)
	v.Form.Date("left_on", "casefile.left_on", form.Required)
	v.Form.Area("change_reason", "casefile.change_reason", form.Required)
	v.Form.Select("change_paper", "casefile.change_held", []form.Option{{Value: "0", Key: "casefile.change_no_paper"}}, form.Required)
	v.Form.Select("change_kind", "casefile.paper_kind", []form.Option{{Value: "household_register", Key: casefile.HouseRegister.Key()}}, form.Required)
	v.Form.Select("change_person", "casefile.paper_person", []form.Option{{Value: "0", Key: "casefile.paper_household"}, {Value: "3", Text: "王小明"}})
	v.Form.Date("change_issued_on", "casefile.paper_issued", form.Hint("casefile.paper_issued_hint"))
	v.Form.File("change_file", "casefile.paper", "image/jpeg,application/pdf", form.Several, form.Hint("casefile.paper_hint", 10))
	v.Form.Hidden("change_sent")
	return v
}
