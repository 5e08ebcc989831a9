package casefile

import (
	"context"
	"fmt"
	"strings"
	"time"

	"bangfu/internal/work"
)

// SavedID names a row of casefile_saved.
type SavedID int64

// Saved is a work list with filters and an order that somebody keeps under a name (ux.md U13). Shared, it is seen by the
// owner's office and by all below it; only the owner changes it.
type Saved struct {
	ID        SavedID
	Owner     work.StaffID
	OwnerName string
	OrgID     work.OrgID // the owner's office when it was saved last
	OrgName   string
	Name      string // at most MostSavedName characters; once a person
	Query     string // the question as the address writes it, without "?"
	Shared    bool
	SavedAt   time.Time

	Starred bool // by the one who reads: it stands above the lists
	First   bool // and it is what opens first
}

// Limits of saved lists: how many a person keeps and an office shares, how many have a star, and how long a name is, in
// characters. The database holds them too.
const (
	MostSaved     = 50
	MostStarred   = 8
	MostSavedName = 30
)

// SavedWish is what is asked of a saved list: what it is, and what the one who asks does with it.
type SavedWish struct {
	Name    string
	Query   string
	Shared  bool
	Starred bool
	First   bool
}

// SaveList keeps a list under a name.
func SaveList(ctx context.Context, u *work.Unit, wish SavedWish) (SavedID, error) {
	wish.Name = strings.TrimSpace(wish.Name)
	var id SavedID
	err := u.Within(ctx, func(u *work.Unit) error {
		var err error
		if id, err = insertSaved(ctx, u, wish); err != nil {
			return err
		}
		return putMark(ctx, u, id, wish.Starred, wish.First)
	})
	if err != nil {
		return 0, savedFault("saving a list", err)
	}
	return id, u.Audit(ctx, work.Entry{Act: "casefile.save_list", Kind: "saved", ID: int64(id), Changes: []work.Change{
		{Field: "name", After: wish.Name}, {Field: "query", After: wish.Query}, {Field: "shared", After: wish.Shared}}})
}

// ChangeSaved changes one's own list; the question stays unless the wish has one.
func ChangeSaved(ctx context.Context, u *work.Unit, id SavedID, wish SavedWish) error {
	old, err := own(ctx, u, id)
	if err != nil {
		return err
	}
	wish.Name = strings.TrimSpace(wish.Name)
	if wish.Query == "" {
		wish.Query = old.Query
	}
	err = u.Within(ctx, func(u *work.Unit) error {
		if err := updateSaved(ctx, u, id, wish); err != nil {
			return err
		}
		return putMark(ctx, u, id, wish.Starred, wish.First)
	})
	if err != nil {
		return savedFault("changing a saved list", err)
	}
	return u.Audit(ctx, work.Entry{Act: "casefile.change_list", Kind: "saved", ID: int64(id), Changes: []work.Change{
		{Field: "name", Before: old.Name, After: wish.Name}, {Field: "query", Before: old.Query, After: wish.Query},
		{Field: "shared", Before: old.Shared, After: wish.Shared}}})
}

// MarkSaved puts a star on a list, or lets it open first, or takes either back; it concerns nobody else.
func MarkSaved(ctx context.Context, u *work.Unit, id SavedID, starred, first bool) error {
	old, err := FindSaved(ctx, u, u.By, id)
	if err != nil {
		return err
	}
	if err := u.Within(ctx, func(u *work.Unit) error { return putMark(ctx, u, id, starred, first) }); err != nil {
		return savedFault("marking a saved list", err)
	}
	return u.Audit(ctx, work.Entry{Act: "casefile.mark_list", Kind: "saved", ID: int64(id), Changes: []work.Change{
		{Field: "starred", Before: old.Starred, After: starred}, {Field: "opens_first", Before: old.First, After: first}}})
}

// DropSaved deletes one's own list, for those with whom it was shared too.
func DropSaved(ctx context.Context, u *work.Unit, id SavedID) error {
	old, err := own(ctx, u, id)
	if err != nil {
		return err
	}
	if err := deleteSaved(ctx, u, id); err != nil {
		return fmt.Errorf("deleting saved list %d: %w", id, err)
	}
	return u.Audit(ctx, work.Entry{Act: "casefile.drop_list", Kind: "saved", ID: int64(id), Changes: []work.Change{
		{Field: "name", Before: old.Name}, {Field: "query", Before: old.Query}, {Field: "shared", Before: old.Shared}}})
}

// own finds a list that the actor may change.
func own(ctx context.Context, u *work.Unit, id SavedID) (Saved, error) {
	s, err := FindSaved(ctx, u, u.By, id)
	if err == nil && s.Owner != u.By.StaffID {
		err = work.Refuse("casefile.refusal.saved_owner", s.OwnerName)
	}
	return s, err
}

// savedFault words what the database refuses of a saved list.
func savedFault(doing string, err error) error {
	switch work.Violated(err) {
	case "casefile_saved_once":
		return work.Refuse("casefile.refusal.saved_name").On("name")
	case "casefile_saved_most":
		return work.Refuse("casefile.refusal.saved_most", MostSaved)
	case "casefile_saved_most_shared":
		return work.Refuse("casefile.refusal.saved_shared", MostSaved).On("shared")
	case "casefile_saved_most_starred":
		return work.Refuse("casefile.refusal.saved_starred", MostStarred).On("starred")
	}
	return fmt.Errorf("%s: %w", doing, err)
}

// FindSaved gives a saved list that is the reader's own, or shared by an office of the reader's scope, by the reader's
// own or by one above it; else work.ErrNotFound.
func FindSaved(ctx context.Context, q work.Querier, by work.Actor, id SavedID) (Saved, error) {
	s, err := readSaved(ctx, q, by, id)
	if err != nil {
		return Saved{}, fmt.Errorf("finding saved list %d: %w", id, err)
	}
	return s, nil
}

// SavedLists gives the reader's own lists by name, and then what the reader's office and those above it share: at most
// MostSaved of each.
func SavedLists(ctx context.Context, q work.Querier, by work.Actor) ([]Saved, error) {
	all, err := readSavedLists(ctx, q, by)
	if err != nil {
		return nil, fmt.Errorf("listing saved lists: %w", err)
	}
	return all, nil
}

// Marked gives the lists that the reader put a star on, by name, and the one that opens first.
func Marked(ctx context.Context, q work.Querier, by work.Actor) ([]Saved, error) {
	marked, err := readMarked(ctx, q, by)
	if err != nil {
		return nil, fmt.Errorf("reading marked lists: %w", err)
	}
	return marked, nil
}
