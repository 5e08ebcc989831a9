package ledger

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/file"
	"bangfu/internal/sheet"
	"bangfu/internal/staff"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// ExportID names a row of ledger_export.
type ExportID int64

// Layout is which table is given out.
type Layout string

// The layouts.
const (
	CoverList Layout = "list"   // 名单: one row a household
	FileTable Layout = "table"  // 档案表: the columns of the national file table, one row a household
	Roster    Layout = "roster" // 花名册: one row a person
)

// Layouts lists the layouts in the order of the form.
var Layouts = []Layout{CoverList, FileTable, Roster}

// Key gives the word of the layout.
func (l Layout) Key() words.Key { return words.Key("ledger.layout." + string(l)) }

// Standing says how far an export is.
type Standing string

// The standings of an export.
const (
	ExportQueued  Standing = "queued"
	ExportRunning Standing = "running"
	ExportReady   Standing = "ready"
	ExportFetched Standing = "fetched"
	ExportExpired Standing = "expired"
	ExportFailed  Standing = "failed"
)

// Standings lists all of them in the order of an export's life.
var Standings = []Standing{ExportQueued, ExportRunning, ExportReady, ExportFetched, ExportExpired, ExportFailed}

// Key gives the word of the standing.
func (s Standing) Key() words.Key { return words.Key("ledger.standing." + string(s)) }

// Moving tells whether the program is at work on it.
func (s Standing) Moving() bool { return s == ExportQueued || s == ExportRunning }

// keptFor is how long a list waits to be fetched.
const keptFor = 24 * time.Hour

// Wish is what somebody asks to be given.
type Wish struct {
	Layout   Layout
	Format   sheet.Kind
	List     casefile.WorkList // of files; with File it is of no meaning
	Filter   casefile.Filter   // of the list's files
	Sort     casefile.Sort     // order of the list's files; "" = the usual one
	Backward bool              // the order turned round
	File     work.FileID       // one file alone; zero = the list
	Full     bool              // whole ID and phone numbers
	Reason   string
	Language words.Language
}

// Export is one list given out.
type Export struct {
	ID ExportID
	Wish
	OrgID     work.OrgID
	OrgName   string
	Standing  Standing
	AskedBy   work.StaffID
	Asker     string
	AskedAt   time.Time
	Rows      int // written so far, without the heads
	Size      int64
	Hash      string // SHA-256 of the file
	ReadyAt   time.Time
	ExpiresAt time.Time
	FetchedAt time.Time
	Fault     *Fault

	shelf, address string
}

// LeastReason is the shortest reason, in characters: "上级统计".
const LeastReason = 5

// Ask asks for a list. Whole numbers need the right to them; without it the wish is refused, not cut down.
func Ask(ctx context.Context, u *work.Unit, w Wish) (ExportID, error) {
	switch {
	case !slices.Contains(Layouts, w.Layout) || w.Format != sheet.XLSX && w.Format != sheet.CSV:
		return 0, fmt.Errorf("asking for a list: layout %q, format %q", w.Layout, w.Format)
	case w.File == 0 && !slices.Contains(casefile.WorkLists, w.List):
		return 0, fmt.Errorf("asking for a list: no list %q", w.List)
	case w.File == 0 && w.Sort != "" && !slices.Contains(casefile.Sorts, w.Sort):
		return 0, fmt.Errorf("asking for a list: no order %q", w.Sort)
	case w.File == 0 && !w.Filter.Fits(w.List):
		return 0, work.Refuse("ledger.refusal.filter", w.List).On("list")
	case len([]rune(w.Reason)) < LeastReason:
		return 0, work.Refuse("ledger.refusal.reason", LeastReason).On("reason")
	case w.Full && !u.By.Can(staff.CapLedgerExportFull):
		return 0, work.Refuse("ledger.refusal.full").On("full")
	}
	if w.File != 0 {
		if _, err := casefile.Find(ctx, u, u.By.Scope, w.File); err != nil {
			return 0, err
		}
		w.List, w.Filter, w.Sort, w.Backward = "file", casefile.Filter{}, "", false
	}
	if w.Sort == "" {
		w.Sort = casefile.ByRegistration
	}
	narrowed, err := w.Filter.Conditions(ctx, u, u.By.Scope)
	if err != nil {
		return 0, err
	}
	id, err := insertExport(ctx, u, w)
	if err != nil {
		return 0, fmt.Errorf("asking for a list: %w", err)
	}
	return id, u.Audit(ctx, work.Entry{Act: "ledger.ask", Kind: "export", ID: int64(id), FileID: w.File, Changes: []work.Change{
		{Field: "list", After: w.List}, {Field: "filter", After: narrowed}, {Field: "sort", After: w.Sort},
		{Field: "turned", After: w.Backward}, {Field: "layout", After: w.Layout}, {Field: "format", After: w.Format},
		{Field: "columns", After: table{layout: w.Layout}.keys()}, {Field: "full_numbers", After: w.Full}, {Field: "reason", After: w.Reason}}})
}

// FindExport gives an export, or work.ErrNotFound when there is none or it lies outside the scope.
func FindExport(ctx context.Context, q work.Querier, scope work.Scope, id ExportID) (Export, error) {
	e, err := findExport(ctx, q, scope, id)
	if err != nil {
		return Export{}, fmt.Errorf("finding export %d: %w", id, err)
	}
	return e, nil
}

// Exports lists the exports within the scope, newest first, below an id (zero: from the top).
func Exports(ctx context.Context, q work.Querier, scope work.Scope, below ExportID, limit int) ([]Export, error) {
	all, err := listExports(ctx, q, scope, below, limit)
	if err != nil {
		return nil, fmt.Errorf("listing exports: %w", err)
	}
	return all, nil
}

// Fetch gives the list out: to the one who asked, once, and before it expires. Send sends it after the unit's commit.
func Fetch(ctx context.Context, u *work.Unit, id ExportID) (Export, error) {
	e, err := FindExport(ctx, u, u.By.Scope, id)
	if err != nil {
		return Export{}, err
	}
	switch {
	case e.AskedBy != u.By.StaffID:
		return Export{}, work.Refuse("ledger.refusal.asker", e.Asker)
	case e.Standing == ExportReady && !u.Now.Before(e.ExpiresAt):
		return Export{}, work.Refuse("ledger.refusal.standing", ExportExpired)
	case e.Standing != ExportReady:
		return Export{}, work.Refuse("ledger.refusal.standing", e.Standing)
	case e.Full && !u.By.Can(staff.CapLedgerExportFull):
		return Export{}, work.Refuse("ledger.refusal.full")
	}
	if err := fetched(ctx, u, id); err != nil {
		return Export{}, fmt.Errorf("fetching export %d: %w", id, err)
	}
	return e, u.Audit(ctx, work.Entry{Act: "ledger.fetch", Kind: "export", ID: int64(id), FileID: e.File, Changes: []work.Change{
		{Field: "rows", After: e.Rows}, {Field: "hash", After: e.Hash}, {Field: "full_numbers", After: e.Full}}})
}

// Send writes a fetched list and removes it from the shelf; what a broken line leaves there, Sweep removes.
func Send(ctx context.Context, shelf file.Shelf, e Export, w io.Writer) error {
	large, err := shelf.OpenLarge(ctx, e.shelf)
	if err != nil {
		return fmt.Errorf("opening export %d: %w", e.ID, err)
	}
	_, err = io.Copy(w, io.NewSectionReader(large, 0, large.Size()))
	if err = errors.Join(err, large.Close()); err != nil {
		return fmt.Errorf("sending export %d: %w", e.ID, err)
	}
	return shelf.RemoveLarge(context.WithoutCancel(ctx), e.shelf)
}

// Failure says why an export was given up; nil when it was not.
func (e Export) Failure() *words.Message {
	if e.Fault == nil {
		return nil
	}
	m := e.Fault.Message()
	return &m
}
