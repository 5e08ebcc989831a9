package casefile_test

import (
	"testing"

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
