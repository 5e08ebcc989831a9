package review_test

import (
	"fmt"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/money"
	"bangfu/internal/move"
	"bangfu/internal/review"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// A round is not closed over a result that waits for its second person: closed, nobody could decide it, and the file could
// not be handed over any more. By hand it is refused as well. Of a file that left meanwhile nothing waits.
func TestARoundIsNotClosedOverWhatWaits(t *testing.T) {
	u := centre(t)
	f := sample.File(t, u, casefile.Active)
	r := begin(t, u)
	newLine(t, u, money.Yuan(300))
	must(t, by(u, sample.Clerk2, func() error {
		return review.Record(t.Context(), u, r.ID, f.ID, review.Finding{Outcome: review.Category, Note: "标准有变", PapersAgree: true})
	}))
	end := func() string {
		return sample.Told(t, by(u, sample.Officer, func() error { return review.End(t.Context(), u, r.ID) }))
	}
	if told := end(); told != "review.refusal.waits" {
		t.Errorf("closed over what waits: %q", told)
	}
	err := u.Within(t.Context(), func(u *work.Unit) error {
		_, err := u.Exec(t.Context(), `UPDATE review_round SET closed_by = $2, closed_at = $3 WHERE id = $1`, r.ID, sample.Officer.StaffID, u.Now)
		return err
	})
	if got := work.Violated(err); got != "review_round_waits" {
		t.Errorf("by hand: %q, %v", got, err)
	}
	left := false
	for _, way := range []func() error{
		func() error { // the file leaves
			sample.Left(t, u, f.ID)
			left = true
			return by(u, sample.Supervisor, func() error { return casefile.Close(t.Context(), u, f.ID, "out_of_hardship") })
		},
		func() error { // it is decided
			return by(u, sample.Supervisor2, func() error { return review.Confirm(t.Context(), u, r.ID, f.ID, false, "收入没有核实") })
		},
	} {
		tx, err := u.Begin(t.Context())
		must(t, err)
		before := u
		u = work.NewUnit(tx, u.Now, u.By)
		must(t, way())
		if told := end(); told != "" {
			t.Errorf("the file left: %v; closing told %q", left, told)
		}
		must(t, tx.Rollback(t.Context()))
		u, left = before, false
	}
}

// What an older program left waiting in a round that it closed stops no file from moving.
func TestAClosedRoundStopsNoFile(t *testing.T) {
	tx, err := pgtest.DB(t).Owner.Begin(t.Context())
	must(t, err)
	defer func() { must(t, tx.Rollback(t.Context())) }()
	u := work.NewUnit(tx, pgtest.Now, sample.Clerk)
	sample.Centre(t, u)
	f := sample.File(t, u, casefile.Active)
	r := begin(t, u)
	must(t, by(u, sample.Clerk2, func() error {
		return review.Record(t.Context(), u, r.ID, f.ID, review.Finding{Outcome: review.Category, Note: "标准有变", PapersAgree: true})
	}))
	stops := func() (n int) {
		must(t, u.QueryRow(t.Context(), `SELECT count(*) FROM move_matters($1, 'transfer') WHERE matter = 'review' AND stops`, f.ID).Scan(&n))
		return n
	}
	if n := stops(); n != 1 {
		t.Errorf("%d in an open round", n)
	}
	_, err = u.Exec(t.Context(), `ALTER TABLE review_round DISABLE TRIGGER review_round_waits`)
	must(t, err)
	_, err = u.Exec(t.Context(), `UPDATE review_round SET closed_by = $2, closed_at = $3 WHERE id = $1`, r.ID, sample.Officer.StaffID, u.Now)
	must(t, err)
	if n := stops(); n != 0 {
		t.Errorf("%d in a closed round", n)
	}
}

// A file that was handed over to an office that had none when the round was opened is reviewed there, and counts.
func TestProgressOfAnOfficeThatHadNoFile(t *testing.T) {
	u := centre(t)
	f := sample.File(t, u, casefile.Active, func(h *sample.Household) { h.By = sample.UnitClerk })
	r := begin(t, u)
	var id move.ID
	must(t, by(u, sample.UnitClerk2, func() (err error) {
		id, err = move.Ask(t.Context(), u, f.ID, move.Request{Kind: move.Transfer, To: sample.County, Why: "employer_dissolved", Reason: "企业已注销"})
		return err
	}))
	must(t, by(u, sample.Supervisor2, func() error { return move.Decide(t.Context(), u, id, true, "") }))
	must(t, by(u, sample.Clerk2, func() error { return move.Receive(t.Context(), u, id, true, "") }))
	must(t, by(u, sample.Clerk2, func() error {
		return review.Record(t.Context(), u, r.ID, f.ID, review.Finding{Outcome: review.Unchanged, PapersAgree: true})
	}))
	all, offices, _, err := review.ProgressOf(t.Context(), u, sample.Clerk.Scope, r, "", 10)
	must(t, err)
	got := fmt.Sprint(all.Files, all.Done(), all.Percent())
	for _, p := range offices {
		got += fmt.Sprint("; ", p.OrgName, p.Files, p.Done())
	}
	if want := "1 1 100; 青石县总工会困难职工帮扶中心0 1; 青石纺织厂工会1 0"; got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}
