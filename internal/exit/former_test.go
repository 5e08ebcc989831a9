package exit_test

import (
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/check"
	"bangfu/internal/exit"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
)

// Whoever registers somebody anew whose file ended for false information is told so, also at another office; of a file that
// ended otherwise nothing is said.
func TestWhoWasStruckOffIsKnown(t *testing.T) {
	for reason, want := range map[string]int{exit.False: 1, "misjudged": 0} {
		t.Run(reason, func(t *testing.T) {
			u := pgtest.Unit(t, sample.Clerk2)
			sample.Centre(t, u)
			old := sample.File(t, u, casefile.Active)
			u.By = sample.Clerk2
			id, err := exit.Propose(t.Context(), u, old.ID, exit.Proposal{Reason: reason, Grounds: "收入不实", Papers: papersOf(t, u, old)})
			if err != nil {
				t.Fatal(err)
			}
			bring(t, u, id, exit.Closed)
			u.By = sample.Clerk
			before, err := casefile.People(t.Context(), u, sample.Keys(), old.ID)
			if err != nil {
				t.Fatal(err)
			}
			again := sample.File(t, u, casefile.Submitted, func(h *sample.Household) {
				h.Members, h.Head.Number = nil, before[1].Number
				h.Head.Birth, h.Head.Sex = before[1].Birth, before[1].Sex
			})
			found, err := check.Look(t.Context(), u, sample.Keys(), sample.Everywhere, again.ID, u.Today())
			if err != nil {
				t.Fatal(err)
			}
			n := 0
			for _, f := range found {
				if f.Name == "former" && f.Args[1] == old.Number {
					n++
				}
			}
			if n != want {
				t.Errorf("%d findings in %+v, want %d", n, found, want)
			}
		})
	}
}
