package ledger_test

import (
	"fmt"
	"strings"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/ledger"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// read imports rows with the columns guessed, as the mapping says how.
func (o *office) read(t *testing.T, m ledger.Mapping, rows ...string) ledger.Import {
	t.Helper()
	i := o.find(t, o.upload(t, rows...))
	m.Columns = i.Columns
	must(t, ledger.Map(t.Context(), o.Unit, i.ID, i.Version, m))
	must(t, ledger.Start(t.Context(), o.Unit, i.ID))
	return o.work(t, i.ID)
}

// notes tells what was left out of each row that was taken.
func (o *office) notes(t *testing.T, i ledger.Import) string {
	t.Helper()
	rows, err := ledger.NotedRows(t.Context(), o.Unit, i.ID, 0, 1000)
	must(t, err)
	var b strings.Builder
	for _, r := range rows {
		fmt.Fprintf(&b, "%d %s:", r.Row, r.Number)
		for _, n := range r.Notes {
			_, key, _ := strings.Cut(string(n.Key), ".")
			fmt.Fprintf(&b, " %s/%s%v", n.Field, key, n.Args)
		}
		b.WriteString("\n")
	}
	if len(rows) != i.Noted {
		t.Errorf("%d rows have notes, %d are counted", len(rows), i.Noted)
	}
	return b.String()
}

// only gives the one registration there is.
func (o *office) only(t *testing.T) (id work.FileID) {
	t.Helper()
	must(t, o.QueryRow(t.Context(), `SELECT id FROM casefile_file WHERE undone_at IS NULL`).Scan(&id))
	return id
}

func TestCausesAndPhonesInOneCell(t *testing.T) {
	for name, test := range map[string]struct{ head, cell, causes, phone, notes string }{
		"two causes":             {"致困原因", "疾病、子女上学", "6,9", "", ""},
		"by stroke and number":   {"致困原因", "3/因残/3", "3,1", "", ""},
		"by spaces":              {"致困原因", "因学 因病", "9,6", "", ""},
		"a space in a word":      {"致困原因", "下岗 失业", "3", "", ""},
		"one that nobody knows":  {"致困原因", "因病、欠债13900001111", "6", "", "2 : cause/note.cause[欠债***]\n"},
		"five causes":            {"致困原因", "1，2；3;4,5", "1,2,3,4", "", "2 : cause/note.causes[4 1]\n"},
		"four causes":            {"致困原因", "1，2；3;4", "1,2,3,4", "", ""},
		"two phones":             {"手机", "13900001111/13900002222", "", "13900001111", "2 : phone/note.phones[1]\n"},
		"the second is a number": {"手机", "无、139 0000 2222", "", "13900002222", "2 : phone/note.phones[1]\n"},
		"parted by a space":      {"手机", "13900001111 0316-1234567 13900003333", "", "13900001111", "2 : phone/note.phones[2]\n"},
		"one, spaced":            {"手机", "139 0000 1111", "", "13900001111", ""},
	} {
		t.Run(name, func(t *testing.T) {
			o := open(t)
			i := o.imported(t, "姓名,身份证号,"+test.head, "王建国,"+man()+`,"`+test.cell+`"`)
			if i.Files != 1 {
				t.Fatalf("%s: %s", name, o.outcome(t, i))
			}
			same(t, o.text(t, causesSQL), test.causes+"\n")
			people, err := casefile.People(t.Context(), o.Unit, o.Keys, o.only(t))
			must(t, err)
			if people[0].Phone != test.phone {
				t.Errorf("%s: the phone is %q, want %q", name, people[0].Phone, test.phone)
			}
			same(t, o.notes(t, i), test.notes)
		})
	}
	t.Run("the causes of all rows", func(t *testing.T) {
		o := open(t)
		o.imported(t, "户编号,关系,姓名,身份证号,致困原因", "1,户主,王建国,"+man()+",因病", "1,子,王小,"+man()+",因学、因病")
		same(t, o.text(t, causesSQL), "6,9\n")
	})
	t.Run("none is known", func(t *testing.T) {
		o := open(t)
		i := o.imported(t, "姓名,身份证号,致困原因,手机", "王建国,"+man()+",欠债、赌博,\"12345、67890\"")
		same(t, o.outcome(t, i), "done: 0 files, 0 taken, 0 known, 1 bad, 0 held\n2 bad: cause/word[欠债、赌博] phone/phone[]\n")
		same(t, o.notes(t, i), "")
	})
}

const causesSQL = `SELECT coalesce(string_agg(cause::text, ',' ORDER BY position), '') FROM casefile_cause`

func TestTheBankCardOfALedger(t *testing.T) {
	const sound = "6228480402564890018"
	heads := "户编号,关系,姓名,身份证号,银行卡号,开户银行,支行名称"
	for name, test := range map[string]struct{ cells, wife, want, notes string }{
		"with its bank":      {"6228 4804 0256 4890 018,农业银行,青石支行", ",,", "王建国|农业银行|青石支行|current\n", ""},
		"the number tells":   {sound + ",,", ",,", "王建国|中国农业银行||current\n", ""},
		"a card of the wife": {",,", sound + ",,", "", "3 : card/note.card_member[]\n"},
		"a bank alone":       {",农业银行,", ",,", "", "2 : bank/note.bank_alone[]\n"},
		"no card":            {",,", ",,", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			o := open(t)
			i := o.imported(t, heads, "1,户主,王建国,"+man()+","+test.cells, "1,妻,林秀兰,"+woman()+","+test.wife)
			if i.Files != 1 {
				t.Fatalf("%s: %s", name, o.outcome(t, i))
			}
			same(t, o.text(t, `SELECT concat_ws('|', holder, bank, branch, state) FROM casefile_card`), test.want)
			same(t, o.notes(t, i), test.notes)
			if test.want == "" {
				return
			}
			card, err := casefile.CurrentCard(t.Context(), o.Unit, o.only(t))
			must(t, err)
			if number, err := card.Number(o.Keys); number != sound || err != nil || card.EnteredBy != sample.Clerk.StaffID || card.ConfirmedBy != 0 {
				t.Errorf("%+v: %q, %v", card, number, err)
			}
			if got := o.text(t, `SELECT count(*)::text FROM audit_entry WHERE changes::text LIKE '%' || $1 || '%'`, sound); got != "0\n" {
				t.Error("the trail holds the number of the card")
			}
		})
	}
	for name, test := range map[string]struct{ cells, want string }{
		"a wrong check digit":      {"6228480402564890019,,", "card/card[]"},
		"too short":                {"622848040256489,,", "card/card[]"},
		"rounded by a spreadsheet": {"6228480402564890000,,", "card/card_rounded[]"},
		"as an exponent":           {"6.22848E+18,,", "card/card_rounded[]"},
		"of no known bank":         {"9999990000000006,,", "bank/card_bank[]"},
		"a bank of one sign":       {sound + ",农,", "bank/word[农]"},
		"a long branch":            {sound + ",," + strings.Repeat("支", 81), "branch/long[80]"},
	} {
		t.Run(name, func(t *testing.T) {
			o := open(t)
			i := o.imported(t, heads, "1,户主,王建国,"+man()+","+test.cells)
			same(t, o.outcome(t, i), "done: 0 files, 0 taken, 0 known, 1 bad, 0 held\n2 bad: "+test.want+"\n")
		})
	}
	// From here on it is a card like any other: another one of a file that was handed in waits for a second person.
	t.Run("is replaced like any", func(t *testing.T) {
		o := open(t)
		o.imported(t, heads, "1,户主,王建国,"+man()+","+sound+",,")
		id := o.only(t)
		must(t, casefile.SaveCard(t.Context(), o.Unit, o.Keys, id, 0, casefile.NewCard{Holder: "王建国", Number: "6217001210024455220"}))
		same(t, o.text(t, `SELECT state FROM casefile_card ORDER BY id`), "replaced\ncurrent\n")
	})
}

func TestTheFiguresOfALedger(t *testing.T) {
	o := open(t)
	until := day.Of(2026, 10, 31)
	i := o.read(t, ledger.Mapping{Until: until},
		"户编号,关系,姓名,身份证号,工作状态,月收入,月工资,退休金,低保金,自付医疗费,学费,家庭年收入",
		"1,户主,王建国,"+man()+",在岗,2000.50,,,300,6000,,36000",
		"1,父亲,王有才,"+man()+",退休,1500,,,,,,",
		"1,子,王小,"+man()+",学生,100,,,150,,\"2,400\",",
		"2,户主,赵川,"+man()+",,900,800,0,,,,",
		"3,户主,何花,"+woman()+",在岗,,,,,,,")
	same(t, o.outcome(t, i), "done: 3 files, 5 taken, 0 known, 0 bad, 0 held\n")
	same(t, o.notes(t, i), "5 : income/note.income_parts[]\n")
	same(t, o.text(t, `SELECT concat_ws('|', f.head_name, s.until_on, s.people, s.source, s.round, s.current, coalesce(p.name, '户'), g.side, g.kind, g.amount_fen)
		FROM casefile_figure g JOIN casefile_snapshot s ON s.id = g.snapshot_id JOIN casefile_file f ON f.id = s.file_id
		LEFT JOIN casefile_person p ON p.id = g.person_id ORDER BY f.id, g.side, g.kind, g.amount_fen`),
		"王建国|2026-10-31|3|registration|1|t|王建国|expense|illness|600000\n"+
			"王建国|2026-10-31|3|registration|1|t|王小|expense|schooling|240000\n"+
			"王建国|2026-10-31|3|registration|1|t|户|income|allowance|540000\n"+
			"王建国|2026-10-31|3|registration|1|t|王小|income|other|120000\n"+
			"王建国|2026-10-31|3|registration|1|t|王有才|income|pension|1800000\n"+
			"王建国|2026-10-31|3|registration|1|t|王建国|income|wage|2400600\n"+
			"赵川|2026-10-31|1|registration|1|t|赵川|income|wage|960000\n")
	same(t, o.text(t, `SELECT concat_ws('|', head_name, economy_until, version) FROM casefile_file ORDER BY id`), "王建国|2026-10-31|1\n赵川|2026-10-31|1\n何花|1\n")
	same(t, o.text(t, `SELECT coalesce(yearly_fen::text, '-') FROM ledger_origin ORDER BY row`), "3600000\n-\n-\n")
	var id work.FileID
	must(t, o.QueryRow(t.Context(), `SELECT id FROM casefile_file WHERE people = 3`).Scan(&id))
	f, err := casefile.Find(t.Context(), o.Unit, sample.Everywhere, id)
	must(t, err)
	e, err := casefile.EconomyOf(t.Context(), o.Unit, f)
	must(t, err)
	if sum, err := e.Sum(casefile.Income); err != nil || sum != 4_860_600 {
		t.Errorf("the income is %v, %v", sum, err)
	}
	// The registrar looks at it and saves: the same snapshot is written anew.
	must(t, casefile.SaveEconomy(t.Context(), o.Unit, id, 0, e, nil))
	same(t, o.text(t, `SELECT count(*)::text FROM casefile_snapshot WHERE file_id = $1`, id), "1\n")
}

func TestUpToWhichDayFiguresAre(t *testing.T) {
	for name, test := range map[string]struct {
		until day.Date
		want  string
	}{
		"not said":       {day.Date{}, "ledger.refusal.until"},
		"today":          {day.Of(2026, 11, 22), ""},
		"tomorrow":       {day.Of(2026, 11, 23), "ledger.refusal.until_range"},
		"two years back": {day.Of(2024, 11, 22), ""},
		"a day more":     {day.Of(2024, 11, 21), "ledger.refusal.until_range"},
	} {
		t.Run(name, func(t *testing.T) {
			o := open(t)
			i := o.find(t, o.upload(t, "姓名,身份证号,月工资", "王建国,"+man()+",2000"))
			err := ledger.Map(t.Context(), o.Unit, i.ID, i.Version, ledger.Mapping{Columns: i.Columns, Until: test.until})
			if told := sample.Told(t, err); told != test.want {
				t.Errorf("%s: %q, want %q", name, told, test.want)
			}
			if told := sample.Told(t, ledger.Start(t.Context(), o.Unit, i.ID)); (told == "") != (test.want == "") {
				t.Errorf("%s: the import begins: %q", name, told)
			}
		})
	}
}

func TestWhatIsTooMuchForAnAmount(t *testing.T) {
	for name, test := range map[string]struct {
		head, cell string
		taken      int
	}{
		"as much as a file holds": {"累计帮扶金额", "100000000000", 1},
		"a fen more":              {"累计帮扶金额", "100000000000.01", 0},
		"twelve times":            {"月低保金", "8333333333.33", 1},
		"twelve times and more":   {"月低保金", "8333333333.34", 0},
	} {
		t.Run(name, func(t *testing.T) {
			o := open(t)
			i := o.read(t, ledger.Mapping{Until: o.Today()}, "姓名,身份证号,"+test.head, "王建国,"+man()+","+test.cell)
			if i.Files != test.taken {
				t.Errorf("%s: %s", name, o.outcome(t, i))
			}
		})
	}
}

func TestWhoIsTakenWithoutWhatCannotBeRead(t *testing.T) {
	rows := []string{"户编号,关系,姓名,身份证号,手机,面积,健康状况,参加工作时间,银行卡号,档案号",
		"1,户主,王建国," + man() + ",12345,约60,良好,2027-01-01,6228480402564890019,A-1", "1,妻,林秀兰," + woman() + ",13900001111,,凑合,,,"}
	t.Run("strictly", func(t *testing.T) {
		o := open(t)
		same(t, o.outcome(t, o.read(t, ledger.Mapping{}, rows...)), "done: 0 files, 0 taken, 0 known, 2 bad, 0 held\n"+
			"2 bad: phone/phone[] area/number[约60] started/future[2027-01-01] card/card[]\n3 bad: health/word[凑合]\n")
	})
	t.Run("leniently", func(t *testing.T) {
		o := open(t)
		i := o.read(t, ledger.Mapping{Lenient: true}, rows...)
		same(t, o.outcome(t, i), "done: 1 files, 2 taken, 0 known, 0 bad, 0 held\n")
		same(t, o.notes(t, i), "2 A-1: phone/fault.phone[] area/fault.number[约60] started/fault.future[2027-01-01] card/fault.card[]\n3 : health/fault.word[凑合]\n")
		same(t, o.text(t, `SELECT concat_ws('|', name, phone_index IS NULL, health, coalesce(started_on::text, '-')) FROM casefile_person ORDER BY id`),
			"王建国|t|good|-\n林秀兰|f||-\n")
		same(t, o.text(t, `SELECT concat_ws('|', coalesce(housing_m2::text, '-'), old_number, (SELECT count(*) FROM casefile_card)) FROM casefile_file`), "-|A-1|0\n")
	})
	m := man()
	for name, test := range map[string]struct{ row, want string }{
		"the number":   {"1,户主,王建国," + m[:17] + "?,,,,,,", "id/id_character[]"},
		"the name":     {"1,户主,," + man() + ",,,,,,", "name/missing[]"},
		"the relation": {"1,主人,王建国," + man() + ",,,,,,", "relation/word[主人]"},
	} {
		t.Run("not without "+name, func(t *testing.T) {
			o := open(t)
			i := o.read(t, ledger.Mapping{Lenient: true}, rows[0], test.row)
			same(t, o.outcome(t, i), "done: 0 files, 0 taken, 0 known, 1 bad, 0 held\n2 bad: "+test.want+"\n")
		})
	}
	t.Run("not against the number", func(t *testing.T) {
		o := open(t)
		i := o.read(t, ledger.Mapping{Lenient: true}, "姓名,身份证号,性别,出生日期", "王建国,"+man()+",女,1977-01-01")
		same(t, o.outcome(t, i), "done: 0 files, 0 taken, 0 known, 1 bad, 0 held\n2 bad: sex/sex[] birth/birth[]\n")
	})
}

// The number that a household had in the old ledger stays with its file, is told by it, and finds it.
func TestTheNumberOfTheOldLedger(t *testing.T) {
	o := open(t)
	o.imported(t, "姓名,身份证号,档案号", "王建国,"+man()+",困档字〔２０１８〕-003号", "赵川,"+man()+",2018003", "何花,"+woman()+",")
	same(t, o.text(t, `SELECT old_number FROM casefile_file ORDER BY id`), "困档字〔2018〕-003号\n2018003\n\n")
	for text, want := range map[string]string{"困档字2018003号": "王建国", "困档字〔2018〕-003号": "王建国", "2018-003": "赵川", "２０１８００３": "赵川", "201800": ""} {
		r, err := casefile.Search(t.Context(), o.Unit, o.Keys, sample.Clerk.Scope, text, "")
		must(t, err)
		got := ""
		for _, f := range r.Found {
			got += f.HeadName
			if f.By != casefile.ByOld || f.Person == "" {
				t.Errorf("%s is found by %q: %q", text, f.By, f.Person)
			}
		}
		if got != want {
			t.Errorf("%s finds %q, want %q", text, got, want)
		}
		if r, err := casefile.Search(t.Context(), o.Unit, o.Keys, sample.SiblingClerk.Scope, text, ""); err != nil || len(r.Found) != 0 {
			t.Errorf("%s is found outside the scope: %+v, %v", text, r.Found, err)
		}
	}
}
