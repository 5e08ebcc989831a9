package payment

import (
	"context"
	"fmt"
	"slices"

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

// AidOf lists everything that a household was granted in money, the oldest first: of its file within the actor's scope,
// and of the earlier files of the household when it fell back into hardship, as far as they lie within the scope too.
// work.ErrNotFound is the caller's to find: a file out of sight has no lines.
func AidOf(ctx context.Context, q work.Querier, by work.Actor, file work.FileID) ([]Aid, error) {
	rows, err := q.Query(ctx, `
		-- payment.AidOf
		WITH RECURSIVE household AS (
			SELECT f.id, f.relapse_of, f.number FROM casefile_file f WHERE f.id = @file AND f.org_path LIKE @scope
			UNION
			SELECT f.id, f.relapse_of, f.number FROM casefile_file f JOIN household h ON f.id = h.relapse_of WHERE f.org_path LIKE @scope)
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

// AidSum is what was paid of one programme in one year.
type AidSum struct {
	Year        int
	ProgrammeZh string
	ProgrammeEn string
	Times       int
	Amount      money.Amount
}

// SumsOf adds up what was paid, by the year in which it was and by programme: the newest year first, and in it the
// programmes as they first came. all is what all of it comes to; an error when that is beyond any amount.
func SumsOf(ledger []Aid) (sums []AidSum, all money.Amount, err error) {
	for _, a := range ledger {
		if a.State != Paid {
			continue
		}
		year := a.PaidOn.Year()
		i := slices.IndexFunc(sums, func(s AidSum) bool { return s.Year == year && s.ProgrammeZh == a.ProgrammeZh })
		if i < 0 {
			i = len(sums)
			sums = append(sums, AidSum{Year: year, ProgrammeZh: a.ProgrammeZh, ProgrammeEn: a.ProgrammeEn})
		}
		sums[i].Times++
		if sums[i].Amount, err = sums[i].Amount.Add(a.Amount); err != nil {
			return nil, 0, fmt.Errorf("adding up aid: %w", err)
		}
		if all, err = all.Add(a.Amount); err != nil {
			return nil, 0, fmt.Errorf("adding up aid: %w", err)
		}
	}
	slices.SortStableFunc(sums, func(a, b AidSum) int { return b.Year - a.Year })
	return sums, all, nil
}
