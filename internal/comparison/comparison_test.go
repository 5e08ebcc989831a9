package comparison_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/comparison"
	"bangfu/internal/day"
	"bangfu/internal/sheet"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// today is the day of every test.
var today = day.On(pgtest.Now)

// centre is a unit of work on the sample centre, with one household that waits for its judgement: 王建国, 李秀兰, and 王小明,
// who is sixteen.
func centre(t *testing.T) (*work.Unit, casefile.File) {
	t.Helper()
	u := pgtest.Unit(t, sample.Officer)
	sample.Centre(t, u)
	f := sample.File(t, u, casefile.Visited)
	u.By = sample.Officer
	return u, f
}

// plan is a plan that holds together; change spoils it.
func plan(change ...func(*comparison.Plan)) comparison.Plan {
	p := comparison.Plan{Receiver: "青石县民政局核对中心", Purpose: "建档前家庭经济状况核对", Aim: comparison.ForJudgement, From: today.AddMonths(-12), Until: today,
		Asked: []comparison.Kind{comparison.Income, comparison.Vehicle}}
	for _, c := range change {
		c(&p)
	}
	return p
}

// sent makes a batch and sends it.
func sent(t *testing.T, u *work.Unit) comparison.BatchID {
	t.Helper()
	id, err := comparison.Make(t.Context(), u, plan())
	if err == nil {
		err = comparison.Send(t.Context(), u, id)
	}
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func number(t *testing.T, u *work.Unit, sql string, args ...any) int {
	t.Helper()
	var n int
	if err := u.QueryRow(t.Context(), sql, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

func run(t *testing.T, u *work.Unit, sql string, args pgx.NamedArgs) {
	t.Helper()
	if _, err := u.Exec(t.Context(), sql, args); err != nil {
		t.Fatal(err)
	}
}

// unsigned adds a household that signed nothing.
func unsigned(t *testing.T, u *work.Unit) {
	t.Helper()
	run(t, u, `INSERT INTO casefile_file (org_id, org_path, state, head_name, people, registered_by, registered_at, submitted_at)
		VALUES (@org, '', 'visited', '赵无签', 1, @clerk, @now, @now)`, pgx.NamedArgs{"org": sample.County, "clerk": sample.Clerk.StaffID, "now": u.Now})
}

func TestMake(t *testing.T) {
	tests := map[string]struct {
		change func(*comparison.Plan)
		told   string
		people int
	}{
		"the adults of visited files":  {func(*comparison.Plan) {}, "", 2},
		"the minors too":               {func(p *comparison.Plan) { p.Minors = true }, "", 3},
		"no active files are there":    {func(p *comparison.Plan) { p.Aim = comparison.ForReview }, "comparison.refusal.nobody", 0},
		"no aim":                       {func(p *comparison.Plan) { p.Aim = "all" }, "comparison.refusal.aim", 0},
		"a period of a day":            {func(p *comparison.Plan) { p.From = today }, "", 2},
		"a period that ends before":    {func(p *comparison.Plan) { p.From = today.Add(1) }, "comparison.refusal.period", 0},
		"a period that ends tomorrow":  {func(p *comparison.Plan) { p.Until = today.Add(1) }, "comparison.refusal.future", 0},
		"nothing asked":                {func(p *comparison.Plan) { p.Asked = nil }, "comparison.refusal.asked", 0},
		"something nobody asks":        {func(p *comparison.Plan) { p.Asked = []comparison.Kind{comparison.NameKind} }, "comparison.refusal.asked", 0},
		"spared for sixty-one months":  {func(p *comparison.Plan) { p.Spare = 61 }, "comparison.refusal.spare", 0},
		"spared for sixty months":      {func(p *comparison.Plan) { p.Spare = 60 }, "", 2},
		"spared for less than nothing": {func(p *comparison.Plan) { p.Spare = -1 }, "comparison.refusal.spare", 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			u, _ := centre(t)
			unsigned(t, u)
			id, err := comparison.Make(t.Context(), u, plan(test.change))
			told := sample.Told(t, err)
			if told != test.told {
				t.Fatalf("told %q, want %q", told, test.told)
			}
			if err != nil {
				return
			}
			b, err := comparison.FindBatch(t.Context(), u, sample.Officer.Scope, id)
			if err != nil || b.People != test.people || b.Files != 1 || b.LeftOut != 1 || b.State != comparison.Made {
				t.Errorf("%+v, %v", b, err)
			}
			left, next, err := comparison.ListLeftOut(t.Context(), u, sample.Everywhere, id, 0, 10)
			if err != nil || len(left) != 1 || left[0].HeadName != "赵无签" || next != 0 {
				t.Errorf("left out %+v, %v", left, err)
			}
			if _, err := comparison.FindBatch(t.Context(), u, sample.SiblingClerk.Scope, id); !errors.Is(err, work.ErrNotFound) {
				t.Errorf("another county finds it: %v", err)
			}
		})
	}
}

func TestAHouseholdIsSparedForSomeMonths(t *testing.T) {
	u, f := centre(t)
	sent(t, u)
	one := func(spare int) string {
		_, err := comparison.Make(t.Context(), u, plan(func(p *comparison.Plan) { p.Aim, p.File, p.Spare = comparison.ForFile, f.ID, spare }))
		return sample.Told(t, err)
	}
	now := u.Now
	u.Now = now.AddDate(0, 6, 0)
	if told := one(6); told != "" {
		t.Errorf("six months later: %q", told)
	}
	u.Now = now.AddDate(0, 6, 0).Add(-time.Second)
	if told := one(6); told != "comparison.refusal.nobody" {
		t.Errorf("a second earlier: %q", told)
	}
	if told := one(0); told != "" {
		t.Errorf("when nobody is spared: %q", told)
	}
}

// The list goes out once, to its maker, with names and numbers and nothing else.
func TestTheListGoesOutOnce(t *testing.T) {
	u, f := centre(t)
	id, err := comparison.Make(t.Context(), u, plan())
	if err != nil {
		t.Fatal(err)
	}
	u.By = sample.Supervisor
	if told := sample.Told(t, comparison.Send(t.Context(), u, id)); told != "comparison.refusal.maker" {
		t.Errorf("somebody else: %q", told)
	}
	u.By = sample.Officer
	if err := comparison.Send(t.Context(), u, id); err != nil {
		t.Fatal(err)
	}
	if told := sample.Told(t, comparison.Send(t.Context(), u, id)); told != "comparison.refusal.state" {
		t.Errorf("twice: %q", told)
	}
	if told := sample.Told(t, comparison.Cancel(t.Context(), u, id)); told != "comparison.refusal.state" {
		t.Errorf("cancelled after it went out: %q", told)
	}
	people, err := casefile.People(t.Context(), u, sample.Keys(), f.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []sheet.Kind{sheet.CSV, sheet.XLSX} {
		var out bytes.Buffer
		if err := comparison.WriteList(t.Context(), u, sample.Keys(), id, kind, []string{"序号", "姓名", "身份证号"}, &out); err != nil {
			t.Fatal(err)
		}
		r, err := sheet.Open(bytes.NewReader(out.Bytes()), int64(out.Len()), sheet.Usual)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for row, err := r.Next(); err == nil; row, err = r.Next() {
			got = append(got, strings.Join(row, " "))
		}
		want := fmt.Sprintf("序号 姓名 身份证号|1 王建国 %s|2 李秀兰 %s", people[0].Number, people[1].Number)
		if all := strings.Join(got, "|"); all != want {
			t.Errorf("%s: %s", kind, strings.ReplaceAll(all, string(people[0].Number), "…"))
		}
	}
	if n := number(t, u, `SELECT count(*) FROM comparison_subject WHERE batch_id = $1`, id); n != 2 {
		t.Errorf("%d people on record", n)
	}
}

// The same rules hold for statements by hand, as the application's role.
func TestByHand(t *testing.T) {
	u, f := centre(t)
	unsigned(t, u)
	id := sent(t, u)
	open, err := comparison.Make(t.Context(), u, plan(func(p *comparison.Plan) { p.Minors = true }))
	if err != nil {
		t.Fatal(err)
	}
	args := pgx.NamedArgs{"sent": id, "open": open, "file": f.ID, "now": u.Now, "clerk": sample.Clerk.StaffID, "other": sample.Clerk4.StaffID,
		"supervisor": sample.Supervisor.StaffID}
	answer := number(t, u, `INSERT INTO comparison_answer (batch_id, name, size, state, rows_all, uploaded_by, uploaded_at)
		VALUES ($1, 'x', 1, 'uploaded', 1, $2, $3) RETURNING id`, id, sample.Officer.StaffID, u.Now)
	args["finding"] = number(t, u, `INSERT INTO comparison_finding (answer_id, file_id, person_id, person_name, kind, sealed, state, found_at)
		VALUES ($1, $2, 1, '王', 'vehicle', '\x00', 'open', $3) RETURNING id`, answer, f.ID, u.Now)
	resolved := `UPDATE comparison_finding SET state = 'explained', note = '借用', resolved_at = @now, resolved_by = `
	tests := map[string]struct{ sql, rule string }{
		"somebody who signed nothing":    {`INSERT INTO comparison_subject SELECT @open, -1, id, '赵', sha256('x') FROM casefile_file WHERE head_name = '赵无签'`, "comparison_authorised"},
		"one more on a list that is out": {`INSERT INTO comparison_subject VALUES (@sent, -1, @file, '王', sha256('x'))`, "comparison_sent_fixed"},
		"out a second time":              {`UPDATE comparison_batch SET state = 'cancelled', sent_at = NULL, sent_people = NULL WHERE id = @sent`, "comparison_once"},
		"resolved by the registrar":      {resolved + `@clerk WHERE id = @finding`, "comparison_resolver"},
		"resolved without a reason":      {`UPDATE comparison_finding SET state = 'explained', resolved_by = @other, resolved_at = @now WHERE id = @finding`, "comparison_resolved"},
		"judged while it is open": {`INSERT INTO casefile_judgement (file_id, round, line_id, rule_id, facts, monthly_fen, judged_by, judged_at)
			SELECT @file, 1, min(l.id), 1, '{}', 1, @supervisor, @now FROM eligibility_line l`, "comparison_open_before_judgement"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			tx, err := u.Begin(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = tx.Rollback(t.Context()) }()
			_, err = tx.Exec(t.Context(), test.sql, args)
			if got := work.Violated(err); got != test.rule {
				t.Errorf("refused by %q, want %q (%v)", got, test.rule, err)
			}
		})
	}
	for name, sql := range map[string]string{
		"who was sent is not forgotten": `DELETE FROM comparison_subject`,
		"a row is not changed":          `UPDATE comparison_row SET verdict = 'matched'`,
		"a finding is not removed":      `DELETE FROM comparison_finding`,
		"a rule is not changed":         `UPDATE comparison_rule SET required = true`,
	} {
		t.Run(name, func(t *testing.T) {
			tx, err := u.Begin(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = tx.Rollback(t.Context()) }()
			if _, err := tx.Exec(t.Context(), sql); err == nil || !strings.Contains(err.Error(), "42501") {
				t.Errorf("%v; want a refusal", err)
			}
		})
	}
}

// judge tells why the file is not judged now; what it does is undone.
func judge(t *testing.T, u *work.Unit, f casefile.File) string {
	t.Helper()
	tx, err := u.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(t.Context()) }()
	_, err = casefile.Judge(t.Context(), work.NewUnit(tx, u.Now, sample.Supervisor), f.ID, casefile.Ruling{})
	return sample.Told(t, err)
}

// Where the rule of the day asks for it, nobody is judged who was not compared within the months that count.
func TestComparisonBeforeJudgement(t *testing.T) {
	u, f := centre(t)
	if told := judge(t, u, f); told != "" {
		t.Errorf("where nothing is required: %q", told)
	}
	u.By = sample.Admin
	for _, test := range []struct {
		rule comparison.Rule
		told string
	}{
		{comparison.Rule{From: today.Add(-1), Required: true, Months: 6, Source: "旧文"}, "comparison.refusal.rule_past"},
		{comparison.Rule{From: today, Required: true, Months: 0, Source: "合总工〔2018〕3号"}, "comparison.refusal.rule_months"},
		{comparison.Rule{From: today, Required: true, Months: 61, Source: "合总工〔2018〕3号"}, "comparison.refusal.rule_months"},
		{comparison.Rule{From: today, Required: true, Months: 6, Source: "合总工〔2018〕3号"}, ""},
	} {
		if told := sample.Told(t, comparison.AddRule(t.Context(), u, test.rule)); told != test.told {
			t.Fatalf("told %q, want %q", told, test.told)
		}
	}
	if told := judge(t, u, f); told != "casefile.refusal.comparison_first" {
		t.Errorf("before it was compared: %q", told)
	}
	u.By = sample.Officer
	answered(t, u, sent(t, u), "姓名,身份证号,车辆,收入\n"+person(t, u, f, 0)+",无,无\n"+person(t, u, f, 1)+",无,无\n", name, id, "vehicle", "income")
	if told := judge(t, u, f); told != "" {
		t.Errorf("after it was compared: %q", told)
	}
	now := u.Now
	u.Now = now.AddDate(0, 6, 0)
	if told := judge(t, u, f); told != "casefile.refusal.comparison_first" {
		t.Errorf("six months later: %q", told)
	}
	u.Now = now.AddDate(0, 6, 0).Add(-time.Second)
	if told := judge(t, u, f); told != "" {
		t.Errorf("a second earlier: %q", told)
	}
}

func TestResolve(t *testing.T) {
	u, f := centre(t)
	answered(t, u, sent(t, u), "姓名,身份证号,车辆\n"+person(t, u, f, 0)+",云A12345\n", comparison.NameCol, comparison.NumberCol, comparison.Column(comparison.Vehicle))
	list, next, err := comparison.OpenFindings(t.Context(), u, sample.Keys(), sample.Clerk4.Scope, "", 0, 10)
	if err != nil || len(list) != 1 || next != 0 || list[0].Value != "云A12345" || list[0].Kind != comparison.Vehicle || list[0].PersonName != "王建国" {
		t.Fatalf("%+v, %v", list, err)
	}
	id := list[0].ID
	if n, err := comparison.CountOpen(t.Context(), u, sample.SiblingClerk.Scope); err != nil || len(n) != 0 {
		t.Errorf("%v in another county, %v", n, err)
	}
	told := func(by work.Actor, to comparison.Standing, note string) string {
		tx, err := u.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = tx.Rollback(t.Context()) }()
		return sample.Told(t, comparison.Resolve(t.Context(), work.NewUnit(tx, u.Now, by), sample.Keys(), id, to, note))
	}
	for name, test := range map[string]struct {
		by   work.Actor
		to   comparison.Standing
		note string
		told string
	}{
		"by the registrar":           {sample.Clerk, comparison.Explained, "借用", "comparison.refusal.registrar"},
		"in no way that there is":    {sample.Clerk4, comparison.Agrees, "借用", "comparison.refusal.resolution"},
		"without a reason":           {sample.Clerk4, comparison.Explained, "", "comparison.refusal.note"},
		"by somebody of no side yet": {sample.Supervisor, comparison.Explained, "借用", ""},
		"by somebody who was there":  {sample.Clerk2, comparison.JudgeAgain, "车辆属实", ""},
		"by somebody else":           {sample.Clerk4, comparison.ExitDue, "隐瞒车辆", ""},
		"with a correction":          {sample.Clerk4, comparison.Corrected, "已补登", ""},
	} {
		if got := told(test.by, test.to, test.note); got != test.told {
			t.Errorf("%s: told %q, want %q", name, got, test.told)
		}
	}
	if told := judge(t, u, f); told != "casefile.refusal.comparison_open" {
		t.Errorf("judged while it is open: %q", told)
	}
	u.By = sample.Clerk4
	if err := comparison.Resolve(t.Context(), u, sample.Keys(), id, comparison.Explained, "车已过户，登记未更新"); err != nil {
		t.Fatal(err)
	}
	if got := told(sample.Clerk4, comparison.Explained, "再次"); got != "comparison.refusal.resolved" {
		t.Errorf("twice: %q", got)
	}
	all, more, err := comparison.OfFile(t.Context(), u, sample.Keys(), sample.Clerk.Scope, f.ID)
	if err != nil || more || len(all) != 1 || all[0].State != comparison.Explained || all[0].ResolvedBy != "杨帆" {
		t.Errorf("%+v, %v", all, err)
	}
	u.By = sample.Supervisor
	if _, err := casefile.Judge(t.Context(), u, f.ID, casefile.Ruling{}); err != nil {
		t.Errorf("judged after it: %v", err)
	}
}

// Who decided in a household's case does not gather for it.
func TestWhoDecidedDoesNotResolve(t *testing.T) {
	u, _ := centre(t)
	f := sample.File(t, u, casefile.Active)
	u.By = sample.Officer
	id, err := comparison.Make(t.Context(), u, plan(func(p *comparison.Plan) { p.Aim = comparison.ForReview }))
	if err == nil {
		err = comparison.Send(t.Context(), u, id)
	}
	if err != nil {
		t.Fatal(err)
	}
	answered(t, u, id, "姓名,身份证号,车辆\n"+person(t, u, f, 1)+",云A12345\n", comparison.NameCol, comparison.NumberCol, comparison.Column(comparison.Vehicle))
	list, _, err := comparison.OpenFindings(t.Context(), u, sample.Keys(), sample.Clerk.Scope, "", 0, 10)
	if err != nil || len(list) != 1 {
		t.Fatalf("%+v, %v", list, err)
	}
	u.By = sample.Supervisor // assessed it
	if told := sample.Told(t, comparison.Resolve(t.Context(), u, sample.Keys(), list[0].ID, comparison.Explained, "借用")); told != "comparison.refusal.sides" {
		t.Errorf("told %q", told)
	}
}
