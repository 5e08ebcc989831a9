package grant

import "testing"

// A vote counts in its round, at its step, on the amount it was cast on, and while its voter sits in the body.
func TestTallyCountsWhatStands(t *testing.T) {
	c := Case{
		Application: Application{Round: 2, Amount: 60_000, State: InApproval, Step: AtGroup},
		Group:       Body{ID: 1, Kind: "group", Seats: []Seat{{Staff: 1, Head: true}, {Staff: 2}, {Staff: 3}, {Staff: 4}}},
	}
	for name, test := range map[string]struct {
		made Decision
		want Tally
	}{
		"in favour":         {Decision{Round: 2, Step: AtGroup, Verdict: Favour, Amount: 60_000, By: 2}, Tally{Members: 4, Favour: 1}},
		"against":           {Decision{Round: 2, Step: AtGroup, Verdict: Opposed, Amount: 60_000, By: 2}, Tally{Members: 4, Against: 1}},
		"abstained":         {Decision{Round: 2, Step: AtGroup, Verdict: Abstention, Amount: 60_000, By: 2}, Tally{Members: 4, Abstained: 1}},
		"closed by head":    {Decision{Round: 2, Step: AtGroup, Verdict: Closed, Amount: 60_000, By: 1}, Tally{Members: 4, Closed: true}},
		"closed by another": {Decision{Round: 2, Step: AtGroup, Verdict: Closed, Amount: 60_000, By: 2}, Tally{Members: 4}},
		"an amount set":     {Decision{Round: 2, Step: AtGroup, Verdict: AmountSet, Amount: 60_000, By: 1}, Tally{Members: 4}},
		"the round before":  {Decision{Round: 1, Step: AtGroup, Verdict: Favour, Amount: 60_000, By: 2}, Tally{Members: 4}},
		"another step":      {Decision{Round: 2, Step: AtReview, Verdict: Favour, Amount: 60_000, By: 2}, Tally{Members: 4}},
		"another amount":    {Decision{Round: 2, Step: AtGroup, Verdict: Favour, Amount: 50_000, By: 2}, Tally{Members: 4}},
		"of one who left":   {Decision{Round: 2, Step: AtGroup, Verdict: Favour, Amount: 60_000, By: 9}, Tally{Members: 4}},
	} {
		c.Decisions = []Decision{test.made}
		if got := c.Tally(AtGroup); got != test.want {
			t.Errorf("%s: %+v; want %+v", name, got, test.want)
		}
	}
}
