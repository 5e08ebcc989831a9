package comparison

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"bangfu/internal/seal"
	"bangfu/internal/work"
)

// findingCover lists the columns of a Finding, in the order in which scanFinding reads them.
const findingCover = `g.id, g.answer_id, g.file_id, f.head_name, o.name, f.registered_by, g.person_name, g.kind, g.sealed, g.state, g.note,
	coalesce(m.name, ''), g.resolved_at, g.found_at, b.receiver, coalesce(p.marital, ''), coalesce(p.insurance, ''),
	coalesce(d.income, 0)::bigint, coalesce(d.allowance, 0)::bigint,
	coalesce((SELECT sum(i.amount_fen) FROM comparison_finding i WHERE i.answer_id = g.answer_id AND i.file_id = g.file_id AND i.kind = 'income'), 0)::bigint
	FROM comparison_finding g
	JOIN casefile_file f ON f.id = g.file_id
	JOIN staff_org o ON o.id = f.org_id
	JOIN comparison_answer a ON a.id = g.answer_id
	JOIN comparison_batch b ON b.id = a.batch_id
	LEFT JOIN staff_member m ON m.id = g.resolved_by
	LEFT JOIN casefile_person p ON p.id = g.person_id
	LEFT JOIN LATERAL (SELECT sum(e.amount_fen) AS income, sum(e.amount_fen) FILTER (WHERE e.kind = 'allowance') AS allowance
		FROM casefile_snapshot n JOIN casefile_figure e ON e.snapshot_id = n.id
		WHERE n.file_id = g.file_id AND n.current AND e.side = 'income') d ON g.kind IN ('income', 'allowance') `

// scanFinding reads a finding and opens its value.
func scanFinding(keys *seal.Keys) pgx.RowToFunc[Finding] {
	return func(row pgx.CollectableRow) (Finding, error) {
		var f Finding
		var sealed []byte
		var resolved pgtype.Timestamptz
		err := row.Scan(&f.ID, &f.Answer, &f.FileID, &f.HeadName, &f.OrgName, &f.Registrar, &f.PersonName, &f.Kind, &sealed, &f.State,
			&f.Note, &f.ResolvedBy, &resolved, &f.FoundAt, &f.Receiver, &f.Declared.Marital, &f.Declared.Insurance, &f.Declared.Income,
			&f.Declared.Allowance, &f.Declared.Told)
		if err != nil {
			return f, err
		}
		f.ResolvedAt = resolved.Time
		value, err := keys.Unseal(sealed, valueContext)
		if err != nil {
			return f, fmt.Errorf("opening finding %d: %w", f.ID, err)
		}
		f.Value = string(value)
		return f, nil
	}
}

func findFinding(ctx context.Context, q work.Querier, keys *seal.Keys, scope work.Scope, id FindingID) (Finding, error) {
	rows, err := q.Query(ctx, `
		-- comparison.findFinding
		SELECT `+findingCover+`WHERE g.id = @id AND f.org_path LIKE @scope`, pgx.NamedArgs{"id": id, "scope": scope})
	if err != nil {
		return Finding{}, err
	}
	f, err := pgx.CollectExactlyOneRow(rows, scanFinding(keys))
	if errors.Is(err, pgx.ErrNoRows) {
		return Finding{}, work.ErrNotFound
	}
	return f, err
}

func openFindings(ctx context.Context, q work.Querier, keys *seal.Keys, scope work.Scope, kind Kind, below FindingID, limit int) ([]Finding, error) {
	rows, err := q.Query(ctx, `
		-- comparison.openFindings
		SELECT `+findingCover+`WHERE g.state = 'open' AND f.org_path LIKE @scope AND (@kind = '' OR g.kind = @kind) AND (@below::bigint = 0 OR g.id < @below)
		ORDER BY g.id DESC LIMIT @limit`, pgx.NamedArgs{"scope": scope, "kind": string(kind), "below": below, "limit": limit})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanFinding(keys))
}

func countOpen(ctx context.Context, q work.Querier, scope work.Scope) (map[Kind]int, error) {
	rows, err := q.Query(ctx, `
		-- comparison.countOpen
		SELECT n.kind, count(*)::int FROM (SELECT g.kind FROM comparison_finding g JOIN casefile_file f ON f.id = g.file_id
			WHERE g.state = 'open' AND f.org_path LIKE @scope LIMIT 1001) n GROUP BY n.kind`, pgx.NamedArgs{"scope": scope})
	if err != nil {
		return nil, err
	}
	counts := map[Kind]int{}
	var kind Kind
	var n int
	_, err = pgx.ForEachRow(rows, []any{&kind, &n}, func() error {
		counts[kind] = n
		return nil
	})
	return counts, err
}

func ofFile(ctx context.Context, q work.Querier, keys *seal.Keys, scope work.Scope, file work.FileID, limit int) ([]Finding, error) {
	rows, err := q.Query(ctx, `
		-- comparison.ofFile
		SELECT `+findingCover+`WHERE g.file_id = @file AND f.org_path LIKE @scope ORDER BY g.state IN ('open', 'withdrawn') DESC, g.id DESC LIMIT @limit`,
		pgx.NamedArgs{"file": file, "scope": scope, "limit": limit})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanFinding(keys))
}

func resolve(ctx context.Context, u *work.Unit, f Finding, to Standing, note string) error {
	return u.ChangeOne(ctx, `
		-- comparison.resolve
		UPDATE comparison_finding SET state = @to, note = @note, resolved_by = @by, resolved_at = @now WHERE id = @id AND state = @from`,
		pgx.NamedArgs{"id": f.ID, "from": string(f.State), "to": string(to), "note": note, "by": u.By.StaffID, "now": u.Now})
}
