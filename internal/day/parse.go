package day

import (
	"errors"
	"strings"
	"time"
	"unicode/utf8"
)

// What Parse may answer.
var (
	// ErrSyntax says that the text has none of the forms that Parse knows.
	ErrSyntax = errors.New("day: not a date")
	// ErrCalendar says that the calendar has no such day, as 2026-02-30.
	ErrCalendar = errors.New("day: no such day")
)

// maxText is the longest text that Parse looks at, in bytes.
const maxText = 64

// Parse reads a date as people write it in China: "2026-11-22", "2026/1/2",
// "2026.11.22", "2026年11月22日", "20261122"; spaces and full-width signs are allowed.
// The year has four digits. It answers ErrSyntax or ErrCalendar; an empty text is
// ErrSyntax, not the unknown date.
func Parse(s string) (Date, error) {
	if len(s) > maxText || !utf8.ValidString(s) {
		return Date{}, ErrSyntax
	}
	parts, ok := split(strings.Map(narrow, s))
	if !ok || len(parts[0]) != 4 || len(parts[1]) > 2 || len(parts[2]) > 2 {
		return Date{}, ErrSyntax
	}
	var numbers [3]int
	for i, part := range parts {
		if part == "" {
			return Date{}, ErrSyntax
		}
		for _, r := range part {
			if r < '0' || r > '9' {
				return Date{}, ErrSyntax
			}
			numbers[i] = numbers[i]*10 + int(r-'0')
		}
	}
	date := Of(numbers[0], time.Month(numbers[1]), numbers[2])
	if date.IsZero() {
		return Date{}, ErrCalendar
	}
	return date, nil
}

// split cuts a text without spaces into year, month and day.
func split(s string) ([3]string, bool) {
	if rest, ok := strings.CutSuffix(s, "日"); ok {
		year, rest, found := strings.Cut(rest, "年")
		month, dayOfMonth, also := strings.Cut(rest, "月")
		return [3]string{year, month, dayOfMonth}, found && also
	}
	for _, separator := range []string{"-", "/", "."} {
		if parts := strings.Split(s, separator); len(parts) == 3 {
			return [3]string(parts), true
		}
	}
	if len(s) == len("20261122") {
		return [3]string{s[:4], s[4:6], s[6:]}, true
	}
	return [3]string{}, false
}

// narrow drops spaces and maps full-width signs to the plain ones.
func narrow(r rune) rune {
	switch {
	case r >= '！' && r <= '～':
		return r - ('！' - '!')
	case r == ' ' || r == '\t' || r == '\u00a0' || r == '\u3000' || r == '\ufeff':
		return -1
	}
	return r
}
