package visitweb

import (
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/staff"
	"bangfu/internal/visit"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
	"bangfu/templates/visitpage"
)

// getSamples lists the random samples.
func (h *Handlers) getSamples(w http.ResponseWriter, r *http.Request) error {
	below, err := web.QueryID[visit.SampleID](r, "below")
	if err != nil {
		return err
	}
	samples, err := visit.ListSamples(r.Context(), h.DB, web.By(r).Scope, below, pageSize+1)
	if err != nil {
		return err
	}
	view := visitpage.SamplesView{Page: h.Page(r, "visit.samples"), Tabs: tabs(r, visitpage.SamplesPath), Samples: samples}
	view.Lead, view.Crumbs = "visit.samples_lead", []layout.Crumb{{Key: "layout.home", Path: "/"}}
	if web.By(r).Can(staff.CapVisitPlan) {
		view.Actions = []ui.Btn{{Key: "visit.sample_new", Href: visitpage.NewSamplePath}}
	}
	if len(samples) > pageSize {
		view.Samples, view.Next = samples[:pageSize], samples[pageSize-1].ID
	}
	return h.Render(w, r, http.StatusOK, visitpage.Samples(view))
}

// percent is a share of one decimal at most.
var percent = regexp.MustCompile(`^(\d{1,3})(?:\.(\d))?$`)

// permille reads a share in per cent; -1 when it is none.
func permille(text string) int {
	m := percent.FindStringSubmatch(strings.TrimSuffix(text, "%"))
	if m == nil {
		return -1
	}
	whole, err := strconv.Atoi(m[1])
	if err != nil {
		return -1
	}
	tenths := 0
	if m[2] != "" {
		tenths = int(m[2][0] - '0')
	}
	return 10*whole + tenths
}

func newSampleForm(values url.Values) *form.Form {
	f := form.New(values)
	f.Text("name", "visit.sample_name", form.Required, form.Least(2), form.Max(80))
	f.Text("share", "visit.sample_share", form.Required, form.Default("30"), form.Width(4), form.Narrow, form.Hint("visit.sample_share_hint"),
		form.Check(func(d *form.Field) {
			if permille(d.Text()) < 0 {
				d.Fail("visit.refusal.percent")
			}
		}))
	return f
}

// getNewSample shows the form that announces a sample.
func (h *Handlers) getNewSample(w http.ResponseWriter, r *http.Request) error {
	return h.showNewSample(w, r, http.StatusOK, newSampleForm(nil))
}

func (h *Handlers) showNewSample(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	page := h.Page(r, "visit.sample_new")
	page.Crumbs, page.Form = under("visit.samples", visitpage.SamplesPath), f
	return h.Render(w, r, status, visitpage.NewSample(visitpage.NewSampleView{Page: page}))
}

// postNewSample announces a sample.
func (h *Handlers) postNewSample(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := newSampleForm(values)
	return h.Act(w, r, f, func() error { return h.showNewSample(w, r, http.StatusUnprocessableEntity, f) }, func(u *work.Unit) (string, error) {
		id, err := visit.Announce(r.Context(), u, f.Field("name").Text(), permille(f.Field("share").Text()))
		return visitpage.SamplePath(id), err
	}, "visit.sample_announced")
}

func newSeedForm(values url.Values, today day.Date) *form.Form {
	f := form.New(values)
	f.Date("on", "visit.seed_on", form.Required, form.Default(today), form.NotAfter(today))
	f.Text("number", "visit.seed_number", form.Required, form.Narrow, form.Hint("visit.seed_number_hint"), form.Width(16))
	f.Text("source", "visit.seed_source", form.Required, form.Least(2), form.Hint("visit.seed_source_hint"))
	return f
}

// sample finds the sample of the address.
func (h *Handlers) sample(r *http.Request) (visit.Sample, error) {
	id, err := web.PathID[visit.SampleID](r, "sample")
	if err != nil {
		return visit.Sample{}, err
	}
	return visit.FindSample(r.Context(), h.DB, web.By(r).Scope, id)
}

// getSample shows a sample: its frame, seed, rule and list; with ?again=yes it is drawn again and compared.
func (h *Handlers) getSample(w http.ResponseWriter, r *http.Request) error {
	s, err := h.sample(r)
	if err != nil {
		return err
	}
	return h.showSample(w, r, http.StatusOK, s, newSeedForm(nil, day.On(h.Now())))
}

func (h *Handlers) showSample(w http.ResponseWriter, r *http.Request, status int, s visit.Sample, seed *form.Form) error {
	by := web.By(r)
	view := visitpage.SampleView{Page: h.Page(r, "visit.sample_title", s.Name), Sample: s}
	view.Crumbs = under("visit.samples", visitpage.SamplesPath)
	view.Actions = []ui.Btn{{Key: "visit.frame_open", Href: visitpage.FramePath(s.ID), Look: ui.Secondary}}
	if s.Seed == "" {
		if by.Can(staff.CapVisitPlan) && s.MaySeed(by) {
			view.Form, view.Seed = seed, seed
		}
		return h.Render(w, r, status, visitpage.Sample(view))
	}
	view.Actions = append([]ui.Btn{{Key: "visit.redraw", Href: visitpage.RedrawPath(s.ID)},
		{Key: "visit.sample_sheet_open", Href: visitpage.SampleSheetPath(s.ID), Look: ui.Secondary}}, view.Actions...)
	after, err := web.QueryID[int](r, "after")
	if err != nil {
		return err
	}
	picks, err := visit.Picks(r.Context(), h.DB, by.Scope, s.ID, after, pageSize+1)
	if err != nil {
		return err
	}
	view.Picks = picks
	if len(picks) > pageSize {
		view.Picks, view.Next = picks[:pageSize], picks[pageSize-1].Position
	}
	if r.URL.Query().Get("again") == "yes" {
		again, err := visit.Redraw(r.Context(), h.DB, by.Scope, s.ID)
		if err != nil {
			return err
		}
		view.Again = &again
	}
	return h.Render(w, r, status, visitpage.Sample(view))
}

// postSeed gives the seed and draws.
func (h *Handlers) postSeed(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	s, err := h.sample(r)
	if err != nil {
		return err
	}
	f := newSeedForm(values, day.On(h.Now()))
	if s.Seed == "" && !f.Valid() {
		return h.showSample(w, r, http.StatusUnprocessableEntity, s, f)
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		return visitpage.SamplePath(s.ID), visit.GiveSeed(r.Context(), u, s.ID, f.Field("on").Date(), f.Field("number").Text(), f.Field("source").Text())
	})
	if s.MaySeed(web.By(r)) && web.Refused(f, err) {
		return h.showSample(w, r, http.StatusUnprocessableEntity, s, f)
	}
	if err != nil {
		return err
	}
	h.Flash(r, "visit.sample_drawn")
	return web.SeeOther(w, r, to)
}

// getFrame gives the numbers of the frame as a plain file: its SHA-256 is the hash on the page.
func (h *Handlers) getFrame(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID[visit.SampleID](r, "sample")
	if err != nil {
		return err
	}
	text, err := visit.Frame(r.Context(), h.DB, web.By(r).Scope, id)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Content-Disposition", fmt.Sprintf(`attachment; filename="frame-%d.txt"`, id))
	_, _ = w.Write([]byte(text)) // a reader who went away is no fault of ours
	return nil
}

// sheetPicks is the most files on the print of a sample; what follows is on the next part.
const sheetPicks = 1000

// getSampleSheet prints a sample.
func (h *Handlers) getSampleSheet(w http.ResponseWriter, r *http.Request) error {
	s, err := h.sample(r)
	if err != nil {
		return err
	}
	by := web.By(r)
	after, err := web.QueryID[int](r, "after")
	if err != nil {
		return err
	}
	picks, err := visit.Picks(r.Context(), h.DB, by.Scope, s.ID, after, sheetPicks+1)
	if err != nil {
		return err
	}
	view := visitpage.SampleSheetView{Sample: s, Picks: picks}
	if len(picks) > sheetPicks {
		view.Picks, view.Next = picks[:sheetPicks], picks[sheetPicks-1].Position
	}
	view.Sheet = layout.Sheet{Page: h.Page(r, "visit.sample_title", s.Name), Number: s.OrgName, By: by.Name, At: h.Now(),
		Back: visitpage.SamplePath(s.ID)}
	return h.Render(w, r, http.StatusOK, visitpage.SampleSheet(view))
}
