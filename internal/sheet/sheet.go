// Package sheet reads and writes tables as streams: XLSX and CSV, as spreadsheets make and open them.
//
// What an upload is, its bytes tell, never its name. A reader gives one sheet, the first visible one unless another is
// asked for, row by row in bounded memory, whatever is uploaded: packed sizes, their ratio, the directory of the archive, each text and each cell are
// limited, and a document type (and with it every entity) is refused. It computes no formula: it gives the value the
// spreadsheet had stored. A writer puts each row out as it comes; text stays text, so that an ID number keeps its
// eighteen digits, and a text that begins like a formula stays harmless.
package sheet

import (
	"errors"
	"fmt"
	"io"

	"bangfu/internal/words"
)

// Kind is the form of a table on disk.
type Kind string

// The kinds. An upload's own kind is found by its content.
const (
	XLSX Kind = "xlsx"
	CSV  Kind = "csv"
)

// MediaType gives the media type to send a table with.
func (k Kind) MediaType() string {
	if k == CSV {
		return "text/csv; charset=utf-8"
	}
	return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
}

// Key gives the word for the kind.
func (k Kind) Key() words.Key { return words.Key("sheet.kind." + string(k)) }

// Limits say how much of a table is read before it is refused as a whole.
type Limits struct {
	Rows          int   // the last row that may hold something
	Columns       int   // the last column that may hold something
	CellRunes     int   // characters of one cell
	Bytes         int64 // of the upload
	UnpackedBytes int64 // of each part of an XLSX once unpacked
}

// Usual is enough for a sheet of a million rows with a dozen columns.
var Usual = Limits{Rows: 1_048_576, Columns: 256, CellRunes: 4000, Bytes: 50 << 20, UnpackedBytes: 1 << 30}

// Fault says what a person can mend about a table: a key of the catalogue with its arguments, and the row it is of,
// counted from 1 as the spreadsheet counts (0 = the whole table). The errors below are of this type; errors.Is
// compares them by their key.
type Fault struct {
	Key  words.Key
	Args []any
	Row  int
}

// What Open and Next may answer.
var (
	ErrEmpty     = &Fault{Key: "sheet.fault.empty"}
	ErrTooLarge  = &Fault{Key: "sheet.fault.too_large"}     // more bytes than allowed, packed or unpacked
	ErrTooMany   = &Fault{Key: "sheet.fault.too_many"}      // more rows than allowed
	ErrTooWide   = &Fault{Key: "sheet.fault.too_wide"}      // more columns than allowed
	ErrTooLong   = &Fault{Key: "sheet.fault.too_long"}      // a cell with more characters than allowed
	ErrBomb      = &Fault{Key: "sheet.fault.bomb"}          // packed in a way no spreadsheet packs
	ErrDamaged   = &Fault{Key: "sheet.fault.damaged"}       // not readable to its end
	ErrOld       = &Fault{Key: "sheet.fault.old"}           // .xls, or protected by a password
	ErrNotASheet = &Fault{Key: "sheet.fault.not_a_sheet"}   // neither XLSX nor text
	ErrEncoding  = &Fault{Key: "sheet.fault.encoding"}      // text in neither UTF-8 nor GB18030
	ErrQuotes    = &Fault{Key: "sheet.fault.quotes"}        // a quotation mark that is never closed
	ErrTabs      = &Fault{Key: "sheet.fault.too_many_tabs"} // more sheets than allowed
)

// Error names the key; it is for logs and tests and never shown to a person.
func (f *Fault) Error() string { return fmt.Sprintf("%s in row %d", f.Key, f.Row) }

// Is compares faults by their key.
func (f *Fault) Is(target error) bool {
	other, ok := target.(*Fault)
	return ok && other.Key == f.Key
}

// Message says the fault, with its row if it is of one.
func (f *Fault) Message() words.Message {
	said := words.Saying(f.Key, f.Args...)
	if f.Row == 0 {
		return said
	}
	return words.Saying("sheet.fault.in_row", f.Row, said)
}

// at gives the same fault with its row and arguments.
func (f *Fault) at(row int, args ...any) *Fault { return &Fault{Key: f.Key, Args: args, Row: row} }

// AsFault finds a Fault in an error chain.
func AsFault(err error) (*Fault, bool) {
	var fault *Fault
	return fault, errors.As(err, &fault)
}

// rows is what both kinds of reader do: the cells of the next row that holds something, and its number.
type rows interface {
	next() ([]string, int, error)
	read() int64 // bytes of the whole that went by, roughly
	Close() error
}

// Reader reads the rows of one sheet in their order.
type Reader struct {
	rows rows
	row  int
	size int64 // what read will have come to at the end
	err  error
}

// Open finds out by its content what an upload of size bytes is and reads its first visible sheet row by row: XLSX, or
// text in UTF-8, UTF-16 with a mark or GB18030, its cells parted by commas, tabs, semicolons or bars. It answers a
// *Fault for everything a person can mend. OpenBook tells which other sheets there are.
func Open(r io.ReaderAt, size int64, limits Limits) (*Reader, error) {
	b, err := OpenBook(r, size, limits)
	if err != nil {
		return nil, err
	}
	return b.Open(b.First(), 0)
}

// Row tells the number of the row that Next gave last, from 1, as the spreadsheet counts: blank rows count too.
func (r *Reader) Row() int { return r.row }

// Percent tells how much of the sheet was read, 0 to 100. It is for a progress bar: an upload that lies about its size
// lies about this.
func (r *Reader) Percent() int {
	if r.size <= 0 {
		return 0
	}
	return int(max(0, min(100, r.rows.read()*100/r.size)))
}

// Next gives the cells of the next row that holds something, without what protects them from spreadsheets (spaces,
// control signs, a leading apostrophe, ="…"). The slice is the caller's. Dates come as 2026-11-22, numbers plain with
// at most fifteen digits that count. It answers io.EOF at the end, a *Fault where the table cannot be read on, and the
// same again after that.
func (r *Reader) Next() ([]string, error) {
	for r.err == nil {
		var cells []string
		cells, r.row, r.err = r.rows.next()
		if r.err != nil {
			break
		}
		blank := true
		for i, cell := range cells {
			cells[i] = bare(cell)
			blank = blank && cells[i] == ""
		}
		if !blank {
			return cells, nil
		}
	}
	return nil, r.err
}

// Close gives back what the reader holds. It leaves what Open was given open.
func (r *Reader) Close() error {
	if r.err == nil {
		r.err = io.EOF
	}
	return r.rows.Close()
}

func megabytes(bytes int64) int64 { return bytes >> 20 }
