package payment

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/work"
)

// Read is one answer that was read in.
type Read struct {
	Paid, Failed int
	By           string
	At           time.Time
}

// Answers lists the answers read in for a batch that the caller has found in its scope, the newest first.
func Answers(ctx context.Context, q work.Querier, b Batch) ([]Read, error) {
	rows, err := q.Query(ctx, `
		-- payment.Answers
		SELECT a.paid, a.failed, m.name, a.at FROM payment_answer a JOIN staff_member m ON m.id = a.staff_id
		WHERE a.batch_id = @batch ORDER BY a.id DESC LIMIT 100`, pgx.NamedArgs{"batch": b.ID})
	if err != nil {
		return nil, fmt.Errorf("listing the answers to batch %d: %w", b.ID, err)
	}
	answers, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Read])
	if err != nil {
		return nil, fmt.Errorf("listing the answers to batch %d: %w", b.ID, err)
	}
	return answers, nil
}

// answeredBy tells whether the very same file was read in for the batch.
func answeredBy(ctx context.Context, q work.Querier, id BatchID, hash []byte) (bool, error) {
	var again bool
	err := q.QueryRow(ctx, `
		-- payment.answeredBy
		SELECT EXISTS (SELECT FROM payment_answer WHERE batch_id = @batch AND hash = @hash)`,
		pgx.NamedArgs{"batch": id, "hash": hash}).Scan(&again)
	return again, err
}

func insertAnswer(ctx context.Context, u *work.Unit, id BatchID, hash []byte, out Outcome) (AnswerID, error) {
	var answer AnswerID
	err := u.QueryRow(ctx, `
		-- payment.insertAnswer
		INSERT INTO payment_answer (batch_id, hash, paid, failed, staff_id, at)
		VALUES (@batch, @hash, @paid, @failed, @by, @now) RETURNING id`,
		pgx.NamedArgs{"batch": id, "hash": hash, "paid": out.Paid, "failed": out.Failed, "by": u.By.StaffID, "now": u.Now}).Scan(&answer)
	return answer, err
}

// closeLine writes what the bank said of an open line, and in which answer.
func closeLine(ctx context.Context, u *work.Unit, l Line, to LineState, reason string, answer AnswerID) error {
	return u.ChangeOne(ctx, `
		-- payment.closeLine
		UPDATE payment_line SET state = @to, reason = @reason, answer_id = @answer WHERE id = @id AND state = 'open'`,
		pgx.NamedArgs{"id": l.ID, "to": to, "reason": reason, "answer": answer})
}

// deferLedger lets a line and its ledger entry, each of which the database wants beside the other, be written one after
// the other: both rules speak at the end of the unit.
func deferLedger(ctx context.Context, u *work.Unit) error {
	_, err := u.Exec(ctx, `
		-- payment.deferLedger
		SET CONSTRAINTS payment_in_ledger, payment_ledger_check DEFERRED`)
	return err
}
