package comparisonweb

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"

	"bangfu/internal/comparison"
	"bangfu/internal/form"
	"bangfu/internal/sheet"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/comparisonpage"
	"bangfu/templates/layout"
)

// newUploadForm takes an answer.
func newUploadForm(values url.Values) *form.Form {
	f := form.New(values)
	f.File("answer", "comparison.answer_file", ".csv,.txt,.xlsx,text/csv,text/plain", form.Required, form.Hint("comparison.answer_hint"))
	return f
}

// getUpload asks for the answer to a list.
func (h *Handlers) getUpload(w http.ResponseWriter, r *http.Request) error {
	b, err := h.batch(r)
	if err != nil {
		return err
	}
	if b.State != comparison.Sent {
		return work.Refuse("comparison.refusal.not_sent", b.State)
	}
	return h.showUpload(w, r, http.StatusOK, b, newUploadForm(nil))
}

// postUpload keeps an answer until its columns are told. One that is no table is refused at once.
func (h *Handlers) postUpload(w http.ResponseWriter, r *http.Request) error {
	b, err := h.batch(r)
	if err != nil {
		return err
	}
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := newUploadForm(values)
	file, header, err := web.File(r, "answer")
	if err != nil {
		return err
	}
	var content []byte
	if file == nil {
		f.Fail("answer", "comparison.answer_missing")
	} else {
		content, err = io.ReadAll(io.LimitReader(file, comparison.MostBytes+1))
		_ = file.Close() // only read from
		if err != nil {
			return fmt.Errorf("reading an upload: %w", err)
		}
	}
	if !f.Valid() {
		return h.showUpload(w, r, http.StatusUnprocessableEntity, b, f)
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		id, err := comparison.Upload(r.Context(), u, h.Keys, b.ID, safeName(header.Filename), content)
		return comparisonpage.AnswerPath(id), err
	})
	if fault, ok := sheet.AsFault(err); ok {
		message := fault.Message()
		f.Fail("answer", message.Key, message.Args...)
		return h.showUpload(w, r, http.StatusUnprocessableEntity, b, f)
	}
	if web.Refused(f, err) {
		return h.showUpload(w, r, http.StatusUnprocessableEntity, b, f)
	}
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, to)
}

// safeName keeps of a file's name what can be shown and kept; the answer needs one.
func safeName(name string) string {
	kept := slices.DeleteFunc([]rune(name), func(c rune) bool { return c < ' ' || c == 0x7f || c == '\uFFFD' })
	if len(kept) == 0 {
		return "answer"
	}
	return string(kept)
}

func (h *Handlers) showUpload(w http.ResponseWriter, r *http.Request, status int, b comparison.Batch, f *form.Form) error {
	v := comparisonpage.FormView{Page: h.Page(r, "comparison.upload"), Action: comparisonpage.UploadPath(b.ID), Back: comparisonpage.Path(b.ID),
		Button: "comparison.upload_button", Upload: true}
	v.Page.Lead, v.Page.Form = "comparison.upload_lead", f
	v.Page.Crumbs = way(layout.Crumb{Text: b.Receiver, Path: comparisonpage.Path(b.ID)})
	return h.Render(w, r, status, comparisonpage.Form(v))
}

// answer finds the answer of the address, and its list.
func (h *Handlers) answer(r *http.Request) (comparison.Answer, comparison.Batch, error) {
	id, err := web.PathID[comparison.AnswerID](r, "answer")
	if err != nil {
		return comparison.Answer{}, comparison.Batch{}, err
	}
	scope := web.By(r).Scope
	a, err := comparison.FindAnswer(r.Context(), h.DB, scope, id)
	if err != nil {
		return a, comparison.Batch{}, err
	}
	b, err := comparison.FindBatch(r.Context(), h.DB, scope, a.Batch)
	return a, b, err
}

// newMappingForm asks where the heads are, what each column of an answer holds, and what a blank means; what the heads tell is
// filled in.
func newMappingForm(values url.Values, s comparison.Sample) *form.Form {
	f := form.New(values)
	f.Number("head", "comparison.heads", form.Required, form.Between(0, comparison.MostAbove), form.Default(s.Head), form.Hint("comparison.heads_hint"))
	for i, guess := range s.Columns {
		f.Select(columnField(i), "comparison.column_nr", form.Options(comparison.Columns()...), form.Required,
			form.LabelArgs(i+1, s.Title(i)), form.Default(string(guess)))
	}
	f.Tick("blank", "comparison.blank_none", form.Hint("comparison.blank_none_hint"))
	f.Tick("absent", "comparison.absent_none", form.Hint("comparison.absent_none_hint"))
	return f
}

func columnField(i int) string { return fmt.Sprintf("column_%d", i) }

// getAnswer shows an answer: its columns to be told, how far it was read, or what became of its rows.
func (h *Handlers) getAnswer(w http.ResponseWriter, r *http.Request) error {
	a, b, err := h.answer(r)
	if err != nil {
		return err
	}
	if a.State == comparison.Uploaded && web.By(r).Can(staff.CapComparisonSend) {
		s, err := comparison.SampleOf(r.Context(), h.DB, h.Keys, a.ID)
		if err != nil {
			return err
		}
		return h.showMapping(w, r, http.StatusOK, a, b, s, newMappingForm(nil, s))
	}
	v := comparisonpage.AnswerView{Page: h.Page(r, "comparison.answer_title", a.Name), Answer: a, Batch: b, Verdict: comparison.Verdict(r.URL.Query().Get("verdict"))}
	if v.Verdict == "" {
		v.Verdict = comparison.Matched
	}
	if !slices.Contains(comparison.Verdicts, v.Verdict) {
		return work.ErrNotFound
	}
	if v.Counts, v.Silent, err = comparison.Tally(r.Context(), h.DB, a); err != nil {
		return err
	}
	after, err := web.QueryID[int](r, "after")
	if err != nil {
		return err
	}
	if v.Rows, v.Next, err = comparison.Rows(r.Context(), h.DB, a.ID, v.Verdict, min(after, 1<<31-1), pageSize); err != nil {
		return err
	}
	v.Page.Wide, v.Page.Crumbs = true, way(layout.Crumb{Text: b.Receiver, Path: comparisonpage.Path(b.ID)})
	if web.By(r).Can(staff.CapComparisonSend) {
		v.Page.Actions = v.Acts()
	}
	return h.Render(w, r, http.StatusOK, comparisonpage.Answer(v))
}

func (h *Handlers) showMapping(w http.ResponseWriter, r *http.Request, status int, a comparison.Answer, b comparison.Batch, s comparison.Sample, f *form.Form) error {
	v := comparisonpage.MappingView{Page: h.Page(r, "comparison.mapping"), Answer: a, Sample: s}
	v.Page.Lead, v.Page.Form, v.Page.Wide = "comparison.mapping_lead", f, true
	v.Page.Crumbs = way(layout.Crumb{Text: b.Receiver, Path: comparisonpage.Path(b.ID)})
	return h.Render(w, r, status, comparisonpage.Mapping(v))
}

// postReading tells the columns and lets the answer be read. A form sent again finds it being read; the form key then
// leads to the page of the first one.
func (h *Handlers) postReading(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	a, b, err := h.answer(r)
	if err != nil {
		return err
	}
	var s comparison.Sample
	if a.State == comparison.Uploaded {
		if s, err = comparison.SampleOf(r.Context(), h.DB, h.Keys, a.ID); err != nil {
			return err
		}
	}
	f := newMappingForm(values, s)
	if a.State == comparison.Uploaded && !f.Valid() {
		return h.showMapping(w, r, http.StatusUnprocessableEntity, a, b, s, f)
	}
	m := comparison.Mapping{Head: int(f.Field("head").Number()), BlankNone: f.Field("blank").Ticked(), AbsentNone: f.Field("absent").Ticked()}
	for i := range s.Columns {
		m.Columns = append(m.Columns, form.One[comparison.Column](f.Field(columnField(i))))
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		return comparisonpage.AnswerPath(a.ID), comparison.Start(r.Context(), u, a.ID, m)
	})
	if a.State == comparison.Uploaded && web.Refused(f, err) {
		return h.showMapping(w, r, http.StatusUnprocessableEntity, a, b, s, f)
	}
	if err != nil {
		return err
	}
	h.Flash(r, "comparison.started")
	return web.SeeOther(w, r, to)
}

// postRemoval puts an answer away that was the wrong table.
func (h *Handlers) postRemoval(w http.ResponseWriter, r *http.Request) error {
	a, b, err := h.answer(r)
	if err != nil {
		return err
	}
	if _, err := web.Only(r); err != nil {
		return err
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		return comparisonpage.Path(b.ID), comparison.Drop(r.Context(), u, a.ID)
	})
	if err != nil {
		return err
	}
	h.Flash(r, "comparison.dropped")
	return web.SeeOther(w, r, to)
}
