package payment

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/fund"
	"bangfu/internal/work"
)

// Halted tells whether the payable stands still: finance refused it, or the bank could not pay. Only then it can be revoked.
func (p Payable) Halted() bool { return p.State == Refused || p.State == Failed }

// OfGrant gives the payable of an approved application as the person sees it, or work.ErrNotFound.
func OfGrant(ctx context.Context, q work.Querier, by work.Actor, grant int64) (Payable, error) {
	found, err := read(ctx, q, by, `
		-- payment.OfGrant
		SELECT `+payableColumns+` FROM `+payableTables+`
		WHERE p.application_id = @grant AND p.org_path LIKE @scope`, pgx.NamedArgs{"grant": grant})
	if err == nil && len(found) == 0 {
		err = work.ErrNotFound
	}
	if err != nil {
		return Payable{}, fmt.Errorf("finding the payable of application %d: %w", grant, err)
	}
	return found[0], nil
}

// HaltedOf lists what a household was granted and what stands still, whichever office granted it: under its file and under
// those that were merged into it, in order of id. The caller has found the file in its scope.
func HaltedOf(ctx context.Context, q work.Querier, by work.Actor, file work.FileID) ([]Payable, error) {
	found, err := read(ctx, q, by, `
		-- payment.HaltedOf
		SELECT `+payableColumns+` FROM `+payableTables+`
		WHERE p.file_id IN (SELECT k.file_id FROM casefile_merged(@file) k) AND p.state IN ('refused', 'failed') ORDER BY p.id`, pgx.NamedArgs{"file": file})
	if err != nil {
		return nil, fmt.Errorf("listing what stands still of file %d: %w", file, err)
	}
	return found, nil
}

// Revoke ends a payable that finance refused or that the bank could not pay, for good and with the reason, by somebody of the
// deciding side. What is still reserved for it goes back to the fund it came from (domain.md d.7).
func Revoke(ctx context.Context, u *work.Unit, id PayableID, reason string) error {
	if err := lockPayables(ctx, u, []PayableID{id}); err != nil {
		return fmt.Errorf("revoking payable %d: %w", id, err)
	}
	p, err := Find(ctx, u, u.By, id)
	if err != nil {
		return fmt.Errorf("revoking payable %d: %w", id, err)
	}
	return revoke(ctx, u, p, reason)
}

// RevokeHalted ends everything of HaltedOf when the household leaves the register: it could never be paid any more, since the
// file must be active on the day of payment. It gives what was ended.
func RevokeHalted(ctx context.Context, u *work.Unit, file work.FileID, reason string) ([]Payable, error) {
	all, err := HaltedOf(ctx, u, u.By, file)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	ids, accounts := make([]PayableID, len(all)), make([]fund.AccountID, len(all))
	for i, p := range all {
		ids[i], accounts[i] = p.ID, p.Account.ID
	}
	if err := lockPayables(ctx, u, ids); err != nil {
		return nil, fmt.Errorf("revoking the payables of file %d: %w", file, err)
	}
	if err := fund.Lock(ctx, u, accounts...); err != nil {
		return nil, err
	}
	// What finance restored meanwhile is money on its way, which holds the closing up.
	if all, err = HaltedOf(ctx, u, u.By, file); err != nil {
		return nil, err
	}
	for _, p := range all {
		if err := revoke(ctx, u, p, reason); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// revoke ends one payable that is locked.
func revoke(ctx context.Context, u *work.Unit, p Payable, reason string) error {
	to, refusal := p.after(ActRevoke)
	if refusal != nil {
		return refusal
	}
	if err := deferRevoking(ctx, u); err != nil {
		return fmt.Errorf("revoking payable %d: %w", p.ID, err)
	}
	if p.State == Refused { // the money of a failed one is back already
		if err := fund.Release(ctx, u, p.Account.ID, p.hold(reason)); err != nil {
			return fmt.Errorf("revoking payable %d: %w", p.ID, err)
		}
	}
	next := p
	next.State, next.Reason = to, reason
	err := insertRevocation(ctx, u, p.ID, reason)
	if err == nil {
		err = change(ctx, u, p, next)
	}
	switch work.Violated(err) {
	case "casefile_duty_sides":
		return work.Refuse("payment.refusal.revoke_sides")
	case "":
		if err != nil {
			return fmt.Errorf("revoking payable %d: %w", p.ID, err)
		}
	default:
		return fmt.Errorf("revoking payable %d: %w", p.ID, worded(err))
	}
	return u.Audit(ctx, work.Entry{
		Act: "payment." + string(ActRevoke), Kind: "payable", ID: int64(p.ID), FileID: p.File, Changes: differences(p, next, reason),
	})
}

// deferRevoking lets the database wait for the end of the unit before it asks that reason, state and ledger say the same.
func deferRevoking(ctx context.Context, u *work.Unit) error {
	_, err := u.Exec(ctx, `
		-- payment.deferRevoking
		SET CONSTRAINTS payment_revocation_kept, payment_ledger_check, payment_revoked_in_ledger DEFERRED`)
	return err
}

// insertRevocation writes who ended a payable and why; the database puts the person on the deciding side of the case.
func insertRevocation(ctx context.Context, u *work.Unit, id PayableID, reason string) error {
	_, err := u.Exec(ctx, `
		-- payment.insertRevocation
		INSERT INTO payment_revocation (payable_id, reason, staff_id, at) VALUES (@id, @reason, @by, @now)`,
		pgx.NamedArgs{"id": id, "reason": reason, "by": u.By.StaffID, "now": u.Now})
	return err
}
