package app_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/work"
)

// registered is how many files the benchmark's centre has; one in fifty waits for its visit, the others are history.
const registered = 20_000

// BenchmarkFileList compares the page of the file list, whole and through the router, with the query behind it, alone
// and prepared: what sessions, counting, forms, words and HTML cost on top of the database.
func BenchmarkFileList(b *testing.B) {
	db := pgtest.DB(b)
	must(b, work.Do(b.Context(), db.Owner, pgtest.Now, work.System("bench"), func(u *work.Unit) error {
		sample.Centre(b, u)
		run(b, u, `INSERT INTO casefile_file (org_id, org_path, state, head_name, people, address, employer, registered_by, registered_at, submitted_at, closed_at)
			SELECT @org, '', CASE n % 50 WHEN 0 THEN 'submitted' ELSE 'discarded' END, '王' || n, 3, '青石县城关镇 ' || n || ' 号', '青石纺织厂', @clerk, @now::timestamptz - n * interval '1 minute', @now,
				CASE n % 50 WHEN 0 THEN NULL ELSE @now::timestamptz END
			FROM generate_series(1, @registered) n`,
			pgx.NamedArgs{"org": sample.County, "clerk": sample.Clerk.StaffID, "now": u.Now, "registered": registered})
		return u.Audit(b.Context(), work.Entry{Act: "casefile.register", Kind: "file", ID: 1})
	}))
	_, err := db.Owner.Exec(b.Context(), "ANALYZE")
	must(b, err)
	heard := &listener{Beginner: db.App}
	site := open(b, heard)
	site.As(sample.Clerk).Get("/files?list=to_visit").Is(http.StatusOK).Says("王50")
	if heard.sql == "" {
		b.Fatal("the page did not ask for its list")
	}
	cookie := signedIn(b, site)
	page := func(b *testing.B) {
		r := httptest.NewRequest(http.MethodGet, "/files?list=to_visit", nil)
		r.AddCookie(cookie)
		w := httptest.NewRecorder()
		site.Handler.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			b.Fatal(w.Code)
		}
	}

	b.Run("page", func(b *testing.B) {
		for b.Loop() {
			page(b)
		}
	})
	b.Run("query", func(b *testing.B) {
		for b.Loop() {
			heard.again(b, db)
		}
	})
	b.Run("ratio", func(b *testing.B) {
		var pages, queries time.Duration
		for b.Loop() {
			began := time.Now()
			page(b)
			pages += time.Since(began)
			began = time.Now()
			heard.again(b, db)
			queries += time.Since(began)
		}
		b.ReportMetric(float64(pages)/float64(queries), "page/query")
	})
}

// signedIn is the cookie of a caseworker's session.
func signedIn(b *testing.B, site *webtest.Site) *http.Cookie {
	ctx, err := site.Kit.Sessions.Load(b.Context(), "")
	must(b, err)
	must(b, site.Kit.SignIn(ctx, sample.Clerk.StaffID))
	token, _, err := site.Kit.Sessions.Commit(ctx)
	must(b, err)
	return &http.Cookie{Name: site.Kit.Sessions.Cookie.Name, Value: token}
}

// listener hears which statement a page lists files with.
type listener struct {
	work.Beginner
	sql  string
	args []any
}

func (l *listener) Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error) {
	if strings.Contains(sql, "-- casefile.readList") {
		l.sql, l.args = sql, args
	}
	return l.Beginner.Query(ctx, sql, args...)
}

// again runs the statement that was heard, and reads all its rows. The connection has prepared it.
func (l *listener) again(b *testing.B, db *pgtest.Database) {
	rows, err := db.App.Query(b.Context(), l.sql, l.args...)
	must(b, err)
	for rows.Next() {
	}
	must(b, rows.Err())
}
