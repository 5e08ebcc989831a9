package app_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"bangfu/internal/testkit/webtest"
)

// capable finds somebody of the county, without part in any case, who may pass a route.
func capable(people []asker, has func(asker) bool) asker {
	for _, a := range people {
		if a.inside && has(a) {
			return a
		}
	}
	return asker{}
}

// A form that another site makes the browser send does nothing, at any address, public or not; and no address answers
// to a method that it does not declare.
func TestNothingComesFromElsewhere(t *testing.T) {
	w, people := newWalk(t)
	declared := map[string]bool{}
	for _, r := range w.Routes {
		declared[r.Method+r.Pattern] = true
	}
	ledger := newJournal(t, w.tx)
	before := ledger.state(w.tx, ledger.tables...)
	for pattern, path := range w.paths() {
		for _, r := range w.Routes {
			if r.Pattern != pattern {
				continue
			}
			v := w.Nobody()
			if !r.Public {
				v = w.As(capable(people, func(a asker) bool { return a.Can(r.Cap) }).Actor)
			}
			for _, origin := range []map[string]string{{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
				{"Origin": "https://elsewhere.example"}, {"Origin": "null"}} {
				if r.Method == http.MethodPost {
					if got := v.Send(forged(http.MethodPost, path, origin)); got.Code != http.StatusForbidden {
						t.Errorf("POST %s from elsewhere (%v): %d, want 403", pattern, origin, got.Code)
					}
				}
			}
			for _, method := range []string{http.MethodPost, http.MethodGet, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodTrace, "PROPFIND"} {
				if declared[method+pattern] {
					continue
				}
				if got := v.Send(forged(method, path, nil)); got.Code != http.StatusNotFound && got.Code != http.StatusMethodNotAllowed {
					t.Errorf("%s %s, which is not declared: %d", method, pattern, got.Code)
				}
			}
		}
	}
	if tables := changed(before, ledger.state(w.tx, ledger.tables...)); len(tables) > 0 {
		t.Errorf("changed %v", tables)
	}
}

func forged(method, path string, headers map[string]string) *http.Request {
	r := httptest.NewRequest(method, path, strings.NewReader(url.Values{"name": {"x"}}.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for name, value := range headers {
		r.Header.Set(name, value)
	}
	return r
}

// Each answer carries what keeps a browser from running, framing, guessing or keeping it; refusals and errors too.
func TestEveryAnswerIsArmoured(t *testing.T) {
	w, people := newWalk(t)
	for pattern, path := range w.paths() {
		for _, r := range w.Routes {
			if r.Pattern != pattern {
				continue
			}
			may := capable(people, func(a asker) bool { return r.Public || a.Can(r.Cap) })
			mayNot := capable(people, func(a asker) bool { return !a.Can(r.Cap) })
			for _, v := range []*webtest.Visitor{w.As(may.Actor), w.As(mayNot.Actor), w.Nobody()} {
				armoured(t, w.ask(v, r.Method, path, "no key"))
			}
		}
	}
	for _, path := range []string{"/nowhere", "/files/0", "/static/nothing.js", "/..%2f", "//"} {
		armoured(t, w.Nobody().Send(httptest.NewRequest(http.MethodGet, path, nil)))
	}
}

func armoured(t *testing.T, page *webtest.Page) {
	t.Helper()
	h := page.Header
	for name, part := range map[string]string{"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff",
		"Referrer-Policy": "same-origin", "Cache-Control": "no-store"} {
		if !strings.Contains(h.Get(name), part) {
			t.Errorf("%s (%d): %s is %q", page.Path, page.Code, name, h.Get(name))
		}
	}
	if kind := h.Get("Content-Type"); strings.HasPrefix(kind, "text/") && !strings.Contains(kind, "charset=utf-8") {
		t.Errorf("%s: Content-Type %q", page.Path, kind)
	}
	for _, c := range (&http.Response{Header: h}).Cookies() {
		if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" {
			t.Errorf("%s: cookie %s", page.Path, c)
		}
	}
}
