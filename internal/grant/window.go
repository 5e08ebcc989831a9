package grant

import (
	"fmt"

	"bangfu/internal/day"
	"bangfu/internal/money"
)

// Claim is an application of the household for the same cause, as far as the window looks at it.
type Claim struct {
	ID     ApplicationID
	On     day.Date // filed
	Amount money.Amount
	State  State
}

// Window is what picks the tier: an amount, the live claims for the same cause that were filed before it or, filed after
// it, were approved first, and their sum. So splitting one need into several requests gains nothing, nor does raising
// the first one after the second was approved (peers.md N1).
type Window struct {
	Claims []Claim
	Sum    money.Amount
}

// windowOf makes the window of an amount that was filed on the day. Refused and withdrawn claims do not count. The
// day and its anniversary both do, since the day on which a period begins is not part of it (Civil Code art. 201, 202):
// what was filed on 2025-11-22 is within twelve months of 2026-11-22. The error is money.ErrOverflow.
func windowOf(amount money.Amount, on day.Date, months int, earlier []Claim) (Window, error) {
	w := Window{Sum: amount}
	first, last := on.AddMonths(-months), on.AddMonths(months)
	for _, c := range earlier {
		if !c.State.Live() || c.On.Before(first) || c.On.After(last) {
			continue
		}
		sum, err := w.Sum.Add(c.Amount)
		if err != nil {
			return Window{}, fmt.Errorf("adding up a window: %w", err)
		}
		w.Sum, w.Claims = sum, append(w.Claims, c)
	}
	return w, nil
}
