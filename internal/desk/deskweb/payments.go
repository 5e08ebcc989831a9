package deskweb

import (
	"context"

	"bangfu/internal/idcard"
	"bangfu/internal/payment"
	"bangfu/internal/staff"
	"bangfu/templates/deskpage"
	"bangfu/templates/ui"
)

// who names a household to the paying side, masked: whose money it is stands on the page of the payable.
func (d desk) who(head string) string {
	if d.by.Can(staff.CapFileRead) {
		return head
	}
	return idcard.MaskName(head)
}

// payables lists what is owed in one state, the oldest first.
func (d desk) payables(ctx context.Context, state payment.State) (deskpage.List, error) {
	all, err := payment.List(ctx, d, d.by, state, 0, counted)
	return first(all, func(p payment.Payable) deskpage.Item {
		sub := p.Account.Title().In(ctx)
		if p.Reason != "" {
			sub = p.Reason
		}
		return deskpage.Item{Who: d.who(p.HeadName), Sub: p.FileNumber, Href: deskpage.Under(deskpage.PayablePath, int64(p.ID)),
			What: ui.Text("¥" + p.Amount.Grouped()).With(sub), Where: p.Office, Since: d.since(ctx, p.CreatedAt)}
	}), err
}

func (d desk) ready(ctx context.Context) (deskpage.List, error) {
	return d.payables(ctx, payment.Ready)
}

func (d desk) failed(ctx context.Context) (deskpage.List, error) {
	return d.payables(ctx, payment.Failed)
}

// batches lists batches in one state, the newest first.
func (d desk) batches(ctx context.Context, state payment.BatchState) (deskpage.List, error) {
	all, err := payment.ListBatches(ctx, d, d.by.Scope, state, 0, counted)
	return first(all, func(b payment.Batch) deskpage.Item {
		at := b.MadeAt
		if state == payment.Released {
			at = b.ReleasedAt
		}
		return deskpage.Item{Who: b.Number, Sub: b.MadeName, Href: deskpage.Under(deskpage.BatchPath, int64(b.ID)),
			What: ui.Word("desk.lines", b.Lines, b.Total), Where: b.Office, Since: d.since(ctx, at)}
	}), err
}

func (d desk) toRelease(ctx context.Context) (deskpage.List, error) {
	return d.batches(ctx, payment.Made)
}

func (d desk) toAnswer(ctx context.Context) (deskpage.List, error) {
	return d.batches(ctx, payment.Released)
}
