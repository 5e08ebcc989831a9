package staffweb

import (
	"context"
	"net/http"
	"net/url"

	"bangfu/internal/form"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/staffpage"
)

func newRolesForm(values url.Values, roles []work.Role) *form.Form {
	held := make([]string, len(roles))
	for i, role := range roles {
		held[i] = string(role)
	}
	f := form.New(values)
	f.Choices("roles", "staff.roles", roleOptions(), form.Required, form.Default(held))
	return f
}

// getMember answers the page of one person.
func (h *Handlers) getMember(w http.ResponseWriter, r *http.Request) error {
	return h.showMember(w, r, http.StatusOK, nil)
}

// showMember draws the page of one person; with f the roles as they were sent.
func (h *Handlers) showMember(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	id, err := web.PathID[work.StaffID](r, "member")
	if err != nil {
		return err
	}
	by := web.By(r)
	m, err := staff.Find(r.Context(), h.DB, by.Scope, id)
	if err != nil {
		return err
	}
	once, err := h.takeOnce(r)
	if err != nil {
		return err
	}
	v := staffpage.MemberView{Member: m, Now: h.Now(), Own: id == by.StaffID, Once: once, Roles: newRolesForm(nil, m.Roles)}
	p := h.page(r, underPeople, "staff.member_title", m.Name)
	p.Path = staffpage.MemberPath(id)
	if f != nil {
		v.Roles, p.Form = f, f
	}
	return h.Render(w, r, status, staffpage.Member(p, v))
}

// postRoles makes the roles of a person those that were sent.
func (h *Handlers) postRoles(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := newRolesForm(values, nil)
	if !f.Valid() {
		return h.showMember(w, r, http.StatusUnprocessableEntity, f)
	}
	to, err := h.onMember(r, func(ctx context.Context, u *work.Unit, id work.StaffID) error {
		return staff.SetRoles(ctx, u, id, form.Many[work.Role](f.Field("roles")))
	})
	if web.Refused(f, err) {
		return h.showMember(w, r, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	h.Flash(r, "staff.roles_saved")
	return web.SeeOther(w, r, to)
}

// postReset gives a person a new one-time password.
func (h *Handlers) postReset(w http.ResponseWriter, r *http.Request) error {
	if _, err := web.Only(r); err != nil {
		return err
	}
	var once string
	to, err := h.onMember(r, func(ctx context.Context, u *work.Unit, id work.StaffID) (err error) {
		once, err = staff.ResetPassword(ctx, u, id)
		return err
	})
	return h.handOver(w, r, to, once, err, "staff.reset_done")
}

// postDeactivation ends a person's access.
func (h *Handlers) postDeactivation(w http.ResponseWriter, r *http.Request) error {
	return h.setActive(w, r, staff.Deactivate, "staff.deactivated")
}

// postActivation gives a person access again.
func (h *Handlers) postActivation(w http.ResponseWriter, r *http.Request) error {
	return h.setActive(w, r, staff.Activate, "staff.activated")
}

func (h *Handlers) setActive(w http.ResponseWriter, r *http.Request, act func(context.Context, *work.Unit, work.StaffID) error, done words.Key) error {
	if _, err := web.Only(r); err != nil {
		return err
	}
	var name string
	to, err := h.onMember(r, func(ctx context.Context, u *work.Unit, id work.StaffID) error {
		m, err := staff.Find(ctx, u, u.By.Scope, id)
		if err != nil {
			return err
		}
		name = m.Name
		return act(ctx, u, id)
	})
	if err != nil {
		return err
	}
	if name != "" {
		h.Flash(r, done, name)
	}
	return web.SeeOther(w, r, to)
}

// onMember does one act on the person of the address, once, and leads back to their page.
func (h *Handlers) onMember(r *http.Request, act func(context.Context, *work.Unit, work.StaffID) error) (string, error) {
	id, err := web.PathID[work.StaffID](r, "member")
	if err != nil {
		return "", err
	}
	return h.Do(r, func(u *work.Unit) (string, error) {
		return staffpage.MemberPath(id), act(r.Context(), u, id)
	})
}
