package money_test

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bangfu/internal/money"
)

func TestParse(t *testing.T) {
	tests := []struct {
		text string
		want money.Amount
		err  error
	}{
		{"0", 0, nil},
		{"0.01", 1, nil},
		{"499.99", 49_999, nil},
		{"500", 50_000, nil},
		{"1234.5", 123_450, nil},
		{"1,234.5", 123_450, nil},
		{"1，234．50", 123_450, nil},
		{"1 234 567", 123_456_700, nil},
		{"１２３４．５０", 123_450, nil},
		{" \u3000¥ 1,234.50 ", 123_450, nil},
		{"￥1234.50元", 123_450, nil},
		{"007", 700, nil},
		{"\ufeff12", 1_200, nil},
		{"100000000000", money.Max, nil},
		{"100000000000.00", money.Max, nil},
		{"100000000000.01", 0, money.ErrTooLarge},
		{"99999999999999999999999999", 0, money.ErrTooLarge},
		{"1.005", 0, money.ErrDecimals},
		{"1.000", 0, money.ErrDecimals},
		{"-1", 0, money.ErrNegative},
		{"－１", 0, money.ErrNegative},
		{"¥-1", 0, money.ErrNegative},
		{"-¥1", 0, money.ErrNegative},
		{"−0.01", 0, money.ErrNegative},
		{"", 0, money.ErrSyntax},
		{" ", 0, money.ErrSyntax},
		{"¥", 0, money.ErrSyntax},
		{"-", 0, money.ErrSyntax},
		{"元", 0, money.ErrSyntax},
		{".5", 0, money.ErrSyntax},
		{"5.", 0, money.ErrSyntax},
		{"1.2.3", 0, money.ErrSyntax},
		{"1,5", 0, money.ErrSyntax},
		{"1,23,456", 0, money.ErrSyntax},
		{"1234,567", 0, money.ErrSyntax},
		{",123", 0, money.ErrSyntax},
		{"1,", 0, money.ErrSyntax},
		{"1.5,0", 0, money.ErrSyntax},
		{"1,234 567", 0, money.ErrSyntax},
		{"+5", 0, money.ErrSyntax},
		{"--5", 0, money.ErrSyntax},
		{"1e3", 0, money.ErrSyntax},
		{"0x10", 0, money.ErrSyntax},
		{"NaN", 0, money.ErrSyntax},
		{"五百", 0, money.ErrSyntax},
		{"٣", 0, money.ErrSyntax},
		{"1\x00", 0, money.ErrSyntax},
		{"1\xff", 0, money.ErrSyntax},
		{strings.Repeat("0", 500), 0, money.ErrSyntax},
	}
	for _, test := range tests {
		got, err := money.Parse(test.text)
		if got != test.want || !errors.Is(err, test.err) {
			t.Errorf("Parse(%q) = %d, %v; want %d, %v", test.text, int64(got), err, int64(test.want), test.err)
		}
	}
}

// What is written is read back, however it is written.
func TestParseReadsWhatIsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := money.Amount(rapid.Int64Range(0, int64(money.Max)).Draw(t, "fen"))
		for _, text := range []string{want.String(), want.Grouped(), "￥" + want.Grouped() + " 元"} {
			if got, err := money.Parse(text); err != nil || got != want {
				t.Fatalf("Parse(%q) = %d, %v; want %d", text, int64(got), err, int64(want))
			}
		}
	})
}

// FuzzParse asks that no text panics, and that an amount is in range and stands by its own writing.
func FuzzParse(f *testing.F) {
	for _, text := range []string{"1,234.50", "￥１２３", "-1", "1.005", "", "99999999999999999999", "1 234元"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		amount, err := money.Parse(text)
		if err != nil {
			if amount != 0 {
				t.Errorf("Parse(%q) = %d beside %v", text, int64(amount), err)
			}
			return
		}
		if amount < 0 || amount > money.Max {
			t.Errorf("Parse(%q) = %d, out of range", text, int64(amount))
		}
		if again, err := money.Parse(amount.Grouped()); err != nil || again != amount {
			t.Errorf("Parse(%q) = %d, read again as %d, %v", text, int64(amount), int64(again), err)
		}
	})
}
