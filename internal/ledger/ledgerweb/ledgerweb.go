// Package ledgerweb holds the addresses of ledgers read in and lists given out.
package ledgerweb

import (
	"mime"
	"net/http"

	"github.com/a-h/templ"

	"bangfu/internal/casefile"
	"bangfu/internal/ledger"
	"bangfu/internal/sheet"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/templates/layout"
	"bangfu/templates/ledgerpage"
)

// Handlers answers the addresses of ledgers.
type Handlers struct{ *web.Kit }

// Routes declares the addresses.
func Routes(rs *web.Routes, k *web.Kit) {
	h := &Handlers{k}
	rs.Get(ledgerpage.ImportsPath, staff.CapLedgerImport, h.getImports)
	rs.Get(ledgerpage.UploadPath, staff.CapLedgerImport, h.getUpload)
	rs.UploadLarge(ledgerpage.UploadPath, staff.CapLedgerImport, h.postUpload)
	rs.Get(ledgerpage.TemplatePath, staff.CapLedgerImport, h.getTemplate)
	rs.Get("/imports/{import}", staff.CapLedgerImport, h.getImport)
	rs.Get("/imports/{import}/columns", staff.CapLedgerImport, h.getColumns)
	rs.Post("/imports/{import}/columns", staff.CapLedgerImport, h.postColumns)
	rs.Post("/imports/{import}/sheet", staff.CapLedgerImport, h.postSheet)
	rs.Post("/imports/{import}/start", staff.CapLedgerImport, h.postAct(ledger.Start, "ledger.flash.started"))
	rs.Post("/imports/{import}/removal", staff.CapLedgerImport, h.postAct(ledger.Drop, "ledger.flash.dropped"))
	rs.Get("/imports/{import}/undo", staff.CapLedgerImport, h.getUndo)
	rs.Post("/imports/{import}/undo", staff.CapLedgerImport, h.postAct(ledger.Undo, "ledger.flash.undoing"))
	rs.Get("/imports/{import}/rows", staff.CapLedgerImport, h.getRows)
	rs.Get("/imports/{import}/notes", staff.CapLedgerImport, h.getNotes)
	rs.Get("/imports/{import}/kept", staff.CapLedgerImport, h.getKept)
	rs.Post("/imports/{import}/rejects", staff.CapLedgerImport, h.postRejects)
	h.exportRoutes(rs)
}

// Panel shows on the worker's page where a file comes from, and leads those who may to its table.
func Panel(k *web.Kit) func(r *http.Request, f casefile.File) (templ.Component, error) {
	return func(r *http.Request, f casefile.File) (templ.Component, error) {
		by := web.By(r)
		origin, err := ledger.OriginOf(r.Context(), k.DB, f.ID)
		give := by.Can(staff.CapLedgerExport)
		if err != nil || origin == nil && !give {
			return nil, err
		}
		return ledgerpage.Panel(ledgerpage.PanelView{FileID: f.ID, Origin: origin, Open: by.Can(staff.CapLedgerImport), Give: give}), nil
	}
}

// importOf finds the import of the address.
func (h *Handlers) importOf(r *http.Request) (ledger.Import, error) {
	id, err := web.PathID[ledger.ImportID](r, "import")
	if err != nil {
		return ledger.Import{}, err
	}
	return ledger.Find(r.Context(), h.DB, web.By(r).Scope, id)
}

// crumbs is the way to a page of an import.
func crumbs(i ledger.Import) []layout.Crumb {
	return []layout.Crumb{{Key: "layout.home", Path: "/"}, {Key: "ledger.imports", Path: ledgerpage.ImportsPath},
		{Text: i.Name, Path: ledgerpage.ImportPath(i.ID)}}
}

// counted tells whether anything was written yet.
type counted struct {
	http.ResponseWriter
	n int64
}

func (c *counted) Write(p []byte) (int, error) {
	n, err := c.ResponseWriter.Write(p)
	c.n += int64(n)
	return n, err
}

// send writes a table as a download. A fault after the first byte breaks the line, so that half a table is never taken
// for a whole one.
func send(w http.ResponseWriter, name string, kind sheet.Kind, write func(*counted) error) error {
	head := w.Header()
	head.Set("Content-Type", kind.MediaType())
	head.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	head.Set("Cache-Control", "no-store")
	head.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	out := &counted{ResponseWriter: w}
	err := write(out)
	if err == nil {
		return nil
	}
	if out.n > 0 {
		panic(http.ErrAbortHandler)
	}
	for _, name := range []string{"Content-Type", "Content-Disposition", "Content-Security-Policy"} {
		head.Del(name)
	}
	return err
}
