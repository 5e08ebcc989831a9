package retention

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/staff"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// Years is how long a file is kept from the day of its closing ([W44] art. 15).
const Years = 10

// Until is the last day of the term of a file that was closed on a day. The day of closing is not counted; where the
// month is too short, the term ends with its last day (Civil Code art. 201, 202).
func Until(closed day.Date) day.Date { return closed.AddMonths(12 * Years) }

// LastOver is the last day of closing whose term is over on a day.
func LastOver(today day.Date) day.Date {
	closed := today.AddMonths(-12 * Years)
	for Until(closed).Before(today) {
		closed = closed.Add(1)
	}
	return closed.Add(-1)
}

// Kept is a file that ended and is still there.
type Kept struct {
	FileID   work.FileID
	Number   string // empty for one that never was on the register
	HeadName string
	OrgID    work.OrgID
	OrgName  string
	State    casefile.State
	Reason   string // of the exit; empty for another end
	ClosedAt time.Time
	Papers   int
	Batch    BatchID // the one in which it waits; zero = none
	Bar      string  // what keeps it beyond its term: a rule of retention_bar; empty = nothing
}

// ClosedOn is the day of closing.
func (k Kept) ClosedOn() day.Date { return day.On(k.ClosedAt) }

// Until is the last day of the file's term.
func (k Kept) Until() day.Date { return Until(k.ClosedOn()) }

// Ended gives the word for how the file ended: the reason of its exit, or its state.
func Ended(state casefile.State, reason string) words.Key {
	if reason != "" {
		return casefile.ExitReasons.Key(reason)
	}
	return state.Key()
}

// Cursor is the place in the list of files past their term behind which a page begins; the zero Cursor is its beginning.
type Cursor struct{ File work.FileID }

// Over lists the files within the scope whose term is over on the day and which are not destroyed, by day of closing, the
// oldest first, held ones too. org narrows it to an office with all below it; zero is the whole scope.
func Over(ctx context.Context, q work.Querier, scope work.Scope, org work.OrgID, today day.Date, after Cursor, size int) ([]Kept, Cursor, error) {
	scope, err := narrowed(ctx, q, scope, org)
	if err != nil {
		return nil, Cursor{}, err
	}
	args := pgx.NamedArgs{"before": LastOver(today).Add(1).Start(), "after": after.File, "limit": size + 1, "today": today}
	rows, err := q.Query(ctx, `
		-- retention.Over
		SELECT f.id, coalesce(f.number, ''), f.head_name, o.id, o.name, f.state, CASE WHEN f.state = 'closed' THEN coalesce(f.return_reason, '') ELSE '' END, f.closed_at,
			(SELECT count(*) FROM casefile_evidence e WHERE e.file_id = f.id),
			coalesce((SELECT i.batch_id FROM retention_item i WHERE i.file_id = f.id AND i.state = 'waiting'), 0),
			coalesce(retention_bar(f.id, @today), '')
		FROM (SELECT f.* FROM casefile_file f WHERE `+level(scope, args)+` AND f.closed_at < @before AND f.erased_at IS NULL
			AND (@after::bigint = 0 OR (f.closed_at, f.id) > (SELECT c.closed_at, c.id FROM casefile_file c WHERE c.id = @after))
			ORDER BY f.closed_at, f.id LIMIT @limit) f
		JOIN staff_org o ON o.id = f.org_id ORDER BY f.closed_at, f.id`, args)
	if err != nil {
		return nil, Cursor{}, fmt.Errorf("listing files past their term: %w", err)
	}
	all, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (Kept, error) {
		var k Kept
		err := row.Scan(&k.FileID, &k.Number, &k.HeadName, &k.OrgID, &k.OrgName, &k.State, &k.Reason, &k.ClosedAt, &k.Papers, &k.Batch, &k.Bar)
		return k, err
	})
	if err != nil {
		return nil, Cursor{}, fmt.Errorf("listing files past their term: %w", err)
	}
	if len(all) <= size {
		return all, Cursor{}, nil
	}
	return all[:size], Cursor{File: all[size-1].FileID}, nil
}

// narrowed gives the scope of an office within a scope; work.ErrNotFound when it lies outside.
func narrowed(ctx context.Context, q work.Querier, scope work.Scope, org work.OrgID) (work.Scope, error) {
	if org == 0 {
		return scope, nil
	}
	o, err := staff.FindOrg(ctx, q, scope, org)
	if err != nil {
		return scope, err
	}
	return work.Under(o.Path), nil
}

// BarOf says what keeps a file from being destroyed on a day: a rule of retention_bar; empty when nothing does. The caller has
// found the file in its scope.
func BarOf(ctx context.Context, q work.Querier, file work.FileID, today day.Date) (string, error) {
	var bar string
	err := q.QueryRow(ctx, `
		-- retention.BarOf
		SELECT coalesce(retention_bar(@file, @today), '')`, pgx.NamedArgs{"file": file, "today": today}).Scan(&bar)
	if err != nil {
		return "", fmt.Errorf("asking what keeps file %d: %w", file, err)
	}
	return bar, nil
}

// level is the condition that a file lies in the scope, by the one column of its path where the scope's organisation
// stands, so that the index of the list serves it with its order.
func level(scope work.Scope, args pgx.NamedArgs) string {
	depth, org := scope.Top()
	switch {
	case depth < 0:
		return "false"
	case depth == 0:
		return "true"
	}
	args["org"] = org
	return fmt.Sprintf("f.level_%d = @org", depth)
}
