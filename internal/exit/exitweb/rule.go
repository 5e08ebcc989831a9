package exitweb

import (
	"net/http"
	"net/url"
	"strconv"

	"github.com/a-h/templ"

	"bangfu/internal/day"
	"bangfu/internal/exit"
	"bangfu/internal/form"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/exitpage"
	"bangfu/templates/layout"
)

// RulesPanel shows the dated exit rule on the page of rules.
func RulesPanel(k *web.Kit) func(r *http.Request) (templ.Component, error) {
	return func(r *http.Request) (templ.Component, error) {
		rules, err := exit.Rules(r.Context(), k.DB)
		if err != nil {
			return nil, err
		}
		return exitpage.Rules(exitpage.RulesView{Rules: rules, Today: day.On(k.Now()), Manage: web.By(r).Can(staff.CapRulesManage)}), nil
	}
}

// newRuleForm declares the form for a dated rule.
func newRuleForm(values url.Values, today day.Date) *form.Form {
	f := form.New(values)
	f.Date("from", "exit.rule.from", form.Required, form.NotBefore(today))
	f.Number("months", "exit.rule.months", form.Required, form.Default(6), form.Between(1, 24))
	f.Number("percent", "exit.rule.percent", form.Required, form.Default(100), form.Between(1, 1000))
	f.Number("posted_days", "exit.rule.posted_days", form.Required, form.Default(0), form.Between(0, 60), form.Hint("exit.rule.posted_days_hint"))
	options := make([]form.Option, len(exit.CallbackMonths))
	for i, n := range exit.CallbackMonths {
		options[i] = form.Option{Value: strconv.Itoa(n), Text: strconv.Itoa(n)}
	}
	f.Choices("callbacks", "exit.rule.callbacks", options, form.Required, form.Default([]string{"3", "6", "12"}))
	f.Text("source", "exit.rule.source", form.Required, form.Least(2), form.Hint("eligibility.source_hint"))
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
	rule := exit.Rule{From: f.Field("from").Date(), Months: int(f.Field("months").Number()), Percent: int(f.Field("percent").Number()),
		PostedDays: int(f.Field("posted_days").Number()), Source: f.Field("source").Text()}
	for _, text := range f.Field("callbacks").Chosen() {
		if n, err := strconv.Atoi(text); err == nil {
			rule.Callbacks = append(rule.Callbacks, n)
		}
	}
	return h.Act(w, r, f, func() error { return h.showRule(w, r, http.StatusUnprocessableEntity, f) }, func(u *work.Unit) (string, error) {
		return exitpage.RulesPath, exit.AddRule(r.Context(), u, rule)
	}, "exit.rule.added")
}

func (h *Handlers) showRule(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	rules, err := exit.Rules(r.Context(), h.DB)
	if err != nil {
		return err
	}
	page := h.Page(r, "exit.form.rule")
	page.Crumbs = []layout.Crumb{{Key: "exit.rule.page", Path: "/rules"}, {Key: "exit.form.rule"}}
	page.Form = f
	return h.Render(w, r, status, exitpage.Rule(exitpage.RuleView{Page: page, Rules: rules, Today: day.On(h.Now())}))
}
