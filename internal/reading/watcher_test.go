package reading_test

import (
	"context"
	"fmt"
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

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// desk is a program: its watcher on a database, and its clock.
type desk struct {
	*reading.Watcher
	t   *testing.T
	db  work.Beginner
	now time.Time
}

// at opens a desk at ten in the morning.
func at(t *testing.T, db work.Beginner, limits reading.Limits) *desk {
	return &desk{reading.NewWatcher(limits), t, db, pgtest.Now}
}

// opens lets somebody open files, and tells how many of them were shown before the brake held.
func (d *desk) opens(by work.Actor, files ...work.FileID) int {
	d.t.Helper()
	for n, f := range files {
		brake, err := d.Open(d.t.Context(), d.db, by, reading.OfFile(f), d.now)
		must(d.t, err)
		if brake != nil {
			if want := time.Date(2026, 11, 22, d.now.In(pgtest.Now.Location()).Hour()+1, 0, 0, 0, pgtest.Now.Location()); !brake.Until.Equal(want) || brake.Kind != reading.Files {
				d.t.Errorf("held until %v, want %v: %+v", brake.Until, want, brake)
			}
			return n
		}
		d.Shown(by, reading.OfFile(f), d.now)
	}
	return len(files)
}

// searches lets somebody search so often, and tells how often the brake did not hold.
func (d *desk) searches(by work.Actor, times int) int {
	for n := range times {
		if d.Search(by, d.now) != nil {
			return n
		}
	}
	return times
}

// write writes, and gives what was told to the trail, one a line.
func (d *desk) write() string {
	d.t.Helper()
	told, err := d.Write(d.t.Context(), d.db, func() time.Time { return d.now })
	must(d.t, err)
	var b strings.Builder
	for _, x := range told {
		fmt.Fprintf(&b, "%d %02d braked=%v files=%d searches=%d\n", x.StaffID, x.Hour.In(pgtest.Now.Location()).Hour(), x.Braked, x.Files, x.Searches)
	}
	return b.String()
}

// rows writes both tables down, one row a line.
func rows(t *testing.T, q work.Querier) string {
	t.Helper()
	read, err := q.Query(t.Context(), `
		SELECT concat_ws(' ', r.staff_id, to_char(r.hour AT TIME ZONE 'Asia/Shanghai', 'HH24'), r.file_id, r.times, to_char(r.first_at AT TIME ZONE 'Asia/Shanghai', 'HH24:MI'),
			to_char(r.last_at AT TIME ZONE 'Asia/Shanghai', 'HH24:MI')) FROM reading_file r
		UNION ALL
		SELECT concat_ws(' ', h.staff_id, to_char(h.hour AT TIME ZONE 'Asia/Shanghai', 'HH24'), 'files', h.files, 'searches', h.searches, CASE WHEN h.braked_at IS NOT NULL THEN 'braked'
			WHEN h.unusual_at IS NOT NULL THEN 'unusual' END) FROM reading_hour h ORDER BY 1`)
	must(t, err)
	lines, err := pgx.CollectRows(read, pgx.RowTo[string])
	must(t, err)
	return strings.Join(lines, "\n")
}

// trail lists the entries about reading, one a line.
func trail(t *testing.T, q work.Querier) string {
	t.Helper()
	read, err := q.Query(t.Context(), `SELECT concat_ws(' ', act, staff_name, kind, subject_id, address, org_id, file_id, changes) FROM audit_entry WHERE act LIKE 'reading.%' ORDER BY id`)
	must(t, err)
	lines, err := pgx.CollectRows(read, pgx.RowTo[string])
	must(t, err)
	return strings.Join(lines, "\n")
}

func same(t *testing.T, got, want string) {
	t.Helper()
	if strings.TrimSpace(got) != strings.TrimSpace(want) {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// files are so many invented files from a number on.
func files(from, count int) []work.FileID {
	all := make([]work.FileID, count)
	for i := range all {
		all[i] = work.FileID(from + i)
	}
	return all
}

// A person, a file and an hour are one row, which grows; searches are counted beside it.
func TestOneRowForAPersonAFileAndAnHour(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	d := at(t, u, reading.Limits{Files: 400, Searches: 240})
	d.opens(sample.Clerk, 1, 2, 1)
	d.now = d.now.Add(20 * time.Minute)
	d.opens(sample.Clerk, 1)
	d.opens(sample.Supervisor, 1)
	d.searches(sample.Clerk, 3)
	same(t, rows(t, u), "")
	same(t, d.write(), "")
	d.now = d.now.Add(39*time.Minute + 59*time.Second) // the last second of the hour
	d.opens(sample.Clerk, 2, 3)
	d.now = d.now.Add(time.Second)
	d.opens(sample.Clerk, 2)
	d.searches(sample.Clerk, 1)
	d.write()
	d.write() // nothing waits any more
	same(t, rows(t, u), `
9201 10 1 3 10:00 10:20
9201 10 2 2 10:00 10:59
9201 10 3 1 10:59 10:59
9201 10 files 3 searches 3
9201 11 2 1 11:00 11:00
9201 11 files 1 searches 1
9205 10 1 1 10:20 10:20
9205 10 files 1 searches 0`)
	same(t, trail(t, u), "")
}

// As many files as the limit are shown, and not one more; what was open stays open, and the next hour begins at none.
func TestTheBrakeOnFiles(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	d := at(t, u, reading.Limits{Files: 6, Searches: 240})
	if n := d.opens(sample.Clerk, files(1, 3)...); n != 3 {
		t.Fatalf("%d", n)
	}
	same(t, d.write(), "") // half is not unusual
	if n := d.opens(sample.Clerk, files(4, 10)...); n != 3 {
		t.Fatalf("%d files after three, of six", n)
	}
	if n := d.opens(sample.Clerk, files(1, 6)...); n != 6 {
		t.Errorf("%d of the files that were open stay open", n)
	}
	if n := d.opens(sample.Clerk2, 9); n != 1 {
		t.Error("somebody else is held")
	}
	same(t, d.write(), "9201 10 braked=false files=6 searches=0\n9201 10 braked=true files=6 searches=0")
	d.opens(sample.Clerk, 7)
	same(t, d.write(), "") // told once
	d.now = d.now.Add(time.Hour)
	if n := d.opens(sample.Clerk, files(21, 4)...); n != 4 {
		t.Errorf("%d in the next hour", n)
	}
	same(t, d.write(), "9201 11 braked=false files=4 searches=0")
	same(t, trail(t, u), `
reading.unusual 何敏 member 9201 192.0.2.1 9003 [{"after": "2026-11-22 10:00", "field": "hour"}, {"after": 6, "field": "files"}, {"after": 0, "field": "searches"}]
reading.braked 何敏 member 9201 192.0.2.1 9003 [{"after": "2026-11-22 10:00", "field": "hour"}, {"after": 6, "field": "files"}, {"after": 0, "field": "searches"}]
reading.unusual 何敏 member 9201 192.0.2.1 9003 [{"after": "2026-11-22 11:00", "field": "hour"}, {"after": 4, "field": "files"}, {"after": 0, "field": "searches"}]`)
}

// The same for searches, at the limit and one beyond it, at half and one beyond it, before and after a writing.
func TestTheBrakeOnSearches(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	d := at(t, u, reading.Limits{Files: 400, Searches: 6})
	if n := d.searches(sample.Clerk, 3); n != 3 {
		t.Fatalf("%d", n)
	}
	same(t, d.write(), "")
	if n := d.searches(sample.Clerk, 1); n != 1 {
		t.Fatalf("%d", n)
	}
	same(t, d.write(), "9201 10 braked=false files=0 searches=4")
	if n := d.searches(sample.Clerk, 5); n != 2 {
		t.Fatalf("%d searches after four, of six", n)
	}
	if brake := d.Search(sample.Clerk, d.now); brake == nil || brake.Kind != reading.Searches || brake.Limit != 6 || !brake.Until.Equal(pgtest.Now.Add(time.Hour)) {
		t.Errorf("%+v", brake)
	}
	if n := d.opens(sample.Clerk, 1); n != 1 {
		t.Error("who searched much may not open a file")
	}
	same(t, d.write(), "9201 10 braked=true files=1 searches=6")
	d.now = d.now.Add(time.Hour)
	if n := d.searches(sample.Clerk, 7); n != 6 {
		t.Errorf("%d in the next hour", n)
	}
}

// Without limits nobody is held and nothing is told; it is remembered all the same.
func TestNoLimits(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	d := at(t, u, reading.Limits{})
	if d.opens(sample.Clerk, files(1, 500)...) != 500 || d.searches(sample.Clerk, 500) != 500 {
		t.Error("held")
	}
	same(t, d.write(), "")
	var h reading.Counts
	must(t, u.QueryRow(t.Context(), `SELECT files, searches FROM reading_hour`).Scan(&h.Files, &h.Searches))
	if h != (reading.Counts{Files: 500, Searches: 500}) {
		t.Errorf("%+v", h)
	}
}

// A page that showed nothing is not remembered and does not count.
func TestWhatWasNotShown(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	d := at(t, u, reading.Limits{Files: 3, Searches: 3})
	for range 10 {
		if brake, err := d.Open(t.Context(), u, sample.Clerk, reading.OfFile(99), d.now); err != nil || brake != nil {
			t.Fatalf("%+v, %v", brake, err)
		}
		d.Missed(sample.Clerk, reading.OfFile(99), d.now)
	}
	d.opens(sample.Clerk, 1)
	d.Missed(sample.Clerk, reading.OfFile(1), d.now) // another page of a file that was shown
	d.write()
	d.Missed(sample.Clerk, reading.OfFile(1), d.now)
	if n := d.opens(sample.Clerk, 1, 2, 3, 4); n != 3 {
		t.Errorf("%d files of three", n)
	}
	d.write()
	same(t, rows(t, u), `
9201 10 1 2 10:00 10:00
9201 10 2 1 10:00 10:00
9201 10 3 1 10:00 10:00
9201 10 files 3 searches 0 braked`)
}

// Requests of one person at the same moment do not get past the limit.
func TestTheBrakeHoldsManyAtOnce(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	d := at(t, u, reading.Limits{Files: 20, Searches: 20})
	var mu sync.Mutex
	var wait sync.WaitGroup
	shown, found := 0, 0
	for i := range 100 {
		wait.Go(func() {
			brake, err := d.Open(context.Background(), nobody{}, sample.Clerk, reading.OfFile(work.FileID(i+1)), d.now)
			search := d.Search(sample.Clerk, d.now)
			mu.Lock()
			defer mu.Unlock()
			if err == nil && brake == nil {
				shown++
				d.Shown(sample.Clerk, reading.OfFile(work.FileID(i+1)), d.now)
			}
			if search == nil {
				found++
			}
		})
	}
	wait.Wait()
	if shown != 20 || found != 20 {
		t.Errorf("%d files and %d searches of 20", shown, found)
	}
}

// nobody is a database in which nobody has read anything.
type nobody struct{ work.Beginner }

func (nobody) QueryRow(context.Context, string, ...any) pgx.Row { return never{} }

type never struct{}

func (never) Scan(to ...any) error { *to[0].(*bool) = false; return nil }

// Two programs on one database count together: each learns of the other's part when it writes, what was opened at one of them
// stays open at the other, and the trail is told once.
func TestTwoPrograms(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	limits := reading.Limits{Files: 6, Searches: 6}
	one, two := at(t, u, limits), at(t, u, limits)
	one.opens(sample.Clerk, 1, 2, 3)
	two.opens(sample.Clerk, 3, 4, 5)
	one.searches(sample.Clerk, 3)
	two.searches(sample.Clerk, 3)
	same(t, one.write(), "")
	same(t, two.write(), "9201 10 braked=false files=5 searches=6") // neither had more than half by itself
	if n := two.opens(sample.Clerk, 6, 7); n != 1 {
		t.Errorf("%d files at the second program after five, of six", n)
	}
	if n := two.opens(sample.Clerk, 1, 2); n != 2 {
		t.Error("what was opened at the first program is not open at the second")
	}
	if n := two.searches(sample.Clerk, 1); n != 0 {
		t.Error("a seventh search")
	}
	same(t, two.write(), "9201 10 braked=true files=6 searches=6")
	one.opens(sample.Clerk, 8) // the first has not heard of it
	same(t, one.write(), "")
	if n := one.opens(sample.Clerk, 9); n != 0 {
		t.Error("the first program does not hold after it wrote")
	}
	same(t, one.write(), "")
	// A program that was started anew learns it with its first writing.
	three := at(t, u, limits)
	three.opens(sample.Clerk, 10)
	three.write()
	if n := three.opens(sample.Clerk, 11); n != 0 {
		t.Error("a new start forgets what was read")
	}
}

// BenchmarkAPage is what a page of a file pays for being remembered.
func BenchmarkAPage(b *testing.B) {
	w := reading.NewWatcher(reading.Limits{Files: 400, Searches: 240})
	for i := 0; b.Loop(); i++ {
		of := reading.OfFile(work.FileID(1 + i%300))
		if brake, err := w.Open(b.Context(), nobody{}, sample.Clerk, of, pgtest.Now); brake != nil || err != nil {
			b.Fatal(brake, err)
		}
		w.Shown(sample.Clerk, of, pgtest.Now)
	}
}
