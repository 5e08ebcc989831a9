package grant

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"bangfu/internal/fund"
	"bangfu/internal/money"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// Verdict is what a decision row says.
type Verdict string

// The verdicts. Closing a vote and setting the amount are not voices.
const (
	Favour     Verdict = "approve"
	Opposed    Verdict = "against"
	Abstention Verdict = "abstain"
	SentBack   Verdict = "return"
	TurnedDown Verdict = "refuse"
	Closed     Verdict = "close"
	AmountSet  Verdict = "amount"
)

// Key gives the word of the verdict.
func (v Verdict) Key() words.Key { return words.Key("grant.verdict." + string(v)) }

// voice tells whether the verdict is the person's one voice at the step.
func (v Verdict) voice() bool { return v != Closed && v != AmountSet }

// Decision is one person's decision at one step of one round. It is never changed.
type Decision struct {
	Round   int
	Step    Step
	Verdict Verdict
	Opinion string
	Amount  money.Amount // what was decided on
	By      work.StaffID
	Name    string
	At      time.Time
}

// Deed is one act of one person, with the opinion that every decision carries.
type Deed struct {
	Act     Act
	Opinion string
	Account fund.AccountID // of ActReview: what the money is to be drawn on
	Amount  money.Amount   // of ActSetAmount
}

// Outcome is what a deed led to, to be told to the person.
type Outcome string

// The outcomes.
const (
	Reviewed  Outcome = "reviewed"
	Voted     Outcome = "voted" // the vote goes on
	Passed    Outcome = "passed"
	Lost      Outcome = "lost"
	NewAmount Outcome = "amount"
	NewRound  Outcome = "new_round" // the amount changed after somebody had voted
	Granted   Outcome = "granted"
	Escalated Outcome = "escalated" // the window had grown into a higher tier; not signed
	GoneBack  Outcome = "gone_back"
	Rejected  Outcome = "rejected"
)

// Key gives the sentence of the outcome.
func (o Outcome) Key() words.Key { return words.Key("grant.outcome." + string(o)) }

// Decide carries out one deed: the rules, the decision row, the state that follows, the audit entry. Refusals name the
// rule; nothing is changed then. Errors: work.ErrNotFound outside the actor's scope.
func Decide(ctx context.Context, u *work.Unit, id ApplicationID, d Deed) (Outcome, error) {
	c, err := lockCase(ctx, u, id)
	if err != nil {
		return "", fmt.Errorf("deciding application %d: %w", id, err)
	}
	to, refusal := c.after(d.Act, u.By)
	if refusal != nil {
		return "", refusal
	}
	if d.Opinion = strings.TrimSpace(d.Opinion); d.Opinion == "" {
		return "", work.Refuse("grant.refusal.opinion").On("opinion")
	}
	var outcome Outcome
	switch d.Act {
	case ActReview:
		outcome, err = c.review(ctx, u, d, to)
	case ActApprove, ActAgainst, ActAbstain, ActClose:
		outcome, err = c.vote(ctx, u, d)
	case ActSetAmount:
		outcome, err = c.setAmount(ctx, u, d)
	case ActSign:
		outcome, err = c.sign(ctx, u, d, to)
	case ActReturn:
		outcome, err = GoneBack, c.leave(ctx, u, d, SentBack, to)
	case ActRefuse:
		outcome, err = Rejected, c.leave(ctx, u, d, TurnedDown, to)
	default:
		err = work.Refuse("grant.refusal.state", d.Act.Key(), c.State.Key())
	}
	if err != nil {
		return "", fmt.Errorf("deciding application %d: %w", id, worded(err))
	}
	return outcome, nil
}

// review puts the application before the first body of its tier and names the account.
func (c Case) review(ctx context.Context, u *work.Unit, d Deed, to State) (Outcome, error) {
	accounts, err := Accounts(ctx, u, u.By.Scope, c.Application, u.Today().Year())
	if err != nil {
		return "", err
	}
	if !slices.ContainsFunc(accounts, func(a fund.Account) bool { return a.ID == d.Account }) {
		return "", work.Refuse("grant.refusal.account").On("account")
	}
	if err := insertDecision(ctx, u, c, AtReview, Favour, d.Opinion, c.Amount); err != nil {
		return "", err
	}
	is := c.Application
	is.State, is.Step, is.Account = to, c.Tier.following(AtReview), d.Account
	return Reviewed, advance(ctx, u, d.Act, c.Application, is)
}

// Accounts lists what the application may be paid from: accounts for its purpose of the year and the year before, of
// the file's office or of one above it.
func Accounts(ctx context.Context, q work.Querier, scope work.Scope, a Application, year int) ([]fund.Account, error) {
	var open []fund.Account
	for _, y := range []int{year, year - 1} {
		accounts, err := fund.Choices(ctx, q, scope, a.Purpose, y)
		if err != nil {
			return nil, fmt.Errorf("listing accounts for application %d: %w", a.ID, err)
		}
		for _, account := range accounts {
			if account.Serves(a.OrgPath) {
				open = append(open, account)
			}
		}
	}
	return open, nil
}

// vote adds one voice, or closes the vote, and moves on when the vote has passed or failed.
func (c Case) vote(ctx context.Context, u *work.Unit, d Deed) (Outcome, error) {
	verdict := Verdict(d.Act)
	if err := insertDecision(ctx, u, c, c.Step, verdict, d.Opinion, c.Amount); err != nil {
		return "", err
	}
	c.Decisions = append(slices.Clone(c.Decisions),
		Decision{Round: c.Round, Step: c.Step, Verdict: verdict, Amount: c.Amount, By: u.By.StaffID, At: u.Now})
	is := c.Application
	switch tally := c.Tally(c.Step); {
	case tally.Passed():
		is.Step = c.Tier.following(c.Step)
		return Passed, advance(ctx, u, d.Act, c.Application, is)
	case tally.Failed():
		to, refusal := c.State.after(actFail)
		if refusal != nil {
			return "", refusal
		}
		is.State, is.Step = to, NoStep
		return Lost, advance(ctx, u, d.Act, c.Application, is)
	}
	return Voted, advance(ctx, u, d.Act, c.Application, is)
}

// setAmount changes the amount and with it window and tier. Once somebody has voted it starts a new round.
func (c Case) setAmount(ctx context.Context, u *work.Unit, d Deed) (Outcome, error) {
	switch {
	case d.Amount <= 0 || d.Amount == c.Amount:
		return "", work.Refuse("grant.refusal.same_amount", c.Amount).On("amount")
	case d.Amount > c.Ceiling:
		return "", work.Refuse("grant.refusal.ceiling", d.Amount, c.Ceiling).On("amount")
	}
	w, tier, err := place(ctx, u, c.Terms, c.File, c.Cause, d.Amount, c.FiledOn(), c.ID)
	if err != nil {
		return "", err
	}
	if err := insertDecision(ctx, u, c, AtGroup, AmountSet, d.Opinion, d.Amount); err != nil {
		return "", err
	}
	is := c.Application
	is.Amount, is.WindowSum, is.Tier = d.Amount, w.Sum, tier
	if !c.voted() {
		is.Step = tier.following(AtReview)
		return NewAmount, advance(ctx, u, d.Act, c.Application, is)
	}
	to, refusal := c.State.after(actReopen)
	if refusal != nil {
		return "", refusal
	}
	is.State, is.Step, is.Round = to, AtReview, c.Round+1
	return NewRound, advance(ctx, u, actReopen, c.Application, is)
}

// leave takes the application out of approval: back to the caseworker, or to its end.
func (c Case) leave(ctx context.Context, u *work.Unit, d Deed, verdict Verdict, to State) error {
	if err := insertDecision(ctx, u, c, c.Step, verdict, d.Opinion, c.Amount); err != nil {
		return err
	}
	is := c.Application
	is.State, is.Step = to, NoStep
	return advance(ctx, u, d.Act, c.Application, is)
}
