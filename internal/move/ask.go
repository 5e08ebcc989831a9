package move

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/seal"
	"bangfu/internal/staff"
	"bangfu/internal/work"
)

// Request is what a caseworker asks for. What its kind does not need stays empty.
type Request struct {
	Kind      Kind
	Why       Why                 // of Kind.Whys
	Reason    string              // 2 to 500 characters
	Evidence  casefile.EvidenceID // the paper that proves it, of the file; zero = none
	To        work.OrgID          // of a transfer: the receiving office, anywhere in the tree
	Number    string              // of a merge: number of the file that goes on
	Goes      []casefile.PersonID // of a split: who goes, the new head first; of a merge: everybody
	Relations []string            // of Goes, to the head of the file that they go to
}

// Ask asks for a move of an active file. A registration that was not accepted is not handed over: it is discarded here and
// entered where the household belongs. The refusals are tied to the fields of the form: to, other, head, relation.<person>.
func Ask(ctx context.Context, u *work.Unit, file work.FileID, r Request) (ID, error) {
	m, err := Draw(ctx, u, u.By.Scope, file, r)
	if err != nil {
		return 0, err
	}
	if r.Kind != Transfer { // it is carried out and taken back, so that what cannot be is refused at once
		if _, err := Try(ctx, u, nil, m); err != nil {
			return 0, err
		}
	}
	last, err := casefile.LastVersion(ctx, u, u.By.Scope, file)
	if err != nil {
		return 0, err
	}
	m.Before = last.Number
	if m.ID, err = insert(ctx, u, m); err != nil {
		return 0, fmt.Errorf("asking for a %s of file %d: %w", r.Kind, file, worded(err))
	}
	changes := []work.Change{{Field: "kind", After: m.Kind}, {Field: "why", After: m.Why}, {Field: "reason", After: m.Reason}}
	switch m.Kind {
	case Transfer:
		changes = append(changes, work.Change{Field: "office", Before: m.From, After: m.To})
	case Split:
		changes = append(changes, work.Change{Field: "people", After: len(m.Goes)})
	case Merge:
		changes = append(changes, work.Change{Field: "new_file", After: m.OtherNumber})
	}
	return m.ID, m.audit(ctx, u, "ask", changes...)
}

// Draw makes a move out of a request, checked as far as reading goes, and writes nothing.
func Draw(ctx context.Context, q work.Querier, scope work.Scope, file work.FileID, r Request) (Move, error) {
	f, err := casefile.Find(ctx, q, scope, file)
	if err != nil {
		return Move{}, err
	}
	if f.State != casefile.Active {
		return Move{}, work.Refuse("move.refusal.active")
	}
	if !r.Kind.known(r.Why) {
		return Move{}, fmt.Errorf("asking for a %s of file %d because of %q: %w", r.Kind, file, r.Why, errUnknown)
	}
	if err := stopped(ctx, q, file, r.Kind); err != nil {
		return Move{}, err
	}
	m := Move{Kind: r.Kind, FileID: file, Number: f.Number, HeadName: f.HeadName, People: f.People, Category: f.Category,
		Registrar: f.RegisteredBy, Within: true, FromOrg: f.OrgID, From: f.OrgName, Giving: true, State: Asked, Why: r.Why, Reason: r.Reason,
		Evidence: r.Evidence, Goes: r.Goes, Relations: r.Relations}
	if r.Evidence != 0 {
		if _, err := casefile.FindEvidence(ctx, q, scope, file, r.Evidence); err != nil {
			return m, fmt.Errorf("asking for a move: %w", err)
		}
	}
	switch r.Kind {
	case Transfer:
		return m, m.toward(ctx, q, r.To)
	case Split:
		if len(r.Goes) == 0 || len(r.Goes) != len(r.Relations) {
			return m, work.Refuse("casefile.refusal.split_nobody").On("head")
		}
	case Merge:
		if len(r.Goes) == 0 || len(r.Goes) != len(r.Relations) {
			return m, work.Refuse("move.refusal.people")
		}
		return m, m.into(ctx, q, scope, r.Number)
	}
	return m, nil
}

// toward names the receiving office.
func (m *Move) toward(ctx context.Context, q work.Querier, to work.OrgID) error {
	org, err := staff.FindOrg(ctx, q, work.Everywhere, to)
	if errors.Is(err, work.ErrNotFound) {
		return work.Refuse("move.refusal.no_office").On("to")
	}
	if err != nil {
		return err
	}
	if org.ID == m.FromOrg {
		return work.Refuse("move.refusal.same_office", org.Name).On("to")
	}
	m.ToOrg, m.To = org.ID, org.Name
	return nil
}

// into names the file that goes on after a merge. It lies in the asker's scope; one elsewhere is handed over first.
func (m *Move) into(ctx context.Context, q work.Querier, scope work.Scope, number string) error {
	var id work.FileID
	err := q.QueryRow(ctx, `
		-- move.into
		SELECT id FROM casefile_file WHERE number = @number AND org_path LIKE @scope`,
		pgx.NamedArgs{"number": number, "scope": scope}).Scan(&id)
	if errors.Is(err, pgx.ErrNoRows) {
		return work.Refuse("move.refusal.other").On("other")
	}
	if err != nil {
		return fmt.Errorf("looking for the other file: %w", err)
	}
	other, err := casefile.Find(ctx, q, scope, id)
	if err != nil {
		return err
	}
	switch {
	case other.ID == m.FileID:
		return work.Refuse("casefile.refusal.merge_itself").On("other")
	case other.State != casefile.Active:
		return work.Refuse("casefile.refusal.merge_other", other.State).On("other")
	}
	m.Other, m.OtherNumber, m.OtherHead, m.OtherWithin = other.ID, other.Number, other.HeadName, true
	return stopped(ctx, q, other.ID, into)
}

// audit writes what was done to a move into the trail of its file, and of the other one of a merge.
func (m Move) audit(ctx context.Context, u *work.Unit, act string, changes ...work.Change) error {
	entries := []work.Entry{{Act: "move." + act, Kind: "move", ID: int64(m.ID), FileID: m.FileID, Changes: changes}}
	if m.Kind == Merge {
		entries = append(entries, work.Entry{Act: "move." + act, Kind: "move", ID: int64(m.ID), FileID: m.Other, Changes: changes})
	}
	return u.AuditMany(ctx, entries)
}

// Trial is what a move would do: to the file, or of a merge to the one that goes on.
type Trial struct {
	Differences []casefile.Difference
	Fresh       []casefile.Person // the household that a split makes; only with keys
}

// errTried ends a trial: nothing of it stays.
var errTried = errors.New("tried")

// Try carries a split or a merge out and takes it back, and tells what it would do. Numbers are told masked when keys
// are given. m is one that was asked for, or one that Draw made.
func Try(ctx context.Context, u *work.Unit, keys *seal.Keys, m Move) (Trial, error) {
	subject := m.FileID
	if m.Kind == Merge {
		subject = m.Other
	}
	var t Trial
	before, err := casefile.FactsOf(ctx, u, u.By.Scope, subject)
	if err != nil {
		return t, err
	}
	var after casefile.Facts
	err = u.Within(ctx, func(u *work.Unit) error {
		if m.ID == 0 {
			m.AskedBy = u.By.StaffID
			if m.ID, err = insert(ctx, u, m); err != nil {
				return err
			}
		}
		if err := begin(ctx, u, m); err != nil {
			return err
		}
		if err := carry(ctx, u, &m); err != nil {
			return err
		}
		if after, err = casefile.FactsOf(ctx, u, u.By.Scope, subject); err != nil {
			return err
		}
		if keys != nil && m.Kind == Split {
			if t.Fresh, err = casefile.People(ctx, u, keys, m.Other); err != nil {
				return err
			}
		}
		return errTried
	})
	if !errors.Is(err, errTried) {
		return t, worded(err)
	}
	if keys != nil {
		if err := errors.Join(before.Reveal(keys), after.Reveal(keys)); err != nil {
			return t, err
		}
	}
	t.Differences = casefile.Compare(before, after)
	return t, nil
}
