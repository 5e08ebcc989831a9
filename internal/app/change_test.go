package app_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/work"
)

// untold are the tables that a refused form may write to: what keeps forms apart, who is at a page, what somebody is
// typing.
var untold = []string{"sessions", "work_form_key", "casefile_typed"}

// journal tells whether anything was changed in the database.
type journal struct {
	t      *testing.T
	tables []string
}

func newJournal(t *testing.T, q work.Querier) journal {
	t.Helper()
	rows, err := q.Query(t.Context(), `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
		AND has_table_privilege(oid, 'SELECT') ORDER BY relname`)
	must(t, err)
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	must(t, err)
	if len(tables) < 30 {
		t.Fatalf("only %d tables can be read", len(tables))
	}
	return journal{t, slices.DeleteFunc(tables, func(name string) bool { return slices.Contains(untold, name) })}
}

// written lists the tables that this transaction has tried to write to so far, what was undone included. It costs little,
// so that only these have to be compared.
func (l journal) written(q work.Querier) []string {
	l.t.Helper()
	rows, err := q.Query(l.t.Context(), `SELECT relname FROM pg_stat_xact_user_tables
		WHERE relname = ANY ($1) AND n_tup_ins + n_tup_upd + n_tup_del > 0`, l.tables)
	must(l.t, err)
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	must(l.t, err)
	return tables
}

// state is a digest of each of the tables.
func (l journal) state(q work.Querier, tables ...string) map[string]string {
	l.t.Helper()
	state := map[string]string{}
	for _, table := range tables {
		var digest string
		err := q.QueryRow(l.t.Context(), fmt.Sprintf(`SELECT count(*) || ' ' || coalesce(sum(hashtextextended(r::text, 0)), 0) FROM %s r`, table)).Scan(&digest)
		must(l.t, err)
		state[table] = digest
	}
	return state
}

// since lists the tables that differ from what they were before this transaction, of those that it has written to; some
// need not be looked at.
func (l journal) since(q work.Querier, before map[string]string, except ...string) []string {
	l.t.Helper()
	touched := slices.DeleteFunc(l.written(q), func(table string) bool { return slices.Contains(except, table) })
	return changed(before, l.state(q, touched...))
}

// changed lists the tables in which two states differ.
func changed(before, after map[string]string) []string {
	var tables []string
	for table, digest := range after {
		if before[table] != digest {
			tables = append(tables, table)
		}
	}
	slices.Sort(tables)
	return tables
}
