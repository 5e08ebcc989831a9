package casefileweb

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/go-chi/chi/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/form"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/casefilepage"
	"bangfu/templates/layout"
)

// changePrefix begins the names of the fields that a request has beside those of the facts themselves.
const changePrefix = "change_"

// sheetOf gives the form of a kind of change: that of its section, or its own.
func sheetOf(kind casefile.ChangeKind) (sheet, bool) {
	switch kind {
	case casefile.ChangeLeaving:
		return sheet{leavingFields, nil, saveLeaving}, true
	case casefile.ChangeNewHead:
		return sheet{newHeadFields, nil, saveNewHead}, true
	}
	s, ok := sheets[kind.Section()]
	return s, ok && slices.Contains(casefile.ChangeKinds, kind)
}

// changeFields asks why, and which paper proves it: one of the file, or one that comes with the form.
func changeFields(f *form.Form, h household) {
	papers := []form.Option{{Value: "0", Key: "casefile.change_no_paper"}}
	for _, e := range h.papers {
		papers = append(papers, form.Option{Value: strconv.FormatInt(int64(e.ID), 10), Key: "casefile.change_paper_named", Args: []any{e.Kind.Key(), e.Name}})
	}
	f.Area(changePrefix+"reason", "casefile.change_reason", form.Required, form.Least(2), form.Max(500))
	f.Select(changePrefix+"paper", "casefile.change_held", papers, form.Required, form.Default("0"))
	newPaperFields(f, h)
}

// changing finds the file and the kind of change that the address names, and what the form starts from.
func (h *Handlers) changing(r *http.Request) (household, sheet, error) {
	f, err := h.file(r)
	if err != nil {
		return household{}, sheet{}, err
	}
	kind := casefile.ChangeKind(chi.URLParam(r, "kind"))
	s, ok := sheetOf(kind)
	if !ok {
		return household{}, sheet{}, work.ErrNotFound
	}
	if refusal := casefile.MayChange(f, false); refusal != nil {
		return household{}, sheet{}, refusal
	}
	hh, err := h.changeOf(r, f, kind)
	return hh, s, err
}

// changeOf reads what the form of a change starts from.
func (h *Handlers) changeOf(r *http.Request, f casefile.File, kind casefile.ChangeKind) (household, error) {
	hh, err := h.household(r, f, casefile.Section(kind))
	if err != nil {
		return hh, err
	}
	hh.change = kind
	hh.papers, err = casefile.EvidenceOf(r.Context(), h.DB, f.ID)
	return hh, err
}

// getFileChanges lists the changes of a file, and what can be changed.
func (h *Handlers) getFileChanges(w http.ResponseWriter, r *http.Request) error {
	f, err := h.file(r)
	if err != nil {
		return err
	}
	v := casefilepage.FileChangesView{Page: h.page(r, f, "casefile.changes"), File: f, Most: mostChanges}
	v.Wide = true
	if v.Changes, err = casefile.ChangesOf(r.Context(), h.DB, f.ID, mostChanges); err != nil {
		return err
	}
	if web.By(r).Can(registering) {
		v.Refusal = casefile.MayChange(f, false)
		v.Write = v.Refusal == nil
		if v.Write {
			v.Refusal, v.Alone = casefile.MayChange(f, true), casefile.MayChange(f, true) != nil
		}
	}
	return h.Render(w, r, http.StatusOK, casefilepage.FileChanges(v))
}

// mostChanges is how many changes of one file its page lists; the versions of the file hold all.
const mostChanges = 100

// getNewChange shows the form of a change: what was typed and not sent, else what the file says.
func (h *Handlers) getNewChange(w http.ResponseWriter, r *http.Request) error {
	hh, s, err := h.changing(r)
	if err != nil {
		return err
	}
	typed, err := casefile.TypedBefore(r.Context(), h.DB, h.Keys, hh.file.ID, hh.drawer(), web.By(r).StaffID)
	if err != nil {
		return err
	}
	if len(typed.Values) == 0 {
		if typed.Values, err = h.rejected(r, hh); err != nil {
			return err
		}
	}
	hh.fresh = len(typed.Values) == 0
	var ours bool
	if hh.sent, ours = h.sentBefore(r, hh.file.ID, typed.Values.Get(sentName)); !ours {
		typed.Values.Del(sentName)
	}
	v := h.sectionView(r, hh, build(form.Draft(typed.Values), s, hh))
	v.Typed = typed.SavedAt
	return h.Render(w, r, http.StatusOK, casefilepage.Section(v))
}

// rejected gives what was typed into the request that the address asks to be put right; nothing when it names none. Only
// the one who asked puts it right.
func (h *Handlers) rejected(r *http.Request, hh household) (url.Values, error) {
	text := r.URL.Query().Get("from")
	if text == "" {
		return nil, nil
	}
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return nil, work.ErrNotFound
	}
	c, err := casefile.FindChange(r.Context(), h.DB, web.By(r).Scope, casefile.ChangeID(id))
	if err != nil {
		return nil, err
	}
	if c.FileID != hh.file.ID || c.Kind != hh.change || c.State != casefile.ChangeRejected || c.AskedBy != web.By(r).StaffID {
		return nil, work.ErrNotFound
	}
	return c.Typed(h.Keys)
}

// postChangeDraft keeps what was typed so far.
func (h *Handlers) postChangeDraft(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	hh, _, err := h.changing(r)
	if err != nil {
		return err
	}
	if err := h.keep(r, hh, casefile.Whenever, values); err != nil {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// postNewChange shows what the change would do, and asks for it once that was seen.
func (h *Handlers) postNewChange(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	hh, s, err := h.changing(r)
	if err != nil {
		return err
	}
	if values.Has(casefilepage.ForgetName) {
		return h.forget(w, r, hh)
	}
	dropped := values.Has(sentDrop)
	values, hh.sent, err = h.taken(r, hh.file.ID, values)
	if refusal, ok := work.AsRefusal(err); ok {
		f := build(form.New(values), s, hh)
		web.Refused(f, refusal)
		return h.keepAndShow(w, r, hh, f, values)
	}
	if err == nil && dropped { // the draft does without it too
		err = h.keep(r, hh, casefile.Whenever, values)
	}
	if err != nil {
		return err
	}
	values, f, doubts, err := h.read(w, r, hh, s, values)
	if err != nil || f == nil {
		return err
	}
	ready := func(u *work.Unit) (casefile.NewChange, func(*work.Unit) error, error) {
		return h.ready(r.Context(), u, hh, s, f, values, doubts)
	}
	if values.Get("checked") != "yes" {
		return h.checkChange(w, r, hh, s, f, values, ready)
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		n, write, err := ready(u)
		if err != nil {
			return "", err
		}
		c, err := casefile.AskChange(r.Context(), u, h.Keys, hh.file.ID, n, write)
		if err != nil {
			return "", err
		}
		return casefilepage.ChangePath(c.ID), casefile.DropTyped(r.Context(), u, hh.file.ID, hh.drawer())
	})
	return h.answerChange(w, r, hh, s, f, values, to, err)
}

// answerChange leads to where a change led, or back to the form with what was typed.
func (h *Handlers) answerChange(w http.ResponseWriter, r *http.Request, hh household, s sheet, f *form.Form, values url.Values, to string, err error) error {
	switch {
	case web.Refused(f, err):
		return h.keepAndShow(w, r, hh, f, values)
	case errors.Is(err, work.ErrStale):
		return h.showConflict(w, r, hh, s, values, false)
	case err != nil:
		return err
	}
	return web.SeeOther(w, r, to)
}

// asked is what the form asks for.
func asked(hh household, f *form.Form, values url.Values) casefile.NewChange {
	paper, _ := strconv.ParseInt(f.Field(changePrefix+"paper").Text(), 10, 64) // one of the options, so a number
	return casefile.NewChange{Kind: hh.change, Reason: f.Field(changePrefix + "reason").Text(), Evidence: casefile.EvidenceID(paper), Values: typedOnly(values)}
}

// writing carries a change out: it saves the section as its registration does. What the section held before is kept for
// whoever had it open at the same time.
func (h *Handlers) writing(ctx context.Context, hh household, s sheet, f *form.Form, doubts []casefile.Doubt) func(*work.Unit) error {
	return func(u *work.Unit) error {
		section := hh.change.Section()
		if section == "" {
			return s.save(ctx, u, h.Kit, hh, f, doubts)
		}
		if err := h.keepBefore(ctx, u, hh, s); err != nil {
			return err
		}
		if err := s.save(ctx, u, h.Kit, hh, f, doubts); err != nil {
			return err
		}
		return casefile.KeepHeld(ctx, u, h.Keys, hh.file.ID, section, seen(f), heldBy(f))
	}
}

// keepBefore keeps what a section holds before it is saved, unless somebody did already: what an old ledger or an old file
// brought was never typed into a form.
func (h *Handlers) keepBefore(ctx context.Context, u *work.Unit, hh household, s sheet) error {
	section, version := hh.task.Section, hh.task.Version
	hh.change, hh.fresh = "", true
	return casefile.KeepHeldOnce(ctx, u, h.Keys, hh.file.ID, section, version, heldBy(build(form.New(nil), s, hh)))
}

// tried is what a change would do.
type tried struct {
	differences []casefile.Difference
	now, then   *eligibility.Verdict // what the judgement says of an active file before and after; nil = nothing
}

// readying prepares what a change needs in the unit of work that carries it out, and gives what does.
type readying func(*work.Unit) (casefile.NewChange, func(*work.Unit) error, error)

// try carries a change out and takes it back. ready gives what carries it out.
func (h *Handlers) try(r *http.Request, f casefile.File, c casefile.Change, ready readying) (tried, error) {
	ctx := r.Context()
	tx, err := h.DB.Begin(ctx)
	if err != nil {
		return tried{}, err
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }() // nothing is ever committed
	u := work.NewUnit(tx, h.Now(), web.By(r))
	weigh := func(q work.Querier) *eligibility.Verdict {
		file, err := casefile.Find(ctx, q, u.By.Scope, f.ID)
		if err != nil || file.State != casefile.Active {
			return nil
		}
		weighed, err := casefile.Weigh(ctx, q, file, day.On(h.Now()), casefile.Ruling{})
		if err != nil { // no line, or nobody left: the page does without
			return nil
		}
		return &weighed.Verdict
	}
	var t tried
	_, write, err := ready(u)
	if err != nil {
		return t, err
	}
	if t.now = weigh(u); t.now == nil {
		_, t.differences, err = casefile.TryChange(ctx, u, h.Keys, c, write)
		return t, err
	}
	_, t.differences, err = casefile.TryChange(ctx, u, h.Keys, c, func(u *work.Unit) error {
		err := write(u)
		if err == nil {
			t.then = weigh(u)
		}
		return err
	})
	return t, err
}

// checkChange shows what the change would do, before anybody asks for it.
func (h *Handlers) checkChange(w http.ResponseWriter, r *http.Request, hh household, s sheet, f *form.Form, values url.Values, ready readying) error {
	t, err := h.try(r, hh.file, casefile.Change{FileID: hh.file.ID, Kind: hh.change}, ready)
	if err != nil {
		return h.answerChange(w, r, hh, s, f, values, "", err)
	}
	second := casefile.NeedsSecond(t.differences) || hh.change.Two()
	if refusal := casefile.MayChange(hh.file, second); refusal != nil {
		return h.answerChange(w, r, hh, s, f, values, "", refusal)
	}
	v := casefilepage.ChangeCheckView{Page: h.page(r, hh.file, hh.change.Key()), Action: hh.path(), Second: second,
		Differences: t.differences, Now: t.now, Then: t.then, Reason: f.Field(changePrefix + "reason").Text(), Sent: shownSent(hh.sent)}
	for i, e := range hh.papers {
		if f.Field(changePrefix+"paper").Text() == strconv.FormatInt(int64(e.ID), 10) {
			v.Paper = &hh.papers[i]
		}
	}
	if len(hh.sent) > 0 {
		v.SentKind = described(f, changePrefix).Kind
	}
	carried := typedOnly(values)
	if values.Has("confirmed") {
		carried["confirmed"] = values["confirmed"]
	}
	v.Values, v.Wide = carry(carried), true
	return h.Render(w, r, http.StatusOK, casefilepage.ChangeCheck(v))
}

// getChanges shows one list of changes.
func (h *Handlers) getChanges(w http.ResponseWriter, r *http.Request) error {
	by := web.By(r)
	list := casefile.ChangeList(r.URL.Query().Get("list"))
	if list == "" {
		list = casefile.ChangesWaiting
	}
	below, err := web.QueryID[int64](r, "below")
	if err != nil || !slices.Contains(casefile.ChangeLists, list) {
		return work.ErrNotFound
	}
	v := casefilepage.ChangesView{Page: h.Page(r, "casefile.changes_title"), List: list, Below: below != 0, Counts: map[casefile.ChangeList]int{}}
	v.Wide = true
	if v.Counts[casefile.ChangesWaiting], err = casefile.CountChanges(r.Context(), h.DB, by, pageSize); err != nil {
		return err
	}
	if list == casefile.ChangesWeigh {
		v.Files, err = casefile.ListWeigh(r.Context(), h.DB, by.Scope, work.FileID(below), pageSize)
		if len(v.Files) > pageSize {
			v.Files, v.After = v.Files[:pageSize], int64(v.Files[pageSize-1].ID)
		}
	} else {
		v.Changes, err = casefile.ListChanges(r.Context(), h.DB, by, list, casefile.ChangeID(below), pageSize)
		if len(v.Changes) > pageSize {
			v.Changes, v.After = v.Changes[:pageSize], int64(v.Changes[pageSize-1].ID)
		}
	}
	if err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, casefilepage.Changes(v))
}

// crumbs is the way to the page of a change.
func crumbs(f casefile.File, title layout.Crumb) []layout.Crumb {
	return casefilepage.Crumbs(f, layout.Crumb{Key: "casefile.changes", Path: casefilepage.FileChangesPath(f.ID)}, title)
}
