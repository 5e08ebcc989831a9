package reading

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
	"bangfu/internal/work"
)

// MonthsKept is how long it is remembered who read what (PIPL art. 56: records of handling are kept for three years; the
// database keeps them for as long whoever asks).
const MonthsKept = 36

// mostForgotten is how many rows of each table one unit takes.
const mostForgotten = 20_000

var errNothing = errors.New("nothing to forget")

// Forget drops what was read longer than MonthsKept ago, each piece with an entry in the trail, and gives how many rows it
// dropped. It may be called at any time.
func Forget(ctx context.Context, db work.Beginner, clock work.Clock) (int, error) {
	gone := 0
	for {
		now := clock()
		before := day.On(now).AddMonths(-MonthsKept).Start()
		var files, hours int
		err := work.Do(ctx, db, now, work.System("reading"), func(u *work.Unit) (err error) {
			if files, hours, err = forget(ctx, u, before); err != nil {
				return err
			}
			if files+hours == 0 {
				return errNothing
			}
			return u.Audit(ctx, work.Entry{Act: "reading.forget", Kind: "reading", Changes: []work.Change{
				{Field: "before_day", After: day.On(before)}, {Field: "files", After: files}, {Field: "hours", After: hours}}})
		})
		if errors.Is(err, errNothing) {
			return gone, nil
		}
		if err != nil {
			return gone, fmt.Errorf("forgetting what was read before %s: %w", day.On(before), err)
		}
		gone += files + hours
	}
}

// forget drops a piece of both tables. By the database's rule the newest hour on record is the clock: while nobody reads
// anything, nothing is dropped.
func forget(ctx context.Context, u *work.Unit, before time.Time) (files, hours int, err error) {
	args := pgx.NamedArgs{"before": before, "most": mostForgotten}
	tag, err := u.Exec(ctx, `
		-- reading.forgetFiles
		DELETE FROM reading_file r USING (
			SELECT f.staff_id, f.hour, f.file_id FROM reading_file f
			WHERE f.hour < least(@before, (SELECT max(h.hour) FROM reading_hour h) - interval '3 years') LIMIT @most) o
		WHERE r.staff_id = o.staff_id AND r.hour = o.hour AND r.file_id = o.file_id`, args)
	if err != nil {
		return 0, 0, err
	}
	files = int(tag.RowsAffected())
	tag, err = u.Exec(ctx, `
		-- reading.forgetHours
		DELETE FROM reading_hour r USING (
			SELECT h.staff_id, h.hour FROM reading_hour h
			WHERE h.hour < least(@before, (SELECT max(n.hour) FROM reading_hour n) - interval '3 years') ORDER BY h.hour LIMIT @most) o
		WHERE r.staff_id = o.staff_id AND r.hour = o.hour`, args)
	return files, int(tag.RowsAffected()), err
}
