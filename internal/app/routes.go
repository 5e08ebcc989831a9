package app

import (
	"context"
	"io"
	"net/http"
	"slices"

	"github.com/go-chi/chi/v5"
	"github.com/go-chi/chi/v5/middleware"
	"github.com/klauspost/compress/gzip"

	"bangfu/internal/audit/auditweb"
	"bangfu/internal/casefile"
	"bangfu/internal/casefile/casefileweb"
	"bangfu/internal/census/censusweb"
	"bangfu/internal/check/checkweb"
	"bangfu/internal/comparison/comparisonweb"
	"bangfu/internal/desk/deskweb"
	"bangfu/internal/disclosure/disclosureweb"
	"bangfu/internal/eligibility/eligibilityweb"
	"bangfu/internal/exit/exitweb"
	"bangfu/internal/fund/fundweb"
	"bangfu/internal/grant/grantweb"
	"bangfu/internal/ledger/ledgerweb"
	"bangfu/internal/move/moveweb"
	"bangfu/internal/nomination/nominationweb"
	"bangfu/internal/notice/noticeweb"
	"bangfu/internal/payment/paymentweb"
	"bangfu/internal/plan/planweb"
	"bangfu/internal/reading/readingweb"
	"bangfu/internal/referral/referralweb"
	"bangfu/internal/retention/retentionweb"
	"bangfu/internal/review/reviewweb"
	"bangfu/internal/staff"
	"bangfu/internal/staff/staffweb"
	"bangfu/internal/trial/trialweb"
	"bangfu/internal/visit/visitweb"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/static"
	"bangfu/templates/gallery"
	"bangfu/templates/layout"
)

// Handler is the whole program as one handler, and the list of its addresses with who may pass.
func (a *App) Handler() (http.Handler, []web.Route) {
	return Router(a.Kit, a.Config.Dev, a.Config.Secure)
}

// Router puts every feature's addresses on one router. The order of what stands before them: the sender's address, headers, origin check,
// static files, session, who is asking.
func Router(k *web.Kit, dev, secure bool) (http.Handler, []web.Route) {
	top := chi.NewRouter()
	top.Use(web.Behind(k.Proxies), web.Headers(secure), http.NewCrossOriginProtection().Handler)
	top.Handle(static.Prefix+"*", static.Handler())
	if dev {
		top.Handle("/_gallery*", gallery.Handler())
	}
	var list []web.Route
	top.Group(func(r chi.Router) {
		r.Use(compressed(), found, k.Sessions.LoadAndSave, k.Identify)
		rs := web.NewRoutes(k, r)
		features(rs, k)
		r.NotFound(k.Handle(1<<10, k.NotFound))
		r.MethodNotAllowed(k.Handle(1<<10, k.NotFound))
		list = rs.List()
	})
	return top, list
}

// compressed packs pages and tables, lightly: the first level takes most of it away, and another encoder than the standard
// library's does it in half the time.
func compressed() func(http.Handler) http.Handler {
	c := middleware.NewCompressor(1, "text/html", "text/csv")
	c.SetEncoder("gzip", func(w io.Writer, level int) io.Writer {
		packer, _ := gzip.NewWriterLevel(w, level) // the level is one that there is
		return packer
	})
	return c.Handler
}

// features lists every feature of the program, and the panels that they add to the worker's file and the rules page.
func features(rs *web.Routes, k *web.Kit) {
	rs.PublicPost(layout.LanguagePath, k.PostLanguage)
	rs.Post(layout.StayPath, staff.CapDesk, k.PostStay)
	staffweb.Routes(rs, k)
	auditweb.Routes(rs, k)
	casefileweb.Routes(rs, k, []casefileweb.Panel{
		censusweb.Panel(k),
		visitweb.Panel(k),
		comparisonweb.Panel(k),
		planweb.Panel(k),
		referralweb.Panel(k),
		noticeweb.Panel(k),
		grantweb.Panel(k),
		paymentweb.Panel(k),
		exitweb.Panel(k),
		retentionweb.Panel(k),
		moveweb.Panel(k),
		ledgerweb.Panel(k),
		disclosureweb.Panel,
		readingweb.Panel,
	}, []casefileweb.Signed{
		visitweb.Signed(k),
		noticeweb.Signed(k),
	}, papers, checkweb.Notes(k))
	casefileweb.FormRoutes(rs, k, []casefileweb.Signed{visitweb.Signed(k), noticeweb.Signed(k)}, []casefile.Blank{comparisonweb.BlankAuthorisation, visitweb.EmptyForm})
	checkweb.Routes(rs, k)
	ledgerweb.Routes(rs, k)
	disclosureweb.Routes(rs, k)
	readingweb.Routes(rs, k)
	censusweb.Routes(rs, k)
	nominationweb.Routes(rs, k)
	visitweb.Routes(rs, k)
	planweb.Routes(rs, k)
	reviewweb.Routes(rs, k)
	referralweb.Routes(rs, k)
	comparisonweb.Routes(rs, k)
	exitweb.Routes(rs, k)
	retentionweb.Routes(rs, k)
	moveweb.Routes(rs, k)
	noticeweb.Routes(rs, k)
	grantweb.Routes(rs, k)
	fundweb.Routes(rs, k)
	paymentweb.Routes(rs, k)
	eligibilityweb.Routes(rs, k, []eligibilityweb.Panel{
		visitweb.RulesPanel(k),
		comparisonweb.RulesPanel(k),
		exitweb.RulesPanel(k),
		reviewweb.RulesPanel(k),
		noticeweb.RulesPanel(k),
		grantweb.RulesPanel(k),
	}, []eligibilityweb.Panel{
		exitweb.RulesPanel(k),
		noticeweb.RulesPanel(k),
		grantweb.RulesPanel(k),
	})
	trialweb.Routes(rs, k)
	deskweb.Routes(rs, k)
}

// papers lists what features print of a file beside its own forms; each print is on record and can be scanned.
var papers = []casefile.Paper{comparisonweb.AuthorisationPaper, paymentweb.AidPaper, visitweb.BlankPaper, visitweb.FormPaper, noticeweb.PosterPaper, grantweb.FormPaper, planweb.FormPaper,
	referralweb.LetterPaper, exitweb.LetterPaper}

// navigation lists what a person can go to, in the order of a case's life: for each role seven items at most (ux.md U3), and nothing
// that is theirs is left out. What lies within an item before does not stand by itself too.
func navigation(_ context.Context, by work.Actor) []layout.Nav {
	var nav []layout.Nav
	for _, p := range places {
		item, ok := p.open(by)
		within := func(before layout.Nav) bool {
			return slices.ContainsFunc(before.Within, func(n layout.Nav) bool { return n.Path == item.Path })
		}
		if ok && !slices.ContainsFunc(nav, within) {
			nav = append(nav, item)
		}
	}
	return nav
}

// place is an item of the navigation, the capability it needs, and what lies within it.
type place struct {
	need   work.Capability
	path   string
	label  words.Key
	within []place
}

// places is the navigation in the order of a case's life.
var places = []place{
	{staff.CapDesk, "/", "app.nav.desk", nil},
	{staff.CapFileRead, "/files", "app.nav.files", []place{
		{staff.CapFileRead, "/files", "app.nav.file_lists", nil},
		{staff.CapFileRead, "/files/search", "app.nav.file_search", nil},
		{staff.CapFileRead, "/forms", "app.nav.forms", nil},
		{staff.CapFileRead, "/checks", "check.title", nil},
		{staff.CapFileRead, "/changes", "app.nav.changes", nil},
		{staff.CapFileRead, "/reviews", "app.nav.reviews", nil},
		{staff.CapFileRead, "/plans", "app.nav.plans", nil},
		{staff.CapFileRead, "/visits/plans", "app.nav.visit_plans", nil},
		{staff.CapFileRead, "/censuses", "census.list", nil},
		{staff.CapFileRead, "/nominations", "nomination.list", nil},
		{staff.CapReferralRead, "/receptions", "referral.reception.list", nil},
		{staff.CapReferralRead, "/referrals", "app.nav.referrals", nil},
		{staff.CapComparisonRead, "/comparisons", "app.nav.comparisons", nil},
		{staff.CapFileRead, "/moves", "move.title", nil},
		{staff.CapFileRead, "/exits", "app.nav.exits", nil},
		{staff.CapFileRead, "/exits/callbacks", "app.nav.callbacks", nil},
		{staff.CapRetentionRead, "/retention", "app.nav.retention", nil},
		{staff.CapLedgerImport, "/imports", "app.nav.imports", nil},
		{staff.CapLedgerExport, "/exports", "app.nav.exports", nil},
	}},
	{staff.CapVisitRecord, "/visits", "app.nav.visits", []place{
		{staff.CapVisitRecord, "/visits", "app.nav.visits_waiting", nil},
		{staff.CapFileRead, "/visits/plans", "app.nav.visit_plans", nil},
	}},
	{staff.CapNoticeRead, "/notices", "app.nav.notices", nil},
	{staff.CapGrantRead, "/grants", "app.nav.grants", nil},
	{staff.CapPaymentRead, "/payments", "app.nav.payments", []place{
		{staff.CapPaymentRead, "/payments", "app.nav.payments", nil},
		{staff.CapFundRead, "/funds", "app.nav.funds", nil},
		{staff.CapRecoveryRead, "/exits/recoveries", "app.nav.recoveries", nil},
	}},
	{staff.CapFundRead, "/funds", "app.nav.funds", nil},
	{staff.CapAuditRead, "/audit", "app.nav.audit", []place{
		{staff.CapAuditRead, "/audit", "audit.title", nil},
		{staff.CapAuditRead, "/audit/readings", "reading.title", nil},
	}},
	{staff.CapStaffManage, "/staff", "app.nav.staff", nil},
	{staff.CapRulesRead, "/rules", "app.nav.rules", []place{
		{staff.CapRulesRead, "/rules", "app.nav.rules_in_force", nil},
		{staff.CapRulesRead, "/rules/proposals", "trial.list.title", nil},
		{staff.CapFileRead, "/rules/affected", "trial.affected", nil},
	}},
}

// beside are addresses reached by the tabs of a page, and by no item of their own.
var beside = map[string][]string{"/visits/plans": {"/visits/samples", "/visits/coverage", "/visits/trainings"}}

// open gives the item as the person sees it; false when it is not theirs.
func (p place) open(by work.Actor) (layout.Nav, bool) {
	if !by.Can(p.need) {
		return layout.Nav{}, false
	}
	item := layout.Nav{Path: p.path, Also: beside[p.path], Label: p.label}
	for _, w := range p.within {
		if inner, ok := w.open(by); ok {
			item.Within = append(item.Within, inner)
		}
	}
	if len(item.Within) > 0 { // the item leads to the first of them that is theirs
		item.Path = item.Within[0].Path
	}
	return item, true
}
