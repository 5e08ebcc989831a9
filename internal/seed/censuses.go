package seed

import (
	"context"

	"bangfu/internal/casefile"
	"bangfu/internal/census"
	"bangfu/internal/day"
	"bangfu/internal/idcard"
	"bangfu/internal/nomination"
	"bangfu/internal/work"
)

// censuses tells of a census by survey form, of which one bundle is half back and the other overdue, and of two workers
// whom the mill's union nominated: one waits, one was sent back for a paper.
func (c *centre) censuses() {
	var id census.ID
	c.then(21, 9*60, "supervisor", func(ctx context.Context, u *work.Unit) (err error) {
		id, err = census.Make(ctx, u, census.Draft{Name: "年末特困职工普查", Aim: "摸清特困职工底数，不漏一户", From: u.Today(), Until: u.Today().Add(60)})
		if err != nil {
			return err
		}
		for _, h := range []census.Handing{
			{OrgID: c.orgs["QSFZ"].ID, Unit: "青石纺织厂二车间", Count: 12, TakenBy: "韩雪", On: u.Today(), Due: u.Today().Add(14)},
			{OrgID: c.orgs["QSX"].ID, Unit: "县属零散企业", Count: 8, TakenBy: "罗杰", On: u.Today(), Due: u.Today().Add(45)},
		} {
			if _, err = census.HandOut(ctx, u, id, h); err != nil {
				return err
			}
		}
		return nil
	})
	c.then(6, 15*60, "clerk2", func(ctx context.Context, u *work.Unit) error {
		if _, err := census.Return(ctx, u, id, census.Ranges{{First: 1, Last: 9}, {First: 13, Last: 14}}, u.Today()); err != nil {
			return err
		}
		forms, err := census.Forms(ctx, u, u.By.Scope, id, census.Returned, 0, 3)
		if err != nil {
			return err
		}
		for i, reason := range []census.Reason{"above", "covered", census.Blank} {
			head := []string{"高远", "马丽", ""}[i]
			if err := census.Dismiss(ctx, u, forms[i].ID, head, reason, ""); err != nil {
				return err
			}
		}
		return nil
	})
	sick := [2]idcard.Number{c.number("539901", day.Of(1978, 4, 9), idcard.Female), c.number("539901", day.Of(1983, 11, 2), idcard.Male)}
	var second nomination.ID
	c.then(3, 10*60, "unitclerk", func(ctx context.Context, u *work.Unit) error {
		_, err := nomination.Make(ctx, u, c.keys, nomination.Worker{Name: "唐小梅", Number: sick[0], Phone: "13800009001", Employer: "青石纺织厂",
			Address: "青石县纺织厂家属院 4 栋", Cause: casefile.SeriousIllness, Happened: "今年 3 月确诊尿毒症，每周透析三次，自付已超过 4 万元。",
			Papers: []casefile.EvidenceKind{casefile.Diagnosis, casefile.Receipts}})
		if err != nil {
			return err
		}
		second, err = nomination.Make(ctx, u, c.keys, nomination.Worker{Name: "龚志远", Number: sick[1], Employer: "青石纺织厂", Cause: casefile.SeriousIllness,
			Happened: "肺部手术后在家休养，停薪。"})
		return err
	})
	c.then(2, 9*60, "clerk3", func(ctx context.Context, u *work.Unit) error {
		return nomination.Decline(ctx, u, second, "请补二级以上医院的诊断证明和住院票据后再推荐")
	})
}
