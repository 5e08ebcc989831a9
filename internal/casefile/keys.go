package casefile

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/seal"
	"bangfu/internal/work"
)

// ErrOtherKeys means that the sealing keys are not those the register was sealed with.
var ErrOtherKeys = errors.New("the register was sealed with other keys")

// CheckKeys opens one sealed ID number of the register. With other keys than those it was sealed with, nobody could be
// found by number and everything new would be sealed apart from the old: ErrOtherKeys. An empty register fits any keys.
func CheckKeys(ctx context.Context, q work.Querier, keys *seal.Keys) error {
	var p Person
	err := q.QueryRow(ctx, `
		-- casefile.CheckKeys
		SELECT id, id_sealed FROM casefile_person ORDER BY id DESC LIMIT 1`).Scan(&p.ID, &p.NumberSealed)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("checking the keys: %w", err)
	}
	if err := p.Reveal(keys); err != nil {
		return errors.Join(ErrOtherKeys, err)
	}
	return nil
}
