package reading_test

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/reading"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// Programs that write the same rows at the same moment lose nothing and count every file once.
func TestProgramsWriteAtOnce(t *testing.T) {
	db := pgtest.DB(t)
	must(t, work.Do(t.Context(), db.Owner, pgtest.Now, work.System("test"), func(u *work.Unit) error {
		sample.Centre(t, u)
		return u.Audit(t.Context(), work.Entry{Act: "staff.found", Kind: "org", ID: 1})
	}))
	var wait sync.WaitGroup
	failed := make(chan error, 4)
	for range 4 {
		d := at(t, db.App, reading.Limits{Files: 10, Searches: 10})
		wait.Go(func() {
			for round := range 10 {
				for i := range 40 {
					for _, by := range []work.Actor{sample.Clerk, sample.Clerk2} {
						d.Shown(by, reading.OfFile(work.FileID(1+(i+round)%50)), d.now)
					}
				}
				d.Search(sample.Clerk3, d.now)
				if _, err := d.Write(context.Background(), db.App, func() time.Time { return d.now }); err != nil {
					failed <- err
					return
				}
			}
		})
	}
	wait.Wait()
	close(failed)
	for err := range failed {
		t.Error(err)
	}
	var times, rows, counted, searches, entries int
	must(t, db.App.QueryRow(t.Context(), `SELECT sum(times), count(*), (SELECT sum(files) FROM reading_hour), (SELECT sum(searches) FROM reading_hour),
		(SELECT count(*) FROM audit_entry WHERE act LIKE 'reading.%') FROM reading_file`).Scan(&times, &rows, &counted, &searches, &entries))
	if times != 4*10*40*2 || rows != 98 || counted != rows || searches < 10 || searches > 40 || entries < 2 {
		t.Errorf("%d times, %d rows, %d files counted, %d searches, %d entries", times, rows, counted, searches, entries)
	}
	var twice int
	must(t, db.App.QueryRow(t.Context(), `SELECT count(*) FROM (SELECT act, staff_id FROM audit_entry WHERE act LIKE 'reading.%' GROUP BY 1, 2 HAVING count(*) > 1) x`).Scan(&twice))
	if twice != 0 {
		t.Errorf("%d entries stand twice", twice)
	}
}

// away is a database that does not answer.
type away struct{ work.Beginner }

var errAway = errors.New("away")

func (away) Query(context.Context, string, ...any) (pgx.Rows, error) { return nil, errAway }
func (away) Begin(context.Context) (pgx.Tx, error)                   { return nil, errAway }

// What cannot be written waits, and is written later with what came meanwhile; what is told waits too.
func TestTheDatabaseIsAway(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	d := at(t, u, reading.Limits{Files: 4, Searches: 4})
	d.opens(sample.Clerk, 1, 2, 3)
	for range 3 {
		if _, err := d.Write(t.Context(), away{u}, func() time.Time { return d.now }); !errors.Is(err, errAway) {
			t.Fatal(err)
		}
		d.now = d.now.Add(time.Minute)
		d.opens(sample.Clerk, 1)
	}
	if n := d.opens(sample.Clerk, 4, 5); n != 1 {
		t.Errorf("%d of two while the database is away", n)
	}
	same(t, d.write(), "9201 10 braked=false files=4 searches=0\n9201 10 braked=true files=4 searches=0")
	same(t, rows(t, u), `
9201 10 1 4 10:00 10:03
9201 10 2 1 10:00 10:00
9201 10 3 1 10:00 10:00
9201 10 4 1 10:03 10:03
9201 10 files 4 searches 0 braked`)
}

// Only so much waits; what is beyond it is lost, and said once.
func TestNotMoreWaitsThanFits(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	d := at(t, u, reading.Limits{})
	for i := range reading.MostWaiting + 7 {
		d.Shown(sample.Clerk, reading.OfFile(work.FileID(i+1)), d.now)
	}
	d.Shown(sample.Clerk, reading.OfFile(1), d.now) // grows a row that waits
	_, err := d.Write(t.Context(), away{u}, func() time.Time { return d.now })
	if err == nil || !strings.Contains(err.Error(), "7 readings are lost") {
		t.Errorf("said %v", err)
	}
	d.write()
	var rows, times int
	must(t, u.QueryRow(t.Context(), `SELECT count(*), sum(times) FROM reading_file`).Scan(&rows, &times))
	if rows != reading.MostWaiting || times != rows+1 {
		t.Errorf("%d rows, %d times", rows, times)
	}
}
