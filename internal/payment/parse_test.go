package payment

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"bangfu/internal/casefile"
)

// usual is the format of the migration.
var usual = []Column{ColSequence, ColReference, ColName, ColBank, ColCard, ColAmount, ColRemark}

const good = "业务参考号,户名,卡号,金额,结果,失败原因\r\n" +
	"R-1,𠮷田㐂子,\t6228480402564890018,100.00,成功,\r\n" +
	"R-2,王建国,'6217001234567890122,\"2,000.00\",失败,账户已销户\r\n"

func gb(t testing.TB, text string) []byte {
	t.Helper()
	encoded, err := simplifiedchinese.GB18030.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return encoded
}

func TestParse(t *testing.T) {
	want := "[{2 R-1 𠮷田㐂子 6228480402564890018 100.00 true } {3 R-2 王建国 6217001234567890122 2000.00 false 账户已销户}]"
	for name, data := range map[string][]byte{
		"utf-8":           []byte(good),
		"with a mark":     []byte(byteOrderMark + good),
		"gb18030":         gb(t, good),
		"unix line ends":  []byte(strings.ReplaceAll(good, "\r\n", "\n")),
		"blank last line": []byte(good + "\r\n,,,,,\r\n"),
		"tabs":            []byte("业务参考号\t户名\t卡号\t金额\t结果\t失败原因\nR-1\t𠮷田㐂子\t6228480402564890018\t100.00\t成功\t\nR-2\t王建国\t6217001234567890122\t2000\t失败\t账户已销户\n"),
		"bars":            []byte("流水号|收款户名|收款账号|交易金额|交易状态|备注\nR-1|𠮷田㐂子|6228480402564890018|100.00|交易成功|\nR-2|王建国|6217001234567890122|2000|退票|账户已销户\n"),
		"other order":     []byte("结果,金额,卡号,业务参考号,原因,户名\n成功,100,6228480402564890018,R-1,,𠮷田㐂子\n失败,2000,\"=\"\"6217001234567890122\"\"\",R-2,账户已销户,王建国\n"),
		"english":         []byte("reference,name,card,amount,result,reason\nR-1,𠮷田㐂子,6228480402564890018,100,OK,\nR-2,王建国,6217001234567890122,2000,failed,账户已销户\n"),
	} {
		said, faults := Parse(data, usual)
		if got := fmt.Sprint(said); got != want || faults != nil {
			t.Errorf("%s: %s %v\nwant %s", name, got, faults, want)
		}
	}
	headless := "1,R-1,𠮷田㐂子,农行,\t6228480402564890018,100.00,生活救助,成功\n2,R-2,王建国,农行,6217001234567890122,2000.00,生活救助,失败,账户已销户\n"
	said, faults := Parse([]byte(headless), usual)
	if got := strings.NewReplacer("{1 ", "{2 ", "{2 R-2", "{3 R-2").Replace(fmt.Sprint(said)); got != want || faults != nil {
		t.Errorf("without heads: %s %v", got, faults)
	}
}

func TestParseRefuses(t *testing.T) {
	rows := func(n int) string { return strings.Repeat("R-1,王,6228480402564890018,1.00,成功,\n", n) }
	const heads = "业务参考号,户名,卡号,金额,结果,失败原因\n"
	for name, test := range map[string]struct {
		data string
		want string
	}{
		"nothing":              {"", "0 payment.fault.empty"},
		"heads only":           {heads, "0 payment.fault.empty"},
		"blank lines":          {"\n\n , ,\n", "0 payment.fault.empty"},
		"no card column":       {"业务参考号,金额,结果\nR-1,1,成功\n", "0 payment.fault.column"},
		"an html page":         {"<html><body>出错</body></html>", "1 payment.fault.cut"},
		"a spreadsheet file":   {"PK\x03\x04\x00\x00", "0 payment.fault.not_text"},
		"broken bytes":         {heads + "R-1,\xff\xff\xff,1,1,成功,\n", "0 payment.fault.not_text"},
		"cut in a row":         {heads + rows(1) + "R-2,王建", "3 payment.fault.cut"},
		"cut in the result":    {heads + "R-1,王,6228480402564890018,1.00,成", "2 payment.fault.result"},
		"cut in quotes":        {heads + "\"R-1,王", "2 payment.fault.quotes"},
		"no amount":            {heads + "R-1,王,6228480402564890018,,成功,\n", "2 payment.fault.amount"},
		"a negative amount":    {heads + "R-1,王,6228480402564890018,-1,成功,\n", "2 payment.fault.amount"},
		"three decimals":       {heads + "R-1,王,6228480402564890018,1.001,成功,\n", "2 payment.fault.amount"},
		"pending":              {heads + "R-1,王,6228480402564890018,1,处理中,\n", "2 payment.fault.result"},
		"too many rows":        {heads + rows(MostRows+1), "0 payment.fault.too_many"},
		"too large":            {heads + strings.Repeat("，", MostBytes/3+1), "0 payment.fault.too_large"},
		"two faults, two rows": {heads + "R-1,王,1,x,成功,\n" + rows(1) + "R-3,王,1,1,也许,\n", "2 payment.fault.amount 4 payment.fault.result"},
	} {
		said, faults := Parse([]byte(test.data), usual)
		var got []string
		for _, f := range faults {
			got = append(got, fmt.Sprint(f.Row), string(f.Message.Key))
		}
		if strings.Join(got, " ") != test.want || said != nil {
			t.Errorf("%s: %v, %d rows; want %s", name, got, len(said), test.want)
		}
	}
	if said, faults := Parse([]byte(heads+rows(MostRows)), usual); faults != nil || len(said) != MostRows {
		t.Errorf("as many rows as allowed: %v, %d", faults, len(said))
	}
}

// lines are three lines sent to the bank, one of them answered before.
func lines() map[string]sent {
	told := map[string]sent{}
	for i, l := range []sent{
		{Line{Seq: 1, Reference: "R-1", Amount: 100, State: LineOpen}, "王建国", "6228480402564890018"},
		{Line{Seq: 2, Reference: "R-2", Amount: 200, State: LineOpen}, "𠮷田㐂子", "6217001234567890122"},
		{Line{Seq: 3, Reference: "R-3", Amount: 300, State: LinePaid}, "赵小兰", "6222021234567890128"},
	} {
		l.Card = casefile.CardID(i + 1)
		told[l.Reference] = l
	}
	return told
}

func TestMatch(t *testing.T) {
	first := Said{2, "R-1", "王建国", "6228480402564890018", 100, true, ""}
	second := Said{3, "R-2", "𠮷田㐂子", "0122", 200, false, "销户"}
	third := Said{4, "R-3", "", "6222********0128", 300, true, ""}
	but := func(s Said, change func(*Said)) Said { change(&s); return s }
	for name, test := range map[string]struct {
		said []Said
		want string
	}{
		"all":                          {[]Said{first, second, third}, "fresh 1 2, before 1"},
		"shuffled":                     {[]Said{third, second, first}, "fresh 1 2, before 1"},
		"a part":                       {[]Said{second}, "fresh 2, before 0"},
		"nothing new":                  {[]Said{third}, "fresh, before 1"},
		"no name":                      {[]Said{but(first, func(s *Said) { s.Name = "" })}, "fresh 1, before 0"},
		"a hidden name":                {[]Said{but(first, func(s *Said) { s.Name = "王*国" })}, "fresh 1, before 0"},
		"a sign the bank cannot write": {[]Said{but(second, func(s *Said) { s.Name = "?田?子" })}, "fresh 2, before 0"},
		"foreign":                      {[]Said{first, but(second, func(s *Said) { s.Reference = "X-9" })}, "3 foreign"},
		"doubled":                      {[]Said{first, second, but(first, func(s *Said) { s.Row = 9 })}, "9 doubled"},
		"another amount":               {[]Said{but(first, func(s *Said) { s.Amount++ })}, "2 other_amount"},
		"another card":                 {[]Said{but(first, func(s *Said) { s.Card = "6228480402564890019" })}, "2 other_card"},
		"another tail":                 {[]Said{but(second, func(s *Said) { s.Card = "0123" })}, "3 other_card"},
		"too short a tail":             {[]Said{but(second, func(s *Said) { s.Card = "122" })}, "3 other_card"},
		"no card":                      {[]Said{but(first, func(s *Said) { s.Card = "" })}, "2 other_card"},
		"only stars":                   {[]Said{but(first, func(s *Said) { s.Card = "****" })}, "2 other_card"},
		"another name":                 {[]Said{but(first, func(s *Said) { s.Name = "王建军" })}, "2 other_name"},
		"a longer name":                {[]Said{but(first, func(s *Said) { s.Name = "王建国国" })}, "2 other_name"},
		"the opposite of before":       {[]Said{but(third, func(s *Said) { s.Paid = false })}, "4 other_result"},
		"every fault is told":          {[]Said{but(first, func(s *Said) { s.Amount = 1 }), but(second, func(s *Said) { s.Card = "9999" })}, "2 other_amount 3 other_card"},
	} {
		fresh, before, faults := match(lines(), test.said)
		got := "fresh"
		for _, f := range fresh {
			got += fmt.Sprintf(" %d", f.Seq)
		}
		got += fmt.Sprintf(", before %d", before)
		if faults != nil {
			var told []string
			for _, f := range faults {
				told = append(told, fmt.Sprint(f.Row), strings.TrimPrefix(string(f.Message.Key), "payment.fault."))
			}
			got = strings.Join(told, " ")
		}
		if got != test.want {
			t.Errorf("%s: %s; want %s", name, got, test.want)
		}
	}
}

// Any change of the answer's bytes is either refused or says the same: nothing is paid that the bank did not say.
func TestAlteredAnswers(t *testing.T) {
	text := []byte("业务参考号,户名,卡号,金额,结果\nR-1,王建国,6228480402564890018,1.00,成功\nR-2,𠮷田㐂子,6217001234567890122,2.00,失败\n")
	dice := rand.New(rand.NewPCG(1, 2))
	for range 20_000 {
		altered := bytes.Clone(text)
		for range 1 + dice.IntN(3) {
			altered[dice.IntN(len(altered))] = byte(dice.IntN(256))
		}
		said, faults := Parse(altered, usual)
		if faults != nil {
			continue
		}
		fresh, _, faults := match(lines(), said)
		if faults != nil {
			continue
		}
		for _, f := range fresh {
			if f.Seq == 1 && (!f.Paid || f.Said.Amount != 100) || f.Seq == 2 && (f.Paid || f.Said.Amount != 200) || f.Seq > 2 {
				t.Fatalf("%q was taken for %+v", altered, f)
			}
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(good))
	f.Add(gb(f, good))
	f.Add([]byte(byteOrderMark + good))
	f.Add([]byte("\"\n\",,\t|'=\"\"\n"))
	f.Add([]byte("1,R-1,王,农行,\t6228480402564890018,100.00,用途,成功,"))
	f.Fuzz(func(t *testing.T, data []byte) {
		said, faults := Parse(data, usual)
		if (said == nil) == (faults == nil) {
			t.Fatalf("%d rows and %d faults", len(said), len(faults))
		}
		for _, s := range said {
			if s.Amount < 0 || s.Row < 1 || len([]rune(s.Reason)) > 200 {
				t.Fatalf("%+v", s)
			}
		}
		if _, before, faults := match(lines(), said); faults != nil && before != 0 {
			t.Fatal("a refused answer counts for nothing")
		}
	})
}
