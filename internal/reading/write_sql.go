package reading

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/work"
)

// write adds rows of files and searches to the tables and gives what the hours of their people come to. A row that is as large as what was given is
// a new one: a file that the person had not opened in that hour. All rows go in one statement, each table's in one order, so that
// programs which write at once wait for each other and never in a circle.
func write(ctx context.Context, q work.Querier, given []row) ([]total, error) {
	n := len(given)
	staff, files, times := make([]int64, n), make([]int64, n), make([]int32, n)
	hours, firsts, lasts := make([]time.Time, n), make([]time.Time, n), make([]time.Time, n)
	for i, r := range given {
		staff[i], files[i], times[i] = int64(r.staff), r.record.ID, int32(r.times)
		hours[i], firsts[i], lasts[i] = time.Unix(r.hour, 0), r.first, r.last
	}
	rows, err := q.Query(ctx, `
		-- reading.write
		WITH given AS (
			SELECT g.staff_id, g.hour, g.file_id, g.times, g.first_at, g.last_at
			FROM unnest(@staff::bigint[], @hours::timestamptz[], @files::bigint[], @times::int[], @firsts::timestamptz[], @lasts::timestamptz[])
				AS g (staff_id, hour, file_id, times, first_at, last_at)
		), pages AS (
			INSERT INTO reading_file AS r (staff_id, hour, file_id, times, first_at, last_at)
			SELECT g.staff_id, g.hour, g.file_id, g.times, g.first_at, g.last_at FROM given g WHERE g.file_id <> 0 ORDER BY 1, 2, 3
			ON CONFLICT (staff_id, hour, file_id) DO UPDATE SET times = r.times + excluded.times,
				first_at = least(r.first_at, excluded.first_at), last_at = greatest(r.last_at, excluded.last_at)
			RETURNING r.staff_id, r.hour, r.file_id, r.times
		), counted AS (
			SELECT g.staff_id, g.hour, count(p.file_id)::int AS files, coalesce(sum(g.times) FILTER (WHERE g.file_id = 0), 0)::int AS searches
			FROM given g LEFT JOIN pages p ON p.staff_id = g.staff_id AND p.hour = g.hour AND p.file_id = g.file_id AND p.times = g.times
			GROUP BY 1, 2
		)
		INSERT INTO reading_hour AS h (staff_id, hour, files, searches)
		SELECT c.staff_id, c.hour, c.files, c.searches FROM counted c ORDER BY 1, 2
		ON CONFLICT (hour, staff_id) DO UPDATE SET files = h.files + excluded.files, searches = h.searches + excluded.searches
		RETURNING h.staff_id, h.hour, h.files, h.searches, h.unusual_at IS NOT NULL`,
		pgx.NamedArgs{"staff": staff, "hours": hours, "files": files, "times": times, "firsts": firsts, "lasts": lasts})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (total, error) {
		var t total
		var hour time.Time
		err := row.Scan(&t.staff, &hour, &t.Files, &t.Searches, &t.unusual)
		t.hour = hour.Unix()
		return t, err
	})
}

// mark notes that an hour was unusual, or that the brake held, and gives its counts; errTold when that is noted.
func mark(ctx context.Context, u *work.Unit, e event) (Counts, error) {
	var c Counts
	err := u.QueryRow(ctx, `
		-- reading.mark
		UPDATE reading_hour SET unusual_at = coalesce(unusual_at, @now), braked_at = CASE WHEN @braked THEN @now ELSE braked_at END
		WHERE staff_id = @staff AND hour = @hour AND CASE WHEN @braked THEN braked_at ELSE unusual_at END IS NULL
		RETURNING files, searches`,
		pgx.NamedArgs{"staff": e.staff, "hour": time.Unix(e.hour, 0), "braked": e.braked, "now": u.Now}).Scan(&c.Files, &c.Searches)
	if errors.Is(err, pgx.ErrNoRows) {
		return c, errTold
	}
	return c, err
}
