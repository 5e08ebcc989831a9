package casefileweb

import (
	"net/http"
	"slices"
	"strconv"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/casefilepage"
	"bangfu/templates/layout"
)

// visitedSize is the number of households on one page; visitedMonths is for how long one that did not meet the conditions
// of the register is on the list.
const (
	visitedSize   = 50
	visitedMonths = 24
)

// getVisited lists the households of an audience of visiting aid, with what the standard of the day gives each.
func (h *Handlers) getVisited(w http.ResponseWriter, r *http.Request) error {
	query, today := r.URL.Query(), day.On(h.Now())
	v := casefilepage.VisitedView{Page: h.Page(r, "casefile.visited.title"), Audience: eligibility.Audience(query.Get("audience")), Months: visitedMonths}
	if v.Audience == "" {
		v.Audience = eligibility.Unfiled
	}
	below, err := strconv.ParseInt(query.Get("below"), 10, 64)
	if !slices.Contains(eligibility.Audiences, v.Audience) || query.Has("below") && (err != nil || below < 1) {
		return work.ErrNotFound
	}
	v.Lead, v.Wide = "casefile.visited.lead", true
	v.Crumbs = []layout.Crumb{{Key: "layout.home", Path: "/"}, {Key: "casefile.visited.title"}}
	all, err := eligibility.Standards(r.Context(), h.DB)
	if err != nil {
		return err
	}
	for _, s := range eligibility.StandardsOn(all, today) {
		if s.Audience == v.Audience {
			v.Standard = &s
		}
	}
	if v.Files, v.Next, err = casefile.ListAudience(r.Context(), h.DB, web.By(r).Scope, v.Audience, today.AddMonths(-visitedMonths), work.FileID(below), visitedSize); err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, casefilepage.Visited(v))
}
