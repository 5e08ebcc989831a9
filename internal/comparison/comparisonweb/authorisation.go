package comparisonweb

import (
	"net/http"

	"bangfu/internal/casefile"
	"bangfu/internal/comparison"
	"bangfu/internal/day"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/comparisonpage"
	"bangfu/templates/layout"
)

// AuthorisationPaper is the authorisation to compare data 信息比对授权书, put on record.
var AuthorisationPaper = casefile.NewDeclarationPaper(casefile.Comparison, comparisonpage.AuthorisationPath)

// BlankAuthorisation is the same without names, for the pen.
var BlankAuthorisation = casefile.Blank{Path: comparisonpage.BlankPath, Name: casefile.Comparison.Title(), Use: "comparison.authorisation.use"}

// getAuthorisation shows the authorisation with the names of the household, for each adult to sign.
func (h *Handlers) getAuthorisation(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID[work.FileID](r, "file")
	if err != nil {
		return err
	}
	ctx, by := words.Official(r.Context()), web.By(r)
	f, err := casefile.Find(ctx, h.DB, by.Scope, id)
	if err != nil {
		return err
	}
	t, signers, err := casefile.ToSign(ctx, h.DB, h.Keys, by, AuthorisationPaper, r.URL.Query().Get("print"), f.ID, casefile.Comparison, day.On(h.Now()))
	if err != nil {
		return err
	}
	sheet := h.authorisation(r, f.PaperNumber(ctx), comparisonpage.DeclarationsPath(f.ID))
	return h.Render(w, r, http.StatusOK, comparisonpage.Authorisation(comparisonpage.AuthorisationView{Sheet: h.Traced(r, sheet, layout.Trace(t)),
		Office: f.OrgName, Signers: signers, Kinds: comparison.Kinds, Least: 1}))
}

// blankLines is how many people a blank authorisation has room for.
const blankLines = 5

// getBlankAuthorisation shows the authorisation without names.
func (h *Handlers) getBlankAuthorisation(w http.ResponseWriter, r *http.Request) error {
	sheet := h.authorisation(r, words.T(words.Official(r.Context()), "casefile.blank.empty"), "/forms")
	return h.Render(w, r, http.StatusOK, comparisonpage.Authorisation(comparisonpage.AuthorisationView{Sheet: sheet, Kinds: comparison.Kinds, Least: blankLines}))
}

// authorisation is what the paper says of itself.
func (h *Handlers) authorisation(r *http.Request, number, back string) layout.Sheet {
	return layout.Sheet{Page: h.Page(r, casefile.Comparison.Title()), Official: true, By: web.By(r).Name, At: h.Now(), Back: back,
		Number: words.T(words.Official(r.Context()), "casefile.text.version", number, casefile.DeclarationText)}
}
