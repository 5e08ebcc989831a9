package comparison_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/comparison"
	"bangfu/internal/day"
	"bangfu/internal/disclosure"
	"bangfu/internal/move"
	"bangfu/internal/sheet"
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

// Between the making of a list and its sending somebody may leave: the household, the office, or by taking the authorisation
// back. Nobody of them is sent, and their number is not in the list.
func TestWhoLeftIsNotSent(t *testing.T) {
	tests := map[string]struct {
		sql  string
		left int
		told string
	}{
		"nobody":        {`SELECT 1`, 2, ""},
		"the household": {`UPDATE casefile_person SET left_on = @today WHERE file_id = @file AND name = '李秀兰'`, 1, ""},
		"the agreement": {`DELETE FROM casefile_declaration WHERE file_id = @file AND kind = 'comparison'`, 0, "comparison.refusal.nobody_left"},
	}
	for what, test := range tests {
		t.Run(what, func(t *testing.T) {
			u, f := centre(t)
			batch, err := comparison.Make(t.Context(), u, plan())
			if err != nil {
				t.Fatal(err)
			}
			run(t, u, test.sql, pgx.NamedArgs{"file": f.ID, "today": today})
			if told := sample.Told(t, comparison.Send(t.Context(), u, batch)); told != test.told {
				t.Fatalf("told %q, want %q", told, test.told)
			}
			if test.told != "" {
				return
			}
			var list strings.Builder
			if err := comparison.WriteList(t.Context(), u, sample.Keys(), batch, sheet.CSV, []string{"序号", "姓名", "身份证号"}, &list); err != nil {
				t.Fatal(err)
			}
			b, err := comparison.FindBatch(t.Context(), u, sample.Everywhere, batch)
			if err != nil || b.SentPeople != test.left || strings.Count(list.String(), "\n") != test.left+1 {
				t.Errorf("%d sent, %v, list\n%s", b.SentPeople, err, list.String())
			}
		})
	}
}

// A household that was listed and not sent is not spared as one that was, and its page of what left the office says nothing.
func TestListedIsNotSent(t *testing.T) {
	u, f := centre(t)
	other := sample.File(t, u, casefile.Visited)
	u.By = sample.Officer
	batch, err := comparison.Make(t.Context(), u, plan())
	if err != nil {
		t.Fatal(err)
	}
	run(t, u, `DELETE FROM casefile_declaration WHERE file_id = @file AND kind = 'comparison'`, pgx.NamedArgs{"file": other.ID})
	if err := comparison.Send(t.Context(), u, batch); err != nil {
		t.Fatal(err)
	}
	run(t, u, `INSERT INTO casefile_declaration (file_id, kind, text_version, signed_on, recorded_by, recorded_at)
		SELECT @other, kind, text_version, signed_on, recorded_by, recorded_at FROM casefile_declaration WHERE file_id = @file AND kind = 'comparison'`,
		pgx.NamedArgs{"other": other.ID, "file": f.ID})
	for file, times := range map[work.FileID]int{f.ID: 1, other.ID: 0} {
		all, _, err := disclosure.Of(t.Context(), u, sample.Everywhere, file, disclosure.Place{}, 10)
		n := 0
		for _, d := range all {
			if d.Kind == disclosure.Comparison {
				n++
			}
		}
		if err != nil || n != times {
			t.Errorf("file %d: %+v, %v; want %d lists", file, all, err, times)
		}
	}
	again, err := comparison.Make(t.Context(), u, plan(func(p *comparison.Plan) { p.Spare = 6 }))
	if err != nil {
		t.Fatal(err)
	}
	if b, err := comparison.FindBatch(t.Context(), u, sample.Everywhere, again); err != nil || b.Files != 1 {
		t.Errorf("%+v, %v; want the household that was not sent", b, err)
	}
}

// A list of an office gives away no household that another office has taken over since.
func TestWhoMovedIsNotSent(t *testing.T) {
	u, _ := centre(t)
	f := sample.File(t, u, casefile.Active)
	batch, err := comparison.Make(t.Context(), u, plan(func(p *comparison.Plan) { p.Aim, p.File = comparison.ForFile, f.ID }))
	if err != nil {
		t.Fatal(err)
	}
	var id move.ID
	as := func(by work.Actor, do func() error) {
		t.Helper()
		u.By = by
		if err := do(); err != nil {
			t.Fatal(err)
		}
	}
	as(sample.Clerk2, func() (err error) {
		id, err = move.Ask(t.Context(), u, f.ID, move.Request{Kind: move.Transfer, Why: "household_moved", Reason: "迁居白河县", To: sample.Sibling})
		return err
	})
	as(sample.Supervisor, func() error { return move.Decide(t.Context(), u, id, true, "同意移交") })
	as(sample.SiblingHead, func() error { return move.Receive(t.Context(), u, id, true, "接收") })
	u.By = sample.Officer
	if told := sample.Told(t, comparison.Send(t.Context(), u, batch)); told != "comparison.refusal.nobody_left" {
		t.Errorf("told %q", told)
	}
}

// Two flats or two wages of one person are two; the same row twice is one. An income of less than twelve months is for somebody
// to look at.
func TestTwoOfAKind(t *testing.T) {
	t.Run("two of a kind", twoOfAKind)
	for from, open := range map[string]int{today.AddMonths(-12).Add(1).String(): 0, today.AddMonths(-12).Add(2).String(): 1} {
		t.Run(from, func(t *testing.T) {
			u, f := centre(t)
			start, _ := day.Parse(from)
			batch, err := comparison.Make(t.Context(), u, plan(func(p *comparison.Plan) { p.From = start }))
			if err == nil {
				err = comparison.Send(t.Context(), u, batch)
			}
			if err != nil {
				t.Fatal(err)
			}
			mapped(t, u, batch, "姓名,身份证号,收入\n"+person(t, u, f, 0)+",9000\n", comparison.Mapping{Head: 1, Columns: []comparison.Column{name, id, "income"}})
			n, err := comparison.CountOpen(t.Context(), u, sample.Everywhere)
			if err != nil || comparison.Total(n) != open {
				t.Errorf("%v open, %v", n, err)
			}
		})
	}
}

func twoOfAKind(t *testing.T) {
	t.Helper()
	u, f := centre(t)
	rows := "姓名,身份证号,项目,结果\n"
	for _, what := range []string{"房产,甲路 1 号", "房产,乙路 2 号", "房产,甲路 1 号", "工资,12000", "工资,12000.01"} {
		rows += person(t, u, f, 0) + "," + what + "\n"
	}
	a := mapped(t, u, sent(t, u), rows, comparison.Mapping{Head: 1, Columns: []comparison.Column{name, id, kind, value}})
	counts, _, err := comparison.Tally(t.Context(), u, a)
	if err != nil || fmt.Sprint(counts) != "map[duplicate:1 matched:4]" {
		t.Errorf("%v, %v", counts, err)
	}
	if open, err := comparison.CountOpen(t.Context(), u, sample.Everywhere); err != nil || fmt.Sprint(open) != "map[income:2 property:2]" {
		t.Errorf("%v open, %v; 24,000.01 of wages against 24,000.00 declared, and two flats", open, err)
	}
}
