package visit_test

import (
	"testing"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/staff"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/visit"
	"bangfu/internal/work"
)

// declare says that the head of a file is a relative of the person.
func declare(t *testing.T, u *work.Unit, by work.Actor, file work.FileID) staff.RelativeID {
	t.Helper()
	people, err := casefile.People(t.Context(), u, sample.Keys(), file)
	if err != nil {
		t.Fatal(err)
	}
	if err := people[0].Reveal(sample.Keys()); err != nil {
		t.Fatal(err)
	}
	before := u.By
	defer func() { u.By = before }()
	u.By = by
	id, err := staff.Declare(t.Context(), u, sample.Keys(), "sibling", people[0].Name, people[0].Number)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func TestARelativeIsNoVisitor(t *testing.T) {
	u := centre(t, sample.Clerk2)
	f := sample.File(t, u, casefile.Submitted)
	people, err := visit.Candidates(t.Context(), u, f, visit.Due{Purpose: visit.First}, day22)
	if got := names(people); err != nil || got != "何敏* 杨帆 段芳 罗杰 秦岭 朱琳 韩雪" {
		t.Fatalf("before: %s, %v", got, err)
	}
	id := declare(t, u, sample.Clerk3, f.ID)
	people, err = visit.Candidates(t.Context(), u, f, visit.Due{Purpose: visit.First}, day22)
	if got := names(people); err != nil || got != "何敏* 杨帆 罗杰 秦岭 朱琳 韩雪" {
		t.Errorf("a relative may visit: %s, %v", got, err)
	}
	_, err = visit.Record(t.Context(), u, f.ID, report(sample.Clerk2, sample.Clerk3))
	if told := sample.Told(t, err); told != "visit.refusal.relative" {
		t.Errorf("told %q", told)
	}
	u.By = sample.Admin // what was no relation, and what is one no more, keeps nobody out
	if err := staff.Confirm(t.Context(), u, id, false, "同名不同人"); err != nil {
		t.Fatal(err)
	}
	u.By = sample.Clerk2
	if _, err := visit.Record(t.Context(), u, f.ID, report(sample.Clerk2, sample.Clerk3)); err != nil {
		t.Errorf("after the rejection: %v", err)
	}
}

// A relation that is declared after its visit: the file waits for two others before it is judged.
func TestARelativeIsAlwaysVisitedByOthers(t *testing.T) {
	u := centre(t, sample.Clerk4)
	f := sample.File(t, u, casefile.Visited) // by Clerk2 and Clerk3
	if due, err := visit.DueFor(t.Context(), u, f); err != nil || due.Purpose != visit.Nothing {
		t.Fatalf("%+v is due without a relative, %v", due, err)
	}
	declare(t, u, sample.Clerk3, f.ID)
	due, err := visit.DueFor(t.Context(), u, f)
	if err != nil || due.Purpose != visit.Spot || due.NotBefore != day22 {
		t.Fatalf("%+v, %v", due, err)
	}
	errands, _, err := visit.Waiting(t.Context(), u, sample.Clerk4.Scope, 0, 10)
	if err != nil || len(errands) != 1 || errands[0].FileID != f.ID || errands[0].Purpose != visit.Spot {
		t.Errorf("%+v waits, %v", errands, err)
	}
	u.By = sample.Supervisor
	inside(t, u, func(u *work.Unit) {
		_, err := casefile.Judge(t.Context(), u, f.ID, casefile.Ruling{})
		if told := sample.Told(t, err); told != "casefile.refusal.related_visit" {
			t.Errorf("judged without a visit by others: told %q", told)
		}
	})
	u.By = sample.Clerk4
	if _, err := visit.RecordFollowUp(t.Context(), u, f.ID, visit.Spot, followed(sample.Clerk4, sample.Clerk2)); err != nil {
		t.Fatal(err)
	}
	if due, err := visit.DueFor(t.Context(), u, f); err != nil || due.Purpose != visit.Nothing {
		t.Errorf("%+v is due after the visit, %v", due, err)
	}
	u.By = sample.Supervisor
	if _, err := casefile.Judge(t.Context(), u, f.ID, casefile.Ruling{}); err != nil {
		t.Errorf("judging after the visit: %v", err)
	}
}

// inside runs fn in a savepoint that is rolled back.
func inside(t *testing.T, u *work.Unit, fn func(u *work.Unit)) {
	t.Helper()
	tx, err := u.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	fn(work.NewUnit(tx, u.Now, u.By))
	if err := tx.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// By hand, as the application's role: no act in the case of a relative is written, whatever the program asks before.
func TestARelativeActsNowhereByHand(t *testing.T) {
	u := centre(t, sample.Clerk2)
	submitted, visited, judged := sample.File(t, u, casefile.Submitted), sample.File(t, u, casefile.Visited), sample.File(t, u, casefile.Judged)
	draft, active := sample.File(t, u, casefile.Draft), sample.File(t, u, casefile.Active)
	returned := sample.File(t, u, casefile.Returned)
	for who, file := range map[*work.Actor]work.FileID{&sample.Clerk4: submitted.ID, &sample.Supervisor: visited.ID,
		&sample.Supervisor2: judged.ID, &sample.Officer: active.ID, &sample.Clerk: returned.ID} {
		declare(t, u, *who, file)
	}
	tests := map[string]struct {
		file work.FileID
		who  work.Actor
		sql  string
	}{
		"a visit": {submitted.ID, sample.Clerk4, `INSERT INTO visit_visit (file_id, round, purpose, visited_on, visitor_a, visitor_b, agrees,
			visitors_signed, applicant_signed, entered_by, entered_at) VALUES (@file, 1, 'first', '2026-11-22', @who, 9203, true, true, true, 9202, @now)`},
		"a visit entered": {submitted.ID, sample.Clerk4, `INSERT INTO visit_visit (file_id, round, purpose, visited_on, visitor_a, visitor_b, agrees,
			visitors_signed, applicant_signed, entered_by, entered_at) VALUES (@file, 1, 'first', '2026-11-22', 9202, 9203, true, true, true, @who, @now)`},
		"a judgement": {visited.ID, sample.Supervisor, `INSERT INTO casefile_judgement (file_id, round, line_id, rule_id, facts, monthly_fen, judged_by, judged_at)
			SELECT @file, 1, (SELECT min(id) FROM eligibility_line), (SELECT min(id) FROM eligibility_rule), '{}', 1, @who, @now`},
		"an assessment": {judged.ID, sample.Supervisor2, `INSERT INTO casefile_assessment (file_id, round, verdict, opinion, assessed_by, assessed_at)
			VALUES (@file, 1, 'pass', '同意', @who, @now)`},
		"a card confirmed":               {active.ID, sample.Officer, `UPDATE casefile_card SET confirmed_by = @who, confirmed_at = @now WHERE file_id = @file`},
		"handing in what one registered": {returned.ID, sample.Clerk, `UPDATE casefile_file SET state = 'submitted' WHERE id = @file AND @who > 0 AND @now::timestamptz IS NOT NULL`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			err := byHand(t, u, test.sql, pgx.NamedArgs{"file": test.file, "who": test.who.StaffID, "now": u.Now})
			if got := work.Violated(err); got != "casefile_relative" {
				t.Errorf("refused by %q (%v)", got, err)
			}
		})
	}
	if err := byHand(t, u, `UPDATE casefile_file SET people = people WHERE id = @file`, pgx.NamedArgs{"file": draft.ID}); err != nil {
		t.Errorf("a file without relatives: %v", err)
	}
}
