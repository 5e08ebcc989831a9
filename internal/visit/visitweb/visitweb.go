// Package visitweb holds the addresses of home visits.
package visitweb

import (
	"net/http"
	"slices"
	"time"

	"github.com/a-h/templ"

	"bangfu/internal/casefile"
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

// Handlers answers the addresses of home visits.
type Handlers struct{ *web.Kit }

// Routes declares the addresses.
func Routes(rs *web.Routes, k *web.Kit) {
	h := &Handlers{k}
	rs.Get("/visits", staff.CapVisitRecord, h.getVisits)
	rs.Get("/visits/{visit}", staff.CapFileRead, h.getVisit)
	rs.Get("/visits/{visit}/form", staff.CapFileRead, h.getFilled)
	rs.Get("/files/{file}/visit", staff.CapVisitRecord, h.getRecord)
	rs.Post("/files/{file}/visit", staff.CapVisitRecord, h.postRecord)
	rs.Get("/files/{file}/visit/form", staff.CapVisitRecord, h.getBlank)
	rs.Get(visitpage.EmptyPath, staff.CapFileRead, h.getEmpty)
	rs.Post("/files/{file}/visit/draft", staff.CapVisitRecord, h.postDraft)

	rs.Get(visitpage.PlansPath, staff.CapFileRead, h.getPlans)
	rs.Get(visitpage.NewPlanPath, staff.CapVisitPlan, h.getNewPlan)
	rs.Post(visitpage.NewPlanPath, staff.CapVisitPlan, h.postNewPlan)
	rs.Get("/visits/plans/{plan}", staff.CapFileRead, h.getPlan)
	rs.Post("/visits/plans/{plan}/closing", staff.CapVisitPlan, h.postPlanClosing)
	rs.Get("/visits/plans/{plan}/stops", staff.CapFileRead, h.getStops)
	rs.Get("/visits/plans/{plan}/sheet", staff.CapFileRead, h.getRouteSheet)
	rs.Get("/visits/plans/{plan}/report", staff.CapFileRead, h.getReport)
	rs.Get("/visits/stops/{stop}", staff.CapVisitRecord, h.getStop)
	rs.Post("/visits/stops/{stop}/absence", staff.CapVisitRecord, h.postAbsence)
	rs.Get(visitpage.CoveragePath, staff.CapFileRead, h.getCoverage)

	rs.Get(visitpage.TrainingsPath, staff.CapFileRead, h.getTrainings)
	rs.Get(visitpage.TrainPath, staff.CapVisitPlan, h.getTrain)
	rs.Post(visitpage.TrainPath, staff.CapVisitPlan, h.postTrain)
	rs.Get("/visits/trainings/{training}", staff.CapFileRead, h.getTraining)
	rs.Post("/visits/trainings/{training}/void", staff.CapVisitPlan, h.postVoid)

	rs.Get(visitpage.SamplesPath, staff.CapFileRead, h.getSamples)
	rs.Get(visitpage.NewSamplePath, staff.CapVisitPlan, h.getNewSample)
	rs.Post(visitpage.NewSamplePath, staff.CapVisitPlan, h.postNewSample)
	rs.Get("/visits/samples/{sample}", staff.CapFileRead, h.getSample)
	rs.Post("/visits/samples/{sample}/seed", staff.CapVisitPlan, h.postSeed)
	rs.Get("/visits/samples/{sample}/frame", staff.CapFileRead, h.getFrame)
	rs.Get("/visits/samples/{sample}/sheet", staff.CapFileRead, h.getSampleSheet)

	rs.Get(visitpage.RulesPath, staff.CapRulesManage, h.getRule)
	rs.Post(visitpage.RulesPath, staff.CapRulesManage, h.postRule)
}

// pageSize is the number of households on one page of the list.
const pageSize = 50

// getVisits lists the households that wait for a visit.
func (h *Handlers) getVisits(w http.ResponseWriter, r *http.Request) error {
	after, err := web.QueryID[work.FileID](r, "after")
	if err != nil {
		return err
	}
	scope := web.By(r).Scope
	errands, next, err := visit.Waiting(r.Context(), h.DB, scope, after, pageSize)
	if err != nil {
		return err
	}
	total, err := visit.Count(r.Context(), h.DB, scope)
	if err != nil {
		return err
	}
	page := h.Page(r, "visit.waiting")
	page.Lead, page.Wide = "visit.waiting_lead", true
	page.Crumbs = []layout.Crumb{{Key: "layout.home", Path: "/"}}
	return h.Render(w, r, http.StatusOK, visitpage.List(visitpage.ListView{
		Page: page, Tabs: visitpage.Tabs(visitpage.ListPath, true), Errands: errands, Total: total, Today: day.On(h.Now()), Next: next}))
}

// getVisit shows a visit on record.
func (h *Handlers) getVisit(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID[visit.ID](r, "visit")
	if err != nil {
		return err
	}
	scope := web.By(r).Scope
	v, err := visit.Find(r.Context(), h.DB, scope, id)
	if err != nil {
		return err
	}
	f, err := casefile.Find(r.Context(), h.DB, scope, v.FileID)
	if err != nil {
		return err
	}
	page := h.Page(r, "visit.title", v.VisitedOn)
	page.Crumbs, page.Identity = crumbs(web.By(r), f), visitpage.Identity(f)
	page.Actions = []ui.Btn{{Key: "visit.filled.open", Href: visitpage.FilledPath(id), Look: ui.Secondary}}
	view := visitpage.VisitView{Page: page, Visit: v}
	if v.Purpose == visit.Key || v.Purpose == visit.Again || v.Purpose == visit.Second {
		if view.Before, err = visit.Before(r.Context(), h.DB, scope, v); err != nil {
			return err
		}
	}
	if view.Next, err = visit.NextStop(r.Context(), h.DB, scope, id); err != nil {
		return err
	}
	if view.Next != 0 && web.By(r).Can(staff.CapVisitRecord) {
		view.Actions = append([]ui.Btn{{Key: "visit.next_stop", Href: visitpage.StopPath(view.Next)}}, view.Actions...)
	}
	return h.Render(w, r, http.StatusOK, visitpage.Visit(view))
}

// crumbs is the way to a page of a file's visits; it leads over the list of visits to make only those who make them.
func crumbs(by work.Actor, f casefile.File) []layout.Crumb {
	way := []layout.Crumb{{Key: "layout.home", Path: "/"}}
	if by.Can(staff.CapVisitRecord) {
		way = append(way, layout.Crumb{Key: "visit.waiting", Path: visitpage.ListPath})
	}
	return append(way, layout.Crumb{Text: f.HeadName, Path: visitpage.FilePath(f.ID)})
}

// Panel shows the visits of a file on the worker's page.
func Panel(k *web.Kit) func(r *http.Request, f casefile.File) (templ.Component, error) {
	return func(r *http.Request, f casefile.File) (templ.Component, error) {
		by := web.By(r)
		visits, err := visit.OfFile(r.Context(), k.DB, by.Scope, f.ID)
		if err != nil {
			return nil, err
		}
		var relatives []casefile.Relative
		if len(visits) == 0 || visits[0].Related {
			if relatives, err = casefile.Relatives(r.Context(), k.DB, f.ID); err != nil {
				return nil, err
			}
		}
		view := visitpage.PanelView{FileID: f.ID, Visits: visits, Relatives: relatives}
		if by.Can(staff.CapVisitRecord) {
			due, err := visit.DueFor(r.Context(), k.DB, f)
			if err != nil {
				return nil, err
			}
			view.Due = due.Purpose
			view.FollowUp = visit.FollowUp(f, visit.Review).Purpose != visit.Nothing
		}
		if len(visits) == 0 && len(relatives) == 0 && view.Due == visit.Nothing && !view.FollowUp {
			return nil, nil
		}
		return visitpage.Panel(view), nil
	}
}

// Signed fills the box of the home visit on a file's application form: the last first visit by the given time.
func Signed(k *web.Kit) func(r *http.Request, f casefile.File, by time.Time) ([]ui.Opinion, error) {
	return func(r *http.Request, f casefile.File, by time.Time) ([]ui.Opinion, error) {
		visits, err := visit.OfFile(r.Context(), k.DB, web.By(r).Scope, f.ID)
		if err != nil {
			return nil, err
		}
		box := ui.Opinion{Key: "visit.print.found"}
		at := slices.IndexFunc(visits, func(v visit.Visit) bool {
			return v.Round == f.Round && v.Purpose == visit.First && !v.EnteredAt.After(by)
		})
		if at < 0 {
			return []ui.Opinion{box}, nil
		}
		v, ctx := visits[at], r.Context()
		answer := words.Key("visit.agrees")
		if !v.Agrees {
			answer = "visit.differs"
		}
		box.Text, box.On = words.T(ctx, "visit.print.text", answer, v.Remark), words.Long(ctx, v.VisitedOn)
		box.By = words.T(ctx, "visit.print.two", v.Visitors[0], v.Visitors[1])
		return []ui.Opinion{box}, nil
	}
}
