package web

import (
	"testing"
	"time"

	"bangfu/internal/work"
)

// What is kept holds for ten seconds and until somebody at the office, below or above it does something; a neighbour's
// act does not touch it.
func TestKept(t *testing.T) {
	now := time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC)
	k := &Kit{Clock: func() time.Time { return now }}
	by := func(id work.StaffID, path string) work.Actor { return work.Actor{StaffID: id, Scope: work.Under(path)} }
	county, unit, neighbour, city := by(1, "/1/2/3/"), by(2, "/1/2/3/4/"), by(3, "/1/2/5/"), by(4, "/1/2/")
	for name, c := range map[string]struct {
		between func()
		dear    bool
		reads   int
	}{
		"nothing":              {func() {}, false, 1},
		"own act":              {func() { k.acts.note(county.Scope) }, false, 2},
		"act below":            {func() { k.acts.note(unit.Scope) }, false, 2},
		"act above":            {func() { k.acts.note(city.Scope) }, false, 2},
		"act at the top":       {func() { k.acts.note(work.Everywhere) }, false, 2},
		"neighbour's act":      {func() { k.acts.note(neighbour.Scope) }, false, 1},
		"nine seconds":         {func() { now = now.Add(9 * time.Second) }, false, 1},
		"ten seconds":          {func() { now = now.Add(10 * time.Second) }, false, 2},
		"dear, own act":        {func() { k.acts.note(county.Scope) }, true, 1},
		"dear, ten seconds":    {func() { now = now.Add(10 * time.Second) }, true, 2},
		"another scope by now": {func() { county.Scope = work.Under("/1/2/5/") }, false, 2},
	} {
		t.Run(name, func(t *testing.T) {
			county.Scope = work.Under("/1/2/3/")
			reads := 0
			s := Kept[int]{Dear: func(int) bool { return c.dear }}
			get := func(by work.Actor) int {
				got, err := s.Get(k, by, func() (int, error) { reads++; return int(by.StaffID), nil })
				if err != nil {
					t.Fatal(err)
				}
				return got
			}
			if get(county) != 1 || get(county) != 1 || reads != 1 {
				t.Fatalf("%d reads at first", reads)
			}
			c.between()
			if got := get(county); got != 1 || reads != c.reads {
				t.Errorf("%d after %d reads, want 1 after %d", got, reads, c.reads)
			}
			if got := get(unit); got != 2 {
				t.Errorf("another person gets %d", got)
			}
		})
	}
}

// A value that was read before an act and is kept after it is stale, and so is one that the act's own handler read before
// it changed what it read.
func TestKeptAroundAnAct(t *testing.T) {
	k := &Kit{Clock: func() time.Time { return time.Date(2026, 11, 26, 9, 0, 0, 0, time.UTC) }}
	by := work.Actor{StaffID: 1, Scope: work.Under("/1/2/3/")}
	value := 1
	var s Kept[int]
	get := func(during func()) int {
		got, err := s.Get(k, by, func() (int, error) {
			read := value
			during()
			return read, nil
		})
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	act := func() {
		get(func() {}) // what a handler reads first
		value++
		k.acts.note(by.Scope)
	}
	if got := get(act); got != 1 {
		t.Fatalf("%d at first", got)
	}
	if got := get(func() {}); got != 2 {
		t.Errorf("%d after an act that ended while it was read, want 2", got)
	}
	act()
	if got := get(func() {}); got != 3 {
		t.Errorf("%d after one's own act, want 3", got)
	}
}
