package review_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/money"
	"bangfu/internal/move"
	"bangfu/internal/review"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

func centre(t *testing.T) *work.Unit {
	t.Helper()
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	return u
}

// by lets somebody act.
func by(u *work.Unit, who work.Actor, do func() error) error {
	before := u.By
	defer func() { u.By = before }()
	u.By = who
	return do()
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// begin opens a round of the county until the end of the year.
func begin(t *testing.T, u *work.Unit) review.Round {
	t.Helper()
	var id review.RoundID
	must(t, by(u, sample.Officer, func() (err error) {
		id, err = review.Begin(t.Context(), u, review.HalfYear, u.Today(), day.Of(2026, 12, 31))
		return err
	}))
	r, err := review.Find(t.Context(), u, sample.Everywhere, id)
	must(t, err)
	return r
}

// newLine raises the county's line from today on.
func newLine(t *testing.T, u *work.Unit, monthly money.Amount) {
	t.Helper()
	must(t, by(u, sample.Admin, func() error {
		_, err := eligibility.AddLine(t.Context(), u, eligibility.Line{District: sample.District, From: u.Today(), Monthly: monthly, Source: "公告"}, sample.GroupHead.StaffID)
		return err
	}))
}

// A round takes in the active files of its office and those below it that were active when it was opened, each once; what
// is reviewed waits no more, and progress adds up office by office.
func TestARound(t *testing.T) {
	u := centre(t)
	var ids []work.FileID
	for range 3 {
		ids = append(ids, sample.File(t, u, casefile.Active).ID)
	}
	below := sample.File(t, u, casefile.Active, func(h *sample.Household) { h.By = sample.UnitClerk })
	sample.File(t, u, casefile.Assessed)
	sample.File(t, u, casefile.Closed)
	r := begin(t, u)
	u.Now = u.Now.AddDate(0, 0, 1)
	late := sample.File(t, u, casefile.Active)
	waiting := func(scope work.Scope) int {
		n, from := 0, work.FileID(0)
		for {
			page, next, err := review.FilesOf(t.Context(), u, scope, r, review.Waiting, from, 2)
			must(t, err)
			n += len(page)
			if from = next; from == 0 {
				return n
			}
		}
	}
	if all, unit, sibling := waiting(sample.Clerk.Scope), waiting(sample.UnitClerk.Scope), waiting(sample.SiblingClerk.Scope); all != 4 || unit != 1 || sibling != 0 {
		t.Errorf("%d wait at the county, %d at the unit, %d at another county", all, unit, sibling)
	}
	must(t, by(u, sample.Clerk2, func() error {
		return review.Record(t.Context(), u, r.ID, ids[0], review.Finding{Outcome: review.Unchanged, PapersAgree: true})
	}))
	must(t, by(u, sample.UnitClerk2, func() error {
		return review.Record(t.Context(), u, r.ID, below.ID, review.Finding{Outcome: review.Exit, Note: "子女已就业", PapersAgree: true})
	}))
	if n := waiting(sample.Clerk.Scope); n != 2 {
		t.Errorf("%d wait after two reviews", n)
	}
	all, offices, next, err := review.ProgressOf(t.Context(), u, sample.Clerk.Scope, r, "", 10)
	must(t, err)
	if next != "" {
		t.Errorf("a page after the last office: %q", next)
	}
	got := fmt.Sprint(all.Files, all.Done(), all.Percent())
	for _, p := range offices {
		got += fmt.Sprint("; ", p.OrgName, p.Files, p.By[review.Unchanged], p.By[review.Exit])
	}
	if want := "4 2 50; 青石县总工会困难职工帮扶中心3 1 0; 青石纺织厂工会1 0 1"; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	err = by(u, sample.Clerk2, func() error {
		return review.Record(t.Context(), u, r.ID, late.ID, review.Finding{Outcome: review.Unchanged, PapersAgree: true})
	})
	if told := sample.Told(t, err); told != "review.refusal.not_of_round" {
		t.Errorf("a file that came later: %q", told)
	}
}

func TestOpeningARound(t *testing.T) {
	u := centre(t)
	today := u.Today()
	for name, test := range map[string]struct {
		from, until day.Date
		told        string
	}{
		"ends before it begins": {today.Add(1), today, "review.refusal.until"},
		"was over yesterday":    {today.Add(-9), today.Add(-1), "review.refusal.over"},
		"of one day":            {today, today, ""},
	} {
		tx, err := u.Begin(t.Context())
		must(t, err)
		_, err = review.Begin(t.Context(), work.NewUnit(tx, u.Now, sample.Officer), review.Year, test.from, test.until)
		if told := sample.Told(t, err); told != test.told {
			t.Errorf("%s: told %q, want %q", name, told, test.told)
		}
		must(t, tx.Rollback(t.Context()))
	}
	r := begin(t, u)
	again := func() string {
		return sample.Told(t, by(u, sample.Officer, func() error {
			_, err := review.Begin(t.Context(), u, review.Year, today, today)
			return err
		}))
	}
	if told := again(); told != "review.refusal.one_round" {
		t.Errorf("a second one: %q", told)
	}
	if err := by(u, sample.UnitClerk, func() error { return review.End(t.Context(), u, r.ID) }); !errors.Is(err, work.ErrNotFound) {
		t.Errorf("closed from below: %v", err)
	}
	must(t, by(u, sample.Officer, func() error { return review.End(t.Context(), u, r.ID) }))
	if told := again(); told != "" {
		t.Errorf("after the first was closed: %q", told)
	}
	f := sample.File(t, u, casefile.Active)
	err := by(u, sample.Clerk2, func() error {
		return review.Record(t.Context(), u, r.ID, f.ID, review.Finding{Outcome: review.Unchanged, PapersAgree: true})
	})
	if told := sample.Told(t, err); told != "review.refusal.closed" && told != "review.refusal.not_of_round" {
		t.Errorf("recorded in a closed round: %q", told)
	}
}

// A change of category takes a second person, who judges by today's line; rejected, the file waits again.
func TestAChangeOfCategory(t *testing.T) {
	u := centre(t)
	f := sample.File(t, u, casefile.Active) // 500.00 a head against 700.00: severe
	r := begin(t, u)
	record := func(who work.Actor, finding review.Finding) string {
		return sample.Told(t, by(u, who, func() error { return review.Record(t.Context(), u, r.ID, f.ID, finding) }))
	}
	confirm := func(who work.Actor, agrees bool, remark string) string {
		return sample.Told(t, by(u, who, func() error { return review.Confirm(t.Context(), u, r.ID, f.ID, agrees, remark) }))
	}
	finding := review.Finding{Outcome: review.Category, Note: "标准有变", PapersAgree: true}
	for _, step := range []struct{ what, told, want string }{
		{"without a word", record(sample.Clerk2, review.Finding{Outcome: review.Category, PapersAgree: true}), "review.refusal.note"},
		{"by the deciding side", record(sample.Supervisor, finding), "review.refusal.sides"},
		{"recorded", record(sample.Clerk2, finding), ""},
		{"recorded twice", record(sample.Clerk3, finding), "review.refusal.done"},
		{"the same category as before", confirm(sample.Supervisor, true, ""), "casefile.refusal.same_category"},
		{"rejected without a word", confirm(sample.Supervisor, false, ""), "review.refusal.remark"},
		{"rejected", confirm(sample.Supervisor, false, "标准没有变"), ""},
		{"nothing waits any more", confirm(sample.Supervisor, true, ""), "review.refusal.nothing_waits"},
		{"recorded anew", record(sample.Clerk3, finding), ""},
		{"confirmed by who gathered", confirm(sample.Clerk2, true, ""), "casefile.refusal.sides"},
		{"confirmed by the reviewer", confirm(sample.Clerk3, true, ""), "review.refusal.own"},
	} {
		if step.told != step.want {
			t.Errorf("%s: told %q, want %q", step.what, step.told, step.want)
		}
	}
	newLine(t, u, money.Yuan(400)) // 500.00 is not below 400.00, and below twice as much: relative
	if told := confirm(sample.Supervisor, true, ""); told != "" {
		t.Fatalf("told %q", told)
	}
	got, err := casefile.Find(t.Context(), u, sample.Everywhere, f.ID)
	if err != nil || got.Category != eligibility.Relative || got.State != casefile.Active {
		t.Errorf("%s %s, %v", got.Category, got.State, err)
	}
}

// A household that is in no category any more is not given one: an exit is proposed.
func TestNoCategoryAnyMore(t *testing.T) {
	u := centre(t)
	f := sample.File(t, u, casefile.Active)
	r := begin(t, u)
	must(t, by(u, sample.Clerk2, func() error {
		return review.Record(t.Context(), u, r.ID, f.ID, review.Finding{Outcome: review.Category, Note: "标准有变", PapersAgree: true})
	}))
	newLine(t, u, money.Yuan(250)) // 500.00 is exactly twice the line, and strictly not below it
	told := sample.Told(t, by(u, sample.Supervisor, func() error { return review.Confirm(t.Context(), u, r.ID, f.ID, true, "") }))
	if told != "casefile.refusal.no_category" {
		t.Errorf("told %q", told)
	}
}

// Papers that differ are put right within thirty work days; then they leave the list.
func TestPapers(t *testing.T) {
	u := centre(t)
	f := sample.File(t, u, casefile.Active)
	r := begin(t, u)
	must(t, by(u, sample.Clerk2, func() error {
		return review.Record(t.Context(), u, r.ID, f.ID, review.Finding{Outcome: review.Unchanged})
	}))
	got, err := review.ResultOf(t.Context(), u, sample.Everywhere, r.ID, f.ID)
	must(t, err)
	if got.AgreeBy != day.AddWorkdays(u.Today(), 30) || got.AgreeBy.Sub(u.Today()) < 40 {
		t.Errorf("until %v", got.AgreeBy)
	}
	listed := func() bool {
		items, _, err := review.WithSign(t.Context(), u, sample.Clerk.Scope, review.PapersDiffer, u.Today(), 0, 10)
		must(t, err)
		return len(items) == 1
	}
	before := listed()
	must(t, by(u, sample.Clerk3, func() error { return review.Agree(t.Context(), u, r.ID, f.ID) }))
	if !before || listed() {
		t.Errorf("listed before %v, after %v", before, listed())
	}
	if told := sample.Told(t, by(u, sample.Clerk3, func() error { return review.Agree(t.Context(), u, r.ID, f.ID) })); told != "review.refusal.agree" {
		t.Errorf("a second time: %q", told)
	}
}

// Each list on both sides of its limit.
// The file of a head whose employer is closed is a sign while it lies with that employer's union: not with a centre, and
// not once its transfer is under way.
func TestTheEmployerIsClosed(t *testing.T) {
	u := centre(t)
	f := sample.File(t, u, casefile.Active, func(h *sample.Household) { h.By = sample.UnitClerk })
	central := sample.File(t, u, casefile.Active)
	has := func(file work.FileID) bool {
		items, _, err := review.WithSign(t.Context(), u, sample.Clerk.Scope, review.EmployerClosed, u.Today(), 0, 10)
		must(t, err)
		return slices.ContainsFunc(items, func(i review.Item) bool { return i.FileID == file })
	}
	if has(f.ID) {
		t.Error("a sign while the employer works")
	}
	run(t, u, `UPDATE casefile_person SET condition = 'closed' WHERE relation = 'head'`, nil)
	if !has(f.ID) || has(central.ID) {
		t.Errorf("at the union %v, at the centre %v; want the first alone", has(f.ID), has(central.ID))
	}
	before := u.By
	u.By = sample.UnitClerk2
	_, err := move.Ask(t.Context(), u, f.ID, move.Request{Kind: move.Transfer, Why: move.Dissolved, Reason: "单位破产", To: sample.County})
	must(t, err)
	u.By = before
	if has(f.ID) {
		t.Error("a sign while the transfer is under way")
	}
}

func TestSigns(t *testing.T) {
	u := centre(t)
	f := sample.File(t, u, casefile.Active) // filed and active on 2026-11-22
	has := func(sign review.Sign, on day.Date) bool {
		items, _, err := review.WithSign(t.Context(), u, sample.Clerk.Scope, sign, on, 0, 10)
		must(t, err)
		signs, err := review.SignsOf(t.Context(), u, f.ID, on)
		must(t, err)
		listed := len(items) == 1 && items[0].FileID == f.ID
		if listed != slices.Contains(signs, sign) {
			t.Errorf("%s on %v: listed %v, of the file %v", sign, on, listed, signs)
		}
		return listed
	}
	for name, test := range map[string]struct {
		sign review.Sign
		on   day.Date
		want bool
	}{
		"unchanged: a year later to the day": {review.UnchangedYear, day.Of(2027, 11, 22), false},
		"unchanged: on the day after":        {review.UnchangedYear, day.Of(2027, 11, 23), true},
		"never helped":                       {review.NeverHelped, u.Today(), true},
		"papers: on their last day":          {review.ExpiredPapers, day.Of(2027, 10, 22), false}, // issued on 2026-10-23
		"papers: on the day after":           {review.ExpiredPapers, day.Of(2027, 10, 23), true},
		"a student on the eve of 22":         {review.LeftSchool, day.Of(2032, 8, 31), false},
		"a student at 22":                    {review.LeftSchool, day.Of(2032, 9, 1), true},
		"the line is that of the judgement":  {review.LineChanged, u.Today(), false},
	} {
		if got := has(test.sign, test.on); got != test.want {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
	newLine(t, u, money.Yuan(720))
	if !has(review.LineChanged, u.Today()) || has(review.LineChanged, u.Today().Add(-1)) {
		t.Error("a new line is a sign from its day on")
	}
	run(t, u, `UPDATE casefile_person SET left_on = '2027-01-01' WHERE file_id = @file AND work_status = 'student'`, pgx.NamedArgs{"file": f.ID})
	if has(review.LeftSchool, day.Of(2032, 9, 1)) {
		t.Error("who left the household is no student of it")
	}
	other := sample.Fund(t, u, money.Yuan(1000))
	sample.Award(t, u, f, other, money.Yuan(100))
	if !has(review.NeverHelped, u.Today()) {
		t.Error("what is not paid yet is no help yet")
	}
}

func run(t *testing.T, u *work.Unit, sql string, args pgx.NamedArgs) {
	t.Helper()
	if _, err := u.Exec(t.Context(), sql, args); err != nil {
		t.Fatal(err)
	}
}

// The rules of a review hold against SQL written by hand, too.
func TestRulesHoldInTheDatabase(t *testing.T) {
	u := centre(t)
	f := sample.File(t, u, casefile.Active)
	r := begin(t, u)
	args := pgx.NamedArgs{"round": r.ID, "file": f.ID, "sibling": sample.Sibling, "clerk": sample.Clerk2.StaffID, "supervisor": sample.Supervisor.StaffID, "now": u.Now}
	result := func(file, outcome, state, who, more string) string {
		return `INSERT INTO review_result (round_id, file_id, org_id, outcome, state, note, papers_agree, reviewed_by, reviewed_at, confirmed_by, confirmed_at)
			SELECT @round, f.id, f.org_id, '` + outcome + `', '` + state + `', '说明', true, ` + who + `, @now, ` + more + ` FROM casefile_file f WHERE f.id = ` + file
	}
	const closing = `UPDATE review_round SET closed_by = @supervisor, closed_at = @now WHERE id = @round`
	for name, test := range map[string]struct {
		statements []string
		rule       string
	}{
		"as the code writes it": {[]string{result("@file", "unchanged", "done", "@clerk", "NULL, NULL")}, ""},
		"of another county": {[]string{`INSERT INTO review_round (kind, org_id, org_path, from_on, until_on, opened_by, opened_at) VALUES ('year', @sibling, '', '2026-11-22', '2026-12-22', @supervisor, @now)`,
			`INSERT INTO review_result (round_id, file_id, org_id, outcome, state, papers_agree, reviewed_by, reviewed_at)
				SELECT max(r.id), @file, @sibling, 'unchanged', 'done', true, @clerk, @now FROM review_round r`}, "review_of_round"},
		"in a closed round":             {[]string{closing, result("@file", "unchanged", "done", "@clerk", "NULL, NULL")}, "review_round_closed"},
		"a closed round opened again":   {[]string{closing, `UPDATE review_round SET closed_by = NULL, closed_at = NULL WHERE id = @round`}, "review_round_closed"},
		"a category by one person":      {[]string{result("@file", "category", "done", "@clerk", "NULL, NULL")}, "review_confirmed"},
		"confirmed by the reviewer":     {[]string{result("@file", "category", "done", "@clerk", "@clerk, @now")}, "casefile_duty_sides"},
		"reviewed by the deciding side": {[]string{result("@file", "unchanged", "done", "@supervisor", "NULL, NULL")}, "casefile_duty_sides"},
		"a review written anew":         {[]string{result("@file", "unchanged", "done", "@clerk", "NULL, NULL"), `UPDATE review_result SET outcome = 'cancel' WHERE file_id = @file`}, "review_done"},
	} {
		tx, err := u.Begin(t.Context())
		must(t, err)
		rule := ""
		for _, sql := range test.statements {
			if _, err := tx.Exec(t.Context(), sql, args); err != nil {
				if rule = work.Violated(err); rule == "" {
					t.Fatalf("%s: %v", name, err)
				}
				break
			}
		}
		if rule != test.rule {
			t.Errorf("%s: refused by %q, want %q", name, rule, test.rule)
		}
		must(t, tx.Rollback(t.Context()))
	}
}
