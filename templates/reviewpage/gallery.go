package reviewpage

import (
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/form"
	"bangfu/internal/money"
	"bangfu/internal/review"
	"bangfu/internal/words"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// Examples are the pages of reviews with invented families, for the gallery.
func Examples() []ui.Example {
	over := round
	over.ClosedAt = galleryNoon
	done := review.Result{Round: 3, FileID: 418, Outcome: review.Cancel, State: review.Done, Note: "户主已调离", Reviewer: "周敏", ReviewedAt: galleryNoon,
		AgreeBy: day.Of(2027, 1, 4)}
	waits := review.Result{Round: 3, FileID: 418, Outcome: review.Category, State: review.ToConfirm, Note: "低保标准提高", PapersAgree: true, Reviewer: "周敏", ReviewedAt: galleryNoon}
	rejected := review.Result{Round: 3, FileID: 418, Outcome: review.Category, State: review.Rejected, Note: "低保标准提高", Reviewer: "周敏", ReviewedAt: galleryNoon,
		AgreedAt: galleryNoon, Confirmer: "李正", ConfirmedAt: galleryNoon, Remark: "收入有变，请先变更收入"}
	return []ui.Example{
		{Name: "review-rounds", Page: Rounds(RoundsView{Page: layout.Sample("review.title"), Rounds: []review.Round{round, over}, Today: galleryToday, MayOpen: true, Next: 2})},
		{Name: "review-rounds-none", Page: Rounds(RoundsView{Page: layout.Sample("review.title"), Today: galleryToday})},
		{Name: "review-opening", Page: Opening(OpeningView{Page: openingForm()})},
		{Name: "review-round", Page: Round(RoundView{Page: wide("review.of", round.Kind, round.OrgName), Round: round, All: progress("", 1240, 803), Today: galleryToday, MayClose: true,
			Offices: []review.Progress{progress("云川市总工会", 840, 640), progress("云川纺织厂工会", 400, 163)}, Next: "/1/2/"})},
		{Name: "review-round-waits", Page: Round(RoundView{Page: wide("review.of", round.Kind, round.OrgName), Round: round, All: progress("", 1240, 803), Today: galleryToday, MayClose: true,
			Waits: 3, Offices: []review.Progress{progress("云川市总工会", 840, 640)}})},
		{Name: "review-round-none", Page: Round(RoundView{Page: wide("review.of", round.Kind, round.OrgName), Round: over, Today: galleryToday})},
		{Name: "review-files", Page: Files(FilesView{Page: wide("review.files"), Round: round, Part: review.Waiting, Items: []review.Item{item("", "")}, Next: 418})},
		{Name: "review-files-done", Page: Files(FilesView{Page: wide("review.files"), Round: round, Part: review.Reviewed, Items: []review.Item{item(review.Unchanged, review.Done), item(review.Category, review.ToConfirm)}})},
		{Name: "review-signs", Page: Signs(SignsView{Page: wide("review.signs"), Sign: review.LineChanged, Items: []review.Item{item("", "")}, Next: 418})},
		{Name: "review-signs-dissolved", Page: Signs(SignsView{Page: wide("review.signs"), Sign: review.EmployerClosed, Items: []review.Item{item("", "")}, MayMove: true})},
		{Name: "review-signs-none", Page: Signs(SignsView{Page: wide("review.signs"), Sign: review.NeverHelped})},
		{Name: "review-training", Page: Training(TrainingView{Page: wide("review.training.title"), Group: review.Children, Rule: training, Today: galleryToday, Next: 418,
			All: []review.Trainee{{FileID: 418, Number: family.Number, HeadName: family.HeadName, OrgName: family.OrgName, Name: "林小雨", Relation: "daughter",
				Birth: day.Of(2004, 5, 1), WorkStatus: "unemployed", Education: "college"}}})},
		{Name: "review-training-none", Page: Training(TrainingView{Page: wide("review.training.title"), Group: review.Workers, Rule: training, Today: galleryToday})},
		{Name: "review-training-rule", Page: TrainingRule(TrainingRuleView{Page: trainingForm(), Rules: []review.Training{training}, Today: day.Of(2026, 11, 22)})},
		{Name: "review-result", Page: Result(ResultView{Sheet: layout.Sheet{Page: layout.Sample("review.result_of", round.Kind, round.OrgName), By: "周敏", At: layout.SampleAt, Wide: true},
			Round: round, Office: round.OrgName, On: galleryToday, All: progress("", 1240, 803), Offices: []review.Progress{progress("云川市总工会", 840, 640), progress("云川纺织厂工会", 400, 163)}})},
		{Name: "review-file", Page: File(fileView(nil, recordForm()))},
		{Name: "review-file-done", Page: File(fileView(&done, nil))},
		{Name: "review-file-confirm", Page: File(fileView(&waits, confirmForm()))},
		{Name: "review-file-rejected", Page: File(fileView(&rejected, recordForm()))},
	}
}

var (
	galleryToday = day.Of(2026, 11, 22)
	galleryNoon  = time.Date(2026, 11, 22, 12, 0, 0, 0, day.Zone)
	family       = casefile.File{ID: 418, Number: "YCX202600041", State: casefile.Active, HeadName: "林秀兰", OrgName: "云川市总工会", Category: eligibility.Relative,
		People: 3, Employer: "云川纺织厂", EconomyUntil: day.Of(2025, 10, 31), ActivatedAt: time.Date(2025, 11, 2, 9, 0, 0, 0, day.Zone)}
	round = review.Round{ID: 3, Kind: review.HalfYear, OrgName: "云川市总工会", OrgPath: "/1/", From: day.Of(2026, 11, 1), Until: day.Of(2026, 12, 15), OpenedBy: "周文",
		OpenedAt: time.Date(2026, 11, 1, 9, 0, 0, 0, day.Zone)}
)

func wide(title words.Key, args ...any) layout.Page {
	p := layout.Sample(title, args...)
	p.Wide = true
	return p
}

func progress(name string, files, done int) review.Progress {
	return review.Progress{OrgName: name, Files: files, Waits: 3, By: map[review.Outcome]int{review.Unchanged: done - 40, review.Change: 20, review.Category: 8, review.Exit: 7, review.Cancel: 5}}
}

func item(o review.Outcome, s review.State) review.Item {
	return review.Item{FileID: family.ID, Number: family.Number, HeadName: family.HeadName, OrgName: family.OrgName, Category: family.Category,
		ActivatedAt: family.ActivatedAt, Outcome: o, State: s}
}

func openingForm() layout.Page {
	p := layout.Sample("review.open")
	p.Form = form.New(map[string][]string{"kind": {"year"}, "from": {"2026-12-01"}, "until": {"2026-11-30"}})
	p.Form.Choice("kind", "review.kind", form.Options(review.Kinds...), form.Required)
	p.Form.Date("from", "review.from", form.Required)
	p.Form.Date("until", "review.until", form.Required)
	p.Form.Fail("until", "review.refusal.until")
	return p
}

func recordForm() *form.Form {
	f := form.New(map[string][]string{"outcome": {"change"}, "papers": {"no"}})
	f.Choice("outcome", "review.outcome", form.Options(review.Outcomes...), form.Required)
	f.Area("note", "review.note", form.Hint("review.note_hint"))
	f.Choice("papers", "review.papers", []form.Option{{Value: "yes", Key: "review.papers_yes"}, {Value: "no", Key: "review.papers_no"}}, form.Required, form.Hint("review.papers_hint"))
	f.Fail("note", "review.refusal.note")
	return f
}

func confirmForm() *form.Form {
	f := form.New(nil)
	f.Choice("verdict", "review.verdict", []form.Option{{Value: "yes", Key: "review.verdict_yes"}, {Value: "no", Key: "review.verdict_no"}}, form.Required)
	f.Area("remark", "review.remark", form.Hint("review.remark_hint"))
	return f
}

func fileView(r *review.Result, f *form.Form) FileView {
	v := FileView{Page: layout.Sample("review.file"), Round: round, File: family, Result: r, Signs: []review.Sign{review.UnchangedYear, review.LineChanged}, Today: galleryToday,
		Verdict: &eligibility.Verdict{Category: eligibility.Severe, Monthly: money.Yuan(690), Line: eligibility.Line{Monthly: money.Yuan(720)}}}
	v.Identity, v.Form = Identity(family), f
	switch {
	case r == nil || r.State == review.Rejected:
		v.MayRecord = true
		v.Outdated = []ui.Doubt{{Said: casefile.Outdated{Section: casefile.EconomySection, Until: family.EconomyUntil}.Message(), Href: CasePath(family.ID) + "/changes/economy", Link: "casefile.outdated.to_change"}}
	case r.State == review.ToConfirm:
		v.MayConfirm = true
	default:
		v.MayAgree, v.MayExit = true, true
	}
	return v
}

var training = review.Training{From: day.Of(2000, 1, 1), BelowAge: 50, ChildFrom: 16, Source: "参照木垒县 2008 年的做法；16 周岁是本系统默认值"}

func trainingForm() layout.Page {
	p := layout.Sample("review.training.new")
	p.Form = form.New(map[string][]string{"from": {"2026-12-01"}, "below_age": {"17"}, "child_from": {"16"}, "source": {"市总工会通知"}})
	p.Form.Date("from", "review.training.from", form.Required)
	p.Form.Number("below_age", "review.training.below_age", form.Required, form.Between(18, 70))
	p.Form.Number("child_from", "review.training.child_from", form.Required)
	p.Form.Text("source", "review.training.source", form.Required)
	p.Form.Valid()
	return p
}
