// Package trialweb answers the addresses of the proposals of lines and rules, and of their trials.
package trialweb

import (
	"net/http"
	"net/url"
	"slices"

	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/form"
	"bangfu/internal/staff"
	"bangfu/internal/trial"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/trialpage"
	"bangfu/templates/ui"
)

// Handlers answers the pages of the proposals.
type Handlers struct{ *web.Kit }

// pageSize is the number of rows on one page of a list.
const pageSize = 50

// Routes declares the addresses. Whoever keeps the rules enters them, the head of the leading group confirms.
func Routes(rs *web.Routes, k *web.Kit) {
	h := &Handlers{Kit: k}
	rs.Get("/rules/proposals", staff.CapRulesRead, h.getList)
	rs.Get("/rules/proposals/line", staff.CapRulesManage, h.getLine)
	rs.Post("/rules/proposals/line", staff.CapRulesManage, h.postLine)
	rs.Get("/rules/proposals/rule", staff.CapRulesManage, h.getRule)
	rs.Post("/rules/proposals/rule", staff.CapRulesManage, h.postRule)
	rs.Get("/rules/proposals/{proposal}", staff.CapRulesRead, h.getProposal)
	rs.Post("/rules/proposals/{proposal}/trials", staff.CapRulesManage, h.postTrial)
	rs.Post("/rules/proposals/{proposal}/withdrawal", staff.CapRulesManage, h.postWithdrawal)
	rs.Post("/rules/proposals/{proposal}/decision", staff.CapRulesConfirm, h.postDecision)
	rs.Get("/rules/proposals/{proposal}/households", staff.CapFileRead, h.getHouseholds)
	rs.Get("/rules/affected", staff.CapFileRead, h.getAffected)
}

// crumbs lead back to the rules.
func crumbs(title words.Key) []layout.Crumb {
	return []layout.Crumb{{Key: "trial.rules", Path: trialpage.RulesPath}, {Key: title}}
}

// getList lists the proposals.
func (h *Handlers) getList(w http.ResponseWriter, r *http.Request) error {
	below, err := web.QueryID[int64](r, "below")
	if err != nil {
		return err
	}
	v := trialpage.ListView{Page: h.Page(r, "trial.list.title"), Below: below != 0}
	v.Crumbs, v.Wide = crumbs("trial.list.title"), true
	if web.By(r).Can(staff.CapRulesManage) {
		v.Actions = []ui.Btn{{Key: "trial.new_line", Href: trialpage.LinePath, Look: ui.Secondary}, {Key: "trial.new_rule", Href: trialpage.RulePath, Look: ui.Secondary}}
	}
	if v.Proposals, v.More, err = trial.List(r.Context(), h.DB, trial.ID(below), pageSize); err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, trialpage.List(v))
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

// getLine shows the form of a new line.
func (h *Handlers) getLine(w http.ResponseWriter, r *http.Request) error {
	return h.showEnter(w, r, http.StatusOK, trial.Line, newLineForm(nil, day.On(h.Now())))
}

// postLine proposes a line.
func (h *Handlers) postLine(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := newLineForm(values, day.On(h.Now()))
	line := eligibility.Line{District: f.Field("district").Text(), From: f.Field("from_on").Date(),
		Monthly: f.Field("monthly").Money(), Source: f.Field("source").Text()}
	return h.propose(w, r, trial.Line, f, func(u *work.Unit) (trial.ID, error) { return trial.ProposeLine(r.Context(), u, line) })
}

// newRuleForm asks for a rule. Which numbers it needs hangs on the generation; the others stay blank.
func newRuleForm(values url.Values, today day.Date) *form.Form {
	f := form.New(values)
	f.Select("generation", "eligibility.rules.generation", form.Options(eligibility.Generations...), form.Required)
	f.Date("from_on", "eligibility.from", form.Required, form.Default(day.Of(today.Year()+1, 1, 1)))
	f.Text("source", "eligibility.source", form.Required, form.Least(2), form.Max(200), form.Hint("eligibility.source_hint"))
	operators := []form.Option{{Value: "strict", Key: "eligibility.rules.strict"}, {Value: "inclusive", Key: "eligibility.rules.inclusive"}}
	f.Choice("strict", "trial.operator_line", operators, form.Required, form.Default("strict"))
	f.Choice("upper", "trial.operator_upper", operators, form.Required, form.Default("strict"))
	for _, b := range eligibility.Asked {
		options := []form.Opt{form.Between(b.Least, b.Most), form.Width(5)}
		if b.Optional {
			options = append(options, form.Hint("trial.number_optional"))
		}
		f.Number(b.Name, words.Key("trial.number."+b.Name), options...)
	}
	return f
}

// ruleOf reads a rule, and says of each number that the generation does not use that it is to be left blank.
func ruleOf(f *form.Form) eligibility.Rule {
	r := eligibility.Rule{Generation: form.One[eligibility.Generation](f.Field("generation")), From: f.Field("from_on").Date(), Source: f.Field("source").Text()}
	r.Numbers.Strict = f.Field("strict").Text() == "strict"
	r.Numbers.UpperInclusive = r.Numbers.Strict && f.Field("upper").Text() == "inclusive"
	if !r.Numbers.Strict && f.Field("upper").Text() == "strict" {
		f.Fail("upper", "trial.refusal.upper")
	}
	known := slices.Contains(eligibility.Generations, r.Generation)
	for _, b := range eligibility.Asked {
		field := f.Field(b.Name)
		switch {
		case !known || field.Error != nil:
		case b.Uses(r.Generation) && field.Empty() && !b.Optional:
			f.Fail(b.Name, "trial.refusal.needed", r.Generation)
		case b.Uses(r.Generation):
			*b.Of(&r.Numbers) += field.Number()
		case !field.Empty():
			f.Fail(b.Name, "eligibility.refusal.unused")
		}
	}
	return r
}

// getRule shows the form of a new rule.
func (h *Handlers) getRule(w http.ResponseWriter, r *http.Request) error {
	return h.showEnter(w, r, http.StatusOK, trial.Rule, newRuleForm(nil, day.On(h.Now())))
}

// postRule proposes a rule.
func (h *Handlers) postRule(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := newRuleForm(values, day.On(h.Now()))
	rule := ruleOf(f)
	return h.propose(w, r, trial.Rule, f, func(u *work.Unit) (trial.ID, error) { return trial.ProposeRule(r.Context(), u, rule) })
}

// propose enters a proposal and goes to its page, or shows the form again.
func (h *Handlers) propose(w http.ResponseWriter, r *http.Request, kind trial.Kind, f *form.Form, enter func(u *work.Unit) (trial.ID, error)) error {
	if !f.Valid() {
		return h.showEnter(w, r, http.StatusUnprocessableEntity, kind, f)
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		id, err := enter(u)
		return trialpage.Path(id), err
	})
	if web.Refused(f, err) {
		return h.showEnter(w, r, http.StatusUnprocessableEntity, kind, f)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, to)
}

func (h *Handlers) showEnter(w http.ResponseWriter, r *http.Request, status int, kind trial.Kind, f *form.Form) error {
	title := words.Key("trial.new_line")
	if kind == trial.Rule {
		title = "trial.new_rule"
	}
	v := trialpage.EnterView{Page: h.Page(r, title), Kind: kind}
	v.Crumbs, v.Form, v.Lead = crumbs(title), f, "trial.enter_lead"
	return h.Render(w, r, status, trialpage.Enter(v))
}
