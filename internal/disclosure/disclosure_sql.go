package disclosure

import (
	"context"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/work"
)

// read asks each way in which something leaves the office, by an index of its file.
func read(ctx context.Context, q work.Querier, scope work.Scope, id work.FileID, behind Place, limit int) ([]Disclosure, error) {
	rows, err := q.Query(ctx, `
		-- disclosure.read
		SELECT g.kind, g.id, g.at, coalesce(m.name, ''), g.whom, g.what, g.n, g.clear, g.why
		FROM (
			SELECT 'comparison' AS kind, b.id, b.sent_at AS at, b.made_by AS by_whom, b.receiver AS whom, '' AS what, s.people AS n, true AS clear, b.purpose AS why
			FROM (SELECT s.batch_id, count(*)::int AS people FROM comparison_subject s WHERE s.file_id = @file AND s.sent GROUP BY s.batch_id) s
			JOIN comparison_batch b ON b.id = s.batch_id
			UNION ALL
			SELECT 'sheet', x.id, x.fetched_at, x.asked_by, '', x.layout, x.rows, x.full_numbers, x.reason
			FROM ledger_export x WHERE x.file_id = @file AND x.fetched_at IS NOT NULL
			UNION ALL
			SELECT 'letter', e.id, e.done_at, e.done_by, r.office, r.kind, 0, false, r.reason
			FROM referral_referral r JOIN referral_event e ON e.referral_id = r.id AND e.act = 'send' WHERE r.file_id = @file
			UNION ALL
			SELECT 'notice', n.id, n.published_at, n.published_by, n.place, '', n.round, false, ''
			FROM notice_notice n WHERE n.file_id = @file
			UNION ALL
			SELECT 'bank', l.id, b.released_at, b.released_by, c.bank, b.number, 0, true, ''
			FROM payment_payable p JOIN payment_line l ON l.payable_id = p.id JOIN payment_batch b ON b.id = l.batch_id JOIN casefile_card c ON c.id = l.card_id
			WHERE p.file_id = @file AND b.released_at IS NOT NULL
			UNION ALL
			SELECT 'print', p.id, p.printed_at, p.printed_by, '', p.kind, coalesce(p.version, 0), p.reason IS NOT NULL, coalesce(p.reason, '')
			FROM casefile_print p WHERE p.file_id = @file
			UNION ALL
			SELECT 'roster', p.id, p.printed_at, p.printed_by, '', p.list, 0, p.reason IS NOT NULL, coalesce(p.reason, '')
			FROM casefile_print p WHERE p.kind = 'roster' AND p.roster @> jsonb_build_array(jsonb_build_object('file', @file::bigint))
			UNION ALL
			SELECT 'number', e.id, e.at, e.staff_id, '', e.act, 0, true,
				coalesce((SELECT c ->> 'after' FROM jsonb_array_elements(e.changes) c WHERE c ->> 'field' = 'reason' LIMIT 1), '')
			FROM audit_entry e WHERE e.file_id = @file AND e.act LIKE '%.unmask\_%') g LEFT JOIN staff_member m ON m.id = g.by_whom
		WHERE EXISTS (SELECT FROM casefile_file f WHERE f.id = @file AND f.org_path LIKE @scope)
			AND (@first OR (g.at, g.kind, g.id) < (@at, @kind, @id))
		ORDER BY g.at DESC, g.kind DESC, g.id DESC LIMIT @limit`,
		pgx.NamedArgs{"file": id, "scope": scope, "first": behind.ID == 0, "at": behind.At, "kind": behind.Kind, "id": behind.ID, "limit": limit})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Disclosure, error) {
		var d Disclosure
		err := row.Scan(&d.Kind, &d.ID, &d.At, &d.By, &d.To, &d.What, &d.Count, &d.Full, &d.Why)
		return d, err
	})
}
