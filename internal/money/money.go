// Package money holds sums of renminbi as whole fen.
//
// An Amount is an int64 count of fen (1 yuan = 100 fen), the same number that the
// database keeps in a bigint column named …_fen. Nothing here wraps around: every
// calculation that leaves the range of int64 answers with ErrOverflow. Rounding is
// half up to the fen, away from zero for negative sums, so that a reversal mirrors
// its entry exactly.
package money

import (
	"errors"
	"math"
	"math/bits"
	"strconv"
)

// Amount is a sum of money in fen. The zero value is no money. Sums may be
// negative (a posting, a difference); what people type may not, see Parse.
type Amount int64

// Max is the largest sum that may be typed: 10^13 fen, one hundred thousand million yuan.
const Max Amount = 10_000_000_000_000

var (
	// ErrOverflow says that a result does not fit into an int64 of fen.
	ErrOverflow = errors.New("money: result out of range")
	// ErrDivisor says that a sum was divided by zero or by a negative count.
	ErrDivisor = errors.New("money: divisor must be positive")
)

// Yuan gives n whole yuan. It is meant for constants and small counts: a number of
// yuan beyond the range of int64 fen is held at the end of that range.
func Yuan(n int64) Amount {
	const limit = math.MaxInt64 / 100
	switch {
	case n > limit:
		return math.MaxInt64
	case n < -limit:
		return math.MinInt64
	}
	return Amount(n * 100)
}

// Add gives a + b, or ErrOverflow.
func (a Amount) Add(b Amount) (Amount, error) {
	sum := a + b
	if (a > 0 && b > 0 && sum < 0) || (a < 0 && b < 0 && sum >= 0) {
		return 0, ErrOverflow
	}
	return sum, nil
}

// Sub gives a - b, or ErrOverflow. The answer may be negative.
func (a Amount) Sub(b Amount) (Amount, error) {
	diff := a - b
	if (a >= 0 && b < 0 && diff < 0) || (a < 0 && b > 0 && diff >= 0) {
		return 0, ErrOverflow
	}
	return diff, nil
}

// Sum adds all amounts; no amounts give zero. Only the total must fit: the order of
// the amounts never decides whether ErrOverflow is answered.
func Sum(amounts ...Amount) (Amount, error) {
	var high, low, carry uint64 // one 128-bit number in two's complement
	for _, a := range amounts {
		low, carry = bits.Add64(low, uint64(a), 0)
		high, _ = bits.Add64(high, uint64(int64(a)>>63), carry)
	}
	total := int64(low)
	if int64(high) != total>>63 {
		return 0, ErrOverflow
	}
	return Amount(total), nil
}

// Percent gives the part of a named in basis points (10 % = 1000), rounded half up
// to the fen, or ErrOverflow. Source rule: article 30 of the centre's rules, 10 % of
// what a person paid; rounding is this program's choice, the article is silent.
func (a Amount) Percent(basisPoints int64) (Amount, error) {
	return scale(a, basisPoints, 10_000)
}

// Div shares a among n, rounded half up to the fen. It answers ErrDivisor unless n is
// positive. Divide once by the product (12 months × 3 people = 36), not twice: each
// division rounds.
func (a Amount) Div(n int64) (Amount, error) {
	if n <= 0 {
		return 0, ErrDivisor
	}
	return scale(a, 1, uint64(n))
}

// scale gives a × by ÷ over, half up to the fen, with a product of 128 bits.
func scale(a Amount, by int64, over uint64) (Amount, error) {
	negative := (a < 0) != (by < 0)
	high, low := bits.Mul64(magnitude(int64(a)), magnitude(by))
	if high >= over {
		return 0, ErrOverflow
	}
	quotient, rest := bits.Div64(high, low, over)
	if quotient > 1<<63 {
		return 0, ErrOverflow
	}
	if rest >= over-rest {
		quotient++
	}
	switch {
	case negative && quotient == 1<<63:
		return math.MinInt64, nil
	case quotient > math.MaxInt64:
		return 0, ErrOverflow
	case negative:
		return Amount(-int64(quotient)), nil
	}
	return Amount(quotient), nil
}

// magnitude is the absolute value, right for the smallest int64 too.
func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// String writes yuan with two decimals and no separators, "1234.50" or "-0.05": the
// form for files, form fields and the bank. Parse reads it back.
func (a Amount) String() string {
	return string(a.digits(false))
}

// Grouped writes yuan with two decimals in groups of three, "1,234.50": the form for pages.
func (a Amount) Grouped() string {
	return string(a.digits(true))
}

func (a Amount) digits(grouped bool) []byte {
	fen := magnitude(int64(a))
	yuan := strconv.FormatUint(fen/100, 10)
	text := make([]byte, 0, 32)
	if a < 0 {
		text = append(text, '-')
	}
	for i := range len(yuan) {
		if grouped && i > 0 && (len(yuan)-i)%3 == 0 {
			text = append(text, ',')
		}
		text = append(text, yuan[i])
	}
	return append(text, '.', '0'+byte(fen/10%10), '0'+byte(fen%10))
}
