package casefile

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/work"
)

// readEvidence reads the papers that were not removed.
func readEvidence(ctx context.Context, q work.Querier, id work.FileID) ([]Evidence, error) {
	rows, err := q.Query(ctx, `
		-- casefile.readEvidence
		SELECT e.id, e.kind, e.blob, e.name, e.type, e.size, e.issued_on, e.valid_until, coalesce(e.person_id, 0),
			coalesce(p.name, ''), s.name, e.added_at
		FROM casefile_evidence e JOIN staff_member s ON s.id = e.added_by LEFT JOIN casefile_person p ON p.id = e.person_id
		WHERE e.file_id = @id AND e.removed_at IS NULL ORDER BY e.id`, pgx.NamedArgs{"id": id})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Evidence])
}

// putEvidence inserts a paper; the same one of the same kind and person again is refused ("casefile_evidence_once").
func putEvidence(ctx context.Context, u *work.Unit, id work.FileID, e Evidence) (EvidenceID, error) {
	var paper EvidenceID
	// In a savepoint, so that a caller can word the database's refusal and still read.
	err := u.Within(ctx, func(u *work.Unit) error {
		return u.QueryRow(ctx, `
		-- casefile.putEvidence
		INSERT INTO casefile_evidence (file_id, kind, blob, name, type, size, issued_on, valid_until, person_id, added_by, added_at)
		VALUES (@file, @kind, @blob, @name, @type, @size, @issued, @until, nullif(@person, 0), @by, @now) RETURNING id`,
			pgx.NamedArgs{"file": id, "kind": string(e.Kind), "blob": e.Blob, "name": e.Name, "type": e.Type, "size": e.Size,
				"issued": e.IssuedOn, "until": e.ValidUntil, "person": int64(e.PersonID),
				"by": u.By.StaffID, "now": u.Now}).Scan(&paper)
	})
	return paper, err
}

// removeEvidence marks a paper as taken out.
func removeEvidence(ctx context.Context, u *work.Unit, id work.FileID, paper EvidenceID) error {
	return u.ChangeOne(ctx, `
		-- casefile.removeEvidence
		UPDATE casefile_evidence SET removed_by = @by, removed_at = @now
		WHERE id = @paper AND file_id = @file AND removed_at IS NULL`,
		pgx.NamedArgs{"paper": paper, "file": id, "by": u.By.StaffID, "now": u.Now})
}

// Unrecorded gives those of the hashes under which no paper is on record, at whichever file.
func Unrecorded(ctx context.Context, q work.Querier, hashes []string) ([]string, error) {
	rows, err := q.Query(ctx, `
		-- casefile.Unrecorded
		SELECT kept FROM unnest(@hashes::text[]) AS k (kept) WHERE NOT EXISTS (SELECT FROM casefile_evidence e WHERE e.blob = kept)`,
		pgx.NamedArgs{"hashes": hashes})
	if err != nil {
		return nil, fmt.Errorf("looking for files without a record: %w", err)
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}
