// Package reviewweb answers the addresses of review rounds and of the lists of dynamic management.
package reviewweb

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/review"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/reviewpage"
)

// Handlers answers the pages of reviews.
type Handlers struct{ *web.Kit }

// Routes declares the addresses.
func Routes(rs *web.Routes, k *web.Kit) {
	h := &Handlers{k}
	rs.Get("/reviews", staff.CapFileRead, h.getRounds)
	rs.Get("/reviews/new", staff.CapReviewOpen, h.getOpening)
	rs.Post("/reviews", staff.CapReviewOpen, h.postOpening)
	rs.Get("/reviews/signs", staff.CapFileRead, h.getSigns)
	rs.Get("/reviews/training", staff.CapFileRead, h.getTraining)
	rs.Get(reviewpage.TrainingRulePath, staff.CapRulesManage, h.getTrainingRule)
	rs.Post(reviewpage.TrainingRulePath, staff.CapRulesManage, h.postTrainingRule)
	rs.Get("/reviews/{round}/result", staff.CapFileRead, h.getResult)
	rs.Get("/reviews/{round}", staff.CapFileRead, h.getRound)
	rs.Post("/reviews/{round}/closing", staff.CapReviewOpen, h.postClosing)
	rs.Get("/reviews/{round}/files", staff.CapFileRead, h.getFiles)
	rs.Get("/reviews/{round}/files/{file}", staff.CapFileRead, h.getFile)
	rs.Post("/reviews/{round}/files/{file}", staff.CapReviewRecord, h.postFile)
	rs.Post("/reviews/{round}/files/{file}/confirmation", staff.CapReviewConfirm, h.postConfirmation)
	rs.Post("/reviews/{round}/files/{file}/agreement", staff.CapReviewRecord, h.postAgreement)
}

// pageSize is the number of rows on one page of a list.
const pageSize = 50

// getRounds lists the rounds that concern the reader.
func (h *Handlers) getRounds(w http.ResponseWriter, r *http.Request) error {
	from, err := web.QueryID[int64](r, "below")
	if err != nil {
		return err
	}
	v := reviewpage.RoundsView{Page: h.Page(r, "review.title"), Today: day.On(h.Now())}
	v.Lead, v.Crumbs = "review.lead", []layout.Crumb{{Key: "layout.home", Path: "/"}}
	v.MayOpen = web.By(r).Can(staff.CapReviewOpen)
	if v.Rounds, v.Next, err = review.Rounds(r.Context(), h.DB, web.By(r).Scope, review.RoundID(from), pageSize); err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, reviewpage.Rounds(v))
}

// newOpeningForm declares the form that opens a round.
func newOpeningForm(values url.Values, today day.Date) *form.Form {
	f := form.New(values)
	f.Choice("kind", "review.kind", form.Options(review.Kinds...), form.Required)
	f.Date("from", "review.from", form.Required, form.Default(today))
	f.Date("until", "review.until", form.Required, form.Default(today.AddMonths(1)), form.NotBefore(today))
	return f
}

// getOpening shows the form that opens a round.
func (h *Handlers) getOpening(w http.ResponseWriter, r *http.Request) error {
	return h.showOpening(w, r, http.StatusOK, newOpeningForm(nil, day.On(h.Now())))
}

// postOpening opens a round.
func (h *Handlers) postOpening(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := newOpeningForm(values, day.On(h.Now()))
	return h.Act(w, r, f, func() error { return h.showOpening(w, r, http.StatusUnprocessableEntity, f) }, func(u *work.Unit) (string, error) {
		id, err := review.Begin(r.Context(), u, form.One[review.Kind](f.Field("kind")), f.Field("from").Date(), f.Field("until").Date())
		return reviewpage.Path(id), err
	}, "review.opened")
}

func (h *Handlers) showOpening(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	page := h.Page(r, "review.open")
	page.Crumbs, page.Form = reviewpage.Crumbs(), f
	return h.Render(w, r, status, reviewpage.Opening(reviewpage.OpeningView{Page: page}))
}

// round finds the round that the address names.
func (h *Handlers) round(r *http.Request) (review.Round, error) {
	id, err := web.PathID[review.RoundID](r, "round")
	if err != nil {
		return review.Round{}, err
	}
	return review.Find(r.Context(), h.DB, web.By(r).Scope, id)
}

// getRound shows how far a round is, office by office.
func (h *Handlers) getRound(w http.ResponseWriter, r *http.Request) error {
	round, err := h.round(r)
	if err != nil {
		return err
	}
	after := r.URL.Query().Get("after")
	if strings.Trim(after, "/0123456789") != "" {
		return work.ErrNotFound
	}
	by := web.By(r)
	v := reviewpage.RoundView{Page: h.Page(r, "review.of", round.Kind, round.OrgName), Round: round, Today: day.On(h.Now())}
	v.Wide, v.Crumbs = true, reviewpage.Crumbs()
	v.MayClose = by.Can(staff.CapReviewOpen) && round.Open() && by.Scope.Covers(round.OrgPath)
	if v.All, v.Offices, v.Next, err = review.ProgressOf(r.Context(), h.DB, by.Scope, round, after, pageSize); err != nil {
		return err
	}
	if v.MayClose {
		if v.Waits, err = review.WaitsOf(r.Context(), h.DB, round.ID); err != nil {
			return err
		}
	}
	return h.Render(w, r, http.StatusOK, reviewpage.Round(v))
}

// postClosing closes a round.
func (h *Handlers) postClosing(w http.ResponseWriter, r *http.Request) error {
	round, err := h.round(r)
	if err != nil {
		return err
	}
	if _, err := web.Only(r); err != nil {
		return err
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		return reviewpage.Path(round.ID), review.End(r.Context(), u, round.ID)
	})
	if err != nil {
		return err
	}
	h.Flash(r, "review.ended")
	return web.SeeOther(w, r, to)
}

// getFiles lists one part of the files of a round.
func (h *Handlers) getFiles(w http.ResponseWriter, r *http.Request) error {
	round, err := h.round(r)
	if err != nil {
		return err
	}
	part := review.Part(r.URL.Query().Get("part"))
	if part == "" {
		part = review.Waiting
		if web.By(r).Can(staff.CapReviewConfirm) {
			part = review.Confirming
		}
	}
	if !slices.Contains(review.Parts, part) {
		return work.ErrNotFound
	}
	from, err := web.QueryID[int64](r, "below")
	if err != nil {
		return err
	}
	v := reviewpage.FilesView{Page: h.Page(r, "review.files"), Round: round, Part: part}
	v.Wide, v.Crumbs = true, reviewpage.Crumbs(reviewpage.RoundCrumb(round))
	if v.Items, v.Next, err = review.FilesOf(r.Context(), h.DB, web.By(r).Scope, round, part, work.FileID(from), pageSize); err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, reviewpage.Files(v))
}

// getSigns lists the active files with one sign.
func (h *Handlers) getSigns(w http.ResponseWriter, r *http.Request) error {
	sign := review.Sign(r.URL.Query().Get("sign"))
	if sign == "" {
		sign = review.UnchangedYear
	}
	if !slices.Contains(review.Signs, sign) {
		return work.ErrNotFound
	}
	from, err := web.QueryID[int64](r, "below")
	if err != nil {
		return err
	}
	v := reviewpage.SignsView{Page: h.Page(r, "review.signs"), Sign: sign, MayMove: web.By(r).Can(staff.CapFileRegister)}
	v.Lead, v.Wide, v.Crumbs = "review.signs_lead", true, reviewpage.Crumbs()
	if v.Items, v.Next, err = review.WithSign(r.Context(), h.DB, web.By(r).Scope, sign, day.On(h.Now()), work.FileID(from), pageSize); err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, reviewpage.Signs(v))
}
