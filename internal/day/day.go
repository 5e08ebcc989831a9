// Package day holds civil dates and counts working days.
//
// A Date is a day of the calendar without a clock or a zone: a birth date, the day
// a notice ends. It never asks what time it is; who needs "today" takes On(u.Now).
// A Calendar knows which days are worked, by the yearly notices of the State Council.
package day

import (
	"cmp"
	"fmt"
	"time"
)

// Date is one civil day between 0001-01-01 and 9999-12-31. Dates compare with == and
// serve as map keys. The zero Date means unknown; in the database it is NULL.
type Date struct {
	n int32 // days since 0000-12-31, so that 1 is 0001-01-01 and 0 is unknown
}

// Zone is the one zone of the system, China standard time (+08:00). It is fixed: no
// instant that the system handles falls into the summer times of 1986–1991.
var Zone = time.FixedZone("Asia/Shanghai", 8*60*60)

const (
	secondsPerDay = 24 * 60 * 60
	// daysToEpoch is the number of 1970-01-01 counted as in Date.n.
	daysToEpoch = 719_163
	// lastDay is the number of 9999-12-31.
	lastDay = 3_652_059
)

// Of gives the date of a year, month and day of the month. A day that the calendar
// does not have (2026-02-29, year 0) gives the unknown Date.
func Of(year int, month time.Month, dayOfMonth int) Date {
	if year < 1 || year > 9999 || month < time.January || month > time.December {
		return Date{}
	}
	if dayOfMonth < 1 || dayOfMonth > daysIn(year, month) {
		return Date{}
	}
	return fromTime(time.Date(year, month, dayOfMonth, 0, 0, 0, 0, time.UTC))
}

// On gives the civil day in China at the instant t. The zero time gives the unknown Date.
func On(t time.Time) Date {
	if t.IsZero() {
		return Date{}
	}
	year, month, dayOfMonth := t.In(Zone).Date()
	return Of(year, month, dayOfMonth)
}

// fromTime reads a midnight in UTC.
func fromTime(t time.Time) Date {
	return Date{int32(t.Unix()/secondsPerDay + daysToEpoch)}
}

func (d Date) utc() time.Time {
	return time.Unix((int64(d.n)-daysToEpoch)*secondsPerDay, 0).UTC()
}

func daysIn(year int, month time.Month) int {
	return time.Date(year, month+1, 0, 0, 0, 0, 0, time.UTC).Day()
}

// IsZero says that the date is unknown.
func (d Date) IsZero() bool { return d.n == 0 }

// Date gives year, month and day of the month; 0, 0, 0 when unknown.
func (d Date) Date() (year int, month time.Month, dayOfMonth int) {
	if d.IsZero() {
		return 0, 0, 0
	}
	return d.utc().Date()
}

// Year gives the year, 0 when unknown.
func (d Date) Year() int {
	year, _, _ := d.Date()
	return year
}

// Month gives the month, 0 when unknown.
func (d Date) Month() time.Month {
	_, month, _ := d.Date()
	return month
}

// Day gives the day of the month, 0 when unknown.
func (d Date) Day() int {
	_, _, dayOfMonth := d.Date()
	return dayOfMonth
}

// Weekday gives the day of the week. That of an unknown date means nothing.
func (d Date) Weekday() time.Weekday { return d.utc().Weekday() }

// Start gives midnight in China at the start of the day; the zero time when unknown.
func (d Date) Start() time.Time {
	if d.IsZero() {
		return time.Time{}
	}
	year, month, dayOfMonth := d.Date()
	return time.Date(year, month, dayOfMonth, 0, 0, 0, 0, Zone)
}

// Compare orders dates; the unknown date comes before every other.
func (d Date) Compare(e Date) int { return cmp.Compare(d.n, e.n) }

// Before says that d is an earlier day than e. An unknown date is before every other,
// so ask IsZero first where that matters.
func (d Date) Before(e Date) bool { return d.n < e.n }

// After says that d is a later day than e.
func (d Date) After(e Date) bool { return d.n > e.n }

// Sub gives the number of days from e to d, negative when d is earlier; 0 when either
// is unknown. Both ends of a period are counted by adding one.
func (d Date) Sub(e Date) int {
	if d.IsZero() || e.IsZero() {
		return 0
	}
	return int(d.n) - int(e.n)
}

// Add gives the date a number of calendar days later, or earlier when negative. From an
// unknown date, or past the ends of the calendar, the answer is unknown.
func (d Date) Add(days int) Date {
	if d.IsZero() || days < -lastDay || days > lastDay {
		return Date{}
	}
	n := int(d.n) + days
	if n < 1 || n > lastDay {
		return Date{}
	}
	return Date{int32(n)}
}

// AddMonths gives the same day of the month n months later, or earlier when negative;
// where that month is too short, its last day (Civil Code art. 202). From an unknown
// date, or past the ends of the calendar, the answer is unknown.
func (d Date) AddMonths(n int) Date {
	const limit = 12 * 9999
	if d.IsZero() || n < -limit || n > limit {
		return Date{}
	}
	year, month, dayOfMonth := d.Date()
	months := year*12 + int(month) - 1 + n
	if months < 12 {
		return Date{}
	}
	year, month = months/12, time.Month(months%12+1)
	return Of(year, month, min(dayOfMonth, daysIn(year, month)))
}

// Age gives the full years (周岁) that a person born on d has on the day on. A year is
// full on the birthday; who is born on 29 February has it on the 28th in other years
// (Civil Code art. 202). The answer is -1 when a date is unknown or on is before birth.
func (d Date) Age(on Date) int {
	if d.IsZero() || on.IsZero() || on.Before(d) {
		return -1
	}
	years := on.Year() - d.Year()
	if on.Before(d.AddMonths(12 * years)) {
		years--
	}
	return years
}

// String writes "2026-11-22"; nothing when unknown.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	year, month, dayOfMonth := d.Date()
	if year < 0 || year > 9999 {
		return fmt.Sprintf("%04d-%02d-%02d", year, month, dayOfMonth)
	}
	digit := func(n int) byte { return byte('0' + n%10) } // every list writes a hundred dates
	return string([]byte{digit(year / 1000), digit(year / 100), digit(year / 10), digit(year), '-',
		digit(int(month) / 10), digit(int(month)), '-', digit(dayOfMonth / 10), digit(dayOfMonth)})
}
