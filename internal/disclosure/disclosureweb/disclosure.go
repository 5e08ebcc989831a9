// Package disclosureweb answers the page of what left the office about one household.
package disclosureweb

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"

	"bangfu/internal/casefile"
	"bangfu/internal/disclosure"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/disclosurepage"
)

// Handlers answers the page.
type Handlers struct{ *web.Kit }

// pageSize is how many disclosures a page shows.
const pageSize = 50

// Routes declares the address. Who may read the trail may read this: it tells who saw what.
func Routes(rs *web.Routes, k *web.Kit) {
	h := &Handlers{Kit: k}
	rs.Get("/files/{file}/disclosures", staff.CapAuditRead, h.getDisclosures)
}

// Panel is the way from a file to its list, for those who may read it. It asks nothing.
func Panel(r *http.Request, f casefile.File) (templ.Component, error) {
	if !web.By(r).Can(staff.CapAuditRead) {
		return nil, nil
	}
	return disclosurepage.Panel(f.ID), nil
}

// getDisclosures lists what left the office about a file, the newest first.
func (h *Handlers) getDisclosures(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID[work.FileID](r, "file")
	if err != nil {
		return err
	}
	ctx, scope := r.Context(), web.By(r).Scope
	f, err := casefile.Find(ctx, h.DB, scope, id)
	if err != nil {
		return err
	}
	behind, err := place(r.URL.Query().Get("behind"))
	if err != nil {
		return err
	}
	v := disclosurepage.ListView{Page: h.Page(r, "disclosure.title"), FileID: f.ID, Behind: behind.ID != 0}
	v.Lead, v.Wide, v.Identity, v.Crumbs = "disclosure.lead", true, disclosurepage.Identity(f), disclosurepage.Crumbs(ctx, f)
	if v.All, v.More, err = disclosure.Of(ctx, h.DB, scope, f.ID, behind, pageSize); err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, disclosurepage.List(v))
}

// place reads the place in the list that an address names.
func place(text string) (disclosure.Place, error) {
	if text == "" {
		return disclosure.Place{}, nil
	}
	parts := strings.Split(text, "-")
	if len(parts) != 3 || !slices.Contains(disclosure.Kinds, disclosure.Kind(parts[1])) {
		return disclosure.Place{}, work.ErrNotFound
	}
	at, wrong := strconv.ParseInt(parts[0], 10, 64)
	id, bad := strconv.ParseInt(parts[2], 10, 64)
	if wrong != nil || bad != nil || at < 0 || at > latest || id < 1 {
		return disclosure.Place{}, work.ErrNotFound
	}
	return disclosure.Place{At: time.UnixMicro(at), Kind: disclosure.Kind(parts[1]), ID: id}, nil
}

// latest is the last moment, in microseconds, that the database knows as a year of four digits.
const latest = 253402300799_000_000
