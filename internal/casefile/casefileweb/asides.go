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
