package money_test

import (
	"errors"
	"math"
	"math/big"
	"testing"

	"github.com/jackc/pgx/v5/pgtype"
	"pgregory.net/rapid"

	"bangfu/internal/money"
)

const (
	biggest  = money.Amount(math.MaxInt64)
	smallest = money.Amount(math.MinInt64)
)

func TestPercent(t *testing.T) {
	tests := map[string]struct {
		of          money.Amount
		basisPoints int64
		want        money.Amount
	}{
		"ten per cent of 5,000.00":       {500_000, 1000, 50_000},
		"ten per cent of 5,000.01":       {500_001, 1000, 50_000},
		"ten per cent of 12,345.67":      {1_234_567, 1000, 123_457},
		"ten per cent of 29,999.99":      {2_999_999, 1000, 300_000},
		"half a fen goes up":             {5, 1000, 1},
		"less than half a fen goes down": {4, 1000, 0},
		"a reversal mirrors":             {-5, 1000, -1},
		"one basis point":                {5_000, 1, 1},
		"nothing of something":           {123, 0, 0},
		"a hundred per cent of the most": {biggest, 10_000, biggest},
		"a hundred per cent of the least": {
			smallest, 10_000, smallest,
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := test.of.Percent(test.basisPoints)
			if err != nil || got != test.want {
				t.Errorf("got %d, %v; want %d", got, err, test.want)
			}
		})
	}
}

func TestOverflowIsAnError(t *testing.T) {
	tests := map[string]func() (money.Amount, error){
		"adding one to the most":     func() (money.Amount, error) { return biggest.Add(1) },
		"adding the least to itself": func() (money.Amount, error) { return smallest.Add(smallest) },
		"taking one from the least":  func() (money.Amount, error) { return smallest.Sub(1) },
		"zero minus the least":       func() (money.Amount, error) { return money.Amount(0).Sub(smallest) },
		"a sum above the most":       func() (money.Amount, error) { return money.Sum(biggest, biggest, 1) },
		"a sum below the least":      func() (money.Amount, error) { return money.Sum(smallest, -1) },
		"100.01 % of the most":       func() (money.Amount, error) { return biggest.Percent(10_001) },
		"the most of the most":       func() (money.Amount, error) { return biggest.Percent(math.MaxInt64) },
		"a quotient one below 2^64":  func() (money.Amount, error) { return money.Amount(33461).Percent(5512908781479797859) },
	}
	for name, calculate := range tests {
		t.Run(name, func(t *testing.T) {
			if got, err := calculate(); !errors.Is(err, money.ErrOverflow) || got != 0 {
				t.Errorf("got %d, %v; want 0, ErrOverflow", got, err)
			}
		})
	}
}

func TestSumMindsOnlyTheTotal(t *testing.T) {
	got, err := money.Sum(biggest, biggest, -1, smallest, 5, smallest)
	if err != nil || got != 2 {
		t.Errorf("got %d, %v; want 2", got, err)
	}
	if got, err := money.Sum(); err != nil || got != 0 {
		t.Errorf("the sum of nothing is %d, %v; want 0", got, err)
	}
}

func TestDiv(t *testing.T) {
	tests := map[string]struct {
		sum  money.Amount
		by   int64
		want money.Amount
		err  error
	}{
		"shares evenly":          {3_600_00, 36, 100_00, nil},
		"half a fen goes up":     {5, 2, 3, nil},
		"a third goes down":      {100, 3, 33, nil},
		"two thirds go up":       {200, 3, 67, nil},
		"a debt rounds alike":    {-5, 2, -3, nil},
		"by zero":                {100, 0, 0, money.ErrDivisor},
		"by a negative count":    {100, -1, 0, money.ErrDivisor},
		"the least by one":       {smallest, 1, smallest, nil},
		"the most by the most":   {biggest, math.MaxInt64, 1, nil},
		"a half by a large many": {1 << 62, math.MaxInt64, 1, nil},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := test.sum.Div(test.by)
			if got != test.want || !errors.Is(err, test.err) {
				t.Errorf("got %d, %v; want %d, %v", got, err, test.want, test.err)
			}
		})
	}
}

func TestYuanHoldsAtTheEnds(t *testing.T) {
	for n, want := range map[int64]money.Amount{
		500: 50_000, -1: -100, 0: 0,
		math.MaxInt64 / 100:   9_223_372_036_854_775_800,
		math.MaxInt64/100 + 1: biggest,
		math.MinInt64:         smallest,
	} {
		if got := money.Yuan(n); got != want {
			t.Errorf("Yuan(%d) = %d, want %d", n, got, want)
		}
	}
}

func TestWriting(t *testing.T) {
	tests := []struct {
		amount        money.Amount
		plain, groups string
	}{
		{0, "0.00", "0.00"},
		{5, "0.05", "0.05"},
		{50, "0.50", "0.50"},
		{123_450, "1234.50", "1,234.50"},
		{99_999, "999.99", "999.99"},
		{100_000, "1000.00", "1,000.00"},
		{-5, "-0.05", "-0.05"},
		{-123_456_789, "-1234567.89", "-1,234,567.89"},
		{biggest, "92233720368547758.07", "92,233,720,368,547,758.07"},
		{smallest, "-92233720368547758.08", "-92,233,720,368,547,758.08"},
	}
	for _, test := range tests {
		if got := test.amount.String(); got != test.plain {
			t.Errorf("String of %d = %q, want %q", int64(test.amount), got, test.plain)
		}
		if got := test.amount.Grouped(); got != test.groups {
			t.Errorf("Grouped of %d = %q, want %q", int64(test.amount), got, test.groups)
		}
	}
}

// The database gives and takes fen as bigint, alone and in arrays.
func TestAmountIsABigint(t *testing.T) {
	types := pgtype.NewMap()
	wire, err := types.Encode(pgtype.Int8OID, pgtype.BinaryFormatCode, money.Amount(-123_456), nil)
	if err != nil {
		t.Fatal(err)
	}
	var back money.Amount
	if err := types.Scan(pgtype.Int8OID, pgtype.BinaryFormatCode, wire, &back); err != nil || back != -123_456 {
		t.Errorf("got %d, %v; want -123456", back, err)
	}
	many, err := types.Encode(pgtype.Int8ArrayOID, pgtype.BinaryFormatCode, []money.Amount{1, 2}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var list []money.Amount
	if err := types.Scan(pgtype.Int8ArrayOID, pgtype.BinaryFormatCode, many, &list); err != nil || len(list) != 2 || list[1] != 2 {
		t.Errorf("got %v, %v; want two amounts", list, err)
	}
}

// Every calculation agrees with numbers that have no end, or answers ErrOverflow.
func TestArithmeticAgreesWithBigNumbers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.Int64().Draw(t, "a"), rapid.Int64().Draw(t, "b")
		n := rapid.Int64Range(1, math.MaxInt64).Draw(t, "n")
		x, y := big.NewInt(a), big.NewInt(b)

		got, err := money.Amount(a).Add(money.Amount(b))
		agree(t, "Add", got, err, new(big.Int).Add(x, y))
		got, err = money.Sum(money.Amount(a), money.Amount(b))
		agree(t, "Sum", got, err, new(big.Int).Add(x, y))
		got, err = money.Amount(a).Sub(money.Amount(b))
		agree(t, "Sub", got, err, new(big.Int).Sub(x, y))
		got, err = money.Amount(a).Percent(b)
		agree(t, "Percent", got, err, halfUp(new(big.Int).Mul(x, y), big.NewInt(10_000)))
		got, err = money.Amount(a).Div(n)
		agree(t, "Div", got, err, halfUp(x, big.NewInt(n)))
	})
}

func agree(t *rapid.T, what string, got money.Amount, err error, want *big.Int) {
	t.Helper()
	if !want.IsInt64() {
		if !errors.Is(err, money.ErrOverflow) {
			t.Fatalf("%s: got %d, %v; want ErrOverflow", what, int64(got), err)
		}
		return
	}
	if err != nil || int64(got) != want.Int64() {
		t.Fatalf("%s: got %d, %v; want %v", what, int64(got), err, want)
	}
}

// halfUp divides and rounds the half away from zero: floor((2|x| + y) / 2y) with the sign of x.
func halfUp(x, y *big.Int) *big.Int {
	twice := new(big.Int).Lsh(new(big.Int).Abs(x), 1)
	q := twice.Add(twice, y).Quo(twice, new(big.Int).Lsh(y, 1))
	if x.Sign() < 0 {
		q.Neg(q)
	}
	return q
}
