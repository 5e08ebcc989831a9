package staffweb

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/staffpage"
)

// getBodies lists the leading groups and committees of the scope.
func (h *Handlers) getBodies(w http.ResponseWriter, r *http.Request) error {
	bodies, err := staff.ListBodies(r.Context(), h.DB, web.By(r).Scope, day.On(h.Now()))
	if err != nil {
		return err
	}
	p := h.page(r, nil, "staff.bodies_title")
	p.Actions = add("staff.add_body", staffpage.AddBodyPath)
	return h.Render(w, r, http.StatusOK, staffpage.Bodies(p, bodies))
}

func (h *Handlers) newBodyForm(r *http.Request, values url.Values) (*form.Form, error) {
	orgs, err := staff.ListOrgs(r.Context(), h.DB, web.By(r).Scope)
	if err != nil {
		return nil, err
	}
	f := form.New(values)
	f.Select("org", "staff.org", orgOptions(orgs), form.Required, form.Default(int64(web.By(r).OrgID)))
	f.Choice("kind", "staff.body_kind", form.Options(staff.Group, staff.Committee), form.Required)
	f.Text("name", "staff.body_name", form.Required, form.Least(2), form.Max(60))
	return f, nil
}

// getAddBody answers the form that sets up a body.
func (h *Handlers) getAddBody(w http.ResponseWriter, r *http.Request) error {
	f, err := h.newBodyForm(r, nil)
	if err != nil {
		return err
	}
	return h.showAddBody(w, r, http.StatusOK, f)
}

func (h *Handlers) showAddBody(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	p := h.page(r, underBodies, "staff.add_body")
	p.Form = f
	return h.Render(w, r, status, staffpage.Add(p, staffpage.AddBodyPath, f, "staff.add_body", staffpage.BodiesPath))
}

// postAddBody sets up a body.
func (h *Handlers) postAddBody(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f, err := h.newBodyForm(r, values)
	if err != nil {
		return err
	}
	name := f.Field("name").Text()
	return h.Act(w, r, f, func() error { return h.showAddBody(w, r, http.StatusUnprocessableEntity, f) }, func(u *work.Unit) (string, error) {
		id, err := staff.AddBody(r.Context(), u, staff.Body{
			OrgID: orgOf(f.Field("org")), Kind: form.One[staff.BodyKind](f.Field("kind")), Name: name})
		return staffpage.BodyPath(id), err
	}, "staff.body_added", name)
}

// getBody answers the page of one body.
func (h *Handlers) getBody(w http.ResponseWriter, r *http.Request) error {
	v, err := h.body(r, nil, nil)
	if err != nil {
		return err
	}
	return h.showBody(w, r, http.StatusOK, v, nil)
}

// body reads a body with its seats and makes its two forms, of which at most one was sent.
func (h *Handlers) body(r *http.Request, adding, ending url.Values) (staffpage.BodyView, error) {
	id, err := web.PathID[staff.BodyID](r, "body")
	if err != nil {
		return staffpage.BodyView{}, err
	}
	by := web.By(r)
	b, seats, err := staff.FindBody(r.Context(), h.DB, by.Scope, id)
	if err != nil {
		return staffpage.BodyView{}, err
	}
	members, err := staff.List(r.Context(), h.DB, by.Scope, 0, mostPeople)
	if err != nil {
		return staffpage.BodyView{}, err
	}
	today := day.On(h.Now())
	v := staffpage.BodyView{Body: b, Seats: seats, Today: today, Add: form.New(adding), End: form.New(ending)}
	free, seated := candidates(b, seats, members)
	v.Add.Select("member", "staff.seat_member", free, form.Required, form.Hint("staff.seat_member_hint"))
	v.Add.Date("since", "staff.seat_since", form.Required, form.Default(today), form.NotAfter(today.AddMonths(12)))
	v.Add.Tick("head", "staff.seat_head")
	v.End.Select("leaver", "staff.seat_member", seated, form.Required)
	v.End.Date("until", "staff.seat_until", form.Required, form.Default(today))
	return v, nil
}

// candidates lists who could take a seat and who has one.
func candidates(b staff.Body, seats []staff.Seat, members []staff.Member) (free, seated []form.Option) {
	sits := map[work.StaffID]bool{}
	for _, s := range seats {
		if s.Until == (day.Date{}) {
			sits[s.Member] = true
			seated = append(seated, form.Option{Value: strconv.FormatInt(int64(s.Member), 10), Text: s.Name})
		}
	}
	for _, m := range members {
		fit := slices.Contains(m.Roles, b.Kind.Role()) || b.Kind == staff.Group && slices.Contains(m.Roles, staff.GroupHead)
		if m.Active && fit && !sits[m.ID] {
			free = append(free, form.Option{Value: strconv.FormatInt(int64(m.ID), 10), Text: fmt.Sprintf("%s (%s)", m.Name, m.OrgName)})
		}
	}
	return free, seated
}

func (h *Handlers) showBody(w http.ResponseWriter, r *http.Request, status int, v staffpage.BodyView, wrong *form.Form) error {
	p := h.page(r, underBodies, "staff.body_title", v.Body.Name)
	p.Path = staffpage.BodyPath(v.Body.ID)
	p.Form = wrong
	return h.Render(w, r, status, staffpage.Body(p, v))
}

// postSeat gives a person a seat.
func (h *Handlers) postSeat(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	v, err := h.body(r, values, nil)
	if err != nil {
		return err
	}
	return h.changeSeats(w, r, v, v.Add, "staff.seat_added", func(u *work.Unit) error {
		return staff.AddSeat(r.Context(), u, v.Body.ID, staff.Seat{Member: memberOf(v.Add.Field("member")),
			Head: v.Add.Field("head").Ticked(), Since: v.Add.Field("since").Date()})
	})
}

// postSeatEnd ends a person's seat.
func (h *Handlers) postSeatEnd(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	v, err := h.body(r, nil, values)
	if err != nil {
		return err
	}
	return h.changeSeats(w, r, v, v.End, "staff.seat_ended", func(u *work.Unit) error {
		return staff.EndSeat(r.Context(), u, v.Body.ID, memberOf(v.End.Field("leaver")), v.End.Field("until").Date())
	})
}

// changeSeats does what one of a body's forms asks, or shows the body with what is wrong.
func (h *Handlers) changeSeats(w http.ResponseWriter, r *http.Request, v staffpage.BodyView, f *form.Form, done words.Key, act func(*work.Unit) error) error {
	return h.Act(w, r, f, func() error { return h.showBody(w, r, http.StatusUnprocessableEntity, v, f) }, func(u *work.Unit) (string, error) {
		return staffpage.BodyPath(v.Body.ID), act(u)
	}, done)
}

// memberOf reads the person chosen in a form; zero is none.
func memberOf(d *form.Field) work.StaffID {
	id, err := strconv.ParseInt(d.Text(), 10, 64)
	if err != nil {
		return 0
	}
	return work.StaffID(id)
}
