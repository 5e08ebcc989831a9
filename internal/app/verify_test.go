package app

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bangfu/internal/audit"
	"bangfu/internal/file"
	"bangfu/internal/seal"
	"bangfu/internal/seed"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/words"
)

// Verify finds nothing in the sample centre; then each kind of damage is found and named, and all of them together.
func TestVerifyNamesEachFinding(t *testing.T) {
	t.Setenv("LC_ALL", "zh_CN.UTF-8")
	dir := t.TempDir()
	keys, err := seal.Open(filepath.Join(dir, "keys.json"), seal.Intl)
	if err != nil {
		t.Fatal(err)
	}
	evidence := filepath.Join(dir, "evidence")
	files, err := file.Folder(evidence, keys)
	if err != nil {
		t.Fatal(err)
	}
	db := pgtest.DB(t)
	if err := seed.Fill(t.Context(), seed.Into{DB: db.App, Keys: keys, Files: files, Now: pgtest.Now}); err != nil {
		t.Fatal(err)
	}
	if _, err := audit.Seal(t.Context(), db.App, pgtest.Now); err != nil {
		t.Fatal(err)
	}
	clock := func() time.Time { return pgtest.Now }
	a := &App{Kit: NewKit(db.App, clock, keys, files, slog.New(slog.DiscardHandler)), store: &store{pool: db.App}}

	var out bytes.Buffer
	if err := a.Verify(t.Context(), &out); err != nil || !strings.Contains(out.String(), "没有发现问题") {
		t.Fatalf("%v\n%s", err, &out)
	}

	kept, err := filepath.Glob(filepath.Join(evidence, "??", "*"))
	if err != nil || len(kept) < 5 {
		t.Fatalf("%d files are kept, %v", len(kept), err)
	}
	if err := os.Remove(kept[0]); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(kept[1], []byte("something else"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := files.Put(t.Context(), strings.NewReader("%PDF-1.4\nnobody's\n%%EOF\n")); err != nil {
		t.Fatal(err)
	}
	tamper(t, db, `UPDATE audit_entry SET staff_name = 'x' WHERE id = 7`)
	tamper(t, db, `UPDATE fund_pot SET balance_fen = balance_fen + 1 WHERE pot = 'available' AND account_id = 1`)
	tamper(t, db, `UPDATE payment_batch SET file = 'x' WHERE state = 'released'`)
	tamper(t, db, `UPDATE casefile_file SET people = 29 WHERE id = 3`)

	tamper(t, db, `UPDATE casefile_file SET address = '别处' WHERE id = 3`)
	tamper(t, db, `UPDATE casefile_version SET facts = jsonb_set(facts, '{Cover,Address}', '"别处"') WHERE file_id = 3 AND number = 1`)
	tamper(t, db, `UPDATE casefile_person SET phone_index = id_index WHERE id = (SELECT max(id) FROM casefile_person WHERE phone_index IS NOT NULL AND file_id <> 3)`)

	out.Reset()
	var unsound Unsound
	if err := a.Verify(t.Context(), &out); !errors.As(err, &unsound) {
		t.Fatalf("%v\n%s", err, &out)
	}
	for _, finding := range []string{"✗ I10  audit_entry 7", "✗ I1  fund_pot", "✗ I7  payment_batch", "✗ I8  casefile_file 3",
		"✗ I16  casefile_evidence " + filepath.Base(kept[0]), "✗ I16  casefile_evidence " + filepath.Base(kept[1]), "另有 1 个文件没有记录",
		"casefile_file 3  第 1 版的内容与其摘要不符", "casefile_file 3  表中内容与第 4 版不一致：家庭人口、家庭住址\n", "加密的号码与检索值不符"} {
		if !strings.Contains(out.String(), finding) {
			t.Errorf("not told: %s", finding)
		}
	}
	if told := strings.Count(out.String(), "✗"); told != int(unsound) || t.Failed() {
		t.Errorf("%d findings were told, %d counted\n%s", told, unsound, &out)
	}
}

// However many papers and kept files are asked for at once, each is looked at once.
func TestVerifyEvidenceInPieces(t *testing.T) {
	dir := t.TempDir()
	keys, err := seal.Open(filepath.Join(dir, "keys.json"), seal.Intl)
	if err != nil {
		t.Fatal(err)
	}
	files, err := file.Folder(filepath.Join(dir, "evidence"), keys)
	if err != nil {
		t.Fatal(err)
	}
	db := pgtest.DB(t)
	if err := seed.Fill(t.Context(), seed.Into{DB: db.App, Keys: keys, Files: files, Now: pgtest.Now}); err != nil {
		t.Fatal(err)
	}
	a := &App{Kit: NewKit(db.App, func() time.Time { return pgtest.Now }, keys, files, slog.New(slog.DiscardHandler)), store: &store{pool: db.App}}
	var papers int
	if err := db.App.QueryRow(t.Context(), `SELECT count(DISTINCT blob) FROM casefile_evidence`).Scan(&papers); err != nil || papers < 3 {
		t.Fatalf("%d papers, %v", papers, err)
	}
	for _, text := range []string{"one", "two"} {
		if _, err := files.Put(t.Context(), strings.NewReader("%PDF-1.4\n"+text+"\n%%EOF\n")); err != nil {
			t.Fatal(err)
		}
	}
	tamper(t, db, `UPDATE casefile_evidence SET blob = repeat('0', 64) WHERE blob = (SELECT min(blob) FROM casefile_evidence)`)
	tamper(t, db, `UPDATE casefile_evidence SET blob = repeat('f', 64) WHERE blob = (SELECT max(blob) FROM casefile_evidence)`)
	ctx := words.In(t.Context(), words.English)
	for size := 1; size <= papers+5; size++ {
		var out bytes.Buffer
		v := verifier{App: a, out: &out}
		if err := errors.Join(v.evidence(ctx, size), v.strays(ctx, size)); err != nil {
			t.Fatal(err)
		}
		if v.found != 2 || !strings.Contains(out.String(), fmt.Sprintf("  %d papers\n", papers)) || !strings.Contains(out.String(), "4 kept files have no record") {
			t.Errorf("%d at once of %d: %d findings\n%s", size, papers, v.found, &out)
		}
	}
}

// tamper changes the database behind every guard's back.
func tamper(t *testing.T, db *pgtest.Database, sql string) {
	t.Helper()
	tx, err := db.Owner.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(context.Background()) }() // does nothing after a commit
	for _, statement := range []string{"SET LOCAL ROLE NONE", "SET LOCAL session_replication_role = replica", sql} {
		if _, err := tx.Exec(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
}
