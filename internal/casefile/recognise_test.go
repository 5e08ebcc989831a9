package casefile_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/idcard"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
)

// Whoever is saved again is the same person by the ID number, or by the row that a corrected number names; a row that names
// anybody else, or the head, or somebody who is there already, is another person.
func TestMembersAreRecognised(t *testing.T) {
	type row struct {
		names  int // which of the two members the row names: 0 and 1, 2 the head, 3 somebody of another file, -1 nobody
		number int // whose number it has, or -1 a new one
	}
	tests := map[string]struct {
		rows []row
		want string // the rows' people now: a and b the members, + another
		told string
	}{
		"nothing changed":                   {[]row{{0, 0}, {1, 1}}, "a b", ""},
		"rows without a name":               {[]row{{-1, 0}, {-1, 1}}, "a b", ""},
		"a number corrected":                {[]row{{0, -1}, {1, 1}}, "a b", ""},
		"both corrected":                    {[]row{{0, -1}, {1, -1}}, "a b", ""},
		"numbers that were the wrong ones":  {[]row{{0, 1}, {1, 0}}, "b a", ""},
		"one takes the other's":             {[]row{{0, 1}, {1, -1}}, "b +", ""},
		"one name twice":                    {[]row{{0, 0}, {0, -1}}, "a +", ""},
		"one left out":                      {[]row{{1, -1}}, "b", ""},
		"the head is named":                 {[]row{{0, 0}, {2, -1}}, "a +", ""},
		"somebody of another file is named": {[]row{{3, -1}, {1, 1}}, "+ b", ""},
		"a number twice":                    {[]row{{0, 0}, {1, 0}}, "", "casefile.refusal.twice"},
		"the head's number":                 {[]row{{0, 2}, {1, 1}}, "", "casefile.refusal.head_again"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			u := pgtest.Unit(t, sample.Clerk)
			sample.Centre(t, u)
			f, other := sample.File(t, u, casefile.Returned), sample.File(t, u, casefile.Returned)
			u.By = sample.Clerk
			people := func(file casefile.File) []casefile.Person {
				all, err := casefile.People(t.Context(), u, sample.Keys(), file.ID)
				if err != nil {
					t.Fatal(err)
				}
				return all
			}
			before := people(f)
			known := []casefile.Person{before[1], before[2], before[0], people(other)[1]}
			var members []casefile.Person
			for i, r := range test.rows {
				m := sample.Person("other", fmt.Sprintf("第%d行", i), day.Of(2000, 1, 1), idcard.Female)
				if r.names >= 0 {
					m.ID = known[r.names].ID
				}
				if r.number >= 0 {
					m.Number = known[r.number].Number
				}
				members = append(members, m)
			}
			numbers := make([]idcard.Number, len(members))
			for i, m := range members {
				numbers[i] = m.Number
			}
			if told := sample.Told(t, casefile.SaveMembers(t.Context(), u, sample.Keys(), f.ID, 1, members)); told != test.told {
				t.Fatalf("told %q, want %q", told, test.told)
			}
			if test.told != "" {
				return
			}
			after := people(f)
			if got := recognised(before, after, numbers); len(after) != len(members)+1 || strings.Join(got, " ") != test.want {
				t.Errorf("%v of %d people, want %s", got, len(after), test.want)
			}
			if now := people(other); len(now) != 3 || now[1].Number != known[3].Number {
				t.Errorf("the other file has %+v", now)
			}
		})
	}
}

// recognised says of each row whose it is now: a and b of the two members before, + somebody else, ? nobody with its number.
func recognised(before, after []casefile.Person, numbers []idcard.Number) []string {
	var got []string
	for i, number := range numbers {
		at := slices.IndexFunc(after, func(p casefile.Person) bool { return p.Name == fmt.Sprintf("第%d行", i) })
		switch {
		case at < 0 || after[at].Number != number:
			got = append(got, "?")
		case after[at].ID == before[1].ID:
			got = append(got, "a")
		case after[at].ID == before[2].ID:
			got = append(got, "b")
		default:
			got = append(got, "+")
		}
	}
	return got
}
