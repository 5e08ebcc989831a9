package casefileweb

import (
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
	"bangfu/templates/ui"
)

// pageSize is the number of files on one page of a list.
const pageSize = 50

// getList shows one work list, by default the one that waits for the reader.
func (h *Handlers) getList(w http.ResponseWriter, r *http.Request) error {
	by := web.By(r)
	list := casefile.WorkList(r.URL.Query().Get("list"))
	if list == "" {
		list = firstList(by)
	}
	if !slices.Contains(casefile.WorkLists, list) {
		return work.ErrNotFound
	}
	var below work.FileID
	if cursor := r.URL.Query().Get("below"); cursor != "" {
		id, err := strconv.ParseInt(cursor, 10, 64)
		if err != nil || id < 1 {
			return work.ErrNotFound
		}
		below = work.FileID(id)
	}
	v := casefilepage.ListView{Page: h.Page(r, "casefile.list.title"), List: list, Below: below != 0, Today: day.On(h.Now())}
	v.Wide = true
	v.Actions = []ui.Btn{{Key: "casefile.search.title", Href: casefilepage.SearchPath, Look: ui.Secondary}}
	if by.Can(staff.CapFilePrint) {
		v.Actions = append(v.Actions, ui.Btn{Key: "casefile.print.roster", Href: casefilepage.RosterOfPath(list, below), Look: ui.Quiet})
	}
	var err error
	if v.Counts, err = casefile.Waiting(r.Context(), h.DB, by.Scope, by.StaffID); err != nil {
		return err
	}
	if v.Files, err = casefile.ListOf(r.Context(), h.DB, by.Scope, list, by.StaffID, below, pageSize); err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, casefilepage.List(v))
}

// firstList is the list that waits for a person's own act.
func firstList(by work.Actor) casefile.WorkList {
	switch {
	case by.Can(staff.CapFileRegister):
		return casefile.MineList
	case by.Can(staff.CapFileJudge):
		return casefile.JudgeList
	case by.Can(staff.CapNoticePublish):
		return casefile.PublishList
	}
	return casefile.ActiveList
}

// newSearchForm is the one box of the search.
func newSearchForm(values url.Values) *form.Form {
	f := form.New(values)
	f.Text("sought", "casefile.search.sought", form.Required, form.Max(60), form.Hint("casefile.search.hint"))
	return f
}

// getSearch shows the empty search. Nothing personal is listed before somebody was looked for (ux.md U11).
func (h *Handlers) getSearch(w http.ResponseWriter, r *http.Request) error {
	return h.showSearch(w, r, http.StatusOK, newSearchForm(nil), nil)
}

// postSearch looks for files. It is a POST that changes nothing, so that no name or number stands in an address.
func (h *Handlers) postSearch(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := newSearchForm(values)
	if !f.Valid() {
		return h.showSearch(w, r, http.StatusUnprocessableEntity, f, nil)
	}
	result, err := casefile.Search(r.Context(), h.DB, h.Keys, web.By(r).Scope, f.Field("sought").Text())
	if err != nil {
		return err
	}
	if result.By == casefile.NotSought {
		f.Fail("sought", "casefile.search.short")
		return h.showSearch(w, r, http.StatusUnprocessableEntity, f, nil)
	}
	return h.showSearch(w, r, http.StatusOK, f, &result)
}

func (h *Handlers) showSearch(w http.ResponseWriter, r *http.Request, status int, f *form.Form, result *casefile.Result) error {
	v := casefilepage.SearchView{Page: h.Page(r, "casefile.search.title"), Form: f, Result: result,
		Register: web.By(r).Can(staff.CapFileRegister)}
	v.Page.Form = f
	return h.Render(w, r, status, casefilepage.Search(v))
}

// postRegistration opens an empty registration at the office of the one who asks.
func (h *Handlers) postRegistration(w http.ResponseWriter, r *http.Request) error {
	if _, err := web.Only(r); err != nil {
		return err
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		id, err := casefile.Register(r.Context(), u)
		return casefilepage.TasksPath(id), err
	})
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, to)
}
