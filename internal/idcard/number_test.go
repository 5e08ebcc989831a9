package idcard_test

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bangfu/internal/day"
	"bangfu/internal/idcard"
)

// sample is the example of the standard GB 11643 itself.
const sample = "11010519491231002X"

func TestParse(t *testing.T) {
	tests := []struct {
		text string
		want idcard.Number
		err  error
	}{
		{sample, sample, nil},
		{"11010519491231002x", sample, nil},
		{" 110105 19491231 002X\n", sample, nil},
		{"１１０１０５１９４９１２３１００２Ｘ", sample, nil},
		{"１１０１０５１９４９１２３１００２ｘ", sample, nil},
		{"\ufeff110105\u3000194912310\u00a002x", sample, nil},
		{"", "", idcard.ErrLength},
		{" ", "", idcard.ErrLength},
		{"1101051949123100", "", idcard.ErrLength},
		{"11010519491231002X1", "", idcard.ErrLength},
		{"110105491231002", "", idcard.ErrFifteen},
		{"11010549123100X", "", idcard.ErrLength},
		{"1101051949123100X2", "", idcard.ErrCharacter},
		{"11010519491231002Y", "", idcard.ErrCharacter},
		{"1101051949123l002X", "", idcard.ErrCharacter},
		{"一1010519491231002X", "", idcard.ErrCharacter},
		{"11010519491231002\xff", "", idcard.ErrCharacter},
		{"110105194912310\x000X", "", idcard.ErrCharacter},
		{"110105194912310021", "", idcard.ErrChecksum},
		{"110105194912310200", "", idcard.ErrChecksum},
		{"110105194902310025", "", idcard.ErrBirth},
		{"110105000000000025", "", idcard.ErrBirth},
		{"440524188001010014", "", idcard.ErrBirth}, // right for 1880, and too old to ask for aid
		{strings.Repeat(" ", 10_000) + sample, "", idcard.ErrLength},
	}
	for _, test := range tests {
		got, err := idcard.Parse(test.text)
		if got != test.want || !errors.Is(err, test.err) {
			t.Errorf("Parse(%.40q) = %q, %v; want %q, %v", test.text, string(got), err, string(test.want), test.err)
		}
	}
}

func TestCheckDigit(t *testing.T) {
	for first17, want := range map[string]byte{"11010519491231002": 'X', "44052418800101001": '4'} {
		if got, ok := idcard.CheckDigit(first17); !ok || got != want {
			t.Errorf("check digit of %s is %c, %v; want %c", first17, got, ok, want)
		}
	}
	for _, text := range []string{"", "1101051949123100", "110105194912310022", "1101051949123100a"} {
		if got, ok := idcard.CheckDigit(text); ok {
			t.Errorf("%q has the check digit %c", text, got)
		}
	}
}

func TestWhatANumberTells(t *testing.T) {
	n := idcard.Number(sample)
	if n.Birth() != day.Of(1949, 12, 31) || n.Sex() != idcard.Female {
		t.Errorf("told %v, %s", n.Birth(), n.Sex())
	}
	if n.Masked() != "110***********002X" {
		t.Errorf("masked as %s", n.Masked())
	}
	man := idcard.Number(complete(t, "99010119800229333"))
	if man.Sex() != idcard.Male {
		t.Errorf("told %s", man.Sex())
	}
	for _, broken := range []idcard.Number{"", "1", "11010519491231002", "110105一二三四五六"} {
		if !broken.Birth().IsZero() {
			t.Errorf("%q was born on %v", string(broken), broken.Birth())
		}
		if len(broken) != 18 && broken.Sex() != "" {
			t.Errorf("%q tells something", string(broken))
		}
	}
}

func TestLogsShowNoNumber(t *testing.T) {
	var out bytes.Buffer
	slog.New(slog.NewTextHandler(&out, nil)).Info("filed", "number", idcard.Number(sample))
	if strings.Contains(out.String(), sample) || !strings.Contains(out.String(), "110***********002X") {
		t.Errorf("logged %s", &out)
	}
}

// One wrong digit, or two neighbours swapped, never pass: what mod 11-2 promises.
func TestSlipsAreFound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		birth := day.Of(1930, 1, 1).Add(rapid.IntRange(0, 35_000).Draw(t, "birth"))
		number := complete(t, rapid.StringMatching(`[1-8][0-9]{5}`).Draw(t, "region")+
			strings.ReplaceAll(birth.String(), "-", "")+rapid.StringMatching(`[0-9]{3}`).Draw(t, "sequence"))
		parsed, err := idcard.Parse(number)
		if err != nil || parsed.Birth() != birth {
			t.Fatalf("%s: born %v, %v; want %v", number, parsed.Birth(), err, birth)
		}
		at := rapid.IntRange(0, 16).Draw(t, "at")
		slip := []byte(number)
		slip[at] = '0' + (slip[at]-'0'+byte(rapid.IntRange(1, 9).Draw(t, "by")))%10
		if _, err := idcard.Parse(string(slip)); err == nil {
			t.Fatalf("%s passes for %s", slip, number)
		}
		swap := []byte(number)
		swap[at], swap[at+1] = swap[at+1], swap[at]
		if _, err := idcard.Parse(string(swap)); err == nil && string(swap) != number {
			t.Fatalf("%s passes for %s", swap, number)
		}
	})
}

// FuzzParse asks that no text panics, and that a number stands by its own writing.
func FuzzParse(f *testing.F) {
	for _, text := range []string{sample, "１１０１０５１９４９１２３１００２ｘ", "110105491231002", "", "\xff"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		n, err := idcard.Parse(text)
		if err != nil {
			if n != "" {
				t.Errorf("Parse(%q) = %q beside %v", text, string(n), err)
			}
			return
		}
		again, err := idcard.Parse(string(n))
		if err != nil || again != n || n.Birth().IsZero() || len(n.Masked()) != 18 {
			t.Errorf("Parse(%q) = %q, read again as %q, %v", text, string(n), string(again), err)
		}
	})
}

func complete(t interface{ Fatalf(string, ...any) }, first17 string) string {
	check, ok := idcard.CheckDigit(first17)
	if !ok {
		t.Fatalf("%q has no check digit", first17)
	}
	return first17 + string(check)
}
