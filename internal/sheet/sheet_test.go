package sheet

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/simplifiedchinese"

	"bangfu/internal/day"
	"bangfu/internal/money"
)

// made writes a table in memory.
func made(t testing.TB, kind Kind, rows ...[]Cell) []byte {
	t.Helper()
	var out bytes.Buffer
	w, err := NewWriter(&out, kind, "名单")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if err := w.Row(row...); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// read gives all rows of a table as text, "row: cell|cell", and how it ended.
func read(data []byte, limits Limits) (string, error) {
	r, err := Open(bytes.NewReader(data), int64(len(data)), limits)
	if err != nil {
		return "", err
	}
	defer r.Close()
	var b strings.Builder
	for {
		cells, err := r.Next()
		if errors.Is(err, io.EOF) {
			return b.String(), nil
		}
		if err != nil {
			return b.String(), err
		}
		fmt.Fprintf(&b, "%d: %s\n", r.Row(), strings.Join(cells, "|"))
	}
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	rows := [][]Cell{
		Texts("姓名", "身份证号", "金额", "日期", "备注"),
		{Text("张三"), Text("11010519491231002X"), Money(money.Amount(123450)), Date(day.Of(2018, time.March, 5)), Text(`=HYPERLINK("x")`)},
		{Text(""), Text("")},
		{Text("李<四>&"), Text("130102199003071234"), Number(7), Date(day.Date{}), Text("一行\n两行,\"引\" _x0041_")},
		{Text("王五"), Text("0012"), Money(0), Date(day.Of(1899, time.May, 1)), Text("-1")},
	}
	want := "1: 姓名|身份证号|金额|日期|备注\n" +
		"2: 张三|11010519491231002X|1234.50|2018-03-05|=HYPERLINK(\"x\")\n" +
		"4: 李<四>&|130102199003071234|7||一行\n两行,\"引\" _x0041_\n" +
		"5: 王五|0012|0.00|1899-05-01|-1\n"
	for _, kind := range []Kind{XLSX, CSV} {
		if got, err := read(made(t, kind, rows...), Usual); err != nil || got != want {
			t.Errorf("%s reads as\n%s%v; want\n%s", kind, got, err, want)
		}
	}
}

func TestNoCellOfTextIsAFormula(t *testing.T) {
	for _, text := range []string{"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＠x", " =1", "\n=1"} {
		csv := string(made(t, CSV, Texts("a"), Texts(text)))
		_, row, _ := strings.Cut(csv, "\r\n")
		if bare := strings.TrimPrefix(row, `"`); !strings.HasPrefix(bare, "'") {
			t.Errorf("CSV writes %q as %q", text, row)
		}
		book := partOf(t, made(t, XLSX, Texts("a"), Texts(text)), "xl/worksheets/sheet1.xml")
		if strings.Contains(book, "<f") || !strings.Contains(book, `<c s="3" t="inlineStr">`) {
			t.Errorf("XLSX writes %q as %s", text, book)
		}
	}
}

func TestLongNumbersKeepTheirDigits(t *testing.T) {
	csv := string(made(t, CSV, Texts("130102199003071234", "11010519491231002X", "13900001111", "007", "1234", "12a")))
	if want := "\ufeff\t130102199003071234,\t11010519491231002X,\t13900001111,\t007,1234,12a\r\n"; csv != want {
		t.Errorf("written as %q, want %q", csv, want)
	}
}

func TestASheetThatIsFullGoesOnInTheNext(t *testing.T) {
	var out bytes.Buffer
	b, err := newBookWriter(&out, "a/b")
	if err != nil {
		t.Fatal(err)
	}
	b.most = 3
	for i := range 6 {
		if err := b.row(Texts(fmt.Sprint(i))); err != nil {
			t.Fatal(err)
		}
	}
	if err := b.close(); err != nil {
		t.Fatal(err)
	}
	for i, want := range []string{"012", "034", "05"} {
		text := partOf(t, out.Bytes(), fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1))
		got := ""
		for _, piece := range strings.Split(text, `"preserve">`)[1:] {
			got += piece[:1]
		}
		if got != want {
			t.Errorf("sheet %d holds %q, want %q", i+1, got, want)
		}
	}
	if book := partOf(t, out.Bytes(), "xl/workbook.xml"); !strings.Contains(book, `name="ab 3" sheetId="3"`) {
		t.Error(book)
	}
}

func TestACellHasAnEnd(t *testing.T) {
	for n, want := range map[int]error{mostText: nil, mostText + 1: ErrCell} {
		w, err := NewWriter(io.Discard, XLSX, "")
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Row(Text(strings.Repeat("字", n))); !errors.Is(err, want) {
			t.Errorf("%d characters: %v, want %v", n, err, want)
		}
	}
}

func TestTextInItsEncodings(t *testing.T) {
	want := "1: 姓名|金额\n2: 𠮷田|1\n"
	plain := "姓名,金额\n𠮷田,1"
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(plain)
	if err != nil {
		t.Fatal(err)
	}
	utf16 := "\xff\xfe"
	for _, r := range "a,b\n" {
		utf16 += string(rune(r)) + "\x00"
	}
	for name, test := range map[string]struct {
		data, want string
		err        error
	}{
		"UTF-8":                       {plain, want, nil},
		"UTF-8 with a mark":           {"\ufeff" + plain, want, nil},
		"GB18030":                     {gb, want, nil},
		"GB18030 after much of ASCII": {strings.Repeat("a,b\n", 40_000) + gb, "", nil},
		"UTF-16":                      {utf16, "1: a|b\n", nil},
		"tabs, old Mac line ends":     {"a\tb,c\rd\te\r", "1: a|b,c\n2: d|e\n", nil},
		"semicolons":                  {"a;b\r\n;\r\nc;d", "1: a|b\n3: c|d\n", nil},
		"protected cells":             {"=\"007\",\t12 ,'=1\n", "1: 007|12|=1\n", nil},
		"quotes":                      {"\"a,\"\"b\"\"\nc\",d\"e\"\n", "1: a,\"b\"\nc|d\"e\"\n", nil},
		"quotes that never close":     {"a\n\"b,c\n", "1: a\n", ErrQuotes},
		"neither":                     {"a\xff\xff\xffb\n", "", ErrEncoding},
		"an image":                    {"\x89PNG\r\n\x1a\n\x00\x00", "", ErrNotASheet},
		"an old workbook":             {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 …", "", ErrOld},
		"nothing":                     {"", "", ErrEmpty},
		"only blanks":                 {",,\n \n", "", nil},
	} {
		got, err := read([]byte(test.data), Usual)
		if strings.HasPrefix(name, "GB18030 after") {
			if err != nil || !strings.HasSuffix(got, "姓名|金额\n40002: 𠮷田|1\n") {
				t.Errorf("%s: %v, ends %q", name, err, got[max(0, len(got)-60):])
			}
			continue
		}
		if got != test.want || !errors.Is(err, test.err) {
			t.Errorf("%s: %q, %v; want %q, %v", name, got, err, test.want, test.err)
		}
	}
}

func TestLimitsOfATable(t *testing.T) {
	limits := Limits{Rows: 3, Columns: 2, CellRunes: 4, Bytes: 1 << 20, UnpackedBytes: 1 << 20}
	for name, test := range map[string]struct {
		text string
		want *Fault
	}{
		"as many rows as allowed":      {"a\nb\nc\n", nil},
		"blank rows behind":            {"a\nb\nc\n\n,\n", nil},
		"a row too many":               {"a\nb\n\nd\n", ErrTooMany},
		"as many columns as allowed":   {"a,b\n", nil},
		"blank columns behind":         {"a,b,,\n", nil},
		"a column too many":            {"a,,c\n", ErrTooWide},
		"as many signs as allowed":     {"一二三四\n", nil},
		"a sign too many":              {"a\n一二三四五\n", ErrTooLong},
		"a quotation that never ends":  {"\"" + strings.Repeat("x", 1000), ErrTooLong},
		"a row beyond, below the file": {"\n\n\nd\n", ErrTooMany},
	} {
		_, err := read([]byte(test.text), limits)
		check(t, name+" in CSV", err, test.want)
		if strings.HasPrefix(name, "a quotation") {
			continue
		}
		var rows [][]Cell
		for _, line := range strings.Split(strings.TrimSuffix(test.text, "\n"), "\n") {
			rows = append(rows, Texts(strings.Split(line, ",")...))
		}
		_, err = read(made(t, XLSX, rows...), limits)
		check(t, name+" in XLSX", err, test.want)
	}
	limits.Bytes = 4
	_, err := read([]byte("abcd"), limits)
	check(t, "as many bytes as allowed", err, nil)
	_, err = read([]byte("abcde"), limits)
	check(t, "a byte too many", err, ErrTooLarge)
}

func check(t *testing.T, name string, got error, want *Fault) {
	t.Helper()
	if want == nil && got != nil || want != nil && !errors.Is(got, want) {
		t.Errorf("%s: %v, want %v", name, got, want)
	}
}

// TestReadingStaysFlat reads a sheet of eighty megabytes and asks that the memory in use does not grow with it.
func TestReadingStaysFlat(t *testing.T) {
	var out bytes.Buffer
	w, err := NewWriter(&out, XLSX, "大")
	if err != nil {
		t.Fatal(err)
	}
	const rows = 60_000
	for i := range rows {
		if err := w.Row(Texts(fmt.Sprintf("姓名%d", i), fmt.Sprintf("%018d", i*7919), "某街道某社区某小区", fmt.Sprint(i))...); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r, err := Open(bytes.NewReader(out.Bytes()), int64(out.Len()), Usual)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	before, most := heap(), uint64(0)
	for n := 0; ; n++ {
		if _, err := r.Next(); errors.Is(err, io.EOF) {
			if n != rows {
				t.Errorf("%d rows", n)
			}
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if n%10_000 == 0 {
			most = max(most, heap())
			if want := n * 100 / rows; r.Percent() < want-5 || r.Percent() > want+5 {
				t.Errorf("%d %% after row %d of %d", r.Percent(), n, rows)
			}
		}
	}
	if most > before+4<<20 {
		t.Errorf("reading took %d KB beside the file", (most-before)>>10)
	}
}

func heap() uint64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.HeapAlloc
}

// partOf gives one part of an archive.
func partOf(t testing.TB, data []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Tables follow each other in a workbook under their own heads; one that is longer than a sheet goes on in the next under
// its own. A CSV has no place for a second one.
func TestATableAfterTheOther(t *testing.T) {
	var out bytes.Buffer
	w, err := NewWriter(&out, XLSX, "户")
	if err != nil {
		t.Fatal(err)
	}
	w.drain.(*bookWriter).most = 2
	write := func(cells ...string) {
		t.Helper()
		if err := w.Row(Texts(cells...)...); err != nil {
			t.Fatal(err)
		}
	}
	write("姓名")
	write("甲")
	write("乙")
	if err := w.Sheet("成员"); err != nil {
		t.Fatal(err)
	}
	write("关系", "姓名")
	write("妻", "丙")
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	b := opened(t, out.Bytes())
	said := ""
	for i, tab := range b.Tabs {
		r, err := b.Open(i, 0)
		if err != nil {
			t.Fatal(err)
		}
		for said += tab.Name + ":"; ; {
			cells, err := r.Next()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			said += " " + strings.Join(cells, "|")
		}
		said += "\n"
	}
	if want := "户: 姓名 甲\n户 2: 姓名 乙\n成员: 关系|姓名 妻|丙\n"; said != want {
		t.Errorf("got\n%swant\n%s", said, want)
	}
	text, err := NewWriter(io.Discard, CSV, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := text.Sheet("成员"); !errors.Is(err, ErrSheet) {
		t.Errorf("a second table in a CSV: %v", err)
	}
}
