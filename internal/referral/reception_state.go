package referral

import (
	"net/url"

	"bangfu/internal/words"
	"bangfu/internal/work"
)

// ReceptionState says where the record of a visitor stands.
type ReceptionState string

// The states of the record of a visitor.
const (
	Waiting        ReceptionState = "waiting"  // 待答复
	Answered       ReceptionState = "answered" // 已答复
	ReceptionEnded ReceptionState = "closed"   // 已办结
)

// Key gives the word of the state.
func (s ReceptionState) Key() words.Key { return words.Key("referral.reception.state." + string(s)) }

// The acts of a reception; ActFollow and ActClose are those of a referral.
const (
	ActRegister Act = "register"
	ActAnswer   Act = "answer"
	ActFile     Act = "file" // becomes a registration; moves nothing
)

// receptionMoves is the whole life of the record of a visitor.
var receptionMoves = []struct {
	from ReceptionState
	act  Act
	to   ReceptionState
}{
	{Waiting, ActAnswer, Answered},
	{Waiting, ActFollow, Waiting},
	{Waiting, ActClose, ReceptionEnded},
	{Answered, ActFollow, Answered},
	{Answered, ActClose, ReceptionEnded},
}

// after gives the state that the act leads to, or the reason why it leads nowhere.
func (r Reception) after(act Act) (ReceptionState, *work.Refusal) {
	for _, m := range receptionMoves {
		if m.from == r.State && m.act == act {
			return m.to, nil
		}
	}
	return r.State, work.Refuse("referral.refusal.reception_state", r.State)
}

// May tells whether the act is open now; pages offer no other.
func (r Reception) May(act Act) bool {
	_, refusal := r.after(act)
	return refusal == nil
}

// typed gives what the head's section of a registration takes over, by the names of its fields.
func (r Reception) typed(phone string) url.Values {
	return url.Values{"name": {r.Name}, "phone": {phone}}
}
