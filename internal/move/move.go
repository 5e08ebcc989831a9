package move

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/eligibility"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// ID names a row of move_move.
type ID int64

// Kind is what happens to a file.
type Kind string

// The kinds of a move.
const (
	Transfer Kind = "transfer" // 移交: to another office
	Split    Kind = "split"    // 分户: some of the household go into one of their own
	Merge    Kind = "merge"    // 并户: the file ends in another one
)

// Kinds lists them in the order of the pages.
var Kinds = []Kind{Transfer, Split, Merge}

// Key gives the word of the kind.
func (k Kind) Key() words.Key { return words.Key("move.kind." + string(k)) }

// Why is the reason for a move.
type Why string

// Dissolved is the reason of a file whose head's employer is no more ([W44] art. 14).
const Dissolved Why = "employer_dissolved"

// whys says which reasons each kind has.
var whys = map[Kind][]Why{
	Transfer: {"employer_changed", Dissolved, "household_moved", "other"},
	Split:    {"divorced", "married", "grown", "apart", "other"},
	Merge:    {"married", "twice", "moved_in", "other"},
}

// Whys lists the reasons of the kind in the order of the form.
func (k Kind) Whys() []Why { return whys[k] }

// Key gives the word of the reason.
func (w Why) Key() words.Key { return words.Key("move.why." + string(w)) }

// Move is one transfer, split or merge. Of a file outside the reader's scope it holds the masked cover only.
type Move struct {
	ID        ID
	Kind      Kind
	FileID    work.FileID
	Number    string // of the file
	HeadName  string // masked when the file lies outside the reader's scope
	People    int
	Category  eligibility.Category
	Registrar work.StaffID // of the file
	Within    bool         // the file lies in the reader's scope
	FromOrg   work.OrgID
	From      string
	ToOrg     work.OrgID // of a transfer
	To        string
	Giving    bool // the giving office lies in the reader's scope
	Receiving bool // the receiving one does

	Other       work.FileID // the file that goes on after a merge, or that a split opened; zero = none yet
	OtherNumber string
	OtherHead   string // masked as HeadName is
	OtherWithin bool

	State      State
	Why        Why
	Reason     string
	Evidence   casefile.EvidenceID // zero = none
	Goes       []casefile.PersonID // who goes by a split, the new head first, or by a merge
	Relations  []string            // of Goes, to the head of the file that they go to
	Before     int                 // version of the file when the move was asked for
	After      int                 // version that it made; zero = not carried out
	OtherAfter int                 // version that it made of the file that goes on after a merge
	Handed     *Handover           // of a transfer that is done

	AskedBy    work.StaffID
	Asker      string
	AskedAt    time.Time
	DecidedBy  work.StaffID // zero = nobody yet
	Decider    string
	DecidedAt  time.Time
	Opinion    string
	Receiver   string
	ReceivedAt time.Time
	Answer     string
}

// relations gives everybody's relation by the person.
func (m Move) relations() map[casefile.PersonID]string {
	all := make(map[casefile.PersonID]string, len(m.Goes))
	for i, id := range m.Goes {
		all[id] = m.Relations[i]
	}
	return all
}

// Find gives a move, or work.ErrNotFound when there is none or neither its giving nor its receiving office lies in the
// scope.
func Find(ctx context.Context, q work.Querier, scope work.Scope, id ID) (Move, error) {
	found, err := readMoves(ctx, q, scope, `m.id = @id AND (m.from_path LIKE @scope OR m.to_path LIKE @scope)`, map[string]any{"id": id}, 1)
	if err == nil && len(found) == 0 {
		err = work.ErrNotFound
	}
	if err != nil {
		return Move{}, fmt.Errorf("finding move %d: %w", id, err)
	}
	return found[0], nil
}

// mostOfFile is how many moves of one file its page lists, the newest.
const mostOfFile = 50

// OfFile lists the moves of a file, as the one that moves or the other one, the newest first and fifty at most. The
// caller has found the file within the scope.
func OfFile(ctx context.Context, q work.Querier, scope work.Scope, file work.FileID) ([]Move, error) {
	// An array, so that the server reads these few and does not read all people and offices for as many as it guesses.
	all, err := readMoves(ctx, q, scope, `m.id = ANY (ARRAY(SELECT id FROM move_move WHERE file_id = @file UNION SELECT id FROM move_move WHERE other_id = @file))`,
		map[string]any{"file": file}, mostOfFile)
	if err != nil {
		return nil, fmt.Errorf("listing the moves of file %d: %w", file, err)
	}
	return all, nil
}

// List names one list of moves.
type List string

// The lists.
const (
	ToDecide  List = "to_decide"  // asked for, on our side
	ToReceive List = "to_receive" // handed over to us
	SentOut   List = "sent_out"   // handed over by us, not taken yet
	Given     List = "given"      // done, from us
	Received  List = "received"   // done, to us
	Not       List = "not"        // rejected, refused, withdrawn
)

// Lists lists them in the order of a move's life.
var Lists = []List{ToDecide, ToReceive, SentOut, Given, Received, Not}

// Key gives the name of the list.
func (l List) Key() words.Key { return words.Key("move.list." + string(l)) }

// listed says which moves each list shows.
var listed = map[List]string{
	ToDecide:  `m.state = 'asked' AND m.from_path LIKE @scope`,
	ToReceive: `m.state = 'agreed' AND m.to_path LIKE @scope`,
	SentOut:   `m.state = 'agreed' AND m.from_path LIKE @scope`,
	Given:     `m.state = 'done' AND m.from_path LIKE @scope`,
	Received:  `m.state = 'done' AND m.to_path LIKE @scope`,
	Not:       `m.state IN ('rejected', 'refused', 'withdrawn') AND m.from_path LIKE @scope`,
}

// ListOf gives one page of a list within the scope, the newest first, below an id (zero: from the top).
func ListOf(ctx context.Context, q work.Querier, scope work.Scope, list List, below ID, size int) ([]Move, ID, error) {
	where, ok := listed[list]
	if !ok {
		return nil, 0, fmt.Errorf("listing moves %s: %w", list, work.ErrNotFound)
	}
	all, err := readMoves(ctx, q, scope, where+` AND (@below::bigint = 0 OR m.id < @below)`, map[string]any{"below": below}, size+1)
	if err != nil {
		return nil, 0, fmt.Errorf("listing moves %s: %w", list, err)
	}
	if len(all) <= size {
		return all, 0, nil
	}
	return all[:size], all[size-1].ID, nil
}

// Bound is how far the moves of a list are counted; beyond it the number says nothing to a person and costs time.
const Bound = 1000

// Waiting counts the moves of the lists that wait for somebody, up to Bound+1 each.
func Waiting(ctx context.Context, q work.Querier, scope work.Scope) (map[List]int, error) {
	counts := map[List]int{}
	for _, list := range []List{ToDecide, ToReceive, SentOut} {
		n, err := countMoves(ctx, q, scope, listed[list])
		if err != nil {
			return nil, fmt.Errorf("counting moves %s: %w", list, err)
		}
		counts[list] = n
	}
	return counts, nil
}

// worded turns the database's refusals that a person can meet into words.
func worded(err error) error {
	switch work.Violated(err) {
	case "move_one":
		return work.Refuse("move.refusal.open")
	case "move_three_people":
		return work.Refuse("move.refusal.own")
	case "casefile_duty_sides":
		return work.Refuse("casefile.refusal.sides")
	case "casefile_relative":
		return work.Refuse("casefile.refusal.relative")
	case "move_stopped":
		return work.Refuse("move.refusal.stopped")
	case "move_active":
		return work.Refuse("move.refusal.active")
	case "casefile_one_open_file":
		return work.Refuse("move.refusal.elsewhere")
	}
	return err
}

// errUnknown is a reason that a form does not offer.
var errUnknown = errors.New("move: a reason that is not of the kind")

// known tells whether the kind has the reason.
func (k Kind) known(w Why) bool { return slices.Contains(whys[k], w) }
