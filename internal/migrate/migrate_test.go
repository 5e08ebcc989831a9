package migrate_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/migrate"
	"bangfu/internal/testkit/pgtest"
)

func TestUpTwiceIsOnce(t *testing.T) {
	url := pgtest.Empty(t)
	for range 2 {
		if err := migrate.Up(t.Context(), url); err != nil {
			t.Fatal(err)
		}
	}
	conn := connect(t, url)
	got := text(t, conn, `
		SELECT string_agg(rolname || CASE WHEN rolcanlogin THEN ' signs in' ELSE '' END, ', ' ORDER BY rolname)
		FROM pg_roles WHERE rolname LIKE 'bangfu\_%' AND NOT rolsuper AND NOT rolcreatedb AND NOT rolcreaterole
			AND rolname IN ('bangfu_owner', 'bangfu_app', 'bangfu_report')`)
	if got != "bangfu_app signs in, bangfu_owner, bangfu_report signs in" {
		t.Errorf("roles: %s", got)
	}
	if got := text(t, conn, "SELECT string_agg(DISTINCT tableowner, ' ') FROM pg_tables WHERE schemaname = 'public'"); got != "bangfu_owner" {
		t.Errorf("owners of the tables: %s", got)
	}
	if got := text(t, conn, "SELECT (max(n) = 1)::text FROM (SELECT count(*) AS n FROM goose_db_version GROUP BY version_id) x"); got != "true" {
		t.Error("a migration was applied twice")
	}
}

func TestManyProgramsStartAtOnce(t *testing.T) {
	one, other := pgtest.Empty(t), pgtest.Empty(t)
	results := make(chan error)
	for i := range 8 {
		url := []string{one, other}[i%2]
		go func() { results <- migrate.Up(context.Background(), url) }()
	}
	for range 8 {
		if err := <-results; err != nil {
			t.Error(err)
		}
	}
}

// The login of a hosted database is no superuser: it may create roles, or not even that.
func TestAnOrdinaryLogin(t *testing.T) {
	tests := map[string]struct{ attributes, want string }{
		"may create roles":     {"CREATEROLE", ""},
		"has been granted all": {"IN ROLE bangfu_owner, bangfu_app, bangfu_report", ""},
		"may not create roles": {"", "have an administrator run: GRANT bangfu_owner TO "},
		"of somebody's else":   {"CREATEROLE", "must own the database"},
	}
	ready := pgtest.Empty(t)
	if err := migrate.Up(t.Context(), ready); err != nil { // so that the roles exist
		t.Fatal(err)
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			url := pgtest.Empty(t)
			root := connect(t, url)
			database := root.Config().Database
			login := database + "_login"
			execute(t, root, "CREATE ROLE "+login+" LOGIN "+test.attributes)
			t.Cleanup(func() {
				execute(t, root, "REASSIGN OWNED BY "+login+" TO CURRENT_USER; DROP OWNED BY "+login+"; DROP ROLE "+login)
			})
			if test.attributes == "CREATEROLE" && text(t, root, "SELECT (current_setting('server_version_num')::int >= 160000)::text") == "true" {
				// What PostgreSQL 16 and newer give to the creator of a role.
				execute(t, root, "GRANT bangfu_owner, bangfu_app, bangfu_report TO "+login+" WITH ADMIN TRUE, INHERIT FALSE, SET FALSE")
			}
			if name != "of somebody's else" {
				execute(t, root, "ALTER DATABASE "+database+" OWNER TO "+login)
			}
			ordinary, err := pgtest.As(url, login, database)
			if err != nil {
				t.Fatal(err)
			}
			err = migrate.Up(t.Context(), ordinary)
			if test.want == "" && err != nil {
				t.Fatal(err)
			}
			if test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want) || strings.Contains(err.Error(), "\n")) {
				t.Errorf("error %q, want one line with %q", fmt.Sprint(err), test.want)
			}
		})
	}
}

func TestAdviceIsThreeStatements(t *testing.T) {
	want := `the login of DATABASE_URL may not create roles; have an administrator run:` +
		` CREATE ROLE bangfu_owner NOLOGIN ROLE "web site"; GRANT bangfu_app TO "web site"; CREATE ROLE bangfu_report LOGIN ROLE "web site";`
	if got := migrate.Advice("web site", []string{"bangfu_app"}); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

func TestPowerfulRolesAreRefused(t *testing.T) {
	url := pgtest.Empty(t)
	if err := migrate.Up(t.Context(), url); err != nil {
		t.Fatal(err)
	}
	conn := connect(t, url)
	tx, err := conn.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(context.Background()) }() // roles belong to all tests of the server
	if err := migrate.CheckRoles(t.Context(), conn); err != nil {
		t.Error(err)
	}
	execute(t, conn, "ALTER ROLE bangfu_app BYPASSRLS")
	if err := migrate.CheckRoles(t.Context(), conn); err == nil || !strings.Contains(err.Error(), "bangfu_app has more rights") {
		t.Errorf("a role with BYPASSRLS: %v", err)
	}
}

func TestOldServersAreRefused(t *testing.T) {
	if err := migrate.Supported(140011, "14.11"); err == nil || !strings.Contains(err.Error(), "14.11") {
		t.Errorf("PostgreSQL 14: %v", err)
	}
	if err := migrate.Supported(150000, "15.0"); err != nil {
		t.Errorf("PostgreSQL 15: %v", err)
	}
}

func TestHash(t *testing.T) {
	if h := migrate.Hash(); len(h) != 16 || h != migrate.Hash() {
		t.Errorf("hash %q", h)
	}
}

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

func execute(t *testing.T, conn *pgx.Conn, sql string) {
	t.Helper()
	if _, err := conn.Exec(context.Background(), sql); err != nil {
		t.Fatal(err)
	}
}

func text(t *testing.T, conn *pgx.Conn, sql string) string {
	t.Helper()
	var got string
	if err := conn.QueryRow(t.Context(), sql).Scan(&got); err != nil {
		t.Fatal(err)
	}
	return got
}
