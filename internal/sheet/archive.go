package sheet

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strconv"
	"strings"
)

// Guards of the archive itself and of the parts that are held in memory.
const (
	mostDirectory = 2 << 20 // bytes read to learn what the archive holds
	mostParts     = 2000
	mostShared    = 64 << 20 // bytes of all shared texts together
	mostFormats   = 65_536   // cell formats; Excel itself ends at 65,490
)

// allowance lets so many bytes be read and no more, so that a directory of a million entries is not built up in memory.
type allowance struct {
	r    io.ReaderAt
	left int64
}

func (a *allowance) ReadAt(p []byte, off int64) (int, error) {
	if a.left -= int64(len(p)); a.left < 0 {
		return 0, ErrBomb
	}
	return a.r.ReadAt(p, off)
}

// archive is an XLSX with its parts by name.
type archive struct {
	parts  map[string]*zip.File
	limits Limits
}

// openArchive reads the directory of an archive. Archives within it are never opened.
func openArchive(r io.ReaderAt, size int64, limits Limits) (*archive, error) {
	counted := &allowance{r: r, left: mostDirectory}
	z, err := zip.NewReader(counted, size)
	if counted.left < 0 || err == nil && len(z.File) > mostParts {
		return nil, ErrBomb
	}
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, ErrDamaged
	}
	counted.left = 1 << 62 // the parts are guarded one by one
	a := &archive{parts: make(map[string]*zip.File, len(z.File)), limits: limits}
	for _, f := range z.File {
		a.parts[partName(f.Name)] = f
	}
	return a, nil
}

// partName writes the name of a part in one way: no leading stroke, strokes forward.
func partName(name string) string {
	return strings.TrimPrefix(path.Clean("/"+strings.ReplaceAll(name, `\`, "/")), "/")
}

// part is a part of an archive that is open.
type part struct {
	*guard
	io.Closer
	declared uint64 // its size as the archive says, for a progress bar alone
}

// open gives a part as a stream of guarded XML; false when the archive has no such part.
func (a *archive) open(name string, limits Limits) (*xml.Decoder, *part, bool, error) {
	f, ok := a.parts[name]
	if !ok {
		return nil, nil, false, nil
	}
	// An archive that says itself that it is a bomb is not unpacked at all; one that lies meets the guard.
	if f.UncompressedSize64 > smallPart && f.UncompressedSize64/mostRatio > f.CompressedSize64 {
		return nil, nil, true, ErrBomb
	}
	stream, err := f.Open()
	if err != nil {
		return nil, nil, true, ErrDamaged
	}
	p := &part{guarded(stream, int64(f.CompressedSize64), limits), stream, f.UncompressedSize64}
	return xml.NewDecoder(p.guard), p, true, nil
}

// each calls fn with each tag that opens in a part, until it answers false. A missing part has none.
func (a *archive) each(name string, fn func(xml.StartElement) bool) error {
	d, stream, ok, err := a.open(name, a.limits)
	if err != nil || !ok {
		return err
	}
	defer stream.Close()
	for {
		t, err := token(d)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if e, ok := t.(xml.StartElement); ok && !fn(e) {
			return nil
		}
	}
}

// dates tells of each cell format whether it shows a date.
func (a *archive) dates() ([]bool, error) {
	codes := map[int]string{}
	var dates []bool
	inside, tooMany := false, false
	err := a.each("xl/styles.xml", func(e xml.StartElement) bool {
		switch e.Name.Local {
		case "numFmt":
			if id, err := strconv.Atoi(attribute(e, "numFmtId")); err == nil {
				codes[id] = attribute(e, "formatCode")
			}
		case "cellXfs":
			inside = true
		case "cellStyles", "dxfs":
			inside = false
		case "xf":
			if inside {
				id, _ := strconv.Atoi(attribute(e, "numFmtId")) // without one it is 0, General
				dates = append(dates, showsDate(id, codes[id]))
			}
		}
		tooMany = len(dates) > mostFormats || len(codes) > mostFormats
		return !tooMany
	})
	if tooMany {
		return nil, ErrBomb
	}
	return dates, err
}

// texts are the shared texts of a workbook, one after the other in one piece of memory.
type texts struct {
	all  []byte
	ends []uint32
}

// at gives one text; false when there is none of this number.
func (t *texts) at(i int) (string, bool) {
	if i < 0 || i >= len(t.ends) {
		return "", false
	}
	from := uint32(0)
	if i > 0 {
		from = t.ends[i-1]
	}
	return string(t.all[from:t.ends[i]]), true
}

// shared reads the shared texts. How a word is pronounced (rPh) is no part of the text.
func (a *archive) shared() (*texts, error) {
	t := &texts{}
	d, stream, ok, err := a.open("xl/sharedStrings.xml", a.limits)
	if err != nil || !ok {
		return t, err
	}
	defer stream.Close()
	inText, spoken := false, 0
	for {
		next, err := token(d)
		if errors.Is(err, io.EOF) {
			return t, nil
		}
		if err != nil {
			return nil, err
		}
		switch e := next.(type) {
		case xml.StartElement:
			inText = e.Name.Local == "t" && spoken == 0
			if e.Name.Local == "rPh" {
				spoken++
			}
		case xml.CharData:
			if inText {
				t.all = append(t.all, e...)
			}
		case xml.EndElement:
			inText = false
			switch e.Name.Local {
			case "rPh":
				spoken--
			case "si":
				t.ends = append(t.ends, uint32(len(t.all)))
			}
		}
		if len(t.all)+8*len(t.ends) > mostShared {
			return nil, ErrTooLarge.at(0, megabytes(mostShared))
		}
	}
}
