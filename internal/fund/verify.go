package fund

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/money"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// Verify recomputes every balance in two independent ways and tells each difference: the pots against the sum of
// their postings, and against what the kinds of entry say (received − reserved + released and so on). It also finds
// entries that do not balance and pots below zero. No difference gives no message. (reliability.md I1)
func Verify(ctx context.Context, q work.Querier) ([]words.Message, error) {
	var faults []words.Message
	for _, check := range []struct {
		key words.Key
		sql string
	}{
		{"fund.fault.postings", `
			-- fund.Verify postings
			SELECT p.account_id, p.pot, p.balance_fen, coalesce(sum(l.amount_fen), 0)::bigint
			FROM fund_pot p LEFT JOIN fund_posting l ON l.account_id = p.account_id AND l.pot = p.pot
			GROUP BY p.account_id, p.pot, p.balance_fen
			HAVING p.balance_fen <> coalesce(sum(l.amount_fen), 0) ORDER BY 1, 2`},
		{"fund.fault.kinds", `
			-- fund.Verify kinds
			WITH k AS (
				SELECT a.id, coalesce(sum(l.amount_fen) FILTER (WHERE e.kind = 'receipt'), 0) AS receipt,
				       coalesce(sum(l.amount_fen) FILTER (WHERE e.kind = 'reversal' AND l.pot = 'outside'), 0) AS reversal,
				       coalesce(sum(l.amount_fen) FILTER (WHERE e.kind = 'reserve'), 0) AS reserve,
				       coalesce(sum(l.amount_fen) FILTER (WHERE e.kind = 'release'), 0) AS release,
				       coalesce(sum(l.amount_fen) FILTER (WHERE e.kind = 'pay'), 0) AS pay,
				       coalesce(sum(l.amount_fen) FILTER (WHERE e.kind = 'recovery'), 0)
				         - coalesce(sum(l.amount_fen) FILTER (WHERE e.kind = 'reversal' AND l.pot = 'paid'), 0) AS recovery
				FROM fund_account a
				LEFT JOIN fund_posting l ON l.account_id = a.id AND l.amount_fen > 0
				LEFT JOIN fund_entry e ON e.id = l.entry_id
				GROUP BY a.id
			)
			SELECT p.account_id, p.pot, p.balance_fen, c.fen::bigint
			FROM fund_pot p JOIN k ON k.id = p.account_id
			JOIN LATERAL (VALUES ('outside', reversal - receipt), ('available', receipt - reversal - reserve + release + recovery),
			                     ('reserved', reserve - release - pay), ('paid', pay - recovery)) c (pot, fen) ON c.pot = p.pot
			WHERE p.balance_fen <> c.fen ORDER BY 1, 2`},
		{"fund.fault.entry", `
			-- fund.Verify entries
			SELECT e.id, e.kind, coalesce(sum(l.amount_fen), 0)::bigint, count(l.seq)
			FROM fund_entry e LEFT JOIN fund_posting l ON l.entry_id = e.id
			GROUP BY e.id, e.kind HAVING count(l.seq) <> 2 OR sum(l.amount_fen) <> 0 ORDER BY 1`},
		{"fund.fault.below_zero", `
			-- fund.Verify below zero
			SELECT account_id, pot, balance_fen, 0::bigint FROM fund_pot WHERE pot <> 'outside' AND balance_fen < 0 ORDER BY 1, 2`},
	} {
		found, err := differences(ctx, q, check.key, check.sql)
		if err != nil {
			return nil, fmt.Errorf("verifying the ledger: %w", err)
		}
		faults = append(faults, found...)
	}
	return faults, nil
}

// differences runs one check: each row is an id, a name, what is kept and what was found.
func differences(ctx context.Context, q work.Querier, key words.Key, sql string) ([]words.Message, error) {
	rows, err := q.Query(ctx, sql)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (words.Message, error) {
		var id int64
		var name string
		var kept, found money.Amount
		if err := row.Scan(&id, &name, &kept, &found); err != nil {
			return words.Message{}, err
		}
		return words.Saying(key, id, name, kept, found), nil
	})
}
