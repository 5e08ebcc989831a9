package invariant

import (
	"context"
	"fmt"
	"slices"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/words"
	"bangfu/internal/work"
)

// Finding is one record that breaks a rule.
type Finding struct {
	Number string // of the invariant: "I6"
	Table  string
	ID     int64
	Said   words.Message // what is wrong
}

// check is one statement that finds what breaks a rule: rows of an id and a detail for the message.
type check struct {
	number string
	table  string
	key    words.Key
	sql    string
}

// all lists every check in the order of a case's life.
var all = slices.Concat(files, sides, notices, grants, payables, batches)

// Checks tells how many checks there are.
func Checks() int { return len(all) }

// most is how many findings of one check are told; more say no more.
const most = 50

// Verify runs every check and gives what it found; nothing when all is sound. Run it in one transaction with one
// snapshot, so that work going on meanwhile is not taken for a fault.
func Verify(ctx context.Context, q work.Querier) ([]Finding, error) {
	var found []Finding
	for _, c := range all {
		rows, err := q.Query(ctx, c.sql+fmt.Sprintf("\n\t\tORDER BY 1 LIMIT %d", most))
		if err != nil {
			return nil, fmt.Errorf("checking %s: %w", c.key, err)
		}
		some, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (Finding, error) {
			f := Finding{Number: c.number, Table: c.table}
			var detail string
			err := row.Scan(&f.ID, &detail)
			f.Said = words.Saying(c.key, detail)
			return f, err
		})
		if err != nil {
			return nil, fmt.Errorf("checking %s: %w", c.key, err)
		}
		found = append(found, some...)
	}
	return found, nil
}

// Papers lists the hashes of the evidence on record after one, each once, at most so many at a time.
func Papers(ctx context.Context, q work.Querier, after string, most int) ([]string, error) {
	rows, err := q.Query(ctx, `
		-- invariant.Papers
		SELECT DISTINCT blob FROM casefile_evidence WHERE blob > @after ORDER BY blob LIMIT @most`, pgx.NamedArgs{"after": after, "most": most})
	if err != nil {
		return nil, fmt.Errorf("listing the evidence on record: %w", err)
	}
	return pgx.CollectRows(rows, pgx.RowTo[string])
}
