package app_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/app"
	"bangfu/internal/staff"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/work"
)

// open is the whole program on a database: every address, the people as the database knows them, the sample's keys.
func open(t testing.TB, db work.Beginner) *webtest.Site {
	t.Helper()
	s := webtest.Bare(t, db)
	sessions := s.Kit.Sessions
	s.Kit = app.NewKit(db, s.Kit.Clock, s.Kit.Keys, s.Kit.Files, s.Kit.Log)
	s.Kit.Sessions = sessions
	s.Handler, s.Routes = app.Router(s.Kit, false, false)
	return s
}

// formKey takes a one-time key of the person from a page that everybody who is signed in can see.
func formKey(v *webtest.Visitor) string {
	_, rest, _ := strings.Cut(string(v.Get("/me").Is(200).Body), `name="form_key" value="`)
	key, _, _ := strings.Cut(rest, `"`)
	return key
}

// office is where somebody who asks sits, seen from the county at which the records lie.
type office struct {
	name   string // where the record lies, seen from the one who asks
	id     work.OrgID
	inside bool // the records lie in this office's scope
}

var offices = []office{
	{"own unit", sample.County, true},
	{"child", sample.City, true},
	{"parent", sample.UnitA, false},
	{"sibling", sample.Sibling, false},
}

// asker is one person with one role at one office, who has had no part in any case.
type asker struct {
	work.Actor
	office
	role work.Role
}

// askers adds a person for each role at each office.
func askers(t testing.TB, u *work.Unit) []asker {
	t.Helper()
	var all []asker
	for _, o := range offices {
		for _, role := range staff.Roles {
			id := work.StaffID(9500 + len(all))
			run(t, u, `INSERT INTO staff_member (id, org_id, username, name, password_hash, created_at)
				VALUES (@id, @org, @username, '甲乙', '$argon2id$', @now)`,
				pgx.NamedArgs{"id": id, "org": o.id, "username": fmt.Sprintf("asker%d", id), "now": u.Now})
			run(t, u, `INSERT INTO staff_role (staff_id, role, granted_at) VALUES (@id, @role, @now)`,
				pgx.NamedArgs{"id": id, "role": role, "now": u.Now})
			by, err := staff.Actor(t.Context(), u, id, "192.0.2.1")
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, asker{by, o, role})
		}
	}
	return all
}

func run(t testing.TB, u *work.Unit, sql string, args pgx.NamedArgs) {
	t.Helper()
	if _, err := u.Exec(t.Context(), sql, args); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

// number reads one number.
func number(t testing.TB, q work.Querier, sql string, args ...any) int64 {
	t.Helper()
	var n int64
	if err := q.QueryRow(t.Context(), sql, args...).Scan(&n); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return n
}

// as lets somebody act for a moment.
func as(u *work.Unit, who work.Actor, fn func()) {
	before := u.By
	u.By = who
	fn()
	u.By = before
}

// analyse lets the server know what is in a database that has been filled, as it would by itself in time.
func analyse(t testing.TB, db *pgtest.Database) {
	t.Helper()
	_, err := db.Owner.Exec(t.Context(), "ANALYZE")
	must(t, err)
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
