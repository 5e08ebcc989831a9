package census

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

// FormID names a row of census_form.
type FormID int64

// State says where a form is.
type State string

// The states of a form.
const (
	Out       State = "out"       // 已发出
	Returned  State = "returned"  // 已收回, to be entered or dismissed
	Entered   State = "entered"   // 已录入 as a registration
	Dismissed State = "dismissed" // 不需要帮扶, with the reason
	Lost      State = "lost"      // 遗失或作废
)

// Key gives the word of the state.
func (s State) Key() words.Key { return words.Key("census.state." + string(s)) }

// Reason says why a household that filled in a form is not registered.
type Reason string

// OnFile says that the household has an open file already; Blank that the form came back empty.
const (
	OnFile Reason = "on_file"
	Blank  Reason = "blank"
	Other  Reason = "other"
)

// AllReasons lists the reasons in the order of the form.
var AllReasons = []Reason{"above", "covered", OnFile, "left", "declined", Blank, Other}

// Key gives the word of the reason.
func (r Reason) Key() words.Key { return words.Key("census.reason." + string(r)) }

// act is a step of a form, as the trail names it.
type act string

const (
	actLose    act = "census.lose"
	actDismiss act = "census.dismiss"
	actEnter   act = "census.enter"
)

// Form is one numbered survey form.
type Form struct {
	ID         FormID
	CensusID   ID
	Census     string
	Closed     bool // its census
	Number     int
	BundleID   BundleID
	Unit       string
	OrgName    string
	State      State
	HandedOn   day.Date
	DueOn      day.Date
	ReturnedOn day.Date
	HeadName   string
	Reason     Reason
	Note       string
	FileID     work.FileID
	FileNumber string // "" before the file has one
	DoneBy     string
	DoneAt     time.Time
}

// Code is what stands on the paper: the census and the number in it.
func (f Form) Code() string { return Code(f.CensusID, f.Number) }

// Code writes the code of a form.
func Code(id ID, number int) string { return fmt.Sprintf("%s%04d", codePrefix(id), number) }

// codePrefix begins the numbers of a census's forms.
func codePrefix(id ID) string { return fmt.Sprintf("PC%d-", id) }

// Missing tells whether the form is out after its day.
func (f Form) Missing(today day.Date) bool { return f.State == Out && today.After(f.DueOn) }

// FindForm gives a form whose bundle went to an office within the scope, or work.ErrNotFound.
func FindForm(ctx context.Context, q work.Querier, scope work.Scope, id FormID) (Form, error) {
	f, err := findForm(ctx, q, scope, id)
	if err != nil {
		return Form{}, fmt.Errorf("finding form %d: %w", id, err)
	}
	return f, nil
}

// Forms gives at most limit forms of a census in a state, within the scope, in the order of their numbers after a number.
func Forms(ctx context.Context, q work.Querier, scope work.Scope, id ID, state State, after, limit int) ([]Form, error) {
	all, err := forms(ctx, q, scope, id, state, after, limit)
	if err != nil {
		return nil, fmt.Errorf("listing the forms of census %d: %w", id, err)
	}
	return all, nil
}

// OfFile gives the form out of which a file was entered; nil when it came another way.
func OfFile(ctx context.Context, q work.Querier, file work.FileID) (*Form, error) {
	f, err := ofFile(ctx, q, file)
	if err != nil {
		return nil, fmt.Errorf("finding the form of file %d: %w", file, err)
	}
	return f, nil
}

// Return notes that forms came back on a day. All the numbers must be out or lost, of bundles within the scope and
// handed out by that day: if one is not, none is noted, and the refusal names the first ten.
func Return(ctx context.Context, u *work.Unit, id ID, numbers Ranges, on day.Date) (int, error) {
	c, err := Find(ctx, u, u.By.Scope, id)
	switch {
	case err != nil:
		return 0, err
	case c.Closed:
		return 0, work.Refuse("census.refusal.closed")
	case on.After(u.Today()):
		return 0, work.Refuse("census.refusal.future").On("returned_on")
	}
	numbers = numbers.merged()
	unfit, err := notOut(ctx, u, u.By.Scope, id, numbers, on)
	if err != nil {
		return 0, fmt.Errorf("taking back forms of census %d: %w", id, err)
	}
	if len(unfit) > 0 {
		return 0, work.Refuse("census.refusal.not_out", unfit).On("numbers")
	}
	n, err := takeBack(ctx, u, id, numbers, on)
	if err != nil {
		return 0, fmt.Errorf("taking back forms of census %d: %w", id, worded(err))
	}
	return n, u.Audit(ctx, work.Entry{Act: "census.return", Kind: "census", ID: int64(id), Changes: []work.Change{
		{Field: "numbers", After: numbers.In(words.In(ctx, words.Chinese))}, {Field: "returned_on", After: on.String()}, {Field: "forms", After: n}}})
}

// Lose notes that a form that is out will not come back: lost, or spoilt and destroyed. It may turn up again (Return).
func Lose(ctx context.Context, u *work.Unit, id FormID, note string) error {
	if len([]rune(note)) < 2 {
		return work.Refuse("census.refusal.note").On("lost_note")
	}
	return move(ctx, u, id, Out, Lost, actLose, Form{Note: note})
}

// Dismiss notes why the household of a returned form is not registered. A form that came back blank names nobody; every
// other one names who filled it in, and the reason "other" needs a note.
func Dismiss(ctx context.Context, u *work.Unit, id FormID, head string, reason Reason, note string) error {
	switch {
	case reason != Blank && head == "":
		return work.Refuse("census.refusal.head").On("head")
	case reason == Other && len([]rune(note)) < 2:
		return work.Refuse("census.refusal.note").On("note")
	}
	return move(ctx, u, id, Returned, Dismissed, actDismiss, Form{HeadName: head, Reason: reason, Note: note})
}

// Household is what is taken from a returned form to open a registration; the rest is asked for in its sections.
type Household struct {
	Name     string
	Number   idcard.Number
	Phone    string
	Employer string
	Address  string
	Cause    casefile.Cause // 0 = not said
}

// Enter opens a registration at the actor's own office out of a returned form; the form keeps its file, and the file
// shows the form. A person who is in an open file is refused with where it lies: dismiss the form as on file then.
func Enter(ctx context.Context, u *work.Unit, keys *seal.Keys, id FormID, h Household) (work.FileID, error) {
	f, err := FindForm(ctx, u, u.By.Scope, id)
	switch {
	case err != nil:
		return 0, err
	case f.State != Returned:
		return 0, work.Refuse("census.refusal.state", f.State)
	case h.Number.Birth().After(u.Today()):
		return 0, work.Refuse("census.refusal.unborn").On("number")
	}
	claim, err := casefile.Where(ctx, u, keys, h.Number)
	if err != nil {
		return 0, err
	}
	if claim != nil {
		return 0, work.Refuse("census.refusal.elsewhere", h.Name, claim.Office, claim.Head, claim.Phone).On("number")
	}
	intake := casefile.Intake{Housing: casefile.Housing{Address: h.Address}, People: []casefile.Person{{Relation: casefile.Head, Name: h.Name,
		Number: h.Number, Birth: h.Number.Birth(), Sex: h.Number.Sex(), Phone: h.Phone, Employer: h.Employer}}}
	if h.Cause != 0 {
		intake.Causes = []casefile.Cause{h.Cause}
	}
	var files []work.FileID
	err = u.Within(ctx, func(u *work.Unit) error {
		files, err = casefile.TakeIn(ctx, u, keys, []casefile.Intake{intake})
		return err
	})
	if work.Violated(err) == "casefile_one_open_file" {
		return 0, work.ErrStale // somebody registered the person in between: trying again says where
	}
	if err != nil {
		return 0, fmt.Errorf("entering form %d: %w", id, err)
	}
	file := files[0]
	err = u.Audit(ctx, work.Entry{Act: "casefile.register", Kind: "file", ID: int64(file), FileID: file, Changes: []work.Change{{Field: "census_form", After: f.Code()}}})
	if err != nil {
		return 0, err
	}
	return file, move(ctx, u, id, Returned, Entered, actEnter, Form{HeadName: h.Name, FileID: file})
}

// move carries out one step of a form, with what the step leaves on it.
func move(ctx context.Context, u *work.Unit, id FormID, from, to State, act act, leaves Form) error {
	f, err := FindForm(ctx, u, u.By.Scope, id)
	switch {
	case err != nil:
		return err
	case f.Closed:
		return work.Refuse("census.refusal.closed")
	case f.State != from:
		return work.Refuse("census.refusal.state", f.State)
	}
	err = u.Within(ctx, func(u *work.Unit) error { return advance(ctx, u, id, from, to, leaves) })
	if err != nil {
		return fmt.Errorf("moving form %d to %s: %w", id, to, worded(err))
	}
	changes := []work.Change{{Field: "state", Before: from, After: to}}
	if leaves.Reason != "" {
		changes = append(changes, work.Change{Field: "reason", After: leaves.Reason})
	}
	if leaves.Note != "" {
		changes = append(changes, work.Change{Field: "note", After: leaves.Note})
	}
	return u.Audit(ctx, work.Entry{Act: string(act), Kind: "census_form", ID: int64(id), FileID: leaves.FileID, Changes: changes})
}
