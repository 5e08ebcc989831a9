package disclosure

import (
	"context"
	"fmt"
	"time"

	"bangfu/internal/words"
	"bangfu/internal/work"
)

// Kind says in which way something left the office.
type Kind string

// The kinds.
const (
	Comparison Kind = "comparison" // a list sent to be compared; its number is the batch
	Sheet      Kind = "sheet"      // the file table of this household, fetched as a sheet
	Letter     Kind = "letter"     // a referral letter
	Notice     Kind = "notice"     // a public notice, masked
	Bank       Kind = "bank"       // a line of a file for the bank
	Print      Kind = "print"      // a print on record
	Roster     Kind = "roster"     // a printed roster on which the household stands
	Number     Kind = "number"     // a number shown in the clear to somebody of the office
)

// Kinds lists all kinds.
var Kinds = []Kind{Comparison, Sheet, Letter, Notice, Bank, Print, Roster, Number}

// Key gives the word of the kind.
func (k Kind) Key() words.Key { return words.Key("disclosure.kind." + string(k)) }

// Disclosure is one time that something left the office.
type Disclosure struct {
	Kind  Kind
	ID    int64 // of the record that tells it, within its kind
	At    time.Time
	By    string // who did it
	To    string // who got it, or where it hung; "" = not said, or the reader themselves
	What  string // by kind: the layout, the kind of referral or print, the batch of the bank, the work list, the act of the trail
	Count int    // people of the household on a list; the round of a notice; the version of a print
	Full  bool   // ID, phone or card numbers were in the clear
	Why   string // in words as entered; of prints and numbers a casefile.Reason, "" = numbers were masked
}

// Place is a place in the list, that of its last disclosure. The zero place is the beginning.
type Place struct {
	At   time.Time
	Kind Kind
	ID   int64
}

// Place gives the place of a disclosure in the list.
func (d Disclosure) Place() Place { return Place{At: d.At, Kind: d.Kind, ID: d.ID} }

// Of lists what left the office about a file within the scope, the newest first, behind the given place; more tells that
// there is more. A file outside of the scope has none.
func Of(ctx context.Context, q work.Querier, scope work.Scope, id work.FileID, behind Place, size int) (all []Disclosure, more bool, err error) {
	all, err = read(ctx, q, scope, id, behind, size+1)
	if err != nil {
		return nil, false, fmt.Errorf("listing what left the office about file %d: %w", id, err)
	}
	return all[:min(size, len(all))], len(all) > size, nil
}
