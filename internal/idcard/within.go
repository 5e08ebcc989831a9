package idcard

import "regexp"

// long are the runs of digits that may be somebody's ID, card or mobile phone number.
var long = regexp.MustCompile(`\b(?:\d{15,19}|\d{17}[Xx]|1[3-9]\d{9})\b`)

// MaskWithin masks the ID, card and mobile phone numbers that somebody typed into a text, such as a reason: of each the first
// three and the last four signs stay. Full-width digits are no digits here; forms have made them plain before.
func MaskWithin(text string) string {
	digits := 0
	for _, c := range []byte(text) {
		if c < '0' || c > '9' {
			digits = 0
			continue
		}
		if digits++; digits == 11 { // fewer are no such number
			return long.ReplaceAllStringFunc(text, func(number string) string { return maskMiddle(number, 3, 4) })
		}
	}
	return text
}
