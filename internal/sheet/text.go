package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// byteOrderMark begins a CSV in UTF-8, so that spreadsheets read it as such.
const byteOrderMark = "\ufeff"

// text reads rows of cells from plain text. It differs from encoding/csv in what it must bear: a cell has a limit
// before it is held, and a quotation mark within an unquoted cell stands for itself.
type text struct {
	r       *bufio.Reader
	limits  Limits
	comma   rune
	decoded bool // from GB18030: a sign that could not be read has become U+FFFD
	row     int
	ended   bool
	whole   *io.SectionReader
}

// openText finds the encoding by reading all of the text once, and the sign between cells in its first line.
func openText(r io.ReaderAt, size int64, limits Limits) (rows, error) {
	head := make([]byte, min(size, 64<<10))
	if n, err := r.ReadAt(head, 0); err != nil && !(errors.Is(err, io.EOF) && n == len(head)) {
		return nil, fmt.Errorf("reading the head of a text: %w", err)
	}
	whole := io.NewSectionReader(r, 0, size)
	var plain io.Reader = whole
	decoded := false
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		plain, decoded = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Reader(whole), true
	default:
		valid, binary, err := isUTF8(whole)
		if err != nil {
			return nil, fmt.Errorf("reading a text: %w", err)
		}
		if binary {
			return nil, ErrNotASheet
		}
		whole = io.NewSectionReader(r, 0, size)
		plain = whole
		if !valid {
			plain, decoded = simplifiedchinese.GB18030.NewDecoder().Reader(whole), true
		}
	}
	t := &text{r: bufio.NewReaderSize(plain, 64<<10), limits: limits, decoded: decoded, whole: whole}
	if mark, _, err := t.r.ReadRune(); err == nil && string(mark) != byteOrderMark {
		_ = t.r.UnreadRune() // the last call read a rune
	}
	first, _ := t.r.Peek(16 << 10) // fewer where the text is shorter
	t.comma = separator(first)
	return t, nil
}

// isUTF8 reads all of r and tells whether it is UTF-8, and whether it is no text at all (a zero byte).
func isUTF8(r io.Reader) (valid, binary bool, err error) {
	valid = true
	buffer := make([]byte, 64<<10)
	kept := 0
	for {
		n, err := r.Read(buffer[kept:])
		part := buffer[:kept+n]
		if bytes.IndexByte(part[kept:], 0) >= 0 {
			return false, true, nil
		}
		if valid {
			cut := len(part)
			for back := 1; back < utf8.UTFMax && back <= len(part); back++ {
				if c := part[len(part)-back]; utf8.RuneStart(c) {
					if !utf8.FullRune(part[len(part)-back:]) {
						cut = len(part) - back
					}
					break
				}
			}
			valid = utf8.Valid(part[:cut])
			kept = copy(buffer, part[cut:])
		} else {
			kept = 0
		}
		if errors.Is(err, io.EOF) {
			return valid && kept == 0, false, nil
		}
		if err != nil {
			return false, false, err
		}
	}
}

// separator is the sign between cells in the first line.
func separator(head []byte) rune {
	first, _, _ := bytes.Cut(head, []byte("\n"))
	best := ','
	for _, sign := range "\t;|" {
		if strings.Count(string(first), string(sign)) > strings.Count(string(first), string(best)) {
			best = sign
		}
	}
	return best
}

func (t *text) Close() error { return nil }

func (t *text) read() int64 {
	at, _ := t.whole.Seek(0, io.SeekCurrent) // asking for the place never fails
	return at
}

// next reads one row: up to the end of a line that is in no quoted cell.
func (t *text) next() ([]string, int, error) {
	if t.ended {
		return nil, t.row, io.EOF
	}
	t.row++
	var cells []string
	for {
		cell, last, err := t.cell()
		if err != nil {
			return nil, t.row, err
		}
		if cell != "" && len(cells) >= t.limits.Columns {
			return nil, t.row, ErrTooWide.at(t.row, t.limits.Columns)
		}
		if cell != "" && t.row > t.limits.Rows {
			return nil, t.row, ErrTooMany.at(t.row, t.limits.Rows)
		}
		if len(cells) < t.limits.Columns {
			cells = append(cells, cell)
		}
		if last {
			return cells, t.row, nil
		}
	}
}

// cell reads one cell; last tells that its row ends with it.
func (t *text) cell() (cell string, last bool, err error) {
	var b strings.Builder
	quoted, opened := false, false
	for runes := 0; ; {
		r, size, err := t.r.ReadRune()
		switch {
		case errors.Is(err, io.EOF) && quoted:
			return "", true, ErrQuotes.at(t.row)
		case errors.Is(err, io.EOF):
			t.ended = true
			return b.String(), true, nil
		case err != nil:
			return "", true, fmt.Errorf("reading row %d of a text: %w", t.row, err)
		case r == utf8.RuneError && (t.decoded || size == 1):
			return "", true, ErrEncoding.at(t.row)
		case quoted && r == '"':
			if next, _, err := t.r.ReadRune(); err == nil && next == '"' {
				break // two of them stand for one
			} else if err == nil {
				_ = t.r.UnreadRune() // the last call read a rune
			}
			quoted = false
			continue
		case quoted:
		case r == '"' && !opened && strings.TrimSpace(b.String()) == "":
			b.Reset()
			quoted, opened = true, true
			continue
		case r == t.comma:
			return b.String(), false, nil
		case r == '\n':
			return b.String(), true, nil
		case r == '\r':
			if next, _, err := t.r.ReadRune(); err == nil && next != '\n' {
				_ = t.r.UnreadRune() // the last call read a rune
			}
			return b.String(), true, nil
		}
		if runes++; runes > t.limits.CellRunes {
			return "", true, ErrTooLong.at(t.row, t.limits.CellRunes)
		}
		b.WriteRune(r)
	}
}
