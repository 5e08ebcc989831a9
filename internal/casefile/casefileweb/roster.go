package casefileweb

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/casefilepage"
	"bangfu/templates/layout"
)

// newRosterForm asks how a page of a work list is printed.
func newRosterForm(values url.Values, list casefile.WorkList, below work.FileID, by work.Actor) *form.Form {
	f := form.New(values)
	f.Hidden("list", form.Default(string(list)))
	f.Hidden("below", form.Default(int64(below)))
	revealField(f, by)
	return f
}

// rosterOf reads which page of which list is asked for.
func rosterOf(values url.Values) (list casefile.WorkList, below work.FileID, err error) {
	list = casefile.WorkList(values.Get("list"))
	if list == "" {
		list = casefile.ActiveList
	}
	if !slices.Contains(casefile.WorkLists, list) {
		return list, 0, work.ErrNotFound
	}
	if cursor := values.Get("below"); cursor != "" {
		id, err := strconv.ParseInt(cursor, 10, 64)
		if err != nil || id < 0 {
			return list, 0, work.ErrNotFound
		}
		below = work.FileID(id)
	}
	return list, below, nil
}

// getRoster asks how a page of a work list is printed.
func (h *Handlers) getRoster(w http.ResponseWriter, r *http.Request) error {
	list, below, err := rosterOf(r.URL.Query())
	if err != nil {
		return err
	}
	return h.showRosterAsk(w, r, http.StatusOK, list, below, newRosterForm(nil, list, below, web.By(r)))
}

func (h *Handlers) showRosterAsk(w http.ResponseWriter, r *http.Request, status int, list casefile.WorkList, below work.FileID, fm *form.Form) error {
	by := web.By(r)
	files, err := casefile.ListFiles(r.Context(), h.DB, by.Scope, casefile.Query{List: list, Who: by.StaffID, After: below, Size: rosterPage})
	if err != nil {
		return err
	}
	v := casefilepage.RosterAskView{Page: h.Page(r, "casefile.print.roster_title", list), List: list, Files: len(files.Files)}
	v.Crumbs = []layout.Crumb{{Key: "casefile.list.title", Path: casefilepage.WorkListPath(list)}, {Key: v.Title, Args: v.Args}}
	if files.After != 0 {
		v.Next = casefilepage.RosterOfPath(list, files.After)
	}
	v.Form = fm
	return h.Render(w, r, status, casefilepage.RosterAsk(v))
}

// postRoster puts a roster on record and leads to it.
func (h *Handlers) postRoster(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	list, below, err := rosterOf(values)
	if err != nil {
		return err
	}
	by := web.By(r)
	fm := newRosterForm(values, list, below, by)
	if !fm.Valid() {
		return h.showRosterAsk(w, r, http.StatusUnprocessableEntity, list, below, fm)
	}
	var made casefile.Print
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		files, err := casefile.ListFiles(r.Context(), u, by.Scope, casefile.Query{List: list, Who: by.StaffID, After: below, Size: rosterPage})
		if err != nil {
			return "", err
		}
		ids := make([]work.FileID, len(files.Files))
		for i, f := range files.Files {
			ids[i] = f.ID
		}
		if made, err = casefile.NewRoster(r.Context(), u, list, ids, reasonOf(fm)); err != nil {
			return "", err
		}
		return casefilepage.SheetPath(made), nil
	})
	if web.Refused(fm, err) {
		return h.showRosterAsk(w, r, http.StatusUnprocessableEntity, list, below, fm)
	}
	if err != nil {
		return err
	}
	if made.ID != 0 && made.Reason != "" {
		return h.showSheet(w, r, made, true)
	}
	return web.SeeOther(w, r, to)
}

// showRoster renders a roster as it was printed.
func (h *Handlers) showRoster(w http.ResponseWriter, r *http.Request, p casefile.Print, sheet layout.Sheet, full bool) error {
	versions, err := casefile.RosterVersions(r.Context(), h.DB, web.By(r).Scope, p)
	if err != nil {
		return err
	}
	for i := range versions {
		if err := versions[i].Facts.Reveal(h.Keys); err != nil {
			return err
		}
	}
	sheet.Wide, sheet.Args = true, []any{p.List}
	sheet.Number = words.T(r.Context(), "casefile.print.roster_office", p.Office)
	sheet.Version = words.T(r.Context(), "casefile.print.roster_hash", p.Short())
	v := casefilepage.RosterView{Sheet: sheet, Versions: versions, Hidden: len(p.Roster) - len(versions), Full: full, On: day.On(p.At)}
	return h.Render(w, r, http.StatusOK, casefilepage.RosterSheet(v))
}
