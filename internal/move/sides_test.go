package move_test

import (
	"strings"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/move"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// sidesOf writes who has which side in a file, as "staff side".
func sidesOf(t *testing.T, u *work.Unit, id work.FileID, who ...work.Actor) string {
	t.Helper()
	var all []string
	for _, a := range who {
		side, err := casefile.DutyOf(t.Context(), u, id, a.StaffID)
		must(t, err)
		all = append(all, a.Name+" "+string(side))
	}
	return strings.Join(all, ", ")
}

// Whoever asks for a split or a merge gathers for the households, and whoever agrees decides on them; the papers that come
// along put nobody on a side of the file they come into. A transfer puts nobody on one.
func TestSidesOfAMove(t *testing.T) {
	u := centre(t)
	f := sample.File(t, u, casefile.Active)
	id, err := splitOff(t, u, f.ID) // by Clerk2
	must(t, err)
	must(t, by(u, sample.Supervisor2, func() error { return move.Decide(t.Context(), u, id, true, "情况属实") }))
	m, err := move.Find(t.Context(), u, sample.Clerk.Scope, id)
	must(t, err)
	if got, want := sidesOf(t, u, f.ID, sample.Clerk2, sample.Supervisor2), "罗杰 gather, 赵慧 decide"; got != want {
		t.Errorf("the old file: %s, want %s", got, want)
	}
	if got, want := sidesOf(t, u, m.Other, sample.Clerk, sample.Clerk2, sample.Clerk3, sample.Supervisor2), "何敏 gather, 罗杰 gather, 段芳 gather, 赵慧 "; got != want {
		t.Errorf("the new file: %s, want %s", got, want)
	}

	ends, into := sample.File(t, u, casefile.Active, another), sample.File(t, u, casefile.Active)
	id, err = mergeInto(t, u, ends, into) // by Clerk2
	must(t, err)
	must(t, by(u, sample.Supervisor2, func() error { return move.Decide(t.Context(), u, id, true, "") }))
	for _, file := range []work.FileID{ends.ID, into.ID} {
		if got, want := sidesOf(t, u, file, sample.Clerk2, sample.Supervisor2), "罗杰 gather, 赵慧 decide"; got != want {
			t.Errorf("file %d of a merge: %s, want %s", file, got, want)
		}
	}

	goes := sample.File(t, u, casefile.Active)
	must(t, by(u, sample.Clerk4, func() (err error) {
		id, err = move.Ask(t.Context(), u, goes.ID, move.Request{Kind: move.Transfer, Why: "household_moved", Reason: "迁居", To: sample.UnitA})
		return err
	}))
	must(t, by(u, sample.Supervisor2, func() error { return move.Decide(t.Context(), u, id, true, "同意移交") }))
	if got, want := sidesOf(t, u, goes.ID, sample.Clerk4, sample.Supervisor2), "杨帆 , 赵慧 "; got != want {
		t.Errorf("a transfer: %s, want %s", got, want)
	}
}

// Nobody who decides on one of the households asks for its split or merge, and nobody who gathered for one agrees to it,
// also in the file that goes on.
func TestOnePersonOneSideOfAMove(t *testing.T) {
	u := centre(t)
	f, other := sample.File(t, u, casefile.Active, another), sample.File(t, u, casefile.Active)
	id, err := mergeInto(t, u, f, other)
	must(t, err)
	gathers := func(file work.FileID) {
		must(t, by(u, sample.Supervisor2, func() error {
			_, err := casefile.AddArrears(t.Context(), u, file, casefile.Arrears{Person: people(t, u, file)[0].ID, Kind: casefile.WageArrears,
				From: u.Today(), Amount: 1, Employer: "青石纺织厂"})
			return err
		}))
	}
	gathers(other.ID)
	for _, yes := range []bool{true, false} {
		err := u.Within(t.Context(), func(u *work.Unit) error {
			return by(u, sample.Supervisor2, func() error { return move.Decide(t.Context(), u, id, yes, "情况不符") })
		})
		if got := told(t, err); got != "casefile.refusal.sides" {
			t.Errorf("decided (%v) by who gathered for the other household: told %q", yes, got)
		}
	}
	must(t, by(u, sample.Clerk2, func() error { return move.Withdraw(t.Context(), u, id) }))
	err = u.Within(t.Context(), func(u *work.Unit) error {
		r := move.Request{Kind: move.Merge, Why: "married", Reason: "两户户主登记结婚", Number: other.Number}
		for _, p := range people(t, u, f.ID) {
			r.Goes, r.Relations = append(r.Goes, p.ID), append(r.Relations, "other")
		}
		return by(u, sample.Supervisor, func() error { _, err := move.Ask(t.Context(), u, f.ID, r); return err })
	})
	if got := told(t, err); got != "casefile.refusal.sides" {
		t.Errorf("asked for by who assessed both: told %q", got)
	}
}
