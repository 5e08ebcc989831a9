package noticepage

import (
	"strings"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/notice"
	"bangfu/internal/words"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// Examples are the pages of notices with invented families, for the gallery.
func Examples() []ui.Example {
	return []ui.Example{
		{Name: "notice-list-waiting", Page: List(ListView{Page: layout.Sample("notice.list.title"), Tab: notice.TabWaiting, Counts: counts, Today: today, Publish: true,
			Waiting: []notice.Candidate{{FileID: 418, HeadName: "林秀兰", Employer: "云川纺织厂", OrgName: "云川市总工会", Category: "severe", AssessedAt: noon}}})},
		{Name: "notice-list-open", Page: List(ListView{Page: layout.Sample("notice.list.title"), Tab: notice.TabOpen, Counts: counts, Today: today, Notices: []notice.Notice{running}, Next: "2026-11-28.3"})},
		{Name: "notice-list-objected", Page: List(ListView{Page: layout.Sample("notice.list.title"), Tab: notice.TabObjected, Counts: counts, Today: today, Notices: []notice.Notice{stopped}})},
		{Name: "notice-list-none", Page: List(ListView{Page: layout.Sample("notice.list.title"), Tab: notice.TabClosed, Today: today})},
		{Name: "notice-open", Page: Notice(NoticeView{Page: filePage("notice.title", "林秀兰"), Notice: running, Shown: masked, Days: running.Terms.Count(running.Period), Today: today})},
		{Name: "notice-stopped", Page: Notice(NoticeView{Page: filePage("notice.title", "林秀兰"), Notice: stopped, Shown: masked, Days: stopped.Terms.Count(stopped.Period),
			Guessed: true, Objections: []notice.Objection{said}, MayRead: true, Today: today})},
		{Name: "notice-publish", Page: Publish(publishing(nil))},
		{Name: "notice-check", Page: Publish(publishing(&notice.Draft{Terms: running.Terms, Period: running.Period, Place: running.Place, Shown: masked}))},
		{Name: "notice-object", Page: Object(ObjectView{Page: withForm(filePage("notice.form.enter"), "notice.content"), Notice: running})},
		{Name: "notice-objection", Page: Objection(ObjectionView{Page: filePage("notice.objection.title"), Objection: said})},
		{Name: "notice-judge", Page: Objection(ObjectionView{Page: withForm(filePage("notice.form.judge"), "notice.reason"), Objection: said, Judging: true, Restarts: true,
			Rechecks: []notice.Recheck{{VisitID: 8, On: today, Visitors: [2]string{"杨帆", "韩雪"}, Remark: "房产登记与申报不一致", EnteredAt: noon}}})},
		{Name: "notice-panel", Page: inPage(Panel(PanelView{FileID: 418, Notices: []notice.Notice{running}, Today: today}))},
		{Name: "notice-panel-none", Page: inPage(Panel(PanelView{FileID: 418, Publish: true, Today: today}))},
		{Name: "notice-rules", Page: inPage(Rules(RulesView{Presets: notice.Presets}))},
		{Name: "notice-poster", Page: Poster(PosterView{Shown: masked, Place: running.Place, Office: running.OrgName, On: today,
			Sheet: layout.Sheet{Page: layout.Sample("notice.poster.title"), Number: "3", By: "周文", At: layout.SampleAt, Back: Path(running.ID), Official: true}})},
		{Name: "notice-public-list", Page: PublicList(PublicListView{Page: anybody("notice.public.list"), Notices: []notice.Public{masked, related}, Today: today, Next: "2026-11-28.3"})},
		{Name: "notice-public-none", Page: PublicList(PublicListView{Page: anybody("notice.public.list"), Today: today})},
		{Name: "notice-public", Page: Public(PublicView{Page: anybody("notice.public.title", masked.Name), Shown: masked, Today: today})},
		{Name: "notice-public-object", Page: PublicObject(PublicObjectView{Page: withForm(anybody("notice.public.object"), "notice.content"), Shown: masked})},
		{Name: "notice-public-ask", Page: Ask(AskView{Page: withForm(anybody("notice.public.ask"), "notice.receipt")})},
		{Name: "notice-public-answer", Page: Ask(AskView{Page: anybody("notice.public.answer"), Answer: &notice.Answer{Receipt: said.Receipt, State: notice.ObjectionUnfounded, ReceivedAt: noon, ClosedAt: noon}})},
	}
}

var (
	today   = day.Of(2026, 11, 22)
	noon    = time.Date(2026, 11, 22, 12, 0, 0, 0, day.Zone)
	counts  = map[notice.Tab]int{notice.TabWaiting: 1, notice.TabOpen: 51, notice.TabObjected: 1}
	terms   = notice.Terms{Days: 5, Working: true}
	running = notice.Notice{ID: 3, FileID: 418, Round: 1, OrgName: "云川市总工会", State: notice.Open, Terms: terms, Period: terms.Reckon(today),
		Place: "单位公示栏、帮扶中心大厅", PublishedBy: "周文", PublishedAt: noon, PublicID: 5, HeadName: "林秀兰", Employer: "云川纺织厂", Category: "severe"}
	stopped = func() notice.Notice {
		n := running
		n.State, n.Waiting, n.Round = notice.Objected, 1, 2
		return n
	}()
	related = notice.Public{ID: 6, Name: "马*胜", Unit: "云川公交公司", Category: "relative", Cause: "work", Period: running.Period, Phone: "0871-65123456", Relative: true}
	masked  = notice.Public{ID: 5, Name: "林*兰", Unit: "云川纺织厂", Category: "severe", Cause: "illness", Period: running.Period, Phone: "0871-65123456"}
	said    = notice.Objection{ID: 9, NoticeID: 3, Receipt: "261122-K7QM-2P9X", Channel: notice.ChannelPhone, ReceivedAt: noon, EnteredBy: "周文",
		State: notice.ObjectionOpen, Content: "他家去年又买了一套房。\n平时不住在宿舍。"}
)

func filePage(title words.Key, args ...any) layout.Page {
	p := layout.Sample(title, args...)
	p.Identity = Identity(casefile.File{ID: 418, State: casefile.Contested, HeadName: "林秀兰", OrgName: "云川市总工会", Category: "severe"})
	return p
}

// anybody is a page for somebody who is not signed in.
func anybody(title words.Key, args ...any) layout.Page {
	p := layout.Sample(title, args...)
	p.Who, p.Nav, p.Crumbs, p.Idle = nil, nil, nil, 0
	return p
}

// withForm gives a page a form of one field that was sent too long.
func withForm(p layout.Page, label words.Key) layout.Page {
	p.Form = form.New(map[string][]string{"text": {strings.Repeat("长", 12)}})
	p.Form.Area("text", label, form.Required, form.Max(10))
	return p
}

// publishing is the form for a new notice, or with a draft its check page.
func publishing(draft *notice.Draft) PublishView {
	v := PublishView{Page: filePage("notice.form.publish"), FileID: 418, Draft: draft, Today: today}
	v.Form = form.New(nil)
	v.Form.Choice("preset", "notice.length", form.Options(notice.Presets...), form.Required, form.Default(string(notice.SevenDays)))
	v.Form.Text("place", "notice.place", form.Required, form.Hint("notice.place_hint"), form.Default(running.Place))
	if draft != nil {
		v.Days = draft.Terms.Count(draft.Period)
	}
	return v
}
