package sheet

import (
	"errors"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"bangfu/internal/day"
	"bangfu/internal/money"
)

// mostRows is where a sheet of an XLSX ends; the writer goes on in a next sheet under the same heads.
const mostRows = 1_048_576

// mostText is the longest text a cell of an XLSX holds, in characters.
const mostText = 32_767

// ErrCell says that a text is longer than a cell can hold. Nothing is cut silently.
var ErrCell = errors.New("sheet: a text longer than a cell holds")

// ErrSheet says that a CSV cannot hold a second sheet.
var ErrSheet = errors.New("sheet: a CSV has one table")

// look is how a cell is shown: an index into the cell formats of the workbook (book.go).
type look int

const (
	plain look = iota
	heading
	asText
	quoted // text that begins like a formula
	amount
	date
)

// Cell is one value to write.
type Cell struct {
	text string
	look look
}

// Text is a cell that stays text: an ID number keeps its digits, and nothing is computed.
func Text(s string) Cell { return Cell{text: s, look: asText} }

// Number is a cell to count with.
func Number[N ~int | ~int64](n N) Cell {
	return Cell{text: strconv.FormatInt(int64(n), 10), look: plain}
}

// Money is an amount in yuan with two decimals, to count with.
func Money(a money.Amount) Cell { return Cell{text: a.String(), look: amount} }

// Date is a day; the unknown one is an empty cell. A day that a spreadsheet's calendar does not have is a text.
func Date(d day.Date) Cell {
	if d.Before(day.Of(1900, time.March, 1)) {
		return Text(d.String())
	}
	return Cell{text: d.String(), look: date}
}

// Texts makes a row of texts.
func Texts(cells ...string) []Cell {
	row := make([]Cell, len(cells))
	for i, cell := range cells {
		row[i] = Text(cell)
	}
	return row
}

// drain is what both kinds of writer do.
type drain interface {
	row(cells []Cell) error
	sheet(name string) error
	close() error
}

// Writer writes a table to a stream as its rows come.
type Writer struct {
	drain drain
}

// NewWriter begins a table. In an XLSX the first row is the heads: they are bold and stay in sight. The name of the
// sheet is that of its tab; a CSV has none.
func NewWriter(w io.Writer, kind Kind, sheetName string) (*Writer, error) {
	if kind == CSV {
		d, err := newTextWriter(w)
		return &Writer{drain: d}, err
	}
	d, err := newBookWriter(w, sheetName)
	return &Writer{drain: d}, err
}

// Row writes one row. It answers ErrCell or what the stream answers; the table is of no use then.
func (w *Writer) Row(cells ...Cell) error {
	return w.drain.row(cells)
}

// Sheet begins a next sheet of an XLSX; its first row is its heads. A CSV has one table only and answers ErrSheet.
func (w *Writer) Sheet(name string) error { return w.drain.sheet(name) }

// Close ends the table. It leaves the stream open.
func (w *Writer) Close() error { return w.drain.close() }

// formulas begin a cell that a spreadsheet would compute, in both widths; what else could lead to one is no printing
// sign and is taken for a space by clean.
const formulas = "=+-@＝＋－＠"

// clean makes a text one that a cell can hold: no control signs but line ends, no half characters.
func clean(s string) string {
	if !strings.ContainsFunc(s, unclean) && utf8.ValidString(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if unclean(r) {
			return ' '
		}
		return r
	}, strings.ReplaceAll(s, "\r\n", "\n"))
}

func unclean(r rune) bool {
	return r < ' ' && r != '\n' || r == 0x7f || r == 0xfffe || r == 0xffff
}

// tempting tells whether a spreadsheet that opens the text as a file of text would compute it.
func tempting(s string) bool {
	s = strings.TrimLeft(s, " \n\u00a0\u3000")
	first, _ := utf8.DecodeRuneInString(s)
	return s != "" && strings.ContainsRune(formulas, first)
}

// longDigits tells whether the text is a number so long that a spreadsheet would round it: an ID, card or phone number.
func longDigits(s string) bool {
	if len(s) < 11 && !(strings.HasPrefix(s, "0") && len(s) > 1) {
		return false
	}
	for i := range len(s) {
		if (s[i] < '0' || s[i] > '9') && !(i == len(s)-1 && s[i] == 'X') {
			return false
		}
	}
	return true
}

// textWriter writes CSV in UTF-8 with a mark, its lines ended as spreadsheets end them.
type textWriter struct {
	w    io.Writer
	line []byte
}

func newTextWriter(w io.Writer) (*textWriter, error) {
	_, err := io.WriteString(w, byteOrderMark)
	return &textWriter{w: w}, err
}

func (t *textWriter) row(cells []Cell) error {
	t.line = t.line[:0]
	for i, cell := range cells {
		if i > 0 {
			t.line = append(t.line, ',')
		}
		s := cell.text
		if cell.look == asText {
			s = clean(s)
			switch {
			case tempting(s):
				s = "'" + s
			case longDigits(s):
				s = "\t" + s // a tab keeps it from being read as a number, and shows as nothing
			}
		}
		if !strings.ContainsAny(s, "\",\n") {
			t.line = append(t.line, s...)
			continue
		}
		t.line = append(t.line, '"')
		t.line = append(t.line, strings.ReplaceAll(s, `"`, `""`)...)
		t.line = append(t.line, '"')
	}
	t.line = append(t.line, "\r\n"...)
	_, err := t.w.Write(t.line)
	return err
}

func (t *textWriter) sheet(string) error { return ErrSheet }

func (t *textWriter) close() error { return nil }
