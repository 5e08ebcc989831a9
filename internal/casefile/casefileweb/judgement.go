package casefileweb

import (
	"net/http"
	"net/url"
	"strconv"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/form"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/casefilepage"
	"bangfu/templates/ui"
)

// newJudgementForm carries what the reader saw, so that nobody confirms figures that changed meanwhile.
func newJudgementForm(values url.Values, w casefile.Weighed) *form.Form {
	f := form.New(values)
	if values.Has("again") {
		f = form.Draft(values)
	}
	f.Known("again")
	f.Hidden("figures", form.Default(figures(w)))
	f.Tick("listed", "casefile.listed_event", form.Hint("casefile.listed_hint"))
	if len(w.Exclusions) > 0 {
		f.Choice("ruling", "casefile.ruling", form.Options(casefile.RulingKinds...), form.Required)
		f.Area("ruling_reason", "casefile.ruling_reason", form.Required, form.Least(2), form.Max(500))
	} else {
		f.Known("ruling", "ruling_reason")
	}
	return f
}

// rulingOf reads what a person adds to the computed verdict.
func rulingOf(f *form.Form) casefile.Ruling {
	r := casefile.Ruling{Listed: f.Field("listed").Ticked()}
	if kind := f.Field("ruling"); kind != nil {
		r.Kind, r.Reason = form.One[casefile.RulingKind](kind), f.Field("ruling_reason").Text()
	}
	return r
}

// figures is a short sign of a verdict's figures, line and rule, and of the conditions that hold.
func figures(w casefile.Weighed) string {
	v, f, text := w.Verdict, w.Verdict.Facts, ""
	for _, n := range []int64{int64(f.Income), int64(f.Rigid), int64(f.JobCost), f.People, int64(f.EventCost), int64(f.Savings),
		int64(v.Line.ID), int64(v.Rule.ID)} {
		text += strconv.FormatInt(n, 36) + "."
	}
	for _, holds := range []bool{f.Allowance, f.Illness} {
		text += strconv.FormatBool(holds)[:1]
	}
	for _, e := range w.Exclusions {
		text += "." + string(e)
	}
	return text
}

// getJudgement shows the computed verdict of a visited file, or what was judged.
func (h *Handlers) getJudgement(w http.ResponseWriter, r *http.Request) error {
	f, err := h.file(r)
	if err != nil {
		return err
	}
	if f.State == casefile.Visited {
		return h.showJudgement(w, r, http.StatusOK, f, nil, nil)
	}
	j, err := casefile.LastJudgement(r.Context(), h.DB, f.ID)
	if err != nil {
		return err
	}
	if f.State == casefile.NotQualified {
		v := casefilepage.NotQualifiedView{Page: h.page(r, f, "casefile.not_qualified_title"), File: f, Judgement: j}
		return h.Render(w, r, http.StatusOK, casefilepage.NotQualified(v))
	}
	v := casefilepage.JudgementView{Page: h.page(r, f, "casefile.judgement"), File: f, Judgement: j}
	if v.References, err = eligibility.ReferencesOn(r.Context(), h.DB, f.District, day.On(j.JudgedAt)); err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, casefilepage.Judgement(v))
}

// showJudgement computes the verdict and shows it with the act that confirms it.
func (h *Handlers) showJudgement(w http.ResponseWriter, r *http.Request, status int, f casefile.File, values url.Values, refusal *work.Refusal) error {
	by := web.By(r)
	ruling := casefile.Ruling{Listed: values.Get("listed") == "yes", Kind: casefile.RulingKind(values.Get("ruling"))}
	weighed, err := casefile.Weigh(r.Context(), h.DB, f, day.On(h.Now()), ruling)
	if err != nil {
		return err
	}
	v := casefilepage.JudgementView{Page: h.page(r, f, "casefile.judgement"), File: f, Judgement: casefile.Judgement{Weighed: weighed},
		May: by.Can(staff.CapFileJudge) && (f.May(casefile.ActQualify, by) || f.May(casefile.ActDisqualify, by))}
	if v.References, err = eligibility.ReferencesOn(r.Context(), h.DB, f.District, day.On(h.Now())); err != nil {
		return err
	}
	differences, err := casefile.OpenDifferences(r.Context(), h.DB, f.ID)
	if err != nil {
		return err
	}
	if differences > 0 {
		v.May = false
		v.Flash = &ui.Banner{Tone: ui.Due, Title: "casefile.differences_open", Args: []any{differences}, Body: "casefile.differences_why",
			Href: casefilepage.FilePath(f.ID) + "#comparison", Link: "casefile.differences_see"}
	}
	v.Form = newJudgementForm(values, weighed)
	v.Form.Field("figures").Value = figures(weighed)
	if refusal != nil {
		v.Form = refused(v.Form, refusal)
	}
	if v.Since, err = h.since(r, f); err != nil {
		return err
	}
	if v.Outdated, err = h.outdated(r, f); err != nil {
		return err
	}
	return h.Render(w, r, status, casefilepage.Judgement(v))
}

// outdated warns of what a decision on a file would rest on and that is out of date, with the way to put each right: papers are
// added by whoever may, and figures change by a request of the caseworker, which an active file takes.
func (h *Handlers) outdated(r *http.Request, f casefile.File) ([]ui.Doubt, error) {
	held, err := casefile.EvidenceOf(r.Context(), h.DB, f.ID)
	if err != nil {
		return nil, err
	}
	all, err := casefile.OutdatedOf(r.Context(), h.DB, f, held, day.On(h.Now()))
	if err != nil {
		return nil, err
	}
	doubts := make([]ui.Doubt, len(all))
	for i, o := range all {
		doubts[i] = ui.Doubt{Said: o.Message(), Href: casefilepage.FilePath(f.ID) + "/evidence", Link: "casefile.outdated.to_papers"}
		if o.Section == casefile.EconomySection {
			doubts[i].Href, doubts[i].Link = casefilepage.FilePath(f.ID), "casefile.outdated.to_file"
			if f.State == casefile.Active && web.By(r).Can(staff.CapFileRegister) {
				doubts[i].Href, doubts[i].Link = casefilepage.FilePath(f.ID)+"/changes/"+string(casefile.ChangeEconomy), "casefile.outdated.to_change"
			}
		}
	}
	return doubts, nil
}

// postJudgement confirms the computed verdict.
func (h *Handlers) postJudgement(w http.ResponseWriter, r *http.Request) error {
	f, err := h.file(r)
	if err != nil {
		return err
	}
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	if values.Has("again") {
		return h.showJudgement(w, r, http.StatusOK, f, values, nil)
	}
	weighed, err := casefile.Weigh(r.Context(), h.DB, f, day.On(h.Now()), casefile.Ruling{})
	if refusal, ok := work.AsRefusal(err); ok {
		return refusal
	}
	if err != nil {
		return err
	}
	fm := newJudgementForm(values, weighed)
	if !fm.Valid() {
		return h.showJudgement(w, r, http.StatusUnprocessableEntity, f, values, nil)
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		judged, err := casefile.Judge(r.Context(), u, f.ID, rulingOf(fm))
		if err == nil && figures(judged) != fm.Field("figures").Text() {
			return "", work.ErrStale
		}
		if err == nil && !judged.Verdict.Qualifies() {
			return casefilepage.JudgementPath(f.ID), nil
		}
		return casefilepage.FilePath(f.ID), err
	})
	if refusal, ok := work.AsRefusal(err); ok {
		return h.showJudgement(w, r, http.StatusUnprocessableEntity, f, values, refusal)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, to)
}

// newAssessmentForm asks for the verdict of the assessment, always with an opinion.
func newAssessmentForm(values url.Values) *form.Form {
	f := form.New(values)
	f.Choice("verdict", "casefile.verdict", form.Options(casefile.Opinions...), form.Required)
	f.Area("opinion", "casefile.opinion", form.Required, form.Max(1000), form.Least(2))
	return f
}

// getAssessment shows the form of the assessment.
func (h *Handlers) getAssessment(w http.ResponseWriter, r *http.Request) error {
	f, err := h.file(r)
	if err != nil {
		return err
	}
	if !f.May(casefile.ActPass, web.By(r)) {
		return work.Refuse("casefile.refusal.state", casefile.ActPass, f.State)
	}
	return h.showAssessment(w, r, http.StatusOK, f, newAssessmentForm(nil))
}

// showAssessment shows the verdict to be assessed and the form.
func (h *Handlers) showAssessment(w http.ResponseWriter, r *http.Request, status int, f casefile.File, fm *form.Form) error {
	v := casefilepage.AssessmentView{Page: h.page(r, f, "casefile.assess"), File: f}
	v.Form = fm
	var err error
	if v.Judgement, err = h.judgement(r.Context(), f); err != nil {
		return err
	}
	if v.Since, err = h.since(r, f); err != nil {
		return err
	}
	return h.Render(w, r, status, casefilepage.Assessment(v))
}

// postAssessment passes, returns or refuses the file.
func (h *Handlers) postAssessment(w http.ResponseWriter, r *http.Request) error {
	f, err := h.file(r)
	if err != nil {
		return err
	}
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	fm := newAssessmentForm(values)
	if !fm.Valid() {
		return h.showAssessment(w, r, http.StatusUnprocessableEntity, f, fm)
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		return casefilepage.FilePath(f.ID), casefile.Assess(r.Context(), u, f.ID,
			form.One[casefile.Opinion](fm.Field("verdict")), fm.Field("opinion").Text())
	})
	if refusal, ok := work.AsRefusal(err); ok {
		return h.showAssessment(w, r, http.StatusUnprocessableEntity, f, refused(fm, refusal))
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, to)
}
