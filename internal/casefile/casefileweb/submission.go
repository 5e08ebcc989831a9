package casefileweb

import (
	"net/http"
	"net/url"

	"bangfu/internal/casefile"
	"bangfu/internal/form"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/casefilepage"
	"bangfu/templates/layout"
)

// getTasks shows the task list of a registration.
func (h *Handlers) getTasks(w http.ResponseWriter, r *http.Request) error {
	household, tasks, err := h.tasks(r)
	if err != nil {
		return err
	}
	v := casefilepage.TasksView{Page: h.page(r, household.File, "casefile.tasks_title"), File: household.File, Tasks: tasks}
	if v.Notes, err = h.notesOn(r, household, tasks); err != nil {
		return err
	}
	v.Temporary = household.File.May(casefile.ActKeepTemporary, web.By(r))
	v.Discard = household.File.May(casefile.ActDiscard, web.By(r))
	v.Lead, v.LeadArg = "casefile.tasks_done", []any{done(tasks), len(tasks)}
	return h.Render(w, r, http.StatusOK, casefilepage.Tasks(v))
}

// tasks finds the registration that the address names, with all that it says and its sections.
func (h *Handlers) tasks(r *http.Request) (casefilepage.Household, []casefile.Task, error) {
	f, err := h.file(r)
	if err != nil {
		return casefilepage.Household{}, nil, err
	}
	if !f.State.Editable() {
		return casefilepage.Household{}, nil, work.Refuse("casefile.refusal.not_editable", f.State)
	}
	v, err := h.whole(r, f)
	if err != nil {
		return v, nil, err
	}
	s := casefile.Situation{File: f, Causes: v.Causes, People: v.People, Economy: v.Economy, Particulars: v.Particulars}
	tasks, err := casefile.TasksIn(r.Context(), h.DB, s, v.Evidence, v.Declarations, web.By(r).StaffID, v.Today)
	return v, tasks, err
}

// done counts the sections that are done.
func done(tasks []casefile.Task) int {
	n := 0
	for _, t := range tasks {
		if t.Standing == casefile.Done {
			n++
		}
	}
	return n
}

// getSubmission shows all answers before they are submitted.
func (h *Handlers) getSubmission(w http.ResponseWriter, r *http.Request) error {
	return h.showSubmission(w, r, http.StatusOK, nil)
}

// postSubmission submits the registration. What is unfinished is shown, not refused in silence.
func (h *Handlers) postSubmission(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID[work.FileID](r, "file")
	if err != nil {
		return err
	}
	if _, err := web.Only(r); err != nil {
		return err
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		return casefilepage.FilePath(id), casefile.Submit(r.Context(), u, id)
	})
	if refusal, ok := work.AsRefusal(err); ok {
		return h.showSubmission(w, r, http.StatusUnprocessableEntity, refusal)
	}
	if err != nil {
		return err
	}
	h.Flash(r, "casefile.submitted")
	return web.SeeOther(w, r, to)
}

func (h *Handlers) showSubmission(w http.ResponseWriter, r *http.Request, status int, refusal *work.Refusal) error {
	household, tasks, err := h.tasks(r)
	if err != nil {
		return err
	}
	f := household.File
	v := casefilepage.CheckView{Page: h.page(r, f, "casefile.check_title"), Household: household, Tasks: tasks, Ready: done(tasks) == len(tasks)}
	v.Crumbs = casefilepage.Crumbs(f, layout.Crumb{Key: "casefile.tasks_title", Path: casefilepage.TasksPath(f.ID)}, layout.Crumb{Key: "casefile.check_title"})
	if refusal != nil {
		v.Form = refused(form.New(url.Values{}), refusal)
	}
	if v.Notes, err = h.notesOn(r, household, tasks); err != nil {
		return err
	}
	return h.Render(w, r, status, casefilepage.Check(v))
}

// refused puts a rule's refusal on a form.
func refused(f *form.Form, refusal *work.Refusal) *form.Form {
	f.Fail(refusal.Field, words.Key(refusal.Key), refusal.Args...)
	return f
}

// newDiscardForm asks why a registration is thrown away.
func newDiscardForm(values url.Values) *form.Form {
	f := form.New(values)
	f.Area("reason", "casefile.discard_reason", form.Required, form.Max(500), form.Least(2))
	return f
}

// getWithdrawal asks before a registration is thrown away.
func (h *Handlers) getWithdrawal(w http.ResponseWriter, r *http.Request) error {
	f, err := h.file(r)
	if err != nil {
		return err
	}
	return h.showReason(w, r, http.StatusOK, h.discardView(r, f), newDiscardForm(nil))
}

func (h *Handlers) discardView(r *http.Request, f casefile.File) casefilepage.ReasonView {
	return casefilepage.ReasonView{Page: h.page(r, f, "casefile.discard"), File: f, Submit: "casefile.discard_now",
		Warn: "casefile.discard_warn", Back: casefilepage.TasksPath(f.ID)}
}

func (h *Handlers) showReason(w http.ResponseWriter, r *http.Request, status int, v casefilepage.ReasonView, f *form.Form) error {
	v.Form = f
	return h.Render(w, r, status, casefilepage.Reason(v))
}

// postWithdrawal throws a registration away.
func (h *Handlers) postWithdrawal(w http.ResponseWriter, r *http.Request) error {
	f, err := h.file(r)
	if err != nil {
		return err
	}
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	return h.end(w, r, h.discardView(r, f), newDiscardForm(values), func(u *work.Unit, reason string) error {
		return casefile.Discard(r.Context(), u, f.ID, reason)
	})
}

// end carries out an act that ends a file, or shows its form again.
func (h *Handlers) end(w http.ResponseWriter, r *http.Request, v casefilepage.ReasonView, f *form.Form, act func(u *work.Unit, reason string) error) error {
	if !f.Valid() {
		return h.showReason(w, r, http.StatusUnprocessableEntity, v, f)
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		return casefilepage.FilePath(v.File.ID), act(u, f.Field("reason").Text())
	})
	if refusal, ok := work.AsRefusal(err); ok {
		return h.showReason(w, r, http.StatusUnprocessableEntity, v, refused(f, refusal))
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, to)
}
