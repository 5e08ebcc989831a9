package seed

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/check"
	"bangfu/internal/day"
	"bangfu/internal/file"
	"bangfu/internal/fund"
	"bangfu/internal/seal"
	"bangfu/internal/staff"
	"bangfu/internal/work"
)

// Into is where the sample centre goes.
type Into struct {
	DB    work.Beginner // as the application's role
	Keys  *seal.Keys
	Files file.Store
	Now   time.Time // everything has happened before it
}

// Fill makes the sample centre in an empty database, in one transaction: an error leaves nothing behind but evidence
// without rows in the store.
func Fill(ctx context.Context, into Into) error {
	tx, err := into.DB.Begin(ctx)
	if err != nil {
		return fmt.Errorf("beginning the sample centre: %w", err)
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }() // does nothing after a commit
	c := &centre{
		tx: tx, keys: into.Keys, files: into.Files, now: into.Now, today: day.On(into.Now),
		chance:   rand.New(rand.NewPCG(20261122, 60)),
		orgs:     map[string]staff.Org{},
		people:   map[string]work.Actor{},
		accounts: map[account]fund.AccountID{},
		numbers:  map[string]bool{}, names: map[string]bool{},
		papers: map[string]file.Blob{},
	}
	if err := c.found(ctx); err != nil {
		return fmt.Errorf("founding the sample centre: %w", err)
	}
	c.tell()
	if err := c.play(ctx); err != nil {
		return fmt.Errorf("playing the sample centre's half year: %w", err)
	}
	// As the job does it every minute in the running program: what does not fit is found from the first day on.
	if _, err := check.RunDue(ctx, tx, into.Keys, func() time.Time { return into.Now }); err != nil {
		return fmt.Errorf("checking the sample centre's files: %w", err)
	}
	if err := c.readings(ctx); err != nil {
		return fmt.Errorf("remembering who read what at the sample centre: %w", err)
	}
	return tx.Commit(ctx)
}

// centre is the sample centre while it is being made.
type centre struct {
	tx       pgx.Tx
	keys     *seal.Keys
	files    file.Store
	now      time.Time
	today    day.Date
	chance   *rand.Rand
	orgs     map[string]staff.Org  // by code
	people   map[string]work.Actor // by user name
	accounts map[account]fund.AccountID
	numbers  map[string]bool // ID numbers given
	names    map[string]bool // names given
	cards    int
	phones   int
	papers   map[string]file.Blob
	acts     []act
	cases    []*grantCase // grants told of, in order
	referred int          // planned referrals handed out
}

// act is one thing that one person did at one time.
type act struct {
	at  time.Time
	who string // user name
	do  func(ctx context.Context, u *work.Unit) error
}

// then notes an act of a person so many days ago, at a minute of the day in China.
func (c *centre) then(daysAgo, minute int, who string, do func(ctx context.Context, u *work.Unit) error) {
	c.on(c.date(daysAgo), minute, who, do)
}

// on notes an act of a person on a day, at a minute of the day in China.
func (c *centre) on(d day.Date, minute int, who string, do func(ctx context.Context, u *work.Unit) error) {
	c.acts = append(c.acts, act{at: d.Start().Add(time.Duration(minute) * time.Minute), who: who, do: do})
}

// date is the day so many days ago; one long ago is moved to the working day before. The order of days stays, but some
// fall together: the minutes of a story's steps rise from step to step.
func (c *centre) date(daysAgo int) day.Date {
	on := c.today.Add(-daysAgo)
	if daysAgo > 10 {
		on = day.AddWorkdays(on.Add(1), -1)
	}
	return on
}
