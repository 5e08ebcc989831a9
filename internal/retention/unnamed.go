package retention

import (
	"context"
	"time"

	"bangfu/internal/casefile"
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
	err := file.Pieces(ctx, store, 500, func(hashes []string) error {
		unnamed, err := casefile.Unrecorded(ctx, db, hashes)
		if err != nil {
			return err
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
	})
	return gone, err
}
