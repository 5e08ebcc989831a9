package grant

import (
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// State is where an application stands in its life.
type State string

// The states. Approved, Refused and Withdrawn are ends.
const (
	Submitted  State = "submitted"   // waits for the office's review
	InApproval State = "in_approval" // waits for a body's vote or the signature: see Step
	Returned   State = "returned"    // waits for the caseworker to correct it
	Approved   State = "approved"
	Refused    State = "refused"
	Withdrawn  State = "withdrawn"
)

// Key gives the word of the state.
func (s State) Key() words.Key { return words.Key("grant.state." + string(s)) }

// Live tells whether the state counts in the household's window: all but the ends without money.
func (s State) Live() bool { return s != Refused && s != Withdrawn }

// End tells whether nothing leads on from the state.
func (s State) End() bool { return s == Approved || s == Refused || s == Withdrawn }

// Act is what moves an application, or keeps it where it is.
type Act string

// What people do. Who may do which, and at which step: see duties in case.go.
const (
	ActReview    Act = "review"   // 审核: the office finds it in order and chooses the account
	ActApprove   Act = "approve"  // 同意: a member's vote
	ActAgainst   Act = "against"  // 不同意: a member's vote
	ActAbstain   Act = "abstain"  // 弃权: a member's vote
	ActClose     Act = "close"    // 宣布表决结束: by the body's head
	ActSetAmount Act = "amount"   // 核定金额: by the head of the group
	ActSign      Act = "sign"     // 签批: by the head of the group
	ActReturn    Act = "return"   // 退回补正
	ActRefuse    Act = "refuse"   // 不予批准
	ActResubmit  Act = "resubmit" // 补正后重新提交
	ActWithdraw  Act = "withdraw" // 撤回申请
)

// What follows of itself from an act.
const (
	actFail     Act = "fail"     // a vote that can no longer pass
	actReopen   Act = "reopen"   // an amount changed after somebody had voted
	actEscalate Act = "escalate" // at the signature the window sum belonged to a higher tier
)

// ActRevoke ends the payment of an approved application; the application stays approved (revocation.go).
const ActRevoke Act = "revoke" // 撤销发放

// Key gives the word of the act.
func (a Act) Key() words.Key { return words.Key("grant.act." + string(a)) }

// speaks tells whether the act is the person's one voice at the step, kept as a decision that is never changed.
func (a Act) speaks() bool {
	switch a {
	case ActClose, ActSetAmount, ActResubmit, ActWithdraw:
		return false
	}
	return true
}

// moves is the whole life of an application.
var moves = []struct {
	from State
	act  Act
	to   State
}{
	{Submitted, ActReview, InApproval},
	{Submitted, ActReturn, Returned},
	{Submitted, ActRefuse, Refused},
	{Submitted, ActWithdraw, Withdrawn},

	{InApproval, ActApprove, InApproval},
	{InApproval, ActAgainst, InApproval},
	{InApproval, ActAbstain, InApproval},
	{InApproval, ActClose, InApproval},
	{InApproval, ActSetAmount, InApproval},
	{InApproval, ActSign, Approved},
	{InApproval, ActReturn, Returned},
	{InApproval, ActRefuse, Refused},
	{InApproval, ActWithdraw, Withdrawn},
	{InApproval, actFail, Refused},
	{InApproval, actReopen, Submitted},
	{InApproval, actEscalate, InApproval},

	{Returned, ActResubmit, Submitted},
	{Returned, ActWithdraw, Withdrawn},
}

// after gives the state that act leads to from here, or the refusal grant.refusal.state.
func (s State) after(act Act) (State, *work.Refusal) {
	for _, m := range moves {
		if m.from == s && m.act == act {
			return m.to, nil
		}
	}
	return s, work.Refuse("grant.refusal.state", act.Key(), s.Key())
}
