package seed

import (
	"context"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/money"
	"bangfu/internal/referral"
	"bangfu/internal/work"
)

// handed is one referral planned for an active household, by how far it has come.
type handed struct {
	kind    referral.Kind
	office  string
	reason  string
	daysAgo int // of the draft
	upTo    referral.State
	answer  referral.Reply
}

// referrals are handed out to the active households in the order of the plans; the others stay on the list of the
// uncovered, as far as they are on it.
var referrals = []handed{
	{kind: referral.Medical, office: "青石县医疗保障局", reason: "患重特大疾病，自付费用较高，请按医疗救助政策办理。", daysAgo: 11, upTo: referral.Received,
		answer: referral.Reply{Act: referral.ActReceive, Note: "已收件，进入审核"}},
	{kind: referral.Allowance, office: "青石县民政局（社会救助科）", reason: "家庭人均收入低于本县低保标准，尚未享受低保，请审核。", daysAgo: 12,
		upTo: referral.Granted, answer: referral.Reply{Act: referral.ActGrant, Monthly: money.Yuan(380)}},
	{kind: referral.Housing, office: "青石县住房和城乡建设局", reason: "租住危旧房屋，符合公租房条件，请优先安排。", daysAgo: 9, upTo: referral.Sent},
	{kind: referral.RedCross, office: "青石县红十字会", reason: "长期透析，请协调特殊病种救助。", daysAgo: 8, upTo: referral.Refused,
		answer: referral.Reply{Act: referral.ActRefuse, Note: "所患病种不在今年的救助目录中"}},
	{kind: referral.Temporary, office: "青石县民政局（社会救助科）", reason: "单亲家庭，基本生活暂时困难，请给予临时救助。", daysAgo: 10, upTo: referral.Returned,
		answer: referral.Reply{Act: referral.ActReturn, Note: "缺近三个月的银行流水"}},
	{kind: referral.Allowance, office: "青石县民政局（社会救助科）", reason: "家庭人均收入低于本县低保标准，请审核。", daysAgo: 2, upTo: referral.Draft},
}

// refer tells of the referral of an active household, while there are planned ones.
func (c *centre) refer(h *household) {
	if h.fate != active || h.registrar == "sibling" || c.referred == len(referrals) {
		return
	}
	plan, id := referrals[c.referred], referral.ID(0)
	c.referred++
	c.then(plan.daysAgo, 10*60+40, h.registrar, func(ctx context.Context, u *work.Unit) error {
		held, err := casefile.EvidenceOf(ctx, u, h.file)
		if err != nil {
			return err
		}
		letter := referral.Letter{Origin: referral.FromVisit, Office: plan.office, Contact: "窗口", Phone: "0879-2100200", Reason: plan.reason}
		for _, paper := range held {
			if plan.kind.Asks(paper.Kind) {
				letter.Papers = append(letter.Papers, paper.ID)
			}
		}
		id, err = referral.Begin(ctx, u, h.file, plan.kind, letter)
		return err
	})
	if plan.upTo == referral.Draft {
		return
	}
	c.then(plan.daysAgo, 15*60, h.registrar, func(ctx context.Context, u *work.Unit) error {
		return referral.Send(ctx, u, id, referral.Dispatch{ConsentOn: u.Today(), On: u.Today(), Due: u.Today().Add(referral.DaysToAnswer)})
	})
	if plan.upTo == referral.Sent {
		return
	}
	c.then(plan.daysAgo-6, 11*60, h.registrar, func(ctx context.Context, u *work.Unit) error {
		a := plan.answer
		a.On = u.Today()
		if a.Monthly > 0 {
			a.From = day.Of(u.Today().Year(), u.Today().Month(), 1).AddMonths(1)
		}
		return referral.Answer(ctx, u, id, a)
	})
}
