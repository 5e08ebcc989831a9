package notice_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/notice"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// running commits files whose notices of seven days began today, on a database of the test's own.
func running(t *testing.T, n int) (*pgtest.Database, []work.FileID) {
	t.Helper()
	db := pgtest.DB(t)
	files := make([]work.FileID, n)
	commit(t, db, pgtest.Now, func(u *work.Unit) {
		sample.Centre(t, u)
		for i := range files {
			files[i], _ = published(t, u)
		}
	})
	return db, files
}

// commit runs fn as one committed unit at the time.
func commit(t *testing.T, db *pgtest.Database, at time.Time, fn func(u *work.Unit)) {
	t.Helper()
	tx, err := db.App.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(t.Context())) }() // after a commit it does nothing
	fn(work.NewUnit(tx, at, sample.Officer))
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// table writes the rows of a query, one a line.
func table(t *testing.T, q work.Querier, sql string) string {
	t.Helper()
	rows, err := q.Query(t.Context(), sql)
	if err != nil {
		t.Fatal(err)
	}
	lines, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (string, error) {
		values, err := row.Values()
		return strings.TrimSpace(fmt.Sprintln(values...)), err
	})
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, "\n")
}

const lives = `SELECT f.state, coalesce(f.number, '-'), n.state FROM casefile_file f JOIN notice_notice n ON n.file_id = f.id ORDER BY f.id, n.id`

// over is the first moment after the notices of running: midnight in China after the seventh day.
var over = day.On(pgtest.Now).Add(7).Start()

func TestEndDueKeepsToTheLastDay(t *testing.T) {
	db, _ := running(t, 1)
	for _, step := range []struct {
		at   time.Time
		want int
		rows string
	}{
		{pgtest.Now, 0, "in_notice - open"},
		{over.Add(-time.Microsecond), 0, "in_notice - open"}, // 15:59:59.999999 in UTC
		{over, 1, "active QSX202600001 ended"},
		{over, 0, "active QSX202600001 ended"},
		{over.AddDate(0, 0, 30), 0, "active QSX202600001 ended"},
	} {
		n, err := notice.EndDue(t.Context(), db.App, step.at)
		if rows := table(t, db.App, lives); err != nil || n != step.want || rows != step.rows {
			t.Errorf("at %v: %d ended, %v, rows %s; want %d, %s", step.at, n, err, rows, step.want, step.rows)
		}
	}
	const trail = "SELECT act, staff_name FROM audit_entry WHERE act IN ('notice.end', 'casefile.activate') ORDER BY id"
	if got := table(t, db.App, trail); got != "casefile.activate system:notice\nnotice.end system:notice" {
		t.Errorf("the trail says\n%s", got)
	}
	shown, _, err := notice.ListPublic(t.Context(), db.App, day.On(over), notice.Cursor{}, 10)
	if err != nil || len(shown) != 0 {
		t.Errorf("%+v is shown after the last day, %v", shown, err)
	}
}

func TestEndDueByManyAtOnce(t *testing.T) {
	const files, programs = 6, 8
	db, _ := running(t, files)
	var group sync.WaitGroup
	ended, failures := make([]int, programs), make([]error, programs)
	for i := range programs {
		group.Go(func() { ended[i], failures[i] = notice.EndDue(t.Context(), db.App, over.AddDate(0, 0, 3)) })
	}
	group.Wait()
	sum := 0
	for i := range programs {
		sum += ended[i]
		if failures[i] != nil {
			t.Error(failures[i])
		}
	}
	if sum != files {
		t.Errorf("%d ended, want %d", sum, files)
	}
	if got := table(t, db.App, "SELECT count(*), count(DISTINCT number), max(number) FROM casefile_file WHERE state = 'active'"); got != "6 6 QSX202600006" {
		t.Errorf("files, numbers and the last: %s", got)
	}
	if got := table(t, db.App, "SELECT count(*) FROM audit_entry WHERE act = 'notice.end'"); got != "6" {
		t.Errorf("%s entries", got)
	}
}

func TestEndDueLeavesObjectionsAlone(t *testing.T) {
	db, _ := running(t, 2)
	commit(t, db, pgtest.Now, func(u *work.Unit) { object(t, u, 1) })
	n, err := notice.EndDue(t.Context(), db.App, over)
	if want := "contested - objected\nactive QSX202600001 ended"; err != nil || n != 1 || table(t, db.App, lives) != want {
		t.Errorf("%d ended, %v, rows\n%s", n, err, table(t, db.App, lives))
	}
}

// An objection that is being written at midnight holds its notice; the job passes it by and ends the others.
func TestEndDuePassesByWhatIsHeld(t *testing.T) {
	db, _ := running(t, 2)
	tx, err := db.App.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	writing := work.NewUnit(tx, over.Add(-time.Second), sample.Officer)
	object(t, writing, 1)
	n, err := notice.EndDue(t.Context(), db.App, over)
	if want := "in_notice - open\nactive QSX202600001 ended"; err != nil || n != 1 || table(t, db.App, lives) != want {
		t.Errorf("%d ended, %v, rows\n%s", n, err, table(t, db.App, lives))
	}
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	n, err = notice.EndDue(t.Context(), db.App, over)
	if want := "contested - objected\nactive QSX202600001 ended"; err != nil || n != 0 || table(t, db.App, lives) != want {
		t.Errorf("after the objection: %d ended, %v, rows\n%s", n, err, table(t, db.App, lives))
	}
}

func TestOneFailureDoesNotHoldUpTheOthers(t *testing.T) {
	db, files := running(t, 3)
	commit(t, db, pgtest.Now, func(u *work.Unit) { // damaged by hand: its file left the notice
		if _, err := u.Exec(t.Context(), "UPDATE casefile_file SET state = 'assessed' WHERE id = $1", files[0]); err != nil {
			t.Fatal(err)
		}
	})
	n, err := notice.EndDue(t.Context(), db.App, over)
	want := "assessed - open\nactive QSX202600001 ended\nactive QSX202600002 ended"
	if err == nil || !strings.Contains(err.Error(), "ending notice 1") || n != 2 || table(t, db.App, lives) != want {
		t.Errorf("%d ended, %v, rows\n%s", n, err, table(t, db.App, lives))
	}
}

func TestTwoPublishersAtOnce(t *testing.T) {
	db := pgtest.DB(t)
	var file work.FileID
	commit(t, db, pgtest.Now, func(u *work.Unit) {
		sample.Centre(t, u)
		file = sample.File(t, u, casefile.Assessed).ID
	})
	var group sync.WaitGroup
	results := make([]error, 6)
	for i := range results {
		group.Go(func() {
			results[i] = work.Do(t.Context(), db.App, pgtest.Now, sample.Officer, func(u *work.Unit) error {
				_, err := notice.Publish(t.Context(), u, file, week)
				return err
			})
		})
	}
	group.Wait()
	done := 0
	for _, err := range results {
		if err == nil {
			done++
		}
	}
	if got := table(t, db.App, lives); done != 1 || got != "in_notice - open" {
		t.Errorf("%d were published, rows\n%s\n%v", done, got, results)
	}
}

func TestObjectionsAtOnce(t *testing.T) {
	db, _ := running(t, 1)
	var group sync.WaitGroup
	results := make([]error, 5)
	for i := range results {
		group.Go(func() {
			results[i] = work.Do(t.Context(), db.App, pgtest.Now, work.Visitor("198.51.100.7"), func(u *work.Unit) error {
				_, err := notice.ObjectPublic(t.Context(), u, sample.Keys(), 1, notice.Said{Content: "不实"})
				return err
			})
		})
	}
	group.Wait()
	for _, err := range results {
		if err != nil {
			t.Error(err)
		}
	}
	got := table(t, db.App, "SELECT count(*), count(DISTINCT receipt) FROM notice_objection")
	if rows := table(t, db.App, lives); got != "5 5" || rows != "contested - objected" {
		t.Errorf("%s objections, rows\n%s", got, rows)
	}
}
