package move

import (
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// State says where a move stands.
type State string

// The states of a move.
const (
	Asked     State = "asked"     // 待审核
	Agreed    State = "agreed"    // 待接收: of a transfer only
	Done      State = "done"      // 已完成
	Rejected  State = "rejected"  // 不同意
	Refused   State = "refused"   // 接收单位退回
	Withdrawn State = "withdrawn" // 已撤回
)

// States lists all states in the order of a move's life.
var States = []State{Asked, Agreed, Done, Rejected, Refused, Withdrawn}

// Key gives the word of the state.
func (s State) Key() words.Key { return words.Key("move.state." + string(s)) }

// Act is what moves a move from one state to the next.
type Act string

// The acts.
const (
	ActAgree    Act = "agree"
	ActReject   Act = "reject"
	ActReceive  Act = "receive" // the receiving office takes the file over
	ActRefuse   Act = "refuse"  // the receiving office does not
	ActWithdraw Act = "withdraw"
)

// step is one way from a state to the next.
type step struct {
	from State
	act  Act
	to   State
}

// moves is the whole life of a transfer; a split and a merge are done once they are agreed to.
var moves = []step{
	{Asked, ActAgree, Agreed},
	{Asked, ActReject, Rejected},
	{Asked, ActWithdraw, Withdrawn},
	{Agreed, ActReceive, Done},
	{Agreed, ActRefuse, Refused},
	{Agreed, ActWithdraw, Withdrawn},
}

// after gives the state that the act leads to, or the reason why it leads nowhere. Three people hand a file over: who
// asks, who agrees on the giving side, who takes it on the receiving side; of a split and a merge there are two. Nobody
// decides about a file that they registered, and only who asked takes it back.
func (m Move) after(act Act, by work.Actor) (State, *work.Refusal) {
	switch act {
	case ActAgree, ActReject:
		switch {
		case !m.Giving:
			return m.State, work.Refuse("move.refusal.giving", m.From)
		case m.AskedBy == by.StaffID || m.Registrar == by.StaffID:
			return m.State, work.Refuse("move.refusal.own")
		}
	case ActReceive, ActRefuse:
		switch {
		case !m.Receiving:
			return m.State, work.Refuse("move.refusal.receiving", m.To)
		case m.AskedBy == by.StaffID || m.DecidedBy == by.StaffID:
			return m.State, work.Refuse("move.refusal.own")
		}
	case ActWithdraw:
		if m.AskedBy != by.StaffID {
			return m.State, work.Refuse("move.refusal.withdraw")
		}
	}
	for _, s := range moves {
		if s.from == m.State && s.act == act {
			if s.to == Agreed && m.Kind != Transfer {
				return Done, nil
			}
			return s.to, nil
		}
	}
	return m.State, work.Refuse("move.refusal.state", m.State)
}

// May tells whether the act is open to the person now; pages offer no other.
func (m Move) May(act Act, by work.Actor) bool {
	_, refusal := m.after(act, by)
	return refusal == nil
}
