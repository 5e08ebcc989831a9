package idcard_test

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"bangfu/internal/idcard"
)

func TestParseCard(t *testing.T) {
	tests := []struct {
		text, want string
		err        error
	}{
		{"4111111111111111", "4111111111111111", nil},
		{"4111 1111 1111 1111", "4111111111111111", nil},
		{"4111-1111-1111-1111", "4111111111111111", nil},
		{"４１１１１１１１１１１１１１１１", "4111111111111111", nil},
		{"6222020000000000000", "6222020000000000000", nil},
		{"4111111111111112", "", idcard.ErrCardChecksum},
		{"1411111111111111", "", idcard.ErrCardChecksum},
		{"", "", idcard.ErrCardLength},
		{"--", "", idcard.ErrCardLength},
		{"411111111111116", "", idcard.ErrCardLength},
		{"41111111111111111111", "", idcard.ErrCardLength},
		{"4111x11111111111", "", idcard.ErrCardCharacter},
		{"4111111111111一11", "", idcard.ErrCardCharacter},
		{"411111111111111\xff", "", idcard.ErrCardCharacter},
	}
	for _, test := range tests {
		got, err := idcard.ParseCard(test.text)
		if got != test.want || !errors.Is(err, test.err) {
			t.Errorf("ParseCard(%q) = %q, %v; want %q, %v", test.text, got, err, test.want, test.err)
		}
	}
}

// Luhn finds every single wrong digit.
func TestOneWrongDigitOfACardIsFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		body := rapid.StringMatching(`6[0-9]{14,17}`).Draw(t, "body")
		valid := ""
		for _, check := range "0123456789" {
			if card, err := idcard.ParseCard(body + string(check)); err == nil {
				if valid != "" {
					t.Fatalf("%s and %s are both right", valid, card)
				}
				valid = card
			}
		}
		if valid == "" {
			t.Fatalf("%s has no check digit", body)
		}
		wrong := []byte(valid)
		at := rapid.IntRange(0, len(wrong)-1).Draw(t, "at")
		wrong[at] = '0' + (wrong[at]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "by")))%10
		if _, err := idcard.ParseCard(string(wrong)); !errors.Is(err, idcard.ErrCardChecksum) {
			t.Fatalf("%s passes for %s: %v", wrong, valid, err)
		}
	})
}

func TestBank(t *testing.T) {
	for card, want := range map[string]string{
		"6222020000000000000": "中国工商银行",
		"6227000000000000000": "中国建设银行",
		"6228480000000000000": "中国农业银行",
		"6216600000000000000": "中国银行",
		"6221880000000000000": "中国邮政储蓄银行",
		"6222600000000000000": "交通银行",
		"6225880000000000":    "招商银行",
		"6299990000000000":    "",
		"62":                  "",
		"":                    "",
	} {
		if got := idcard.Bank(card); got != want {
			t.Errorf("the bank of %q is %q, want %q", card, got, want)
		}
	}
}

// FuzzParseCard asks that no text panics, and that a number stands by its own writing.
func FuzzParseCard(f *testing.F) {
	for _, text := range []string{"4111 1111 1111 1111", "６２２２０２", "", "-", "\xff"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		card, err := idcard.ParseCard(text)
		if err != nil {
			return
		}
		if again, err := idcard.ParseCard(card); err != nil || again != card || len(card) < 16 || len(card) > 19 {
			t.Errorf("ParseCard(%q) = %q, read again as %q, %v", text, card, again, err)
		}
		idcard.Bank(card)
	})
}
