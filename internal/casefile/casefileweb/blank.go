package casefileweb

import (
	"net/http"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/templates/casefilepage"
	"bangfu/templates/layout"
)

// FormRoutes declares the addresses of blank forms: the list of all, and those that the files themselves have. signed are the
// boxes of others on the application form, as Routes takes them; more are the blank forms of other features.
func FormRoutes(rs *web.Routes, k *web.Kit, signed []Signed, more []casefile.Blank) {
	h := &Handlers{Kit: k, signed: signed}
	blanks := []casefile.Blank{{Path: casefilepage.BlankApplicationPath, Name: casefile.ApplicationForm.Key(), Use: "casefile.blank.use.application"}}
	for _, kind := range ours {
		blanks = append(blanks, casefile.Blank{Path: casefilepage.BlankDeclarationPath(kind), Name: kind.Title(), Use: words.Key("casefile.blank.use." + string(kind))})
	}
	blanks = append(blanks, more...)
	rs.Get(casefilepage.FormsPath, staff.CapFileRead, h.getForms(blanks))
	rs.Get(casefilepage.BlankApplicationPath, staff.CapFileRead, h.getBlankApplication)
	for _, kind := range ours {
		rs.Get(casefilepage.BlankDeclarationPath(kind), staff.CapFileRead, h.getBlankDeclaration(kind))
	}
}

// getForms lists the blank forms.
func (h *Handlers) getForms(blanks []casefile.Blank) web.H {
	return func(w http.ResponseWriter, r *http.Request) error {
		v := casefilepage.FormsView{Page: h.Page(r, "casefile.blank.title"), Blanks: blanks}
		v.Lead, v.Crumbs = "casefile.blank.lead", []layout.Crumb{{Key: "layout.home", Path: "/"}, {Key: "casefile.search.title", Path: casefilepage.SearchPath}}
		return h.Render(w, r, http.StatusOK, casefilepage.Forms(v))
	}
}

// blankSheet is the foot of a blank form.
func (h *Handlers) blankSheet(r *http.Request, title, number words.Key, args ...any) layout.Sheet {
	return layout.Sheet{Page: h.Page(r, title), Official: true, Number: words.T(words.Official(r.Context()), number, args...), By: web.By(r).Name, At: h.Now(),
		Back: casefilepage.FormsPath}
}

// getBlankApplication shows the application and approval form 申请审批表 for the pen, with the boxes of all who sign it.
func (h *Handlers) getBlankApplication(w http.ResponseWriter, r *http.Request) error {
	v := casefilepage.FormView{On: day.On(h.Now()), Sheet: h.blankSheet(r, "casefile.print_title.application", "casefile.blank.empty")}
	var err error
	if v.Opinions, err = h.opinions(r.WithContext(words.Official(r.Context())), casefile.File{}, casefile.Version{}, h.Now()); err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, casefilepage.BlankApplication(v))
}

// linesOfAdults and linesOfChildren are how many lines a blank text has for signatures: a household seldom has more.
const (
	linesOfAdults   = 5
	linesOfChildren = 3
)

// getBlankDeclaration shows the text of a declaration without names.
func (h *Handlers) getBlankDeclaration(kind casefile.DeclarationKind) web.H {
	return func(w http.ResponseWriter, r *http.Request) error {
		v := casefilepage.DeclarationView{Kind: kind, Least: 1,
			Sheet: h.blankSheet(r, kind.Title(), "casefile.text.version", words.Key("casefile.blank.empty"), casefile.DeclarationText)}
		switch kind {
		case casefile.Sensitive:
			v.Least = linesOfAdults
		case casefile.Guardian:
			v.Least = linesOfChildren
		}
		return h.Render(w, r, http.StatusOK, casefilepage.DeclarationSheet(v))
	}
}
