package exitweb

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/exit"
	"bangfu/internal/form"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/exitpage"
	"bangfu/templates/layout"
)

// ahead is for how many days ahead callbacks are listed.
const ahead = 30

// getCallbacks lists the callbacks that are due, and those of the next days.
func (h *Handlers) getCallbacks(w http.ResponseWriter, r *http.Request) error {
	today := day.On(h.Now())
	after, err := place(r)
	if err != nil {
		return err
	}
	v := exitpage.CallbacksView{Page: h.Page(r, "exit.callbacks"), Today: today}
	v.Lead, v.LeadArg, v.Wide, v.Crumbs = "exit.callbacks_lead", []any{ahead}, true, exitpage.Crumbs()
	if v.Callbacks, v.Next, err = exit.Due(r.Context(), h.DB, web.By(r).Scope, today.Add(ahead), after, pageSize); err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, exitpage.Callbacks(v))
}

// place reads after which callback a page begins: its day and its id.
func place(r *http.Request) (exit.Cursor, error) {
	text := r.URL.Query().Get("after")
	if text == "" {
		return exit.Cursor{}, nil
	}
	on, id, _ := strings.Cut(text, ".")
	var c exit.Cursor
	var err error
	if c.DueOn, err = day.Parse(on); err != nil {
		return c, work.ErrNotFound
	}
	if _, err := fmt.Sscanf(id, "%d", &c.ID); err != nil || c.ID < 1 {
		return c, work.ErrNotFound
	}
	return c, nil
}

// newCallForm asks what a callback found.
func newCallForm(values url.Values, c exit.Callback, today day.Date) *form.Form {
	f := form.New(values)
	f.Date("done_on", "exit.done_on", form.Required, form.Default(today), form.NotAfter(today))
	f.Choice("how", "exit.contact", form.Options(exit.Contacts...), form.Required)
	f.Choice("result", "exit.result", form.Options(exit.Results...), form.Required)
	f.Area("note", "exit.note", form.Max(1000), form.Hint("exit.note_hint"))
	return f
}

// callback finds the callback that the address names.
func (h *Handlers) callback(r *http.Request) (exit.Callback, error) {
	id, err := web.PathID[exit.CallbackID](r, "callback")
	if err != nil {
		return exit.Callback{}, err
	}
	return exit.FindCallback(r.Context(), h.DB, web.By(r).Scope, id)
}

// getCallback shows one callback, and its form while it is not made.
func (h *Handlers) getCallback(w http.ResponseWriter, r *http.Request) error {
	c, err := h.callback(r)
	if err != nil {
		return err
	}
	return h.showCallback(w, r, http.StatusOK, c, newCallForm(nil, c, day.On(h.Now())))
}

// postCallback notes a callback.
func (h *Handlers) postCallback(w http.ResponseWriter, r *http.Request) error {
	c, err := h.callback(r)
	if err != nil {
		return err
	}
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := newCallForm(values, c, day.On(h.Now()))
	return h.Act(w, r, f, func() error { return h.showCallback(w, r, http.StatusUnprocessableEntity, c, f) }, func(u *work.Unit) (string, error) {
		return exitpage.CallbackPath(c.ID), exit.Call(r.Context(), u, c.ID, f.Field("done_on").Date(), form.One[exit.Contact](f.Field("how")),
			form.One[exit.Result](f.Field("result")), f.Field("note").Text())
	}, "exit.called")
}

func (h *Handlers) showCallback(w http.ResponseWriter, r *http.Request, status int, c exit.Callback, f *form.Form) error {
	by := web.By(r)
	v := exitpage.CallbackView{Page: h.Page(r, "exit.callback_of", c.DueOn), Callback: c, Today: day.On(h.Now())}
	v.Crumbs = exitpage.Crumbs(layout.Crumb{Key: "exit.callbacks", Path: exitpage.CallbacksPath}, layout.Crumb{Text: c.HeadName, Path: exitpage.FilePath(c.FileID)})
	if by.Can(staff.CapExitPropose) && (!c.Done() || f.Posted()) {
		v.Form = f
		phones, err := casefile.HeadPhones(r.Context(), h.DB, h.Keys, by.Scope, []work.FileID{c.FileID})
		if err != nil {
			return err
		}
		v.Phone = phones[c.FileID]
	}
	if c.Done() && c.Result == exit.Relapse && by.Can(staff.CapFileRegister) {
		later, err := casefile.RelapsesOf(r.Context(), h.DB, by.Scope, c.FileID)
		if err != nil {
			return err
		}
		v.MayRelapse = len(later) == 0
	}
	return h.Render(w, r, status, exitpage.CallbackPage(v))
}

// postRelapse opens a registration for a household that fell back into hardship.
func (h *Handlers) postRelapse(w http.ResponseWriter, r *http.Request) error {
	f, err := h.file(r)
	if err != nil {
		return err
	}
	if _, err := web.Only(r); err != nil {
		return err
	}
	left := 0
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		id, out, err := casefile.Relapse(r.Context(), u, f.ID)
		left = out
		return exitpage.FilePath(id) + "/registration", err
	})
	if err != nil {
		return err
	}
	if left > 0 {
		h.Flash(r, "exit.relapsed_without", strconv.Itoa(left))
	} else {
		h.Flash(r, "exit.relapsed")
	}
	return web.SeeOther(w, r, to)
}
