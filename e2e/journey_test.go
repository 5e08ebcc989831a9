package e2e

import (
	"strings"
	"testing"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/grant"
	"bangfu/internal/words"
)

// TestJourney takes one household from the counter to the bank's file, in Chinese, by keyboard, every step by the
// person whose step it is.
func TestJourney(t *testing.T) {
	c := open(t, "")
	register(c)
	handIn(c)
	visit(c)
	judge(c)
	publish(c)
	c.later("+192h") // the notice ends by itself: nobody clicks anything
	apply(c)
	examine(c)
	vote(c, grant.ActApprove, "group1", "group2")
	vote(c, grant.ActApprove, "chair", "committee1")
	sign(c)
	batch := makeBatch(c)
	release(c, batch)
	answer(c, batch)
	seeIt(c)
	if report, err := c.verify(); err != nil {
		t.Errorf("%v\n%s", err, report)
	}
	if len(c.signedIn) < 9 {
		t.Errorf("%d people took part, want at least 9", len(c.signedIn))
	}
}

// register is steps 2 of the journey: search first, then the task list, section by section.
func register(c *cast) {
	clerk := c.as("clerk")
	clerk.Press(say("app.nav.files"))
	clerk.Press(say("casefile.search.title"))
	clerk.Type(say("casefile.search.sought"), family.headID)
	clerk.Press(say("common.search"))
	clerk.Sees(say("casefile.search.none"))
	clerk.Press(say("casefile.search.new"))

	section(clerk, casefile.HeadSection, func() {
		clerk.Type(say("casefile.id_number"), family.headID)
		clerk.Type(say("casefile.name"), family.headName)
		clerk.Type(say("casefile.phone"), family.phone)
		clerk.Initials(say("casefile.ethnicity"), "bz", "白族")
		clerk.Choose(say("casefile.registration"), "非农业")
		clerk.Choose(say("casefile.marital"), "已婚")
		clerk.Choose(say("casefile.political"), "群众")
		clerk.Choose(say("casefile.identity"), "在职职工")
		clerk.Choose(say("casefile.model"), "非劳模")
		clerk.Choose(say("casefile.health"), "疾病")
		clerk.Choose(say("casefile.illness"), "终末期肾病")
		clerk.Type(say("casefile.medication"), "促红素，每周三次")
		clerk.Choose(say("casefile.insurance"), "城镇职工医保")
	})
	members(clerk)
	clerk.SeesNot("还缺")
	employment(clerk)
	section(clerk, casefile.HousingSection, func() {
		clerk.Type(say("casefile.address"), "青石县城关镇柳林巷 8 号")
		clerk.Choose(say("casefile.housing_kind"), "租房")
		clerk.Type(say("casefile.metres"), "46")
	})
	section(clerk, casefile.EconomySection, func() {
		clerk.Type(say("casefile.kind_of", family.headName, casefile.Kind("wage").Key(casefile.Income)), "26,400")
		clerk.Type(say("casefile.kind_of", family.headName, casefile.Kind("illness").Key(casefile.Expense)), "12345.67")
	})
	section(clerk, casefile.PropertySection, func() {
		clerk.Type(say("casefile.homes"), "0")
		clerk.Type(say("casefile.savings"), "1,500")
	})
	section(clerk, casefile.CausesSection, func() {
		clerk.Initials(say("casefile.main_cause"), "hz", "患重特大疾病")
		clerk.Choose(say("casefile.self_help"), "否")
		clerk.Tick(say("casefile.need.medical"))
		clerk.Type(say("casefile.mood"), "担心长期透析的费用")
	})
	section(clerk, casefile.BankSection, func() {
		clerk.Type(say("casefile.card_number"), family.card)
		clerk.Type(say("casefile.card_branch"), "青石县支行")
		clerk.Choose(say("casefile.card_holder"), family.headName)
	})
	section(clerk, casefile.DeclarationsSection, func() {
		for _, kind := range []casefile.DeclarationKind{casefile.Truth, casefile.Comparison, casefile.Notice, casefile.Sensitive} {
			clerk.Tick(say(kind.Key()))
		}
	})
}

// members adds the three others of a household of four, each by keyboard alone.
func members(clerk *person) {
	section(clerk, casefile.MembersSection, func() {
		member := func(id, name, relation, status string) {
			clerk.Press(say("casefile.add_member"))
			clerk.Begins(say("casefile.id_number"))
			clerk.Type(say("casefile.id_number"), id)
			clerk.Type(say("casefile.name"), name)
			clerk.Choose(say("casefile.relation"), relation)
			clerk.Initials(say("casefile.work_status"), status, "")
			clerk.Choose(say("casefile.health"), "良好")
			clerk.Choose(say("casefile.insurance"), "城乡居民医保")
		}
		member(family.wifeID, family.wifeName, "配偶", "sw")
		member(family.motherID, family.motherName, "父母", "wl")
		member(family.sonID, family.sonName, "子", "zx")
		clerk.Type(say("casefile.school"), "青石县第二中学")
		clerk.Choose(say("casefile.education"), "普通高中")
		clerk.Type(say("casefile.enrolled_year"), "2026")
		clerk.Type(say("casefile.school_years"), "3")
	})
}

// employment fills the head's work, and forgets the industry at first: the section is saved all the same, and says what it
// lacks.
func employment(clerk *person) {
	section(clerk, casefile.WorkSection, func() {
		clerk.Choose(say("casefile.work_status"), "病休")
		clerk.Type(say("casefile.employer"), "青石印染厂")
		clerk.Choose(say("casefile.ownership"), "国有企业")
		clerk.Type(say("casefile.started_on"), "1998-07-01")
		clerk.Choose(say("casefile.condition"), "停产")
	})
	clerk.Sees(say("ui.progress.lacking", 1))
	section(clerk, casefile.WorkSection, func() {
		clerk.Initials(say("casefile.industry"), "zz", "制造业")
	})
}

// section opens a section from the task list, fills it and saves it.
func section(p *person, s casefile.Section, fill func()) {
	p.t.Helper()
	p.Press(say(s.Key()))
	fill()
	p.Press(say("casefile.save_section"))
	p.Sees(say("casefile.tasks_title"))
}

// handIn is step 3: what is missing is listed by cause, the papers are added until nothing is, and the whole is checked
// and submitted.
func handIn(c *cast) {
	clerk := c.as("clerk")
	clerk.Press(say(casefile.EvidenceSection.Key()))
	for _, kind := range []string{"application", "head_id", "household_register", "income_proof", "card_copy", "authorisation", "diagnosis", "receipts"} {
		clerk.Choose(say("casefile.paper_kind"), say(words.Key("casefile.evidence."+kind)))
		if casefile.EvidenceKind(kind).Ages() {
			clerk.Type(say("casefile.paper_issued"), day.On(time.Now()).Add(-20).String())
		}
		clerk.Attach("paper", paper(c.t, kind))
		clerk.Press(say("casefile.upload_now"))
	}
	clerk.Sees(say("casefile.nothing_missing"))
	clerk.Press(say("casefile.evidence_done"))
	clerk.Press(say("casefile.check"))
	clerk.Sees(family.headName, family.wifeName, "26,400.00", "12,345.67")
	clerk.SeesNot(family.card)
	clerk.Press(say("casefile.submit"))
	clerk.Sees(say("casefile.submitted"))
}

// visit is step 4: two visitors, item by item, recorded by the second of them.
func visit(c *cast) {
	second := c.as("clerk2")
	second.Press(say("app.nav.visits"))
	second.Press(family.headName)
	if !strings.HasSuffix(second.Path(), "/visits/new") {
		second.Press(say("visit.form.open"))
	}
	second.Choose(say("visit.visitor", 1), "何敏")
	second.Choose(say("visit.visitor", 2), "罗杰")
	for _, item := range []string{"household", "work", "income", "spending", "housing", "cause", "evidence"} {
		second.Choose(say("visit.item_agrees", words.Key("visit.item."+item)), say("visit.agrees"))
	}
	second.Choose(say("visit.whole"), say("visit.agrees"))
	second.Tick(say("visit.visitors_signed"))
	second.Tick(say("visit.applicant_signed"))
	second.Press(say("visit.form.record"))
	second.Sees(say("visit.recorded"))
}

// judge is step 5, and the first half of step 6: the verdict in figures, and the assessment.
func judge(c *cast) {
	supervisor := c.as("supervisor")
	supervisor.Press(family.headName)
	supervisor.Sees("700.00", "26,400.00", "12,345.67")
	supervisor.Press(say("casefile.confirm_category", eligibility.Severe.Key()))
	supervisor.Press(say("casefile.assess"))
	supervisor.Choose(say("casefile.verdict"), say("casefile.opinion.pass"))
	supervisor.Type(say("casefile.opinion"), "入户情况与申报一致，同意公示。")
	supervisor.Press(say("casefile.assess"))
}

// publish is the second half of step 6: the notice goes out, and anybody can read it, masked.
func publish(c *cast) {
	officer := c.as("officer")
	officer.Press(say("app.nav.notices"))
	officer.Press(family.headName)
	officer.Press(say("notice.form.check"))
	officer.Press(say("notice.form.publish"))
	officer.Sees(say("notice.published_now"))
	anybody := c.b.person(c.t, c.program.Base(), "anybody")
	anybody.Open("/public/notices")
	anybody.Sees("梁*田")
	anybody.SeesNot(family.headName, family.headID, family.wifeName)
}

// apply is step 7: the file is on the register by now, with its number, and aid for serious illness is asked for. The rule gives
// 10 % of what the household paid itself.
func apply(c *cast) {
	clerk := c.as("clerk")
	clerk.Press(say("app.nav.files"))
	clerk.Press(say("casefile.list.active"))
	clerk.Press(family.headName)
	clerk.Sees("QSX2026")
	clerk.Press(say("grant.panel.apply"))
	clerk.Press(say("grant.apply.choose", "大病救助"))
	clerk.Type(say("grant.fact.self_paid"), "12,345.67")
	clerk.Type(say("grant.apply.reason"), "透析费用自付部分较高，家庭难以负担。")
	clerk.Type(say("grant.apply.amount"), "1234.57")
	clerk.Press(say("grant.apply.check"))
	clerk.Sees("1,234.57")
	clerk.Press(say("grant.apply.submit"))
	clerk.Sees(say("grant.outcome.applied"))
}

// examine is the office's part of step 8: in order, and from which account.
func examine(c *cast) {
	officer := openCase(c, "officer")
	officer.Choose(say("grant.decision.account"), "2026")
	officer.Type(say("grant.decision.opinion"), "材料齐全，金额与规定相符。")
	officer.Press(say(grant.ActReview.Key()))
	officer.Sees(say("grant.outcome.reviewed"))
}

// vote is a body's part of step 8, one member after another.
func vote(c *cast, act grant.Act, members ...string) {
	for _, name := range members {
		member := openCase(c, name)
		member.Type(say("grant.decision.opinion"), "情况属实。")
		member.Press(say(act.Key()))
		member.Sees(say("grant.verdict.approve"))
	}
}

// sign is the end of step 8 and step 9: the head of the group signs, and the money is reserved.
func sign(c *cast) {
	head := openCase(c, "grouphead")
	head.Type(say("grant.decision.opinion"), "同意发放。")
	head.Press(say(grant.ActSign.Key()))
	head.Sees(say("grant.outcome.granted"))
}

// openCase opens the household's application from the person's own inbox.
func openCase(c *cast, name string) *person {
	p := c.as(name)
	p.Press(say("app.nav.grants"))
	p.Press(family.headName)
	p.Sees(say("grant.decision.title"))
	return p
}

// makeBatch begins step 10: the cashier picks the payable and makes a batch of it.
func makeBatch(c *cast) (path string) {
	cashier := c.as("cashier")
	cashier.Press(say("app.nav.payments"))
	cashier.Tick("选择 " + family.headName)
	cashier.Press(say("payment.batch_chosen"))
	cashier.Sees(family.headName, "1,234.57")
	cashier.SeesNot(family.card)
	cashier.Press(say("payment.make_now", 1))
	cashier.Sees(say("payment.made"))
	return cashier.Path()
}

// release is the second person's part of step 10; the bank's file is written.
func release(c *cast, batch string) {
	accountant := c.as("accountant")
	accountant.Open(batch)
	accountant.Press(say("payment.release"))
	accountant.Press(say("payment.release"))
	accountant.Sees(say("payment.batch_state.released"))
}

// answer is the end of step 10: the file goes to the bank, and the bank's answer is read back. Read a second time it
// changes nothing; altered it is refused with the row named.
func answer(c *cast, batch string) {
	cashier := c.as("cashier")
	cashier.Open(batch)
	sent := bankFile(c.t, cashier, say("payment.download"))
	cashier.Press(say("payment.answer"))
	cashier.Attach("answer", answerFile(c.t, sent, "1.00"))
	cashier.Press(say("payment.answer_read"))
	cashier.Sees("1.00", "1,234.57")
	good := answerFile(c.t, sent, "")
	cashier.Attach("answer", good)
	cashier.Press(say("payment.answer_read"))
	cashier.Sees(say("payment.answer_done", 1, 0, 0))
}

// seeIt is step 11: the file tells all of it, and the auditor finds every act.
func seeIt(c *cast) {
	auditor := c.as("auditor")
	auditor.Press(say("app.nav.files"))
	auditor.Press(say("casefile.list.active"))
	auditor.Press(family.headName)
	auditor.Sees("1,234.57", say("payment.state.paid"), say("grant.state.approved"))
	auditor.SeesNot(family.headID, family.card, family.phone)
	auditor.Press(say("app.nav.audit"))
	auditor.Sees(say("payment.act.answer"))
}
