package grant

import (
	"testing"

	"pgregory.net/rapid"
)

func TestQuorumOfThree(t *testing.T) {
	for _, test := range []struct {
		name           string
		tally          Tally
		passed, failed bool
	}{
		{"nobody yet", Tally{Members: 3}, false, false},
		{"one in favour", Tally{Members: 3, Favour: 1}, false, false},
		{"two in favour are two thirds of all", Tally{Members: 3, Favour: 2}, true, false},
		{"one against leaves it open", Tally{Members: 3, Against: 1}, false, false},
		{"one each", Tally{Members: 3, Favour: 1, Against: 1}, false, false},
		{"two not in favour are beyond change", Tally{Members: 3, Favour: 1, Against: 1, Abstained: 1}, false, true},
		{"closed with one present is no vote", Tally{Members: 3, Favour: 1, Closed: true}, false, false},
		{"closed with one of two", Tally{Members: 3, Favour: 1, Against: 1, Closed: true}, false, true},
		{"a body without members decides nothing", Tally{Members: 0, Favour: 1, Closed: true}, false, false},
		{"four of six present, three in favour, closed", Tally{Members: 6, Favour: 3, Against: 1, Closed: true}, true, false},
		{"four of six present, three in favour, open", Tally{Members: 6, Favour: 3, Against: 1}, false, false},
		{"four of six present, two in favour, closed", Tally{Members: 6, Favour: 2, Abstained: 2, Closed: true}, false, true},
	} {
		if test.tally.Passed() != test.passed || test.tally.Failed() != test.failed {
			t.Errorf("%s: passed %v, failed %v", test.name, test.tally.Passed(), test.tally.Failed())
		}
	}
}

// reachable gives every tally that the members still to vote can bring about.
func reachable(t Tally) []Tally {
	var all []Tally
	rest := t.Members - t.Present()
	for favour := 0; favour <= rest; favour++ {
		for against := 0; favour+against <= rest; against++ {
			end := t
			end.Favour, end.Against = t.Favour+favour, t.Against+against
			all = append(all, end)
		}
	}
	return all
}

// model is the rule of the meeting as it is written: at least two thirds present, at least two thirds of those present
// in favour.
func model(t Tally) bool {
	present := float64(t.Favour + t.Against + t.Abstained)
	return present > 0 && present/float64(t.Members) >= 2.0/3-1e-9 && float64(t.Favour)/present >= 2.0/3-1e-9
}

// Against a model that tries every way in which the vote can still go: an open vote has passed when nothing can change
// it any more, and failed when nothing can save it; a closed quorate one is decided as it stands.
func TestQuorumAgainstItsModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		members := rapid.IntRange(1, 15).Draw(t, "members")
		favour := rapid.IntRange(0, members).Draw(t, "favour")
		against := rapid.IntRange(0, members-favour).Draw(t, "against")
		tally := Tally{Members: members, Favour: favour, Against: against,
			Abstained: rapid.IntRange(0, members-favour-against).Draw(t, "abstained")}
		sure, hopeless := true, true
		for _, end := range reachable(tally) {
			whole := end.Present() == end.Members
			sure = sure && (!whole || model(end))
			hopeless = hopeless && !model(end)
		}
		if tally.Passed() != sure || tally.Failed() != hopeless {
			t.Fatalf("%+v: passed %v (model %v), failed %v (model %v)", tally, tally.Passed(), sure, tally.Failed(), hopeless)
		}
		closed := tally
		closed.Closed = true
		if tally.Quorate() && (closed.Passed() != model(tally) || closed.Failed() == model(tally)) {
			t.Fatalf("%+v closed: passed %v, failed %v, model %v", tally, closed.Passed(), closed.Failed(), model(tally))
		}
		if !tally.Quorate() && !tally.Failed() && (closed.Passed() || closed.Failed()) {
			t.Fatalf("%+v was closed without a quorum and decided", tally)
		}
	})
}
