package casefile

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"time"

	"bangfu/internal/seal"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// Section is one part of the registration (ux.md U23). They can be filled in any order.
type Section string

// The sections.
const (
	HeadSection         Section = "head"
	MembersSection      Section = "members"
	WorkSection         Section = "work"
	HousingSection      Section = "housing"
	EconomySection      Section = "economy"
	PropertySection     Section = "property"
	CausesSection       Section = "causes"
	EvidenceSection     Section = "evidence"
	BankSection         Section = "bank"
	DeclarationsSection Section = "declarations"
)

// Sections lists all sections in the order of the task list.
var Sections = []Section{HeadSection, MembersSection, WorkSection, HousingSection, EconomySection, PropertySection, CausesSection,
	EvidenceSection, BankSection, DeclarationsSection}

// Key gives the name of the section.
func (s Section) Key() words.Key { return words.Key("casefile.section." + string(s)) }

// Standing is how far a section is.
type Standing string

// The standings of a section.
const (
	NotStarted Standing = "not_started"
	Started    Standing = "started" // something was typed and not yet accepted
	Lacking    Standing = "lacking" // saved, but answers are missing that it needs before it is submitted
	Done       Standing = "done"
	Wrong      Standing = "wrong" // done, but something changed elsewhere since
)

// Task is one section with its standing, as the task list shows it.
type Task struct {
	Section  Section
	Standing Standing
	Version  int // of what was accepted; 0 = nothing yet
	SavedAt  time.Time
	SavedBy  string
	Lacks    []Lack // of a section that was saved
}

// Typed is what a person typed into a section and has not had accepted.
type Typed struct {
	Values  url.Values
	SavedAt time.Time
}

const typedContext = "casefile_typed.typed"

// Whenever is the version for SaveTyped that fits any.
const Whenever = -1

// SaveTyped keeps what a person typed into a section, right or wrong, until the section is saved. It is sealed, since
// it may hold numbers of all kinds. seen is the version of the section when typing began; work.ErrStale when it was
// saved since, because then there is nothing left to keep.
func SaveTyped(ctx context.Context, u *work.Unit, keys *seal.Keys, id work.FileID, section Section, seen int, values url.Values) error {
	f, err := Find(ctx, u, u.By.Scope, id)
	if err != nil {
		return err
	}
	if !f.State.Open() {
		return work.Refuse("casefile.refusal.not_editable", f.State)
	}
	plain, err := json.Marshal(values)
	if err != nil {
		return fmt.Errorf("encoding what was typed: %w", err)
	}
	sealed, err := keys.Seal(plain, typedContext)
	if err != nil {
		return fmt.Errorf("sealing what was typed: %w", err)
	}
	if err := keepTyped(ctx, u, id, section, seen, sealed); err != nil {
		return fmt.Errorf("keeping what was typed into file %d: %w", id, err)
	}
	return u.Audit(ctx, work.Entry{Act: "casefile." + string(ActType), Kind: "section", ID: int64(id), FileID: id,
		Changes: []work.Change{{Field: "section", After: section}}})
}

// ForgetTyped throws away what the person had typed into a section and not saved, on their own wish.
func ForgetTyped(ctx context.Context, u *work.Unit, id work.FileID, section Section) error {
	if _, err := Find(ctx, u, u.By.Scope, id); err != nil {
		return err
	}
	if err := DropTyped(ctx, u, id, section); err != nil {
		return err
	}
	return u.Audit(ctx, work.Entry{Act: "casefile." + string(ActForget), Kind: "section", ID: int64(id), FileID: id,
		Changes: []work.Change{{Field: "section", Before: section}}})
}

// DropTyped removes what the person had typed, once it was taken.
func DropTyped(ctx context.Context, u *work.Unit, id work.FileID, section Section) error {
	if err := dropTyped(ctx, u, id, section); err != nil {
		return fmt.Errorf("dropping what was typed into file %d: %w", id, err)
	}
	return nil
}

// TypedBefore gives what the person had typed into the section, and nothing when it was saved since.
func TypedBefore(ctx context.Context, q work.Querier, keys *seal.Keys, id work.FileID, section Section, who work.StaffID) (Typed, error) {
	sealed, at, err := readTyped(ctx, q, id, section, who)
	if err != nil || sealed == nil {
		return Typed{}, err
	}
	plain, err := keys.Unseal(sealed, typedContext)
	if err != nil {
		return Typed{}, fmt.Errorf("opening what was typed into file %d: %w", id, err)
	}
	typed := Typed{SavedAt: at}
	if err := json.Unmarshal(plain, &typed.Values); err != nil {
		return Typed{}, fmt.Errorf("reading what was typed into file %d: %w", id, err)
	}
	return typed, nil
}

// editable finds the file and refuses when its registration can no longer be written.
func editable(ctx context.Context, u *work.Unit, id work.FileID) (File, error) {
	f, err := Find(ctx, u, u.By.Scope, id)
	if err != nil {
		return File{}, err
	}
	if !f.State.Editable() {
		return File{}, work.Refuse("casefile.refusal.not_editable", f.State)
	}
	return f, nil
}

// writable finds the file and refuses when the section can not be written: the registration is open, or a change of the
// accepted file is being carried out in this unit (change.go).
func writable(ctx context.Context, u *work.Unit, id work.FileID, section Section) (File, error) {
	f, err := Find(ctx, u, u.By.Scope, id)
	if err != nil || f.State.Editable() {
		return f, err
	}
	changing, err := carrying(ctx, u, id, ChangeKind(section))
	if err == nil && !changing {
		err = work.Refuse("casefile.refusal.not_editable", f.State)
	}
	return f, err
}

// saving wraps what all sections do when accepted values are written: the file is open for writing, nobody else wrote
// the section since it was shown (seen is its version then), what was typed is no draft any more, and an audit entry. By
// saving a section of a registration a person is on the gathering side, whoever opened it (casefile_duty_of_section).
func saving(ctx context.Context, u *work.Unit, id work.FileID, section Section, seen int, write func(File) ([]work.Change, error)) error {
	f, err := writable(ctx, u, id, section)
	if err != nil {
		return err
	}
	if err := accept(ctx, u, id, section, seen); err != nil {
		return fmt.Errorf("saving section %s of file %d: %w", section, id, worded(err))
	}
	changes, err := write(f)
	if err != nil {
		return fmt.Errorf("saving section %s of file %d: %w", section, id, worded(err))
	}
	if section == HeadSection || section == MembersSection { // the people that were just named may be the writer's own
		if err := impartial(ctx, u, id); err != nil {
			return err
		}
	}
	if err := dropTyped(ctx, u, id, section); err != nil {
		return fmt.Errorf("saving section %s of file %d: %w", section, id, err)
	}
	return u.Audit(ctx, work.Entry{Act: "casefile.save_" + string(section), Kind: "section", ID: int64(id), FileID: id, Changes: changes})
}
