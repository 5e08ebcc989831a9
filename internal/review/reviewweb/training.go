package reviewweb

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/review"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/reviewpage"
)

// getTraining lists whom training is for, one group at a time.
func (h *Handlers) getTraining(w http.ResponseWriter, r *http.Request) error {
	group := review.Group(r.URL.Query().Get("group"))
	if group == "" {
		group = review.Workers
	}
	if !slices.Contains(review.Groups, group) {
		return work.ErrNotFound
	}
	from, err := web.QueryID[int64](r, "below")
	if err != nil {
		return err
	}
	v := reviewpage.TrainingView{Page: h.Page(r, "review.training.title"), Group: group, Today: day.On(h.Now())}
	v.Lead, v.Wide, v.Crumbs = "review.training.lead", true, reviewpage.Crumbs()
	if v.Rule, err = review.TrainingOn(r.Context(), h.DB, v.Today); err != nil {
		return err
	}
	if v.All, v.Next, err = review.Trainees(r.Context(), h.DB, web.By(r).Scope, group, v.Rule, v.Today, work.FileID(from), pageSize); err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, reviewpage.Training(v))
}

// RulesPanel shows on the page of rules whom training is for.
func RulesPanel(k *web.Kit) func(r *http.Request) (templ.Component, error) {
	return func(r *http.Request) (templ.Component, error) {
		rules, err := review.Trainings(r.Context(), k.DB)
		if err != nil {
			return nil, err
		}
		return reviewpage.TrainingRules(reviewpage.TrainingRulesView{Rules: rules, Today: day.On(k.Now()), Manage: web.By(r).Can(staff.CapRulesManage)}), nil
	}
}

// newTrainingForm declares the form for a dated rule.
func newTrainingForm(values url.Values, today day.Date) *form.Form {
	f := form.New(values)
	f.Date("from", "review.training.from", form.Required, form.NotBefore(today))
	f.Number("below_age", "review.training.below_age", form.Required, form.Default(50), form.Between(18, 70))
	f.Number("child_from", "review.training.child_from", form.Required, form.Default(16), form.Between(14, 30))
	f.Text("source", "review.training.source", form.Required, form.Least(2), form.Max(200), form.Hint("eligibility.source_hint"))
	return f
}

// getTrainingRule shows the form for a dated rule.
func (h *Handlers) getTrainingRule(w http.ResponseWriter, r *http.Request) error {
	return h.showTrainingRule(w, r, http.StatusOK, newTrainingForm(nil, day.On(h.Now())))
}

// postTrainingRule adds a dated rule.
func (h *Handlers) postTrainingRule(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := newTrainingForm(values, day.On(h.Now()))
	rule := review.Training{From: f.Field("from").Date(), BelowAge: int(f.Field("below_age").Number()), ChildFrom: int(f.Field("child_from").Number()),
		Source: f.Field("source").Text()}
	return h.Act(w, r, f, func() error { return h.showTrainingRule(w, r, http.StatusUnprocessableEntity, f) }, func(u *work.Unit) (string, error) {
		return reviewpage.TrainingRulePath, review.AddTraining(r.Context(), u, rule)
	}, "review.training.added")
}

func (h *Handlers) showTrainingRule(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	rules, err := review.Trainings(r.Context(), h.DB)
	if err != nil {
		return err
	}
	page := h.Page(r, "review.training.new")
	page.Crumbs, page.Form = []layout.Crumb{{Key: "eligibility.rules.title", Path: "/rules"}, {Key: "review.training.new"}}, f
	return h.Render(w, r, status, reviewpage.TrainingRule(reviewpage.TrainingRuleView{Page: page, Rules: rules, Today: day.On(h.Now())}))
}

// getResult is the result of a round on paper, with all offices.
func (h *Handlers) getResult(w http.ResponseWriter, r *http.Request) error {
	round, err := h.round(r)
	if err != nil {
		return err
	}
	by := web.By(r)
	v := reviewpage.ResultView{Round: round, On: day.On(h.Now()), Office: by.Office}
	v.Sheet = layout.Sheet{Page: h.Page(r, "review.result_of", round.Kind, round.OrgName), By: by.Name, At: h.Now(), Back: reviewpage.Path(round.ID), Wide: true}
	if v.All, v.Offices, _, err = review.ProgressOf(r.Context(), h.DB, by.Scope, round, "", 0); err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, reviewpage.Result(v))
}
