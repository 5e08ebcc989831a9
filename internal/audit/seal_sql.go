package audit

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/work"
)

// rowColumns are all columns of an entry but its id, as text that is the same on every server: the time in
// microseconds, not in somebody's zone.
const rowColumns = `(extract(epoch FROM e.at) * 1000000)::bigint::text, e.staff_id::text, e.staff_name, e.org_id::text,
	e.address, e.act, e.kind, e.subject_id::text, e.file_id::text, e.changes::text, e.tx::text`

const columnCount = 11

// targets are where a row's columns are read to.
func (r *row) targets() []any {
	all := []any{&r.id}
	for i := range r.columns {
		all = append(all, &r.columns[i])
	}
	return all
}

func lastSeal(ctx context.Context, q work.Querier) (Head, error) {
	var h Head
	var hash []byte
	err := q.QueryRow(ctx, `
		-- audit.lastSeal
		SELECT seq, hash FROM audit_seal ORDER BY seq DESC LIMIT 1`).Scan(&h.Seq, &hash)
	if errors.Is(err, pgx.ErrNoRows) {
		return Head{}, nil
	}
	copy(h.Hash[:], hash)
	return h, err
}

// pending reads the entries that wait for their seal. What is not committed is not seen.
func pending(ctx context.Context, q work.Querier, limit int) ([]row, error) {
	rows, err := q.Query(ctx, `
		-- audit.pending
		SELECT e.id, `+rowColumns+` FROM audit_pending p JOIN audit_entry e ON e.id = p.entry_id
		ORDER BY p.entry_id LIMIT @limit`, pgx.NamedArgs{"limit": limit})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(from pgx.CollectableRow) (row, error) {
		var r row
		err := from.Scan(r.targets()...)
		return r, err
	})
}

func insertSeals(ctx context.Context, tx pgx.Tx, seals []sealed) error {
	ids := make([]int64, len(seals))
	_, err := tx.CopyFrom(ctx, pgx.Identifier{"audit_seal"}, []string{"seq", "entry_id", "hash", "at"},
		pgx.CopyFromSlice(len(seals), func(i int) ([]any, error) {
			ids[i] = seals[i].row.id
			return []any{seals[i].Seq, seals[i].row.id, seals[i].Hash[:], seals[i].at}, nil
		}))
	if err != nil {
		return err
	}
	_, err = tx.Exec(ctx, `
		-- audit.sealedNow
		DELETE FROM audit_pending WHERE entry_id = ANY(@ids)`, pgx.NamedArgs{"ids": ids})
	return err
}

// chain reads seals after a place, each with the entry it covers; an entry that is gone has the id zero.
func chain(ctx context.Context, q work.Querier, after int64, limit int) ([]link, error) {
	rows, err := q.Query(ctx, `
		-- audit.chain
		SELECT s.seq, s.entry_id, s.hash, s.at, d.digest, coalesce(e.id, 0), `+rowColumns+`
		FROM audit_seal s LEFT JOIN audit_entry e ON e.id = s.entry_id LEFT JOIN audit_redaction d ON d.entry_id = s.entry_id
		WHERE s.seq > @after ORDER BY s.seq LIMIT @limit`, pgx.NamedArgs{"after": after, "limit": limit})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(from pgx.CollectableRow) (link, error) {
		var l link
		var hash []byte
		err := from.Scan(append([]any{&l.Seq, &l.entryID, &hash, &l.at, &l.digest}, l.row.targets()...)...)
		copy(l.Hash[:], hash)
		return l, err
	})
}

// unsealed gives the first entry among the ids in (after, to] that has no seal and does not wait for one, zero when
// there is none.
func unsealed(ctx context.Context, q work.Querier, after, to int64) (ID, error) {
	var id ID
	err := q.QueryRow(ctx, `
		-- audit.unsealed
		SELECT coalesce(min(e.id), 0) FROM audit_entry e
		WHERE e.id > @after AND e.id <= @to AND NOT EXISTS (SELECT FROM audit_seal s WHERE s.entry_id = e.id)
			AND NOT EXISTS (SELECT FROM audit_pending p WHERE p.entry_id = e.id)`,
		pgx.NamedArgs{"after": after, "to": to}).Scan(&id)
	return id, err
}

// extent gives the highest id of an entry and how many wait for their seal.
func extent(ctx context.Context, q work.Querier) (last, waiting int64, err error) {
	err = q.QueryRow(ctx, `
		-- audit.extent
		SELECT (SELECT coalesce(max(id), 0) FROM audit_entry), (SELECT count(*) FROM audit_pending)`).Scan(&last, &waiting)
	return last, waiting, err
}

// link is a seal as it is stored, with what is now in the entry's place.
type link struct {
	Head
	entryID int64
	at      time.Time
	digest  []byte // of what is left of the entry; nil while all of it is
	row     row
}

// uncovered gives the first entry of a file whose words were taken out although no entry of the file's destruction names
// what is left; zero when there is none.
func uncovered(ctx context.Context, q work.Querier) (ID, error) {
	var id ID
	err := q.QueryRow(ctx, `
		-- audit.uncovered
		SELECT coalesce(min(r.entry), 0) FROM (
			SELECT d.file_id, min(d.entry_id) AS entry, encode(sha256(string_agg(d.digest, ''::bytea ORDER BY d.entry_id)), 'hex') AS trail
			FROM audit_redaction d GROUP BY d.file_id) r
		WHERE NOT EXISTS (SELECT FROM audit_entry e WHERE e.file_id = r.file_id AND e.act = 'retention.erase'
			AND NOT EXISTS (SELECT FROM audit_redaction d WHERE d.entry_id = e.id)
			AND e.changes @> jsonb_build_array(jsonb_build_object('field', 'trail', 'after', r.trail)))`).Scan(&id)
	return id, err
}
