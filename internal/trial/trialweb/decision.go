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
	"bangfu/templates/trialpage"
)

// proposal finds the proposal that the address names, with its newest trial.
func (h *Handlers) proposal(r *http.Request) (trial.Proposal, *trial.Run, error) {
	id, err := web.PathID[trial.ID](r, "proposal")
	if err != nil {
		return trial.Proposal{}, nil, err
	}
	p, err := trial.Find(r.Context(), h.DB, id)
	if err != nil {
		return p, nil, err
	}
	run, err := trial.LastRun(r.Context(), h.DB, id)
	return p, run, err
}

// newDecisionForm asks whether a proposal is confirmed, and if not, why.
func newDecisionForm(values url.Values) *form.Form {
	f := form.New(values)
	f.Choice("act", "trial.decision", form.Options(trial.Confirm, trial.Drop), form.Required)
	f.Area("reason", "trial.reason", form.Max(500), form.Hint("trial.reason_hint"))
	return f
}

// newWithdrawalForm asks why a proposal is taken back.
func newWithdrawalForm(values url.Values) *form.Form {
	f := form.New(values)
	f.Area("reason", "trial.reason", form.Required, form.Least(2), form.Max(500))
	return f
}

// getProposal shows a proposal with its trial; while that runs, the page asks again by itself.
func (h *Handlers) getProposal(w http.ResponseWriter, r *http.Request) error {
	return h.showProposal(w, r, http.StatusOK, nil)
}

// showProposal shows a proposal. f is a form that was refused, nil for a fresh one.
func (h *Handlers) showProposal(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	p, run, err := h.proposal(r)
	if err != nil {
		return err
	}
	by := web.By(r)
	title := trialpage.Heading(p)
	v := trialpage.ProposalView{Page: h.Page(r, title.Key, title.Args...), Proposal: p, Run: run,
		Decide:   by.Can(staff.CapRulesConfirm) && p.May(trial.Confirm, by, run),
		Try:      by.Can(staff.CapRulesManage) && p.May(trial.Try, by, run),
		Withdraw: by.Can(staff.CapRulesManage) && p.May(trial.Drop, by, run),
		Names:    by.Can(staff.CapFileRead)}
	v.Affected = v.Names && p.State == trial.Confirmed && !p.Line.From.After(day.On(h.Now()))
	v.Crumbs = trialpage.Crumbs(p, "")
	if p.Kind == trial.Line {
		v.Replaced, err = eligibility.Replaces(r.Context(), h.DB, p.Line)
	} else {
		v.Held, err = eligibility.RuleBefore(r.Context(), h.DB, p.Rule.From)
	}
	if err != nil {
		return err
	}
	switch {
	case f != nil:
		v.Form = f
	case v.Decide:
		v.Form = newDecisionForm(nil)
	case v.Withdraw:
		v.Form = newWithdrawalForm(nil)
	}
	v.Withdraw = v.Withdraw && !v.Decide
	if run != nil && run.Ended() {
		if v.Cost, err = run.Cost(); err != nil {
			return err
		}
	}
	if run != nil && !run.Ended() && f == nil {
		w.Header().Set("Refresh", "2")
	}
	return h.Render(w, r, status, trialpage.Proposal(v))
}

// postTrial asks for another trial.
func (h *Handlers) postTrial(w http.ResponseWriter, r *http.Request) error {
	if _, err := web.Only(r); err != nil {
		return err
	}
	p, _, err := h.proposal(r)
	if err != nil {
		return err
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		return trialpage.Path(p.ID), trial.Again(r.Context(), u, p.ID)
	})
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, to)
}

// postDecision confirms a proposal or refuses it.
func (h *Handlers) postDecision(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := newDecisionForm(values)
	act := form.One[trial.Act](f.Field("act"))
	return h.decide(w, r, f, act, words.Key("trial.told."+string(act)))
}

// postWithdrawal takes a proposal back.
func (h *Handlers) postWithdrawal(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	return h.decide(w, r, newWithdrawalForm(values), trial.Drop, "trial.told.drop")
}

// decide carries out a decision, or shows its form again.
func (h *Handlers) decide(w http.ResponseWriter, r *http.Request, f *form.Form, act trial.Act, told words.Key) error {
	p, _, err := h.proposal(r)
	if err != nil {
		return err
	}
	return h.Act(w, r, f, func() error { return h.showProposal(w, r, http.StatusUnprocessableEntity, f) }, func(u *work.Unit) (string, error) {
		return trialpage.Path(p.ID), trial.Decide(r.Context(), u, p.ID, act, f.Field("reason").Text())
	}, told)
}

// getHouseholds lists the households that a proposal moves, those within the reader's scope.
func (h *Handlers) getHouseholds(w http.ResponseWriter, r *http.Request) error {
	p, run, err := h.proposal(r)
	if err != nil {
		return err
	}
	effect := trial.Effect(r.URL.Query().Get("effect"))
	if effect == "" {
		effect = trial.Enters
	}
	behind, err := web.QueryID[int64](r, "behind")
	if err != nil {
		return err
	}
	if run == nil || !run.Ended() || !slices.Contains(trial.Effects, effect) {
		return work.ErrNotFound
	}
	v := trialpage.HouseholdsView{Page: h.Page(r, "trial.households"), Proposal: p, Run: *run, Effect: effect, Behind: behind != 0}
	v.Crumbs = trialpage.Crumbs(p, "trial.households")
	v.Wide, v.Lead = true, "trial.households_lead"
	v.All, v.More, err = trial.Households(r.Context(), h.DB, web.By(r).Scope, run.ID, effect, work.FileID(behind), pageSize)
	if err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, trialpage.Households(v))
}

// getAffected lists the households that confirmed lines and rules move and that were not judged since.
func (h *Handlers) getAffected(w http.ResponseWriter, r *http.Request) error {
	behind, err := web.QueryID[int64](r, "behind")
	if err != nil {
		return err
	}
	v := trialpage.HouseholdsView{Page: h.Page(r, "trial.affected"), Behind: behind != 0}
	v.Crumbs, v.Wide, v.Lead = crumbs("trial.affected"), true, "trial.affected_lead"
	v.All, v.More, err = trial.Affected(r.Context(), h.DB, web.By(r).Scope, day.On(h.Now()), work.FileID(behind), pageSize)
	if err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, trialpage.Households(v))
}
