package app_test

import (
	"bytes"
	"regexp"
	"testing"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/audit"
	"bangfu/internal/seed"
	"bangfu/internal/staff"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/words"
)

var digits = regexp.MustCompile(`[0-9]+|[A-Z0-9]{6}-[A-Z0-9-]+`)

// mostAlike is how many addresses that differ in their numbers only are walked for one person: the records stand in
// different states.
const mostAlike = 4

// Every person of the sample centre reaches, from the first page on, nothing but pages that open: no link leads to a
// page that does not exist, that the person may not see, or that fails; and no page lacks a word.
func TestEveryLinkOfTheSampleCentreOpens(t *testing.T) {
	db := pgtest.DB(t)
	site := open(t, db.App)
	if err := seed.Fill(t.Context(), seed.Into{DB: db.App, Keys: site.Kit.Keys, Files: site.Kit.Files, Now: site.Kit.Now()}); err != nil {
		t.Fatal(err)
	}
	analyse(t, db)
	pages := 0
	for i, p := range seed.People() {
		ids, err := staff.Named(t.Context(), db.App, p.Username)
		if err != nil || len(ids) != 1 {
			t.Fatalf("%s: %v, %v", p.Username, ids, err)
		}
		by, err := staff.Actor(t.Context(), db.App, ids[0], "192.0.2.1")
		if err != nil {
			t.Fatal(err)
		}
		pages += stroll(t, p.Username, site.As(by).In(words.Languages[i%len(words.Languages)]), "/")
	}
	pages += stroll(t, "the public", site.Nobody(), "/public/notices")
	t.Logf("%d pages", pages)
	acts, err := db.App.Query(t.Context(), `SELECT DISTINCT act FROM audit_entry ORDER BY act`)
	if err != nil {
		t.Fatal(err)
	}
	all, err := pgx.CollectRows(acts, pgx.RowTo[string])
	if err != nil || len(all) < 40 {
		t.Fatalf("%d acts, %v", len(all), err)
	}
	for _, act := range all {
		if !words.Has(audit.ActKey(act)) {
			t.Errorf("the act %s has no word %s", act, audit.ActKey(act))
		}
	}
	if site.Log.Len() > 0 {
		t.Errorf("the log says\n%s", site.Log)
	}
}

// stroll opens a page and all that it leads to, and gives how many pages that were.
func stroll(t *testing.T, who string, v *webtest.Visitor, from string) int {
	t.Helper()
	queue, seen, alike := []string{from}, map[string]bool{from: true}, map[string]int{}
	pages := 0
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		page := v.Get(path)
		pages++
		if page.Code != 200 {
			t.Errorf("%s: %s has status %d: %.200s", who, path, page.Code, page.Text())
			continue
		}
		if at := bytes.Index(page.Body, []byte("⟦")); at >= 0 {
			t.Errorf("%s: %s lacks a word: %.60s", who, path, page.Body[at:])
		}
		if !bytes.HasPrefix([]byte(page.Header.Get("Content-Type")), []byte("text/html")) {
			continue
		}
		for _, link := range page.Links() {
			shape := digits.ReplaceAllString(link, "#")
			if seen[link] || alike[shape] >= mostAlike {
				continue
			}
			seen[link] = true
			alike[shape]++
			queue = append(queue, link)
		}
	}
	return pages
}
