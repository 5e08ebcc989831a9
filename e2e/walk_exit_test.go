package e2e

import (
	"strings"

	"bangfu/internal/casefile"
	"bangfu/internal/exit"
	"bangfu/internal/grant"
)

// exitAndRelapse takes a household off the register: proposed with the income of the months, assessed by another person,
// told with a printed letter, closed. Months later it is called back, has fallen back into hardship, and is registered anew
// from its old file.
func exitAndRelapse(c *cast) {
	clerk := c.as("clerk2")
	files(clerk, say("casefile.list.active"))
	household := settledHousehold(clerk)
	file := clerk.Path()
	propose(clerk)
	path := clerk.Path()

	supervisor := c.as("supervisor")
	supervisor.Press(say("app.nav.files"))
	supervisor.Press(say("app.nav.exits"))
	supervisor.Press(household)
	supervisor.Choose(say("exit.verdict"), say("exit.verdict_agree"))
	supervisor.Type(say("exit.opinion"), "工资流水与申报一致，同意退出。")
	supervisor.Press(say("exit.form.assess"))
	supervisor.Sees(say("exit.assessed"), say(exit.Agreed.Key()))

	clerk.Open(path)
	clerk.Press(say("exit.letter.open"))
	clerk.Sees(say("exit.letter.title"), say("exit.letter.to", household), "4,000.00", say("exit.letter.receipt"))
	clerk.Open(path)
	clerk.Choose(say("exit.told_how"), say(exit.Ways[0].Key()))
	clerk.Type(say("exit.told_whom"), household)
	clerk.Press(say("exit.form.tell"))
	clerk.Sees(say("exit.told"), household)
	supervisor.Open(path)
	supervisor.Press(say("exit.close_now"))
	supervisor.Sees(say("exit.closed"), say("exit.callbacks"))

	c.later("+1704h") // 71 days: the first callback, after three months, may come now
	clerk = c.as("clerk2")
	clerk.Press(say("app.nav.files"))
	clerk.Press(say("app.nav.callbacks"))
	clerk.Press(household)
	clerk.Choose(say("exit.contact"), say("exit.contact.phone"))
	clerk.Choose(say("exit.result"), say(exit.Relapse.Key()))
	clerk.Press(say("exit.form.call"))
	clerk.Sees(say("exit.refusal.note"))
	clerk.Type(say("exit.note"), "户主再次住院，配偶停工照料。")
	clerk.Press(say("exit.form.call"))
	clerk.Sees(say("exit.called"), say("exit.found_relapse"))

	clerk.Press(say("exit.register_again"))
	clerk.Sees(say("exit.relapsed"), say("casefile.tasks_title"), household)
	again := strings.TrimSuffix(clerk.Path(), "/registration")
	if again == file || strings.Contains(again, "registration") {
		clerk.fail("the new registration is %s, the old file %s", again, file)
	}
	clerk.Press(say(casefile.MembersSection.Key()))
	clerk.Sees(household)
	clerk.Open(again)
	clerk.Sees(say("exit.relapse_of"), say(casefile.Draft.Key()))
	clerk.Press(say("exit.old_file"))
	clerk.Sees(say(casefile.Closed.Key()), say("exit.fell_back", c.today()), say("exit.new_file", casefile.Draft.Key()))
	if clerk.Path() != file {
		clerk.fail("the old file is %s, want %s", clerk.Path(), file)
	}
}

// settledHousehold opens one household of the list after the other until it finds one whose only application for aid was
// refused and that is not on its way off the register, and gives its name.
func settledHousehold(p *person) string {
	p.t.Helper()
	list := p.eval(`location.pathname + location.search`)
	for _, name := range rows(p) {
		p.Press(name)
		if page := p.eval(`document.body.innerText`); strings.Contains(page, say("exit.empty.panel")) && strings.Contains(page, say(grant.Refused.Key())) {
			return name
		}
		p.Open(list)
	}
	p.fail("no household on the list has come to rest")
	return ""
}

// propose fills in the proposal: what the household earned in each month, and the paper that shows it.
func propose(clerk *person) {
	clerk.Press(say("exit.propose"))
	clerk.Press(say(casefile.ExitReasons.Key(exit.OutOfHardship)))
	people := 0
	for _, field := range strings.Fields(clerk.eval(`Array.from(document.querySelectorAll("[name^=income_]")).map(f => f.name).join(" ")`)) {
		month := field[len("income_"):]
		month = month[:4] + "-" + month[4:]
		clerk.Type(say("exit.month_income", month), "8,000.00")
		clerk.Type(say("exit.month_people", month), "2")
		people++
	}
	clerk.Type(say("exit.grounds"), "配偶重新就业，户主按月领取养老金，家庭收入稳定。")
	clerk.Reach(say("exit.papers"), func(f focus) bool { return f.Type == "checkbox" && strings.HasPrefix(f.Group, say("exit.papers")) })
	clerk.key(" ")
	clerk.Press(say("exit.form.propose"))
	clerk.Sees(say("exit.proposed"), say(exit.Proposed.Key()), "4,000.00")
	if people < 6 {
		clerk.fail("%d months are asked for", people)
	}
}
