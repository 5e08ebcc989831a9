package casefile_test

import (
	"context"
	"fmt"
	"slices"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/idcard"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// A registration is kept as a temporary file once it says who is in need, how to reach them and why; not one answer earlier.
func TestWhatATemporaryFileOwes(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	ctx := t.Context()
	id, err := casefile.Register(ctx, u)
	if err != nil {
		t.Fatal(err)
	}
	head := sample.Person(casefile.Head, "罗桂芳", day.Of(1980, 4, 4), idcard.Female)
	reached := head
	reached.Phone = "13908790077"
	// Each step fills in one thing; after it so many are owed, this first.
	for _, step := range []struct {
		act   func() error
		owed  int
		first string
	}{
		{func() error { return nil }, 4, "casefile.temporary.head"},
		{func() error {
			return casefile.SaveCauses(ctx, u, id, 0, []casefile.Cause{casefile.SeriousIllness}, casefile.Particulars{})
		}, 3, "casefile.temporary.head"},
		{func() error { return casefile.SaveHead(ctx, u, sample.Keys(), id, 0, head) }, 2, "casefile.phone"},
		{func() error { return casefile.SaveHead(ctx, u, sample.Keys(), id, 1, reached) }, 1, "casefile.address"},
		{func() error {
			return casefile.SaveHousing(ctx, u, id, 0, casefile.Housing{Address: "青石县东街9号"})
		}, 0, ""},
	} {
		if err := step.act(); err != nil {
			t.Fatal(err)
		}
		err := casefile.KeepTemporary(ctx, u, id, "户主突发脑出血住院")
		refusal, _ := work.AsRefusal(err)
		if step.owed == 0 && err != nil || step.owed > 0 && (refusal == nil || fmt.Sprint(refusal.Key, refusal.Args) !=
			fmt.Sprintf("casefile.refusal.temporary_lacks[%d %s]", step.owed, step.first)) {
			t.Errorf("with %d owed: %v %+v", step.owed, err, refusal)
		}
	}
	f, err := casefile.Find(ctx, u, u.By.Scope, id)
	if err != nil || f.State != casefile.Temporary || !f.TemporaryAt.Equal(u.Now) || f.ReturnReason != "户主突发脑出血住院" {
		t.Errorf("the temporary file: %+v, %v", f, err)
	}
}

// A temporary file is on its list, becomes a registration with all its answers, is handed in like any other, and is never
// thrown away by the one who registered it.
func TestATemporaryFileIsConverted(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	ctx := t.Context()
	f := sample.File(t, u, casefile.Temporary)
	on := func(list casefile.WorkList) bool {
		t.Helper()
		page, err := casefile.ListFiles(ctx, u, u.By.Scope, casefile.Query{List: list, Who: u.By.StaffID, Size: 10, Sort: casefile.ByRegistration})
		if err != nil {
			t.Fatal(err)
		}
		return slices.ContainsFunc(page.Files, func(l casefile.File) bool { return l.ID == f.ID && l.TemporaryAt.Equal(f.TemporaryAt) })
	}
	waiting, err := casefile.Waiting(ctx, u, u.By.Scope, u.By.StaffID)
	if err != nil || waiting[casefile.TemporaryList] != 1 || waiting[casefile.MineList] != 0 || !on(casefile.TemporaryList) || on(casefile.MineList) {
		t.Errorf("the lists count %v, %v", waiting, err)
	}
	if told := sample.Told(t, casefile.SaveProperty(ctx, u, f.ID, 1, casefile.Property{})); told != "casefile.refusal.not_editable" {
		t.Errorf("writing into a temporary file: %q", told)
	}
	if told := sample.Told(t, casefile.Submit(ctx, u, f.ID)); told != "casefile.refusal.state" {
		t.Errorf("handing in a temporary file: %q", told)
	}
	if err := casefile.Convert(ctx, u, f.ID); err != nil {
		t.Fatal(err)
	}
	again, err := casefile.Find(ctx, u, u.By.Scope, f.ID)
	if err != nil || again.State != casefile.Draft || !again.TemporaryAt.Equal(f.TemporaryAt) || again.HeadName != f.HeadName ||
		again.Address != f.Address || again.People != f.People || again.MainCause != f.MainCause {
		t.Errorf("the registration: %+v, %v", again, err)
	}
	if told := sample.Told(t, casefile.Discard(ctx, u, f.ID, "不再需要")); told != "casefile.refusal.was_temporary" {
		t.Errorf("throwing it away: %q", told)
	}
	if err := casefile.Submit(ctx, u, f.ID); err != nil {
		t.Fatal(err)
	}
	if got, want := table(t, u, f.ID), "1 1 casefile.keep_temporary temporary\n2 1 casefile.submit submitted\n"; got != want {
		t.Errorf("versions:\n%s\nwant:\n%s", got, want)
	}
}

// A temporary file is cancelled by somebody else than its registrar, with a reason that stays; then it binds nobody.
func TestATemporaryFileIsCancelled(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	ctx := t.Context()
	who := sample.Person(casefile.Head, "周若兰", day.Of(1985, 4, 4), idcard.Female)
	who.Phone = "13908790078"
	f := sample.File(t, u, casefile.Temporary, asHead(who))
	if told := sample.Told(t, casefile.Cancel(ctx, u, f.ID, "急难已解除")); told != "casefile.refusal.own" {
		t.Errorf("by its registrar: %q", told)
	}
	u.By = sample.Supervisor
	if err := casefile.Cancel(ctx, u, f.ID, "急难已解除"); err != nil {
		t.Fatal(err)
	}
	ended, err := casefile.Find(ctx, u, u.By.Scope, f.ID)
	if err != nil || ended.State != casefile.Cancelled || ended.ReturnReason != "急难已解除" || !ended.ClosedAt.Equal(u.Now) {
		t.Errorf("the cancelled file: %+v, %v", ended, err)
	}
	var by work.StaffID
	var entries int
	if err := u.QueryRow(ctx, `SELECT cancelled_by, (SELECT count(*) FROM audit_entry WHERE file_id = f.id AND act = 'casefile.cancel')
		FROM casefile_file f WHERE id = $1`, f.ID).Scan(&by, &entries); err != nil || by != sample.Supervisor.StaffID || entries != 1 {
		t.Errorf("cancelled by %d with %d entries, %v", by, entries, err)
	}
	for name, act := range map[string]func() error{
		"converted":        func() error { return casefile.Convert(ctx, u, f.ID) },
		"cancelled again":  func() error { return casefile.Cancel(ctx, u, f.ID, "再次注销") },
		"kept temporarily": func() error { return casefile.KeepTemporary(ctx, u, f.ID, "又有急难") },
	} {
		if told := sample.Told(t, act()); told != "casefile.refusal.state" {
			t.Errorf("%s after its end: %q", name, told)
		}
	}
	u.By = sample.Clerk
	if anew := sample.File(t, u, casefile.Submitted, asHead(who)); anew.ID == f.ID {
		t.Errorf("no other file: %+v", anew)
	}
}

// The database keeps the ways of a temporary file itself, whoever writes.
func TestTemporaryFilesByHand(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	draft, temporary := sample.File(t, u, casefile.Draft), sample.File(t, u, casefile.Temporary)
	cancelled, submitted := sample.File(t, u, casefile.Cancelled), sample.File(t, u, casefile.Submitted)
	was := sample.File(t, u, casefile.Temporary)
	if err := casefile.Convert(t.Context(), u, was.ID); err != nil {
		t.Fatal(err)
	}
	const end = `UPDATE casefile_file SET state = 'cancelled', closed_at = temporary_at, `
	for name, test := range map[string]struct {
		file work.FileID
		sql  string
		rule string
	}{
		"a draft that says nothing": {draft.ID, `UPDATE casefile_file SET state = 'temporary', temporary_at = registered_at, return_reason = '急难' WHERE id = $1`, "casefile_temporary_facts"},
		"without a reason":          {was.ID, `UPDATE casefile_file SET state = 'temporary', return_reason = NULL WHERE id = $1`, "casefile_temporary_facts"},
		"with one":                  {was.ID, `UPDATE casefile_file SET state = 'temporary', return_reason = '急难' WHERE id = $1`, ""},
		"out of what is handed in":  {submitted.ID, `UPDATE casefile_file SET state = 'temporary', temporary_at = registered_at, return_reason = '急难' WHERE id = $1`, "casefile_temporary_ways"},
		"handed in at once":         {temporary.ID, `UPDATE casefile_file SET state = 'submitted', submitted_at = temporary_at WHERE id = $1`, "casefile_temporary_ways"},
		"another day":               {temporary.ID, `UPDATE casefile_file SET temporary_at = temporary_at - interval '1 day' WHERE id = $1`, "casefile_temporary_fixed"},
		"forgotten":                 {was.ID, `UPDATE casefile_file SET temporary_at = NULL WHERE id = $1`, "casefile_temporary_fixed"},
		"thrown away":               {was.ID, `UPDATE casefile_file SET state = 'discarded', closed_at = temporary_at WHERE id = $1`, "casefile_temporary_ways"},
		"cancelled by nobody":       {temporary.ID, end + `return_reason = '已解除' WHERE id = $1`, "casefile_temporary_cancelled"},
		"cancelled by its own":      {temporary.ID, end + `cancelled_by = registered_by WHERE id = $1`, "casefile_temporary_second"},
		"cancelled without reason":  {temporary.ID, end + `return_reason = NULL, cancelled_by = 9205 WHERE id = $1`, "casefile_temporary_cancelled"},
		"cancelled a draft":         {was.ID, end + `return_reason = '已解除', cancelled_by = 9205 WHERE id = $1`, "casefile_temporary_ways"},
		"opened again":              {cancelled.ID, `UPDATE casefile_file SET state = 'temporary', closed_at = NULL, cancelled_by = NULL WHERE id = $1`, "casefile_temporary_ways"},
		"born as one": {draft.ID, `INSERT INTO casefile_file (org_id, org_path, state, registered_by, registered_at, temporary_at)
			SELECT org_id, '', 'draft', registered_by, registered_at, registered_at FROM casefile_file WHERE id = $1`, "casefile_temporary_ways"},
	} {
		t.Run(name, func(t *testing.T) {
			tx, err := u.Begin(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = tx.Rollback(context.Background()) }() // the next one begins as this one did
			if _, err = tx.Exec(t.Context(), test.sql, test.file); work.Violated(err) != test.rule || test.rule == "" && err != nil {
				t.Errorf("%q, %v; want %q", work.Violated(err), err, test.rule)
			}
		})
	}
}
