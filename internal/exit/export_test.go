package exit

import "bangfu/internal/money"

// Advance is what an act writes that read the exit a moment ago.
var Advance = advance

// Lay gives the amounts of the parts of a receipt.
func Lay(amount money.Amount, claims []Claimed) []money.Amount {
	var amounts []money.Amount
	for _, p := range lay(amount, claims) {
		amounts = append(amounts, p.amount)
	}
	return amounts
}
