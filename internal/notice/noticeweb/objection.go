package noticeweb

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/notice"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/noticepage"
	"bangfu/templates/ui"
)

// objectForm is the form for an objection; at the desk it asks for the channel too.
type objectForm struct {
	*form.Form
	channel, content, name, reach *form.Field
}

func newObjectForm(values url.Values, desk bool) objectForm {
	f := objectForm{Form: form.New(values)}
	if desk {
		f.channel = f.Choice("channel", "notice.channel_head", form.Options(notice.DeskChannels...), form.Required)
	}
	f.content = f.Area("content", "notice.content", form.Required, form.Max(2000), form.Hint("notice.content_hint"))
	f.name = f.Text("name", "notice.objector", form.Max(40), form.Hint("notice.objector_hint"))
	f.reach = f.Text("reach", "notice.reach", form.Max(100), form.Hint("notice.reach_hint"))
	return f
}

func (f objectForm) said() notice.Said {
	s := notice.Said{Channel: notice.ChannelWeb, Content: f.content.Text(),
		Contact: notice.Contact{Name: f.name.Text(), Reach: f.reach.Text()}}
	if f.channel != nil {
		s.Channel = notice.Channel(f.channel.Text())
	}
	return s
}

// getObject shows the desk's form for an objection.
func (h *Handlers) getObject(w http.ResponseWriter, r *http.Request) error {
	n, f, err := h.found(r)
	if err != nil {
		return err
	}
	if refusal := n.Refuses(notice.ActObject, day.On(h.Now())); refusal != nil {
		return refusal
	}
	return h.showObject(w, r, http.StatusOK, n, f, newObjectForm(nil, true))
}

// postObject takes an objection that came to the desk.
func (h *Handlers) postObject(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	n, f, err := h.found(r)
	if err != nil {
		return err
	}
	typed := newObjectForm(values, true)
	if !typed.Valid() {
		return h.showObject(w, r, http.StatusUnprocessableEntity, n, f, typed)
	}
	var receipt string
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		receipt, err = notice.Object(r.Context(), u, h.Keys, n.ID, typed.said())
		return noticepage.Path(n.ID), err
	})
	if web.Refused(typed.Form, err) {
		return h.showObject(w, r, http.StatusUnprocessableEntity, n, f, typed)
	}
	if err != nil {
		return err
	}
	if receipt != "" {
		h.Flash(r, "notice.objected_now", receipt)
	}
	return web.SeeOther(w, r, to)
}

func (h *Handlers) showObject(w http.ResponseWriter, r *http.Request, status int, n notice.Notice, f casefile.File, typed objectForm) error {
	page := h.Page(r, "notice.form.enter")
	page.Crumbs = crumbs(f, layout.Crumb{Key: "notice.round", Args: []any{n.Round}, Path: noticepage.Path(n.ID)})
	page.Identity, page.Form = noticepage.Identity(f), typed.Form
	return h.Render(w, r, status, noticepage.Object(noticepage.ObjectView{Page: page, Notice: n}))
}

// judgeForm is the form that judges an objection.
type judgeForm struct {
	*form.Form
	verdict, visit, reason *form.Field
}

func newJudgeForm(values url.Values, options []form.Option) judgeForm {
	f := judgeForm{Form: form.New(values)}
	only := ""
	if len(options) == 1 {
		only = options[0].Value
	}
	f.visit = f.Choice("visit", "notice.recheck", options, form.Required, form.Default(only))
	f.verdict = f.Choice("verdict", "notice.verdict", []form.Option{
		{Value: string(notice.ObjectionUnfounded), Key: "notice.objection_state.unfounded", Hint: "notice.verdict_unfounded"},
		{Value: string(notice.ObjectionUpheld), Key: "notice.objection_state.upheld", Hint: "notice.verdict_upheld"},
	}, form.Required)
	f.reason = f.Area("reason", "notice.reason", form.Required, form.Max(1000))
	return f
}

func (f judgeForm) ruling() notice.Ruling {
	visit, _ := strconv.ParseInt(f.visit.Text(), 10, 64) // one of the options, which are numbers
	return notice.Ruling{Verdict: notice.ObjectionState(f.verdict.Text()), Reason: f.reason.Text(), VisitID: visit}
}

// opened is the objection of the address with what was said, the rechecks it can be judged by, and its notice and file.
type opened struct {
	objection notice.Objection
	rechecks  []notice.Recheck
	notice    notice.Notice
	file      casefile.File
}

func (h *Handlers) opened(r *http.Request) (o opened, err error) {
	id, err := web.PathID[notice.ObjectionID](r, "objection")
	if err != nil {
		return o, err
	}
	if o.objection, err = notice.Read(r.Context(), h.DB, h.Keys, web.By(r).Scope, id); err != nil {
		return o, err
	}
	if o.rechecks, err = notice.Rechecks(r.Context(), h.DB, o.objection); err != nil {
		return o, err
	}
	o.notice, o.file, err = h.withFile(r, o.objection.NoticeID)
	return o, err
}

// options offers the rechecks to judge by.
func (o opened) options(r *http.Request) []form.Option {
	var options []form.Option
	for _, c := range o.rechecks {
		options = append(options, form.Option{Value: strconv.FormatInt(c.VisitID, 10),
			Text: words.T(r.Context(), "notice.recheck_option", c.On, c.Visitors[0], c.Visitors[1])})
	}
	return options
}

// getObjection shows an objection with what was said.
func (h *Handlers) getObjection(w http.ResponseWriter, r *http.Request) error {
	o, err := h.opened(r)
	if err != nil {
		return err
	}
	page := h.objectionPage(r, o, "notice.objection.title")
	if o.objection.State == notice.ObjectionOpen && len(o.rechecks) > 0 && web.By(r).Can(staff.CapObjectionJudge) {
		page.Actions = []ui.Btn{{Key: "notice.form.judge", Href: noticepage.JudgePath(o.objection.ID)}}
	}
	return h.Render(w, r, http.StatusOK, noticepage.Objection(noticepage.ObjectionView{Page: page, Objection: o.objection, Rechecks: o.rechecks}))
}

// getJudge shows the form that judges an objection.
func (h *Handlers) getJudge(w http.ResponseWriter, r *http.Request) error {
	o, err := h.opened(r)
	if err != nil {
		return err
	}
	switch {
	case o.objection.State != notice.ObjectionOpen:
		return work.ErrStale
	case len(o.rechecks) == 0:
		return work.Refuse("notice.refusal.recheck")
	}
	return h.showJudge(w, r, http.StatusOK, o, newJudgeForm(nil, o.options(r)))
}

// postJudge judges an objection.
func (h *Handlers) postJudge(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	o, err := h.opened(r)
	if err != nil {
		return err
	}
	typed := newJudgeForm(values, o.options(r))
	if !typed.Valid() {
		return h.showJudge(w, r, http.StatusUnprocessableEntity, o, typed)
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		return noticepage.ObjectionPath(o.objection.ID), notice.Judge(r.Context(), u, o.objection.ID, typed.ruling())
	})
	if web.Refused(typed.Form, err) {
		return h.showJudge(w, r, http.StatusUnprocessableEntity, o, typed)
	}
	if err != nil {
		return err
	}
	h.Flash(r, "notice.judged_now")
	return web.SeeOther(w, r, to)
}

func (h *Handlers) showJudge(w http.ResponseWriter, r *http.Request, status int, o opened, typed judgeForm) error {
	all, err := notice.Objections(r.Context(), h.DB, web.By(r).Scope, o.notice.ID)
	if err != nil {
		return err
	}
	others := slices.ContainsFunc(all, func(x notice.Objection) bool {
		return x.ID != o.objection.ID && x.State == notice.ObjectionOpen
	})
	page := h.objectionPage(r, o, "notice.form.judge")
	page.Form = typed.Form
	return h.Render(w, r, status, noticepage.Objection(noticepage.ObjectionView{
		Page: page, Objection: o.objection, Rechecks: o.rechecks, Judging: true, Restarts: !others}))
}

func (h *Handlers) objectionPage(r *http.Request, o opened, title words.Key) layout.Page {
	page := h.Page(r, title)
	page.Crumbs = crumbs(o.file, layout.Crumb{Key: "notice.round", Args: []any{o.notice.Round}, Path: noticepage.Path(o.notice.ID)})
	page.Identity = noticepage.Identity(o.file)
	return page
}
