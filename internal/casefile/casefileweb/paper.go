package casefileweb

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"

	"bangfu/internal/casefile"
	"bangfu/internal/file"
	"bangfu/internal/form"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/casefilepage"
)

// paper finds the paper that the address names.
func (h *Handlers) paper(r *http.Request, f casefile.File) (casefile.Evidence, error) {
	id, err := web.PathID[casefile.EvidenceID](r, "paper")
	if err != nil {
		return casefile.Evidence{}, err
	}
	return casefile.FindEvidence(r.Context(), h.DB, web.By(r).Scope, f.ID, id)
}

// getPaper shows one paper in its place, with what is known of it.
func (h *Handlers) getPaper(w http.ResponseWriter, r *http.Request) error {
	f, err := h.file(r)
	if err != nil {
		return err
	}
	return h.showPaper(w, r, http.StatusOK, f, nil)
}

// showPaper shows a paper; sent is the form that was refused, nil for a fresh one.
func (h *Handlers) showPaper(w http.ResponseWriter, r *http.Request, status int, f casefile.File, sent url.Values) error {
	v, err := h.paperView(r, f, sent)
	if err != nil {
		return err
	}
	return h.Render(w, r, status, casefilepage.Paper(v))
}

// paperView fills the page of a paper: the one before and after it, and the form that lets it serve once more.
func (h *Handlers) paperView(r *http.Request, f casefile.File, sent url.Values) (casefilepage.PaperView, error) {
	paper, err := h.paper(r, f)
	if err != nil {
		return casefilepage.PaperView{}, err
	}
	p, err := h.papers(r, f)
	if err != nil {
		return casefilepage.PaperView{}, err
	}
	v := casefilepage.PaperView{Page: h.page(r, f, paper.Kind.Key()), File: f, Paper: paper, Today: p.today}
	v.Wide = true
	for i, e := range p.held {
		if e.ID == paper.ID && i > 0 {
			v.Before = &p.held[i-1]
		}
		if e.ID == paper.ID && i+1 < len(p.held) {
			v.After = &p.held[i+1]
		}
	}
	if web.By(r).Can(staff.CapFileRegister) && f.State.Open() {
		v.Form = form.New(sent)
		paperFields(v.Form, p.situation, p.situation.Missing(p.held, p.today), casefile.NewEvidence{IssuedOn: paper.IssuedOn, PersonID: paper.PersonID}, p.today)
	}
	return v, nil
}

// postPaperUse lets a paper serve as another one too.
func (h *Handlers) postPaperUse(w http.ResponseWriter, r *http.Request) error {
	f, err := h.file(r)
	if err != nil {
		return err
	}
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	v, err := h.paperView(r, f, values)
	if err != nil {
		return err
	}
	if v.Form == nil {
		return work.Refuse("casefile.refusal.not_editable", f.State)
	}
	if !v.Form.Valid() {
		return h.Render(w, r, http.StatusUnprocessableEntity, casefilepage.Paper(v))
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		id, err := casefile.ReuseEvidence(r.Context(), u, f.ID, v.Paper.ID, described(v.Form, ""))
		return casefilepage.PaperPath(f.ID, id), err
	})
	if web.Refused(v.Form, err) {
		return h.Render(w, r, http.StatusUnprocessableEntity, casefilepage.Paper(v))
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, to)
}

// postPaperRemoval takes a paper out of a registration.
func (h *Handlers) postPaperRemoval(w http.ResponseWriter, r *http.Request) error {
	f, err := h.file(r)
	if err != nil {
		return err
	}
	paper, err := web.PathID[casefile.EvidenceID](r, "paper")
	if err != nil {
		return err
	}
	if _, err := web.Only(r); err != nil {
		return err
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		return casefilepage.EvidencePath(f.ID), casefile.RemoveEvidence(r.Context(), u, f.ID, paper)
	})
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, to)
}

// framePolicy lets a paper be shown inside a page of this program, and lets it load nothing.
const framePolicy = "default-src 'none'; frame-ancestors 'self'"

// getPaperContent hands out one paper, and leaves in the trail who looked. It is the one address whose reading is an act:
// who saw the diagnosis of a neighbour must be known (PIPL 51). Photographs have been written anew and a PDF has no way to
// this program's pages, so both are shown in place; with ?save=yes, and what no browser shows, they are to be saved.
func (h *Handlers) getPaperContent(w http.ResponseWriter, r *http.Request) error {
	f, err := h.file(r)
	if err != nil {
		return err
	}
	paper, err := h.paper(r, f)
	if err != nil {
		return err
	}
	content, err := h.Files.Open(r.Context(), paper.Blob)
	if errors.Is(err, file.ErrNotFound) {
		return work.ErrNotFound
	}
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }() // only read from
	err = work.Do(r.Context(), h.DB, h.Now(), web.By(r), func(u *work.Unit) error {
		return casefile.ViewEvidence(r.Context(), u, f.ID, paper)
	})
	if err != nil {
		return err
	}
	disposition := "inline"
	if r.URL.Query().Get("save") == "yes" || !paper.Picture() && !paper.Document() {
		disposition = "attachment"
	}
	w.Header().Set("Content-Type", paper.Type)
	w.Header().Set("Content-Length", strconv.FormatInt(paper.Size, 10))
	w.Header().Set("Content-Disposition", mime.FormatMediaType(disposition, map[string]string{"filename": paper.Name}))
	w.Header().Set("Content-Security-Policy", framePolicy)
	w.Header().Set("X-Frame-Options", "SAMEORIGIN")
	_, _ = io.Copy(w, content) // a reader who went away is no fault of ours
	return nil
}
