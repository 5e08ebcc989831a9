// Package auditweb answers the pages of the audit trail. Start reading at getTrail.
package auditweb

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"bangfu/internal/audit"
	"bangfu/internal/form"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/auditpage"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// Handlers answers the pages of the trail.
type Handlers struct{ *web.Kit }

// Routes declares the addresses.
func Routes(rs *web.Routes, k *web.Kit) {
	h := &Handlers{k}
	rs.Get(auditpage.TrailPath, staff.CapAuditRead, h.getTrail)
	rs.Get(auditpage.ChainPath, staff.CapAuditRead, h.getChain)
	rs.Get("/audit/{entry}", staff.CapAuditRead, h.getEntry)
}

// pageSize is how many entries a page shows.
const pageSize = 50

func newTrailForm(query url.Values) *form.Form {
	areas := []form.Option{{Value: "all", Key: "audit.all_areas"}}
	for _, a := range audit.Areas {
		areas = append(areas, form.Option{Value: string(a.Area), Key: a.Area.Key()})
	}
	f := form.Filter(query)
	f.Text("person", "audit.person", form.Max(40), form.Width(8))
	f.Select("area", "audit.area", areas, form.Default("all"))
	f.Text("number", "audit.file", form.Max(30), form.Width(12))
	f.Date("from", "audit.from")
	f.Date("to", "audit.to")
	f.Known("act", "record", "file", "before")
	if from, to := f.Field("from").Date(), f.Field("to").Date(); f.Field("to").Value != "" && from.After(to) {
		f.Fail("from", "audit.from_after_to")
	}
	return f
}

// getTrail lists entries of the reader's scope, the newest first. A filter that is not right lists nothing and says why.
func (h *Handlers) getTrail(w http.ResponseWriter, r *http.Request) error {
	query := r.URL.Query()
	f := newTrailForm(query)
	p := h.page(r, nil, "audit.title")
	p.Wide, p.Form = true, f
	p.Actions = []ui.Btn{{Key: "audit.chain_button", Href: auditpage.ChainPath, Look: ui.Secondary}}
	if f.Faulty() {
		return h.Render(w, r, http.StatusUnprocessableEntity, auditpage.Trail(p, auditpage.TrailView{Filter: f}))
	}
	filter, chips, err := h.filterOf(r, query, f)
	if err != nil {
		return err
	}
	before := number(query.Get("before"))
	entries, err := audit.List(r.Context(), h.DB, web.By(r).Scope, filter, audit.ID(before), pageSize+1)
	if err != nil {
		return err
	}
	v := auditpage.TrailView{Filter: f, Chips: chips}
	if before != 0 {
		v.Newest = with(query, "before", "")
	}
	if len(entries) > pageSize {
		entries = entries[:pageSize]
		v.Older = with(query, "before", strconv.FormatInt(int64(entries[pageSize-1].ID), 10))
	}
	v.Entries = entries
	return h.Render(w, r, http.StatusOK, auditpage.Trail(p, v))
}

// filterOf reads what the address asks: the form's fields, and the record, file or act that a link named.
func (h *Handlers) filterOf(r *http.Request, query url.Values, f *form.Form) (audit.Filter, []ui.Chip, error) {
	filter := audit.Filter{FileNumber: f.Field("number").Text(), From: f.Field("from").Date(), To: f.Field("to").Date()}
	if area := f.Field("area").Text(); area != "all" {
		filter.Act = area
	}
	if person := f.Field("person").Text(); person != "" {
		people, err := staff.Named(r.Context(), h.DB, person)
		if err != nil {
			return filter, nil, err
		}
		filter.People, filter.ByPeople = people, true
	}
	var chips []ui.Chip
	chip := func(name string, key words.Key, text string) {
		chips = append(chips, ui.Chip{Key: key, Text: text, Remove: with(query, name, "")})
	}
	if kind, id, found := strings.Cut(query.Get("record"), ":"); found {
		filter.Kind, filter.SubjectID = kind, number(id)
		chip("record", "audit.record", kind+" "+id)
	}
	if id := number(query.Get("file")); id != 0 {
		filter.FileID = work.FileID(id)
		chip("file", "audit.file", strconv.FormatInt(id, 10))
	}
	if act := query.Get("act"); act != "" {
		filter.Act = act
		chip("act", "audit.act", act)
	}
	return filter, chips, nil
}

// with is the trail's address with one more word of the query, or with an empty value without it. A change of the
// question begins at the newest entry again.
func with(query url.Values, name, value string) string {
	changed := url.Values{}
	for key, values := range query {
		if key != name && key != "before" {
			changed[key] = values
		}
	}
	if value != "" {
		changed.Set(name, value)
	}
	if len(changed) == 0 {
		return auditpage.TrailPath
	}
	return auditpage.TrailPath + "?" + changed.Encode()
}

// number reads an id of the query; anything else is zero, which asks nothing.
func number(s string) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// getEntry answers the page of one entry.
func (h *Handlers) getEntry(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID[audit.ID](r, "entry")
	if err != nil {
		return err
	}
	e, err := audit.Find(r.Context(), h.DB, web.By(r).Scope, id)
	if err != nil {
		return err
	}
	p := h.page(r, underTrail, "audit.entry_title", int64(id))
	return h.Render(w, r, http.StatusOK, auditpage.Entry(p, e))
}

// getChain checks the chain and says what it found. It reads a few million entries in seconds; nobody waits for it.
func (h *Handlers) getChain(w http.ResponseWriter, r *http.Request) error {
	report, err := audit.Verify(r.Context(), h.DB)
	if err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, auditpage.Chain(h.page(r, underTrail, "audit.chain_title"), report))
}

var underTrail = []layout.Crumb{{Key: "audit.title", Path: auditpage.TrailPath}}

func (h *Handlers) page(r *http.Request, crumbs []layout.Crumb, title words.Key, args ...any) layout.Page {
	p := h.Page(r, title, args...)
	p.Crumbs = append([]layout.Crumb{{Key: "layout.home", Path: "/"}}, crumbs...)
	return p
}
