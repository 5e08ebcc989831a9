package trial

import (
	"context"

	"bangfu/internal/work"
)

// TryInHalves carries out the trial that waits as look does it on a large register, but one half after the other: a test has
// one connection. It gives how many households each half saw.
func TryInHalves(ctx context.Context, u *work.Unit) (saw [2]int64, err error) {
	r, err := take(ctx, u, u.Now)
	if err != nil {
		return saw, err
	}
	p, err := Find(ctx, u, r.Proposal)
	if err != nil {
		return saw, err
	}
	first, err := planOf(ctx, u, p)
	if err != nil {
		return saw, err
	}
	second := *first
	if err := divide(ctx, u, first, &second); err != nil {
		return saw, err
	}
	for i, half := range []*plan{first, &second} {
		for more := true; more; {
			if more, err = half.step(ctx, u, u.Now, r.ID); err != nil {
				return saw, err
			}
		}
		last, err := LastRun(ctx, u, r.Proposal)
		if err != nil {
			return saw, err
		}
		saw[i] = last.Done - saw[0]
	}
	groups, err := groupsOf(ctx, u, r.ID, first.lines)
	if err != nil {
		return saw, err
	}
	return saw, finish(ctx, u, r.ID, 0, groups)
}
