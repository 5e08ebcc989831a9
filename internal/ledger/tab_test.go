package ledger_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"bangfu/internal/ledger"
	"bangfu/internal/sheet"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// book uploads a workbook and gives its import.
func (o *office) book(t *testing.T, sheets ...sample.Sheet) ledger.Import {
	t.Helper()
	id, err := ledger.Upload(t.Context(), o.Unit, o.Shelf, "台账.xlsx", bytes.NewReader(sample.Workbook(t, sheets...)))
	must(t, err)
	return o.find(t, id)
}

func TestWhichSheetIsBegunWith(t *testing.T) {
	ledgerOf := func(name, person string, hidden bool) sample.Sheet {
		return sample.Sheet{Name: name, Hidden: hidden, Rows: []string{"姓名,身份证号", person + "," + man()}}
	}
	cover, empty := sample.Sheet{Name: "说明", Rows: []string{"填表说明", "一、"}}, sample.Sheet{Name: "空"}
	heads := sample.Sheet{Name: "表样", Rows: []string{"姓名,身份证号"}}
	for name, test := range map[string]struct {
		sheets []sample.Sheet
		want   string
		tabs   string
	}{
		"the first":                    {[]sample.Sheet{ledgerOf("市直", "王", false), ledgerOf("各县", "赵", false)}, "市直", "[{市直 false} {各县 false}]"},
		"behind what is empty":         {[]sample.Sheet{empty, ledgerOf("各县", "赵", false)}, "各县", "[{各县 false}]"},
		"behind a cover":               {[]sample.Sheet{cover, heads, ledgerOf("各县", "赵", false)}, "各县", "[{说明 false} {表样 false} {各县 false}]"},
		"shown before hidden":          {[]sample.Sheet{ledgerOf("旧", "王", true), ledgerOf("新", "赵", false)}, "新", "[{旧 true} {新 false}]"},
		"hidden where nothing else is": {[]sample.Sheet{cover, ledgerOf("旧", "王", true)}, "旧", "[{说明 false} {旧 true}]"},
	} {
		t.Run(name, func(t *testing.T) {
			o := open(t)
			i := o.book(t, test.sheets...)
			tabs, err := ledger.TabsOf(t.Context(), o.Shelf, i)
			if err != nil || i.Sheet != test.want || fmt.Sprint(tabs) != test.tabs {
				t.Errorf("%s: %q of %v, %v; want %q of %s", name, i.Sheet, tabs, err, test.want, test.tabs)
			}
		})
	}
	for name, test := range map[string]struct {
		sheets []sample.Sheet
		want   string
	}{
		"no ledger anywhere": {[]sample.Sheet{cover, empty}, "ledger.refusal.no_heads"},
		"heads alone":        {[]sample.Sheet{cover, heads}, "ledger.refusal.no_rows"},
	} {
		t.Run(name, func(t *testing.T) {
			o := open(t)
			_, err := ledger.Upload(t.Context(), o.Unit, o.Shelf, "x", bytes.NewReader(sample.Workbook(t, test.sheets...)))
			if told := sample.Told(t, err); told != test.want {
				t.Errorf("%s: %q, want %q", name, told, test.want)
			}
		})
	}
}

// Another sheet is chosen by its name; its own heads, rows and columns are read, previewed, judged and given back.
func TestAnotherSheetIsReadIn(t *testing.T) {
	o := open(t)
	a, b, c := man(), woman(), man()
	sheets := []sample.Sheet{{Name: "市直", Rows: []string{"姓名,身份证号", "王建国," + a}}, {Name: "填表说明", Rows: []string{"说明", "一"}},
		{Name: "各县", Hidden: true, Rows: []string{"各县台账", "编号,姓名,身份证号,健康状况", "X1,赵川," + c + ",良好", "X2,林秀兰," + b + ",凑合"}}}
	i := o.book(t, sheets...)
	choose := func(seen int, name string) error {
		return ledger.Choose(t.Context(), o.Unit, o.Shelf, i.ID, seen, name)
	}
	if told := sample.Told(t, choose(i.Version, "外县")); told != "ledger.refusal.sheet" {
		t.Errorf("a sheet that is not there: %q", told)
	}
	if told := sample.Told(t, choose(i.Version, "填表说明")); told != "ledger.refusal.no_heads" {
		t.Errorf("a sheet without heads: %q", told)
	}
	must(t, choose(i.Version, "各县"))
	if err := choose(i.Version, "市直"); err == nil || !strings.Contains(err.Error(), work.ErrStale.Error()) {
		t.Errorf("the second of two who choose: %v", err)
	}
	i = o.find(t, i.ID)
	if got := fmt.Sprint(i.Sheet, i.Heads, i.Columns, i.DoneRow); got != "各县[编号 姓名 身份证号 健康状况] [old_number name id health] 2" {
		t.Errorf("chosen: %s", got)
	}
	rows, err := ledger.PreviewOf(t.Context(), o.Shelf, i, i.Columns, o.Today())
	if err != nil || len(rows) != 2 || rows[0].Line.Person.Name != "赵川" || len(rows[1].Line.Faults) != 1 {
		t.Errorf("%+v, %v", rows, err)
	}
	must(t, ledger.Map(t.Context(), o.Unit, i.ID, i.Version, i.Mapping))
	must(t, ledger.Start(t.Context(), o.Unit, i.ID))
	i = o.work(t, i.ID)
	same(t, o.outcome(t, i), "done: 1 files, 1 taken, 0 known, 1 bad, 0 held\n4 bad: health/word[凑合]\n")
	if told := sample.Told(t, choose(i.Version, "市直")); told != "ledger.refusal.state" {
		t.Errorf("after the import: %q", told)
	}
	var out bytes.Buffer
	must(t, ledger.WriteRejects(t.Context(), o.Unit, o.Shelf, i, &out))
	r, err := sheet.Open(bytes.NewReader(out.Bytes()), int64(out.Len()), sheet.Usual)
	must(t, err)
	if _, err := r.Next(); err != nil {
		t.Fatal(err)
	}
	if cells, err := r.Next(); err != nil || cells[1] != "林秀兰" {
		t.Errorf("given back: %q, %v", cells, err)
	}
	if again := o.book(t, sheets...); again.Sheet != "各县" || fmt.Sprint(again.Columns) != "[old_number name id health]" {
		t.Errorf("the next time the office begins with %q", again.Sheet)
	}
	same(t, o.text(t, `SELECT changes::text FROM audit_entry WHERE act = 'ledger.choose'`), `[{"after": "各县", "field": "sheet", "before": "市直"}]`+"\n")
	o.By = sample.SiblingClerk
	if other := o.book(t, sheets...); other.Sheet != "市直" {
		t.Errorf("another office begins with %q", other.Sheet)
	}
}
