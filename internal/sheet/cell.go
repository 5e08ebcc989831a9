package sheet

import (
	"math"
	"strconv"
	"strings"
	"time"
	"unicode"

	"bangfu/internal/day"
)

// bare takes off a cell what was put on it against spreadsheets: spaces, tabs, an apostrophe, ="…".
func bare(cell string) string {
	cell = strings.TrimFunc(cell, isPadding)
	if inside, ok := strings.CutPrefix(cell, `="`); ok && strings.HasSuffix(inside, `"`) {
		cell = strings.TrimSuffix(inside, `"`)
	}
	return strings.TrimFunc(strings.TrimPrefix(cell, "'"), isPadding)
}

func isPadding(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || r == '\ufeff' || r == '\u200b'
}

// DateOf reads a spreadsheet's day number as a date: 1 is 1900-01-01, or with late 0 is 1904-01-01. It is unknown for
// what is no day of these calendars, and for day 60 of the first, the 29 February 1900 that never was.
func DateOf(serial int, late bool) day.Date {
	switch {
	case late && serial >= 0:
		return day.Of(1904, time.January, 1).Add(serial)
	case late || serial < 1 || serial == 60:
		return day.Date{}
	case serial < 60:
		return day.Of(1899, time.December, 31).Add(serial)
	}
	return day.Of(1899, time.December, 30).Add(serial)
}

// plainNumber writes a stored number as a person reads it: no exponent, and what lies behind the fifteenth digit, which
// a spreadsheet does not show either, rounded away. What is no number comes back as it is.
func plainNumber(s string) string {
	if len(s) <= 15 && !strings.ContainsAny(s, "eE") {
		return s
	}
	value, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsInf(value, 0) || math.IsNaN(value) || math.Abs(value) > 1e21 {
		return s
	}
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(value, 'g', 15, 64), 64)
	if err != nil {
		return s
	}
	return strconv.FormatFloat(rounded, 'f', -1, 64)
}

// numberCell writes the stored number of a cell: a date where its format says so. The time of day is left out.
func numberCell(s string, isDate, late bool) string {
	if !isDate {
		return plainNumber(s)
	}
	value, err := strconv.ParseFloat(s, 64)
	if err != nil || value < 0 || value > 3e6 {
		return plainNumber(s)
	}
	if date := DateOf(int(value), late); !date.IsZero() {
		return date.String()
	}
	return plainNumber(s)
}

// showsDate tells whether a number format shows a day. The ids are those that every spreadsheet knows without being
// told the code (ECMA-376 18.8.30); 27 to 36 and 50 to 58 are the Chinese ones.
func showsDate(id int, code string) bool {
	switch {
	case id >= 14 && id <= 17, id == 22, id >= 27 && id <= 36, id >= 50 && id <= 58:
		return true
	}
	code = strings.ToLower(literals(code))
	if strings.ContainsAny(code, "yd年月日") {
		return true
	}
	return strings.Contains(code, "m") && !strings.ContainsAny(code, "hs0#")
}

// literals drops from a format code what is shown as it stands: "…", \x, and [colours].
func literals(code string) string {
	var b strings.Builder
	var until rune
	escaped := false
	for _, r := range code {
		switch {
		case escaped:
			escaped = false
		case until != 0:
			if r == until {
				until = 0
			}
		case r == '\\' || r == '_' || r == '*':
			escaped = true
		case r == '"':
			until = '"'
		case r == '[':
			until = ']'
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// unescape reads _x000D_ and the like, by which XLSX writes signs that XML has no place for.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for {
		before, after, found := strings.Cut(s, "_x")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		if len(after) >= 5 && after[4] == '_' {
			if code, err := strconv.ParseUint(after[:4], 16, 16); err == nil {
				b.WriteRune(rune(code))
				s = after[5:]
				continue
			}
		}
		b.WriteString("_x")
		s = after
	}
}
