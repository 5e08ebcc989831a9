package seed_test

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/file"
	"bangfu/internal/invariant"
	"bangfu/internal/migrate"
	"bangfu/internal/seed"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// A made-up register is sound by every check, keeps the schema as it was, lets its own people go on working, and is found
// by the searches; terms that were loaded are those that the database would have made.
func TestAMadeUpRegister(t *testing.T) {
	db := pgtest.DB(t)
	if err := work.Do(t.Context(), db.App, pgtest.Now, work.System("test"), func(u *work.Unit) error {
		sample.Centre(t, u)
		return u.Audit(t.Context(), work.Entry{Act: "staff.org_add", Kind: "org", ID: 1})
	}); err != nil {
		t.Fatal(err)
	}
	store, err := file.Folder(t.TempDir(), sample.Keys())
	if err != nil {
		t.Fatal(err)
	}
	before := shape(t, db)
	steps := 0
	r := seed.Register{DB: db.App, Keys: sample.Keys(), Files: store, Now: pgtest.Now, Say: func(string) { steps++ }, Owner: owner(db)}
	const files = 600
	if err := r.Fill(t.Context(), files); err != nil {
		t.Fatal(err)
	}
	if after := shape(t, db); after != before || steps < 5 {
		t.Errorf("%d steps; the schema was\n%s\nand is\n%s", steps, before, after)
	}
	found, err := invariant.Verify(t.Context(), db.App)
	if err != nil || len(found) > 0 {
		t.Errorf("%v, %v", found, err)
	}
	versions, read, err := casefile.VerifyVersions(t.Context(), db.App, sample.Keys(), func(f casefile.VersionFault) {
		t.Errorf("file %d: %s", f.FileID, f.Said.In(t.Context()))
	})
	if err != nil || versions < files*9/10 || read < files*8/10 {
		t.Errorf("%d versions, %d files read, %v", versions, read, err)
	}
	if got := terms(t, db); got != 0 {
		t.Errorf("%d terms are not what the database would have made", got)
	}
	page, err := casefile.ListFiles(t.Context(), db.App, work.Everywhere, casefile.Query{List: casefile.ActiveList, Size: 50})
	if err != nil || len(page.Files) != 50 || page.After == 0 {
		t.Fatalf("%d files listed, %v", len(page.Files), err)
	}
	one := page.Files[7]
	answer, err := casefile.Search(t.Context(), db.App, sample.Keys(), work.Under(one.OrgPath), one.HeadName, "")
	if err != nil || len(answer.Found) == 0 || answer.Found[0].By != casefile.ByName {
		t.Errorf("%s is not found: %+v, %v", one.HeadName, answer, err)
	}
	if err := work.Do(t.Context(), db.App, pgtest.Now, sample.Clerk, func(u *work.Unit) error {
		id, err := casefile.Register(t.Context(), u)
		if err == nil && id <= one.ID {
			t.Errorf("a new registration is file %d", id)
		}
		return err
	}); err != nil {
		t.Error(err)
	}
	for _, wrong := range []int{0, seed.MostFiles + 1} {
		if err := r.Fill(t.Context(), wrong); err == nil {
			t.Errorf("a register of %d files is made up", wrong)
		}
	}
}

// owner connects as the owner of the tables.
func owner(db *pgtest.Database) func(context.Context) (*pgx.Conn, error) {
	return func(ctx context.Context) (*pgx.Conn, error) {
		conn, err := pgx.ConnectConfig(ctx, db.Owner.Config().ConnConfig)
		if err == nil {
			_, err = conn.Exec(ctx, "SET ROLE "+migrate.Owner)
		}
		return conn, err
	}
}

// shape is every index, key and trigger of the schema in one text.
func shape(t *testing.T, db *pgtest.Database) string {
	t.Helper()
	var text string
	if err := db.Owner.QueryRow(t.Context(), `SELECT string_agg(line, E'\n' ORDER BY line) FROM (
		SELECT indexdef AS line FROM pg_indexes WHERE schemaname = 'public'
		UNION ALL SELECT conrelid::regclass || ' ' || conname || ' ' || pg_get_constraintdef(oid) || ' ' || convalidated FROM pg_constraint WHERE connamespace = 'public'::regnamespace
		UNION ALL SELECT tgrelid::regclass || ' ' || tgname || ' ' || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal) l`).Scan(&text); err != nil {
		t.Fatal(err)
	}
	return text
}

// terms counts those that are too many or too few.
func terms(t *testing.T, db *pgtest.Database) (wrong int) {
	t.Helper()
	if err := db.Owner.QueryRow(t.Context(), `
		WITH made AS (
			SELECT term, f.org_path, f.id AS file_id, p.id AS person_id FROM casefile_file f JOIN casefile_person p ON p.file_id = f.id,
				unnest(casefile_person_terms(p.name, p.pinyin)) AS term WHERE p.left_on IS NULL
			UNION ALL SELECT term, f.org_path, f.id, 0 FROM casefile_file f, unnest(casefile_file_terms(f.address, f.employer)) AS term)
		SELECT (SELECT count(*) FROM (TABLE made EXCEPT TABLE casefile_term) a) + (SELECT count(*) FROM (TABLE casefile_term EXCEPT TABLE made) b)`).Scan(&wrong); err != nil {
		t.Fatal(err)
	}
	return wrong
}
