package grantweb

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"bangfu/internal/casefile"
	"bangfu/internal/form"
	"bangfu/internal/grant"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/grantpage"
	"bangfu/templates/layout"
)

// asking is one way through the form of a programme: a new application, or the correction of a returned one.
type asking struct {
	file     casefile.File
	terms    grant.Terms
	causes   []casefile.Cause // to choose from; none when the cause is fixed
	before   *grant.Case      // the application to be corrected; nil for a new one
	offers   []grant.Offer    // what else there is, of a new one
	action   string
	back     string
	again    string // the form anew
	title    words.Key
	returned *grant.Decision
}

// getNew shows what the household can apply for, or the form of the programme chosen.
func (h *Handlers) getNew(w http.ResponseWriter, r *http.Request) error {
	a, err := h.newAsking(r, r.URL.Query().Get("programme"))
	if err != nil {
		return err
	}
	if len(a.causes) == 0 {
		page := h.Page(r, "grant.apply.title")
		page.Lead, page.Crumbs, page.Wide = "grant.apply.lead", a.crumbs(), true
		return h.Render(w, r, http.StatusOK, grantpage.Offers(grantpage.OffersView{Page: page, File: a.file, Offers: a.offers}))
	}
	return h.showForm(w, r, http.StatusOK, a, a.form(nil))
}

// postNew checks what was entered and shows what it comes to; sent from there, it files the application.
func (h *Handlers) postNew(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	a, err := h.newAsking(r, values.Get("programme"))
	if err != nil {
		return err
	}
	known := func(o grant.Offer) bool { return o.Terms.Programme.Code == values.Get("programme") }
	if !slices.ContainsFunc(a.offers, known) {
		return web.ErrBadForm
	}
	if len(a.causes) == 0 {
		return web.SeeOther(w, r, grantpage.NewPath(a.file.ID, ""))
	}
	return h.ask(w, r, values, a)
}

// getCorrection shows a returned application to be corrected.
func (h *Handlers) getCorrection(w http.ResponseWriter, r *http.Request) error {
	a, err := h.correction(r)
	if err != nil {
		return err
	}
	return h.showForm(w, r, http.StatusOK, a, a.form(nil))
}

// postCorrection checks a correction and shows what it comes to; sent from there, it files the application again.
func (h *Handlers) postCorrection(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	a, err := h.correction(r)
	if err != nil {
		return err
	}
	return h.ask(w, r, values, a)
}

// newAsking prepares the form of a programme for the file of the address, which must be active. Its causes are empty
// when the household cannot apply for the programme now, or no programme was named.
func (h *Handlers) newAsking(r *http.Request, programme string) (asking, error) {
	id, err := web.PathID[work.FileID](r, "file")
	if err != nil {
		return asking{}, err
	}
	household, offers, err := grant.Offers(r.Context(), h.DB, web.By(r).Scope, id, h.today())
	if err != nil {
		return asking{}, err
	}
	a := asking{file: household.File, offers: offers, action: grantpage.FilePath(id) + "/grants", back: grantpage.NewPath(id, ""),
		again: grantpage.NewPath(id, programme), title: "grant.apply.choose"}
	for _, o := range offers {
		if o.Terms.Programme.Code == programme && o.Open() {
			a.terms, a.causes = o.Terms, o.Causes
		}
	}
	return a, nil
}

// correction prepares the form of the application of the address. One that the reader may not correct now is refused.
func (h *Handlers) correction(r *http.Request) (asking, error) {
	c, err := h.found(r)
	if err != nil {
		return asking{}, err
	}
	by := web.By(r)
	if !slices.Contains(c.Acts(by), grant.ActResubmit) {
		return asking{}, work.Refuse("grant.refusal.state", grant.ActResubmit.Key(), c.State.Key())
	}
	f, err := casefile.Find(r.Context(), h.DB, by.Scope, c.File)
	if err != nil {
		return asking{}, err
	}
	a := asking{file: f, terms: c.Terms, before: &c, action: grantpage.CorrectionPath(c.ID), back: grantpage.CasePath(c.ID),
		again: grantpage.CorrectionPath(c.ID), title: "grant.apply.correct_title"}
	for _, d := range c.Decisions {
		if d.Verdict == grant.SentBack {
			a.returned = &d
		}
	}
	return a, nil
}

// ask takes one step on the way: back to the form, on to the check, or the filing.
func (h *Handlers) ask(w http.ResponseWriter, r *http.Request, values url.Values, a asking) error {
	if values.Get("do") == "change" {
		return h.showForm(w, r, http.StatusOK, a, a.declare(form.Draft(values)))
	}
	f := a.form(values)
	if !f.Valid() {
		return h.showForm(w, r, http.StatusUnprocessableEntity, a, f)
	}
	request := a.request(f)
	weighing, err := a.weigh(r, h, request)
	if web.Refused(f, err) {
		return h.showForm(w, r, http.StatusUnprocessableEntity, a, f)
	}
	switch {
	case err != nil:
		return err
	case !weighing.Finding.Eligible():
		return h.showIneligible(w, r, a, weighing)
	case values.Get("do") == "submit":
		return h.file(w, r, a, f, request)
	}
	view := grantpage.CheckView{Page: h.Page(r, "grant.apply.check_title"), Action: a.action, Form: f, Cause: request.Cause,
		Request: request, Weighing: weighing, Again: a.before != nil}
	view.Page.Lead, view.Page.Crumbs = "grant.apply.check_lead", a.crumbs()
	return h.Render(w, r, http.StatusOK, grantpage.Check(view))
}

// file files the application, or files it again.
func (h *Handlers) file(w http.ResponseWriter, r *http.Request, a asking, f *form.Form, request grant.Request) error {
	told := words.Key("grant.outcome.applied")
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		if a.before != nil {
			told = "grant.outcome.resubmitted"
			return grantpage.CasePath(a.before.ID), grant.Resubmit(r.Context(), u, a.before.ID, request)
		}
		id, err := grant.Apply(r.Context(), u, a.file.ID, a.terms.Programme.Code, request)
		return grantpage.CasePath(id), err
	})
	if web.Refused(f, err) {
		return h.showForm(w, r, http.StatusUnprocessableEntity, a, f)
	}
	if err != nil {
		return err
	}
	h.Flash(r, told)
	return web.SeeOther(w, r, to)
}

// showForm draws the form of the programme.
func (h *Handlers) showForm(w http.ResponseWriter, r *http.Request, status int, a asking, f *form.Form) error {
	page := h.Page(r, a.title, a.terms.Programme.Name(words.Of(r.Context())))
	page.Form, page.Crumbs = f, a.crumbs()
	return h.Render(w, r, status, grantpage.Apply(grantpage.ApplyView{
		Page: page, Action: a.action, Back: a.back, Form: f, Terms: a.terms, Returned: a.returned}))
}

// showIneligible draws the reason in figures, and what else the household can apply for.
func (h *Handlers) showIneligible(w http.ResponseWriter, r *http.Request, a asking, weighing grant.Weighing) error {
	page := h.Page(r, "grant.apply.ineligible_title", a.terms.Programme.Name(words.Of(r.Context())))
	page.Crumbs = a.crumbs()
	others := slices.DeleteFunc(slices.Clone(a.offers), func(o grant.Offer) bool {
		return !o.Open() || o.Terms.ID == a.terms.ID
	})
	return h.Render(w, r, http.StatusOK, grantpage.Ineligible(grantpage.IneligibleView{
		Page: page, File: a.file, Weighing: weighing, Others: others, Again: a.again}))
}

// crumbs is the way from the household to this page.
func (a asking) crumbs() []layout.Crumb {
	return []layout.Crumb{{Key: "layout.home", Path: "/"}, {Text: a.file.HeadName, Path: grantpage.FilePath(a.file.ID)},
		{Key: "grant.apply.title", Path: a.back}}
}

// weigh computes what the request comes to.
func (a asking) weigh(r *http.Request, h *Handlers, request grant.Request) (grant.Weighing, error) {
	if a.before != nil {
		return a.before.Weigh(r.Context(), h.DB, web.By(r).Scope, request)
	}
	return grant.Weigh(r.Context(), h.DB, web.By(r).Scope, a.file.ID, a.terms.Programme.Code, h.today(), request)
}

// form makes the form of what was sent; with nil it is fresh.
func (a asking) form(values url.Values) *form.Form { return a.declare(form.New(values)) }

// declare declares the form: the programme's own facts between the cause and the reason.
func (a asking) declare(f *form.Form) *form.Form {
	var was grant.Application
	f.Known("do")
	if a.before == nil {
		f.Hidden("programme", form.Default(a.terms.Programme.Code))
		options := make([]form.Option, len(a.causes))
		for i, c := range a.causes {
			options[i] = form.Option{Value: strconv.Itoa(int(c)), Key: c.Key()}
		}
		f.Choice("cause", "grant.apply.cause", options, form.Required, form.Default(options[0].Value))
	} else {
		was = a.before.Application
	}
	for _, fact := range a.terms.Formula.Facts() {
		f.Money(fact.Name, fact.Label, form.Required, form.Hint(fact.Hint), form.If(a.before != nil, form.Default(was.Facts[fact.Name])))
	}
	f.Area("reason", "grant.apply.reason", form.Required, form.Max(1000), form.Hint("grant.apply.reason_hint"), form.Default(was.Reason))
	f.Money("amount", "grant.apply.amount", form.Required, form.Positive, form.Hint("grant.apply.amount_hint"),
		form.If(a.before != nil, form.Default(was.Amount)))
	return f
}

// request reads a valid form.
func (a asking) request(f *form.Form) grant.Request {
	request := grant.Request{Facts: grant.Facts{}, Reason: f.Field("reason").Text(), Amount: f.Field("amount").Money()}
	for _, fact := range a.terms.Formula.Facts() {
		request.Facts[fact.Name] = f.Field(fact.Name).Money()
	}
	if a.before != nil {
		request.Cause = a.before.Cause
		return request
	}
	cause, _ := strconv.Atoi(f.Field("cause").Text()) // the field takes none but its own options
	request.Cause = casefile.Cause(cause)
	return request
}
