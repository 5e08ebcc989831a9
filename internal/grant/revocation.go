package grant

import (
	"context"
	"fmt"
	"strings"

	"bangfu/internal/casefile"
	"bangfu/internal/payment"
	"bangfu/internal/work"
)

// MayRevoke tells whether the person may end what an approved application is owed, p being its payable: whoever signs for it,
// once finance refused the payment or the bank could not make it. A page offers it to nobody else.
func (c Case) MayRevoke(p payment.Payable, by work.Actor) bool {
	return c.againstRevoking(by) == nil && p.Halted()
}

// againstRevoking refuses a person who does not sign for this case, or is on another side of it.
func (c Case) againstRevoking(by work.Actor) *work.Refusal {
	switch {
	case c.State != Approved:
		return work.Refuse("grant.refusal.state", ActRevoke.Key(), c.State.Key())
	case !c.holds(signer, by):
		return work.Refuse("grant.refusal.office", ActRevoke.Key())
	case c.Side != casefile.NoDuty && c.Side != casefile.Decide:
		return work.Refuse("grant.refusal.side")
	}
	return nil
}

// Revoke ends the payment of an approved application that finance refused or the bank could not make, with the reason; what is
// reserved goes back to its fund. What was decided stays as it is, and goes on counting in the household's window: a sum that
// was granted once picks the tier of the next one, whether or not it was paid.
func Revoke(ctx context.Context, u *work.Unit, id ApplicationID, reason string) error {
	c, err := lockCase(ctx, u, id)
	if err != nil {
		return fmt.Errorf("revoking application %d: %w", id, err)
	}
	if refusal := c.againstRevoking(u.By); refusal != nil {
		return refusal
	}
	if reason = strings.TrimSpace(reason); reason == "" {
		return work.Refuse("grant.refusal.opinion").On("revocation")
	}
	p, err := payment.OfGrant(ctx, u, u.By, int64(id))
	if err != nil {
		return fmt.Errorf("revoking application %d: %w", id, err)
	}
	if !p.Halted() {
		return work.Refuse("grant.refusal.not_halted", p.State)
	}
	return payment.Revoke(ctx, u, p.ID, reason)
}
