package reading_test

import (
	"fmt"
	"testing"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/reading"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// What is opened of a household beside its file counts as its file: one row, one household, and what belongs to none is no row.
func TestARecordIsItsHousehold(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	f := sample.File(t, u, casefile.Active)
	id := func(table string) (id int64) {
		must(t, u.QueryRow(t.Context(), fmt.Sprintf(`SELECT min(id) FROM %s WHERE file_id = $1`, table), f.ID).Scan(&id))
		return id
	}
	visit, notice := reading.Record{Kind: reading.Visit, ID: id("visit_visit")}, reading.Record{Kind: reading.Notice, ID: id("notice_notice")}
	d := at(t, u, reading.Limits{Files: 4, Searches: 4})
	open := func(by work.Actor, of reading.Record) bool {
		brake, err := d.Open(t.Context(), u, by, of, d.now)
		must(t, err)
		if brake == nil {
			d.Shown(by, of, d.now)
		}
		return brake == nil
	}
	for _, of := range []reading.Record{visit, notice, reading.OfFile(f.ID), visit, {Kind: reading.Visit, ID: 1 << 40}} {
		if !open(sample.Clerk, of) {
			t.Fatalf("%+v", of)
		}
	}
	if open(sample.Clerk, reading.OfFile(1)) {
		t.Error("until it is written, four records and a file are more than four")
	}
	d.write()
	var rows, times, files int
	must(t, u.QueryRow(t.Context(), `SELECT count(*), sum(times), (SELECT files FROM reading_hour) FROM reading_file WHERE file_id = $1`, f.ID).Scan(&rows, &times, &files))
	if rows != 1 || times != 4 || files != 1 {
		t.Errorf("%d rows, %d times, %d files", rows, times, files)
	}
	if n := d.opens(sample.Clerk, 1, 2, 3, 4); n != 3 {
		t.Errorf("%d more of four after one household", n)
	}
	// At another program all records of what was read stay open, and those of others do not open.
	d.write()
	d = at(t, u, reading.Limits{Files: 4, Searches: 4})
	d.opens(sample.Clerk, 1)
	d.write()
	change := reading.Record{Kind: reading.Change, ID: 1 << 40}
	if !open(sample.Clerk, visit) || !open(sample.Clerk, notice) || !open(sample.Clerk, reading.OfFile(3)) || open(sample.Clerk, change) || open(sample.Clerk, reading.OfFile(9)) {
		t.Error("the brake does not know what was read")
	}
}

// Every kind of record is found in its table.
func TestEveryKindHasItsTable(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	d := at(t, u, reading.Limits{})
	for kind := range reading.Tables {
		d.Shown(sample.Clerk, reading.Record{Kind: kind, ID: 1 << 40}, d.now)
		d.write()
	}
	same(t, rows(t, u), "9201 10 1099511627776 1 10:00 10:00\n9201 10 files 1 searches 0")
	d.Shown(sample.Clerk, reading.Record{Kind: "grave", ID: 1}, d.now)
	if _, err := d.Write(t.Context(), u, func() time.Time { return d.now }); err == nil {
		t.Error("a record of no kind is written")
	}
}
