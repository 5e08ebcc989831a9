package casefile

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"bangfu/internal/eligibility"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// PrintID names a row of casefile_print.
type PrintID int64

// PrintKind is what was printed.
type PrintKind string

// The kinds of print.
const (
	ApplicationForm PrintKind = "application" // 申请审批表
	RecordForm      PrintKind = "record"      // 档案表
	RosterForm      PrintKind = "roster"      // 花名册 of a work list
)

// PrintKinds lists the forms of the file itself in the order in which they are used. The others are papers (Paper).
var PrintKinds = []PrintKind{ApplicationForm, RecordForm}

// Key gives the name of the print.
func (k PrintKind) Key() words.Key { return words.Key("casefile.print_kind." + string(k)) }

// Print is one print on record.
type Print struct {
	ID      PrintID
	Kind    PrintKind
	FileID  work.FileID // zero for a roster
	Subject int64       // the record of another feature that a Paper is about; zero = the file itself
	Version int
	List    WorkList             // of a roster
	Class   eligibility.Category // of a roster; None = the whole list
	Roster  []Listed
	Hash    []byte
	Reason  Reason // why numbers were in the clear; "" = masked
	By      work.StaffID
	ByName  string
	Office  string
	At      time.Time
}

// Listed is one file on a roster, in the version that was printed.
type Listed struct {
	File    work.FileID `json:"file"`
	Version int         `json:"version"`
	Place   int         `json:"place,omitempty"` // its running number, from one; zero on rosters of before there were any
}

// Roll is what a roster is of: part of a work list, whole or of one class.
type Roll struct {
	List  WorkList
	Class eligibility.Category // None = all classes
	First int                  // the running number of its first household, from one
}

// Code is what the QR of the paper carries: the print's id and the beginning of its hash. It tells nothing of a person,
// and cannot be guessed from another.
func (p Print) Code() string { return strconv.FormatInt(int64(p.ID), 36) + "-" + p.Short() }

// Short is the beginning of the hash, as the paper bears it.
func (p Print) Short() string { return hex.EncodeToString(p.Hash)[:12] }

// NewPrint puts a print of a file on record and gives it with the version that it shows: the one asked for, or with
// zero the file as it stands, which is kept as a version first, so that a form printed for signing can be compared with
// what is handed in later. A reason makes numbers appear in the clear; the trail keeps it.
func NewPrint(ctx context.Context, u *work.Unit, id work.FileID, kind PrintKind, number int, reason Reason) (Print, Version, error) {
	if _, err := Find(ctx, u, u.By.Scope, id); err != nil {
		return Print{}, Version{}, err
	}
	if !slices.Contains(PrintKinds, kind) {
		return Print{}, Version{}, work.Refuse("casefile.refusal.print_kind").On("kind")
	}
	if reason != "" && !slices.Contains(PrintReasons, reason) {
		return Print{}, Version{}, work.Refuse("casefile.refusal.reason").On("reason")
	}
	if number == 0 {
		var err error
		if number, err = Keep(ctx, u, id, "casefile.print"); err != nil {
			return Print{}, Version{}, err
		}
	}
	v, err := FindVersion(ctx, u, u.By.Scope, id, number)
	if err != nil {
		return Print{}, v, err
	}
	p := Print{Kind: kind, FileID: id, Version: v.Number, Hash: v.Hash, Reason: reason, By: u.By.StaffID, ByName: u.By.Name, Office: u.By.Office, At: u.Now}
	if err := putPrint(ctx, u, &p); err != nil {
		return p, v, fmt.Errorf("printing file %d: %w", id, err)
	}
	return p, v, u.Audit(ctx, work.Entry{Act: "casefile.print", Kind: "print", ID: int64(p.ID), FileID: id, Changes: p.changes()})
}

// NewRoster puts a roster on record: the files of one page of a work list, each in its newest version and with its running
// number; one that was never handed in is kept as it stands.
func NewRoster(ctx context.Context, u *work.Unit, of Roll, files []work.FileID, reason Reason) (Print, error) {
	if reason != "" && !slices.Contains(PrintReasons, reason) {
		return Print{}, work.Refuse("casefile.refusal.reason").On("reason")
	}
	if len(files) == 0 {
		return Print{}, work.Refuse("casefile.refusal.roster_empty")
	}
	p := Print{Kind: RosterForm, List: of.List, Class: of.Class, Reason: reason, By: u.By.StaffID, ByName: u.By.Name, Office: u.By.Office, At: u.Now}
	newest, err := readNewest(ctx, u, u.By.Scope, files)
	if err != nil {
		return p, fmt.Errorf("printing a roster: %w", err)
	}
	for i, id := range files {
		number, ok := newest[id]
		if !ok {
			return p, fmt.Errorf("printing a roster: file %d: %w", id, work.ErrNotFound)
		}
		if number == 0 { // a registration
			if number, err = Keep(ctx, u, id, "casefile.print"); err != nil {
				return p, err
			}
		}
		p.Roster = append(p.Roster, Listed{File: id, Version: number, Place: of.First + i})
	}
	text, err := json.Marshal(p.Roster)
	if err != nil {
		return p, err
	}
	sum := sha256.Sum256(text)
	p.Hash = sum[:]
	if err := putPrint(ctx, u, &p); err != nil {
		return p, fmt.Errorf("printing a roster: %w", err)
	}
	return p, u.Audit(ctx, work.Entry{Act: "casefile.print", Kind: "print", ID: int64(p.ID), Changes: p.changes()})
}

// changes are the facts of a print for the trail.
func (p Print) changes() []work.Change {
	changes := []work.Change{{Field: "kind", After: p.Kind}}
	if p.Kind == RosterForm {
		changes = append(changes, work.Change{Field: "list", After: p.List}, work.Change{Field: "files", After: len(p.Roster)})
		if p.Class != eligibility.None {
			changes = append(changes, work.Change{Field: "category", After: p.Class})
		}
	} else {
		changes = append(changes, work.Change{Field: "version", After: p.Version})
	}
	if p.Reason != "" {
		changes = append(changes, work.Change{Field: "reason", After: p.Reason})
	}
	return changes
}

// FindPrint gives the print of a code, or work.ErrNotFound when there is none, when the hash does not fit, or when it
// lies outside the scope: that of the file, or of the office that printed a roster.
func FindPrint(ctx context.Context, q work.Querier, scope work.Scope, code string) (Print, error) {
	number, short, _ := strings.Cut(code, "-")
	id, err := strconv.ParseInt(number, 36, 64)
	if err != nil || id < 1 || strconv.FormatInt(id, 36) != number {
		return Print{}, work.ErrNotFound
	}
	p, err := readPrint(ctx, q, scope, PrintID(id))
	if err == nil && short != p.Short() {
		err = work.ErrNotFound
	}
	if err != nil {
		return Print{}, fmt.Errorf("finding print %d: %w", id, err)
	}
	return p, nil
}

// Prints lists the prints of a file within the scope, the newest first, below an id when it is not zero.
func Prints(ctx context.Context, q work.Querier, scope work.Scope, id work.FileID, below PrintID, size int) ([]Print, error) {
	prints, err := readPrints(ctx, q, scope, id, below, size)
	if err != nil {
		return nil, fmt.Errorf("listing the prints of file %d: %w", id, err)
	}
	return prints, nil
}

// Changed is one file of a roster that has a newer version than the one printed.
type Changed struct {
	File    File
	Printed int
	Newest  int
}

// RosterChanges lists the files of a roster within the scope whose facts changed since it was printed.
func RosterChanges(ctx context.Context, q work.Querier, scope work.Scope, p Print) ([]Changed, error) {
	changed, err := readRosterChanges(ctx, q, scope, p)
	if err != nil {
		return nil, fmt.Errorf("comparing roster %d: %w", p.ID, err)
	}
	return changed, nil
}

// RosterVersions gives the facts of every file on a roster within the scope, as printed, in the order of the roster.
func RosterVersions(ctx context.Context, q work.Querier, scope work.Scope, p Print) ([]Version, error) {
	versions, err := readRosterVersions(ctx, q, scope, p)
	if err != nil {
		return nil, fmt.Errorf("reading roster %d: %w", p.ID, err)
	}
	return versions, nil
}
