package seed

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/reading"
	"bangfu/internal/work"
)

// searched is how often the clerk searched in the hour before now: more than half of the usual limit.
const searched = 131

// readings lets everybody have found and opened what they acted on in the last month, and the second clerk search more in one
// hour than anybody's work asks for.
func (c *centre) readings(ctx context.Context) error {
	byID := map[work.StaffID]work.Actor{}
	for _, by := range c.people {
		byID[by.StaffID] = by
	}
	rows, err := c.tx.Query(ctx, `
		-- seed.readings
		SELECT staff_id, file_id, at FROM audit_entry WHERE staff_id IS NOT NULL AND file_id IS NOT NULL AND at >= @since ORDER BY at, id`,
		pgx.NamedArgs{"since": c.date(30).Start()})
	if err != nil {
		return fmt.Errorf("looking for who acted on which file: %w", err)
	}
	type errand struct { // for which somebody searches once
		by   work.StaffID
		file work.FileID
		hour time.Time
	}
	found := map[errand]bool{}
	w := reading.NewWatcher(reading.Limits{Files: 400, Searches: 240})
	var by work.StaffID
	var file work.FileID
	var at time.Time
	if _, err := pgx.ForEachRow(rows, []any{&by, &file, &at}, func() error {
		if e := (errand{by, file, at.Truncate(time.Hour).UTC()}); !found[e] {
			found[e] = true
			w.Search(byID[by], at)
		}
		w.Shown(byID[by], reading.OfFile(file), at)
		return nil
	}); err != nil {
		return fmt.Errorf("reading who acted on which file: %w", err)
	}
	for i := range searched {
		w.Search(c.people["clerk2"], c.now.Truncate(time.Hour).Add(time.Duration(i)*time.Second-time.Hour))
	}
	_, err = w.Write(ctx, c.tx, func() time.Time { return c.now })
	return err
}
