package paymentweb

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"

	"bangfu/internal/form"
	"bangfu/internal/payment"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/paymentpage"
)

// postFile sends the bank's file of a batch; it is a POST because it leaves an audit entry. The same form again leads
// back to the batch, so that each download is asked for.
func (h *Handlers) postFile(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID[payment.BatchID](r, "batch")
	if err != nil {
		return err
	}
	if _, err := web.Only(r); err != nil {
		return err
	}
	var name string
	var file []byte
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		var err error
		name, file, err = payment.Download(r.Context(), u, h.Keys, id)
		return paymentpage.BatchPath(id), err
	})
	if err != nil {
		return err
	}
	if file == nil {
		return web.SeeOther(w, r, to)
	}
	head := w.Header()
	head.Set("Content-Type", "application/octet-stream")
	head.Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", name))
	head.Set("Content-Length", strconv.Itoa(len(file)))
	head.Set("Cache-Control", "no-store")
	head.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	_, _ = w.Write(file) // a reader who went away is no fault of ours
	return nil
}

// newAnswerForm is the form that takes the bank's answer.
func newAnswerForm(values url.Values) *form.Form {
	f := form.New(values)
	f.File("answer", "payment.answer_file", ".csv,.txt,text/csv,text/plain", form.Required, form.Hint("payment.answer_hint"))
	return f
}

// getAnswer asks for the bank's answer.
func (h *Handlers) getAnswer(w http.ResponseWriter, r *http.Request) error {
	return h.showAnswer(w, r, http.StatusOK, newAnswerForm(nil), nil)
}

// postAnswer reads the bank's answer. A file that does not fit is refused as a whole with the rows named; that it was
// tried stands in the trail.
func (h *Handlers) postAnswer(w http.ResponseWriter, r *http.Request) error {
	b, err := h.batch(r)
	if err != nil {
		return err
	}
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := newAnswerForm(values)
	data, err := upload(r)
	if err != nil {
		return err
	}
	if len(data) == 0 {
		f.Fail("answer", "payment.answer_missing")
	}
	if !f.Valid() {
		return h.showAnswer(w, r, http.StatusUnprocessableEntity, f, nil)
	}
	var out payment.Outcome
	done := false
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		var err error
		out, err = payment.Answer(r.Context(), u, h.Keys, b.ID, data)
		done = err == nil
		return paymentpage.BatchPath(b.ID), err
	})
	var unacceptable *payment.Unacceptable
	if errors.As(err, &unacceptable) {
		return h.refuseAnswer(w, r, b, f, unacceptable.Faults)
	}
	if web.Refused(f, err) {
		return h.showAnswer(w, r, http.StatusUnprocessableEntity, f, nil)
	}
	if err != nil {
		return err
	}
	switch {
	case done && out.Paid+out.Failed == 0:
		h.Flash(r, "payment.answer_nothing")
	case done:
		h.Flash(r, "payment.answer_done", strconv.Itoa(out.Paid), strconv.Itoa(out.Failed), strconv.Itoa(out.Open))
	}
	return web.SeeOther(w, r, to)
}

// upload reads the file sent, one byte more than an answer may have, so that a longer one is noticed.
func upload(r *http.Request) ([]byte, error) {
	f, _, err := web.File(r, "answer")
	if err != nil || f == nil {
		return nil, err
	}
	data, err := io.ReadAll(io.LimitReader(f, payment.MostBytes+1))
	return data, errors.Join(err, f.Close())
}

// refuseAnswer leaves the fact in the trail and names the rows.
func (h *Handlers) refuseAnswer(w http.ResponseWriter, r *http.Request, b payment.Batch, f *form.Form, faults []payment.Fault) error {
	err := work.Do(r.Context(), h.DB, h.Now(), web.By(r), func(u *work.Unit) error {
		return payment.NoteUnacceptable(r.Context(), u, b.ID, len(faults))
	})
	if err != nil {
		return err
	}
	f.Fail("answer", "payment.answer_refused", len(faults))
	return h.showAnswer(w, r, http.StatusUnprocessableEntity, f, faults)
}

// faultsShown is how many faults a page names; more help nobody.
const faultsShown = 100

func (h *Handlers) showAnswer(w http.ResponseWriter, r *http.Request, status int, f *form.Form, faults []payment.Fault) error {
	b, err := h.batch(r)
	if err != nil {
		return err
	}
	v := paymentpage.AnswerView{Page: h.Page(r, "payment.answer_title", b.Number), Batch: b, Faults: faults}
	if len(faults) > faultsShown {
		v.Faults, v.More = faults[:faultsShown], len(faults)-faultsShown
	}
	v.Form, v.Crumbs = f, batchCrumbs(b, layout.Crumb{Key: "payment.answer"})
	return h.Render(w, r, status, paymentpage.Answer(v))
}
