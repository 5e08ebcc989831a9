package grant

import (
	"testing"
	"time"

	"bangfu/internal/day"
	"bangfu/internal/money"
)

func TestWindowReachesBackToTheAnniversary(t *testing.T) {
	today := day.Of(2026, time.November, 22)
	for name, test := range map[string]struct {
		on    day.Date
		state State
		want  money.Amount
	}{
		"today":                       {today, Submitted, 600},
		"yesterday":                   {today.Add(-1), InApproval, 600},
		"the day after the start":     {day.Of(2025, time.November, 23), Approved, 600},
		"the anniversary itself":      {day.Of(2025, time.November, 22), Approved, 600},
		"the day before":              {day.Of(2025, time.November, 21), Approved, 300},
		"long ago":                    {day.Of(2020, time.January, 1), Approved, 300},
		"returned ones still count":   {today, Returned, 600},
		"refused ones do not count":   {today, Refused, 300},
		"withdrawn ones do not count": {today, Withdrawn, 300},
	} {
		t.Run(name, func(t *testing.T) {
			w, err := windowOf(300, today, 12, []Claim{{ID: 1, On: test.on, Amount: 300, State: test.state}})
			if err != nil || w.Sum != test.want || len(w.Claims) != int(test.want/300)-1 {
				t.Errorf("sum %d of %d claims, %v; want %d", w.Sum, len(w.Claims), err, test.want)
			}
		})
	}
}

// A month that is too short ends the period on its last day (Civil Code art. 202).
func TestWindowOfALeapDay(t *testing.T) {
	leap := day.Of(2028, time.February, 29)
	claims := []Claim{
		{ID: 1, On: day.Of(2027, time.February, 27), Amount: 1, State: Approved},
		{ID: 2, On: day.Of(2027, time.February, 28), Amount: 10, State: Approved},
	}
	if w, err := windowOf(100, leap, 12, claims); err != nil || w.Sum != 110 {
		t.Errorf("sum %d, %v; want 110", w.Sum, err)
	}
}

func TestWindowDoesNotWrap(t *testing.T) {
	claims := []Claim{{On: day.Of(2026, time.November, 22), Amount: 1<<63 - 1, State: Approved}}
	if w, err := windowOf(1, day.Of(2026, time.November, 22), 12, claims); err == nil {
		t.Errorf("sum %d", w.Sum)
	}
}
