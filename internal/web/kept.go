package web

import (
	"iter"
	"net/http"
	"sync"
	"time"

	"bangfu/internal/work"
)

// most is for how many people something is kept.
const most = 10_000

// Settled keeps for each person what changes with people, roles and what people set for themselves only. The database
// counts those changes, and the store reads the number with each session: what is kept holds as long as it stands still,
// whichever program on the database made a change. A store that does not tell it has everything read each time.
type Settled[T any] struct {
	mu      sync.Mutex
	changes string
	known   map[work.StaffID]T
}

// Get gives what is kept for the person, or reads it.
func (s *Settled[T]) Get(k *Kit, r *http.Request, id work.StaffID, read func() (T, error)) (T, error) {
	changes := k.Sessions.GetString(r.Context(), keyChanges)
	s.mu.Lock()
	value, ok := s.known[id]
	ok = ok && changes != "" && s.changes == changes
	s.mu.Unlock()
	if ok {
		return value, nil
	}
	value, err := read()
	if err == nil && changes != "" {
		s.put(changes, id, value)
	}
	return value, err
}

// put keeps a value; what was kept at another number of changes is forgotten. A request that began before a change may
// bring the older number back: then the next one forgets again, and nobody is taken for what they were.
func (s *Settled[T]) put(changes string, id work.StaffID, value T) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.changes != changes || len(s.known) >= most {
		s.changes, s.known = changes, map[work.StaffID]T{}
	}
	s.known[id] = value
}

// keptFor is how long something is shown again without being read anew.
const keptFor = 10 * time.Second

// Kept keeps for each person what stands beside the matter of a page and may be ten seconds old, such as the numbers beside
// lists. What somebody does through this program at the person's office, below it or above it makes it be read anew; the
// program's own jobs, the public and other programs on the database do not. What Dear names costs too much to be read
// after each act and is kept for the ten seconds. What a page is about is never kept.
type Kept[T any] struct {
	Dear func(value T) bool // nil = nothing is

	mu  sync.Mutex
	all map[work.StaffID]keptValue[T]
}

type keptValue[T any] struct {
	scope work.Scope
	until time.Time
	acts  uint64 // acts.touching before it was read
	value T
}

// Get gives what is kept for the person, or reads it.
func (s *Kept[T]) Get(k *Kit, by work.Actor, read func() (T, error)) (T, error) {
	now, acts := k.Now(), k.acts.touching(by.Scope)
	s.mu.Lock()
	kept, ok := s.all[by.StaffID]
	s.mu.Unlock()
	if ok && kept.scope == by.Scope && now.Before(kept.until) && (kept.acts == acts || s.Dear != nil && s.Dear(kept.value)) {
		return kept.value, nil
	}
	value, err := read()
	if err != nil {
		return value, err
	}
	kept = keptValue[T]{by.Scope, now.Add(keptFor), acts, value}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.all == nil || len(s.all) >= most {
		s.all = map[work.StaffID]keptValue[T]{}
	}
	s.all[by.StaffID] = kept
	return value, nil
}

// acts counts what was done since the program started, by path of the office that did it.
type acts struct {
	mu       sync.Mutex
	at, upTo map[string]uint64 // by the office alone, and by it and all below it
}

// note counts an act of somebody with the scope.
func (a *acts) note(scope work.Scope) {
	path, _ := scope.Range()
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.at == nil {
		a.at, a.upTo = map[string]uint64{}, map[string]uint64{}
	}
	a.at[path]++
	for office := range upwards(path) {
		a.upTo[office]++
	}
}

// touching gives a number that changes with each act of an office of the scope, or of one above it.
func (a *acts) touching(scope work.Scope) uint64 {
	path, _ := scope.Range()
	a.mu.Lock()
	defer a.mu.Unlock()
	n := a.upTo[path]
	for office := range upwards(path) {
		if office != path {
			n += a.at[office]
		}
	}
	return n
}

// upwards gives the path of each office from the top of the tree down to the one of a path.
func upwards(path string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for i := range len(path) {
			if path[i] == '/' && !yield(path[:i+1]) {
				return
			}
		}
	}
}
