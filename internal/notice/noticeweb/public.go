package noticeweb

import (
	"net/http"
	"net/url"
	"time"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/httprate"

	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/notice"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/noticepage"
	"bangfu/templates/ui"
)

// How often one network address may object and may ask. A hall with one address for all its visitors stays below.
const (
	objectionsAnHour = 20
	questionsAnHour  = 120
)

// public answers the addresses that need no sign-in. Its list and its notice read notice_public and nothing else.
type public struct {
	*web.Kit
	objecting, asking *httprate.RateLimiter
}

func newPublic(k *web.Kit) *public {
	return &public{Kit: k, objecting: httprate.NewRateLimiter(objectionsAnHour, time.Hour), asking: httprate.NewRateLimiter(questionsAnHour, time.Hour)}
}

// unlisted keeps a page out of search engines and out of every cache (ux.md U45).
func unlisted(next web.H) web.H {
	return func(w http.ResponseWriter, r *http.Request) error {
		w.Header().Set("X-Robots-Tag", "noindex, nofollow, noarchive")
		w.Header().Set("Cache-Control", "no-store")
		return next(w, r)
	}
}

// slow lets each network address through only so often.
func (p *public) slow(limiter *httprate.RateLimiter, next web.H) web.H {
	return func(w http.ResponseWriter, r *http.Request) error {
		if !limiter.OnLimit(w, r, httprate.CanonicalizeIP(web.Address(r))) {
			return next(w, r)
		}
		return p.Render(w, r, http.StatusTooManyRequests, layout.Error(p.Page(r, "notice.public.too_often"), layout.Failure{
			Status: http.StatusTooManyRequests, Lines: []words.Message{words.Saying("notice.public.too_often_why")},
			Actions: []ui.Btn{{Key: "notice.public.to_list", Href: noticepage.PublicPath, Look: ui.Secondary}}}))
	}
}

// getList shows the public list.
func (p *public) getList(w http.ResponseWriter, r *http.Request) error {
	today := day.On(p.Now())
	notices, next, err := notice.ListPublic(r.Context(), p.DB, today, notice.ParseCursor(r.URL.Query().Get("after")), pageSize)
	if err != nil {
		return err
	}
	page := p.Page(r, "notice.public.list")
	page.Lead, page.LeadArg = "notice.public.lead", []any{today}
	return p.Render(w, r, http.StatusOK, noticepage.PublicList(noticepage.PublicListView{
		Page: page, Notices: notices, Today: today, Next: next.String()}))
}

// shown finds the public notice of the address.
func (p *public) shown(r *http.Request) (notice.Public, error) {
	id, err := web.PathID[notice.PublicID](r, "notice")
	if err != nil {
		return notice.Public{}, err
	}
	return notice.FindPublic(r.Context(), p.DB, id, day.On(p.Now()))
}

// getNotice shows one public notice and how to object to it.
func (p *public) getNotice(w http.ResponseWriter, r *http.Request) error {
	shown, err := p.shown(r)
	if err != nil {
		return err
	}
	page := p.Page(r, "notice.public.title", shown.Name)
	page.Crumbs = []layout.Crumb{{Key: "notice.public.list", Path: noticepage.PublicPath}}
	page.Lead = "notice.public.basis"
	return p.Render(w, r, http.StatusOK, noticepage.Public(noticepage.PublicView{Page: page, Shown: shown, Today: day.On(p.Now())}))
}

// getObject shows the public objection form.
func (p *public) getObject(w http.ResponseWriter, r *http.Request) error {
	shown, err := p.shown(r)
	if err != nil {
		return err
	}
	return p.showObject(w, r, http.StatusOK, shown, newObjectForm(nil, false))
}

// postObject takes an objection from anybody. Who is signed in at the same browser is not written down with it.
func (p *public) postObject(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	shown, err := p.shown(r)
	if err != nil {
		return err
	}
	typed := newObjectForm(values, false)
	if !typed.Valid() {
		return p.showObject(w, r, http.StatusUnprocessableEntity, shown, typed)
	}
	to, err := p.DoUnnamed(r, func(u *work.Unit) (string, error) {
		receipt, err := notice.ObjectPublic(r.Context(), u, p.Keys, shown.ID, typed.said())
		return noticepage.ReceiptPath(receipt), err
	})
	if web.Refused(typed.Form, err) {
		return p.showObject(w, r, http.StatusUnprocessableEntity, shown, typed)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, to)
}

func (p *public) showObject(w http.ResponseWriter, r *http.Request, status int, shown notice.Public, typed objectForm) error {
	page := p.Page(r, "notice.public.object")
	page.Crumbs = []layout.Crumb{{Key: "notice.public.list", Path: noticepage.PublicPath}, {Text: shown.Name, Path: noticepage.PublicNoticePath(shown.ID)}}
	page.Form = typed.Form
	return p.Render(w, r, status, noticepage.PublicObject(noticepage.PublicObjectView{Page: page, Shown: shown}))
}

// newAskForm declares the question for a receipt number.
func newAskForm(values url.Values) *form.Form {
	f := form.Filter(values)
	f.Text("receipt", "notice.receipt", form.Required, form.Max(40), form.Width(20), form.Hint("notice.public.receipt_hint"))
	return f
}

// getAsk shows the question for a receipt number; with one of the right form it leads to the answer.
func (p *public) getAsk(w http.ResponseWriter, r *http.Request) error {
	f := newAskForm(r.URL.Query())
	status := http.StatusOK
	if f.Posted() {
		receipt := notice.ParseReceipt(f.Field("receipt").Text())
		if f.Valid() && receipt != "" {
			return web.SeeOther(w, r, noticepage.ReceiptPath(receipt))
		}
		f.Fail("receipt", "notice.refusal.receipt")
		status = http.StatusUnprocessableEntity
	}
	return p.showAsk(w, r, status, f)
}

// getAnswer tells how an objection stands; a number that is none of ours is not found.
func (p *public) getAnswer(w http.ResponseWriter, r *http.Request) error {
	answer, err := notice.Ask(r.Context(), p.DB, chi.URLParam(r, "receipt"))
	if err != nil {
		return err
	}
	page := p.Page(r, "notice.public.answer")
	page.Crumbs = []layout.Crumb{{Key: "notice.public.list", Path: noticepage.PublicPath}}
	return p.Render(w, r, http.StatusOK, noticepage.Ask(noticepage.AskView{Page: page, Answer: &answer}))
}

func (p *public) showAsk(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	page := p.Page(r, "notice.public.ask")
	page.Crumbs = []layout.Crumb{{Key: "notice.public.list", Path: noticepage.PublicPath}}
	page.Form = f
	return p.Render(w, r, status, noticepage.Ask(noticepage.AskView{Page: page}))
}
