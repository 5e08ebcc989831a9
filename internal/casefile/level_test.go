package casefile_test

import (
	"slices"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/eligibility"
	"bangfu/internal/words"
)

// The level follows from the category. Where an older version holds one that was picked by hand, it is told as it was said,
// and its going is a difference; a level that nobody picked is told by the category alone.
func TestCompareLevels(t *testing.T) {
	of := func(c eligibility.Category, picked string) casefile.Facts {
		return casefile.Facts{Cover: casefile.File{Category: c}, Particulars: casefile.Particulars{Level: picked}}
	}
	for name, test := range map[string]struct {
		a, b casefile.Facts
		want string
	}{
		"nobody picked one":          {of(eligibility.None, ""), of(eligibility.Severe, ""), "||困难类别||深度困难\n"},
		"picked, and it goes":        {of(eligibility.Severe, "county"), of(eligibility.Severe, ""), "causes||建档标准|区县级|全国级\n"},
		"picked as the category is":  {of(eligibility.Severe, "national"), of(eligibility.Severe, ""), ""},
		"picked before the category": {of(eligibility.None, "city"), of(eligibility.CityAuxiliary, ""), "||困难类别||市级辅助档案\n"},
	} {
		if got := lines(t, casefile.Compare(test.a, test.b)); got != test.want {
			t.Errorf("%s: %q, want %q", name, got, test.want)
		}
	}
	for _, test := range []struct {
		facts casefile.Facts
		want  any
	}{
		{of(eligibility.Relative, ""), words.Key("casefile.level.national")},
		{of(eligibility.ProvincialAuxiliary, ""), words.Key("casefile.level.provincial")},
		{of(eligibility.Relative, "grassroots"), words.Key("casefile.level.grassroots")},
		{of(eligibility.None, ""), nil},
	} {
		i := slices.IndexFunc(test.facts.Told(), func(f casefile.Fact) bool { return f.Label == "casefile.level" })
		if i < 0 || test.facts.Told()[i].Value != test.want {
			t.Errorf("%v tells %v", test.facts.Cover.Category, test.facts.Told())
		}
	}
}
