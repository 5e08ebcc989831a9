package seed

import (
	"context"
	"fmt"

	"bangfu/internal/review"
	"bangfu/internal/work"
)

// review tells of the half-year round that the centre is in: opened nine days ago, some files looked at, one waits for
// the second person, in one paper and record differ.
func (c *centre) review() {
	var round review.Round
	c.then(9, 8*60+40, "officer", func(ctx context.Context, u *work.Unit) error {
		id, err := review.Begin(ctx, u, review.HalfYear, u.Today(), u.Today().AddMonths(1))
		if err != nil {
			return err
		}
		round, err = review.Find(ctx, u, u.By.Scope, id)
		return err
	})
	findings := []review.Finding{
		{Outcome: review.Unchanged, PapersAgree: true},
		{Outcome: review.Unchanged},
		{Outcome: review.Category, Note: "配偶收入减少，请按现行标准重新认定。", PapersAgree: true},
		{Outcome: review.Change, Note: "联系电话已更换。", PapersAgree: true},
		{Outcome: review.Unchanged, PapersAgree: true},
	}
	for i, f := range findings {
		c.then(7-i, 9*60+15+i*10, "clerk", func(ctx context.Context, u *work.Unit) error {
			waiting, _, err := review.FilesOf(ctx, u, u.By.Scope, round, review.Waiting, 0, 1)
			if err != nil || len(waiting) == 0 {
				return fmt.Errorf("%d files wait in the round: %w", len(waiting), err)
			}
			return review.Record(ctx, u, round.ID, waiting[0].FileID, f)
		})
	}
}
