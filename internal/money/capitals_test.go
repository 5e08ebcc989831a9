package money_test

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bangfu/internal/money"
)

func TestCapitals(t *testing.T) {
	tests := []struct {
		fen  money.Amount
		want string
	}{
		{0, "零元整"},
		{5, "伍分"},
		{50, "伍角整"},
		{55, "伍角伍分"},
		{100, "壹元整"},
		{105, "壹元零伍分"},
		{150, "壹元伍角整"},
		{10_00, "壹拾元整"},
		{10_05, "壹拾元零伍分"},
		{11_00, "壹拾壹元整"},
		{101_00, "壹佰零壹元整"},
		{110_00, "壹佰壹拾元整"},
		{1_000_00, "壹仟元整"},
		{1_001_00, "壹仟零壹元整"},
		{1_010_00, "壹仟零壹拾元整"},
		{1_100_00, "壹仟壹佰元整"},
		{1_234_50, "壹仟贰佰叁拾肆元伍角整"},
		{1_409_50, "壹仟肆佰零玖元伍角整"},
		{6_007_14, "陆仟零柒元壹角肆分"},
		{1_680_32, "壹仟陆佰捌拾元叁角贰分"},
		{107_000_53, "壹拾万柒仟元伍角叁分"},
		{16_409_02, "壹万陆仟肆佰零玖元零贰分"},
		{325_04, "叁佰贰拾伍元零肆分"},
		{10_000_00, "壹万元整"},
		{10_005_00, "壹万零伍元整"},
		{10_050_00, "壹万零伍拾元整"},
		{10_500_00, "壹万零伍佰元整"},
		{15_000_00, "壹万伍仟元整"},
		{100_000_00, "壹拾万元整"},
		{100_001_00, "壹拾万零壹元整"},
		{1_010_101_01, "壹佰零壹万零壹佰零壹元零壹分"},
		{10_000_000_00, "壹仟万元整"},
		{100_000_000_00, "壹亿元整"},
		{100_000_001_00, "壹亿零壹元整"},
		{100_010_000_00, "壹亿零壹万元整"},
		{100_100_010_00, "壹亿零壹拾万零壹拾元整"},
		{1_000_000_000_00, "壹拾亿元整"},
		{money.Max, "壹仟亿元整"},
		{1_000_000_000_000_00, "壹万亿元整"},
		{-1_234_56, "负壹仟贰佰叁拾肆元伍角陆分"},
		{math.MaxInt64, "玖亿贰仟贰佰叁拾叁万柒仟贰佰零叁亿陆仟捌佰伍拾肆万柒仟柒佰伍拾捌元零柒分"},
	}
	for _, test := range tests {
		if got := test.fen.Capitals(); got != test.want {
			t.Errorf("%s in capitals is %s, want %s", test.fen, got, test.want)
		}
	}
}

// Capitals can be read back without loss, and never hold a wrong zero.
func TestCapitalsCanBeReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := money.Amount(rapid.Int64Range(0, int64(money.Max)).Draw(t, "fen"))
		text := want.Capitals()
		if got := readCapitals(text); got != want {
			t.Fatalf("%s was written %s, which reads as %s", want, text, got)
		}
		for _, wrong := range []string{"零零", "零元整零", "零万", "零亿", "零拾", "零佰", "零仟", "零整", "零角", "分整"} {
			if strings.Contains(text, wrong) {
				t.Fatalf("%s was written %s, which holds %s", want, text, wrong)
			}
		}
	})
}

// readCapitals is the other direction, written on its own so that one mistake cannot hide in both.
func readCapitals(text string) money.Amount {
	digits := map[rune]int64{'壹': 1, '贰': 2, '叁': 3, '肆': 4, '伍': 5, '陆': 6, '柒': 7, '捌': 8, '玖': 9}
	places := map[rune]int64{'拾': 10, '佰': 100, '仟': 1000}
	var total, section, digit int64
	var fen int64
	for _, r := range text {
		switch {
		case digits[r] > 0:
			digit = digits[r]
		case places[r] > 0:
			section += digit * places[r]
			digit = 0
		case r == '万':
			total += (section + digit) * 10_000
			section, digit = 0, 0
		case r == '亿':
			total = (total + section + digit) * 100_000_000
			section, digit = 0, 0
		case r == '元':
			fen = (total + section + digit) * 100
			digit = 0
		case r == '角':
			fen += digit * 10
			digit = 0
		case r == '分':
			fen += digit
		}
	}
	return money.Amount(fen)
}
