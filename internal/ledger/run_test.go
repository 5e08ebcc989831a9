package ledger_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"bangfu/internal/day"
	"bangfu/internal/idcard"
	"bangfu/internal/ledger"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// committed is the county's centre on a database of its own, where what is done stays.
func committed(t testing.TB) *office {
	t.Helper()
	db := pgtest.DB(t)
	o := &office{now: pgtest.Now}
	o.Office = ledger.Office{DB: db.App, Clock: func() time.Time { return o.now }, Keys: sample.Keys(), Shelf: shelf(t)}
	o.do(t, func(u *work.Unit) error {
		sample.Centre(t, u)
		return u.Audit(t.Context(), work.Entry{Act: "staff.sign_in", Kind: "member", ID: 1})
	})
	return o
}

// do commits one unit of the clerk.
func (o *office) do(t testing.TB, fn func(u *work.Unit) error) {
	t.Helper()
	must(t, work.Do(t.Context(), o.DB, o.now, sample.Clerk, fn))
}

// started uploads a sheet and starts its import.
func (o *office) started(t testing.TB, data io.Reader) (id ledger.ImportID) {
	t.Helper()
	o.do(t, func(u *work.Unit) error {
		var err error
		if id, err = ledger.Upload(t.Context(), u, o.Shelf, "台账.xlsx", data); err != nil {
			return err
		}
		return ledger.Start(t.Context(), u, id)
	})
	return id
}

// people makes n ID numbers that differ.
func people(n int) []idcard.Number {
	numbers := make([]idcard.Number, n)
	birth := day.Of(1950, 1, 1)
	for i := range numbers {
		y, m, d := birth.Add(i / 900).Date()
		first := fmt.Sprintf("539901%04d%02d%02d%03d", y, int(m), d, 100+i%900)
		check, _ := idcard.CheckDigit(first)
		numbers[i] = idcard.Number(first + string(check))
	}
	return numbers
}

// csv makes a ledger of these people, each a household.
func csv(numbers []idcard.Number) string {
	var b strings.Builder
	b.WriteString("姓名,身份证号,健康状况\n")
	for i, n := range numbers {
		fmt.Fprintf(&b, "王%d,%s,良好\n", i, n)
	}
	return b.String()
}

// A worker that is killed in the middle leaves whole batches behind it; the next one goes on there, and each row is
// taken once.
func TestAnImportGoesOnAfterItsWorkerWasKilled(t *testing.T) {
	o := committed(t)
	const rows = 2300
	id := o.started(t, strings.NewReader(csv(people(rows))))
	for kills := 0; kills < 3; kills++ {
		ctx, kill := context.WithCancel(t.Context())
		before := o.done(t, id)
		go func() {
			for o.done(t, id) == before && ctx.Err() == nil {
				runtime.Gosched()
			}
			kill()
		}()
		if err := ledger.Work(ctx, o.Office); err != nil && !errors.Is(err, context.Canceled) {
			t.Fatal(err)
		}
		kill()
		o.now = o.now.Add(31 * time.Second)
	}
	if got := o.done(t, id); got <= 1 {
		t.Fatalf("nothing was done before the kills: row %d", got)
	}
	must(t, ledger.Work(t.Context(), o.Office))
	i, err := ledger.Find(t.Context(), o.DB, sample.Everywhere, id)
	must(t, err)
	if i.State != ledger.Done || i.Files != rows || i.Rows[ledger.Taken] != rows || i.DoneRow != rows+1 || i.Percent != 100 {
		t.Errorf("%+v", i)
	}
	var files, verdicts, origins int
	must(t, o.DB.QueryRow(t.Context(), `SELECT (SELECT count(*) FROM casefile_file), (SELECT count(*) FROM ledger_row), (SELECT count(*) FROM ledger_origin)`).
		Scan(&files, &verdicts, &origins))
	if files != rows || verdicts != rows || origins != rows {
		t.Errorf("%d files, %d verdicts, %d origins of %d rows", files, verdicts, origins, rows)
	}
}

// done is the row up to which an import is done.
func (o *office) done(t testing.TB, id ledger.ImportID) (row int) {
	if err := o.DB.QueryRow(context.WithoutCancel(t.Context()), `SELECT done_row FROM ledger_import WHERE id = $1`, id).Scan(&row); err != nil {
		t.Error(err)
	}
	return row
}

// Two ledgers of the same people, in opposite order, are read in at the same time: each person is in one file.
func TestTwoLedgersOfTheSamePeopleAtOnce(t *testing.T) {
	o := committed(t)
	const n = 1500
	there := people(n)
	back := make([]idcard.Number, n)
	for i := range there {
		back[n-1-i] = there[i]
	}
	ids := []ledger.ImportID{o.started(t, strings.NewReader(csv(there))), o.started(t, strings.NewReader(csv(back)))}
	var workers sync.WaitGroup
	for range 3 {
		workers.Go(func() {
			if err := ledger.Work(t.Context(), o.Office); err != nil {
				t.Error(err)
			}
		})
	}
	workers.Wait()
	total := map[ledger.Verdict]int{}
	for _, id := range ids {
		i, err := ledger.Find(t.Context(), o.DB, sample.Everywhere, id)
		must(t, err)
		if i.State != ledger.Done {
			t.Errorf("%+v", i)
		}
		for v, rows := range i.Rows {
			total[v] += rows
		}
	}
	if total[ledger.Taken] != n || total[ledger.Known] != n {
		t.Errorf("%v", total)
	}
}

// The rules that must never fail hold against a hand at the keyboard of the database.
func TestLedgerRulesOfTheDatabase(t *testing.T) {
	for name, sql := range map[string]string{
		"a verdict is not changed":        `UPDATE ledger_row SET verdict = 'bad'`,
		"a verdict is not removed":        `DELETE FROM ledger_row`,
		"a taken row names its file":      `INSERT INTO ledger_row (import_id, row, verdict) SELECT id, 99, 'taken' FROM ledger_import`,
		"a bad row says why":              `INSERT INTO ledger_row (import_id, row, verdict) SELECT id, 99, 'bad' FROM ledger_import`,
		"a person is taken once":          `INSERT INTO ledger_row (import_id, row, verdict, id_index, file_id) SELECT import_id, 99, verdict, id_index, file_id FROM ledger_row`,
		"an origin stays":                 `DELETE FROM ledger_origin`,
		"an origin is not moved":          `UPDATE ledger_origin SET import_id = import_id`,
		"nobody started, nothing running": `UPDATE ledger_import SET started_by = NULL`,
	} {
		t.Run(name, func(t *testing.T) {
			o := open(t)
			o.imported(t, "姓名,身份证号", "王建国,"+man())
			if _, err := o.Exec(t.Context(), sql); err == nil {
				t.Error("the database let it pass")
			}
		})
	}
}
