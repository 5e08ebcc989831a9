package e2e

import (
	"strings"
	"testing"

	"bangfu/internal/grant"
	"bangfu/internal/words"
)

// TestJourneyInEnglish is the shorter way, in English: aid of the lowest tier for a household on the register, which one
// signature decides.
func TestJourneyInEnglish(t *testing.T) {
	language = words.English
	t.Cleanup(func() { language = words.Chinese })
	c := open(t)
	clerk := c.as("clerk")
	clerk.Press(say("app.nav.files"))
	clerk.Press(say("casefile.list.active"))
	household := quietHousehold(clerk)
	clerk.Press(household)
	clerk.Press(say("grant.panel.apply"))
	clerk.Press(say("grant.apply.choose", "Living aid"))
	clerk.Type(say("grant.apply.reason"), "The wage stopped when the mill closed for the season.")
	clerk.Type(say("grant.apply.amount"), "100.00")
	clerk.Press(say("grant.apply.check"))
	clerk.Sees(say(grant.HeadAlone.Key()))
	clerk.Press(say("grant.apply.submit"))
	clerk.Sees(say("grant.outcome.applied"))

	for _, step := range []struct {
		who  string
		act  grant.Act
		told words.Key
	}{
		{"officer", grant.ActReview, "grant.outcome.reviewed"},
		{"grouphead", grant.ActSign, "grant.outcome.granted"},
	} {
		p := c.as(step.who)
		p.Press(say("app.nav.grants"))
		p.Press(household)
		if step.act == grant.ActReview {
			p.Choose(say("grant.decision.account"), "2026")
		}
		p.Type(say("grant.decision.opinion"), "In order.")
		p.Press(say(step.act.Key()))
		p.Sees(say(step.told))
	}
	cashier := c.as("cashier")
	cashier.Press(say("app.nav.payments"))
	cashier.Sees(household, "100.00")
	if report, err := c.verify(); err != nil {
		t.Errorf("%v\n%s", err, report)
	}
}

// quietHousehold gives the last name on the list of the register: the household longest on it.
func quietHousehold(p *person) string {
	names := strings.Split(p.eval(`Array.from(document.querySelectorAll("main table tbody th a, main table tbody td a")).map(a => a.textContent.trim()).join("|")`), "|")
	if names[len(names)-1] == "" {
		p.fail("nobody on the register")
	}
	return names[len(names)-1]
}
