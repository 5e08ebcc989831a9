package casefile

import (
	"context"
	"fmt"
	"maps"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/work"
)

// Lock makes everybody else who acts on a household wait until this unit ends: who keeps a version, saves a section, files or
// decides an application, or closes the file takes this lock first, so that sums are made one after the other and nobody waits
// in a ring. It is the lock of an ordinary change of the row: whoever only refers to the file, as finance does, is not made to
// wait.
func Lock(ctx context.Context, u *work.Unit, id work.FileID) error {
	_, err := u.Exec(ctx, `
		-- casefile.Lock
		SELECT FROM casefile_file WHERE id = @id FOR NO KEY UPDATE`, pgx.NamedArgs{"id": id})
	return err
}

// readVersions reads versions of a file, the newest first. where is a condition of the program's own.
func readVersions(ctx context.Context, q work.Querier, scope work.Scope, id work.FileID, where string, args pgx.NamedArgs, limit int) ([]Version, error) {
	all := pgx.NamedArgs{"id": id, "scope": scope, "limit": limit}
	maps.Copy(all, args)
	rows, err := q.Query(ctx, `
		-- casefile.readVersions
		SELECT v.file_id, v.number, v.round, v.kept_at, coalesce(v.kept_by, 0), coalesce(s.name, ''), v.why, v.hash, v.facts
		FROM casefile_version v JOIN casefile_file f ON f.id = v.file_id LEFT JOIN staff_member s ON s.id = v.kept_by
		WHERE v.file_id = @id AND f.org_path LIKE @scope`+where+`
		ORDER BY v.number DESC LIMIT @limit`, all)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanVersion)
}

// scanVersion reads one version.
func scanVersion(row pgx.CollectableRow) (Version, error) {
	var v Version
	var kept []byte
	err := row.Scan(&v.FileID, &v.Number, &v.Round, &v.At, &v.By, &v.ByName, &v.Why, &v.Hash, &kept)
	if err != nil {
		return v, err
	}
	if v.Facts, err = decode(kept); err != nil {
		return v, fmt.Errorf("version %d of file %d: %w", v.Number, v.FileID, err)
	}
	return v, nil
}

// putVersion inserts a version.
func putVersion(ctx context.Context, u *work.Unit, v Version, kept []byte) error {
	_, err := u.Exec(ctx, `
		-- casefile.putVersion
		INSERT INTO casefile_version (file_id, number, round, kept_at, kept_by, why, facts, hash)
		VALUES (@file, @number, @round, @at, nullif(@by, 0), @why, @facts, @hash)`,
		pgx.NamedArgs{"file": v.FileID, "number": v.Number, "round": v.Round, "at": v.At, "by": int64(u.By.StaffID), "why": v.Why,
			"facts": kept, "hash": v.Hash})
	return err
}

// EvidenceAt lists the papers that were in the file at a time, in the order in which they came.
func EvidenceAt(ctx context.Context, q work.Querier, id work.FileID, at time.Time) ([]Evidence, error) {
	return evidenceWhere(ctx, q, id, `e.added_at <= @at AND (e.removed_at IS NULL OR e.removed_at > @at)`, pgx.NamedArgs{"at": at})
}

// EvidenceSince lists the papers that came into the file after a time and are in it, and those that were taken out after
// it.
func EvidenceSince(ctx context.Context, q work.Querier, id work.FileID, since time.Time) (came, gone []Evidence, err error) {
	args := pgx.NamedArgs{"at": since}
	came, err = evidenceWhere(ctx, q, id, `e.added_at > @at AND e.removed_at IS NULL`, args)
	if err == nil {
		gone, err = evidenceWhere(ctx, q, id, `e.added_at <= @at AND e.removed_at > @at`, args)
	}
	return came, gone, err
}

// evidenceWhere lists the papers of a file that fit a condition of the program's own.
func evidenceWhere(ctx context.Context, q work.Querier, id work.FileID, where string, args pgx.NamedArgs) ([]Evidence, error) {
	all := pgx.NamedArgs{"file": id}
	maps.Copy(all, args)
	rows, err := q.Query(ctx, `
		-- casefile.evidenceWhere
		SELECT e.id, e.kind, e.blob, e.name, e.type, e.size, s.name, e.added_at
		FROM casefile_evidence e JOIN staff_member s ON s.id = e.added_by WHERE e.file_id = @file AND `+where+` ORDER BY e.id`, all)
	if err != nil {
		return nil, fmt.Errorf("reading the papers of file %d: %w", id, err)
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Evidence, error) {
		var e Evidence
		err := row.Scan(&e.ID, &e.Kind, &e.Blob, &e.Name, &e.Type, &e.Size, &e.AddedBy, &e.AddedAt)
		return e, err
	})
}
