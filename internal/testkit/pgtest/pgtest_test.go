package pgtest_test

import (
	"context"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/work"
)

func TestEachPoolIsItsRole(t *testing.T) {
	db := pgtest.DB(t)
	for want, pool := range map[string]work.Querier{"bangfu_app": db.App, "bangfu_owner": db.Owner, "bangfu_report": db.Report} {
		var role string
		if err := pool.QueryRow(t.Context(), "SELECT current_user").Scan(&role); err != nil || role != want {
			t.Errorf("%q, %v; want %q", role, err, want)
		}
	}
}

func TestNothingLeaksBetweenTests(t *testing.T) {
	first, second := pgtest.DB(t), pgtest.DB(t)
	insert(t, first.App)
	if n := count(t, first.App); n != 1 {
		t.Errorf("%d rows where one was committed", n)
	}
	if n := count(t, second.App); n != 0 {
		t.Errorf("%d rows in another test's database", n)
	}
	t.Run("a rolled back transaction", func(t *testing.T) {
		u := pgtest.Unit(t, work.System("test"))
		insert(t, u)
		if n := count(t, u); n != 1 || !u.Now.Equal(pgtest.Now) {
			t.Errorf("%d rows at %s", n, u.Now)
		}
	})
	if n := count(t, pgtest.Tx(t)); n != 0 {
		t.Errorf("%d rows after a rolled back test", n)
	}
}

func TestTheApplicationCannotMakeAnything(t *testing.T) {
	db := pgtest.DB(t)
	for _, statement := range []string{
		"CREATE TABLE mine (n int)",
		"CREATE TEMPORARY TABLE mine (n int)",
		"CREATE SCHEMA mine",
		"CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
		"CREATE ROLE mine",
		"SET ROLE bangfu_owner",
		"DROP TABLE audit_entry",
		"SELECT * FROM goose_db_version",
	} {
		for role, pool := range map[string]work.Beginner{"app": db.App, "report": db.Report} {
			if _, err := pool.Exec(t.Context(), statement); err == nil || !strings.Contains(err.Error(), "42501") {
				t.Errorf("%s as %s: %v; want a refusal", statement, role, err)
			}
		}
	}
	var foreign int
	err := db.Owner.QueryRow(t.Context(), `
		SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relowner <> 'bangfu_owner'::regrole`).Scan(&foreign)
	if err != nil || foreign != 0 {
		t.Errorf("%d tables, indexes or sequences do not belong to the owner, %v", foreign, err)
	}
}

func insert(t *testing.T, q work.Beginner) {
	t.Helper()
	_, err := q.Exec(t.Context(), `
		INSERT INTO work_form_key (key, staff_id, path, body, at)
		VALUES ('0123456789abcdef', 1, '/', decode(repeat('00', 32), 'hex'), '2026-11-22')`)
	if err != nil {
		t.Fatal(err)
	}
}

func count(t *testing.T, q work.Querier) int {
	t.Helper()
	var n int
	if err := q.QueryRow(context.Background(), "SELECT count(*) FROM work_form_key").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func BenchmarkDB(b *testing.B) {
	for b.Loop() {
		var one int
		if err := pgtest.DB(b).App.QueryRow(b.Context(), "SELECT 1").Scan(&one); err != nil && err != pgx.ErrNoRows {
			b.Fatal(err)
		}
	}
}
