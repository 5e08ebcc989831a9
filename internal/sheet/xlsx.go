package sheet

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"
)

// xlsx reads the rows of one sheet of an archive.
type xlsx struct {
	d      *xml.Decoder
	stream *part
	limits Limits
	texts  *texts
	dates  []bool
	late   bool

	row    int
	column int // of the cell that was read last, from 1
	cells  []string
	cell   cell
}

// cell is the cell that is being read.
type cell struct {
	column int
	kind   string // s: shared text; inlineStr, str: text; b, e, d; else a number
	format int
	value  []byte
	taking bool // inside a tag whose text is the value
	spoken bool // inside of how a word is pronounced
}

func (x *xlsx) read() int64 { return x.stream.passed }

func (x *xlsx) Close() error { return x.stream.Close() }

// next reads up to the end of the next row. The sheet ends with its data: what stands behind them is not read.
func (x *xlsx) next() ([]string, int, error) {
	for {
		t, err := token(x.d)
		if errors.Is(err, io.EOF) {
			return nil, x.row, ErrDamaged.at(x.row) // cut before its data ended
		}
		if fault, ok := AsFault(err); ok {
			return nil, x.row, fault.at(x.row, fault.Args...)
		}
		if err != nil {
			return nil, x.row, err
		}
		switch e := t.(type) {
		case xml.StartElement:
			if err := x.start(e); err != nil {
				return nil, x.row, err
			}
		case xml.CharData:
			if x.cell.taking {
				x.cell.value = append(x.cell.value, e...)
				if len(x.cell.value) > utf8.UTFMax*x.limits.CellRunes {
					return nil, x.row, ErrTooLong.at(x.row, x.limits.CellRunes)
				}
			}
		case xml.EndElement:
			x.cell.taking = false
			switch e.Name.Local {
			case "rPh":
				x.cell.spoken = false
			case "c":
				if err := x.put(); err != nil {
					return nil, x.row, err
				}
			case "row":
				return x.cells, x.row, nil
			case "sheetData":
				return nil, x.row, io.EOF
			}
		}
	}
}

// start takes in a tag that opens.
func (x *xlsx) start(e xml.StartElement) error {
	switch e.Name.Local {
	case "row":
		number := x.row + 1
		if said := attribute(e, "r"); said != "" {
			n, err := strconv.Atoi(said)
			if err != nil || n < number {
				return ErrDamaged.at(number) // rows that go back
			}
			number = n
		}
		x.row, x.column, x.cells = number, 0, make([]string, 0, max(len(x.cells), 8))
	case "c":
		x.cell = cell{column: x.column + 1, kind: attribute(e, "t"), value: x.cell.value[:0]}
		if at := attribute(e, "r"); at != "" {
			column, ok := columnOf(at)
			if !ok || column <= x.column {
				return ErrDamaged.at(x.row)
			}
			x.cell.column = column
		}
		if said := attribute(e, "s"); said != "" {
			format, err := strconv.Atoi(said)
			if err != nil {
				return ErrDamaged.at(x.row)
			}
			x.cell.format = format
		}
		x.column = x.cell.column
	case "rPh":
		x.cell.spoken = true
	case "v", "t":
		x.cell.taking = !x.cell.spoken
	}
	return nil
}

// put sets the value of the cell that ended into its row. An empty cell takes no room, wherever it stands.
func (x *xlsx) put() error {
	value, err := x.value()
	if err != nil || value == "" {
		return err
	}
	if x.row > x.limits.Rows {
		return ErrTooMany.at(x.row, x.limits.Rows)
	}
	if x.cell.column > x.limits.Columns {
		return ErrTooWide.at(x.row, x.limits.Columns)
	}
	if len(value) > x.limits.CellRunes && utf8.RuneCountInString(value) > x.limits.CellRunes {
		return ErrTooLong.at(x.row, x.limits.CellRunes)
	}
	for len(x.cells) < x.cell.column {
		x.cells = append(x.cells, "")
	}
	x.cells[x.cell.column-1] = value
	return nil
}

// value reads what the cell shows.
func (x *xlsx) value() (string, error) {
	raw := string(x.cell.value)
	switch x.cell.kind {
	case "s":
		if raw == "" {
			return "", nil
		}
		i, err := strconv.Atoi(raw)
		text, ok := x.texts.at(i)
		if err != nil || !ok {
			return "", ErrDamaged.at(x.row)
		}
		return unescape(text), nil
	case "inlineStr", "str":
		return unescape(raw), nil
	case "b", "e", "d":
		return raw, nil
	}
	if raw == "" {
		return "", nil
	}
	format := x.cell.format
	return numberCell(raw, format >= 0 && format < len(x.dates) && x.dates[format], x.late), nil
}

// columnOf reads the column of a cell's address, "AB12" is 28; false when it is none that a sheet has.
func columnOf(at string) (int, bool) {
	const last = 16_384 // XFD
	n := 0
	for i := range len(at) {
		c := at[i]
		if c >= '0' && c <= '9' {
			return n, i > 0
		}
		if c < 'A' || c > 'Z' {
			return 0, false
		}
		if n = n*26 + int(c-'A') + 1; n > last {
			return 0, false
		}
	}
	return 0, false
}
