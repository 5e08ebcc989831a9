package casefile

import (
	"context"
	"fmt"
	"slices"

	"bangfu/internal/day"
	"bangfu/internal/work"
)

// SignDeclaration records that a household which was handed in signed a declaration, or signed it anew, in the wording of today. On a
// registration signatures are recorded with its section (SaveDeclarations).
func SignDeclaration(ctx context.Context, u *work.Unit, id work.FileID, kind DeclarationKind, on day.Date) error {
	f, before, err := declaredBefore(ctx, u, id, kind, on)
	if err != nil {
		return err
	}
	people, err := readPeople(ctx, u, id)
	if err != nil {
		return fmt.Errorf("reading the people of file %d: %w", id, err)
	}
	if !slices.Contains(Declared(people, u.Today()), kind) {
		return work.Refuse("casefile.refusal.declaration_not_needed").On("kind")
	}
	if err := putDeclaration(ctx, u, id, kind, on); err != nil {
		return fmt.Errorf("recording a declaration of file %d: %w", id, worded(err))
	}
	if err := keepOnRecord(ctx, u, f, "sign_declaration"); err != nil {
		return err
	}
	change := work.Change{Field: "signed_on", After: on.String()}
	if before != nil {
		change.Before = before.SignedOn.String()
	}
	return u.Audit(ctx, work.Entry{Act: "casefile.sign_declaration", Kind: "file", ID: int64(id), FileID: id,
		Changes: []work.Change{{Field: "kind", After: kind}, {Field: "version", After: DeclarationText}, change}})
}

// WithdrawDeclaration records that a household took a declaration back, which it may at any time (PIPL 15): from then on it stands as
// not signed, and what needs it is not done; what was done before stays. That all was true is not taken back.
func WithdrawDeclaration(ctx context.Context, u *work.Unit, id work.FileID, kind DeclarationKind, on day.Date) error {
	f, before, err := declaredBefore(ctx, u, id, kind, on)
	switch {
	case err != nil:
		return err
	case kind == Truth:
		return work.Refuse("casefile.refusal.truth_stays").On("kind")
	case before == nil:
		return work.Refuse("casefile.refusal.not_declared").On("kind")
	case on.Before(before.SignedOn):
		return work.Refuse("casefile.refusal.withdrawn_before", before.SignedOn).On("on")
	}
	if err := dropDeclaration(ctx, u, id, kind, on); err != nil {
		return fmt.Errorf("taking back a declaration of file %d: %w", id, worded(err))
	}
	if err := keepOnRecord(ctx, u, f, "withdraw_declaration"); err != nil {
		return err
	}
	return u.Audit(ctx, work.Entry{Act: "casefile.withdraw_declaration", Kind: "file", ID: int64(id), FileID: id,
		Changes: []work.Change{{Field: "kind", Before: kind}, {Field: "version", Before: before.Version},
			{Field: "signed_on", Before: before.SignedOn.String()}, {Field: "withdrawn_on", After: on.String()}}})
}

// declaredBefore refuses a relative and what cannot be, and gives the file, locked, and what it declared of the kind so far; nil when it did not.
func declaredBefore(ctx context.Context, u *work.Unit, id work.FileID, kind DeclarationKind, on day.Date) (File, *Declaration, error) {
	f, err := Find(ctx, u, u.By.Scope, id)
	if err != nil {
		return f, nil, err
	}
	if err := Lock(ctx, u, id); err != nil {
		return f, nil, fmt.Errorf("locking file %d: %w", id, err)
	}
	if err := impartial(ctx, u, id); err != nil {
		return f, nil, err
	}
	switch {
	case !f.State.HandedIn():
		return f, nil, work.Refuse("casefile.refusal.declaration_state", f.State)
	case !slices.Contains(DeclarationKinds, kind):
		return f, nil, work.Refuse("casefile.refusal.declaration_kind").On("kind")
	case on.After(u.Today()):
		return f, nil, work.Refuse("casefile.refusal.signed").On("on")
	}
	all, err := DeclarationsOf(ctx, u, id)
	if err != nil {
		return f, nil, err
	}
	for i := range all {
		if all[i].Kind == kind {
			return f, &all[i], nil
		}
	}
	return f, nil, nil
}
