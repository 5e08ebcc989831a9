package censusweb

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"bangfu/internal/casefile"
	"bangfu/internal/census"
	"bangfu/internal/form"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/censuspage"
	"bangfu/templates/layout"
)

// deed is one thing that is done to a form on a page of its own.
type deed struct {
	address      string
	title, lead  words.Key
	button, done words.Key
	from         census.State
	form         func(values url.Values, f census.Form) *form.Form
	do           func(ctx context.Context, u *work.Unit, h *Handlers, f census.Form, typed *form.Form) (to string, err error)
}

// deeds are the steps of a form, each with its own page.
var deeds = []deed{
	{address: "entry", title: "census.entry", lead: "census.entry_lead", button: "census.entry_button", done: "census.entered", from: census.Returned,
		form: newEntryForm, do: enter},
	{address: "dismissal", title: "census.dismissal", lead: "census.dismissal_lead", button: "census.dismissal_button", done: "census.dismissed",
		from: census.Returned, form: newDismissalForm, do: dismiss},
	{address: "loss", title: "census.loss", lead: "census.loss_lead", button: "census.loss_button", done: "census.lost", from: census.Out,
		form: newLossForm, do: lose},
}

func newEntryForm(values url.Values, shown census.Form) *form.Form {
	f := form.New(values)
	f.Text("name", "casefile.name", form.Required, form.Max(40), form.Width(10))
	f.IDNumber("number", "casefile.id_number", form.Required)
	f.Phone("phone", "casefile.phone")
	f.Text("employer", "casefile.employer", form.Max(80), form.Default(shown.Unit))
	f.Text("address", "casefile.address", form.Max(120))
	var causes []form.Option
	for _, c := range casefile.Causes {
		causes = append(causes, form.Option{Value: strconv.Itoa(int(c)), Key: c.Key()})
	}
	f.Select("cause", "census.cause", causes)
	return f
}

func enter(ctx context.Context, u *work.Unit, h *Handlers, f census.Form, typed *form.Form) (string, error) {
	cause, _ := strconv.ParseInt(typed.Field("cause").Text(), 10, 16) // one of the options, or none
	file, err := census.Enter(ctx, u, h.Keys, f.ID, census.Household{Name: typed.Field("name").Text(), Number: typed.Field("number").IDNumber(),
		Phone: typed.Field("phone").Phone(), Employer: typed.Field("employer").Text(), Address: typed.Field("address").Text(), Cause: casefile.Cause(cause)})
	return censuspage.RegistrationPath(file), err
}

func newDismissalForm(values url.Values, _ census.Form) *form.Form {
	f := form.New(values)
	f.Text("head", "census.head", form.Max(40), form.Width(10), form.Hint("census.head_hint"))
	f.Choice("reason", "census.reason_head", form.Options(census.AllReasons...), form.Required)
	f.Area("note", "census.note", form.Max(500), form.Hint("census.note_hint"))
	return f
}

func dismiss(ctx context.Context, u *work.Unit, _ *Handlers, f census.Form, typed *form.Form) (string, error) {
	return censuspage.FormsPath(f.CensusID, census.Returned), census.Dismiss(ctx, u, f.ID, typed.Field("head").Text(),
		form.One[census.Reason](typed.Field("reason")), typed.Field("note").Text())
}

func newLossForm(values url.Values, _ census.Form) *form.Form {
	f := form.New(values)
	f.Area("lost_note", "census.lost_note", form.Required, form.Least(2), form.Max(500))
	return f
}

func lose(ctx context.Context, u *work.Unit, _ *Handlers, f census.Form, typed *form.Form) (string, error) {
	return censuspage.FormPath(f.ID), census.Lose(ctx, u, f.ID, typed.Field("lost_note").Text())
}

// form finds the form of the address.
func (h *Handlers) form(r *http.Request) (census.Form, error) {
	id, err := web.PathID[census.FormID](r, "form")
	if err != nil {
		return census.Form{}, err
	}
	return census.FindForm(r.Context(), h.DB, web.By(r).Scope, id)
}

// toForm is the way to a page of a form.
func toForm(f census.Form, more ...layout.Crumb) []layout.Crumb {
	return way(append([]layout.Crumb{{Text: f.Census, Path: censuspage.Path(f.CensusID)}}, more...)...)
}

// getForm shows one form: where it is, and what may be done with it.
func (h *Handlers) getForm(w http.ResponseWriter, r *http.Request) error {
	f, err := h.form(r)
	if err != nil {
		return err
	}
	v := censuspage.FormView{Page: h.Page(r, "census.form_title", f.Code()), Shown: f}
	v.Crumbs, v.Actions = toForm(f), v.Acts(web.By(r).Can(staff.CapFileRegister))
	return h.Render(w, r, http.StatusOK, censuspage.FormPage(v))
}

// open tells why a deed is not open; nil when it is.
func (d deed) open(f census.Form) error {
	switch {
	case f.Closed:
		return work.Refuse("census.refusal.closed")
	case f.State != d.from:
		return work.Refuse("census.refusal.state", f.State)
	}
	return nil
}

// getDeed shows the form of a deed.
func (h *Handlers) getDeed(d deed) web.H {
	return func(w http.ResponseWriter, r *http.Request) error {
		f, err := h.form(r)
		if err == nil {
			err = d.open(f)
		}
		if err != nil {
			return err
		}
		return h.showDeed(w, r, http.StatusOK, d, f, d.form(nil, f))
	}
}

// postDeed does it. A form sent again finds it done; the form key then leads to where the first one led.
func (h *Handlers) postDeed(d deed) web.H {
	return func(w http.ResponseWriter, r *http.Request) error {
		values, err := web.Form(r)
		if err != nil {
			return err
		}
		f, err := h.form(r)
		if err != nil {
			return err
		}
		typed, open := d.form(values, f), d.open(f) == nil
		if open && !typed.Valid() {
			return h.showDeed(w, r, http.StatusUnprocessableEntity, d, f, typed)
		}
		to, err := h.Do(r, func(u *work.Unit) (string, error) { return d.do(r.Context(), u, h, f, typed) })
		if open && web.Refused(typed, err) {
			return h.showDeed(w, r, http.StatusUnprocessableEntity, d, f, typed)
		}
		if err != nil {
			return err
		}
		h.Flash(r, d.done)
		return web.SeeOther(w, r, to)
	}
}

func (h *Handlers) showDeed(w http.ResponseWriter, r *http.Request, status int, d deed, f census.Form, typed *form.Form) error {
	v := censuspage.EditView{Page: h.Page(r, d.title, f.Code()), Action: censuspage.FormPath(f.ID) + "/" + d.address, Back: censuspage.FormPath(f.ID), Button: d.button}
	v.Lead, v.Crumbs, v.Form = d.lead, toForm(f, layout.Crumb{Text: f.Code(), Path: censuspage.FormPath(f.ID)}), typed
	return h.Render(w, r, status, censuspage.Edit(v))
}
