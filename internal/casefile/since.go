package casefile

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/work"
)

// Since tells since when files are in the state in which they are: when the last act that moved each was done, as the trail
// has it. A file that was never moved, or whose trail is not of this program, has none. It is meant for the few files that
// a page shows: the caller has found them within its scope.
func Since(ctx context.Context, q work.Querier, files []work.FileID) (map[work.FileID]time.Time, error) {
	if len(files) == 0 {
		return nil, nil
	}
	rows, err := q.Query(ctx, `
		-- casefile.Since
		SELECT a.file_id, max(a.at) FROM audit_entry a
		WHERE a.file_id = ANY(@files) AND a.kind = 'file' AND a.act = ANY(@acts) GROUP BY a.file_id`,
		pgx.NamedArgs{"files": files, "acts": moving})
	if err != nil {
		return nil, fmt.Errorf("asking since when files wait: %w", err)
	}
	since, err := timesByFile(rows)
	if err != nil {
		return nil, fmt.Errorf("asking since when files wait: %w", err)
	}
	return since, nil
}

// timesByFile gathers rows of a file and a time.
func timesByFile(rows pgx.Rows) (map[work.FileID]time.Time, error) {
	all := map[work.FileID]time.Time{}
	var id work.FileID
	var at time.Time
	_, err := pgx.ForEachRow(rows, []any{(*int64)(&id), &at}, func() error {
		all[id] = at
		return nil
	})
	return all, err
}

// moving are the acts that lead from one state to the next, as the trail calls them.
var moving = func() []string {
	acts := make([]string, len(moves))
	for i, m := range moves {
		acts[i] = "casefile." + string(m.act)
	}
	return acts
}()
