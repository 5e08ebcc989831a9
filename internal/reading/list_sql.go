package reading

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
	"bangfu/internal/work"
)

// readersOf reads the hours of a file by their index, up to the end of the day that the place names, and puts those of a day
// and a person together.
func readersOf(ctx context.Context, q work.Querier, scope work.Scope, file work.FileID, behind Place, limit int) ([]Reader, error) {
	rows, err := q.Query(ctx, `
		-- reading.readersOf
		SELECT g.on_day, g.staff_id, m.name, o.name, g.first_at, g.last_at, g.times, g.unusual, g.braked
		FROM (
			SELECT (r.hour AT TIME ZONE 'Asia/Shanghai')::date AS on_day, r.staff_id, min(r.first_at) AS first_at, max(r.last_at) AS last_at,
				sum(r.times)::int AS times, bool_or(h.unusual_at IS NOT NULL) AS unusual, bool_or(h.braked_at IS NOT NULL) AS braked
			FROM reading_file r JOIN reading_hour h ON h.hour = r.hour AND h.staff_id = r.staff_id
			WHERE r.file_id = @file AND (@first OR r.hour < @until)
			GROUP BY 1, 2
		) g JOIN staff_member m ON m.id = g.staff_id JOIN staff_org o ON o.id = m.org_id
		WHERE EXISTS (SELECT FROM casefile_file f WHERE f.id = @file AND f.org_path LIKE @scope)
			AND (@first OR (g.on_day, g.staff_id) < (@day, @staff))
		ORDER BY g.on_day DESC, g.staff_id DESC LIMIT @limit`,
		pgx.NamedArgs{"file": file, "scope": scope, "first": behind.StaffID == 0, "until": behind.Day.Add(1).Start(), "day": behind.Day,
			"staff": behind.StaffID, "limit": limit})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Reader, error) {
		var r Reader
		err := row.Scan(&r.Day, &r.StaffID, &r.Name, &r.Office, &r.First, &r.Last, &r.Times, &r.Unusual, &r.Braked)
		return r, err
	})
}

// use are the columns of what hours come to, as Use reads them.
const use = `count(*)::int AS hours, sum(h.files)::int AS files, sum(h.searches)::int AS searches, max(h.files) AS most_files,
	max(h.searches) AS most_searches, bool_or(h.unusual_at IS NOT NULL) AS unusual, bool_or(h.braked_at IS NOT NULL) AS braked`

func (u *Use) columns() []any {
	return []any{&u.Hours, &u.Files, &u.Searches, &u.Most.Files, &u.Most.Searches, &u.Unusual, &u.Braked}
}

func peopleOn(ctx context.Context, q work.Querier, scope work.Scope, on day.Date, anybody bool, people []work.StaffID, behind Rank, limit int) ([]Person, error) {
	rows, err := q.Query(ctx, `
		-- reading.peopleOn
		SELECT g.staff_id, m.name, o.name, g.hours, g.files, g.searches, g.most_files, g.most_searches, g.unusual, g.braked
		FROM (
			SELECT h.staff_id, `+use+` FROM reading_hour h
			WHERE h.hour >= @from AND h.hour < @until AND (@anybody OR h.staff_id = ANY (@people)) GROUP BY h.staff_id
		) g JOIN staff_member m ON m.id = g.staff_id JOIN staff_org o ON o.id = m.org_id
		WHERE o.path LIKE @scope AND (@first OR (g.files + g.searches, g.staff_id) < (@sum, @staff))
		ORDER BY g.files + g.searches DESC, g.staff_id DESC LIMIT @limit`,
		pgx.NamedArgs{"from": on.Start(), "until": on.Add(1).Start(), "anybody": anybody, "people": people, "scope": scope,
			"first": behind.StaffID == 0, "sum": behind.Sum, "staff": behind.StaffID, "limit": limit})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Person, error) {
		p := Person{Use: Use{Day: on}}
		err := row.Scan(append([]any{&p.StaffID, &p.Name, &p.Office}, p.columns()...)...)
		return p, err
	})
}

func daysOf(ctx context.Context, q work.Querier, by work.StaffID, before day.Date, limit int) ([]Use, error) {
	rows, err := q.Query(ctx, `
		-- reading.daysOf
		SELECT (h.hour AT TIME ZONE 'Asia/Shanghai')::date AS on_day, `+use+` FROM reading_hour h
		WHERE h.staff_id = @staff AND (@first OR h.hour < @until) GROUP BY 1 ORDER BY 1 DESC LIMIT @limit`,
		pgx.NamedArgs{"staff": by, "first": before.IsZero(), "until": before.Start(), "limit": limit})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Use, error) {
		var u Use
		err := row.Scan(append([]any{&u.Day}, u.columns()...)...)
		return u, err
	})
}

func filesOf(ctx context.Context, q work.Querier, scope work.Scope, by work.StaffID, on day.Date, behind Spot, limit int) ([]Opened, error) {
	rows, err := q.Query(ctx, `
		-- reading.filesOf
		SELECT r.file_id, coalesce(f.number, ''), o.name, f.org_path LIKE @scope, f.erased_at IS NOT NULL, r.first_at, r.last_at, r.times
		FROM reading_file r JOIN casefile_file f ON f.id = r.file_id JOIN staff_org o ON o.id = f.org_id
		WHERE r.staff_id = @staff AND r.hour >= @from AND r.hour < @until AND (@first OR (r.first_at, r.file_id) < (@at, @file))
		ORDER BY r.first_at DESC, r.file_id DESC LIMIT @limit`,
		pgx.NamedArgs{"staff": by, "scope": scope, "from": on.Start(), "until": on.Add(1).Start(), "first": behind.FileID == 0,
			"at": behind.First, "file": behind.FileID, "limit": limit})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Opened, error) {
		var o Opened
		err := row.Scan(&o.FileID, &o.Number, &o.Office, &o.Open, &o.Erased, &o.First, &o.Last, &o.Times)
		return o, err
	})
}

func unusual(ctx context.Context, q work.Querier, scope work.Scope, since time.Time, limit int) ([]Hour, error) {
	rows, err := q.Query(ctx, `
		-- reading.unusual
		SELECT h.staff_id, m.name, o.name, h.hour, h.files, h.searches, h.unusual_at IS NOT NULL, h.braked_at IS NOT NULL
		FROM reading_hour h JOIN staff_member m ON m.id = h.staff_id JOIN staff_org o ON o.id = m.org_id
		WHERE h.unusual_at IS NOT NULL AND h.hour >= @since AND o.path LIKE @scope ORDER BY h.hour DESC, h.staff_id DESC LIMIT @limit`,
		pgx.NamedArgs{"scope": scope, "since": since, "limit": limit})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Hour, error) {
		var h Hour
		err := row.Scan(&h.StaffID, &h.Name, &h.Office, &h.At, &h.Files, &h.Searches, &h.Unusual, &h.Braked)
		return h, err
	})
}
