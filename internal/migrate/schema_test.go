package migrate_test

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"bangfu/internal/localdb"
	"bangfu/internal/migrate"
	"bangfu/internal/testkit/pgtest"
)

var update = flag.Bool("update", false, "write docs/schema.sql")

// docs/schema.sql is for readers: what all migrations together make.
func TestTheSchemaOnPaperIsTheSchema(t *testing.T) {
	url := pgtest.Empty(t)
	if err := migrate.Up(t.Context(), url); err != nil {
		t.Fatal(err)
	}
	var major int
	if err := connect(t, url).QueryRow(t.Context(), "SELECT current_setting('server_version_num')::int / 10000").Scan(&major); err != nil {
		t.Fatal(err)
	}
	program, err := localdb.Program("pg_dump", major)
	if err != nil {
		if *update {
			t.Fatal(err)
		}
		t.Logf("docs/schema.sql is not compared on this machine: %v", err)
		return
	}
	out, err := exec.Command(program, "--schema-only", "--no-owner", "--exclude-table=goose_db_version*", "--dbname="+url).Output()
	if err != nil {
		t.Fatalf("pg_dump: %v", err)
	}
	said, err := exec.Command(program, "--version").Output()
	if err != nil {
		t.Fatal(err)
	}
	head := fmt.Sprintf("-- What all migrations make. Written by `make schema` with PostgreSQL %d; do not edit.\n\n", major)
	if !strings.Contains(string(said), fmt.Sprintf(" %d.", major)) {
		t.Logf("docs/schema.sql is not compared: pg_dump is %s and the server %d", strings.TrimSpace(string(said)), major)
		return
	}
	file := filepath.Join("..", "..", "docs", "schema.sql")
	got := head + tidy(string(out))
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(string(want), head) {
		t.Logf("docs/schema.sql is not compared: it was written with another PostgreSQL than %d", major)
		return
	}
	if got != string(want) {
		t.Error("docs/schema.sql is not what the migrations make: run make schema")
	}
}

var noise = regexp.MustCompile(`(?m)^(--.*|SET .*|SELECT pg_catalog\..*|\\.*)\n`)
var gaps = regexp.MustCompile(`\n{3,}`)

// tidy takes out what differs from one run of pg_dump to the next, and what says nothing about the schema.
func tidy(dump string) string {
	return strings.TrimSpace(gaps.ReplaceAllString(noise.ReplaceAllString(dump, ""), "\n\n")) + "\n"
}
