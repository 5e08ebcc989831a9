// Package censusweb holds the addresses of censuses by survey form.
package censusweb

import (
	"net/http"
	"net/url"

	"github.com/a-h/templ"

	"bangfu/internal/casefile"
	"bangfu/internal/census"
	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/censuspage"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// Handlers answers the addresses of censuses.
type Handlers struct{ *web.Kit }

// Routes declares the addresses. Who takes a census hands out its forms, as with programmes of visits; who registers
// households takes forms back and enters them.
func Routes(rs *web.Routes, k *web.Kit) {
	h := &Handlers{k}
	rs.Get(censuspage.ListPath, staff.CapFileRead, h.getList)
	rs.Get(censuspage.NewPath, staff.CapVisitPlan, h.getNew)
	rs.Post(censuspage.NewPath, staff.CapVisitPlan, h.postNew)
	rs.Get("/censuses/{census}", staff.CapFileRead, h.getCensus)
	rs.Get("/censuses/{census}/bundles/new", staff.CapVisitPlan, h.getHanding)
	rs.Post("/censuses/{census}/bundles/new", staff.CapVisitPlan, h.postHanding)
	rs.Get("/censuses/{census}/returns", staff.CapFileRegister, h.getReturns)
	rs.Post("/censuses/{census}/returns", staff.CapFileRegister, h.postReturns)
	rs.Get("/censuses/{census}/forms", staff.CapFileRead, h.getForms)
	rs.Get("/censuses/{census}/closing", staff.CapVisitPlan, h.getClosing)
	rs.Post("/censuses/{census}/closing", staff.CapVisitPlan, h.postClosing)
	rs.Get("/censuses/{census}/report", staff.CapFileRead, h.getReport)
	rs.Get("/censuses/bundles/{bundle}", staff.CapFileRead, h.getBundle)
	rs.Get("/censuses/bundles/{bundle}/sheet", staff.CapFileRead, h.getSheet)
	rs.Get("/censuses/forms/{form}", staff.CapFileRead, h.getForm)
	for _, d := range deeds {
		rs.Get("/censuses/forms/{form}/"+d.address, staff.CapFileRegister, h.getDeed(d))
		rs.Post("/censuses/forms/{form}/"+d.address, staff.CapFileRegister, h.postDeed(d))
	}
}

// pageSize is the number of rows on one page of a list.
const pageSize = 50

// way is the way to a page below a census.
func way(more ...layout.Crumb) []layout.Crumb {
	return append([]layout.Crumb{{Key: "layout.home", Path: "/"}, {Key: "census.list", Path: censuspage.ListPath}}, more...)
}

// under is the step to a census.
func under(c census.Census) layout.Crumb {
	return layout.Crumb{Text: c.Name, Path: censuspage.Path(c.ID)}
}

// getList lists the censuses.
func (h *Handlers) getList(w http.ResponseWriter, r *http.Request) error {
	below, err := web.QueryID[census.ID](r, "below")
	if err != nil {
		return err
	}
	all, err := census.List(r.Context(), h.DB, web.By(r).Scope, below, pageSize+1)
	if err != nil {
		return err
	}
	v := censuspage.ListView{Page: h.Page(r, "census.list"), Censuses: all}
	v.Lead, v.Crumbs = "census.list_lead", []layout.Crumb{{Key: "layout.home", Path: "/"}}
	if web.By(r).Can(staff.CapVisitPlan) {
		v.Actions = []ui.Btn{{Key: "census.new", Href: censuspage.NewPath}}
	}
	if len(all) > pageSize {
		v.Censuses, v.Next = all[:pageSize], all[pageSize-1].ID
	}
	return h.Render(w, r, http.StatusOK, censuspage.List(v))
}

func newCensusForm(values url.Values, today day.Date) *form.Form {
	f := form.New(values)
	f.Text("name", "census.name", form.Required, form.Least(2), form.Max(80))
	f.Area("aim", "census.aim", form.Required, form.Least(2), form.Max(1000), form.Hint("census.aim_hint"))
	f.Date("from", "census.from", form.Required, form.Default(today))
	f.Date("until", "census.until", form.Required)
	return f
}

// getNew shows the form of a census.
func (h *Handlers) getNew(w http.ResponseWriter, r *http.Request) error {
	return h.showNew(w, r, http.StatusOK, newCensusForm(nil, day.On(h.Now())))
}

func (h *Handlers) showNew(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	v := censuspage.EditView{Page: h.Page(r, "census.new"), Action: censuspage.NewPath, Back: censuspage.ListPath, Button: "census.begin"}
	v.Lead, v.Crumbs, v.Form = "census.new_lead", way(), f
	return h.Render(w, r, status, censuspage.Edit(v))
}

// postNew begins a census.
func (h *Handlers) postNew(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := newCensusForm(values, day.On(h.Now()))
	return h.Act(w, r, f, func() error { return h.showNew(w, r, http.StatusUnprocessableEntity, f) }, func(u *work.Unit) (string, error) {
		id, err := census.Make(r.Context(), u, census.Draft{Name: f.Field("name").Text(), Aim: f.Field("aim").Text(),
			From: f.Field("from").Date(), Until: f.Field("until").Date()})
		return censuspage.Path(id), err
	}, "census.begun")
}

// census finds the census of the address.
func (h *Handlers) census(r *http.Request) (census.Census, error) {
	id, err := web.PathID[census.ID](r, "census")
	if err != nil {
		return census.Census{}, err
	}
	return census.Find(r.Context(), h.DB, web.By(r).Scope, id)
}

// getCensus shows a census: its figures, and which unit has which numbers.
func (h *Handlers) getCensus(w http.ResponseWriter, r *http.Request) error {
	c, err := h.census(r)
	if err != nil {
		return err
	}
	by, today := web.By(r), day.On(h.Now())
	v := censuspage.CensusView{Page: h.Page(r, "census.title", c.Name), Census: c}
	if v.Standing, v.Reasons, err = census.StandingOf(r.Context(), h.DB, by.Scope, c.ID, today); err != nil {
		return err
	}
	after, err := web.QueryID[int](r, "after")
	if err != nil {
		return err
	}
	bundles, err := census.Bundles(r.Context(), h.DB, by.Scope, c.ID, today, after, pageSize+1)
	if err != nil {
		return err
	}
	v.Bundles = bundles
	if len(bundles) > pageSize {
		v.Bundles, v.Next = bundles[:pageSize], bundles[pageSize-1].First
	}
	v.Crumbs, v.Wide = way(), true
	v.Actions = v.Acts(c.Runs(by) && by.Can(staff.CapVisitPlan), by.Can(staff.CapFileRegister))
	return h.Render(w, r, http.StatusOK, censuspage.Census(v))
}

// formStates are the lists of forms, in the order of their tabs.
var formStates = []census.State{census.Out, census.Returned, census.Entered, census.Dismissed, census.Lost}

// getForms lists the forms of a census in a state, by default those that wait to be entered.
func (h *Handlers) getForms(w http.ResponseWriter, r *http.Request) error {
	c, err := h.census(r)
	if err != nil {
		return err
	}
	state := census.State(r.URL.Query().Get("state"))
	if state == "" {
		state = census.Returned
	}
	known := false
	for _, s := range formStates {
		known = known || s == state
	}
	if !known {
		return work.ErrNotFound
	}
	by, today := web.By(r), day.On(h.Now())
	v := censuspage.FormsView{Page: h.Page(r, "census.forms", c.Name), Census: c, State: state, States: formStates, Today: today}
	if v.Standing, _, err = census.StandingOf(r.Context(), h.DB, by.Scope, c.ID, today); err != nil {
		return err
	}
	after, err := web.QueryID[int](r, "after")
	if err != nil {
		return err
	}
	forms, err := census.Forms(r.Context(), h.DB, by.Scope, c.ID, state, after, pageSize+1)
	if err != nil {
		return err
	}
	v.Forms = forms
	if len(forms) > pageSize {
		v.Forms, v.Next = forms[:pageSize], forms[pageSize-1].Number
	}
	v.Crumbs, v.Wide = way(under(c)), true
	return h.Render(w, r, http.StatusOK, censuspage.Forms(v))
}

// mostReported is the most bundles that a report lists.
const mostReported = 1000

// getReport prints what a census has found so far.
func (h *Handlers) getReport(w http.ResponseWriter, r *http.Request) error {
	c, err := h.census(r)
	if err != nil {
		return err
	}
	by, today := web.By(r), day.On(h.Now())
	v := censuspage.ReportView{Census: c, Today: today, Sheet: layout.Sheet{Page: h.Page(r, "census.report.title", c.Name), Number: c.OrgName, By: by.Name,
		At: h.Now(), Back: censuspage.Path(c.ID)}}
	if v.Standing, v.Reasons, err = census.StandingOf(r.Context(), h.DB, by.Scope, c.ID, today); err != nil {
		return err
	}
	if v.Bundles, err = census.Bundles(r.Context(), h.DB, by.Scope, c.ID, today, 0, mostReported+1); err != nil {
		return err
	}
	if len(v.Bundles) > mostReported {
		v.Bundles, v.Shown = v.Bundles[:mostReported], mostReported
	}
	return h.Render(w, r, http.StatusOK, censuspage.Report(v))
}

// Panel names on the worker's page the survey form out of which the file was entered.
func Panel(k *web.Kit) func(r *http.Request, f casefile.File) (templ.Component, error) {
	return func(r *http.Request, f casefile.File) (templ.Component, error) {
		found, err := census.OfFile(r.Context(), k.DB, f.ID)
		if err != nil || found == nil {
			return nil, err
		}
		return censuspage.Panel(censuspage.PanelView{Form: *found}), nil
	}
}
