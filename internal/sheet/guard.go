package sheet

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
)

// Guards of the parts of an archive. A small part may unpack to smallPart whatever its ratio; spreadsheets of one and
// the same row reach a ratio of 60, deflate itself ends at 1032.
const (
	smallPart = 4 << 20
	mostRatio = 200
	// mostRun is the longest text between two tags, far above the 32,767 characters of a cell.
	mostRun = 1 << 20
)

// guard passes the bytes of a part of an archive on, and stops at what no spreadsheet writes: more bytes than allowed,
// "<!" (a document type, and with it entities, a comment, CDATA), or a text without an end, which would have to be
// held in memory. What the archive's directory says about sizes is not believed.
type guard struct {
	r        io.Reader
	left     int64 // bytes that may still come
	passed   int64 // bytes that came
	tooMany  *Fault
	run      int
	last     byte
	tripping error
}

// guarded wraps a part that takes packed bytes in the archive.
func guarded(r io.Reader, packed int64, limits Limits) *guard {
	g := &guard{r: r, left: max(packed*mostRatio, smallPart), tooMany: ErrBomb}
	if g.left > limits.UnpackedBytes {
		g.left, g.tooMany = limits.UnpackedBytes, ErrTooLarge.at(0, megabytes(limits.UnpackedBytes))
	}
	return g
}

func (g *guard) Read(p []byte) (int, error) {
	if g.tripping != nil {
		return 0, g.tripping
	}
	n, err := g.r.Read(p)
	g.passed += int64(n)
	if g.left -= int64(n); g.left < 0 {
		return 0, g.trip(g.tooMany)
	}
	if fault := g.look(p[:n]); fault != nil {
		return 0, g.trip(fault)
	}
	return n, err
}

func (g *guard) trip(fault *Fault) error {
	g.tripping = fault
	return fault
}

// look finds what must not be in the bytes.
func (g *guard) look(p []byte) *Fault {
	if len(p) == 0 {
		return nil
	}
	if g.last == '<' && p[0] == '!' || bytes.Contains(p, []byte("<!")) {
		return ErrBomb
	}
	g.last = p[len(p)-1]
	for {
		at := bytes.IndexByte(p, '<')
		if at < 0 {
			g.run += len(p)
			break
		}
		if g.run+at > mostRun {
			return ErrTooLong
		}
		g.run, p = 0, p[at+1:]
	}
	if g.run > mostRun {
		return ErrTooLong
	}
	return nil
}

// token reads the next tag or text. A part that is no XML, or is cut, is ErrDamaged.
func token(d *xml.Decoder) (xml.Token, error) {
	t, err := d.RawToken()
	if err == nil || errors.Is(err, io.EOF) {
		return t, err
	}
	if fault, ok := AsFault(err); ok {
		return nil, fault
	}
	return nil, ErrDamaged
}

// attribute gives the value of an attribute by its local name, "" when the tag has none.
func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space != "xmlns" {
			return a.Value
		}
	}
	return ""
}
