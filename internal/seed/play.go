package seed

import (
	"context"
	"fmt"
	"slices"
	"time"

	"bangfu/internal/day"
	"bangfu/internal/notice"
	"bangfu/internal/work"
)

// play carries out all acts in the order of their times. Between two days the notices that came due are ended, as the
// job does it every minute in the running program.
func (c *centre) play(ctx context.Context) error {
	slices.SortStableFunc(c.acts, func(a, b act) int { return a.at.Compare(b.at) })
	last := day.On(c.acts[0].at)
	for _, a := range c.acts {
		if err := c.nights(ctx, last, day.On(a.at)); err != nil {
			return err
		}
		last = day.On(a.at)
		if err := c.do(ctx, a.at, c.people[a.who], a.do); err != nil {
			return fmt.Errorf("%s on %v: %w", a.who, last, err)
		}
	}
	return c.nights(ctx, last, c.today)
}

// nights ends the notices that came due after the one day, up to the other.
func (c *centre) nights(ctx context.Context, from, to day.Date) error {
	for d := from.Add(1); !d.After(to); d = d.Add(1) {
		if _, err := notice.EndDue(ctx, c.tx, d.Start().Add(30*time.Second)); err != nil {
			return fmt.Errorf("ending the notices of %v: %w", d, err)
		}
	}
	return nil
}

// do is one unit of work of a person.
func (c *centre) do(ctx context.Context, at time.Time, by work.Actor, fn func(ctx context.Context, u *work.Unit) error) error {
	return work.Do(ctx, c.tx, at, by, func(u *work.Unit) error { return fn(ctx, u) })
}

// deferred makes the deferred constraints wait for the end of the unit again: the unit before made them speak at once,
// and all units here share one transaction. Only the bank's answer needs it: it moves lines before the ledger.
func deferred(ctx context.Context, u *work.Unit) error {
	_, err := u.Exec(ctx, "SET CONSTRAINTS ALL DEFERRED")
	return err
}

// pick gives one of several things by chance.
func pick[T any](c *centre, from []T) T { return from[c.chance.IntN(len(from))] }

// between gives a whole number of the range, both ends included.
func (c *centre) between(low, high int) int { return low + c.chance.IntN(high-low+1) }
