package casefileweb

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
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

// questionParts are the parts of an address that say which files a list shows and in which order.
var questionParts = []string{"list", "state", "category", "cause", "housing", "papers", "from", "to", "org", "sort", "turned"}

// questionOf gives the question of an address without what only says where one is in the answer.
func questionOf(asked url.Values, list casefile.WorkList) string {
	q := url.Values{}
	for _, part := range questionParts {
		if value := asked.Get(part); value != "" {
			q.Set(part, value)
		}
	}
	q.Set("list", string(list))
	return q.Encode()
}

// question reads a question as it is kept, with its office's name. What is none is work.ErrNotFound.
func (h *Handlers) question(r *http.Request, text string) (casefilepage.Question, error) {
	asked, err := url.ParseQuery(text)
	list := casefile.WorkList(asked.Get("list"))
	if err != nil || !slices.Contains(casefile.WorkLists, list) || questionOf(asked, list) != text {
		return casefilepage.Question{}, work.ErrNotFound
	}
	by := web.By(r)
	f := newListForm(asked, list, day.On(h.Now()))
	query, err := listQuery(asked, list, by, f)
	if err != nil || !f.Valid() {
		return casefilepage.Question{}, errors.Join(work.ErrNotFound, err)
	}
	q := casefilepage.Question{Query: query}
	if query.Org != 0 {
		org, err := staff.FindOrg(r.Context(), h.DB, by.Scope, query.Org)
		if err != nil {
			return q, err
		}
		q.Office = org.Name
	}
	return q, nil
}

// newSavedForm is the form of a saved list: of another's only what the reader does with it.
func newSavedForm(values url.Values, s casefile.Saved, owner bool) *form.Form {
	f := form.New(values)
	if owner {
		f.Text("name", "casefile.saved.name", form.Required, form.Max(casefile.MostSavedName), form.Width(20), form.Default(s.Name))
	}
	f.Tick("starred", "casefile.saved.star", form.Default(s.Starred), form.Hint("casefile.saved.star_hint"))
	f.Tick("first", "casefile.saved.first", form.Default(s.First))
	if owner {
		f.Tick("shared", "casefile.saved.share", form.Default(s.Shared), form.Hint("casefile.saved.share_hint"))
		f.Hidden("question", form.Max(1000), form.Default(s.Query))
	}
	return f
}

// wishOf reads the form of a saved list.
func wishOf(f *form.Form) casefile.SavedWish {
	return casefile.SavedWish{Name: f.Field("name").Text(), Query: f.Field("question").Text(), Shared: f.Field("shared").Ticked(),
		Starred: f.Field("starred").Ticked(), First: f.Field("first").Ticked()}
}

// getSavedLists lists what the reader keeps and what is shared with the reader.
func (h *Handlers) getSavedLists(w http.ResponseWriter, r *http.Request) error {
	all, err := casefile.SavedLists(r.Context(), h.DB, web.By(r))
	if err != nil {
		return err
	}
	v := casefilepage.SavedListsView{Page: h.Page(r, "casefile.saved.title")}
	v.Lead, v.Crumbs = "casefile.saved.lead", savedCrumbs()
	for _, s := range all {
		if s.Owner == web.By(r).StaffID {
			v.Own = append(v.Own, s)
		} else {
			v.Shared = append(v.Shared, s)
		}
	}
	return h.Render(w, r, http.StatusOK, casefilepage.SavedLists(v))
}

// savedCrumbs is the way to a page of saved lists.
func savedCrumbs(more ...layout.Crumb) []layout.Crumb {
	return append([]layout.Crumb{{Key: "casefile.list.title", Path: casefilepage.ListPath}}, more...)
}

// getNewSaved asks under which name the list in the address is kept.
func (h *Handlers) getNewSaved(w http.ResponseWriter, r *http.Request) error {
	list := casefile.WorkList(r.URL.Query().Get("list"))
	if list == "" {
		list = firstList(web.By(r))
	}
	return h.showNewSaved(w, r, http.StatusOK, newSavedForm(nil, casefile.Saved{Query: questionOf(r.URL.Query(), list), Starred: true}, true))
}

func (h *Handlers) showNewSaved(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	q, err := h.question(r, f.Field("question").Text())
	if err != nil {
		return err
	}
	v := casefilepage.SavedView{Page: h.Page(r, "casefile.saved.new"), Owner: true, Question: &q}
	v.Form, v.Crumbs = f, savedCrumbs(layout.Crumb{Key: "casefile.saved.title", Path: casefilepage.SavedListsPath})
	return h.Render(w, r, status, casefilepage.SavedList(v))
}

// postSavedLists keeps a list under a name and opens it.
func (h *Handlers) postSavedLists(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := newSavedForm(values, casefile.Saved{}, true)
	if !f.Valid() {
		if f.Field("question").Text() == "" {
			return web.ErrBadForm
		}
		return h.showNewSaved(w, r, http.StatusUnprocessableEntity, f)
	}
	wish := wishOf(f)
	if _, err := h.question(r, wish.Query); err != nil {
		return err
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		id, err := casefile.SaveList(r.Context(), u, wish)
		return casefilepage.OpenSavedPath(casefile.Saved{ID: id, Query: wish.Query}), err
	})
	if web.Refused(f, err) {
		return h.showNewSaved(w, r, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	h.Flash(r, "casefile.saved.kept", wish.Name)
	return web.SeeOther(w, r, to)
}

// saved finds the saved list that the address names.
func (h *Handlers) saved(r *http.Request) (casefile.Saved, error) {
	id, err := web.PathID[casefile.SavedID](r, "list")
	if err != nil {
		return casefile.Saved{}, err
	}
	return casefile.FindSaved(r.Context(), h.DB, web.By(r), id)
}

// getSaved shows a saved list. With a question in the address the owner is asked to put it in place of the old one.
func (h *Handlers) getSaved(w http.ResponseWriter, r *http.Request) error {
	s, err := h.saved(r)
	if err != nil {
		return err
	}
	f := newSavedForm(nil, s, s.Owner == web.By(r).StaffID)
	if list := casefile.WorkList(r.URL.Query().Get("list")); list != "" && s.Owner == web.By(r).StaffID {
		changed := s
		changed.Query = questionOf(r.URL.Query(), list)
		if _, err := h.question(r, changed.Query); err != nil {
			return err
		}
		f = newSavedForm(nil, changed, true)
	}
	return h.showSaved(w, r, http.StatusOK, s, f)
}

func (h *Handlers) showSaved(w http.ResponseWriter, r *http.Request, status int, s casefile.Saved, f *form.Form) error {
	v := casefilepage.SavedView{Page: h.Page(r, "casefile.saved.one", s.Name), Saved: s, Owner: s.Owner == web.By(r).StaffID}
	text := s.Query
	if d := f.Field("question"); d != nil && d.Text() != "" {
		text = d.Text()
	}
	v.Anew = text != s.Query
	q, err := h.question(r, text)
	switch {
	case err == nil:
		v.Question = &q
	case !errors.Is(err, work.ErrNotFound):
		return err
	}
	v.Form, v.Crumbs = f, savedCrumbs(layout.Crumb{Key: "casefile.saved.title", Path: casefilepage.SavedListsPath}, layout.Crumb{Key: v.Title, Args: v.Args})
	return h.Render(w, r, status, casefilepage.SavedList(v))
}

// postSaved changes a saved list, or what the reader does with another's.
func (h *Handlers) postSaved(w http.ResponseWriter, r *http.Request) error {
	s, err := h.saved(r)
	if err != nil {
		return err
	}
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	owner := s.Owner == web.By(r).StaffID
	f := newSavedForm(values, s, owner)
	if !f.Valid() {
		return h.showSaved(w, r, http.StatusUnprocessableEntity, s, f)
	}
	if owner && f.Field("question").Text() != s.Query && f.Field("question").Text() != "" {
		if _, err := h.question(r, f.Field("question").Text()); err != nil {
			return err
		}
	}
	return h.Act(w, r, f, func() error { return h.showSaved(w, r, http.StatusUnprocessableEntity, s, f) }, func(u *work.Unit) (string, error) {
		if owner {
			return casefilepage.SavedListsPath, casefile.ChangeSaved(r.Context(), u, s.ID, wishOf(f))
		}
		return casefilepage.SavedListsPath, casefile.MarkSaved(r.Context(), u, s.ID, f.Field("starred").Ticked(), f.Field("first").Ticked())
	}, "casefile.saved.changed", s.Name)
}

// getSavedRemoval asks whether a list is really to go.
func (h *Handlers) getSavedRemoval(w http.ResponseWriter, r *http.Request) error {
	s, err := h.saved(r)
	if err != nil {
		return err
	}
	if s.Owner != web.By(r).StaffID {
		return work.Refuse("casefile.refusal.saved_owner", s.OwnerName)
	}
	v := casefilepage.SavedRemovalView{Page: h.Page(r, "casefile.saved.remove_title", s.Name), Saved: s}
	v.Crumbs = savedCrumbs(layout.Crumb{Key: "casefile.saved.title", Path: casefilepage.SavedListsPath}, layout.Crumb{Key: v.Title, Args: v.Args})
	return h.Render(w, r, http.StatusOK, casefilepage.SavedRemoval(v))
}

// postSavedRemoval deletes a list.
func (h *Handlers) postSavedRemoval(w http.ResponseWriter, r *http.Request) error {
	s, err := h.saved(r)
	if err != nil {
		return err
	}
	if _, err := web.Only(r); err != nil {
		return err
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		return casefilepage.SavedListsPath, casefile.DropSaved(r.Context(), u, s.ID)
	})
	if err != nil {
		return err
	}
	h.Flash(r, "casefile.saved.removed", s.Name)
	return web.SeeOther(w, r, to)
}

// opened finds the saved list that a list was opened from, by the address; the second is false when the address names one
// that is gone, or no longer shared.
func (h *Handlers) opened(r *http.Request, marked []casefile.Saved) (*casefile.Saved, bool, error) {
	text := r.URL.Query().Get("saved")
	if text == "" {
		return nil, true, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 1 {
		return nil, true, work.ErrNotFound
	}
	if i := slices.IndexFunc(marked, func(s casefile.Saved) bool { return s.ID == casefile.SavedID(n) }); i >= 0 {
		s := marked[i]
		return &s, true, nil
	}
	s, err := casefile.FindSaved(r.Context(), h.DB, web.By(r), casefile.SavedID(n))
	if errors.Is(err, work.ErrNotFound) {
		return nil, false, nil
	}
	return &s, true, err
}
