package grant

import (
	"slices"

	"bangfu/internal/casefile"
	"bangfu/internal/staff"
	"bangfu/internal/work"
)

// Case is an application with everything that its rules look at, as it stands for one person.
type Case struct {
	Application
	Terms     Terms
	Decisions []Decision // of all rounds, in order
	Group     Body
	Committee Body
	Window    Window        // as it is now
	Side      casefile.Duty // of the person in this household's case
}

// office is who does an act. Membership and headship are of the body at whose step the case stands.
type office int

const (
	reviewer   office = iota // the centre's office
	member                   // of the voting body
	chair                    // head of the voting body
	signer                   // head of the leading group
	caseworker               // of the gathering side
)

// duties says who does which act at which step.
var duties = []struct {
	at  Step
	act Act
	who office
}{
	{AtReview, ActReview, reviewer},
	{AtReview, ActReturn, reviewer},
	{AtReview, ActRefuse, reviewer},

	{AtGroup, ActApprove, member},
	{AtGroup, ActAgainst, member},
	{AtGroup, ActAbstain, member},
	{AtGroup, ActClose, chair},
	{AtGroup, ActReturn, chair},

	{AtCommittee, ActApprove, member},
	{AtCommittee, ActAgainst, member},
	{AtCommittee, ActAbstain, member},
	{AtCommittee, ActClose, chair},
	{AtCommittee, ActReturn, chair},

	{AtSignature, ActSign, signer},
	{AtSignature, ActReturn, signer},
	{AtSignature, ActRefuse, signer},

	{AtGroup, ActSetAmount, signer},
	{AtCommittee, ActSetAmount, signer},
	{AtSignature, ActSetAmount, signer},

	{AtReview, ActWithdraw, caseworker},
	{AtGroup, ActWithdraw, caseworker},
	{AtCommittee, ActWithdraw, caseworker},
	{AtSignature, ActWithdraw, caseworker},
	{NoStep, ActWithdraw, caseworker},
	{NoStep, ActResubmit, caseworker},
}

// after gives the state that the act leads to when this person does it, or the reason why not.
func (c Case) after(act Act, by work.Actor) (State, *work.Refusal) {
	to, refusal := c.State.after(act)
	if refusal != nil {
		return c.State, refusal
	}
	for _, d := range duties {
		if d.at != c.Step || d.act != act {
			continue
		}
		if refusal := c.may(d.who, act, by); refusal != nil {
			return c.State, refusal
		}
		return to, nil
	}
	return c.State, work.Refuse("grant.refusal.step", act.Key(), c.Step.Key())
}

// Acts lists what the person can do now: what a page offers, and all that it offers.
func (c Case) Acts(by work.Actor) []Act {
	var acts []Act
	for _, d := range duties {
		if _, refusal := c.after(d.act, by); refusal == nil && d.at == c.Step {
			acts = append(acts, d.act)
		}
	}
	return acts
}

// may refuses a person who does not hold the office in this case, is on another side of it, or has spoken already. A
// vote is closed by the body's head once enough are present.
func (c Case) may(who office, act Act, by work.Actor) *work.Refusal {
	side := casefile.Decide
	if who == caseworker {
		side = casefile.Gather
	}
	switch {
	case !c.holds(who, by):
		return work.Refuse("grant.refusal.office", act.Key())
	case c.Side != casefile.NoDuty && c.Side != side:
		return work.Refuse("grant.refusal.side")
	case act == ActClose:
		if t := c.Tally(c.Step); t.Closed || !t.Quorate() {
			return work.Refuse("grant.refusal.quorum", t.Present(), t.Members)
		}
	case act.speaks() && c.spoken(by.StaffID):
		return work.Refuse("grant.refusal.decided")
	}
	return nil
}

// holds tells whether the person holds the office in this case.
func (c Case) holds(who office, by work.Actor) bool {
	switch who {
	case reviewer:
		return by.Can(staff.CapGrantReview)
	case member:
		return by.Can(staff.CapGrantVote) && c.voting().Has(by.StaffID)
	case chair:
		return by.Can(staff.CapGrantVote) && c.voting().HeadedBy(by.StaffID)
	case signer:
		return by.Can(staff.CapGrantSign) && c.Group.HeadedBy(by.StaffID)
	default:
		return by.Can(staff.CapGrantApply)
	}
}

// voting gives the body whose step it is; the empty body at the other steps.
func (c Case) voting() Body { return c.bodyAt(c.Step) }

// bodyAt gives the body that votes at the step.
func (c Case) bodyAt(s Step) Body {
	switch s {
	case AtGroup:
		return c.Group
	case AtCommittee:
		return c.Committee
	}
	return Body{}
}

// spoken tells whether the person has used the one voice of this step and round.
func (c Case) spoken(id work.StaffID) bool {
	return slices.ContainsFunc(c.Decisions, func(d Decision) bool {
		return d.Round == c.Round && d.Step == c.Step && d.By == id && d.Verdict.voice()
	})
}

// Tally counts the votes of the running round at the step, on the amount as it stands. Who has left the body does not
// count.
func (c Case) Tally(s Step) Tally {
	body := c.bodyAt(s)
	t := Tally{Members: len(body.Seats)}
	for _, d := range c.Decisions {
		if d.Round != c.Round || d.Step != s || d.Amount != c.Amount || !body.Has(d.By) {
			continue
		}
		switch d.Verdict {
		case Favour:
			t.Favour++
		case Opposed:
			t.Against++
		case Abstention:
			t.Abstained++
		case Closed:
			t.Closed = t.Closed || body.HeadedBy(d.By)
		}
	}
	return t
}

// voted tells whether anybody has voted in the running round: from then on a new amount needs a new round.
func (c Case) voted() bool {
	return slices.ContainsFunc(c.Decisions, func(d Decision) bool {
		return d.Round == c.Round && d.Step.Votes() && d.Verdict != AmountSet
	})
}
