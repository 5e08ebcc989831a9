package casefileweb

import (
	"net/http"
	"net/url"
	"slices"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/casefilepage"
	"bangfu/templates/layout"
)

// ours are the declarations whose texts are shown here; that of the comparison is shown by the comparisons.
var ours = []casefile.DeclarationKind{casefile.Truth, casefile.Notice, casefile.Sensitive, casefile.Guardian}

// declarationPapers are their papers.
var declarationPapers = func() map[casefile.DeclarationKind]casefile.Paper {
	papers := map[casefile.DeclarationKind]casefile.Paper{}
	for _, kind := range ours {
		papers[kind] = casefile.NewDeclarationPaper(kind, func(id work.FileID) string { return casefilepage.DeclarationPath(id, kind) })
	}
	return papers
}()

// ownPapers lists the papers that files have by themselves.
func ownPapers() []casefile.Paper {
	papers := []casefile.Paper{refusalPaper}
	for _, kind := range ours {
		papers = append(papers, declarationPapers[kind])
	}
	return papers
}

// declarationRoutes declares the addresses of what a household signs.
func (h *Handlers) declarationRoutes(rs *web.Routes) {
	rs.Get("/files/{file}/declarations", staff.CapFileRead, h.getDeclarations)
	rs.Post("/files/{file}/declarations", staff.CapFileRegister, h.postDeclarations)
	for _, kind := range ours {
		rs.Get("/files/{file}/declarations/"+string(kind), staff.CapFileRead, h.getDeclaration(kind))
	}
}

// The two things that are recorded of a declaration after the file was handed in.
const (
	signs     = "sign"
	withdraws = "withdraw"
)

// newDeclarationForm records a signature, or that a declaration was taken back.
func newDeclarationForm(values url.Values, kinds []casefile.DeclarationKind, today day.Date) *form.Form {
	f := form.New(values)
	options := make([]form.Option, len(kinds))
	for i, kind := range kinds {
		options[i] = form.Option{Value: string(kind), Key: kind.Name()}
	}
	f.Choice("kind", "casefile.declared", options, form.Required)
	f.Choice("act", "casefile.declarations_what", []form.Option{{Value: signs, Key: "casefile.declarations_signed"},
		{Value: withdraws, Key: "casefile.declarations_withdrawn"}}, form.Required)
	f.Date("on", "casefile.declarations_on", form.Required, form.NotAfter(today), form.Default(today))
	return f
}

// getDeclarations shows what a household signed.
func (h *Handlers) getDeclarations(w http.ResponseWriter, r *http.Request) error {
	f, err := h.file(r)
	if err != nil {
		return err
	}
	return h.showDeclarations(w, r, http.StatusOK, f, nil)
}

// showDeclarations draws the page; sent is the form that was refused, nil for a fresh one.
func (h *Handlers) showDeclarations(w http.ResponseWriter, r *http.Request, status int, f casefile.File, sent *form.Form) error {
	people, err := casefile.People(r.Context(), h.DB, h.Keys, f.ID)
	if err != nil {
		return err
	}
	signed, err := casefile.DeclarationsOf(r.Context(), h.DB, f.ID)
	if err != nil {
		return err
	}
	today := day.On(h.Now())
	needed := casefile.Declared(people, today)
	v := casefilepage.DeclarationsView{Page: h.page(r, f, "casefile.declarations_page"), File: f}
	v.Lead, v.LeadArg, v.Wide = "casefile.declarations_lead", []any{casefile.DeclarationText}, true
	for _, kind := range casefile.DeclarationKinds {
		row := casefilepage.DeclarationRow{Kind: kind, Needed: slices.Contains(needed, kind)}
		for i := range signed {
			if signed[i].Kind == kind {
				row.Signed = &signed[i]
			}
		}
		v.Rows = append(v.Rows, row)
	}
	if web.By(r).Can(staff.CapFileRegister) {
		switch {
		case f.State.Editable():
			v.Record = casefilepage.SectionPath(f.ID, casefile.DeclarationsSection)
		case f.State.HandedIn():
			if v.Act = sent; sent == nil {
				v.Act = newDeclarationForm(nil, casefile.DeclarationKinds, today)
			}
		}
	}
	v.Form = sent
	return h.Render(w, r, status, casefilepage.Declarations(v))
}

// postDeclarations records a signature, or that a declaration was taken back.
func (h *Handlers) postDeclarations(w http.ResponseWriter, r *http.Request) error {
	f, err := h.file(r)
	if err != nil {
		return err
	}
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	fm := newDeclarationForm(values, casefile.DeclarationKinds, day.On(h.Now()))
	record, done := casefile.SignDeclaration, words.Key("casefile.declarations_was_signed")
	if fm.Field("act").Text() == withdraws {
		record, done = casefile.WithdrawDeclaration, "casefile.declarations_was_withdrawn"
	}
	return h.Act(w, r, fm, func() error { return h.showDeclarations(w, r, http.StatusUnprocessableEntity, f, fm) }, func(u *work.Unit) (string, error) {
		return casefilepage.DeclarationsPath(f.ID), record(r.Context(), u, f.ID, form.One[casefile.DeclarationKind](fm.Field("kind")), fm.Field("on").Date())
	}, done)
}

// getDeclaration shows the text of a declaration with the names of the household, to be signed.
func (h *Handlers) getDeclaration(kind casefile.DeclarationKind) web.H {
	return func(w http.ResponseWriter, r *http.Request) error {
		f, err := h.file(r)
		if err != nil {
			return err
		}
		ctx, by := words.Official(r.Context()), web.By(r)
		t, signers, err := casefile.ToSign(ctx, h.DB, h.Keys, by, declarationPapers[kind], r.URL.Query().Get("print"), f.ID, kind, day.On(h.Now()))
		if err != nil {
			return err
		}
		if kind == casefile.Guardian && len(signers) == 0 { // no child under fourteen: the page says so
			return web.SeeOther(w, r, casefilepage.DeclarationsPath(f.ID))
		}
		sheet := layout.Sheet{Page: h.Page(r, kind.Title()), Official: true, By: by.Name, At: h.Now(), Back: casefilepage.DeclarationsPath(f.ID),
			Number: words.T(ctx, "casefile.text.version", f.PaperNumber(ctx), casefile.DeclarationText)}
		return h.Render(w, r, http.StatusOK, casefilepage.DeclarationSheet(casefilepage.DeclarationView{Sheet: h.Traced(r, sheet, layout.Trace(t)),
			Kind: kind, Office: f.OrgName, Signers: signers, Least: 1}))
	}
}
