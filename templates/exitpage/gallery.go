package exitpage

import (
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/exit"
	"bangfu/internal/form"
	"bangfu/internal/fund"
	"bangfu/internal/money"
	"bangfu/internal/payment"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// Examples are the pages of exits with invented families, for the gallery.
func Examples() []ui.Example {
	made := callback()
	made.DoneOn, made.How, made.Result, made.Note, made.CalledBy, made.EnteredAt = galleryToday, "phone", exit.Relapse, "丈夫失业，收入中断", "罗杰", galleryNoon
	return []ui.Example{
		{Name: "exit-statement", Page: Statement(statement(layout.Sample("exit.statement.title")))},
		{Name: "exit-statement-none", Page: Statement(StatementView{Page: layout.Sample("exit.statement.title"), Filter: statement(layout.Page{}).Filter, From: day.Of(2026, 1, 1), Until: galleryToday})},
		{Name: "exit-statement-print", Page: StatementPrint(StatementPrintView{Sheet: layout.Sheet{Page: layout.Sample("exit.statement.title"), By: "周敏", At: layout.SampleAt, Wide: true},
			Office: "云川市总工会", From: day.Of(2026, 1, 1), Until: galleryToday, On: galleryToday, All: statement(layout.Page{}).All, Offices: statement(layout.Page{}).Offices})},
		{Name: "exit-list", Page: List(ListView{Page: wide("exit.title"), List: exit.ToAssess, Today: galleryToday, Next: 7,
			Counts: map[exit.List]int{exit.ToAssess: 2, exit.ToTell: 0, exit.ToClose: 1001}, Exits: []exit.Exit{gallery(exit.Proposed, exit.OutOfHardship), gallery(exit.Proposed, "died")}})},
		{Name: "exit-list-none", Page: List(ListView{Page: wide("exit.title"), List: exit.Left})},
		{Name: "exit-reasons", Page: Reasons(ReasonsView{Page: of("exit.propose"), FileID: 418, Reasons: casefile.ExitReasons.On(galleryToday)})},
		{Name: "exit-propose-months", Page: Proposal(months6())},
		{Name: "exit-propose-eased", Page: Proposal(eased())},
		{Name: "exit-propose-false", Page: Proposal(falsehood())},
		{Name: "exit-proposed", Page: Exit(view(exit.Proposed, exit.OutOfHardship, exit.ActAgree, exit.ActWithdraw))},
		{Name: "exit-agreed", Page: Exit(view(exit.Agreed, exit.Eased, exit.ActPost, exit.ActTell, exit.ActRevoke))},
		{Name: "exit-told-posting", Page: Exit(posting())},
		{Name: "exit-told", Page: Exit(view(exit.Told, exit.False, exit.ActClose))},
		{Name: "exit-told-halted", Page: Exit(withHalted(view(exit.Told, "died", exit.ActClose)))},
		{Name: "exit-closed", Page: Exit(view(exit.Closed, exit.OutOfHardship))},
		{Name: "exit-refused", Page: Exit(view(exit.Refused, "misjudged"))},
		{Name: "exit-letter", Page: Letter(letter(exit.OutOfHardship))},
		{Name: "exit-letter-false", Page: Letter(letter(exit.False))},
		{Name: "exit-panel", Page: inPage(Panel(PanelView{File: family, Exits: []exit.Exit{gallery(exit.Refused, "moved")}, MayPropose: true}))},
		{Name: "exit-panel-closed", Page: inPage(Panel(PanelView{File: casefile.File{ID: 418, State: casefile.Closed}, Relapse: "k-sample",
			Exits: []exit.Exit{gallery(exit.Closed, exit.OutOfHardship)}, Later: []casefile.File{{ID: 512, State: casefile.Refused, RegisteredAt: galleryNoon}}}))},
		{Name: "exit-panel-relapse", Page: inPage(Panel(PanelView{File: casefile.File{ID: 512, State: casefile.Draft, RelapseOf: 418}}))},
		{Name: "exit-callbacks", Page: Callbacks(CallbacksView{Page: wide("exit.callbacks"), Today: galleryToday, Callbacks: []exit.Callback{callback()}, Next: exit.Cursor{DueOn: galleryToday, ID: 3}})},
		{Name: "exit-callbacks-none", Page: Callbacks(CallbacksView{Page: wide("exit.callbacks"), Today: galleryToday})},
		{Name: "exit-callback", Page: CallbackPage(CallbackView{Page: callForm(), Callback: callback(), Today: galleryToday, Phone: casefile.HeadPhone{Person: 7, Masked: "139****0001"}})},
		{Name: "exit-callback-relapse", Page: CallbackPage(CallbackView{Page: layout.Sample("exit.callback_of", made.DueOn), Callback: made, Today: galleryToday, MayRelapse: true})},
		{Name: "exit-recoveries", Page: Recoveries(RecoveriesView{Page: wide("exit.recoveries"), Recoveries: []exit.Recovery{recovery()}, Next: 7})},
		{Name: "exit-recoveries-none", Page: Recoveries(RecoveriesView{Page: wide("exit.recoveries")})},
		{Name: "exit-recovery", Page: RecoveryPage(RecoveryView{Page: receiptForm(), Recovery: recovery(), Proof: proof(exit.False), By: work.Actor{StaffID: 3}, MayReverse: true, Funds: true})},
		{Name: "exit-reversal", Page: ReversalPage(reversal())},
		{Name: "exit-rules", Page: inPage(Rules(RulesView{Rules: rules, Today: day.Of(2026, 11, 22), Manage: true}))},
		{Name: "exit-rule", Page: Rule(RuleView{Page: ruleForm(), Rules: rules, Today: day.Of(2026, 11, 22)})},
	}
}

var (
	galleryToday = day.Of(2026, 11, 22)
	galleryNoon  = time.Date(2026, 11, 22, 12, 0, 0, 0, day.Zone)
	family       = casefile.File{ID: 418, Number: "YCX202600041", State: casefile.Active, HeadName: "林秀兰", OrgName: "云川市总工会", Category: eligibility.Relative, People: 3}
	rules        = []exit.Rule{{From: day.Of(2027, 1, 1), Months: 6, Percent: 150, PostedDays: 5, Callbacks: []int{3, 6, 12}, Source: "市总工会〔2026〕11 号"}, rule}
	rule         = exit.Rule{From: day.Of(2000, 1, 1), Months: 6, Percent: 100, Callbacks: []int{3, 6, 12}, Source: "连续六个月高于低保标准"}
)

func wide(title words.Key) layout.Page {
	p := layout.Sample(title)
	p.Wide = true
	return p
}

func of(title words.Key, args ...any) layout.Page {
	p := layout.Sample(title, args...)
	p.Identity = Identity(family)
	return p
}

// posting is an exit whose worker was told while its posting runs.
func posting() ExitView {
	v := view(exit.Told, exit.Eased)
	v.Exit.Rule = rules[0]
	v.Exit.PostedOn, v.Exit.PostedWhere = day.Of(2026, 11, 20), "社区公告栏"
	return v
}

func gallery(state exit.State, reason string) exit.Exit {
	e := exit.Exit{ID: 7, FileID: 418, Number: family.Number, HeadName: family.HeadName, OrgName: family.OrgName, OrgPhone: "0879-2000001",
		Category: family.Category, Reason: reason, State: state, Grounds: "丈夫重新就业半年，收入稳定。", Rule: rule, Proposer: "周敏", ProposedAt: galleryNoon.AddDate(0, 0, -4)}
	if exit.Dated(reason) {
		e.HappenedOn = day.Of(2026, 11, 2)
	}
	if reason == exit.Eased {
		e.Category, e.Aid = eligibility.Accident, "2026 年 9 月灾害救助 3,000 元，介绍工作一次"
	}
	if state == exit.Proposed {
		return e
	}
	e.Opinion, e.Assessor, e.AssessedAt = "情况属实，同意。", "李正", galleryNoon.AddDate(0, 0, -2)
	if state == exit.Refused {
		e.Opinion = "证明不足，继续在档。"
		return e
	}
	if state == exit.Agreed {
		e.Rule = rules[0]
		e.PostedOn, e.PostedWhere = day.Of(2026, 11, 20), "社区公告栏"
		return e
	}
	e.ToldOn, e.ToldHow, e.ToldWhom, e.ToldBy = day.Of(2026, 11, 21), "home", "林秀兰", "周敏"
	if state == exit.Closed {
		e.Closer, e.ClosedAt = "李正", galleryNoon
	}
	return e
}

func proof(reason string) exit.Proof {
	p := exit.Proof{Papers: []casefile.Evidence{{ID: 3, Kind: casefile.IncomeProof, Name: "工资流水.pdf", AddedAt: galleryNoon.AddDate(0, 0, -5)}}}
	switch reason {
	case exit.OutOfHardship:
		for i := range 6 {
			p.Months = append(p.Months, exit.Month{First: day.Of(2026, time.Month(5+i), 1), People: 3, Income: money.Yuan(int64(3200 + 100*i)),
				Line: eligibility.Line{Monthly: money.Yuan(700)}})
		}
		p.Callbacks = []exit.Callback{callback()}
	case exit.Eased:
		for i, g := range exit.Guarantees {
			s := exit.Secured{Guarantee: g, Needed: i != 2, Note: "已参加，凭证齐全", Paper: 3}
			if !s.Needed {
				s.Note, s.Paper = "家中没有在校学生", 0
			}
			p.Guarantees = append(p.Guarantees, s)
		}
	case exit.False:
		living, illness := fund.Account{ID: 1, Source: fund.City, Purpose: fund.Living, Year: 2026}, fund.Account{ID: 2, Source: fund.County, Purpose: fund.Medical, Year: 2026}
		p.Claims = []exit.Claimed{{Payable: 4, ProgrammeZh: "生活救助", ProgrammeEn: "Living aid", Account: living, Paid: money.Yuan(900), Claim: money.Yuan(900), Back: money.Yuan(800)},
			{Payable: 5, ProgrammeZh: "大病救助", ProgrammeEn: "Illness aid", Account: illness, Paid: money.Yuan(2000), Claim: money.Yuan(1500)}}
		p.Receipts = []exit.Receipt{{ID: 2, Exit: 7, Amount: money.Yuan(800), ReceivedOn: galleryToday, Paper: "收据 0012 号", EnteredBy: "褚明", EnteredAt: galleryNoon},
			{ID: 1, Exit: 7, Amount: money.Yuan(8000), ReceivedOn: galleryToday, Paper: "收据 0012 号", EnteredBy: "何敏", EnteredAt: galleryNoon.Add(-time.Hour),
				ReversedBy: "褚明", ReversedAt: galleryNoon, Why: "金额多录一个零"}}
	}
	return p
}

func view(state exit.State, reason string, may ...exit.Act) ExitView {
	e := gallery(state, reason)
	v := ExitView{Page: layout.Sample("exit.of", casefile.ExitReasons.Key(reason)), Exit: e, Proof: proof(reason), Today: galleryToday, May: may, Forms: map[exit.Act]*form.Form{}}
	v.Identity = IdentityOf(e)
	for _, act := range may {
		f := form.New(nil)
		switch act {
		case exit.ActAgree:
			f = form.New(map[string][]string{"verdict": {"refuse"}})
			f.Choice("verdict", "exit.verdict", []form.Option{{Value: "agree", Key: "exit.verdict_agree"}, {Value: "refuse", Key: "exit.verdict_refuse"}}, form.Required)
			f.Area("opinion", "exit.opinion", form.Required)
			v.Form = f
		case exit.ActPost:
			f.Date("posted_on", "exit.posted_on", form.Required)
			f.Text("posted_where", "exit.posted_where", form.Required)
		case exit.ActTell:
			f.Date("told_on", "exit.told_on", form.Required)
			f.Choice("told_how", "exit.told_how", form.Options(exit.Ways...), form.Required)
			f.Text("told_whom", "exit.told_whom", form.Required, form.Hint("exit.told_whom_hint"))
		case exit.ActRevoke:
			f.Area("why", "exit.revoke_why", form.Required)
		default:
			continue
		}
		v.Forms[act] = f
	}
	if state == exit.Agreed || state == exit.Told {
		v.Letter = LetterPath(e.ID)
	}
	if state == exit.Told {
		v.Recovery = RecoveryPath(e.ID)
	}
	return v
}

func letter(reason string) LetterView {
	e := gallery(exit.Told, reason)
	return LetterView{Sheet: layout.Sheet{Page: layout.Sample("exit.letter.title"), Number: "YCX202600041-7", By: "周敏", At: layout.SampleAt, Back: Path(7), Official: true},
		Exit: e, Proof: proof(reason), On: day.On(e.AssessedAt)}
}

func galleryPapers() []form.Option {
	return []form.Option{{Value: "3", Text: "收入证明：工资流水.pdf（2026-11-17）"}}
}

// months6 is the form with a month that is not over the line.
func months6() ProposalView {
	values := map[string][]string{"reason": {exit.OutOfHardship}, "grounds": {"丈夫重新就业半年"}, "papers": {"3"}}
	for _, m := range rule.Window(galleryToday) {
		values[exit.MonthField(m)], values["people_"+exit.MonthField(m)[len("income_"):]] = []string{"2100"}, []string{"3"}
	}
	f := form.New(values)
	v := ProposalView{Page: of("exit.propose_for", casefile.ExitReasons.Key(exit.OutOfHardship)), FileID: 418, Reason: exit.OutOfHardship, Rule: rule}
	for _, m := range rule.Window(galleryToday) {
		text := exit.MonthText(m)
		v.Months = append(v.Months, MonthRow{Month: text, Income: f.Money(exit.MonthField(m), "exit.month_income", form.LabelArgs(text)),
			People: f.Number("people_"+exit.MonthField(m)[len("income_"):], "exit.month_people", form.LabelArgs(text))})
	}
	v.Rest = []*form.Field{f.Area("grounds", "exit.grounds", form.Required, form.Hint("exit.grounds_hint")),
		f.Choices("papers", "exit.papers", galleryPapers(), form.Required, form.Hint("exit.papers_hint"))}
	f.Fail("income_202605", "exit.refusal.below", "2026-05", money.Yuan(700), money.Yuan(700))
	v.Form = f
	return v
}

func eased() ProposalView {
	f := form.New(nil)
	v := ProposalView{Page: of("exit.propose_for", casefile.ExitReasons.Key(exit.Eased)), FileID: 418, Reason: exit.Eased, Rule: rule, NoPapers: true}
	for _, g := range exit.Guarantees {
		v.Guarantees = append(v.Guarantees, GuaranteeRow{Guarantee: g, Fields: []*form.Field{
			f.Choice("need_"+string(g), "exit.need", []form.Option{{Value: "yes", Key: "exit.need_had"}, {Value: "no", Key: "exit.need_none"}}, form.Required, form.LabelArgs(g)),
			f.Text("note_"+string(g), "exit.need_note", form.Required, form.LabelArgs(g)),
			f.Select("paper_"+string(g), "exit.need_paper", galleryPapers(), form.LabelArgs(g))}})
	}
	v.Rest = []*form.Field{f.Area("aid", "exit.aid", form.Required, form.Hint("exit.aid_hint"))}
	return v
}

func falsehood() ProposalView {
	f := form.New(nil)
	return ProposalView{Page: of("exit.propose_for", casefile.ExitReasons.Key(exit.False)), FileID: 418, Reason: exit.False, Rule: rule,
		Claims: []*form.Field{f.Money("claim_4", "exit.claim", form.Required, form.Default(money.Yuan(900)), form.LabelArgs("生活救助", day.Of(2026, 8, 3)))},
		Rest:   []*form.Field{f.Area("grounds", "exit.grounds", form.Required)}}
}

func callback() exit.Callback {
	return exit.Callback{ID: 3, ExitID: 7, FileID: 418, Number: family.Number, HeadName: family.HeadName, OrgName: family.OrgName, Reason: exit.OutOfHardship,
		ClosedAt: galleryNoon.AddDate(0, -3, -9), DueOn: day.Of(2026, 11, 13)}
}

func callForm() layout.Page {
	p := layout.Sample("exit.callback_of", callback().DueOn)
	f := form.New(map[string][]string{"done_on": {"2026-11-22"}, "result": {"needs_help"}})
	f.Date("done_on", "exit.done_on", form.Required)
	f.Choice("how", "exit.contact", form.Options(exit.Contacts...), form.Required)
	f.Choice("result", "exit.result", form.Options(exit.Results...), form.Required)
	f.Area("note", "exit.note", form.Hint("exit.note_hint"))
	f.Fail("note", "exit.refusal.note")
	p.Form = f
	return p
}

func recovery() exit.Recovery {
	return exit.Recovery{Exit: gallery(exit.Closed, exit.False), Claimed: money.Yuan(2400), Received: money.Yuan(800)}
}

// withHalted is an exit whose closing ends a payment that finance refused.
func withHalted(v ExitView) ExitView {
	v.Halted = []payment.Payable{{ID: 4, ProgrammeZh: "生活救助", ProgrammeEn: "Living aid", Amount: money.Yuan(480), State: payment.Refused, Reason: "卡已注销",
		Account: fund.Account{Source: fund.City, Purpose: fund.Living, Year: 2026}}}
	return v
}

func reversal() ReversalView {
	v := ReversalView{Page: layout.Sample("exit.reversal"), Recovery: recovery(), Receipt: proof(exit.False).Receipts[0]}
	v.Form = form.New(map[string][]string{"reason": {""}})
	v.Form.Area("reason", "exit.reversal_why", form.Required, form.Hint("exit.reversal_why_hint"))
	v.Form.Valid()
	return v
}

func receiptForm() layout.Page {
	p := layout.Sample("exit.recovery_of", family.HeadName)
	p.Form = form.New(nil)
	p.Form.Money("amount", "exit.amount_back", form.Required)
	p.Form.Date("received_on", "exit.received_on", form.Required)
	p.Form.Text("paper", "exit.receipt_paper", form.Required, form.Hint("exit.receipt_paper_hint"))
	return p
}

func ruleForm() layout.Page {
	p := layout.Sample("exit.form.rule")
	p.Form = form.New(nil)
	p.Form.Date("from", "exit.rule.from", form.Required)
	p.Form.Number("months", "exit.rule.months", form.Required)
	p.Form.Choices("callbacks", "exit.rule.callbacks", []form.Option{{Value: "3", Text: "3"}, {Value: "6", Text: "6"}}, form.Required)
	p.Form.Text("source", "exit.rule.source", form.Required)
	return p
}

// statement is the statement of a year in which most files left (003-15).
func statement(page layout.Page) StatementView {
	v := StatementView{Page: page, From: day.Of(2026, 1, 1), Until: galleryToday, Next: "/1/3/",
		All: exit.Statement{Start: 488, Added: 45, OutOfHardship: 350, Eased: 21, Cancelled: 33, Other: 1, End: 128, Applied: 117, Met: 45, NotMet: 60},
		Offices: []exit.Statement{
			{OrgID: 1, OrgName: "云川市总工会", Path: "/1/", Start: 300, Added: 30, OutOfHardship: 250, Eased: 20, Cancelled: 30, End: 30, Applied: 80, Met: 30, NotMet: 40},
			{OrgID: 3, OrgName: "云川纺织厂工会", Path: "/1/3/", Start: 188, Added: 15, OutOfHardship: 100, Eased: 1, Cancelled: 3, Other: 1, End: 98, Applied: 37, Met: 15, NotMet: 20},
		}}
	v.Filter = form.Filter(map[string][]string{"from": {"2026-01-01"}, "until": {"2026-11-22"}})
	v.Filter.Date("from", "exit.statement.from")
	v.Filter.Date("until", "exit.statement.until")
	v.Page.Wide = true
	return v
}
