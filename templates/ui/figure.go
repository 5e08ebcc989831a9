package ui

import (
	"strconv"

	"bangfu/internal/money"
)

// share gives a part of a whole in thousandths, for the width of a bar. Parts
// above the whole fill the bar; parts below zero are not drawn.
func share(part, whole money.Amount) string {
	if whole <= 0 || part <= 0 {
		return "0"
	}
	return strconv.Itoa(int(1000 * min(1, float64(part)/float64(whole))))
}

// barLength gives the length of a bar in thousandths of the longest one.
func barLength(value int64, rows []BarRow) string {
	var longest int64
	for _, r := range rows {
		longest = max(longest, r.Value)
	}
	return share(money.Amount(value), money.Amount(longest))
}
