package ledgerweb

import (
	"context"
	"net/http"
	"net/url"

	"bangfu/internal/form"
	"bangfu/internal/ledger"
	"bangfu/internal/sheet"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/ledgerpage"
	"bangfu/templates/ui"
)

// Rows on one page.
const (
	importsShown = 30
	rowsShown    = 100
)

// lookAgain is after how many seconds a page on which the program is at work asks for itself anew.
const lookAgain = "3"

// getImports lists the imports.
func (h *Handlers) getImports(w http.ResponseWriter, r *http.Request) error {
	below, err := web.QueryID[ledger.ImportID](r, "below")
	if err != nil {
		return err
	}
	v := ledgerpage.ListView{Page: h.Page(r, "ledger.imports")}
	v.Lead, v.Wide, v.Crumbs = "ledger.imports_lead", true, []layout.Crumb{{Key: "layout.home", Path: "/"}}
	v.Actions = []ui.Btn{{Key: "ledger.upload", Href: ledgerpage.UploadPath}}
	if v.Imports, err = ledger.List(r.Context(), h.DB, web.By(r).Scope, below, importsShown+1); err != nil {
		return err
	}
	if len(v.Imports) > importsShown {
		v.Imports = v.Imports[:importsShown]
		v.Next = v.Imports[importsShown-1].ID
	}
	return h.Render(w, r, http.StatusOK, ledgerpage.List(v))
}

// newUploadForm is the form that takes a ledger.
func newUploadForm(values url.Values) *form.Form {
	f := form.New(values)
	f.File("ledger", "ledger.file", ".xlsx,.csv,.txt", form.Required, form.Hint("ledger.file_hint"))
	return f
}

// getUpload asks for a ledger.
func (h *Handlers) getUpload(w http.ResponseWriter, r *http.Request) error {
	return h.showUpload(w, r, http.StatusOK, newUploadForm(nil))
}

// postUpload takes a ledger and leads on to its columns.
func (h *Handlers) postUpload(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := newUploadForm(values)
	upload, header, err := web.File(r, "ledger")
	if err != nil {
		return err
	}
	if upload == nil {
		f.Fail("ledger", "ledger.file_missing")
	}
	if !f.Valid() {
		return h.showUpload(w, r, http.StatusUnprocessableEntity, f)
	}
	defer upload.Close()
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		id, err := ledger.Upload(r.Context(), u, h.Files, header.Filename, upload)
		return ledgerpage.ColumnsPath(id), err
	})
	if fault, ok := sheet.AsFault(err); ok {
		f.Fail("ledger", "ledger.file_fault", fault.Message())
		return h.showUpload(w, r, http.StatusUnprocessableEntity, f)
	}
	if web.Refused(f, err) {
		return h.showUpload(w, r, http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, to)
}

func (h *Handlers) showUpload(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	page := h.Page(r, "ledger.upload")
	page.Crumbs = []layout.Crumb{{Key: "layout.home", Path: "/"}, {Key: "ledger.imports", Path: ledgerpage.ImportsPath}}
	page.Form = f
	return h.Render(w, r, status, ledgerpage.Upload(ledgerpage.UploadView{Page: page}))
}

// getTemplate sends an empty ledger.
func (h *Handlers) getTemplate(w http.ResponseWriter, r *http.Request) error {
	return send(w, words.T(r.Context(), "ledger.template.name")+".xlsx", sheet.XLSX, func(out *counted) error {
		return ledger.Template(r.Context(), out)
	})
}

// getImport shows one import; while the program is at work on it the page asks for itself anew.
func (h *Handlers) getImport(w http.ResponseWriter, r *http.Request) error {
	i, err := h.importOf(r)
	if err != nil {
		return err
	}
	v := ledgerpage.ImportView{Page: h.Page(r, "ledger.import", i.Name), Import: i, Own: i.OrgID == web.By(r).OrgID, File: i.HasUpload()}
	v.Crumbs = crumbs(i)[:2]
	if i.State.Moving() {
		w.Header().Set("Refresh", lookAgain)
	}
	return h.Render(w, r, http.StatusOK, ledgerpage.Import(v))
}

// postAct carries an import on by one act that needs no field.
func (h *Handlers) postAct(act func(context.Context, *work.Unit, ledger.ImportID) error, told words.Key) web.H {
	return func(w http.ResponseWriter, r *http.Request) error {
		i, err := h.importOf(r)
		if err != nil {
			return err
		}
		if _, err := web.Only(r); err != nil {
			return err
		}
		to, err := h.Do(r, func(u *work.Unit) (string, error) {
			return ledgerpage.ImportPath(i.ID), act(r.Context(), u, i.ID)
		})
		if err != nil {
			return err
		}
		h.Flash(r, told)
		return web.SeeOther(w, r, to)
	}
}

// getUndo asks whether an import is to be undone.
func (h *Handlers) getUndo(w http.ResponseWriter, r *http.Request) error {
	i, err := h.importOf(r)
	if err != nil {
		return err
	}
	page := h.Page(r, "ledger.undo.title", i.Name)
	page.Crumbs = crumbs(i)
	return h.Render(w, r, http.StatusOK, ledgerpage.Undo(ledgerpage.UndoView{Page: page, Import: i}))
}

// getRows lists the rows that were not taken.
func (h *Handlers) getRows(w http.ResponseWriter, r *http.Request) error {
	i, err := h.importOf(r)
	if err != nil {
		return err
	}
	above, err := web.QueryID[int](r, "above")
	if err != nil {
		return err
	}
	v := ledgerpage.RowsView{Page: h.Page(r, "ledger.rows.title", i.Name), Import: i}
	v.Lead, v.Crumbs = "ledger.rows.lead", crumbs(i)
	if v.Rows, err = ledger.WrongRows(r.Context(), h.DB, i.ID, above, rowsShown+1); err != nil {
		return err
	}
	if len(v.Rows) > rowsShown {
		v.Rows = v.Rows[:rowsShown]
		v.Next = v.Rows[rowsShown-1].Row
	}
	return h.Render(w, r, http.StatusOK, ledgerpage.Rows(v))
}

// getKept lists the registrations that an undoing left.
func (h *Handlers) getKept(w http.ResponseWriter, r *http.Request) error {
	i, err := h.importOf(r)
	if err != nil {
		return err
	}
	above, err := web.QueryID[work.FileID](r, "above")
	if err != nil {
		return err
	}
	v := ledgerpage.KeptView{Page: h.Page(r, "ledger.kept.title", i.Name), Import: i}
	v.Lead, v.Crumbs = "ledger.kept.lead", crumbs(i)
	if i.State == ledger.Undone {
		if v.Kept, err = ledger.Kept(r.Context(), h.DB, i.ID, above, rowsShown+1); err != nil {
			return err
		}
	}
	if len(v.Kept) > rowsShown {
		v.Kept = v.Kept[:rowsShown]
		v.Next = v.Kept[rowsShown-1].FileID
	}
	return h.Render(w, r, http.StatusOK, ledgerpage.Kept(v))
}

// getNotes lists the rows that were taken without something.
func (h *Handlers) getNotes(w http.ResponseWriter, r *http.Request) error {
	i, err := h.importOf(r)
	if err != nil {
		return err
	}
	above, err := web.QueryID[int](r, "above")
	if err != nil {
		return err
	}
	v := ledgerpage.NotesView{Page: h.Page(r, "ledger.notes.title", i.Name), Import: i}
	v.Lead, v.Crumbs = "ledger.notes.lead", crumbs(i)
	if v.Rows, err = ledger.NotedRows(r.Context(), h.DB, i.ID, above, rowsShown+1); err != nil {
		return err
	}
	if len(v.Rows) > rowsShown {
		v.Rows = v.Rows[:rowsShown]
		v.Next = v.Rows[rowsShown-1].Row
	}
	return h.Render(w, r, http.StatusOK, ledgerpage.Notes(v))
}

// postRejects sends the rows that were not taken; it is a POST because it leaves an audit entry. The same form again
// leads back to the import, so that each download is asked for.
func (h *Handlers) postRejects(w http.ResponseWriter, r *http.Request) error {
	i, err := h.importOf(r)
	if err != nil {
		return err
	}
	if _, err := web.Only(r); err != nil {
		return err
	}
	fresh := false
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		fresh = true
		return ledgerpage.ImportPath(i.ID), ledger.Rejects(r.Context(), u, i.ID)
	})
	if err != nil {
		return err
	}
	if !fresh {
		return web.SeeOther(w, r, to)
	}
	name := words.T(r.Context(), "ledger.rejects.name", i.ID) + ".xlsx"
	return send(w, name, sheet.XLSX, func(out *counted) error { return ledger.WriteRejects(r.Context(), h.DB, h.Files, i, out) })
}
