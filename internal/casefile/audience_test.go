package casefile_test

import (
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// The households to visit are those on the register, and those that did not meet its conditions, from the day on which they
// did not up to the end of the time asked for; within the scope, page by page, and none that applied again.
func TestListAudience(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	filed := sample.File(t, u, casefile.Active)
	unfiled := sample.File(t, u, casefile.NotQualified)
	sample.File(t, u, casefile.Draft)
	listed := func(scope work.Scope, a eligibility.Audience, since day.Date, want ...work.FileID) {
		t.Helper()
		below := work.FileID(0)
		var got []work.FileID
		for {
			page, next, err := casefile.ListAudience(t.Context(), u, scope, a, since, below, 1)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range page {
				got = append(got, f.ID)
			}
			if below = next; below == 0 {
				break
			}
		}
		if len(got) != len(want) {
			t.Fatalf("%s since %v: %v, want %v", a, since, got, want)
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%s since %v: %v, want %v", a, since, got, want)
			}
		}
	}
	today := u.Today()
	listed(u.By.Scope, eligibility.Filed, today.Add(1), filed.ID)
	listed(u.By.Scope, eligibility.Unfiled, today, unfiled.ID)
	listed(u.By.Scope, eligibility.Unfiled, today.Add(1))
	listed(sample.SiblingClerk.Scope, eligibility.Unfiled, today)
	second := sample.File(t, u, casefile.NotQualified)
	listed(u.By.Scope, eligibility.Unfiled, today, second.ID, unfiled.ID)
	if _, err := u.Exec(t.Context(), `UPDATE casefile_person SET id_index = (SELECT id_index FROM casefile_person WHERE file_id = $1 AND relation = 'head')
		WHERE file_id = $2 AND relation = 'head'`, unfiled.ID, second.ID); err != nil {
		t.Fatal(err)
	}
	listed(u.By.Scope, eligibility.Unfiled, today, second.ID)
}
