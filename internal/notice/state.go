package notice

import (
	"bangfu/internal/day"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// State says where a notice stands.
type State string

// The states of a notice.
const (
	Open        State = "open"        // 公示中
	Objected    State = "objected"    // 有异议: the clock stands still
	Ended       State = "ended"       // 期满无异议
	Interrupted State = "interrupted" // 异议不成立, a new notice followed
	Upheld      State = "upheld"      // 异议成立
)

// States lists all states in the order of a notice's life.
var States = []State{Open, Objected, Ended, Interrupted, Upheld}

// Key gives the word of the state.
func (s State) Key() words.Key { return words.Key("notice.state." + string(s)) }

// Closed tells whether the notice is history.
func (s State) Closed() bool { return s == Ended || s == Interrupted || s == Upheld }

// Act is what moves a notice from one state to the next.
type Act string

// The acts.
const (
	ActObject  Act = "object"  // an objection comes in
	ActEnd     Act = "end"     // the last day is over; done by the job alone
	ActRestart Act = "restart" // the last open objection was unfounded: a new notice follows
	ActUphold  Act = "uphold"  // an objection was upheld
)

// moves is the whole life of a notice.
var moves = []struct {
	from State
	act  Act
	to   State
}{
	{Open, ActObject, Objected},
	{Objected, ActObject, Objected},
	{Open, ActEnd, Ended},
	{Objected, ActRestart, Interrupted},
	{Objected, ActUphold, Upheld},
}

// after gives the state that the act leads to, or the reason why it leads nowhere. An objection comes too late once the
// period is over, even before the job has ended the notice; where the clock stands still already, the period is not
// over, and a further objection is heard.
func (n Notice) after(act Act, today day.Date) (State, *work.Refusal) {
	switch {
	case act == ActEnd && !n.Period.Over(today):
		return n.State, work.Refuse("notice.refusal.running", n.Period.Ends)
	case act == ActObject && n.State == Open && n.Period.Over(today):
		return n.State, work.Refuse("notice.refusal.late", n.Period.Ends)
	}
	for _, m := range moves {
		if m.from == n.State && m.act == act {
			return m.to, nil
		}
	}
	return n.State, work.Refuse("notice.refusal.state", n.State)
}

// Refuses gives the reason why the act is not open today, nil when it is; pages offer no other act.
func (n Notice) Refuses(act Act, today day.Date) *work.Refusal {
	_, refusal := n.after(act, today)
	return refusal
}

// ObjectionState says where an objection stands.
type ObjectionState string

// The states of an objection: open until it is judged.
const (
	ObjectionOpen      ObjectionState = "open"
	ObjectionUnfounded ObjectionState = "unfounded" // 不成立
	ObjectionUpheld    ObjectionState = "upheld"    // 成立
)

// Key gives the word of the state.
func (s ObjectionState) Key() words.Key { return words.Key("notice.objection_state." + string(s)) }

// Verdicts lists what a judge may say.
var Verdicts = []ObjectionState{ObjectionUnfounded, ObjectionUpheld}

// Channel says how an objection came in.
type Channel string

// The channels.
const (
	ChannelWeb    Channel = "web"
	ChannelDesk   Channel = "desk"
	ChannelPhone  Channel = "phone"
	ChannelLetter Channel = "letter"
)

// DeskChannels lists the channels of objections that staff enter.
var DeskChannels = []Channel{ChannelDesk, ChannelPhone, ChannelLetter}

// Key gives the word of the channel.
func (c Channel) Key() words.Key { return words.Key("notice.channel." + string(c)) }
