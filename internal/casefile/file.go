package casefile

import (
	"context"
	"fmt"
	"slices"
	"time"

	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// File is one household's file: what stands on its cover.
type File struct {
	ID            work.FileID          `json:"id"`
	OrgID         work.OrgID           `json:"org"`
	OrgPath       string               `json:"org_path"`
	OrgName       string               `json:"org_name"`
	OrgPhone      string               `json:"-"`
	District      string               `json:"district"` // of the office, six digits: it picks the line
	State         State                `json:"state"`
	Number        string               `json:"number,omitempty"` // given once, when the file becomes active
	HeadName      string               `json:"head_name"`
	People        int                  `json:"people"` // living in the household, the head among them
	Address       string               `json:"address,omitempty"`
	Housing       string               `json:"housing,omitempty"` // a value of HousingKinds
	HousingM2     int                  `json:"housing_m2,omitempty"`
	AreaSaid      bool                 `json:"area_said"` // whether HousingM2 was said; no housing is an area of 0
	Employer      string               `json:"employer,omitempty"`
	EconomyUntil  day.Date             `json:"economy_until,omitzero"` // last day of the twelve months
	MainCause     Cause                `json:"main_cause,omitempty"`   // zero = not said yet
	Category      eligibility.Category `json:"category,omitempty"`
	ReturnReason  string               `json:"return_reason,omitempty"` // why it is temporary, or was returned, refused, struck off, discarded, cancelled or closed
	RegisteredBy  work.StaffID         `json:"registered_by"`
	RegistrarName string               `json:"registrar_name"`
	RegisteredAt  time.Time            `json:"registered_at"`
	SubmittedAt   time.Time            `json:"submitted_at,omitzero"`
	ActivatedAt   time.Time            `json:"activated_at,omitzero"`
	ClosedAt      time.Time            `json:"closed_at,omitzero"`
	TemporaryAt   time.Time            `json:"temporary_at,omitzero"` // when it was first kept as a temporary file; stays when it is registered
	Round         int                  `json:"round"`                 // 1, and one more after each return
	Version       int                  `json:"version"`               // one more with each change
	RelapseOf     work.FileID          `json:"relapse_of,omitempty"`  // the closed file of a household that fell back into hardship; zero = none
	SplitOf       work.FileID          `json:"split_of,omitempty"`    // the file that its people came from; zero = none
	OldNumber     string               `json:"old_number,omitempty"`  // that the household's file had in an older ledger; "" = none
	MergedInto    work.FileID          `json:"-"`                     // of a closed file, the one that goes on; zero = none
}

// Find gives the file, or work.ErrNotFound when there is none or it lies outside the scope.
func Find(ctx context.Context, q work.Querier, scope work.Scope, id work.FileID) (File, error) {
	f, err := find(ctx, q, scope, id)
	if err != nil {
		return File{}, fmt.Errorf("finding file %d: %w", id, err)
	}
	return f, nil
}

// Discard throws away a registration that was never accepted.
func Discard(ctx context.Context, u *work.Unit, id work.FileID, reason string) error {
	return move(ctx, u, u.By.Scope, id, ActDiscard, outcome{reason: reason})
}

// RecordVisit moves a submitted file on after its home visit; one that disagrees with the form sends it back.
func RecordVisit(ctx context.Context, u *work.Unit, id work.FileID, agrees bool, reason string) error {
	if agrees {
		return move(ctx, u, u.By.Scope, id, ActAgree, outcome{})
	}
	return move(ctx, u, u.By.Scope, id, ActDisagree, outcome{reason: reason})
}

// EnterNotice moves an assessed file into its public notice.
func EnterNotice(ctx context.Context, u *work.Unit, id work.FileID) error {
	return move(ctx, u, u.By.Scope, id, ActPublish, outcome{})
}

// Contest stops the file's notice because of an objection. Anybody may object, a member of the public too, so this
// act alone does not ask for the actor's scope: package notice has found the file through its own notice.
func Contest(ctx context.Context, u *work.Unit, id work.FileID) error {
	return move(ctx, u, work.Everywhere, id, ActContest, outcome{})
}

// Renotice puts a file back into notice after an unfounded objection.
func Renotice(ctx context.Context, u *work.Unit, id work.FileID) error {
	return move(ctx, u, u.By.Scope, id, ActRenotice, outcome{})
}

// StrikeOff ends a file whose objection was upheld.
func StrikeOff(ctx context.Context, u *work.Unit, id work.FileID, reason string) error {
	return move(ctx, u, u.By.Scope, id, ActStrikeOff, outcome{reason: reason})
}

// Activate puts a file on the register after its notice ended unopposed, and gives it its number (domain.md b.6). The
// database refuses it without a finished notice ("notice_before_active").
func Activate(ctx context.Context, u *work.Unit, id work.FileID) (string, error) {
	f, err := Find(ctx, u, u.By.Scope, id)
	if err != nil {
		return "", err
	}
	if _, refusal := f.after(ActActivate, u.By); refusal != nil {
		return "", refusal
	}
	number, err := nextNumber(ctx, u, f)
	if err != nil {
		return "", fmt.Errorf("numbering file %d: %w", id, err)
	}
	return number, move(ctx, u, u.By.Scope, id, ActActivate, outcome{number: number})
}

// Close takes an active file off the register (撤档). The reason, one of ExitReasons, stays with the file. Package exit
// calls it at the end of an exit; without one the database refuses ("exit_before_close").
func Close(ctx context.Context, u *work.Unit, id work.FileID, reason string) error {
	if !slices.Contains(ExitReasons.On(u.Today()), reason) {
		return fmt.Errorf("closing file %d: %q is no reason of the list", id, reason)
	}
	return move(ctx, u, u.By.Scope, id, ActClose, outcome{reason: reason})
}

// Reason says why the file was returned or ended: what somebody wrote, or the word of the list for a closed file.
func (f File) Reason() any {
	if f.State == Closed {
		return ExitReasons.Key(f.ReturnReason)
	}
	return f.ReturnReason
}

// outcome is what an act leaves on the file beside its state.
type outcome struct {
	reason   string
	number   string
	category eligibility.Category
}

// move carries out one act: the state table, the one statement that writes a state, the audit entry.
func move(ctx context.Context, u *work.Unit, scope work.Scope, id work.FileID, act Act, o outcome) error {
	f, err := Find(ctx, u, scope, id)
	if err != nil {
		return err
	}
	to, refusal := f.after(act, u.By)
	if refusal != nil {
		return refusal
	}
	if err := impartial(ctx, u, id); err != nil {
		return err
	}
	// In a savepoint, so that a caller can word the database's refusal and still read.
	err = u.Within(ctx, func(u *work.Unit) error { return advance(ctx, u, f, to, o) })
	if err != nil {
		return fmt.Errorf("moving file %d by %s: %w", id, act, worded(err))
	}
	if to == Active || !to.Open() {
		if err := forgetHeld(ctx, u, id); err != nil {
			return fmt.Errorf("moving file %d by %s: %w", id, act, err)
		}
	}
	changes := []work.Change{{Field: "state", Before: f.State, After: to}}
	if o.reason != "" {
		changes = append(changes, work.Change{Field: "reason", After: o.reason})
	}
	if o.number != "" {
		changes = append(changes, work.Change{Field: "number", After: o.number})
	}
	if o.category != "" {
		changes = append(changes, work.Change{Field: "category", Before: f.Category, After: o.category})
	}
	if keepsAfter(act, f.State) {
		if _, err := keep(ctx, u, scope, id, "casefile."+string(act)); err != nil {
			return err
		}
	}
	return u.Audit(ctx, work.Entry{Act: "casefile." + string(act), Kind: "file", ID: int64(id), FileID: id, Changes: changes})
}

// worded turns the database's refusals that a person can meet into words.
func worded(err error) error {
	switch work.Violated(err) {
	case "casefile_duty_sides":
		return work.Refuse("casefile.refusal.sides")
	case "casefile_relative":
		return work.Refuse("casefile.refusal.relative")
	case "visit_relatives":
		return work.Refuse("casefile.refusal.related_visit")
	case "notice_before_active":
		return work.Refuse("casefile.refusal.notice")
	case "casefile_figure_fits":
		return work.Refuse("casefile.refusal.figure_fits")
	case "comparison_open_before_judgement":
		return work.Refuse("casefile.refusal.comparison_open")
	case "comparison_before_judgement":
		return work.Refuse("casefile.refusal.comparison_first")
	case "casefile_card_second":
		return work.Refuse("casefile.refusal.card_second")
	case "casefile_temporary_second":
		return work.Refuse("casefile.refusal.own")
	case "exit_before_close":
		return work.Refuse("casefile.refusal.exit")
	}
	return err
}

// Unnamed is the word for a file whose head has not been entered yet, wherever it is shown.
const Unnamed words.Key = "casefile.unnamed"

// Name is who the file is called after, written by words.Say: its head, or Unnamed.
func (f File) Name() any { return Called(f.HeadName) }

// Called is Name by the name of the head, for records that hold no more of a file.
func Called(head string) any {
	if head == "" {
		return Unnamed
	}
	return head
}
