package sample

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"
	"testing"
)

// Sheet is one sheet of a Workbook: its rows of cells, all of them texts.
type Sheet struct {
	Name   string
	Hidden bool
	Rows   []string // cells parted by commas
}

// Workbook makes an XLSX with several sheets, as an office sends its ledgers.
func Workbook(t testing.TB, sheets ...Sheet) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	put := func(name, text string) {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	var list, relations strings.Builder
	for i, s := range sheets {
		state := "visible"
		if s.Hidden {
			state = "hidden"
		}
		fmt.Fprintf(&list, `<sheet name="%s" sheetId="%d" state="%s" r:id="rId%[2]d"/>`, s.Name, i+1, state)
		fmt.Fprintf(&relations, `<Relationship Id="rId%d" Type="x/worksheet" Target="worksheets/sheet%[1]d.xml"/>`, i+1)
		var rows strings.Builder
		for _, row := range s.Rows {
			rows.WriteString("<row>")
			for _, cell := range strings.Split(row, ",") {
				rows.WriteString(`<c t="inlineStr"><is><t>`)
				if err := xml.EscapeText(&rows, []byte(cell)); err != nil {
					t.Fatal(err)
				}
				rows.WriteString(`</t></is></c>`)
			}
			rows.WriteString("</row>")
		}
		put(fmt.Sprintf("xl/worksheets/sheet%d.xml", i+1), `<worksheet><sheetData>`+rows.String()+`</sheetData></worksheet>`)
	}
	put("xl/workbook.xml", `<workbook xmlns:r="x"><sheets>`+list.String()+`</sheets></workbook>`)
	put("xl/_rels/workbook.xml.rels", `<Relationships>`+relations.String()+`</Relationships>`)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
