package visitweb

import (
	"errors"
	"net/http"
	"net/url"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/staff"
	"bangfu/internal/visit"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
	"bangfu/templates/visitpage"
)

// getStops lists the stops of a plan in the order of the route, one household a row, for a phone.
func (h *Handlers) getStops(w http.ResponseWriter, r *http.Request) error {
	p, err := h.plan(r)
	if err != nil {
		return err
	}
	openOnly := r.URL.Query().Get("all") != "yes"
	team, after, err := place(r)
	if err != nil {
		return err
	}
	stops, err := visit.Route(r.Context(), h.DB, web.By(r).Scope, p.ID, team, openOnly, after, pageSize+1)
	if err != nil {
		return err
	}
	teams, err := visit.Teams(r.Context(), h.DB, p.ID)
	if err != nil {
		return err
	}
	view := visitpage.StopsView{Page: h.Page(r, "visit.stops_title", p.Name), Plan: p, Teams: teams, Team: team, All: !openOnly, Stops: stops, Today: day.On(h.Now()),
		May: web.By(r).Can(staff.CapVisitRecord)}
	view.Crumbs = under("visit.plans", visitpage.PlansPath, layout.Crumb{Text: p.Name, Path: visitpage.PlanPath(p.ID)})
	if len(stops) > pageSize {
		view.Stops, view.More = stops[:pageSize], true
	}
	return h.Render(w, r, http.StatusOK, visitpage.Stops(view))
}

// place reads whose route the address asks for, zero for all, and the stop behind which its page begins.
func place(r *http.Request) (team int, after visit.StopCursor, err error) {
	var wrong [4]error
	team, wrong[0] = web.QueryID[int](r, "team")
	after.Team, wrong[1] = web.QueryID[int](r, "t")
	after.Position, wrong[2] = web.QueryID[int](r, "p")
	after.ID, wrong[3] = web.QueryID[visit.StopID](r, "s")
	return team, after, errors.Join(wrong[:]...)
}

// sheetSize is the most stops on one printed sheet; a team's stretch that is longer is printed in parts.
const sheetSize = 200

// getRouteSheet prints the routes: of one team, or of all.
func (h *Handlers) getRouteSheet(w http.ResponseWriter, r *http.Request) error {
	p, err := h.plan(r)
	if err != nil {
		return err
	}
	by := web.By(r)
	team, after, err := place(r)
	if err != nil {
		return err
	}
	stops, err := visit.Route(r.Context(), h.DB, by.Scope, p.ID, team, true, after, sheetSize+1)
	if err != nil {
		return err
	}
	teams, err := visit.Teams(r.Context(), h.DB, p.ID)
	if err != nil {
		return err
	}
	view := visitpage.RouteSheetView{Plan: p, Teams: teams, Team: team}
	if len(stops) > sheetSize {
		stops, view.More = stops[:sheetSize], true
	}
	view.Stops = stops
	files := make([]work.FileID, len(stops))
	for i, s := range stops {
		files[i] = s.FileID
	}
	if view.Phones, err = casefile.HeadPhones(r.Context(), h.DB, h.Keys, by.Scope, files); err != nil {
		return err
	}
	view.Sheet = layout.Sheet{Page: h.Page(r, "visit.sheet_title", p.Name), Number: p.OrgName, By: by.Name, At: h.Now(),
		Back: visitpage.PlanPath(p.ID), Wide: true}
	return h.Render(w, r, http.StatusOK, visitpage.RouteSheet(view))
}

// newAbsenceForm asks why a household was not met.
func newAbsenceForm(values url.Values) *form.Form {
	f := form.New(values)
	f.Choice("why", "visit.why_head", form.Options(visit.Whys...), form.Required, form.Default(string(visit.Absent)))
	f.Text("note", "visit.note", form.Hint("visit.why_note_hint"))
	return f
}

// getStop shows one household of a plan: where, whom to ask for, what to look at, and the way to the record.
func (h *Handlers) getStop(w http.ResponseWriter, r *http.Request) error {
	return h.showStop(w, r, http.StatusOK, newAbsenceForm(nil))
}

func (h *Handlers) showStop(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	id, err := web.PathID[visit.StopID](r, "stop")
	if err != nil {
		return err
	}
	scope := web.By(r).Scope
	s, err := visit.FindStop(r.Context(), h.DB, scope, id)
	if err != nil {
		return err
	}
	phones, err := casefile.HeadPhones(r.Context(), h.DB, h.Keys, scope, []work.FileID{s.FileID})
	if err != nil {
		return err
	}
	view := visitpage.StopView{Page: h.Page(r, "visit.stop_title", s.HeadName), Stop: s, Phone: phones[s.FileID], Today: day.On(h.Now())}
	view.Crumbs = under("visit.plans", visitpage.PlansPath, layout.Crumb{Text: s.Plan, Path: visitpage.StopsPath(s.PlanID, s.Team)})
	if s.State == visit.StopOpen {
		view.Form, view.Miss = f, f
		view.Actions = []ui.Btn{{Key: "visit.stop_record", Href: visitpage.StopRecordPath(s)}}
	}
	return h.Render(w, r, status, visitpage.Stop(view))
}

// postAbsence notes that a household was not met, and goes back to the route.
func (h *Handlers) postAbsence(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	id, err := web.PathID[visit.StopID](r, "stop")
	if err != nil {
		return err
	}
	f := newAbsenceForm(values)
	s, err := visit.FindStop(r.Context(), h.DB, web.By(r).Scope, id)
	if err != nil {
		return err
	}
	if !f.Valid() {
		return h.showStop(w, r, http.StatusUnprocessableEntity, f)
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		return visitpage.StopsPath(s.PlanID, s.Team), visit.Miss(r.Context(), u, id, form.One[visit.Why](f.Field("why")), f.Field("note").Text())
	})
	if s.State == visit.StopOpen && web.Refused(f, err) {
		return h.showStop(w, r, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	h.Flash(r, "visit.missed")
	return web.SeeOther(w, r, to)
}
