package payment

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
	"bangfu/internal/fund"
	"bangfu/internal/money"
	"bangfu/internal/work"
)

// Back is money of one paid grant that came back from the household, when its file was closed for false information. It is
// booked with the exit; the ledger of aid reads it there. What was entered wrongly and taken back is none.
type Back struct {
	Payable     PayableID
	FileNumber  string // of the file under which the grant was paid
	ProgrammeZh string
	ProgrammeEn string
	Account     fund.Account // that it went back to, without balances
	Amount      money.Amount
	On          day.Date // when it was received
	Paper       string   // receipt or voucher
}

// BacksOf lists what came back of the household's aid, the oldest first, of the same files as AidOf.
func BacksOf(ctx context.Context, q work.Querier, by work.Actor, file work.FileID) ([]Back, error) {
	rows, err := q.Query(ctx, `
		-- payment.BacksOf
		WITH RECURSIVE `+household+`
		SELECT p.id, coalesce(h.number, ''), g.name_zh, g.name_en, a.id, a.source, a.purpose, a.year, x.amount_fen, r.received_on, r.paper
		FROM household h
			JOIN payment_payable p ON p.file_id = h.id
			JOIN exit_receipt_part x ON x.payable_id = p.id
			JOIN exit_receipt r ON r.id = x.receipt_id
			JOIN fund_account a ON a.id = p.account_id
			JOIN grant_application ga ON ga.id = p.application_id
			JOIN grant_terms t ON t.id = ga.terms_id
			JOIN grant_programme g ON g.id = t.programme_id
		WHERE NOT EXISTS (SELECT FROM exit_receipt_reversal v WHERE v.receipt_id = r.id)
		ORDER BY r.received_on, x.id`, pgx.NamedArgs{"file": file, "scope": by.Scope})
	if err != nil {
		return nil, fmt.Errorf("reading what came back of the aid of file %d: %w", file, err)
	}
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (Back, error) {
		var b Back
		return b, row.Scan(&b.Payable, &b.FileNumber, &b.ProgrammeZh, &b.ProgrammeEn, &b.Account.ID, &b.Account.Source, &b.Account.Purpose,
			&b.Account.Year, &b.Amount, &b.On, &b.Paper)
	})
	if err != nil {
		return nil, fmt.Errorf("reading what came back of the aid of file %d: %w", file, err)
	}
	return all, nil
}

// AidSum is what was paid of one programme in one year, and what came back of it in that year.
type AidSum struct {
	Year        int
	ProgrammeZh string
	ProgrammeEn string
	Times       int // payments
	Amount      money.Amount
	Back        money.Amount
}

// SumsOf adds up what was paid and what came back, each by the year in which it was and by programme: the newest year
// first, and in it the programmes as they first came. all is what all of it comes to; an error when that is beyond any amount.
func SumsOf(ledger []Aid, backs []Back) (sums []AidSum, all AidSum, err error) {
	of := func(year int, zh, en string) *AidSum {
		i := slices.IndexFunc(sums, func(s AidSum) bool { return s.Year == year && s.ProgrammeZh == zh })
		if i < 0 {
			i, sums = len(sums), append(sums, AidSum{Year: year, ProgrammeZh: zh, ProgrammeEn: en})
		}
		return &sums[i]
	}
	for _, a := range ledger {
		if a.State != Paid {
			continue
		}
		for _, s := range []*AidSum{of(a.PaidOn.Year(), a.ProgrammeZh, a.ProgrammeEn), &all} {
			s.Times++
			if s.Amount, err = s.Amount.Add(a.Amount); err != nil {
				return nil, AidSum{}, fmt.Errorf("adding up aid: %w", err)
			}
		}
	}
	for _, b := range backs {
		for _, s := range []*AidSum{of(b.On.Year(), b.ProgrammeZh, b.ProgrammeEn), &all} {
			if s.Back, err = s.Back.Add(b.Amount); err != nil {
				return nil, AidSum{}, fmt.Errorf("adding up what came back of aid: %w", err)
			}
		}
	}
	slices.SortStableFunc(sums, func(a, b AidSum) int { return b.Year - a.Year })
	return sums, all, nil
}
