package exit

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
	"bangfu/internal/money"
	"bangfu/internal/work"
)

// Paid is one grant that was paid to a household.
type Paid struct {
	Payable     int64
	ProgrammeZh string
	ProgrammeEn string
	Amount      money.Amount
	PaidOn      day.Date
}

// PaidTo lists what was paid to a household, the oldest first: all of it, since all of it may have to come back; what was
// paid under a file that was merged into its own too.
func PaidTo(ctx context.Context, q work.Querier, file work.FileID) ([]Paid, error) {
	rows, err := q.Query(ctx, `
		-- exit.PaidTo
		SELECT p.id, g.name_zh, g.name_en, p.amount_fen, w.at FROM casefile_merged(@file) k JOIN payment_payable p ON p.file_id = k.file_id
		JOIN payment_line l ON l.payable_id = p.id AND l.state = 'paid'
		JOIN payment_answer w ON w.id = l.answer_id
		JOIN grant_application a ON a.id = p.application_id
		JOIN grant_terms t ON t.id = a.terms_id
		JOIN grant_programme g ON g.id = t.programme_id
		WHERE p.state = 'paid' ORDER BY p.id`, pgx.NamedArgs{"file": file})
	if err != nil {
		return nil, fmt.Errorf("listing what was paid to file %d: %w", file, err)
	}
	paid, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (Paid, error) {
		var p Paid
		var at time.Time
		err := row.Scan(&p.Payable, &p.ProgrammeZh, &p.ProgrammeEn, &p.Amount, &at)
		p.PaidOn = day.On(at)
		return p, err
	})
	if err != nil {
		return nil, fmt.Errorf("listing what was paid to file %d: %w", file, err)
	}
	return paid, nil
}

// Claimed is a paid grant with what is claimed back of it.
type Claimed struct {
	Payable     int64
	ProgrammeZh string
	ProgrammeEn string
	Paid        money.Amount
	Claim       money.Amount
}

// Receipt is money that came back.
type Receipt struct {
	Amount     money.Amount
	ReceivedOn day.Date
	Paper      string // receipt or voucher, 2 to 200 characters
	EnteredBy  string
	EnteredAt  time.Time
}

// Recovery is the claim of one exit in figures.
type Recovery struct {
	Exit
	Claimed  money.Amount
	Received money.Amount
}

// Open is what has not come back yet.
func (r Recovery) Open() money.Amount { return r.Claimed - r.Received }

// Recoveries gives one page of the claims of closed files, the newest first, below an exit (zero: from the top).
func Recoveries(ctx context.Context, q work.Querier, scope work.Scope, below ID, size int) ([]Recovery, ID, error) {
	all, err := recoveries(ctx, q, `e.org_path LIKE @scope AND (@below::bigint = 0 OR e.id < @below)`,
		pgx.NamedArgs{"scope": scope, "below": below, "limit": size + 1})
	if err != nil {
		return nil, 0, fmt.Errorf("listing claims: %w", err)
	}
	if len(all) <= size {
		return all, 0, nil
	}
	return all[:size], all[size-1].ID, nil
}

// FindRecovery gives the claim of one exit with its parts, or work.ErrNotFound.
func FindRecovery(ctx context.Context, q work.Querier, scope work.Scope, id ID) (Recovery, Proof, error) {
	all, err := recoveries(ctx, q, `e.id = @id AND e.org_path LIKE @scope`, pgx.NamedArgs{"scope": scope, "id": id, "limit": 1})
	if err == nil && len(all) == 0 {
		err = work.ErrNotFound
	}
	if err != nil {
		return Recovery{}, Proof{}, fmt.Errorf("finding the claim of exit %d: %w", id, err)
	}
	var p Proof
	p.Claims, p.Receipts, err = recovery(ctx, q, id)
	return all[0], p, err
}

func recoveries(ctx context.Context, q work.Querier, condition string, args pgx.NamedArgs) ([]Recovery, error) {
	rows, err := q.Query(ctx, `
		-- exit.recoveries
		SELECT `+cover+`, s.claimed, s.received`+fromExit+`
		CROSS JOIN LATERAL (SELECT
			(SELECT coalesce(sum(x.claim_fen), 0)::bigint FROM exit_claim x WHERE x.exit_id = e.id) AS claimed,
			(SELECT coalesce(sum(x.amount_fen), 0)::bigint FROM exit_receipt x WHERE x.exit_id = e.id) AS received) s
		WHERE e.state = 'closed' AND e.reason = 'false' AND s.claimed > 0 AND `+condition+` ORDER BY e.id DESC LIMIT @limit`, args)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Recovery, error) {
		var r Recovery
		var err error
		r.Exit, err = scanExit(extra{row, []any{&r.Claimed, &r.Received}})
		return r, err
	})
}

// extra is a row that has more columns than its reader knows.
type extra struct {
	pgx.CollectableRow
	rest []any
}

// Scan reads the columns that are known, and the rest.
func (e extra) Scan(dest ...any) error { return e.CollectableRow.Scan(append(dest, e.rest...)...) }

// recovery reads the claims and receipts of an exit.
func recovery(ctx context.Context, q work.Querier, id ID) ([]Claimed, []Receipt, error) {
	rows, err := q.Query(ctx, `
		-- exit.claims
		SELECT c.payable_id, g.name_zh, g.name_en, p.amount_fen, c.claim_fen FROM exit_claim c
		JOIN payment_payable p ON p.id = c.payable_id
		JOIN grant_application a ON a.id = p.application_id
		JOIN grant_terms t ON t.id = a.terms_id
		JOIN grant_programme g ON g.id = t.programme_id
		WHERE c.exit_id = @id ORDER BY c.payable_id`, pgx.NamedArgs{"id": id})
	if err != nil {
		return nil, nil, fmt.Errorf("reading the claims of exit %d: %w", id, err)
	}
	claims, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Claimed])
	if err != nil {
		return nil, nil, fmt.Errorf("reading the claims of exit %d: %w", id, err)
	}
	rows, err = q.Query(ctx, `
		-- exit.receipts
		SELECT r.amount_fen, r.received_on, r.paper, s.name, r.entered_at
		FROM exit_receipt r JOIN staff_member s ON s.id = r.entered_by WHERE r.exit_id = @id ORDER BY r.id DESC`, pgx.NamedArgs{"id": id})
	if err != nil {
		return nil, nil, fmt.Errorf("reading the receipts of exit %d: %w", id, err)
	}
	receipts, err := pgx.CollectRows(rows, pgx.RowToStructByPos[Receipt])
	if err != nil {
		return nil, nil, fmt.Errorf("reading the receipts of exit %d: %w", id, err)
	}
	return claims, receipts, nil
}

// Receive notes money that came back of a claim, by somebody of the paying side. The database holds the sum to the claim
// while two receipts come in at once.
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
	err = u.Within(ctx, func(u *work.Unit) error {
		_, err := u.Exec(ctx, `
			-- exit.Receive
			INSERT INTO exit_receipt (exit_id, amount_fen, received_on, paper, entered_by, entered_at)
			VALUES (@id, @fen, @on, @paper, @by, @now)`,
			pgx.NamedArgs{"id": id, "fen": int64(r.Amount), "on": r.ReceivedOn, "paper": r.Paper, "by": u.By.StaffID, "now": u.Now})
		return err
	})
	if err != nil {
		return fmt.Errorf("booking what came back of exit %d: %w", id, worded(err))
	}
	return u.Audit(ctx, work.Entry{Act: "exit.receive", Kind: "exit", ID: int64(id), FileID: claim.FileID, Changes: []work.Change{
		{Field: "amount_fen", After: int64(r.Amount)}, {Field: "received_on", After: r.ReceivedOn.String()}, {Field: "paper", After: r.Paper}}})
}
