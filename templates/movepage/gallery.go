package movepage

import (
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/form"
	"bangfu/internal/money"
	"bangfu/internal/move"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// Examples are the pages of moves with invented families, for the gallery.
func Examples() []ui.Example {
	taken := gallery(move.Transfer, move.Done)
	taken.Within, taken.Giving, taken.Receiving, taken.HeadName = false, true, false, "林**"
	taken.Handed = &handover
	return []ui.Example{
		{Name: "move-list", Page: List(ListView{Page: wide("move.title"), List: move.ToDecide, Next: 7, Counts: map[move.List]int{move.ToDecide: 3, move.ToReceive: 0, move.SentOut: 1},
			Moves: []move.Move{gallery(move.Transfer, move.Asked), gallery(move.Split, move.Asked), gallery(move.Merge, move.Asked)}})},
		{Name: "move-list-none", Page: List(ListView{Page: wide("move.title"), List: move.ToReceive})},
		{Name: "move-list-receive", Page: List(ListView{Page: wide("move.title"), List: move.ToReceive, MayPick: true, Moves: []move.Move{gallery(move.Transfer, move.Agreed)}})},
		{Name: "move-batch", Page: BatchPage(batch(candidates))},
		{Name: "move-batch-none", Page: BatchPage(batch(nil))},
		{Name: "move-verdicts", Page: Verdicts(VerdictsView{Page: wide("move.batch.verdicts"), Batch: verdicts})},
		{Name: "move-verdicts-all", Page: Verdicts(VerdictsView{Page: wide("move.batch.verdicts"), Batch: move.Batch{Act: move.ReceiveMany, By: "许晴", Office: "白河县总工会", At: galleryNoon, Verdicts: verdicts.Verdicts[:1]}})},
		{Name: "move-ask-transfer", Page: Ask(AskView{Page: askForm(move.Transfer), Kind: move.Transfer, File: family, Matters: along})},
		{Name: "move-ask-split", Page: Ask(AskView{Page: askForm(move.Split), Kind: move.Split, File: family})},
		{Name: "move-ask-merge", Page: Ask(AskView{Page: askForm(move.Merge), Kind: move.Merge, File: family})},
		{Name: "move-ask-stopped", Page: Ask(AskView{Page: of("move.ask.transfer", form.New(nil)), Kind: move.Transfer, File: family, Matters: append(open, along...)})},
		{Name: "move-check-transfer", Page: Check(CheckView{Page: of("move.ask.transfer", nil), Move: gallery(move.Transfer, move.Asked), Matters: along})},
		{Name: "move-check-split", Page: Check(CheckView{Page: of("move.ask.split", nil), Move: gallery(move.Split, move.Asked), Trial: parted, Values: []ui.Carried{{Name: "why", Value: "divorced"}}})},
		{Name: "move-asked", Page: Move(view(gallery(move.Split, move.Asked), parted, move.ActAgree, move.ActWithdraw))},
		{Name: "move-stale", Page: Move(stale())},
		{Name: "move-cover", Page: Move(cover())},
		{Name: "move-taken", Page: Move(MoveView{Page: wide("move.of", move.Transfer), Move: taken, Print: HandoverPath(7)})},
		{Name: "move-merged", Page: Move(view(gallery(move.Merge, move.Done), move.Trial{Differences: parted.Differences}))},
		{Name: "move-handover", Page: Handover(sheetOf(gallery(move.Transfer, move.Agreed), true))},
		{Name: "move-handover-kept", Page: Handover(sheetOf(taken, false))},
		{Name: "move-panel", Page: inPage(Panel(PanelView{File: family, MayAsk: true, Moves: []move.Move{gallery(move.Split, move.Done)},
			Splits: []casefile.File{{ID: 512, HeadName: "周建平", State: casefile.Draft}}, Merged: []casefile.File{{ID: 77, HeadName: "林海", Number: "YCX202500007", State: casefile.Closed}}}))},
		{Name: "move-panel-none", Page: inPage(Panel(PanelView{File: family, MayAsk: true}))},
		{Name: "move-panel-came", Page: inPage(Panel(PanelView{File: casefile.File{ID: 512, State: casefile.Draft, SplitOf: 418}, From: &family, Into: &family}))},
	}
}

var (
	galleryToday = day.Of(2026, 11, 22)
	galleryNoon  = time.Date(2026, 11, 22, 12, 0, 0, 0, day.Zone)
	family       = casefile.File{ID: 418, Number: "YCX202600041", State: casefile.Active, HeadName: "林秀兰", OrgName: "云川市总工会", Category: eligibility.Relative, People: 3}
	along        = []move.Matter{{Kind: "referral", N: 1}, {Kind: "plan", N: 2}, {Kind: "visit", N: 1}}
	open         = []move.Matter{{Kind: "grant", N: 1, Stops: true}, {Kind: "exit", N: 1, Stops: true}}
	handover     = move.Handover{Versions: 4, Hash: "0f3a9c12b7de", Open: along,
		Papers: []move.Paper{{Kind: casefile.IncomeProof, Name: "工资流水.pdf", On: galleryToday.Add(-90)}, {Kind: casefile.IncomeProof, Name: "收入证明.pdf", On: galleryToday.Add(-80)}},
		Aid:    []move.Aid{{ProgrammeZh: "生活救助", ProgrammeEn: "Living aid", Amount: money.Yuan(900), On: galleryToday.Add(-60)}}}
	parted = move.Trial{
		Differences: []casefile.Difference{{Part: casefile.MembersSection, Label: "casefile.people", Before: 3, After: 1}, {Part: casefile.MembersSection, Person: "周建平", Label: "casefile.relation", Before: casefile.Relations.Key("spouse")}},
		Fresh:       []casefile.Person{{Relation: casefile.Head, Name: "周建平", Birth: day.Of(1979, 4, 2)}, {Relation: "daughter", Name: "周小雨", Birth: day.Of(2011, 9, 1)}}}
)

func wide(title words.Key, args ...any) layout.Page {
	p := layout.Sample(title, args...)
	p.Wide = true
	return p
}

func of(title words.Key, f *form.Form) layout.Page {
	p := layout.Sample(title)
	p.Identity, p.Form = Identity(family), f
	return p
}

func gallery(kind move.Kind, state move.State) move.Move {
	m := move.Move{ID: 7, Kind: kind, FileID: family.ID, Number: family.Number, HeadName: family.HeadName, People: 3, Category: family.Category, Within: true,
		From: family.OrgName, Giving: true, State: state, Why: kind.Whys()[0], Reason: "2026 年 11 月 2 日办理，有登记材料。", Asker: "周敏", AskedAt: galleryNoon.AddDate(0, 0, -3)}
	switch kind {
	case move.Transfer:
		m.To = "白河县总工会困难职工帮扶中心"
	case move.Merge:
		m.Other, m.OtherNumber, m.OtherHead, m.OtherWithin = 77, "YCX202500007", "林海", true
	}
	if state == move.Asked {
		return m
	}
	m.DecidedBy, m.Decider, m.DecidedAt, m.Opinion = 5, "李正", galleryNoon.AddDate(0, 0, -1), "情况属实，同意。"
	if state == move.Done {
		m.After, m.OtherAfter = 5, 3
		if kind == move.Transfer {
			m.Receiver, m.ReceivedAt, m.Answer = "许晴", galleryNoon, "材料齐全"
		}
		if kind == move.Split {
			m.Other, m.OtherHead, m.OtherWithin = 512, "周建平", true
		}
	}
	return m
}

func view(m move.Move, trial move.Trial, may ...move.Act) MoveView {
	v := MoveView{Page: wide("move.of", m.Kind), Move: m, Shown: true, Trial: trial, May: may, Paper: &casefile.Evidence{ID: 3, Kind: casefile.IncomeProof, Name: "离婚证.pdf"}}
	if v.may(move.ActAgree) {
		f := form.New(map[string][]string{"act": {"reject"}})
		f.Choice("act", "move.verdict", []form.Option{{Value: "agree", Key: "move.act.agree"}, {Value: "reject", Key: "move.act.reject"}}, form.Required)
		f.Area("opinion", "move.opinion", form.Hint("move.opinion_hint"))
		f.Fail("opinion", "move.refusal.opinion")
		v.Decide, v.Form = f, f
	}
	return v
}

// stale is a split of somebody who left meanwhile.
func stale() MoveView {
	v := view(gallery(move.Split, move.Asked), move.Trial{}, move.ActWithdraw)
	v.Shown, v.Stale = false, work.Refuse("casefile.refusal.split_gone")
	return v
}

// cover is what the receiving office sees before it takes the file over.
func cover() MoveView {
	m := gallery(move.Transfer, move.Agreed)
	m.Within, m.Giving, m.Receiving, m.HeadName = false, false, true, "林**"
	v := MoveView{Page: wide("move.of", m.Kind), Move: m, May: []move.Act{move.ActReceive}}
	f := form.New(nil)
	f.Choice("act", "move.received", []form.Option{{Value: "take", Key: "move.act.receive"}, {Value: "refuse", Key: "move.act.refuse"}}, form.Required)
	f.Area("answer", "move.answer", form.Hint("move.answer_hint"))
	v.Receive, v.Form = f, f
	return v
}

func sheetOf(m move.Move, whole bool) HandoverView {
	return HandoverView{Sheet: layout.Sheet{Page: layout.Sample("move.handover.title"), Number: m.Number, By: "周敏", At: layout.SampleAt, Back: Path(7)},
		Move: m, List: handover, Whole: whole}
}

var (
	candidates = []move.Candidate{{File: 418, Number: family.Number, HeadName: family.HeadName, Office: "云川纺织厂工会", Employer: "云川纺织厂"},
		{File: 402, Number: "YCX202600032", HeadName: "马德福", Office: "云川纺织厂工会", Employer: "云川纺织厂"}}
	verdicts = move.Batch{Act: move.AskMany, By: "周敏", Office: family.OrgName, At: galleryNoon, Verdicts: []move.Verdict{
		{File: 418, Number: family.Number, HeadName: family.HeadName, Within: true, Move: 7},
		{File: 402, Number: "YCX202600032", HeadName: "马德福", Within: true, Refusal: work.Refuse("move.refusal.stopped_by", words.Key("move.matter.grant"), "1", words.Key("move.finish.grant"))},
		{Refusal: work.Refuse("move.refusal.unseen")}}}
)

// batch is the page of several files, one of them ticked and the office still missing.
func batch(files []move.Candidate) BatchView {
	v := BatchView{Page: wide("move.batch.title"), Files: files, Query: map[string][]string{"dissolved": {"yes"}}, Filter: form.Filter(map[string][]string{"dissolved": {"yes"}})}
	v.Filter.Text("office", "move.batch.office", form.Hint("move.batch.office_hint"))
	v.Filter.Tick("dissolved", "move.batch.dissolved")
	f := form.New(nil) // nothing is listed to be sent
	if len(files) > 0 {
		f = form.New(map[string][]string{"file": {"418"}})
	}
	f.Choices("file", "move.batch.files", []form.Option{{Value: "418", Text: family.HeadName}})
	f.Text("to", "move.field.to", form.Required, form.Hint("move.field.to_hint"))
	f.Choice("why", "move.why", form.Options(move.Transfer.Whys()...))
	f.Area("reason", "move.reason", form.Hint("move.field.reason_hint"))
	v.Form = f
	return v
}

func askForm(kind move.Kind) layout.Page {
	relations := []form.Option{{Value: "spouse", Key: "casefile.relation.spouse"}, {Value: "daughter", Key: "casefile.relation.daughter"}}
	f := form.New(nil)
	switch kind {
	case move.Transfer:
		f = form.New(map[string][]string{"to": {"白河"}})
		f.Text("to", "move.field.to", form.Required, form.Hint("move.field.to_hint"))
	case move.Merge:
		f.Text("other", "move.field.other", form.Required, form.Hint("move.field.other_hint"))
		f.Select("relation.1", "move.field.joins", relations, form.Required, form.LabelArgs("林秀兰"))
	case move.Split:
		f.Select("relation.2", "move.field.goes", append([]form.Option{{Value: "stays", Key: "move.field.stays"}, {Value: "head", Key: "move.field.new_head"}}, relations...),
			form.Required, form.Default("head"), form.LabelArgs("周建平"))
	}
	f.Choice("why", "move.why", form.Options(kind.Whys()...), form.Required)
	f.Area("reason", "move.reason", form.Required, form.Hint("move.field.reason_hint"))
	f.Select("paper", "move.paper", []form.Option{{Value: "0", Key: "move.field.no_paper"}}, form.Required, form.Default("0"))
	if kind != move.Transfer {
		f.Tick("consent", "move.field.consent", form.Required)
	} else {
		f.Fail("to", "move.field.to_which", "白河", "白河县总工会困难职工帮扶中心（BHX）、白河陶瓷厂工会（BHTC）")
	}
	return of(words.Key("move.ask."+string(kind)), f)
}
