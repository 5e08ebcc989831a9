package visitweb

import (
	"net/http"

	"bangfu/internal/day"
	"bangfu/internal/staff"
	"bangfu/internal/visit"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
	"bangfu/templates/visitpage"
)

// tabs leads between the lists of visits; what waits for a visit is only for those who visit.
func tabs(r *http.Request, current string) []ui.Tab {
	return visitpage.Tabs(current, web.By(r).Can(staff.CapVisitRecord))
}

// under is the way to a page below one of the lists.
func under(title words.Key, path string, more ...layout.Crumb) []layout.Crumb {
	return append([]layout.Crumb{{Key: "layout.home", Path: "/"}, {Key: title, Path: path}}, more...)
}

// getPlans lists the programmes of visits.
func (h *Handlers) getPlans(w http.ResponseWriter, r *http.Request) error {
	below, err := web.QueryID[visit.PlanID](r, "below")
	if err != nil {
		return err
	}
	plans, err := visit.ListPlans(r.Context(), h.DB, web.By(r), below, pageSize+1)
	if err != nil {
		return err
	}
	view := visitpage.PlansView{Page: h.Page(r, "visit.plans"), Tabs: tabs(r, visitpage.PlansPath), Plans: plans}
	view.Crumbs, view.Wide = []layout.Crumb{{Key: "layout.home", Path: "/"}}, true
	if web.By(r).Can(staff.CapVisitPlan) {
		view.Actions = []ui.Btn{{Key: "visit.plan_new", Href: visitpage.NewPlanPath}}
	}
	if len(plans) > pageSize {
		view.Plans, view.Next = plans[:pageSize], plans[pageSize-1].ID
	}
	return h.Render(w, r, http.StatusOK, visitpage.Plans(view))
}

// plan finds the plan of the address.
func (h *Handlers) plan(r *http.Request) (visit.Plan, error) {
	id, err := web.PathID[visit.PlanID](r, "plan")
	if err != nil {
		return visit.Plan{}, err
	}
	return visit.FindPlan(r.Context(), h.DB, web.By(r), id)
}

// getPlan shows a plan with how far it is.
func (h *Handlers) getPlan(w http.ResponseWriter, r *http.Request) error {
	p, err := h.plan(r)
	if err != nil {
		return err
	}
	teams, err := visit.Teams(r.Context(), h.DB, p.ID)
	if err != nil {
		return err
	}
	standing, err := visit.StandingOf(r.Context(), h.DB, web.By(r).Scope, p.ID, day.On(h.Now()))
	if err != nil {
		return err
	}
	view := visitpage.PlanView{Page: h.Page(r, "visit.plan_title", p.Name), Plan: p, Teams: teams, Standing: standing}
	view.Crumbs = under("visit.plans", visitpage.PlansPath)
	view.Actions = []ui.Btn{
		{Key: "visit.routes_open", Href: visitpage.StopsPath(p.ID, 0)},
		{Key: "visit.sheet_open", Href: visitpage.RouteSheetPath(p.ID, 0), Look: ui.Secondary},
		{Key: "visit.report_open", Href: visitpage.ReportPath(p.ID), Look: ui.Secondary},
	}
	view.MayClose = web.By(r).Can(staff.CapVisitPlan) && !p.Closed && web.By(r).OrgID == p.OrgID
	return h.Render(w, r, http.StatusOK, visitpage.Plan(view))
}

// postPlanClosing ends a plan.
func (h *Handlers) postPlanClosing(w http.ResponseWriter, r *http.Request) error {
	if _, err := web.Only(r); err != nil {
		return err
	}
	p, err := h.plan(r)
	if err != nil {
		return err
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		return visitpage.PlanPath(p.ID), visit.ClosePlan(r.Context(), u, p.ID)
	})
	if err != nil {
		return err
	}
	h.Flash(r, "visit.plan_is_closed")
	return web.SeeOther(w, r, to)
}

// getReport prints what a plan's visits found, for party and management.
func (h *Handlers) getReport(w http.ResponseWriter, r *http.Request) error {
	p, err := h.plan(r)
	if err != nil {
		return err
	}
	by := web.By(r)
	summary, err := visit.Summarise(r.Context(), h.DB, by.Scope, p.ID)
	if err != nil {
		return err
	}
	standing, err := visit.StandingOf(r.Context(), h.DB, by.Scope, p.ID, day.On(h.Now()))
	if err != nil {
		return err
	}
	sheet := layout.Sheet{Page: h.Page(r, "visit.report_title", p.Name), Number: p.OrgName, By: by.Name, At: h.Now(),
		Back: visitpage.PlanPath(p.ID)}
	return h.Render(w, r, http.StatusOK, visitpage.Report(visitpage.ReportView{Sheet: sheet, Plan: p, Summary: summary, Standing: standing}))
}

// getCoverage lists the households on the register that nobody visited in a period, and counts who went how often.
func (h *Handlers) getCoverage(w http.ResponseWriter, r *http.Request) error {
	today := day.On(h.Now())
	f := newCoverageForm(r.URL.Query(), today)
	from, until := f.Field("from").Date(), f.Field("until").Date()
	page := h.Page(r, "visit.coverage")
	page.Lead, page.Wide = "visit.coverage_lead", true
	page.Crumbs, page.Form = []layout.Crumb{{Key: "layout.home", Path: "/"}}, f
	view := visitpage.CoverageView{Page: page, Tabs: tabs(r, visitpage.CoveragePath), Filter: f, From: from, Until: until}
	if len(f.Errors()) > 0 {
		return h.Render(w, r, http.StatusUnprocessableEntity, visitpage.Coverage(view))
	}
	scope := web.By(r).Scope
	below, err := web.QueryID[work.FileID](r, "below")
	if err != nil {
		return err
	}
	if view.Tally, err = visit.TallyOf(r.Context(), h.DB, scope, from, until); web.Refused(f, err) {
		return h.Render(w, r, http.StatusUnprocessableEntity, visitpage.Coverage(view))
	} else if err != nil {
		return err
	}
	view.Omitted, err = visit.OmittedPage(r.Context(), h.DB, scope, from, until, below, pageSize+1)
	if err != nil {
		return err
	}
	view.Counted = true
	if len(view.Omitted) > pageSize {
		view.Omitted = view.Omitted[:pageSize]
		view.Next = view.Omitted[pageSize-1].FileID
	}
	return h.Render(w, r, http.StatusOK, visitpage.Coverage(view))
}
