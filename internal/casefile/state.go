package casefile

import (
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// State says where a file stands (domain.md c.1).
type State string

// The states of a file.
const (
	Draft        State = "draft"         // 草稿
	Temporary    State = "temporary"     // 临时救助档案: kept on record, not registered whole yet
	Submitted    State = "submitted"     // 已申请: waits for the home visit
	Visited      State = "visited"       // 已核查: waits for the judgement
	Returned     State = "returned"      // 退回补正
	Judged       State = "judged"        // 已认定: waits for the assessment
	Assessed     State = "assessed"      // 已评议: waits for the notice
	InNotice     State = "in_notice"     // 公示中
	Contested    State = "contested"     // 有异议: re-verification
	Active       State = "active"        // 在档
	NotQualified State = "not_qualified" // 不符合
	Refused      State = "refused"       // 评议不通过
	StruckOff    State = "struck_off"    // 异议成立, 剔除
	Discarded    State = "discarded"     // 作废
	Cancelled    State = "cancelled"     // 已注销: a temporary file that ended
	Closed       State = "closed"        // 已撤档
)

// States lists all states in the order of a file's life.
var States = []State{Draft, Temporary, Submitted, Returned, Visited, Judged, Assessed, InNotice, Contested, Active,
	NotQualified, Refused, StruckOff, Discarded, Cancelled, Closed}

// Key gives the word of the state.
func (s State) Key() words.Key { return words.Key("casefile.state." + string(s)) }

// Open tells whether a file in this state binds its people: they cannot enter another one.
func (s State) Open() bool {
	switch s {
	case NotQualified, Refused, StruckOff, Discarded, Cancelled, Closed:
		return false
	}
	return true
}

// Editable tells whether the sections of the registration can be written.
func (s State) Editable() bool { return s == Draft || s == Returned }

// HandedIn tells whether the file is on its way or on the register: neither a registration nor a temporary file, nor ended.
func (s State) HandedIn() bool { return s.Open() && !s.Editable() && s != Temporary }

// Act is what moves a file from one state to the next.
type Act string

// The acts. Each is offered as an exported function of the same meaning.
const (
	ActSubmit     Act = "submit"
	ActDiscard    Act = "discard"
	ActAgree      Act = "agree"      // a visit that agrees with the form
	ActDisagree   Act = "disagree"   // a visit that does not: back for correction
	ActQualify    Act = "qualify"    // the judgement found a category
	ActDisqualify Act = "disqualify" // the judgement found none, confirmed by a person
	ActPass       Act = "pass"       // assessment
	ActReturn     Act = "return"     // assessment: back for correction
	ActRefuse     Act = "refuse"     // assessment: no
	ActPublish    Act = "publish"    // the notice begins
	ActContest    Act = "contest"    // an objection came in
	ActRenotice   Act = "renotice"   // the objection was unfounded: a full new period
	ActStrikeOff  Act = "strike_off" // the objection was upheld
	ActActivate   Act = "activate"   // the notice ended unopposed
	ActClose      Act = "close"      // 撤档

	ActKeepTemporary Act = "keep_temporary" // 存为临时档案
	ActConvert       Act = "convert"        // 转正: a registration again
	ActCancel        Act = "cancel"         // 注销
)

// ActType is the keeping of a draft, ActForget its throwing away: they move nothing, and timelines leave them out.
const (
	ActType   Act = "type"
	ActForget Act = "forget"
)

// Key gives the word of the act.
func (a Act) Key() words.Key { return words.Key("casefile.act." + string(a)) }

// step is one way from a state to the next.
type step struct {
	from State
	act  Act
	to   State
}

// moves is the whole life of a file.
var moves = []step{
	{Draft, ActSubmit, Submitted},
	{Draft, ActDiscard, Discarded},
	{Draft, ActKeepTemporary, Temporary},
	{Temporary, ActConvert, Draft},
	{Temporary, ActCancel, Cancelled},
	{Returned, ActSubmit, Submitted},
	{Returned, ActDiscard, Discarded},
	{Submitted, ActAgree, Visited},
	{Submitted, ActDisagree, Returned},
	{Visited, ActQualify, Judged},
	{Visited, ActDisqualify, NotQualified},
	{Judged, ActPass, Assessed},
	{Judged, ActReturn, Returned},
	{Judged, ActRefuse, Refused},
	{Assessed, ActPublish, InNotice},
	{InNotice, ActContest, Contested},
	{Contested, ActRenotice, InNotice},
	{Contested, ActStrikeOff, StruckOff},
	{InNotice, ActActivate, Active},
	{Active, ActClose, Closed},
}

// after gives the state that the act leads to, or the reason why it leads nowhere. Who may act at all is the router's
// capability; that the three sides of a case have no common member is kept by the database (casefile_duty).
func (f File) after(act Act, by work.Actor) (State, *work.Refusal) {
	switch act {
	case ActQualify, ActDisqualify, ActPass, ActReturn, ActRefuse, ActClose, ActCancel:
		if f.RegisteredBy == by.StaffID {
			return f.State, work.Refuse("casefile.refusal.own")
		}
	case ActDiscard:
		if f.State == Draft && !f.TemporaryAt.IsZero() {
			return f.State, work.Refuse("casefile.refusal.was_temporary")
		}
	}
	for _, m := range moves {
		if m.from == f.State && m.act == act {
			return m.to, nil
		}
	}
	return f.State, work.Refuse("casefile.refusal.state", act, f.State)
}

// May tells whether the act is open to the person now; pages offer no other.
func (f File) May(act Act, by work.Actor) bool {
	_, refusal := f.after(act, by)
	return refusal == nil
}

// MonthsWithoutFile is how long the words of what led to no file are kept: three years, as long as a claim may be brought
// (Civil Code art. 188). What led to one stays as long as the file.
const MonthsWithoutFile = 36
