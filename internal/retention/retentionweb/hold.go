package retentionweb

import (
	"net/http"
	"net/url"

	"bangfu/internal/casefile"
	"bangfu/internal/form"
	"bangfu/internal/retention"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/retentionpage"
)

// newPlacingForm declares the form for a hold.
func newPlacingForm(values url.Values) *form.Form {
	f := form.New(values)
	f.Choice("kind", "retention.kind", form.Options(retention.HoldKinds...), form.Required)
	f.Area("reason", "retention.reason", form.Required, form.Least(2), form.Max(500))
	return f
}

// file finds the file that the address names.
func (h *Handlers) file(r *http.Request) (casefile.File, error) {
	id, err := web.PathID[work.FileID](r, "file")
	if err != nil {
		return casefile.File{}, err
	}
	return casefile.Find(r.Context(), h.DB, web.By(r).Scope, id)
}

// getPlacing shows the form for a hold.
func (h *Handlers) getPlacing(w http.ResponseWriter, r *http.Request) error {
	f, err := h.file(r)
	if err != nil {
		return err
	}
	return h.showPlacing(w, r, http.StatusOK, f, newPlacingForm(nil))
}

// postPlacing places a hold on a file.
func (h *Handlers) postPlacing(w http.ResponseWriter, r *http.Request) error {
	file, err := h.file(r)
	if err != nil {
		return err
	}
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := newPlacingForm(values)
	return h.Act(w, r, f, func() error { return h.showPlacing(w, r, http.StatusUnprocessableEntity, file, f) }, func(u *work.Unit) (string, error) {
		id, err := retention.Place(r.Context(), u, file.ID, form.One[retention.HoldKind](f.Field("kind")), f.Field("reason").Text())
		return retentionpage.HoldPath(id), err
	}, "retention.placed")
}

// showPlacing draws the form for a hold.
func (h *Handlers) showPlacing(w http.ResponseWriter, r *http.Request, status int, file casefile.File, f *form.Form) error {
	page := h.Page(r, "retention.place")
	page.Form = f
	page.Crumbs = retentionpage.Crumbs(layout.Crumb{Text: words.Say(r.Context(), file.Name()), Path: retentionpage.FilePath(file.ID)})
	return h.Render(w, r, status, retentionpage.Place(retentionpage.PlaceView{Page: page, FileID: file.ID}))
}

// hold finds the hold that the address names.
func (h *Handlers) hold(r *http.Request) (retention.Hold, error) {
	id, err := web.PathID[retention.HoldID](r, "hold")
	if err != nil {
		return retention.Hold{}, err
	}
	return retention.FindHold(r.Context(), h.DB, web.By(r).Scope, id)
}

// newLiftingForm declares the form to lift a hold.
func newLiftingForm(values url.Values) *form.Form {
	f := form.New(values)
	f.Area("why", "retention.lifted_why", form.Required, form.Least(2), form.Max(500))
	return f
}

// getHold shows a hold.
func (h *Handlers) getHold(w http.ResponseWriter, r *http.Request) error {
	hold, err := h.hold(r)
	if err != nil {
		return err
	}
	var f *form.Form
	if web.By(r).Can(staff.CapRetentionHold) && hold.MayLift(web.By(r)) {
		f = newLiftingForm(nil)
	}
	return h.showHold(w, r, http.StatusOK, hold, f)
}

// postLifting lifts a hold.
func (h *Handlers) postLifting(w http.ResponseWriter, r *http.Request) error {
	hold, err := h.hold(r)
	if err != nil {
		return err
	}
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := newLiftingForm(values)
	return h.Act(w, r, f, func() error { return h.showHold(w, r, http.StatusUnprocessableEntity, hold, f) }, func(u *work.Unit) (string, error) {
		return retentionpage.HoldPath(hold.ID), retention.Lift(r.Context(), u, hold.ID, f.Field("why").Text())
	}, "retention.lifted")
}

// showHold draws a hold.
func (h *Handlers) showHold(w http.ResponseWriter, r *http.Request, status int, hold retention.Hold, f *form.Form) error {
	page := h.Page(r, "retention.hold")
	page.Form = f
	page.Crumbs = retentionpage.Crumbs(layout.Crumb{Key: "retention.list.holds", Path: retentionpage.HoldsPath})
	return h.Render(w, r, status, retentionpage.HoldPage(retentionpage.HoldView{Page: page, Hold: hold}))
}
