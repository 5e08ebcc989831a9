package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
)

// tabbed makes a workbook with sheets of these tags and rows, each "name|state|rows".
func tabbed(t testing.TB, sheets ...string) []byte {
	t.Helper()
	var list, relations strings.Builder
	parts := []string{}
	for i, s := range sheets {
		said := strings.SplitN(s, "|", 3)
		fmt.Fprintf(&list, `<sheet name="%s" state="%s" r:id="r%d"/>`, said[0], said[1], i)
		fmt.Fprintf(&relations, `<Relationship Id="r%d" Type="x/worksheet" Target="worksheets/s%d.xml"/>`, i, i)
		parts = append(parts, fmt.Sprintf("xl/worksheets/s%d.xml", i), `<worksheet><sheetData>`+said[2]+`</sheetData></worksheet>`)
	}
	return packed(t, append(parts, "xl/workbook.xml", `<workbook xmlns:r="x"><sheets>`+list.String()+`</sheets></workbook>`,
		"xl/_rels/workbook.xml.rels", `<Relationships>`+relations.String()+`</Relationships>`,
		"xl/sharedStrings.xml", `<sst><si><t>甲</t></si><si><t>乙</t></si></sst>`)...)
}

func opened(t *testing.T, data []byte) *Book {
	t.Helper()
	b, err := OpenBook(bytes.NewReader(data), int64(len(data)), Usual)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// firstRow gives the first row of a sheet.
func firstRow(t *testing.T, b *Book, tab int, most int64) (string, error) {
	t.Helper()
	r, err := b.Open(tab, most)
	if err != nil {
		return "", err
	}
	defer r.Close()
	cells, err := r.Next()
	return strings.Join(cells, "|"), err
}

func TestTheSheetsOfAWorkbook(t *testing.T) {
	b := opened(t, tabbed(t, `说明||`, `市直||<row><c t="s"><v>0</v></c></row>`, `各县|hidden|<row><c t="s"><v>1</v></c></row>`,
		`旧|veryHidden|<row><c s="1"/><c><v> </v></c></row>`, `市直||<row><c t="inlineStr"><is><t>丙</t></is></c></row>`, ` ||<row><c><v>4</v></c></row>`))
	var told strings.Builder
	for i, tab := range b.Tabs {
		filled, err := b.Filled(i)
		row, rowErr := firstRow(t, b, i, 0)
		fmt.Fprintf(&told, "%s %v %v %v %q %v\n", tab.Name, tab.Hidden, filled, err, row, errors.Is(rowErr, io.EOF))
	}
	want := "说明 false false <nil> \"\" true\n市直 false true <nil> \"甲\" false\n各县 true true <nil> \"乙\" false\n旧 true false <nil> \"\" true\n" +
		"#5 false true <nil> \"丙\" false\n#6 false true <nil> \"4\" false\n"
	if told.String() != want {
		t.Errorf("got\n%s\nwant\n%s", told.String(), want)
	}
	if at, ok := b.Place("各县"); at != 2 || !ok || b.First() != 0 {
		t.Errorf("各县 stands at %d, the first shown at %d", at, b.First())
	}
	if _, ok := b.Place("外县"); ok {
		t.Error("a sheet that is not there was found")
	}
	if b := opened(t, tabbed(t, "一|hidden|", "二||")); b.First() != 1 {
		t.Errorf("the first sheet that is shown stands at %d", b.First())
	}
	if b := opened(t, tabbed(t, "一|hidden|", "二|hidden|")); b.First() != 0 {
		t.Errorf("of hidden sheets the one at %d is the first", b.First())
	}
	if b := opened(t, []byte("姓名,单位\n")); len(b.Tabs) != 1 || b.Tabs[0] != (Tab{}) {
		t.Errorf("a text has the sheets %+v", b.Tabs)
	}
}

// A chart is no sheet, and a workbook has so many sheets and no more.
func TestWhatIsNoSheetToRead(t *testing.T) {
	rel := `<Relationships><Relationship Id="r0" Type="x/chartsheet" Target="worksheets/s0.xml"/><Relationship Id="r1" Type="x/worksheet" Target="worksheets/s1.xml"/></Relationships>`
	data := packed(t, "xl/worksheets/s0.xml", `<chartsheet/>`, "xl/worksheets/s1.xml", `<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>`,
		"xl/workbook.xml", `<workbook xmlns:r="x"><sheets><sheet name="图" r:id="r0"/><sheet name="表" r:id="r1"/></sheets></workbook>`, "xl/_rels/workbook.xml.rels", rel)
	if b := opened(t, data); len(b.Tabs) != 1 || b.Tabs[0].Name != "表" {
		t.Errorf("%+v", b.Tabs)
	}
	for n, want := range map[int]*Fault{mostTabs: nil, mostTabs + 1: ErrTabs} {
		sheets := make([]string, n)
		for i := range sheets {
			sheets[i] = fmt.Sprintf("表%d||", i)
		}
		data := tabbed(t, sheets...)
		start := time.Now()
		b, err := OpenBook(bytes.NewReader(data), int64(len(data)), Usual)
		check(t, fmt.Sprintf("%d sheets", n), err, want)
		if err == nil {
			for i := range b.Tabs {
				if filled, err := b.Filled(i); filled || err != nil {
					t.Errorf("an empty sheet is filled: %v", err)
				}
			}
		}
		if took := time.Since(start); took > time.Second {
			t.Errorf("%d sheets took %v", n, took)
		}
	}
}

// Looking at a sheet unpacks no more of it than was asked for.
func TestHowMuchIsLookedAt(t *testing.T) {
	blank := strings.Repeat(`<row/>`, 2*mostLook/len(`<row/>`))
	b := opened(t, tabbed(t, "空||"+blank, "远||"+blank+`<row><c><v>7</v></c></row>`))
	for i := range b.Tabs {
		if filled, err := b.Filled(i); !filled || err != nil {
			t.Errorf("a sheet that is blank as far as one looks: %v, %v", filled, err)
		}
	}
	if _, err := firstRow(t, b, 1, mostLook); !errors.Is(err, ErrTooLarge) {
		t.Errorf("within %d bytes: %v", mostLook, err)
	}
	if row, err := firstRow(t, b, 1, 0); row != "7" || err != nil {
		t.Errorf("the whole: %q, %v", row, err)
	}
	bad := tabbed(t, "好||<row><c><v>1</v></c></row>", `坏||<row r="x"><c/>`)
	if _, err := opened(t, bad).Filled(1); err != nil { // the tags are whole: its reading tells
		t.Error(err)
	}
	if _, err := firstRow(t, opened(t, bad), 1, 0); !errors.Is(err, ErrDamaged) {
		t.Errorf("a damaged sheet: %v", err)
	}
	if row, err := firstRow(t, opened(t, bad), 0, 0); row != "1" || err != nil {
		t.Errorf("beside a damaged sheet: %q, %v", row, err)
	}
}
