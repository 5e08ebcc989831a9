package casefileweb

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/go-chi/chi/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/casefilepage"
	"bangfu/templates/ui"
)

// household is what the forms of a registration start from.
type household struct {
	file     casefile.File
	task     casefile.Task
	people   []casefile.Person
	economy  casefile.Economy
	papers   []casefile.Evidence
	arrears  []casefile.Arrears
	property *casefile.Property // nil = not asked yet
	said     casefile.Said
	card     *casefile.Card
	number   string // of the card
	signed   []casefile.Declaration

	today  day.Date
	fresh  bool                // the form starts from what was saved, not from what was typed
	change casefile.ChangeKind // what of an accepted file is to change; "" = the registration is written
	sent   []sentPaper         // came with the form of a change
}

// path is where the form is shown and sent.
func (h household) path() string {
	if h.change != "" {
		return casefilepage.NewChangePath(h.file.ID, h.change)
	}
	return casefilepage.SectionPath(h.file.ID, h.task.Section)
}

// drawer is where what is typed into the form is kept until it is right.
func (h household) drawer() casefile.Section {
	if h.change != "" {
		return casefile.Section("change." + h.change)
	}
	return h.task.Section
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
		err = h.economy(ctx, &hh)
	case casefile.HousingSection, casefile.CausesSection:
		hh.said, err = casefile.SaidOf(ctx, h.DB, f.ID)
	case casefile.PropertySection:
		hh.property, err = casefile.PropertyOf(ctx, h.DB, f.ID)
	case casefile.DeclarationsSection:
		if hh.said, err = casefile.SaidOf(ctx, h.DB, f.ID); err == nil {
			hh.signed, err = casefile.DeclarationsOf(ctx, h.DB, f.ID)
		}
	case casefile.BankSection:
		err = h.card(ctx, &hh)
	}
	return hh, err
}

// economy reads the current snapshot, the papers that its figures can name, and what is owed beside it.
func (h *Handlers) economy(ctx context.Context, hh *household) (err error) {
	if hh.papers, err = casefile.EvidenceOf(ctx, h.DB, hh.file.ID); err != nil {
		return err
	}
	if hh.arrears, err = casefile.ArrearsOf(ctx, h.DB, hh.file.ID); err != nil {
		return err
	}
	hh.economy, err = casefile.EconomyOf(ctx, h.DB, hh.file)
	return err
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
	f.Known("confirmed", "again", "compute", "checked")
	f.Hidden("seen", form.Required, form.Default(hh.task.Version))
	s.fields(f, hh)
	if hh.change != "" {
		changeFields(f, hh)
	}
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
	if head := headOf(typed.Values.Get("sought")); head != nil && len(hh.people) == 0 { // nothing was typed here yet
		hh.people, typed = []casefile.Person{*head}, casefile.Typed{}
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
	if values.Has(casefilepage.ForgetName) {
		return h.forget(w, r, hh)
	}
	values, f, doubts, err := h.read(w, r, hh, s, values)
	if err != nil || f == nil {
		return err
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		if err := h.keepBefore(r.Context(), u, hh, s); err != nil {
			return "", err
		}
		if err := s.save(r.Context(), u, h.Kit, hh, f, doubts); err != nil {
			return "", err
		}
		return casefilepage.TasksPath(hh.file.ID), casefile.KeepHeld(r.Context(), u, h.Keys, hh.file.ID, hh.task.Section, seen(f), heldBy(f))
	})
	if web.Refused(f, err) {
		return h.keepAndShow(w, r, hh, f, values)
	}
	if errors.Is(err, work.ErrStale) {
		return h.showConflict(w, r, hh, s, values, false)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, to)
}

// read takes a form that was sent as far as it can be saved: it puts the sides of a conflict together, checks the fields
// and asks about what is unlikely. It gives no form when it has answered already.
func (h *Handlers) read(w http.ResponseWriter, r *http.Request, hh household, s sheet, values url.Values) (url.Values, *form.Form, []casefile.Doubt, error) {
	if values.Has("merge") {
		merged, open, err := h.merged(r, hh, s, values)
		if err != nil {
			return values, nil, nil, err
		}
		if open {
			return values, nil, nil, h.showConflict(w, r, hh, s, values, true)
		}
		if values.Get("merge") == "form" {
			merged.Set("again", "yes")
		}
		merged[form.KeyName], values = values[form.KeyName], merged
	}
	if values.Has("again") || values.Has("compute") {
		return values, nil, nil, h.Render(w, r, http.StatusOK, casefilepage.Section(h.sectionView(r, hh, build(form.Draft(values), s, hh))))
	}
	f := build(form.New(values), s, hh)
	if f.Editing() {
		return values, nil, nil, h.Render(w, r, http.StatusOK, casefilepage.Section(h.sectionView(r, hh, f)))
	}
	if !f.Valid() {
		return values, nil, nil, h.keepAndShow(w, r, hh, f, values)
	}
	var doubts []casefile.Doubt
	if s.doubts != nil {
		doubts = s.doubts(f, hh)
	}
	if len(doubts) > 0 && values.Get("confirmed") != "yes" {
		return values, nil, nil, h.askDoubts(w, r, hh, doubts, values)
	}
	return values, f, doubts, nil
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
		return casefile.SaveTyped(r.Context(), u, h.Keys, hh.file.ID, hh.drawer(), seen, typedOnly(values))
	})
}

// forget throws away what was typed and not saved, and shows the form as it was before.
func (h *Handlers) forget(w http.ResponseWriter, r *http.Request, hh household) error {
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		return hh.path(), casefile.ForgetTyped(r.Context(), u, hh.file.ID, hh.drawer())
	})
	return redirect(w, r, to, err)
}

// typedOnly leaves out what is not a field of a section: keys and buttons.
func typedOnly(values url.Values) url.Values {
	kept := url.Values{}
	for name, v := range values {
		switch name {
		case form.KeyName, form.AddName, form.RemoveName, "confirmed", "again", "compute", "merge", "checked", baseName, sentFile, sentDrop, sentNumbers:
		default:
			if !strings.HasPrefix(name, ui.TakePrefix) {
				kept[name] = v
			}
		}
	}
	return kept
}

// askDoubts shows what is possible but unlikely, and carries the form through.
func (h *Handlers) askDoubts(w http.ResponseWriter, r *http.Request, hh household, doubts []casefile.Doubt, values url.Values) error {
	v := casefilepage.DoubtView{Page: h.page(r, hh.file, "casefile.doubt_page"), Action: hh.path(), Doubts: doubts}
	v.Values = carry(typedOnly(values))
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
	v.Form, v.Migrant = f, hh.head().Identity == "migrant"
	v.Change, v.People, v.Sent = hh.change, hh.people, shownSent(hh.sent)
	if hh.change != "" {
		v.Title = hh.change.Key()
		v.Crumbs[len(v.Crumbs)-1].Key = hh.change.Key()
	}
	switch hh.task.Section {
	case casefile.MembersSection:
		v.Rows = memberRows(f)
	case casefile.EconomySection:
		v.Sums, v.Arrears = sums(f, hh), hh.arrears
	case casefile.DeclarationsSection:
		v.Actions = []ui.Btn{{Key: "casefile.declarations_print", Href: casefilepage.DeclarationsPath(hh.file.ID), Look: ui.Secondary}}
	}
	return v
}
