package censusweb

import (
	"net/http"
	"net/url"
	"strconv"

	"bangfu/internal/census"
	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/censuspage"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// offices lists who may be handed forms: the census' own office and those right below it.
func (h *Handlers) offices(r *http.Request, c census.Census) ([]form.Option, error) {
	orgs, err := staff.ListOrgs(r.Context(), h.DB, work.Under(c.OrgPath))
	if err != nil {
		return nil, err
	}
	var options []form.Option
	for _, o := range orgs {
		if o.ID == c.OrgID || o.ParentID == c.OrgID {
			options = append(options, form.Option{Value: strconv.FormatInt(int64(o.ID), 10), Text: o.Name})
		}
	}
	return options, nil
}

func newHandingForm(values url.Values, offices []form.Option, c census.Census, today day.Date) *form.Form {
	f := form.New(values)
	f.Select("org", "census.office", offices, form.Required, form.Hint("census.office_hint"))
	f.Text("unit", "census.unit", form.Least(2), form.Max(80), form.Hint("census.unit_hint"))
	f.Number("count", "census.count", form.Required, form.Between(1, census.MostBundle), form.Hint("census.count_hint", c.Forms+1), form.Width(6))
	f.Text("taken_by", "census.taken_by", form.Required, form.Least(2), form.Max(40), form.Width(10))
	f.Date("handed_on", "census.handed_on", form.Required, form.Default(today), form.NotAfter(today))
	f.Date("due_on", "census.due_on", form.Required, form.Default(c.Until))
	return f
}

// handing finds the census and makes its form of handing out; one that the reader's office does not take is refused.
func (h *Handlers) handing(r *http.Request, values url.Values) (census.Census, *form.Form, error) {
	c, err := h.census(r)
	if err != nil {
		return c, nil, err
	}
	if err := takes(r, c); err != nil {
		return c, nil, err
	}
	offices, err := h.offices(r, c)
	return c, newHandingForm(values, offices, c, day.On(h.Now())), err
}

// takes refuses a census that is over, or that another office takes.
func takes(r *http.Request, c census.Census) error {
	switch {
	case c.Closed:
		return work.Refuse("census.refusal.closed")
	case !c.Runs(web.By(r)):
		return work.Refuse("census.refusal.not_yours", c.OrgName)
	}
	return nil
}

// getHanding shows the form of handing out.
func (h *Handlers) getHanding(w http.ResponseWriter, r *http.Request) error {
	c, f, err := h.handing(r, nil)
	if err != nil {
		return err
	}
	return h.showEdit(w, r, http.StatusOK, c, f, handOut)
}

// edit is what the pages of one form below a census differ in.
type edit struct {
	title, lead, button words.Key
	action              func(census.ID) string
}

var (
	handOut   = edit{"census.hand_out", "census.hand_out_lead", "census.hand_out_button", censuspage.HandingPath}
	takeBack  = edit{"census.returns", "census.returns_lead", "census.returns_button", censuspage.ReturnsPath}
	concluded = edit{"census.closing", "census.closing_lead", "census.closing_button", censuspage.ClosingPath}
)

func (h *Handlers) showEdit(w http.ResponseWriter, r *http.Request, status int, c census.Census, f *form.Form, e edit) error {
	v := censuspage.EditView{Page: h.Page(r, e.title), Action: e.action(c.ID), Back: censuspage.Path(c.ID), Button: e.button}
	v.Lead, v.Crumbs, v.Form = e.lead, way(under(c)), f
	return h.Render(w, r, status, censuspage.Edit(v))
}

// postHanding hands out forms.
func (h *Handlers) postHanding(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	c, f, err := h.handing(r, values)
	if err != nil {
		return err
	}
	org, _ := strconv.ParseInt(f.Field("org").Text(), 10, 64) // one of the options
	return h.Act(w, r, f, func() error { return h.showEdit(w, r, http.StatusUnprocessableEntity, c, f, handOut) }, func(u *work.Unit) (string, error) {
		id, err := census.HandOut(r.Context(), u, c.ID, census.Handing{OrgID: work.OrgID(org), Unit: f.Field("unit").Text(), Count: int(f.Field("count").Number()),
			TakenBy: f.Field("taken_by").Text(), On: f.Field("handed_on").Date(), Due: f.Field("due_on").Date()})
		return censuspage.BundlePath(id), err
	}, "census.handed")
}

func newReturnsForm(values url.Values, id census.ID, today day.Date) *form.Form {
	f := form.New(values)
	f.Area("numbers", "census.numbers", form.Required, form.Max(2000), form.Hint("census.numbers_hint"), form.Check(func(d *form.Field) {
		if _, wrong := census.ReadRanges(id, d.Text()); wrong != "" {
			d.Fail("census.refusal.numbers", wrong)
		}
	}))
	f.Date("returned_on", "census.returned_on", form.Required, form.Default(today), form.NotAfter(today))
	return f
}

// running finds the census of the address, refusing one that is over.
func (h *Handlers) running(r *http.Request) (census.Census, error) {
	c, err := h.census(r)
	if err == nil && c.Closed {
		err = work.Refuse("census.refusal.closed")
	}
	return c, err
}

// getReturns shows the form of taking back.
func (h *Handlers) getReturns(w http.ResponseWriter, r *http.Request) error {
	c, err := h.running(r)
	if err != nil {
		return err
	}
	return h.showEdit(w, r, http.StatusOK, c, newReturnsForm(nil, c.ID, day.On(h.Now())), takeBack)
}

// postReturns takes forms back.
func (h *Handlers) postReturns(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	c, err := h.running(r)
	if err != nil {
		return err
	}
	f := newReturnsForm(values, c.ID, day.On(h.Now()))
	if !f.Valid() {
		return h.showEdit(w, r, http.StatusUnprocessableEntity, c, f, takeBack)
	}
	back := 0
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		numbers, _ := census.ReadRanges(c.ID, f.Field("numbers").Text()) // checked above
		n, err := census.Return(r.Context(), u, c.ID, numbers, f.Field("returned_on").Date())
		back = n
		return censuspage.FormsPath(c.ID, census.Returned), err
	})
	if web.Refused(f, err) {
		return h.showEdit(w, r, http.StatusUnprocessableEntity, c, f, takeBack)
	}
	if err != nil {
		return err
	}
	h.Flash(r, "census.taken_back", strconv.Itoa(back))
	return web.SeeOther(w, r, to)
}

func newClosingForm(values url.Values) *form.Form {
	f := form.New(values)
	f.Area("conclusion", "census.conclusion", form.Required, form.Least(2), form.Max(2000), form.Hint("census.conclusion_hint"))
	return f
}

// getClosing shows the form of the end of a census.
func (h *Handlers) getClosing(w http.ResponseWriter, r *http.Request) error {
	c, err := h.census(r)
	if err != nil {
		return err
	}
	if err := takes(r, c); err != nil {
		return err
	}
	return h.showEdit(w, r, http.StatusOK, c, newClosingForm(nil), concluded)
}

// postClosing ends a census.
func (h *Handlers) postClosing(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	c, err := h.census(r)
	if err != nil {
		return err
	}
	f := newClosingForm(values)
	if !c.Closed && !f.Valid() {
		return h.showEdit(w, r, http.StatusUnprocessableEntity, c, f, concluded)
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		return censuspage.Path(c.ID), census.Close(r.Context(), u, c.ID, f.Field("conclusion").Text())
	})
	if !c.Closed && web.Refused(f, err) {
		return h.showEdit(w, r, http.StatusUnprocessableEntity, c, f, concluded)
	}
	if err != nil {
		return err
	}
	h.Flash(r, "census.is_closed")
	return web.SeeOther(w, r, to)
}

// bundle finds the bundle of the address with its census.
func (h *Handlers) bundle(r *http.Request) (census.Bundle, census.Census, error) {
	id, err := web.PathID[census.BundleID](r, "bundle")
	if err != nil {
		return census.Bundle{}, census.Census{}, err
	}
	b, err := census.FindBundle(r.Context(), h.DB, web.By(r).Scope, id, day.On(h.Now()))
	if err != nil {
		return b, census.Census{}, err
	}
	c, err := census.Find(r.Context(), h.DB, web.By(r).Scope, b.CensusID)
	return b, c, err
}

// getBundle shows what one unit was handed, and which numbers are missing.
func (h *Handlers) getBundle(w http.ResponseWriter, r *http.Request) error {
	b, c, err := h.bundle(r)
	if err != nil {
		return err
	}
	v := censuspage.BundleView{Page: h.Page(r, "census.bundle", b.Unit), Census: c, Bundle: b, Today: day.On(h.Now())}
	if v.StillOut, err = census.StillOut(r.Context(), h.DB, b.ID); err != nil {
		return err
	}
	after, err := web.QueryID[int](r, "after")
	if err != nil {
		return err
	}
	forms, err := census.BundleForms(r.Context(), h.DB, web.By(r).Scope, b.ID, after, pageSize+1)
	if err != nil {
		return err
	}
	v.Forms = forms
	if len(forms) > pageSize {
		v.Forms, v.Next = forms[:pageSize], forms[pageSize-1].Number
	}
	v.Crumbs = way(under(c))
	v.Actions = []ui.Btn{{Key: "census.print_forms", Href: censuspage.SheetPath(b.ID)}}
	if !c.Closed && web.By(r).Can(staff.CapFileRegister) {
		v.Actions = append(v.Actions, ui.Btn{Key: "census.returns", Href: censuspage.ReturnsPath(c.ID), Look: ui.Secondary})
	}
	return h.Render(w, r, http.StatusOK, censuspage.Bundle(v))
}

// sheetForms is the most blank forms in one print; the following numbers are in the next part.
const sheetForms = 100

// getSheet prints the slip that the unit signs, and behind it the numbered blank forms.
func (h *Handlers) getSheet(w http.ResponseWriter, r *http.Request) error {
	b, c, err := h.bundle(r)
	if err != nil {
		return err
	}
	by := web.By(r)
	after, err := web.QueryID[int](r, "after")
	if err != nil {
		return err
	}
	forms, err := census.BundleForms(r.Context(), h.DB, by.Scope, b.ID, after, sheetForms+1)
	if err != nil {
		return err
	}
	v := censuspage.SheetView{Census: c, Bundle: b, Forms: forms, Origin: h.Origin(r)}
	if len(forms) > sheetForms {
		v.Forms, v.Next = forms[:sheetForms], forms[sheetForms-1].Number
	}
	v.Sheet = layout.Sheet{Page: h.Page(r, "census.sheet.title"), Number: c.OrgName, By: by.Name, At: h.Now(), Back: censuspage.BundlePath(b.ID)}
	return h.Render(w, r, http.StatusOK, censuspage.Sheet(v))
}
