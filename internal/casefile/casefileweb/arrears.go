package casefileweb

import (
	"net/http"
	"net/url"
	"strconv"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/casefilepage"
	"bangfu/templates/layout"
)

// getEconomy shows the snapshots of a file side by side.
func (h *Handlers) getEconomy(w http.ResponseWriter, r *http.Request) error {
	f, err := h.file(r)
	if err != nil {
		return err
	}
	before, err := strconv.ParseInt(r.URL.Query().Get("before"), 10, 64)
	if err != nil || before < 0 {
		before = 0 // the newest
	}
	ctx := r.Context()
	v := casefilepage.EconomyView{Page: h.page(r, f, "casefile.snapshots"), File: f}
	v.Wide = true
	if v.Snapshots, v.Older, err = casefile.Snapshots(ctx, h.DB, f.ID, casefile.SnapshotID(before)); err != nil {
		return err
	}
	if v.People, err = casefile.People(ctx, h.DB, h.Keys, f.ID); err != nil {
		return err
	}
	if v.Evidence, err = casefile.EvidenceOf(ctx, h.DB, f.ID); err != nil {
		return err
	}
	if v.Arrears, err = casefile.ArrearsOf(ctx, h.DB, f.ID); err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, casefilepage.Economy(v))
}

// newArrearsForm asks what an employer owes whom.
func newArrearsForm(values url.Values, people []casefile.Person, today day.Date) *form.Form {
	f := form.New(values)
	all := make([]form.Option, len(people))
	employer := ""
	for i, p := range people {
		all[i] = form.Option{Value: strconv.FormatInt(int64(p.ID), 10), Text: p.Name}
		if p.Relation == casefile.Head {
			employer = p.Employer
		}
	}
	f.Select("person", "casefile.arrears_person", all, form.Required)
	f.Select("kind", "casefile.arrears_what", form.Options(casefile.ArrearsKinds...), form.Required)
	f.Date("from", "casefile.arrears_from", form.Required, form.NotAfter(today))
	f.Date("until", "casefile.arrears_until", form.NotAfter(today), form.Hint("casefile.arrears_until_hint"))
	f.Money("amount", "casefile.arrears_amount", form.Required, form.Positive)
	f.Text("employer", "casefile.employer", form.Required, form.Max(80), form.Default(employer))
	f.Text("note", "casefile.remark", form.Max(200))
	return f
}

// getArrears shows what employers owe the household.
func (h *Handlers) getArrears(w http.ResponseWriter, r *http.Request) error {
	f, people, err := h.fileAndPeople(r)
	if err != nil {
		return err
	}
	return h.showArrears(w, r, http.StatusOK, f, newArrearsForm(nil, people, day.On(h.Now())))
}

// fileAndPeople finds the file that the address names, with its people.
func (h *Handlers) fileAndPeople(r *http.Request) (casefile.File, []casefile.Person, error) {
	f, err := h.file(r)
	if err != nil {
		return f, nil, err
	}
	people, err := casefile.People(r.Context(), h.DB, h.Keys, f.ID)
	return f, people, err
}

func (h *Handlers) showArrears(w http.ResponseWriter, r *http.Request, status int, f casefile.File, fm *form.Form) error {
	v := casefilepage.ArrearsView{Page: h.page(r, f, "casefile.arrears"), File: f, Write: web.By(r).Can(staff.CapFileRegister) && f.State.Open(),
		Remove: f.State.Editable(), Back: casefilepage.FilePath(f.ID)}
	if v.Write {
		v.Form = fm
	}
	if f.State.Editable() {
		v.Back = casefilepage.SectionPath(f.ID, casefile.EconomySection)
	}
	var err error
	if v.Arrears, err = casefile.ArrearsOf(r.Context(), h.DB, f.ID); err != nil {
		return err
	}
	return h.Render(w, r, status, casefilepage.Arrears(v))
}

// postArrears records what an employer owes.
func (h *Handlers) postArrears(w http.ResponseWriter, r *http.Request) error {
	f, people, err := h.fileAndPeople(r)
	if err != nil {
		return err
	}
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	fm := newArrearsForm(values, people, day.On(h.Now()))
	if !fm.Valid() {
		return h.showArrears(w, r, http.StatusUnprocessableEntity, f, fm)
	}
	person, err := strconv.ParseInt(fm.Field("person").Text(), 10, 64)
	if err != nil {
		return web.ErrBadForm
	}
	return h.Act(w, r, fm, func() error { return h.showArrears(w, r, http.StatusUnprocessableEntity, f, fm) }, func(u *work.Unit) (string, error) {
		_, err := casefile.AddArrears(r.Context(), u, f.ID, casefile.Arrears{Person: casefile.PersonID(person),
			Kind: form.One[casefile.ArrearsKind](fm.Field("kind")), From: fm.Field("from").Date(), Until: fm.Field("until").Date(),
			Amount: fm.Field("amount").Money(), Employer: fm.Field("employer").Text(), Note: fm.Field("note").Text()})
		return casefilepage.ArrearsPath(f.ID), err
	}, "casefile.arrears_recorded")
}

// arrears finds the row that the address names, in a file within the asker's scope.
func (h *Handlers) arrears(r *http.Request) (casefile.File, casefile.Arrears, error) {
	f, err := h.file(r)
	if err != nil {
		return f, casefile.Arrears{}, err
	}
	id, err := web.PathID[casefile.ArrearsID](r, "arrears")
	if err != nil {
		return f, casefile.Arrears{}, err
	}
	all, err := casefile.ArrearsOf(r.Context(), h.DB, f.ID)
	if err != nil {
		return f, casefile.Arrears{}, err
	}
	for _, a := range all {
		if a.ID == id {
			return f, a, nil
		}
	}
	return f, casefile.Arrears{}, work.ErrNotFound
}

// newSettlementForm asks on which day arrears were paid.
func newSettlementForm(values url.Values, a casefile.Arrears, today day.Date) *form.Form {
	f := form.New(values)
	f.Date("settled_on", "casefile.arrears_settled_on", form.Required, form.NotBefore(a.From), form.NotAfter(today), form.Default(today))
	return f
}

// getSettlement asks on which day arrears were paid.
func (h *Handlers) getSettlement(w http.ResponseWriter, r *http.Request) error {
	f, a, err := h.arrears(r)
	if err != nil {
		return err
	}
	return h.showSettlement(w, r, http.StatusOK, f, a, newSettlementForm(nil, a, day.On(h.Now())))
}

func (h *Handlers) showSettlement(w http.ResponseWriter, r *http.Request, status int, f casefile.File, a casefile.Arrears, fm *form.Form) error {
	v := casefilepage.SettlementView{Page: h.page(r, f, "casefile.arrears_settle"), File: f, Arrears: a}
	v.Crumbs = casefilepage.Crumbs(f, layout.Crumb{Key: "casefile.arrears", Path: casefilepage.ArrearsPath(f.ID)}, layout.Crumb{Key: "casefile.arrears_settle"})
	v.Form = fm
	return h.Render(w, r, status, casefilepage.Settlement(v))
}

// postSettlement records that arrears were paid.
func (h *Handlers) postSettlement(w http.ResponseWriter, r *http.Request) error {
	f, a, err := h.arrears(r)
	if err != nil {
		return err
	}
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	fm := newSettlementForm(values, a, day.On(h.Now()))
	return h.Act(w, r, fm, func() error { return h.showSettlement(w, r, http.StatusUnprocessableEntity, f, a, fm) }, func(u *work.Unit) (string, error) {
		return casefilepage.ArrearsPath(f.ID), casefile.SettleArrears(r.Context(), u, f.ID, a.ID, fm.Field("settled_on").Date())
	}, "casefile.arrears_settled_now")
}

// postArrearsRemoval takes arrears entered by mistake out of a registration.
func (h *Handlers) postArrearsRemoval(w http.ResponseWriter, r *http.Request) error {
	f, a, err := h.arrears(r)
	if err != nil {
		return err
	}
	if _, err := web.Only(r); err != nil {
		return err
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		return casefilepage.ArrearsPath(f.ID), casefile.RemoveArrears(r.Context(), u, f.ID, a.ID)
	})
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, to)
}
