package exit

import (
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// State says where an exit stands.
type State string

// The states of an exit.
const (
	Proposed  State = "proposed"  // 已提出: waits for the assessment
	Agreed    State = "agreed"    // 已同意: the worker is to be told
	Told      State = "told"      // 已告知: the file can be closed
	Closed    State = "closed"    // 已撤档
	Refused   State = "refused"   // 不同意
	Withdrawn State = "withdrawn" // 已撤回
)

// States lists all states in the order of an exit's life.
var States = []State{Proposed, Agreed, Told, Closed, Refused, Withdrawn}

// Key gives the word of the state.
func (s State) Key() words.Key { return words.Key("exit.state." + string(s)) }

// Act is what moves an exit from one state to the next.
type Act string

// The acts.
const (
	ActAgree    Act = "agree"
	ActRefuse   Act = "refuse"
	ActWithdraw Act = "withdraw"
	ActPost     Act = "post" // put up where the rule asks for it; it moves nothing
	ActTell     Act = "tell"
	ActRevoke   Act = "revoke" // something came up after the assessment
	ActClose    Act = "close"
)

// Key gives the word of the act.
func (a Act) Key() words.Key { return words.Key("exit.act." + string(a)) }

// step is one way from a state to the next.
type step struct {
	from State
	act  Act
	to   State
}

// moves is the whole life of an exit.
var moves = []step{
	{Proposed, ActAgree, Agreed},
	{Proposed, ActRefuse, Refused},
	{Proposed, ActWithdraw, Withdrawn},
	{Agreed, ActPost, Agreed},
	{Agreed, ActTell, Told},
	{Agreed, ActRevoke, Refused},
	{Told, ActPost, Told},
	{Told, ActRevoke, Refused},
	{Told, ActClose, Closed},
}

// after gives the state that the act leads to, or the reason why it leads nowhere. Who may act at all is the router's
// capability, and that gathering and deciding have no common member is kept by the database. Nobody assesses or closes
// what they proposed, nor a file that they registered; only the proposer takes a proposal back.
func (e Exit) after(act Act, by work.Actor) (State, *work.Refusal) {
	switch act {
	case ActAgree, ActRefuse, ActRevoke, ActClose:
		if e.ProposedBy == by.StaffID || e.Registrar == by.StaffID {
			return e.State, work.Refuse("exit.refusal.own")
		}
	case ActWithdraw:
		if e.ProposedBy != by.StaffID {
			return e.State, work.Refuse("exit.refusal.withdraw")
		}
	}
	if act == ActPost && e.State == Told && !e.PostedOn.IsZero() { // the day of posting stands once the worker was told
		return e.State, work.Refuse("exit.refusal.state", act, e.State)
	}
	for _, m := range moves {
		if m.from == e.State && m.act == act {
			return m.to, nil
		}
	}
	return e.State, work.Refuse("exit.refusal.state", act, e.State)
}

// May tells whether the act is open to the person now; pages offer no other.
func (e Exit) May(act Act, by work.Actor) bool {
	_, refusal := e.after(act, by)
	return refusal == nil
}
