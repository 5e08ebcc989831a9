package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"bangfu/internal/testkit/axe"
)

// browser is one Chromium; each person gets a context of its own in it, with cookies of its own.
type browser struct {
	ctx context.Context
	axe string
	// seen remembers which kinds of page axe has looked at, so that each is looked at once.
	seen map[string]bool
}

func openBrowser(t *testing.T) *browser {
	t.Helper()
	path := chromium(t)
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("lang", "zh-CN"), chromedp.WindowSize(1366, 900))
	allocator, stopAllocator := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, stop := chromedp.NewContext(allocator)
	t.Cleanup(func() { stop(); stopAllocator() })
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatalf("starting Chromium: %v", err)
	}
	return &browser{ctx: ctx, axe: axe.Source(t), seen: map[string]bool{}}
}

// chromium finds the browser; without one the test fails, it never skips.
func chromium(t *testing.T) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	t.Fatal("no Chromium: apt-get install chromium fonts-noto-cjk")
	return ""
}

// person is somebody at a keyboard.
type person struct {
	t    *testing.T
	b    *browser
	ctx  context.Context
	base string
	name string
}

// person opens a window for somebody who is not signed in yet.
func (b *browser) person(t *testing.T, base, name string) *person {
	t.Helper()
	ctx, stop := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext())
	t.Cleanup(stop)
	p := &person{t: t, b: b, ctx: ctx, base: base, name: name}
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatalf("%s: opening a window: %v", name, err)
	}
	return p
}

// Open types an address.
func (p *person) Open(path string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 30*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.Navigate(p.base+path)); err != nil {
		p.t.Fatalf("%s: opening %s: %v", p.name, path, err)
	}
	p.look()
}

// focus is what has the keyboard.
type focus struct {
	Tag     string `json:"tag"`
	Type    string `json:"type"`
	Group   string `json:"group"`
	Label   string `json:"label"`
	Value   string `json:"value"`
	Checked bool   `json:"checked"`
}

const focusScript = `(() => {
	const e = document.activeElement;
	if (!e || e === document.body) return JSON.stringify({tag: "body"});
	const text = n => n ? n.textContent.replace(/\s+/g, " ").trim() : "";
	const labels = e.labels ? Array.from(e.labels).map(text).join(" ") : "";
	const legend = e.closest("fieldset") ? text(e.closest("fieldset").querySelector("legend")) : "";
	const value = e.tagName === "SELECT" ? text(e.selectedOptions[0]) : (e.value || "");
	return JSON.stringify({tag: e.tagName.toLowerCase(), type: e.type || "", group: legend,
		label: e.getAttribute("aria-label") || labels || text(e), value: value, checked: !!e.checked});
})()`

func (p *person) focus() focus {
	p.t.Helper()
	var f focus
	if err := json.Unmarshal([]byte(p.eval(focusScript)), &f); err != nil {
		p.t.Fatalf("%s: reading the focus: %v", p.name, err)
	}
	return f
}

// eval runs a script that gives a text.
func (p *person) eval(script string) string {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 20*time.Second)
	defer cancel()
	v, err := chromedp.Run(ctx, chromedp.Evaluate[string](script, chromedp.EvalAwaitPromise))
	if err != nil {
		p.fail("evaluating: %v", err)
	}
	return v
}

// key presses keys.
func (p *person) key(keys string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 20*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.KeyEvent(keys)); err != nil {
		p.fail("pressing a key: %v", err)
	}
}

// Reach goes on with Tab until what has the keyboard fits. It fails when it comes round without finding it: then the
// thing cannot be reached by keyboard, or is not there.
func (p *person) Reach(what string, fits func(focus) bool) focus {
	p.t.Helper()
	var passed []string
	for range 400 {
		f := p.focus()
		if fits(f) {
			return f
		}
		passed = append(passed, f.Label)
		p.key(kb.Tab)
	}
	p.fail("cannot reach %q by Tab; passed: %s", what, strings.Join(last(passed, 60), " | "))
	return focus{}
}

func last(list []string, n int) []string {
	if len(list) > n {
		return list[len(list)-n:]
	}
	return list
}

// Type reaches the field with the label and types over what stands there.
func (p *person) Type(label, text string) {
	p.t.Helper()
	p.Reach(label, func(f focus) bool {
		return (f.Tag == "input" || f.Tag == "textarea") && strings.HasPrefix(f.Label, label)
	})
	p.enter(text)
}

func (p *person) enter(text string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 20*time.Second)
	defer cancel()
	p.eval(`(() => { const e = document.activeElement; if (e.select) e.select(); return ""; })()`)
	if _, err := chromedp.Call(ctx, input.InsertText, input.InsertTextParams{Text: text}); err != nil {
		p.fail("typing: %v", err)
	}
}

// Choose picks an option: of a list with the arrow keys, of a group of radio buttons likewise, or ticks a box.
func (p *person) Choose(label, option string) {
	p.t.Helper()
	f := p.Reach(label+" / "+option, func(f focus) bool {
		switch {
		case f.Tag == "select":
			return strings.HasPrefix(f.Label, label)
		case f.Type == "radio":
			return strings.HasPrefix(f.Group, label)
		}
		return false
	})
	if f.Type == "radio" && f.Label == option {
		p.key(" ")
		return
	}
	current := func(f focus) string {
		if f.Tag == "select" {
			return f.Value
		}
		return f.Label
	}
	if f.Tag == "select" && f.Value == option {
		return
	}
	for range 80 {
		p.key(kb.ArrowDown)
		if f = p.focus(); strings.HasPrefix(current(f), option) {
			return
		}
	}
	p.fail("no option %q under %q", option, label)
}

// Initials chooses from a list by the first letters of the pinyin; option is what must be chosen then, "" for whatever is.
func (p *person) Initials(label, letters, option string) {
	p.t.Helper()
	p.Reach(label, func(f focus) bool { return f.Tag == "select" && strings.HasPrefix(f.Label, label) })
	for _, letter := range letters {
		p.key(string(letter))
	}
	if got := p.focus().Value; got == "" || option != "" && got != option {
		p.fail("typing %q chose %q of %s, want %q", letters, got, label, option)
	}
}

// Begins fails unless the field with the label has the keyboard, empty, without a Tab.
func (p *person) Begins(label string) {
	p.t.Helper()
	if f := p.focus(); !strings.HasPrefix(f.Label, label) || f.Value != "" {
		p.fail("the typing goes on in %q, want %q", f.Label, label)
	}
}

// Tick ticks the box with the label, if it is not ticked.
func (p *person) Tick(label string) {
	p.t.Helper()
	f := p.Reach(label, func(f focus) bool { return f.Type == "checkbox" && strings.HasPrefix(f.Label, label) })
	if !f.Checked {
		p.key(" ")
	}
}

// Press reaches the button or link with the text and presses Enter, and waits for the page it leads to.
func (p *person) Press(label string) {
	p.t.Helper()
	p.press(label)
	p.arrive()
}

// PressUntil is Press for a page that asks for itself anew while the program is at work, until the texts stand on it.
func (p *person) PressUntil(label string, texts ...string) {
	p.t.Helper()
	p.press(label)
	missing := ""
	for deadline := time.Now().Add(2 * time.Minute); time.Now().Before(deadline); time.Sleep(100 * time.Millisecond) {
		ctx, cancel := context.WithTimeout(p.ctx, 5*time.Second)
		page, err := chromedp.Run(ctx, chromedp.Evaluate[string](`document.readyState === "complete" && !window.bangfuBefore ? document.body.innerText : ""`))
		cancel()
		if err != nil {
			continue // it has just gone
		}
		at := slices.IndexFunc(texts, func(text string) bool { return !strings.Contains(page, text) })
		if at < 0 {
			p.look()
			return
		}
		missing = texts[at]
	}
	p.fail("%q does not come", missing)
}

// press reaches the button or link with the text and presses Enter.
func (p *person) press(label string) {
	p.t.Helper()
	p.Reach(label, func(f focus) bool {
		return (f.Tag == "button" || f.Tag == "a" || f.Tag == "summary") && strings.HasPrefix(f.Label, label)
	})
	p.eval(`(() => { window.bangfuBefore = true; return ""; })()`)
	p.key(kb.Enter)
}

// arrive waits until another page is there.
func (p *person) arrive() {
	p.t.Helper()
	deadline := time.Now().Add(30 * time.Second)
	for time.Now().Before(deadline) {
		ctx, cancel := context.WithTimeout(p.ctx, 5*time.Second)
		there, err := chromedp.Run(ctx, chromedp.Evaluate[bool](`!window.bangfuBefore && document.readyState === "complete"`))
		cancel()
		if err == nil && there {
			p.look()
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	p.fail("no page came")
}

// Attach puts a file into the file field with the label. A file chooser is the system's own window and has no keys here.
func (p *person) Attach(name, path string) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 20*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.SetUploadFiles(fmt.Sprintf(`input[type=file][name=%q]`, name), []string{path})); err != nil {
		p.fail("choosing a file: %v", err)
	}
}

// Sees fails unless all texts stand on the page.
func (p *person) Sees(texts ...string) {
	p.t.Helper()
	page := p.eval(`document.body.innerText + " " + document.title`)
	for _, text := range texts {
		if !strings.Contains(page, text) {
			p.fail("does not see %q", text)
		}
	}
}

// SeesNot fails if one of the texts stands on the page.
func (p *person) SeesNot(texts ...string) {
	p.t.Helper()
	page := p.eval(`document.body.innerText + " " + document.title`)
	for _, text := range texts {
		if strings.Contains(page, text) {
			p.fail("sees %q", text)
		}
	}
}

// Path is the address of the page.
func (p *person) Path() string { return p.eval(`location.pathname`) }

// look checks a page on arrival: no untranslated word, no scroll bar to the right, and axe once a kind.
func (p *person) look() {
	p.t.Helper()
	kind := p.eval(`document.documentElement.lang + " " + location.pathname.replace(/[0-9]+/g, "N") + " " + document.title`)
	if page := p.eval(`document.body.innerText + " " + document.title`); strings.Contains(page, "⟦") {
		p.fail("untranslated words")
	}
	if wide := p.eval(`String(document.documentElement.scrollWidth > window.innerWidth)`); wide == "true" {
		p.fail("the page is wider than the window")
	}
	if p.b.seen[kind] {
		return
	}
	p.b.seen[kind] = true
	p.eval(p.b.axe + `; ""`)
	found := p.eval(`axe.run({runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then(r =>
		r.violations.map(v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.html).join(" ; ")).join("\n"))`)
	if found != "" {
		p.fail("axe: %s", found)
	}
}

// fail ends the test with the page's address and a picture of it.
func (p *person) fail(format string, args ...any) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 20*time.Second)
	defer cancel()
	said := fmt.Sprintf(format, args...)
	address, _ := chromedp.Run(ctx, chromedp.Location())
	text, _ := chromedp.Run(ctx, chromedp.Evaluate[string](`document.body.innerText`))
	picture := filepath.Join(os.TempDir(), "bangfu-"+strings.ReplaceAll(p.t.Name(), "/", "-")+".png")
	if shot, err := chromedp.Run(ctx, chromedp.FullScreenshot(100)); err == nil {
		_ = os.WriteFile(picture, shot, 0o600) // only a help for the reader
	}
	p.t.Fatalf("%s at %s: %s\npicture: %s\n%s", p.name, address, said, picture, text)
}
