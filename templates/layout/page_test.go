package layout

import (
	"bytes"
	"net/url"
	"strings"
	"testing"

	"bangfu/internal/form"
	"bangfu/internal/words"
)

func TestTitle(t *testing.T) {
	wrong := form.New(url.Values{})
	wrong.Text("name", "layout.home", form.Required)
	tests := map[string]struct {
		form *form.Form
		want string
	}{
		"the task comes first":       {nil, "我的工作 – 帮扶"},
		"a fresh form is not wrong":  {form.New(nil), "我的工作 – 帮扶"},
		"an error is said before it": {wrong, "错误：我的工作 – 帮扶"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			p := Page{Title: "layout.home", Form: test.form}
			if got := p.title(t.Context()); got != test.want {
				t.Errorf("title %q, want %q", got, test.want)
			}
		})
	}
}

// The shells ask for a key for each of their forms, and show nothing of a person
// who is not signed in.
func TestShells(t *testing.T) {
	keys := 0
	page := Sample("layout.home")
	page.FormKey = func() string { keys++; return "k" }
	signedIn := render(t, page)
	if keys != 2 || !strings.Contains(signedIn, `action="/signout"`) || !strings.Contains(signedIn, "周敏") {
		t.Errorf("%d keys, or no way out, or no name", keys)
	}
	page.Who, page.Idle = nil, 0
	for _, part := range []string{`action="/signout"`, "周敏", "<dialog"} {
		if strings.Contains(render(t, page), part) {
			t.Errorf("nobody is signed in, yet the page has %s", part)
		}
	}
}

func render(t *testing.T, page Page) string {
	t.Helper()
	var b bytes.Buffer
	if err := Staff(page).Render(words.In(t.Context(), words.English), &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// A paper that goes to a worker is in Chinese, and who reads English sees below it what it says; any other is in the language
// of whoever prints it.
func TestOfficialPaper(t *testing.T) {
	tests := map[string]struct {
		official   bool
		language   words.Language
		paper      string
		translated bool
	}{
		"a letter, read in Chinese": {true, words.Chinese, "我的工作", false},
		"a letter, read in English": {true, words.English, "我的工作", true},
		"a list, read in English":   {false, words.English, "My work", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			if err := Print(Sheet{Page: Sample("layout.home"), Official: test.official}).Render(words.In(t.Context(), test.language), &b); err != nil {
				t.Fatal(err)
			}
			page := b.String()
			if !strings.Contains(page, "<h1>"+test.paper+"</h1>") || strings.Contains(page, "<aside") != test.translated ||
				test.official && !strings.Contains(page, `lang="zh-CN"`) || !strings.Contains(page, `<html lang="`+test.language.Tag()) {
				t.Error(page)
			}
		})
	}
}
