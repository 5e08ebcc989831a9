package app_test

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/work"
)

// Budgets in statements a page: the acting person is one (the session has its own table and is not counted here),
// the rest is the page's own. A page of a file shows what every feature knows of it.
const (
	budget       = 14
	budgetOfFile = 28
	// A change that waits is tried in a savepoint to show what it would do: the file is read before and after.
	budgetOfChange = 30
)

// tally is a tracer that keeps the statements sent to the database.
type tally struct {
	mu   sync.Mutex
	sent []string
}

func (y *tally) TraceQueryStart(ctx context.Context, _ *pgx.Conn, data pgx.TraceQueryStartData) context.Context {
	y.mu.Lock()
	defer y.mu.Unlock()
	name, _, _ := strings.Cut(strings.TrimSpace(data.SQL), "\n") // the statement's own name, "-- package.func"
	y.sent = append(y.sent, name)
	return ctx
}

func (y *tally) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {}

// during gives the names of the statements that fn sends.
func (y *tally) during(fn func()) []string {
	y.mu.Lock()
	y.sent = nil
	y.mu.Unlock()
	fn()
	y.mu.Lock()
	defer y.mu.Unlock()
	slices.Sort(y.sent)
	return slices.Clone(y.sent)
}

// counting is a pool that counts.
func counting(t *testing.T, db *pgtest.Database) (*pgxpool.Pool, *tally) {
	t.Helper()
	y := &tally{}
	config := db.App.Config()
	config.ConnConfig.Tracer = y
	pool, err := pgxpool.NewWithConfig(t.Context(), config)
	must(t, err)
	t.Cleanup(pool.Close)
	return pool, y
}

// tallied is the program on a pool that counts.
func tallied(t *testing.T) (*webtest.Site, *tally) {
	t.Helper()
	pool, y := counting(t, pgtest.DB(t))
	return open(t, pool), y
}

// No page asks the database more often because there are more rows.
func TestPagesAskAFixedNumberOfTimes(t *testing.T) {
	site, y := tallied(t)
	var w crowd
	site.Set(work.System("test"), func(u *work.Unit) {
		sample.Centre(t, u)
		w = crowd{t: t, u: u, records: household(t, u, site.Kit.Files)}
		w.widen(2)
	})
	few := measured(t, site, y, w.records)
	site.Set(work.System("test"), func(u *work.Unit) {
		w.u = u
		w.widen(27)
		w.deepen(27)
	})
	many := measured(t, site, y, w.records)
	if len(few) < 40 {
		t.Errorf("only %d pages were measured", len(few))
	}
	most := map[bool]int{}
	for page, statements := range few {
		if _, still := many[page]; !still {
			continue // a view that is offered only while there is little to see
		}
		// How long a work list is that goes on behind its page is asked once in ten seconds (casefileweb.total).
		if length := slices.Index(many[page], "-- casefile.countList: one plan"); length >= 0 && strings.HasPrefix(page, "/files") {
			many[page] = slices.Delete(many[page], length, length+1)
		}
		if len(statements) != len(many[page]) {
			t.Errorf("%s: %d statements with few rows, %d with many; more of %v", page, len(statements), len(many[page]), surplus(statements, many[page]))
		}
		ofFile := strings.HasPrefix(page, "/files/{file} as") || strings.HasPrefix(page, "/files/{file}?")
		limit := budget
		if ofFile {
			limit = budgetOfFile
		}
		if strings.HasPrefix(page, "/changes/{change} as") {
			limit = budgetOfChange
		}
		most[ofFile] = max(most[ofFile], len(many[page]))
		if len(many[page]) > limit {
			t.Errorf("%s: %d statements, at most %d: %v", page, len(many[page]), limit, many[page])
		}
	}
	t.Logf("%d pages; at most %d statements, %d on the page of a file", len(few), most[false], most[true])
}

// kept is longer than any page keeps a number that it would have to count.
const kept = 11 * time.Second

// measured opens each page once to warm up and once to count, as somebody who may see it.
func measured(t *testing.T, site *webtest.Site, y *tally, r records) map[string][]string {
	t.Helper()
	people := []work.Actor{sample.Clerk, sample.Supervisor, sample.Officer, sample.GroupHead, sample.Chair, sample.Cashier,
		sample.Accountant, sample.Auditor, sample.Admin}
	sent := map[string][]string{}
	for _, route := range site.Routes {
		path, missing := r.at(route.Pattern)
		if route.Method != http.MethodGet || missing != "" {
			continue
		}
		for _, by := range people {
			if route.Public || by.Can(route.Cap) {
				v := site.As(by)
				page := v.Get(path)
				if page.Code >= 500 {
					t.Errorf("%s: %d", path, page.Code)
				}
				for _, address := range append(tabs(page, path), path) {
					name := route.Pattern + strings.TrimPrefix(address, path) + " as " + string(by.Roles[0])
					site.Now = site.Now.Add(kept)
					sent[name] = y.during(func() { v.Get(address) })
				}
			}
		}
	}
	return sent
}

// tabs are the other views of a list: the same address with another question, but for the next pages.
func tabs(page *webtest.Page, path string) []string {
	var views []string
	for _, link := range page.Links() {
		if strings.HasPrefix(link, path+"?") && !strings.Contains(link, "after=") && !strings.Contains(link, "before=") && !slices.Contains(views, link) {
			views = append(views, link)
		}
	}
	return views
}

// surplus lists the statements of b that a has fewer of.
func surplus(a, b []string) []string {
	var more []string
	counts := map[string]int{}
	for _, s := range a {
		counts[s]++
	}
	for _, s := range b {
		counts[s]--
		if counts[s] == -1 {
			more = append(more, s)
		}
	}
	return more
}
