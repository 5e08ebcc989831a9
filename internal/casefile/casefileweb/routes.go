// Package casefileweb answers the addresses of worker files.
package casefileweb

import (
	"net/http"

	"bangfu/internal/casefile"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/casefilepage"
	"bangfu/templates/layout"
)

// Handlers answers the pages of worker files.
type Handlers struct {
	*web.Kit
	panels   []Panel
	notes    []Note
	signed   []Signed
	recorded []casefile.Paper
	asides   asides
}

// Routes declares the addresses; panels are what other features show on the page of a file, in their order, and signed
// the boxes that they fill on its application form, the visit's first; papers are what they print of it, and notes say what
// is doubtful in its answers.
func Routes(rs *web.Routes, k *web.Kit, panels []Panel, signed []Signed, papers []casefile.Paper, notes ...Note) {
	h := &Handlers{Kit: k, panels: panels, signed: signed, recorded: append(ownPapers(), papers...), notes: notes}
	h.asides.prepare()
	rs.Get("/files", staff.CapFileRead, h.getList)
	rs.Get(casefilepage.VisitedPath, staff.CapFileRead, h.getVisited)
	rs.Get("/files/search", staff.CapFileRead, h.getSearch)
	rs.Post("/files/search", staff.CapFileRead, h.postSearch)
	h.savedRoutes(rs)
	h.temporaryRoutes(rs)
	rs.Post("/files", staff.CapFileRegister, h.postRegistration)
	rs.Get("/files/{file}", staff.CapFileRead, h.getFile)
	rs.Get("/files/{file}/versions", staff.CapFileRead, h.getVersions)
	rs.Get("/files/{file}/versions/{version}", staff.CapFileRead, h.getVersion)
	rs.Get("/files/{file}/versions/{version}/changes/{later}", staff.CapFileRead, h.getVersionChanges)

	h.printRoutes(rs)
	h.declarationRoutes(rs)

	rs.Get("/files/{file}/registration", staff.CapFileRegister, h.getTasks)
	rs.Get("/files/{file}/registration/{section}", staff.CapFileRegister, h.getSection)
	rs.Post("/files/{file}/registration/{section}", staff.CapFileRegister, h.postSection)
	rs.Post("/files/{file}/registration/{section}/draft", staff.CapFileRegister, h.postDraft)
	rs.Get("/files/{file}/submission", staff.CapFileRegister, h.getSubmission)
	rs.Post("/files/{file}/submission", staff.CapFileRegister, h.postSubmission)
	rs.Get("/files/{file}/withdrawal", staff.CapFileRegister, h.getWithdrawal)
	rs.Post("/files/{file}/withdrawal", staff.CapFileRegister, h.postWithdrawal)

	rs.Get("/files/{file}/evidence", staff.CapFileRead, h.getEvidence)
	rs.UploadLarge("/files/{file}/evidence", staff.CapFileRegister, h.postEvidence)
	rs.Post("/files/{file}/evidence/completion", staff.CapFileRegister, h.postEvidenceDone)
	rs.Get("/files/{file}/evidence/{paper}", staff.CapFileRead, h.getPaper)
	rs.Get("/files/{file}/evidence/{paper}/content", staff.CapFileRead, h.getPaperContent)
	rs.Post("/files/{file}/evidence/{paper}/uses", staff.CapFileRegister, h.postPaperUse)
	rs.Post("/files/{file}/evidence/{paper}/removal", staff.CapFileRegister, h.postPaperRemoval)

	rs.Get("/files/{file}/economy", staff.CapFileRead, h.getEconomy)
	rs.Get("/files/{file}/arrears", staff.CapFileRead, h.getArrears)
	rs.Post("/files/{file}/arrears", staff.CapFileRegister, h.postArrears)
	rs.Get("/files/{file}/arrears/{arrears}/settlement", staff.CapFileRegister, h.getSettlement)
	rs.Post("/files/{file}/arrears/{arrears}/settlement", staff.CapFileRegister, h.postSettlement)
	rs.Post("/files/{file}/arrears/{arrears}/removal", staff.CapFileRegister, h.postArrearsRemoval)

	rs.Get("/files/{file}/judgement", staff.CapFileRead, h.getJudgement)
	rs.Post("/files/{file}/judgement", staff.CapFileJudge, h.postJudgement)
	rs.Get(casefilepage.RefusalPattern, staff.CapFileRead, h.getRefusal)
	rs.Get("/files/{file}/assessment", staff.CapFileAssess, h.getAssessment)
	rs.Post("/files/{file}/assessment", staff.CapFileAssess, h.postAssessment)

	rs.Get("/changes", staff.CapFileRead, h.getChanges)
	rs.Get("/changes/{change}", staff.CapFileRead, h.getChange)
	rs.Post("/changes/{change}/decision", staff.CapChangeDecide, h.postChangeDecision)
	rs.Post("/changes/{change}/withdrawal", staff.CapFileRegister, h.postChangeWithdrawal)
	rs.Get("/files/{file}/changes", staff.CapFileRead, h.getFileChanges)
	rs.Get("/files/{file}/changes/{kind}", staff.CapFileRegister, h.getNewChange)
	rs.UploadLarge("/files/{file}/changes/{kind}", staff.CapFileRegister, h.postNewChange)
	rs.Post("/files/{file}/changes/{kind}/draft", staff.CapFileRegister, h.postChangeDraft)
	rs.Get("/files/{file}/rejudgement", staff.CapFileRead, h.getRejudgement)
	rs.Post("/files/{file}/rejudgement", staff.CapFileJudge, h.postRejudgement)

	rs.Get("/files/{file}/cards", staff.CapFileRead, h.getCards)
	rs.UploadLarge("/files/{file}/cards", staff.CapFileRegister, h.postCard)
	rs.Post("/files/{file}/cards/{card}/decision", staff.CapCardConfirm, h.postCardDecision)
	rs.Get("/files/{file}/cards/{card}/number", staff.CapFileRead, h.getCardNumber)
	rs.Post("/files/{file}/cards/{card}/number", staff.CapFileRead, h.postCardNumber)
	rs.Get("/files/{file}/people/{person}/number", staff.CapFileRead, h.getPersonNumber)
	rs.Post("/files/{file}/people/{person}/number", staff.CapFileRead, h.postPersonNumber)
}

// savedRoutes declares the addresses of saved lists.
func (h *Handlers) savedRoutes(rs *web.Routes) {
	rs.Get(casefilepage.SavedListsPath, staff.CapFileRead, h.getSavedLists)
	rs.Post(casefilepage.SavedListsPath, staff.CapFileRead, h.postSavedLists)
	rs.Get(casefilepage.SavedListsPath+"/new", staff.CapFileRead, h.getNewSaved)
	rs.Get(casefilepage.SavedListsPath+"/{list}", staff.CapFileRead, h.getSaved)
	rs.Post(casefilepage.SavedListsPath+"/{list}", staff.CapFileRead, h.postSaved)
	rs.Get(casefilepage.SavedListsPath+"/{list}/removal", staff.CapFileRead, h.getSavedRemoval)
	rs.Post(casefilepage.SavedListsPath+"/{list}/removal", staff.CapFileRead, h.postSavedRemoval)
}

// file finds the file that the address names, within the scope of the one who asks.
func (h *Handlers) file(r *http.Request) (casefile.File, error) {
	id, err := web.PathID[work.FileID](r, "file")
	if err != nil {
		return casefile.File{}, err
	}
	return casefile.Find(r.Context(), h.DB, web.By(r).Scope, id)
}

// page starts a page of a file, with its identity bar.
func (h *Handlers) page(r *http.Request, f casefile.File, title words.Key, args ...any) layout.Page {
	p := h.Page(r, title, args...)
	p.Crumbs = casefilepage.Crumbs(f, layout.Crumb{Key: title, Args: args})
	p.Identity = casefilepage.Identity(f)
	return p
}

// temporaryRoutes declares the addresses of temporary files.
func (h *Handlers) temporaryRoutes(rs *web.Routes) {
	rs.Get("/files/{file}/temporary", staff.CapFileRegister, h.getTemporary)
	rs.Post("/files/{file}/temporary", staff.CapFileRegister, h.postTemporary)
	rs.Get("/files/{file}/conversion", staff.CapFileRegister, h.getConversion)
	rs.Post("/files/{file}/conversion", staff.CapFileRegister, h.postConversion)
	rs.Get("/files/{file}/cancellation", staff.CapFileAssess, h.getCancellation)
	rs.Post("/files/{file}/cancellation", staff.CapFileAssess, h.postCancellation)
}

// printRoutes declares the addresses of what is printed.
func (h *Handlers) printRoutes(rs *web.Routes) {
	rs.Get("/files/roster", staff.CapFilePrint, h.getRoster)
	rs.Post("/files/roster", staff.CapFilePrint, h.postRoster)
	rs.Get("/files/{file}/prints", staff.CapFilePrint, h.getPrints)
	rs.Post("/files/{file}/prints", staff.CapFilePrint, h.postPrints)
	rs.Post("/files/{file}/papers", staff.CapFilePrint, h.postRecord)
	rs.Get("/prints/{code}", staff.CapFileRead, h.getCode)
	rs.Get("/prints/{code}/sheet", staff.CapFilePrint, h.getSheet)
}
