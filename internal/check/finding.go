package check

import (
	"context"
	"fmt"
	"time"

	"bangfu/internal/words"
	"bangfu/internal/work"
)

// ID names a row of check_finding.
type ID int64

// Finding is one thing that a check found in a file and that is found still.
type Finding struct {
	ID       ID
	FileID   work.FileID
	HeadName string
	Number   string // of the file
	Office   string
	Name     Name
	Args     []string
	Since    time.Time
	AsideBy  string // "" = not set aside
	AsideAt  time.Time
	Reason   string // why it was set aside
}

// Message says what was found.
func (f Finding) Message() words.Message { return Message(f.Name, f.Args) }

// Check gives the check that found it.
func (f Finding) Check() Check {
	c, known := Of(f.Name)
	if !known {
		return Check{Name: f.Name}
	}
	return c
}

// List lists the findings of one check within the scope that nobody set aside, in the order of their files, behind the
// given finding (zero: from the first). more tells that there are further ones.
func List(ctx context.Context, q work.Querier, scope work.Scope, name Name, behind Place, size int) (all []Finding, more bool, err error) {
	all, err = readList(ctx, q, scope, name, behind, size+1)
	if err != nil {
		return nil, false, fmt.Errorf("listing findings %s: %w", name, err)
	}
	return all[:min(size, len(all))], len(all) > size, nil
}

// Place is a place in a list of findings.
type Place struct {
	File    work.FileID
	Finding ID
}

// InFile lists the findings of one file within the scope, those set aside too.
func InFile(ctx context.Context, q work.Querier, scope work.Scope, id work.FileID) ([]Finding, error) {
	all, err := readInFile(ctx, q, scope, id)
	if err != nil {
		return nil, fmt.Errorf("listing the findings in file %d: %w", id, err)
	}
	return all, nil
}

// Find gives one finding within the scope, or work.ErrNotFound.
func Find(ctx context.Context, q work.Querier, scope work.Scope, id ID) (Finding, error) {
	f, err := readOne(ctx, q, scope, id)
	if err != nil {
		return Finding{}, fmt.Errorf("finding what was found, %d: %w", id, err)
	}
	return f, nil
}

// Most is the largest number that a count of findings gives; more than Most are told as Most + 1.
const Most = 1000

// Counts counts the findings of each check within the scope that nobody set aside, up to Most + 1.
func Counts(ctx context.Context, q work.Querier, scope work.Scope) (map[Name]int, error) {
	counts, err := readCounts(ctx, q, scope)
	if err != nil {
		return nil, fmt.Errorf("counting findings: %w", err)
	}
	return counts, nil
}

// SetAside hides a finding with a reason until the facts it was found in change. Who registered the file does not
// excuse what was found in it.
func SetAside(ctx context.Context, u *work.Unit, id ID, reason string) error {
	f, err := Find(ctx, u, u.By.Scope, id)
	if err != nil {
		return err
	}
	switch {
	case f.AsideBy != "":
		return work.Refuse("check.refusal.aside", f.AsideBy)
	case reason == "":
		return work.Refuse("check.refusal.reason").On("reason")
	}
	own, err := registeredBy(ctx, u, f.FileID, u.By.StaffID)
	if err != nil {
		return fmt.Errorf("setting finding %d aside: %w", id, err)
	}
	if own {
		return work.Refuse("casefile.refusal.own")
	}
	if err := putAside(ctx, u, id, reason); err != nil {
		return fmt.Errorf("setting finding %d aside: %w", id, err)
	}
	return u.Audit(ctx, work.Entry{Act: "check.set_aside", Kind: "finding", ID: int64(id), FileID: f.FileID,
		Changes: []work.Change{{Field: "check", After: f.Name}, {Field: "reason", After: reason}}})
}
