package visitweb

import (
	"net/http"
	"net/url"

	"github.com/a-h/templ"

	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/staff"
	"bangfu/internal/visit"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/visitpage"
)

// RulesPanel shows the dated visit rule on the page of rules.
func RulesPanel(k *web.Kit) func(r *http.Request) (templ.Component, error) {
	return func(r *http.Request) (templ.Component, error) {
		rules, err := visit.Rules(r.Context(), k.DB)
		if err != nil {
			return nil, err
		}
		return visitpage.Rules(visitpage.RulesView{Rules: rules, Today: day.On(k.Now()), Manage: web.By(r).Can(staff.CapRulesManage)}), nil
	}
}

// newRuleForm declares the form for a dated rule.
func newRuleForm(values url.Values, today day.Date) *form.Form {
	f := form.New(values)
	f.Date("from", "visit.rule.from", form.Required, form.NotBefore(today))
	f.Choice("registrar_may", "visit.rule.registrar", []form.Option{{Value: "yes", Key: "visit.rule.may"}, {Value: "no", Key: "visit.rule.may_not"}}, form.Required)
	f.Text("source", "visit.rule.source", form.Required, form.Least(2), form.Hint("eligibility.source_hint"))
	return f
}

// getRule shows the form for a dated rule.
func (h *Handlers) getRule(w http.ResponseWriter, r *http.Request) error {
	return h.showRule(w, r, http.StatusOK, newRuleForm(nil, day.On(h.Now())))
}

// postRule adds a dated rule.
func (h *Handlers) postRule(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := newRuleForm(values, day.On(h.Now()))
	rule := visit.Rule{From: f.Field("from").Date(), RegistrarMay: f.Field("registrar_may").Yes(), Source: f.Field("source").Text()}
	return h.Act(w, r, f, func() error { return h.showRule(w, r, http.StatusUnprocessableEntity, f) }, func(u *work.Unit) (string, error) {
		return visitpage.RulesPath, visit.AddRule(r.Context(), u, rule)
	}, "visit.rule.added")
}

func (h *Handlers) showRule(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	rules, err := visit.Rules(r.Context(), h.DB)
	if err != nil {
		return err
	}
	page := h.Page(r, "visit.form.rule")
	page.Crumbs = []layout.Crumb{{Key: "visit.rule.page", Path: "/rules"}, {Key: "visit.form.rule"}}
	page.Form = f
	return h.Render(w, r, status, visitpage.Rule(visitpage.RuleView{Page: page, Rules: rules, Today: day.On(h.Now())}))
}
