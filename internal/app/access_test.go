package app_test

import (
	"bytes"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/fund"
	"bangfu/internal/staff"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/web"
	"bangfu/internal/work"
)

var update = flag.Bool("update", false, "write the golden files anew")

// A new address, or another capability for one, must be written down in testdata/routes.txt by somebody who means it.
func TestEveryRouteIsListed(t *testing.T) {
	site := open(t, pgtest.Tx(t))
	lines := make([]string, len(site.Routes))
	for i, r := range site.Routes {
		lines[i] = fmt.Sprintf("%-4s %s %s", r.Method, r.Pattern, may(r))
	}
	slices.Sort(lines)
	got := strings.Join(lines, "\n") + "\n"
	golden := filepath.Join("testdata", "routes.txt")
	if *update {
		must(t, os.MkdirAll("testdata", 0o755))
		must(t, os.WriteFile(golden, []byte(got), 0o644))
	}
	want, err := os.ReadFile(golden)
	must(t, err)
	listed := strings.Split(strings.TrimSpace(string(want)), "\n")
	for _, line := range lines {
		if !slices.Contains(listed, line) {
			t.Errorf("not listed in %s: %s", golden, line)
		}
	}
	for _, line := range listed {
		if !slices.Contains(lines, line) {
			t.Errorf("listed in %s and not in the program: %s", golden, line)
		}
	}
}

// may is the capability of a route as the list writes it.
func may(r web.Route) string {
	if r.Public {
		return "public"
	}
	return string(r.Cap)
}

// walk asks for every address as everybody.
type walk struct {
	*webtest.Site
	t       *testing.T
	tx      pgx.Tx
	records records
}

func newWalk(t *testing.T) (walk, []asker) {
	t.Helper()
	tx := pgtest.Tx(t)
	u := work.NewUnit(tx, pgtest.Now, sample.Clerk)
	sample.Centre(t, u)
	site := open(t, tx)
	w := walk{Site: site, t: t, tx: tx, records: household(t, u, site.Kit.Files)}
	return w, askers(t, u)
}

// paths gives the address of each route on the records; a parameter without a record fails the test.
func (w walk) paths() map[string]string {
	paths := map[string]string{}
	for _, r := range w.Routes {
		path, missing := w.records.at(r.Pattern)
		if missing != "" {
			w.t.Errorf("%s %s: no record for %s; make one in household (record_test.go), so that its scope is tried", r.Method, r.Pattern, missing)
			continue
		}
		paths[r.Pattern] = path
	}
	return paths
}

// ask sends one request and undoes what it did, so that the next one meets the same records. POSTs carry a genuine key
// and what is given besides.
func (w walk) ask(v *webtest.Visitor, method, path, key string, besides ...string) *webtest.Page {
	w.t.Helper()
	tx, err := w.tx.Begin(w.t.Context())
	must(w.t, err)
	before := w.Kit.DB
	w.Kit.DB = tx
	defer func() {
		w.Kit.DB = before
		must(w.t, tx.Rollback(w.t.Context()))
	}()
	if method == http.MethodGet {
		return v.Send(httptest.NewRequest(method, path, nil))
	}
	values := url.Values{"form_key": {key}}
	for i := 0; i < len(besides); i += 2 {
		values.Set(besides[i], besides[i+1])
	}
	r := httptest.NewRequest(method, path, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return v.Send(r)
}

// members says which askers a body's own page is for: its members, and nobody else of whatever scope.
const members = "/grants/meetings/{body}"

// common are addresses of what belongs to no office: the bank's formats are one list for all.
// and so are the rules.
var common = map[string]bool{
	"/payments/formats/{format}/use":         true,
	"/rules/proposals/{proposal}":            true,
	"/rules/proposals/{proposal}/households": true,
	"/rules/proposals/{proposal}/decision":   true,
	"/rules/proposals/{proposal}/trials":     true,
	"/rules/proposals/{proposal}/withdrawal": true,
}

// below are addresses of what an office opens for all offices below it, which see it too: rounds, and lists that are shared.
var below = map[string]bool{"/reviews/{round}": true, "/reviews/{round}/files": true, "/reviews/{round}/result": true,
	"/files/lists/{list}": true, "/files/lists/{list}/removal": true}

// between begins the addresses of what two offices have to do with: a household's move, which the office it goes to takes up.
const between = "/moves/{move}"

// Who may pass: by capability first, then by where the record lies. Without the capability it is 403; with it and
// outside the scope 404, as if there were nothing; inside anything that is no refusal of the person.
func TestWhoMayPass(t *testing.T) {
	w, people := newWalk(t)
	paths := w.paths()
	for _, a := range people {
		key := formKey(w.As(a.Actor))
		for _, r := range w.Routes {
			path, known := paths[r.Pattern]
			if !known {
				continue
			}
			got := w.ask(w.As(a.Actor), r.Method, path, key)
			if wrong := judge(r, a, got); wrong != "" {
				t.Errorf("%s %s as %s, record of %s: %d, want %s", r.Method, r.Pattern, a.role, a.name, got.Code, wrong)
			}
		}
	}
	if t.Failed() {
		t.Log(w.Log)
	}
}

// judge says what was wanted when an answer is not it.
func judge(r web.Route, a asker, got *webtest.Page) string {
	record := strings.Contains(r.Pattern, "{")
	inside := a.inside || common[r.Pattern] || below[r.Pattern] && a.office.id == sample.UnitA ||
		strings.HasPrefix(r.Pattern, between) && a.office.id == sample.Sibling
	switch {
	case r.Public:
		if got.Code >= 500 || got.Code == 401 || got.Code == 403 || got.Code == 404 && record {
			return "an answer, for a public page"
		}
	case !a.Can(r.Cap):
		if got.Code != http.StatusForbidden {
			return "403 without " + string(r.Cap)
		}
	case record && !inside || r.Pattern == members:
		if got.Code != http.StatusNotFound {
			return "404 outside the scope"
		}
	case got.Code == 401 || got.Code == 403 || got.Code == 404 || got.Code == 405 || got.Code >= 500:
		return "an answer inside the scope"
	}
	return ""
}

// Somebody who is not signed in is asked to sign in, comes back to the page, and learns nothing; the public pages
// are for everybody.
func TestNotSignedIn(t *testing.T) {
	w, people := newWalk(t)
	key := formKey(w.As(people[0].Actor))
	for pattern, path := range w.paths() {
		for _, r := range w.Routes {
			if r.Pattern != pattern {
				continue
			}
			got := w.ask(w.Nobody(), r.Method, path, key)
			to := got.Header.Get("Location")
			switch {
			case r.Public && (got.Code >= 500 || got.Code == 401 || got.Code == 403 || strings.HasPrefix(to, web.SignInPath+"?to=")):
				t.Errorf("public %s %s: %d to %q", r.Method, pattern, got.Code, to)
			case r.Public:
			case r.Method == http.MethodGet && (got.Code != http.StatusSeeOther || to != web.SignInPath+"?to="+url.QueryEscape(path)):
				t.Errorf("GET %s: %d to %q, want 303 to the sign-in page", pattern, got.Code, to)
			case r.Method == http.MethodPost && got.Code != http.StatusUnauthorized && got.Code != http.StatusForbidden:
				t.Errorf("POST %s: %d, want 401 or 403", pattern, got.Code)
			}
		}
	}
}

// besides is what a form carries without which its address reads no further.
var besides = map[string][]string{"/files/{file}/cards/{card}/decision": {"act", "confirm"}}

// What lies in one file is not found under another file's address, though both are in scope.
func TestNothingIsFoundUnderAnotherFile(t *testing.T) {
	w, people := newWalk(t)
	u := work.NewUnit(w.tx, pgtest.Now, sample.Clerk)
	other := sample.File(t, u, casefile.Returned) // a state in which its own records may be changed
	w.records.set("/files/{file}", int64(other.ID))
	tried := 0
	for _, r := range w.Routes {
		rest, nested := strings.CutPrefix(r.Pattern, "/files/{file}/")
		if !nested || !strings.Contains(rest, "{") || strings.Contains(rest, "{section}") || strings.Contains(rest, "{kind}") {
			continue
		}
		path, missing := w.records.at(r.Pattern)
		if missing != "" {
			t.Errorf("no record for %s", missing)
			continue
		}
		for _, a := range people {
			if !a.inside || !a.Can(r.Cap) {
				continue
			}
			tried++
			if got := w.ask(w.As(a.Actor), r.Method, path, formKey(w.As(a.Actor)), besides[r.Pattern]...); got.Code != http.StatusNotFound {
				t.Errorf("%s %s of another file as %s: %d, want 404", r.Method, r.Pattern, a.role, got.Code)
			}
		}
	}
	if tried < 10 {
		t.Errorf("tried only %d", tried)
	}
}

// What a form names in its body is looked for in the sender's scope too: a cashier of another county does not pay what
// this one owes, nor learns that it exists.
func TestNothingOfOthersIsNamedInAForm(t *testing.T) {
	w, people := newWalk(t)
	u := work.NewUnit(w.tx, pgtest.Now, sample.Clerk)
	f := sample.File(t, u, casefile.Active)
	account, err := strconv.ParseInt(w.records["/funds/{account}"], 10, 64)
	must(t, err)
	granted(t, u, f.ID, fund.AccountID(account), 100)
	payable := number(t, u, `SELECT id FROM payment_payable WHERE file_id = $1`, f.ID)
	for _, a := range people {
		if a.role != staff.Cashier {
			continue
		}
		v := w.As(a.Actor)
		id := strconv.FormatInt(payable, 10)
		got := w.ask(v, http.MethodPost, "/payments/batches", formKey(v), "payable", id, "format", "1")
		if made := got.Code == http.StatusSeeOther; made != a.inside {
			t.Errorf("a batch by the cashier of %s: %d", a.name, got.Code)
		}
		check := w.ask(v, http.MethodPost, "/payments/batches/new", formKey(v), "payable", id)
		if shown := bytes.Contains(check.Body, []byte("王建国")); shown != a.inside {
			t.Errorf("checking a batch by the cashier of %s: shown %v", a.name, shown)
		}
	}
}
