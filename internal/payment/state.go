package payment

import (
	"slices"

	"bangfu/internal/staff"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// State is where a payable stands.
type State string

// The states of a payable.
const (
	Ready   State = "ready"
	Refused State = "refused" // by finance, with reasons
	Batched State = "batched"
	Failed  State = "failed" // the bank could not pay; its money is back in the fund
	Paid    State = "paid"
	Revoked State = "revoked" // ended by the deciding side: it is never paid, and nothing is reserved for it
)

// States lists the states in the order in which a page offers them.
var States = []State{Ready, Refused, Failed, Batched, Paid, Revoked}

// Key gives the word of the state.
func (s State) Key() words.Key { return words.Key("payment.state." + string(s)) }

// Act is something done to a payable.
type Act string

// The acts.
const (
	ActRefuse  Act = "refuse"  // finance refuses it with reasons
	ActRestore Act = "restore" // finance takes the refusal back
	ActCard    Act = "card"    // finance accepts the card that replaced the approved one
	ActRetry   Act = "retry"   // a failed one is tried again
	ActBatch   Act = "batch"   // it becomes a line of a batch
	ActReturn  Act = "return"  // its batch is cancelled
	ActPay     Act = "pay"     // the bank paid
	ActFail    Act = "fail"    // the bank did not
	ActRevoke  Act = "revoke"  // the deciding side ends what was refused or failed (revocation.go)
)

// Key gives the word of the act.
func (a Act) Key() words.Key { return words.Key("payment.act." + string(a)) }

// moves is the whole life of a payable.
var moves = []struct {
	from State
	act  Act
	to   State
}{
	{Ready, ActRefuse, Refused},
	{Refused, ActRestore, Ready},
	{Ready, ActCard, Ready},
	{Ready, ActBatch, Batched},
	{Batched, ActReturn, Ready},
	{Batched, ActPay, Paid},
	{Batched, ActFail, Failed},
	{Failed, ActRetry, Ready},
	{Refused, ActRevoke, Revoked},
	{Failed, ActRevoke, Revoked},
}

// byPeople are the acts that a person of finance does to a payable itself; the others come from a batch, from the bank or
// from the deciding side.
var byPeople = []Act{ActRefuse, ActRestore, ActCard, ActRetry}

// after gives the state that the act leads to, or the reason why it leads nowhere.
func (p Payable) after(act Act) (State, *work.Refusal) {
	for _, m := range moves {
		if m.from == p.State && m.act == act {
			return m.to, p.against(act)
		}
	}
	return p.State, work.Refuse("payment.refusal.state", p.FileNumber, p.State)
}

// against gives what stands against an act that the state allows.
func (p Payable) against(act Act) *work.Refusal {
	switch act {
	case ActBatch:
		if h := p.Hold(); h != NotHeld {
			return work.Refuse("payment.refusal.held", p.FileNumber, h)
		}
	case ActCard:
		if p.CurrentCard == 0 || p.CurrentCard == p.Card {
			return work.Refuse("payment.refusal.same_card")
		}
	case ActRetry:
		if p.CurrentCard == 0 {
			return work.Refuse("payment.refusal.no_card")
		}
		if !p.FileActive {
			return work.Refuse("payment.refusal.file")
		}
	}
	if slices.Contains(byPeople, act) && p.OtherSide {
		return work.Refuse("payment.refusal.sides")
	}
	return nil
}

// Acts lists what the person may do to the payable now: what the page offers.
func (p Payable) Acts(by work.Actor) []Act {
	if !by.Can(staff.CapPaymentRefuse) {
		return nil
	}
	var acts []Act
	for _, act := range byPeople {
		if _, refusal := p.after(act); refusal == nil {
			acts = append(acts, act)
		}
	}
	return acts
}

// Hold says why a ready payable cannot become a line now.
type Hold string

// The holds.
const (
	NotHeld    Hold = ""
	HeldCard   Hold = "card"   // another card took the place of the approved one
	HeldFile   Hold = "file"   // the household's file is not active
	HeldNotice Hold = "notice" // an objection is open
	HeldSide   Hold = "side"   // the reader gathered or decided this case
)

// Key gives the word of the hold.
func (h Hold) Key() words.Key { return words.Key("payment.hold." + string(h)) }

// Hold says why the payable cannot become a line by the hand of the reader, or NotHeld. It speaks of ready payables and
// of the lines of a batch that waits for its release.
func (p Payable) Hold() Hold {
	switch {
	case !p.FileActive:
		return HeldFile
	case !p.NoticeFinished:
		return HeldNotice
	case p.CurrentCard != p.Card:
		return HeldCard
	case p.OtherSide:
		return HeldSide
	}
	return NotHeld
}

// BatchState is where a batch stands.
type BatchState string

// The states of a batch.
const (
	Made      BatchState = "made"
	Released  BatchState = "released"
	Closed    BatchState = "closed"
	Cancelled BatchState = "cancelled"
)

// BatchStates lists the states in the order in which a page offers them.
var BatchStates = []BatchState{Made, Released, Closed, Cancelled}

// Key gives the word of the state.
func (s BatchState) Key() words.Key { return words.Key("payment.batch_state." + string(s)) }

// BatchAct is something done to a batch.
type BatchAct string

// The acts.
const (
	BatchRelease BatchAct = "release" // by another person than the maker
	BatchCancel  BatchAct = "cancel"
	BatchAnswer  BatchAct = "answer" // the bank's answer is read; the last line closes the batch
)

// batchMoves is the whole life of a batch.
var batchMoves = []struct {
	from BatchState
	act  BatchAct
	to   BatchState
}{
	{Made, BatchRelease, Released},
	{Made, BatchCancel, Cancelled},
	{Released, BatchAnswer, Released},
	{Released, BatchAnswer, Closed},
	{Closed, BatchAnswer, Closed}, // an old answer again changes nothing
}

// after tells whether the person may do the act to the batch now, and why not.
func (b Batch) after(act BatchAct, by work.Actor) *work.Refusal {
	for _, m := range batchMoves {
		if m.from != b.State || m.act != act {
			continue
		}
		if act == BatchRelease && b.MadeBy == by.StaffID {
			return work.Refuse("payment.refusal.two_people")
		}
		return nil
	}
	return work.Refuse("payment.refusal.batch_state", b.Number, b.State)
}

// Acts lists what the person may do to the batch now: what the page offers.
func (b Batch) Acts(by work.Actor) []BatchAct {
	var acts []BatchAct
	for _, each := range []struct {
		act  BatchAct
		caps []work.Capability
	}{
		{BatchRelease, []work.Capability{staff.CapPaymentRelease}},
		{BatchCancel, []work.Capability{staff.CapPaymentMake, staff.CapPaymentRelease}},
		{BatchAnswer, []work.Capability{staff.CapPaymentAnswer}},
	} {
		if slices.ContainsFunc(each.caps, by.Can) && b.after(each.act, by) == nil {
			acts = append(acts, each.act)
		}
	}
	return acts
}

// LineState is where one line of a batch stands.
type LineState string

// The states of a line.
const (
	LineOpen      LineState = "open"
	LinePaid      LineState = "paid"
	LineFailed    LineState = "failed"
	LineCancelled LineState = "cancelled"
)

// Key gives the word of the state.
func (s LineState) Key() words.Key { return words.Key("payment.line_state." + string(s)) }
