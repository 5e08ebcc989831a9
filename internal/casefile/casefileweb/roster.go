package casefileweb

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/form"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/casefilepage"
	"bangfu/templates/layout"
)

// newRosterForm asks how a page of a work list is printed.
func newRosterForm(values url.Values, of casefilepage.RosterOf, by work.Actor) *form.Form {
	f := form.New(values)
	f.Hidden("list", form.Default(string(of.List)))
	f.Hidden("category", form.Default(string(of.Class)))
	f.Hidden("below", form.Default(int64(of.Below)))
	f.Hidden("first", form.Default(of.First))
	revealField(f, by)
	return f
}

// rosterOf reads which page of which list is asked for. The running number goes with the page: the first page begins with
// one, each of the next after as many full pages.
func rosterOf(values url.Values) (of casefilepage.RosterOf, err error) {
	of = casefilepage.RosterOf{List: casefile.WorkList(values.Get("list")), Class: eligibility.Category(values.Get("category")), First: 1}
	if of.List == "" {
		of.List = casefile.ActiveList
	}
	if !slices.Contains(casefile.WorkLists, of.List) || of.Class != eligibility.None && !slices.Contains(casefile.Categories, of.Class) {
		return of, work.ErrNotFound
	}
	if cursor := values.Get("below"); cursor != "" {
		id, err := strconv.ParseInt(cursor, 10, 64)
		if err != nil || id < 0 {
			return of, work.ErrNotFound
		}
		of.Below = work.FileID(id)
	}
	if text := values.Get("first"); text != "" {
		if of.First, err = strconv.Atoi(text); err != nil || of.First < 1 || of.First > 1<<30 || of.First%rosterPage != 1 || of.Below == 0 && of.First != 1 {
			return of, work.ErrNotFound
		}
	}
	return of, nil
}

// rosterFrom gives the roster of what a list shows, from its beginning, since its order is its own; false where the list is
// narrowed by anything but the class.
func rosterFrom(q casefile.Query) (casefilepage.RosterOf, bool) {
	return casefilepage.RosterOf{List: q.List, Class: q.Category, First: 1}, q.Filter == (casefile.Filter{Category: q.Category})
}

// rosterFiles lists the files of a page in the order of the spoken names 按音序 (001-71, domain.md b.6).
func rosterFiles(r *http.Request, q work.Querier, of casefilepage.RosterOf) (casefile.Page, error) {
	by := web.By(r)
	query := casefile.Query{List: of.List, Who: by.StaffID, Sort: casefile.BySpokenName, After: of.Below, Size: rosterPage}
	query.Category = of.Class
	return casefile.ListFiles(r.Context(), q, by.Scope, query)
}

// getRoster asks how a page of a work list is printed.
func (h *Handlers) getRoster(w http.ResponseWriter, r *http.Request) error {
	of, err := rosterOf(r.URL.Query())
	if err != nil {
		return err
	}
	return h.showRosterAsk(w, r, http.StatusOK, of, newRosterForm(nil, of, web.By(r)))
}

func (h *Handlers) showRosterAsk(w http.ResponseWriter, r *http.Request, status int, of casefilepage.RosterOf, fm *form.Form) error {
	files, err := rosterFiles(r, h.DB, of)
	if err != nil {
		return err
	}
	v := casefilepage.RosterAskView{Page: h.Page(r, "casefile.print.roster_title", of.List), Of: of, Files: len(files.Files)}
	v.Crumbs = []layout.Crumb{{Key: "casefile.list.title", Path: casefilepage.WorkListPath(of.List)}, {Key: v.Title, Args: v.Args}}
	if files.After != 0 {
		next := of
		next.Below, next.First = files.After, of.First+len(files.Files)
		v.Next = next.Path()
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
	of, err := rosterOf(values)
	if err != nil {
		return err
	}
	fm := newRosterForm(values, of, web.By(r))
	if !fm.Valid() {
		return h.showRosterAsk(w, r, http.StatusUnprocessableEntity, of, fm)
	}
	var made casefile.Print
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		files, err := rosterFiles(r, u, of)
		if err != nil {
			return "", err
		}
		ids := make([]work.FileID, len(files.Files))
		for i, f := range files.Files {
			ids[i] = f.ID
		}
		if made, err = casefile.NewRoster(r.Context(), u, casefile.Roll{List: of.List, Class: of.Class, First: of.First}, ids, reasonOf(fm)); err != nil {
			return "", err
		}
		return casefilepage.SheetPath(made), nil
	})
	if web.Refused(fm, err) {
		return h.showRosterAsk(w, r, http.StatusUnprocessableEntity, of, fm)
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
	if p.Class != eligibility.None {
		sheet.Title, sheet.Args = "casefile.print_title.roster_class", []any{p.List, p.Class}
	}
	sheet.Number = words.T(r.Context(), "casefile.print.roster_office", p.Office)
	sheet.Version = words.T(r.Context(), "casefile.print.roster_hash", p.Short())
	v := casefilepage.RosterView{Sheet: sheet, Versions: versions, Hidden: len(p.Roster) - len(versions), Full: full, On: day.On(p.At),
		Places: map[work.FileID]int{}}
	for _, l := range p.Roster {
		v.Places[l.File] = l.Place
	}
	return h.Render(w, r, http.StatusOK, casefilepage.RosterSheet(v))
}
