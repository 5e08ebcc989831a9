// Package planweb answers the addresses of households' plans.
package planweb

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/plan"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/planpage"
)

// Handlers answers the pages of plans.
type Handlers struct{ *web.Kit }

// Routes declares the addresses.
func Routes(rs *web.Routes, k *web.Kit) {
	h := &Handlers{k}
	rs.Get("/plans", staff.CapFileRead, h.getTimetable)
	rs.Get("/files/{file}/plan", staff.CapFileRead, h.getPlan)
	rs.Get("/files/{file}/plan/changes", staff.CapPlanWrite, h.getChanges)
	rs.Post("/files/{file}/plan/changes", staff.CapPlanWrite, h.postChanges)
	rs.Get("/files/{file}/plan/form", staff.CapFileRead, h.getPrint)
	rs.Get("/files/{file}/plan/measures/{measure}", staff.CapPlanWrite, h.getMeasure)
	rs.Post("/files/{file}/plan/measures/{measure}", staff.CapPlanWrite, h.postMeasure)
}

// pageSize is the number of rows on one page of the timetable; ahead is for how many days ahead it looks.
const (
	pageSize = 50
	ahead    = 30
)

// getTimetable lists the measures that are late, and those of the next days.
func (h *Handlers) getTimetable(w http.ResponseWriter, r *http.Request) error {
	var after plan.Cursor
	if text := r.URL.Query().Get("after"); text != "" {
		on, id, _ := strings.Cut(text, ".")
		var err error
		if after.DueOn, err = day.Parse(on); err != nil {
			return work.ErrNotFound
		}
		if _, err := fmt.Sscanf(id, "%d", &after.ID); err != nil || after.ID < 1 {
			return work.ErrNotFound
		}
	}
	today := day.On(h.Now())
	v := planpage.TimetableView{Page: h.Page(r, "plan.timetable"), Today: today}
	v.Lead, v.LeadArg, v.Wide, v.Crumbs = "plan.timetable_lead", []any{ahead}, true, []layout.Crumb{{Key: "layout.home", Path: "/"}}
	var err error
	if v.Tasks, v.Next, err = plan.Timetable(r.Context(), h.DB, web.By(r).Scope, today.Add(ahead), after, pageSize); err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, planpage.Timetable(v))
}

// file finds the file that the address names, with its current plan; the zero plan when it has none.
func (h *Handlers) file(r *http.Request) (casefile.File, plan.Plan, error) {
	id, err := web.PathID[work.FileID](r, "file")
	if err != nil {
		return casefile.File{}, plan.Plan{}, err
	}
	f, err := casefile.Find(r.Context(), h.DB, web.By(r).Scope, id)
	if err != nil {
		return f, plan.Plan{}, err
	}
	p, err := plan.Of(r.Context(), h.DB, web.By(r).Scope, id)
	if errors.Is(err, work.ErrNotFound) {
		return f, plan.Plan{}, nil
	}
	return f, p, err
}

// page starts a page of a file's plan.
func (h *Handlers) page(r *http.Request, f casefile.File, title words.Key, args ...any) layout.Page {
	p := h.Page(r, title, args...)
	p.Identity = planpage.Identity(f)
	p.Crumbs = []layout.Crumb{{Key: "layout.home", Path: "/"}, {Key: "plan.timetable", Path: planpage.ListPath}, {Text: f.HeadName, Path: planpage.FilePath(f.ID)}}
	return p
}

// getPlan shows the plan of a file.
func (h *Handlers) getPlan(w http.ResponseWriter, r *http.Request) error {
	f, p, err := h.file(r)
	if err != nil {
		return err
	}
	v := planpage.PlanView{Page: h.page(r, f, "plan.title"), FileID: f.ID, Plan: p, Today: day.On(h.Now()),
		MayWrite: f.State == casefile.Active && web.By(r).Can(staff.CapPlanWrite)}
	return h.Render(w, r, http.StatusOK, planpage.Plan(v))
}

// newPlanForm declares the form of a plan; measures come in rows.
func newPlanForm(values url.Values, f casefile.File, p plan.Plan, today day.Date) (*form.Form, []form.Row) {
	fm := form.New(values)
	fm.Hidden("shown", form.Default(int64(p.ID)))
	fm.Choice("target", "plan.target", form.Options(plan.Targets...), form.Required, form.Default(string(p.Target)))
	fm.Area("goal", "plan.goal", form.Required, form.Least(2), form.Max(1000), form.Default(p.Goal))
	fm.Date("exit_on", "plan.exit_on", form.Required, form.Default(p.ExitOn), form.NotBefore(today))
	fm.Text("responsible", "plan.responsible", form.Required, form.Least(2), form.Max(40), form.Default(p.Responsible))
	fm.Text("contact", "plan.contact", form.Required, form.Least(2), form.Max(40), form.Default(p.Contact))
	causes := make([]form.Option, len(casefile.Causes))
	for i, c := range casefile.Causes {
		causes[i] = form.Option{Value: strconv.Itoa(int(c)), Key: c.Key()}
	}
	least := 1
	if values == nil {
		least = max(1, len(p.Measures))
	}
	rows := fm.Rows("measure", least, 20)
	for i, row := range rows {
		var m plan.Measure
		if i < len(p.Measures) {
			m = p.Measures[i]
		}
		if m.Cause == 0 {
			m.Cause = f.MainCause
		}
		n := form.LabelArgs(row.Place)
		fm.Hidden(row.Name("id"), form.If(m.ID != 0, form.Default(int64(m.ID))))
		fm.Select(row.Name("cause"), "plan.cause", causes, form.Required, form.Default(strconv.Itoa(int(m.Cause))), n)
		fm.Choice(row.Name("batch"), "plan.batch", form.Options(plan.Batches...), form.Required, form.Default(string(m.Batch)), n)
		fm.Text(row.Name("what"), "plan.what", form.Required, form.Least(2), form.Default(m.What), n)
		fm.Text(row.Name("responsible"), "plan.who", form.Required, form.Least(2), form.Max(40), form.Default(m.Responsible), n)
		fm.Date(row.Name("due_on"), "plan.due_on", form.Required, form.Default(m.DueOn), n)
		fm.Text(row.Name("expected"), "plan.expected", form.Required, form.Least(2), form.Default(m.Expected), n)
	}
	return fm, rows
}

// getChanges shows the form of the plan.
func (h *Handlers) getChanges(w http.ResponseWriter, r *http.Request) error {
	f, p, err := h.file(r)
	if err != nil {
		return err
	}
	if f.State != casefile.Active {
		return work.Refuse("plan.refusal.active", f.State)
	}
	fm, rows := newPlanForm(nil, f, p, day.On(h.Now()))
	return h.showChanges(w, r, http.StatusOK, f, p, fm, rows)
}

func (h *Handlers) showChanges(w http.ResponseWriter, r *http.Request, status int, f casefile.File, p plan.Plan, fm *form.Form, rows []form.Row) error {
	page := h.page(r, f, planpage.WriteKey(p))
	page.Form = fm
	return h.Render(w, r, status, planpage.Changes(planpage.ChangesView{Page: page, FileID: f.ID, Rows: rows}))
}

// postChanges saves the plan.
func (h *Handlers) postChanges(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f, before, err := h.file(r)
	if err != nil {
		return err
	}
	fm, rows := newPlanForm(values, f, before, day.On(h.Now()))
	if fm.Editing() {
		return h.showChanges(w, r, http.StatusOK, f, before, fm, rows)
	}
	if !fm.Valid() {
		return h.showChanges(w, r, http.StatusUnprocessableEntity, f, before, fm, rows)
	}
	p := plan.Plan{Target: form.One[plan.Target](fm.Field("target")), Goal: fm.Field("goal").Text(), ExitOn: fm.Field("exit_on").Date(),
		Responsible: fm.Field("responsible").Text(), Contact: fm.Field("contact").Text()}
	for _, row := range rows {
		carried := fm.Field(row.Name("id"))
		if whole(carried) == 0 && !carried.Empty() {
			return web.ErrBadForm
		}
		p.Measures = append(p.Measures, plan.Measure{ID: plan.MeasureID(whole(carried)), Cause: casefile.Cause(whole(fm.Field(row.Name("cause")))),
			Batch: form.One[plan.Batch](fm.Field(row.Name("batch"))), What: fm.Field(row.Name("what")).Text(), Responsible: fm.Field(row.Name("responsible")).Text(),
			DueOn: fm.Field(row.Name("due_on")).Date(), Expected: fm.Field(row.Name("expected")).Text()})
	}
	shown, err := strconv.ParseInt(fm.Field("shown").Text(), 10, 64)
	if err != nil {
		return web.ErrBadForm
	}
	return h.Act(w, r, fm, func() error { return h.showChanges(w, r, http.StatusUnprocessableEntity, f, before, fm, rows) }, func(u *work.Unit) (string, error) {
		_, err := plan.Save(r.Context(), u, f.ID, plan.ID(shown), p)
		return planpage.Path(f.ID), err
	}, "plan.saved")
}

// whole reads a whole number that the form itself offered; zero for none.
func whole(d *form.Field) int64 {
	n, err := strconv.ParseInt(d.Text(), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// newNoteForm declares the form for the progress of a measure.
func newNoteForm(values url.Values, m plan.Measure) *form.Form {
	f := form.New(values)
	f.Choice("state", "plan.state", form.Options(plan.States...), form.Required, form.Default(string(m.State)))
	f.Area("note", "plan.note", form.Max(1000), form.Hint("plan.note_hint"), form.Default(m.Note))
	return f
}

// measure finds the measure that the address names in the file's current plan.
func (h *Handlers) measure(r *http.Request) (casefile.File, plan.Measure, error) {
	f, p, err := h.file(r)
	if err != nil {
		return f, plan.Measure{}, err
	}
	id, err := web.PathID[plan.MeasureID](r, "measure")
	if err != nil {
		return f, plan.Measure{}, err
	}
	for _, m := range p.Measures {
		if m.ID == id {
			return f, m, nil
		}
	}
	return f, plan.Measure{}, work.ErrNotFound
}

// getMeasure shows one measure with the form for its progress.
func (h *Handlers) getMeasure(w http.ResponseWriter, r *http.Request) error {
	f, m, err := h.measure(r)
	if err != nil {
		return err
	}
	return h.showMeasure(w, r, http.StatusOK, f, m, newNoteForm(nil, m))
}

func (h *Handlers) showMeasure(w http.ResponseWriter, r *http.Request, status int, f casefile.File, m plan.Measure, fm *form.Form) error {
	page := h.page(r, f, "plan.measure")
	page.Form = fm
	return h.Render(w, r, status, planpage.Measure(planpage.MeasureView{Page: page, FileID: f.ID, Measure: m, Today: day.On(h.Now())}))
}

// postMeasure notes the progress of a measure.
func (h *Handlers) postMeasure(w http.ResponseWriter, r *http.Request) error {
	f, m, err := h.measure(r)
	if err != nil {
		return err
	}
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	fm := newNoteForm(values, m)
	return h.Act(w, r, fm, func() error { return h.showMeasure(w, r, http.StatusUnprocessableEntity, f, m, fm) }, func(u *work.Unit) (string, error) {
		return planpage.Path(f.ID), plan.Note(r.Context(), u, f.ID, m.ID, form.One[plan.State](fm.Field("state")), fm.Field("note").Text())
	}, "plan.noted")
}

// Panel leads from the worker's page to the plan of an active household.
func Panel(k *web.Kit) func(r *http.Request, f casefile.File) (templ.Component, error) {
	return func(r *http.Request, f casefile.File) (templ.Component, error) {
		if f.State != casefile.Active {
			return nil, nil
		}
		p, err := plan.Of(r.Context(), k.DB, web.By(r).Scope, f.ID)
		if err != nil && !errors.Is(err, work.ErrNotFound) {
			return nil, err
		}
		return planpage.Panel(planpage.PanelView{FileID: f.ID, Plan: p, Today: day.On(k.Now()), MayWrite: web.By(r).Can(staff.CapPlanWrite)}), nil
	}
}
