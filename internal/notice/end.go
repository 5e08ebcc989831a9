package notice

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/work"
)

// EndDue ends every open notice whose last day is over in China at the time now, and makes its file active; it answers
// with how many it ended. Each notice is a unit of its own, the oldest first: one that fails does not hold up the
// others, and its error comes back with the rest. Two programs may run it at once, and after days of standstill it
// finds all that came due meanwhile; run again it finds nothing.
func EndDue(ctx context.Context, db work.Beginner, now time.Time) (int, error) {
	ended := 0
	var failures error
	after := firstCursor
	for {
		err := work.Do(ctx, db, now, work.System("notice"), func(u *work.Unit) error {
			n, err := nextDue(ctx, u, after)
			if err != nil {
				return err
			}
			after = Cursor{On: n.Period.Ends, ID: int64(n.ID)}
			if err := end(ctx, u, n); err != nil {
				return fmt.Errorf("ending notice %d: %w", n.ID, err)
			}
			return nil
		})
		switch {
		case errors.Is(err, errNoneDue):
			return ended, failures
		case ctx.Err() != nil:
			return ended, errors.Join(failures, ctx.Err())
		case err != nil:
			failures = errors.Join(failures, err)
		default:
			ended++
		}
	}
}

// end ends one locked notice and makes its file active.
func end(ctx context.Context, u *work.Unit, n Notice) error {
	to, refusal := n.after(ActEnd, u.Today())
	if refusal != nil {
		return refusal
	}
	if err := advance(ctx, u, n, to); err != nil {
		return err
	}
	number, err := casefile.Activate(ctx, u, n.FileID)
	if err != nil {
		return err
	}
	return u.Audit(ctx, work.Entry{Act: "notice.end", Kind: "notice", ID: int64(n.ID), FileID: n.FileID,
		Changes: []work.Change{{Field: "state", Before: n.State, After: to}, {Field: "number", After: number}}})
}

// errNoneDue ends the search for due notices.
var errNoneDue = errors.New("no notice is due")

// nextDue locks the next open notice behind the cursor whose last day is over. A notice that somebody else holds, such
// as an objection being written, is left for the next run.
func nextDue(ctx context.Context, u *work.Unit, after Cursor) (Notice, error) {
	n, err := one(ctx, u, `
		-- notice.nextDue
		SELECT `+cover+fromNotice+`
		WHERE n.state = 'open' AND n.ends_on < @today AND (n.ends_on, n.id) > (@on, @id)
		ORDER BY n.ends_on, n.id LIMIT 1 FOR UPDATE OF n SKIP LOCKED`,
		pgx.NamedArgs{"today": u.Today(), "on": after.On, "id": after.ID})
	if errors.Is(err, work.ErrNotFound) {
		return Notice{}, errNoneDue
	}
	return n, err
}
