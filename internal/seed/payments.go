package seed

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"slices"

	"bangfu/internal/casefile"
	"bangfu/internal/payment"
	"bangfu/internal/work"
)

// pay tells of the three batches: one answered by the bank with a failure in it, one at the bank, one that waits for
// its release; and of the payable that finance refused.
func (c *centre) pay() {
	var answered, atTheBank, made payment.BatchID
	c.batch(50, &answered, paid, bounced)
	c.batch(8, &atTheBank, atBank)
	c.batch(2, &made, inBatch)
	for _, b := range []struct {
		id      *payment.BatchID
		daysAgo int
	}{{&answered, 49}, {&atTheBank, 7}} {
		c.then(b.daysAgo, 17*60+20, "accountant", func(ctx context.Context, u *work.Unit) error {
			return payment.Release(ctx, u, c.keys, *b.id)
		})
	}
	c.then(46, 17*60+40, "cashier", func(ctx context.Context, u *work.Unit) error { return c.answer(ctx, u, answered) })
	for _, g := range c.cases {
		switch g.outcome {
		case declined:
			c.then(g.daysAgo-5, 17*60+10, "accountant", func(ctx context.Context, u *work.Unit) error {
				id, err := c.payableOf(ctx, u, g)
				if err != nil {
					return err
				}
				// Finance may refuse what lacks its papers (001-64).
				return payment.Decide(ctx, u, id, payment.ActRefuse, "签批单缺少经办人签字，请补齐后再付。")
			})
		case bounced:
			c.then(3, 10*60+40, g.household.registrar, func(ctx context.Context, u *work.Unit) error {
				_, err := casefile.ProposeCard(ctx, u, c.keys, g.household.file,
					casefile.NewCard{Holder: g.household.card.Holder, Branch: "青石县支行", Number: c.card()})
				return err
			})
		}
	}
}

// batch tells how the cashier makes a batch of the payables with one of the outcomes.
func (c *centre) batch(daysAgo int, into *payment.BatchID, outcomes ...outcome) {
	c.then(daysAgo, 17*60+5, "cashier", func(ctx context.Context, u *work.Unit) error {
		var ids []payment.PayableID
		for _, g := range c.cases {
			if !slices.Contains(outcomes, g.outcome) {
				continue
			}
			id, err := c.payableOf(ctx, u, g)
			if err != nil {
				return err
			}
			ids = append(ids, id)
		}
		formats, err := payment.Formats(ctx, u)
		if err != nil || len(formats) == 0 {
			return fmt.Errorf("%d formats: %w", len(formats), err)
		}
		*into, err = payment.Make(ctx, u, ids, formats[0].ID)
		return err
	})
}

// payableOf finds what an approved grant owes.
func (c *centre) payableOf(ctx context.Context, u *work.Unit, g *grantCase) (payment.PayableID, error) {
	all, err := payment.OfFile(ctx, u, u.By, g.household.file)
	for _, p := range all {
		if p.Grant == int64(g.id) {
			return p.ID, nil
		}
	}
	return 0, fmt.Errorf("grant %d has no payable: %w", g.id, err)
}

// answer reads the bank's answer to a batch: what was sent comes back with a result, one line of it a failure.
func (c *centre) answer(ctx context.Context, u *work.Unit, id payment.BatchID) error {
	if err := deferred(ctx, u); err != nil {
		return err
	}
	_, sent, err := payment.Download(ctx, u, c.keys, id)
	if err != nil {
		return err
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(sent, []byte("\xef\xbb\xbf")))).ReadAll()
	if err != nil || len(rows) < 2 {
		return fmt.Errorf("%d rows were sent: %w", len(rows), err)
	}
	fails, err := c.bouncedReference(ctx, u, id)
	if err != nil {
		return err
	}
	for i := range rows {
		switch {
		case i == 0:
			rows[i] = append(rows[i], "处理结果", "失败原因")
		case slices.Contains(rows[i], fails):
			rows[i] = append(rows[i], "失败", "收款账户已销户")
		default:
			rows[i] = append(rows[i], "成功", "")
		}
	}
	var back bytes.Buffer
	if err := csv.NewWriter(&back).WriteAll(rows); err != nil {
		return err
	}
	_, err = payment.Answer(ctx, u, c.keys, id, back.Bytes())
	return err
}

// bouncedReference gives the reference of the line that the bank could not pay.
func (c *centre) bouncedReference(ctx context.Context, u *work.Unit, id payment.BatchID) (string, error) {
	b, err := payment.FindBatch(ctx, u, u.By.Scope, id)
	if err != nil {
		return "", err
	}
	lines, err := payment.Lines(ctx, u, u.By, b, 0, b.Lines)
	if err != nil {
		return "", err
	}
	for _, l := range lines {
		for _, g := range c.cases {
			if g.outcome == bounced && int64(g.id) == l.Payable.Grant {
				return l.Reference, nil
			}
		}
	}
	return "", fmt.Errorf("batch %d has no line that bounces", id)
}
