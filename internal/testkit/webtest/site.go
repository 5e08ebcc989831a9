// Package webtest walks pages as a person does, without a browser: it asks for a page, fills the form that carries a
// button by the labels beside its fields, presses the button and follows. A whole site runs inside one transaction
// that is rolled back.
//
//	site := webtest.New(t, grantweb.Routes)
//	page := site.As(sample.Clerk).Get("/grants")
//	page = page.Press("查找", webtest.Fill{"姓名": "王"})
package webtest

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2/memstore"
	"github.com/go-chi/chi/v5"

	"bangfu/internal/file"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// Site is a program with the addresses that a test declares, on the sample centre.
type Site struct {
	T       testing.TB
	Kit     *web.Kit
	Routes  []web.Route
	Handler http.Handler
	Now     time.Time // the program's clock; a test may move it
	Log     *strings.Builder
}

// New opens a site inside one transaction that is rolled back at the end, with sample.Centre in it.
func New(t testing.TB, declare func(rs *web.Routes, k *web.Kit)) *Site {
	t.Helper()
	tx := pgtest.Tx(t)
	sample.Centre(t, work.NewUnit(tx, pgtest.Now, work.System("test")))
	return On(t, tx, declare)
}

// On opens a site on a database of the test's own, for acts that must really commit.
func On(t testing.TB, db work.Beginner, declare func(rs *web.Routes, k *web.Kit)) *Site {
	t.Helper()
	s := Bare(t, db)
	router := chi.NewRouter()
	router.Use(web.Headers(false), http.NewCrossOriginProtection().Handler, s.Kit.Sessions.LoadAndSave, s.Kit.Identify)
	rs := web.NewRoutes(s.Kit, router)
	declare(rs, s.Kit)
	router.NotFound(s.Kit.Handle(1<<10, s.Kit.NotFound))
	s.Routes, s.Handler = rs.List(), router
	return s
}

// Bare is a site without addresses: a kit with the sample's keys, and evidence store and sessions of its own. The test sets Handler.
func Bare(t testing.TB, db work.Beginner) *Site {
	t.Helper()
	dir := t.TempDir()
	keys := sample.Keys()
	files, err := file.Folder(filepath.Join(dir, "evidence"), keys)
	if err != nil {
		t.Fatal(err)
	}
	s := &Site{T: t, Now: pgtest.Now, Log: &strings.Builder{}}
	s.Kit = &web.Kit{
		DB: db, Clock: func() time.Time { return s.Now }, Keys: keys, Files: files,
		Sessions: web.NewSessions(memstore.NewWithCleanupInterval(0), false),
		Log:      slog.New(slog.NewTextHandler(s.Log, nil)),
		Actor:    knownPerson, ChangePath: "/me/password",
	}
	return s
}

// knownPerson finds the people of the sample centre without asking the database.
func knownPerson(_ context.Context, _ work.Querier, id work.StaffID, address string) (work.Actor, error) {
	for _, p := range sample.People {
		if p.StaffID == id {
			p.Address = address
			return p, nil
		}
	}
	return work.Actor{}, work.ErrNotFound
}

// Unit is a unit of work in the site's own database, to set things up as a person; somebody else's commit.
func (s *Site) Unit(by work.Actor) *work.Unit {
	s.T.Helper()
	tx, err := s.Kit.DB.Begin(context.Background())
	if err != nil {
		s.T.Fatal(err)
	}
	s.T.Cleanup(func() { _ = tx.Rollback(context.Background()) }) // after a commit it does nothing
	return work.NewUnit(tx, s.Now, by)
}

// Set runs fn as one committed unit of work of a person.
func (s *Site) Set(by work.Actor, fn func(u *work.Unit)) {
	s.T.Helper()
	u := s.Unit(by)
	fn(u)
	if err := u.Commit(context.Background()); err != nil {
		s.T.Fatal(err)
	}
}

// Visitor is a browser at the site: somebody signed in, or nobody.
type Visitor struct {
	site    *Site
	By      work.Actor
	cookies map[string]*http.Cookie
}

// As is a browser in which the person is signed in.
func (s *Site) As(by work.Actor) *Visitor {
	s.T.Helper()
	ctx, err := s.Kit.Sessions.Load(context.Background(), "")
	if err != nil {
		s.T.Fatal(err)
	}
	if err := s.Kit.SignIn(ctx, by.StaffID); err != nil {
		s.T.Fatal(err)
	}
	token, _, err := s.Kit.Sessions.Commit(ctx)
	if err != nil {
		s.T.Fatal(err)
	}
	v := s.Nobody()
	v.By = by
	v.cookies[s.Kit.Sessions.Cookie.Name] = &http.Cookie{Name: s.Kit.Sessions.Cookie.Name, Value: token}
	return v
}

// Nobody is a browser in which nobody is signed in.
func (s *Site) Nobody() *Visitor { return &Visitor{site: s, cookies: map[string]*http.Cookie{}} }

// In sets the language.
func (v *Visitor) In(l words.Language) *Visitor {
	v.cookies["bangfu_language"] = &http.Cookie{Name: "bangfu_language", Value: l.Tag()}
	return v
}

// Get asks for a page and follows where it sends on.
func (v *Visitor) Get(path string) *Page {
	v.site.T.Helper()
	return v.follow(v.send(httptest.NewRequest(http.MethodGet, path, nil)))
}

// Send sends any request with the browser's cookies; it does not follow.
func (v *Visitor) Send(r *http.Request) *Page {
	v.site.T.Helper()
	return v.send(r)
}

// Sign puts the browser's cookies on a request, for a test that sends it itself.
func (v *Visitor) Sign(r *http.Request) {
	for _, c := range v.cookies {
		r.AddCookie(c)
	}
}

func (v *Visitor) send(r *http.Request) *Page {
	v.site.T.Helper()
	v.Sign(r)
	w := httptest.NewRecorder()
	v.site.Handler.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		v.cookies[c.Name] = c
		if c.MaxAge < 0 {
			delete(v.cookies, c.Name)
		}
	}
	body, err := io.ReadAll(w.Body)
	if err != nil {
		v.site.T.Fatal(err)
	}
	return newPage(v, r, w.Result(), body)
}

// follow goes where a page sends on, at most ten times.
func (v *Visitor) follow(p *Page) *Page {
	v.site.T.Helper()
	for range 10 {
		to, _, _ := strings.Cut(p.Header.Get("Location"), "#") // what is behind it a browser keeps to itself
		if p.Code < 300 || p.Code > 399 || to == "" {
			return p
		}
		p = v.send(httptest.NewRequest(http.MethodGet, to, nil))
	}
	v.site.T.Fatalf("sent on and on at %s", p.Path)
	return nil
}

// ID reads the number in an address after a part of it: ID("/files/12/visits", "files") is 12.
func ID(t testing.TB, path, after string) int64 {
	t.Helper()
	_, rest, found := strings.Cut(path, "/"+after+"/")
	number, _, _ := strings.Cut(rest, "/")
	number, _, _ = strings.Cut(number, "?")
	id, err := strconv.ParseInt(number, 10, 64)
	if !found || err != nil {
		t.Fatalf("no number after %q in %s", after, path)
	}
	return id
}
