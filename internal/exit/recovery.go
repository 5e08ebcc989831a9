package exit

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
	"bangfu/internal/fund"
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

// Claimed is a paid grant with what is claimed back of it, and what came back.
type Claimed struct {
	Payable     int64
	ProgrammeZh string
	ProgrammeEn string
	Account     fund.Account // that paid it, without balances
	Paid        money.Amount
	Claim       money.Amount
	Back        money.Amount
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
			exit_received(e.id) AS received) s
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
		SELECT c.payable_id, g.name_zh, g.name_en, f.id, f.org_id, f.org_path, f.source, f.purpose, f.year, p.amount_fen, c.claim_fen,
			(SELECT coalesce(sum(x.amount_fen), 0)::bigint FROM exit_receipt_part x JOIN exit_receipt r ON r.id = x.receipt_id
				WHERE r.exit_id = c.exit_id AND x.payable_id = c.payable_id
				AND NOT EXISTS (SELECT FROM exit_receipt_reversal v WHERE v.receipt_id = r.id))
		FROM exit_claim c
		JOIN payment_payable p ON p.id = c.payable_id
		JOIN fund_account f ON f.id = p.account_id
		JOIN grant_application a ON a.id = p.application_id
		JOIN grant_terms t ON t.id = a.terms_id
		JOIN grant_programme g ON g.id = t.programme_id
		WHERE c.exit_id = @id ORDER BY c.payable_id`, pgx.NamedArgs{"id": id})
	if err != nil {
		return nil, nil, fmt.Errorf("reading the claims of exit %d: %w", id, err)
	}
	claims, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (Claimed, error) {
		var c Claimed
		a := &c.Account
		err := row.Scan(&c.Payable, &c.ProgrammeZh, &c.ProgrammeEn, &a.ID, &a.OrgID, &a.OrgPath, &a.Source, &a.Purpose, &a.Year, &c.Paid, &c.Claim, &c.Back)
		return c, err
	})
	if err != nil {
		return nil, nil, fmt.Errorf("reading the claims of exit %d: %w", id, err)
	}
	receipts, err := readReceipts(ctx, q, `r.exit_id = @id`, pgx.NamedArgs{"id": id})
	if err != nil {
		return nil, nil, fmt.Errorf("reading the receipts of exit %d: %w", id, err)
	}
	return claims, receipts, nil
}
