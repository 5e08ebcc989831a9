package day_test

import (
	"testing"

	"pgregory.net/rapid"

	"bangfu/internal/day"
)

// The sums are those of the notices: so many days off and so many worked Saturdays and
// Sundays. A slip of the pen in holidays.json changes one of them.
func TestEmbeddedYears(t *testing.T) {
	for year, want := range map[int]struct{ workdays, moved int }{
		2025: {248, 5},
		2026: {248, 6},
	} {
		if !day.HolidaysKnown(year) {
			t.Fatalf("%d is not known", year)
		}
		workdays, moved := 0, 0
		for d := of(year, 1, 1); d.Year() == year; d = d.Add(1) {
			if !day.IsWorkday(d) {
				continue
			}
			workdays++
			if weekday := d.Weekday(); weekday == 0 || weekday == 6 {
				moved++
			}
		}
		if workdays != want.workdays || moved != want.moved {
			t.Errorf("%d has %d workdays, %d of them moved; want %+v", year, workdays, moved, want)
		}
	}
}

func TestIsWorkday(t *testing.T) {
	tests := []struct {
		date    day.Date
		want    bool
		holiday string
	}{
		{of(2025, 1, 1), false, "元旦"},
		{of(2025, 1, 2), true, ""},
		{of(2025, 1, 26), true, ""},
		{of(2025, 1, 27), true, ""},
		{of(2025, 1, 28), false, "春节"},
		{of(2025, 2, 4), false, "春节"},
		{of(2025, 2, 5), true, ""},
		{of(2025, 10, 8), false, "国庆节、中秋节"},
		{of(2025, 10, 11), true, ""},
		{of(2026, 1, 3), false, "元旦"},
		{of(2026, 1, 4), true, ""},
		{of(2026, 2, 14), true, ""},
		{of(2026, 2, 16), false, "春节"},
		{of(2026, 2, 23), false, "春节"},
		{of(2026, 2, 28), true, ""},
		{of(2026, 4, 6), false, "清明节"},
		{of(2026, 5, 9), true, ""},
		{of(2026, 6, 19), false, "端午节"},
		{of(2026, 9, 20), true, ""},
		{of(2026, 9, 25), false, "中秋节"},
		{of(2026, 9, 28), true, ""},
		{of(2026, 10, 7), false, "国庆节"},
		{of(2026, 10, 8), true, ""},
		{of(2026, 10, 10), true, ""},
		{of(2026, 11, 21), false, ""},
		{of(2026, 11, 22), false, ""},
		{of(2026, 11, 23), true, ""},
		{day.Date{}, false, ""},
	}
	for _, test := range tests {
		if got := day.IsWorkday(test.date); got != test.want {
			t.Errorf("%v worked: %v, want %v", test.date, got, test.want)
		}
		if got := day.Holiday(test.date); got != test.holiday {
			t.Errorf("%v belongs to %q, want %q", test.date, got, test.holiday)
		}
	}
}

func TestAYearWithoutData(t *testing.T) {
	if day.HolidaysKnown(2027) || day.HolidaysKnown(2024) {
		t.Error("a year is known without data")
	}
	if !day.IsWorkday(of(2027, 10, 1)) || day.IsWorkday(of(2027, 10, 2)) {
		t.Error("a year without data is not the plain week")
	}
}

func TestAddWorkdays(t *testing.T) {
	tests := []struct {
		from day.Date
		n    int
		want day.Date
	}{
		{of(2026, 11, 22), 1, of(2026, 11, 23)}, // from a Sunday
		{of(2026, 11, 20), 1, of(2026, 11, 23)}, // over a week's end
		{of(2026, 11, 23), 5, of(2026, 11, 30)},
		{of(2026, 9, 30), 1, of(2026, 10, 8)},   // over the National Day
		{of(2026, 9, 30), 3, of(2026, 10, 10)},  // to a worked Saturday
		{of(2026, 2, 13), 2, of(2026, 2, 24)},   // a worked Saturday before the Spring Festival
		{of(2026, 10, 8), -1, of(2026, 9, 30)},  // backwards
		{of(2026, 11, 22), 0, of(2026, 11, 22)}, // nothing added, worked or not
		{of(2025, 12, 31), 1, of(2026, 1, 4)},   // over a year's end
		{day.Date{}, 3, day.Date{}},
		{of(9999, 12, 30), 10, day.Date{}},
	}
	for _, test := range tests {
		if got := day.AddWorkdays(test.from, test.n); got != test.want {
			t.Errorf("%v and %d working days is %v, want %v", test.from, test.n, got, test.want)
		}
	}
}

// The nth working day is one, and there are n of them on the way.
func TestAddWorkdaysCounts(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := of(2024, 6, 1).Add(rapid.IntRange(0, 1200).Draw(t, "from"))
		n := rapid.IntRange(1, 120).Draw(t, "n")
		to := day.AddWorkdays(from, n)
		count := 0
		for d := from.Add(1); !d.After(to); d = d.Add(1) {
			if day.IsWorkday(d) {
				count++
			}
		}
		if count != n || !day.IsWorkday(to) {
			t.Fatalf("from %v to %v there are %d working days, want %d", from, to, count, n)
		}
	})
}
