package grant

import (
	"slices"

	"bangfu/internal/money"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// Tier says which bodies decide an application.
type Tier string

// The tiers. The group's head signs in each of them.
const (
	HeadAlone          Tier = "head"                 // the signature is the decision
	GroupTier          Tier = "group"                // the leading group decides
	CommitteeTier      Tier = "committee"            // the committee decides
	GroupThenCommittee Tier = "group_then_committee" // illness and disaster, whatever the amount (001_ art. 29, 30)
)

// Key gives the word of the tier.
func (t Tier) Key() words.Key { return words.Key("grant.tier." + string(t)) }

// Step is one stop on an application's way through a round.
type Step string

// The steps of a round, in order; a tier leaves some out.
const (
	NoStep      Step = "" // not under way
	AtReview    Step = "review"
	AtGroup     Step = "group"
	AtCommittee Step = "committee"
	AtSignature Step = "sign"
)

// Key gives the word of the step.
func (s Step) Key() words.Key { return words.Key("grant.step." + string(s)) }

// Votes tells whether a body votes at the step.
func (s Step) Votes() bool { return s == AtGroup || s == AtCommittee }

// steps says which stops a round has in each tier.
var steps = map[Tier][]Step{
	HeadAlone:          {AtReview, AtSignature},
	GroupTier:          {AtReview, AtGroup, AtSignature},
	CommitteeTier:      {AtReview, AtCommittee, AtSignature},
	GroupThenCommittee: {AtReview, AtGroup, AtCommittee, AtSignature},
}

// Steps lists the stops of a round in this tier.
func (t Tier) Steps() []Step { return slices.Clone(steps[t]) }

// following gives the stop after s; NoStep after the last, and when the tier does not have s.
func (t Tier) following(s Step) Step {
	if at := slices.Index(steps[t], s); at >= 0 && at+1 < len(steps[t]) {
		return steps[t][at+1]
	}
	return NoStep
}

// Band is one row of the dated table of tiers: sums from From to To, both included, belong to Tier.
type Band struct {
	From   money.Amount
	To     money.Amount // 0 = without end
	Tier   Tier
	Source string
}

// Bands is the table of tiers in force on one day, from the lowest sum up. The database lets it have neither a hole
// nor an overlap. Source rule: 001_ art. 26, which puts 500.00 and 1,000.00 into two tiers each (Civil Code art. 1259);
// which of the two they belong to is decided by the rows (domain.md d.1: the stricter).
type Bands []Band

// Of gives the tier of a window sum. With no row for the sum the case stops: grant.refusal.tier.
func (bs Bands) Of(sum money.Amount) (Tier, *work.Refusal) {
	for _, b := range bs {
		if b.From <= sum && (b.To == 0 || sum <= b.To) {
			return b.Tier, nil
		}
	}
	return "", work.Refuse("grant.refusal.tier", sum)
}
