package grant

import (
	"slices"
	"testing"

	"bangfu/internal/money"
)

// strict and mild are the two readings of 001_ art. 26 as rows; strict is what the migration seeds.
var (
	strict = Bands{{From: 1, To: 49_999, Tier: HeadAlone}, {From: 50_000, To: 99_999, Tier: GroupTier}, {From: 100_000, Tier: CommitteeTier}}
	mild   = Bands{{From: 1, To: 50_000, Tier: HeadAlone}, {From: 50_001, To: 100_000, Tier: GroupTier}, {From: 100_001, Tier: CommitteeTier}}
)

func TestTierOfASum(t *testing.T) {
	for _, test := range []struct {
		sum          string
		strict, mild Tier
	}{
		{"0.01", HeadAlone, HeadAlone},
		{"499.99", HeadAlone, HeadAlone},
		{"500.00", GroupTier, HeadAlone},
		{"500.01", GroupTier, GroupTier},
		{"999.99", GroupTier, GroupTier},
		{"1000.00", CommitteeTier, GroupTier},
		{"1000.01", CommitteeTier, CommitteeTier},
		{"100000000000.00", CommitteeTier, CommitteeTier},
	} {
		for name, reading := range map[string]struct {
			bands Bands
			want  Tier
		}{"stricter": {strict, test.strict}, "milder": {mild, test.mild}} {
			got, refusal := reading.bands.Of(yuan(t, test.sum))
			if refusal != nil || got != reading.want {
				t.Errorf("%s, %s reading: %q, %v; want %q", test.sum, name, got, refusal, reading.want)
			}
		}
	}
}

func TestASumWithoutATierStops(t *testing.T) {
	for _, sum := range []money.Amount{0, -1, 50_000} {
		if tier, refusal := strict[:1].Of(sum); refusal == nil || refusal.Key != "grant.refusal.tier" {
			t.Errorf("%s: %q, %v", sum, tier, refusal)
		}
	}
}

func TestIllnessAndDisasterPassBothBodies(t *testing.T) {
	terms := Terms{Approval: AlwaysTwoBody}
	for _, sum := range []money.Amount{1, 49_999, 50_000, 100_000} {
		if tier, refusal := terms.tier(strict, sum); refusal != nil || tier != GroupThenCommittee {
			t.Errorf("%s: %q, %v", sum, tier, refusal)
		}
	}
}

func TestStepsFollowTheTier(t *testing.T) {
	for tier, want := range map[Tier][]Step{
		HeadAlone:          {AtReview, AtSignature},
		GroupTier:          {AtReview, AtGroup, AtSignature},
		CommitteeTier:      {AtReview, AtCommittee, AtSignature},
		GroupThenCommittee: {AtReview, AtGroup, AtCommittee, AtSignature},
	} {
		walked := []Step{AtReview}
		for s := tier.following(AtReview); s != NoStep; s = tier.following(s) {
			walked = append(walked, s)
		}
		if !slices.Equal(walked, want) || !slices.Equal(tier.Steps(), want) {
			t.Errorf("%s: walked %v, steps %v; want %v", tier, walked, tier.Steps(), want)
		}
	}
}
