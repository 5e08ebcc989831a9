package app_test

import (
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"bangfu/internal/seed"
	"bangfu/internal/staff"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/web"
	"bangfu/internal/work"
)

// found is a form of the program, with somebody to whom it is offered.
type found struct {
	webtest.Form
	by      *webtest.Visitor
	who     string
	page    string // the address it stands on
	pattern string // of its action
	code    int    // the answer when it is filled plausibly
	shows   bool   // it shows what it would do, and does nothing
}

// sightings is how many addresses of one pattern are opened for one person; more where what a page offers depends on
// the state of its record.
func sightings(pattern string) int {
	switch pattern {
	case "/files/{file}", "/files/{file}/exit", "/files/{file}/transfer", "/files/{file}/split", "/files/{file}/merge", "/files/{file}/grants/new":
		return 45
	case "/censuses/forms/{form}", "/nominations/{nomination}", "/reviews/{round}/files/{file}", "/referrals", "/referrals/{referral}", "/comparisons/{batch}", "/grants/{application}", "/staff/{member}", "/funds/entries/{entry}":
		return 25
	}
	return 4
}

// router matches addresses to the patterns of the program.
type router struct {
	routes  []web.Route
	matches []*regexp.Regexp
}

var parameter = regexp.MustCompile(`\\\{[a-z]+\\\}`)

func newRouter(routes []web.Route) router {
	// An address without parameters wins over one with, as it does in the program.
	sorted := slices.SortedFunc(slices.Values(routes), func(a, b web.Route) int {
		return strings.Count(a.Pattern, "{") - strings.Count(b.Pattern, "{")
	})
	r := router{routes: sorted}
	for _, route := range sorted {
		r.matches = append(r.matches, regexp.MustCompile("^"+parameter.ReplaceAllString(regexp.QuoteMeta(route.Pattern), `([^/]+)`)+"$"))
	}
	return r
}

// of gives the pattern of an address, "" when there is none.
func (r router) of(method, address string) string {
	path, _, _ := strings.Cut(address, "?")
	for i, route := range r.routes {
		if route.Method == method && r.matches[i].MatchString(path) {
			return route.Pattern
		}
	}
	return ""
}

// visitors signs in people of the sample centre, at least one of each role, and somebody who is nobody.
func visitors(t *testing.T, site *webtest.Site) map[string]*webtest.Visitor {
	t.Helper()
	all := map[string]*webtest.Visitor{"nobody": site.Nobody()}
	for _, p := range seed.People() {
		if slices.Contains([]string{"clerk3", "clerk4", "group2", "committee1", "committee2"}, p.Username) {
			continue // see what others see
		}
		ids, err := staff.Named(t.Context(), site.Kit.DB, p.Username)
		if err != nil || len(ids) != 1 {
			t.Fatalf("%s: %v, %v", p.Username, ids, err)
		}
		all[p.Username] = site.As(work.Actor{StaffID: ids[0]})
	}
	return all
}

// crawler collects each form once for every set of its fields.
type crawler struct {
	t *testing.T
	router
	seen  map[string]bool
	forms []found
	pages map[string]found // by pattern, one page for each
}

// crawl opens, for everybody, the pages that links lead to.
func (c *crawler) crawl(everybody map[string]*webtest.Visitor) {
	c.t.Helper()
	order := slices.Sorted(maps.Keys(everybody))
	slices.SortStableFunc(order, func(a, b string) int { return strings.Index("clerk", b) - strings.Index("clerk", a) }) // who may do most comes first
	for _, who := range order {
		v := everybody[who]
		c.visit(v, []string{"/", "/public/notices", "/public/objections"}, func(page *webtest.Page) { c.collect(v, who, page) })
	}
}

// collect notes the page, if it is the first of its kind, and its forms that have not been seen.
func (c *crawler) collect(v *webtest.Visitor, who string, page *webtest.Page) {
	if pattern := c.of(http.MethodGet, page.Path); c.pages[pattern].by == nil {
		c.pages[pattern] = found{Form: webtest.Form{Get: true, Action: page.Path}, by: v, who: who, page: page.Path, pattern: pattern}
	}
	for _, f := range page.Forms() {
		method := http.MethodPost
		if f.Get {
			method = http.MethodGet
		}
		pattern := c.of(method, f.Action)
		if pattern == "" {
			c.t.Errorf("%s: a form leads to %s %s, which is nowhere", page.Path, method, f.Action)
			continue
		}
		if key := method + " " + pattern + names(f); !c.seen[key] {
			c.seen[key] = true
			c.forms = append(c.forms, found{Form: f, by: v, who: who, page: page.Path, pattern: pattern})
		}
	}
}

// names are a form's fields, rows counted once.
func names(f webtest.Form) string {
	var all []string
	for _, d := range f.Fields {
		all = append(all, " "+rowNumber.ReplaceAllString(d.Name, ".n."))
	}
	slices.Sort(all)
	return strings.Join(slices.Compact(all), "")
}

var rowNumber = regexp.MustCompile(`\.[0-9]+\.`)

// visit opens pages and what they lead to, at most some of each pattern.
func (c *crawler) visit(v *webtest.Visitor, queue []string, look func(*webtest.Page)) {
	c.t.Helper()
	seen, alike := map[string]bool{}, map[string]int{}
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		pattern := c.of(http.MethodGet, path)
		if pattern == "" || seen[path] || alike[pattern] == sightings(pattern) {
			continue
		}
		seen[path] = true
		alike[pattern]++
		page := v.Get(path)
		if page.Code != http.StatusOK {
			continue // whether a link leads somewhere is another test's
		}
		look(page)
		queue = append(queue, page.Links()...)
	}
}

// unseen are acts whose form no page of the sample centre shows, and why.
var unseen = map[string]string{
	"/stay": "sent by the script of the time-out warning",
	"/files/{file}/registration/{section}/draft": "sent by the script while one types",
	"/files/{file}/changes/{kind}/draft":         "sent by the script while one types",
	"/files/{file}/visit/draft":                  "sent by the script while one types",
	// Few families of the sample centre are so far; the forms are tried where they belong.
	"/files/{file}/arrears/{arrears}/settlement": "casefileweb, TestArrearsPages",
	"/files/{file}/arrears/{arrears}/removal":    "casefileweb, TestArrearsPages",
	"/changes/{change}/decision":                 "casefileweb, TestAnIncomeIsChangedByTwo",
	"/changes/{change}/withdrawal":               "casefileweb, TestAMemberLeaves",
	"/rules/proposals/{proposal}/trials":         "trialweb, TestALineOnItsWay",
	"/rules/proposals/{proposal}/withdrawal":     "trialweb, TestARuleTakenBack",
	"/rules/proposals/{proposal}/decision":       "trialweb, TestALineOnItsWay",
	"/files/{file}/temporary":                    "casefileweb, TestATemporaryFilesLife",
	"/files/{file}/cancellation":                 "casefileweb, TestATemporaryFilesLife",
	"/files/{file}/transfer":                     "moveweb, TestATransferIsWalked",
	"/files/{file}/merge":                        "moveweb, TestAMergeIsWalked",
	"/imports/{import}/sheet":                    "ledgerweb, TestASheetIsChosen",
	"/nominations/{nomination}/withdrawal":       "nominationweb, TestANominationTakenBack",
	"/retention/batches/new":                     "retentionweb, TestABatchFromTheListToItsCertificate",
	"/retention/holds/{hold}":                    "retentionweb, TestAHold",
	"/retention/batches/{batch}/decision":        "retentionweb, TestABatchFromTheListToItsCertificate",
	"/retention/batches/{batch}/withdrawal":      "retentionweb, TestAProposalThatEnds",
	"/reviews/{round}/closing":                   "reviewweb, TestAHalfYearRound",
	"/visits/samples/{sample}/seed":              "visitweb, TestASampleFromTheAnnouncementToTheSecondDraw",
}

// Each act of the program is offered by a form on some page, so none is left out below.
func (s *siege) formsAreAll() {
	for _, r := range s.Routes {
		offered := slices.ContainsFunc(s.forms, func(f found) bool { return !f.Get && f.pattern == r.Pattern })
		if r.Method == http.MethodPost && !offered && unseen[r.Pattern] == "" {
			s.t.Errorf("no page of the sample centre has a form for %s", r.Pattern)
		}
	}
}
