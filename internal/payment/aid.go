package payment

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"bangfu/internal/day"
	"bangfu/internal/fund"
	"bangfu/internal/money"
	"bangfu/internal/work"
)

// Aid is one line of a household's ledger of aid 帮扶救助明细台账 (001-28): what one approved grant came to.
type Aid struct {
	Payable     PayableID
	FileNumber  string // of this file, or of an earlier one of the same household
	ProgrammeZh string
	ProgrammeEn string
	Account     fund.Account // without balances
	Amount      money.Amount
	State       State
	Batch       BatchID // of the last try; zero = none yet
	BatchNumber string
	Reference   string   // of the last try, as the bank's file bears it
	ApprovedOn  day.Date // when it became payable
	PaidOn      day.Date // when the bank's answer came; zero = not paid
}

// On is the day under which the ledger keeps the line.
func (a Aid) On() day.Date {
	if a.State == Paid {
		return a.PaidOn
	}
	return a.ApprovedOn
}

// household are the files of one household within the scope: the one that is asked for, the earlier ones when it fell back
// into hardship, and those that were merged into any of them.
const household = `household AS (
			SELECT f.id, f.relapse_of, f.number FROM casefile_file f WHERE f.id = @file AND f.org_path LIKE @scope
			UNION
			SELECT f.id, f.relapse_of, f.number FROM household h JOIN casefile_file f ON f.id = h.relapse_of OR f.merged_into = h.id
			WHERE f.org_path LIKE @scope)`

// AidOf lists everything that a household was granted in money, the oldest first: of its file within the actor's scope,
// of the earlier files of the household when it fell back into hardship, and of those merged into it, as far as they lie
// within the scope too.
// work.ErrNotFound is the caller's to find: a file out of sight has no lines.
func AidOf(ctx context.Context, q work.Querier, by work.Actor, file work.FileID) ([]Aid, error) {
	rows, err := q.Query(ctx, `
		-- payment.AidOf
		WITH RECURSIVE `+household+`
		SELECT p.id, coalesce(h.number, ''), g.name_zh, g.name_en, a.id, a.source, a.purpose, a.year, p.amount_fen, p.state,
			coalesce(l.batch_id, 0), coalesce(b.number, ''), coalesce(l.reference, ''), p.created_at, w.at
		FROM household h
			JOIN payment_payable p ON p.file_id = h.id
			JOIN fund_account a ON a.id = p.account_id
			JOIN grant_application ga ON ga.id = p.application_id
			JOIN grant_terms t ON t.id = ga.terms_id
			JOIN grant_programme g ON g.id = t.programme_id
			LEFT JOIN LATERAL (SELECT l.batch_id, l.reference, l.answer_id FROM payment_line l
				WHERE l.payable_id = p.id AND l.state <> 'cancelled' ORDER BY l.id DESC LIMIT 1) l ON true
			LEFT JOIN payment_batch b ON b.id = l.batch_id
			LEFT JOIN payment_answer w ON w.id = l.answer_id AND p.state = 'paid'
		ORDER BY coalesce(w.at, p.created_at), p.id`, pgx.NamedArgs{"file": file, "scope": by.Scope})
	if err != nil {
		return nil, fmt.Errorf("reading the aid of file %d: %w", file, err)
	}
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (Aid, error) {
		var a Aid
		var approved, paid pgtype.Timestamptz
		err := row.Scan(&a.Payable, &a.FileNumber, &a.ProgrammeZh, &a.ProgrammeEn, &a.Account.ID, &a.Account.Source, &a.Account.Purpose,
			&a.Account.Year, &a.Amount, &a.State, &a.Batch, &a.BatchNumber, &a.Reference, &approved, &paid)
		a.ApprovedOn = day.On(approved.Time)
		if paid.Valid {
			a.PaidOn = day.On(paid.Time)
		}
		return a, err
	})
	if err != nil {
		return nil, fmt.Errorf("reading the aid of file %d: %w", file, err)
	}
	return all, nil
}
