package casefile_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/work"
)

// commit runs fn as one unit of a person that really commits.
func commit(t *testing.T, db *pgtest.Database, by work.Actor, fn func(u *work.Unit)) {
	t.Helper()
	tx, err := db.App.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	fn(work.NewUnit(tx, pgtest.Now, by))
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// counter counts the queries that pass through it.
type counter struct {
	work.Querier
	queries int
}

// Query counts and passes on.
func (c *counter) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	c.queries++
	return c.Querier.Query(ctx, sql, args...)
}

// QueryRow counts and passes on.
func (c *counter) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	c.queries++
	return c.Querier.QueryRow(ctx, sql, args...)
}

// contains tells whether the text holds the part.
func contains(text, part string) bool { return strings.Contains(text, part) }

// isStale tells whether somebody else was first.
func isStale(err error) bool { return errors.Is(err, work.ErrStale) }
