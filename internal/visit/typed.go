package visit

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/seal"
	"bangfu/internal/work"
)

// typedContext seals what was typed.
const typedContext = "visit_typed.typed"

// Keep keeps what a visitor typed about a file and has not recorded yet, sealed; it replaces what the same person kept
// before. Recording the visit forgets it.
func Keep(ctx context.Context, u *work.Unit, keys *seal.Keys, file work.FileID, typed url.Values) error {
	if _, err := casefile.Find(ctx, u, u.By.Scope, file); err != nil {
		return err
	}
	sealed, err := keys.Seal([]byte(typed.Encode()), typedContext)
	if err != nil {
		return fmt.Errorf("keeping what was typed about file %d: %w", file, err)
	}
	if len(sealed) > 100_000 {
		return work.Refuse("visit.refusal.too_long")
	}
	_, err = u.Exec(ctx, `
		-- visit.Keep
		INSERT INTO visit_typed (file_id, staff_id, typed, saved_at) VALUES (@file, @by, @typed, @now)
		ON CONFLICT (file_id, staff_id) DO UPDATE SET typed = excluded.typed, saved_at = excluded.saved_at`,
		pgx.NamedArgs{"file": file, "by": u.By.StaffID, "typed": sealed, "now": u.Now})
	if err != nil {
		return fmt.Errorf("keeping what was typed about file %d: %w", file, err)
	}
	return u.Audit(ctx, work.Entry{Act: "visit.type", Kind: "file", ID: int64(file), FileID: file})
}

// Kept gives what the person kept about a file; nil when nothing.
func Kept(ctx context.Context, q work.Querier, keys *seal.Keys, file work.FileID, by work.StaffID) (url.Values, error) {
	var sealed []byte
	err := q.QueryRow(ctx, `
		-- visit.Kept
		SELECT typed FROM visit_typed WHERE file_id = @file AND staff_id = @by`, pgx.NamedArgs{"file": file, "by": by}).Scan(&sealed)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading what was typed about file %d: %w", file, err)
	}
	typed, err := keys.Unseal(sealed, typedContext)
	if err != nil {
		return nil, fmt.Errorf("opening what was typed about file %d: %w", file, err)
	}
	return url.ParseQuery(string(typed))
}

// forget drops what the person kept about a file whose visit is recorded.
func forget(ctx context.Context, u *work.Unit, file work.FileID) error {
	_, err := u.Exec(ctx, `
		-- visit.forget
		DELETE FROM visit_typed WHERE file_id = @file AND staff_id = @by`, pgx.NamedArgs{"file": file, "by": u.By.StaffID})
	if err != nil {
		return fmt.Errorf("forgetting what was typed about file %d: %w", file, err)
	}
	return nil
}
