package exit

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"bangfu/internal/day"
	"bangfu/internal/fund"
	"bangfu/internal/money"
	"bangfu/internal/work"
)

// ReceiptID names a row of exit_receipt.
type ReceiptID int64

// Receipt is money that came back of a claim. It is never changed: one that was entered wrongly has a counter-entry.
type Receipt struct {
	ID         ReceiptID
	Exit       ID
	Amount     money.Amount
	ReceivedOn day.Date
	Paper      string // receipt or voucher, 2 to 200 characters
	EnteredBy  string
	EnteredAt  time.Time
	ReversedBy string // "" = it counts
	ReversedAt time.Time
	Why        string // of the counter-entry

	enteredBy work.StaffID
}

// Reversed tells whether the receipt has its counter-entry and counts no more.
func (r Receipt) Reversed() bool { return r.ReversedBy != "" }

// MayReverse tells whether the person may take the receipt back: anybody who books them but who booked this one.
func (r Receipt) MayReverse(by work.Actor) bool { return !r.Reversed() && r.enteredBy != by.StaffID }

// readReceipts reads receipts with their counter-entries, the newest first.
func readReceipts(ctx context.Context, q work.Querier, condition string, args pgx.NamedArgs) ([]Receipt, error) {
	rows, err := q.Query(ctx, `
		-- exit.receipts
		SELECT r.id, r.exit_id, r.amount_fen, r.received_on, r.paper, r.entered_by, s.name, r.entered_at, coalesce(b.name, ''), v.entered_at, coalesce(v.reason, '')
		FROM exit_receipt r JOIN exit_exit e ON e.id = r.exit_id JOIN staff_member s ON s.id = r.entered_by
		LEFT JOIN exit_receipt_reversal v ON v.receipt_id = r.id LEFT JOIN staff_member b ON b.id = v.entered_by
		WHERE `+condition+` ORDER BY r.id DESC`, args)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Receipt, error) {
		var r Receipt
		var reversed pgtype.Timestamptz
		err := row.Scan(&r.ID, &r.Exit, &r.Amount, &r.ReceivedOn, &r.Paper, &r.enteredBy, &r.EnteredBy, &r.EnteredAt, &r.ReversedBy, &reversed, &r.Why)
		r.ReversedAt = reversed.Time
		return r, err
	})
}

// FindReceipt gives a receipt of a claim within the scope, or work.ErrNotFound.
func FindReceipt(ctx context.Context, q work.Querier, scope work.Scope, id ReceiptID) (Receipt, error) {
	all, err := readReceipts(ctx, q, `r.id = @id AND e.org_path LIKE @scope`, pgx.NamedArgs{"id": id, "scope": scope})
	if err == nil && len(all) == 0 {
		err = work.ErrNotFound
	}
	if err != nil {
		return Receipt{}, fmt.Errorf("finding receipt %d: %w", id, err)
	}
	return all[0], nil
}

// part is what of a receipt belongs to one claimed grant.
type part struct {
	id      int64 // zero until it is kept
	payable int64
	account fund.AccountID
	amount  money.Amount
}

// lay lays a receipt on the claimed grants, the oldest first, as far as each is open. What is left over lies on none.
func lay(amount money.Amount, claims []Claimed) []part {
	var parts []part
	for _, c := range claims {
		if n := min(amount, c.Claim-c.Back); n > 0 {
			parts = append(parts, part{payable: c.Payable, account: c.Account.ID, amount: n})
			amount -= n
		}
	}
	return parts
}

// Receive books money that came back of a claim, by somebody of the paying side: on the claim, and in the funds that paid the
// claimed grants, the oldest grant first (domain.md d.7: money returns to the same source). The database holds the sum to the
// claim while two receipts come in at once.
func Receive(ctx context.Context, u *work.Unit, id ID, r Receipt) error {
	claim, _, err := FindRecovery(ctx, u, u.By.Scope, id)
	if err != nil {
		return err
	}
	switch {
	case r.ReceivedOn.IsZero() || r.ReceivedOn.After(u.Today()):
		return work.Refuse("exit.refusal.future").On("received_on")
	case r.ReceivedOn.Before(day.On(claim.ClosedAt)):
		return work.Refuse("exit.refusal.before_closed", day.On(claim.ClosedAt)).On("received_on")
	case r.Amount > claim.Open():
		return work.Refuse("exit.refusal.receipt_over").On("amount")
	}
	if err := deferBooking(ctx, u); err != nil {
		return fmt.Errorf("booking what came back of exit %d: %w", id, err)
	}
	var receipt ReceiptID
	var parts []part
	err = u.Within(ctx, func(u *work.Unit) (err error) {
		if receipt, err = insertReceipt(ctx, u, id, r); err != nil {
			return err
		}
		// The insert has locked the claim: what is open of it now stays so until the unit ends.
		claims, _, err := recovery(ctx, u, id)
		if err != nil {
			return err
		}
		parts, err = insertParts(ctx, u, receipt, lay(r.Amount, claims))
		return err
	})
	if err != nil {
		return fmt.Errorf("booking what came back of exit %d: %w", id, worded(err))
	}
	if err := lockAccounts(ctx, u, parts); err != nil {
		return err
	}
	for _, p := range parts {
		if _, err := fund.Recover(ctx, u, p.account, fund.Return{Part: p.id, Amount: p.amount, On: r.ReceivedOn, Paper: r.Paper, File: claim.FileID}); err != nil {
			return fmt.Errorf("booking what came back of exit %d: %w", id, err)
		}
	}
	return u.Audit(ctx, work.Entry{Act: "exit.receive", Kind: "exit", ID: int64(id), FileID: claim.FileID, Changes: []work.Change{
		{Field: "receipt", After: receipt}, {Field: "amount_fen", After: int64(r.Amount)}, {Field: "received_on", After: r.ReceivedOn.String()},
		{Field: "paper", After: r.Paper}}})
}

// Reverse takes a receipt back that was entered wrongly, with the reason and by somebody else than who entered it. The receipt
// stays with its counter-entry, the claim is open by so much again, and the money leaves the funds that had taken it; a fund
// that has spent it since refuses.
func Reverse(ctx context.Context, u *work.Unit, id ReceiptID, reason string) error {
	r, err := FindReceipt(ctx, u, u.By.Scope, id)
	if err != nil {
		return err
	}
	claim, err := Find(ctx, u, u.By.Scope, r.Exit)
	switch {
	case err != nil:
		return err
	case r.Reversed():
		return work.Refuse("exit.refusal.reversed")
	case !r.MayReverse(u.By):
		return work.Refuse("exit.refusal.reversal_own")
	}
	if err := deferBooking(ctx, u); err != nil {
		return fmt.Errorf("taking receipt %d back: %w", id, err)
	}
	var parts []part
	err = u.Within(ctx, func(u *work.Unit) (err error) {
		if err := insertReversal(ctx, u, id, reason); err != nil {
			return err
		}
		parts, err = partsOf(ctx, u, id)
		return err
	})
	if err != nil {
		return fmt.Errorf("taking receipt %d back: %w", id, worded(err))
	}
	if err := lockAccounts(ctx, u, parts); err != nil {
		return err
	}
	for _, p := range parts {
		if err := fund.ReverseRecovery(ctx, u, p.id, reason, claim.FileID); err != nil {
			return fmt.Errorf("taking receipt %d back: %w", id, err)
		}
	}
	return u.Audit(ctx, work.Entry{Act: "exit.reverse", Kind: "exit", ID: int64(r.Exit), FileID: claim.FileID, Changes: []work.Change{
		{Field: "receipt", After: id}, {Field: "amount_fen", Before: int64(r.Amount)}, {Field: "reason", After: reason}}})
}

// lockAccounts takes the accounts of all parts before money of the first moves.
func lockAccounts(ctx context.Context, u *work.Unit, parts []part) error {
	ids := make([]fund.AccountID, len(parts))
	for i, p := range parts {
		ids[i] = p.account
	}
	return fund.Lock(ctx, u, ids...)
}

// deferBooking lets the database wait for the end of the unit before it asks that a receipt is the sum of its parts and stands
// in the ledger: they are written one after the other.
func deferBooking(ctx context.Context, u *work.Unit) error {
	_, err := u.Exec(ctx, `
		-- exit.deferBooking
		SET CONSTRAINTS exit_receipt_whole, exit_receipt_in_ledger, exit_reversal_in_ledger, exit_ledger_check DEFERRED`)
	return err
}

// insertReceipt writes a receipt. The database locks its claim and holds the sum to it.
func insertReceipt(ctx context.Context, u *work.Unit, id ID, r Receipt) (ReceiptID, error) {
	var receipt ReceiptID
	err := u.QueryRow(ctx, `
		-- exit.insertReceipt
		INSERT INTO exit_receipt (exit_id, amount_fen, received_on, paper, entered_by, entered_at)
		VALUES (@id, @fen, @on, @paper, @by, @now) RETURNING id`,
		pgx.NamedArgs{"id": id, "fen": int64(r.Amount), "on": r.ReceivedOn, "paper": r.Paper, "by": u.By.StaffID, "now": u.Now}).Scan(&receipt)
	return receipt, err
}

// insertParts writes what of a receipt belongs to which grant.
func insertParts(ctx context.Context, u *work.Unit, receipt ReceiptID, parts []part) ([]part, error) {
	for i, p := range parts {
		if err := u.QueryRow(ctx, `
			-- exit.insertPart
			INSERT INTO exit_receipt_part (receipt_id, payable_id, amount_fen) VALUES (@receipt, @payable, @fen) RETURNING id`,
			pgx.NamedArgs{"receipt": receipt, "payable": p.payable, "fen": int64(p.amount)}).Scan(&parts[i].id); err != nil {
			return nil, err
		}
	}
	return parts, nil
}

// insertReversal writes the counter-entry of a receipt.
func insertReversal(ctx context.Context, u *work.Unit, id ReceiptID, reason string) error {
	_, err := u.Exec(ctx, `
		-- exit.insertReversal
		INSERT INTO exit_receipt_reversal (receipt_id, reason, entered_by, entered_at) VALUES (@id, @reason, @by, @now)`,
		pgx.NamedArgs{"id": id, "reason": reason, "by": u.By.StaffID, "now": u.Now})
	return err
}

// partsOf reads the parts of a receipt.
func partsOf(ctx context.Context, q work.Querier, id ReceiptID) ([]part, error) {
	rows, err := q.Query(ctx, `
		-- exit.partsOf
		SELECT x.id, x.payable_id, p.account_id, x.amount_fen FROM exit_receipt_part x JOIN payment_payable p ON p.id = x.payable_id
		WHERE x.receipt_id = @id ORDER BY x.id`, pgx.NamedArgs{"id": id})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (part, error) {
		var p part
		return p, row.Scan(&p.id, &p.payable, &p.account, &p.amount)
	})
}
