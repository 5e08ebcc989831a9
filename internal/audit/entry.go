package audit

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"bangfu/internal/day"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// ID names a row of audit_entry.
type ID int64

// Entry is one fact of the trail.
type Entry struct {
	ID        ID
	At        time.Time
	StaffID   work.StaffID // zero: the program itself, or the public
	StaffName string       // as it was then
	OrgID     work.OrgID
	OrgName   string // "" when no office is concerned
	Address   string
	Act       string // "grant.approve"
	Kind      string // of the record: "application"
	SubjectID int64
	FileID    work.FileID
	File      string // the file's number; "" while it has none
	Changes   []Change
	Seal      int64 // place in the chain; zero while it waits for its seal. Only Find fills it
	Version   int   // number of the version of the file that the act left; zero = none. Only Of fills it
}

// Change is one field before and after, as text for a reader.
type Change struct{ Field, Before, After string }

// After gives a field's value after the act; "" when the act did not change it.
func (e Entry) After(field string) string {
	for _, c := range e.Changes {
		if c.Field == field {
			return c.After
		}
	}
	return ""
}

// Public tells whether somebody of the public did it, without an account.
func (e Entry) Public() bool { return e.StaffID == 0 && e.StaffName == work.Visitor("").Name }

// Key gives the words of the entry's act.
func (e Entry) Key() words.Key { return ActKey(e.Act) }

// ActKey gives the words of an act. They stand in the catalogue of the feature that does it: "grant.approve" is said
// with "grant.act.approve".
func ActKey(act string) words.Key {
	feature, verb, _ := strings.Cut(act, ".")
	return words.Key(feature + ".act." + verb)
}

// Area is one feature's part of the trail.
type Area string

// Areas lists the features that leave entries, each with the beginning of the words of its acts.
var Areas = []struct {
	Area Area
	Acts words.Key
}{
	{"staff", "staff.act."},
	{"casefile", "casefile.act."},
	{"ledger", "ledger.act."},
	{"census", "census.act."},
	{"nomination", "nomination.act."},
	{"visit", "visit.act."},
	{"plan", "plan.act."},
	{"review", "review.act."},
	{"move", "move.act."},
	{"exit", "exit.act."},
	{"retention", "retention.act."},
	{"referral", "referral.act."},
	{"comparison", "comparison.act."},
	{"eligibility", "eligibility.act."},
	{"trial", "trial.act."},
	{"check", "check.act."},
	{"notice", "notice.act."},
	{"grant", "grant.act."},
	{"fund", "fund.act."},
	{"payment", "payment.act."},
	{"reading", "reading.act."},
}

// Key gives the word of the area.
func (a Area) Key() words.Key { return words.Key("audit.area." + string(a)) }

// Filter narrows the trail. Its zero value narrows nothing.
type Filter struct {
	People     []work.StaffID // any of them; with Anybody false and none listed nobody fits
	ByPeople   bool           // whether People is asked at all
	Act        string         // the act begins with it: "grant" or "grant.approve"
	Kind       string
	SubjectID  int64 // with Kind
	FileID     work.FileID
	FileNumber string
	From, To   day.Date // both included; unknown = open
}

// List lists entries of the scope, the newest first, those before the cursor; a zero cursor is the beginning.
func List(ctx context.Context, q work.Querier, scope work.Scope, f Filter, before ID, limit int) ([]Entry, error) {
	entries, err := list(ctx, q, scope, f, before, limit)
	if err != nil {
		return nil, fmt.Errorf("listing the trail: %w", err)
	}
	return entries, nil
}

// Of lists what was done about one household, by whomever, the newest first. A file outside of the scope has no
// entries.
func Of(ctx context.Context, q work.Querier, scope work.Scope, file work.FileID, limit int) ([]Entry, error) {
	entries, err := ofFile(ctx, q, scope, file, limit)
	if err != nil {
		return nil, fmt.Errorf("listing the trail of file %d: %w", file, err)
	}
	return entries, nil
}

// Find finds one entry of the scope, or work.ErrNotFound.
func Find(ctx context.Context, q work.Querier, scope work.Scope, id ID) (Entry, error) {
	e, err := find(ctx, q, scope, id)
	if err != nil && !errors.Is(err, work.ErrNotFound) {
		err = fmt.Errorf("finding audit entry %d: %w", id, err)
	}
	return e, err
}

// readChanges turns the stored changes into text.
func readChanges(stored []byte) ([]Change, error) {
	var raw []struct {
		Field         string          `json:"field"`
		Before, After json.RawMessage `json:",omitempty"`
	}
	if err := json.Unmarshal(stored, &raw); err != nil {
		return nil, fmt.Errorf("reading changes: %w", err)
	}
	changes := make([]Change, len(raw))
	for i, c := range raw {
		changes[i] = Change{Field: c.Field, Before: plain(c.Before), After: plain(c.After)}
	}
	return changes, nil
}

// plain writes a JSON value without its marks: a text bare, a list with commas between.
func plain(raw json.RawMessage) string {
	var text string
	var list []json.RawMessage
	switch {
	case len(raw) == 0 || string(raw) == "null":
		return ""
	case json.Unmarshal(raw, &text) == nil:
		return text
	case json.Unmarshal(raw, &list) == nil:
		parts := make([]string, len(list))
		for i, item := range list {
			parts[i] = plain(item)
		}
		return strings.Join(parts, ", ")
	}
	return string(raw)
}
