package reviewweb

import (
	"errors"
	"net/http"
	"net/url"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/review"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/reviewpage"
	"bangfu/templates/ui"
)

// newRecordForm declares the form of a review.
func newRecordForm(values url.Values) *form.Form {
	f := form.New(values)
	f.Choice("outcome", "review.outcome", form.Options(review.Outcomes...), form.Required)
	f.Area("note", "review.note", form.Max(1000), form.Hint("review.note_hint"))
	f.Choice("papers", "review.papers", []form.Option{{Value: "yes", Key: "review.papers_yes"}, {Value: "no", Key: "review.papers_no"}}, form.Required,
		form.Hint("review.papers_hint"))
	return f
}

// newConfirmForm declares the form of the second person.
func newConfirmForm(values url.Values) *form.Form {
	f := form.New(values)
	f.Choice("verdict", "review.verdict", []form.Option{{Value: "yes", Key: "review.verdict_yes"}, {Value: "no", Key: "review.verdict_no"}}, form.Required)
	f.Area("remark", "review.remark", form.Max(1000), form.Hint("review.remark_hint"))
	return f
}

// case finds the round and the file that the address names, and the result if there is one.
func (h *Handlers) subject(r *http.Request) (round review.Round, f casefile.File, result *review.Result, err error) {
	if round, err = h.round(r); err != nil {
		return round, f, nil, err
	}
	id, err := web.PathID[work.FileID](r, "file")
	if err != nil {
		return round, f, nil, err
	}
	if f, err = casefile.Find(r.Context(), h.DB, web.By(r).Scope, id); err != nil {
		return round, f, nil, err
	}
	found, err := review.ResultOf(r.Context(), h.DB, web.By(r).Scope, round.ID, id)
	if errors.Is(err, work.ErrNotFound) {
		return round, f, nil, nil
	}
	return round, f, &found, err
}

// getFile shows what the register says of a file, and its review or the form for it.
func (h *Handlers) getFile(w http.ResponseWriter, r *http.Request) error {
	round, f, result, err := h.subject(r)
	if err != nil {
		return err
	}
	return h.showFile(w, r, http.StatusOK, round, f, result, nil)
}

// showFile draws the review of a file; typed is a form that was refused.
func (h *Handlers) showFile(w http.ResponseWriter, r *http.Request, status int, round review.Round, f casefile.File, result *review.Result, typed *form.Form) error {
	by, today := web.By(r), day.On(h.Now())
	v := reviewpage.FileView{Page: h.Page(r, "review.file"), Round: round, File: f, Result: result, Today: today}
	v.Identity = reviewpage.Identity(f)
	v.Crumbs = reviewpage.Crumbs(reviewpage.RoundCrumb(round), layout.Crumb{Key: "review.files", Path: reviewpage.FilesPath(round.ID, "", 0)})
	var err error
	if v.Signs, err = review.SignsOf(r.Context(), h.DB, f.ID, today); err != nil {
		return err
	}
	if f.State == casefile.Active {
		weighed, err := casefile.Weigh(r.Context(), h.DB, f, today, casefile.Ruling{})
		if _, refused := work.AsRefusal(err); err != nil && !refused {
			return err
		}
		if err == nil {
			v.Verdict = &weighed.Verdict
		}
	}
	if v.Outdated, err = h.outdated(r, f); err != nil {
		return err
	}
	writable := round.Open() && f.State == casefile.Active
	v.MayRecord = writable && by.Can(staff.CapReviewRecord) && (result == nil || result.State == review.Rejected)
	v.MayConfirm = writable && by.Can(staff.CapReviewConfirm) && result != nil && result.State == review.ToConfirm && result.ReviewedBy != by.StaffID
	v.MayAgree = by.Can(staff.CapReviewRecord) && result != nil && !result.PapersAgree && result.AgreedAt.IsZero()
	v.MayExit = f.State == casefile.Active && by.Can(staff.CapExitPropose) && result != nil && (result.Outcome == review.Exit || result.Outcome == review.Cancel)
	v.MayChange = writable && by.Can(staff.CapFileRegister) && result != nil && result.Outcome == review.Change
	if err := h.next(r, &v); err != nil {
		return err
	}
	switch {
	case typed != nil:
		v.Form = typed
	case v.MayRecord:
		v.Form = newRecordForm(nil)
	case v.MayConfirm:
		v.Form = newConfirmForm(nil)
	}
	return h.Render(w, r, status, reviewpage.File(v))
}

// next leads from a file on which the reader has nothing more to write to the next one that waits for them in the round.
func (h *Handlers) next(r *http.Request, v *reviewpage.FileView) error {
	part, by := review.Waiting, web.By(r)
	if by.Can(staff.CapReviewConfirm) {
		part = review.Confirming
	} else if !by.Can(staff.CapReviewRecord) {
		return nil
	}
	if !v.Round.Open() || v.MayRecord || v.MayConfirm {
		return nil
	}
	for _, below := range []work.FileID{v.File.ID, 0} { // from the top for those passed over before
		items, _, err := review.FilesOf(r.Context(), h.DB, by.Scope, v.Round, part, below, 1)
		if err != nil {
			return err
		}
		if len(items) > 0 {
			v.Actions = []ui.Btn{{Key: "review.next", Href: reviewpage.FilePath(v.Round.ID, items[0].FileID)}}
			return nil
		}
	}
	return nil
}

// outdated warns of what a review would rest on and that is out of date, with the way to put each right.
func (h *Handlers) outdated(r *http.Request, f casefile.File) ([]ui.Doubt, error) {
	held, err := casefile.EvidenceOf(r.Context(), h.DB, f.ID)
	if err != nil {
		return nil, err
	}
	all, err := casefile.OutdatedOf(r.Context(), h.DB, f, held, day.On(h.Now()))
	if err != nil {
		return nil, err
	}
	doubts := make([]ui.Doubt, len(all))
	for i, o := range all {
		doubts[i] = ui.Doubt{Said: o.Message(), Href: reviewpage.CasePath(f.ID) + "/evidence", Link: "casefile.outdated.to_papers"}
		if o.Section == casefile.EconomySection {
			doubts[i].Href, doubts[i].Link = reviewpage.CasePath(f.ID), "casefile.outdated.to_file"
			if f.State == casefile.Active && web.By(r).Can(staff.CapFileRegister) {
				doubts[i].Href, doubts[i].Link = reviewpage.CasePath(f.ID)+"/changes/"+string(casefile.ChangeEconomy), "casefile.outdated.to_change"
			}
		}
	}
	return doubts, nil
}

// postFile records the review of a file.
func (h *Handlers) postFile(w http.ResponseWriter, r *http.Request) error {
	return h.post(w, r, newRecordForm, "review.recorded", func(u *work.Unit, round review.RoundID, file work.FileID, f *form.Form) error {
		return review.Record(r.Context(), u, round, file, review.Finding{Outcome: form.One[review.Outcome](f.Field("outcome")),
			Note: f.Field("note").Text(), PapersAgree: f.Field("papers").Yes()})
	})
}

// postConfirmation confirms a change of category, or rejects it.
func (h *Handlers) postConfirmation(w http.ResponseWriter, r *http.Request) error {
	return h.post(w, r, newConfirmForm, "review.confirmed", func(u *work.Unit, round review.RoundID, file work.FileID, f *form.Form) error {
		return review.Confirm(r.Context(), u, round, file, f.Field("verdict").Yes(), f.Field("remark").Text())
	})
}

// postAgreement notes that paper and record agree by now.
func (h *Handlers) postAgreement(w http.ResponseWriter, r *http.Request) error {
	return h.post(w, r, func(values url.Values) *form.Form { return form.New(values) }, "review.agreed",
		func(u *work.Unit, round review.RoundID, file work.FileID, _ *form.Form) error {
			return review.Agree(r.Context(), u, round, file)
		})
}

// post carries out one act on the review in the address, or shows its page again with what is wrong.
func (h *Handlers) post(w http.ResponseWriter, r *http.Request, newForm func(url.Values) *form.Form, done words.Key,
	do func(u *work.Unit, round review.RoundID, file work.FileID, f *form.Form) error) error {
	round, file, result, err := h.subject(r)
	if err != nil {
		return err
	}
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := newForm(values)
	return h.Act(w, r, f, func() error { return h.showFile(w, r, http.StatusUnprocessableEntity, round, file, result, f) }, func(u *work.Unit) (string, error) {
		return reviewpage.FilePath(round.ID, file.ID), do(u, round.ID, file.ID, f)
	}, done)
}
