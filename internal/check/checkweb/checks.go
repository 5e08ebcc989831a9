// Package checkweb answers the addresses of what the checks found.
package checkweb

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"bangfu/internal/casefile"
	"bangfu/internal/check"
	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/checkpage"
	"bangfu/templates/layout"
)

// Handlers answers the pages of the findings.
type Handlers struct{ *web.Kit }

// pageSize is the number of findings on one page of a list.
const pageSize = 50

// Routes declares the addresses.
func Routes(rs *web.Routes, k *web.Kit) {
	h := &Handlers{Kit: k}
	rs.Get("/checks", staff.CapFileRead, h.getChecks)
	rs.Get("/checks/{finding}", staff.CapFileRead, h.getFinding)
	rs.Post("/checks/{finding}", staff.CapFileAssess, h.postFinding)
}

// Notes shows what the checks say of the answers of a file: of a registration what is doubtful so far, with the way to its
// section; of a submitted file what is found in it. Nothing when they say nothing.
func Notes(k *web.Kit) func(r *http.Request, a casefile.Answers) (templ.Component, error) {
	return func(r *http.Request, a casefile.Answers) (templ.Component, error) {
		f, today := a.Facts.Cover, day.On(k.Now())
		switch {
		case !f.State.Open() || f.State == casefile.Temporary:
			return nil, nil
		case !f.State.Editable():
			all, err := check.Current(r.Context(), k.DB, web.By(r).Scope, a, today)
			if err != nil || len(all) == 0 {
				return nil, err
			}
			return checkpage.Panel(all), nil
		}
		all, err := check.Doubts(r.Context(), k.DB, a, today)
		if err != nil || len(all) == 0 {
			return nil, err
		}
		return checkpage.Notes(f.ID, all), nil
	}
}

// getChecks lists the checks with how much each found, or what one of them found.
func (h *Handlers) getChecks(w http.ResponseWriter, r *http.Request) error {
	name := check.Name(r.URL.Query().Get("kind"))
	if name != "" {
		return h.list(w, r, name)
	}
	v := checkpage.KindsView{Page: h.Page(r, "check.title")}
	v.Lead = "check.lead"
	var err error
	if v.Counts, err = check.Counts(r.Context(), h.DB, web.By(r).Scope); err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, checkpage.Kinds(v))
}

// list shows what one check found.
func (h *Handlers) list(w http.ResponseWriter, r *http.Request, name check.Name) error {
	if _, known := check.Of(name); !known {
		return work.ErrNotFound
	}
	behind, err := place(r.URL.Query().Get("behind"))
	if err != nil {
		return err
	}
	v := checkpage.ListView{Page: h.Page(r, name.Key()), Name: name, Behind: behind.File != 0}
	v.Crumbs, v.Wide = []layout.Crumb{{Key: "check.title", Path: checkpage.KindsPath}, {Key: name.Key()}}, true
	if v.All, v.More, err = check.List(r.Context(), h.DB, web.By(r).Scope, name, behind, pageSize); err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, checkpage.List(v))
}

// place reads a place in a list, "file-finding"; "" is the beginning.
func place(text string) (check.Place, error) {
	if text == "" {
		return check.Place{}, nil
	}
	file, finding, _ := strings.Cut(text, "-")
	f, err := strconv.ParseInt(file, 10, 64)
	n, again := strconv.ParseInt(finding, 10, 64)
	if err != nil || again != nil || f < 1 || n < 1 {
		return check.Place{}, work.ErrNotFound
	}
	return check.Place{File: work.FileID(f), Finding: check.ID(n)}, nil
}

// newAsideForm asks why a finding is set aside.
func newAsideForm(values url.Values) *form.Form {
	f := form.New(values)
	f.Area("reason", "check.reason", form.Required, form.Least(2), form.Max(500))
	return f
}

// getFinding shows one finding.
func (h *Handlers) getFinding(w http.ResponseWriter, r *http.Request) error {
	return h.showFinding(w, r, http.StatusOK, newAsideForm(nil))
}

func (h *Handlers) showFinding(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	id, err := web.PathID[check.ID](r, "finding")
	if err != nil {
		return err
	}
	found, err := check.Find(r.Context(), h.DB, web.By(r).Scope, id)
	if err != nil {
		return err
	}
	v := checkpage.FindingView{Page: h.Page(r, "check.finding"), Finding: found, Aside: found.AsideBy == "" && web.By(r).Can(staff.CapFileAssess)}
	v.Crumbs = []layout.Crumb{{Key: "check.title", Path: checkpage.KindsPath}, {Key: found.Name.Key(), Path: checkpage.ListPath(found.Name, check.Place{})}, {Key: "check.finding"}}
	v.Form = f
	return h.Render(w, r, status, checkpage.Finding(v))
}

// postFinding sets a finding aside.
func (h *Handlers) postFinding(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID[check.ID](r, "finding")
	if err != nil {
		return err
	}
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := newAsideForm(values)
	return h.Act(w, r, f, func() error { return h.showFinding(w, r, http.StatusUnprocessableEntity, f) }, func(u *work.Unit) (string, error) {
		return checkpage.Path(id), check.SetAside(r.Context(), u, id, f.Field("reason").Text())
	}, "check.told")
}
