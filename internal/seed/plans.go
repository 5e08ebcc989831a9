package seed

import (
	"bangfu/internal/casefile"
	"bangfu/internal/eligibility"
	"bangfu/internal/grant"
)

// plan is what is to become of one household: its need, the category that its figures lead to, who registers it how
// many days ago, and where its file and its grants stand today.
type plan struct {
	need      string
	category  eligibility.Category
	registrar string
	daysAgo   int
	fate      fate
	sections  int // of an unfinished registration: how many are filled; 0 = all
	aids      []aid
	leaving   leaving // how far an active household is on its way off the register
}

// Shorthands of the table.
const (
	severe   = eligibility.Severe
	relative = eligibility.Relative
	sudden   = eligibility.Accident
	none     = eligibility.None
)

// plans are the households, by where their files stand.
var plans = []plan{
	{need: "illness", category: severe, registrar: "clerk", daysAgo: 1, fate: draft, sections: 6},
	{need: "laid_off", category: relative, registrar: "clerk", daysAgo: 2, fate: unfinished, sections: 3},
	{need: "school", category: relative, registrar: "clerk2", daysAgo: 6, fate: draft, sections: 1},
	{need: "single", category: severe, registrar: "unitclerk", daysAgo: 3, fate: draft, sections: 5},
	{need: "widowed", category: relative, registrar: "sibling", daysAgo: 4, fate: draft, sections: 4},
	{need: "unpaid", category: relative, registrar: "clerk2", daysAgo: 30, fate: discarded, sections: 2},

	{need: "disabled", category: severe, registrar: "clerk2", daysAgo: 1, fate: submitted},
	{need: "school", category: relative, registrar: "clerk", daysAgo: 2, fate: submitted},
	{need: "illness", category: severe, registrar: "unitclerk", daysAgo: 3, fate: submitted},
	{need: "laid_off", category: severe, registrar: "sibling", daysAgo: 2, fate: submitted},
	{need: "dialysis", category: severe, registrar: "sibling", daysAgo: 5, fate: submitted},

	{need: "single", category: relative, registrar: "clerk", daysAgo: 4, fate: returnedByVisit},
	{need: "laid_off", category: relative, registrar: "unitclerk", daysAgo: 5, fate: returnedByVisit},
	{need: "school", category: severe, registrar: "clerk2", daysAgo: 9, fate: returnedByAssessment},

	{need: "dialysis", category: severe, registrar: "clerk", daysAgo: 4, fate: visited},
	{need: "accident", category: sudden, registrar: "clerk2", daysAgo: 5, fate: visitedAgain},
	{need: "unpaid", category: none, registrar: "unitclerk", daysAgo: 5, fate: visited},

	{need: "illness", category: relative, registrar: "clerk", daysAgo: 6, fate: judged},
	{need: "widowed", category: severe, registrar: "clerk2", daysAgo: 7, fate: judged},
	{need: "fire", category: sudden, registrar: "clerk3", daysAgo: 6, fate: judged},

	{need: "disabled", category: severe, registrar: "clerk", daysAgo: 8, fate: assessed},
	{need: "single", category: relative, registrar: "clerk3", daysAgo: 9, fate: assessed},
	{need: "dialysis", category: severe, registrar: "unitclerk", daysAgo: 10, fate: assessed},

	{need: "illness", category: severe, registrar: "clerk", daysAgo: 8, fate: inNotice},
	{need: "school", category: relative, registrar: "clerk2", daysAgo: 9, fate: inNotice},
	{need: "laid_off", category: severe, registrar: "clerk", daysAgo: 10, fate: inNotice},
	{need: "unpaid", category: relative, registrar: "clerk3", daysAgo: 11, fate: inNotice},
	{need: "accident", category: sudden, registrar: "unitclerk", daysAgo: 12, fate: inNotice},
	{need: "disabled", category: relative, registrar: "clerk2", daysAgo: 13, fate: inNotice},

	{need: "single", category: severe, registrar: "clerk", daysAgo: 12, fate: contested},
	{need: "laid_off", category: relative, registrar: "clerk2", daysAgo: 13, fate: rechecked},
	{need: "school", category: relative, registrar: "clerk", daysAgo: 16, fate: noticeAgain},

	{need: "unpaid", category: none, registrar: "clerk", daysAgo: 20, fate: notQualified},
	{need: "single", category: none, registrar: "clerk2", daysAgo: 47, fate: notQualified},
	{need: "disabled", category: none, registrar: "unitclerk", daysAgo: 88, fate: notQualified},
	{need: "laid_off", category: relative, registrar: "clerk", daysAgo: 33, fate: refused},
	{need: "school", category: relative, registrar: "clerk3", daysAgo: 71, fate: refused},
	{need: "widowed", category: relative, registrar: "clerk2", daysAgo: 54, fate: struckOff},
	{need: "school", category: relative, registrar: "clerk", daysAgo: 176, fate: closed},

	{need: "illness", category: relative, registrar: "clerk", daysAgo: 26, fate: active, leaving: exitProposed},
	{need: "widowed", category: severe, registrar: "clerk2", daysAgo: 35, fate: active, leaving: exitAgreed},

	{need: "laid_off", category: severe, registrar: "clerk", daysAgo: 44, fate: active, aids: []aid{
		{programme: "living", cause: casefile.LaidOff, yuan: 400, daysAgo: 1, outcome: atReview, tier: grant.HeadAlone}}},
	{need: "dialysis", category: severe, registrar: "clerk2", daysAgo: 58, fate: active, aids: []aid{
		{programme: "illness", cause: casefile.SeriousIllness, yuan: 2200, fact: 22000, daysAgo: 2, outcome: atReview, tier: grant.GroupThenCommittee}}},
	{need: "single", category: severe, registrar: "unitclerk", daysAgo: 66, fate: active, aids: []aid{
		{programme: "living", cause: casefile.ChildrenSchooling, yuan: 600, daysAgo: 3, outcome: atGroup, tier: grant.GroupTier}}},
	{need: "illness", category: severe, registrar: "clerk", daysAgo: 73, fate: active, aids: []aid{
		{programme: "illness", cause: casefile.SeriousIllness, yuan: 2600, fact: 26400, daysAgo: 4, outcome: atGroup, tier: grant.GroupThenCommittee}}},
	{need: "school", category: relative, registrar: "clerk2", daysAgo: 80, fate: active, aids: []aid{
		{programme: "living", cause: casefile.ChildrenSchooling, yuan: 1800, daysAgo: 5, outcome: atCommittee, tier: grant.CommitteeTier}}},
	{need: "fire", category: sudden, registrar: "clerk", daysAgo: 51, fate: active, aids: []aid{
		{programme: "disaster", cause: casefile.NaturalDisaster, yuan: 3000, fact: 61500, daysAgo: 5, outcome: atCommittee, tier: grant.GroupThenCommittee}}},
	{need: "laid_off", category: relative, registrar: "clerk3", daysAgo: 95, fate: active, aids: []aid{
		{programme: "living", cause: casefile.LaidOff, yuan: 480, daysAgo: 6, outcome: atSignature, tier: grant.HeadAlone}}},
	{need: "disabled", category: severe, registrar: "clerk", daysAgo: 102, fate: active, aids: []aid{
		{programme: "living", cause: casefile.NoWorkAbility, yuan: 300, daysAgo: 60, outcome: paid, tier: grant.HeadAlone},
		{programme: "living", cause: casefile.NoWorkAbility, yuan: 300, daysAgo: 6, outcome: atSignature, tier: grant.GroupTier}}},
	{need: "single", category: relative, registrar: "clerk2", daysAgo: 68, fate: active, aids: []aid{
		{programme: "living", cause: casefile.ChildrenSchooling, yuan: 900, daysAgo: 3, outcome: returned, tier: grant.GroupTier}}},
	{need: "unpaid", category: severe, registrar: "clerk", daysAgo: 84, fate: active, aids: []aid{
		{programme: "living", cause: casefile.InsuranceNotPaid, yuan: 450, daysAgo: 20, outcome: turnedDown, tier: grant.HeadAlone}}},
	{need: "widowed", category: relative, registrar: "clerk3", daysAgo: 91, fate: active, aids: []aid{
		{programme: "living", cause: casefile.OtherCause, yuan: 700, daysAgo: 17, outcome: withdrawn, tier: grant.GroupTier}}},

	{need: "dialysis", category: severe, registrar: "clerk", daysAgo: 108, fate: active, aids: []aid{
		{programme: "illness", cause: casefile.SeriousIllness, yuan: 3000, fact: 34800, daysAgo: 8, outcome: payable, tier: grant.GroupThenCommittee}}},
	{need: "school", category: severe, registrar: "unitclerk", daysAgo: 99, fate: active, aids: []aid{
		{programme: "living", cause: casefile.ChildrenSchooling, yuan: 850, daysAgo: 7, outcome: payable, tier: grant.GroupTier}}},
	{need: "laid_off", category: relative, registrar: "clerk2", daysAgo: 87, fate: active, aids: []aid{
		{programme: "living", cause: casefile.LaidOff, yuan: 350, daysAgo: 9, outcome: declined, tier: grant.HeadAlone}}},
	{need: "illness", category: severe, registrar: "clerk3", daysAgo: 112, fate: active, aids: []aid{
		{programme: "illness", cause: casefile.SeriousIllness, yuan: 1860, fact: 18600, daysAgo: 10, outcome: inBatch, tier: grant.GroupThenCommittee}}},
	{need: "disabled", category: relative, registrar: "clerk", daysAgo: 118, fate: active, aids: []aid{
		{programme: "living", cause: casefile.NoWorkAbility, yuan: 1200, daysAgo: 14, outcome: atBank, tier: grant.CommitteeTier}}},
	{need: "accident", category: sudden, registrar: "clerk2", daysAgo: 126, fate: active, aids: []aid{
		{programme: "disaster", cause: casefile.Accident, yuan: 2500, fact: 68000, daysAgo: 64, outcome: bounced, tier: grant.GroupThenCommittee}}},
	{need: "dialysis", category: severe, registrar: "unitclerk", daysAgo: 133, fate: activeAfterObjection, aids: []aid{
		{programme: "illness", cause: casefile.SeriousIllness, yuan: 3000, fact: 38200, daysAgo: 66, outcome: paid, tier: grant.GroupThenCommittee},
		{programme: "living", cause: casefile.NoWorkAbility, yuan: 450, daysAgo: 11, outcome: inBatch, tier: grant.HeadAlone}}},
	{need: "single", category: severe, registrar: "clerk", daysAgo: 141, fate: active, aids: []aid{
		{programme: "living", cause: casefile.ChildrenSchooling, yuan: 960, daysAgo: 67, outcome: paid, tier: grant.GroupTier},
		{programme: "living", cause: casefile.ChildrenSchooling, yuan: 1500, daysAgo: 15, outcome: atBank, tier: grant.CommitteeTier}}},

	{need: "laid_off", category: severe, registrar: "clerk3", daysAgo: 160, fate: active, leaving: exitTold},
	{need: "single", category: relative, registrar: "clerk2", daysAgo: 150, fate: active, leaving: leftFalse, aids: []aid{
		{programme: "living", cause: casefile.ChildrenSchooling, yuan: 400, daysAgo: 70, outcome: paid, tier: grant.HeadAlone}}},

	{need: "accident", category: sudden, registrar: "clerk", daysAgo: 3, fate: temporary, sections: 7},
}
