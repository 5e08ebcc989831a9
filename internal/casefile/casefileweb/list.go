package casefileweb

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/form"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/casefilepage"
	"bangfu/templates/ui"
)

// pageSize is the number of files on one page of a list.
const pageSize = 50

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

// newListForm is what a list can be narrowed by. It stands in the address, so that a narrowed list can be sent on.
func newListForm(query url.Values, list casefile.WorkList, today day.Date) *form.Form {
	f := form.Filter(query)
	f.Hidden("list", form.Default(string(list)))
	f.Text("office", "casefile.list.office", form.Max(40), form.Width(8))
	if states := list.States(); len(states) > 1 {
		f.Select("state", "casefile.state", listOptions(states))
	}
	f.Select("category", "casefile.category", listOptions(casefile.Categories))
	f.Select("cause", "casefile.main_cause", causeOptions())
	f.Select("housing", "casefile.housing_kind", codeOptions(casefile.HousingKinds))
	if list != casefile.MineList {
		f.Select("papers", "casefile.list.papers", []form.Option{{Value: "missing", Key: "casefile.list.papers_missing"}})
	}
	f.Date("from", "casefile.list.from", form.NotAfter(today))
	f.Date("to", "casefile.list.to")
	for _, kept := range []string{"org", "sort", "turned", "saved"} {
		f.Hidden(kept)
	}
	f.Known("after", "before")
	if from, to := f.Field("from").Date(), f.Field("to").Date(); f.Field("to").Value != "" && from.After(to) {
		f.Fail("from", "casefile.list.from_after_to")
	}
	return f
}

// listOptions offers values that say their own word.
func listOptions[T interface {
	~string
	Key() words.Key
}](values []T) []form.Option {
	options := make([]form.Option, len(values))
	for i, v := range values {
		options[i] = form.Option{Value: string(v), Key: v.Key()}
	}
	return options
}

// codeOptions offers every value that a list of codes ever had, since old files have old ones.
func codeOptions(l casefile.List) []form.Option {
	options := make([]form.Option, len(l.Codes))
	for i, c := range l.Codes {
		options[i] = form.Option{Value: c.Value, Key: l.Key(c.Value)}
	}
	return options
}

// getList shows one work list: without a question the one that the reader lets open first, or that waits for the reader.
func (h *Handlers) getList(w http.ResponseWriter, r *http.Request) error {
	by, asked := web.By(r), r.URL.Query()
	marked, err := h.marked(r, by)
	if err != nil {
		return err
	}
	if i := slices.IndexFunc(marked, func(s casefile.Saved) bool { return s.First }); i >= 0 && r.URL.RawQuery == "" {
		return web.SeeOther(w, r, casefilepage.OpenSavedPath(marked[i]))
	}
	list := casefile.WorkList(asked.Get("list"))
	if list == "" {
		list = firstList(by)
	}
	if !slices.Contains(casefile.WorkLists, list) {
		return work.ErrNotFound
	}
	v := casefilepage.ListView{Page: h.Page(r, "casefile.list.title"), List: list, Asked: asked, Marked: marked}
	opened, there, err := h.opened(r, marked)
	if err != nil {
		return err
	}
	v.Filter = newListForm(asked, list, day.On(h.Now()))
	v.Wide, v.Form, v.Gone = true, v.Filter, !there
	v.Actions = []ui.Btn{{Key: "casefile.search.title", Href: casefilepage.SearchPath, Look: ui.Secondary}}
	query, err := listQuery(asked, list, by, v.Filter)
	if err != nil && (opened == nil || !errors.Is(err, work.ErrNotFound)) {
		return err
	}
	stale := err != nil
	h.savedActions(r, &v, opened)
	if of, ok := rosterFrom(query); ok && by.Can(staff.CapFilePrint) {
		v.Actions = append(v.Actions, ui.Btn{Key: "casefile.print.roster", Href: of.Path(), Look: ui.Quiet})
	}
	if _, err := casefile.FilterFrom(asked); err == nil && by.Can(staff.CapLedgerExport) {
		v.Actions = append(v.Actions, ui.Btn{Key: "casefile.list.export", Href: casefilepage.ExportOfPath(asked, list), Look: ui.Quiet})
	}
	if to, err := h.office(r, v.Filter); err != nil || to != "" {
		return redirect(w, r, to, err)
	}
	if v.Counts, err = h.waiting(r, by); err != nil {
		return err
	}
	return h.showList(w, r, v, query, opened != nil, stale)
}

// showList reads a page of the list and shows it. What a saved list asks and is no longer there is said, and nothing is
// shown in its place.
func (h *Handlers) showList(w http.ResponseWriter, r *http.Request, v casefilepage.ListView, query casefile.Query, saved, stale bool) error {
	by := web.By(r)
	if query.Org != 0 && !stale {
		org, err := staff.FindOrg(r.Context(), h.DB, by.Scope, query.Org)
		stale = saved && errors.Is(err, work.ErrNotFound)
		if err != nil && !stale {
			return err
		}
		v.Office = org.Name
	}
	if stale {
		v.Filter.Fail("", "casefile.saved.stale")
	}
	if v.Filter.Faulty() || stale {
		return h.Render(w, r, http.StatusUnprocessableEntity, casefilepage.List(v))
	}
	var err error
	query.Today = day.On(h.Now())
	if v.Files, err = casefile.ListFiles(r.Context(), h.DB, by.Scope, query); err != nil {
		return err
	}
	v.Query = query
	if v.Total, err = h.total(r, by, query, v.Files, v.Counts); err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, casefilepage.List(v))
}

// savedActions adds to a list what can be done with it as a saved one: to keep it, or what was changed in it.
func (h *Handlers) savedActions(r *http.Request, v *casefilepage.ListView, opened *casefile.Saved) {
	question := questionOf(v.Asked, v.List)
	v.Saved = opened
	if opened != nil {
		v.Changed = question != opened.Query
		if v.Changed && opened.Owner == web.By(r).StaffID {
			v.Actions = append(v.Actions, ui.Btn{Key: "casefile.saved.renew", Href: casefilepage.SavedPath(opened.ID) + "?" + question, Look: ui.Secondary})
		}
	}
	if opened == nil || v.Changed {
		v.Actions = append(v.Actions, ui.Btn{Key: "casefile.saved.keep", Href: casefilepage.SavedListsPath + "/new?" + question, Look: ui.Quiet})
	}
	v.Actions = append(v.Actions, ui.Btn{Key: "casefile.saved.title", Href: casefilepage.SavedListsPath, Look: ui.Quiet})
}

// redirect sends on unless there was an error.
func redirect(w http.ResponseWriter, r *http.Request, to string, err error) error {
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, to)
}

// listQuery reads what the address asks beside the fields of the form; what is no question of ours is not found.
func listQuery(asked url.Values, list casefile.WorkList, by work.Actor, f *form.Form) (casefile.Query, error) {
	q := casefile.Query{List: list, Who: by.StaffID, Size: pageSize}
	var err error
	if q.Sort, q.Backward, err = casefile.OrderFrom(asked); err != nil || asked.Get("after") != "" && asked.Get("before") != "" {
		return q, work.ErrNotFound
	}
	var numbers [3]int64
	for i, name := range []string{"org", "after", "before"} {
		text := asked.Get(name)
		if text == "" {
			continue
		}
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil || n < 1 {
			return q, work.ErrNotFound
		}
		numbers[i] = n
	}
	q.Org, q.After, q.Before = work.OrgID(numbers[0]), work.FileID(numbers[1]), work.FileID(numbers[2])
	if state := f.Field("state"); state != nil {
		q.State = casefile.State(state.Text())
	}
	q.Category, q.Housing = eligibility.Category(f.Field("category").Text()), f.Field("housing").Text()
	if cause, err := strconv.Atoi(f.Field("cause").Text()); err == nil {
		q.Cause = casefile.Cause(cause)
	}
	if papers := f.Field("papers"); papers != nil {
		q.Lacking = papers.Text() == "missing"
	}
	q.From, q.To = f.Field("from").Date(), f.Field("to").Date()
	return q, nil
}

// office finds the organisation that was typed and gives the address of its list. One that is not found, or several,
// is said at the field.
func (h *Handlers) office(r *http.Request, f *form.Form) (string, error) {
	text := f.Field("office").Text()
	if text == "" || !f.Valid() {
		return "", nil
	}
	const told = 5
	orgs, err := staff.OrgsNamed(r.Context(), h.DB, web.By(r).Scope, text, told+1)
	switch {
	case err != nil:
		return "", err
	case len(orgs) == 1:
		asked := r.URL.Query()
		asked.Del("office")
		return casefilepage.With(asked, "org", strconv.FormatInt(int64(orgs[0].ID), 10)), nil
	case len(orgs) == 0:
		f.Fail("office", "casefile.list.office_none", text)
	case len(orgs) > told:
		f.Fail("office", "casefile.list.office_many", text, orgs[0].Name)
	default:
		names := words.List{}
		for _, o := range orgs {
			names = append(names, o.Name)
		}
		f.Fail("office", "casefile.list.office_which", text, names)
	}
	return "", nil
}

// postRegistration opens a registration at the office of the one who asks, empty but for what was looked for in vain.
func (h *Handlers) postRegistration(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := form.New(values)
	f.Text("sought", "casefile.search.sought", form.Max(60))
	if !f.Valid() {
		return web.ErrBadForm
	}
	sought := f.Field("sought").Text()
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		id, err := casefile.Register(r.Context(), u)
		if err != nil {
			return "", err
		}
		if headOf(sought) != nil {
			err = casefile.SaveTyped(r.Context(), u, h.Keys, id, casefile.HeadSection, 0, url.Values{"sought": {sought}})
		}
		return casefilepage.TasksPath(id), err
	})
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, to)
}
