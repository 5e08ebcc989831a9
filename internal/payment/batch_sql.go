package payment

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"bangfu/internal/casefile"
	"bangfu/internal/money"
	"bangfu/internal/work"
)

const batchColumns = `b.id, b.org_id, b.org_path, o.name, b.number, b.state, b.format_id, t.name, b.lines, b.total_fen,
		b.made_by, m.name, b.made_at, coalesce(b.released_by, 0), coalesce(r.name, ''), b.released_at, b.file_hash,
		l.open, l.paid, l.failed, l.open_fen, l.paid_fen, l.failed_fen
		FROM payment_batch b
		JOIN staff_org o ON o.id = b.org_id
		JOIN payment_format t ON t.id = b.format_id
		JOIN staff_member m ON m.id = b.made_by
		LEFT JOIN staff_member r ON r.id = b.released_by
		JOIN LATERAL (SELECT count(*) FILTER (WHERE state = 'open') AS open, count(*) FILTER (WHERE state = 'paid') AS paid,
		                     count(*) FILTER (WHERE state = 'failed') AS failed,
		                     coalesce(sum(amount_fen) FILTER (WHERE state = 'open'), 0)::bigint AS open_fen,
		                     coalesce(sum(amount_fen) FILTER (WHERE state = 'paid'), 0)::bigint AS paid_fen,
		                     coalesce(sum(amount_fen) FILTER (WHERE state = 'failed'), 0)::bigint AS failed_fen
		              FROM payment_line WHERE batch_id = b.id) l ON true`

func scanBatch(row pgx.CollectableRow) (Batch, error) {
	var b Batch
	var released pgtype.Timestamptz
	err := row.Scan(&b.ID, &b.OrgID, &b.OrgPath, &b.Office, &b.Number, &b.State, &b.Format, &b.FormatName, &b.Lines, &b.Total,
		&b.MadeBy, &b.MadeName, &b.MadeAt, &b.ReleasedBy, &b.Releaser, &released, &b.FileHash,
		&b.Open, &b.Paid, &b.Failed, &b.OpenAmount, &b.PaidAmount, &b.FailedSum)
	b.ReleasedAt = released.Time
	return b, err
}

func readBatches(ctx context.Context, q work.Querier, sql string, args pgx.NamedArgs) ([]Batch, error) {
	rows, err := q.Query(ctx, sql, args)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanBatch)
}

// FindBatch gives one batch of the scope, or work.ErrNotFound.
func FindBatch(ctx context.Context, q work.Querier, scope work.Scope, id BatchID) (Batch, error) {
	found, err := readBatches(ctx, q, `
		-- payment.FindBatch
		SELECT `+batchColumns+` WHERE b.id = @id AND b.org_path LIKE @scope`, pgx.NamedArgs{"id": id, "scope": scope})
	if err == nil && len(found) == 0 {
		err = work.ErrNotFound
	}
	if err != nil {
		return Batch{}, fmt.Errorf("finding batch %d: %w", id, err)
	}
	return found[0], nil
}

// ListBatches gives up to limit batches of the scope, the newest first, of one state or ("") of all; before is the last
// one of the page before, zero for the first page.
func ListBatches(ctx context.Context, q work.Querier, scope work.Scope, state BatchState, before BatchID, limit int) ([]Batch, error) {
	found, err := readBatches(ctx, q, `
		-- payment.ListBatches
		SELECT `+batchColumns+`
		WHERE b.org_path LIKE @scope AND (@state = '' OR b.state = @state) AND (@before = 0 OR b.id < @before)
		ORDER BY b.id DESC LIMIT @limit`,
		pgx.NamedArgs{"scope": scope, "state": state, "before": int64(before), "limit": limit})
	if err != nil {
		return nil, fmt.Errorf("listing batches: %w", err)
	}
	return found, nil
}

// Lines lists up to limit lines of a batch that the caller has found in its scope, in their order; after is the number
// of the last line of the page before.
func Lines(ctx context.Context, q work.Querier, by work.Actor, b Batch, after, limit int) ([]Line, error) {
	rows, err := q.Query(ctx, `
		-- payment.Lines
		SELECT l.id, l.seq, l.reference, l.amount_fen, l.card_id, l.state, l.reason, `+payableColumns+`
		FROM payment_line l JOIN (`+payableTables+`) ON p.id = l.payable_id
		WHERE l.batch_id = @batch AND l.seq > @after ORDER BY l.seq LIMIT @limit`,
		pgx.NamedArgs{"batch": b.ID, "after": after, "limit": limit, "reader": by.StaffID})
	if err != nil {
		return nil, fmt.Errorf("listing the lines of batch %d: %w", b.ID, err)
	}
	lines, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (Line, error) {
		var l Line
		return l, row.Scan(append([]any{&l.ID, &l.Seq, &l.Reference, &l.Amount, &l.Card, &l.State, &l.Reason}, l.Payable.fields()...)...)
	})
	if err != nil {
		return nil, fmt.Errorf("listing the lines of batch %d: %w", b.ID, err)
	}
	return lines, nil
}

// lockBatch takes a batch for the rest of the unit.
func lockBatch(ctx context.Context, u *work.Unit, id BatchID) error {
	_, err := u.Exec(ctx, `
		-- payment.lockBatch
		SELECT FROM payment_batch WHERE id = @id FOR UPDATE`, pgx.NamedArgs{"id": id})
	return err
}

// insertBatch gives the batch its id and number. Numbers of one office are given one at a time.
func insertBatch(ctx context.Context, u *work.Unit, b Batch) (Batch, error) {
	var code string
	var before int
	if _, err := u.Exec(ctx, `
		-- payment.insertBatch lock
		SELECT pg_advisory_xact_lock(hashtext('payment_batch.number'), @org::integer)`, pgx.NamedArgs{"org": b.OrgID}); err != nil {
		return b, err
	}
	err := u.QueryRow(ctx, `
		-- payment.insertBatch number
		SELECT o.code, (SELECT count(*) FROM payment_batch b WHERE b.org_id = o.id AND b.made_at >= @day AND b.made_at < @next)
		FROM staff_org o WHERE o.id = @org`,
		pgx.NamedArgs{"org": b.OrgID, "day": u.Today().Start(), "next": u.Today().Add(1).Start()}).Scan(&code, &before)
	if err != nil {
		return b, err
	}
	b.Number = numberOf(code, u.Today(), before+1)
	err = u.QueryRow(ctx, `
		-- payment.insertBatch
		INSERT INTO payment_batch (org_id, org_path, number, state, format_id, lines, total_fen, made_by, made_at)
		VALUES (@org, '', @number, 'made', @format, @lines, @total, @by, @now) RETURNING id`,
		pgx.NamedArgs{"org": b.OrgID, "number": b.Number, "format": b.Format, "lines": b.Lines, "total": int64(b.Total),
			"by": u.By.StaffID, "now": u.Now}).Scan(&b.ID)
	return b, err
}

// insertLines writes the lines in one statement; the database checks each of them again.
func insertLines(ctx context.Context, u *work.Unit, b Batch, payables []Payable) error {
	ids, amounts := make([]PayableID, len(payables)), make([]money.Amount, len(payables))
	cards, attempts := make([]casefile.CardID, len(payables)), make([]int, len(payables))
	for i, p := range payables {
		ids[i], amounts[i], cards[i], attempts[i] = p.ID, p.Amount, p.Card, p.Attempt
	}
	_, err := u.Exec(ctx, `
		-- payment.insertLines
		INSERT INTO payment_line (batch_id, seq, payable_id, attempt, reference, amount_fen, card_id, state)
		SELECT @batch, n, payable, attempt, @number || '-' || lpad(n::text, 4, '0'), fen, card, 'open'
		FROM unnest(@ids::bigint[], @attempts::integer[], @amounts::bigint[], @cards::bigint[])
		     WITH ORDINALITY l (payable, attempt, fen, card, n)`,
		pgx.NamedArgs{"batch": b.ID, "number": b.Number, "ids": ids, "attempts": attempts, "amounts": amounts, "cards": cards})
	return err
}

// changeAll moves the payables behind the lines of a batch that are in one state, all of them or none.
func changeAll(ctx context.Context, u *work.Unit, id BatchID, lines LineState, from, to State, count int) error {
	tag, err := u.Exec(ctx, `
		-- payment.changeAll
		UPDATE payment_payable p SET state = @to FROM payment_line l
		WHERE l.batch_id = @id AND l.state = @lines AND l.payable_id = p.id AND p.state = @from`,
		pgx.NamedArgs{"id": id, "lines": lines, "from": from, "to": to})
	if err != nil {
		return err
	}
	if int(tag.RowsAffected()) != count {
		return work.ErrStale
	}
	return nil
}

func cancelLines(ctx context.Context, u *work.Unit, id BatchID, reason string) error {
	_, err := u.Exec(ctx, `
		-- payment.cancelLines
		UPDATE payment_line SET state = 'cancelled', reason = @reason WHERE batch_id = @id AND state = 'open'`,
		pgx.NamedArgs{"id": id, "reason": reason})
	return err
}

// release freezes a batch with its file. With moveBatch, the only statements that write payment_batch.state.
func release(ctx context.Context, u *work.Unit, b Batch, sealed, hash []byte) error {
	return u.ChangeOne(ctx, `
		-- payment.release
		UPDATE payment_batch SET state = 'released', file = @file, file_hash = @hash, released_by = @by, released_at = @now
		WHERE id = @id AND state = @from`,
		pgx.NamedArgs{"id": b.ID, "from": b.State, "file": sealed, "hash": hash, "by": u.By.StaffID, "now": u.Now})
}

func moveBatch(ctx context.Context, u *work.Unit, b Batch, to BatchState) error {
	return u.ChangeOne(ctx, `
		-- payment.moveBatch
		UPDATE payment_batch SET state = @to WHERE id = @id AND state = @from`,
		pgx.NamedArgs{"id": b.ID, "from": b.State, "to": to})
}

func sealedFile(ctx context.Context, q work.Querier, id BatchID) ([]byte, error) {
	var sealed []byte
	err := q.QueryRow(ctx, `
		-- payment.sealedFile
		SELECT file FROM payment_batch WHERE id = @id`, pgx.NamedArgs{"id": id}).Scan(&sealed)
	return sealed, err
}
