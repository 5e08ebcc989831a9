package staffweb

import (
	"net/http"
	"net/url"
	"strconv"

	"bangfu/internal/form"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/staffpage"
)

// mostPeople bounds a list of people; a centre has hundreds at most.
const mostPeople = 1000

// getPeople lists the people of the reader's scope, or of one office.
func (h *Handlers) getPeople(w http.ResponseWriter, r *http.Request) error {
	by := web.By(r)
	orgs, err := staff.ListOrgs(r.Context(), h.DB, by.Scope)
	if err != nil {
		return err
	}
	filter := form.Filter(r.URL.Query())
	org := filter.Select("org", "staff.org", append([]form.Option{{Value: "0", Key: "staff.all_orgs"}}, orgOptions(orgs)...), form.Default("0"))
	id, err := strconv.ParseInt(org.Text(), 10, 64)
	if err != nil {
		id = 0
	}
	members, err := staff.List(r.Context(), h.DB, by.Scope, work.OrgID(id), mostPeople)
	if err != nil {
		return err
	}
	p := h.page(r, nil, "staff.people_title")
	p.Actions = add("staff.add_person", staffpage.AddPath)
	return h.Render(w, r, http.StatusOK, staffpage.People(p, staffpage.PeopleView{Filter: filter, Members: members, Now: h.Now()}))
}

// orgOptions are offices as answers of a choice.
func orgOptions(orgs []staff.Org) []form.Option {
	options := make([]form.Option, len(orgs))
	for i, o := range orgs {
		options[i] = form.Option{Value: strconv.FormatInt(int64(o.ID), 10), Text: o.Name}
	}
	return options
}

// roleOptions are all roles as answers of a choice, each with what it can do.
func roleOptions() []form.Option {
	options := make([]form.Option, len(staff.Roles))
	for i, role := range staff.Roles {
		options[i] = form.Option{Value: string(role), Key: staff.RoleKey(role), Hint: staff.DutyKey(role)}
	}
	return options
}

func (h *Handlers) newAddForm(r *http.Request, values url.Values) (*form.Form, error) {
	orgs, err := staff.ListOrgs(r.Context(), h.DB, web.By(r).Scope)
	if err != nil {
		return nil, err
	}
	f := form.New(values)
	f.Text("name", "staff.name", form.Required, form.Max(40), form.Width(8))
	f.Text("username", "staff.username", form.Required, form.Max(31), form.Width(12), form.Hint("staff.username_hint"), form.Complete("off"))
	f.Select("org", "staff.org", orgOptions(orgs), form.Required, form.Default(int64(web.By(r).OrgID)))
	f.Choices("roles", "staff.roles", roleOptions(), form.Required)
	return f, nil
}

// getAdd answers the form that adds a person.
func (h *Handlers) getAdd(w http.ResponseWriter, r *http.Request) error {
	f, err := h.newAddForm(r, nil)
	if err != nil {
		return err
	}
	return h.showAdd(w, r, http.StatusOK, f)
}

func (h *Handlers) showAdd(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	p := h.page(r, underPeople, "staff.add_title")
	p.Form = f
	return h.Render(w, r, status, staffpage.Add(p, staffpage.AddPath, f, "staff.add_button", staffpage.PeoplePath))
}

// postAdd adds a person and leads to their page, which shows the one-time password once.
func (h *Handlers) postAdd(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f, err := h.newAddForm(r, values)
	if err != nil {
		return err
	}
	if !f.Valid() {
		return h.showAdd(w, r, http.StatusUnprocessableEntity, f)
	}
	var once string
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		var id work.StaffID
		id, once, err = staff.Add(r.Context(), u, staff.New{OrgID: orgOf(f.Field("org")), Username: f.Field("username").Text(),
			Name: f.Field("name").Text(), Roles: form.Many[work.Role](f.Field("roles"))})
		return staffpage.MemberPath(id), err
	})
	if web.Refused(f, err) {
		return h.showAdd(w, r, http.StatusUnprocessableEntity, f)
	}
	return h.handOver(w, r, to, once, err, "staff.added", f.Field("name").Text())
}

// handOver ends an act that made a one-time password. The same form again made none: the first one waits in the session.
func (h *Handlers) handOver(w http.ResponseWriter, r *http.Request, to, once string, err error, done words.Key, args ...string) error {
	if err != nil {
		return err
	}
	if once != "" {
		if err := h.keepOnce(r, once); err != nil {
			return err
		}
		h.Flash(r, done, args...)
	}
	return web.SeeOther(w, r, to)
}

// orgOf reads the office chosen in a form; zero is none.
func orgOf(d *form.Field) work.OrgID {
	id, err := strconv.ParseInt(d.Text(), 10, 64)
	if err != nil {
		return 0
	}
	return work.OrgID(id)
}
