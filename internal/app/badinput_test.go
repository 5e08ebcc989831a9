package app_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"bangfu/internal/seed"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/webtest"
	"bangfu/internal/web"
	"bangfu/internal/work"
)

// siege is the sample centre with its forms, and what was in its tables before anything was sent.
type siege struct {
	*webtest.Site
	t         *testing.T
	db        *pgxpool.Pool
	ledger    journal
	everybody map[string]*webtest.Visitor
	forms     []found
	pages     map[string]found // one for each pattern
	before    map[string]string
	asked     int
}

func besiege(t *testing.T) *siege {
	t.Helper()
	db := pgtest.DB(t)
	s := &siege{t: t, db: db.App, Site: open(t, db.App), ledger: newJournal(t, db.App)}
	must(t, seed.Fill(t.Context(), seed.Into{DB: db.App, Keys: s.Kit.Keys, Files: s.Kit.Files, Now: s.Now}))
	s.everybody = visitors(t, s.Site)
	s.Set(work.System("test"), func(u *work.Unit) {
		run(t, u, `UPDATE staff_member SET active = false WHERE username = 'unitclerk'`, nil)
	})
	delete(s.everybody, "unitclerk")
	analyse(t, db)
	s.before = s.ledger.state(s.db, s.ledger.tables...)
	c := &crawler{t: t, router: newRouter(s.Routes), seen: map[string]bool{}, pages: map[string]found{}}
	c.crawl(s.everybody)
	// That somebody looked at a paper is in the trail; nothing else comes of looking.
	looked := s.ledger.state(s.db, s.ledger.tables...)
	tables := slices.DeleteFunc(changed(s.before, looked), func(name string) bool { return slices.Contains(noted[contentPattern], name) })
	if len(tables) > 0 {
		t.Errorf("looking at pages changed %v", tables)
	}
	var others int
	must(t, s.db.QueryRow(t.Context(), `SELECT count(*) FROM audit_entry WHERE at = $1 AND act <> 'casefile.view_evidence'
		AND id > (SELECT min(id) FROM audit_entry WHERE act = 'casefile.view_evidence')`, s.Now).Scan(&others))
	if others > 0 {
		t.Errorf("looking at pages left %d other entries in the trail", others)
	}
	s.before = looked
	// A form that shows what it would do before it does it carries the next one; what it leads to is looked at too.
	for i := 0; i < len(c.forms); i++ {
		f := &c.forms[i]
		page, tables := s.send(f.by, f.Send(plausible(*f), papers(*f)))
		f.code, f.shows = page.Code, page.Code == http.StatusOK && len(tables) == 0 && !f.Get
		if f.shows {
			c.collect(f.by, f.who, page)
		}
	}
	s.forms, s.pages = c.forms, c.pages
	return s
}

// send sends one request from an address of its own, undoes what it did, and tells the tables that it had changed; what is
// noted by design is not looked at.
func (s *siege) send(v *webtest.Visitor, r *http.Request, except ...string) (page *webtest.Page, tables []string) {
	s.t.Helper()
	s.asked++
	r.RemoteAddr = fmt.Sprintf("198.51.%d.%d:4000", 100+s.asked/250%100, s.asked%250)
	s.undone(func(tx pgx.Tx) {
		page = s.again(v).Send(r)
		tables = s.ledger.since(tx, s.before, except...)
	})
	return page, tables
}

// undone lets the program act in a transaction of its own, and takes back what it did.
func (s *siege) undone(act func(tx pgx.Tx)) {
	s.t.Helper()
	tx, err := s.db.Begin(s.t.Context())
	must(s.t, err)
	s.Kit.DB = tx
	defer func() {
		s.Kit.DB = s.db
		must(s.t, tx.Rollback(s.t.Context()))
	}()
	act(tx)
}

// again is the person at a browser of its own: what was sent before has not signed it out.
func (s *siege) again(v *webtest.Visitor) *webtest.Visitor {
	if v.By.StaffID == 0 || s.Now != pgtest.Now {
		return v
	}
	return s.As(v.By)
}

// contentPattern is the one address that is read and leaves a mark: a paper itself.
const contentPattern = "/files/{file}/evidence/{paper}/content"

// noted are the tables that a refusal at an address writes to by design: a wrong password is counted and in the trail.
var noted = map[string][]string{
	"/signin":      {"audit_entry", "audit_pending", "staff_attempt"},
	"/me/password": {"audit_entry", "audit_pending", "staff_attempt"},
	// What is refused is kept as a draft, and the trail says that it was.
	"/files/{file}/registration/{section}": {"audit_entry", "audit_pending"},
	"/files/{file}/changes/{kind}":         {"audit_entry", "audit_pending"},
	// The bank's answer that does not fit its batch is in the trail.
	"/payments/batches/{batch}/answer": {"audit_entry", "audit_pending"},
	// Who looked at a paper is in the trail, whatever else stands in the address.
	contentPattern: {"audit_entry", "audit_pending"},
}

// refused fails the test unless the answer is a clear no and nothing was changed.
func (s *siege) refused(f found, what string, page *webtest.Page, tables []string) {
	s.t.Helper()
	no := page.Code >= 400 && page.Code < 500 || f.shows && page.Code == http.StatusOK
	if f.Get {
		no = page.Code < 500 // a filter that makes no sense may find nothing
	}
	switch {
	case !no:
		s.t.Errorf("%s at %s by %s: %s: %d, want 4xx\n%s", f.Action, f.page, f.who, what, page.Code, short(page.Text()))
	case len(tables) > 0:
		s.t.Errorf("%s at %s by %s: %s changed %v", f.Action, f.page, f.who, what, tables)
	case bytes.Contains(page.Body, []byte("<img src=x")):
		s.t.Errorf("%s at %s by %s: %s came back as it was", f.Action, f.page, f.who, what)
	case !f.Get && page.Text() == "":
		s.t.Errorf("%s at %s by %s: %s: %d without a word", f.Action, f.page, f.who, what, page.Code)
	}
}

func short(text string) string { return strings.ToValidUTF8(text[:min(len(text), 300)], "") }

// Whatever is sent, by whomever, to whatever form of the sample centre: a clear no, and nothing changed.
func TestBadInput(t *testing.T) {
	s := besiege(t)
	for _, part := range []struct {
		name string
		run  func(*siege)
	}{
		{"every form was found", (*siege).formsAreAll},
		{"nonsense in a field", (*siege).nonsense},
		{"what is no form", (*siege).noForms},
		{"nonsense in a draft", (*siege).drafts},
		{"form keys", (*siege).formKeys},
		{"another record in the address", (*siege).otherRecords},
		{"nonsense in an address", (*siege).nonsenseInAddresses},
		{"uploads", (*siege).uploads},
		{"a late form is kept and not done", (*siege).lateForms},
	} {
		t.Run(part.name, func(t *testing.T) {
			inside := *s
			inside.t, inside.ledger.t = t, t
			began := time.Now()
			part.run(&inside)
			t.Logf("%d requests, %v", inside.asked-s.asked, time.Since(began).Round(time.Millisecond))
		})
	}
	if s.Log.Len() > 0 {
		t.Errorf("the log says\n%s", short(s.Log.String()))
	}
}

// Whatever is typed into a field.
func (s *siege) nonsense() {
	good := 0
	for _, f := range s.forms {
		sound := plausible(f)
		switch {
		case f.code < 400:
			good++
		case f.code >= 500:
			s.t.Errorf("%s at %s: filled plausibly %d", f.Action, f.page, f.code)
		default:
			page, _ := s.send(f.by, f.Send(sound, papers(f)))
			s.t.Logf("%s at %s by %s: refused for another reason: %d %s", f.Action, f.page, f.who, page.Code, s.why(page))
		}
		for _, a := range attacks(f, sound) {
			page, tables := s.send(f.by, f.Send(a.values, papers(f)), noted[f.pattern]...)
			s.refused(f, a.name, page, tables)
		}
	}
	s.t.Logf("%d forms, %d of them well filled", len(s.forms), good)
	if 3*good < 2*len(s.forms) {
		s.t.Errorf("only %d of %d forms are filled so that nothing but the attack is wrong with them", good, len(s.forms))
	}
}

// A draft keeps whatever is typed, and nothing else is changed; the page that offers it again shows it as text.
func (s *siege) drafts() {
	tried := 0
	for _, f := range s.forms {
		if f.pattern != "/files/{file}/registration/{section}" {
			continue
		}
		kinds := map[string]bool{} // each poison once a form
		for _, a := range attacks(f, plausible(f)) {
			poison, _, _ := strings.Cut(a.name, " in ")
			if !kinds[poison] {
				kinds[poison] = true
				tried++
				s.draft(f, a)
			}
		}
	}
	if tried < 40 {
		s.t.Errorf("only %d drafts", tried)
	}
}

func (s *siege) draft(f found, a attack) {
	to := f
	to.Action += "/draft"
	var kept, page *webtest.Page
	var tables []string
	s.undone(func(tx pgx.Tx) {
		kept = s.As(f.by.By).Send(to.Send(a.values, nil))
		tables = s.ledger.since(tx, s.before, noted[f.pattern]...)
		page = s.As(f.by.By).Get(f.page)
	})
	if kept.Code >= 500 || len(tables) > 0 || page.Code != http.StatusOK || bytes.Contains(page.Body, []byte("<img src=x")) {
		s.t.Errorf("%s: a draft with %s: %d, changed %v, shown again: %d", f.page, a.name, kept.Code, tables, page.Code)
	}
}

// why is what the error summary of a page says.
func (s *siege) why(page *webtest.Page) string {
	_, rest, _ := strings.Cut(string(page.Body), `id="problems"`)
	rest, _, _ = strings.Cut(rest, "</div>")
	return strings.Join(strings.Fields(rest), " ")
}

// papers gives a sound file to each field that takes one.
func papers(f found) webtest.Upload {
	files := webtest.Upload{}
	for _, d := range f.Fields {
		if d.Kind == "file" {
			files[d.Name] = webtest.File{Name: "材料.pdf", Content: []byte(pdf)}
		}
	}
	return files
}

// keyless are the addresses that go without a form key, and why that is safe: all are behind the origin check.
var keyless = map[string]string{
	"/language":     "changes a cookie",
	"/signout":      "ends the own session",
	"/signin":       "there is no person yet to give a key to",
	"/files/search": "reads; the search stands in the body so that it is in no address",
	"/me/password":  "asks for the present password, and keeps no hash of what was typed",
	"/files/{file}/registration/{section}/draft": "keeps what is typed, as often as it is typed",
	"/files/{file}/changes/{kind}/draft":         "keeps what is typed, as often as it is typed",
	"/files/{file}/visit/draft":                  "keeps what is typed, as often as it is typed",
}

// A form is good for the person it was shown to, at its own address, once.
func (s *siege) formKeys() {
	for _, f := range s.forms {
		if f.Get || keyless[f.pattern] != "" {
			continue
		}
		other := s.everybody["auditor"]
		if f.who == "auditor" {
			other = s.everybody["clerk"]
		}
		sound := plausible(f)
		key := sound.Get("form_key")
		for name, wrong := range map[string]string{"no": "", "another person's": formKey(other), "a forged": key[:len(key)-1] + "~", "half a": key[:10]} {
			page, tables := s.send(f.by, f.Send(with(sound, "form_key", wrong), papers(f)), noted[f.pattern]...)
			s.refused(f, name+" form key", page, tables)
		}
		s.use(key)
		page, tables := s.send(f.by, f.Send(sound, papers(f)), noted[f.pattern]...)
		s.refused(f, "a form key used at another page", page, tables)
	}
}

// use makes a key one with which something else was sent before.
func (s *siege) use(key string) {
	_, err := s.db.Exec(s.t.Context(), `INSERT INTO work_form_key (key, staff_id, path, body, location, at)
		VALUES ($1, 1, '/elsewhere', sha256('x'), '/', now()) ON CONFLICT DO NOTHING`, key)
	must(s.t, err)
}

// A form sent to the address of another household, or of nothing, finds nothing.
func (s *siege) otherRecords() {
	elsewhere := number(s.t, s.db, `SELECT f.id FROM casefile_file f JOIN staff_org o ON o.id = f.org_id WHERE o.code LIKE 'BH%' ORDER BY f.id LIMIT 1`)
	for _, f := range s.forms {
		path, query, _ := strings.Cut(f.Action, "?")
		parts, patterns := strings.Split(path, "/"), strings.Split(f.pattern, "/")
		for i, part := range patterns {
			if !strings.HasPrefix(part, "{") || part == "{section}" || f.Get {
				continue
			}
			for _, id := range []string{fmt.Sprint(elsewhere), "999999999", "99999999999999999999", "0", "-1", "%00", "%FF", "x"} {
				if part != "{file}" && id == fmt.Sprint(elsewhere) || part == "{file}" && f.who == "sibling" {
					continue
				}
				changed := slices.Clone(parts)
				changed[i] = id
				moved := f
				moved.Action = strings.Join(changed, "/") + "?" + query
				page, tables := s.send(f.by, moved.Send(plausible(f), papers(f)), noted[f.pattern]...)
				s.refused(moved, "record "+id, page, tables)
			}
		}
	}
}

// A form that comes after the session has ended is kept, not done.
func (s *siege) lateForms() {
	for who, v := range s.everybody {
		if who != "nobody" {
			s.everybody[who] = s.As(v.By)
		}
	}
	s.Now = s.Now.Add(time.Hour)
	defer func() { s.Now = pgtest.Now }()
	for _, f := range s.forms {
		open := slices.ContainsFunc(s.Routes, func(r web.Route) bool { return r.Public && r.Pattern == f.pattern })
		if f.Get || open || f.pattern == "/me/password" { // passwords are not kept
			continue
		}
		sound := plausible(f)
		page, tables := s.send(s.everybody[f.who], f.Send(sound, papers(f)))
		if page.Code != http.StatusUnauthorized || len(tables) > 0 {
			s.t.Errorf("%s: %d, changed %v; want 401 and nothing", f.Action, page.Code, tables)
			continue
		}
		s.kept(f, page, sound)
	}
}

// kept fails the test unless the sign-in page carries what was typed, sealed.
func (s *siege) kept(f found, page *webtest.Page, sound url.Values) {
	s.t.Helper()
	for _, offered := range page.Forms() {
		for _, values := range offered.Values {
			typed, err := s.Kit.TypedBefore(values[0], s.everybody[f.who].By.StaffID)
			if err != nil {
				continue
			}
			want := url.Values(with(sound, "form_key", ""))
			want.Del("form_key")
			path, _, _ := strings.Cut(f.Action, "?")
			if typed.Path != path || typed.Values.Encode() != want.Encode() {
				s.t.Errorf("%s: kept %s %s", f.Action, typed.Path, typed.Values.Encode())
			}
			return
		}
	}
	s.t.Errorf("%s: what was typed is lost", f.Action)
}
