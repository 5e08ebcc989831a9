package seed

import (
	"context"
	"fmt"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/exit"
	"bangfu/internal/money"
	aidplan "bangfu/internal/plan"
	"bangfu/internal/work"
)

// leaving is how far a household is on its way off the register.
type leaving int

const (
	stays        leaving = iota
	exitProposed         // moved away; waits for its assessment
	exitAgreed           // out of hardship; to be posted and told
	exitTold             // out of hardship; can be closed
	left                 // out of hardship; closed, to be called back
	leftFalse            // false information; closed, and part of the aid came back
)

// setExitRules lets exits be posted for three days at first, and not at all since the last days.
func (c *centre) setExitRules(ctx context.Context, at time.Time) error {
	base := exit.Rule{Months: 6, Percent: 100, Callbacks: []int{3, 6, 12}}
	base.From, base.PostedDays, base.Source = c.today.Add(-firstDay), 3, "县总工会帮扶工作细则"
	if err := c.do(ctx, at, c.people["admin"], func(ctx context.Context, u *work.Unit) error { return exit.AddRule(ctx, u, base) }); err != nil {
		return fmt.Errorf("entering the exit rule: %w", err)
	}
	base.From, base.PostedDays, base.Source = c.today.Add(-4), 0, "县总工会〔2026〕14 号：退出不再公示"
	if err := c.do(ctx, at, c.people["admin"], func(ctx context.Context, u *work.Unit) error { return exit.AddRule(ctx, u, base) }); err != nil {
		return fmt.Errorf("entering the exit rule: %w", err)
	}
	return nil
}

// intend tells of the plan of a household that stays on the register: one measure is done, one late, one to come.
func (c *centre) intend(h *household) {
	at := h.daysAgo - 30
	c.then(at, 9*60+40, h.registrar, func(ctx context.Context, u *work.Unit) error {
		who := u.By.Name
		measure := func(batch aidplan.Batch, what, expected string, days int) aidplan.Measure {
			return aidplan.Measure{Cause: needs[h.need].causes[0], Batch: batch, What: what, Expected: expected, Responsible: who, DueOn: u.Today().Add(days)}
		}
		_, err := aidplan.Save(ctx, u, h.file, 0, aidplan.Plan{Target: "spending", Goal: "减轻支出负担，有稳定收入，一年内脱困。", ExitOn: u.Today().AddMonths(12), Responsible: who, Contact: who,
			Measures: []aidplan.Measure{measure("union", "发放生活救助", "渡过眼前难关", 10), measure("relief", "协助申请社会救助", "纳入救助范围", 20),
				measure("work", "推荐技能培训和岗位", "家庭有人稳定就业", 120)}})
		return err
	})
	c.then(at-9, 10*60, h.registrar, func(ctx context.Context, u *work.Unit) error {
		p, err := aidplan.Of(ctx, u, u.By.Scope, h.file)
		if err != nil {
			return err
		}
		return aidplan.Note(ctx, u, h.file, p.Measures[0].ID, aidplan.Done, "救助金已到账。")
	})
}

// leave tells how a household leaves the register, as far as it has come.
func (c *centre) leave(h *household, daysAgo int, how leaving) {
	if how == stays {
		return
	}
	var id exit.ID
	act := func(daysAgo, minute int, who string, do func(ctx context.Context, u *work.Unit) error) {
		c.then(daysAgo, minute, who, do)
	}
	act(daysAgo, 9*60+20, h.registrar, func(ctx context.Context, u *work.Unit) (err error) {
		id, err = c.proposeExit(ctx, u, h, how)
		return err
	})
	if how == exitProposed {
		return
	}
	act(daysAgo-1, 10*60+30, "supervisor", func(ctx context.Context, u *work.Unit) error {
		return exit.Assess(ctx, u, id, true, "材料齐全，情况属实，同意退出。")
	})
	if how == exitAgreed {
		return
	}
	act(daysAgo-1, 11*60, h.registrar, func(ctx context.Context, u *work.Unit) error {
		return exit.Post(ctx, u, id, u.Today(), "社区公告栏、单位公告栏")
	})
	act(daysAgo-2, 11*60+30, h.registrar, func(ctx context.Context, u *work.Unit) error {
		return exit.Tell(ctx, u, id, exit.Telling{On: u.Today(), How: "home", Whom: h.head.Name})
	})
	if how == exitTold {
		return
	}
	act(daysAgo-14, 14*60, "supervisor", func(ctx context.Context, u *work.Unit) error { return exit.Close(ctx, u, id) })
	if how == leftFalse {
		receive := func(minute int, yuan int64) {
			act(daysAgo-20, minute, "accountant", func(ctx context.Context, u *work.Unit) error {
				return exit.Receive(ctx, u, id, exit.Receipt{Amount: money.Yuan(yuan), ReceivedOn: u.Today(), Paper: "收款收据 0031 号"})
			})
		}
		receive(15*60, 15)
		act(daysAgo-20, 15*60+20, "accountant2", func(ctx context.Context, u *work.Unit) error {
			_, proof, err := exit.FindRecovery(ctx, u, u.By.Scope, id)
			if err != nil {
				return err
			}
			return exit.Reverse(ctx, u, proof.Receipts[0].ID, "金额少录一个零，应为 150 元。")
		})
		receive(15*60+30, 150)
	}
}

// proposeExit proposes the exit with the proof that its reason asks for.
func (c *centre) proposeExit(ctx context.Context, u *work.Unit, h *household, how leaving) (exit.ID, error) {
	papers, err := casefile.EvidenceOf(ctx, u, h.file)
	if err != nil || len(papers) == 0 {
		return 0, fmt.Errorf("%d papers: %w", len(papers), err)
	}
	p := exit.Proposal{Papers: []casefile.EvidenceID{papers[0].ID, papers[len(papers)-1].ID}}
	switch how {
	case exitProposed:
		p.Reason, p.Grounds, p.HappenedOn = "moved", "户主已调到外地单位工作，全家迁出。", u.Today().Add(-9)
	case leftFalse:
		p.Reason, p.Grounds = exit.False, "核查发现名下有出租门面，申报时未填写。"
		paid, err := exit.PaidTo(ctx, u, h.file)
		if err != nil {
			return 0, err
		}
		for _, grant := range paid {
			p.Claims = append(p.Claims, exit.Claim{Payable: grant.Payable, Amount: grant.Amount})
		}
	default:
		p.Reason, p.Grounds = exit.OutOfHardship, "户主重新就业，家庭收入连续半年稳定。"
		people := len(h.members) + 1
		for i := range 6 {
			income := money.Yuan(int64(people) * int64(960+20*i))
			p.Months = append(p.Months, exit.Month{First: exit.FirstOf(u.Today()).AddMonths(i - 6), People: people, Income: income})
		}
	}
	return exit.Propose(ctx, u, h.file, p)
}
