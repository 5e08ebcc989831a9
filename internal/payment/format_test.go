package payment

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"bangfu/internal/money"
)

// awkward are transfers as no bank likes them: rare characters, formulas, commas, quotes, line breaks.
var awkward = []Transfer{
	{1, "QSX20261122-01-0001", "王建国", "中国农业银行", "青石县支行", "6228480402564890018", 49_999, "生活救助"},
	{2, "QSX20261122-01-0002", "𠮷田㐂子", "中国建设银行", "河西,分理处", "6217001234567890122", 1, "大病救助"},
	{3, "QSX20261122-01-0003", `=HYPERLINK("http://x","点")`, "+银行", "-支行", "6222021234567890128", money.Max, "@SUM(A1)"},
	{4, "QSX20261122-01-0004", "\t=1+1", "＝全角", "换\r\n行", "6228480402637874213", 1_234_567_890, "\"引号\""},
}

func TestWriteGolden(t *testing.T) {
	all := []Column{ColSequence, ColReference, ColName, ColBank, ColBranch, ColCard, ColAmount, ColRemark}
	for name, f := range map[string]Format{
		"bank-utf8.csv":    {Encoding: UTF8, Columns: all, Header: true},
		"bank-gb18030.csv": {Encoding: GB18030, Columns: all, Header: true},
		"bank-plain.csv":   {Encoding: UTF8, Columns: []Column{ColName, ColCardPlain, ColAmount, ColReference}},
	} {
		got, err := f.Write(awkward)
		if err != nil {
			t.Fatal(err)
		}
		golden(t, name, got)
		text := strings.TrimPrefix(string(got), byteOrderMark)
		if f.Encoding == GB18030 {
			decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(got)
			if err != nil {
				t.Fatal(err)
			}
			text = string(decoded)
		}
		if !strings.Contains(text, "𠮷田㐂子") {
			t.Errorf("%s lost a rare character", name)
		}
		rows, _, fault := split(text)
		if fault != nil || len(rows) < len(awkward) {
			t.Fatalf("%s: %v", name, fault)
		}
		for i, cells := range rows {
			if len(cells) != len(f.Columns) {
				t.Errorf("%s row %d has %d cells", name, i, len(cells))
			}
			for _, cell := range cells {
				if cell != "" && strings.ContainsRune(formulas, []rune(cell)[0]) {
					t.Errorf("%s: a spreadsheet would compute %q", name, cell)
				}
			}
		}
		if bytes.Contains(got, []byte("\t=")) {
			t.Errorf("%s: a tab before a formula", name)
		}
	}
}

func TestSafe(t *testing.T) {
	for in, want := range map[string]string{
		"王建国": "王建国", "": "", " 王 ": "王", "=1": "'=1", "+1": "'+1", "-1": "'-1", "@x": "'@x", "\t=1": "'=1", "\r\n@x": "'@x",
		"＝1": "'＝1", "＋": "'＋", "－": "'－", "＠": "'＠", "a=1": "a=1", "a\nb": "a b", "\x00=1": "'=1", "'=1": "'=1",
	} {
		if got := safe(in); got != want {
			t.Errorf("safe(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestCheckFormat(t *testing.T) {
	for name, test := range map[string]struct {
		columns []Column
		told    string
	}{
		"usual":            {[]Column{ColReference, ColName, ColCard, ColAmount}, ""},
		"digits only":      {[]Column{ColReference, ColName, ColCardPlain, ColAmount}, ""},
		"twice":            {[]Column{ColReference, ColName, ColCard, ColAmount, ColName}, "payment.refusal.column_twice"},
		"unknown":          {[]Column{ColReference, ColName, ColCard, ColAmount, "password"}, "payment.refusal.column_twice"},
		"no reference":     {[]Column{ColName, ColCard, ColAmount, ColBank}, "payment.refusal.column_missing"},
		"no amount":        {[]Column{ColReference, ColName, ColCard, ColBank}, "payment.refusal.column_missing"},
		"no card":          {[]Column{ColReference, ColName, ColAmount, ColBank}, "payment.refusal.column_card"},
		"two card columns": {[]Column{ColReference, ColName, ColCard, ColCardPlain, ColAmount}, "payment.refusal.column_card"},
	} {
		told := ""
		if refusal := (Format{Columns: test.columns}).Check(); refusal != nil {
			told = refusal.Key
		}
		if told != test.told {
			t.Errorf("%s: told %q, want %q", name, told, test.told)
		}
	}
}
