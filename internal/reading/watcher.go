package reading

import (
	"context"
	"fmt"
	"sync"
	"time"

	"bangfu/internal/work"
)

const (
	mostWaiting = 50_000 // rows that wait to be written; about 8 MB
	mostPeople  = 10_000 // people of whom a program remembers the hour
)

// Watcher counts what people read through this program and keeps it until it is written (Write). Any number of requests may
// use it at once. Make it with NewWatcher.
type Watcher struct {
	limits  Limits
	writing sync.Mutex // one Write at a time

	mu      sync.Mutex
	hour    int64 // the one that the tallies speak of
	tallies map[work.StaffID]*tally
	people  map[work.StaffID]work.Actor // for the trail
	waiting map[place]*entry
	events  map[event]work.Actor
	lost    int
}

// place is where a row stands: a person, an hour and what was opened; the zero record stands for searches.
type place struct {
	hour   int64
	staff  work.StaffID
	record Record
}

// entry is what a row grows by.
type entry struct {
	times       int
	first, last time.Time
}

// add lets an entry grow by another one.
func (e *entry) add(more entry) {
	e.times += more.times
	if more.first.Before(e.first) {
		e.first = more.first
	}
	if more.last.After(e.last) {
		e.last = more.last
	}
}

// event is that an hour of a person was unusual, or that the brake held.
type event struct {
	hour   int64
	staff  work.StaffID
	braked bool
}

// NewWatcher makes a watcher that holds people to the limits.
func NewWatcher(limits Limits) *Watcher {
	return &Watcher{limits: limits, tallies: map[work.StaffID]*tally{}, people: map[work.StaffID]work.Actor{},
		waiting: map[place]*entry{}, events: map[event]work.Actor{}}
}

// Open asks whether a person may be shown a page of a household, its file or another record of it, at a moment; nil = yes. What
// the person has opened in the hour stays open: the database is asked about it only when the brake would hold. Call Shown or
// Missed behind it.
func (w *Watcher) Open(ctx context.Context, q work.Querier, by work.Actor, of Record, now time.Time) (*Brake, error) {
	brake := w.open(by, of, now)
	if brake == nil {
		return nil, nil
	}
	before, err := opened(ctx, q, by.StaffID, of, hourOf(now))
	if err != nil {
		return nil, fmt.Errorf("asking whether %s %d was read before: %w", of.Kind, of.ID, err)
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	t := w.tally(by, now)
	if before {
		if _, known := t.files[of]; !known {
			t.files[of] = true
		}
		return nil, nil
	}
	w.tell(t, by, true)
	return brake, nil
}

// open takes up a file of which the person is shown a page now, unless the person has opened as many as one may.
func (w *Watcher) open(by work.Actor, of Record, now time.Time) *Brake {
	if w.limits.Files <= 0 {
		return nil
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	t := w.tally(by, now)
	if _, read := t.files[of]; read {
		return nil
	}
	if t.counts().Files >= w.limits.Files {
		return &Brake{Files, w.limits.Files, next(now)}
	}
	t.files[of] = false
	t.unwritten++
	return nil
}

// Shown notes that the page was shown.
func (w *Watcher) Shown(by work.Actor, of Record, now time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.wait(place{hourOf(now), by.StaffID, of}, entry{1, now, now})
	if w.limits.Files > 0 {
		if t := w.tally(by, now); w.limits.Unusual(t.counts()) {
			w.tell(t, by, false)
		}
	}
}

// Missed takes back that a record was opened: there was nothing that the person may see.
func (w *Watcher) Missed(by work.Actor, of Record, now time.Time) {
	if w.limits.Files <= 0 {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	t := w.tally(by, now)
	written, read := t.files[of]
	if _, shown := w.waiting[place{hourOf(now), by.StaffID, of}]; read && !written && !shown {
		delete(t.files, of)
		t.unwritten--
	}
}

// Search counts a search that a person makes; not nil = it must not be made.
func (w *Watcher) Search(by work.Actor, now time.Time) *Brake {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.limits.Searches > 0 {
		t := w.tally(by, now)
		if t.counts().Searches >= w.limits.Searches {
			w.tell(t, by, true)
			return &Brake{Searches, w.limits.Searches, next(now)}
		}
		t.searches++
		if w.limits.Unusual(t.counts()) {
			w.tell(t, by, false)
		}
	}
	w.wait(place{hour: hourOf(now), staff: by.StaffID}, entry{1, now, now})
	return nil
}

// next is when the next hour begins.
func next(now time.Time) time.Time { return time.Unix(hourOf(now), 0).Add(time.Hour) }

// tally gives the person's tally of the hour. A request that began before the hour ended counts for the new one.
func (w *Watcher) tally(by work.Actor, now time.Time) *tally {
	if hour := hourOf(now); hour > w.hour || len(w.tallies) >= mostPeople {
		w.hour, w.tallies = max(hour, w.hour), map[work.StaffID]*tally{} // Write reads the counts back
	}
	t := w.tallies[by.StaffID]
	if t == nil {
		t = &tally{files: map[Record]bool{}, told: map[bool]bool{}}
		w.tallies[by.StaffID] = t
	}
	if len(w.people) >= mostPeople {
		w.people = map[work.StaffID]work.Actor{}
	}
	w.people[by.StaffID] = by
	return t
}

// tell notes once for a tally that the hour is unusual, or that the brake held.
func (w *Watcher) tell(t *tally, by work.Actor, braked bool) {
	if !t.told[braked] {
		t.told[braked] = true
		w.events[event{w.hour, by.StaffID, braked}] = by
	}
}

// wait adds to what is to be written.
func (w *Watcher) wait(p place, more entry) {
	e := w.waiting[p]
	switch {
	case e != nil:
		e.add(more)
	case len(w.waiting) >= mostWaiting:
		w.lost += more.times
	default:
		w.waiting[p] = &more
	}
}
