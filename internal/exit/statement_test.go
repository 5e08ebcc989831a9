package exit_test

import (
	"fmt"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/exit"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// The statement of a period counts both its days, by office and together, and start, added and left give the end whatever
// the period: a file that came on a day is added in a period that begins with it and stands at the start of the next one.
func TestStatement(t *testing.T) {
	u := centre(t)
	first := u.Today()
	leaves := sample.File(t, u, casefile.Active)
	below := sample.File(t, u, casefile.Active, func(h *sample.Household) { h.By = sample.UnitClerk })
	sample.File(t, u, casefile.Active)
	sample.File(t, u, casefile.NotQualified)
	sample.File(t, u, casefile.Submitted)
	sample.File(t, u, casefile.Draft)
	u.Now = u.Now.AddDate(0, 0, 2)
	id, err := exit.Propose(t.Context(), u, leaves.ID, outOfHardship(t, u, leaves))
	must(t, err)
	bring(t, u, id, exit.Closed)
	id, err = exit.Propose(t.Context(), u, below.ID, exit.Proposal{Reason: "moved", Grounds: "迁往外地", HappenedOn: first, Papers: papersOf(t, u, below)})
	must(t, err)
	bring(t, u, id, exit.Closed)
	counted := func(scope work.Scope, from, until day.Date) string {
		t.Helper()
		all, offices, next, err := exit.StatementOf(t.Context(), u, scope, from, until, "", 10)
		must(t, err)
		text, start, end := "", 0, 0
		for _, s := range append([]exit.Statement{all}, offices...) {
			if !s.AddsUp() || s.Pending() < 0 {
				t.Errorf("%v to %v: %+v", from, until, s)
			}
			text += fmt.Sprintf("%s %d +%d -%d,%d,%d,%d =%d (%d %d %d); ", s.OrgName, s.Start, s.Added, s.OutOfHardship, s.Eased, s.Cancelled, s.Other, s.End, s.Applied, s.Met, s.NotMet)
			if s.OrgID != 0 {
				start, end = start+s.Start, end+s.End
			}
		}
		if start != all.Start || end != all.End || next != "" {
			t.Errorf("the offices give %d and %d: %s", start, end, text)
		}
		return text
	}
	tests := map[string]struct {
		scope       work.Scope
		from, until day.Date
		want        string
	}{
		"the day of coming": {sample.Everywhere, first, first,
			" 0 +3 -0,0,0,0 =3 (5 3 1); 青石县总工会困难职工帮扶中心 0 +2 -0,0,0,0 =2 (4 2 1); 青石纺织厂工会 0 +1 -0,0,0,0 =1 (1 1 0); "},
		"the day between": {sample.Everywhere, first.Add(1), first.Add(1),
			" 3 +0 -0,0,0,0 =3 (0 0 0); 青石县总工会困难职工帮扶中心 2 +0 -0,0,0,0 =2 (0 0 0); 青石纺织厂工会 1 +0 -0,0,0,0 =1 (0 0 0); "},
		"the day of leaving": {sample.Everywhere, first.Add(2), first.Add(2),
			" 3 +0 -1,0,1,0 =1 (0 0 0); 青石县总工会困难职工帮扶中心 2 +0 -1,0,0,0 =1 (0 0 0); 青石纺织厂工会 1 +0 -0,0,1,0 =0 (0 0 0); "},
		"the day after":     {sample.Everywhere, first.Add(3), first.Add(3), " 1 +0 -0,0,0,0 =1 (0 0 0); 青石县总工会困难职工帮扶中心 1 +0 -0,0,0,0 =1 (0 0 0); "},
		"all days":          {sample.Everywhere, first, first.Add(2), " 0 +3 -1,0,1,0 =1 (5 3 1); 青石县总工会困难职工帮扶中心 0 +2 -1,0,0,0 =1 (4 2 1); 青石纺织厂工会 0 +1 -0,0,1,0 =0 (1 1 0); "},
		"before everything": {sample.Everywhere, first.Add(-9), first.Add(-1), " 0 +0 -0,0,0,0 =0 (0 0 0); "},
		"the unit's own":    {sample.UnitClerk.Scope, first, first.Add(2), " 0 +1 -0,0,1,0 =0 (1 1 0); 青石纺织厂工会 0 +1 -0,0,1,0 =0 (1 1 0); "},
		"another county's":  {sample.SiblingClerk.Scope, first, first.Add(2), " 0 +0 -0,0,0,0 =0 (0 0 0); "},
	}
	for name, test := range tests {
		if got := counted(test.scope, test.from, test.until); got != test.want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, test.want)
		}
	}
}

// The offices come in pages by their path; the sum is the same on each.
func TestStatementPagesByKey(t *testing.T) {
	u := centre(t)
	sample.File(t, u, casefile.Active)
	sample.File(t, u, casefile.Active, func(h *sample.Household) { h.By = sample.UnitClerk })
	all, offices, next, err := exit.StatementOf(t.Context(), u, sample.Everywhere, u.Today(), u.Today(), "", 1)
	must(t, err)
	if all.Added != 2 || len(offices) != 1 || next != offices[0].Path {
		t.Fatalf("%+v, %+v, next %q", all, offices, next)
	}
	again, rest, next, err := exit.StatementOf(t.Context(), u, sample.Everywhere, u.Today(), u.Today(), next, 1)
	must(t, err)
	if again != all || len(rest) != 1 || rest[0].OrgID == offices[0].OrgID || next != "" {
		t.Errorf("%+v, %+v, next %q", again, rest, next)
	}
	if _, whole, next, err := exit.StatementOf(t.Context(), u, sample.Everywhere, u.Today(), u.Today(), "", 0); err != nil || len(whole) != 2 || next != "" {
		t.Errorf("without pages: %+v, %q, %v", whole, next, err)
	}
}
