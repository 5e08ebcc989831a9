// Package readingweb watches who reads which file (Watch), and answers the pages that tell it: of a file who opened it, of a day
// who read how much, of a person what was opened. Start reading at Watch.
package readingweb

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"
	"github.com/go-chi/chi/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/reading"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/readingpage"
)

// Handlers answers the pages.
type Handlers struct{ *web.Kit }

// pageSize is how many rows a page shows.
const pageSize = 50

// Routes declares the addresses: of one file for whoever answers for it, of all people for whoever may read the trail.
func Routes(rs *web.Routes, k *web.Kit) {
	h := &Handlers{Kit: k}
	rs.Get("/files/{file}/readings", staff.CapReadingRead, h.getReaders)
	rs.Get(readingpage.DayPath, staff.CapAuditRead, h.getDay)
	rs.Get(readingpage.DayPath+"/{member}", staff.CapAuditRead, h.getPerson)
	rs.Get(readingpage.DayPath+"/{member}/{day}", staff.CapAuditRead, h.getFiles)
}

// Panel is the way from a file to its readers, for those who may know them. It asks nothing.
func Panel(r *http.Request, f casefile.File) (templ.Component, error) {
	if !web.By(r).Can(staff.CapReadingRead) {
		return nil, nil
	}
	return readingpage.Panel(f.ID), nil
}

// getReaders lists who opened a file, the newest day first.
func (h *Handlers) getReaders(w http.ResponseWriter, r *http.Request) error {
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
	v := readingpage.ReadersView{Page: h.Page(r, "reading.of_file"), FileID: f.ID, Behind: behind.StaffID != 0}
	v.Lead, v.Wide, v.Identity, v.Crumbs = "reading.of_file_lead", true, readingpage.Identity(f), readingpage.Crumbs(ctx, f)
	if v.All, v.More, err = reading.Of(ctx, h.DB, scope, f.ID, behind, pageSize); err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, readingpage.Readers(v))
}

// place reads the place in the list of readers that an address names.
func place(text string) (reading.Place, error) {
	if text == "" {
		return reading.Place{}, nil
	}
	cut := strings.LastIndexByte(text, '-')
	if cut < 0 {
		return reading.Place{}, work.ErrNotFound
	}
	on, wrong := day.Parse(text[:cut])
	id, bad := strconv.ParseInt(text[cut+1:], 10, 64)
	if wrong != nil || bad != nil || id < 1 {
		return reading.Place{}, work.ErrNotFound
	}
	return reading.Place{Day: on, StaffID: work.StaffID(id)}, nil
}

// newDayForm asks for a day and, perhaps, a person.
func newDayForm(r *http.Request, today day.Date) *form.Form {
	f := form.Filter(r.URL.Query())
	f.Date("day", "reading.day", form.Default(today), form.NotAfter(today))
	f.Text("person", "reading.person", form.Max(40), form.Width(8))
	f.Known("behind")
	return f
}

// getDay lists who read on a day, who read most first. A filter that is not right lists nothing and says why.
func (h *Handlers) getDay(w http.ResponseWriter, r *http.Request) error {
	ctx, today := r.Context(), day.On(h.Now())
	f := newDayForm(r, today)
	v := readingpage.DayView{Page: h.page(r, "reading.title"), Filter: f, Day: today, Today: today}
	v.Lead, v.Wide, v.Page.Form = "reading.lead", true, f
	if f.Faulty() {
		return h.Render(w, r, http.StatusUnprocessableEntity, readingpage.Day(v))
	}
	if on := f.Field("day").Date(); !on.IsZero() {
		v.Day = on
	}
	behind, err := rank(r.URL.Query().Get("behind"))
	if err != nil {
		return err
	}
	v.Person, v.Behind = f.Field("person").Text(), behind.StaffID != 0
	var people []work.StaffID
	if v.Person != "" {
		if people, err = staff.Named(ctx, h.DB, v.Person); err != nil {
			return err
		}
	}
	if v.All, v.More, err = reading.On(ctx, h.DB, web.By(r).Scope, v.Day, v.Person == "", people, behind, pageSize); err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, readingpage.Day(v))
}

// rank reads the place in a day's list that an address names.
func rank(text string) (reading.Rank, error) {
	if text == "" {
		return reading.Rank{}, nil
	}
	before, after, _ := strings.Cut(text, "-")
	sum, wrong := strconv.Atoi(before)
	id, bad := strconv.ParseInt(after, 10, 64)
	if wrong != nil || bad != nil || sum < 0 || id < 1 {
		return reading.Rank{}, work.ErrNotFound
	}
	return reading.Rank{Sum: sum, StaffID: work.StaffID(id)}, nil
}

// getPerson lists the days on which a person of the reader's offices read, the newest first.
func (h *Handlers) getPerson(w http.ResponseWriter, r *http.Request) error {
	m, err := h.member(r)
	if err != nil {
		return err
	}
	var before day.Date
	if text := r.URL.Query().Get("behind"); text != "" {
		if before, err = h.dayOf(text); err != nil {
			return err
		}
	}
	v := readingpage.PersonView{Page: h.page(r, "reading.of_person", m.Name), StaffID: m.ID, Behind: !before.IsZero()}
	v.Lead, v.LeadArg, v.Wide = "reading.of_person_lead", []any{m.OrgName}, true
	v.Crumbs = append(v.Crumbs, layout.Crumb{Key: "reading.title", Path: readingpage.DayPath})
	if v.All, v.More, err = reading.DaysOf(r.Context(), h.DB, m.ID, before, pageSize); err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, readingpage.Person(v))
}

// getFiles lists what a person opened on a day, the last first.
func (h *Handlers) getFiles(w http.ResponseWriter, r *http.Request) error {
	m, err := h.member(r)
	if err != nil {
		return err
	}
	on, err := h.dayOf(chi.URLParam(r, "day"))
	if err != nil {
		return err
	}
	behind, err := spot(r.URL.Query().Get("behind"))
	if err != nil {
		return err
	}
	v := readingpage.FilesView{Page: h.page(r, "reading.files_of", m.Name, on), StaffID: m.ID, Day: on, Behind: behind.FileID != 0}
	v.Lead, v.LeadArg, v.Wide = "reading.files_of_lead", []any{m.OrgName}, true
	v.Crumbs = append(v.Crumbs, layout.Crumb{Key: "reading.title", Path: readingpage.OnPath(on)},
		layout.Crumb{Key: "reading.of_person", Args: []any{m.Name}, Path: readingpage.PersonPath(m.ID)})
	if v.All, v.More, err = reading.FilesOf(r.Context(), h.DB, web.By(r).Scope, m.ID, on, behind, pageSize); err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, readingpage.Files(v))
}

// member finds the person whom the address names, at an office of the reader's scope.
func (h *Handlers) member(r *http.Request) (staff.Member, error) {
	id, err := web.PathID[work.StaffID](r, "member")
	if err != nil {
		return staff.Member{}, err
	}
	return staff.Find(r.Context(), h.DB, web.By(r).Scope, id)
}

// dayOf reads a day of an address: one that has begun, written as the program writes it.
func (h *Handlers) dayOf(text string) (day.Date, error) {
	on, err := day.Parse(text)
	if err != nil || on.String() != text || on.After(day.On(h.Now())) {
		return day.Date{}, work.ErrNotFound
	}
	return on, nil
}

// spot reads the place in the list of a person's files that an address names.
func spot(text string) (reading.Spot, error) {
	if text == "" {
		return reading.Spot{}, nil
	}
	before, after, _ := strings.Cut(text, "-")
	at, wrong := strconv.ParseInt(before, 10, 64)
	id, bad := strconv.ParseInt(after, 10, 64)
	if wrong != nil || bad != nil || at < 0 || at > latest || id < 1 {
		return reading.Spot{}, work.ErrNotFound
	}
	return reading.Spot{First: time.UnixMicro(at), FileID: work.FileID(id)}, nil
}

// latest is the last moment, in microseconds, that the database knows as a year of four digits.
const latest = 253402300799_000_000

// page starts a page of the auditor's section.
func (h *Handlers) page(r *http.Request, title words.Key, args ...any) layout.Page {
	p := h.Page(r, title, args...)
	p.Crumbs = []layout.Crumb{{Key: "layout.home", Path: "/"}}
	return p
}
