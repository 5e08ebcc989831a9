package gallery

import (
	"bytes"
	"flag"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"bangfu/internal/words"
	"bangfu/static"
	"bangfu/templates/ui"
)

var update = flag.Bool("update", false, "write the golden files")

// TestItems renders each item in each language, checks its HTML and compares the
// Chinese one with the file kept of it.
func TestItems(t *testing.T) {
	seen := map[string]bool{}
	for _, item := range Items() {
		if seen[item.Name] || !regexp.MustCompile(`^[a-z0-9-]+$`).MatchString(item.Name) {
			t.Errorf("the name %q is taken or not plain", item.Name)
		}
		seen[item.Name] = true
		for _, language := range words.Languages {
			t.Run(item.Name+"/"+language.Tag(), func(t *testing.T) { checkItem(t, item, language) })
		}
	}
	kept, err := filepath.Glob("testdata/*.html")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range kept {
		if !seen[strings.TrimSuffix(filepath.Base(file), ".html")] {
			t.Errorf("%s is kept of no item", file)
		}
	}
}

func checkItem(t *testing.T, item ui.Example, language words.Language) {
	var page bytes.Buffer
	if err := item.Page.Render(words.In(t.Context(), language), &page); err != nil {
		t.Fatal(err)
	}
	root, err := html.Parse(bytes.NewReader(page.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	for _, problem := range Check(root, language) {
		t.Error(problem)
	}
	if language == words.Chinese {
		compare(t, item.Name, page.String())
	}
}

// What is kept in one line is a word or a number, never a box: its cells would run over each other.
func TestOnlyWordsAreKeptInOneLine(t *testing.T) {
	kept := regexp.MustCompile(`<(div|section|table|ul|ol|p|td|th)( [^>]*)? class="([^"]* )?whole[ "]`)
	for _, item := range Items() {
		var page bytes.Buffer
		if err := item.Page.Render(t.Context(), &page); err != nil {
			t.Fatal(err)
		}
		if found := kept.FindString(page.String()); found != "" {
			t.Errorf("%s: %s", item.Name, found)
		}
	}
}

var hashed = regexp.MustCompile(`(` + static.Prefix + `[a-z]+)-[0-9a-f]{10}\.`)

// compare holds a page against its golden file, a tag a line and without the
// hashes of static files.
func compare(t *testing.T, name, page string) {
	got := hashed.ReplaceAllString(strings.ReplaceAll(page, "><", ">\n<"), "$1.") + "\n"
	file := filepath.Join("testdata", name+".html")
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatalf("%v; run go test ./templates/gallery -update and look at what it shows", err)
	}
	if got == string(want) {
		return
	}
	gotLines, wantLines := strings.Split(got, "\n"), strings.Split(string(want), "\n")
	for i := range gotLines {
		if i >= len(wantLines) || gotLines[i] != wantLines[i] {
			t.Errorf("%s:%d differs:\n  %s", file, i+1, gotLines[i])
			return
		}
	}
	t.Errorf("%s is longer than the page", file)
}

func TestHandler(t *testing.T) {
	tests := map[string]struct {
		status int
		within string
	}{
		Prefix:                           {200, "kit-form-fresh"},
		Prefix + "/kit-tasks":            {200, "建档任务"},
		Prefix + "/kit-tasks?lang=en":    {200, "Parts of the file"},
		Prefix + "/nothing":              {404, ""},
		Prefix + "/kit-tasks?lang=%00zz": {200, "建档任务"},
	}
	for address, test := range tests {
		w := httptest.NewRecorder()
		Handler().ServeHTTP(w, httptest.NewRequest("GET", address, nil))
		if w.Code != test.status || !strings.Contains(w.Body.String(), test.within) {
			t.Errorf("%s: %d without %q", address, w.Code, test.within)
		}
	}
}

// The check itself finds what it is there to find.
func TestCheck(t *testing.T) {
	const good = `<!DOCTYPE html><html lang="zh-CN"><head><title>x</title></head><body><a href="#main">x</a><main id="main"><h1>x</h1>%</main></body></html>`
	tests := map[string]string{
		``:                                       ``,
		`<h1>y</h1>`:                             `2 h1`,
		`<h3>y</h3>`:                             `h3 follows h1`,
		`<p id="main"></p>`:                      `id "main" stands twice`,
		`<input name="a">`:                       `input without a label`,
		`<label for="a">a</label><input id="a">`: ``,
		`<label>a<input></label>`:                ``,
		`<label for="b">a</label>`:               `label for="b" leads nowhere`,
		`<a href="#b">a</a>`:                     `href="#b" leads nowhere`,
		`<a href="/b"></a>`:                      `a without words`,
		`<button type="submit"> </button>`:       `button without words`,
		`<button>a</button>`:                     `button without a type`,
		`<p style="color:red">a</p>`:             `style on p`,
		`<p onclick="a()">a</p>`:                 `onclick on p`,
		`<script>a()</script>`:                   `script without src`,
		`<style>a{}</style>`:                     `style element`,
		`<img src="/a">`:                         `img without alt`,
		`<table><tr><th scope="row">a</th></tr></table>`:         `table without caption`,
		`<table><caption>a</caption><tr><th>a</th></tr></table>`: `th without scope`,
		`<fieldset><input type="hidden"></fieldset>`:             `fieldset without legend`,
		`<form method="post" novalidate></form>`:                 `post form without form_key`,
		`<form method="get"></form>`:                             `form without novalidate`,
		`<p>⟦grant.title⟧</p>`:                                   `word missing`,
		`<p aria-describedby="b">a</p>`:                          `aria-describedby="b" leads nowhere`,
		`<input type="radio" name="a" aria-label="a">`:           `radio outside a fieldset`,
		`<a href="javascript:a()">a</a>`:                         `script in an address`,
		`<svg><circle></circle></svg>`:                           `svg neither hidden nor named`,
	}
	for fragment, want := range tests {
		root, err := html.Parse(strings.NewReader(strings.Replace(good, "%", fragment, 1)))
		if err != nil {
			t.Fatal(err)
		}
		got := strings.Join(Check(root, words.Chinese), "; ")
		if (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("%s\n  told %q, want %q", fragment, got, want)
		}
	}
}
