package eligibility_test

import (
	"testing"

	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/money"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// The standard for households on the register is raised from a day on; the other one, and every day before, keep theirs.
func TestStandardsAreDatedByAudience(t *testing.T) {
	u := pgtest.Unit(t, sample.Admin)
	sample.Centre(t, u)
	today := u.Today()
	add := func(a eligibility.Audience, from day.Date, amount money.Amount) string {
		t.Helper()
		return sample.Told(t, u.Within(t.Context(), func(u *work.Unit) error {
			return eligibility.AddStandard(t.Context(), u, eligibility.Standard{Audience: a, From: from, Amount: amount, Source: "通知"})
		}))
	}
	for name, test := range map[string]struct {
		audience eligibility.Audience
		from     day.Date
		amount   money.Amount
		told     string
	}{
		"nobody's":         {"all", today, money.Yuan(1), "eligibility.refusal.audience"},
		"yesterday":        {eligibility.Filed, today.Add(-1), money.Yuan(1), "eligibility.refusal.from"},
		"in two years":     {eligibility.Filed, today.AddMonths(24), money.Yuan(10000), ""},
		"a day later":      {eligibility.Filed, today.AddMonths(24).Add(1), money.Yuan(1), "eligibility.refusal.from"},
		"nothing":          {eligibility.Filed, today, 0, "eligibility.refusal.standard"},
		"a fen":            {eligibility.Filed, today.Add(9), 1, ""},
		"a fen too much":   {eligibility.Filed, today, money.Yuan(10000) + 1, "eligibility.refusal.standard"},
		"the same day":     {eligibility.Filed, today, money.Yuan(800), ""},
		"the other's":      {eligibility.Unfiled, today, money.Yuan(500), ""},
		"raised in a week": {eligibility.Filed, today.Add(7), money.Yuan(1000), ""},
	} {
		if told := add(test.audience, test.from, test.amount); told != test.told {
			t.Errorf("%s: %q, want %q", name, told, test.told)
		}
	}
	if told := add(eligibility.Filed, today, money.Yuan(900)); told != "eligibility.refusal.standard_twice" {
		t.Errorf("twice: %q", told)
	}
	all, err := eligibility.Standards(t.Context(), u)
	if err != nil {
		t.Fatal(err)
	}
	for on, want := range map[day.Date][]money.Amount{today.Add(-1): nil, today: {money.Yuan(800), money.Yuan(500)},
		today.Add(6): {money.Yuan(800), money.Yuan(500)}, today.Add(7): {money.Yuan(1000), money.Yuan(500)}} {
		held := eligibility.StandardsOn(all, on)
		if len(held) != len(want) {
			t.Errorf("on %v: %+v", on, held)
			continue
		}
		for i := range want {
			if held[i].Amount != want[i] || held[i].Audience != eligibility.Audiences[i] {
				t.Errorf("on %v: %+v, want %v", on, held, want)
			}
		}
	}
}
