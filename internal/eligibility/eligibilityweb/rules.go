// Package eligibilityweb answers the addresses of the rules and of the local minimum living standards.
package eligibilityweb

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/form"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/eligibilitypage"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// Handlers answers the pages of the rules.
type Handlers struct {
	*web.Kit
	panels []Panel
	opened []Panel // what everybody may read
}

// Routes declares the addresses; panels are what other features show on the rules page, in their order, and opened those of
// them that everybody may read.
func Routes(rs *web.Routes, k *web.Kit, panels, opened []Panel) {
	h := &Handlers{Kit: k, panels: panels, opened: opened}
	rs.PublicGet(eligibilitypage.OpenPath, h.getOpen)
	rs.PublicGet(eligibilitypage.OpenPath+"/print", h.getOpenPrint)
	rs.Get(eligibilitypage.StandardsPath, staff.CapRulesRead, h.getStandards)
	rs.Post(eligibilitypage.StandardsPath, staff.CapRulesManage, h.postStandard)
	rs.Get("/rules", staff.CapRulesRead, h.getRules)
	rs.Get("/rules/lines", staff.CapRulesRead, h.getLines)
	rs.Get("/rules/references", staff.CapRulesRead, h.getReferences)
	rs.Post("/rules/references", staff.CapRulesManage, h.postReference)
}

// Rows on one page of a list: the lines of so many districts, and so many references.
const (
	districtsShown  = 100
	referencesShown = 100
)

// behind reads after which district a page of lines begins; "" for the first page.
func behind(r *http.Request) (string, error) {
	code := r.URL.Query().Get("after")
	if code != "" && !eligibility.IsDistrict(code) {
		return "", work.ErrNotFound
	}
	return code, nil
}

// getRules shows by what the program decides today.
func (h *Handlers) getRules(w http.ResponseWriter, r *http.Request) error {
	v := eligibilitypage.RulesView{Page: h.Page(r, "eligibility.rules.title"), Today: day.On(h.Now())}
	v.Lead, v.Manage = "eligibility.rules.lead", web.By(r).Can(staff.CapRulesManage)
	after, err := behind(r)
	if err != nil {
		return err
	}
	if v.History, err = eligibility.Rules(r.Context(), h.DB); err != nil {
		return err
	}
	if v.Rule, err = eligibility.RuleOn(r.Context(), h.DB, v.Today); err != nil {
		return err
	}
	if v.Lines, v.Next, err = eligibility.InForce(r.Context(), h.DB, v.Today, after, districtsShown); err != nil {
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

// getLines shows the lines by district with their history.
func (h *Handlers) getLines(w http.ResponseWriter, r *http.Request) error {
	v := eligibilitypage.LinesView{Page: h.Page(r, "eligibility.lines.title"), Today: day.On(h.Now())}
	v.Crumbs = []layout.Crumb{{Key: "eligibility.rules.title", Path: eligibilitypage.RulesPath}, {Key: "eligibility.lines.title"}}
	v.Wide = true
	if web.By(r).Can(staff.CapRulesManage) {
		v.Actions = []ui.Btn{{Key: "eligibility.lines.new", Href: eligibilitypage.ProposeLinePath}}
	}
	after, err := behind(r)
	if err != nil {
		return err
	}
	if v.Lines, v.Next, err = eligibility.Lines(r.Context(), h.DB, after, districtsShown); err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, eligibilitypage.Lines(v))
}

// place reads after which reference a page begins.
func place(r *http.Request) (eligibility.ReferencePlace, error) {
	text := r.URL.Query().Get("after")
	if text == "" {
		return eligibility.ReferencePlace{}, nil
	}
	kind, rest, _ := strings.Cut(text, ".")
	district, from, _ := strings.Cut(rest, ".")
	p := eligibility.ReferencePlace{Kind: eligibility.ReferenceKind(kind), District: district}
	var err error
	if p.From, err = day.Parse(from); err != nil || !slices.Contains(eligibility.ReferenceKinds, p.Kind) || !eligibility.IsDistrict(district) {
		return p, work.ErrNotFound
	}
	return p, nil
}

// newReferenceForm asks for a figure to hold incomes against.
func newReferenceForm(values url.Values, today day.Date) *form.Form {
	f := form.New(values)
	f.Choice("kind", "eligibility.references.kind", form.Options(eligibility.ReferenceKinds...), form.Required)
	f.Text("district", "eligibility.district", form.Required, form.Max(6), form.Width(6), form.Hint("eligibility.district_hint"))
	f.Date("from_on", "eligibility.from", form.Required, form.Default(day.Of(today.Year(), 1, 1)))
	f.Money("monthly", "eligibility.references.monthly", form.Required, form.Positive)
	f.Text("source", "eligibility.source", form.Required, form.Least(2), form.Max(200), form.Hint("eligibility.source_hint"))
	return f
}

// getReferences shows the figures to hold incomes against.
func (h *Handlers) getReferences(w http.ResponseWriter, r *http.Request) error {
	return h.showReferences(w, r, http.StatusOK, newReferenceForm(nil, day.On(h.Now())))
}

func (h *Handlers) showReferences(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	v := eligibilitypage.ReferencesView{Page: h.Page(r, "eligibility.references.title"), Manage: web.By(r).Can(staff.CapRulesManage)}
	v.Crumbs = []layout.Crumb{{Key: "eligibility.rules.title", Path: eligibilitypage.RulesPath}, {Key: "eligibility.references.title"}}
	v.Form, v.Wide, v.Lead = f, true, "eligibility.references.lead"
	after, err := place(r)
	if err != nil {
		return err
	}
	if v.References, v.Next, err = eligibility.References(r.Context(), h.DB, after, referencesShown); err != nil {
		return err
	}
	return h.Render(w, r, status, eligibilitypage.References(v))
}

// postReference adds such a figure.
func (h *Handlers) postReference(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := newReferenceForm(values, day.On(h.Now()))
	reference := eligibility.Reference{Kind: form.One[eligibility.ReferenceKind](f.Field("kind")), District: f.Field("district").Text(),
		From: f.Field("from_on").Date(), Monthly: f.Field("monthly").Money(), Source: f.Field("source").Text()}
	return h.Act(w, r, f, func() error { return h.showReferences(w, r, http.StatusUnprocessableEntity, f) }, func(u *work.Unit) (string, error) {
		return eligibilitypage.ReferencesPath, eligibility.AddReference(r.Context(), u, reference)
	}, "eligibility.references.added", reference.District, reference.From.String())
}
