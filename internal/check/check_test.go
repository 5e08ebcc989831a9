package check_test

import (
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/check"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// run checks what is due.
func run(t *testing.T, u *work.Unit) int {
	t.Helper()
	n, err := check.RunDue(t.Context(), u, sample.Keys(), func() time.Time { return u.Now })
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// found lists what is found in a file within a scope.
func found(t *testing.T, u *work.Unit, scope work.Scope, id work.FileID) []check.Finding {
	t.Helper()
	all, err := check.InFile(t.Context(), u, scope, id)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// old makes the son of the sample household a pupil of forty and more.
func old(h *sample.Household) {
	son := sample.Person("sibling", "王老三", at(45), "male")
	son.WorkStatus, son.School, son.Education = "student", "夜校", "senior"
	h.Members = append(h.Members, son)
}

// A submitted file is checked after it changed; what was found is listed within the scope, set aside with a reason by
// somebody who did not register it, returns when its facts change, and goes when it is put right.
func TestFindings(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	f := sample.File(t, u, casefile.Submitted, old)
	draft := sample.File(t, u, casefile.Draft)
	if n := run(t, u); n == 0 {
		t.Fatal("nothing was due")
	}
	if n := run(t, u); n != 0 {
		t.Errorf("%d files are due again", n)
	}
	all := found(t, u, u.By.Scope, f.ID)
	if len(all) != 1 || all[0].Name != "pupil_age" || all[0].Args[0] != "王老三" {
		t.Fatalf("found %+v", all)
	}
	if len(found(t, u, u.By.Scope, draft.ID)) != 0 || len(found(t, u, sample.SiblingClerk.Scope, f.ID)) != 0 {
		t.Error("found in a draft, or outside of the scope")
	}
	id := all[0].ID
	if counts, err := check.Counts(t.Context(), u, u.By.Scope); err != nil || counts["pupil_age"] != 1 || counts["category"] != 0 {
		t.Errorf("counts %v, %v", counts, err)
	}
	listed, more, err := check.List(t.Context(), u, u.By.Scope, "pupil_age", check.Place{}, 1)
	if err != nil || more || len(listed) != 1 {
		t.Errorf("listed %+v, %v, %v", listed, more, err)
	}
	if listed, _, err := check.List(t.Context(), u, u.By.Scope, "pupil_age", check.Place{File: f.ID, Finding: id}, 1); err != nil || len(listed) != 0 {
		t.Errorf("behind the last one: %+v, %v", listed, err)
	}
	if told := sample.Told(t, check.SetAside(t.Context(), u, id, "在读夜大")); told != "casefile.refusal.own" {
		t.Errorf("the registrar excuses: %q", told)
	}
	u.By = sample.Supervisor
	if told := sample.Told(t, check.SetAside(t.Context(), u, id, "")); told != "check.refusal.reason" {
		t.Errorf("without a reason: %q", told)
	}
	if err := check.SetAside(t.Context(), u, id, "在读夜大，有学籍证明"); err != nil {
		t.Fatal(err)
	}
	if told := sample.Told(t, check.SetAside(t.Context(), u, id, "再次")); told != "check.refusal.aside" {
		t.Errorf("twice: %q", told)
	}
	u.By = sample.Supervisor
	returns(t, u, f)
}

// returns changes a file in which the age of a pupil was set aside: it stays aside while other facts change, comes back with
// its own, and goes when it is put right.
func returns(t *testing.T, u *work.Unit, f casefile.File) {
	t.Helper()
	touch := func(sql string) {
		t.Helper()
		if _, err := u.Exec(t.Context(), sql, f.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := u.Exec(t.Context(), "UPDATE casefile_file SET version = version + 1 WHERE id = $1", f.ID); err != nil {
			t.Fatal(err)
		}
		if n := run(t, u); n != 1 {
			t.Fatalf("%d files were due after a change", n)
		}
	}
	touch("UPDATE casefile_person SET school = '成人夜校' WHERE file_id = $1 AND name = '王老三'")
	if all := found(t, u, u.By.Scope, f.ID); len(all) != 1 || all[0].AsideBy != sample.Supervisor.Name || all[0].Reason != "在读夜大，有学籍证明" {
		t.Errorf("another fact brought it back: %+v", all)
	}
	if counts, err := check.Counts(t.Context(), u, u.By.Scope); err != nil || counts["pupil_age"] != 0 {
		t.Errorf("what is set aside is counted: %v, %v", counts, err)
	}
	u.Now = u.Now.AddDate(1, 0, 0) // a year older: its facts changed
	if n, err := check.Sweep(t.Context(), u, u.Now); err != nil || n == 0 {
		t.Errorf("swept %d, %v", n, err)
	}
	run(t, u)
	for _, n := range found(t, u, u.By.Scope, f.ID) {
		if n.Name == "pupil_age" && n.AsideBy != "" {
			t.Errorf("still aside: %+v", n)
		}
	}
	touch("UPDATE casefile_person SET work_status = 'unemployed' WHERE file_id = $1 AND name = '王老三'")
	for _, n := range found(t, u, u.By.Scope, f.ID) {
		if n.Name == "pupil_age" {
			t.Errorf("found still: %+v", n)
		}
	}
}

// The sweep takes files that were not checked for thirty days, and no others.
func TestSweep(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	sample.File(t, u, casefile.Submitted)
	run(t, u)
	for days, want := range map[int]int64{30: 0, 31: 1} {
		tx, err := u.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if n, err := check.Sweep(t.Context(), tx, u.Now.AddDate(0, 0, days)); err != nil || n != want {
			t.Errorf("after %d days: %d, %v", days, n, err)
		}
		if err := tx.Rollback(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// The twin of a person, of the same name and birth in another open file, is found; a person of another birth is not.
func TestTwin(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	sample.File(t, u, casefile.Submitted)
	twin := sample.File(t, u, casefile.Submitted, func(h *sample.Household) {
		h.Members = nil
		h.Head.Number = sample.Number(h.Head.Birth, h.Head.Sex)
	})
	all, err := check.Look(t.Context(), u, sample.Keys(), u.By.Scope, twin.ID, u.Today())
	if err != nil {
		t.Fatal(err)
	}
	twins := 0
	for _, f := range all {
		if f.Name == "twin" {
			twins++
		}
	}
	if twins != 1 {
		t.Errorf("found %+v", all)
	}
}

// answers reads what a file says, as its page does.
func answers(t *testing.T, u *work.Unit, id work.FileID) casefile.Answers {
	t.Helper()
	facts, err := casefile.FactsOf(t.Context(), u, u.By.Scope, id)
	if err != nil {
		t.Fatal(err)
	}
	if err := facts.Reveal(sample.Keys()); err != nil {
		t.Fatal(err)
	}
	papers, err := casefile.EvidenceOf(t.Context(), u, id)
	if err != nil {
		t.Fatal(err)
	}
	return casefile.Answers{Facts: facts, Papers: papers}
}

// current lists what the page of a file shows now.
func current(t *testing.T, u *work.Unit, id work.FileID) []check.Finding {
	t.Helper()
	all, err := check.Current(t.Context(), u, u.By.Scope, answers(t, u, id), u.Today())
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// What does not fit is on the file's page at once after a change, before the job keeps it; what was set aside stays aside
// and last, and comes back with its facts; what was put right is gone at once.
func TestAFindingIsSeenAtOnce(t *testing.T) {
	u := pgtest.Unit(t, sample.Supervisor)
	sample.Centre(t, u)
	f := sample.File(t, u, casefile.Submitted, old)
	if all := current(t, u, f.ID); len(all) != 1 || all[0].Name != "pupil_age" || all[0].ID != 0 {
		t.Fatalf("before it is kept: %+v", all)
	}
	run(t, u)
	all := current(t, u, f.ID)
	if len(all) != 1 || all[0].ID == 0 {
		t.Fatalf("after it was kept: %+v", all)
	}
	if err := check.SetAside(t.Context(), u, all[0].ID, "在读夜大，有学籍证明"); err != nil {
		t.Fatal(err)
	}
	put := func(sql string) {
		t.Helper()
		if _, err := u.Exec(t.Context(), sql, f.ID); err != nil {
			t.Fatal(err)
		}
	}
	put("UPDATE casefile_person SET marital = 'widowed' WHERE file_id = $1 AND relation = 'head'")
	all = current(t, u, f.ID)
	if len(all) < 2 || all[0].AsideBy != "" || all[len(all)-1].AsideBy != sample.Supervisor.Name || all[len(all)-1].Name != "pupil_age" {
		t.Errorf("what is set aside stands last: %+v", all)
	}
	put("UPDATE casefile_person SET birth_on = birth_on - 366 WHERE file_id = $1 AND name = '王老三'")
	for _, n := range current(t, u, f.ID) {
		if n.Name == "pupil_age" && (n.AsideBy != "" || n.ID != 0) {
			t.Errorf("another age is another finding: %+v", n)
		}
	}
	put("UPDATE casefile_person SET work_status = 'unemployed' WHERE file_id = $1 AND name = '王老三'")
	for _, n := range current(t, u, f.ID) {
		if n.Name == "pupil_age" {
			t.Errorf("put right, and found still: %+v", n)
		}
	}
}

// A registration is told its doubts while it is written: of the sections that were saved, and not what is missing.
func TestDoubts(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	f := sample.File(t, u, casefile.Returned, old)
	a := answers(t, u, f.ID)
	a.Missing = []casefile.Requirement{{Kind: casefile.Diagnosis, Why: "casefile.why.illness"}}
	names := func() (all []check.Name) {
		t.Helper()
		found, err := check.Doubts(t.Context(), u, a, u.Today())
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range found {
			all = append(all, f.Name)
		}
		return all
	}
	if all := names(); !slices.Equal(all, []check.Name{"pupil_age"}) {
		t.Errorf("doubts %v", all)
	}
	a.Unsaved = []casefile.Section{casefile.MembersSection}
	if all := names(); len(all) != 0 {
		t.Errorf("doubts of a section that was not saved: %v", all)
	}
}

// What changed is checked before what waits for the sweep.
func TestChangesComeFirst(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	first, second := sample.File(t, u, casefile.Submitted), sample.File(t, u, casefile.Submitted)
	run(t, u)
	if _, err := check.Sweep(t.Context(), u, u.Now.AddDate(0, 0, 31)); err != nil {
		t.Fatal(err)
	}
	if _, err := u.Exec(t.Context(), "UPDATE casefile_file SET version = version + 1 WHERE id = $1", second.ID); err != nil {
		t.Fatal(err)
	}
	rows, err := u.Query(t.Context(), "SELECT file_id FROM check_due WHERE file_id = ANY($1) ORDER BY swept, file_id", []work.FileID{first.ID, second.ID})
	if err != nil {
		t.Fatal(err)
	}
	order, err := pgx.CollectRows(rows, pgx.RowTo[work.FileID])
	if err != nil || !slices.Equal(order, []work.FileID{second.ID, first.ID}) {
		t.Errorf("order %v, %v; want %d before %d", order, err, second.ID, first.ID)
	}
}

// A file that cannot be read is listed so and holds up no other; the sweep tries it again, and it leaves the list when it can
// be read. What was found in it before stays meanwhile.
func TestOneBrokenFileHoldsUpNoOther(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	broken := sample.File(t, u, casefile.Submitted, old)
	run(t, u)
	sound := sample.File(t, u, casefile.Submitted, func(h *sample.Household) {
		old(h)
		h.Head.Name, h.Card.Holder, h.Card.Number = "周丽华", "周丽华", sample.Cards[2]
		for i := range h.Members {
			h.Members[i].Name = "周" + h.Members[i].Name
		}
	})
	var sealed []byte
	if err := u.QueryRow(t.Context(), `SELECT id_sealed FROM casefile_person WHERE file_id = $1 AND name = '王老三'`, broken.ID).Scan(&sealed); err != nil {
		t.Fatal(err)
	}
	seal := func(to []byte) {
		t.Helper()
		if _, err := u.Exec(t.Context(), `UPDATE casefile_person SET id_sealed = $2 WHERE file_id = $1 AND name = '王老三'`, broken.ID, to); err != nil {
			t.Fatal(err)
		}
	}
	again := func() (int, error) {
		return check.RunDue(t.Context(), u, sample.Keys(), func() time.Time { return u.Now })
	}
	names := func(id work.FileID) (all []check.Name) {
		t.Helper()
		for _, f := range found(t, u, u.By.Scope, id) {
			all = append(all, f.Name)
		}
		slices.Sort(all)
		return all
	}
	seal([]byte("broken"))
	if _, err := u.Exec(t.Context(), `UPDATE casefile_file SET version = version + 1 WHERE id = $1`, broken.ID); err != nil {
		t.Fatal(err)
	}
	if n, err := again(); n != 2 || err == nil {
		t.Errorf("%d checked, %v", n, err)
	}
	if got := names(broken.ID); !slices.Equal(got, []check.Name{"pupil_age", "unreadable"}) {
		t.Errorf("the broken one: %v", got)
	}
	if got := names(sound.ID); !slices.Equal(got, []check.Name{"pupil_age"}) {
		t.Errorf("the sound one: %v", got)
	}
	if n, err := again(); n != 0 || err != nil {
		t.Errorf("nothing is due: %d, %v", n, err)
	}
	if n, err := check.Sweep(t.Context(), u, u.Now); err != nil || n != 1 {
		t.Errorf("swept %d, %v", n, err)
	}
	if n, err := again(); n != 1 || err == nil {
		t.Errorf("still broken: %d, %v", n, err)
	}
	seal(sealed)
	if _, err := check.Sweep(t.Context(), u, u.Now); err != nil {
		t.Fatal(err)
	}
	if n, err := again(); n != 1 || err != nil {
		t.Errorf("mended: %d, %v", n, err)
	}
	if got := names(broken.ID); !slices.Equal(got, []check.Name{"pupil_age"}) {
		t.Errorf("the mended one: %v", got)
	}
}
