package idcard_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"bangfu/internal/idcard"
)

func TestMaskName(t *testing.T) {
	for name, want := range map[string]string{
		"":              "",
		"张":             "*",
		"张三":            "张*",
		"张小三":           "张*三",
		"欧阳修远":          "欧**远",
		"欧阳":            "欧*",
		"司马相如":          "司**如",
		"𠮷田二":           "𠮷*二",
		"阿卜杜·买买提":       "阿**·**提",
		"阿·买":           "阿·*",
		"·":             "·",
		"Ana Lee":       "A** **e",
		"张\U000E0100三":  "张\U000E0100*", // a variant selector belongs to the sign before
		"张三\U000E0100":  "张**",
		"张小三\U000E0100": "张*三\U000E0100",
		"\U000E0100":    "*",
	} {
		if got := idcard.MaskName(name); got != want {
			t.Errorf("MaskName(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestMaskNumbers(t *testing.T) {
	tests := []struct{ got, want string }{
		{idcard.MaskCard("6222020200112233449"), "***************3449"},
		{idcard.MaskCard("1234567"), "*******"},
		{idcard.MaskCard("12345678"), "****5678"},
		{idcard.MaskCard(""), ""},
		{idcard.MaskPhone("13800138000"), "138****8000"},
		{idcard.MaskPhone("075512345678"), "075*****5678"},
		{idcard.MaskPhone("12345678"), "******78"},
		{idcard.MaskPhone("12345"), "*****"},
		{idcard.MaskPhone(""), ""},
		{idcard.Number("").Masked(), ""},
		{idcard.Number("1234567890").Masked(), "**********"},
	}
	for _, test := range tests {
		if test.got != test.want {
			t.Errorf("masked as %q, want %q", test.got, test.want)
		}
	}
}

// A mask is as long as what it hides, and hides all that it does not show by rule.
func TestMasksKeepTheCountOfRunes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		for _, masked := range []string{idcard.MaskName(text), idcard.MaskCard(text), idcard.MaskPhone(text), idcard.Number(text).Masked()} {
			if utf8.RuneCountInString(masked) != utf8.RuneCountInString(text) {
				t.Fatalf("%q was masked as %q", text, masked)
			}
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringOfN(rapid.RuneFrom([]rune("张王李赵欧阳司马娜敏静丽强磊")), 3, 12, -1).Draw(t, "name")
		if masked := idcard.MaskName(name); strings.Count(masked, "*") != utf8.RuneCountInString(name)-2 {
			t.Fatalf("%q was masked as %q", name, masked)
		}
	})
}
