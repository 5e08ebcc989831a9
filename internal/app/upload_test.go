package app_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/testkit/webtest"
)

// impostors are files that are not what they are called, or are nothing.
var impostors = map[string]webtest.File{
	"HTML called .jpg":       {Name: "扫描.jpg", Content: []byte("<!DOCTYPE html><script>alert(1)</script>")},
	"SVG":                    {Name: "图.svg", Content: []byte(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`)},
	"SVG called .png":        {Name: "图.png", Content: []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`)},
	"nothing":                {Name: "空.pdf", Content: nil},
	"a program":              {Name: "setup.pdf", Content: []byte("MZ\x90\x00\x03\x00\x00\x00")},
	"a name with a way up":   {Name: "../../../etc/passwd", Content: []byte("root:x:0:0")},
	"a name with a NUL":      {Name: "a\x00.jpg", Content: []byte("x")},
	"half a picture's magic": {Name: "a.jpg", Content: []byte("\xff\xd8")},
}

// What is uploaded is a paper of a known kind, of bounded size, or it is refused.
func (s *siege) uploads() {
	tried := 0
	for _, f := range s.forms {
		if !f.Upload {
			continue
		}
		tried++
		for _, d := range f.Fields {
			if d.Kind != "file" {
				continue
			}
			for name, file := range impostors {
				page, tables := s.send(f.by, f.Send(plausible(f), webtest.Upload{d.Name: file}), noted[f.pattern]...)
				s.refused(f, name, page, tables)
			}
			page, tables := s.send(f.by, f.Send(plausible(f), large(d.Name, 30)), noted[f.pattern]...)
			s.refused(f, "30 MB", page, tables)
			page, tables = s.send(f.by, f.Send(plausible(f), large(d.Name, 60)))
			if page.Code != http.StatusRequestEntityTooLarge || len(tables) > 0 {
				s.t.Errorf("%s: 60 MB: %d, changed %v; want 413 and nothing", f.Action, page.Code, tables)
			}
		}
	}
	if tried < 2 {
		s.t.Errorf("only %d forms take files", tried)
	}
	s.storedUnderItsName()
}

// large is a paper of so many megabytes: no paper has 30, no address takes 60.
func large(field string, megabytes int) webtest.Upload {
	return webtest.Upload{field: {Name: "大.pdf", Content: append([]byte(pdf), make([]byte, megabytes<<20)...)}}
}

// storedUnderItsName uploads a sound paper under a name that leads elsewhere: it is a name and no way, and the paper
// is handed out as what it is, without the right to load or run anything.
func (s *siege) storedUnderItsName() {
	for _, f := range s.forms {
		if f.pattern != "/files/{file}/evidence" {
			continue
		}
		s.undone(func(tx pgx.Tx) { s.storedFrom(f, tx) })
		return
	}
	s.t.Error("no form for papers")
}

// storedFrom uploads the paper by one form, inside a transaction.
func (s *siege) storedFrom(f found, tx pgx.Tx) {
	v := s.As(f.by.By)
	answer := v.Send(f.Send(with(plausible(f), "form_key", formKey(v)), webtest.Upload{"paper": {Name: `..\..\../etc/cron.d/x.html`, Content: []byte(pdf)}}))
	if answer.Code != http.StatusSeeOther {
		s.t.Errorf("a sound paper: %d %s", answer.Code, s.why(answer))
	}
	var name string
	must(s.t, tx.QueryRow(s.t.Context(), `SELECT name FROM casefile_evidence ORDER BY id DESC LIMIT 1`).Scan(&name))
	if strings.ContainsAny(name, `/\`) {
		s.t.Errorf("kept as %q", name)
	}
	paper := number(s.t, tx, `SELECT max(id) FROM casefile_evidence`)
	got := v.Get(f.Action + "/" + strconv.FormatInt(paper, 10) + "/content")
	h := got.Header
	if got.Code != http.StatusOK || h.Get("Content-Type") != "application/pdf" || h.Get("X-Content-Type-Options") != "nosniff" ||
		h.Get("Content-Security-Policy") != "default-src 'none'; frame-ancestors 'self'" || !bytes.Equal(got.Body, []byte(pdf)) {
		s.t.Errorf("handed out: %d %v", got.Code, h)
	}
}

// A body that is no form is refused before anything is read from it.
func (s *siege) noForms() {
	for _, f := range s.forms {
		if f.Get {
			continue
		}
		f.shows = false // nothing is shown for what is no form
		for kind, body := range map[string]string{
			"application/json":                  `{"form_key":"x"}`,
			"text/plain":                        "form_key=x",
			"":                                  "form_key=x",
			"application/x-www-form-urlencoded": "form_key=%zz",
			"multipart/form-data":               "--x",
			"multipart/form-data; boundary=x":   "--x\r\nContent-Disposition: form-data; name=\"form_key\"\r\n\r\nx",
		} {
			r := httptest.NewRequest(http.MethodPost, f.Action, strings.NewReader(body))
			r.Header.Set("Content-Type", kind)
			page, tables := s.send(f.by, r, noted[f.pattern]...)
			s.refused(f, "a body of kind "+kind, page, tables)
		}
	}
}

// questions are what is put behind an address.
var questions = []string{
	"after=%00&before=%FF&q=%00&state=%00&list=%00&tab=%00&step=%00&programme=%00&kind=%00&act=%00&from=%00&until=%00&id=%00",
	"after=-1&before=99999999999999999999&page=-1&list=" + url.QueryEscape(canary) + "&tab=" + url.QueryEscape(canary) + "&q=" + url.QueryEscape(canary),
	"from=2026-02-30&until=x&after=x&before=x&meeting=" + url.QueryEscape(canary) + "&programme=" + url.QueryEscape(canary) + "&to=" + url.QueryEscape(canary),
	"%zz=%zz&;;&=&" + strings.Repeat("a=1&", 2000),
}

// Whatever is asked for: an answer, and never what was asked as it was.
func (s *siege) nonsenseInAddresses() {
	if len(s.pages) < 30 {
		s.t.Errorf("only %d kinds of pages", len(s.pages))
	}
	for _, p := range s.pages {
		path, _, _ := strings.Cut(p.Action, "?")
		for _, q := range questions {
			page, tables := s.send(p.by, httptest.NewRequest(http.MethodGet, path+"?"+q, nil), noted[p.pattern]...)
			s.refused(p, "the question "+q[:20], page, tables)
		}
		for _, way := range []string{path + "/", path + "/%00", path + "/..%2f..%2fetc%2fpasswd", "/" + path, path + "%FF"} {
			page, tables := s.send(p.by, httptest.NewRequest(http.MethodGet, way, nil), noted[p.pattern]...)
			s.refused(p, way, page, tables)
		}
	}
}
