package ledger_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"bangfu/internal/day"
	"bangfu/internal/file"
	"bangfu/internal/idcard"
	"bangfu/internal/ledger"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// office is the county's centre with a shelf, in a transaction that is rolled back.
type office struct {
	*work.Unit
	ledger.Office
	now time.Time
}

func open(t *testing.T) *office {
	t.Helper()
	tx := pgtest.Tx(t)
	o := &office{Unit: work.NewUnit(tx, pgtest.Now, sample.Clerk), now: pgtest.Now}
	sample.Centre(t, o.Unit)
	o.Office = ledger.Office{DB: tx, Clock: func() time.Time { return o.now }, Keys: sample.Keys(), Shelf: shelf(t)}
	return o
}

func shelf(t testing.TB) file.Store {
	t.Helper()
	store, err := file.Folder(filepath.Join(t.TempDir(), "evidence"), sample.Keys())
	must(t, err)
	return store
}

// upload uploads a text of comma-separated rows.
func (o *office) upload(t *testing.T, rows ...string) ledger.ImportID {
	t.Helper()
	id, err := ledger.Upload(t.Context(), o.Unit, o.Shelf, "旧台账.csv", strings.NewReader(strings.Join(rows, "\n")))
	must(t, err)
	return id
}

// imported uploads rows, starts the import with the columns guessed, and works until it is over.
func (o *office) imported(t *testing.T, rows ...string) ledger.Import {
	t.Helper()
	id := o.upload(t, rows...)
	must(t, ledger.Start(t.Context(), o.Unit, id))
	return o.work(t, id)
}

// work lets the background do what waits and gives the import as it is then.
func (o *office) work(t *testing.T, id ledger.ImportID) ledger.Import {
	t.Helper()
	must(t, ledger.Work(t.Context(), o.Office))
	return o.find(t, id)
}

func (o *office) find(t *testing.T, id ledger.ImportID) ledger.Import {
	t.Helper()
	i, err := ledger.Find(t.Context(), o.Unit, sample.Everywhere, id)
	must(t, err)
	return i
}

// outcome is an import in one line, and what is wrong with each row below it.
func (o *office) outcome(t *testing.T, i ledger.Import) string {
	t.Helper()
	wrong, err := ledger.WrongRows(t.Context(), o.Unit, i.ID, 0, 1000)
	must(t, err)
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %d files, %d taken, %d known, %d bad, %d held\n", i.State, i.Files, i.Rows[ledger.Taken], i.Rows[ledger.Known],
		i.Rows[ledger.Bad], i.Rows[ledger.Held])
	for _, w := range wrong {
		fmt.Fprintf(&b, "%d %s:", w.Row, w.Verdict)
		for _, f := range w.Faults {
			fmt.Fprintf(&b, " %s/%s%v", f.Field, strings.TrimPrefix(string(f.Key), "ledger.fault."), f.Args)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// text reads rows of one column as lines.
func (o *office) text(t *testing.T, sql string, args ...any) string {
	t.Helper()
	rows, err := o.Query(t.Context(), sql, args...)
	must(t, err)
	defer rows.Close()
	var b strings.Builder
	for rows.Next() {
		var line string
		must(t, rows.Scan(&line))
		b.WriteString(line + "\n")
	}
	must(t, rows.Err())
	return b.String()
}

// man and woman make an ID number of somebody born in March 1976.
func man() string   { return string(sample.Number(day.Of(1976, 3, 12), idcard.Male)) }
func woman() string { return string(sample.Number(day.Of(1976, 3, 12), idcard.Female)) }

func same(t *testing.T, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
