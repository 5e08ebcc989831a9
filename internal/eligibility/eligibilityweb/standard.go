package eligibilityweb

import (
	"net/http"
	"net/url"

	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/form"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/eligibilitypage"
	"bangfu/templates/layout"
)

// newStandardForm asks for what a household is given at a visit.
func newStandardForm(values url.Values, today day.Date) *form.Form {
	f := form.New(values)
	f.Choice("audience", "eligibility.standards.audience", form.Options(eligibility.Audiences...), form.Required)
	f.Date("from_on", "eligibility.from", form.Required, form.Default(today))
	f.Money("amount", "eligibility.standards.amount", form.Required, form.Positive)
	f.Text("source", "eligibility.source", form.Required, form.Least(2), form.Max(200), form.Hint("eligibility.source_hint"))
	return f
}

// getStandards shows the standards of visiting aid.
func (h *Handlers) getStandards(w http.ResponseWriter, r *http.Request) error {
	return h.showStandards(w, r, http.StatusOK, newStandardForm(nil, day.On(h.Now())))
}

func (h *Handlers) showStandards(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	v := eligibilitypage.StandardsView{Page: h.Page(r, "eligibility.standards.title"), Manage: web.By(r).Can(staff.CapRulesManage), Today: day.On(h.Now())}
	v.Crumbs = []layout.Crumb{{Key: "eligibility.rules.title", Path: eligibilitypage.RulesPath}, {Key: "eligibility.standards.title"}}
	v.Form, v.Wide, v.Lead, v.List = f, true, "eligibility.standards.lead", web.By(r).Can(staff.CapFileRead)
	var err error
	if v.Standards, err = eligibility.Standards(r.Context(), h.DB); err != nil {
		return err
	}
	return h.Render(w, r, status, eligibilitypage.Standards(v))
}

// postStandard adds a standard.
func (h *Handlers) postStandard(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := newStandardForm(values, day.On(h.Now()))
	s := eligibility.Standard{Audience: form.One[eligibility.Audience](f.Field("audience")), From: f.Field("from_on").Date(),
		Amount: f.Field("amount").Money(), Source: f.Field("source").Text()}
	return h.Act(w, r, f, func() error { return h.showStandards(w, r, http.StatusUnprocessableEntity, f) }, func(u *work.Unit) (string, error) {
		return eligibilitypage.StandardsPath, eligibility.AddStandard(r.Context(), u, s)
	}, "eligibility.standards.added", s.From.String())
}

// open reads what everybody may know of the conditions, the procedure, the standards and the form of payment (004-26), with the
// lines of so many districts behind one; 0 = of all.
func (h *Handlers) open(r *http.Request, after string, districts int) (v eligibilitypage.OpenView, err error) {
	v.Today = day.On(h.Now())
	if v.Rule, err = eligibility.RuleOn(r.Context(), h.DB, v.Today); err != nil {
		return v, err
	}
	if v.Lines, v.Next, err = eligibility.InForce(r.Context(), h.DB, v.Today, after, districts); err != nil {
		return v, err
	}
	all, err := eligibility.Standards(r.Context(), h.DB)
	if err != nil {
		return v, err
	}
	v.Standards = eligibility.StandardsOn(all, v.Today)
	for _, panel := range h.opened {
		part, err := panel(r)
		if err != nil {
			return v, err
		}
		if part != nil {
			v.Panels = append(v.Panels, part)
		}
	}
	return v, nil
}

// getOpen shows everybody by what rules a household is taken onto the register and helped.
func (h *Handlers) getOpen(w http.ResponseWriter, r *http.Request) error {
	after, err := behind(r)
	if err != nil {
		return err
	}
	v, err := h.open(r, after, districtsShown)
	if err != nil {
		return err
	}
	page := h.Page(r, "eligibility.open.title")
	page.Lead, page.LeadArg = "eligibility.open.lead", []any{v.Today}
	return h.Render(w, r, http.StatusOK, eligibilitypage.Open(page, v))
}

// getOpenPrint is the same on paper, for the notice board.
func (h *Handlers) getOpenPrint(w http.ResponseWriter, r *http.Request) error {
	v, err := h.open(r, "", 0)
	if err != nil {
		return err
	}
	sheet := layout.Sheet{Page: h.Page(r, "eligibility.open.title"), By: words.T(r.Context(), "common.centre"), At: h.Now(), Back: eligibilitypage.OpenPath}
	return h.Render(w, r, http.StatusOK, eligibilitypage.OpenPrint(sheet, v))
}
