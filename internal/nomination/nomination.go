// Package nomination lets a unit nominate its workers in hardship, seriously ill ones above all, to the office right
// above it (inventory 002-33), and both see where that stands.
//
// The office answers within five days (domain.md c.1, [W11]): it takes the worker in, which opens a registration at that
// office with what the unit wrote, or declines with a reason that the unit reads. The unit may take its nomination back
// while it waits. Whoever nominates does not answer. What never became a registration is forgotten in the end (term.go).
//
// Table: nomination_nomination. The tables of casefile and staff are read here and written by their owners.
package nomination

import (
	"context"
	"fmt"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/idcard"
	"bangfu/internal/seal"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// ID names a row of nomination_nomination.
type ID int64

// State says where a nomination stands.
type State string

// The states of a nomination.
const (
	Waiting   State = "waiting"
	Accepted  State = "accepted"
	Declined  State = "declined"
	Withdrawn State = "withdrawn"
	Lapsed    State = "lapsed" // nobody answered; its words are gone
)

// States lists them in the order of the lists.
var States = []State{Waiting, Accepted, Declined, Withdrawn, Lapsed}

// Key gives the word of the state.
func (s State) Key() words.Key { return words.Key("nomination.state." + string(s)) }

// DaysToAnswer is how long the office has (义乌 2024, [W11]); the day of nominating is not counted.
const DaysToAnswer = 5

// Worker is what a unit writes about whom it nominates.
type Worker struct {
	Name     string // up to 40 characters
	Number   idcard.Number
	Phone    string // "" = none
	Employer string
	Address  string
	Cause    casefile.Cause
	Happened string                  // 2 to 1000 characters
	Papers   []casefile.EvidenceKind // that the unit holds and brings
}

// Nomination is one nomination on record. Number and Phone are masked: nobody needs them whole before the registration.
type Nomination struct {
	ID         ID
	OrgID      work.OrgID
	Unit       string
	ToOrgID    work.OrgID
	ToOffice   string
	ToPhone    string
	Name       string
	Number     string // masked
	Phone      string // masked
	Employer   string
	Address    string
	Cause      casefile.Cause
	Happened   string
	Papers     []casefile.EvidenceKind
	State      State
	MadeByID   work.StaffID
	MadeBy     string
	MadeAt     time.Time
	DueOn      day.Date
	Reason     string
	FileID     work.FileID
	AnsweredBy string
	AnsweredAt time.Time
	Erased     bool // its words are gone
	sealed     []byte
	phone      []byte
}

// Late tells whether the answer is overdue on a day: the day after the last one, and later.
func (n Nomination) Late(today day.Date) bool { return n.State == Waiting && today.After(n.DueOn) }

// MayAnswer tells whether the actor may accept or decline it: of the office that was asked, and not who nominated.
func (n Nomination) MayAnswer(by work.Actor) bool {
	return n.State == Waiting && by.OrgID == n.ToOrgID && by.StaffID != n.MadeByID
}

// MayWithdraw tells whether the actor may take it back: of the unit that made it.
func (n Nomination) MayWithdraw(by work.Actor) bool {
	return n.State == Waiting && by.OrgID == n.OrgID
}

const (
	numberContext = "nomination_nomination.id"
	phoneContext  = "nomination_nomination.phone"
)

// Make nominates a worker to the office right above the actor's. A person who is in an open file is refused with where it
// lies, and one whose nomination waits already.
func Make(ctx context.Context, u *work.Unit, keys *seal.Keys, w Worker) (ID, error) {
	if w.Number.Birth().After(u.Today()) {
		return 0, work.Refuse("nomination.refusal.unborn").On("number")
	}
	if err := unclaimed(ctx, u, keys, w.Name, w.Number); err != nil {
		return 0, err
	}
	sealed, err := keys.Seal([]byte(w.Number), numberContext)
	if err != nil {
		return 0, fmt.Errorf("nominating a worker: %w", err)
	}
	var phone []byte
	if w.Phone != "" {
		if phone, err = keys.Seal([]byte(w.Phone), phoneContext); err != nil {
			return 0, fmt.Errorf("nominating a worker: %w", err)
		}
	}
	var id ID
	err = u.Within(ctx, func(u *work.Unit) error {
		id, err = insert(ctx, u, w, sealed, keys.Index(string(w.Number), idcard.IndexContext), phone)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("nominating a worker: %w", worded(err))
	}
	return id, u.Audit(ctx, work.Entry{Act: "nomination.make", Kind: "nomination", ID: int64(id), Changes: []work.Change{{Field: "cause", After: int(w.Cause)}}})
}

// unclaimed refuses a person who is in an open file, with where it lies.
func unclaimed(ctx context.Context, u *work.Unit, keys *seal.Keys, name string, number idcard.Number) error {
	claim, err := casefile.Where(ctx, u, keys, number)
	if err != nil || claim == nil {
		return err
	}
	return work.Refuse("nomination.refusal.elsewhere", name, claim.Office, claim.Head, claim.Phone).On("number")
}

// Find gives a nomination of a unit within the scope, or work.ErrNotFound.
func Find(ctx context.Context, q work.Querier, keys *seal.Keys, scope work.Scope, id ID) (Nomination, error) {
	n, err := find(ctx, q, scope, id)
	if err != nil {
		return Nomination{}, fmt.Errorf("finding nomination %d: %w", id, err)
	}
	if n.Erased {
		return n, nil
	}
	number, phone, err := n.open(keys)
	n.Number, n.Phone = number.Masked(), idcard.MaskPhone(phone)
	return n, err
}

// open unseals the numbers.
func (n Nomination) open(keys *seal.Keys) (idcard.Number, string, error) {
	number, err := keys.Unseal(n.sealed, numberContext)
	if err != nil {
		return "", "", fmt.Errorf("opening the ID number of nomination %d: %w", n.ID, err)
	}
	if n.phone == nil {
		return idcard.Number(number), "", nil
	}
	phone, err := keys.Unseal(n.phone, phoneContext)
	if err != nil {
		return "", "", fmt.Errorf("opening the phone of nomination %d: %w", n.ID, err)
	}
	return idcard.Number(number), string(phone), nil
}

// List gives at most limit nominations in a state by units within the scope, the newest first, below an id (0 = from the
// newest), without numbers.
func List(ctx context.Context, q work.Querier, scope work.Scope, state State, below ID, limit int) ([]Nomination, error) {
	all, err := list(ctx, q, scope, state, below, limit)
	if err != nil {
		return nil, fmt.Errorf("listing nominations: %w", err)
	}
	return all, nil
}

// Accept opens a registration at the actor's office, the one that was asked, with what the unit wrote. It is refused when
// the worker came into an open file meanwhile.
func Accept(ctx context.Context, u *work.Unit, keys *seal.Keys, id ID) (work.FileID, error) {
	n, err := answerable(ctx, u, id)
	if err != nil {
		return 0, err
	}
	number, phone, err := n.open(keys)
	if err != nil {
		return 0, err
	}
	if err := unclaimed(ctx, u, keys, n.Name, number); err != nil {
		return 0, err
	}
	intake := casefile.Intake{Housing: casefile.Housing{Address: n.Address}, Causes: []casefile.Cause{n.Cause}, People: []casefile.Person{{
		Relation: casefile.Head, Name: n.Name, Number: number, Birth: number.Birth(), Sex: number.Sex(), Phone: phone, Employer: n.Employer}}}
	var files []work.FileID
	err = u.Within(ctx, func(u *work.Unit) error {
		files, err = casefile.TakeIn(ctx, u, keys, []casefile.Intake{intake})
		return err
	})
	if work.Violated(err) == "casefile_one_open_file" {
		return 0, work.ErrStale // registered in between: trying again says where
	}
	if err != nil {
		return 0, fmt.Errorf("accepting nomination %d: %w", id, err)
	}
	err = u.Audit(ctx, work.Entry{Act: "casefile.register", Kind: "file", ID: int64(files[0]), FileID: files[0], Changes: []work.Change{{Field: "nomination", After: id}}})
	if err != nil {
		return 0, err
	}
	return files[0], answer(ctx, u, id, Accepted, "", files[0])
}

// Decline says with a reason of 2 to 500 characters why the worker is not taken in.
func Decline(ctx context.Context, u *work.Unit, id ID, reason string) error {
	if _, err := answerable(ctx, u, id); err != nil {
		return err
	}
	return answer(ctx, u, id, Declined, reason, 0)
}

// Withdraw takes a nomination back, by the unit that made it, with a reason of 2 to 500 characters.
func Withdraw(ctx context.Context, u *work.Unit, id ID, reason string) error {
	n, err := find(ctx, u, u.By.Scope, id)
	switch {
	case err != nil:
		return fmt.Errorf("finding nomination %d: %w", id, err)
	case n.State != Waiting:
		return work.Refuse("nomination.refusal.answered", n.State)
	case !n.MayWithdraw(u.By):
		return work.Refuse("nomination.refusal.own", n.Unit)
	}
	return answer(ctx, u, id, Withdrawn, reason, 0)
}

// answerable finds a nomination that the actor may answer.
func answerable(ctx context.Context, u *work.Unit, id ID) (Nomination, error) {
	n, err := find(ctx, u, u.By.Scope, id)
	switch {
	case err != nil:
		return n, fmt.Errorf("finding nomination %d: %w", id, err)
	case n.State != Waiting:
		return n, work.Refuse("nomination.refusal.answered", n.State)
	case !n.MayAnswer(u.By):
		return n, work.Refuse("nomination.refusal.addressee", n.ToOffice)
	}
	return n, nil
}

// answer ends the waiting.
func answer(ctx context.Context, u *work.Unit, id ID, to State, reason string, file work.FileID) error {
	err := u.Within(ctx, func(u *work.Unit) error { return advance(ctx, u, id, to, reason, file) })
	if err != nil {
		return fmt.Errorf("answering nomination %d: %w", id, worded(err))
	}
	// The reason speaks of the worker: it stands in the record alone, which is forgotten one day.
	return u.Audit(ctx, work.Entry{Act: "nomination." + string(to), Kind: "nomination", ID: int64(id), FileID: file,
		Changes: []work.Change{{Field: "state", Before: Waiting, After: to}}})
}
