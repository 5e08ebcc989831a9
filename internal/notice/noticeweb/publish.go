package noticeweb

import (
	"net/http"
	"net/url"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/notice"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/noticepage"
)

// First days that the form offers. Tomorrow is the stricter reading and the default: the day on which a period begins is
// not counted (Civil Code art. 201), so seven days are seven whole ones.
const (
	firstToday    = "today"
	firstTomorrow = "tomorrow"
)

// publishForm is the form for a new notice.
type publishForm struct {
	*form.Form
	preset, first, place *form.Field
}

func newPublishForm(values url.Values, place string) publishForm {
	f := publishForm{Form: form.New(values)}
	f.Known(noticepage.StepName)
	f.preset = f.Choice("preset", "notice.length", form.Options(notice.Presets...), form.Required, form.Default(string(notice.SevenDays)))
	f.first = f.Choice("first", "notice.first", []form.Option{{Value: firstTomorrow, Key: "notice.first_tomorrow"}, {Value: firstToday, Key: "notice.first_today"}},
		form.Required, form.Default(firstTomorrow), form.Hint("notice.first_hint"))
	f.place = f.Text("place", "notice.place", form.Required, form.Least(2), form.Max(120), form.Width(30), form.Default(place), form.Hint("notice.place_hint"))
	return f
}

func (f publishForm) plan() notice.Plan {
	return notice.Plan{Preset: notice.Preset(f.preset.Text()), NextDay: f.first.Text() == firstTomorrow, Place: f.place.Text()}
}

// getPublish shows the form for the notice of an assessed file.
func (h *Handlers) getPublish(w http.ResponseWriter, r *http.Request) error {
	f, err := h.file(r)
	if err != nil {
		return err
	}
	if !f.May(casefile.ActPublish, web.By(r)) {
		return work.Refuse("notice.refusal.file_state", f.State)
	}
	typed := newPublishForm(nil, words.T(r.Context(), "notice.place_usual"))
	return h.showPublish(w, r, http.StatusOK, f, typed, nil)
}

// postPublish shows the notice as it would be, and with the second button publishes it.
func (h *Handlers) postPublish(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f, err := h.file(r)
	if err != nil {
		return err
	}
	typed := newPublishForm(values, "")
	if !typed.Valid() {
		return h.showPublish(w, r, http.StatusUnprocessableEntity, f, typed, nil)
	}
	switch values.Get(noticepage.StepName) {
	case noticepage.StepPublish:
		var to string
		to, err = h.Do(r, func(u *work.Unit) (string, error) {
			id, err := notice.Publish(r.Context(), u, f.ID, typed.plan())
			return noticepage.Path(id), err
		})
		if err == nil {
			h.Flash(r, "notice.published_now")
			return web.SeeOther(w, r, to)
		}
	case noticepage.StepChange:
		return h.showPublish(w, r, http.StatusOK, f, typed, nil)
	default:
		var draft notice.Draft
		draft, err = notice.Prepare(r.Context(), h.DB, web.By(r), f.ID, typed.plan(), day.On(h.Now()))
		if err == nil {
			return h.showPublish(w, r, http.StatusOK, f, typed, &draft)
		}
	}
	if web.Refused(typed.Form, err) {
		return h.showPublish(w, r, http.StatusUnprocessableEntity, f, typed, nil)
	}
	return err
}

// file finds the file of the address.
func (h *Handlers) file(r *http.Request) (casefile.File, error) {
	id, err := web.PathID[work.FileID](r, "file")
	if err != nil {
		return casefile.File{}, err
	}
	return casefile.Find(r.Context(), h.DB, web.By(r).Scope, id)
}

func (h *Handlers) showPublish(w http.ResponseWriter, r *http.Request, status int, f casefile.File, typed publishForm, draft *notice.Draft) error {
	title := words.Key("notice.form.publish")
	if draft != nil {
		title = "notice.form.check"
	}
	page := h.Page(r, title)
	page.Crumbs, page.Identity, page.Form = crumbs(f), noticepage.Identity(f), typed.Form
	view := noticepage.PublishView{Page: page, FileID: f.ID, Draft: draft, Today: day.On(h.Now())}
	if draft != nil {
		view.Days = draft.Terms.Count(draft.Period)
		view.Guessed = draft.Terms.Guessed(draft.Period)
	}
	return h.Render(w, r, status, noticepage.Publish(view))
}
