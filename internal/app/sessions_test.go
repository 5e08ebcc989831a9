package app_test

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/app"
	"bangfu/internal/staff"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/web"
	"bangfu/internal/work"
)

// people counts how often somebody who is asking is loaded.
type people struct {
	work.Beginner
	loaded int
}

func (p *people) QueryRow(ctx context.Context, sql string, args ...any) pgx.Row {
	if strings.Contains(sql, "-- staff.Actor") {
		p.loaded++
	}
	return p.Beginner.QueryRow(ctx, sql, args...)
}

// Who is asking is loaded once and kept while nobody's standing changes. Whoever loses a role, moves, or may not sign in any more
// meets that at the next page, whoever else's change comes between (ASVS 7.4.1).
func TestWhoIsAskingIsKeptUntilSomethingChanges(t *testing.T) {
	db := pgtest.DB(t)
	counted := &people{Beginner: db.App}
	site := open(t, counted)
	site.Kit.Sessions = web.NewSessions(app.NewSessions(db.App), false)
	site.Handler, site.Routes = app.Router(site.Kit, false, false)
	site.Set(work.System("test"), func(u *work.Unit) { sample.Centre(t, u) })
	clerk, head := site.As(sample.Clerk), site.As(sample.Supervisor)
	clerk.Get("/files").Is(http.StatusOK)
	head.Get("/files").Is(http.StatusOK)
	for range 3 {
		clerk.Get("/files").Is(http.StatusOK).Says(sample.Clerk.Name)
		head.Get("/files").Is(http.StatusOK).Says(sample.Supervisor.Name)
	}
	if counted.loaded != 2 {
		t.Errorf("two people were loaded %d times", counted.loaded)
	}
	site.Set(sample.Admin, func(u *work.Unit) {
		must(t, staff.SetRoles(t.Context(), u, sample.Clerk.StaffID, []work.Role{staff.Cashier}))
	})
	clerk.Get("/files").Is(http.StatusForbidden)
	head.Get("/files").Is(http.StatusOK)
	site.Set(sample.Admin, func(u *work.Unit) {
		_, err := u.Exec(t.Context(), `UPDATE staff_member SET name = '李正直' WHERE id = $1`, sample.Supervisor.StaffID)
		must(t, err)
	})
	head.Get("/files").Is(http.StatusOK).Says("李正直")
	site.Set(sample.Admin, func(u *work.Unit) {
		_, err := u.Exec(t.Context(), `UPDATE staff_member SET active = false WHERE id = $1`, sample.Supervisor.StaffID)
		must(t, err)
	})
	if page := head.Get("/files"); page.Code == http.StatusOK && page.Path == "/files" {
		t.Error("somebody who may not sign in any more goes on reading")
	}
}

// slowly is a body whose end waits until something has happened.
type slowly struct {
	io.Reader
	before func()
}

func (s *slowly) Read(p []byte) (int, error) {
	n, err := s.Reader.Read(p)
	if err == io.EOF && s.before != nil {
		s.before()
		s.before = nil
	}
	return n, err
}

// A form that is still under way when its person signs out, or when a new password ends the sessions, does not bring the session
// back.
func TestASessionThatEndedStaysEnded(t *testing.T) {
	db := pgtest.DB(t)
	site := open(t, db.App)
	site.Kit.Sessions = web.NewSessions(app.NewSessions(db.App), false)
	site.Handler, site.Routes = app.Router(site.Kit, false, false)
	site.Set(work.System("test"), func(u *work.Unit) { sample.Centre(t, u) })
	clerk := site.As(sample.Clerk)
	clerk.Get("/me").Is(http.StatusOK)
	site.Now = site.Now.Add(2 * time.Minute) // the next request notes that the session was used
	late := httptest.NewRequest(http.MethodPost, "/me/password", &slowly{strings.NewReader("present=x"), func() {
		if _, err := db.App.Exec(t.Context(), `DELETE FROM sessions`); err != nil {
			t.Error(err)
		}
	}})
	late.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	clerk.Send(late)
	if page := clerk.Get("/me"); !strings.HasPrefix(page.Path, web.SignInPath) {
		t.Errorf("still signed in, at %s", page.Path)
	}
}
