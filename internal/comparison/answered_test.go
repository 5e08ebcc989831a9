package comparison_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/comparison"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// mapped uploads an answer, tells how it is to be read, and reads it.
func mapped(t *testing.T, u *work.Unit, batch comparison.BatchID, csv string, m comparison.Mapping) comparison.Answer {
	t.Helper()
	answer, err := comparison.Upload(t.Context(), u, sample.Keys(), batch, "核对结果.csv", []byte(csv))
	if err == nil {
		err = comparison.Start(t.Context(), u, answer, m)
	}
	if err == nil {
		err = read(t.Context(), u)
	}
	if err != nil {
		t.Fatal(err)
	}
	a, err := comparison.FindAnswer(t.Context(), u, sample.Everywhere, answer)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// Where the rule asks for it, a household is compared when all that was asked of each of its adults was answered: income and
// vehicles of 王建国 and 李秀兰.
func TestComparedIsAnsweredWhole(t *testing.T) {
	both, income, vehicle := []comparison.Column{name, id, "income", "vehicle"}, []comparison.Column{name, id, "income"}, []comparison.Column{name, id, "vehicle"}
	long := []comparison.Column{name, id, kind, value}
	type table struct {
		rows                  []string // of a person and what is said
		columns               []comparison.Column
		blankNone, absentNone bool
	}
	const first = "casefile.refusal.comparison_first"
	tests := map[string]struct {
		tables []table
		rule   string
	}{
		"nobody answered":                       {nil, first},
		"all answered":                          {[]table{{[]string{"1,100,无", "2,无,无"}, both, false, false}}, ""},
		"one of two adults":                     {[]table{{[]string{"1,100,无"}, both, false, false}}, first},
		"one, the others not found":             {[]table{{[]string{"1,100,无"}, both, false, true}}, ""},
		"a blank":                               {[]table{{[]string{"1,100,", "2,无,无"}, both, false, false}}, first},
		"a blank that says nothing was found":   {[]table{{[]string{"1,100,", "2,,"}, both, true, false}}, ""},
		"a column that is missing":              {[]table{{[]string{"1,100", "2,无"}, income, false, false}}, first},
		"a column that is missing, none absent": {[]table{{nil, income, false, true}}, first},
		"in two tables":                         {[]table{{[]string{"1,100", "2,无"}, income, false, false}, {[]string{"1,无", "2,无"}, vehicle, false, false}}, ""},
		"in two tables, but one person of one":  {[]table{{[]string{"1,100", "2,无"}, income, false, false}, {[]string{"1,无"}, vehicle, false, false}}, first},
		"a row each":                            {[]table{{[]string{"1,收入,100", "1,车辆,无", "2,收入,无", "2,车辆,无"}, long, false, false}}, ""},
		"a row each, one kind short":            {[]table{{[]string{"1,收入,100", "1,车辆,无", "2,收入,无"}, long, false, false}}, first},
		"a row each, of what was found":         {[]table{{[]string{"1,收入,100"}, long, false, true}}, ""},
	}
	for what, test := range tests {
		t.Run(what, func(t *testing.T) {
			u, f := centre(t)
			run(t, u, `INSERT INTO comparison_rule (from_on, required, months, source) VALUES (@day, true, 12, '市总')`, pgx.NamedArgs{"day": today})
			batch := sent(t, u)
			for _, table := range test.tables {
				text := "姓名,身份证号,甲,乙\n"
				for _, row := range table.rows {
					n, rest, _ := strings.Cut(row, ",")
					text += person(t, u, f, int(n[0]-'1')) + "," + rest + "\n"
				}
				mapped(t, u, batch, text, comparison.Mapping{Head: 1, Columns: table.columns, BlankNone: table.blankNone, AbsentNone: table.absentNone})
			}
			if got := judge(t, u, f); got != test.rule {
				t.Errorf("refused by %q, want %q", got, test.rule)
			}
		})
	}
}

// Who grew up since the list was made was not compared.
func TestComparedOnceGrown(t *testing.T) {
	u, f := centre(t)
	run(t, u, `INSERT INTO comparison_rule (from_on, required, months, source) VALUES (@day, true, 12, '市总')`, pgx.NamedArgs{"day": today})
	all := "姓名,身份证号,收入,车辆\n" + person(t, u, f, 0) + ",无,无\n" + person(t, u, f, 1) + ",无,无\n"
	mapped(t, u, sent(t, u), all, comparison.Mapping{Head: 1, Columns: []comparison.Column{name, id, "income", "vehicle"}})
	for years, rule := range map[string]string{"18 years": "casefile.refusal.comparison_first", "18 years - 1 day": ""} {
		run(t, u, `UPDATE casefile_person SET birth_on = (@today::date - @years::interval)::date WHERE file_id = @file AND name = '王小明'`,
			pgx.NamedArgs{"today": today.String(), "years": years, "file": f.ID})
		if got := judge(t, u, f); got != rule {
			t.Errorf("a child of %s: refused by %q, want %q", years, got, rule)
		}
	}
}

// What stands above the heads is not read, and the people with an answer are counted kind by kind.
func TestTheHeadsAreFound(t *testing.T) {
	u, f := centre(t)
	batch := sent(t, u)
	text := "青石县核对结果反馈表,,,\n截至 11 月 20 日,,,\n姓名,身份证号,收入,车辆\n" + person(t, u, f, 0) + ",100,\n" + person(t, u, f, 1) + ",无,无\n"
	answer, err := comparison.Upload(t.Context(), u, sample.Keys(), batch, "核对结果.csv", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	s, err := comparison.SampleOf(t.Context(), u, sample.Keys(), answer)
	if err != nil || s.Head != 3 || fmt.Sprint(s.Columns) != "[name_col id income vehicle]" || s.Title(2) != "收入" || len(s.Rows) != 5 || s.Rows[4].Row != 5 {
		t.Fatalf("%+v, %v", s, err)
	}
	for head, told := range map[int]string{-1: "comparison.refusal.head", comparison.MostAbove + 1: "comparison.refusal.head"} {
		if got := sample.Told(t, comparison.Start(t.Context(), u, answer, comparison.Mapping{Head: head, Columns: s.Columns})); got != told {
			t.Errorf("heads in row %d: told %q", head, got)
		}
	}
	if err := comparison.Drop(t.Context(), u, answer); err != nil {
		t.Fatal(err)
	}
	a := mapped(t, u, batch, text, comparison.Mapping{Head: s.Head, Columns: s.Columns})
	counts, silent, err := comparison.Tally(t.Context(), u, a)
	if err != nil || silent != 0 || fmt.Sprint(counts) != "map[matched:2]" || fmt.Sprint(a.Answered) != "map[income:2 vehicle:1]" {
		t.Errorf("%v, %d silent, answered %v, %v", counts, silent, a.Answered, err)
	}
	one := mapped(t, u, batch, "姓名,身份证号,收入\n"+person(t, u, f, 0)+",100\n", comparison.Mapping{Head: 1, Columns: []comparison.Column{name, id, "income"}, AbsentNone: true})
	if fmt.Sprint(one.Answered) != "map[income:2 vehicle:0]" {
		t.Errorf("with who is absent: answered %v", one.Answered)
	}
}

// A withdrawn answer finds nothing any more, but what it found bars the judgement until the right one was read.
func TestWithdraw(t *testing.T) {
	u, f := centre(t)
	batch := sent(t, u)
	text := "姓名,身份证号,年收入\n" + person(t, u, f, 0) + ",24000\n" + person(t, u, f, 1) + ",100\n"
	wrong := mapped(t, u, batch, text, comparison.Mapping{Head: 1, Columns: []comparison.Column{name, id, "property"}})
	findings := func() []comparison.Finding {
		t.Helper()
		list, _, err := comparison.OfFile(t.Context(), u, sample.Keys(), sample.Everywhere, f.ID)
		if err != nil || len(list) < 2 {
			t.Fatalf("%+v, %v", list, err)
		}
		return list
	}
	settled := findings()[0]
	u.By = sample.Clerk4
	if err := comparison.Resolve(t.Context(), u, sample.Keys(), settled.ID, comparison.Explained, "不是房产"); err != nil {
		t.Fatal(err)
	}
	u.By = sample.Officer
	if told := sample.Told(t, comparison.Withdraw(t.Context(), u, wrong.ID, "")); told != "comparison.refusal.note" {
		t.Errorf("without a reason: told %q", told)
	}
	if err := comparison.Withdraw(t.Context(), u, wrong.ID, "把年收入一列当成了不动产"); err != nil {
		t.Fatal(err)
	}
	if told := sample.Told(t, comparison.Withdraw(t.Context(), u, wrong.ID, "再来一次")); told != "comparison.refusal.answer" {
		t.Errorf("a second time: told %q", told)
	}
	if a, err := comparison.FindAnswer(t.Context(), u, sample.Everywhere, wrong.ID); err != nil || a.State != comparison.Withdrawn || a.WithdrawnBy != sample.Officer.Name {
		t.Errorf("%+v, %v", a, err)
	}
	states := map[comparison.Standing]int{}
	for _, g := range findings() {
		states[g.State]++
	}
	if fmt.Sprint(states) != "map[explained:1 withdrawn:1]" {
		t.Errorf("%v", states)
	}
	if n := number(t, u, `SELECT count(*) FROM audit_entry WHERE act = 'comparison.withdraw' AND file_id = $1`, f.ID); n != 1 {
		t.Errorf("%d entries of the file", n)
	}
	if got := judge(t, u, f); got != "casefile.refusal.comparison_open" {
		t.Errorf("judged while the right answer is awaited: %q", got)
	}
	mapped(t, u, batch, text, comparison.Mapping{Head: 1, Columns: []comparison.Column{name, id, "income"}})
	if got := judge(t, u, f); got != "casefile.refusal.comparison_open" {
		t.Errorf("24,100.00 of income against 24,000.00 declared: %q", got)
	}
	open, _, err := comparison.OpenFindings(t.Context(), u, sample.Keys(), sample.Everywhere, comparison.Property, 0, 10)
	if err != nil || len(open) != 0 {
		t.Errorf("%+v, %v", open, err)
	}
	open, _, err = comparison.OpenFindings(t.Context(), u, sample.Keys(), sample.Everywhere, comparison.Income, 0, 10)
	if err != nil || len(open) != 2 || open[0].Declared.Income.String() != "24000.00" || open[0].Declared.Told.String() != "24100.00" || open[1].Declared.Marital != "married" {
		t.Errorf("%+v, %v", open, err)
	}
}

// One who is withdrawn can be resolved by hand, where no other answer comes; and it is not put away in any other way.
func TestWithdrawnByHand(t *testing.T) {
	u, f := centre(t)
	batch := sent(t, u)
	a := mapped(t, u, batch, "姓名,身份证号,房产\n"+person(t, u, f, 0)+",一套\n", comparison.Mapping{Head: 1, Columns: []comparison.Column{name, id, "property"}})
	args := pgx.NamedArgs{"id": a.ID}
	refused := func(what, sql, rule string) {
		t.Helper()
		tx, err := u.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = tx.Rollback(t.Context()) }()
		if _, err = tx.Exec(t.Context(), sql, args); work.Violated(err) != rule {
			t.Errorf("%s: refused by %q, want %q (%v)", what, work.Violated(err), rule, err)
		}
	}
	refused("a finding of an answer that counts", `UPDATE comparison_finding SET state = 'withdrawn' WHERE answer_id = @id`, "comparison_resolved_once")
	if err := comparison.Withdraw(t.Context(), u, a.ID, "拿错了文件"); err != nil {
		t.Fatal(err)
	}
	refused("replaced by nothing", `UPDATE comparison_finding SET state = 'replaced' WHERE answer_id = @id`, "comparison_replaced")
	refused("open again", `UPDATE comparison_finding SET state = 'open' WHERE answer_id = @id`, "comparison_resolved_once")
	list, _, err := comparison.OfFile(t.Context(), u, sample.Keys(), sample.Everywhere, f.ID)
	if err != nil || len(list) != 1 || !list[0].MayResolve(sample.Clerk4) || list[0].MayResolve(sample.Clerk) {
		t.Fatalf("%+v, %v", list, err)
	}
	u.By = sample.Clerk4
	if err := comparison.Resolve(t.Context(), u, sample.Keys(), list[0].ID, comparison.Explained, "核对单位来函说明无房产"); err != nil {
		t.Error(err)
	}
	if got := judge(t, u, f); got != "" {
		t.Errorf("refused by %q", got)
	}
}

// An allowance is a household's: that one of its people has it answers for the others.
func TestOneAllowanceAHousehold(t *testing.T) {
	u, f := centre(t)
	run(t, u, `INSERT INTO casefile_figure (snapshot_id, side, kind, amount_fen)
		SELECT id, 'income', 'allowance', 100 FROM casefile_snapshot WHERE file_id = @file AND current`, pgx.NamedArgs{"file": f.ID})
	mapped(t, u, sent(t, u), "姓名,身份证号,低保\n"+person(t, u, f, 0)+",享受低保\n"+person(t, u, f, 1)+",无\n", comparison.Mapping{Head: 1, Columns: []comparison.Column{name, id, "allowance"}})
	if n, err := comparison.CountOpen(t.Context(), u, sample.Clerk.Scope); err != nil || len(n) != 0 {
		t.Errorf("%v open, %v", n, err)
	}
}
