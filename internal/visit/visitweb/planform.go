package visitweb

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/form"
	"bangfu/internal/staff"
	"bangfu/internal/visit"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/ui"
	"bangfu/templates/visitpage"
)

// planForm is the form of a plan with its teams.
type planForm struct {
	*form.Form
	teams []form.Row
}

// planOffer is what a plan's form offers to choose from.
type planOffer struct {
	orgs, people, plans, samples []form.Option
}

// offer reads the offices right below the reader's, who may visit, and the plans and samples to build on.
func (h *Handlers) offer(r *http.Request) (planOffer, error) {
	var o planOffer
	by := web.By(r)
	orgs, err := staff.ListOrgs(r.Context(), h.DB, by.Scope)
	if err != nil {
		return o, err
	}
	for _, org := range orgs {
		if org.ParentID == by.OrgID {
			o.orgs = append(o.orgs, form.Option{Value: id(org.ID), Text: org.Name})
		}
	}
	people, err := visit.Visitors(r.Context(), h.DB, by.OrgID)
	if err != nil {
		return o, err
	}
	for _, p := range people {
		o.people = append(o.people, option(r.Context(), p))
	}
	plans, err := visit.ListPlans(r.Context(), h.DB, by, 0, 30)
	if err != nil {
		return o, err
	}
	for _, p := range plans {
		o.plans = append(o.plans, form.Option{Value: id(p.ID), Text: p.Name})
	}
	samples, err := visit.ListSamples(r.Context(), h.DB, by.Scope, 0, 30)
	if err != nil {
		return o, err
	}
	for _, s := range samples {
		if s.Seed != "" {
			o.samples = append(o.samples, form.Option{Value: id(s.ID), Text: s.Name})
		}
	}
	return o, nil
}

// id writes an id as a form's value.
func id[T ~int64](n T) string { return strconv.FormatInt(int64(n), 10) }

// ids reads ids that were chosen.
func ids[T ~int64](values ...string) []T {
	var all []T
	for _, v := range values {
		if n, err := strconv.ParseInt(v, 10, 64); err == nil {
			all = append(all, T(n))
		}
	}
	return all
}

// first gives the first of some ids, or zero.
func first[T ~int64](all []T) T {
	if len(all) == 0 {
		return 0
	}
	return all[0]
}

// newPlanForm declares the form of a plan.
func newPlanForm(base *form.Form, o planOffer, today day.Date) planForm {
	f := planForm{Form: base}
	f.Known("preview")
	f.Text("name", "visit.plan_name", form.Required, form.Least(2), form.Max(80))
	f.Choice("kind", "visit.plan_kind_head", form.Options(visit.PlanKinds...), form.Required, form.Default(string(visit.Census)))
	f.Area("aim", "visit.plan_aim", form.Required, form.Least(2), form.Max(1000), form.Hint("visit.plan_aim_hint"))
	f.Date("from", "visit.plan_from", form.Required, form.Default(today))
	f.Date("until", "visit.plan_until", form.Required)
	f.Text("led_by", "visit.plan_led_by", form.Required, form.Least(2), form.Max(40), form.Width(10))
	f.Tick("trained", "visit.plan_trained", form.Hint("visit.plan_trained_hint"))
	f.Choices("orgs", "visit.target_orgs", o.orgs, form.Hint("visit.target_empty"))
	f.Choices("categories", "visit.target_categories", form.Options(eligibility.Severe, eligibility.Relative, eligibility.Accident), form.Hint("visit.target_empty"))
	f.Text("street", "visit.target_street", form.Max(60), form.Hint("visit.target_street_hint"))
	f.Date("unseen", "visit.target_unseen", form.NotAfter(today), form.Hint("visit.target_unseen_hint"))
	f.Area("numbers", "visit.target_numbers", form.Max(20_000), form.Hint("visit.target_numbers_hint"))
	f.Select("after", "visit.target_after", o.plans, form.Hint("visit.target_after_hint"))
	f.Choices("degrees", "visit.target_degrees", form.Options(visit.Degrees...))
	f.Select("sample", "visit.target_sample", o.samples, form.Hint("visit.target_sample_hint"))
	f.teams = f.Rows("team", 1, visit.MostTeams)
	for _, row := range f.teams {
		f.Text(row.Name("leader"), "visit.team_leader", form.Required, form.Least(2), form.Max(40), form.LabelArgs(row.Place), form.Width(10))
		f.Select(row.Name("a"), "visit.team_a", o.people, form.Required, form.LabelArgs(row.Place))
		f.Select(row.Name("b"), "visit.team_b", o.people, form.Required, form.LabelArgs(row.Place))
	}
	return f
}

// target reads whom the plan goes to.
func (f planForm) target() visit.Target {
	return visit.Target{
		Orgs: ids[work.OrgID](f.Field("orgs").Chosen()...), Categories: form.Many[eligibility.Category](f.Field("categories")),
		Street: f.Field("street").Text(), Unseen: f.Field("unseen").Date(),
		Numbers: slices.Compact(slices.Sorted(slices.Values(strings.FieldsFunc(f.Field("numbers").Text(), separates)))),
		After:   first(ids[visit.PlanID](f.Field("after").Text())), Degrees: form.Many[visit.Degree](f.Field("degrees")),
		Sample: first(ids[visit.SampleID](f.Field("sample").Text())),
	}
}

// separates tells what stands between two file numbers.
func separates(c rune) bool { return strings.ContainsRune(" \t\r\n,，、;；　", c) }

// plan reads the plan and its teams.
func (f planForm) plan() (visit.Plan, []visit.Team) {
	p := visit.Plan{Name: f.Field("name").Text(), Kind: form.One[visit.PlanKind](f.Field("kind")), Aim: f.Field("aim").Text(),
		From: f.Field("from").Date(), Until: f.Field("until").Date(), LedBy: f.Field("led_by").Text(), Trained: f.Field("trained").Ticked(), Target: f.target()}
	var teams []visit.Team
	for _, row := range f.teams {
		teams = append(teams, visit.Team{Leader: f.Field(row.Name("leader")).Text(), Visitors: [2]work.StaffID{
			first(ids[work.StaffID](f.Field(row.Name("a")).Text())), first(ids[work.StaffID](f.Field(row.Name("b")).Text()))}})
	}
	return p, teams
}

// place turns the field of a refusal, "team.<n>.a" of the n-th team, into that of its row.
func (f planForm) place(field string) string {
	parts := strings.Split(field, ".")
	if len(parts) != 3 {
		return field
	}
	n, err := strconv.Atoi(parts[1])
	if err != nil || n >= len(f.teams) {
		return field
	}
	return f.teams[n].Name(parts[2])
}

// getNewPlan shows the form of a plan.
func (h *Handlers) getNewPlan(w http.ResponseWriter, r *http.Request) error {
	o, err := h.offer(r)
	if err != nil {
		return err
	}
	return h.showNewPlan(w, r, http.StatusOK, newPlanForm(form.New(nil), o, day.On(h.Now())), -1)
}

// postNewPlan makes a plan, or with "preview" counts whom it would go to.
func (h *Handlers) postNewPlan(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	o, err := h.offer(r)
	if err != nil {
		return err
	}
	f := newPlanForm(form.New(values), o, day.On(h.Now()))
	if values.Has("preview") {
		return h.preview(w, r, f, values, o)
	}
	if f.Editing() {
		return h.showNewPlan(w, r, http.StatusOK, f, -1)
	}
	if !f.Valid() {
		return h.showNewPlan(w, r, http.StatusUnprocessableEntity, f, -1)
	}
	p, teams := f.plan()
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		id, err := visit.MakePlan(r.Context(), u, p, teams)
		return visitpage.PlanPath(id), err
	})
	if refusal, ok := work.AsRefusal(err); ok {
		f.Fail(f.place(refusal.Field), words.Key(refusal.Key), refusal.Args...)
		return h.showNewPlan(w, r, http.StatusUnprocessableEntity, f, -1)
	}
	if err != nil {
		return err
	}
	h.Flash(r, "visit.plan_made")
	return web.SeeOther(w, r, to)
}

// preview shows the form again with the number of households that the target chooses.
func (h *Handlers) preview(w http.ResponseWriter, r *http.Request, f planForm, values url.Values, o planOffer) error {
	p, _ := f.plan()
	n, err := visit.Matching(r.Context(), h.DB, web.By(r).Scope, p.Kind, p.Target)
	if err != nil {
		return err
	}
	return h.showNewPlan(w, r, http.StatusOK, newPlanForm(form.Draft(values), o, day.On(h.Now())), n)
}

func (h *Handlers) showNewPlan(w http.ResponseWriter, r *http.Request, status int, f planForm, matching int) error {
	page := h.Page(r, "visit.plan_new")
	page.Crumbs, page.Form = under("visit.plans", visitpage.PlansPath), f.Form
	if matching >= 0 {
		page.Flash = &ui.Banner{Tone: ui.Info, Title: "visit.matching", Args: []any{min(matching, visit.MostStops)}}
		if matching > visit.MostStops {
			page.Flash = &ui.Banner{Tone: ui.Due, Title: "visit.refusal.many", Args: []any{visit.MostStops}}
		}
	}
	view := visitpage.NewPlanView{Page: page, Teams: f.teams}
	return h.Render(w, r, status, visitpage.NewPlan(view))
}

// newCoverageForm asks for a period; at first this half-year so far.
func newCoverageForm(query url.Values, today day.Date) *form.Form {
	f := form.Filter(query)
	f.Known("below")
	month := time.January
	if today.Month() > time.June {
		month = time.July
	}
	f.Date("from", "visit.coverage_from", form.Required, form.Default(day.Of(today.Year(), month, 1)))
	f.Date("until", "visit.coverage_until", form.Required, form.Default(today))
	return f
}
