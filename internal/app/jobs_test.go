package app

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"bangfu/internal/reading"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/web"
	"bangfu/internal/work"
)

// What was read is written even while the program is told to stop, and unusual reading is in the log.
func TestReadingsAreWrittenWhileStopping(t *testing.T) {
	db := pgtest.DB(t)
	if err := work.Do(t.Context(), db.Owner, pgtest.Now, work.System("test"), func(u *work.Unit) error {
		sample.Centre(t, u)
		return u.Audit(t.Context(), work.Entry{Act: "staff.found", Kind: "org", ID: int64(sample.County)})
	}); err != nil {
		t.Fatal(err)
	}
	var log strings.Builder
	a := &App{Kit: &web.Kit{Clock: func() time.Time { return pgtest.Now }}, Log: slog.New(slog.NewTextHandler(&log, nil)), store: &store{pool: db.App},
		readings: reading.NewWatcher(reading.Limits{Files: 2, Searches: 2})}
	for file := range work.FileID(2) {
		if brake, err := a.readings.Open(t.Context(), db.App, sample.Clerk, reading.OfFile(file+1), pgtest.Now); brake != nil || err != nil {
			t.Fatal(brake, err)
		}
		a.readings.Shown(sample.Clerk, reading.OfFile(file+1), pgtest.Now)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if err := a.writeReadings(stopped); err != nil {
		t.Fatal(err)
	}
	var files int
	if err := db.App.QueryRow(t.Context(), `SELECT files FROM reading_hour WHERE unusual_at IS NOT NULL`).Scan(&files); err != nil || files != 2 {
		t.Errorf("%d files, %v", files, err)
	}
	for _, said := range []string{"level=WARN", `msg="unusual reading"`, "staff=9201", "files=2", "searches=0", "stopped=false"} {
		if !strings.Contains(log.String(), said) {
			t.Errorf("the log does not say %s: %s", said, &log)
		}
	}
	if strings.Contains(log.String(), "何敏") {
		t.Error("the log names the person")
	}
}

// A setting that cannot be meant is refused; none is the usual limit (the command line's default).
func TestLimitsOfReading(t *testing.T) {
	for _, c := range []Config{{FilesPerHour: -1}, {SearchesPerHour: -1}} {
		if err := c.check(); err == nil || !strings.Contains(err.Error(), "BANGFU_FILES_PER_HOUR") {
			t.Errorf("%+v: %v", c, err)
		}
	}
	if err := (&Config{FilesPerHour: 0, SearchesPerHour: 1}).check(); err != nil {
		t.Error(err)
	}
}
