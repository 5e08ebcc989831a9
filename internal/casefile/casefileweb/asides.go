package casefileweb

import (
	"net/http"

	"bangfu/internal/casefile"
	"bangfu/internal/web"
	"bangfu/internal/work"
)

// asides are what stands beside every list.
type asides struct {
	counts web.Kept[map[casefile.WorkList]int]
	marked web.Settled[[]casefile.Saved]
	totals map[casefile.WorkList]*web.Kept[int]
}

// prepare says what of what stands beside the lists costs something.
func (a *asides) prepare() {
	a.counts.Dear = dear
	a.totals = map[casefile.WorkList]*web.Kept[int]{}
	for _, list := range casefile.WorkLists {
		a.totals[list] = &web.Kept[int]{Dear: func(n int) bool { return n > casefile.Counted }}
	}
}

// total gives how many files a list longer than a page holds, up to casefile.Longest and one: the number on its tab where
// that is exact, else one that is kept. A list that is narrowed is not counted (-1), since nothing bounds what that costs.
func (h *Handlers) total(r *http.Request, by work.Actor, query casefile.Query, page casefile.Page, counts map[casefile.WorkList]int) (int, error) {
	if query.Filter != (casefile.Filter{}) || page.Before == 0 && page.After == 0 {
		return -1, nil
	}
	if n := counts[query.List]; n > 0 && n <= casefile.Counted {
		return n, nil
	}
	return h.asides.totals[query.List].Get(h.Kit, by, func() (int, error) {
		return casefile.CountList(r.Context(), h.DB, by.Scope, query.List, by.StaffID, casefile.Longest)
	})
}

// dear says that counting cost something: more files wait than one number is exact for.
func dear(lists map[casefile.WorkList]int) bool {
	all := 0
	for _, n := range lists {
		all += n
	}
	return all > casefile.Counted
}

// waiting gives the numbers beside the lists.
func (h *Handlers) waiting(r *http.Request, by work.Actor) (map[casefile.WorkList]int, error) {
	return h.asides.counts.Get(h.Kit, by, func() (map[casefile.WorkList]int, error) {
		return casefile.Waiting(r.Context(), h.DB, by.Scope, by.StaffID)
	})
}

// marked gives the lists that the reader put a star on or lets open first.
func (h *Handlers) marked(r *http.Request, by work.Actor) ([]casefile.Saved, error) {
	return h.asides.marked.Get(h.Kit, r, by.StaffID, func() ([]casefile.Saved, error) {
		return casefile.Marked(r.Context(), h.DB, by)
	})
}
