package ledger

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"bangfu/internal/day"
	"bangfu/internal/file"
	"bangfu/internal/sheet"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// ImportID names a row of ledger_import.
type ImportID int64

// Import is one ledger that was uploaded.
type Import struct {
	ID      ImportID
	OrgID   work.OrgID
	OrgName string
	Name    string // of the upload
	Size    int64  // in bytes
	Sheet   string // name of the sheet that is read; "" = the first that is shown, or a text
	Heads   []string
	Mapping
	State      State
	UploadedBy work.StaffID
	Uploader   string
	UploadedAt time.Time
	StartedBy  work.StaffID
	StartedAt  time.Time
	EndedAt    time.Time
	DoneRow    int // read up to this row of the sheet
	Percent    int
	Files      int // registrations opened
	Noted      int // rows that were taken without something
	Rows       map[Verdict]int
	Undone     int // registrations discarded again
	Fault      *Fault
	Version    int

	shelf   string
	address string
	below   work.FileID // how far the undoing is
}

// Limits of a ledger that is read in.
var Limits = sheet.Limits{Rows: 200_000, Columns: 100, CellRunes: 32_767, Bytes: 50 << 20, UnpackedBytes: 1 << 30}

// rowsOfHead is how far down the heads may stand, below a title.
const rowsOfHead = 20

// Find gives an import, or work.ErrNotFound when there is none or it lies outside the scope.
func Find(ctx context.Context, q work.Querier, scope work.Scope, id ImportID) (Import, error) {
	i, err := find(ctx, q, scope, id)
	if err != nil {
		return Import{}, fmt.Errorf("finding import %d: %w", id, err)
	}
	return i, nil
}

// List gives the imports within the scope, newest first, below an id (zero: from the top).
func List(ctx context.Context, q work.Querier, scope work.Scope, below ImportID, limit int) ([]Import, error) {
	all, err := list(ctx, q, scope, below, limit)
	if err != nil {
		return nil, fmt.Errorf("listing imports: %w", err)
	}
	return all, nil
}

// Upload keeps a table on the shelf, finds its heads and guesses its columns: by what the office said last time for the
// same heads, else by their words. It answers a *sheet.Fault when the table cannot be read, and a refusal when it has no
// heads or nothing below them. The same ledger may be uploaded again: what was taken from it is known then.
func Upload(ctx context.Context, u *work.Unit, shelf file.Shelf, name string, r io.Reader) (ImportID, error) {
	kept, size, sum, err := keep(ctx, shelf, r)
	if err != nil {
		return 0, err
	}
	id, err := uploaded(ctx, u, shelf, Import{Name: fileName(name), Size: size, shelf: kept}, sum)
	if err != nil {
		_ = shelf.RemoveLarge(context.WithoutCancel(ctx), kept) // it is of no use to anybody now
		return 0, err
	}
	return id, nil
}

// keep puts the upload on the shelf.
func keep(ctx context.Context, shelf file.Shelf, r io.Reader) (name string, size int64, sum string, err error) {
	w, err := shelf.Create(ctx)
	if err != nil {
		return "", 0, "", fmt.Errorf("keeping a ledger: %w", err)
	}
	n, err := io.Copy(w, io.LimitReader(r, Limits.Bytes+1))
	switch {
	case err != nil:
		w.Discard()
		return "", 0, "", fmt.Errorf("keeping a ledger: %w", err)
	case n > Limits.Bytes:
		w.Discard()
		return "", 0, "", &sheet.Fault{Key: sheet.ErrTooLarge.Key, Args: []any{Limits.Bytes >> 20}}
	case n == 0:
		w.Discard()
		return "", 0, "", sheet.ErrEmpty
	}
	return w.Keep()
}

// uploaded looks at what was kept and writes the import down.
func uploaded(ctx context.Context, u *work.Unit, shelf file.Shelf, i Import, sum string) (ImportID, error) {
	var t top
	err := withBook(ctx, shelf, i.shelf, func(b *sheet.Book) (err error) {
		t, err = choice(ctx, u, b)
		return err
	})
	if err != nil {
		return 0, err
	}
	i.Sheet, i.Heads, i.DoneRow = t.sheet, t.heads, t.at
	if i.Columns, err = firstColumns(ctx, u, t.heads); err != nil {
		return 0, fmt.Errorf("looking for the columns of %q: %w", i.Name, err)
	}
	id, err := insertImport(ctx, u, i, sum)
	if err != nil {
		return 0, fmt.Errorf("writing an import down: %w", err)
	}
	return id, u.Audit(ctx, work.Entry{Act: "ledger.upload", Kind: "import", ID: int64(id), Changes: []work.Change{
		{Field: "name", After: i.Name}, {Field: "size", After: i.Size}, {Field: "hash", After: sum}, {Field: "sheet", After: i.Sheet}}})
}

// firstColumns gives the columns under these heads: what the office said of them last time, else what their words tell.
func firstColumns(ctx context.Context, u *work.Unit, heads []string) ([]Field, error) {
	columns, err := recalled(ctx, u, heads)
	if err == nil && columns == nil {
		columns = Guess(heads)
	}
	return columns, err
}

// recalled gives the columns that the office said of a ledger with these heads, or none. A corrected sheet of rows that
// were not taken has those of the ledger it came from, and the reason in a last column.
func recalled(ctx context.Context, u *work.Unit, heads []string) ([]Field, error) {
	columns, err := remembered(ctx, u, heads)
	last := len(heads) - 1
	if err != nil || columns != nil || !isReason(ctx, heads[last]) {
		return columns, err
	}
	if columns, err = remembered(ctx, u, heads[:last]); columns != nil {
		columns = append(columns, NotTaken)
	}
	return columns, err
}

// Preview is one row of a sheet as it stands and as it would be read.
type Preview struct {
	Row   int
	Cells []string
	Line  Line
}

// PreviewRows is how many rows are shown before an import begins.
const PreviewRows = 20

// PreviewOf reads the first rows as they would be taken with these columns. It compares nothing with other files: that
// is for the import itself.
func PreviewOf(ctx context.Context, shelf file.Shelf, i Import, columns []Field, today day.Date) ([]Preview, error) {
	var t top
	err := withBook(ctx, shelf, i.shelf, func(b *sheet.Book) (err error) {
		tab, err := i.tab(b)
		if err == nil {
			t, err = look(b, tab, PreviewRows, 0)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	rows, r := t.rows, newReader(ctx, today, i.Lenient)
	for n := range rows {
		rows[n].Line = r.read(ctx, columns, rows[n].Row, rows[n].Cells)
	}
	return rows, nil
}

// Examples gives for each head what stands below it in the first of these rows that has something there, without the
// digits of an ID, card or phone number.
func (i Import) Examples(rows []Preview) []string {
	examples := make([]string, len(i.Heads))
	for n := range examples {
		for _, row := range rows {
			if n < len(row.Cells) && row.Cells[n] != "" {
				examples[n] = short(row.Cells[n])
				break
			}
		}
	}
	return examples
}

// HasUpload tells whether the upload itself is still kept.
func (i Import) HasUpload() bool { return i.shelf != "" }

// CheckColumns refuses columns that cannot be imported: a field said twice, no name or no ID number.
func CheckColumns(heads []string, columns []Field) *work.Refusal {
	if len(columns) != len(heads) {
		return work.Refuse("ledger.refusal.columns")
	}
	seen := map[Field]bool{}
	for _, f := range columns {
		if !f.Known() {
			return work.Refuse("ledger.refusal.columns")
		}
		if f != NotTaken && seen[f] {
			return work.Refuse("ledger.refusal.twice", f)
		}
		seen[f] = true
	}
	for _, f := range []Field{Name, IDNumber} {
		if !seen[f] {
			return work.Refuse("ledger.refusal.needed", f)
		}
	}
	return nil
}

// Mapping is what a person says of a sheet before it is read in.
type Mapping struct {
	Columns []Field  // one for each head
	Until   day.Date // the last day of the twelve months that its figures are of; zero where it has none
	Lenient bool     // a household is taken without the optional values that cannot be read; they are noted with the row
}

// figuresKept is how many months back the twelve months of figures may end: what is older says nothing of how a household
// stands, and the form of the economy takes no older ones either.
const figuresKept = 24

// Check refuses a mapping that cannot be imported under these heads.
func (m Mapping) Check(heads []string, today day.Date) *work.Refusal {
	if refusal := CheckColumns(heads, m.Columns); refusal != nil {
		return refusal
	}
	switch {
	case !slices.ContainsFunc(m.Columns, Field.IsFigure):
	case m.Until.IsZero():
		return work.Refuse("ledger.refusal.until").On("until")
	case m.Until.After(today) || m.Until.Before(today.AddMonths(-figuresKept)):
		return work.Refuse("ledger.refusal.until_range", figuresKept).On("until")
	}
	return nil
}

// Map says which column is what and how the sheet is to be taken, and remembers the columns and the sheet for this office and
// these heads. seen is the import's version when it was shown.
func Map(ctx context.Context, u *work.Unit, id ImportID, seen int, m Mapping) error {
	i, err := own(ctx, u, id)
	if err != nil {
		return err
	}
	if i.State != Uploaded {
		return work.Refuse("ledger.refusal.state", i.State)
	}
	if refusal := m.Check(i.Heads, u.Today()); refusal != nil {
		return refusal
	}
	if err := putMapping(ctx, u, id, seen, m); err != nil {
		return fmt.Errorf("saying the columns of import %d: %w", id, err)
	}
	if err := remember(ctx, u, i, m.Columns); err != nil {
		return fmt.Errorf("remembering the columns of import %d: %w", id, err)
	}
	return u.Audit(ctx, work.Entry{Act: "ledger.map", Kind: "import", ID: int64(id), Changes: []work.Change{
		{Field: "columns", Before: i.Columns, After: m.Columns}, {Field: "until", Before: i.Until, After: m.Until},
		{Field: "lenient", Before: i.Lenient, After: m.Lenient}}})
}

// Start hands the import to the background.
func Start(ctx context.Context, u *work.Unit, id ImportID) error {
	i, err := own(ctx, u, id)
	if err != nil {
		return err
	}
	if refusal := i.Check(i.Heads, u.Today()); refusal != nil && i.State == Uploaded {
		return refusal
	}
	return move(ctx, u, i, Queued, work.Entry{Act: "ledger.start"})
}

// Drop throws an upload away that was not begun.
func Drop(ctx context.Context, u *work.Unit, id ImportID) error {
	i, err := own(ctx, u, id)
	if err != nil {
		return err
	}
	return move(ctx, u, i, Dropped, work.Entry{Act: "ledger.drop"})
}

// Undo begins to discard the registrations of an import that nobody has touched since.
func Undo(ctx context.Context, u *work.Unit, id ImportID) error {
	i, err := own(ctx, u, id)
	if err != nil {
		return err
	}
	if i.State.may(Undoing) && i.Files == 0 {
		return work.Refuse("ledger.refusal.nothing")
	}
	return move(ctx, u, i, Undoing, work.Entry{Act: "ledger.undo"})
}

// own finds an import of the actor's own office: registrations are opened there and nowhere else.
func own(ctx context.Context, u *work.Unit, id ImportID) (Import, error) {
	i, err := Find(ctx, u, u.By.Scope, id)
	if err != nil {
		return Import{}, err
	}
	if i.OrgID != u.By.OrgID {
		return Import{}, work.Refuse("ledger.refusal.office", i.OrgName)
	}
	return i, nil
}

// move carries an import from one state to the next, by a person, and leaves the entry in the trail.
func move(ctx context.Context, u *work.Unit, i Import, to State, entry work.Entry) error {
	if !i.State.may(to) {
		return work.Refuse("ledger.refusal.state", i.State)
	}
	if err := advance(ctx, u, i, to); err != nil {
		return fmt.Errorf("moving import %d to %s: %w", i.ID, to, err)
	}
	entry.Kind, entry.ID = "import", int64(i.ID)
	entry.Changes = []work.Change{{Field: "state", Before: i.State, After: to}}
	return u.Audit(ctx, entry)
}

// fileName makes the name of an upload fit to be kept and shown: without folders and control signs.
func fileName(name string) string {
	if at := strings.LastIndexAny(name, `/\`); at >= 0 {
		name = name[at+1:]
	}
	name = strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == utf8.RuneError {
			return -1
		}
		return r
	}, name))
	if runes := []rune(name); len(runes) > 120 {
		name = string(runes[len(runes)-120:])
	}
	if name == "" {
		return "ledger"
	}
	return name
}

// texts gives columns as the database takes them.
func texts(columns []Field) []string {
	all := make([]string, len(columns))
	for i, f := range columns {
		all[i] = string(f)
	}
	return all
}

// fields reads columns as the database gives them; one that the program knows no more is not taken.
func fields(columns []string) []Field {
	all := make([]Field, len(columns))
	for i, c := range columns {
		if f := Field(c); slices.Contains(Fields(), f) {
			all[i] = f
		}
	}
	return all
}

// Failure says why an import ended before its sheet did; nil when it has none.
func (i Import) Failure() *words.Message {
	if i.Fault == nil {
		return nil
	}
	m := i.Fault.Message()
	return &m
}
