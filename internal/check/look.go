package check

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"strings"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/seal"
	"bangfu/internal/work"
)

// Look reads one file and runs all checks on it. Nothing is kept.
func Look(ctx context.Context, q work.Querier, keys *seal.Keys, scope work.Scope, id work.FileID, today day.Date) ([]Found, error) {
	in, err := read(ctx, q, keys, scope, id, today)
	if err != nil {
		return nil, fmt.Errorf("checking file %d: %w", id, err)
	}
	return Run(in), nil
}

// read gathers what the checks look at.
func read(ctx context.Context, q work.Querier, keys *seal.Keys, scope work.Scope, id work.FileID, today day.Date) (Input, error) {
	in := Input{Today: today}
	f, err := casefile.Find(ctx, q, scope, id)
	if err != nil {
		return in, err
	}
	if in.Facts, err = casefile.FactsOf(ctx, q, scope, id); err != nil {
		return in, err
	}
	if err := in.Facts.Reveal(keys); err != nil {
		return in, err
	}
	if in.Papers, err = casefile.EvidenceOf(ctx, q, id); err != nil {
		return in, err
	}
	if in.Missing, err = casefile.Missing(ctx, q, f, today); err != nil {
		return in, err
	}
	if in.TwinOf, in.Twin, err = twinOf(ctx, q, id); err != nil {
		return in, err
	}
	if f.State != casefile.Active {
		return in, nil
	}
	last, err := casefile.LastJudgement(ctx, q, id)
	if err != nil && !errors.Is(err, work.ErrNotFound) {
		return in, err
	}
	weighed, err := casefile.Weigh(ctx, q, f, today, casefile.Ruling{Listed: last.Verdict.Facts.Listed, Kind: last.Ruling.Kind, Reason: last.Ruling.Reason})
	if _, refused := work.AsRefusal(err); refused {
		return in, nil // no line holds in the district: another list tells
	}
	in.Now, in.Judged = weighed.Verdict.Category, err == nil
	return in, err
}

// pause is how many files are checked in one transaction: a file that is being saved waits for no more than these.
const pause = 20

// RunDue checks the files that changed or wait for the sweep, and gives how many. Several programs may run it at once.
func RunDue(ctx context.Context, db work.Beginner, keys *seal.Keys, clock work.Clock) (int, error) {
	checked := 0
	for {
		n, err := someDue(ctx, db, keys, clock())
		checked += n
		if err != nil || n < pause {
			return checked, err
		}
	}
}

// someDue checks the next files that are due.
func someDue(ctx context.Context, db work.Beginner, keys *seal.Keys, now time.Time) (int, error) {
	tx, err := db.Begin(ctx)
	if err != nil {
		return 0, fmt.Errorf("beginning to check: %w", err)
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }() // does nothing after a commit
	u := work.NewUnit(tx, now, work.System("check"))
	ids, err := takeDue(ctx, u, pause)
	if err != nil {
		return 0, fmt.Errorf("taking files to check: %w", err)
	}
	for _, id := range ids {
		if err := checkOne(ctx, u, keys, id); err != nil {
			return 0, err
		}
	}
	return len(ids), tx.Commit(ctx)
}

// checkOne checks one file and keeps what was found. What changed in the findings is told to the trail; that nothing did
// is not.
func checkOne(ctx context.Context, u *work.Unit, keys *seal.Keys, id work.FileID) error {
	f, err := casefile.Find(ctx, u, work.Everywhere, id)
	if err != nil {
		return fmt.Errorf("checking file %d: %w", id, err)
	}
	var found []Found
	if f.State.Open() && !f.State.Editable() {
		if found, err = Look(ctx, u, keys, work.Everywhere, id, u.Today()); err != nil {
			return err
		}
	}
	came, went, err := keep(ctx, u, f, found)
	if err != nil {
		return fmt.Errorf("keeping what was found in file %d: %w", id, err)
	}
	if came+went == 0 {
		return nil
	}
	return u.Audit(ctx, work.Entry{Act: "check.find", Kind: "file", ID: int64(id), FileID: id,
		Changes: []work.Change{{Field: "found", After: came}, {Field: "gone", After: went}}})
}

// fingerprint is the hash of the facts of a finding: while it stays, a finding that was set aside stays aside.
func (f Found) fingerprint() []byte {
	sum := sha256.Sum256([]byte(string(f.Name) + "\x00" + f.Subject + "\x00" + strings.Join(f.Args, "\x00")))
	return sum[:]
}

// cycle is after how many days a file that did not change is checked again: ages and papers go on by themselves.
const cycle = 30

// Sweep asks for a check of every submitted file that was not checked for thirty days, and gives how many. The files
// are checked by RunDue.
func Sweep(ctx context.Context, db work.Beginner, now time.Time) (int64, error) {
	n, err := sweep(ctx, db, now.AddDate(0, 0, -cycle))
	if err != nil {
		return 0, fmt.Errorf("asking for the sweep of all files: %w", err)
	}
	return n, nil
}
