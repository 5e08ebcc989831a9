package casefileweb

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"path"
	"strconv"
	"strings"
	"unicode"

	"bangfu/internal/casefile"
	"bangfu/internal/file"
	"bangfu/internal/form"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/casefilepage"
)

// newEvidenceForm asks for one paper. The kinds that are missing come first.
func newEvidenceForm(values url.Values, missing []casefile.Requirement) *form.Form {
	f := form.New(values)
	var first string
	var kinds []form.Option
	for _, m := range missing {
		kinds = append(kinds, form.Option{Value: string(m.Kind), Key: m.Kind.Key()})
	}
	if len(kinds) > 0 {
		first = kinds[0].Value
	}
	for _, kind := range casefile.EvidenceKinds {
		if !has(kinds, kind) {
			kinds = append(kinds, form.Option{Value: string(kind), Key: kind.Key()})
		}
	}
	f.Select("kind", "casefile.paper_kind", kinds, form.Required, form.Default(first))
	f.File("paper", "casefile.paper", "image/jpeg,image/png,image/webp,image/heic,application/pdf", form.Required)
	return f
}

// has tells whether a kind is among the options.
func has(options []form.Option, kind casefile.EvidenceKind) bool {
	for _, o := range options {
		if o.Value == string(kind) {
			return true
		}
	}
	return false
}

// getEvidence shows what the file needs and holds.
func (h *Handlers) getEvidence(w http.ResponseWriter, r *http.Request) error {
	f, err := h.file(r)
	if err != nil {
		return err
	}
	return h.showEvidence(w, r, http.StatusOK, f, nil, nil)
}

// showEvidence shows the page; values are what was sent, refusal what was wrong with it.
func (h *Handlers) showEvidence(w http.ResponseWriter, r *http.Request, status int, f casefile.File, values url.Values, refusal *work.Refusal) error {
	hh, err := h.household(r, f, casefile.EvidenceSection)
	if err != nil {
		return err
	}
	s, err := casefile.SituationOf(r.Context(), h.DB, f)
	if err != nil {
		return err
	}
	held, err := casefile.EvidenceOf(r.Context(), h.DB, f.ID)
	if err != nil {
		return err
	}
	may := web.By(r).Can(staff.CapFileRegister)
	v := casefilepage.EvidenceView{Page: h.page(r, f, casefile.EvidenceSection.Key()), File: f, Required: s.Required(), Evidence: held,
		Write: may && f.State.Open(), Editable: may && f.State.Editable(), Seen: hh.task.Version}
	v.Form = newEvidenceForm(values, s.Missing(held))
	if refusal != nil {
		v.Form = refused(v.Form, refusal)
	}
	v.Wide = true
	return h.Render(w, r, status, casefilepage.Evidence(v))
}

// postEvidence stores a paper and puts it into the file. A file of a wrong kind, size or content changes nothing.
func (h *Handlers) postEvidence(w http.ResponseWriter, r *http.Request) error {
	f, err := h.file(r)
	if err != nil {
		return err
	}
	values, err := web.Only(r, "kind")
	if err != nil {
		return err
	}
	kind := newEvidenceForm(values, nil).Field("kind")
	if kind.Error != nil {
		return h.showEvidence(w, r, http.StatusUnprocessableEntity, f, values, nil)
	}
	upload, header, err := web.File(r, "paper")
	if err != nil {
		return err
	}
	if upload == nil {
		return h.showEvidence(w, r, http.StatusUnprocessableEntity, f, values, work.Refuse("casefile.refusal.no_paper").On("paper"))
	}
	defer func() { _ = upload.Close() }() // only read from
	blob, err := h.Files.Put(r.Context(), upload)
	if refusal := paperRefusal(err); refusal != nil {
		return h.showEvidence(w, r, http.StatusUnprocessableEntity, f, values, refusal)
	}
	if err != nil {
		return err
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		_, err := casefile.AddEvidence(r.Context(), u, f.ID, form.One[casefile.EvidenceKind](kind), paperName(header.Filename), blob)
		return casefilepage.EvidencePath(f.ID), err
	})
	if refusal, ok := work.AsRefusal(err); ok {
		return h.showEvidence(w, r, http.StatusUnprocessableEntity, f, values, refusal)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, to)
}

// paperRefusal words why the store took no file; nil when it did, or failed for reasons of its own.
func paperRefusal(err error) *work.Refusal {
	switch {
	case errors.Is(err, file.ErrEmpty):
		return work.Refuse("casefile.refusal.paper_empty").On("paper")
	case errors.Is(err, file.ErrTooLarge):
		return work.Refuse("casefile.refusal.paper_large").On("paper")
	case errors.Is(err, file.ErrType):
		return work.Refuse("casefile.refusal.paper_type").On("paper")
	}
	return nil
}

// longestName is the number of characters kept of a file's name.
const longestName = 100

// paperName is the name of an uploaded file without folders and without signs that nobody sees.
func paperName(sent string) string {
	name := path.Base(strings.ReplaceAll(strings.ToValidUTF8(sent, ""), `\`, "/"))
	name = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, name)
	if runes := []rune(name); len(runes) > longestName {
		name = string(runes[len(runes)-longestName:])
	}
	if name = strings.TrimSpace(name); name == "" || name == "." || name == "/" {
		return "paper"
	}
	return name
}

// postEvidenceDone marks the papers as complete.
func (h *Handlers) postEvidenceDone(w http.ResponseWriter, r *http.Request) error {
	f, err := h.file(r)
	if err != nil {
		return err
	}
	values, err := web.Only(r, "seen")
	if err != nil {
		return err
	}
	version, err := strconv.Atoi(values.Get("seen"))
	if err != nil {
		return web.ErrBadForm
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		return casefilepage.TasksPath(f.ID), casefile.SaveEvidence(r.Context(), u, f.ID, version)
	})
	if refusal, ok := work.AsRefusal(err); ok {
		return h.showEvidence(w, r, http.StatusUnprocessableEntity, f, nil, refusal)
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

// getPaper hands out one paper, always to be saved and never to be run: an own policy, no guessing of the type.
func (h *Handlers) getPaper(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID[work.FileID](r, "file")
	if err != nil {
		return err
	}
	number, err := web.PathID[casefile.EvidenceID](r, "paper")
	if err != nil {
		return err
	}
	paper, err := casefile.FindEvidence(r.Context(), h.DB, web.By(r).Scope, id, number)
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
	w.Header().Set("Content-Type", paper.Type)
	w.Header().Set("Content-Length", strconv.FormatInt(paper.Size, 10))
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": paper.Name}))
	w.Header().Set("Content-Security-Policy", "sandbox; default-src 'none'")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = io.Copy(w, content) // a reader who went away is no fault of ours
	return nil
}
