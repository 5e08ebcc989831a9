package casefile

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/work"
)

// FindCards gives cards by their ids in one statement, for those who hold the ids from records within their scope. One
// that does not exist makes it work.ErrNotFound.
func FindCards(ctx context.Context, q work.Querier, ids []CardID) (map[CardID]Card, error) {
	rows, err := q.Query(ctx, `
		-- casefile.FindCards
		SELECT id, file_id, holder, bank, branch, state, number_sealed FROM casefile_card WHERE id = ANY (@ids)`,
		pgx.NamedArgs{"ids": ids})
	if err != nil {
		return nil, fmt.Errorf("finding cards: %w", err)
	}
	cards := make(map[CardID]Card, len(ids))
	var c Card
	_, err = pgx.ForEachRow(rows, []any{&c.ID, &c.FileID, &c.Holder, &c.Bank, &c.Branch, &c.State, &c.sealed}, func() error {
		cards[c.ID] = c
		c.sealed = nil
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("finding cards: %w", err)
	}
	for _, id := range ids {
		if _, ok := cards[id]; !ok {
			return nil, fmt.Errorf("card %d: %w", id, work.ErrNotFound)
		}
	}
	return cards, nil
}
