package casefileweb

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/go-chi/chi/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/casefilepage"
)

// household is what the forms of a registration start from.
type household struct {
	file     casefile.File
	task     casefile.Task
	people   []casefile.Person
	economy  casefile.Economy
	property *casefile.Property // nil = not asked yet
	causes   []casefile.Cause
	card     *casefile.Card
	number   string // of the card
	signed   []casefile.Declaration
	today    day.Date
	fresh    bool // the form starts from what was saved, not from what was typed
}

// sheet is one section: its fields, what is doubtful in them, and how they are saved.
type sheet struct {
	fields func(f *form.Form, h household)
	doubts func(f *form.Form, h household) []casefile.Doubt
	save   func(ctx context.Context, u *work.Unit, k *web.Kit, h household, f *form.Form, confirmed []casefile.Doubt) error
}

// sheets are the sections that have a form of fields; the papers have a page of their own.
var sheets = map[casefile.Section]sheet{
	casefile.HeadSection:         {headFields, headDoubts, saveHead},
	casefile.MembersSection:      {memberFields, memberDoubts, saveMembers},
	casefile.WorkSection:         {workFields, nil, saveWork},
	casefile.HousingSection:      {housingFields, nil, saveHousing},
	casefile.EconomySection:      {economyFields, economyDoubts, saveEconomy},
	casefile.PropertySection:     {propertyFields, nil, saveProperty},
	casefile.CausesSection:       {causeFields, nil, saveCauses},
	casefile.BankSection:         {bankFields, nil, saveBank},
	casefile.DeclarationsSection: {declarationFields, nil, saveDeclarations},
}

// section finds the file and the section that the address names.
func (h *Handlers) section(r *http.Request) (household, sheet, error) {
	f, err := h.file(r)
	if err != nil {
		return household{}, sheet{}, err
	}
	name := casefile.Section(chi.URLParam(r, "section"))
	s, ok := sheets[name]
	if !ok {
		return household{}, sheet{}, work.ErrNotFound
	}
	if !f.State.Editable() {
		return household{}, sheet{}, work.Refuse("casefile.refusal.not_editable", f.State)
	}
	hh, err := h.household(r, f, name)
	return hh, s, err
}

// household reads what the section's form starts from.
func (h *Handlers) household(r *http.Request, f casefile.File, section casefile.Section) (household, error) {
	ctx := r.Context()
	hh := household{file: f, today: day.On(h.Now()), task: casefile.Task{Section: section}}
	tasks, err := casefile.TasksOf(ctx, h.DB, f, web.By(r).StaffID, hh.today)
	if err != nil {
		return hh, err
	}
	for _, t := range tasks {
		if t.Section == section {
			hh.task = t
		}
	}
	if hh.people, err = casefile.People(ctx, h.DB, h.Keys, f.ID); err != nil {
		return hh, err
	}
	switch section {
	case casefile.EconomySection:
		hh.economy, err = casefile.EconomyOf(ctx, h.DB, f)
	case casefile.PropertySection:
		hh.property, err = casefile.PropertyOf(ctx, h.DB, f.ID)
	case casefile.CausesSection:
		hh.causes, err = casefile.CausesOf(ctx, h.DB, f.ID)
	case casefile.DeclarationsSection:
		hh.signed, err = casefile.DeclarationsOf(ctx, h.DB, f.ID)
	case casefile.BankSection:
		err = h.card(ctx, &hh)
	}
	return hh, err
}

// card reads the card in use with its number, for the form of the one who registers.
func (h *Handlers) card(ctx context.Context, hh *household) error {
	card, err := casefile.CurrentCard(ctx, h.DB, hh.file.ID)
	if errors.Is(err, work.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	hh.card = &card
	hh.number, err = card.Number(h.Keys)
	return err
}

// build declares the fields of a section on a form. seen is the version of the section when it was shown.
func build(f *form.Form, s sheet, hh household) *form.Form {
	f.Known("confirmed", "again", "compute")
	f.Hidden("seen", form.Required, form.Default(hh.task.Version))
	s.fields(f, hh)
	return f
}

// getSection shows a section: what was typed and not saved, else what was saved, else empty fields.
func (h *Handlers) getSection(w http.ResponseWriter, r *http.Request) error {
	hh, s, err := h.section(r)
	if err != nil {
		return err
	}
	typed, err := casefile.TypedBefore(r.Context(), h.DB, h.Keys, hh.file.ID, hh.task.Section, web.By(r).StaffID)
	if err != nil {
		return err
	}
	f := form.Draft(typed.Values)
	hh.fresh = len(typed.Values) == 0
	v := h.sectionView(r, hh, build(f, s, hh))
	v.Typed = typed.SavedAt
	return h.Render(w, r, http.StatusOK, casefilepage.Section(v))
}

// postSection saves a section. Whatever happens, what was typed is on the page that answers, and kept on the server.
func (h *Handlers) postSection(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	hh, s, err := h.section(r)
	if err != nil {
		return err
	}
	if values.Has("again") || values.Has("compute") {
		return h.Render(w, r, http.StatusOK, casefilepage.Section(h.sectionView(r, hh, build(form.Draft(values), s, hh))))
	}
	f := build(form.New(values), s, hh)
	if f.Editing() {
		return h.Render(w, r, http.StatusOK, casefilepage.Section(h.sectionView(r, hh, f)))
	}
	if !f.Valid() {
		return h.keepAndShow(w, r, hh, f, values)
	}
	var doubts []casefile.Doubt
	if s.doubts != nil {
		doubts = s.doubts(f, hh)
	}
	if len(doubts) > 0 && values.Get("confirmed") != "yes" {
		return h.askDoubts(w, r, hh, doubts, values)
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		return casefilepage.TasksPath(hh.file.ID), s.save(r.Context(), u, h.Kit, hh, f, doubts)
	})
	if web.Refused(f, err) {
		return h.keepAndShow(w, r, hh, f, values)
	}
	if errors.Is(err, work.ErrStale) {
		return h.showConflict(w, r, hh, s, values)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, to)
}

// seen is the version of the section when its form was shown; what is no number never fits one.
func seen(f *form.Form) int {
	n, err := strconv.Atoi(f.Field("seen").Text())
	if err != nil || n < 0 {
		return -1
	}
	return n
}

// keepAndShow answers a form that was refused: what was typed is kept as a draft and shown again.
func (h *Handlers) keepAndShow(w http.ResponseWriter, r *http.Request, hh household, f *form.Form, values url.Values) error {
	if err := h.keep(r, hh, casefile.Whenever, values); err != nil {
		return err
	}
	return h.Render(w, r, http.StatusUnprocessableEntity, casefilepage.Section(h.sectionView(r, hh, f)))
}

// keep saves what was typed as the person's draft.
func (h *Handlers) keep(r *http.Request, hh household, seen int, values url.Values) error {
	return work.Do(r.Context(), h.DB, h.Now(), web.By(r), func(u *work.Unit) error {
		return casefile.SaveTyped(r.Context(), u, h.Keys, hh.file.ID, hh.task.Section, seen, typedOnly(values))
	})
}

// typedOnly leaves out what is not a field of a section: keys and buttons.
func typedOnly(values url.Values) url.Values {
	kept := url.Values{}
	for name, v := range values {
		switch name {
		case form.KeyName, form.AddName, form.RemoveName, "confirmed", "again", "compute":
		default:
			kept[name] = v
		}
	}
	return kept
}

// showConflict answers a section that somebody else saved since it was opened: what they wrote stands beside what was
// typed, field by field, and saving again takes what stands in the form (ux.md U32).
func (h *Handlers) showConflict(w http.ResponseWriter, r *http.Request, hh household, s sheet, values url.Values) error {
	now, err := h.file(r)
	if err != nil {
		return err
	}
	current, err := h.household(r, now, hh.task.Section)
	if err != nil {
		return err
	}
	mine := build(form.Draft(values), s, current)
	current.fresh = true
	theirs := build(form.New(nil), s, current)
	mine.Field("seen").Value = strconv.Itoa(current.task.Version)
	v := h.sectionView(r, current, mine)
	v.Others = current.task.SavedBy
	for _, d := range mine.Fields() {
		other := theirs.Field(d.Name)
		if d.Name == "seen" || other != nil && said(r.Context(), other) == said(r.Context(), d) {
			continue
		}
		difference := casefilepage.Difference{Label: words.Saying(d.Label, d.Args...), Mine: said(r.Context(), d)}
		if other != nil {
			difference.Theirs = said(r.Context(), other)
		}
		v.Differ = append(v.Differ, difference)
	}
	return h.Render(w, r, http.StatusConflict, casefilepage.Section(v))
}

// said is what a field holds as a person reads it.
func said(ctx context.Context, d *form.Field) string {
	text := ""
	for _, o := range d.Options {
		if !d.Has(o.Value) {
			continue
		}
		if text != "" {
			text += "、"
		}
		if o.Key != "" {
			text += words.T(ctx, o.Key)
		} else {
			text += o.Text
		}
	}
	if text == "" {
		return d.Value
	}
	return text
}

// askDoubts shows what is possible but unlikely, and carries the form through.
func (h *Handlers) askDoubts(w http.ResponseWriter, r *http.Request, hh household, doubts []casefile.Doubt, values url.Values) error {
	v := casefilepage.DoubtView{Page: h.page(r, hh.file, "casefile.doubt_page"), File: hh.file, Section: hh.task.Section, Doubts: doubts}
	kept := typedOnly(values)
	names := make([]string, 0, len(kept))
	for name := range kept {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for _, value := range kept[name] {
			v.Values = append(v.Values, casefilepage.Carried{Name: name, Value: value})
		}
	}
	return h.Render(w, r, http.StatusOK, casefilepage.Doubt(v))
}

// postDraft keeps what was typed so far. It has no form key and no visible effect: the newest draft counts.
func (h *Handlers) postDraft(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	hh, _, err := h.section(r)
	if err != nil {
		return err
	}
	seen, err := strconv.Atoi(values.Get("seen"))
	if err != nil {
		return web.ErrBadForm
	}
	if err := h.keep(r, hh, seen, values); err != nil && !errors.Is(err, work.ErrStale) {
		return err
	}
	w.WriteHeader(http.StatusNoContent)
	return nil
}

// sectionView fills the page of a section.
func (h *Handlers) sectionView(r *http.Request, hh household, f *form.Form) casefilepage.SectionView {
	v := casefilepage.SectionView{Page: h.page(r, hh.file, hh.task.Section.Key()), File: hh.file, Section: hh.task.Section}
	v.Form = f
	switch hh.task.Section {
	case casefile.MembersSection:
		v.Rows = memberRows(f)
	case casefile.EconomySection:
		economy := economyOf(f)
		for _, side := range casefile.Sides {
			sum, err := economy.Sum(side)
			if err == nil {
				v.Sums = append(v.Sums, casefilepage.SumView{Side: side, Sum: sum})
			}
		}
	}
	return v
}
