package sheet

import (
	"archive/zip"
	"bufio"
	"compress/flate"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"bangfu/internal/day"
)

// bookWriter writes an XLSX: each sheet as its rows come, then the parts that tell what the archive holds.
type bookWriter struct {
	z     *zip.Writer
	out   *bufio.Writer // into the sheet that is open
	name  string        // of the table
	names []string      // of the sheets so far
	parts int           // sheets of the table
	rows  int           // of the sheet that is open
	most  int           // rows of a sheet
	heads []Cell
	line  []byte
}

func newBookWriter(w io.Writer, name string) (*bookWriter, error) {
	z := zip.NewWriter(w)
	z.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) {
		return flate.NewWriter(w, flate.BestSpeed)
	})
	b := &bookWriter{z: z, name: sheetName(name), most: mostRows}
	return b, b.begin()
}

// sheetName makes a name that a tab may have: no signs of a path, at most 28 characters, so that a number fits behind.
func sheetName(name string) string {
	name = strings.TrimSpace(strings.Map(func(r rune) rune {
		if strings.ContainsRune(`:\/?*[]'`, r) || r < ' ' {
			return -1
		}
		return r
	}, name))
	if runes := []rune(name); len(runes) > 28 {
		name = string(runes[:28])
	}
	if name == "" {
		return "Sheet"
	}
	return name
}

// begin opens the next sheet of the table, under the heads of its first.
func (b *bookWriter) begin() error {
	b.parts++
	b.rows = 0
	name := b.name
	if b.parts > 1 {
		name += " " + strconv.Itoa(b.parts)
	}
	b.names = append(b.names, name)
	part, err := b.z.Create(fmt.Sprintf("xl/worksheets/sheet%d.xml", len(b.names)))
	if err != nil {
		return err
	}
	b.out = bufio.NewWriterSize(part, 64<<10)
	if _, err := b.out.WriteString(sheetHead); err != nil {
		return err
	}
	if b.heads == nil {
		return nil
	}
	return b.write(b.heads)
}

// sheet ends the table and begins another.
func (b *bookWriter) sheet(name string) error {
	if err := b.end(); err != nil {
		return err
	}
	b.name, b.parts, b.heads = sheetName(name), 0, nil
	return b.begin()
}

func (b *bookWriter) end() error {
	if _, err := b.out.WriteString(`</sheetData></worksheet>`); err != nil {
		return err
	}
	return b.out.Flush()
}

func (b *bookWriter) row(cells []Cell) error {
	if b.heads == nil {
		b.heads = make([]Cell, len(cells))
		for i, cell := range cells {
			b.heads[i] = Cell{text: cell.text, look: heading}
		}
		return b.write(b.heads)
	}
	if b.rows == b.most {
		if err := b.end(); err != nil {
			return err
		}
		if err := b.begin(); err != nil {
			return err
		}
	}
	return b.write(cells)
}

// write puts one row into the sheet that is open. Cells carry no address: they stand in their order.
func (b *bookWriter) write(cells []Cell) error {
	b.rows++
	line := append(b.line[:0], "<row>"...)
	for _, cell := range cells {
		var err error
		if line, err = cell.append(line); err != nil {
			return err
		}
	}
	b.line = append(line, "</row>"...)
	_, err := b.out.Write(b.line)
	return err
}

// append writes a cell as XML.
func (c Cell) append(line []byte) ([]byte, error) {
	switch {
	case c.text == "":
		return append(line, "<c/>"...), nil
	case c.look == plain || c.look == amount:
		line = appendStyle(line, c.look)
		line = append(line, "><v>"...)
		line = append(line, c.text...)
		return append(line, "</v></c>"...), nil
	case c.look == date:
		day, err := day.Parse(c.text)
		if err != nil {
			return line, fmt.Errorf("writing the day %q: %w", c.text, err)
		}
		line = appendStyle(line, c.look)
		line = append(line, "><v>"...)
		line = strconv.AppendInt(line, int64(day.Sub(dayZero)), 10)
		return append(line, "</v></c>"...), nil
	}
	if len(c.text) > mostText && utf8.RuneCountInString(c.text) > mostText {
		return line, ErrCell
	}
	text, how := clean(c.text), c.look
	if how == asText && tempting(text) {
		how = quoted
	}
	line = appendStyle(line, how)
	line = append(line, ` t="inlineStr"><is><t xml:space="preserve">`...)
	line = appendEscaped(line, text)
	return append(line, "</t></is></c>"...), nil
}

// dayZero is the day that spreadsheets count from, given that they have a 29 February 1900.
var dayZero = day.Of(1899, time.December, 30)

func appendStyle(line []byte, l look) []byte {
	line = append(line, `<c s="`...)
	line = strconv.AppendInt(line, int64(l), 10)
	return append(line, '"')
}

// appendEscaped writes text into XML; what XLSX would read as an escaped sign is escaped itself.
func appendEscaped(line []byte, s string) []byte {
	for i := range len(s) {
		switch c := s[i]; c {
		case '&':
			line = append(line, "&amp;"...)
		case '<':
			line = append(line, "&lt;"...)
		case '>':
			line = append(line, "&gt;"...)
		case '_':
			if unescape(s[i:min(i+7, len(s))]) != s[i:min(i+7, len(s))] {
				line = append(line, "_x005F_"...)
			} else {
				line = append(line, c)
			}
		default:
			line = append(line, c)
		}
	}
	return line
}

// close ends the last sheet and writes what tells where everything is.
func (b *bookWriter) close() error {
	if err := b.end(); err != nil {
		return err
	}
	var types, sheets, relations strings.Builder
	for i, name := range b.names {
		i++
		fmt.Fprintf(&types, `<Override PartName="/xl/worksheets/sheet%d.xml" ContentType="%s.worksheet+xml"/>`, i, contentType)
		fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d" r:id="rId%d"/>`, appendEscaped(nil, name), i, i)
		fmt.Fprintf(&relations, `<Relationship Id="rId%d" Type="%s/worksheet" Target="worksheets/sheet%d.xml"/>`, i, relationType, i)
	}
	fmt.Fprintf(&relations, `<Relationship Id="rId%d" Type="%s/styles" Target="styles.xml"/>`, len(b.names)+1, relationType)
	for _, part := range []struct{ name, text string }{
		{"[Content_Types].xml", fmt.Sprintf(typesPart, types.String())},
		{"_rels/.rels", rootPart},
		{"xl/workbook.xml", fmt.Sprintf(workbookPart, strings.ReplaceAll(sheets.String(), `name=""`, `name="Sheet"`))},
		{"xl/_rels/workbook.xml.rels", fmt.Sprintf(relationsPart, relations.String())},
		{"xl/styles.xml", stylesPart},
	} {
		w, err := b.z.Create(part.name)
		if err != nil {
			return err
		}
		if _, err := io.WriteString(w, part.text); err != nil {
			return err
		}
	}
	return b.z.Close()
}

const (
	xmlHead      = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
	mainSpace    = `http://schemas.openxmlformats.org/spreadsheetml/2006/main`
	relationType = `http://schemas.openxmlformats.org/officeDocument/2006/relationships`
	packageSpace = `http://schemas.openxmlformats.org/package/2006`
	contentType  = `application/vnd.openxmlformats-officedocument.spreadsheetml`

	sheetHead = xmlHead + `<worksheet xmlns="` + mainSpace + `"><sheetViews><sheetView workbookViewId="0">` +
		`<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>` +
		`<sheetFormatPr defaultColWidth="16" defaultRowHeight="16"/><sheetData>`
	typesPart = xmlHead + `<Types xmlns="` + packageSpace + `/content-types">` +
		`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/>` +
		`<Override PartName="/xl/workbook.xml" ContentType="` + contentType + `.sheet.main+xml"/>` +
		`<Override PartName="/xl/styles.xml" ContentType="` + contentType + `.styles+xml"/>%s</Types>`
	rootPart = xmlHead + `<Relationships xmlns="` + packageSpace + `/relationships">` +
		`<Relationship Id="rId1" Type="` + relationType + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	workbookPart = xmlHead + `<workbook xmlns="` + mainSpace + `" xmlns:r="` + relationType + `"><sheets>%s</sheets></workbook>`
	// relationsPart names the sheets and the styles of the workbook.
	relationsPart = xmlHead + `<Relationships xmlns="` + packageSpace + `/relationships">%s</Relationships>`
	// stylesPart holds the cell formats in the order of the looks.
	stylesPart = xmlHead + `<styleSheet xmlns="` + mainSpace + `">` +
		`<numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/></numFmts>` +
		`<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>` +
		`<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>` +
		`<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>` +
		`<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>` +
		`<cellXfs count="6">` +
		`<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
		`<xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/>` +
		`<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
		`<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" quotePrefix="1"/>` +
		`<xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
		`<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>` +
		`</cellXfs></styleSheet>`
)
