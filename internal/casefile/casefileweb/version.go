package casefileweb

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"github.com/go-chi/chi/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/casefilepage"
	"bangfu/templates/layout"
)

// versionsPage is the number of versions on one page of the list.
const versionsPage = 20

// newDayForm asks for the day of which a file is to be seen.
func newDayForm(values url.Values, today day.Date) *form.Form {
	f := form.New(values)
	f.Known("below")
	f.Date("day", "casefile.version.day", form.Required, form.NotAfter(today), form.Hint("casefile.version.day_hint"))
	return f
}

// getVersions lists the versions of a file. With ?day= it leads to the version that held at the end of that day.
func (h *Handlers) getVersions(w http.ResponseWriter, r *http.Request) error {
	f, err := h.file(r)
	if err != nil {
		return err
	}
	query := r.URL.Query()
	if !query.Has("day") {
		return h.showVersions(w, r, http.StatusOK, f, newDayForm(nil, day.On(h.Now())))
	}
	fm := newDayForm(query, day.On(h.Now()))
	if !fm.Valid() {
		return h.showVersions(w, r, http.StatusUnprocessableEntity, f, fm)
	}
	on := fm.Field("day").Date()
	v, err := casefile.VersionOn(r.Context(), h.DB, web.By(r).Scope, f.ID, on)
	if errors.Is(err, work.ErrNotFound) {
		fm.Fail("day", "casefile.version.none_on", on)
		return h.showVersions(w, r, http.StatusUnprocessableEntity, f, fm)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, casefilepage.VersionPath(f.ID, v.Number)+"?day="+on.String())
}

// showVersions shows a page of the list with what each version changed.
func (h *Handlers) showVersions(w http.ResponseWriter, r *http.Request, status int, f casefile.File, fm *form.Form) error {
	below, err := web.QueryID[int](r, "below")
	if err != nil {
		return err
	}
	page, err := casefile.Versions(r.Context(), h.DB, web.By(r).Scope, f.ID, below, versionsPage)
	if err != nil {
		return err
	}
	v := casefilepage.VersionsView{Page: h.page(r, f, "casefile.version.list"), File: f, Day: fm, Versions: page}
	v.Form, v.Wide = fm, true
	return h.Render(w, r, status, casefilepage.Versions(v))
}

// version finds the version that a part of the address names.
func (h *Handlers) version(r *http.Request, f casefile.File, name string) (casefile.Version, error) {
	number, err := strconv.Atoi(chi.URLParam(r, name))
	if err != nil || number < 1 || number > 1<<30 {
		return casefile.Version{}, work.ErrNotFound
	}
	v, err := casefile.FindVersion(r.Context(), h.DB, web.By(r).Scope, f.ID, number)
	if err != nil {
		return v, err
	}
	return v, v.Facts.Reveal(h.Keys)
}

// getVersion shows the whole file as it stood in one version.
func (h *Handlers) getVersion(w http.ResponseWriter, r *http.Request) error {
	f, err := h.file(r)
	if err != nil {
		return err
	}
	version, err := h.version(r, f, "version")
	if err != nil {
		return err
	}
	v := casefilepage.VersionView{Page: h.page(r, f, "casefile.version.title", version.Number), Version: version, Current: f,
		MayPrint: web.By(r).Can(staff.CapFilePrint)}
	v.Crumbs = casefilepage.Crumbs(f, versionsCrumb(f), layout.Crumb{Key: v.Title, Args: v.Args})
	v.Household = casefilepage.HouseholdOf(version.Facts, day.On(h.Now()))
	if v.Household.Evidence, err = casefile.EvidenceAt(r.Context(), h.DB, f.ID, version.At); err != nil {
		return err
	}
	if v.On, err = day.Parse(r.URL.Query().Get("day")); err != nil {
		v.On = day.Date{}
	}
	last, err := casefile.LastVersion(r.Context(), h.DB, web.By(r).Scope, f.ID)
	if err != nil {
		return err
	}
	v.Last, v.Wide = last.Number, true
	return h.Render(w, r, http.StatusOK, casefilepage.Version(v))
}

// versionsCrumb leads to the list of versions.
func versionsCrumb(f casefile.File) layout.Crumb {
	return layout.Crumb{Key: "casefile.version.list", Path: casefilepage.VersionsPath(f.ID)}
}

// getVersionChanges shows two versions before and after.
func (h *Handlers) getVersionChanges(w http.ResponseWriter, r *http.Request) error {
	f, err := h.file(r)
	if err != nil {
		return err
	}
	a, err := h.version(r, f, "version")
	if err != nil {
		return err
	}
	b, err := h.version(r, f, "later")
	if err != nil {
		return err
	}
	v := casefilepage.VersionChangesView{Page: h.page(r, f, "casefile.version.changes", a.Number, b.Number), FileID: f.ID, From: a, Into: b}
	v.Crumbs = casefilepage.Crumbs(f, versionsCrumb(f), layout.Crumb{Key: v.Title, Args: v.Args})
	v.Differences = casefile.Compare(a.Facts, b.Facts)
	return h.Render(w, r, http.StatusOK, casefilepage.VersionChanges(v))
}

// since lists what changed after the last round, papers too (ux.md U39); nil in the first round.
func (h *Handlers) since(r *http.Request, f casefile.File) (*casefilepage.SinceView, error) {
	changes, err := casefile.ChangedSince(r.Context(), h.DB, h.Keys, web.By(r).Scope, f)
	if err != nil || changes == nil {
		return nil, err
	}
	return &casefilepage.SinceView{FileID: f.ID, Changes: *changes}, nil
}
