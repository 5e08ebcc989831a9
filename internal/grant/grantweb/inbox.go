package grantweb

import (
	"fmt"
	"net/http"
	"slices"

	"bangfu/internal/grant"
	"bangfu/internal/web"
	"bangfu/templates/grantpage"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// pageSize is the number of applications on one page of a list.
const pageSize = 50

// getInbox shows one of the reader's lists.
func (h *Handlers) getInbox(w http.ResponseWriter, r *http.Request) error {
	ctx, by, today := r.Context(), web.By(r), h.today()
	query := r.URL.Query()
	list := grant.List(query.Get("list"))
	if !slices.Contains(grant.Lists, list) {
		list = grant.Waiting
	}
	after, err := web.QueryID[grant.ApplicationID](r, "after")
	if err != nil {
		return err
	}
	items, err := grant.Inbox(ctx, h.DB, by, today, list, after, pageSize+1)
	if err != nil {
		return err
	}
	view := grantpage.InboxView{List: list, Items: items, Today: today, Counts: map[grant.List]int{}}
	if len(items) > pageSize {
		view.Items = items[:pageSize]
		view.Next = fmt.Sprintf("/grants?list=%s&after=%d", list, view.Items[pageSize-1].ID)
	}
	if view.Total, err = grant.Count(ctx, h.DB, by, today, list); err != nil {
		return err
	}
	waiting := view.Total
	if list != grant.Waiting {
		if waiting, err = grant.Count(ctx, h.DB, by, today, grant.Waiting); err != nil {
			return err
		}
	}
	view.Counts[grant.Waiting] = waiting.Count
	if view.Bodies, err = grant.BodiesOf(ctx, h.DB, by, today); err != nil {
		return err
	}
	view.Page = h.Page(r, "grant.inbox.title")
	view.Page.Wide = true
	view.Page.Crumbs = []layout.Crumb{{Key: "layout.home", Path: "/"}}
	for _, b := range view.Bodies {
		view.Page.Actions = append(view.Page.Actions,
			ui.Btn{Key: "grant.inbox.meeting", Args: []any{b.Name}, Href: grantpage.MeetingPath(b.ID), Look: ui.Secondary})
	}
	return h.Render(w, r, http.StatusOK, grantpage.Inbox(view))
}

// getMeeting shows a body's agenda to its members.
func (h *Handlers) getMeeting(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID[grant.BodyID](r, "body")
	if err != nil {
		return err
	}
	m, err := grant.FindMeeting(r.Context(), h.DB, web.By(r), h.today(), id)
	if err != nil {
		return err
	}
	page := h.Page(r, "grant.meeting.title", m.Body.Name)
	page.Wide, page.Crumbs = true, crumbs()
	if len(m.Items) > 0 {
		page.Actions = []ui.Btn{{Key: "grant.meeting.start", Href: grantpage.InMeeting(m.Items[0].ID, id)}}
	}
	return h.Render(w, r, http.StatusOK, grantpage.Meeting(grantpage.MeetingView{Page: page, Meeting: m, Today: h.today()}))
}
