package nominationpage

import (
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/nomination"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// Examples are the pages of nominations with invented people, for the gallery.
func Examples() []ui.Example {
	late, taken, declined := waiting, waiting, waiting
	late.DueOn = today.Add(-2)
	taken.State, taken.FileID, taken.AnsweredBy, taken.AnsweredAt = nomination.Accepted, 418, "何敏", noon
	declined.State, declined.Reason, declined.AnsweredBy, declined.AnsweredAt, declined.Papers = nomination.Declined, "请补充诊断证明后再推荐", "何敏", noon, nil
	lapsed := nomination.Nomination{ID: 5, Unit: waiting.Unit, ToOffice: waiting.ToOffice, ToPhone: waiting.ToPhone, Name: "**", Employer: "**", Happened: "**",
		Cause: waiting.Cause, State: nomination.Lapsed, MadeBy: waiting.MadeBy, MadeAt: noon.AddDate(-3, 0, -6), DueOn: today.AddMonths(-36).Add(-1), Erased: true}
	record := func(n nomination.Nomination, answers, opens bool) RecordView {
		return RecordView{Page: layout.Sample("nomination.title", n.Name), Nomination: n, Today: today, MayAnswer: answers, MayOpen: opens}
	}
	edit := EditView{Page: layout.Sample("nomination.decline"), Action: Path(7) + "/refusal", Back: Path(7), Button: "nomination.decline"}
	edit.Lead, edit.Form = "nomination.decline_lead", form.New(nil)
	edit.Form.Area("reason", "nomination.reason", form.Required, form.Max(500))
	list := ListView{Page: layout.Sample("nomination.list"), State: nomination.Waiting, Nominations: []nomination.Nomination{waiting, late, taken, declined}, Next: 4, Today: today}
	list.Lead = "nomination.lead"
	return []ui.Example{
		{Name: "nomination-list", Page: List(list)},
		{Name: "nomination-list-none", Page: List(ListView{Page: layout.Sample("nomination.list"), State: nomination.Declined})},
		{Name: "nomination-decline", Page: Edit(edit)},
		{Name: "nomination-waiting", Page: Record(record(waiting, true, false))},
		{Name: "nomination-late", Page: Record(record(late, false, false))},
		{Name: "nomination-accepted", Page: Record(record(taken, false, true))},
		{Name: "nomination-accepted-unit", Page: Record(record(taken, false, false))},
		{Name: "nomination-declined", Page: Record(record(declined, false, false))},
		{Name: "nomination-lapsed", Page: Record(record(lapsed, false, false))},
	}
}

var (
	today   = day.Of(2026, 11, 22)
	noon    = time.Date(2026, 11, 22, 12, 0, 0, 0, day.Zone)
	waiting = nomination.Nomination{ID: 7, Unit: "青石纺织厂工会", ToOffice: "青石县总工会困难职工帮扶中心", ToPhone: "0879-2100001", Name: "林秀兰", Number: "530***********0028",
		Phone: "138****0001", Employer: "青石纺织厂", Address: "青石县河西街道 3 号", Cause: casefile.SeriousIllness, Happened: "今年 3 月确诊尿毒症，每周透析三次，自付已超过 4 万元。",
		Papers: []casefile.EvidenceKind{casefile.Diagnosis, casefile.Receipts}, State: nomination.Waiting, MadeBy: "韩雪", MadeAt: noon, DueOn: today.Add(5)}
)
