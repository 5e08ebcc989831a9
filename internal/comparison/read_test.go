package comparison_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/text/encoding/simplifiedchinese"

	"bangfu/internal/casefile"
	"bangfu/internal/comparison"
	"bangfu/internal/day"
	"bangfu/internal/idcard"
	"bangfu/internal/sheet"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// person gives the name and the number of the nth person of a file, as an answer has them.
func person(t *testing.T, u *work.Unit, f casefile.File, n int) string {
	t.Helper()
	people, err := casefile.People(t.Context(), u, sample.Keys(), f.ID)
	if err != nil || len(people) <= n {
		t.Fatalf("%d people, %v", len(people), err)
	}
	return people[n].Name + "," + string(people[n].Number)
}

// answered uploads an answer, tells its columns and reads it.
func answered(t *testing.T, u *work.Unit, id comparison.BatchID, csv string, columns ...comparison.Column) comparison.Answer {
	t.Helper()
	before := u.By
	u.By = sample.Officer
	answer, err := comparison.Upload(t.Context(), u, sample.Keys(), id, "核对结果.csv", []byte(csv))
	if err == nil {
		err = comparison.Start(t.Context(), u, answer, comparison.Mapping{Head: 1, Columns: columns})
	}
	if err == nil {
		err = read(t.Context(), u)
	}
	u.By = before
	if err != nil {
		t.Fatal(err)
	}
	a, err := comparison.FindAnswer(t.Context(), u, sample.Everywhere, answer)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func read(ctx context.Context, u *work.Unit) error {
	return comparison.ReadDue(ctx, u.Tx, sample.Keys(), func() time.Time { return u.Now })
}

const (
	name  = comparison.NameCol
	id    = comparison.NumberCol
	kind  = comparison.KindCol
	value = comparison.ValueCol
)

func TestVerdicts(t *testing.T) {
	u, f := centre(t)
	batch := sent(t, u)
	one, two, child := person(t, u, f, 0), person(t, u, f, 1), person(t, u, f, 2)
	stranger := "陌生人," + string(sample.Number(day.Of(1980, 1, 1), idcard.Male))
	_, number, _ := strings.Cut(two, ",")
	rows := []string{"姓名,身份证号,车辆", one + ",无", "李 秀 兰," + number + ",无", "李秀英," + number + ",无", one + ",无", stranger + ",云B1", child + ",无", "王某,11010119900101,无"}
	a := answered(t, u, batch, strings.Join(rows, "\n")+"\n", name, id, comparison.Column(comparison.Vehicle))
	if a.State != comparison.Done || a.RowsRead != 8 || a.RowsAll != 8 {
		t.Errorf("%+v", a)
	}
	counts, silent, err := comparison.Tally(t.Context(), u, a)
	if err != nil || silent != 0 || fmt.Sprint(counts) != "map[duplicate:1 matched:2 name_differs:1 unknown:2 unreadable:1]" {
		t.Errorf("%v, %d silent, %v", counts, silent, err)
	}
	for verdict, want := range map[comparison.Verdict]string{comparison.Duplicate: "5 王*国", comparison.Unknown: "6 陌*人", comparison.Unreadable: "8 王*", comparison.NameDiffers: "4 李*英"} {
		list, _, err := comparison.Rows(t.Context(), u, a.ID, verdict, 0, 10)
		if err != nil || len(list) == 0 || fmt.Sprint(list[0].Row, " ", list[0].Name) != want || strings.Contains(list[0].Number, number) {
			t.Errorf("%s: %+v, %v", verdict, list, err)
		}
	}
	list, next, err := comparison.Rows(t.Context(), u, a.ID, comparison.Matched, 0, 1)
	if err != nil || len(list) != 1 || next != 2 || list[0].FileID != f.ID {
		t.Errorf("%+v, next %d, %v", list, next, err)
	}
	open, _, err := comparison.OpenFindings(t.Context(), u, sample.Keys(), sample.Clerk.Scope, "", 0, 10)
	if err != nil || len(open) != 1 || open[0].Kind != comparison.NameKind || open[0].Value != "李秀英" {
		t.Errorf("%+v, %v", open, err)
	}
	if _, err := comparison.SampleOf(t.Context(), u, sample.Keys(), a.ID); !errors.Is(err, work.ErrNotFound) {
		t.Errorf("the table is kept after it was read: %v", err)
	}
}

// What an answer says, against what the household declared: 24,000.00 of wages, no allowance, married.
func TestFindings(t *testing.T) {
	column := func(k comparison.Kind) comparison.Column { return comparison.Column(k) }
	tests := map[string]struct {
		kind  comparison.Kind
		value string
		want  comparison.Standing // "" = no finding
	}{
		"no vehicle":              {comparison.Vehicle, "无", ""},
		"a vehicle":               {comparison.Vehicle, "云A12345", comparison.Open},
		"a flat":                  {comparison.Property, "河西街道 3 号", comparison.Open},
		"a company":               {comparison.Company, "便利店", comparison.Open},
		"nobody died":             {comparison.Death, "否", ""},
		"somebody died":           {comparison.Death, "2026-08-01", comparison.Open},
		"as much income":          {comparison.Income, "24000.00", comparison.Agrees},
		"a fen more income":       {comparison.Income, "24000.01", comparison.Open},
		"an income in words":      {comparison.Income, "约两万", comparison.Open},
		"no income":               {comparison.Income, "0", ""},
		"an allowance":            {comparison.Allowance, "享受低保", comparison.Open},
		"no allowance":            {comparison.Allowance, "无", ""},
		"married":                 {comparison.Marriage, "已婚", comparison.Agrees},
		"divorced":                {comparison.Marriage, "离异", comparison.Open},
		"nothing about marriage":  {comparison.Marriage, "", ""},
		"insured":                 {comparison.Insurance, "正常参保", comparison.Agrees},
		"insurance broken off":    {comparison.Insurance, "2026-03 中断", comparison.Open},
		"insurance not paid":      {comparison.Insurance, "欠费", comparison.Open},
		"nothing about insurance": {comparison.Insurance, "", ""},
	}
	for what, test := range tests {
		t.Run(what, func(t *testing.T) {
			u, f := centre(t)
			answered(t, u, sent(t, u), "姓名,身份证号,结果\n"+person(t, u, f, 0)+","+test.value+"\n", name, id, column(test.kind))
			all, _, err := comparison.OfFile(t.Context(), u, sample.Keys(), sample.Clerk.Scope, f.ID)
			got := comparison.Standing("")
			if len(all) == 1 {
				got = all[0].State
			}
			if err != nil || got != test.want || len(all) > 1 {
				t.Errorf("%+v, %v; want %q", all, err, test.want)
			}
		})
	}
}

// The incomes of a household are summed up; a declared allowance that nobody pays is a difference.
func TestTheHouseholdIsTakenTogether(t *testing.T) {
	u, f := centre(t)
	run(t, u, `INSERT INTO casefile_figure (snapshot_id, side, kind, amount_fen)
		SELECT id, 'income', 'allowance', 100 FROM casefile_snapshot WHERE file_id = @file AND current`, pgx.NamedArgs{"file": f.ID})
	rows := "姓名,证件号码,项目,结果\n" + person(t, u, f, 0) + ",工资收入,24000\n" + person(t, u, f, 1) + ",工资收入,2\n" + person(t, u, f, 0) + ",低保,无\n" +
		person(t, u, f, 0) + ",天气,晴\n"
	a := answered(t, u, sent(t, u), rows, name, id, kind, value)
	counts, silent, err := comparison.Tally(t.Context(), u, a)
	if err != nil || silent != 0 || counts[comparison.Matched] != 3 || counts[comparison.Unreadable] != 1 {
		t.Errorf("%v, %d silent, %v", counts, silent, err)
	}
	if n, err := comparison.CountOpen(t.Context(), u, sample.Clerk.Scope); err != nil || comparison.Total(n) != 3 {
		t.Errorf("%v open, %v; two incomes above 24,001.00 together, and the allowance", n, err)
	}
}

// An answer is taken as XLSX and as text in UTF-8 or GB18030; its columns are guessed by their heads.
func TestSample(t *testing.T) {
	u, f := centre(t)
	batch := sent(t, u)
	who, number, _ := strings.Cut(person(t, u, f, 0), ",")
	text := "序号,姓名,公民身份号码,机动车信息,房产情况,婚姻状况\n1," + who + "," + number + ",无,无,已婚\n"
	gb, err := simplifiedchinese.GB18030.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	var book bytes.Buffer
	w, err := sheet.NewWriter(&book, sheet.XLSX, "结果")
	if err == nil {
		err = errors.Join(w.Row(sheet.Texts("序号", "姓名", "公民身份号码", "机动车信息", "房产情况", "婚姻状况")...), w.Row(sheet.Texts("1", who, number, "无", "无", "已婚")...), w.Close())
	}
	if err != nil {
		t.Fatal(err)
	}
	for form, content := range map[string]string{"UTF-8": text, "GB18030": gb, "XLSX": book.String()} {
		answer, err := comparison.Upload(t.Context(), u, sample.Keys(), batch, "结果", []byte(content))
		if err != nil {
			t.Fatalf("%s: %v", form, err)
		}
		s, err := comparison.SampleOf(t.Context(), u, sample.Keys(), answer)
		if err != nil || fmt.Sprint(s.Columns) != "[skip name_col id vehicle property marriage]" || s.Rows[1].Cells[1] != who || s.Rows[1].Cells[2] == number || !strings.Contains(s.Rows[1].Cells[2], "*") {
			t.Errorf("%s: %+v, %v", form, s, err)
		}
		if err := comparison.Drop(t.Context(), u, answer); err != nil {
			t.Errorf("%s: dropping it: %v", form, err)
		}
	}
	// A number with a digit mistyped is masked with the others: the page says that they are.
	wrong := number[:16] + string('0'+(number[16]-'0'+1)%10) + number[17:]
	answer, err := comparison.Upload(t.Context(), u, sample.Keys(), batch, "结果", []byte(strings.Replace(text, number, wrong, 1)))
	if err != nil {
		t.Fatal(err)
	}
	if s, err := comparison.SampleOf(t.Context(), u, sample.Keys(), answer); err != nil || s.Rows[1].Cells[2] == wrong || !strings.Contains(s.Rows[1].Cells[2], "*") {
		t.Errorf("a wrong number: %+v, %v", s, err)
	}
	if err := comparison.Drop(t.Context(), u, answer); err != nil {
		t.Error(err)
	}
	if _, err := comparison.Upload(t.Context(), u, sample.Keys(), batch, "结果", []byte("姓名,身份证号\n"+who+","+number+"\n")); sample.Told(t, err) != "comparison.refusal.columns" {
		t.Errorf("two columns: %v", err)
	}
	for form, content := range map[string]string{"nothing": "", "a picture": "\x89PNG\r\n\x1a\n\x00\x00", "an old workbook": "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"} {
		_, err := comparison.Upload(t.Context(), u, sample.Keys(), batch, "结果", []byte(content))
		if _, ok := sheet.AsFault(err); !ok {
			t.Errorf("%s: %v", form, err)
		}
	}
}

func TestStart(t *testing.T) {
	vehicle := comparison.Column(comparison.Vehicle)
	tests := map[string]struct {
		columns []comparison.Column
		told    string
	}{
		"number, name and a kind":       {[]comparison.Column{id, name, vehicle}, ""},
		"kinds in rows":                 {[]comparison.Column{id, name, kind, value}, ""},
		"without a number":              {[]comparison.Column{name, vehicle}, "comparison.refusal.no_number"},
		"without a name":                {[]comparison.Column{id, vehicle}, "comparison.refusal.no_name"},
		"without a kind":                {[]comparison.Column{id, name, comparison.Skip}, "comparison.refusal.no_kind"},
		"kinds in rows without a value": {[]comparison.Column{id, name, kind}, "comparison.refusal.kind_value"},
		"kinds in rows and in columns":  {[]comparison.Column{id, name, kind, value, vehicle}, "comparison.refusal.kind_value"},
		"a column twice":                {[]comparison.Column{id, name, vehicle, vehicle}, "comparison.refusal.column_twice"},
		"two columns left out":          {[]comparison.Column{id, name, vehicle, comparison.Skip, comparison.Skip}, ""},
		"a column nobody knows":         {[]comparison.Column{id, name, "weather"}, "comparison.refusal.column"},
	}
	for what, test := range tests {
		t.Run(what, func(t *testing.T) {
			u, f := centre(t)
			batch := sent(t, u)
			answer, err := comparison.Upload(t.Context(), u, sample.Keys(), batch, "结果.csv", []byte("姓名,身份证号,车辆\n"+person(t, u, f, 0)+",无\n"))
			if err != nil {
				t.Fatal(err)
			}
			if told := sample.Told(t, comparison.Start(t.Context(), u, answer, comparison.Mapping{Head: 1, Columns: test.columns})); told != test.told {
				t.Fatalf("told %q, want %q", told, test.told)
			}
			if test.told == "" {
				if told := sample.Told(t, comparison.Drop(t.Context(), u, answer)); told != "comparison.refusal.answer" {
					t.Errorf("dropped while it is read: %q", told)
				}
			}
		})
	}
}

// stopping is a database that goes away after some transactions.
type stopping struct {
	work.Beginner
	left int
}

var errAway = errors.New("the database is away")

func (s *stopping) Begin(ctx context.Context) (pgx.Tx, error) {
	if s.left == 0 {
		return nil, errAway
	}
	s.left--
	return s.Beginner.Begin(ctx)
}

// Reading goes on where it stopped: no row is lost, none is read twice.
func TestReadingGoesOnAfterARestart(t *testing.T) {
	u, f := centre(t)
	batch := sent(t, u)
	var text strings.Builder
	text.WriteString("姓名,身份证号,车辆\n")
	for range 2500 {
		text.WriteString("陌生人," + string(sample.Number(day.Of(1980, 1, 1), idcard.Male)) + ",无\n")
	}
	text.WriteString(person(t, u, f, 0) + ",云A12345\n")
	answer, err := comparison.Upload(t.Context(), u, sample.Keys(), batch, "结果.csv", []byte(text.String()))
	if err == nil {
		err = comparison.Start(t.Context(), u, answer, comparison.Mapping{Head: 1, Columns: []comparison.Column{name, id, comparison.Column(comparison.Vehicle)}})
	}
	if err != nil {
		t.Fatal(err)
	}
	now := func() time.Time { return u.Now }
	if err := comparison.ReadDue(t.Context(), &stopping{u.Tx, 1}, sample.Keys(), now); !errors.Is(err, errAway) {
		t.Fatalf("%v; want the database to go away", err)
	}
	a, err := comparison.FindAnswer(t.Context(), u, sample.Everywhere, answer)
	if err != nil || a.State != comparison.Reading || a.RowsRead != 1000 || a.RowsAll != 2502 {
		t.Fatalf("%+v, %v", a, err)
	}
	for range 2 {
		if err := read(t.Context(), u); err != nil {
			t.Fatal(err)
		}
	}
	if a, err = comparison.FindAnswer(t.Context(), u, sample.Everywhere, answer); err != nil || a.State != comparison.Done || a.RowsRead != 2502 {
		t.Errorf("%+v, %v", a, err)
	}
	if n := number(t, u, `SELECT count(*) FROM comparison_row WHERE answer_id = $1`, answer); n != 2501 {
		t.Errorf("%d rows kept", n)
	}
	if n, err := comparison.CountOpen(t.Context(), u, sample.Clerk.Scope); err != nil || comparison.Total(n) != 1 {
		t.Errorf("%v open, %v", n, err)
	}
}
