package retentionweb

import (
	"net/http"
	"net/url"
	"strconv"

	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/retention"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/retentionpage"
)

// newProposalForm declares the form for a batch of an office.
func newProposalForm(values url.Values, org work.OrgID, today day.Date) *form.Form {
	f := form.New(values)
	f.Hidden("org", form.Default(strconv.FormatInt(int64(org), 10)))
	f.Text("name", "retention.name", form.Required, form.Least(2), form.Max(80), form.Hint("retention.name_hint"))
	f.Date("closed_until", "retention.closed_until", form.Required, form.Default(retention.LastOver(today)), form.Hint("retention.closed_until_hint", retention.Most))
	f.Area("basis", "retention.basis", form.Required, form.Least(2), form.Max(500), form.Hint("retention.basis_hint"))
	return f
}

// getProposal shows the form for a batch of the office in the address, or of the reader's own.
func (h *Handlers) getProposal(w http.ResponseWriter, r *http.Request) error {
	org, err := h.office(r)
	if err != nil {
		return err
	}
	if org.ID == 0 {
		if org, err = staff.FindOrg(r.Context(), h.DB, web.By(r).Scope, web.By(r).OrgID); err != nil {
			return err
		}
	}
	return h.showProposal(w, r, http.StatusOK, org, newProposalForm(nil, org.ID, day.On(h.Now())))
}

// postProposal makes a batch.
func (h *Handlers) postProposal(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	id, err := strconv.ParseInt(values.Get("org"), 10, 64)
	if err != nil {
		return web.ErrBadForm
	}
	org, err := staff.FindOrg(r.Context(), h.DB, web.By(r).Scope, work.OrgID(id))
	if err != nil {
		return err
	}
	f := newProposalForm(values, org.ID, day.On(h.Now()))
	if !f.Valid() {
		return h.showProposal(w, r, http.StatusUnprocessableEntity, org, f)
	}
	taken := 0
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		id, n, err := retention.Propose(r.Context(), u, retention.Proposal{Org: org.ID, Name: f.Field("name").Text(), Basis: f.Field("basis").Text(),
			ClosedUntil: f.Field("closed_until").Date()})
		taken = n
		return retentionpage.Path(id), err
	})
	if web.Refused(f, err) {
		return h.showProposal(w, r, http.StatusUnprocessableEntity, org, f)
	}
	if err != nil {
		return err
	}
	h.Flash(r, "retention.proposed", strconv.Itoa(taken))
	return web.SeeOther(w, r, to)
}

// showProposal draws the form for a batch.
func (h *Handlers) showProposal(w http.ResponseWriter, r *http.Request, status int, org staff.Org, f *form.Form) error {
	page := h.Page(r, "retention.propose_of", org.Name)
	page.Form = f
	page.Crumbs = retentionpage.Crumbs()
	return h.Render(w, r, status, retentionpage.Proposal(retentionpage.ProposalView{Page: page}))
}

// newDecisionForm declares the form for the decision on a batch.
func newDecisionForm(values url.Values) *form.Form {
	f := form.New(values)
	f.Choice("verdict", "retention.verdict", []form.Option{{Value: "agree", Key: "retention.verdict_agree"}, {Value: "refuse", Key: "retention.verdict_refuse"}}, form.Required)
	f.Area("opinion", "retention.opinion", form.Required, form.Max(500))
	return f
}

// batch finds the batch that the address names.
func (h *Handlers) batch(r *http.Request) (retention.Batch, error) {
	id, err := web.PathID[retention.BatchID](r, "batch")
	if err != nil {
		return retention.Batch{}, err
	}
	return retention.Find(r.Context(), h.DB, web.By(r).Scope, id)
}

// getBatch shows a batch.
func (h *Handlers) getBatch(w http.ResponseWriter, r *http.Request) error {
	b, err := h.batch(r)
	if err != nil {
		return err
	}
	return h.showBatch(w, r, http.StatusOK, b, nil)
}

// showBatch draws a batch. typed is the decision that was refused.
func (h *Handlers) showBatch(w http.ResponseWriter, r *http.Request, status int, b retention.Batch, typed *form.Form) error {
	by := web.By(r)
	above, err := number[work.FileID](r, "above")
	if err != nil {
		return err
	}
	v := retentionpage.BatchView{Page: h.Page(r, "retention.batch", b.Name), Batch: b}
	v.Wide = true
	v.Crumbs = retentionpage.Crumbs(layout.Crumb{Key: "retention.list.batches", Path: retentionpage.BatchesPath})
	if v.Items, v.Next, err = retention.Items(r.Context(), h.DB, b, day.On(h.Now()), above, pageSize); err != nil {
		return err
	}
	v.MayWithdraw = by.Can(staff.CapRetentionPropose) && b.May(retention.ActWithdraw, by)
	if by.Can(staff.CapRetentionDecide) && b.May(retention.ActAgree, by) {
		v.Decision = newDecisionForm(nil)
	}
	if typed != nil {
		v.Form = typed
		if v.Decision != nil {
			v.Decision = typed
		}
	}
	return h.Render(w, r, status, retentionpage.BatchPage(v))
}

// postDecision agrees to a batch or refuses it.
func (h *Handlers) postDecision(w http.ResponseWriter, r *http.Request) error {
	b, err := h.batch(r)
	if err != nil {
		return err
	}
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := newDecisionForm(values)
	if !f.Valid() && b.May(retention.ActAgree, web.By(r)) {
		return h.showBatch(w, r, http.StatusUnprocessableEntity, b, f)
	}
	return h.moved(w, r, b, f, "retention.decided", func(u *work.Unit) error {
		return retention.Decide(r.Context(), u, b.ID, f.Field("verdict").Text() == "agree", f.Field("opinion").Text())
	})
}

// postWithdrawal takes a proposal back.
func (h *Handlers) postWithdrawal(w http.ResponseWriter, r *http.Request) error {
	b, err := h.batch(r)
	if err != nil {
		return err
	}
	if _, err := web.Only(r); err != nil {
		return err
	}
	return h.moved(w, r, b, form.New(url.Values{}), "retention.withdrawn", func(u *work.Unit) error { return retention.Withdraw(r.Context(), u, b.ID) })
}

// moved carries out an act on a batch, or shows its page again with what is wrong.
func (h *Handlers) moved(w http.ResponseWriter, r *http.Request, b retention.Batch, f *form.Form, done words.Key, do func(*work.Unit) error) error {
	to, err := h.Do(r, func(u *work.Unit) (string, error) { return retentionpage.Path(b.ID), do(u) })
	if web.Refused(f, err) {
		return h.showBatch(w, r, http.StatusUnprocessableEntity, b, f)
	}
	if err != nil {
		return err
	}
	h.Flash(r, done)
	return web.SeeOther(w, r, to)
}

// getCertificate prints the certificate of destruction of a batch that is done.
func (h *Handlers) getCertificate(w http.ResponseWriter, r *http.Request) error {
	b, err := h.batch(r)
	if err != nil {
		return err
	}
	if b.State != retention.Done {
		return work.Refuse("retention.refusal.no_certificate", b.State)
	}
	erased, err := retention.ErasedOf(r.Context(), h.DB, b.ID)
	if err != nil {
		return err
	}
	sheet := layout.Sheet{Page: h.Page(r, "retention.certificate"), Number: strconv.FormatInt(int64(b.ID), 10), By: web.By(r).Name, At: h.Now(),
		Back: retentionpage.Path(b.ID), Wide: true}
	return h.Render(w, r, http.StatusOK, retentionpage.Certificate(retentionpage.CertificateView{Sheet: sheet, Batch: b, Erased: erased}))
}
