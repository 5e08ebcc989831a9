package eligibility

import (
	"bangfu/internal/day"
	"bangfu/internal/money"
)

// ExitMonths is for how many consecutive months a head of the household must have more than the line before it leaves
// hardship ([W61], domain.md c.1).
const ExitMonths = 6

// Month is what a head of the household had in one month, and the line that held in it.
type Month struct {
	First   day.Date // its first day
	PerHead money.Amount
	Line    money.Amount
}

// MonthsOver counts the consecutive calendar months above the line, back from the last one given; months are in
// order. A month on the line itself is not above it, and a month that is missing ends the row.
func MonthsOver(months []Month) int {
	over := 0
	for i := len(months) - 1; i >= 0; i-- {
		if months[i].PerHead <= months[i].Line {
			break
		}
		if i < len(months)-1 && months[i].First.AddMonths(1) != months[i+1].First {
			break
		}
		over++
	}
	return over
}
