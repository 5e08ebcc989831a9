package seed

import (
	"context"
	"fmt"

	"bangfu/internal/eligibility"
	"bangfu/internal/money"
	"bangfu/internal/trial"
	"bangfu/internal/work"
)

// proposedLine tells of the line of next year that was entered last week and that nobody confirmed yet: its trial is waiting.
func (c *centre) proposedLine() {
	c.then(6, 10*60+15, "admin", func(ctx context.Context, u *work.Unit) error {
		year := c.today.Year() + 1
		_, err := trial.ProposeLine(ctx, u, eligibility.Line{District: "539901", From: newYear(year), Monthly: money.Yuan(735),
			Source: fmt.Sprintf("青石县民政局关于调整 %d 年低保标准的通知", year)})
		return err
	})
}

// standards tells of the standards of visiting aid: both set in summer, and the one for households on the register raised
// since, while the other stayed as it was.
func (c *centre) standards() {
	for _, s := range []struct {
		ago      int
		audience eligibility.Audience
		yuan     int64
		source   string
	}{
		{120, eligibility.Filed, 800, "县总工会走访慰问标准的通知"},
		{120, eligibility.Unfiled, 500, "县总工会走访慰问标准的通知"},
		{20, eligibility.Filed, 1000, "县总工会党组会议纪要：提高建档困难职工救助标准"},
	} {
		c.then(s.ago, 9*60, "admin", func(ctx context.Context, u *work.Unit) error {
			return eligibility.AddStandard(ctx, u, eligibility.Standard{Audience: s.audience, From: u.Today(), Amount: money.Yuan(s.yuan), Source: s.source})
		})
	}
}
