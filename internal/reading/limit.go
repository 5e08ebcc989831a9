package reading

import "time"

// Limits are how much one person may read in an hour of the clock. Zero is no limit, and then no hour is unusual.
type Limits struct {
	Files    int // different files opened
	Searches int // searches made; each further page of an answer is one
}

// Counts are how much a person read in an hour.
type Counts struct{ Files, Searches int }

// Unusual tells whether the counts are above half of a limit.
func (l Limits) Unusual(c Counts) bool {
	return l.Files > 0 && c.Files > l.Files/2 || l.Searches > 0 && c.Searches > l.Searches/2
}

// Kind says what the brake holds.
type Kind string

// The kinds.
const (
	Files    Kind = "files"
	Searches Kind = "searches"
)

// Brake is the answer to somebody who has read in this hour as much as one may.
type Brake struct {
	Kind  Kind
	Limit int
	Until time.Time // when the next hour begins
}

// hourOf gives the hour of the clock that a moment lies in. China is whole hours from Greenwich.
func hourOf(t time.Time) int64 { return t.Unix() - t.Unix()%int64(time.Hour/time.Second) }

// tally is what a person read in the present hour, as far as this program knows.
type tally struct {
	files     map[Record]bool // opened through this program; whether it is written
	unwritten int             // of files
	searches  int             // made through this program and not written
	stored    Counts          // what the database had when it was last written to, by all programs
	told      map[bool]bool   // whether it was unusual, and whether the brake held, is told already
}

func (t *tally) counts() Counts {
	return Counts{Files: t.stored.Files + t.unwritten, Searches: t.stored.Searches + t.searches}
}
