// Package noticeweb holds the addresses of public notices and of objections to them.
package noticeweb

import (
	"net/http"
	"strconv"

	"github.com/a-h/templ"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/notice"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/noticepage"
	"bangfu/templates/ui"
)

// Handlers answers the addresses of notices.
type Handlers struct{ *web.Kit }

// Routes declares the addresses.
func Routes(rs *web.Routes, k *web.Kit) {
	h := &Handlers{k}
	rs.Get("/notices", staff.CapNoticeRead, h.getNotices)
	rs.Get("/notices/{notice}", staff.CapNoticeRead, h.getNotice)
	rs.Get("/notices/{notice}/poster", staff.CapNoticeRead, h.getPoster)
	rs.Get("/files/{file}/notice", staff.CapNoticePublish, h.getPublish)
	rs.Post("/files/{file}/notice", staff.CapNoticePublish, h.postPublish)
	rs.Get("/notices/{notice}/objection", staff.CapObjectionEnter, h.getObject)
	rs.Post("/notices/{notice}/objection", staff.CapObjectionEnter, h.postObject)
	rs.Get("/objections/{objection}", staff.CapObjectionEnter, h.getObjection)
	rs.Get("/objections/{objection}/judgement", staff.CapObjectionJudge, h.getJudge)
	rs.Post("/objections/{objection}/judgement", staff.CapObjectionJudge, h.postJudge)
	p := newPublic(k)
	rs.PublicGet("/public/notices", unlisted(p.getList))
	rs.PublicGet("/public/notices/{notice}", unlisted(p.getNotice))
	rs.PublicGet("/public/notices/{notice}/objection", unlisted(p.getObject))
	rs.PublicPost("/public/notices/{notice}/objection", unlisted(p.slow(p.objecting, p.postObject)))
	rs.PublicGet("/public/objections", unlisted(p.getAsk))
	rs.PublicGet("/public/objections/{receipt}", unlisted(p.slow(p.asking, p.getAnswer)))
}

// pageSize is the number of rows on one page of a list.
const pageSize = 50

// getNotices shows one of the lists of notices.
func (h *Handlers) getNotices(w http.ResponseWriter, r *http.Request) error {
	ctx, by := r.Context(), web.By(r)
	counts, err := notice.Count(ctx, h.DB, by.Scope)
	if err != nil {
		return err
	}
	query := r.URL.Query()
	view := noticepage.ListView{Tab: tabOf(query.Get("tab"), by), Counts: counts, Publish: by.Can(staff.CapNoticePublish), Today: day.On(h.Now())}
	if view.Tab == notice.TabWaiting {
		var after, next work.FileID
		if after, err = web.QueryID[work.FileID](r, "after"); err != nil {
			return err
		}
		if view.Waiting, next, err = notice.Waiting(ctx, h.DB, by.Scope, after, pageSize); next != 0 {
			view.Next = strconv.FormatInt(int64(next), 10)
		}
	} else {
		var next notice.Cursor
		view.Notices, next, err = notice.List(ctx, h.DB, by.Scope, view.Tab, notice.ParseCursor(query.Get("after")), pageSize)
		view.Next = next.String()
	}
	if err != nil {
		return err
	}
	view.Page = h.Page(r, "notice.list.title")
	view.Page.Lead, view.Page.Wide = "notice.list.lead", true
	view.Page.Crumbs = []layout.Crumb{{Key: "layout.home", Path: "/"}}
	return h.Render(w, r, http.StatusOK, noticepage.List(view))
}

// tabOf reads the tab asked for; without one it is where the reader's work waits.
func tabOf(asked string, by work.Actor) notice.Tab {
	for _, t := range notice.Tabs {
		if string(t) == asked {
			return t
		}
	}
	switch {
	case by.Can(staff.CapNoticePublish):
		return notice.TabWaiting
	case by.Can(staff.CapObjectionJudge):
		return notice.TabObjected
	}
	return notice.TabOpen
}

// found is the notice of the address with its file.
func (h *Handlers) found(r *http.Request) (notice.Notice, casefile.File, error) {
	id, err := web.PathID[notice.ID](r, "notice")
	if err != nil {
		return notice.Notice{}, casefile.File{}, err
	}
	return h.withFile(r, id)
}

// withFile finds a notice and its file.
func (h *Handlers) withFile(r *http.Request, id notice.ID) (notice.Notice, casefile.File, error) {
	scope := web.By(r).Scope
	n, err := notice.Find(r.Context(), h.DB, scope, id)
	if err != nil {
		return n, casefile.File{}, err
	}
	f, err := casefile.Find(r.Context(), h.DB, scope, n.FileID)
	return n, f, err
}

// getNotice shows one notice.
func (h *Handlers) getNotice(w http.ResponseWriter, r *http.Request) error {
	n, f, err := h.found(r)
	if err != nil {
		return err
	}
	by, today := web.By(r), day.On(h.Now())
	shown, err := notice.ShownOf(r.Context(), h.DB, by.Scope, n.ID)
	if err != nil {
		return err
	}
	objections, err := notice.Objections(r.Context(), h.DB, by.Scope, n.ID)
	if err != nil {
		return err
	}
	page := h.Page(r, "notice.title", n.HeadName)
	page.Crumbs, page.Identity = crumbs(f), noticepage.Identity(f)
	if n.Refuses(notice.ActObject, today) == nil && by.Can(staff.CapObjectionEnter) {
		page.Actions = append(page.Actions, ui.Btn{Key: "notice.form.enter", Href: noticepage.ObjectPath(n.ID), Look: ui.Secondary})
	}
	if !n.State.Closed() {
		page.Actions = append(page.Actions, ui.Btn{Key: "notice.poster.open", Href: noticepage.PosterPath(n.ID), Look: ui.Secondary})
	}
	return h.Render(w, r, http.StatusOK, noticepage.Notice(noticepage.NoticeView{
		Page: page, Notice: n, Shown: shown, Days: n.Terms.Count(n.Period),
		Guessed: n.Terms.Guessed(n.Period), Objections: objections,
		MayRead: by.Can(staff.CapObjectionEnter), Today: today}))
}

// getPoster shows a notice as it hangs on the wall.
func (h *Handlers) getPoster(w http.ResponseWriter, r *http.Request) error {
	n, _, err := h.found(r)
	if err != nil {
		return err
	}
	shown, err := notice.ShownOf(r.Context(), h.DB, web.By(r).Scope, n.ID)
	if err != nil {
		return err
	}
	ctx := words.Official(r.Context())
	sheet := layout.Sheet{Page: h.Page(r, "notice.poster.title"), Number: words.T(ctx, "notice.poster.number", int64(n.ID)),
		By: web.By(r).Name, At: h.Now(), Back: noticepage.Path(n.ID), Official: true}
	t, err := PosterPaper.Trace(ctx, h.DB, web.By(r), r.URL.Query().Get("print"), n.FileID, int64(n.ID))
	if err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, noticepage.Poster(noticepage.PosterView{
		Sheet: h.Traced(r, sheet, layout.Trace(t)), Shown: shown, Place: n.Place, Office: n.OrgName, On: day.On(n.PublishedAt)}))
}

// crumbs is the way to a page of a file's notices.
func crumbs(f casefile.File, more ...layout.Crumb) []layout.Crumb {
	return append([]layout.Crumb{{Key: "layout.home", Path: "/"}, {Key: "notice.list.title", Path: noticepage.ListPath},
		{Text: f.HeadName, Path: noticepage.FilePath(f.ID)}}, more...)
}

// Panel shows the notices of a file on the worker's page.
func Panel(k *web.Kit) func(r *http.Request, f casefile.File) (templ.Component, error) {
	return func(r *http.Request, f casefile.File) (templ.Component, error) {
		by := web.By(r)
		if !by.Can(staff.CapNoticeRead) {
			return nil, nil
		}
		notices, err := notice.OfFile(r.Context(), k.DB, by.Scope, f.ID)
		if err != nil {
			return nil, err
		}
		publish := by.Can(staff.CapNoticePublish) && f.May(casefile.ActPublish, by)
		if len(notices) == 0 && !publish {
			return nil, nil
		}
		return noticepage.Panel(noticepage.PanelView{FileID: f.ID, Notices: notices, Publish: publish, Today: day.On(k.Now())}), nil
	}
}

// RulesPanel shows the lengths of a notice on the page of rules.
func RulesPanel(*web.Kit) func(r *http.Request) (templ.Component, error) {
	return func(*http.Request) (templ.Component, error) {
		return noticepage.Rules(noticepage.RulesView{Presets: notice.Presets}), nil
	}
}
