package reading

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"bangfu/internal/day"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// act names an entry of the trail whose act is chosen while the program runs.
type act string

const (
	actUnusual act = "reading.unusual"
	actBraked  act = "reading.braked"
)

// Told is an entry that Write put into the trail: for the log, which an alarm may watch.
type Told struct {
	StaffID work.StaffID
	Hour    time.Time
	Braked  bool // the brake held; otherwise the hour was unusual
	Counts
}

// row is a place with what is added to it.
type row struct {
	place
	entry
}

// total is what the database knows of a person's hour after a writing.
type total struct {
	hour    int64
	staff   work.StaffID
	unusual bool // noted already
	Counts
}

// Write writes what waits, and tells the trail of unusual hours and of the brake, once for each person and hour. What fails
// waits on. Several programs may write to one database. It reads back what all of them counted, so that the limits hold for a
// person whichever program answers. The error also says how much was lost because too much waited.
func (w *Watcher) Write(ctx context.Context, db work.Beginner, clock work.Clock) ([]Told, error) {
	w.writing.Lock()
	defer w.writing.Unlock()
	rows, lost := w.take()
	if len(rows) > 0 {
		totals, err := writeAll(ctx, db, rows)
		if err != nil {
			w.giveBack(rows)
			return nil, errors.Join(fmt.Errorf("writing who read what: %w", err), lost)
		}
		w.wrote(rows, totals)
	}
	told, err := w.report(ctx, db, clock)
	return told, errors.Join(err, lost)
}

// writeAll writes rows and gives what the hours of their people come to.
func writeAll(ctx context.Context, db work.Beginner, rows []row) (totals []total, err error) {
	tx, err := db.Begin(ctx)
	if err != nil {
		return nil, err
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }() // does nothing after a commit
	files, err := byFile(ctx, tx, rows)
	if err != nil {
		return nil, err
	}
	if totals, err = write(ctx, tx, files); err != nil {
		return nil, err
	}
	return totals, tx.Commit(ctx)
}

// take takes what waits.
func (w *Watcher) take() (rows []row, lost error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	rows = inOrder(w.waiting)
	w.waiting = map[place]*entry{}
	if w.lost > 0 {
		lost = fmt.Errorf("%d readings are lost: %d rows waited for the database", w.lost, mostWaiting)
		w.lost = 0
	}
	return rows, lost
}

// inOrder lists entries in the order in which every program writes, so that none waits for another in a circle.
func inOrder(entries map[place]*entry) []row {
	rows := make([]row, 0, len(entries))
	for p, e := range entries {
		rows = append(rows, row{p, *e})
	}
	slices.SortFunc(rows, func(a, b row) int {
		return cmp.Or(cmp.Compare(a.staff, b.staff), cmp.Compare(a.hour, b.hour), cmp.Compare(a.record.ID, b.record.ID), cmp.Compare(a.record.Kind, b.record.Kind))
	})
	return rows
}

// giveBack lets rows wait on that could not be written.
func (w *Watcher) giveBack(rows []row) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, r := range rows {
		w.wait(r.place, r.entry)
	}
}

// wrote takes note of what is in the database now.
func (w *Watcher) wrote(rows []row, totals []total) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, r := range rows {
		t := w.tallies[r.staff]
		if t == nil || r.hour != w.hour {
			continue
		}
		if written, read := t.files[r.record]; read && !written {
			t.files[r.record] = true
			t.unwritten--
		}
		if r.record == (Record{}) {
			t.searches = max(0, t.searches-r.times)
		}
	}
	for _, h := range totals {
		if t := w.tallies[h.staff]; t != nil && h.hour == w.hour {
			t.stored = h.Counts
		}
		by, known := w.people[h.staff]
		if known && !h.unusual && w.limits.Unusual(h.Counts) { // two programs together
			w.events[event{h.hour, h.staff, false}] = by
		}
	}
}

// report tells the trail what is to be told.
func (w *Watcher) report(ctx context.Context, db work.Beginner, clock work.Clock) ([]Told, error) {
	w.mu.Lock()
	events := make([]event, 0, len(w.events))
	for e := range w.events {
		events = append(events, e)
	}
	people := w.events
	w.events = map[event]work.Actor{}
	w.mu.Unlock()
	slices.SortFunc(events, func(a, b event) int { // what is unusual comes before the brake
		return cmp.Or(cmp.Compare(a.hour, b.hour), cmp.Compare(a.staff, b.staff), cmp.Compare(rank(a), rank(b)))
	})
	var all []Told
	for i, e := range events {
		told, err := tell(ctx, db, clock, e, people[e])
		if err != nil {
			w.mu.Lock()
			for _, left := range events[i:] {
				w.events[left] = people[left]
			}
			w.mu.Unlock()
			return all, fmt.Errorf("telling the trail of unusual reading: %w", err)
		}
		all = append(all, told...)
	}
	return all, nil
}

func rank(e event) int {
	if e.braked {
		return 1
	}
	return 0
}

// errTold ends a unit of what was told before, by this program or another.
var errTold = errors.New("told before")

// tell writes one entry of the trail, as the person's own, so that the readers of the person's office find it.
func tell(ctx context.Context, db work.Beginner, clock work.Clock, e event, by work.Actor) ([]Told, error) {
	told := Told{StaffID: e.staff, Hour: time.Unix(e.hour, 0).In(day.Zone), Braked: e.braked}
	err := work.Do(ctx, db, clock(), by, func(u *work.Unit) (err error) {
		if told.Counts, err = mark(ctx, u, e); err != nil {
			return err
		}
		name := actUnusual
		if e.braked {
			name = actBraked
		}
		return u.Audit(ctx, work.Entry{Act: string(name), Kind: "member", ID: int64(e.staff), Changes: []work.Change{
			{Field: "hour", After: words.Minute(told.Hour)}, {Field: "files", After: told.Files}, {Field: "searches", After: told.Searches}}})
	})
	if errors.Is(err, errTold) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return []Told{told}, nil
}
