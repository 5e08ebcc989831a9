package payment

import (
	"context"
	"fmt"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/fund"
	"bangfu/internal/money"
	"bangfu/internal/work"
)

// PayableID names a row of payment_payable.
type PayableID int64

// Payable is the money that one approved grant owes to a household.
type Payable struct {
	ID          PayableID
	Grant       int64 // the application
	File        work.FileID
	FileNumber  string
	HeadName    string
	OrgPath     string
	Office      string // the office that keeps the file
	ProgrammeZh string
	ProgrammeEn string
	Account     fund.Account // without balances
	Amount      money.Amount
	Card        casefile.CardID // approved, or accepted since
	CurrentCard casefile.CardID // the household's card today; zero = none
	State       State
	Attempt     int    // at payment, from 1
	Reason      string // why it was refused, or what the bank said
	CreatedAt   time.Time

	FileActive     bool
	NoticeFinished bool
	OtherSide      bool // the reader gathered or decided this case
}

// Due is what an approved grant owes.
type Due struct {
	Grant   int64 // the application
	File    work.FileID
	Account fund.AccountID
	Amount  money.Amount
	Card    casefile.CardID
}

// Add makes the payable of a grant in the unit that approves it, with the money already reserved as attempt 1. The
// database refuses it without a complete chain and a finished notice, and a second one of the same grant.
func Add(ctx context.Context, u *work.Unit, d Due) (PayableID, error) {
	id, err := insertPayable(ctx, u, d)
	if err != nil {
		return 0, fmt.Errorf("adding the payable of application %d: %w", d.Grant, worded(err))
	}
	return id, u.Audit(ctx, work.Entry{
		Act: "payment.add", Kind: "payable", ID: int64(id), FileID: d.File,
		Changes: []work.Change{{Field: "amount_fen", After: int64(d.Amount)}, {Field: "account", After: d.Account}},
	})
}

// Decide does one act of finance to a payable, with its reason: refuse (001-64), restore, accept the household's new
// card, or try a failed one again. Trying again takes the household's current card, counts a new attempt and reserves
// the money anew; the fund may be short by now.
func Decide(ctx context.Context, u *work.Unit, id PayableID, act Act, reason string) error {
	if err := lockPayables(ctx, u, []PayableID{id}); err != nil {
		return fmt.Errorf("deciding payable %d: %w", id, err)
	}
	p, err := Find(ctx, u, u.By, id)
	if err != nil {
		return fmt.Errorf("deciding payable %d: %w", id, err)
	}
	to, refusal := p.after(act)
	if refusal != nil {
		return refusal
	}
	next := p
	next.State, next.Reason = to, ""
	switch act {
	case ActRefuse:
		next.Reason = reason
	case ActCard:
		next.Card = p.CurrentCard
	case ActRetry:
		next.Card, next.Attempt = p.CurrentCard, p.Attempt+1
		if err := fund.Reserve(ctx, u, p.Account.ID, next.hold(reason)); err != nil {
			return fmt.Errorf("deciding payable %d: %w", id, err)
		}
	}
	if err := insertAct(ctx, u, id, act, reason); err != nil {
		return fmt.Errorf("deciding payable %d: %w", id, worded(err))
	}
	if err := change(ctx, u, p, next); err != nil {
		return fmt.Errorf("deciding payable %d: %w", id, worded(err))
	}
	return u.Audit(ctx, work.Entry{
		Act: "payment." + string(act), Kind: "payable", ID: int64(id), FileID: p.File, Changes: differences(p, next, reason),
	})
}

// hold names the payable's money to the ledger.
func (p Payable) hold(reason string) fund.Hold {
	return fund.Hold{Grant: p.Grant, Attempt: p.Attempt, Amount: p.Amount, Reason: reason, File: p.File}
}

// differences are the facts for the audit trail.
func differences(was, is Payable, reason string) []work.Change {
	changes := []work.Change{{Field: "reason", After: reason}}
	if was.State != is.State {
		changes = append(changes, work.Change{Field: "state", Before: was.State, After: is.State})
	}
	if was.Attempt != is.Attempt {
		changes = append(changes, work.Change{Field: "attempt", Before: was.Attempt, After: is.Attempt})
	}
	if was.Card != is.Card {
		changes = append(changes, work.Change{Field: "card", Before: was.Card, After: is.Card})
	}
	return changes
}

// worded turns the database's refusals that a person can meet into words; other errors stay as they are.
func worded(err error) error {
	switch work.Violated(err) {
	case "payment_two_people":
		return work.Refuse("payment.refusal.two_people")
	case "casefile_duty_sides":
		return work.Refuse("payment.refusal.sides")
	case "casefile_relative":
		return work.Refuse("payment.refusal.relative")
	case "payment_as_approved", "payment_card":
		return work.Refuse("payment.refusal.card_changed")
	case "payment_chain":
		return work.Refuse("payment.refusal.chain")
	case "payment_notice":
		return work.Refuse("payment.refusal.notice")
	case "payment_file_active":
		return work.Refuse("payment.refusal.file")
	case "payment_reserved":
		return work.Refuse("payment.refusal.reserved")
	case "payment_release_check":
		return work.Refuse("payment.refusal.release_check")
	case "payment_line_one", "payment_batch_frozen", "payment_line_final", "payment_paid_final", "payment_revoked_final":
		return work.ErrStale
	}
	return err
}
