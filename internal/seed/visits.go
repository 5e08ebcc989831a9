package seed

import (
	"context"

	"bangfu/internal/day"
	"bangfu/internal/idcard"
	"bangfu/internal/staff"
	"bangfu/internal/visit"
	"bangfu/internal/work"
)

// visits tells of a training, of a half-year review of the county in two teams so trained, of which the first has begun its route, of a random
// sample with its seed, and of two members of staff who declared relatives.
func (c *centre) visits() {
	var plan visit.PlanID
	c.then(10, 14*60, "supervisor", func(ctx context.Context, u *work.Unit) error {
		var people []work.StaffID
		for _, who := range []string{"clerk", "clerk2", "clerk3", "clerk4"} {
			people = append(people, c.people[who].StaffID)
		}
		_, err := visit.Train(ctx, u, visit.Training{On: u.Today(), Subject: "困难职工识别标准、调查表填写和入户询问", Hours: 6, Trainer: "马骏", People: people})
		return err
	})
	c.then(9, 9*60+5, "supervisor", func(ctx context.Context, u *work.Unit) (err error) {
		plan, err = visit.MakePlan(ctx, u, visit.Plan{Name: "下半年在档家庭走访", Kind: visit.HalfYear, Aim: "在档家庭不漏一户，核实收入、住房和子女就学",
			From: u.Today(), Until: u.Today().Add(20), LedBy: "马骏", Trained: u.Today().Year() == c.date(10).Year()}, []visit.Team{
			{Leader: "马骏", Visitors: [2]work.StaffID{c.people["clerk"].StaffID, c.people["clerk2"].StaffID}},
			{Leader: "钱江", Visitors: [2]work.StaffID{c.people["clerk3"].StaffID, c.people["clerk4"].StaffID}}})
		return err
	})
	talks := []visit.Talk{
		{Situation: "户主每周透析三次，医保外自付约 800 元", Degree: visit.DegreeSevere, Opinions: "希望工会的体检能到厂里来做", Proposals: "联系县医院减免检查费"},
		{Situation: "孩子今年入读高中，住校", Degree: visit.DegreeHard, Opinions: "助学金能早些到账就好了", Proposals: "开学前两周发放助学金"},
		{Situation: "妻子已到公交公司做保洁，收入稳定", Degree: visit.DegreeEased, Proposals: "年底复核是否退出"},
	}
	for i, talk := range talks {
		c.then(8-i, 14*60, "clerk", func(ctx context.Context, u *work.Unit) error {
			stops, err := visit.Route(ctx, u, u.By.Scope, plan, 1, true, visit.StopCursor{}, 1)
			if err != nil || len(stops) == 0 {
				return err
			}
			differs := visit.Item("")
			if talk.Degree == visit.DegreeEased {
				differs = "income"
			}
			r := c.report(u, [2]string{"clerk", "clerk2"}, "", differs)
			r.Talk = talk
			if differs != "" {
				r.Agrees, r.Remark = false, "收入有变化，请按变更办理"
			}
			_, err = visit.RecordFollowUp(ctx, u, stops[0].FileID, visit.Review, r)
			return err
		})
	}
	c.then(7, 15*60, "clerk3", func(ctx context.Context, u *work.Unit) error {
		stops, err := visit.Route(ctx, u, u.By.Scope, plan, 2, true, visit.StopCursor{}, 1)
		if err != nil || len(stops) == 0 {
			return err
		}
		return visit.Miss(ctx, u, stops[0].ID, visit.Absent, "邻居说去市里看病，周末回来")
	})
	c.drawSample()
	c.declareRelatives()
}

// drawSample announces a sample and gives its seed the day after.
func (c *centre) drawSample() {
	var drawn visit.SampleID
	c.then(6, 9*60, "supervisor", func(ctx context.Context, u *work.Unit) (err error) {
		drawn, err = visit.Announce(ctx, u, "年度三成抽查", visit.LeastShare)
		return err
	})
	c.then(5, 16*60, "officer", func(ctx context.Context, u *work.Unit) error {
		return visit.GiveSeed(ctx, u, drawn, u.Today(), "2026482", "福彩 3D 当日期号和开奖号码 4 8 2")
	})
}

// declareRelatives lets a caseworker name a relative who is in no household, and another confirm it.
func (c *centre) declareRelatives() {
	number := c.number("539901", day.Of(1955, 6, 18), idcard.Male)
	var declared staff.RelativeID
	c.then(4, 11*60, "clerk4", func(ctx context.Context, u *work.Unit) (err error) {
		declared, err = staff.Declare(ctx, u, c.keys, "parent", "杨德贵", number)
		return err
	})
	c.then(3, 9*60, "officer", func(ctx context.Context, u *work.Unit) error { return staff.Confirm(ctx, u, declared, true, "") })
}

// related lets a member of the leading group name the head of a household that waits for its visit.
func (c *centre) related(h *household) {
	if h.fate != submitted || h.registrar != "clerk" {
		return
	}
	c.then(1, 17*60, "group2", func(ctx context.Context, u *work.Unit) error {
		_, err := staff.Declare(ctx, u, c.keys, "in_law", h.head.Name, h.head.Number)
		return err
	})
}
