package casefile

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/seal"
	"bangfu/internal/work"
)

const pastContext = "casefile_section_past.held"

// KeepHeld keeps, sealed, what a section holds from the version after seen on, as its form would carry it. Whoever saves
// a section keeps it in the same unit; the next one who meets another's changes then sees what both began with (U32).
func KeepHeld(ctx context.Context, u *work.Unit, keys *seal.Keys, id work.FileID, section Section, seen int, values url.Values) error {
	plain, err := json.Marshal(values)
	if err != nil {
		return fmt.Errorf("encoding what section %s of file %d holds: %w", section, id, err)
	}
	sealed, err := keys.Seal(plain, pastContext)
	if err != nil {
		return fmt.Errorf("sealing what section %s of file %d holds: %w", section, id, err)
	}
	if _, err := u.Exec(ctx, `
		-- casefile.KeepHeld
		INSERT INTO casefile_section_past (file_id, section, version, held) VALUES (@id, @section, @version, @held)`,
		pgx.NamedArgs{"id": id, "section": string(section), "version": seen + 1, "held": sealed}); err != nil {
		return fmt.Errorf("keeping what section %s of file %d holds: %w", section, id, err)
	}
	return nil
}

// KeepHeldOnce keeps what a section holds at its version now, unless somebody did already.
func KeepHeldOnce(ctx context.Context, u *work.Unit, keys *seal.Keys, id work.FileID, section Section, version int, values url.Values) error {
	_, known, err := HeldAt(ctx, u, keys, id, section, version)
	if err != nil || known {
		return err
	}
	return KeepHeld(ctx, u, keys, id, section, version-1, values)
}

// HeldAt gives what a section held at a version; known is false when nobody kept it, as with an imported file. Before its
// first version a section holds nothing.
func HeldAt(ctx context.Context, q work.Querier, keys *seal.Keys, id work.FileID, section Section, version int) (values url.Values, known bool, err error) {
	if version == 0 {
		return url.Values{}, true, nil
	}
	var sealed []byte
	err = q.QueryRow(ctx, `
		-- casefile.HeldAt
		SELECT held FROM casefile_section_past WHERE file_id = @id AND section = @section AND version = @version`,
		pgx.NamedArgs{"id": id, "section": string(section), "version": version}).Scan(&sealed)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("reading what section %s of file %d held: %w", section, id, err)
	}
	plain, err := keys.Unseal(sealed, pastContext)
	if err != nil {
		return nil, false, fmt.Errorf("opening what section %s of file %d held: %w", section, id, err)
	}
	if err := json.Unmarshal(plain, &values); err != nil {
		return nil, false, fmt.Errorf("decoding what section %s of file %d held: %w", section, id, err)
	}
	return values, true, nil
}

// forgetHeld drops what sections held: once a file is accepted or ended, nobody writes its sections any more.
func forgetHeld(ctx context.Context, u *work.Unit, id work.FileID) error {
	_, err := u.Exec(ctx, `
		-- casefile.forgetHeld
		DELETE FROM casefile_section_past WHERE file_id = @id`, pgx.NamedArgs{"id": id})
	return err
}
