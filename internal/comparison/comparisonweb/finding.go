package comparisonweb

import (
	"net/http"
	"net/url"
	"slices"

	"github.com/a-h/templ"

	"bangfu/internal/comparison"
	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/comparisonpage"
	"bangfu/templates/layout"
)

// getFindings lists the open differences.
func (h *Handlers) getFindings(w http.ResponseWriter, r *http.Request) error {
	scope := web.By(r).Scope
	v := comparisonpage.FindingsView{Page: h.Page(r, "comparison.open"), Kind: comparison.Kind(r.URL.Query().Get("kind"))}
	if v.Kind != "" && v.Kind != comparison.NameKind && !slices.Contains(comparison.Kinds, v.Kind) {
		return work.ErrNotFound
	}
	below, err := web.QueryID[comparison.FindingID](r, "below")
	if err != nil {
		return err
	}
	if v.Findings, v.Next, err = comparison.OpenFindings(r.Context(), h.DB, h.Keys, scope, v.Kind, below, pageSize); err != nil {
		return err
	}
	if v.Counts, err = comparison.CountOpen(r.Context(), h.DB, scope); err != nil {
		return err
	}
	v.Page.Lead, v.Page.Wide, v.Page.Crumbs = "comparison.open_lead", true, way()
	return h.Render(w, r, http.StatusOK, comparisonpage.Findings(v))
}

// finding finds the finding of the address.
func (h *Handlers) finding(r *http.Request) (comparison.Finding, error) {
	id, err := web.PathID[comparison.FindingID](r, "finding")
	if err != nil {
		return comparison.Finding{}, err
	}
	return comparison.FindFinding(r.Context(), h.DB, h.Keys, web.By(r).Scope, id)
}

// newResolutionForm asks how a difference is resolved.
func newResolutionForm(values url.Values) *form.Form {
	f := form.New(values)
	f.Choice("resolution", "comparison.resolution", form.Options(comparison.Resolutions...), form.Required)
	f.Area("note", "comparison.note", form.Required, form.Least(2), form.Max(1000), form.Hint("comparison.note_hint"))
	return f
}

// getFinding shows a finding, and to those who may resolve it the form.
func (h *Handlers) getFinding(w http.ResponseWriter, r *http.Request) error {
	found, err := h.finding(r)
	if err != nil {
		return err
	}
	return h.showFinding(w, r, http.StatusOK, found, newResolutionForm(nil))
}

// postFinding resolves a difference.
func (h *Handlers) postFinding(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	found, err := h.finding(r)
	if err != nil {
		return err
	}
	f := newResolutionForm(values)
	open := found.State.Unsettled()
	if open && !f.Valid() {
		return h.showFinding(w, r, http.StatusUnprocessableEntity, found, f)
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		return comparisonpage.FindingPath(found.ID), comparison.Resolve(r.Context(), u, h.Keys, found.ID,
			form.One[comparison.Standing](f.Field("resolution")), f.Field("note").Text())
	})
	if open && web.Refused(f, err) {
		return h.showFinding(w, r, http.StatusUnprocessableEntity, found, f)
	}
	if err != nil {
		return err
	}
	h.Flash(r, "comparison.resolved")
	return web.SeeOther(w, r, to)
}

func (h *Handlers) showFinding(w http.ResponseWriter, r *http.Request, status int, found comparison.Finding, f *form.Form) error {
	by := web.By(r)
	v := comparisonpage.FindingView{Page: h.Page(r, "comparison.finding_title", found.Kind), Finding: found, Form: f}
	v.May = by.Can(staff.CapComparisonResolve) && found.MayResolve(by)
	v.Own = by.Can(staff.CapComparisonResolve) && found.Registrar == by.StaffID && found.State.Unsettled()
	v.Page.Form = f
	v.Page.Crumbs = way(layout.Crumb{Key: "comparison.open", Path: comparisonpage.FindingsPath}, layout.Crumb{Text: found.HeadName, Path: comparisonpage.FilePath(found.FileID)})
	return h.Render(w, r, status, comparisonpage.Finding(v))
}

// RulesPanel shows the dated rule on the page of rules.
func RulesPanel(k *web.Kit) func(r *http.Request) (templ.Component, error) {
	return func(r *http.Request) (templ.Component, error) {
		rules, err := comparison.Rules(r.Context(), k.DB)
		if err != nil {
			return nil, err
		}
		return comparisonpage.Rules(comparisonpage.RulesView{Rules: rules, Today: day.On(k.Now()), Manage: web.By(r).Can(staff.CapRulesManage)}), nil
	}
}

// newRuleForm declares the form for a dated rule.
func newRuleForm(values url.Values, today day.Date) *form.Form {
	f := form.New(values)
	f.Date("from", "comparison.rule.from", form.Required, form.NotBefore(today))
	f.Choice("required", "comparison.rule.required", []form.Option{{Value: "yes", Key: "comparison.rule.needed"}, {Value: "no", Key: "comparison.rule.free"}}, form.Required)
	f.Number("months", "comparison.rule.months", form.Required, form.Between(1, 60), form.Default(12))
	f.Text("source", "comparison.rule.source", form.Required, form.Least(2), form.Hint("eligibility.source_hint"))
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
	rule := comparison.Rule{From: f.Field("from").Date(), Required: f.Field("required").Yes(), Months: int(f.Field("months").Number()), Source: f.Field("source").Text()}
	return h.Act(w, r, f, func() error { return h.showRule(w, r, http.StatusUnprocessableEntity, f) }, func(u *work.Unit) (string, error) {
		return comparisonpage.RulesPath, comparison.AddRule(r.Context(), u, rule)
	}, "comparison.rule.added")
}

func (h *Handlers) showRule(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	rules, err := comparison.Rules(r.Context(), h.DB)
	if err != nil {
		return err
	}
	v := comparisonpage.RuleView{Page: h.Page(r, "comparison.rule.new"), Rules: rules, Today: day.On(h.Now())}
	v.Page.Crumbs = []layout.Crumb{{Key: "comparison.rule.page", Path: "/rules"}, {Key: "comparison.rule.new"}}
	v.Page.Form = f
	return h.Render(w, r, status, comparisonpage.Rule(v))
}
