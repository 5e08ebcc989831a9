package seed

import (
	"context"
	"strings"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/comparison"
	"bangfu/internal/work"
)

// compare tells of the centre's comparisons: a list of the active households that went out and came back, a second answer
// to it that waits for its columns, and a list before judgement that has not gone out.
func (c *centre) compare() {
	var batch comparison.BatchID
	plan := comparison.Plan{Receiver: "青石县民政局居民家庭经济状况核对中心", Purpose: "年度动态管理，核对在档困难职工家庭的收入和财产", Aim: comparison.ForReview,
		Asked: []comparison.Kind{comparison.Income, comparison.Property, comparison.Vehicle, comparison.Company, comparison.Allowance}, Spare: 6}
	c.then(8, 16*60, "officer", func(ctx context.Context, u *work.Unit) error {
		plan.From, plan.Until = u.Today().AddMonths(-12).Add(1), u.Today()
		var err error
		batch, err = comparison.Make(ctx, u, plan)
		if err != nil {
			return err
		}
		return comparison.Send(ctx, u, batch)
	})
	columns := []comparison.Column{comparison.Skip, comparison.NameCol, comparison.NumberCol, comparison.Column(comparison.Vehicle), comparison.Column(comparison.Company)}
	c.then(5, 16*60+30, "officer", func(ctx context.Context, u *work.Unit) error {
		table, err := c.replied(ctx, u, batch)
		if err != nil {
			return err
		}
		answer, err := comparison.Upload(ctx, u, c.keys, batch, "青石县核对结果.csv", []byte(table))
		if err != nil {
			return err
		}
		if err := comparison.Start(ctx, u, answer, comparison.Mapping{Head: 1, Columns: columns}); err != nil {
			return err
		}
		return comparison.ReadDue(ctx, u.Tx, c.keys, func() time.Time { return u.Now })
	})
	c.then(2, 16*60+40, "officer", func(ctx context.Context, u *work.Unit) error {
		table, err := c.replied(ctx, u, batch)
		if err != nil {
			return err
		}
		_, err = comparison.Upload(ctx, u, c.keys, batch, "补充核对结果.csv", []byte(table))
		return err
	})
	c.then(1, 16*60+50, "officer", func(ctx context.Context, u *work.Unit) error {
		before := plan
		before.Aim, before.Purpose = comparison.ForJudgement, "建档认定前核对家庭经济状况"
		_, err := comparison.Make(ctx, u, before)
		return err
	})
}

// replied is what the office answered: nothing of most people, a car of the third and a shop of the sixth, and a row too
// many.
func (c *centre) replied(ctx context.Context, u *work.Unit, batch comparison.BatchID) (string, error) {
	rows, err := u.Query(ctx, `
		-- seed.replied
		SELECT p.name, p.id_sealed FROM comparison_subject s JOIN casefile_person p ON p.id = s.person_id WHERE s.batch_id = $1 ORDER BY p.id`, batch)
	if err != nil {
		return "", err
	}
	defer rows.Close()
	var b strings.Builder
	b.WriteString("序号,姓名,身份证号,车辆信息,工商登记\n")
	for n := 1; rows.Next(); n++ {
		var name string
		var sealed []byte
		if err := rows.Scan(&name, &sealed); err != nil {
			return "", err
		}
		number, err := casefile.OpenNumber(c.keys, sealed)
		if err != nil {
			return "", err
		}
		car, shop := "无", "无"
		switch n {
		case 3:
			car = "云G·7Q215，2016 年登记"
		case 6:
			shop = "青石县便民小吃店（个体工商户，存续）"
		}
		b.WriteString(strings.Join([]string{"", name, string(number), car, shop}, ",") + "\n")
	}
	b.WriteString(",陌生人,53990119900101,无,无\n")
	return b.String(), rows.Err()
}
