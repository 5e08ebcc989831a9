package static

import (
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

func get(t *testing.T, method, address, accept string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(method, address, nil)
	r.Header.Set("Accept-Encoding", accept)
	w := httptest.NewRecorder()
	Handler().ServeHTTP(w, r)
	return w.Result()
}

func TestHandler(t *testing.T) {
	tests := map[string]struct {
		method, address string
		status          int
	}{
		"a file by its hashed name":        {"GET", Path("app.css"), 200},
		"the head of a file":               {"HEAD", Path("app.js"), 200},
		"the plain name is no address":     {"GET", "/static/app.css", 404},
		"an older version is gone":         {"GET", "/static/app-0000000000.css", 404},
		"nothing can be written":           {"POST", Path("app.css"), 405},
		"the folder itself is not listed":  {"GET", "/static/", 404},
		"no way out of the folder":         {"GET", "/static/../static.go", 404},
		"the parts of a file are not sent": {"GET", "/static/css/1-base.css", 404},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := get(t, test.method, test.address, "").StatusCode; got != test.status {
				t.Errorf("status %d, want %d", got, test.status)
			}
		})
	}
}

func TestHandlerHeaders(t *testing.T) {
	answer := get(t, "GET", Path("app.js"), "gzip, br")
	want := map[string]string{
		"Cache-Control":          "public, max-age=31536000, immutable",
		"Content-Type":           "text/javascript; charset=utf-8",
		"Content-Encoding":       "gzip",
		"Vary":                   "Accept-Encoding",
		"X-Content-Type-Options": "nosniff",
	}
	for name, value := range want {
		if got := answer.Header.Get(name); got != value {
			t.Errorf("%s = %q, want %q", name, got, value)
		}
	}
	unzipped, err := gzip.NewReader(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	zipped, err := io.ReadAll(unzipped)
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(get(t, "GET", Path("app.js"), "").Body)
	if err != nil || string(plain) != string(zipped) {
		t.Errorf("zipped and plain differ, or %v", err)
	}
}

func TestPathOfNothing(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a name without a file must panic")
		}
	}()
	Path("nothing.css")
}

// The budget of stack.md: a page with its sheet and script stays under 60 KB.
func TestSize(t *testing.T) {
	total := 0
	for _, file := range byAddress {
		total += len(file.zipped)
	}
	if total > 24_000 {
		t.Errorf("sheet, script and icon are %d bytes zipped, more than 24,000", total)
	}
}

// The content policy allows neither code from strings nor anything from elsewhere.
func TestNothingFromElsewhere(t *testing.T) {
	forbidden := regexp.MustCompile(`https?://|@import|url\(|\beval\b|new Function|innerHTML|outerHTML|insertAdjacentHTML|document\.write|\.style\b`)
	for name := range parts {
		if name == "icon.svg" {
			continue
		}
		file := byAddress[Path(name)]
		for _, found := range forbidden.FindAllString(string(file.plain), -1) {
			t.Errorf("%s contains %q", name, found)
		}
	}
}

var (
	token   = regexp.MustCompile(`(?m)^  --([a-z-]+): (#[0-9a-f]{3,6});`)
	classed = regexp.MustCompile(`var\(--([a-z-]+)\)`)
)

// Every token used is defined.
func TestTokens(t *testing.T) {
	sheet := string(byAddress[Path("app.css")].plain)
	for _, use := range classed.FindAllStringSubmatch(sheet, -1) {
		if !strings.Contains(sheet, "--"+use[1]+":") {
			t.Errorf("--%s is used and not defined", use[1])
		}
	}
}

// Text keeps a contrast of at least 4.5 on every ground it stands on (WCAG 1.4.3).
func TestContrast(t *testing.T) {
	colours := map[string]string{}
	for _, m := range token.FindAllStringSubmatch(string(byAddress[Path("app.css")].plain), -1) {
		colours[m[1]] = m[2]
	}
	pairs := [][2]string{
		{"ink", "ground"}, {"ink", "paper"}, {"ink", "sunk"}, {"ink", "accent-tint"},
		{"muted", "ground"}, {"muted", "paper"}, {"muted", "sunk"}, {"muted", "accent-tint"},
		{"accent", "ground"}, {"accent", "paper"}, {"accent", "accent-tint"}, {"paper", "accent"}, {"paper", "accent-deep"},
		{"paper", "bad"}, {"bad", "paper"}, {"bad", "ground"}, {"accent-deep", "accent-tint"},
		{"info", "info-tint"}, {"good", "good-tint"}, {"due", "due-tint"}, {"bad", "bad-tint"}, {"due", "paper"},
	}
	for _, pair := range pairs {
		text, ground := colours[pair[0]], colours[pair[1]]
		if text == "" || ground == "" {
			t.Fatalf("no colour for %v", pair)
		}
		if got := contrast(text, ground); got < 4.5 {
			t.Errorf("%s on %s has contrast %.2f", pair[0], pair[1], got)
		}
	}
}
