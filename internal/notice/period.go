package notice

import (
	"bangfu/internal/day"
	"bangfu/internal/words"
)

// Preset is one of the lengths of a notice that an office chooses from (domain.md c.3: 001-70 three days, 001-86 seven
// days, elsewhere five working days).
type Preset string

// The presets. SevenDays is the default: of the ones found, the longest.
const (
	ThreeDays    Preset = "three_days"
	FiveWorkdays Preset = "five_workdays"
	SevenDays    Preset = "seven_days"
)

// Presets lists the presets in the order in which a form offers them.
var Presets = []Preset{SevenDays, FiveWorkdays, ThreeDays}

// Key gives the word of the preset.
func (p Preset) Key() words.Key { return words.Key("notice.preset." + string(p)) }

// Terms gives the length that the preset stands for; false when it is none of ours.
func (p Preset) Terms() (Terms, bool) {
	switch p {
	case ThreeDays:
		return Terms{Days: 3}, true
	case FiveWorkdays:
		return Terms{Days: 5, Working: true}, true
	case SevenDays:
		return Terms{Days: 7}, true
	}
	return Terms{}, false
}

// Terms is the length of a notice: so many days, or so many working days.
type Terms struct {
	Days    int
	Working bool
}

// Key gives the words for the length; its argument is the number of days.
func (t Terms) Key() words.Key {
	if t.Working {
		return "notice.terms.working"
	}
	return "notice.terms.calendar"
}

// Period is the first and the last day of a notice, both of them whole days in China.
type Period struct{ Starts, Ends day.Date }

// Over tells whether the last day has passed.
func (p Period) Over(today day.Date) bool { return today.After(p.Ends) }

// Reckon gives the period that begins on the first day. The first day counts as day 1; of working days only those count
// that are worked, so that a period of working days may begin on a day off.
func (t Terms) Reckon(first day.Date) Period {
	if t.Working {
		return Period{Starts: first, Ends: day.AddWorkdays(first.Add(-1), t.Days)}
	}
	return Period{Starts: first, Ends: first.Add(t.Days - 1)}
}

// Counted is one day of a period, as a page shows how the last day was found.
type Counted struct {
	On      day.Date
	Number  int    // 1, 2, 3 …; 0 for a day off that does not count
	Holiday string // its name, when it is one
}

// Count lists the days of the period with their numbers.
func (t Terms) Count(p Period) []Counted {
	var days []Counted
	number := 0
	for d := p.Starts; !d.IsZero() && !d.After(p.Ends); d = d.Add(1) {
		c := Counted{On: d, Holiday: day.Holiday(d)}
		if !t.Working || day.IsWorkday(d) {
			number++
			c.Number = number
		}
		days = append(days, c)
	}
	return days
}

// Guessed tells whether a period of working days reaches into a year whose holidays are not known yet, so that only
// Saturdays and Sundays were left out.
func (t Terms) Guessed(p Period) bool {
	return t.Working && !(day.HolidaysKnown(p.Starts.Year()) && day.HolidaysKnown(p.Ends.Year()))
}
