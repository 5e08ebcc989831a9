package casefileweb

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/casefilepage"
	"bangfu/templates/layout"
)

// registering is the capability of those who ask for changes.
const registering = staff.CapFileRegister

// asking is one change with all that carries it out.
type asking struct {
	casefile.Change
	hh     household
	sheet  sheet
	form   *form.Form
	proofs []casefile.Evidence // the paper that it names, and all that came with it
	write  func(*work.Unit) error
}

// change finds the change that the address names, and builds its form anew from what was typed: it is checked against the
// household as it is today.
func (h *Handlers) change(r *http.Request) (asking, error) {
	id, err := web.PathID[casefile.ChangeID](r, "change")
	if err != nil {
		return asking{}, err
	}
	c, err := casefile.FindChange(r.Context(), h.DB, web.By(r).Scope, id)
	if err != nil {
		return asking{}, err
	}
	f, err := casefile.Find(r.Context(), h.DB, web.By(r).Scope, c.FileID)
	if err != nil {
		return asking{}, err
	}
	a := asking{Change: c}
	a.sheet, _ = sheetOf(c.Kind) // the database knows no other kinds
	if a.hh, err = h.changeOf(r, f, c.Kind); err != nil {
		return a, err
	}
	typed, err := c.Typed(h.Keys)
	if err != nil {
		return a, err
	}
	for _, e := range a.hh.papers {
		if e.ID == c.Evidence || slices.Contains(typed[sentNumbers], strconv.FormatInt(int64(e.ID), 10)) {
			a.proofs = append(a.proofs, e)
		}
	}
	a.form = build(form.New(typed), a.sheet, a.hh)
	valid := a.form.Valid()
	carryOut := h.writing(r.Context(), a.hh, a.sheet, a.form, nil)
	a.write = func(u *work.Unit) error {
		if !valid { // the household changed, so that what was typed then does not fit it now
			return work.ErrStale
		}
		return carryOut(u)
	}
	return a, nil
}

// newDecisionForm asks for the second person's word.
func newDecisionForm(values url.Values) *form.Form {
	f := form.New(values)
	f.Choice("act", "casefile.change_act", []form.Option{{Value: "agree", Key: "casefile.change_agree"}, {Value: "reject", Key: "casefile.change_reject"}}, form.Required)
	f.Area("note", "casefile.change_note", form.Max(500), form.Hint("casefile.change_note_hint"))
	return f
}

// getChange shows a change: what it does, why, the paper, and for the second person the decision.
func (h *Handlers) getChange(w http.ResponseWriter, r *http.Request) error {
	return h.showChange(w, r, http.StatusOK, newDecisionForm(nil))
}

// showChange shows a change with the form of its decision.
func (h *Handlers) showChange(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	a, err := h.change(r)
	if err != nil {
		return err
	}
	by := web.By(r)
	v := casefilepage.ChangeView{Page: h.page(r, a.hh.file, a.Kind.Key()), File: a.hh.file, Change: a.Change}
	v.Crumbs, v.Wide = crumbs(a.hh.file, layout.Crumb{Key: a.Kind.Key()}), true
	v.Papers = a.proofs
	switch a.State {
	case casefile.ChangeAsked:
		t, err := h.try(r, a.hh.file, a.Change, func(*work.Unit) (casefile.NewChange, func(*work.Unit) error, error) {
			return casefile.NewChange{}, a.write, nil
		})
		refusal, refused := work.AsRefusal(err)
		switch {
		case errors.Is(err, work.ErrStale) || refused:
			v.Stale, v.Refusal = true, refusal
		case err != nil:
			return err
		}
		v.Differences, v.Now, v.Then = t.differences, t.now, t.then
		v.Withdraw = a.AskedBy == by.StaffID
		if by.Can(staff.CapChangeDecide) && a.AskedBy != by.StaffID {
			v.Form = f
		}
	case casefile.ChangeRejected:
		if a.AskedBy == by.StaffID && by.Can(registering) && casefile.MayChange(a.hh.file, a.Second) == nil {
			v.Again = casefilepage.AgainPath(a.Change)
		}
	case casefile.ChangeApplied:
		before, err := casefile.FindVersion(r.Context(), h.DB, by.Scope, a.FileID, a.After-1)
		if err != nil {
			return err
		}
		after, err := casefile.FindVersion(r.Context(), h.DB, by.Scope, a.FileID, a.After)
		if err != nil {
			return err
		}
		if err := errors.Join(before.Facts.Reveal(h.Keys), after.Facts.Reveal(h.Keys)); err != nil {
			return err
		}
		v.Differences = casefile.Compare(before.Facts, after.Facts)
	}
	return h.Render(w, r, status, casefilepage.Change(v))
}

// postChangeDecision lets the second person agree or reject.
func (h *Handlers) postChangeDecision(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := newDecisionForm(values)
	if !f.Valid() {
		return h.showChange(w, r, http.StatusUnprocessableEntity, f)
	}
	a, err := h.change(r)
	if err != nil {
		return err
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		_, err := casefile.DecideChange(r.Context(), u, a.ID, f.Field("act").Text() == "agree", f.Field("note").Text(), a.write)
		return casefilepage.ChangePath(a.ID), err
	})
	if errors.Is(err, work.ErrStale) {
		f.Fail("", "casefile.change_stale")
		return h.showChange(w, r, http.StatusConflict, f)
	}
	if web.Refused(f, err) {
		return h.showChange(w, r, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, to)
}

// postChangeWithdrawal takes a change back. What was typed becomes a draft again, so that it can be put right.
func (h *Handlers) postChangeWithdrawal(w http.ResponseWriter, r *http.Request) error {
	if _, err := web.Only(r); err != nil {
		return err
	}
	a, err := h.change(r)
	if err != nil {
		return err
	}
	typed, err := a.Typed(h.Keys)
	if err != nil {
		return err
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		if _, err := casefile.WithdrawChange(r.Context(), u, a.ID); err != nil {
			return "", err
		}
		return casefilepage.NewChangePath(a.FileID, a.Kind), casefile.SaveTyped(r.Context(), u, h.Keys, a.FileID, a.hh.drawer(), casefile.Whenever, typed)
	})
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, to)
}

// getRejudgement shows what the judgement says of an active file today.
func (h *Handlers) getRejudgement(w http.ResponseWriter, r *http.Request) error {
	f, err := h.file(r)
	if err != nil {
		return err
	}
	return h.showRejudgement(w, r, http.StatusOK, f, nil, nil)
}

// showRejudgement shows the verdict of today beside the last one.
func (h *Handlers) showRejudgement(w http.ResponseWriter, r *http.Request, status int, f casefile.File, values url.Values, refusal *work.Refusal) error {
	if f.State != casefile.Active {
		return work.Refuse("casefile.refusal.state", casefile.ActQualify, f.State)
	}
	v := casefilepage.RejudgementView{Page: h.page(r, f, "casefile.rejudge"), File: f, Today: day.On(h.Now())}
	fm := newRejudgementForm(values)
	weighed, err := casefile.Weigh(r.Context(), h.DB, f, v.Today, casefile.Ruling{Listed: fm.Field("listed").Ticked()})
	if wordless, ok := work.AsRefusal(err); ok {
		return wordless
	}
	if err != nil {
		return err
	}
	if v.Last, err = h.judgement(r.Context(), f); err != nil {
		return err
	}
	if v.Outdated, err = h.outdated(r, f); err != nil {
		return err
	}
	if refusal != nil {
		web.Refused(fm, refusal)
	}
	v.Weighed, v.Form, v.Wide, v.Judge = weighed, fm, true, web.By(r).Can(staff.CapFileJudge)
	return h.Render(w, r, status, casefilepage.Rejudgement(v))
}

// newRejudgementForm asks whether the event is a listed one.
func newRejudgementForm(values url.Values) *form.Form {
	f := form.New(values)
	f.Tick("listed", "casefile.listed_event")
	return f
}

// postRejudgement keeps the judgement of today.
func (h *Handlers) postRejudgement(w http.ResponseWriter, r *http.Request) error {
	f, err := h.file(r)
	if err != nil {
		return err
	}
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	fm := newRejudgementForm(values)
	if !fm.Valid() {
		return h.showRejudgement(w, r, http.StatusUnprocessableEntity, f, values, nil)
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		_, err := casefile.Rejudge(r.Context(), u, f.ID, fm.Field("listed").Ticked())
		return casefilepage.FilePath(f.ID), err
	})
	if refusal, ok := work.AsRefusal(err); ok {
		return h.showRejudgement(w, r, http.StatusUnprocessableEntity, f, values, refusal)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, to)
}
