package work_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/work"
)

// Statements read once answer as the driver's own reading does: names in any order, twice, not given, in quotes and in
// comments, in transactions and savepoints, and again with other values and other names.
func TestReading(t *testing.T) {
	db := work.Reading(pgtest.Tx(t), pgtest.Tx(t))
	tx, err := db.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	savepoint, err := tx.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	const sql = `
		-- work.test @not
		SELECT @b::text, '@a'::text, @a::text, @b::text, coalesce(@none::text, 'nothing')`
	for _, q := range []work.Querier{db, tx, savepoint, db} {
		for _, args := range []pgx.NamedArgs{{"a": "1", "b": "2"}, {"b": "3", "a": "4", "c": "5"}, {"a": "6", "b": nil, "none": "7"}} {
			got, want := make([]*string, 5), make([]*string, 5)
			to := func(values []*string) []any {
				return []any{&values[0], &values[1], &values[2], &values[3], &values[4]}
			}
			if err := q.QueryRow(t.Context(), sql, args).Scan(to(got)...); err != nil {
				t.Fatal(err)
			}
			if err := pgtest.Tx(t).QueryRow(t.Context(), sql, args).Scan(to(want)...); err != nil {
				t.Fatal(err)
			}
			if !slices.EqualFunc(got, want, func(a, b *string) bool { return a == b || a != nil && b != nil && *a == *b }) {
				t.Errorf("%v: %v, want %v", args, got, want)
			}
		}
	}
	tag, err := savepoint.Exec(t.Context(), `SELECT @a::text`, pgx.NamedArgs{"a": "x"})
	if err != nil || tag.RowsAffected() != 1 {
		t.Errorf("%v, %v", tag, err)
	}
	if err := db.QueryRow(t.Context(), `SELECT 1 WHERE @a::int = 2`, pgx.NamedArgs{"a": 1}).Scan(new(int)); !errors.Is(err, pgx.ErrNoRows) {
		t.Error(err)
	}
	rows, err := tx.Query(t.Context(), `SELECT $1::int`, 5)
	if err != nil {
		t.Fatal(err)
	}
	if n, err := pgx.CollectExactlyOneRow(rows, pgx.RowTo[int]); err != nil || n != 5 {
		t.Errorf("%d, %v", n, err)
	}
}
