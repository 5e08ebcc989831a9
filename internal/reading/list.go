package reading

import (
	"context"
	"fmt"
	"time"

	"bangfu/internal/day"
	"bangfu/internal/work"
)

// Reader is one person who opened a file on one day.
type Reader struct {
	Day         day.Date
	StaffID     work.StaffID
	Name        string
	Office      string
	First, Last time.Time
	Times       int // pages and papers of the file that were shown
	Marks
}

// Marks say that an hour was unusual, or that the brake held.
type Marks struct{ Unusual, Braked bool }

// Place is a place in the list of a file's readers, that of its last one. The zero place is the beginning.
type Place struct {
	Day     day.Date
	StaffID work.StaffID
}

// Of lists who opened a file within the scope, day by day, the newest first, behind the given place; more tells that there is
// more. A file outside of the scope has no readers.
func Of(ctx context.Context, q work.Querier, scope work.Scope, file work.FileID, behind Place, size int) (all []Reader, more bool, err error) {
	all, err = readersOf(ctx, q, scope, file, behind, size+1)
	if err != nil {
		return nil, false, fmt.Errorf("listing who read file %d: %w", file, err)
	}
	return all[:min(size, len(all))], len(all) > size, nil
}

// Person is how much one person read on one day.
type Person struct {
	StaffID work.StaffID
	Name    string
	Office  string
	Use
}

// Use is what the hours of a day come to. A file opened in two hours counts in both.
type Use struct {
	Day    day.Date
	Hours  int    // in which anything was read
	Counts        // of all hours
	Most   Counts // of the hour with most, of each
	Marks
}

// Rank is a place in the list of a day's people. The zero rank is the beginning.
type Rank struct {
	Sum     int // files and searches together
	StaffID work.StaffID
}

// Rank gives the person's place in the list.
func (p Person) Rank() Rank { return Rank{p.Files + p.Searches, p.StaffID} }

// On lists the people of the scope's offices who read on a day, who read most first, behind the given rank. With anybody false
// only those named are listed.
func On(ctx context.Context, q work.Querier, scope work.Scope, on day.Date, anybody bool, people []work.StaffID, behind Rank, size int) (all []Person, more bool, err error) {
	all, err = peopleOn(ctx, q, scope, on, anybody, people, behind, size+1)
	if err != nil {
		return nil, false, fmt.Errorf("listing who read on %s: %w", on, err)
	}
	return all[:min(size, len(all))], len(all) > size, nil
}

// DaysOf lists the days on which a person read, the newest first, those before a day; an unknown day is the beginning. Whose
// person it is, is the caller's to ask.
func DaysOf(ctx context.Context, q work.Querier, by work.StaffID, before day.Date, size int) (all []Use, more bool, err error) {
	all, err = daysOf(ctx, q, by, before, size+1)
	if err != nil {
		return nil, false, fmt.Errorf("listing the days of person %d: %w", by, err)
	}
	return all[:min(size, len(all))], len(all) > size, nil
}

// Opened is a file that a person opened in one hour.
type Opened struct {
	FileID      work.FileID
	Number      string // "" = it had none
	Office      string // where it lies now
	Open        bool   // the reader of this list may open it too
	Erased      bool   // it was destroyed after its term
	First, Last time.Time
	Times       int
}

// Spot is a place in the list of files that a person opened. The zero spot is the beginning.
type Spot struct {
	First  time.Time
	FileID work.FileID
}

// Spot gives the file's place in the list.
func (o Opened) Spot() Spot { return Spot{o.First, o.FileID} }

// FilesOf lists the files that a person opened on a day, hour by hour, the last first, behind the given spot. Whose person it
// is, is the caller's to ask; the scope says which of the files the reader of the list may open.
func FilesOf(ctx context.Context, q work.Querier, scope work.Scope, by work.StaffID, on day.Date, behind Spot, size int) (all []Opened, more bool, err error) {
	all, err = filesOf(ctx, q, scope, by, on, behind, size+1)
	if err != nil {
		return nil, false, fmt.Errorf("listing what person %d read on %s: %w", by, on, err)
	}
	return all[:min(size, len(all))], len(all) > size, nil
}

// Hour is an unusual hour of a person.
type Hour struct {
	StaffID work.StaffID
	Name    string
	Office  string
	At      time.Time // when it began
	Counts
	Marks
}

// Unusual lists the unusual hours of the people of the scope's offices since a moment, the last first, so many at most.
func Unusual(ctx context.Context, q work.Querier, scope work.Scope, since time.Time, most int) ([]Hour, error) {
	all, err := unusual(ctx, q, scope, since, most)
	if err != nil {
		return nil, fmt.Errorf("listing unusual hours: %w", err)
	}
	return all, nil
}
