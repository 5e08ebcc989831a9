package casefile_test

import (
	"fmt"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
)

// What a decision would rest on is out of date a day after its last one: figures after twelve months, a paper after what it
// proves; a newer paper of the same kind and person mends it, and one that is missing altogether is not told here.
func TestOutdated(t *testing.T) {
	on := day.Of(2026, 11, 22)
	paper := func(kind casefile.EvidenceKind, until day.Date, person casefile.PersonID) casefile.Evidence {
		return casefile.Evidence{Kind: kind, ValidUntil: until, PersonID: person}
	}
	ill := casefile.Person{ID: 4, Name: "李秀兰", Health: "ill"}
	for name, test := range map[string]struct {
		until day.Date
		held  []casefile.Evidence
		kinds []casefile.EvidenceKind
		want  string
	}{
		"nothing known":                 {day.Date{}, nil, nil, ""},
		"figures of a year ago":         {day.Of(2025, 11, 22), nil, nil, ""},
		"of a year and a day ago":       {day.Of(2025, 11, 21), nil, nil, "economy 2025-11-21"},
		"a proof on its last day":       {on, []casefile.Evidence{paper(casefile.IncomeProof, on, 0)}, nil, ""},
		"a day after it":                {on, []casefile.Evidence{paper(casefile.IncomeProof, on.Add(-1), 0)}, nil, "income_proof 2026-11-21"},
		"and a newer one":               {on, []casefile.Evidence{paper(casefile.IncomeProof, on.Add(-1), 0), paper(casefile.IncomeProof, on, 0)}, nil, ""},
		"two old ones":                  {on, []casefile.Evidence{paper(casefile.IncomeProof, on.Add(-400), 0), paper(casefile.IncomeProof, on.Add(-9), 0)}, nil, "income_proof 2026-11-13"},
		"of the one who is ill":         {on, []casefile.Evidence{paper(casefile.Receipts, on.Add(-1), 4)}, nil, "receipts 2026-11-21 李秀兰"},
		"of somebody else":              {on, []casefile.Evidence{paper(casefile.Receipts, on.Add(-1), 5)}, nil, ""},
		"a kind that nobody asks for":   {on, []casefile.Evidence{paper(casefile.TuitionReceipts, on.Add(-1), 0)}, nil, ""},
		"a kind that a programme wants": {on, []casefile.Evidence{paper(casefile.TuitionReceipts, on.Add(-1), 0)}, []casefile.EvidenceKind{casefile.TuitionReceipts}, "tuition_receipts 2026-11-21"},
		"asked for by both":             {on, []casefile.Evidence{paper(casefile.Receipts, on.Add(-1), 0)}, []casefile.EvidenceKind{casefile.Receipts}, "receipts 2026-11-21 李秀兰"},
	} {
		t.Run(name, func(t *testing.T) {
			s := casefile.Situation{Causes: []casefile.Cause{casefile.SeriousIllness}, People: []casefile.Person{ill}, Economy: casefile.Economy{Until: test.until}}
			got := ""
			for _, o := range s.Outdated(test.held, on, test.kinds...) {
				what := string(o.Kind)
				if o.Section == casefile.EconomySection {
					what = string(o.Section)
				}
				got += fmt.Sprint(what, " ", o.Until)
				if o.Person != "" {
					got += " " + o.Person
				}
				if text := o.Message().In(t.Context()); text == "" {
					t.Error("nothing is said")
				}
			}
			if got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}

// Of a file on record it is read what is out of date.
func TestOutdatedOf(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	f := sample.File(t, u, casefile.Active) // its figures run up to 2026-10-31, its papers are of 2026-10-23
	for on, want := range map[day.Date]int{u.Today(): 0, day.Of(2027, 10, 22): 0, day.Of(2027, 10, 23): 2, day.Of(2027, 10, 31): 2, day.Of(2027, 11, 1): 3} {
		held, err := casefile.EvidenceOf(t.Context(), u, f.ID)
		if err != nil {
			t.Fatal(err)
		}
		all, err := casefile.OutdatedOf(t.Context(), u, f, held, on)
		if err != nil || len(all) != want {
			t.Errorf("on %s: %+v, %v", on, all, err)
		}
	}
}
