package casefile_test

import (
	"errors"
	"net/url"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// What an address asks is read as the list of files writes it; what is no condition is not found.
func TestFilterFrom(t *testing.T) {
	asked := url.Values{"state": {"active"}, "org": {"12"}, "category": {"severe"}, "cause": {"6"}, "housing": {casefile.HousingKinds.Codes[0].Value},
		"papers": {"missing"}, "from": {"2026-01-01"}, "to": {"2026-06-30"}, "sort": {"name"}}
	want := casefile.Filter{State: casefile.Active, Org: 12, Category: eligibility.Severe, Cause: 6, Housing: casefile.HousingKinds.Codes[0].Value,
		Lacking: true, From: day.Of(2026, 1, 1), To: day.Of(2026, 6, 30)}
	if got, err := casefile.FilterFrom(asked); err != nil || got != want {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := casefile.FilterFrom(url.Values{"state": {""}, "org": {""}}); err != nil || got != (casefile.Filter{}) {
		t.Errorf("nothing asked: %+v, %v", got, err)
	}
	for _, bad := range []string{"state=gone", "org=0", "org=x", "category=poor", "cause=0", "cause=11", "cause=x", "housing=tent", "papers=all", "from=yesterday", "to=2026-13-01"} {
		values, err := url.ParseQuery(bad)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := casefile.FilterFrom(values); !errors.Is(err, work.ErrNotFound) {
			t.Errorf("%s: %+v, %v", bad, got, err)
		}
	}
}

func TestFilterFits(t *testing.T) {
	for _, test := range []struct {
		filter casefile.Filter
		list   casefile.WorkList
		fits   bool
	}{
		{casefile.Filter{}, casefile.MineList, true},
		{casefile.Filter{State: casefile.Closed}, casefile.EndedList, true},
		{casefile.Filter{State: casefile.Closed}, casefile.ActiveList, false},
		{casefile.Filter{Lacking: true}, casefile.ActiveList, true},
		{casefile.Filter{Lacking: true}, casefile.MineList, false},
	} {
		if got := test.filter.Fits(test.list); got != test.fits {
			t.Errorf("%+v in %s: %v", test.filter, test.list, got)
		}
	}
}

func TestFilterConditions(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	f := casefile.Filter{Org: sample.County, Category: eligibility.Severe, Lacking: true}
	got, err := f.Conditions(words.In(t.Context(), words.Chinese), u, sample.Clerk.Scope)
	if err != nil || len(got) != 3 || got[1] != "困难类别：深度困难" {
		t.Errorf("%q, %v", got, err)
	}
	if _, err := f.Conditions(t.Context(), u, sample.SiblingClerk.Scope); !errors.Is(err, work.ErrNotFound) {
		t.Errorf("another office's: %v", err)
	}
}
