package reading_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/reading"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// readOn lets people read on three days: the file and others.
func readOn(t *testing.T, u *work.Unit) (f, other casefile.File) {
	t.Helper()
	f, other = sample.File(t, u, casefile.Active), sample.File(t, u, casefile.Draft)
	d := at(t, u, reading.Limits{Files: 3, Searches: 400})
	for _, back := range []int{40, 2, 0} {
		d.now = pgtest.Now.AddDate(0, 0, -back)
		d.opens(sample.Clerk, f.ID, other.ID)
		d.now = d.now.Add(90 * time.Minute)
		d.opens(sample.Clerk, f.ID)
		d.opens(sample.Supervisor, f.ID)
		d.searches(sample.Supervisor, 5)
		d.write()
	}
	d.opens(sample.CitySupervisor, f.ID, other.ID, 101)
	d.write()
	return f, other
}

func TestWhoReadAFile(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	f, _ := readOn(t, u)
	all, more, err := reading.Of(t.Context(), u, sample.Auditor.Scope, f.ID, reading.Place{}, 50)
	must(t, err)
	var b strings.Builder
	for _, r := range all {
		fmt.Fprintln(&b, r.Day, r.Name, r.Office, r.First.In(day.Zone).Format("15:04"), r.Last.In(day.Zone).Format("15:04"), r.Times, r.Unusual, r.Braked)
	}
	same(t, b.String(), `
2026-11-22 施恩 澜城市总工会 11:30 11:30 1 true false
2026-11-22 李正 青石县总工会困难职工帮扶中心 11:30 11:30 1 false false
2026-11-22 何敏 青石县总工会困难职工帮扶中心 10:00 11:30 2 true false
2026-11-20 李正 青石县总工会困难职工帮扶中心 11:30 11:30 1 false false
2026-11-20 何敏 青石县总工会困难职工帮扶中心 10:00 11:30 2 true false
2026-10-13 李正 青石县总工会困难职工帮扶中心 11:30 11:30 1 false false
2026-10-13 何敏 青石县总工会困难职工帮扶中心 10:00 11:30 2 true false`)
	if more {
		t.Error("more")
	}
	for size := 1; size <= len(all)+1; size++ {
		var paged []reading.Reader
		behind := reading.Place{}
		for {
			page, more, err := reading.Of(t.Context(), u, sample.Auditor.Scope, f.ID, behind, size)
			must(t, err)
			if paged = append(paged, page...); !more {
				break
			}
			last := page[len(page)-1]
			behind = reading.Place{Day: last.Day, StaffID: last.StaffID}
		}
		if !slices.Equal(paged, all) {
			t.Errorf("in pages of %d: %+v", size, paged)
		}
	}
	for _, scope := range []work.Scope{sample.SiblingHead.Scope, {}} {
		if all, _, err := reading.Of(t.Context(), u, scope, f.ID, reading.Place{}, 50); err != nil || len(all) > 0 {
			t.Errorf("outside of the scope: %d, %v", len(all), err)
		}
	}
}

func TestWhoReadMostOnADay(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	f, other := readOn(t, u)
	today := day.On(pgtest.Now)
	list := func(scope work.Scope, on day.Date, anybody bool, people []work.StaffID, behind reading.Rank, size int) (string, []reading.Person) {
		all, more, err := reading.On(t.Context(), u, scope, on, anybody, people, behind, size)
		must(t, err)
		var b strings.Builder
		for _, p := range all {
			fmt.Fprintln(&b, p.Name, p.Hours, p.Files, p.Searches, p.Most.Files, p.Most.Searches, p.Unusual, p.Braked)
		}
		if more {
			fmt.Fprintln(&b, "more")
		}
		return b.String(), all
	}
	whole, all := list(sample.ProvinceAuditor.Scope, today, true, nil, reading.Rank{}, 50)
	same(t, whole, "李正 1 1 5 1 5 false false\n施恩 1 3 0 3 0 true false\n何敏 2 3 0 2 0 true false")
	first, page := list(sample.ProvinceAuditor.Scope, today, true, nil, reading.Rank{}, 2)
	same(t, first, "李正 1 1 5 1 5 false false\n施恩 1 3 0 3 0 true false\nmore")
	second, _ := list(sample.ProvinceAuditor.Scope, today, true, nil, page[1].Rank(), 2)
	same(t, second, "何敏 2 3 0 2 0 true false")
	county, _ := list(sample.Auditor.Scope, today, true, nil, reading.Rank{}, 50)
	same(t, county, "李正 1 1 5 1 5 false false\n何敏 2 3 0 2 0 true false") // those of its own offices
	named, _ := list(sample.Auditor.Scope, today, false, []work.StaffID{sample.Clerk.StaffID, sample.CitySupervisor.StaffID}, reading.Rank{}, 50)
	same(t, named, "何敏 2 3 0 2 0 true false")
	for _, nothing := range []day.Date{today.Add(-1), today.Add(1)} {
		got, _ := list(sample.Auditor.Scope, nothing, true, nil, reading.Rank{}, 50)
		same(t, got, "")
	}
	if got, _ := list(sample.Auditor.Scope, today, false, nil, reading.Rank{}, 50); got != "" || len(all) != 3 {
		t.Errorf("nobody was named: %s", got)
	}

	days, more, err := reading.DaysOf(t.Context(), u, sample.Clerk.StaffID, day.Date{}, 2)
	must(t, err)
	if !more || len(days) != 2 || days[0].Day != today || days[1].Day != today.Add(-2) || days[0].Files != 3 || days[0].Hours != 2 || !days[0].Unusual {
		t.Errorf("%v %+v", more, days)
	}
	days, more, err = reading.DaysOf(t.Context(), u, sample.Clerk.StaffID, days[1].Day, 2)
	if err != nil || more || len(days) != 1 || days[0].Day != today.Add(-40) {
		t.Errorf("%v %+v, %v", more, days, err)
	}

	opened, more, err := reading.FilesOf(t.Context(), u, sample.Auditor.Scope, sample.Clerk.StaffID, today, reading.Spot{}, 2)
	must(t, err)
	if !more || len(opened) != 2 || opened[0].FileID != f.ID || opened[0].Number != f.Number || !opened[0].Open || opened[0].Erased ||
		opened[0].First.In(day.Zone).Hour() != 11 || opened[1].FileID != max(f.ID, other.ID) {
		t.Errorf("%v %+v", more, opened)
	}
	rest, more, err := reading.FilesOf(t.Context(), u, sample.SiblingHead.Scope, sample.Clerk.StaffID, today, opened[1].Spot(), 2)
	if err != nil || more || len(rest) != 1 || rest[0].FileID != min(f.ID, other.ID) || rest[0].Open {
		t.Errorf("%v %+v, %v", more, rest, err)
	}
}

// The tables hold ids, numbers and times: nothing that a person typed and nothing about a household.
func TestNoTextIsKept(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	read, err := u.Query(t.Context(), `SELECT DISTINCT format_type(a.atttypid, a.atttypmod) FROM pg_attribute a
		WHERE a.attrelid IN ('reading_file'::regclass, 'reading_hour'::regclass) AND a.attnum > 0 AND NOT a.attisdropped ORDER BY 1`)
	must(t, err)
	types, err := pgx.CollectRows(read, pgx.RowTo[string])
	if err != nil || fmt.Sprint(types) != "[bigint integer timestamp with time zone]" {
		t.Errorf("%v, %v", types, err)
	}
}

// By hand, as the application's role: what was read is neither unread nor dropped before its term.
func TestWhatWasReadStays(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	d := at(t, u, reading.Limits{Files: 4, Searches: 2})
	d.opens(sample.Clerk, 1, 2, 3)
	d.searches(sample.Clerk, 9)
	d.opens(sample.Clerk, 1)
	d.write()
	for sql, rule := range map[string]string{
		`DELETE FROM reading_file WHERE file_id = 1`:                                                                           "reading_kept",
		`DELETE FROM reading_hour`:                                                                                             "reading_kept",
		`UPDATE reading_file SET times = times - 1 WHERE file_id = 1`:                                                          "reading_grows",
		`UPDATE reading_file SET times = times WHERE file_id = 1`:                                                              "reading_grows",
		`UPDATE reading_file SET times = 9, first_at = first_at + interval '1 second'`:                                         "reading_grows",
		`UPDATE reading_file SET times = 9, last_at = last_at - interval '1 second'`:                                           "reading_grows",
		`UPDATE reading_hour SET files = files - 1`:                                                                            "reading_grows",
		`UPDATE reading_hour SET searches = 0`:                                                                                 "reading_grows",
		`UPDATE reading_hour SET unusual_at = unusual_at + interval '1 second'`:                                                "reading_grows",
		`UPDATE reading_hour SET braked_at = NULL`:                                                                             "reading_grows",
		`INSERT INTO reading_file VALUES (9201, '2026-11-22 10:30+08', 7, 1, '2026-11-22 10:30+08', '2026-11-22 10:30+08')`:    "reading_within",
		`INSERT INTO reading_file VALUES (9201, '2026-11-22 10:00+08', 7, 1, '2026-11-22 09:59:59+08', '2026-11-22 10:30+08')`: "reading_within",
		`INSERT INTO reading_file VALUES (9201, '2026-11-22 10:00+08', 7, 1, '2026-11-22 10:00+08', '2026-11-22 11:00+08')`:    "reading_within",
		`INSERT INTO reading_hour VALUES (9202, '2026-11-22 10:00+08', 1, 1, NULL, '2026-11-22 10:00+08')`:                     "reading_braked",
	} {
		err := u.Within(t.Context(), func(u *work.Unit) error { _, err := u.Exec(t.Context(), sql); return err })
		if work.Violated(err) != rule {
			t.Errorf("%s: %v, want %s", sql, err, rule)
		}
	}
	if _, err := u.Exec(t.Context(), `INSERT INTO reading_file VALUES (9201, '2026-11-22 10:00+08', 7, 1, '2026-11-22 10:00+08', '2026-11-22 10:59:59.999+08')`); err != nil {
		t.Error(err)
	}
}

// Three years and not an hour sooner, with an entry in the trail; while nobody reads, nothing is dropped.
func TestForget(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	clock := func() time.Time { return pgtest.Now }
	keep := func(hour string) {
		_, err := u.Exec(t.Context(), `INSERT INTO reading_file (staff_id, hour, file_id, times, first_at, last_at) VALUES (9201, $1, 5, 2, $1, $1)`, hour)
		must(t, err)
		_, err = u.Exec(t.Context(), `INSERT INTO reading_hour (staff_id, hour, files, searches) VALUES (9201, $1, 1, 0)`, hour)
		must(t, err)
	}
	keep("2023-11-21 22:00+08")
	keep("2023-11-21 23:00+08")
	keep("2023-11-22 00:00+08")
	if n, err := reading.Forget(t.Context(), u, clock); err != nil || n != 0 {
		t.Errorf("%d dropped while the newest is as old, %v", n, err)
	}
	keep("2026-11-22 10:00+08")
	if n, err := reading.Forget(t.Context(), u, clock); err != nil || n != 4 {
		t.Errorf("%d dropped, %v", n, err)
	}
	same(t, rows(t, u), `
9201 00 5 2 00:00 00:00
9201 00 files 1 searches 0
9201 10 5 2 10:00 10:00
9201 10 files 1 searches 0`)
	if n, err := reading.Forget(t.Context(), u, clock); err != nil || n != 0 {
		t.Errorf("%d dropped again, %v", n, err)
	}
	same(t, trail(t, u), `reading.forget system:reading reading 0  [{"after": "2023-11-22", "field": "before_day"}, {"after": 2, "field": "files"}, {"after": 2, "field": "hours"}]`)
}
