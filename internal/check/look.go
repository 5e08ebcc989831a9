package check

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

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
	in.Missing = casefile.Situation{File: f, Causes: in.Facts.Causes, People: in.Facts.Persons(), Economy: in.Facts.Economy}.Missing(in.Papers, today)
	if err = others(ctx, q, id, &in); err != nil {
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

// Doubts runs the checks on a registration that is still written: those of the sections that were saved, and none that
// tells what is missing, since the task list does. One statement.
func Doubts(ctx context.Context, q work.Querier, a casefile.Answers, today day.Date) ([]Found, error) {
	in := inputOf(a, today)
	var err error
	if err = others(ctx, q, a.Facts.Cover.ID, &in); err != nil {
		return nil, fmt.Errorf("checking the registration of file %d: %w", a.Facts.Cover.ID, err)
	}
	return slices.DeleteFunc(Run(in), func(f Found) bool {
		return f.Severity == Lacking || slices.Contains(a.Unsaved, f.Section)
	}), nil
}

// Current gives what is found in a submitted file within the scope, those set aside too. What follows from the file alone
// is looked for now, so that whoever changed it sees at once what does not fit; its ID is zero until RunDue keeps it. What
// needs other files or the rules of the day is what was kept. One statement.
func Current(ctx context.Context, q work.Querier, scope work.Scope, a casefile.Answers, today day.Date) ([]Finding, error) {
	kept, err := InFile(ctx, q, scope, a.Facts.Cover.ID)
	if err != nil {
		return nil, err
	}
	return fresh(a.Facts.Cover.ID, kept, Run(inputOf(a, today))), nil
}

// inputOf gives the checks what a file says, without what other files and the rules say.
func inputOf(a casefile.Answers, today day.Date) Input {
	return Input{Facts: a.Facts, Papers: a.Papers, Missing: a.Missing, Today: today}
}

// elsewhere are the checks that need more than the file itself.
var elsewhere = []Name{"twin", "former", "category", unreadable}

// fresh puts what is found now in the place of what was kept; what is set aside stands last.
func fresh(id work.FileID, kept []Finding, now []Found) []Finding {
	var open, aside []Finding
	add := func(f Finding) {
		if f.AsideBy == "" {
			open = append(open, f)
		} else {
			aside = append(aside, f)
		}
	}
	for _, f := range now {
		i := slices.IndexFunc(kept, func(k Finding) bool { return k.Name == f.Name && slices.Equal(k.Args, f.Args) })
		if i < 0 {
			add(Finding{FileID: id, Name: f.Name, Args: f.Args})
		} else {
			add(kept[i])
		}
	}
	for _, k := range kept {
		if slices.Contains(elsewhere, k.Name) {
			add(k)
		}
	}
	return append(open, aside...)
}

// pause is how many files are checked in one transaction: a file that is being saved waits for no more than these.
const pause = 20

// byDay is how many files of the sweep one run of RunDue checks between six in the morning and ten in the evening: offices
// work then, and a register of a million files takes hours.
const byDay = 200

// RunDue checks the files that changed, all of them, and those that wait for the sweep: at night all, by day some. It
// gives how many. Several programs may run it at once. A file that cannot be read holds up no other: it stands in the list of
// such files until a check of it succeeds, and what was wrong is given all together.
func RunDue(ctx context.Context, db work.Beginner, keys *seal.Keys, clock work.Clock) (int, error) {
	checked, ofSweep := 0, 0
	var failures error
	for {
		now := clock()
		some, err := someDue(ctx, db, keys, now, ofSweep < byDay || night(now))
		checked, ofSweep, failures = checked+some.files, ofSweep+some.swept, errors.Join(failures, some.failures)
		if err != nil || some.files < pause {
			return checked, errors.Join(failures, err)
		}
	}
}

// night says whether offices are closed, from 22:00 to 6:00.
func night(now time.Time) bool {
	hour := now.In(day.Zone).Hour()
	return hour < 6 || hour >= 22
}

// batch is what one transaction of RunDue did: how many files, how many of them were of the sweep, and what was wrong.
type batch struct {
	files, swept int
	failures     error
}

// someDue checks the next files that are due, those of the sweep too if asked to. Its error means that none of them was
// checked.
func someDue(ctx context.Context, db work.Beginner, keys *seal.Keys, now time.Time, sweep bool) (batch, error) {
	tx, err := db.Begin(ctx)
	if err != nil {
		return batch{}, fmt.Errorf("beginning to check: %w", err)
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }() // does nothing after a commit
	u := work.NewUnit(tx, now, work.System("check"))
	all, err := takeDue(ctx, u, pause, sweep)
	if err != nil {
		return batch{}, fmt.Errorf("taking files to check: %w", err)
	}
	b := batch{files: len(all)}
	for _, d := range all {
		err := u.Within(ctx, func(u *work.Unit) error { return checkOne(ctx, u, keys, d.FileID) })
		switch {
		case passing(ctx, err):
			return batch{}, err // all of them are due still
		case errors.Is(err, work.ErrNotFound): // destroyed meanwhile
		case err != nil:
			b.failures = errors.Join(b.failures, err)
			if err := keepUnreadable(ctx, u, d.FileID); err != nil {
				return batch{}, fmt.Errorf("noting that file %d cannot be read: %w", d.FileID, err)
			}
		}
		if d.Swept {
			b.swept++
		}
	}
	return b, tx.Commit(ctx)
}

// passing tells whether an error says nothing about the file: the program is stopping, or two transactions were in each
// other's way.
func passing(ctx context.Context, err error) bool {
	var pg *pgconn.PgError
	return err != nil && (ctx.Err() != nil || errors.As(err, &pg) && strings.HasPrefix(pg.Code, "40"))
}

// keepUnreadable lists a file among those that cannot be read. What was found in it before stays as it was.
func keepUnreadable(ctx context.Context, u *work.Unit, id work.FileID) error {
	listed, err := listUnreadable(ctx, u, id, Found{Check: Check{Name: unreadable}}.fingerprint())
	if err != nil || !listed {
		return err
	}
	return u.Audit(ctx, work.Entry{Act: "check.unreadable", Kind: "file", ID: int64(id), FileID: id})
}

// checkOne checks one file and keeps what was found. What changed in the findings is told to the trail; that nothing did
// is not.
func checkOne(ctx context.Context, u *work.Unit, keys *seal.Keys, id work.FileID) error {
	f, err := casefile.Find(ctx, u, work.Everywhere, id)
	if err != nil {
		return fmt.Errorf("checking file %d: %w", id, err)
	}
	var found []Found
	if f.State.HandedIn() {
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

// Sweep asks for a check of every submitted file that was not checked for thirty days or could not be read, and gives how
// many. The files are checked by RunDue.
func Sweep(ctx context.Context, db work.Beginner, now time.Time) (int64, error) {
	var asked int64
	for after := work.FileID(0); ; {
		n, last, err := sweep(ctx, db, now.AddDate(0, 0, -cycle), after)
		if err != nil {
			return asked, fmt.Errorf("asking for the sweep of all files: %w", err)
		}
		asked += n
		if last == 0 {
			return asked, nil
		}
		after = last
	}
}
