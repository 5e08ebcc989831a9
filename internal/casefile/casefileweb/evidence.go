package casefileweb

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/file"
	"bangfu/internal/form"
	"bangfu/internal/picture"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/casefilepage"
)

// acceptedPapers is what a browser offers to choose. A telephone that keeps its photographs as HEIC sends them as JPEG
// when no HEIC is asked for.
const acceptedPapers = "image/jpeg,image/png,image/webp,application/pdf"

// mostPapers is how many pages of one paper are sent at once, and mostBytes how much they are together, in bytes.
const (
	mostPapers = 10
	mostBytes  = 50 << 20
)

// newEvidenceForm asks for one paper, of one or several pages. The kinds that are missing come first.
func newEvidenceForm(values url.Values, s casefile.Situation, missing []casefile.Requirement, today day.Date) *form.Form {
	f := form.New(values)
	first := casefile.Requirement{}
	if len(missing) > 0 {
		first = missing[0]
	}
	paperFields(f, s, missing, casefile.NewEvidence{Kind: first.Kind, PersonID: first.PersonID}, today)
	f.File("paper", "casefile.paper", acceptedPapers, form.Required, form.Several, form.Largest(file.MaxSize, mostBytes), form.Hint("casefile.paper_hint", mostPapers))
	return f
}

// paperFields asks what a paper is: its kind, whose it is, and when it was issued. shown is what stands in a fresh form.
func paperFields(f *form.Form, s casefile.Situation, missing []casefile.Requirement, shown casefile.NewEvidence, today day.Date) {
	first := make([]casefile.EvidenceKind, len(missing))
	for i, m := range missing {
		first[i] = m.Kind
	}
	kinds, people := paperKinds(first), paperPeople(s.People)
	f.Select("kind", "casefile.paper_kind", kinds, form.Required, form.Default(string(shown.Kind)))
	f.Select("person", "casefile.paper_person", people, form.Required, form.Default(strconv.FormatInt(int64(shown.PersonID), 10)))
	f.Date("issued_on", "casefile.paper_issued", form.NotAfter(today), form.Default(shown.IssuedOn), form.Hint("casefile.paper_issued_hint"))
}

// paperKinds offers all kinds of papers, some of them first.
func paperKinds(first []casefile.EvidenceKind) []form.Option {
	var kinds []form.Option
	for _, kind := range slices.Concat(first, casefile.EvidenceKinds) {
		if !has(kinds, kind) {
			kinds = append(kinds, form.Option{Value: string(kind), Key: kind.Key()})
		}
	}
	return kinds
}

// paperPeople offers those whose paper it can be.
func paperPeople(people []casefile.Person) []form.Option {
	all := []form.Option{{Value: household0, Key: "casefile.paper_household"}}
	for _, p := range people {
		all = append(all, form.Option{Value: strconv.FormatInt(int64(p.ID), 10), Text: p.Name})
	}
	return all
}

// household0 is the choice of the whole household among people.
const household0 = "0"

// described reads what a form says of a paper, in the fields kind, person and issued_on behind a prefix.
func described(f *form.Form, prefix string) casefile.NewEvidence {
	return casefile.NewEvidence{Kind: form.One[casefile.EvidenceKind](f.Field(prefix + "kind")), PersonID: person(f.Field(prefix + "person")),
		IssuedOn: f.Field(prefix + "issued_on").Date()}
}

// has tells whether a kind is among the options.
func has(options []form.Option, kind casefile.EvidenceKind) bool {
	return slices.ContainsFunc(options, func(o form.Option) bool { return o.Value == string(kind) })
}

// getEvidence shows what the file needs and holds. The address may name the paper that is wanted.
func (h *Handlers) getEvidence(w http.ResponseWriter, r *http.Request) error {
	f, err := h.file(r)
	if err != nil {
		return err
	}
	return h.showEvidence(w, r, http.StatusOK, f, nil)
}

// papers is what the page of the papers stands on.
type papers struct {
	situation casefile.Situation
	held      []casefile.Evidence
	today     day.Date
}

// papers reads what the file needs and holds.
func (h *Handlers) papers(r *http.Request, f casefile.File) (papers, error) {
	p := papers{today: day.On(h.Now())}
	var err error
	if p.situation, err = casefile.SituationOf(r.Context(), h.DB, f); err != nil {
		return p, err
	}
	p.held, err = casefile.EvidenceOf(r.Context(), h.DB, f.ID)
	return p, err
}

// form makes the form of a new paper; wanted papers come first.
func (p papers) form(values url.Values, wanted ...casefile.Requirement) *form.Form {
	return newEvidenceForm(values, p.situation, append(wanted, p.situation.Missing(p.held, p.today)...), p.today)
}

// wanted reads from an address which paper somebody chose to add.
func wanted(r *http.Request) []casefile.Requirement {
	kind := casefile.EvidenceKind(r.URL.Query().Get("kind"))
	if !slices.Contains(casefile.EvidenceKinds, kind) {
		return nil
	}
	person, _ := strconv.ParseInt(r.URL.Query().Get("person"), 10, 64) // what is no number is the household
	return []casefile.Requirement{{Kind: kind, PersonID: casefile.PersonID(person)}}
}

// showEvidence shows the page; sent is the form that was refused, nil for a fresh one.
func (h *Handlers) showEvidence(w http.ResponseWriter, r *http.Request, status int, f casefile.File, sent *form.Form) error {
	hh, err := h.household(r, f, casefile.EvidenceSection)
	if err != nil {
		return err
	}
	p, err := h.papers(r, f)
	if err != nil {
		return err
	}
	may := web.By(r).Can(staff.CapFileRegister)
	v := casefilepage.EvidenceView{Page: h.page(r, f, casefile.EvidenceSection.Key()), File: f, Required: p.situation.Required(), Evidence: p.held,
		Today: p.today, Write: may && f.State.Open(), Editable: may && f.State.Editable(), Seen: hh.task.Version}
	if v.Form = sent; sent == nil {
		v.Form = p.form(nil, wanted(r)...)
	}
	v.Wide = true
	return h.Render(w, r, status, casefilepage.Evidence(v))
}

// postEvidence stores the pages of a paper and puts them into the file, all of them or none.
func (h *Handlers) postEvidence(w http.ResponseWriter, r *http.Request) error {
	f, err := h.file(r)
	if err != nil {
		return err
	}
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	p, err := h.papers(r, f)
	if err != nil {
		return err
	}
	fm := p.form(values)
	pages, err := web.Files(r, "paper")
	if err != nil {
		return err
	}
	switch {
	case len(pages) == 0:
		fm.Fail("paper", "casefile.refusal.no_paper")
	case len(pages) > mostPapers:
		fm.Fail("paper", "casefile.refusal.many_papers", mostPapers, len(pages))
	}
	if !fm.Valid() {
		return h.showEvidence(w, r, http.StatusUnprocessableEntity, f, fm)
	}
	blobs, err := h.store(r.Context(), pages)
	if web.Refused(fm, err) {
		return h.showEvidence(w, r, http.StatusUnprocessableEntity, f, fm)
	}
	if err != nil {
		return err
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		for i, blob := range blobs {
			paper := described(fm, "")
			paper.Name = paperName(pages[i].Filename)
			if _, err := casefile.AddEvidence(r.Context(), u, f.ID, paper, blob); err != nil {
				return "", err
			}
		}
		return casefilepage.EvidencePath(f.ID), nil
	})
	if web.Refused(fm, err) {
		return h.showEvidence(w, r, http.StatusUnprocessableEntity, f, fm)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, to)
}

// store keeps the pages of a paper. Photographs are made fit first: upright, of a readable size, without the place.
func (h *Handlers) store(ctx context.Context, pages []*multipart.FileHeader) ([]file.Blob, error) {
	blobs := make([]file.Blob, len(pages))
	for i, page := range pages {
		data, err := read(page)
		if err != nil {
			return nil, err
		}
		kind := file.TypeOf(data)
		if kind == "image/heic" {
			return nil, work.Refuse("casefile.refusal.paper_heic", paperName(page.Filename)).On("paper")
		}
		if strings.HasPrefix(kind, "image/") && len(data) <= file.MaxSize {
			if data, err = picture.Clean(ctx, data); err != nil {
				return nil, paperRefusal(err, page.Filename)
			}
		}
		if blobs[i], err = h.Files.Put(ctx, bytes.NewReader(data)); err != nil {
			return nil, paperRefusal(err, page.Filename)
		}
	}
	return blobs, nil
}

// read reads one page, one byte more than a page may have, so that a longer one is noticed.
func read(page *multipart.FileHeader) ([]byte, error) {
	content, err := page.Open()
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(content, file.MaxSize+1))
	return data, errors.Join(err, content.Close())
}

// paperRefusal words why a page was not taken; any other error stays itself.
func paperRefusal(err error, name string) error {
	for fault, key := range map[error]string{
		file.ErrEmpty: "casefile.refusal.paper_empty", file.ErrTooLarge: "casefile.refusal.paper_large",
		file.ErrType: "casefile.refusal.paper_type", picture.ErrUnreadable: "casefile.refusal.paper_damaged",
		picture.ErrTooLarge: "casefile.refusal.paper_points",
	} {
		if errors.Is(err, fault) {
			return work.Refuse(key, paperName(name)).On("paper")
		}
	}
	return err
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
		p, err := h.papers(r, f)
		if err != nil {
			return err
		}
		fm := p.form(nil)
		web.Refused(fm, refusal)
		return h.showEvidence(w, r, http.StatusUnprocessableEntity, f, fm)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, to)
}
