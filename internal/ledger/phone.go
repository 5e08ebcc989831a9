package ledger

import (
	"regexp"
	"strings"
)

var (
	mobile   = regexp.MustCompile(`^1[3-9][0-9]{9}$`)
	landline = regexp.MustCompile(`^(0[0-9]{2,3})-?([0-9]{7,8})$`)
)

// phone reads a cell of phone numbers: the first that is a mobile number or a landline, as the form keeps it, and how many
// others stand beside it; "" when none is one.
func phone(cell string) (first string, others int) {
	for _, part := range parted(cell) {
		number, beside := onePhone(part), 0
		if number == "" { // parted by nothing but spaces
			for _, word := range strings.Fields(part) {
				if found := onePhone(word); number == "" {
					number = found
				}
				beside++
			}
			beside--
		}
		switch {
		case strings.TrimSpace(part) == "":
		case first == "" && number != "":
			first, others = number, others+beside
		default:
			others++
		}
	}
	return first, others
}

// onePhone reads one number; "" when it is none.
func onePhone(text string) string {
	compact := strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - ('！' - '!')
		case r == ' ' || r == '\u3000':
			return -1
		}
		return r
	}, text)
	if mobile.MatchString(compact) {
		return compact
	}
	if m := landline.FindStringSubmatch(compact); m != nil {
		return m[1] + "-" + m[2]
	}
	if bare := strings.ReplaceAll(compact, "-", ""); mobile.MatchString(bare) {
		return bare
	}
	return ""
}
