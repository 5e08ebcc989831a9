package money

import (
	"errors"
	"strings"
	"unicode/utf8"
)

// What Parse may answer. The form turns each into its own sentence.
var (
	// ErrSyntax says that the text is not an amount.
	ErrSyntax = errors.New("money: not an amount")
	// ErrDecimals says that the text has more than two decimals, zeros included.
	ErrDecimals = errors.New("money: more than two decimals")
	// ErrNegative says that the text begins with a minus sign.
	ErrNegative = errors.New("money: negative amount")
	// ErrTooLarge says that the amount is above Max.
	ErrTooLarge = errors.New("money: amount too large")
)

// maxText is the longest text that Parse looks at, in bytes.
const maxText = 128

// Parse reads an amount of yuan as people type it: "1234.5", "1,234.50", "¥ 1 234",
// "１２３４．５０", "1234元". Separators must stand before every third digit, so that
// "1,5" is refused and not read as fifteen. It answers ErrSyntax, ErrNegative,
// ErrDecimals or ErrTooLarge, and never rounds.
func Parse(s string) (Amount, error) {
	if len(s) > maxText || !utf8.ValidString(s) {
		return 0, ErrSyntax
	}
	s = strings.TrimSpace(strings.Map(narrow, s))
	s = strings.TrimSpace(strings.TrimPrefix(s, "¥"))
	unsigned, negative := strings.CutPrefix(s, "-")
	s = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(unsigned), "¥"))
	s = strings.TrimSpace(strings.TrimSuffix(s, "元"))

	whole, decimals, pointed := strings.Cut(s, ".")
	whole, ok := ungroup(whole)
	if !ok || !allDigits(whole) || (pointed && !allDigits(decimals)) {
		return 0, ErrSyntax
	}
	switch {
	case negative:
		return 0, ErrNegative
	case len(decimals) > 2:
		return 0, ErrDecimals
	}
	fen := Amount(0)
	for _, digit := range whole + (decimals + "00")[:2] {
		fen = fen*10 + Amount(digit-'0')
		if fen > Max {
			return 0, ErrTooLarge
		}
	}
	return fen, nil
}

// narrow maps full-width signs and the several kinds of space, comma and minus to one each.
func narrow(r rune) rune {
	switch {
	case r >= '！' && r <= '～': // the full-width copies of ASCII
		r -= '！' - '!'
	}
	switch r {
	case '￥':
		return '¥'
	case '−', '–', '—':
		return '-'
	case '\t', '\u00a0', '\u2009', '\u202f', '\u3000':
		return ' '
	case '\u200b', '\ufeff': // invisible, carried along by copying from office programs
		return -1
	}
	return r
}

// ungroup removes one kind of separator, comma or space, that stands before every third digit.
func ungroup(whole string) (string, bool) {
	separator := ","
	if strings.Contains(whole, " ") {
		separator = " "
	}
	groups := strings.Split(whole, separator)
	for i, group := range groups {
		if i > 0 && len(group) != 3 || i == 0 && len(groups) > 1 && (group == "" || len(group) > 3) {
			return "", false
		}
	}
	return strings.Join(groups, ""), true
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
