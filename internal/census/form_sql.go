package census

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"bangfu/internal/day"
	"bangfu/internal/work"
)

// handOut takes the next numbers of the census and writes the bundle with its forms.
func handOut(ctx context.Context, u *work.Unit, id ID, h Handing) (bundle BundleID, first int, err error) {
	args := pgx.NamedArgs{"id": id, "org": h.OrgID, "unit": h.Unit, "count": h.Count, "taken": h.TakenBy, "on": h.On, "due": h.Due,
		"by": u.By.StaffID, "now": u.Now}
	err = u.QueryRow(ctx, `
		-- census.handOut numbers
		UPDATE census_census SET forms = forms + @count WHERE id = @id AND state = 'running' RETURNING forms - @count + 1`, args).Scan(&first)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, 0, work.ErrStale
	}
	if err != nil {
		return 0, 0, err
	}
	args["first"] = first
	err = u.QueryRow(ctx, `
		-- census.handOut
		INSERT INTO census_bundle (census_id, org_id, org_path, unit, first, last, taken_by, handed_on, due_on, handed_by, handed_at)
		SELECT @id, o.id, '', CASE WHEN @unit = '' THEN o.name ELSE @unit END, @first, @first::integer + @count::integer - 1, @taken, @on, @due, @by, @now
		FROM staff_org o WHERE o.id = @org RETURNING id`, args).Scan(&bundle)
	if errors.Is(err, pgx.ErrNoRows) {
		return 0, 0, work.ErrNotFound
	}
	if err != nil {
		return 0, 0, err
	}
	args["bundle"] = bundle
	_, err = u.Exec(ctx, `
		-- census.handOut forms
		INSERT INTO census_form (census_id, number, bundle_id, org_path)
		SELECT @id, n, @bundle, '' FROM generate_series(@first::integer, @first::integer + @count::integer - 1) n`, args)
	return bundle, first, err
}

const bundleCover = `b.id, b.census_id, b.org_id, o.name, b.unit, b.first, b.last, b.taken_by, b.handed_on, b.due_on, m.name, b.handed_at`

func scanBundle(row pgx.CollectableRow) (Bundle, error) {
	var b Bundle
	err := row.Scan(append([]any{&b.ID, &b.CensusID, &b.OrgID, &b.OrgName, &b.Unit, &b.First, &b.Last, &b.TakenBy, &b.HandedOn, &b.DueOn,
		&b.HandedBy, &b.HandedAt}, b.Standing.into()...)...)
	return b, err
}

func findBundle(ctx context.Context, q work.Querier, scope work.Scope, id BundleID, today day.Date) (Bundle, error) {
	rows, err := q.Query(ctx, `
		-- census.findBundle
		SELECT `+bundleCover+`, s.* FROM census_bundle b JOIN staff_org o ON o.id = b.org_id JOIN staff_member m ON m.id = b.handed_by
			CROSS JOIN LATERAL (SELECT `+counted+` FROM census_form f WHERE f.bundle_id = b.id) s
		WHERE b.id = @id AND b.org_path LIKE @scope`, pgx.NamedArgs{"id": id, "scope": scope, "today": today})
	if err != nil {
		return Bundle{}, err
	}
	b, err := pgx.CollectExactlyOneRow(rows, scanBundle)
	if errors.Is(err, pgx.ErrNoRows) {
		err = work.ErrNotFound
	}
	return b, err
}

func bundles(ctx context.Context, q work.Querier, scope work.Scope, id ID, today day.Date, after, limit int) ([]Bundle, error) {
	rows, err := q.Query(ctx, `
		-- census.bundles
		SELECT `+bundleCover+`, s.* FROM (SELECT * FROM census_bundle WHERE census_id = @id AND org_path LIKE @scope AND first > @after
				ORDER BY first LIMIT @limit) b
			JOIN staff_org o ON o.id = b.org_id JOIN staff_member m ON m.id = b.handed_by
			CROSS JOIN LATERAL (SELECT `+counted+` FROM census_form f WHERE f.bundle_id = b.id) s
		ORDER BY b.first`, pgx.NamedArgs{"id": id, "scope": scope, "today": today, "after": after, "limit": limit})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanBundle)
}

func scanRange(row pgx.CollectableRow) (Range, error) {
	var r Range
	err := row.Scan(&r.First, &r.Last)
	return r, err
}

func stillOut(ctx context.Context, q work.Querier, id BundleID) (Ranges, error) {
	rows, err := q.Query(ctx, `
		-- census.stillOut
		SELECT min(n.number), max(n.number) FROM (
			SELECT f.number, f.number - row_number() OVER (ORDER BY f.number) AS run FROM census_form f WHERE f.bundle_id = @id AND f.state = 'out') n
		GROUP BY n.run ORDER BY 1`, pgx.NamedArgs{"id": id})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanRange)
}

// ranged gives the arguments of ranges.
func ranged(numbers Ranges, args pgx.NamedArgs) pgx.NamedArgs {
	firsts, lasts := make([]int32, len(numbers)), make([]int32, len(numbers))
	for i, r := range numbers {
		firsts[i], lasts[i] = int32(r.First), int32(r.Last) // at most MostForms
	}
	args["firsts"], args["lasts"] = firsts, lasts
	return args
}

// meant lists the numbers of ranges; they do not overlap (Ranges.merged).
const meant = `(SELECT n FROM unnest(@firsts::integer[], @lasts::integer[]) r (a, b), generate_series(r.a, r.b) n)`

// notOut gives the first ten of the numbers that cannot come back on the day.
func notOut(ctx context.Context, q work.Querier, scope work.Scope, id ID, numbers Ranges, on day.Date) (Ranges, error) {
	rows, err := q.Query(ctx, `
		-- census.notOut
		SELECT x.n, x.n FROM `+meant+` x WHERE NOT EXISTS (SELECT FROM census_form f JOIN census_bundle b ON b.id = f.bundle_id
			WHERE f.census_id = @id AND f.number = x.n AND f.org_path LIKE @scope AND f.state IN ('out', 'lost') AND b.handed_on <= @on)
		ORDER BY 1 LIMIT 10`, ranged(numbers, pgx.NamedArgs{"id": id, "scope": scope, "on": on}))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanRange)
}

// takeBack notes the return of forms.
func takeBack(ctx context.Context, u *work.Unit, id ID, numbers Ranges, on day.Date) (int, error) {
	done, err := u.Exec(ctx, `
		-- census.takeBack
		UPDATE census_form f SET state = 'returned', returned_on = @on, note = '', done_by = @by, done_at = @now
		FROM `+meant+` x WHERE f.census_id = @id AND f.number = x.n AND f.org_path LIKE @scope AND f.state IN ('out', 'lost')`,
		ranged(numbers, pgx.NamedArgs{"id": id, "scope": u.By.Scope, "on": on, "by": u.By.StaffID, "now": u.Now}))
	return int(done.RowsAffected()), err
}

// advance moves one form and leaves on it what the step says.
func advance(ctx context.Context, u *work.Unit, id FormID, from, to State, leaves Form) error {
	return u.ChangeOne(ctx, `
		-- census.advance
		UPDATE census_form SET state = @to, head_name = nullif(@head, ''), reason = nullif(@reason, ''), note = @note, file_id = nullif(@file::bigint, 0),
			done_by = @by, done_at = @now
		WHERE id = @id AND state = @from`,
		pgx.NamedArgs{"id": id, "from": string(from), "to": string(to), "head": leaves.HeadName, "reason": string(leaves.Reason), "note": leaves.Note,
			"file": leaves.FileID, "by": u.By.StaffID, "now": u.Now})
}

const formCover = `f.id, f.census_id, c.name, c.state = 'closed', f.number, f.bundle_id, b.unit, o.name, f.state, b.handed_on, b.due_on, f.returned_on,
	coalesce(f.head_name, ''), coalesce(f.reason, ''), f.note, coalesce(f.file_id, 0), coalesce(k.number, ''), coalesce(m.name, ''), f.done_at`

const joined = ` f JOIN census_census c ON c.id = f.census_id JOIN census_bundle b ON b.id = f.bundle_id JOIN staff_org o ON o.id = b.org_id
	LEFT JOIN casefile_file k ON k.id = f.file_id LEFT JOIN staff_member m ON m.id = f.done_by `

func scanForm(row pgx.CollectableRow) (Form, error) {
	var f Form
	var done pgtype.Timestamptz
	err := row.Scan(&f.ID, &f.CensusID, &f.Census, &f.Closed, &f.Number, &f.BundleID, &f.Unit, &f.OrgName, &f.State, &f.HandedOn, &f.DueOn,
		&f.ReturnedOn, &f.HeadName, &f.Reason, &f.Note, &f.FileID, &f.FileNumber, &f.DoneBy, &done)
	f.DoneAt = done.Time
	return f, err
}

func findForm(ctx context.Context, q work.Querier, scope work.Scope, id FormID) (Form, error) {
	rows, err := q.Query(ctx, `
		-- census.findForm
		SELECT `+formCover+` FROM census_form`+joined+`WHERE f.id = @id AND f.org_path LIKE @scope`, pgx.NamedArgs{"id": id, "scope": scope})
	if err != nil {
		return Form{}, err
	}
	f, err := pgx.CollectExactlyOneRow(rows, scanForm)
	if errors.Is(err, pgx.ErrNoRows) {
		err = work.ErrNotFound
	}
	return f, err
}

func forms(ctx context.Context, q work.Querier, scope work.Scope, id ID, state State, after, limit int) ([]Form, error) {
	rows, err := q.Query(ctx, `
		-- census.forms
		SELECT `+formCover+` FROM (SELECT * FROM census_form WHERE census_id = @id AND state = @state AND org_path LIKE @scope AND number > @after
			ORDER BY number LIMIT @limit)`+joined+`ORDER BY f.number`,
		pgx.NamedArgs{"id": id, "state": string(state), "scope": scope, "after": after, "limit": limit})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanForm)
}

func ofFile(ctx context.Context, q work.Querier, file work.FileID) (*Form, error) {
	rows, err := q.Query(ctx, `
		-- census.ofFile
		SELECT `+formCover+` FROM census_form`+joined+`WHERE f.file_id = @file`, pgx.NamedArgs{"file": file})
	if err != nil {
		return nil, err
	}
	found, err := pgx.CollectRows(rows, scanForm)
	if err != nil || len(found) == 0 {
		return nil, err
	}
	return &found[0], nil
}

// BundleForms gives at most limit forms of a bundle in the order of their numbers after a number, for printing.
func BundleForms(ctx context.Context, q work.Querier, scope work.Scope, id BundleID, after, limit int) ([]Form, error) {
	rows, err := q.Query(ctx, `
		-- census.BundleForms
		SELECT `+formCover+` FROM (SELECT * FROM census_form WHERE bundle_id = @id AND org_path LIKE @scope AND number > @after
			ORDER BY number LIMIT @limit)`+joined+`ORDER BY f.number`,
		pgx.NamedArgs{"id": id, "scope": scope, "after": after, "limit": limit})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanForm)
}
