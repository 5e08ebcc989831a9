// Package exitweb answers the addresses of exits, callbacks and claims.
package exitweb

import (
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/exit"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/exitpage"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// Handlers answers the pages of exits.
type Handlers struct{ *web.Kit }

// Routes declares the addresses.
func Routes(rs *web.Routes, k *web.Kit) {
	h := &Handlers{k}
	rs.Get("/exits", staff.CapFileRead, h.getExits)
	rs.Get("/exits/statement", staff.CapFileRead, h.getStatement)
	rs.Get("/exits/statement/print", staff.CapFileRead, h.getStatementPrint)
	rs.Get("/exits/{exit}", staff.CapFileRead, h.getExit)
	rs.Get("/exits/{exit}/letter", staff.CapFileRead, h.getLetter)
	rs.Get("/files/{file}/exit", staff.CapExitPropose, h.getProposal)
	rs.Post("/files/{file}/exit", staff.CapExitPropose, h.postProposal)
	rs.Post("/exits/{exit}/withdrawal", staff.CapExitPropose, h.postWithdrawal)
	rs.Post("/exits/{exit}/assessment", staff.CapExitAssess, h.postAssessment)
	rs.Post("/exits/{exit}/posting", staff.CapExitPropose, h.postPosting)
	rs.Post("/exits/{exit}/telling", staff.CapExitPropose, h.postTelling)
	rs.Post("/exits/{exit}/revocation", staff.CapExitAssess, h.postRevocation)
	rs.Post("/exits/{exit}/closing", staff.CapExitAssess, h.postClosing)
	rs.Get("/exits/recoveries", staff.CapRecoveryRead, h.getRecoveries)
	rs.Get("/exits/{exit}/recovery", staff.CapRecoveryRead, h.getRecovery)
	rs.Post("/exits/{exit}/recovery", staff.CapRecoveryReceive, h.postRecovery)
	rs.Get("/exits/receipts/{receipt}/reversal", staff.CapRecoveryReceive, h.getReversal)
	rs.Post("/exits/receipts/{receipt}/reversal", staff.CapRecoveryReceive, h.postReversal)
	rs.Get("/exits/callbacks", staff.CapFileRead, h.getCallbacks)
	rs.Get("/exits/callbacks/{callback}", staff.CapFileRead, h.getCallback)
	rs.Post("/exits/callbacks/{callback}", staff.CapExitPropose, h.postCallback)
	rs.Post("/files/{file}/relapse", staff.CapFileRegister, h.postRelapse)
	rs.Get(exitpage.RulesPath, staff.CapRulesManage, h.getRule)
	rs.Post(exitpage.RulesPath, staff.CapRulesManage, h.postRule)
}

// pageSize is the number of rows on one page of a list.
const pageSize = 50

// getExits shows one list of exits, by default the one that waits for the reader.
func (h *Handlers) getExits(w http.ResponseWriter, r *http.Request) error {
	by := web.By(r)
	list := exit.List(r.URL.Query().Get("list"))
	if list == "" {
		list = exit.ToTell
		if by.Can(staff.CapExitAssess) {
			list = exit.ToAssess
		}
	}
	if !slices.Contains(exit.Lists, list) {
		return work.ErrNotFound
	}
	below, err := web.QueryID[exit.ID](r, "below")
	if err != nil {
		return err
	}
	v := exitpage.ListView{Page: h.Page(r, "exit.title"), List: list, Today: day.On(h.Now())}
	v.Lead, v.Wide = "exit.lead", true
	v.Crumbs = exitpage.Crumbs()
	v.Actions = []ui.Btn{{Key: "exit.statement.title", Href: exitpage.StatementPath(day.Of(v.Today.Year(), 1, 1), v.Today, ""), Look: ui.Secondary}}
	if v.Exits, v.Next, err = exit.ListOf(r.Context(), h.DB, by.Scope, below, pageSize, list); err != nil {
		return err
	}
	if v.Counts, err = exit.Waiting(r.Context(), h.DB, by.Scope); err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, exitpage.List(v))
}

// exit finds the exit that the address names.
func (h *Handlers) exit(r *http.Request) (exit.Exit, error) {
	id, err := web.PathID[exit.ID](r, "exit")
	if err != nil {
		return exit.Exit{}, err
	}
	return exit.Find(r.Context(), h.DB, web.By(r).Scope, id)
}

// file finds the file that the address names.
func (h *Handlers) file(r *http.Request) (casefile.File, error) {
	id, err := web.PathID[work.FileID](r, "file")
	if err != nil {
		return casefile.File{}, err
	}
	return casefile.Find(r.Context(), h.DB, web.By(r).Scope, id)
}

// Panel shows on the worker's page how the household leaves the register, and what came afterwards.
func Panel(k *web.Kit) func(r *http.Request, f casefile.File) (templ.Component, error) {
	return func(r *http.Request, f casefile.File) (templ.Component, error) {
		by := web.By(r)
		v := exitpage.PanelView{File: f}
		if f.State != casefile.Active && f.State != casefile.Closed {
			if f.RelapseOf == 0 {
				return nil, nil
			}
			return exitpage.Panel(v), nil
		}
		var err error
		if v.Exits, err = exit.OfFile(r.Context(), k.DB, by.Scope, f.ID); err != nil {
			return nil, err
		}
		under := slices.ContainsFunc(v.Exits, func(e exit.Exit) bool {
			return e.State != exit.Refused && e.State != exit.Withdrawn
		})
		v.MayPropose = f.State == casefile.Active && !under && by.Can(staff.CapExitPropose)
		if f.State == casefile.Closed {
			if v.Later, err = casefile.RelapsesOf(r.Context(), k.DB, by.Scope, f.ID); err != nil {
				return nil, err
			}
			anew := slices.ContainsFunc(v.Later, func(l casefile.File) bool { return l.State.Open() })
			if by.Can(staff.CapFileRegister) && !anew && f.MergedInto == 0 {
				v.Relapse = k.Page(r, "exit.card.panel").Key()
			}
		}
		return exitpage.Panel(v), nil
	}
}

// crumbs is the way to a page of an exit.
func crumbs(e exit.Exit, more ...layout.Crumb) []layout.Crumb {
	return exitpage.Crumbs(append([]layout.Crumb{{Text: e.HeadName, Path: exitpage.FilePath(e.FileID)}}, more...)...)
}
