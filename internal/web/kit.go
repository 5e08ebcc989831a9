package web

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/a-h/templ"
	"github.com/alexedwards/scs/v2"

	"bangfu/internal/file"
	"bangfu/internal/seal"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/layout"
)

// Kit is what handlers share. Package app fills it once at start.
type Kit struct {
	DB       work.Beginner
	Clock    work.Clock
	Sessions *scs.SessionManager
	Keys     *seal.Keys
	Files    file.Store
	Log      *slog.Logger
	Proxies  []netip.Prefix // in front of the program; see Behind

	// Actor loads who a session belongs to; work.ErrNotFound ends the session.
	Actor func(ctx context.Context, q work.Querier, id work.StaffID, address string) (work.Actor, error)
	// Nav lists the main navigation of a person.
	Nav func(ctx context.Context, by work.Actor) []layout.Nav
	// Offices names the roles that have a capability, for "who can do this".
	Offices func(c work.Capability) []words.Key
	// Expired answers a form that was sent after the session had ended; see Typed.
	Expired H
	people  Settled[work.Actor] // who is asking
	acts    acts                // by which Kept knows what is stale

	// Around stands around every page and act of those who are signed in, within the check of the capability; nil = nothing does.
	Around func(method, pattern string, h H) H
	// Searching is asked before the person searches for households, and counts it; nil = nobody is asked.
	Searching func(by work.Actor) *Braked

	// ChangePath is where a password that must be changed is changed.
	ChangePath string
}

// Origin is the scheme and host by which the reader reached the program, for addresses that go on paper.
func (k *Kit) Origin(r *http.Request) string {
	if k.Sessions.Cookie.Secure {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// Traced lets a paper bear what is on record of it: with a code its QR, version, maker and time.
func (k *Kit) Traced(r *http.Request, s layout.Sheet, t layout.Trace) layout.Sheet {
	s.Trace = t
	if t.Code != "" {
		s.QR, s.Version, s.By, s.At = k.Origin(r)+layout.CodePath(t.Code), t.Version, t.By, t.At
	}
	return s
}

// Now is the program's time.
func (k *Kit) Now() time.Time { return k.Clock() }

// Page starts the page of a signed-in person: navigation, name, message of the act before, keys for its forms.
func (k *Kit) Page(r *http.Request, title words.Key, args ...any) layout.Page {
	by := By(r)
	p := layout.Page{
		Title: title, Args: args, Path: here(r),
		Flash:   k.takeFlash(r),
		FormKey: func() string { return k.formKey(by.StaffID) },
	}
	if by.StaffID == 0 {
		return p
	}
	p.Who = &layout.Who{Name: by.Name, Office: by.Office, Path: "/me"}
	p.Idle = int(IdleLimit / time.Second)
	if k.Nav != nil {
		p.Nav = k.Nav(r.Context(), by)
		markCurrent(p.Nav, r.URL.Path)
	}
	if by.Can("file.read") {
		p.Search = "/files/search"
	}
	return p
}

// markCurrent marks the navigation item with the longest address that the page lies under, and the item that it stands
// within.
func markCurrent(nav []layout.Nav, path string) {
	best, length := (*layout.Nav)(nil), 0
	for i := range nav {
		if n := deepest(&nav[i], path); n > length {
			best, length = &nav[i], n
		}
	}
	if best == nil {
		return
	}
	best.Current = true
	for i := range best.Within {
		if reaches(&best.Within[i], path) == length {
			best.Within[i].Current = true
			return
		}
	}
}

// deepest gives the length of the longest address, of the item or of one within it, that the page lies under.
func deepest(n *layout.Nav, path string) int {
	length := reaches(n, path)
	for i := range n.Within {
		length = max(length, reaches(&n.Within[i], path))
	}
	return length
}

// reaches gives the length of the longest address that the item alone stands for and the page lies under.
func reaches(n *layout.Nav, path string) int {
	length := lies(path, n.Path)
	for _, also := range n.Also {
		length = max(length, lies(path, also))
	}
	return length
}

// lies gives the length of an address that the page is or lies under; 0 when it does not.
func lies(path, address string) int {
	if path == address || address != "/" && strings.HasPrefix(path, address+"/") {
		return len(address)
	}
	return 0
}

// here is the address to come back to after a change of language: the page itself when it was read, its own address
// without query otherwise.
func here(r *http.Request) string {
	if r.Method == http.MethodGet && r.URL.RawQuery != "" {
		return r.URL.Path + "?" + r.URL.RawQuery
	}
	return r.URL.Path
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// Render writes a whole page. It renders into memory first, so that a fault becomes an error page and never half a
// page with status 200.
func (k *Kit) Render(w http.ResponseWriter, r *http.Request, status int, page templ.Component) error {
	buffer := buffers.Get().(*bytes.Buffer)
	defer func() {
		if buffer.Cap() < 1<<20 {
			buffer.Reset()
			buffers.Put(buffer)
		}
	}()
	buffer.Reset()
	if err := page.Render(r.Context(), buffer); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(buffer.Len()))
	w.WriteHeader(status)
	_, _ = w.Write(buffer.Bytes()) // a reader who went away is no fault of ours
	return nil
}

// SeeOther sends the browser on after a form, so that a reload repeats nothing.
func SeeOther(w http.ResponseWriter, r *http.Request, to string) error {
	http.Redirect(w, r, to, http.StatusSeeOther)
	return nil
}
