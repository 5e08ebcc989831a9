// Package moveweb answers the addresses of transfers, splits and merges.
package moveweb

import (
	"errors"
	"net/http"
	"slices"

	"github.com/a-h/templ"

	"bangfu/internal/casefile"
	"bangfu/internal/form"
	"bangfu/internal/move"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/movepage"
	"bangfu/templates/ui"
)

// Handlers answers the pages of moves.
type Handlers struct{ *web.Kit }

// Routes declares the addresses.
func Routes(rs *web.Routes, k *web.Kit) {
	h := &Handlers{k}
	rs.Get("/moves", staff.CapFileRead, h.getMoves)
	rs.Get(movepage.NewBatchPath, staff.CapFileRegister, h.getBatch)
	rs.Post(movepage.NewBatchPath, staff.CapFileRegister, h.postBatch)
	rs.Get("/moves/batches/{batch}", staff.CapFileRead, h.getBatchVerdicts)
	rs.Post("/moves/decisions", staff.CapChangeDecide, h.postDecisions)
	rs.Post("/moves/receipts", staff.CapFileRegister, h.postReceipts)
	rs.Get("/moves/{move}", staff.CapFileRead, h.getMove)
	rs.Get("/moves/{move}/handover", staff.CapFileRead, h.getHandover)
	rs.Post("/moves/{move}/decision", staff.CapChangeDecide, h.postDecision)
	rs.Post("/moves/{move}/receipt", staff.CapFileRegister, h.postReceipt)
	rs.Post("/moves/{move}/withdrawal", staff.CapFileRegister, h.postWithdrawal)
	for _, kind := range move.Kinds {
		rs.Get("/files/{file}/"+string(kind), staff.CapFileRegister, h.asking(kind, h.getAsk))
		rs.Post("/files/{file}/"+string(kind), staff.CapFileRegister, h.asking(kind, h.postAsk))
	}
}

// asking gives a handler the kind of move that its address is for.
func (h *Handlers) asking(kind move.Kind, to func(http.ResponseWriter, *http.Request, move.Kind) error) web.H {
	return func(w http.ResponseWriter, r *http.Request) error { return to(w, r, kind) }
}

// pageSize is the number of rows on one page of a list.
const pageSize = 50

// getMoves shows one list of moves, by default the one that waits for the reader.
func (h *Handlers) getMoves(w http.ResponseWriter, r *http.Request) error {
	by := web.By(r)
	list := move.List(r.URL.Query().Get("list"))
	if list == "" {
		list = move.ToReceive
		if by.Can(staff.CapChangeDecide) {
			list = move.ToDecide
		}
	}
	below, err := web.QueryID[move.ID](r, "below")
	if err != nil || !slices.Contains(move.Lists, list) {
		return work.ErrNotFound
	}
	return h.showMoves(w, r, http.StatusOK, list, below, nil)
}

// showMoves draws one list of moves; f says what was wrong with what was done to several of them.
func (h *Handlers) showMoves(w http.ResponseWriter, r *http.Request, status int, list move.List, below move.ID, f *form.Form) (err error) {
	by := web.By(r)
	v := movepage.ListView{Page: h.Page(r, "move.title"), List: list}
	v.Lead, v.Wide, v.Crumbs, v.Form = "move.lead", true, movepage.Crumbs(), f
	if by.Can(staff.CapFileRegister) {
		v.Actions = []ui.Btn{{Key: "move.batch.open", Href: movepage.NewBatchPath, Look: ui.Secondary}}
	}
	v.MayPick = list == move.ToDecide && by.Can(staff.CapChangeDecide) || list == move.ToReceive && by.Can(staff.CapFileRegister)
	if v.Moves, v.Next, err = move.ListOf(r.Context(), h.DB, by.Scope, list, below, pageSize); err != nil {
		return err
	}
	if v.Counts, err = move.Waiting(r.Context(), h.DB, by.Scope); err != nil {
		return err
	}
	return h.Render(w, r, status, movepage.List(v))
}

// move finds the move that the address names.
func (h *Handlers) move(r *http.Request) (move.Move, error) {
	id, err := web.PathID[move.ID](r, "move")
	if err != nil {
		return move.Move{}, err
	}
	return move.Find(r.Context(), h.DB, web.By(r).Scope, id)
}

// file finds the file that the address names.
func (h *Handlers) file(r *http.Request) (casefile.File, error) {
	id, err := web.PathID[work.FileID](r, "file")
	if err != nil {
		return casefile.File{}, err
	}
	return casefile.Find(r.Context(), h.DB, web.By(r).Scope, id)
}

// Panel shows on the worker's page the moves of a file and the files that it came from, gave people to or ended in.
func Panel(k *web.Kit) func(r *http.Request, f casefile.File) (templ.Component, error) {
	return func(r *http.Request, f casefile.File) (templ.Component, error) {
		ctx, by := r.Context(), web.By(r)
		if f.State != casefile.Active && f.State != casefile.Closed && f.SplitOf == 0 {
			return nil, nil
		}
		v := movepage.PanelView{File: f}
		var err error
		if v.Moves, err = move.OfFile(ctx, k.DB, by.Scope, f.ID); err != nil {
			return nil, err
		}
		for of, to := range map[work.FileID]**casefile.File{f.SplitOf: &v.From, f.MergedInto: &v.Into} {
			if of == 0 {
				continue
			}
			other, err := casefile.Find(ctx, k.DB, by.Scope, of)
			switch {
			case errors.Is(err, work.ErrNotFound): // it lies outside the reader's scope by now
			case err != nil:
				return nil, err
			default:
				*to = &other
			}
		}
		if len(v.Moves) > 0 {
			if v.Splits, err = casefile.SplitsOf(ctx, k.DB, by.Scope, f.ID); err != nil {
				return nil, err
			}
			if v.Merged, err = casefile.MergedIntoFile(ctx, k.DB, by.Scope, f.ID); err != nil {
				return nil, err
			}
		}
		open := slices.ContainsFunc(v.Moves, func(m move.Move) bool { return m.State == move.Asked || m.State == move.Agreed })
		v.MayAsk = f.State == casefile.Active && !open && by.Can(staff.CapFileRegister)
		return movepage.Panel(v), nil
	}
}

// crumbs is the way to a page of a move.
func crumbs(m move.Move, more ...layout.Crumb) []layout.Crumb {
	way := layout.Crumb{Text: m.HeadName, Path: movepage.Path(m.ID)}
	if m.Within {
		way.Path = movepage.FilePath(m.FileID)
	}
	return movepage.Crumbs(append([]layout.Crumb{way}, more...)...)
}
