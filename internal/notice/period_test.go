package notice

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"bangfu/internal/day"
)

func TestReckon(t *testing.T) {
	tests := map[string]struct {
		preset Preset
		first  string
		want   string
	}{
		"three days":                                     {ThreeDays, "2026-11-22", "2026-11-24"},
		"seven days":                                     {SevenDays, "2026-11-22", "2026-11-28"},
		"seven days over a month's end":                  {SevenDays, "2026-11-27", "2026-12-03"},
		"seven days in a leap February":                  {SevenDays, "2028-02-26", "2028-03-03"},
		"seven days do not mind holidays":                {SevenDays, "2026-09-30", "2026-10-06"},
		"working days from a Monday":                     {FiveWorkdays, "2026-11-23", "2026-11-27"},
		"working days from a Wednesday":                  {FiveWorkdays, "2026-11-25", "2026-12-01"},
		"working days from a Sunday":                     {FiveWorkdays, "2026-11-22", "2026-11-27"},
		"working days from a Saturday":                   {FiveWorkdays, "2026-11-21", "2026-11-27"},
		"working days before National Day":               {FiveWorkdays, "2026-09-29", "2026-10-10"}, // 29, 30, 8, 9 and Saturday the 10th, which is worked
		"working days through Spring Festival":           {FiveWorkdays, "2026-02-13", "2026-02-26"}, // 13, Saturday 14 worked, 24, 25, 26
		"a Saturday that is worked counts as day one":    {FiveWorkdays, "2026-02-14", "2026-02-27"},
		"working days over New Year of a year not known": {FiveWorkdays, "2026-12-30", "2027-01-05"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			terms, _ := test.preset.Terms()
			got := terms.Reckon(date(t, test.first))
			if got.Starts != date(t, test.first) || got.Ends != date(t, test.want) {
				t.Errorf("%v to %v, want to %s", got.Starts, got.Ends, test.want)
			}
		})
	}
}

func TestThePeriodEndsAtMidnightInChina(t *testing.T) {
	terms, _ := SevenDays.Terms()
	p := terms.Reckon(date(t, "2026-11-22")) // the last day is the 28th
	tests := map[string]struct {
		at   string
		over bool
	}{
		"before it begins, 23:59:59 in China": {"2026-11-21T15:59:59Z", false},
		"the first second":                    {"2026-11-21T16:00:00Z", false},
		"the last second of the last day":     {"2026-11-28T15:59:59.999999Z", false},
		"midnight after the last day":         {"2026-11-28T16:00:00Z", true},
		"the last day still runs elsewhere":   {"2026-11-28T23:59:59Z", true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			at, err := time.Parse(time.RFC3339Nano, test.at)
			if err != nil {
				t.Fatal(err)
			}
			if over := p.Over(day.On(at)); over != test.over {
				t.Errorf("over %v; want %v", over, test.over)
			}
		})
	}
}

func TestCountShowsEveryDay(t *testing.T) {
	terms, _ := FiveWorkdays.Terms()
	p := terms.Reckon(date(t, "2026-09-29"))
	var got string
	for _, c := range terms.Count(p) {
		got += c.On.String()[8:] + ":"
		if c.Number > 0 {
			got += string(rune('0' + c.Number))
		} else {
			got += c.Holiday
		}
		got += " "
	}
	const want = "29:1 30:2 01:国庆节 02:国庆节 03:国庆节 04:国庆节 05:国庆节 06:国庆节 07:国庆节 08:3 09:4 10:5 "
	if got != want {
		t.Errorf("counted\n%s, want\n%s", got, want)
	}
}

func TestGuessedSaysSo(t *testing.T) {
	working, _ := FiveWorkdays.Terms()
	plain, _ := SevenDays.Terms()
	for first, want := range map[string]bool{"2026-11-23": false, "2026-12-30": true, "2030-05-06": true} {
		p := working.Reckon(date(t, first))
		if got := working.Guessed(p); got != want {
			t.Errorf("from %s guessed is %v", first, got)
		}
	}
	if plain.Guessed(plain.Reckon(date(t, "2030-05-06"))) {
		t.Error("calendar days are never guessed")
	}
}

// However long and wherever it begins, a period counts exactly its days, and its last day is one of them.
func TestEveryPeriodHasItsDays(t *testing.T) {
	start := date(t, "2024-12-20")
	rapid.Check(t, func(t *rapid.T) {
		terms := Terms{Days: rapid.IntRange(1, 60).Draw(t, "days"), Working: rapid.Bool().Draw(t, "working")}
		p := terms.Reckon(start.Add(rapid.IntRange(0, 900).Draw(t, "first")))
		days := terms.Count(p)
		if last := days[len(days)-1]; last.Number != terms.Days || last.On != p.Ends || days[0].On != p.Starts {
			t.Fatalf("%+v gives %+v, whose last day is %+v", terms, p, last)
		}
	})
}

func date(t *testing.T, s string) day.Date {
	t.Helper()
	d, err := day.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}
