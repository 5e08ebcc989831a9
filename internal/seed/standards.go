package seed

import (
	"context"

	"bangfu/internal/eligibility"
	"bangfu/internal/money"
	"bangfu/internal/work"
)

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
