package form

import (
	"regexp"
	"strings"
	"time"
)

// markup is what looks like a tag of HTML. Pages escape what they show in any case; but a name or an opinion with a tag
// in it is a mistake or an attempt, and would be carried on into prints, sheets and the bank's file. "收入<低保线" is none.
var markup = regexp.MustCompile(`<[A-Za-z/!?]`)

// HasMarkup tells whether a text has such in it: what is read from a sheet is held to what may be typed.
func HasMarkup(text string) bool { return markup.MatchString(text) }

// narrow turns full-width digits and signs into plain ones and drops spaces.
func narrow(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r == '　', r == ' ', r == '\u00a0':
			return -1
		}
		return r
	}, s)
}

var (
	mobile   = regexp.MustCompile(`^1[3-9][0-9]{9}$`)
	landline = regexp.MustCompile(`^(0[0-9]{2,3})-?([2-9][0-9]{6,7})$`)
	hotline  = regexp.MustCompile(`^(?:[48]00[0-9]{7}|1[0-9]{4}|9[0-9]{4})$`)
)

// phone gives a phone number as it is stored, or "" when it is none: a mobile
// number of 11 digits, an area code with a landline, a hotline.
func phone(s string) string {
	s = narrow(s)
	s = strings.TrimPrefix(s, "+86")
	s = strings.NewReplacer("(", "", ")", "-", "—", "-").Replace(s)
	bare := strings.ReplaceAll(s, "-", "")
	if mobile.MatchString(bare) || hotline.MatchString(bare) {
		return bare
	}
	if m := landline.FindStringSubmatch(s); m != nil {
		return m[1] + "-" + m[2]
	}
	return ""
}

// isTime tells whether the text is an hour and minute.
func isTime(s string) bool {
	_, err := time.Parse("15:04", s)
	return err == nil
}

// isDigits tells whether the text is made of ASCII digits only.
func isDigits(s string) bool {
	return strings.Trim(s, "0123456789") == ""
}
