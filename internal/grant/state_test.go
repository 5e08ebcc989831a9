package grant

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files")

// diagram draws the life of an application and the stops of each tier as Mermaid, which the documentation shows.
func diagram() string {
	var b strings.Builder
	b.WriteString("stateDiagram-v2\n    [*] --> submitted\n")
	for _, m := range moves {
		fmt.Fprintf(&b, "    %s --> %s: %s\n", m.from, m.to, m.act)
	}
	for _, s := range []State{Approved, Refused, Withdrawn} {
		fmt.Fprintf(&b, "    %s --> [*]\n", s)
	}
	for _, tier := range []Tier{HeadAlone, GroupTier, CommitteeTier, GroupThenCommittee} {
		fmt.Fprintf(&b, "%%%% %s:", tier)
		for _, s := range tier.Steps() {
			fmt.Fprintf(&b, " %s", s)
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestStateDiagram(t *testing.T) {
	const golden = "testdata/state.golden"
	got := diagram()
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil || string(want) != got {
		t.Errorf("the life of an application is not what %s says (go test -update writes it): %v\n%s", golden, err, got)
	}
}

// Every state is reached, an end leads nowhere, everything else leads somewhere, and no act is written twice.
func TestMovesAreWhole(t *testing.T) {
	reached, left := map[State]bool{Submitted: true}, map[State]bool{}
	seen := map[string]bool{}
	for _, m := range moves {
		reached[m.to], left[m.from] = true, true
		if key := string(m.from) + " " + string(m.act); seen[key] {
			t.Errorf("%s is written twice", key)
		} else {
			seen[key] = true
		}
	}
	for _, s := range []State{Submitted, InApproval, Returned, Approved, Refused, Withdrawn} {
		if !reached[s] || left[s] == s.End() {
			t.Errorf("%s: reached %v, left %v, end %v", s, reached[s], left[s], s.End())
		}
	}
}

// Whatever a duty allows at a step, the life of an application allows in the state that has the step.
func TestDutiesLieInTheLife(t *testing.T) {
	for _, d := range duties {
		states := map[Step][]State{AtReview: {Submitted}, NoStep: {Returned}}[d.at]
		if states == nil {
			states = []State{InApproval}
		}
		for _, s := range states {
			if _, refusal := s.after(d.act); refusal != nil {
				t.Errorf("%s at step %q: %v", d.act, d.at, refusal)
			}
		}
	}
}
