package casefileweb

import (
	"net/http"
	"slices"
	"strconv"

	"bangfu/internal/casefile"
	"bangfu/internal/web"
	"bangfu/internal/work"
)

// paperOf gives the paper of a kind; false for the file's own forms.
func (h *Handlers) paperOf(kind casefile.PrintKind) (casefile.Paper, bool) {
	i := slices.IndexFunc(h.recorded, func(p casefile.Paper) bool { return p.Kind == kind })
	if i < 0 {
		return casefile.Paper{}, false
	}
	return h.recorded[i], true
}

// postRecord puts a paper of a file on record and leads to it, with its code on it.
func (h *Handlers) postRecord(w http.ResponseWriter, r *http.Request) error {
	f, err := h.file(r)
	if err != nil {
		return err
	}
	values, err := web.Only(r, "kind", "subject")
	if err != nil {
		return err
	}
	paper, ok := h.paperOf(casefile.PrintKind(values.Get("kind")))
	subject, err := strconv.ParseInt(values.Get("subject"), 10, 64)
	if !ok || err != nil || subject < 0 {
		return web.ErrBadForm
	}
	if !web.By(r).Can(paper.Need) {
		return &web.Forbidden{Cap: paper.Need}
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		made, err := casefile.NewPaper(r.Context(), u, paper, f.ID, subject)
		return paper.At(made) + "#print", err // the script opens what prints
	})
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, to)
}
