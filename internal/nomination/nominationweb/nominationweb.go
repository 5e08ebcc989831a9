// Package nominationweb holds the addresses of nominations by units.
package nominationweb

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/nomination"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/nominationpage"
	"bangfu/templates/ui"
)

// Handlers answers the addresses of nominations.
type Handlers struct{ *web.Kit }

// Routes declares the addresses: whoever registers households nominates, at the unit, and answers, at the office above.
func Routes(rs *web.Routes, k *web.Kit) {
	h := &Handlers{k}
	rs.Get(nominationpage.ListPath, staff.CapFileRead, h.getList)
	rs.Get(nominationpage.NewPath, staff.CapFileRegister, h.getNew)
	rs.Post(nominationpage.NewPath, staff.CapFileRegister, h.postNew)
	rs.Get("/nominations/{nomination}", staff.CapFileRead, h.getRecord)
	rs.Post("/nominations/{nomination}/acceptance", staff.CapFileRegister, h.postAcceptance)
	for _, e := range ends {
		rs.Get("/nominations/{nomination}/"+e.address, staff.CapFileRegister, h.getEnd(e))
		rs.Post("/nominations/{nomination}/"+e.address, staff.CapFileRegister, h.postEnd(e))
	}
}

// pageSize is the number of rows on one page of the list.
const pageSize = 50

// way is the way to a page below the list.
func way(more ...layout.Crumb) []layout.Crumb {
	return append([]layout.Crumb{{Key: "layout.home", Path: "/"}, {Key: "nomination.list", Path: nominationpage.ListPath}}, more...)
}

// getList lists the nominations in a state, by default those that wait.
func (h *Handlers) getList(w http.ResponseWriter, r *http.Request) error {
	state := nomination.State(r.URL.Query().Get("state"))
	if state == "" {
		state = nomination.Waiting
	}
	if !slices.Contains(nomination.States, state) {
		return work.ErrNotFound
	}
	below, err := web.QueryID[nomination.ID](r, "below")
	if err != nil {
		return err
	}
	by := web.By(r)
	all, err := nomination.List(r.Context(), h.DB, by.Scope, state, below, pageSize+1)
	if err != nil {
		return err
	}
	v := nominationpage.ListView{Page: h.Page(r, "nomination.list"), State: state, Nominations: all, Today: day.On(h.Now())}
	v.Lead, v.Crumbs = "nomination.lead", []layout.Crumb{{Key: "layout.home", Path: "/"}}
	if by.Can(staff.CapFileRegister) {
		v.Actions = []ui.Btn{{Key: "nomination.new", Href: nominationpage.NewPath}}
	}
	if len(all) > pageSize {
		v.Nominations, v.Next = all[:pageSize], all[pageSize-1].ID
	}
	return h.Render(w, r, http.StatusOK, nominationpage.List(v))
}

func newWorkerForm(values url.Values) *form.Form {
	f := form.New(values)
	f.Text("name", "nomination.name", form.Required, form.Max(40), form.Width(10))
	f.IDNumber("number", "nomination.number", form.Required)
	f.Phone("phone", "nomination.phone")
	f.Text("employer", "nomination.employer", form.Required, form.Least(2), form.Max(80))
	f.Text("address", "nomination.address", form.Max(120))
	var causes []form.Option
	for _, c := range casefile.Causes {
		causes = append(causes, form.Option{Value: strconv.Itoa(int(c)), Key: c.Key()})
	}
	f.Select("cause", "nomination.cause", causes, form.Required, form.Default(strconv.Itoa(int(casefile.SeriousIllness))))
	f.Area("happened", "nomination.happened", form.Required, form.Least(2), form.Max(1000), form.Hint("nomination.happened_hint"))
	f.Choices("papers", "nomination.papers", form.Options(casefile.EvidenceKinds...), form.Hint("nomination.papers_hint"))
	return f
}

// worker reads what was typed.
func worker(f *form.Form) nomination.Worker {
	cause, _ := strconv.ParseInt(f.Field("cause").Text(), 10, 16) // one of the options
	return nomination.Worker{Name: f.Field("name").Text(), Number: f.Field("number").IDNumber(), Phone: f.Field("phone").Phone(),
		Employer: f.Field("employer").Text(), Address: f.Field("address").Text(), Cause: casefile.Cause(cause), Happened: f.Field("happened").Text(),
		Papers: form.Many[casefile.EvidenceKind](f.Field("papers"))}
}

// getNew shows the form of a nomination.
func (h *Handlers) getNew(w http.ResponseWriter, r *http.Request) error {
	return h.showNew(w, r, http.StatusOK, newWorkerForm(nil))
}

func (h *Handlers) showNew(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	v := nominationpage.EditView{Page: h.Page(r, "nomination.new"), Action: nominationpage.NewPath, Back: nominationpage.ListPath, Button: "nomination.send"}
	v.Lead, v.Crumbs, v.Form = "nomination.new_lead", way(), f
	return h.Render(w, r, status, nominationpage.Edit(v))
}

// postNew nominates a worker.
func (h *Handlers) postNew(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := newWorkerForm(values)
	return h.Act(w, r, f, func() error { return h.showNew(w, r, http.StatusUnprocessableEntity, f) }, func(u *work.Unit) (string, error) {
		id, err := nomination.Make(r.Context(), u, h.Keys, worker(f))
		return nominationpage.Path(id), err
	}, "nomination.made")
}

// found finds the nomination of the address.
func (h *Handlers) found(r *http.Request) (nomination.Nomination, error) {
	id, err := web.PathID[nomination.ID](r, "nomination")
	if err != nil {
		return nomination.Nomination{}, err
	}
	return nomination.Find(r.Context(), h.DB, h.Keys, web.By(r).Scope, id)
}

// getRecord shows a nomination: whom, why, and where it stands.
func (h *Handlers) getRecord(w http.ResponseWriter, r *http.Request) error {
	n, err := h.found(r)
	if err != nil {
		return err
	}
	by := web.By(r)
	may := by.Can(staff.CapFileRegister)
	v := nominationpage.RecordView{Page: h.Page(r, "nomination.title", n.Name), Nomination: n, Today: day.On(h.Now()),
		MayAnswer: may && n.MayAnswer(by), MayOpen: by.OrgID != n.OrgID}
	for _, e := range ends {
		if may && e.open(n, by) {
			v.Actions = append(v.Actions, ui.Btn{Key: e.title, Href: nominationpage.Path(n.ID) + "/" + e.address, Look: ui.Secondary})
		}
	}
	v.Crumbs = way()
	return h.Render(w, r, http.StatusOK, nominationpage.Record(v))
}

// postAcceptance takes the worker in, and goes on to the registration.
func (h *Handlers) postAcceptance(w http.ResponseWriter, r *http.Request) error {
	n, err := h.found(r)
	if err != nil {
		return err
	}
	if _, err := web.Only(r); err != nil {
		return err
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		file, err := nomination.Accept(r.Context(), u, h.Keys, n.ID)
		return nominationpage.RegistrationPath(file), err
	})
	if err != nil {
		return err
	}
	h.Flash(r, "nomination.accepted")
	return web.SeeOther(w, r, to)
}

// end is a way in which a nomination ends with a reason, on a page of its own.
type end struct {
	address           string
	title, lead, done words.Key
	open              func(nomination.Nomination, work.Actor) bool
	do                func(r *http.Request, u *work.Unit, id nomination.ID, reason string) error
}

var ends = []end{
	{"refusal", "nomination.decline", "nomination.decline_lead", "nomination.declined", nomination.Nomination.MayAnswer,
		func(r *http.Request, u *work.Unit, id nomination.ID, reason string) error {
			return nomination.Decline(r.Context(), u, id, reason)
		}},
	{"withdrawal", "nomination.withdraw", "nomination.withdraw_lead", "nomination.withdrawn", nomination.Nomination.MayWithdraw,
		func(r *http.Request, u *work.Unit, id nomination.ID, reason string) error {
			return nomination.Withdraw(r.Context(), u, id, reason)
		}},
}

func newReasonForm(values url.Values) *form.Form {
	f := form.New(values)
	f.Area("reason", "nomination.reason", form.Required, form.Least(2), form.Max(500))
	return f
}

// getEnd shows the form of an end.
func (h *Handlers) getEnd(e end) web.H {
	return func(w http.ResponseWriter, r *http.Request) error {
		n, err := h.found(r)
		switch {
		case err != nil:
			return err
		case n.State != nomination.Waiting:
			return work.Refuse("nomination.refusal.answered", n.State)
		case !e.open(n, web.By(r)):
			return work.Refuse("nomination.refusal.addressee", n.ToOffice)
		}
		return h.showEnd(w, r, http.StatusOK, e, n, newReasonForm(nil))
	}
}

// postEnd ends the nomination. A form sent again leads to where the first one led.
func (h *Handlers) postEnd(e end) web.H {
	return func(w http.ResponseWriter, r *http.Request) error {
		values, err := web.Form(r)
		if err != nil {
			return err
		}
		n, err := h.found(r)
		if err != nil {
			return err
		}
		f, open := newReasonForm(values), e.open(n, web.By(r))
		if open && !f.Valid() {
			return h.showEnd(w, r, http.StatusUnprocessableEntity, e, n, f)
		}
		to, err := h.Do(r, func(u *work.Unit) (string, error) {
			return nominationpage.Path(n.ID), e.do(r, u, n.ID, f.Field("reason").Text())
		})
		if open && web.Refused(f, err) {
			return h.showEnd(w, r, http.StatusUnprocessableEntity, e, n, f)
		}
		if err != nil {
			return err
		}
		h.Flash(r, e.done)
		return web.SeeOther(w, r, to)
	}
}

func (h *Handlers) showEnd(w http.ResponseWriter, r *http.Request, status int, e end, n nomination.Nomination, f *form.Form) error {
	v := nominationpage.EditView{Page: h.Page(r, e.title), Action: nominationpage.Path(n.ID) + "/" + e.address, Back: nominationpage.Path(n.ID), Button: e.title}
	v.Lead, v.Crumbs, v.Form = e.lead, way(layout.Crumb{Text: n.Name, Path: nominationpage.Path(n.ID)}), f
	return h.Render(w, r, status, nominationpage.Edit(v))
}
