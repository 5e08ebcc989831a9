// Package layout holds what stands around every page: the staff shell, the shell
// for the public, the print shell and the error page. It knows no feature: what
// it shows is in Page, which the web package fills.
package layout

import (
	"context"
	"strconv"
	"time"

	"bangfu/internal/form"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/ui"
)

// Addresses the shells post to or lead to; package web answers them.
const (
	LanguagePath = "/language" // POST lang=zh-CN|en, to=the page to come back to
	SignOutPath  = "/signout"  // POST
	StayPath     = "/stay"     // POST, 204: the session lives on
	HelpPath     = "/help"
	DutiesPath   = "/help/duties" // 谁能办: which office can do what
)

// Page is everything the shells show around a page's content.
type Page struct {
	Title   words.Key // the h1 and the browser's title
	Args    []any
	Lead    words.Key // optional sentence below the h1
	LeadArg []any
	Wide    bool // for dense tables: as wide as the window
	Narrow  bool // for one short form, such as the sign-in

	Crumbs   []Crumb
	Identity *ui.IdentityView
	Actions  []ui.Btn // beside the h1
	Flash    *ui.Banner
	Form     *form.Form // its problems are shown first, and in the title

	Path   string // address of this page, to come back to
	Nav    []Nav  // at most seven
	Who    *Who   // nil = nobody is signed in
	Idle   int    // seconds until the session ends; 0 = no warning
	Search string // address of the search, for the key "/"; "" = none

	FormKey func() string // makes one-time form keys; see Key
}

// Nav is one item of the main navigation.
type Nav struct {
	Path    string
	Also    []string // addresses beside it that are reached from it, and that it stands for too
	Label   words.Key
	Current bool
	Within  []Nav // what the item leads to, shown in a row of its own while the item is current
}

// within lists what the current item of the main navigation leads to.
func (p Page) within() []Nav {
	for _, n := range p.Nav {
		if n.Current {
			return n.Within
		}
	}
	return nil
}

// Who is the person signed in.
type Who struct {
	Name   string
	Office string
	Path   string // of the person's own settings
}

// Crumb is one step of the way to this page. Text is shown when Key is empty.
type Crumb struct {
	Key  words.Key
	Args []any
	Text string
	Path string
}

// Key makes a one-time form key for a form on this page.
func (p Page) Key() string {
	if p.FormKey == nil {
		return ""
	}
	return p.FormKey()
}

// problems lists what is wrong with the page's form.
func (p Page) problems() []form.Problem {
	if p.Form == nil {
		return nil
	}
	return p.Form.Errors()
}

// title gives the browser's title: the task first, "错误：" in front of it when
// something is to be put right.
func (p Page) title(ctx context.Context) string {
	title := words.T(ctx, p.Title, p.Args...) + " – " + words.T(ctx, "common.product")
	if len(p.problems()) > 0 {
		return words.T(ctx, "ui.error") + title
	}
	return title
}

// heading says a crumb.
func (c Crumb) heading(ctx context.Context) string {
	if c.Key != "" {
		return words.T(ctx, c.Key, c.Args...)
	}
	return c.Text
}

// Sheet is what a print says about itself.
type Sheet struct {
	Page
	Number  string // of the file or form
	Version string
	By      string // who prints
	At      time.Time
	Back    string // address of the page it was printed from
	Wide    bool   // A4 across
	QR      string // whole address that says later what changed since; then the footer stands on every page
	Trace   Trace  // of a paper that can be put on record

	// Official says that the paper goes to a worker, to another office or to the public: it is in Chinese whatever the
	// reader's language, and who reads another one sees below it, on the screen only, what it says.
	Official bool
}

// on gives the context in which the paper is drawn.
func (s Sheet) on(ctx context.Context) context.Context {
	if s.Official {
		return words.Official(ctx)
	}
	return words.OnPaper(ctx)
}

// unrecorded tells that the paper can be put on record and is not yet: then printing it puts it there.
func (s Sheet) unrecorded() bool { return s.Trace.May && s.Trace.Code == "" }

// Trace is what a paper bears of its record: by a code it can be scanned; without one it can be put on record.
type Trace struct {
	Code    string // of the print; "" = not on record
	Version string
	By      string
	At      time.Time
	Changed bool // the record says something else than the print that was asked for, so it bears no code
	May     bool // the reader may put it on record
	Kind    string
	File    work.FileID
	Subject int64 // the record that it is about; zero = the file itself
}

// CodePath says what became of a print.
func CodePath(code string) string { return "/prints/" + code }

// PapersPath is where a paper of a file is put on record.
func PapersPath(file work.FileID) string {
	return "/files/" + strconv.FormatInt(int64(file), 10) + "/papers"
}

// Failure is an error told to a person.
type Failure struct {
	Status    int // HTTP status
	Title     words.Key
	Args      []any
	Lines     []words.Message // what happened, what to do
	Reference string          // number to give when asking for help; "" = none
	Actions   []ui.Btn
}
