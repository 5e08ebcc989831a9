package casefileweb

import (
	"context"
	"sync"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/work"
)

// countsFor is how long the numbers beside the lists of a large office are shown again without being counted.
const countsFor = 10 * time.Second

// counts keeps the numbers beside the lists where counting costs something: where more files wait than one number is exact
// for. A small office always sees its lists as they are.
type counts struct {
	mu   sync.Mutex
	kept map[countsKey]countsKept
}

type countsKey struct {
	scope work.Scope
	who   work.StaffID
}

type countsKept struct {
	until time.Time
	lists map[casefile.WorkList]int
}

// mostCounts is for how many people numbers are kept.
const mostCounts = 5000

// waiting gives the numbers beside the lists.
func (h *Handlers) waiting(ctx context.Context, by work.Actor) (map[casefile.WorkList]int, error) {
	key, now := countsKey{by.Scope, by.StaffID}, h.Now()
	h.counts.mu.Lock()
	kept, ok := h.counts.kept[key]
	h.counts.mu.Unlock()
	if ok && now.Before(kept.until) {
		return kept.lists, nil
	}
	lists, err := casefile.Waiting(ctx, h.DB, by.Scope, by.StaffID)
	if err != nil {
		return nil, err
	}
	all := 0
	for _, n := range lists {
		all += n
	}
	if all > casefile.Counted {
		h.counts.keep(key, countsKept{now.Add(countsFor), lists})
	}
	return lists, nil
}

func (c *counts) keep(key countsKey, k countsKept) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.kept == nil || len(c.kept) >= mostCounts {
		c.kept = map[countsKey]countsKept{}
	}
	c.kept[key] = k
}
