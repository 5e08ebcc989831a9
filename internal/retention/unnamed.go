package retention

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/file"
	"bangfu/internal/work"
)

// unnamedFor is how long a paper that no file took is kept: a form that was refused, or a draft that carries its pages, may
// still be sent.
const unnamedFor = 30 * 24 * time.Hour

// ClearUnnamed takes away the bytes of papers that were sent and that no file took: of a form that was refused and never put
// right. No erasure would reach them. It gives how many it took away.
func ClearUnnamed(ctx context.Context, db work.Beginner, store file.Store, now time.Time) (int, error) {
	gone := 0
	look := func(hashes []string) error {
		rows, err := db.Query(ctx, `
			-- retention.ClearUnnamed
			SELECT h FROM unnest(@hashes::text[]) h WHERE NOT EXISTS (SELECT FROM casefile_evidence e WHERE e.blob = h)`,
			pgx.NamedArgs{"hashes": hashes})
		if err != nil {
			return fmt.Errorf("looking for papers that nobody took: %w", err)
		}
		unnamed, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			return fmt.Errorf("looking for papers that nobody took: %w", err)
		}
		for _, hash := range unnamed {
			removed, err := store.Remove(ctx, hash, now.Add(-unnamedFor))
			if err != nil {
				return err
			}
			if removed {
				gone++
			}
		}
		return nil
	}
	var some []string
	err := store.List(ctx, func(hash string) error {
		if some = append(some, hash); len(some) < 500 {
			return nil
		}
		all := some
		some = nil
		return look(all)
	})
	if err == nil && len(some) > 0 {
		err = look(some)
	}
	return gone, err
}
