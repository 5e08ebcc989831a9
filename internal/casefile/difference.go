package casefile

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/work"
)

// OpenDifferences counts what comparison with other offices found to differ in a file and nobody has resolved yet, or found by
// an answer that was withdrawn and not given anew, at most a hundred. Such a file is not judged: the database refuses it ("comparison_open_before_judgement").
func OpenDifferences(ctx context.Context, q work.Querier, id work.FileID) (int, error) {
	var n int
	err := q.QueryRow(ctx, `
		-- casefile.OpenDifferences
		SELECT count(*) FROM (SELECT FROM comparison_finding g WHERE g.file_id = @id AND g.state IN ('open', 'withdrawn') LIMIT 100) n`,
		pgx.NamedArgs{"id": id}).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("counting the open differences of file %d: %w", id, err)
	}
	return n, nil
}
