package casefile

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"time"

	"bangfu/internal/seal"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// ChangeID names a row of casefile_change.
type ChangeID int64

// ChangeKind is what a change of an accepted file concerns: a section of the form, or what happens to the people as such.
// The bank card has a way of its own (card.go).
type ChangeKind string

// The kinds of change. The first six are sections of the form.
const (
	ChangeHead    ChangeKind = "head"
	ChangeMembers ChangeKind = "members" // somebody came, or a member's facts changed
	ChangeWork    ChangeKind = "work"
	ChangeHousing ChangeKind = "housing"
	ChangeEconomy ChangeKind = "economy"
	ChangeCauses  ChangeKind = "causes"
	ChangeLeaving ChangeKind = "leaving"  // somebody died or left
	ChangeNewHead ChangeKind = "new_head" // a member becomes the head
)

// ChangeKinds lists all kinds in the order of the page.
var ChangeKinds = []ChangeKind{ChangeHead, ChangeMembers, ChangeWork, ChangeHousing, ChangeEconomy, ChangeCauses, ChangeLeaving, ChangeNewHead}

// Key gives the word of the kind.
func (k ChangeKind) Key() words.Key { return words.Key("casefile.change_kind." + string(k)) }

// Section is the section of the form that the kind writes; "" when it is none.
func (k ChangeKind) Section() Section {
	if k == ChangeLeaving || k == ChangeNewHead {
		return ""
	}
	return Section(k)
}

// ChangeState says where a change stands.
type ChangeState string

// The states of a change.
const (
	ChangeAsked     ChangeState = "asked"
	ChangeApplied   ChangeState = "applied"
	ChangeRejected  ChangeState = "rejected"
	ChangeWithdrawn ChangeState = "withdrawn"
)

// Key gives the word of the state.
func (s ChangeState) Key() words.Key { return words.Key("casefile.change_state." + string(s)) }

// Change is one change asked for.
type Change struct {
	ID        ChangeID
	FileID    work.FileID
	Kind      ChangeKind
	State     ChangeState
	Second    bool // needs a second person
	Reason    string
	Told      []words.Key // labels of what differs, for lists
	Evidence  EvidenceID  // the paper that proves it; zero = none
	Before    int         // version of the file when it was asked for
	After     int         // version that it made; zero = not applied
	AskedBy   work.StaffID
	AskedName string
	AskedAt   time.Time
	Decided   string // who decided; "" = nobody yet, or nobody was needed
	DecidedAt time.Time
	Note      string

	HeadName, Office string // of the file
	sealed           []byte
}

const changeContext = "casefile_change.typed"

// Typed opens what the person who asked had typed.
func (c Change) Typed(keys *seal.Keys) (url.Values, error) {
	plain, err := keys.Unseal(c.sealed, changeContext)
	if err != nil {
		return nil, fmt.Errorf("opening change %d: %w", c.ID, err)
	}
	var values url.Values
	if err := json.Unmarshal(plain, &values); err != nil {
		return nil, fmt.Errorf("reading change %d: %w", c.ID, err)
	}
	return values, nil
}

// alone are the facts that the caseworker of the household changes without a second person: how to reach it, and what
// neither decides its category nor where money goes. A level can only go where it was picked by hand, since the category
// gives it. Everything else needs two people.
var alone = []words.Key{
	"casefile.phone", "casefile.contact", "casefile.address", "casefile.postal_code", "casefile.school", "casefile.enrolled_year",
	"casefile.school_years", "casefile.education", "casefile.remark", "casefile.medication", "casefile.political", "casefile.model",
	"casefile.mood", "casefile.needs", "casefile.need_note", "casefile.employer", "casefile.ownership", "casefile.condition", "casefile.industry",
	"casefile.level",
}

// NeedsSecond tells whether changes of these facts take effect only when a second person agrees.
func NeedsSecond(differences []Difference) bool {
	return slices.ContainsFunc(differences, func(d Difference) bool { return !slices.Contains(alone, d.Label) })
}

// weighs tells whether a fact is one of those that decide the category.
func weighs(d Difference) bool {
	return d.Part == EconomySection || d.Part == CausesSection || d.Label == "casefile.people" || d.Label == "casefile.health"
}

// MayChange refuses where the facts of a file are changed in another way or not at all: a registration is written, a
// temporary file becomes one first, an ended file stays as it is, and what is being decided is returned for correction
// instead. During a notice what the public reads must not move (peers.md N2); how to reach the household may.
func MayChange(f File, second bool) *work.Refusal {
	switch {
	case !f.State.HandedIn():
		return work.Refuse("casefile.refusal.change_state", f.State)
	case f.State == Active || !second:
		return nil
	case f.State == InNotice || f.State == Contested:
		return work.Refuse("casefile.refusal.change_notice")
	}
	return work.Refuse("casefile.refusal.change_return", f.State)
}

// NewChange is what a person asks for.
type NewChange struct {
	Kind     ChangeKind
	Reason   string
	Evidence EvidenceID
	Values   url.Values // as typed
}

// errTried ends a trial: nothing of it stays.
var errTried = errors.New("tried")

// TryChange tells what a change would do, and leaves nothing behind: write is the code that would carry it out. c is one
// that was asked for, or with no more than file and kind one that might be.
func TryChange(ctx context.Context, u *work.Unit, keys *seal.Keys, c Change, write func(*work.Unit) error) (after Facts, differences []Difference, err error) {
	err = u.Within(ctx, func(trial *work.Unit) error {
		change := c.ID
		if change == 0 {
			if change, err = putChange(ctx, trial, Change{FileID: c.FileID, Kind: c.Kind, Reason: "——"}, []byte{0}); err != nil {
				return err
			}
		}
		if err = beginChange(ctx, trial, change); err != nil {
			return err
		}
		if after, differences, err = carry(ctx, trial, keys, c.FileID, write); err != nil {
			return err
		}
		return errTried
	})
	if errors.Is(err, errTried) {
		err = nil
	}
	return after, differences, askWorded(err)
}

// carry writes a change and tells what it did, with numbers masked when keys are given.
func carry(ctx context.Context, u *work.Unit, keys *seal.Keys, id work.FileID, write func(*work.Unit) error) (Facts, []Difference, error) {
	before, err := FactsOf(ctx, u, u.By.Scope, id)
	if err != nil {
		return before, nil, err
	}
	if err := write(u); err != nil {
		return before, nil, err
	}
	after, err := FactsOf(ctx, u, u.By.Scope, id)
	if err != nil {
		return after, nil, err
	}
	if keys != nil {
		if err := errors.Join(before.Reveal(keys), after.Reveal(keys)); err != nil {
			return after, nil, err
		}
	}
	differences := Compare(before, after)
	if len(differences) == 0 {
		return after, nil, work.Refuse("casefile.refusal.change_nothing")
	}
	return after, differences, nil
}

// AskChange asks for a change. One that needs nobody else is carried out at once by write; any other waits for its second
// person, and write only shows that it can be carried out; by it the asker is on the gathering side of the case. A second
// request of the same kind waits for the first.
func AskChange(ctx context.Context, u *work.Unit, keys *seal.Keys, id work.FileID, n NewChange, write func(*work.Unit) error) (Change, error) {
	f, err := Find(ctx, u, u.By.Scope, id)
	if err != nil {
		return Change{}, err
	}
	if n.Evidence != 0 {
		if _, err := FindEvidence(ctx, u, u.By.Scope, id, n.Evidence); err != nil {
			return Change{}, fmt.Errorf("asking for a change: %w", err)
		}
	}
	_, differences, err := TryChange(ctx, u, keys, Change{FileID: id, Kind: n.Kind}, write)
	if err != nil {
		return Change{}, err
	}
	c := Change{FileID: id, Kind: n.Kind, State: ChangeAsked, Reason: n.Reason, Evidence: n.Evidence,
		Second: NeedsSecond(differences) || n.Kind == ChangeLeaving || n.Kind == ChangeNewHead}
	if refusal := MayChange(f, c.Second); refusal != nil {
		return c, refusal
	}
	last, err := LastVersion(ctx, u, u.By.Scope, id)
	if err != nil {
		return c, err
	}
	c.Before = last.Number
	for _, d := range differences {
		if !slices.Contains(c.Told, d.Label) {
			c.Told = append(c.Told, d.Label)
		}
	}
	plain, err := json.Marshal(n.Values)
	if err != nil {
		return c, fmt.Errorf("encoding a change: %w", err)
	}
	sealed, err := keys.Seal(plain, changeContext)
	if err != nil {
		return c, fmt.Errorf("sealing a change: %w", err)
	}
	if c.ID, err = putChange(ctx, u, c, sealed); err != nil {
		return c, fmt.Errorf("asking for a change of file %d: %w", id, askWorded(err))
	}
	if err := u.Audit(ctx, c.entry("ask_change", work.Change{Field: "reason", After: n.Reason})); err != nil || c.Second {
		return c, err
	}
	return c, apply(ctx, u, &c, write)
}

// askWorded words the database's refusal of a second request of the same kind.
func askWorded(err error) error {
	if work.Violated(err) == "casefile_change_one" {
		return work.Refuse("casefile.refusal.change_waits")
	}
	return worded(err)
}

// apply carries a change out and keeps the version that it makes.
func apply(ctx context.Context, u *work.Unit, c *Change, write func(*work.Unit) error) error {
	if err := beginChange(ctx, u, c.ID); err != nil {
		return fmt.Errorf("carrying out change %d: %w", c.ID, err)
	}
	_, differences, err := carry(ctx, u, nil, c.FileID, write)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(differences, weighs) {
		if err := markWeigh(ctx, u, c.FileID, true); err != nil {
			return fmt.Errorf("marking file %d: %w", c.FileID, err)
		}
	}
	if c.After, err = Keep(ctx, u, c.FileID, "casefile.apply_change"); err != nil {
		return err
	}
	if err := endChange(ctx, u, *c, ChangeApplied); err != nil {
		return fmt.Errorf("ending change %d: %w", c.ID, worded(err))
	}
	c.State = ChangeApplied
	return u.Audit(ctx, c.entry("apply_change", work.Change{Field: "version", Before: c.Before, After: c.After}))
}

// entry makes an audit entry about the change.
func (c Change) entry(act string, more ...work.Change) work.Entry {
	return work.Entry{Act: "casefile." + act, Kind: "change", ID: int64(c.ID), FileID: c.FileID,
		Changes: append([]work.Change{{Field: "kind", After: c.Kind}}, more...)}
}

// DecideChange lets a second person agree, and the change be carried out by write, or reject it with a note. Both are
// decisions: the one who asked does neither, nor does anybody else who gathered for the household or pays it. The household
// may have changed since in the same facts: then write answers work.ErrStale.
func DecideChange(ctx context.Context, u *work.Unit, change ChangeID, agree bool, note string, write func(*work.Unit) error) (Change, error) {
	c, err := FindChange(ctx, u, u.By.Scope, change)
	if err != nil {
		return c, err
	}
	f, err := Find(ctx, u, u.By.Scope, c.FileID)
	if err != nil {
		return c, err
	}
	switch {
	case c.State != ChangeAsked:
		return c, work.Refuse("casefile.refusal.change_decided", c.State)
	case c.AskedBy == u.By.StaffID:
		return c, work.Refuse("casefile.refusal.change_own")
	case !agree && len([]rune(note)) < 2:
		return c, work.Refuse("casefile.refusal.change_note").On("note")
	}
	if err := deciding(ctx, u, c.FileID); err != nil {
		return c, err
	}
	if !agree {
		c.Note = note
		if err := endChange(ctx, u, c, ChangeRejected); err != nil {
			return c, fmt.Errorf("rejecting change %d: %w", change, worded(err))
		}
		return c, u.Audit(ctx, c.entry("reject_change", work.Change{Field: "note", After: note}))
	}
	if refusal := MayChange(f, c.Second); refusal != nil {
		return c, refusal
	}
	c.Note = note
	return c, apply(ctx, u, &c, write)
}

// WithdrawChange takes back a change that nobody decided yet. Only the one who asked does.
func WithdrawChange(ctx context.Context, u *work.Unit, change ChangeID) (Change, error) {
	c, err := FindChange(ctx, u, u.By.Scope, change)
	switch {
	case err != nil:
		return c, err
	case c.AskedBy != u.By.StaffID:
		return c, work.Refuse("casefile.refusal.change_others")
	case c.State != ChangeAsked:
		return c, work.Refuse("casefile.refusal.change_decided", c.State)
	}
	if err := endChange(ctx, u, c, ChangeWithdrawn); err != nil {
		return c, fmt.Errorf("withdrawing change %d: %w", change, err)
	}
	return c, u.Audit(ctx, c.entry("withdraw_change"))
}
