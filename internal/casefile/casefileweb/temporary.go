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

// newTemporaryForm asks why a household is kept in a temporary file.
func newTemporaryForm(values url.Values) *form.Form {
	f := form.New(values)
	f.Area("reason", "casefile.temporary.reason", form.Required, form.Max(500), form.Least(2), form.Hint("casefile.temporary.reason_hint"))
	return f
}

// getTemporary asks before a registration is kept as a temporary file, or says what it still owes.
func (h *Handlers) getTemporary(w http.ResponseWriter, r *http.Request) error {
	return h.showTemporary(w, r, http.StatusOK, newTemporaryForm(nil))
}

// postTemporary keeps a registration as a temporary file.
func (h *Handlers) postTemporary(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID[work.FileID](r, "file")
	if err != nil {
		return err
	}
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := newTemporaryForm(values)
	if !f.Valid() {
		return h.showTemporary(w, r, http.StatusUnprocessableEntity, f)
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		return casefilepage.FilePath(id), casefile.KeepTemporary(r.Context(), u, id, f.Field("reason").Text())
	})
	if refusal, ok := work.AsRefusal(err); ok {
		return h.showTemporary(w, r, http.StatusUnprocessableEntity, refused(f, refusal))
	}
	if err != nil {
		return err
	}
	h.Flash(r, "casefile.temporary.kept")
	return web.SeeOther(w, r, to)
}

func (h *Handlers) showTemporary(w http.ResponseWriter, r *http.Request, status int, fm *form.Form) error {
	f, err := h.file(r)
	if err != nil {
		return err
	}
	v := casefilepage.TemporaryView{Page: h.underTasks(r, f, "casefile.temporary.title"), File: f}
	v.Form = fm
	if !f.May(casefile.ActKeepTemporary, web.By(r)) { // nothing is owed any more
		if !fm.Posted() {
			return work.Refuse("casefile.refusal.state", casefile.ActKeepTemporary, f.State)
		}
		return h.Render(w, r, status, casefilepage.Temporary(v))
	}
	s, err := casefile.SituationOf(r.Context(), h.DB, f)
	if err != nil {
		return err
	}
	v.Lacks = s.TemporaryLacks()
	return h.Render(w, r, status, casefilepage.Temporary(v))
}

// underTasks starts a page that lies under the task list of a registration.
func (h *Handlers) underTasks(r *http.Request, f casefile.File, title words.Key) layout.Page {
	p := h.page(r, f, title)
	p.Crumbs = casefilepage.Crumbs(f, layout.Crumb{Key: "casefile.tasks_title", Path: casefilepage.TasksPath(f.ID)}, layout.Crumb{Key: title})
	return p
}

// getConversion asks before a temporary file becomes a registration.
func (h *Handlers) getConversion(w http.ResponseWriter, r *http.Request) error {
	return h.showConversion(w, r, http.StatusOK, form.New(nil))
}

// postConversion makes a temporary file a registration, and leads to what is missing in it.
func (h *Handlers) postConversion(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID[work.FileID](r, "file")
	if err != nil {
		return err
	}
	if _, err := web.Only(r); err != nil {
		return err
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		return casefilepage.TasksPath(id), casefile.Convert(r.Context(), u, id)
	})
	if refusal, ok := work.AsRefusal(err); ok {
		return h.showConversion(w, r, http.StatusUnprocessableEntity, refused(form.New(url.Values{}), refusal))
	}
	if err != nil {
		return err
	}
	h.Flash(r, "casefile.temporary.converted")
	return web.SeeOther(w, r, to)
}

func (h *Handlers) showConversion(w http.ResponseWriter, r *http.Request, status int, fm *form.Form) error {
	f, err := h.file(r)
	if err != nil {
		return err
	}
	if f.State != casefile.Temporary && !fm.Posted() {
		return work.Refuse("casefile.refusal.state", casefile.ActConvert, f.State)
	}
	v := casefilepage.ConversionView{Page: h.page(r, f, "casefile.temporary.convert"), File: f}
	v.Form = fm
	return h.Render(w, r, status, casefilepage.Conversion(v))
}

// newCancellationForm asks why a temporary file ends.
func newCancellationForm(values url.Values) *form.Form {
	f := form.New(values)
	f.Area("reason", "casefile.temporary.cancel_reason", form.Required, form.Max(500), form.Least(2))
	return f
}

func (h *Handlers) cancellationView(r *http.Request, f casefile.File) casefilepage.ReasonView {
	return casefilepage.ReasonView{Page: h.page(r, f, "casefile.temporary.cancel"), File: f, Submit: "casefile.temporary.cancel_now",
		Warn: "casefile.temporary.cancel_warn", Back: casefilepage.FilePath(f.ID)}
}

// getCancellation asks before a temporary file ends.
func (h *Handlers) getCancellation(w http.ResponseWriter, r *http.Request) error {
	f, err := h.file(r)
	if err != nil {
		return err
	}
	if f.State != casefile.Temporary {
		return work.Refuse("casefile.refusal.state", casefile.ActCancel, f.State)
	}
	return h.showReason(w, r, http.StatusOK, h.cancellationView(r, f), newCancellationForm(nil))
}

// postCancellation ends a temporary file.
func (h *Handlers) postCancellation(w http.ResponseWriter, r *http.Request) error {
	f, err := h.file(r)
	if err != nil {
		return err
	}
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	return h.end(w, r, h.cancellationView(r, f), newCancellationForm(values), func(u *work.Unit, reason string) error {
		return casefile.Cancel(r.Context(), u, f.ID, reason)
	})
}
