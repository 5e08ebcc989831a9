package seed

import (
	"context"
	"slices"

	"bangfu/internal/casefile"
	"bangfu/internal/fund"
	"bangfu/internal/grant"
	"bangfu/internal/money"
	"bangfu/internal/work"
)

// outcome is where a grant has come to by today.
type outcome int

const (
	atReview outcome = iota
	returned
	turnedDown
	withdrawn
	atGroup
	atCommittee
	atSignature
	payable  // approved; waits for a batch
	declined // refused by finance
	inBatch  // in a batch that waits for its release
	atBank   // in a released batch
	paid
	bounced // the bank could not pay
)

// aid is a grant planned for a household.
type aid struct {
	programme string
	cause     casefile.Cause
	yuan      int64 // asked for
	fact      int64 // yuan that the household paid itself, or lost
	daysAgo   int   // of the application
	outcome   outcome
	tier      grant.Tier
}

// grantCase is one grant while it is being told.
type grantCase struct {
	aid
	household *household
	id        grant.ApplicationID
}

// grants tells of the household's applications.
func (c *centre) grants(h *household) {
	for _, a := range h.aids {
		g := &grantCase{aid: a, household: h}
		c.cases = append(c.cases, g)
		c.then(a.daysAgo, 9*60+30+c.between(0, 20), h.registrar, func(ctx context.Context, u *work.Unit) error {
			id, err := grant.Apply(ctx, u, h.file, a.programme, grant.Request{
				Cause: a.cause, Facts: factsOf(a), Reason: pick(c, reasons[a.programme]), Amount: money.Yuan(a.yuan)})
			g.id = id
			return err
		})
		c.decide(h, g)
	}
}

// factsOf names the figure that the programme asks for.
func factsOf(a aid) grant.Facts {
	switch a.programme {
	case "illness":
		return grant.Facts{"self_paid": money.Yuan(a.fact)}
	case "disaster":
		return grant.Facts{"loss": money.Yuan(a.fact)}
	}
	return grant.Facts{}
}

// decide tells how an application goes from body to body, a step a day, as far as its outcome goes.
func (c *centre) decide(h *household, g *grantCase) {
	deed := func(days, minute int, who string, act grant.Act, opinions ...string) {
		opinion := pick(c, opinions)
		c.then(g.daysAgo-days, minute+c.between(0, 25), who, func(ctx context.Context, u *work.Unit) error {
			d := grant.Deed{Act: act, Opinion: opinion}
			if act == grant.ActReview {
				d.Account = c.accountFor(g.programme, u.Today().Year())
			}
			_, err := grant.Decide(ctx, u, g.id, d)
			return err
		})
	}
	switch g.outcome {
	case atReview:
		return
	case returned:
		deed(1, 10*60, "officer", grant.ActReturn, "请补充最近一个月的收入说明。")
		return
	case withdrawn:
		c.then(g.daysAgo-1, 16*60, h.registrar, func(ctx context.Context, u *work.Unit) error {
			return grant.Withdraw(ctx, u, g.id, "职工已由民政部门救助，本人要求撤回。")
		})
		return
	}
	deed(1, 10*60, "officer", grant.ActReview, reviewed...)
	steps := g.tier.Steps()
	if slices.Contains(steps, grant.AtGroup) {
		deed(2, 14*60, "group1", grant.ActApprove, favoured...)
		if g.outcome == atGroup {
			return
		}
		deed(2, 14*60+30, "group2", grant.ActApprove, favoured...)
	}
	if slices.Contains(steps, grant.AtCommittee) && g.outcome != atGroup {
		if g.outcome == atCommittee {
			return
		}
		deed(3, 15*60, "committee1", grant.ActApprove, favoured...)
		deed(3, 15*60+30, "chair", grant.ActApprove, favoured...)
	}
	switch g.outcome {
	case turnedDown:
		deed(4, 16*60, "grouphead", grant.ActRefuse, "已享受同类救助，本次不予批准。")
	case atSignature, atCommittee:
	default:
		deed(4, 16*60, "grouphead", grant.ActSign, signed...)
	}
}

// account names one account of the centre.
type account struct {
	purpose fund.Purpose
	year    int
}

// accountFor gives the year's account that pays for a programme.
func (c *centre) accountFor(programme string, year int) fund.AccountID {
	purpose := map[string]fund.Purpose{"living": fund.Living, "illness": fund.Medical, "disaster": fund.Disaster}[programme]
	return c.accounts[account{purpose, year}]
}
