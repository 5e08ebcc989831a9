package day

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"
	"time"
)

// plan is one year's notice: the days that differ from the plain week.
type plan struct {
	off    map[Date]string // name of the holiday
	worked map[Date]bool   // Saturdays and Sundays worked instead
}

//go:embed holidays.json
var holidays []byte

// plans are the years in holidays.json, copied from the yearly notices of the General Office of the
// State Council, read once; a mistake in it stops the program at first use, which the package's test
// makes sure of.
var plans = sync.OnceValue(func() map[int]plan {
	years, err := readPlans(bytes.NewReader(holidays))
	if err != nil {
		panic(err)
	}
	return years
})

// HolidaysKnown says whether the holidays of a year are in the data. For other years only
// Saturdays and Sundays are days off, and a page that shows a deadline must say so.
func HolidaysKnown(year int) bool {
	_, ok := plans()[year]
	return ok
}

// Holiday gives the Chinese name of the holiday that d belongs to, or "".
func Holiday(d Date) string {
	name, _ := special(d)
	return name
}

// IsWorkday says whether offices work on d: not on holidays, on Saturdays and Sundays
// only when the State Council moved work there. An unknown date is no working day.
func IsWorkday(d Date) bool {
	if d.IsZero() {
		return false
	}
	name, worked := special(d)
	weekday := d.Weekday()
	return worked || name == "" && weekday != time.Saturday && weekday != time.Sunday
}

// special gives what a notice says of d. The notice of the next year is asked too: the
// days around New Year may begin in December.
func special(d Date) (holiday string, worked bool) {
	for _, year := range [...]int{d.Year(), d.Year() + 1} {
		p := plans()[year]
		if p.off[d] != "" || p.worked[d] {
			return p.off[d], p.worked[d]
		}
	}
	return "", false
}

// AddWorkdays gives the nth working day after d, or before d when n is negative; d
// itself is not counted (Civil Code art. 201). Zero gives d, worked or not. From an
// unknown date, or past the ends of the calendar, the answer is unknown.
func AddWorkdays(d Date, n int) Date {
	step := 1
	if n < 0 {
		step, n = -1, -n
	}
	for n != 0 && !d.IsZero() {
		d = d.Add(step)
		if IsWorkday(d) {
			n--
		}
	}
	return d
}

// readPlans reads the notices of several years. It refuses text that is not of the form of
// holidays.json, days that the year's notice cannot speak of, and days both off and worked.
func readPlans(r io.Reader) (map[int]plan, error) {
	var notices []struct {
		Year   int         `json:"year"`
		Source string      `json:"source"`
		Off    [][3]string `json:"off"` // first day, last day, name
		Worked []Date      `json:"worked"`
	}
	decoder := json.NewDecoder(r)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&notices); err != nil {
		return nil, fmt.Errorf("reading holidays: %w", err)
	}
	years := make(map[int]plan, len(notices))
	for _, notice := range notices {
		p := plan{off: map[Date]string{}, worked: map[Date]bool{}}
		for _, period := range notice.Off {
			if err := p.addOff(notice.Year, period); err != nil {
				return nil, fmt.Errorf("reading the holidays of %d: %w", notice.Year, err)
			}
		}
		for _, d := range notice.Worked {
			if !ofNotice(d, notice.Year) || p.off[d] != "" {
				return nil, fmt.Errorf("reading the holidays of %d: %v cannot be worked", notice.Year, d)
			}
			p.worked[d] = true
		}
		if _, twice := years[notice.Year]; twice {
			return nil, fmt.Errorf("reading holidays: %d stands twice", notice.Year)
		}
		years[notice.Year] = p
	}
	return years, nil
}

// addOff notes the days of one period.
func (p plan) addOff(year int, period [3]string) error {
	first, err := Parse(period[0])
	if err != nil {
		return fmt.Errorf("%q: %w", period[0], err)
	}
	last, err := Parse(period[1])
	if err != nil {
		return fmt.Errorf("%q: %w", period[1], err)
	}
	if period[2] == "" {
		return errors.New("a period without a name")
	}
	if !ofNotice(first, year) || !ofNotice(last, year) || last.Before(first) {
		return fmt.Errorf("from %v to %v is no period of the year", first, last)
	}
	for d := first; !d.After(last); d = d.Add(1) {
		p.off[d] = period[2]
	}
	return nil
}

// ofNotice says whether a year's notice may speak of d: its own days and the December before.
func ofNotice(d Date, year int) bool {
	return d.Year() == year || d.Year() == year-1 && d.Month() == time.December
}
