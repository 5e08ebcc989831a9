package e2e

import (
	"strings"

	"bangfu/internal/review"
	"bangfu/internal/trial"
)

// reviewRound takes the county through a round of half a year, after its line was raised: one file is unchanged, one comes
// into another category, which the second person sends back once and then confirms, and the office sees how far the round
// is and closes it.
func reviewRound(c *cast) {
	moved := raiseLine(c)
	officer := c.as("officer")
	officer.Press(say("app.nav.files"))
	officer.Press(say("app.nav.reviews"))
	officer.Press(say(review.HalfYear.Key())) // the round that the sample centre is in
	sendBackWaiting(c, officer)
	officer.Press(say("review.close_now"))
	officer.Sees(say("review.ended"))
	officer.Press(say("review.title"))
	officer.Press(say("review.open"))
	officer.Choose(say("review.kind"), say(review.HalfYear.Key()))
	officer.Press(say("review.open"))
	officer.Sees(say("review.opened"), say("review.is_open"))
	round := officer.Path()
	of := strings.Fields(progress(officer))[2] // "0 / 22 户，0%"

	clerk := c.as("clerk2")
	clerk.Press(say("app.nav.files"))
	clerk.Press(say("app.nav.reviews"))
	clerk.Press(say(review.HalfYear.Key()))
	clerk.Press(say("review.files"))
	record := func(household string, outcome review.Outcome, note string) {
		clerk.Press(household)
		clerk.Choose(say("review.outcome"), say(outcome.Key()))
		if note != "" {
			clerk.Type(say("review.note"), note)
		}
		clerk.Choose(say("review.papers"), say("review.papers_yes"))
		clerk.Press(say("review.form.record"))
		clerk.Sees(say("review.recorded"))
		clerk.Open(round + "/files?part=waiting")
	}
	quiet := first(clerk, moved)
	record(quiet, review.Unchanged, "")
	record(moved, review.Category, "标准提高，按新标准应为深度困难。")
	clerk.SeesNot(quiet, moved)

	supervisor := c.as("supervisor")
	confirm := func(verdict, remark string) {
		supervisor.Open(round + "/files")
		supervisor.Press(moved)
		supervisor.Sees("标准提高，按新标准应为深度困难。")
		supervisor.Choose(say("review.verdict"), verdict)
		supervisor.Type(say("review.remark"), remark)
		supervisor.Press(say("review.form.confirm"))
		supervisor.Sees(say("review.confirmed"))
	}
	confirm(say("review.verdict_no"), "请写明新标准的文号。")
	clerk.Open(round + "/files?part=waiting")
	record(moved, review.Category, "按青民发〔2026〕31 号标准提高，按新标准应为深度困难。")
	confirm(say("review.verdict_yes"), "与新标准相符。")
	supervisor.Sees("李正")
	supervisor.Press(say("review.see_file"))
	supervisor.Sees(moved, "深度困难")

	officer.Open(round)
	if got := progress(officer); !strings.HasPrefix(got, "2 / "+of) {
		officer.fail("the round is at %q, want 2 / %s", got, of)
	}
	officer.Press(say("review.close_now"))
	officer.Sees(say("review.ended"), say("review.is_closed"))
	officer.SeesNot(say("review.close_now"))
}

// sendBackWaiting lets the supervisor send back what waits in the round on the officer's page: it is closed only afterwards.
func sendBackWaiting(c *cast, officer *person) {
	round := officer.Path()
	officer.Press(say("review.waits_see"))
	supervisor := c.as("supervisor")
	supervisor.Open(officer.Path() + "?part=" + string(review.Confirming))
	supervisor.Press(first(supervisor))
	supervisor.Choose(say("review.verdict"), say("review.verdict_no"))
	supervisor.Type(say("review.remark"), "请先核实配偶的收入。")
	supervisor.Press(say("review.form.confirm"))
	supervisor.Sees(say("review.confirmed"))
	officer.Open(round)
}

// progress is how far the round on the page is.
func progress(p *person) string {
	p.t.Helper()
	return p.eval(`Array.from(document.querySelectorAll("main dd")).map(d => d.innerText.replace(/\s+/g, " ").trim()).find(t => /^[0-9]+ \/ /.test(t)) || ""`)
}

// raiseLine lets the county's line be raised from today on: it is tried on all files and confirmed by a second person. It
// gives a household that the line moves into another category.
func raiseLine(c *cast) string {
	admin := c.as("admin")
	admin.Press(say("app.nav.rules"))
	admin.Press(say("trial.list.title"))
	admin.Press(say("trial.new_line"))
	admin.Type(say("eligibility.district"), "539901")
	admin.Type(say("eligibility.from"), c.today().String())
	admin.Type(say("eligibility.monthly"), "1,300")
	admin.Type(say("eligibility.source"), "青石县民政局、财政局通知")
	admin.PressUntil(say("trial.enter"), say("trial.effect.changes"), say("trial.again"))
	proposal := admin.Path()

	clerk := c.as("clerk")
	clerk.Open(proposal + "/households?effect=changes")
	clerk.Sees("相对困难", "深度困难")
	moved := first(clerk)

	head := c.as("provincehead")
	head.Open(proposal)
	head.Choose(say("trial.decision"), say(trial.Confirm.Key()))
	head.Press(say("trial.decide"))
	head.Sees(say("trial.told.confirm"))
	clerk.Press(say("app.nav.files"))
	clerk.Press(say("app.nav.reviews"))
	clerk.Press(say(review.LineChanged.Key()))
	clerk.Sees(moved)
	return moved
}
