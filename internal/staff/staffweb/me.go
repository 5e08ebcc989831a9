package staffweb

import (
	"fmt"
	"net/http"
	"net/url"

	"bangfu/internal/form"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/staffpage"
)

// getMe answers the page of one's own account.
func (h *Handlers) getMe(w http.ResponseWriter, r *http.Request) error {
	by := web.By(r)
	m, err := staff.Find(r.Context(), h.DB, by.Scope, by.StaffID)
	if err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, staffpage.Me(h.page(r, nil, "staff.me_title"), staffpage.MeView{
		Name: m.Name, Username: m.Username, Office: m.OrgName, Roles: m.Roles, Confirms: by.Can(staff.CapRelativeConfirm),
	}))
}

func newPasswordForm(values url.Values) *form.Form {
	f := form.New(values)
	f.Password("present", "staff.present", form.Required, form.Complete("current-password"))
	f.Password("password", "staff.password_new", form.Required, form.Hint("staff.password_hint"), form.Complete("new-password"))
	f.Password("again", "staff.password_again", form.Required, form.Complete("new-password"))
	f.Known("username") // for the browser's store of passwords
	return f
}

// getPassword answers the form that changes one's own password.
func (h *Handlers) getPassword(w http.ResponseWriter, r *http.Request) error {
	return h.showPassword(w, r, http.StatusOK, newPasswordForm(nil))
}

func (h *Handlers) showPassword(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	by := web.By(r)
	m, err := staff.Find(r.Context(), h.DB, by.Scope, by.StaffID)
	if err != nil {
		return err
	}
	p := h.page(r, []layout.Crumb{{Key: "staff.me_title", Path: staffpage.MePath}}, "staff.change_title")
	if by.MustChange {
		p.Title, p.Lead, p.Crumbs, p.Nav = "staff.change_first", "staff.change_why", nil, nil
	}
	p.Form = f
	return h.Render(w, r, status, staffpage.Password(p, f, m.Username))
}

// postPassword changes one's own password and opens a new session in place of all others. The
// passwords go into no hash of a form; the same form again fails at the present password.
func (h *Handlers) postPassword(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := newPasswordForm(values)
	if values.Get("again") != values.Get("password") {
		f.Fail("again", "staff.refusal.password_again")
	}
	if !f.Valid() {
		return h.showPassword(w, r, http.StatusUnprocessableEntity, f)
	}
	by := web.By(r)
	change, err := staff.CheckChange(r.Context(), h.DB, by.StaffID, values.Get("present"), values.Get("password"))
	if web.Refused(f, err) {
		return h.showPassword(w, r, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	err = work.Do(r.Context(), h.DB, h.Now(), by, func(u *work.Unit) error { return staff.ChangePassword(r.Context(), u, change) })
	if err != nil {
		return err
	}
	if err := h.SignIn(r.Context(), by.StaffID); err != nil {
		return fmt.Errorf("opening a session: %w", err)
	}
	h.Flash(r, "staff.changed")
	return web.SeeOther(w, r, "/")
}
