package grant_test

import (
	"testing"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/fund"
	"bangfu/internal/grant"
	"bangfu/internal/money"
	"bangfu/internal/move"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// approved leaves an approved grant of a household on the books, for the cause that sample.Signed has.
func approved(t *testing.T, u *work.Unit, f casefile.File, account fund.AccountID, amount money.Amount) {
	t.Helper()
	id := sample.Signed(t, u, f, account, amount)
	if _, err := u.Exec(t.Context(), `UPDATE grant_application SET state = 'approved', step = NULL, decided_at = $2 WHERE id = $1`, id, u.Now); err != nil {
		t.Fatal(err)
	}
}

// window is the sum that picks the tier of 100.00 filed now, as the database and as the program see it.
func window(t *testing.T, u *work.Unit, file work.FileID) money.Amount {
	t.Helper()
	var sum money.Amount
	err := u.QueryRow(t.Context(), `SELECT grant_window(jsonb_populate_record(NULL::grant_application, jsonb_build_object('id', 9000000000, 'file_id', $1::bigint,
		'cause', 1, 'amount_fen', 10000, 'entered_at', $2::timestamptz, 'terms_id', (SELECT min(id) FROM grant_terms))))`, file, u.Now).Scan(&sum)
	if err != nil {
		t.Fatal(err)
	}
	claims, err := grant.ListClaims(t.Context(), u, file, 1, 9000000000)
	if err != nil {
		t.Fatal(err)
	}
	seen := money.Amount(10000)
	for _, c := range claims {
		seen += c.Amount
	}
	if seen != sum {
		t.Errorf("file %d: the program sums up %d, the database %d", file, seen, sum)
	}
	return sum
}

// A split does not begin the twelve months anew: what was filed up to it counts for both households, what the old one
// files after it for the old one only.
func TestASplitDoesNotResetTheWindow(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	f, account := sample.File(t, u, casefile.Active), sample.Fund(t, u, 1000000)
	approved(t, u, f, account, 40000)
	people, err := casefile.People(t.Context(), u, sample.Keys(), f.ID)
	if err != nil {
		t.Fatal(err)
	}
	u.By = sample.Clerk2
	id, err := move.Ask(t.Context(), u, f.ID, move.Request{Kind: move.Split, Why: "divorced", Reason: "离婚分户",
		Goes: []casefile.PersonID{people[1].ID}, Relations: []string{casefile.Head}})
	if err != nil {
		t.Fatal(err)
	}
	u.By = sample.Supervisor
	if err := move.Decide(t.Context(), u, id, true, ""); err != nil {
		t.Fatal(err)
	}
	m, err := move.Find(t.Context(), u, sample.Everywhere, id)
	if err != nil {
		t.Fatal(err)
	}
	if old, fresh := window(t, u, f.ID), window(t, u, m.Other); old != 50000 || fresh != 50000 {
		t.Errorf("at the split the old household has %d and the new one %d, want 500.00 each", old, fresh)
	}
	u.Now, u.By = u.Now.Add(time.Second), sample.Clerk
	sample.SignedFor(t, u, f, account, 7000, 1) // the cause of the window
	if old, fresh := window(t, u, f.ID), window(t, u, m.Other); old != 57000 || fresh != 50000 {
		t.Errorf("a second after it the old household has %d and the new one %d, want 570.00 and 500.00", old, fresh)
	}
}

// A household that left and fell back goes on in its twelve months: what it had under the file before counts on.
func TestARelapseDoesNotResetTheWindow(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	f, account := sample.File(t, u, casefile.Active), sample.Fund(t, u, 1000000)
	approved(t, u, f, account, 45000)
	sample.Left(t, u, f.ID)
	u.By = sample.Supervisor
	if err := casefile.Close(t.Context(), u, f.ID, "out_of_hardship"); err != nil {
		t.Fatal(err)
	}
	u.By = sample.Clerk
	for range 2 { // and once more
		id, _, err := casefile.Relapse(t.Context(), u, f.ID)
		if err != nil {
			t.Fatal(err)
		}
		if sum := window(t, u, id); sum != 55000 {
			t.Errorf("the window holds %d, want 550.00", sum)
		}
		if err := casefile.Discard(t.Context(), u, id, "登记有误"); err != nil {
			t.Fatal(err)
		}
	}
}

// What both households had counts for the one that they become.
func TestAMergeAddsTheWindows(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	f, into, account := sample.File(t, u, casefile.Active), sample.File(t, u, casefile.Active), sample.Fund(t, u, 1000000)
	approved(t, u, f, account, 30000)
	approved(t, u, into, account, 20000)
	people, err := casefile.People(t.Context(), u, sample.Keys(), f.ID)
	if err != nil {
		t.Fatal(err)
	}
	r := move.Request{Kind: move.Merge, Why: "twice", Reason: "同户重复建档", Number: into.Number}
	for _, p := range people {
		r.Goes, r.Relations = append(r.Goes, p.ID), append(r.Relations, "other")
	}
	if before := window(t, u, into.ID); before != 30000 {
		t.Errorf("before the merge %d, want 300.00", before)
	}
	u.By = sample.Clerk2
	id, err := move.Ask(t.Context(), u, f.ID, r)
	if err != nil {
		t.Fatal(err)
	}
	u.By = sample.Supervisor
	if err := move.Decide(t.Context(), u, id, true, ""); err != nil {
		t.Fatal(err)
	}
	if after := window(t, u, into.ID); after != 60000 {
		t.Errorf("after the merge %d, want 600.00", after)
	}
}
