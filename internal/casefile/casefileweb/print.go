package casefileweb

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/a-h/templ"
	"github.com/go-chi/chi/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/form"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/casefilepage"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// Signed gives the boxes of the application form that another feature fills: what its people found or decided about the
// file by the given time. A box without text is left for the pen.
type Signed = func(r *http.Request, f casefile.File, by time.Time) ([]ui.Opinion, error)

// printsPage is the number of earlier prints listed at once; rosterPage the number of households on one roster.
const (
	printsPage = 20
	rosterPage = 100
)

// mayReveal tells whether a person may have numbers in the clear on paper.
func mayReveal(by work.Actor) bool {
	return by.Can(staff.CapFileRegister) || by.Can(staff.CapFileAssess)
}

// newPrintForm asks what to print and, of those who may have them, why numbers shall be in the clear. Of a past version only
// the file's own forms can be printed; papers tell what other records say now.
func (h *Handlers) newPrintForm(values url.Values, version int, by work.Actor) *form.Form {
	f := form.New(values)
	kinds := slices.Clone(casefile.PrintKinds)
	for _, paper := range h.recorded {
		if paper.Every && version == 0 && by.Can(paper.Need) {
			kinds = append(kinds, paper.Kind)
		}
	}
	f.Hidden("version", form.Default(version))
	f.Choice("kind", "casefile.print.kind", form.Options(kinds...), form.Required)
	revealField(f, by)
	return f
}

// revealField asks why numbers shall be in the clear; left open they are masked.
func revealField(f *form.Form, by work.Actor) {
	if mayReveal(by) {
		f.Select("reason", "casefile.print.reveal", form.Options(casefile.PrintReasons...), form.Hint("casefile.print.reveal_hint"))
	}
}

// reasonOf reads the reason; "" masks the numbers.
func reasonOf(f *form.Form) casefile.Reason {
	if d := f.Field("reason"); d != nil && d.Text() != "" {
		return form.One[casefile.Reason](d)
	}
	return ""
}

// getPrints asks what to print of a file, and lists what was printed.
func (h *Handlers) getPrints(w http.ResponseWriter, r *http.Request) error {
	f, err := h.file(r)
	if err != nil {
		return err
	}
	version := 0
	if text := r.URL.Query().Get("version"); text != "" {
		if version, err = strconv.Atoi(text); err != nil || version < 1 || version > 1<<30 {
			return work.ErrNotFound
		}
		if _, err := casefile.FindVersion(r.Context(), h.DB, web.By(r).Scope, f.ID, version); err != nil {
			return err
		}
	}
	return h.showPrints(w, r, http.StatusOK, f, h.newPrintForm(nil, version, web.By(r)))
}

func (h *Handlers) showPrints(w http.ResponseWriter, r *http.Request, status int, f casefile.File, fm *form.Form) error {
	below, err := web.QueryID[casefile.PrintID](r, "below")
	if err != nil {
		return err
	}
	prints, err := casefile.Prints(r.Context(), h.DB, web.By(r).Scope, f.ID, below, printsPage+1)
	if err != nil {
		return err
	}
	v := casefilepage.PrintsView{Page: h.page(r, f, "casefile.print.title"), File: f, Prints: prints}
	if len(prints) > printsPage {
		v.Prints = prints[:printsPage]
		v.Next = casefilepage.PrintsPath(f.ID, 0) + "?below=" + strconv.FormatInt(int64(prints[printsPage-1].ID), 10)
	}
	v.Form = fm
	return h.Render(w, r, status, casefilepage.Prints(v))
}

// postPrints puts a print on record and leads to it. With numbers in the clear the answer itself is the print, once, as
// everywhere; coming back shows them masked.
func (h *Handlers) postPrints(w http.ResponseWriter, r *http.Request) error {
	f, err := h.file(r)
	if err != nil {
		return err
	}
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	number, err := strconv.Atoi(values.Get("version"))
	if err != nil || number < 0 || number > 1<<30 {
		return web.ErrBadForm
	}
	fm := h.newPrintForm(values, number, web.By(r))
	if !fm.Valid() {
		return h.showPrints(w, r, http.StatusUnprocessableEntity, f, fm)
	}
	var made casefile.Print
	kind := form.One[casefile.PrintKind](fm.Field("kind"))
	paper, ok := h.paperOf(kind)
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		if ok {
			made, err := casefile.NewPaper(r.Context(), u, paper, f.ID, 0)
			return paper.At(made), err
		}
		var err error
		made, _, err = casefile.NewPrint(r.Context(), u, f.ID, kind, number, reasonOf(fm))
		return casefilepage.SheetPath(made), err
	})
	if web.Refused(fm, err) {
		return h.showPrints(w, r, http.StatusUnprocessableEntity, f, fm)
	}
	if err != nil {
		return err
	}
	if made.ID != 0 && made.Reason != "" {
		return h.showSheet(w, r, made, true)
	}
	return web.SeeOther(w, r, to)
}

// print finds the print of the code in the address.
func (h *Handlers) print(r *http.Request) (casefile.Print, error) {
	return casefile.FindPrint(r.Context(), h.DB, web.By(r).Scope, chi.URLParam(r, "code"))
}

// getCode says of a print on paper by whom it was made, and what changed since.
func (h *Handlers) getCode(w http.ResponseWriter, r *http.Request) error {
	p, err := h.print(r)
	if err != nil {
		return err
	}
	ctx, scope := r.Context(), web.By(r).Scope
	v := casefilepage.CodeView{Page: h.Page(r, "casefile.print.code_title", p.Kind), Print: p, MayPrint: web.By(r).Can(staff.CapFilePrint)}
	if p.Kind == casefile.RosterForm {
		v.Crumbs = []layout.Crumb{{Key: "casefile.list.title", Path: casefilepage.ListPath}, {Key: v.Title, Args: v.Args}}
		if v.Changed, err = casefile.RosterChanges(ctx, h.DB, scope, p); err != nil {
			return err
		}
		return h.Render(w, r, http.StatusOK, casefilepage.Code(v))
	}
	if v.File, err = casefile.Find(ctx, h.DB, scope, p.FileID); err != nil {
		return err
	}
	v.Identity, v.Crumbs = casefilepage.Identity(v.File), casefilepage.Crumbs(v.File, layout.Crumb{Key: v.Title, Args: v.Args})
	printed, err := casefile.FindVersion(ctx, h.DB, scope, p.FileID, p.Version)
	if err != nil {
		return err
	}
	if v.Last, err = casefile.LastVersion(ctx, h.DB, scope, p.FileID); err != nil {
		return err
	}
	for _, facts := range []*casefile.Facts{&printed.Facts, &v.Last.Facts} {
		if err := facts.Reveal(h.Keys); err != nil {
			return err
		}
	}
	v.Differences = casefile.Compare(printed.Facts, v.Last.Facts)
	if paper, ok := h.paperOf(p.Kind); ok {
		v.Paper = true
		if v.Holds, err = paper.Holds(ctx, h.DB, web.By(r), p); err != nil {
			return err
		}
		if paper.Since != nil {
			since, err := paper.Since(ctx, h.DB, web.By(r), p.FileID, p.Subject, p.At)
			if err != nil {
				return err
			}
			v.Differences = append(since, v.Differences...)
		}
	}
	return h.Render(w, r, http.StatusOK, casefilepage.Code(v))
}

// getSheet shows a print again as it was made, with numbers masked.
func (h *Handlers) getSheet(w http.ResponseWriter, r *http.Request) error {
	p, err := h.print(r)
	if err != nil {
		return err
	}
	if paper, ok := h.paperOf(p.Kind); ok {
		return web.SeeOther(w, r, paper.At(p))
	}
	return h.showSheet(w, r, p, false)
}

// showSheet renders a print. The forms of a file, which are signed and kept, are in Chinese whoever prints them; a roster is not.
func (h *Handlers) showSheet(w http.ResponseWriter, r *http.Request, p casefile.Print, full bool) error {
	r = r.WithContext(words.OnPaper(r.Context())) // the boxes of others too
	sheet := layout.Sheet{Page: h.Page(r, "casefile.print_title."+words.Key(p.Kind)), By: p.ByName, At: p.At,
		Back: casefilepage.CodePath(p), QR: h.Origin(r) + casefilepage.CodePath(p)}
	if p.Kind == casefile.RosterForm {
		return h.showRoster(w, r, p, sheet, full)
	}
	f, err := casefile.Find(r.Context(), h.DB, web.By(r).Scope, p.FileID)
	if err != nil {
		return err
	}
	version, err := casefile.FindVersion(r.Context(), h.DB, web.By(r).Scope, p.FileID, p.Version)
	if err != nil {
		return err
	}
	if err := version.Facts.Reveal(h.Keys); err != nil {
		return err
	}
	said := r.WithContext(words.Official(r.Context()))
	sheet.Official = true
	sheet.Number = words.T(said.Context(), "casefile.print.number", casefilepage.Identity(version.Facts.Cover).Number, int64(f.ID))
	sheet.Version = words.T(said.Context(), "casefile.print.version", p.Version, p.Short())
	v := casefilepage.FormView{Sheet: sheet, Facts: version.Facts, Full: full, On: day.On(p.At)}
	if v.Verdict, err = h.verdictBy(r, f, version, p.At); err != nil {
		return err
	}
	var page templ.Component
	switch p.Kind {
	case casefile.ApplicationForm:
		if v.Opinions, err = h.opinions(said, f, version, p.At); err != nil {
			return err
		}
		page = casefilepage.ApplicationSheet(v)
	default:
		v.Opinions = bodies(said.Context(), v.Facts)
		page = casefilepage.RecordSheet(v)
	}
	return h.Render(w, r, http.StatusOK, page)
}

// inRound tells whether something was done in the printed version's round, and by the time of the print.
func inRound(round int, v casefile.Version, at, by time.Time) bool {
	return round == v.Round && !at.After(by)
}

// verdictBy gives the verdict of the printed round, if there was one by then.
func (h *Handlers) verdictBy(r *http.Request, f casefile.File, v casefile.Version, by time.Time) (*eligibility.Verdict, error) {
	j, err := casefile.LastJudgement(r.Context(), h.DB, f.ID)
	if errors.Is(err, work.ErrNotFound) || err == nil && !inRound(j.Round, v, j.JudgedAt, by) {
		return nil, nil
	}
	return &j.Verdict, err
}

// bodies are the boxes of those who gave their opinion on the paper form, and empty ones of those who still will.
func bodies(ctx context.Context, f casefile.Facts) []ui.Opinion {
	var boxes []ui.Opinion
	for _, body := range casefile.Bodies {
		box := ui.Opinion{Key: body.Key()}
		for _, o := range f.Opinions {
			if o.Body == body {
				box.Text, box.By, box.On = o.Opinion, o.GivenBy, words.Long(ctx, o.GivenOn)
			}
		}
		boxes = append(boxes, box)
	}
	return boxes
}

// opinions are the boxes of the application form: the bodies before the flow, what others found and decided by the
// time of the print, the assessment, and the approval of the centre.
func (h *Handlers) opinions(r *http.Request, f casefile.File, v casefile.Version, by time.Time) ([]ui.Opinion, error) {
	boxes := bodies(r.Context(), v.Facts)
	var after []ui.Opinion
	for i, signed := range h.signed {
		more, err := signed(r, f, by)
		if err != nil {
			return nil, err
		}
		if i == 0 { // the visit comes before the assessment
			boxes = append(boxes, more...)
		} else {
			after = append(after, more...)
		}
	}
	assessed := ui.Opinion{Key: "casefile.print.assessed"}
	all, err := casefile.Assessments(r.Context(), h.DB, f.ID)
	if err != nil {
		return nil, err
	}
	if i := slices.IndexFunc(all, func(a casefile.Assessment) bool { return inRound(a.Round, v, a.AssessedAt, by) }); i >= 0 {
		a := all[i]
		assessed = ui.Opinion{Key: assessed.Key, Text: words.T(r.Context(), "casefile.print.opinion_text", a.Verdict, a.Opinion), By: a.AssessedBy, On: words.Long(r.Context(), day.On(a.AssessedAt))}
	}
	approved := ui.Opinion{Key: "casefile.print.approved"}
	if c := v.Facts.Cover; c.Number != "" && !c.ActivatedAt.IsZero() {
		approved.Text = words.T(r.Context(), "casefile.print.approved_text", c.Number, day.On(c.ActivatedAt), c.Category)
	}
	return append(append(append(boxes, assessed), after...), approved), nil
}
