package sheet

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"hash/crc32"
	"io"
	"strings"
	"testing"
	"time"
)

// packed makes an archive from names and texts, in their order.
func packed(t testing.TB, parts ...string) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i := 0; i < len(parts); i += 2 {
		w, err := z.Create(parts[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, parts[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// book makes a workbook with the given rows as its one sheet, and other parts beside or instead.
func book(t testing.TB, rows string, others ...string) []byte {
	t.Helper()
	parts := map[string]string{
		"_rels/.rels":                `<Relationships><Relationship Id="r1" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<workbook xmlns:r="x"><sheets><sheet name="一" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="rId1" Type="x/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   `<worksheet><sheetData>` + rows + `</sheetData></worksheet>`,
	}
	for i := 0; i < len(others); i += 2 {
		parts[others[i]] = others[i+1]
	}
	var list []string
	for name, text := range parts {
		list = append(list, name, text)
	}
	return packed(t, list...)
}

func TestWhatSpreadsheetsWrite(t *testing.T) {
	styles := `<styleSheet><numFmts><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/>` +
		`<numFmt numFmtId="177" formatCode="#,##0.00&quot;元 day&quot;;[Red]\-0"/></numFmts>` +
		`<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>` +
		`<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="176"/><xf numFmtId="177"/><xf numFmtId="31"/></cellXfs></styleSheet>`
	shared := `<sst><si><t>张三</t></si><si><r><t>李</t></r><r><t xml:space="preserve">四 </t></r><rPh><t>lisi</t></rPh></si><si/><si><t>a_x000D_b</t></si></sst>`
	for name, test := range map[string]struct{ rows, want string }{
		"shared texts":       {`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c><c r="D1" t="s"><v>2</v></c></row>`, "1: 张三||李四\n"},
		"escaped signs":      {`<row><c t="s"><v>3</v></c></row>`, "1: a\rb\n"},
		"rows left out":      {`<row r="3"><c r="B3"><v>1</v></c></row><row><c><v>2</v></c></row>`, "3: |1\n4: 2\n"},
		"blank rows":         {`<row r="1"><c r="A1" s="1"/></row><row r="2"><c r="A2"><v>5</v></c></row>`, "2: 5\n"},
		"inline texts":       {`<row><c t="inlineStr"><is><r><t>a&amp;</t></r><r><t>b</t></r></is></c></row>`, "1: a&b\n"},
		"a formula's value":  {`<row><c><f>1+1</f><v>2</v></c><c t="str"><f>"x"</f><v>x</v></c><c t="e"><v>#N/A</v></c><c t="b"><v>1</v></c></row>`, "1: 2|x|#N/A|1\n"},
		"dates by format":    {`<row><c s="1"><v>43164</v></c><c s="2"><v>43164.75</v></c><c s="3"><v>43164</v></c><c s="4"><v>60</v></c><c s="99"><v>43164</v></c></row>`, "1: 2018-03-05|2018-03-05|43164|60|43164\n"},
		"numbers":            {`<row><c><v>0.30000000000000004</v></c><c><v>1.30102199003071E+17</v></c><c><v>1234.5</v></c><c><v>1E3</v></c></row>`, "1: 0.3|130102199003071000|1234.5|1000\n"},
		"a prefix of names":  {`<x:row><x:c><x:v>7</x:v></x:c></x:row>`, "1: 7\n"},
		"an empty far cell":  {`<row><c r="A1"><v>7</v></c><c r="XFD1" s="1"/></row>`, "1: 7\n"},
		"an empty low row":   {`<row r="1"><c><v>7</v></c></row><row r="1048577"/>`, "1: 7\n"},
		"what comes behind":  {`<row><c><v>7</v></c></row></sheetData><mergeCells/><sheetData><row><c><v>8</v></c></row>`, "1: 7\n"},
		"nothing in a sheet": {``, ""},
	} {
		got, err := read(book(t, test.rows, "xl/styles.xml", styles, "xl/sharedStrings.xml", shared), Usual)
		if err != nil || got != test.want {
			t.Errorf("%s: %q, %v; want %q", name, got, err, test.want)
		}
	}
	one := `<row><c s="1"><v>1</v></c></row>`
	late := `<workbook xmlns:r="x"><workbookPr date1904="1"/><sheets><sheet state="hidden" name="一" r:id="rId9"/><sheet name="二" r:id="rId1"/></sheets></workbook>`
	if got, err := read(book(t, one, "xl/styles.xml", styles, "xl/workbook.xml", late), Usual); err != nil || got != "1: 1904-01-02\n" {
		t.Errorf("days from 1904 in the first visible sheet: %q, %v", got, err)
	}
}

func TestDateOf(t *testing.T) {
	for serial, want := range map[int]string{0: "", 1: "1900-01-01", 59: "1900-02-28", 60: "", 61: "1900-03-01", 45000: "2023-03-15", 2958465: "9999-12-31", 2958466: "", -1: ""} {
		if got := DateOf(serial, false).String(); got != want {
			t.Errorf("day %d is %q, want %q", serial, got, want)
		}
	}
	if got := DateOf(0, true).String(); got != "1904-01-01" {
		t.Error(got)
	}
}

func TestWhatNoSpreadsheetWrites(t *testing.T) {
	cell := `<row><c t="inlineStr"><is><t>x</t></is></c></row>`
	bomb := strings.Repeat(`<row><c><v>1</v></c></row>`, 400_000) // ten megabytes, packed to some ten thousand bytes
	for name, test := range map[string]struct {
		data []byte
		want *Fault
	}{
		"an external entity":     {book(t, "", "xl/worksheets/sheet1.xml", `<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet><sheetData><row><c t="str"><v>&e;</v></c></row></sheetData></worksheet>`), ErrBomb},
		"an entity of its own":   {book(t, `<row><c t="str"><v>&lol;</v></c></row>`), ErrDamaged},
		"a document type inside": {book(t, cell, "xl/sharedStrings.xml", `<?xml version="1.0"?><!DOCTYPE sst><sst/>`), ErrBomb},
		"ten megabytes in few":   {book(t, bomb), ErrBomb},
		"a text without an end":  {book(t, `<row><c t="str"><v>`+strings.Repeat("x", mostRun+1)+`</v></c></row>`), ErrTooLong},
		"other encodings":        {book(t, "", "xl/worksheets/sheet1.xml", `<?xml version="1.0" encoding="UTF-7"?><worksheet/>`), ErrDamaged},
		"a cut sheet":            {book(t, "", "xl/worksheets/sheet1.xml", `<worksheet><sheetData><row><c><v>1</v>`), ErrDamaged},
		"rows that go back":      {book(t, `<row r="2"/><row r="2"/>`), ErrDamaged},
		"a row of no number":     {book(t, `<row r="-1"/>`), ErrDamaged},
		"a huge row number":      {book(t, `<row r="99999999999999999999"/>`), ErrDamaged},
		"a row too low":          {book(t, `<row r="1048577"><c><v>1</v></c></row>`), ErrTooMany},
		"a column too far":       {book(t, `<row><c r="XFE1"><v>1</v></c></row>`), ErrDamaged},
		"columns that go back":   {book(t, `<row><c r="B1"/><c r="A1"/></row>`), ErrDamaged},
		"a text of no number":    {book(t, `<row><c t="s"><v>0</v></c></row>`), ErrDamaged},
		"a format of no number":  {book(t, `<row><c s="x"><v>0</v></c></row>`), ErrDamaged},
		"no sheet":               {packed(t, "word/document.xml", "<x/>"), ErrNotASheet},
		"a sheet elsewhere":      {book(t, cell, "xl/_rels/workbook.xml.rels", `<R><Relationship Id="rId1" TargetMode="External" Target="http://127.0.0.1/x"/></R>`), ErrNotASheet},
		"a name that leads out":  {book(t, cell, "xl/_rels/workbook.xml.rels", `<R><Relationship Id="rId1" Target="../../../../etc/passwd"/></R>`), ErrNotASheet},
		"an archive in archives": {packed(t, "xl/workbook.xml", string(book(t, cell))), ErrDamaged},
		"an empty archive":       {packed(t), ErrDamaged},
		"half an archive":        {book(t, cell)[:300], ErrDamaged},
	} {
		start := time.Now()
		got, err := read(test.data, Usual)
		check(t, name, err, test.want)
		if took := time.Since(start); took > time.Second {
			t.Errorf("%s: took %v and gave %d bytes", name, took, len(got))
		}
	}
}

func TestADirectoryOfAMillion(t *testing.T) {
	parts := make([]string, 0, 2*mostParts+2)
	for i := range mostParts {
		parts = append(parts, fmt.Sprintf("x%d", i), "")
	}
	_, err := read(packed(t, parts...), Usual)
	check(t, "as many parts as allowed", err, ErrNotASheet)
	_, err = read(packed(t, append(parts, "y", "")...), Usual)
	check(t, "a part too many", err, ErrBomb)
	for range 6 {
		parts = append(parts, parts...)
	}
	data := packed(t, parts...)
	start := time.Now()
	_, err = read(data, Usual)
	check(t, fmt.Sprintf("%d parts", len(parts)/2), err, ErrBomb)
	if took := time.Since(start); took > time.Second {
		t.Errorf("took %v", took)
	}
}

// TestASizeThatLies says one byte in the directory and holds ten megabytes, plain and packed.
func TestASizeThatLies(t *testing.T) {
	long := []byte(`<worksheet><sheetData>` + strings.Repeat(`<row><c><v>1</v></c></row>`, 400_000) + `</sheetData></worksheet>`)
	var packed bytes.Buffer
	squeeze, err := flate.NewWriter(&packed, flate.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := squeeze.Write(long); err != nil {
		t.Fatal(err)
	}
	if err := squeeze.Close(); err != nil {
		t.Fatal(err)
	}
	_, err = read(lying(t, zip.Store, long, crc32.ChecksumIEEE(long)), Usual)
	check(t, "plain", err, ErrDamaged)
	_, err = read(lying(t, zip.Deflate, packed.Bytes(), crc32.ChecksumIEEE(long)), Usual)
	check(t, "packed", err, ErrDamaged)
}

// TestTheGuardCountsForItself reads parts of which the archive said nothing true.
func TestTheGuardCountsForItself(t *testing.T) {
	limits := Limits{UnpackedBytes: 2 * smallPart}
	for name, test := range map[string]struct {
		bytes  int
		packed int64
		want   *Fault
	}{
		"small, whatever its ratio":        {smallPart, 1, nil},
		"a byte more":                      {smallPart + 1, 1, ErrBomb},
		"as large as its ratio allows":     {(smallPart/mostRatio + 1) * mostRatio, smallPart/mostRatio + 1, nil},
		"as large as allowed":              {2 * smallPart, smallPart, nil},
		"larger than allowed, packed well": {2*smallPart + 1, smallPart, ErrTooLarge},
	} {
		tags := strings.NewReader(strings.Repeat("<", test.bytes))
		_, err := io.Copy(io.Discard, guarded(tags, test.packed, limits))
		check(t, name, err, test.want)
	}
}

// lying makes a workbook whose sheet is said to be one byte long.
func lying(t *testing.T, method uint16, data []byte, sum uint32) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for name, text := range map[string]string{
		"xl/workbook.xml":            `<workbook xmlns:r="x"><sheets><sheet r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<R><Relationship Id="rId1" Target="s.xml"/></R>`,
	} {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, text); err != nil {
			t.Fatal(err)
		}
	}
	raw, err := z.CreateRaw(&zip.FileHeader{Name: "xl/s.xml", Method: method, CRC32: sum, CompressedSize64: uint64(len(data)), UncompressedSize64: 1})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := raw.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// FuzzXLSX asks that no bytes panic or take longer than a second, whatever stands where a sheet should.
func FuzzXLSX(f *testing.F) {
	f.Add(book(f, `<row r="1"><c r="A1" t="s"><v>0</v></c></row>`, "xl/sharedStrings.xml", `<sst><si><t>a</t></si></sst>`))
	f.Add(made(f, XLSX, Texts("姓名", "身份证号"), Texts("张三", "1")))
	f.Add([]byte("PK\x03\x04"))
	f.Fuzz(func(t *testing.T, data []byte) { fuzzed(t, data) })
}

// FuzzXML is the same for the sheet inside a sound archive, where chance alone seldom gets.
func FuzzXML(f *testing.F) {
	for _, rows := range []string{
		`<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>43164</v></c></row>`,
		`<row><c t="inlineStr"><is><t>&#x41;</t></is></c></row>`, `<!DOCTYPE x>`, `<row r="9999999999"/>`,
	} {
		f.Add(rows, `<sst><si><t>a</t></si></sst>`, `<styleSheet><cellXfs><xf numFmtId="14"/></cellXfs></styleSheet>`)
	}
	f.Fuzz(func(t *testing.T, rows, shared, styles string) {
		fuzzed(t, book(t, rows, "xl/sharedStrings.xml", shared, "xl/styles.xml", styles))
	})
}

// FuzzCSV is the same for text.
func FuzzCSV(f *testing.F) {
	for _, text := range []string{"姓名,金额\n张三,1\n", "\"a\"\"b\",\n", "\xff\xfea\x00", "\xd5\xc5\xc8\xfd\t1\r\n", "=\"1\";'"} {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) { fuzzed(t, data) })
}

func fuzzed(t *testing.T, data []byte) {
	start := time.Now()
	limits := Usual
	limits.Columns, limits.CellRunes = 50, 100
	_, err := read(data, limits)
	if _, ok := AsFault(err); err != nil && !ok {
		t.Errorf("not a fault: %v", err)
	}
	if took := time.Since(start); took > time.Second {
		t.Errorf("took %v", took)
	}
}
