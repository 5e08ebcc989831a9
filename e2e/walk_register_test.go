package e2e

import (
	"strings"

	"bangfu/internal/casefile"
	"bangfu/internal/words"
)

// stoppedCard changes the bank card of a household on the register; the second person compares it with the copy and stops
// it, so that money goes on to the old one.
func stoppedCard(c *cast) {
	clerk := c.as("clerk")
	files(clerk, say("casefile.list.active"))
	household := first(clerk)
	clerk.Press(household)
	clerk.Press(say("casefile.cards"))
	cards := clerk.Path()
	old := first(clerk)
	number := row(clerk, say(casefile.CardCurrent.Key()))

	clerk.Type(say("casefile.card_number"), family.card[:18]+"9")
	clerk.Type(say("casefile.card_branch"), "青石县北门支行")
	clerk.Choose(say("casefile.card_holder"), household)
	clerk.Press(say("casefile.card_propose"))
	if got := value(clerk, "branch"); got != "青石县北门支行" {
		clerk.fail("the branch is lost: %q", got)
	}
	clerk.Type(say("casefile.card_number"), family.card)
	clerk.Press(say("casefile.card_propose"))
	clerk.Sees(say(casefile.CardProposed.Key()))
	clerk.SeesNot(say("casefile.card_new"), say("casefile.card_yes"), family.card)

	supervisor := c.as("supervisor")
	supervisor.Press(household)
	supervisor.Sees(say("casefile.card_confirm"), family.card[15:], "青石县北门支行")
	supervisor.Press(say("casefile.card_no"))
	supervisor.Sees(say("casefile.card_confirm")) // not without a reason
	supervisor.Type(say("casefile.card_reason"), "卡号与复印件不一致")
	supervisor.Press(say("casefile.card_no"))
	supervisor.SeesNot(say("casefile.card_confirm"))

	clerk.Open(cards)
	if now := row(clerk, say(casefile.CardCurrent.Key())); now != number || old == "" {
		clerk.fail("the card in use is %q, want %q", now, number)
	}
	if stopped := row(clerk, family.card[15:]); !strings.Contains(stopped, say(casefile.CardRejected.Key())) || !strings.Contains(stopped, "卡号与复印件不一致") {
		clerk.fail("the stopped card: %q", stopped)
	}
	clerk.Sees(say("casefile.card_new")) // another one can be entered
}

// twoEditors lets two people fill in the same section of a registration. The second of them chooses field by field, and
// nothing that either of them typed is lost.
func twoEditors(c *cast) {
	clerk, other := c.as("clerk"), c.as("clerk2")
	files(clerk, say("casefile.list.mine"))
	clerk.Press(first(clerk))
	clerk.Press(say(casefile.HousingSection.Key()))
	section := clerk.Path()
	before := value(clerk, "address")
	other.Open(section)

	other.Type(say("casefile.address"), "青石县城关镇南门街 21 号")
	other.Type(say("casefile.metres"), "54")
	other.Press(say("casefile.save_section"))
	other.Sees(say("casefile.tasks_title"))

	clerk.Type(say("casefile.address"), "青石县城关镇东门街 3 号")
	clerk.Type(say("casefile.postal_code"), "679902")
	clerk.Press(say("casefile.save_section"))
	clerk.Sees(say("ui.conflict", "罗杰"), before, "青石县城关镇南门街 21 号", "青石县城关镇东门街 3 号", "54", "679902")
	clerk.Press(say("ui.conflict_save")) // what only one of them changed is chosen already, the address is not
	clerk.Sees(say("ui.conflict_choose", words.Key("casefile.address")))
	clerk.Choose(say("casefile.address"), say("ui.conflict_mine"))
	clerk.Press(say("ui.conflict_save"))
	clerk.Sees(say("casefile.tasks_title"))

	other.Open(section)
	for field, want := range map[string]string{"address": "青石县城关镇东门街 3 号", "metres": "54", "postal_code": "679902"} {
		if got := value(other, field); got != want {
			other.fail("%s is %q, want %q", field, got, want)
		}
	}
}
