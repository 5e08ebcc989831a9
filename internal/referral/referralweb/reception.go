package referralweb

import (
	"net/http"
	"net/url"
	"slices"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/referral"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/referralpage"
)

// receptionRoutes declares the addresses of visitors at the window.
func (h *Handlers) receptionRoutes(rs *web.Routes) {
	rs.Get("/receptions", staff.CapReferralRead, h.getReceptions)
	rs.Get("/receptions/new", staff.CapReferralMake, h.getReceive)
	rs.Post("/receptions/new", staff.CapReferralMake, h.postReceive)
	rs.Get("/receptions/{reception}", staff.CapReferralRead, h.getReception)
	rs.Get("/receptions/{reception}/letter", staff.CapReferralRead, h.getIntroduction)
	rs.Get("/receptions/{reception}/phone", staff.CapReferralMake, h.getVisitorPhone)
	rs.Post("/receptions/{reception}/phone", staff.CapReferralMake, h.postVisitorPhone)
	rs.Post("/receptions/{reception}/file", staff.CapFileRegister, h.postReceptionFile)
	h.receptions().routes(rs, "/receptions/{reception}", receptionDeeds)
}

// getReceptions shows one of the work lists of visitors, by default who waits for an answer.
func (h *Handlers) getReceptions(w http.ResponseWriter, r *http.Request) error {
	v := referralpage.ReceptionsView{Page: h.Page(r, "referral.reception.list"), View: referral.ReceptionsWaiting, Today: day.On(h.Now())}
	if asked := r.URL.Query().Get("view"); asked != "" {
		v.View = referral.ReceptionView(asked)
	}
	if !slices.Contains(referral.ReceptionViews, v.View) {
		return work.ErrNotFound
	}
	by := web.By(r)
	below, err := web.QueryID[referral.ReceptionID](r, "below")
	if err != nil {
		return err
	}
	if v.Receptions, v.Next, err = referral.Receptions(r.Context(), h.DB, by.Scope, v.View, v.Today, below, pageSize); err != nil {
		return err
	}
	if v.Counts, err = referral.ReceptionCounts(r.Context(), h.DB, by.Scope, v.Today); err != nil {
		return err
	}
	v.Page.Lead, v.Page.Wide, v.Page.Crumbs = "referral.reception.list_lead", true, []layout.Crumb{{Key: "layout.home", Path: "/"}}
	if by.Can(staff.CapReferralMake) {
		v.Page.Actions = referralpage.ReceptionsActions()
	}
	return h.Render(w, r, http.StatusOK, referralpage.Receptions(v))
}

// newReceiveForm asks what is asked at the window.
func newReceiveForm(values url.Values, today day.Date) *form.Form {
	f := form.New(values)
	f.Date("came_on", "referral.reception.came_on", form.Required, form.NotAfter(today), form.Default(today))
	f.Text("name", "referral.reception.name", form.Required, form.Max(40), form.Width(10))
	f.Phone("phone", "referral.reception.phone", form.Required)
	f.Select("kind", "referral.reception.kind", form.Options(referral.KindsOn(today)...), form.Required)
	f.Area("asked", "referral.reception.asked", form.Required, form.Least(2), form.Max(1000), form.Hint("referral.reception.asked_hint"))
	f.Text("office", "referral.reception.office", form.Least(2), form.Max(80), form.Hint("referral.reception.office_hint"))
	f.Date("due_on", "referral.due_on", form.Required, form.Hint("referral.reception.due_hint", referral.DaysToAnswer), form.Default(today.Add(referral.DaysToAnswer)))
	return f
}

// getReceive shows the empty form.
func (h *Handlers) getReceive(w http.ResponseWriter, r *http.Request) error {
	return h.showReceive(w, r, http.StatusOK, newReceiveForm(nil, day.On(h.Now())))
}

// postReceive records a visitor; without an office the person is sent to the one that usually answers for the kind.
func (h *Handlers) postReceive(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := newReceiveForm(values, day.On(h.Now()))
	if !f.Valid() {
		return h.showReceive(w, r, http.StatusUnprocessableEntity, f)
	}
	v := referral.Visitor{CameOn: f.Field("came_on").Date(), Name: f.Field("name").Text(), Phone: f.Field("phone").Phone(),
		Kind: form.One[referral.Kind](f.Field("kind")), Asked: f.Field("asked").Text(), Office: f.Field("office").Text(), DueOn: f.Field("due_on").Date()}
	if v.Office == "" {
		v.Office = words.T(r.Context(), v.Kind.Office())
	}
	return h.Act(w, r, f, func() error { return h.showReceive(w, r, http.StatusUnprocessableEntity, f) }, func(u *work.Unit) (string, error) {
		id, err := referral.Receive(r.Context(), u, h.Keys, v)
		return referralpage.ReceptionPath(id), err
	}, "referral.reception.done.register")
}

func (h *Handlers) showReceive(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	v := referralpage.DeedView{Page: h.Page(r, "referral.reception.new"), Action: referralpage.ReceivePath, Back: referralpage.ReceptionsPath,
		Button: "referral.reception.save"}
	v.Page.Lead, v.Page.Form = "referral.reception.new_lead", f
	v.Page.Crumbs = []layout.Crumb{{Key: "layout.home", Path: "/"}, {Key: "referral.reception.list", Path: referralpage.ReceptionsPath}}
	return h.Render(w, r, status, referralpage.Deed(v))
}

// reception finds the record of the address.
func (h *Handlers) reception(r *http.Request) (referral.Reception, error) {
	id, err := web.PathID[referral.ReceptionID](r, "reception")
	if err != nil {
		return referral.Reception{}, err
	}
	return referral.FindReception(r.Context(), h.DB, h.Keys, web.By(r).Scope, id)
}

// receptionCrumbs is the way to a page below the record of a visitor.
func receptionCrumbs(x referral.Reception) []layout.Crumb {
	return []layout.Crumb{{Key: "layout.home", Path: "/"}, {Key: "referral.reception.list", Path: referralpage.ReceptionsPath},
		{Text: visitor(x), Path: referralpage.ReceptionPath(x.ID)}}
}

// visitor names who came; once the name is forgotten, the number of the letter.
func visitor(x referral.Reception) string {
	if x.Erased {
		return x.Number
	}
	return x.Name
}

// getReception shows the record of a visitor.
func (h *Handlers) getReception(w http.ResponseWriter, r *http.Request) error {
	found, err := h.reception(r)
	if err != nil {
		return err
	}
	by := web.By(r)
	v := referralpage.ReceptionView{Page: h.Page(r, "referral.reception.title", visitor(found)), Reception: found, Today: day.On(h.Now()),
		May: by.Can(staff.CapReferralMake), MayFile: by.Can(staff.CapFileRegister) && found.MayFile(by)}
	if v.Events, err = referral.ReceptionEvents(r.Context(), h.DB, found.ID); err != nil {
		return err
	}
	v.Page.Crumbs, v.Page.Actions = receptionCrumbs(found)[:2], v.Acts()
	return h.Render(w, r, http.StatusOK, referralpage.Reception(v))
}

// getIntroduction shows the introduction letter that the person carries.
func (h *Handlers) getIntroduction(w http.ResponseWriter, r *http.Request) error {
	found, err := h.reception(r)
	if err != nil {
		return err
	}
	if found.Erased {
		return work.Refuse("referral.refusal.erased")
	}
	v := referralpage.IntroductionView{Reception: found, Sheet: layout.Sheet{Page: h.Page(r, "referral.introduction.title"), Official: true, Number: found.Number,
		Version: words.T(words.Official(r.Context()), "casefile.version.nth", found.Version), By: web.By(r).Name, At: h.Now(), Back: referralpage.ReceptionPath(found.ID)}}
	return h.Render(w, r, http.StatusOK, referralpage.Introduction(v))
}

// postReceptionFile makes a registration of the record and leads to its head, where the name and the phone stand already.
func (h *Handlers) postReceptionFile(w http.ResponseWriter, r *http.Request) error {
	if _, err := web.Only(r); err != nil {
		return err
	}
	found, err := h.reception(r)
	if err != nil {
		return err
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		file, err := referral.FileReception(r.Context(), u, h.Keys, found.ID)
		return referralpage.HeadPath(file), err
	})
	if err != nil {
		return err
	}
	h.Flash(r, "referral.reception.done.file")
	return web.SeeOther(w, r, to)
}

// newPhoneForm asks why a phone is to be seen.
func newPhoneForm(values url.Values) *form.Form {
	f := form.New(values)
	f.Choice("reason", "casefile.unmask_reason", form.Options(casefile.Reasons...), form.Required)
	return f
}

// getVisitorPhone asks why the phone is to be seen.
func (h *Handlers) getVisitorPhone(w http.ResponseWriter, r *http.Request) error {
	found, err := h.reception(r)
	if err != nil {
		return err
	}
	if found.Erased {
		return work.Refuse("referral.refusal.erased")
	}
	return h.showPhone(w, r, http.StatusOK, found, newPhoneForm(nil), "")
}

// postVisitorPhone shows the phone once; the same form again has no second effect and leads back to the question.
func (h *Handlers) postVisitorPhone(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	found, err := h.reception(r)
	if err != nil {
		return err
	}
	f, phone := newPhoneForm(values), ""
	if !f.Valid() {
		return h.showPhone(w, r, http.StatusUnprocessableEntity, found, f, "")
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		var err error
		phone, err = referral.UnmaskVisitor(r.Context(), u, h.Keys, found.ID, form.One[casefile.Reason](f.Field("reason")))
		return r.URL.Path, err
	})
	if err != nil {
		return err
	}
	if phone == "" {
		return web.SeeOther(w, r, to)
	}
	return h.showPhone(w, r, http.StatusOK, found, f, phone)
}

func (h *Handlers) showPhone(w http.ResponseWriter, r *http.Request, status int, found referral.Reception, f *form.Form, phone string) error {
	v := referralpage.PhoneView{Page: h.Page(r, "referral.reception.phone_title"), Reception: found, Shown: phone}
	v.Page.Lead, v.Page.Crumbs, v.Page.Form = "referral.reception.phone_lead", receptionCrumbs(found), f
	return h.Render(w, r, status, referralpage.Phone(v))
}
