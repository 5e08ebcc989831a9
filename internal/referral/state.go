package referral

import (
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// State says where a referral stands.
type State string

// The states of a referral.
const (
	Draft     State = "draft"     // 草稿
	Sent      State = "sent"      // 已送出: waits for the receipt or the answer
	Received  State = "received"  // 对方已接收
	Returned  State = "returned"  // 退回补材料
	Granted   State = "granted"   // 已落实
	Refused   State = "refused"   // 未获批
	Closed    State = "closed"    // 已办结
	Withdrawn State = "withdrawn" // 已撤回
)

// States lists all states in the order of a referral's life.
var States = []State{Draft, Sent, Received, Returned, Granted, Refused, Closed, Withdrawn}

// Key gives the word of the state.
func (s State) Key() words.Key { return words.Key("referral.state." + string(s)) }

// Ended tells whether nothing more happens to it.
func (s State) Ended() bool { return s == Closed || s == Withdrawn }

// Editable tells whether the letter may be written.
func (s State) Editable() bool { return s == Draft || s == Returned }

// Act is what moves a referral on.
type Act string

// The acts.
const (
	ActDraft    Act = "draft"
	ActSend     Act = "send"
	ActReceive  Act = "receive"
	ActGrant    Act = "grant"
	ActRefuse   Act = "refuse"
	ActReturn   Act = "return"
	ActFollow   Act = "follow" // asked how it stands; moves nothing
	ActClose    Act = "close"
	ActWithdraw Act = "withdraw"
)

// Key gives the word of the act.
func (a Act) Key() words.Key { return words.Key("referral.step." + string(a)) }

// step is one way from a state to the next.
type step struct {
	from State
	act  Act
	to   State
}

// moves is the whole life of a referral.
var moves = []step{
	{Draft, ActSend, Sent},
	{Draft, ActWithdraw, Withdrawn},
	{Sent, ActReceive, Received},
	{Sent, ActGrant, Granted},
	{Sent, ActRefuse, Refused},
	{Sent, ActReturn, Returned},
	{Sent, ActFollow, Sent},
	{Sent, ActWithdraw, Withdrawn},
	{Received, ActGrant, Granted},
	{Received, ActRefuse, Refused},
	{Received, ActReturn, Returned},
	{Received, ActFollow, Received},
	{Received, ActWithdraw, Withdrawn},
	{Returned, ActSend, Sent},
	{Returned, ActWithdraw, Withdrawn},
	{Granted, ActFollow, Granted},
	{Granted, ActClose, Closed},
	{Refused, ActFollow, Refused},
	{Refused, ActClose, Closed},
}

// after gives the state that the act leads to, or the reason why it leads nowhere. Who may act is the router's
// capability: a referral decides nothing about the centre's own aid, so it takes no side in the household's case.
func (r Referral) after(act Act) (State, *work.Refusal) {
	for _, m := range moves {
		if m.from == r.State && m.act == act {
			return m.to, nil
		}
	}
	return r.State, work.Refuse("referral.refusal.state", act, r.State)
}

// May tells whether the act is open now; pages offer no other.
func (r Referral) May(act Act) bool {
	_, refusal := r.after(act)
	return refusal == nil
}

// Answers lists the answers that may be entered now.
func (r Referral) Answers() []Act {
	var acts []Act
	for _, act := range []Act{ActReceive, ActGrant, ActRefuse, ActReturn} {
		if r.May(act) {
			acts = append(acts, act)
		}
	}
	return acts
}
