package grant

import (
	"encoding/json"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"bangfu/internal/money"
	"bangfu/internal/words"
)

// The numbers of the three programmes as the migration seeds them, and the other reading of each open question.
const (
	setNumbers       = `{"ceiling_fen": 500000}`
	illnessWhole     = `{"from_fen": 500000, "percent": 10, "cap_fen": 300000, "base": "whole"}`
	illnessExcess    = `{"from_fen": 500000, "percent": 10, "cap_fen": 300000, "base": "excess"}`
	disasterStricter = `{"limit_fen": 1000000, "limit_in_lower": true, "lower_cap_fen": 100000, "upper_cap_fen": 300000}`
	disasterUpper    = `{"limit_fen": 1000000, "limit_in_lower": false, "lower_cap_fen": 100000, "upper_cap_fen": 300000}`
)

func yuan(t testing.TB, s string) money.Amount {
	t.Helper()
	a, err := money.Parse(s)
	if err != nil {
		t.Fatalf("%q: %v", s, err)
	}
	return a
}

func formulaOf(t testing.TB, kind, numbers string) Formula {
	t.Helper()
	f, err := NewFormula(kind, json.RawMessage(numbers))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// The table of domain.md d.3, with the amounts on both sides of each boundary.
func TestIllnessAid(t *testing.T) {
	whole, excess := formulaOf(t, "illness", illnessWhole), formulaOf(t, "illness", illnessExcess)
	for _, test := range []struct{ paid, whole, excess string }{
		{"0", "0.00", "0.00"},
		{"4999.99", "0.00", "0.00"},
		{"5000.00", "500.00", "0.00"},
		{"5000.01", "500.00", "0.00"},
		{"5000.05", "500.01", "0.01"},
		{"12345.67", "1234.57", "734.57"},
		{"29999.94", "2999.99", "2499.99"},
		{"29999.99", "3000.00", "2500.00"},
		{"30000.00", "3000.00", "2500.00"},
		{"30000.01", "3000.00", "2500.00"},
		{"34999.99", "3000.00", "3000.00"},
		{"35000.00", "3000.00", "3000.00"},
		{"100000.00", "3000.00", "3000.00"},
		{"100000000000.00", "3000.00", "3000.00"},
	} {
		for reading, want := range map[Formula]string{whole: test.whole, excess: test.excess} {
			got, err := reading.Find(Facts{"self_paid": yuan(t, test.paid)})
			if err != nil || got.Ceiling.String() != want || got.Eligible() != (want != "0.00") || len(got.Lines) == 0 {
				t.Errorf("paid %s: ceiling %s, eligible %v, %d lines, %v; want %s", test.paid, got.Ceiling, got.Eligible(), len(got.Lines), err, want)
			}
		}
	}
}

// The table of domain.md d.2, in both readings of the limit.
func TestDisasterAid(t *testing.T) {
	stricter, upper := formulaOf(t, "disaster", disasterStricter), formulaOf(t, "disaster", disasterUpper)
	for _, test := range []struct{ loss, stricter, upper string }{
		{"0", "0.00", "0.00"},
		{"0.01", "1000.00", "1000.00"},
		{"9999.99", "1000.00", "1000.00"},
		{"10000.00", "1000.00", "3000.00"},
		{"10000.01", "3000.00", "3000.00"},
		{"100000000000.00", "3000.00", "3000.00"},
	} {
		for reading, want := range map[Formula]string{stricter: test.stricter, upper: test.upper} {
			got, err := reading.Find(Facts{"loss": yuan(t, test.loss)})
			if err != nil || got.Ceiling.String() != want {
				t.Errorf("loss %s: ceiling %s, %v; want %s", test.loss, got.Ceiling, err, want)
			}
		}
	}
}

func TestLivingAidHasOneCeiling(t *testing.T) {
	got, err := formulaOf(t, "set", setNumbers).Find(nil)
	if err != nil || got.Ceiling != money.Yuan(5000) {
		t.Errorf("ceiling %s, %v; want 5000.00", got.Ceiling, err)
	}
}

// More paid never gives less, and nothing exceeds the cap.
func TestIllnessAidRisesWithWhatWasPaid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		i := illness{
			FromFen: money.Amount(rapid.Int64Range(0, 2_000_000).Draw(t, "from")),
			Percent: rapid.Int64Range(1, 100).Draw(t, "percent"),
			CapFen:  money.Amount(rapid.Int64Range(1, 1_000_000).Draw(t, "cap")),
			Base:    rapid.SampledFrom([]string{baseWhole, baseExcess}).Draw(t, "base"),
		}
		less := rapid.Int64Range(0, int64(money.Max)-1).Draw(t, "less")
		more := rapid.Int64Range(less, int64(money.Max)).Draw(t, "more")
		small, err1 := i.Find(Facts{"self_paid": money.Amount(less)})
		large, err2 := i.Find(Facts{"self_paid": money.Amount(more)})
		if err1 != nil || err2 != nil || small.Ceiling > large.Ceiling || large.Ceiling > i.CapFen || small.Ceiling < 0 {
			t.Fatalf("%s gives %s, %s gives %s (%v, %v)", money.Amount(less), small.Ceiling, money.Amount(more), large.Ceiling, err1, err2)
		}
		if money.Amount(less) < i.FromFen && small.Ceiling != 0 {
			t.Fatalf("%s is below %s and gives %s", money.Amount(less), i.FromFen, small.Ceiling)
		}
	})
}

func TestNumbersThatMakeNoSenseAreRefused(t *testing.T) {
	for _, test := range []struct{ kind, numbers string }{
		{"lottery", `{}`},
		{"set", `{}`},
		{"set", `{"ceiling_fen": 0}`},
		{"set", `{"ceiling_fen": 500000, "floor_fen": 1}`},
		{"set", `{"ceiling_fen": "5000"}`},
		{"set", `{"ceiling_fen": 10000000000001}`},
		{"illness", `{"from_fen": 500000, "percent": 10, "cap_fen": 300000}`},
		{"illness", strings.Replace(illnessWhole, "whole", "half", 1)},
		{"illness", strings.Replace(illnessWhole, `"percent": 10`, `"percent": 101`, 1)},
		{"illness", strings.Replace(illnessWhole, `"percent": 10`, `"percent": 0.1`, 1)},
		{"illness", strings.Replace(illnessWhole, `500000`, `-1`, 1)},
		{"illness", strings.Replace(illnessWhole, `300000`, `0`, 1)},
		{"disaster", strings.Replace(disasterStricter, `300000`, `99999`, 1)},
		{"disaster", strings.Replace(disasterStricter, `1000000`, `0`, 1)},
		{"disaster", strings.Replace(disasterStricter, `100000,`, `0,`, 1)},
	} {
		if f, err := NewFormula(test.kind, json.RawMessage(test.numbers)); err == nil {
			t.Errorf("%s %s gives %+v", test.kind, test.numbers, f)
		}
	}
}

// A rule without its words would show a key to a person.
func TestFormulasHaveTheirWords(t *testing.T) {
	for kind, numbers := range map[string][]string{
		"set": {setNumbers}, "illness": {illnessWhole, illnessExcess}, "disaster": {disasterStricter, disasterUpper},
	} {
		for _, n := range numbers {
			f := formulaOf(t, kind, n)
			said := f.Readings()
			for _, fact := range f.Facts() {
				said = append(said, words.Saying(fact.Label), words.Saying(fact.Hint))
			}
			for _, amount := range []money.Amount{0, money.Yuan(4999), money.Yuan(5000), money.Yuan(10000), money.Yuan(90000)} {
				found, err := f.Find(Facts{"self_paid": amount, "loss": amount})
				if err != nil {
					t.Fatal(err)
				}
				said = append(said, found.Lines...)
			}
			for _, m := range said {
				for _, language := range words.Languages {
					if text := m.In(words.In(t.Context(), language)); strings.ContainsAny(text, "⟦⟧") || text == "" {
						t.Errorf("%s %s: %q", kind, n, text)
					}
				}
			}
		}
	}
}

func TestFactsAreKeptWithTheirUnit(t *testing.T) {
	kept, err := json.Marshal(Facts{"self_paid": 1234567})
	if err != nil || string(kept) != `{"self_paid_fen":1234567}` {
		t.Errorf("%s, %v", kept, err)
	}
	var read Facts
	if err := json.Unmarshal(kept, &read); err != nil || read["self_paid"] != 1234567 || len(read) != 1 {
		t.Errorf("%v, %v", read, err)
	}
	if err := json.Unmarshal([]byte(`{"self_paid": 1}`), &read); err == nil {
		t.Error("an amount without its unit was read")
	}
}
