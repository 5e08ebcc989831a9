package staff

import (
	"context"
	"fmt"
	"slices"
	"time"

	"bangfu/internal/idcard"
	"bangfu/internal/seal"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// RelativeID names a row of staff_relative.
type RelativeID int64

// Relation says what a person is to a member of staff.
type Relation string

// Relations lists what a relative can be, in the order of the form; "self" is the member, who may be in hardship too.
var Relations = []Relation{"self", "spouse", "child", "parent", "sibling", "grandparent", "grandchild", "in_law", "other"}

// Key gives the word of the relation.
func (r Relation) Key() words.Key { return words.Key("staff.relation." + string(r)) }

// RelativeState says whether a relative counts.
type RelativeState string

// The states of a relative. Declared and confirmed ones count: who declares keeps out of the case at once.
const (
	RelativeDeclared  RelativeState = "declared"
	RelativeConfirmed RelativeState = "confirmed"
	RelativeRejected  RelativeState = "rejected"
	RelativeEnded     RelativeState = "ended"
)

// Key gives the word of the state.
func (s RelativeState) Key() words.Key { return words.Key("staff.relative_state." + string(s)) }

// Relative is a person related to a member of staff. Number is masked: nobody needs it whole.
type Relative struct {
	ID        RelativeID
	Member    work.StaffID
	Of        string // name of the member
	Office    string
	Relation  Relation
	Name      string
	Number    string // masked
	State     RelativeState
	EnteredAt time.Time
	DecidedBy string
	EndedBy   string
	Note      string // why it was rejected or ended
	sealed    []byte
}

// relativeContext seals the numbers of relatives.
const relativeContext = "staff_relative.id"

// Declare enters a relative of the actor. It counts from now on; another person confirms it. The same person twice is
// refused, on field "number".
func Declare(ctx context.Context, u *work.Unit, keys *seal.Keys, relation Relation, name string, number idcard.Number) (RelativeID, error) {
	if !slices.Contains(Relations, relation) {
		return 0, fmt.Errorf("declaring a relative: %q is no relation", relation)
	}
	if number.Birth().After(u.Today()) {
		return 0, work.Refuse("staff.refusal.relative_unborn").On("number")
	}
	sealed, err := keys.Seal([]byte(number), relativeContext)
	if err != nil {
		return 0, fmt.Errorf("declaring a relative: %w", err)
	}
	id, err := insertRelative(ctx, u, relation, name, sealed, keys.Index(string(number), idcard.IndexContext))
	if err != nil {
		return 0, fmt.Errorf("declaring a relative: %w", told(err))
	}
	return id, u.Audit(ctx, work.Entry{Act: "staff.relative_declare", Kind: "relative", ID: int64(id),
		Changes: []work.Change{{Field: "relation", After: relation}}})
}

// Confirm agrees to a relative that a member of the actor's scope declared, or rejects it with a note of at least two
// characters. Nobody decides their own.
func Confirm(ctx context.Context, u *work.Unit, id RelativeID, agree bool, note string) error {
	to := RelativeConfirmed
	if !agree {
		to = RelativeRejected
	}
	return moveRelative(ctx, u, id, RelativeDeclared, to, note)
}

// EndRelation says that a confirmed relative is none any more, with a note. The member cannot do it alone.
func EndRelation(ctx context.Context, u *work.Unit, id RelativeID, note string) error {
	return moveRelative(ctx, u, id, RelativeConfirmed, RelativeEnded, note)
}

func moveRelative(ctx context.Context, u *work.Unit, id RelativeID, from, to RelativeState, note string) error {
	r, err := findRelative(ctx, u, u.By.Scope, id)
	if err != nil {
		return fmt.Errorf("finding relative %d: %w", id, err)
	}
	switch {
	case r.Member == u.By.StaffID:
		return work.Refuse("staff.refusal.relative_own")
	case r.State != from:
		return work.Refuse("staff.refusal.relative_state", r.State)
	case to != RelativeConfirmed && len([]rune(note)) < 2:
		return work.Refuse("staff.refusal.relative_note").On("note")
	}
	if err := advanceRelative(ctx, u, id, from, to, note); err != nil {
		return fmt.Errorf("deciding relative %d: %w", id, told(err))
	}
	return u.Audit(ctx, work.Entry{Act: "staff.relative_" + string(to), Kind: "relative", ID: int64(id),
		Changes: []work.Change{{Field: "state", Before: from, After: to}, {Field: "note", After: note}}})
}

// RelativesOf lists the relatives a member declared, the newest first, with masked numbers.
func RelativesOf(ctx context.Context, q work.Querier, keys *seal.Keys, member work.StaffID) ([]Relative, error) {
	return masked(keys, "listing the relatives of a member", func() ([]Relative, error) { return relativesOf(ctx, q, member) })
}

// ListRelatives lists at most limit relatives of the scope's members with ids below the cursor (0 = from the newest), only
// those that wait for a second person when waiting is asked for.
func ListRelatives(ctx context.Context, q work.Querier, keys *seal.Keys, scope work.Scope, waiting bool, below RelativeID, limit int) ([]Relative, error) {
	return masked(keys, "listing relatives", func() ([]Relative, error) {
		return listRelatives(ctx, q, scope, waiting, below, limit)
	})
}

// WaitingRelatives lists at most limit relatives that wait for the actor as the second person, the longest waiting first. Their
// numbers stay sealed.
func WaitingRelatives(ctx context.Context, q work.Querier, by work.Actor, limit int) ([]Relative, error) {
	all, err := waitingRelatives(ctx, q, by, limit)
	if err != nil {
		return nil, fmt.Errorf("listing relatives that wait: %w", err)
	}
	return all, nil
}

// FindRelative finds a relative of a member of the scope, or work.ErrNotFound.
func FindRelative(ctx context.Context, q work.Querier, keys *seal.Keys, scope work.Scope, id RelativeID) (Relative, error) {
	all, err := masked(keys, "finding a relative", func() ([]Relative, error) {
		r, err := findRelative(ctx, q, scope, id)
		return []Relative{r}, err
	})
	if err != nil {
		return Relative{}, err
	}
	return all[0], nil
}

// masked opens and masks the numbers of what read gives.
func masked(keys *seal.Keys, doing string, read func() ([]Relative, error)) ([]Relative, error) {
	all, err := read()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", doing, err)
	}
	for i := range all {
		number, err := keys.Unseal(all[i].sealed, relativeContext)
		if err != nil {
			return nil, fmt.Errorf("%s: opening a number: %w", doing, err)
		}
		all[i].Number = idcard.Number(number).Masked()
	}
	return all, nil
}
