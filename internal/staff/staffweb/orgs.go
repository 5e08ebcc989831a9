package staffweb

import (
	"net/http"
	"net/url"

	"bangfu/internal/form"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/staffpage"
)

// getOrgs answers the tree of offices.
func (h *Handlers) getOrgs(w http.ResponseWriter, r *http.Request) error {
	orgs, err := staff.ListOrgs(r.Context(), h.DB, web.By(r).Scope)
	if err != nil {
		return err
	}
	p := h.page(r, nil, "staff.orgs_title")
	p.Actions = add("staff.add_org", staffpage.AddOrgPath)
	return h.Render(w, r, http.StatusOK, staffpage.Orgs(p, orgs))
}

func (h *Handlers) newOrgForm(r *http.Request, values url.Values) (*form.Form, error) {
	orgs, err := staff.ListOrgs(r.Context(), h.DB, web.By(r).Scope)
	if err != nil {
		return nil, err
	}
	f := form.New(values)
	f.Select("parent", "staff.org_parent", orgOptions(orgs), form.Required, form.Default(int64(web.By(r).OrgID)))
	f.Choice("level", "staff.level", form.Options(staff.Province.Below()...), form.Required)
	f.Text("name", "staff.org_name", form.Required, form.Least(2), form.Max(60))
	f.Text("code", "staff.code", form.Required, form.Max(12), form.Width(8), form.Hint("staff.code_hint"))
	f.Text("district", "staff.district", form.Required, form.Max(6), form.Width(8), form.Hint("staff.district_hint"))
	f.Phone("phone", "staff.phone", form.Required, form.Hint("staff.phone_hint"))
	return f, nil
}

// getAddOrg answers the form that adds an office.
func (h *Handlers) getAddOrg(w http.ResponseWriter, r *http.Request) error {
	f, err := h.newOrgForm(r, nil)
	if err != nil {
		return err
	}
	return h.showAddOrg(w, r, http.StatusOK, f)
}

func (h *Handlers) showAddOrg(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	p := h.page(r, underOrgs, "staff.add_org")
	p.Form = f
	return h.Render(w, r, status, staffpage.Add(p, staffpage.AddOrgPath, f, "staff.org_add_button", staffpage.OrgsPath))
}

// postAddOrg adds an office below another.
func (h *Handlers) postAddOrg(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f, err := h.newOrgForm(r, values)
	if err != nil {
		return err
	}
	return h.Act(w, r, f, func() error { return h.showAddOrg(w, r, http.StatusUnprocessableEntity, f) }, func(u *work.Unit) (string, error) {
		_, err := staff.AddOrg(r.Context(), u, staff.Org{
			ParentID: orgOf(f.Field("parent")), Level: form.One[staff.Level](f.Field("level")), Name: f.Field("name").Text(),
			Code: f.Field("code").Text(), District: f.Field("district").Text(), Phone: f.Field("phone").Phone(),
		})
		return staffpage.OrgsPath, err
	}, "staff.org_added", f.Field("name").Text())
}
