package fund

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/work"
)

// entryColumns reads an entry as one movement: out of the pot of its negative posting, into that of the positive one.
const entryColumns = `e.id, f.account_id, e.kind, f.pot, t.pot, t.amount_fen,
		CASE e.subject WHEN 'grant' THEN e.subject_id ELSE 0 END, e.attempt,
		CASE e.subject WHEN 'recovery' THEN e.subject_id ELSE 0 END, coalesce(c.exit_id, 0), e.reason, e.received_on,
		coalesce(e.reverses, 0), coalesce(r.id, 0), coalesce(m.name, ''), e.at
		FROM fund_entry e
		JOIN fund_posting f ON f.entry_id = e.id AND f.amount_fen < 0
		JOIN fund_posting t ON t.entry_id = e.id AND t.amount_fen > 0
		JOIN fund_account a ON a.id = f.account_id
		LEFT JOIN fund_entry r ON r.reverses = e.id
		LEFT JOIN exit_receipt_part x ON e.subject = 'recovery' AND x.id = e.subject_id
		LEFT JOIN exit_receipt c ON c.id = x.receipt_id
		LEFT JOIN staff_member m ON m.id = e.staff_id`

func scanEntry(row pgx.CollectableRow) (Entry, error) {
	var e Entry
	err := row.Scan(&e.ID, &e.Account, &e.Kind, &e.From, &e.To, &e.Amount, &e.Grant, &e.Attempt, &e.Part, &e.Exit, &e.Reason, &e.ReceivedOn,
		&e.Reverses, &e.ReversedBy, &e.By, &e.At)
	return e, err
}

// FindEntry gives one entry of an account of the scope, or work.ErrNotFound.
func FindEntry(ctx context.Context, q work.Querier, scope work.Scope, id EntryID) (Entry, error) {
	rows, err := q.Query(ctx, `
		-- fund.FindEntry
		SELECT `+entryColumns+`
		WHERE e.id = @id AND a.org_path LIKE @scope`,
		pgx.NamedArgs{"id": id, "scope": scope})
	if err != nil {
		return Entry{}, fmt.Errorf("finding entry %d: %w", id, err)
	}
	e, err := pgx.CollectExactlyOneRow(rows, scanEntry)
	if errors.Is(err, pgx.ErrNoRows) {
		return Entry{}, fmt.Errorf("entry %d: %w", id, work.ErrNotFound)
	}
	if err != nil {
		return Entry{}, fmt.Errorf("finding entry %d: %w", id, err)
	}
	return e, nil
}

// findRecovery gives the entry that booked a part of a receipt of a claim, or work.ErrNotFound.
func findRecovery(ctx context.Context, q work.Querier, part int64) (Entry, error) {
	rows, err := q.Query(ctx, `
		-- fund.findRecovery
		SELECT `+entryColumns+`
		WHERE e.subject = 'recovery' AND e.subject_id = @part`, pgx.NamedArgs{"part": part})
	if err != nil {
		return Entry{}, err
	}
	e, err := pgx.CollectExactlyOneRow(rows, scanEntry)
	if errors.Is(err, pgx.ErrNoRows) {
		err = work.ErrNotFound
	}
	return e, err
}

// Entries lists up to limit entries of an account that the caller has found in its scope, the newest first; before is
// the last entry of the page before, zero for the first page.
func Entries(ctx context.Context, q work.Querier, a Account, before EntryID, limit int) ([]Entry, error) {
	rows, err := q.Query(ctx, `
		-- fund.Entries
		SELECT `+entryColumns+`
		WHERE f.account_id = @account AND (@before = 0 OR f.entry_id < @before)
		ORDER BY f.entry_id DESC LIMIT @limit`,
		pgx.NamedArgs{"account": a.ID, "before": int64(before), "limit": limit})
	if err != nil {
		return nil, fmt.Errorf("listing entries: %w", err)
	}
	entries, err := pgx.CollectRows(rows, scanEntry)
	if err != nil {
		return nil, fmt.Errorf("listing entries: %w", err)
	}
	return entries, nil
}

// SamePaper gives a receipt of the account that was booked by the same paper and not reversed, or zero. It is a
// question to the person, not a rule: one paper may bring money twice.
func SamePaper(ctx context.Context, q work.Querier, a Account, paper string) (EntryID, error) {
	var id EntryID
	err := q.QueryRow(ctx, `
		-- fund.SamePaper
		SELECT coalesce(max(e.id), 0) FROM fund_entry e
		WHERE e.subject = 'account' AND e.subject_id = @account AND e.kind = 'receipt' AND e.reason = @paper
		  AND NOT EXISTS (SELECT FROM fund_entry r WHERE r.reverses = e.id)`,
		pgx.NamedArgs{"account": a.ID, "paper": paper}).Scan(&id)
	if err != nil {
		return 0, fmt.Errorf("looking for the same paper: %w", err)
	}
	return id, nil
}

// insertEntry writes an entry and its two postings. The postings move the pots by a trigger of the database. A
// reversal's postings carry the numbers of those they mirror: 1 where the money had come from, 2 available.
func insertEntry(ctx context.Context, u *work.Unit, account AccountID, e Entry) (EntryID, error) {
	subject, subjectID, first, second := "account", int64(account), 1, 2
	switch {
	case e.Grant != 0:
		subject, subjectID = "grant", e.Grant
	case e.Part != 0:
		subject, subjectID = "recovery", e.Part
	}
	if e.Kind == Reversed {
		first, second = 2, 1
	}
	var id EntryID
	err := u.QueryRow(ctx, `
		-- fund.insertEntry
		WITH e AS (
			INSERT INTO fund_entry (kind, subject, subject_id, attempt, reason, received_on, reverses, staff_id, at)
			VALUES (@kind, @subject, @subject_id, @attempt, @reason, @on, nullif(@reverses, 0), nullif(@by, 0), @now) RETURNING id
		), p AS (
			INSERT INTO fund_posting (entry_id, seq, account_id, pot, amount_fen)
			SELECT e.id, v.seq, @account, v.pot, v.fen FROM e,
			       (VALUES (@first::smallint, @from, -@fen::bigint), (@second, @to, @fen)) v (seq, pot, fen)
		)
		SELECT id FROM e`,
		pgx.NamedArgs{
			"kind": e.Kind, "subject": subject, "subject_id": subjectID, "attempt": e.Attempt, "reason": e.Reason,
			"on": e.ReceivedOn, "reverses": int64(e.Reverses), "by": int64(u.By.StaffID), "now": u.Now,
			"account": account, "first": first, "second": second, "from": e.From, "to": e.To, "fen": int64(e.Amount),
		}).Scan(&id)
	return id, err
}
