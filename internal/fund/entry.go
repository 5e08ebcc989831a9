package fund

import (
	"context"
	"fmt"
	"time"

	"bangfu/internal/day"
	"bangfu/internal/money"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// EntryID names a row of fund_entry.
type EntryID int64

// Kind says what an entry does.
type Kind string

// The kinds of entry.
const (
	Received Kind = "receipt"  // outside → available
	Reserved Kind = "reserve"  // available → reserved, when a grant is approved
	Released Kind = "release"  // reserved → available, when the bank could not pay
	Paid     Kind = "pay"      // reserved → paid, when the bank says it paid
	Returned Kind = "recovery" // paid → available, when money of a paid grant comes back of a claim
	Reversed Kind = "reversal" // mirrors a mistaken receipt, or a recovery that was taken back
)

// Key gives the word of the kind.
func (k Kind) Key() words.Key { return words.Key("fund.kind." + string(k)) }

// Pot is one of the four places of an account's money.
type Pot string

// The pots.
const (
	Outside     Pot = "outside"
	Available   Pot = "available"
	ReservedPot Pot = "reserved"
	PaidPot     Pot = "paid"
)

// Key gives the word of the pot.
func (p Pot) Key() words.Key { return words.Key("fund.pot." + string(p)) }

// Entry is one movement of one account.
type Entry struct {
	ID         EntryID
	Account    AccountID
	Kind       Kind
	From, To   Pot
	Amount     money.Amount // above zero
	Grant      int64        // the application it is about; zero for receipts and reversals
	Attempt    int          // the grant's attempt at payment, from 1
	Part       int64        // of a recovery: which part of which receipt of a claim came back
	Exit       int64        // of a recovery: the exit whose claim it is
	Reason     string
	ReceivedOn day.Date // of a receipt or a recovery
	Reverses   EntryID  // of a reversal: the entry it mirrors
	ReversedBy EntryID  // of a receipt or a recovery: the entry that mirrors it
	By         string   // name of the person; "" = the program
	At         time.Time
}

// Signed is what the entry does to the available money.
func (e Entry) Signed() money.Amount {
	switch Available {
	case e.To:
		return e.Amount
	case e.From:
		return -e.Amount
	}
	return 0
}

// Hold names the money of one grant: which application, its attempt at payment (from 1), how much.
type Hold struct {
	Grant   int64
	Attempt int
	Amount  money.Amount
	Reason  string
	File    work.FileID // for the audit trail; zero when unknown
}

// Receipt is money that came in by a paper.
type Receipt struct {
	Amount money.Amount
	On     day.Date
	Paper  string // number of the source paper, such as a remittance advice
}

// Receive books money that came into an account of the person's scope.
func Receive(ctx context.Context, u *work.Unit, id AccountID, r Receipt) (EntryID, error) {
	a, err := locked(ctx, u, u.By.Scope, id)
	if err != nil {
		return 0, fmt.Errorf("receiving money: %w", err)
	}
	if r.On.After(u.Today()) {
		return 0, work.Refuse("fund.refusal.future").On("on")
	}
	entry, err := post(ctx, u, a, Entry{
		Kind: Received, From: Outside, To: Available, Amount: r.Amount, Reason: r.Paper, ReceivedOn: r.On}, 0)
	if err != nil {
		return 0, fmt.Errorf("receiving money: %w", err)
	}
	return entry, nil
}

// Reserve sets money aside for a grant. It is refused when the account does not hold it, with how much is there.
// It acts for every scope: what may be drawn on is the caller's question (Choices).
func Reserve(ctx context.Context, u *work.Unit, id AccountID, h Hold) error {
	a, err := locked(ctx, u, work.Everywhere, id)
	if err != nil {
		return fmt.Errorf("reserving money: %w", err)
	}
	if a.Available < h.Amount {
		return short(a, h.Amount)
	}
	if _, err := post(ctx, u, a, h.entry(Reserved, Available, ReservedPot), h.File); err != nil {
		return fmt.Errorf("reserving money: %w", err)
	}
	return nil
}

// Release gives reserved money back to the account, when the bank could not pay.
func Release(ctx context.Context, u *work.Unit, id AccountID, h Hold) error {
	a, err := locked(ctx, u, work.Everywhere, id)
	if err != nil {
		return fmt.Errorf("releasing money: %w", err)
	}
	if _, err := post(ctx, u, a, h.entry(Released, ReservedPot, Available), h.File); err != nil {
		return fmt.Errorf("releasing money: %w", err)
	}
	return nil
}

// Pay spends reserved money, when the bank says it paid. The database refuses it without a line that the bank's
// answer marked as paid.
func Pay(ctx context.Context, u *work.Unit, id AccountID, h Hold) error {
	a, err := locked(ctx, u, work.Everywhere, id)
	if err != nil {
		return fmt.Errorf("paying money: %w", err)
	}
	if _, err := post(ctx, u, a, h.entry(Paid, ReservedPot, PaidPot), h.File); err != nil {
		return fmt.Errorf("paying money: %w", err)
	}
	return nil
}

// Return is money of a paid grant that came back of a claim, by a paper.
type Return struct {
	Part   int64 // of the receipt of the claim
	Amount money.Amount
	On     day.Date
	Paper  string
	File   work.FileID // for the audit trail
}

// Recover takes money back that the account had paid. The database refuses it without the receipt of a claim, and books no
// part of one twice. It acts for every scope: a county's accountant books what a city's fund had paid.
func Recover(ctx context.Context, u *work.Unit, id AccountID, r Return) (EntryID, error) {
	a, err := locked(ctx, u, work.Everywhere, id)
	if err != nil {
		return 0, fmt.Errorf("taking money back: %w", err)
	}
	entry, err := post(ctx, u, a, Entry{
		Kind: Returned, From: PaidPot, To: Available, Amount: r.Amount, Part: r.Part, Reason: r.Paper, ReceivedOn: r.On}, r.File)
	if err != nil {
		return 0, fmt.Errorf("taking money back: %w", err)
	}
	return entry, nil
}

// ReverseRecovery mirrors what Recover booked of a part of a receipt, when the receipt is taken back, and only while the money
// is still there.
func ReverseRecovery(ctx context.Context, u *work.Unit, part int64, reason string, file work.FileID) error {
	e, err := findRecovery(ctx, u, part)
	if err != nil {
		return fmt.Errorf("reversing a recovery: %w", err)
	}
	a, err := locked(ctx, u, work.Everywhere, e.Account)
	if err != nil {
		return fmt.Errorf("reversing a recovery: %w", err)
	}
	if a.Available < e.Amount {
		return short(a, e.Amount)
	}
	if _, err := post(ctx, u, a, e.mirror(reason), file); err != nil {
		return fmt.Errorf("reversing a recovery: %w", err)
	}
	return nil
}

// mirror makes the entry that takes another one back.
func (e Entry) mirror(reason string) Entry {
	return Entry{Kind: Reversed, From: e.To, To: e.From, Amount: e.Amount, Reason: reason, Reverses: e.ID}
}

// Reverse mirrors a mistaken receipt and names it. Only receipts are reversed, once each, and only while their money
// is still there.
func Reverse(ctx context.Context, u *work.Unit, id EntryID, reason string) (EntryID, error) {
	e, err := FindEntry(ctx, u, u.By.Scope, id)
	if err != nil {
		return 0, fmt.Errorf("reversing an entry: %w", err)
	}
	a, err := locked(ctx, u, u.By.Scope, e.Account)
	if err != nil {
		return 0, fmt.Errorf("reversing an entry: %w", err)
	}
	switch {
	case e.Kind != Received:
		return 0, work.Refuse("fund.refusal.not_receipt")
	case e.ReversedBy != 0:
		return 0, work.Refuse("fund.refusal.reversed")
	case a.Available < e.Amount:
		return 0, short(a, e.Amount)
	}
	mirror, err := post(ctx, u, a, e.mirror(reason), 0)
	if err != nil {
		return 0, fmt.Errorf("reversing an entry: %w", err)
	}
	return mirror, nil
}

// Lock takes the accounts for the rest of the unit, in order of id. A unit that will move money of several accounts
// locks them all first, so that two such units never wait for each other in a ring.
func Lock(ctx context.Context, u *work.Unit, ids ...AccountID) error {
	if _, err := u.Exec(ctx, `
		-- fund.Lock
		SELECT fund_lock($1)`, ids); err != nil {
		return fmt.Errorf("locking accounts: %w", err)
	}
	return nil
}

// locked takes one account for the rest of the unit and reads it after that, so that its balance holds.
func locked(ctx context.Context, u *work.Unit, scope work.Scope, id AccountID) (Account, error) {
	if err := Lock(ctx, u, id); err != nil {
		return Account{}, err
	}
	return Find(ctx, u, scope, id)
}

// entry makes the movement of a hold.
func (h Hold) entry(kind Kind, from, to Pot) Entry {
	return Entry{Kind: kind, From: from, To: to, Amount: h.Amount, Grant: h.Grant, Attempt: h.Attempt, Reason: h.Reason}
}

// short refuses a sum that the account does not hold, and says how much is there.
func short(a Account, wanted money.Amount) *work.Refusal {
	return work.Refuse("fund.refusal.short", a.Title(), a.Available, wanted)
}

// post writes one entry with its two postings, and its audit fact.
func post(ctx context.Context, u *work.Unit, a Account, e Entry, file work.FileID) (EntryID, error) {
	if e.Amount <= 0 {
		return 0, work.Refuse("fund.refusal.amount").On("amount")
	}
	id, err := insertEntry(ctx, u, a.ID, e)
	if err != nil {
		return 0, refused(err, a)
	}
	return id, u.Audit(ctx, work.Entry{
		Act: "fund." + string(e.Kind), Kind: "fund_entry", ID: int64(id), FileID: file,
		Changes: []work.Change{
			{Field: "account", After: a.ID}, {Field: "amount_fen", After: int64(e.Amount)}, {Field: "reason", After: e.Reason},
		},
	})
}
