package notice

import (
	"context"
	"errors"
	"math"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"bangfu/internal/day"
	"bangfu/internal/work"
)

// cover lists the columns of a Notice, in the order in which scanNotice reads them.
const cover = `n.id, n.file_id, n.round, o.name, o.phone, n.state, n.days, n.working, n.starts_on, n.ends_on, n.place,
	s.name, n.published_at, n.closed_at, coalesce(p.public_id, 0), f.head_name, f.employer, coalesce(f.category, ''),
	coalesce(f.main_cause, 0), coalesce(f.number, ''),
	(SELECT count(*) FROM notice_objection b WHERE b.notice_id = n.id AND b.state = 'open')`

const fromNotice = ` FROM notice_notice n
	JOIN casefile_file f ON f.id = n.file_id
	JOIN staff_org o ON o.id = n.org_id
	JOIN staff_member s ON s.id = n.published_by
	LEFT JOIN notice_shown p ON p.notice_id = n.id `

func scanNotice(row pgx.CollectableRow) (Notice, error) {
	var n Notice
	var closed pgtype.Timestamptz
	err := row.Scan(&n.ID, &n.FileID, &n.Round, &n.OrgName, &n.OrgPhone, &n.State, &n.Terms.Days, &n.Terms.Working,
		&n.Period.Starts, &n.Period.Ends, &n.Place, &n.PublishedBy, &n.PublishedAt, &closed, &n.PublicID, &n.HeadName,
		&n.Employer, &n.Category, &n.Cause, &n.Number, &n.Waiting)
	n.ClosedAt = closed.Time
	return n, err
}

// one reads the single notice of a query, or work.ErrNotFound.
func one(ctx context.Context, q work.Querier, sql string, args pgx.NamedArgs) (Notice, error) {
	rows, err := q.Query(ctx, sql, args)
	if err != nil {
		return Notice{}, err
	}
	n, err := pgx.CollectExactlyOneRow(rows, scanNotice)
	if errors.Is(err, pgx.ErrNoRows) {
		return Notice{}, work.ErrNotFound
	}
	return n, err
}

func find(ctx context.Context, q work.Querier, scope work.Scope, id ID) (Notice, error) {
	return one(ctx, q, `
		-- notice.find
		SELECT `+cover+fromNotice+`WHERE n.id = @id AND n.org_path LIKE @scope`,
		pgx.NamedArgs{"id": id, "scope": scope})
}

// lock reads a notice and keeps it from changing until the unit ends. Whoever needs the notice and its file locks the
// notice first, so that two units never wait for each other.
func lock(ctx context.Context, u *work.Unit, scope work.Scope, id ID) (Notice, error) {
	return one(ctx, u, `
		-- notice.lock
		SELECT `+cover+fromNotice+`WHERE n.id = @id AND n.org_path LIKE @scope FOR UPDATE OF n`,
		pgx.NamedArgs{"id": id, "scope": scope})
}

// advance is the only statement that writes notice_notice.state.
func advance(ctx context.Context, u *work.Unit, n Notice, to State) error {
	return u.ChangeOne(ctx, `
		-- notice.advance
		UPDATE notice_notice SET state = @to, closed_at = CASE WHEN @closes THEN @now::timestamptz END
		WHERE id = @id AND state = @from`,
		pgx.NamedArgs{"id": n.ID, "from": string(n.State), "to": string(to), "closes": to.Closed(), "now": u.Now})
}

// list reads one page of a tab. The two orders are two statements, so that each reads its index.
func list(ctx context.Context, q work.Querier, scope work.Scope, tab Tab, after Cursor, limit int) ([]Notice, error) {
	sql := `
		-- notice.list
		SELECT ` + cover + fromNotice + `
		WHERE n.org_path LIKE @scope AND n.state = @state AND (n.ends_on, n.id) > (@on, @id)
		ORDER BY n.ends_on, n.id LIMIT @limit`
	if tab == TabClosed {
		sql = `
		-- notice.listClosed
		SELECT ` + cover + fromNotice + `
		WHERE n.org_path LIKE @scope AND n.closed_at IS NOT NULL AND (n.ends_on, n.id) < (@on, @id)
		ORDER BY n.ends_on DESC, n.id DESC LIMIT @limit`
		if after == (Cursor{}) {
			after = lastCursor
		}
	} else if after == (Cursor{}) {
		after = firstCursor
	}
	rows, err := q.Query(ctx, sql,
		pgx.NamedArgs{"scope": scope, "state": string(tab), "on": after.On, "id": after.ID, "limit": limit})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanNotice)
}

// Before and behind every notice.
var (
	firstCursor = Cursor{On: day.Of(1, 1, 1)}
	lastCursor  = Cursor{On: day.Of(9999, 12, 31), ID: math.MaxInt64}
)

func ofFile(ctx context.Context, q work.Querier, scope work.Scope, file work.FileID) ([]Notice, error) {
	rows, err := q.Query(ctx, `
		-- notice.ofFile
		SELECT `+cover+fromNotice+`WHERE n.file_id = @file AND n.org_path LIKE @scope ORDER BY n.id DESC`,
		pgx.NamedArgs{"file": file, "scope": scope})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanNotice)
}

func waiting(ctx context.Context, q work.Querier, scope work.Scope, after work.FileID, limit int) ([]Candidate, error) {
	rows, err := q.Query(ctx, `
		-- notice.waiting
		SELECT f.id, f.head_name, f.employer, o.name, coalesce(f.category, ''),
			(SELECT max(a.assessed_at) FROM casefile_assessment a WHERE a.file_id = f.id)
		FROM casefile_file f JOIN staff_org o ON o.id = f.org_id
		WHERE f.state = 'assessed' AND f.org_path LIKE @scope AND f.id > @after
		ORDER BY f.id LIMIT @limit`,
		pgx.NamedArgs{"scope": scope, "after": after, "limit": limit})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Candidate, error) {
		var c Candidate
		var assessed pgtype.Timestamptz
		err := row.Scan(&c.FileID, &c.HeadName, &c.Employer, &c.OrgName, &c.Category, &assessed)
		c.AssessedAt = assessed.Time
		return c, err
	})
}

func count(ctx context.Context, q work.Querier, scope work.Scope) (map[Tab]int, error) {
	rows, err := q.Query(ctx, `
		-- notice.count
		SELECT n.state, count(*) FROM notice_notice n
		WHERE n.state IN ('open', 'objected') AND n.org_path LIKE @scope GROUP BY n.state
		UNION ALL
		SELECT 'waiting', count(*) FROM casefile_file f WHERE f.state = 'assessed' AND f.org_path LIKE @scope`,
		pgx.NamedArgs{"scope": scope})
	if err != nil {
		return nil, err
	}
	counts := map[Tab]int{}
	var tab string
	var n int
	_, err = pgx.ForEachRow(rows, []any{&tab, &n}, func() error {
		counts[Tab(tab)] = n
		return nil
	})
	return counts, err
}
