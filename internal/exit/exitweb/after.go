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
	if !f.Valid() {
		return h.showCallback(w, r, http.StatusUnprocessableEntity, c, f)
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		return exitpage.CallbackPath(c.ID), exit.Call(r.Context(), u, c.ID, f.Field("done_on").Date(), form.One[exit.Contact](f.Field("how")),
			form.One[exit.Result](f.Field("result")), f.Field("note").Text())
	})
	if web.Refused(f, err) {
		return h.showCallback(w, r, http.StatusUnprocessableEntity, c, f)
	}
	if err != nil {
		return err
	}
	h.Flash(r, "exit.called")
	return web.SeeOther(w, r, to)
}

func (h *Handlers) showCallback(w http.ResponseWriter, r *http.Request, status int, c exit.Callback, f *form.Form) error {
	by := web.By(r)
	v := exitpage.CallbackView{Page: h.Page(r, "exit.callback_of", c.DueOn), Callback: c, Today: day.On(h.Now())}
	v.Crumbs = exitpage.Crumbs(layout.Crumb{Key: "exit.callbacks", Path: exitpage.CallbacksPath}, layout.Crumb{Text: c.HeadName, Path: exitpage.FilePath(c.FileID)})
	if by.Can(staff.CapExitPropose) && (!c.Done() || f.Posted()) {
		v.Form = f
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

// getRecoveries lists the claims after false information.
func (h *Handlers) getRecoveries(w http.ResponseWriter, r *http.Request) error {
	below, err := cursor(r)
	if err != nil {
		return err
	}
	v := exitpage.RecoveriesView{Page: h.Page(r, "exit.recoveries")}
	v.Lead, v.Wide, v.Crumbs = "exit.recoveries_lead", true, []layout.Crumb{{Key: "layout.home", Path: "/"}}
	if v.Recoveries, v.Next, err = exit.Recoveries(r.Context(), h.DB, web.By(r).Scope, below, pageSize); err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, exitpage.Recoveries(v))
}

// newReceiptForm asks for money that came back.
func newReceiptForm(values url.Values, claim exit.Recovery, today day.Date) *form.Form {
	f := form.New(values)
	f.Money("amount", "exit.received", form.Required, form.Positive, form.AtMost(claim.Open()))
	f.Date("received_on", "exit.received_on", form.Required, form.Default(today), form.NotAfter(today), form.NotBefore(day.On(claim.ClosedAt)))
	f.Text("paper", "exit.receipt_paper", form.Required, form.Least(2), form.Hint("exit.receipt_paper_hint"))
	return f
}

// claim finds the claim that the address names.
func (h *Handlers) claim(r *http.Request) (exit.Recovery, exit.Proof, error) {
	id, err := web.PathID[exit.ID](r, "exit")
	if err != nil {
		return exit.Recovery{}, exit.Proof{}, err
	}
	return exit.FindRecovery(r.Context(), h.DB, web.By(r).Scope, id)
}

// getRecovery shows one claim with what came back of it.
func (h *Handlers) getRecovery(w http.ResponseWriter, r *http.Request) error {
	claim, proof, err := h.claim(r)
	if err != nil {
		return err
	}
	return h.showRecovery(w, r, http.StatusOK, claim, proof, newReceiptForm(nil, claim, day.On(h.Now())))
}

// postRecovery notes money that came back.
func (h *Handlers) postRecovery(w http.ResponseWriter, r *http.Request) error {
	claim, proof, err := h.claim(r)
	if err != nil {
		return err
	}
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := newReceiptForm(values, claim, day.On(h.Now()))
	if !f.Valid() {
		return h.showRecovery(w, r, http.StatusUnprocessableEntity, claim, proof, f)
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		return exitpage.RecoveryPath(claim.ID), exit.Receive(r.Context(), u, claim.ID,
			exit.Receipt{Amount: f.Field("amount").Money(), ReceivedOn: f.Field("received_on").Date(), Paper: f.Field("paper").Text()})
	})
	if web.Refused(f, err) {
		return h.showRecovery(w, r, http.StatusUnprocessableEntity, claim, proof, f)
	}
	if err != nil {
		return err
	}
	h.Flash(r, "exit.receipt_booked")
	return web.SeeOther(w, r, to)
}

func (h *Handlers) showRecovery(w http.ResponseWriter, r *http.Request, status int, claim exit.Recovery, proof exit.Proof, f *form.Form) error {
	v := exitpage.RecoveryView{Page: h.Page(r, "exit.recovery_of", claim.HeadName), Recovery: claim, Proof: proof}
	v.Crumbs = []layout.Crumb{{Key: "layout.home", Path: "/"}, {Key: "exit.recoveries", Path: exitpage.RecoveriesPath}}
	if web.By(r).Can(staff.CapRecoveryReceive) && (claim.Open() > 0 || f.Posted()) {
		v.Form = f
	}
	return h.Render(w, r, status, exitpage.RecoveryPage(v))
}
