// Package eligibilityweb answers the addresses of the rules and of the local minimum living standards.
package eligibilityweb

import (
	"net/http"
	"net/url"

	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/form"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/eligibilitypage"
	"bangfu/templates/layout"
)

// Handlers answers the pages of the rules.
type Handlers struct {
	*web.Kit
	panels []Panel
}

// Routes declares the addresses; panels are what other features show on the rules page, in their order.
func Routes(rs *web.Routes, k *web.Kit, panels []Panel) {
	h := &Handlers{Kit: k, panels: panels}
	rs.Get("/rules", staff.CapRulesRead, h.getRules)
	rs.Get("/rules/lines", staff.CapRulesRead, h.getLines)
	rs.Post("/rules/lines", staff.CapRulesManage, h.postLine)
}

// getRules shows by what the program decides today.
func (h *Handlers) getRules(w http.ResponseWriter, r *http.Request) error {
	v := eligibilitypage.RulesView{Page: h.Page(r, "eligibility.rules.title"), Today: day.On(h.Now())}
	v.Lead = "eligibility.rules.lead"
	var err error
	if v.Rule, err = eligibility.RuleOn(r.Context(), h.DB, v.Today); err != nil {
		return err
	}
	if v.Lines, err = eligibility.Lines(r.Context(), h.DB); err != nil {
		return err
	}
	for _, panel := range h.panels {
		part, err := panel(r)
		if err != nil {
			return err
		}
		if part != nil {
			v.Panels = append(v.Panels, part)
		}
	}
	return h.Render(w, r, http.StatusOK, eligibilitypage.Rules(v))
}

// newLineForm asks for a line that holds from a day on.
func newLineForm(values url.Values, today day.Date) *form.Form {
	f := form.New(values)
	f.Text("district", "eligibility.district", form.Required, form.Max(6), form.Width(6), form.Hint("eligibility.district_hint"))
	f.Date("from_on", "eligibility.from", form.Required, form.Default(day.Of(today.Year()+1, 1, 1)))
	f.Money("monthly", "eligibility.monthly", form.Required, form.Positive)
	f.Text("source", "eligibility.source", form.Required, form.Least(2), form.Max(200), form.Hint("eligibility.source_hint"))
	return f
}

// getLines shows the lines by district with their history.
func (h *Handlers) getLines(w http.ResponseWriter, r *http.Request) error {
	return h.showLines(w, r, http.StatusOK, newLineForm(nil, day.On(h.Now())))
}

func (h *Handlers) showLines(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	v := eligibilitypage.LinesView{Page: h.Page(r, "eligibility.lines.title"), Today: day.On(h.Now()), Manage: web.By(r).Can(staff.CapRulesManage)}
	v.Crumbs = []layout.Crumb{{Key: "eligibility.rules.title", Path: eligibilitypage.RulesPath}, {Key: "eligibility.lines.title"}}
	v.Form, v.Wide = f, true
	var err error
	if v.Lines, err = eligibility.Lines(r.Context(), h.DB); err != nil {
		return err
	}
	return h.Render(w, r, status, eligibilitypage.Lines(v))
}

// postLine adds a line.
func (h *Handlers) postLine(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := newLineForm(values, day.On(h.Now()))
	if !f.Valid() {
		return h.showLines(w, r, http.StatusUnprocessableEntity, f)
	}
	line := eligibility.Line{District: f.Field("district").Text(), From: f.Field("from_on").Date(),
		Monthly: f.Field("monthly").Money(), Source: f.Field("source").Text()}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		_, err := eligibility.AddLine(r.Context(), u, line)
		return eligibilitypage.LinesPath, err
	})
	if web.Refused(f, err) {
		return h.showLines(w, r, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	h.Flash(r, "eligibility.lines.added", line.District, line.From.String())
	return web.SeeOther(w, r, to)
}
