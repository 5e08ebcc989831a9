package ledger

import (
	"slices"

	"bangfu/internal/words"
)

// State says how far an import is.
type State string

// The states of an import.
const (
	Uploaded State = "uploaded" // its columns are to be said
	Queued   State = "queued"
	Running  State = "running"
	Done     State = "done"
	Failed   State = "failed" // the sheet could not be read on; what was taken stays
	Undoing  State = "undoing"
	Undone   State = "undone"
	Dropped  State = "dropped" // thrown away before it began
)

// States lists all states in the order of an import's life.
var States = []State{Uploaded, Queued, Running, Done, Failed, Undoing, Undone, Dropped}

// Key gives the word of the state.
func (s State) Key() words.Key { return words.Key("ledger.state." + string(s)) }

// Moving tells whether the program is at work on it, so that a page looks again.
func (s State) Moving() bool { return s == Queued || s == Running || s == Undoing }

// moves is the whole life of an import.
var moves = []struct{ from, to State }{
	{Uploaded, Queued},
	{Uploaded, Dropped},
	{Queued, Running},
	{Queued, Failed},
	{Running, Done},
	{Running, Failed},
	{Done, Undoing},
	{Failed, Undoing},
	{Undoing, Undone},
	{Undoing, Done}, // it could not be gone on with; what it left can be undone again
}

// may tells whether an import can go from one state to the other.
func (s State) may(to State) bool {
	return slices.ContainsFunc(moves, func(m struct{ from, to State }) bool { return m.from == s && m.to == to })
}
