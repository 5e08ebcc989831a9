package grant

import (
	"context"
	"errors"

	"bangfu/internal/casefile"
	"bangfu/internal/fund"
	"bangfu/internal/payment"
	"bangfu/internal/work"
)

// sign is the last step. In one unit, under the household's lock: the window again, the signature, the approval, the
// reservation of the money, the payable. A fund that does not hold the money or does not serve the purpose refuses, and
// nothing has changed.
func (c Case) sign(ctx context.Context, u *work.Unit, d Deed, to State) (Outcome, error) {
	w, tier, err := place(ctx, u, c.Terms, c.File, c.Cause, c.Amount, c.FiledOn(), c.ID)
	if err != nil {
		return "", err
	}
	is := c.Application
	is.WindowSum, is.Tier = w.Sum, tier
	if step := c.unheard(tier); step != NoStep {
		is.Step = step
		return Escalated, advance(ctx, u, actEscalate, c.Application, is)
	}
	card, err := casefile.CurrentCard(ctx, u, c.File)
	if errors.Is(err, work.ErrNotFound) {
		return "", work.Refuse("grant.refusal.card")
	}
	if err != nil {
		return "", err
	}
	if err := insertDecision(ctx, u, c, AtSignature, Favour, d.Opinion, c.Amount); err != nil {
		return "", err
	}
	is.State, is.Step, is.Card = to, NoStep, card.ID
	if err := advance(ctx, u, d.Act, c.Application, is); err != nil {
		return "", err
	}
	return Granted, is.award(ctx, u)
}

// unheard gives the first body of the tier whose vote has not passed in this round: earlier requests of the household
// may have grown since the filing, and their sum with this one may now belong to a higher tier.
func (c Case) unheard(tier Tier) Step {
	for _, s := range tier.Steps() {
		if s.Votes() && !c.Tally(s).Passed() {
			return s
		}
	}
	return NoStep
}

// award sets the money aside and hands it to finance, first attempt.
func (a Application) award(ctx context.Context, u *work.Unit) error {
	err := fund.Reserve(ctx, u, a.Account, fund.Hold{
		Grant: int64(a.ID), Attempt: 1, Amount: a.Amount, Reason: a.Programme.NameZh + " " + a.FileNumber, File: a.File})
	if err != nil {
		return err
	}
	_, err = payment.Add(ctx, u, payment.Due{
		Grant: int64(a.ID), File: a.File, Account: a.Account, Amount: a.Amount, Card: a.Card})
	return err
}
