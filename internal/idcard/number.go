// Package idcard reads and masks the numbers that name a person: the resident ID
// number, the bank card, the telephone, and the name itself.
//
// A Number that Parse gave is whole and its check digit is right. That says
// nothing about the person: whether the number was issued is known to the police only.
package idcard

import (
	"errors"
	"log/slog"
	"strings"
	"time"

	"bangfu/internal/day"
)

// Number is a resident ID number (公民身份号码) of 18 signs: digits, the last a digit or X.
// It is a secret of its person: logs write it masked, pages show Masked, tables keep it sealed.
type Number string

// Sex is the sex that a number tells.
type Sex string

// The two values that the standard knows.
const (
	Male   Sex = "male"
	Female Sex = "female"
)

// What Parse may answer. The form turns each into its own sentence.
var (
	// ErrFifteen says that the number is of the first generation, 15 digits, out of
	// use since 2013; the person has an 18-digit number to give.
	ErrFifteen = errors.New("idcard: number of the first generation")
	// ErrLength says that the number has not 18 signs.
	ErrLength = errors.New("idcard: not 18 signs")
	// ErrCharacter says that a sign is no digit; the last may also be X.
	ErrCharacter = errors.New("idcard: neither digits nor a final X")
	// ErrChecksum says that the check digit is wrong: a sign was mistyped or two were swapped.
	ErrChecksum = errors.New("idcard: wrong check digit")
	// ErrBirth says that signs 7 to 14 are no day, a day before 1900, or a day to come.
	ErrBirth = errors.New("idcard: not a birth date")
)

const (
	numberLength   = 18
	firstBirthYear = 1900
	// maxText is the longest text that is looked at, in bytes.
	maxText = 256
)

// Parse reads a resident ID number as people type it: spaces are ignored, x counts as X,
// full-width signs as plain ones. It answers ErrLength, ErrFifteen, ErrCharacter,
// ErrBirth or ErrChecksum, the first that is true. Source rule: GB 11643 (6 signs
// region, 8 birth date, 3 sequence, 1 check).
func Parse(s string) (Number, error) {
	s, ok := compact(s)
	switch {
	case !ok:
		return "", ErrLength
	case len(s) == 15 && allDigits(s):
		return "", ErrFifteen
	case len([]rune(s)) != numberLength:
		return "", ErrLength
	case len(s) != numberLength || !allDigits(s[:17]) || (s[17] != 'X' && !allDigits(s[17:])):
		return "", ErrCharacter
	}
	n := Number(s)
	if n.Birth().Year() < firstBirthYear {
		return "", ErrBirth
	}
	if check, _ := CheckDigit(s[:17]); check != s[17] {
		return "", ErrChecksum
	}
	return n, nil
}

// CheckDigit gives the last sign of a number, '0'–'9' or 'X', from its first seventeen;
// false when these are not seventeen digits. Source rule: GB 11643, ISO 7064 mod 11-2.
func CheckDigit(first17 string) (byte, bool) {
	if len(first17) != numberLength-1 || !allDigits(first17) {
		return 0, false
	}
	// Horner's form of the weights 2^17 … 2^1 mod 11; the check digit c makes sum + c = 1 mod 11.
	sum := 0
	for i := range len(first17) {
		sum = (sum + int(first17[i]-'0')) * 2 % 11
	}
	return "0123456789X"[(12-sum)%11], true
}

// Birth gives the birth date; unknown for a Number that was not parsed.
func (n Number) Birth() day.Date {
	if len(n) != numberLength || !allDigits(string(n[6:14])) {
		return day.Date{}
	}
	digits := 0
	for _, r := range n[6:14] {
		digits = digits*10 + int(r-'0')
	}
	return day.Of(digits/10000, time.Month(digits/100%100), digits%100)
}

// Sex gives the sex: an odd sequence number is a man's, an even one a woman's. It is ""
// for a Number that was not parsed.
func (n Number) Sex() Sex {
	switch {
	case len(n) != numberLength:
		return ""
	case n[16]%2 == 1:
		return Male
	}
	return Female
}

// IndexContext is the context under which a sealing key indexes every resident ID number of the register, so that the
// same person is found again in another table without either being opened.
const IndexContext = "casefile_person.id"

// Masked gives the first three and the last four signs with stars between them, the form
// for pages of staff: "110***********1234". Public pages show no number at all.
func (n Number) Masked() string { return maskMiddle(string(n), 3, 4) }

// LogValue keeps the number out of the logs.
func (n Number) LogValue() slog.Value { return slog.StringValue(n.Masked()) }

// compact drops spaces and maps full-width signs and x; false when the text is too long.
func compact(s string) (string, bool) {
	if len(s) > maxText {
		return "", false
	}
	return strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' { // the full-width copies of ASCII
			r -= '！' - '!'
		}
		switch r {
		case ' ', '\t', '\r', '\n', '\u00a0', '\u2009', '\u200b', '\u202f', '\u3000', '\ufeff':
			return -1
		case 'x':
			return 'X'
		}
		return r
	}, s), true
}

func allDigits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s != ""
}
