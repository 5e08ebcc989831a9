package web

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"bangfu/internal/work"
)

// H is a handler that returns its error; package web answers it.
type H func(w http.ResponseWriter, r *http.Request) error

// Route is one address with who may pass. The list of all of them is what the access test walks.
type Route struct {
	Method  string
	Pattern string
	Cap     work.Capability // "" only for a public address
	Public  bool
}

// Routes declares addresses on a router and keeps the list. An address that is not declared here does not exist.
type Routes struct {
	kit    *Kit
	router chi.Router
	list   []Route
}

// Sizes of what may be sent, in bytes: a form, and a form with files.
const (
	formLimit   = 256 << 10
	uploadLimit = 11 << 20
	largeLimit  = 51 << 20
)

// NewRoutes starts the declaration on a router.
func NewRoutes(k *Kit, router chi.Router) *Routes { return &Routes{kit: k, router: router} }

// List gives every address declared so far.
func (rs *Routes) List() []Route { return rs.list }

// Get declares a page for those who have the capability. It must change nothing.
func (rs *Routes) Get(pattern string, c work.Capability, h H) {
	rs.add(http.MethodGet, pattern, c, formLimit, h)
}

// Post declares an act for those who have the capability.
func (rs *Routes) Post(pattern string, c work.Capability, h H) {
	rs.add(http.MethodPost, pattern, c, formLimit, h)
}

// Upload declares an act that carries files.
func (rs *Routes) Upload(pattern string, c work.Capability, h H) {
	rs.add(http.MethodPost, pattern, c, uploadLimit, h)
}

// UploadLarge declares an act that carries a table of up to 50 MB.
func (rs *Routes) UploadLarge(pattern string, c work.Capability, h H) {
	rs.add(http.MethodPost, pattern, c, largeLimit, h)
}

// PublicGet declares a page that needs no sign-in.
func (rs *Routes) PublicGet(pattern string, h H) { rs.add(http.MethodGet, pattern, "", formLimit, h) }

// PublicPost declares an act that needs no sign-in.
func (rs *Routes) PublicPost(pattern string, h H) {
	rs.add(http.MethodPost, pattern, "", formLimit, h)
}

func (rs *Routes) add(method, pattern string, c work.Capability, limit int64, h H) {
	rs.list = append(rs.list, Route{Method: method, Pattern: pattern, Cap: c, Public: c == ""})
	guarded := h
	if c != "" {
		if rs.kit.Around != nil {
			h = rs.kit.Around(method, pattern, h)
		}
		guarded = rs.kit.signedIn(c, h)
	}
	rs.router.Method(method, pattern, rs.kit.Handle(limit, guarded))
	if method == http.MethodGet {
		rs.router.Method(http.MethodHead, pattern, rs.kit.Handle(limit, guarded))
	}
}

// signedIn lets those pass whose session is alive and who have the capability.
func (k *Kit) signedIn(c work.Capability, next H) H {
	return func(w http.ResponseWriter, r *http.Request) error {
		by := By(r)
		if by.StaffID == 0 {
			return k.askWho(w, r)
		}
		if !by.Can(c) {
			return &Forbidden{Cap: c}
		}
		if by.MustChange && r.URL.Path != k.ChangePath {
			return SeeOther(w, r, k.ChangePath)
		}
		return next(w, r)
	}
}
