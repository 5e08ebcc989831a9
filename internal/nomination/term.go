package nomination

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/work"
)

// mostForgotten is how many nominations one run takes; the next run takes the rest.
const mostForgotten = 500

// Forget erases the words of the nominations that led to no file when casefile.MonthsWithoutFile are over, since the answer
// or the day by which it was due: the name, the numbers, the employer, what happened and why it was declined. The unit, the
// office, the cause and the days stay to be counted. One that nobody answered lapses with it. Each is one unit with its own
// entry. Forget gives how many it took, and may be called at any time.
func Forget(ctx context.Context, db work.Beginner, clock work.Clock) (int, error) {
	over, err := overdue(ctx, db, day.On(clock()).AddMonths(-casefile.MonthsWithoutFile))
	if err != nil {
		return 0, fmt.Errorf("looking for nominations past their term: %w", err)
	}
	return work.Each(ctx, db, clock, "nomination", over, func(u *work.Unit, e ended) error { return forget(ctx, u, e) })
}

// ended is a nomination whose term is over, with the state in which it was found.
type ended struct {
	id    ID
	state State
}

// overdue reads the nominations whose term began before a day, those that were answered and those that never were.
func overdue(ctx context.Context, db work.Beginner, before day.Date) ([]ended, error) {
	rows, err := db.Query(ctx, `
		-- nomination.overdue
		(SELECT id, state FROM nomination_nomination WHERE state IN ('declined', 'withdrawn') AND erased_at IS NULL AND answered_at < @answered
			ORDER BY answered_at, id LIMIT @most)
		UNION ALL
		(SELECT id, state FROM nomination_nomination WHERE state = 'waiting' AND due_on < @due ORDER BY due_on, id LIMIT @most)`,
		pgx.NamedArgs{"answered": before.Start(), "due": before, "most": mostForgotten})
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (ended, error) {
		var e ended
		err := row.Scan(&e.id, &e.state)
		return e, err
	})
}

// forget erases the words of one nomination; a trigger takes them away and checks the term.
func forget(ctx context.Context, u *work.Unit, e ended) error {
	to, act := e.state, "erase"
	if e.state == Waiting {
		to, act = Lapsed, "lapse"
	}
	err := u.ChangeOne(ctx, `
		-- nomination.forget
		UPDATE nomination_nomination SET state = @to, erased_at = @now WHERE id = @id AND state = @from AND erased_at IS NULL`,
		pgx.NamedArgs{"id": e.id, "from": string(e.state), "to": string(to), "now": u.Now})
	if err != nil {
		return fmt.Errorf("erasing the words of nomination %d: %w", e.id, err)
	}
	return u.Audit(ctx, work.Entry{Act: "nomination." + act, Kind: "nomination", ID: int64(e.id)})
}
