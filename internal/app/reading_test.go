package app_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"bangfu/internal/app"
	"bangfu/internal/reading"
	"bangfu/internal/reading/readingweb"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/work"
)

// watch opens the whole program with a watcher, as app.Open does.
func watch(t testing.TB, db work.Beginner, w *reading.Watcher) *webtest.Site {
	t.Helper()
	s := open(t, db)
	readingweb.Watch(s.Kit, w)
	s.Handler, s.Routes = app.Router(s.Kit, false, false)
	return s
}

// Every page under the address of a file, and every page of one household elsewhere, which shows whose it is at its head, is
// remembered; nothing else that is read is. A new page that is not fails here.
func TestEveryPageOfAHouseholdIsRemembered(t *testing.T) {
	tx := pgtest.Tx(t)
	u := work.NewUnit(tx, pgtest.Now, sample.Clerk)
	sample.Centre(t, u)
	w := reading.NewWatcher(reading.Limits{})
	site := watch(t, tx, w)
	r := household(t, u, site.Kit.Files)
	remembered := func() int64 {
		_, err := w.Write(t.Context(), tx, site.Kit.Now)
		must(t, err)
		return number(t, u, `SELECT coalesce(sum(times), 0) FROM reading_file`)
	}
	seen, elsewhere := 0, 0
	for _, route := range site.Routes {
		path, missing := r.at(route.Pattern)
		if route.Method != http.MethodGet || missing != "" || route.Public {
			continue
		}
		by := slices.IndexFunc(sample.People, func(p work.Actor) bool { return p.OrgID == sample.County && p.Can(route.Cap) })
		if by < 0 {
			continue // what the top alone may do is no household's
		}
		before := remembered()
		page := site.As(sample.People[by]).Send(get(path))
		got := remembered() > before
		file := strings.Contains(route.Pattern+"/", "/files/{file}/") && page.Code < 400
		identity := page.Code == http.StatusOK && strings.Contains(string(page.Body), `class="identity"`)
		switch {
		case (file || identity) && !got:
			t.Errorf("GET %s answers %d and is not remembered", route.Pattern, page.Code)
		case got && page.Code >= 400:
			t.Errorf("GET %s answers %d and is remembered", route.Pattern, page.Code)
		case got && !strings.Contains(route.Pattern, "{"):
			t.Errorf("GET %s is remembered", route.Pattern)
		case got && file:
			seen++
		case got:
			elsewhere++
		}
	}
	if seen < 30 || elsewhere < 15 {
		t.Errorf("only %d pages of files and %d pages of other records were seen", seen, elsewhere)
	}
}

// get is a request that is not followed.
func get(path string) *http.Request {
	r, err := http.NewRequest(http.MethodGet, path, http.NoBody)
	if err != nil {
		panic(err)
	}
	r.RemoteAddr = "192.0.2.1:4000"
	return r
}

// A page of a file asks the database not once more because it is remembered, and no page waits for a write.
func TestRememberingAsksNothing(t *testing.T) {
	db := pgtest.DB(t)
	pool, y := counting(t, db)
	plain, w := open(t, pool), reading.NewWatcher(reading.Limits{Files: 400, Searches: 240})
	watched := watch(t, pool, w)
	watched.Kit.Keys, watched.Kit.Files = plain.Kit.Keys, plain.Kit.Files
	var r records
	plain.Set(work.System("test"), func(u *work.Unit) {
		sample.Centre(t, u)
		r = household(t, u, plain.Kit.Files)
	})
	analyse(t, db)
	file := "/files/" + r["/files/{file}"]
	for _, path := range []string{file, file + "/evidence", file + "/versions", file + "/cards"} {
		sent := func(s *webtest.Site) []string {
			v := s.As(sample.Clerk)
			v.Get(path).Is(http.StatusOK)
			s.Now = s.Now.Add(kept)
			return y.during(func() { v.Get(path).Is(http.StatusOK) })
		}
		if without, with := sent(plain), sent(watched); len(surplus(without, with)) > 0 {
			t.Errorf("%s: more is asked when it is remembered: %v", path, surplus(without, with))
		}
	}
	var err error
	if wrote := y.during(func() { _, err = w.Write(t.Context(), pool, watched.Kit.Now) }); err != nil || !slices.Equal(wrote, []string{"-- reading.write", "begin", "commit"}) {
		t.Errorf("four pages of a file are written by %v, %v", wrote, err)
	}
	if wrote := y.during(func() { _, err = w.Write(t.Context(), pool, watched.Kit.Now) }); err != nil || len(wrote) > 0 {
		t.Errorf("with nothing to write %v, %v", wrote, err)
	}
}

// What was searched for is in no table: neither a name nor a number that only the search had.
func TestWhatWasSoughtIsNotKept(t *testing.T) {
	tx := pgtest.Tx(t)
	u := work.NewUnit(tx, pgtest.Now, sample.Clerk)
	sample.Centre(t, u)
	w := reading.NewWatcher(reading.Limits{Files: 400, Searches: 2})
	site := watch(t, tx, w)
	box := site.As(sample.Clerk).Get("/files/search").Is(http.StatusOK)
	for _, sought := range []string{"上官鹤鸣", "13987650001", "上官鹤鸣"} {
		box.Press("搜索", webtest.Fill{"sought": sought})
	}
	_, err := w.Write(t.Context(), tx, site.Kit.Now)
	must(t, err)
	if n := number(t, u, `SELECT searches FROM reading_hour`); n != 2 {
		t.Errorf("%d searches", n)
	}
	for _, table := range []string{"reading_hour", "reading_file", "audit_entry"} {
		if n := number(t, u, `SELECT count(*) FROM `+table+` x WHERE x::text LIKE ANY (ARRAY['%上官%', '%13987650001%'])`); n > 0 {
			t.Errorf("%s holds what was sought", table)
		}
	}
	if n := number(t, u, `SELECT count(*) FROM audit_entry WHERE act IN ('reading.unusual', 'reading.braked') AND at = $1`, site.Now); n != 2 {
		t.Errorf("%d entries", n)
	}
	if strings.Contains(site.Log.String(), "上官") {
		t.Error("the log holds what was sought")
	}
}

// The brake is a busy answer of its own, and not a fault: other pages are answered, and nothing is in the log.
func TestTheBrakeInTheWholeProgram(t *testing.T) {
	tx := pgtest.Tx(t)
	u := work.NewUnit(tx, pgtest.Now, sample.Clerk)
	sample.Centre(t, u)
	site := watch(t, tx, reading.NewWatcher(reading.Limits{Files: 1, Searches: 1}))
	r := household(t, u, site.Kit.Files)
	first := number(t, u, `SELECT min(id) FROM casefile_file WHERE id <> $1 AND org_id = $2 AND state <> 'draft'`, r["/files/{file}"], sample.County)
	clerk := site.As(sample.Clerk)
	r.set("/files/{other}", first)
	clerk.Get("/files/" + r["/files/{other}"]).Is(http.StatusOK)
	clerk.Get("/files/" + r["/files/{file}"]).Is(http.StatusTooManyRequests).Says("查阅过多")
	clerk.Get("/").Is(http.StatusOK)
	clerk.Get("/files?list=active").Is(http.StatusOK)
	site.Now = site.Now.Add(time.Hour)
	site.As(sample.Clerk).Get("/files/" + r["/files/{file}"]).Is(http.StatusOK)
	if log := site.Log.String(); log != "" {
		t.Error(log)
	}
}
