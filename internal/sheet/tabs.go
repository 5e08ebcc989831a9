package sheet

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Guards of a workbook with many sheets.
const (
	mostTabs = 255
	// mostLook is how much of a sheet is unpacked, in bytes, to tell whether anything stands in it.
	mostLook = 64 << 10
	// mostName is the longest name of a sheet, in characters; a spreadsheet allows 31.
	mostName = 60
)

// Tab is one sheet of an upload. A text is one sheet without a name; the sheets of a workbook have names that differ.
type Tab struct {
	Name   string
	Hidden bool // the spreadsheet does not show it

	part string // of the archive; "" for a text
}

// Book is an upload with its sheets, of which one after the other can be read.
type Book struct {
	Tabs []Tab // in the order of the workbook

	r       io.ReaderAt
	size    int64
	limits  Limits
	archive *archive // nil for a text
	late    bool     // days count from 1904
	formats []bool
	texts   *texts // nil before the first sheet was opened
}

// OpenBook finds out by its content what an upload of size bytes is, as Open does, and which sheets it has. It answers a
// *Fault for everything a person can mend.
func OpenBook(r io.ReaderAt, size int64, limits Limits) (*Book, error) {
	if size == 0 {
		return nil, ErrEmpty
	}
	if size > limits.Bytes {
		return nil, ErrTooLarge.at(0, megabytes(limits.Bytes))
	}
	head := make([]byte, min(size, 8))
	if _, err := r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("reading the head of a table: %w", err)
	}
	b := &Book{r: r, size: size, limits: limits}
	switch text := string(head); {
	case strings.HasPrefix(text, "PK\x03\x04"):
		return b, b.workbook()
	case strings.HasPrefix(text, "PK"):
		return nil, ErrDamaged
	case text == "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
		return nil, ErrOld
	}
	b.Tabs = []Tab{{}}
	return b, nil
}

// First gives the place in Tabs of the first sheet that is not hidden; where all are, of the first.
func (b *Book) First() int {
	return max(0, slices.IndexFunc(b.Tabs, func(t Tab) bool { return !t.Hidden }))
}

// Place gives the place in Tabs of the sheet with a name; false when there is none.
func (b *Book) Place(name string) (int, bool) {
	at := slices.IndexFunc(b.Tabs, func(t Tab) bool { return t.Name == name })
	return at, at >= 0
}

// Open reads one sheet row by row. most is how many bytes of it are unpacked before it counts as too large; 0 stands for
// what the limits of the book allow.
func (b *Book) Open(tab int, most int64) (*Reader, error) {
	if b.archive == nil {
		opened, err := openText(b.r, b.size, b.limits)
		if err != nil {
			return nil, err
		}
		return &Reader{rows: opened, size: b.size}, nil
	}
	if err := b.beside(); err != nil {
		return nil, err
	}
	limits := b.limits
	if most > 0 {
		limits.UnpackedBytes = min(limits.UnpackedBytes, most)
	}
	d, stream, _, err := b.archive.open(b.Tabs[tab].part, limits)
	if err != nil {
		return nil, err
	}
	x := &xlsx{d: d, stream: stream, limits: b.limits, late: b.late, dates: b.formats, texts: b.texts}
	return &Reader{rows: x, size: int64(min(stream.declared, 1<<40))}, nil
}

// Filled tells whether anything stands in a sheet. Of a large one only the beginning is looked at; where nothing stands
// there it counts as filled all the same, and its reading tells.
func (b *Book) Filled(tab int) (bool, error) {
	if b.archive == nil {
		return true, nil
	}
	limits := b.limits
	limits.UnpackedBytes = mostLook
	d, stream, _, err := b.archive.open(b.Tabs[tab].part, limits)
	if err != nil {
		return false, err
	}
	defer stream.Close()
	value := false
	for {
		t, err := token(d)
		if errors.Is(err, io.EOF) {
			return false, nil
		}
		if errors.Is(err, ErrTooLarge) {
			return true, nil
		}
		if err != nil {
			return false, err
		}
		switch e := t.(type) {
		case xml.StartElement:
			value = e.Name.Local == "v" || e.Name.Local == "t"
		case xml.CharData:
			if value && len(strings.TrimSpace(string(e))) > 0 {
				return true, nil
			}
		case xml.EndElement:
			if value = false; e.Name.Local == "sheetData" {
				return false, nil
			}
		}
	}
}

// beside reads what all sheets share: the formats of cells and the texts, once.
func (b *Book) beside() (err error) {
	if b.texts != nil {
		return nil
	}
	if b.formats, err = b.archive.dates(); err != nil {
		return err
	}
	b.texts, err = b.archive.shared()
	return err
}

// workbook finds the sheets of an archive. Charts and sheets that lie elsewhere are none that can be read.
func (b *Book) workbook() error {
	a, err := openArchive(b.r, b.size, b.limits)
	if err != nil {
		return err
	}
	b.archive = a
	book := "xl/workbook.xml"
	err = a.each("_rels/.rels", func(e xml.StartElement) bool {
		if e.Name.Local == "Relationship" && strings.HasSuffix(attribute(e, "Type"), "/officeDocument") {
			book = partName(attribute(e, "Target"))
		}
		return true
	})
	if err != nil {
		return err
	}
	parts, err := a.related(book)
	if err != nil {
		return err
	}
	err = a.each(book, func(e xml.StartElement) bool {
		switch e.Name.Local {
		case "workbookPr":
			flag := attribute(e, "date1904")
			b.late = flag == "1" || flag == "true"
		case "sheet":
			if part := parts[attribute(e, "id")]; part != "" {
				state := attribute(e, "state")
				b.Tabs = append(b.Tabs, Tab{Name: b.named(attribute(e, "name")), Hidden: state == "hidden" || state == "veryHidden", part: part})
			}
		}
		return len(b.Tabs) <= mostTabs
	})
	switch {
	case err != nil:
		return err
	case len(b.Tabs) > mostTabs:
		return ErrTabs.at(0, mostTabs)
	case len(b.Tabs) == 0:
		return ErrNotASheet
	}
	return nil
}

// related gives the parts of an archive that a workbook may call its sheets, by their id.
func (a *archive) related(book string) (map[string]string, error) {
	dir, file := path.Split(book)
	parts := map[string]string{}
	err := a.each(dir+"_rels/"+file+".rels", func(e xml.StartElement) bool {
		kind := attribute(e, "Type")
		if e.Name.Local != "Relationship" || attribute(e, "TargetMode") == "External" ||
			strings.HasSuffix(kind, "/chartsheet") || strings.HasSuffix(kind, "/dialogsheet") {
			return true
		}
		target := attribute(e, "Target")
		if !strings.HasPrefix(target, "/") {
			target = dir + target
		}
		if target = partName(target); a.parts[target] != nil {
			parts[attribute(e, "Id")] = target
		}
		return len(parts) <= mostParts
	})
	if len(parts) > mostParts {
		err = ErrBomb
	}
	return parts, err
}

// named makes a name of a sheet that can be kept and shown, and that no sheet above has.
func (b *Book) named(name string) string {
	name = strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == utf8.RuneError {
			return -1
		}
		return r
	}, name))
	if runes := []rune(name); len(runes) > mostName {
		name = string(runes[:mostName])
	}
	if _, taken := b.Place(name); name == "" || taken {
		return fmt.Sprintf("#%d", len(b.Tabs)+1)
	}
	return name
}
