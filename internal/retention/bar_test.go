package retention_test

import (
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/audit"
	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/retention"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// bar gives what the list of files past their term says of a file.
func bar(t *testing.T, u *work.Unit, id work.FileID) string {
	t.Helper()
	all, _, err := retention.Over(t.Context(), u, sample.Officer.Scope, 0, u.Today(), retention.Cursor{}, 50)
	must(t, err)
	one, err := retention.BarOf(t.Context(), u, id, u.Today())
	must(t, err)
	for _, k := range all {
		if k.FileID == id {
			if k.Bar != one {
				t.Errorf("kept by %q in the list, by %q by itself", k.Bar, one)
			}
			return k.Bar
		}
	}
	return "not in the list"
}

// An old file stays while the household's later file is open, whether that fell back itself or a later one did.
func TestARelapseKeepsTheOldFile(t *testing.T) {
	u := centre(t)
	old := sample.File(t, u, casefile.Closed)
	relapse := func(of work.FileID) work.FileID {
		var id work.FileID
		must(t, by(u, sample.Clerk3, func() (err error) {
			id, _, err = casefile.Relapse(t.Context(), u, of)
			return err
		}))
		return id
	}
	end := func(id work.FileID) { // by hand: the whole way of a file is not what is tried here
		_, err := u.Exec(t.Context(), `UPDATE casefile_file SET state = 'discarded', closed_at = $2 WHERE id = $1`, id, u.Now)
		must(t, err)
	}
	later := on(u, over)
	if got := bar(t, later, old.ID); got != "" {
		t.Fatalf("before the relapse: %q", got)
	}
	first := relapse(old.ID)
	if got := bar(t, later, old.ID); got != "retention_relapse" {
		t.Errorf("while the later file is open: %q", got)
	}
	_, _, err := retention.Propose(t.Context(), later, retention.Proposal{Org: sample.Officer.OrgID, Name: "批次", Basis: "到期", ClosedUntil: retention.LastOver(over)})
	if told := sample.Told(t, err); told != "retention.refusal.none" {
		t.Errorf("proposed: %q", told)
	}
	end(first)
	if got := bar(t, later, old.ID); got != "" {
		t.Errorf("when the later file has ended: %q", got)
	}
}

// A file whose call-backs were not made stays.
func TestACallBackKeepsTheFile(t *testing.T) {
	u := centre(t)
	f := sample.File(t, u, casefile.Closed)
	later := work.NewUnit(u.Tx, over.Start().Add(12*time.Hour), u.By)
	if got := bar(t, later, f.ID); got != "retention_callback" {
		t.Errorf("three call-backs to make: %q", got)
	}
	called := func(from, until day.Date) {
		_, err := u.Exec(t.Context(), `UPDATE exit_callback SET done_on = due_on, how = 'phone', result = 'stable', note = '', called_by = @by, entered_at = @now
			WHERE file_id = @file AND due_on BETWEEN @from AND @until`,
			pgx.NamedArgs{"by": sample.Clerk2.StaffID, "now": u.Now, "file": f.ID, "from": from, "until": until})
		must(t, err)
	}
	called(u.Today(), u.Today().AddMonths(11))
	if got := bar(t, later, f.ID); got != "retention_callback" {
		t.Errorf("one to make: %q", got)
	}
	called(u.Today().AddMonths(12), u.Today().AddMonths(12))
	if got := bar(t, later, f.ID); got != "" {
		t.Errorf("all made: %q", got)
	}
}

// A file that cannot be destroyed is noted so once and tried again; the others of its batch and the other batches go on.
func TestOneBrokenFileHoldsUpNoOther(t *testing.T) {
	u := centre(t)
	broken, sound, other := sample.File(t, u, casefile.Closed), sample.File(t, u, casefile.Closed), sample.File(t, u, casefile.Active)
	// A change of another file that names a paper of this one, which no program writes, makes the destruction fail in the middle.
	_, err := u.Exec(t.Context(), `INSERT INTO casefile_change (file_id, kind, state, second, reason, typed, told, before, asked_by, asked_at, evidence_id)
		SELECT $1, 'economy', 'asked', true, '收入变化', '\x00', '[]', 1, $3, $4, min(v.id) FROM casefile_evidence v WHERE v.file_id = $2`,
		other.ID, broken.ID, sample.Clerk3.StaffID, u.Now)
	must(t, err)
	later := on(u, over)
	id := agree(t, later)
	destroy := func() (int, error) {
		_, err := audit.Seal(t.Context(), u.Tx, later.Now)
		must(t, err)
		return retention.RunDue(t.Context(), u.Tx, func() time.Time { return later.Now })
	}
	n, err := destroy()
	if n != 1 || err == nil {
		t.Errorf("%d destroyed, %v", n, err)
	}
	b, err := retention.Find(t.Context(), u, sample.Officer.Scope, id)
	must(t, err)
	items, _, err := retention.Items(t.Context(), later, b, over, 0, 10)
	must(t, err)
	for _, i := range items {
		switch {
		case i.FileID == sound.ID && (i.State != retention.ItemErased || !i.FailedAt.IsZero()):
			t.Errorf("the sound one: %+v", i)
		case i.FileID == broken.ID && (i.State != retention.ItemWaiting || !i.FailedAt.Equal(later.Now)):
			t.Errorf("the broken one: %+v", i)
		}
	}
	if b.State != retention.Agreed || len(items) != 2 {
		t.Errorf("the batch is %s with %d files", b.State, len(items))
	}
	if n, err := destroy(); n != 0 || err == nil {
		t.Errorf("again: %d destroyed, %v", n, err)
	}
	if n := count(t, u, `SELECT count(*)::int FROM audit_entry WHERE act = 'retention.fail' AND file_id = $1`, broken.ID); n != 1 {
		t.Errorf("%d entries of the failure", n)
	}
}
