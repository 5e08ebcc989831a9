package sample_test

import (
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
)

// Every state can be reached through the acts of the program.
func TestFileReachesEveryState(t *testing.T) {
	for _, state := range casefile.States {
		t.Run(string(state), func(t *testing.T) {
			u := pgtest.Unit(t, sample.Clerk)
			sample.Centre(t, u)
			if f := sample.File(t, u, state); f.State != state || u.By.StaffID != sample.Clerk.StaffID {
				t.Errorf("file is %s, actor %d", f.State, u.By.StaffID)
			}
		})
	}
}
