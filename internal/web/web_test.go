package web_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/a-h/templ"
	"github.com/alexedwards/scs/v2/memstore"
	"github.com/go-chi/chi/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"bangfu/internal/seal"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// site is a small program on the kit: one form that counts how often it had an effect.
type site struct {
	*web.Kit
	handler http.Handler
	now     time.Time
	effects int
	cookies []*http.Cookie
	log     bytes.Buffer
}

const clerk work.StaffID = 7

func open(t *testing.T) *site {
	t.Helper()
	keys, err := seal.Open(filepath.Join(t.TempDir(), "keys.json"), seal.Intl)
	if err != nil {
		t.Fatal(err)
	}
	s := &site{now: pgtest.Now}
	s.Kit = &web.Kit{
		DB: pgtest.Tx(t), Clock: func() time.Time { return s.now }, Keys: keys,
		Sessions: web.NewSessions(memstore.NewWithCleanupInterval(0), false),
		Log:      slog.New(slog.NewTextHandler(&s.log, nil)),
		Actor: func(_ context.Context, _ work.Querier, id work.StaffID, address string) (work.Actor, error) {
			if id != clerk {
				return work.Actor{}, work.ErrNotFound
			}
			return work.Actor{StaffID: id, Name: "何敏", Caps: []work.Capability{"form.send"}, Address: address}, nil
		},
		Offices: func(work.Capability) []words.Key { return []words.Key{"app.nav.desk"} },
	}
	router := chi.NewRouter()
	router.Use(web.Headers(false), http.NewCrossOriginProtection().Handler, s.Sessions.LoadAndSave, s.Identify)
	rs := web.NewRoutes(s.Kit, router)
	rs.PublicGet("/enter", func(w http.ResponseWriter, r *http.Request) error { return s.SignIn(r.Context(), clerk) })
	rs.Get("/form", "form.send", func(w http.ResponseWriter, r *http.Request) error {
		return s.Render(w, r, http.StatusOK, templ.Raw(s.Page(r, "app.nav.desk").Key()))
	})
	rs.Post("/form", "form.send", s.send)
	rs.Get("/other", "form.other", func(http.ResponseWriter, *http.Request) error { return nil })
	rs.Get("/fault", "form.send", func(http.ResponseWriter, *http.Request) error { return errors.New("110101199003070011") })
	rs.Get("/panic", "form.send", func(http.ResponseWriter, *http.Request) error { panic("broken") })
	rs.Get("/leak", "form.send", func(http.ResponseWriter, *http.Request) error {
		return &pgconn.PgError{Code: "XX000", Message: "m", Detail: "Key (id)=(110101199003070011) exists"}
	})
	s.handler = router
	return s
}

func (s *site) send(w http.ResponseWriter, r *http.Request) error {
	to, err := s.Do(r, func(u *work.Unit) (string, error) {
		s.effects++
		if r.PostFormValue("name") == "refuse" {
			return "", work.Refuse("web.refused")
		}
		return "/done/1", u.Audit(r.Context(), work.Entry{Act: "web.sent", Kind: "form", ID: 1})
	})
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, to)
}

func (s *site) do(method, path, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for _, c := range s.cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		s.cookies = []*http.Cookie{c}
	}
	return w
}

// key asks for the form as the clerk and gives its one-time key.
func (s *site) key(t *testing.T) string {
	t.Helper()
	s.do("GET", "/enter", "")
	w := s.do("GET", "/form", "")
	if w.Code != http.StatusOK || w.Body.Len() < 20 {
		t.Fatalf("form: %d %q", w.Code, w.Body)
	}
	return w.Body.String()
}

func body(pairs ...string) string {
	v := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		v.Set(pairs[i], pairs[i+1])
	}
	return v.Encode()
}

func TestAFormHasOneEffect(t *testing.T) {
	s := open(t)
	key := s.key(t)
	for i := range 3 {
		if w := s.do("POST", "/form", body("form_key", key, "name", "a")); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/done/1" {
			t.Fatalf("time %d: %d to %q", i+1, w.Code, w.Header().Get("Location"))
		}
	}
	if s.effects != 1 {
		t.Errorf("%d effects, want 1", s.effects)
	}
	if w := s.do("POST", "/form", body("form_key", key, "name", "b")); w.Code != http.StatusConflict {
		t.Errorf("the same key with another body: %d, want 409", w.Code)
	}
}

func TestARefusedFormMayBeSentAgain(t *testing.T) {
	s := open(t)
	key := s.key(t)
	if w := s.do("POST", "/form", body("form_key", key, "name", "refuse")); w.Code != http.StatusUnprocessableEntity {
		t.Fatalf("refused: %d, want 422", w.Code)
	}
	if w := s.do("POST", "/form", body("form_key", key, "name", "a")); w.Code != http.StatusSeeOther {
		t.Errorf("put right and sent again: %d, want 303", w.Code)
	}
}

func TestAFormNeedsOurKey(t *testing.T) {
	s := open(t)
	key := s.key(t)
	for name, k := range map[string]string{"none": "", "made up": "AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAA", "altered": "B" + key[1:] + "x"} {
		if w := s.do("POST", "/form", body("form_key", k)); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("%s: %d, want 422", name, w.Code)
		}
	}
	if s.effects != 0 {
		t.Errorf("%d effects, want 0", s.effects)
	}
}

func TestWhoMayPass(t *testing.T) {
	s := open(t)
	if w := s.do("GET", "/form?x=1", ""); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/signin?to=%2Fform%3Fx%3D1" {
		t.Errorf("not signed in: %d to %q", w.Code, w.Header().Get("Location"))
	}
	s.key(t)
	w := s.do("GET", "/other", "")
	if w.Code != http.StatusForbidden || !strings.Contains(w.Body.String(), "我的工作") {
		t.Errorf("without the capability: %d, and the office that can: %v", w.Code, strings.Contains(w.Body.String(), "我的工作"))
	}
	if w := s.do("GET", "/nowhere", ""); w.Code != http.StatusNotFound {
		t.Errorf("an address that is not declared: %d, want 404", w.Code)
	}
}

func TestSessionsEnd(t *testing.T) {
	tests := map[string]struct {
		steps []time.Duration
		want  int
	}{
		"after 15 minutes of rest":        {[]time.Duration{15*time.Minute + time.Second}, http.StatusSeeOther},
		"not before":                      {[]time.Duration{15 * time.Minute}, http.StatusOK},
		"not while somebody works":        {[]time.Duration{10 * time.Minute, 10 * time.Minute}, http.StatusOK},
		"after eight hours in any case":   {every(10*time.Minute, 49), http.StatusSeeOther},
		"and not a little earlier either": {every(10*time.Minute, 47), http.StatusOK},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			s.key(t)
			var code int
			for _, step := range test.steps {
				s.now = s.now.Add(step)
				code = s.do("GET", "/form", "").Code
			}
			if code != test.want {
				t.Errorf("%d, want %d", code, test.want)
			}
		})
	}
}

func every(d time.Duration, times int) []time.Duration {
	steps := make([]time.Duration, times)
	for i := range steps {
		steps[i] = d
	}
	return steps
}

func TestALateFormIsKept(t *testing.T) {
	s := open(t)
	var kept web.Typed
	s.Expired = func(w http.ResponseWriter, r *http.Request) error {
		sealed, err := s.KeepTyped(r)
		if err != nil {
			return err
		}
		if _, err := s.TypedBefore(sealed, clerk+1); !errors.Is(err, web.ErrBadForm) {
			t.Errorf("offered to another person: %v", err)
		}
		kept, err = s.TypedBefore(sealed, clerk)
		w.WriteHeader(http.StatusUnauthorized)
		return err
	}
	key := s.key(t)
	s.cookies = nil
	w := s.do("POST", "/form", body("form_key", key, "name", "张三", "sum", "12"))
	if w.Code != http.StatusUnauthorized || kept.Path != "/form" || kept.Values.Encode() != body("name", "张三", "sum", "12") {
		t.Errorf("%d, kept %+v", w.Code, kept)
	}
	if _, err := s.TypedBefore("AAAA", clerk); !errors.Is(err, web.ErrBadForm) {
		t.Errorf("a forged one: %v", err)
	}
}

func TestBadBodies(t *testing.T) {
	s := open(t)
	key := s.key(t)
	if w := s.do("POST", "/form", body("form_key", key, "name", strings.Repeat("长", 400_000))); w.Code != http.StatusRequestEntityTooLarge ||
		!strings.Contains(w.Body.String(), "超过了上限（256 KB）") || !strings.Contains(w.Body.String(), `href="/form"`) {
		t.Errorf("more than a megabyte: %d, want 413 with the limit and the way back:\n%s", w.Code, w.Body)
	}
	if w := s.do("POST", "/form", "form_key=%zz"); w.Code != http.StatusBadRequest {
		t.Errorf("broken encoding: %d, want 400", w.Code)
	}
	r := httptest.NewRequest("POST", "/form", strings.NewReader("x=1"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	if w.Code != http.StatusForbidden {
		t.Errorf("from another site: %d, want 403", w.Code)
	}
	if s.effects != 0 {
		t.Errorf("%d effects, want 0", s.effects)
	}
}

func TestFaultsSayNothingOfThemselves(t *testing.T) {
	s := open(t)
	s.key(t)
	for _, path := range []string{"/fault", "/panic", "/leak"} {
		w := s.do("GET", path, "")
		page, _ := io.ReadAll(w.Body)
		if w.Code != http.StatusInternalServerError || strings.Contains(string(page), "110101") || strings.Contains(string(page), "broken") {
			t.Errorf("%s: %d %s", path, w.Code, page)
		}
		if h := w.Header(); h.Get("Content-Security-Policy") == "" || h.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: headers %v", path, h)
		}
	}
	if strings.Contains(s.log.String(), "(id)=(110101") {
		t.Error("the log repeats the values of a statement")
	}
}

func TestLocalPath(t *testing.T) {
	for to, want := range map[string]string{
		"/files/7?tab=a": "/files/7?tab=a", "": "/", "//evil.example": "/", "https://evil.example/": "/",
		"/\\evil.example": "/", "javascript:alert(1)": "/", "files": "/", "/a\r\nSet-Cookie: x": "/",
	} {
		if got := web.LocalPath(to); got != want {
			t.Errorf("LocalPath(%q) = %q, want %q", to, got, want)
		}
	}
}
