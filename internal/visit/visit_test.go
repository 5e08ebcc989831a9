package visit_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/notice"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/visit"
	"bangfu/internal/work"
)

// centre is a unit of work on the sample centre.
func centre(t *testing.T, by work.Actor) *work.Unit {
	t.Helper()
	u := pgtest.Unit(t, by)
	sample.Centre(t, u)
	return u
}

// report is a report that agrees in everything.
func report(a, b work.Actor, change ...func(*visit.Report)) visit.Report {
	r := visit.Report{VisitedOn: day22, Visitors: [2]work.StaffID{a.StaffID, b.StaffID}, Agrees: true, VisitorsSigned: true, ApplicantSigned: true}
	for _, item := range visit.Items {
		r.Findings = append(r.Findings, visit.Finding{Item: item, Agrees: true})
	}
	for _, c := range change {
		c(&r)
	}
	return r
}

func TestRecord(t *testing.T) {
	disagrees := func(r *visit.Report) {
		r.Agrees, r.Remark = false, "收入不实"
		r.Findings[2] = visit.Finding{Item: "income", Note: "丈夫另有零工收入"}
	}
	registrarMayNot := func(t *testing.T, u *work.Unit) {
		u.By = sample.Admin
		if err := visit.AddRule(t.Context(), u, visit.Rule{From: day22, Source: "县总工会〔2026〕9号"}); err != nil {
			t.Fatal(err)
		}
	}
	tests := map[string]struct {
		state   casefile.State
		a, b    work.Actor
		prepare func(*testing.T, *work.Unit)
		change  func(*visit.Report)
		want    casefile.State
		told    string
	}{
		"two others agree":                        {casefile.Submitted, sample.Clerk2, sample.Clerk3, nil, nil, casefile.Visited, ""},
		"two others disagree":                     {casefile.Submitted, sample.Clerk2, sample.Clerk3, nil, disagrees, casefile.Returned, ""},
		"the registrar is one":                    {casefile.Submitted, sample.Clerk, sample.Clerk3, nil, nil, casefile.Visited, ""},
		"the registrar is the other":              {casefile.Submitted, sample.Clerk3, sample.Clerk, nil, nil, casefile.Visited, ""},
		"the registrar where the rule forbids":    {casefile.Submitted, sample.Clerk3, sample.Clerk, registrarMayNot, nil, casefile.Submitted, "visit.refusal.registrar"},
		"others where the rule forbids":           {casefile.Submitted, sample.Clerk3, sample.Clerk2, registrarMayNot, nil, casefile.Visited, ""},
		"the registrar twice":                     {casefile.Submitted, sample.Clerk, sample.Clerk, nil, nil, casefile.Submitted, "visit.refusal.two_people"},
		"somebody of an office below":             {casefile.Submitted, sample.Clerk2, sample.UnitClerk, nil, nil, casefile.Visited, ""},
		"somebody of another county":              {casefile.Submitted, sample.Clerk2, sample.SiblingClerk, nil, nil, casefile.Submitted, "visit.refusal.visitor"},
		"somebody without the post":               {casefile.Submitted, sample.Clerk2, sample.Officer, nil, nil, casefile.Submitted, "visit.refusal.visitor"},
		"a draft is not visited":                  {casefile.Draft, sample.Clerk2, sample.Clerk3, nil, nil, casefile.Draft, "visit.refusal.not_due"},
		"nothing is visited twice in one round":   {casefile.Visited, sample.Clerk2, sample.Clerk3, nil, nil, casefile.Visited, "visit.refusal.not_due"},
		"a returned file waits for the registrar": {casefile.Returned, sample.Clerk2, sample.Clerk3, nil, nil, casefile.Returned, "visit.refusal.not_due"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			u := centre(t, sample.Clerk2)
			f := sample.File(t, u, test.state)
			if test.prepare != nil {
				test.prepare(t, u)
			}
			u.By = sample.Clerk2
			var changes []func(*visit.Report)
			if test.change != nil {
				changes = append(changes, test.change)
			}
			_, err := visit.Record(t.Context(), u, f.ID, report(test.a, test.b, changes...))
			told := sample.Told(t, err)
			got, findErr := casefile.Find(t.Context(), u, sample.Everywhere, f.ID)
			if findErr != nil || got.State != test.want || told != test.told {
				t.Errorf("%s, told %q, %v; want %s, %q", got.State, told, findErr, test.want, test.told)
			}
		})
	}
}

func TestADisagreementSendsTheFileBackWithItsReasons(t *testing.T) {
	u := centre(t, sample.Clerk2)
	f := sample.File(t, u, casefile.Submitted)
	id, err := visit.Record(t.Context(), u, f.ID, report(sample.Clerk2, sample.Clerk3, func(r *visit.Report) {
		r.Agrees, r.Remark = false, "收入不实"
		r.Findings[2] = visit.Finding{Item: "income", Note: "丈夫另有零工收入"}
	}))
	if err != nil {
		t.Fatal(err)
	}
	f, err = casefile.Find(t.Context(), u, sample.Everywhere, f.ID)
	if err != nil || f.State != casefile.Returned || f.ReturnReason != "收入不实；丈夫另有零工收入" {
		t.Errorf("%s with reason %q, %v", f.State, f.ReturnReason, err)
	}
	v, err := visit.Find(t.Context(), u, sample.Clerk.Scope, id)
	if err != nil || v.Differences() != 1 || len(v.Findings) != len(visit.Items) || v.Findings[2].Note != "丈夫另有零工收入" {
		t.Errorf("%+v, %v", v, err)
	}
	if _, err := visit.Find(t.Context(), u, sample.SiblingClerk.Scope, id); !errors.Is(err, work.ErrNotFound) {
		t.Errorf("another county finds it: %v", err)
	}
	u.By = sample.Clerk // corrected and submitted again, it waits for its second visit
	if err := casefile.Submit(t.Context(), u, f.ID); err != nil {
		t.Fatal(err)
	}
	u.By = sample.Clerk2
	if _, err := visit.Record(t.Context(), u, f.ID, report(sample.Clerk2, sample.Clerk3)); err != nil {
		t.Errorf("the visit of the second round: %v", err)
	}
	if all, err := visit.OfFile(t.Context(), u, sample.Clerk.Scope, f.ID); err != nil || len(all) != 2 || all[0].Round != 2 {
		t.Errorf("%+v, %v", all, err)
	}
}

// contested is a file whose notice was objected to, the sample visit by Clerk2 and Clerk3 behind it.
func contested(t *testing.T, u *work.Unit) casefile.File {
	t.Helper()
	f := sample.File(t, u, casefile.InNotice)
	notices, err := notice.OfFile(t.Context(), u, sample.Everywhere, f.ID)
	if err != nil || len(notices) != 1 {
		t.Fatalf("%d notices, %v", len(notices), err)
	}
	u.By = sample.Officer
	if _, err := notice.Object(t.Context(), u, sample.Keys(), notices[0].ID, notice.Said{Channel: notice.ChannelDesk, Content: "家中另有住房"}); err != nil {
		t.Fatal(err)
	}
	if f, err = casefile.Find(t.Context(), u, sample.Everywhere, f.ID); err != nil || f.State != casefile.Contested {
		t.Fatalf("%s, %v", f.State, err)
	}
	return f
}

func TestRecheckIsMadeByOtherPeople(t *testing.T) {
	tests := map[string]struct {
		a, b work.Actor
		told string
	}{
		"two who were not there":  {sample.Clerk4, sample.UnitClerk, ""},
		"the registrar":           {sample.Clerk, sample.Clerk4, "visit.refusal.other_people"},
		"the registrar as second": {sample.Clerk4, sample.Clerk, "visit.refusal.other_people"},
		"an earlier visitor":      {sample.Clerk4, sample.Clerk2, "visit.refusal.other_people"},
		"both earlier visitors":   {sample.Clerk2, sample.Clerk3, "visit.refusal.other_people"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			u := centre(t, sample.Clerk4)
			f := contested(t, u)
			u.By = sample.Clerk4
			_, err := visit.Recheck(t.Context(), u, f.ID, report(test.a, test.b))
			if told := sample.Told(t, err); told != test.told {
				t.Errorf("told %q, want %q", told, test.told)
			}
			if after, err := casefile.Find(t.Context(), u, sample.Everywhere, f.ID); err != nil || after.State != casefile.Contested {
				t.Errorf("the file is %s, %v: a recheck moves nothing", after.State, err)
			}
		})
	}
}

// The same rules hold for statements by hand, as the application's role.
func TestByHand(t *testing.T) {
	u := centre(t, sample.Clerk2)
	open := contested(t, u)
	plain := sample.File(t, u, casefile.Submitted)
	var objection int64
	if err := u.QueryRow(t.Context(), "SELECT id FROM notice_objection").Scan(&objection); err != nil {
		t.Fatal(err)
	}
	if _, err := u.Exec(t.Context(), "INSERT INTO visit_rule (from_on, registrar_may, source) VALUES ('2026-11-22', false, '规定')"); err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		file      casefile.File
		purpose   string
		objection int64
		a, b      work.Actor
		rule      string
	}{
		"the registrar where the rule forbids": {plain, "first", 0, sample.Clerk, sample.Clerk3, "visit_registrar"},
		"one person":                           {plain, "first", 0, sample.Clerk3, sample.Clerk3, "visit_two_people"},
		"a recheck by the registrar":           {open, "recheck", objection, sample.Clerk4, sample.Clerk, "visit_other_people"},
		"a recheck by an earlier visitor":      {open, "recheck", objection, sample.Clerk3, sample.Clerk4, "visit_other_people"},
		"a recheck by who assessed the file":   {open, "recheck", objection, sample.Clerk4, sample.Supervisor, "casefile_duty_sides"},
		"a second first visit":                 {open, "first", 0, sample.Clerk4, sample.UnitClerk, "visit_once_a_round"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			err := byHand(t, u, `INSERT INTO visit_visit (file_id, round, purpose, objection_id, visited_on, visitor_a, visitor_b, agrees,
					visitors_signed, applicant_signed, entered_by, entered_at)
				VALUES (@file, 1, @purpose, nullif(@objection, 0), '2026-11-22', @a, @b, true, true, true, @by, @now)`,
				pgx.NamedArgs{"file": test.file.ID, "purpose": test.purpose, "objection": test.objection, "a": test.a.StaffID,
					"b": test.b.StaffID, "by": sample.Clerk4.StaffID, "now": u.Now})
			if got := work.Violated(err); got != test.rule {
				t.Errorf("refused by %q, want %q (%v)", got, test.rule, err)
			}
		})
	}
	for name, statement := range map[string]string{
		"a visit is not changed":   "UPDATE visit_visit SET agrees = false",
		"a visit is not removed":   "DELETE FROM visit_visit",
		"a finding is not changed": "UPDATE visit_finding SET agrees = true",
		"a rule is not changed":    "UPDATE visit_rule SET registrar_may = true",
	} {
		t.Run(name, func(t *testing.T) {
			if err := byHand(t, u, statement, nil); err == nil || !strings.Contains(err.Error(), "42501") {
				t.Errorf("%v; want a refusal", err)
			}
		})
	}
}

// byHand runs a statement in a savepoint that is rolled back.
func byHand(t *testing.T, u *work.Unit, sql string, args pgx.NamedArgs) error {
	t.Helper()
	tx, err := u.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := tx.Rollback(t.Context()); err != nil {
			t.Error(err)
		}
	}()
	_, err = tx.Exec(t.Context(), sql, args)
	return err
}

func TestWaiting(t *testing.T) {
	u := centre(t, sample.Clerk2)
	first := sample.File(t, u, casefile.Submitted)
	again := contested(t, u)
	sample.File(t, u, casefile.Visited)
	errands, next, err := visit.Waiting(t.Context(), u, sample.Clerk2.Scope, 0, 1)
	if err != nil || len(errands) != 1 || errands[0].FileID != first.ID || errands[0].Purpose != visit.First || next != first.ID {
		t.Fatalf("%+v, next %d, %v", errands, next, err)
	}
	errands, next, err = visit.Waiting(t.Context(), u, sample.Clerk2.Scope, next, 1)
	if err != nil || len(errands) != 1 || errands[0].FileID != again.ID || errands[0].Purpose != visit.Again || next != 0 {
		t.Fatalf("%+v, next %d, %v", errands, next, err)
	}
	if n, err := visit.Count(t.Context(), u, sample.Clerk2.Scope); err != nil || n != 2 {
		t.Errorf("%d wait, %v", n, err)
	}
	if n, err := visit.Count(t.Context(), u, sample.SiblingClerk.Scope); err != nil || n != 0 {
		t.Errorf("%d wait in another county, %v", n, err)
	}
	u.Now = u.Now.Add(time.Hour)
	u.By = sample.Clerk4
	if _, err := visit.Recheck(t.Context(), u, again.ID, report(sample.Clerk4, sample.UnitClerk)); err != nil {
		t.Fatal(err)
	}
	if n, err := visit.Count(t.Context(), u, sample.Clerk2.Scope); err != nil || n != 1 {
		t.Errorf("%d wait after the recheck, %v", n, err)
	}
	if due, err := visit.DueFor(t.Context(), u, again); err != nil || due.Purpose != visit.Nothing {
		t.Errorf("%+v is due after the recheck, %v", due, err)
	}
}

func TestCandidates(t *testing.T) {
	u := centre(t, sample.Clerk2)
	f := sample.File(t, u, casefile.Submitted)
	people, err := visit.Candidates(t.Context(), u, f, visit.Due{Purpose: visit.First}, day22)
	if got := names(people); err != nil || got != "何敏* 杨帆 段芳 罗杰 秦岭 朱琳 韩雪" {
		t.Errorf("to a first visit go %s, %v", got, err)
	}
	people, err = visit.Candidates(t.Context(), u, contested(t, u), visit.Due{Purpose: visit.Again}, day22)
	if got := names(people); err != nil || got != "杨帆 秦岭 朱琳 韩雪" {
		t.Errorf("to a recheck go %s, %v", got, err)
	}
}

func names(people []visit.Person) string {
	var all []string
	for _, p := range people {
		name := p.Name
		if p.Registrar {
			name += "*"
		}
		all = append(all, name)
	}
	return strings.Join(all, " ")
}

func TestRules(t *testing.T) {
	u := centre(t, sample.Admin)
	tests := []struct {
		rule visit.Rule
		told string
	}{
		{visit.Rule{From: day22.Add(-1), Source: "旧"}, "visit.refusal.rule_past"},
		{visit.Rule{From: day22.Add(1), Source: "县总工会〔2026〕9号"}, ""},
		{visit.Rule{From: day22.Add(1), Source: "县总工会〔2026〕9号"}, "visit.refusal.rule_twice"},
	}
	for _, test := range tests {
		if told := sample.Told(t, visit.AddRule(t.Context(), u, test.rule)); told != test.told {
			t.Fatalf("told %q, want %q", told, test.told)
		}
		if test.told != "" {
			continue
		}
		for on, want := range map[int]bool{0: true, 1: false, 100: false} {
			if may, err := visit.RegistrarMay(t.Context(), u, day22.Add(on)); err != nil || may != want {
				t.Errorf("%d days on the registrar may: %v, %v", on, may, err)
			}
		}
	}
}

// day22 is the day of every test.
var day22 = day.On(pgtest.Now)
