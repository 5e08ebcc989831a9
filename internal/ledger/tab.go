package ledger

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode"

	"bangfu/internal/file"
	"bangfu/internal/sheet"
	"bangfu/internal/work"
)

// Tab is a sheet of a workbook in which something stands.
type Tab struct {
	Name   string
	Hidden bool // the spreadsheet does not show it
}

// mostHead is how much of a sheet is unpacked, in bytes, to find its heads while the sheet to begin with is chosen.
const mostHead = 4 << 20

// TabsOf gives the sheets of an upload in which something stands, in their order; none for a text, which is one sheet.
func TabsOf(ctx context.Context, shelf file.Shelf, i Import) (tabs []Tab, err error) {
	err = withBook(ctx, shelf, i.shelf, func(b *sheet.Book) error {
		for place, tab := range b.Tabs {
			filled, err := b.Filled(place)
			if _, damaged := sheet.AsFault(err); err != nil && !damaged {
				return err
			}
			if (filled || err != nil) && tab.Name != "" { // of a damaged one its reading tells
				tabs = append(tabs, Tab{tab.Name, tab.Hidden})
			}
		}
		return nil
	})
	return tabs, err
}

// Choose says which sheet of a workbook is to be read in, by its name. Its columns are those that the office said under the
// same heads, or guessed. seen is the import's version when it was shown.
func Choose(ctx context.Context, u *work.Unit, shelf file.Shelf, id ImportID, seen int, name string) error {
	i, err := own(ctx, u, id)
	if err != nil {
		return err
	}
	if i.State != Uploaded {
		return work.Refuse("ledger.refusal.state", i.State)
	}
	var t top
	err = withBook(ctx, shelf, i.shelf, func(b *sheet.Book) (err error) {
		place, ok := b.Place(name)
		if !ok {
			return work.Refuse("ledger.refusal.sheet", name).On("sheet")
		}
		if t, err = look(b, place, 1, 0); err == nil && t.refusal() != nil {
			err = t.refusal().On("sheet")
		}
		return err
	})
	if err != nil {
		return err
	}
	columns, err := firstColumns(ctx, u, t.heads)
	if err != nil {
		return fmt.Errorf("looking for the columns of sheet %q: %w", name, err)
	}
	if err := putSheet(ctx, u, id, seen, t, columns); err != nil {
		return fmt.Errorf("choosing a sheet of import %d: %w", id, err)
	}
	return u.Audit(ctx, work.Entry{Act: "ledger.choose", Kind: "import", ID: int64(id),
		Changes: []work.Change{{Field: "sheet", Before: i.Sheet, After: name}}})
}

// withBook opens an upload for as long as read takes.
func withBook(ctx context.Context, shelf file.Shelf, name string, read func(*sheet.Book) error) error {
	large, err := shelf.OpenLarge(ctx, name)
	if err != nil {
		return fmt.Errorf("opening a ledger: %w", err)
	}
	defer large.Close()
	b, err := sheet.OpenBook(large, large.Size(), Limits)
	if err != nil {
		return err
	}
	return read(b)
}

// tab gives the place of the sheet that is read.
func (i Import) tab(b *sheet.Book) (int, error) {
	if i.Sheet == "" {
		return b.First(), nil
	}
	place, ok := b.Place(i.Sheet)
	if !ok {
		return 0, sheet.ErrNotASheet
	}
	return place, nil
}

// reader reads the sheet of an import.
func (i Import) reader(r io.ReaderAt, size int64) (*sheet.Reader, error) {
	b, err := sheet.OpenBook(r, size, Limits)
	if err != nil {
		return nil, err
	}
	tab, err := i.tab(b)
	if err != nil {
		return nil, err
	}
	return b.Open(tab, 0)
}

// top is how a sheet begins.
type top struct {
	sheet string
	at    int // row of the heads
	heads []string
	rows  []Preview // the first below them that hold something
}

// refusal says why a sheet is no ledger; nil when it is one.
func (t top) refusal() *work.Refusal {
	switch {
	case len(t.heads) == 0:
		return work.Refuse("ledger.refusal.no_heads", rowsOfHead)
	case len(t.rows) == 0:
		return work.Refuse("ledger.refusal.no_rows", t.at)
	}
	return nil
}

// choice finds the sheet of a workbook to begin with: the one that the office read last time under the same heads, else the
// first with heads and something below them, those that are shown before those that are hidden.
func choice(ctx context.Context, u *work.Unit, b *sheet.Book) (top, error) {
	most := int64(mostHead)
	if len(b.Tabs) == 1 {
		most = 0
	}
	var fit []top
	var refusal *work.Refusal
	var fault error
	for _, hidden := range []bool{false, true} {
		for place, tab := range b.Tabs {
			if tab.Hidden != hidden {
				continue
			}
			t, err := look(b, place, 1, most)
			_, damaged := sheet.AsFault(err)
			switch {
			case err != nil && !damaged:
				return top{}, err
			case err != nil:
				fault = first(fault, err)
			case t.refusal() == nil:
				fit = append(fit, t)
			case refusal == nil || len(t.heads) > 0:
				refusal = t.refusal()
			}
		}
	}
	switch {
	case len(fit) == 0 && refusal == nil:
		return top{}, fault
	case len(fit) == 0:
		return top{}, refusal.On("ledger")
	case len(fit) == 1:
		return fit[0], nil
	}
	last, err := lastRead(ctx, u, fit)
	if err != nil {
		return top{}, fmt.Errorf("looking for the sheet that was read last: %w", err)
	}
	return fit[max(0, slices.IndexFunc(fit, func(t top) bool { return last[t.sheet] }))], nil
}

// first keeps the error that came first.
func first(before, err error) error {
	if before != nil {
		return before
	}
	return err
}

// look finds the row of heads of a sheet, and the first n rows below it that hold something. most is how much of the sheet is
// unpacked for it, in bytes; 0 = as much as is needed.
func look(b *sheet.Book, tab, n int, most int64) (top, error) {
	t := top{sheet: b.Tabs[tab].Name}
	r, err := b.Open(tab, most)
	if err != nil {
		return t, err
	}
	defer r.Close()
	for len(t.rows) < n {
		cells, err := r.Next()
		switch {
		case errors.Is(err, io.EOF) || most > 0 && errors.Is(err, sheet.ErrTooLarge):
			return t, nil
		case err != nil:
			return t, err
		case t.heads != nil:
			t.rows = append(t.rows, Preview{Row: r.Row(), Cells: cells})
		case r.Row() > rowsOfHead:
			return t, nil
		case looksLikeHeads(cells):
			t.at, t.heads = r.Row(), shown(cells)
		}
	}
	return t, nil
}

// shown makes heads fit to be kept and shown.
func shown(cells []string) []string {
	for i, cell := range cells {
		cell = strings.Join(strings.FieldsFunc(cell, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }), " ")
		if runes := []rune(cell); len(runes) > 40 {
			cell = string(runes[:39]) + "…"
		}
		cells[i] = cell
	}
	return cells
}
