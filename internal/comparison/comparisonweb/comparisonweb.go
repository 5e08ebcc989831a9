// Package comparisonweb holds the addresses of comparisons.
package comparisonweb

import (
	"bytes"
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"github.com/a-h/templ"

	"bangfu/internal/casefile"
	"bangfu/internal/comparison"
	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/sheet"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/comparisonpage"
	"bangfu/templates/layout"
)

// Handlers answers the addresses of comparisons.
type Handlers struct{ *web.Kit }

// Routes declares the addresses.
func Routes(rs *web.Routes, k *web.Kit) {
	h := &Handlers{k}
	rs.Get("/files/{file}/declarations/comparison", staff.CapFileRead, h.getAuthorisation)
	rs.Get(comparisonpage.BlankPath, staff.CapFileRead, h.getBlankAuthorisation)
	rs.Get("/comparisons", staff.CapComparisonRead, h.getBatches)
	rs.Get("/comparisons/new", staff.CapComparisonSend, h.getNew)
	rs.Post("/comparisons/new", staff.CapComparisonSend, h.postNew)
	rs.Get("/comparisons/findings", staff.CapComparisonRead, h.getFindings)
	rs.Get("/comparisons/findings/{finding}", staff.CapComparisonRead, h.getFinding)
	rs.Post("/comparisons/findings/{finding}", staff.CapComparisonResolve, h.postFinding)
	rs.Get("/comparisons/{batch}", staff.CapComparisonRead, h.getBatch)
	rs.Post("/comparisons/{batch}/list", staff.CapComparisonSend, h.postList)
	rs.Post("/comparisons/{batch}/cancellation", staff.CapComparisonSend, h.postCancellation)
	rs.Get("/comparisons/{batch}/answer", staff.CapComparisonSend, h.getUpload)
	rs.Upload("/comparisons/{batch}/answer", staff.CapComparisonSend, h.postUpload)
	rs.Get("/comparisons/answers/{answer}", staff.CapComparisonRead, h.getAnswer)
	rs.Post("/comparisons/answers/{answer}/reading", staff.CapComparisonSend, h.postReading)
	rs.Post("/comparisons/answers/{answer}/removal", staff.CapComparisonSend, h.postRemoval)
	rs.Get("/comparisons/answers/{answer}/withdrawal", staff.CapComparisonSend, h.getWithdrawal)
	rs.Post("/comparisons/answers/{answer}/withdrawal", staff.CapComparisonSend, h.postWithdrawal)
	rs.Get(comparisonpage.RulesPath, staff.CapRulesManage, h.getRule)
	rs.Post(comparisonpage.RulesPath, staff.CapRulesManage, h.postRule)
}

// pageSize is the number of rows on one page of a list.
const pageSize = 50

// way is the way to a page below the list of comparisons.
func way(more ...layout.Crumb) []layout.Crumb {
	return append([]layout.Crumb{{Key: "layout.home", Path: "/"}, {Key: "comparison.batches", Path: comparisonpage.ListPath}}, more...)
}

// getBatches lists the comparisons.
func (h *Handlers) getBatches(w http.ResponseWriter, r *http.Request) error {
	by := web.By(r)
	v := comparisonpage.ListView{Page: h.Page(r, "comparison.batches")}
	below, err := web.QueryID[comparison.BatchID](r, "below")
	if err != nil {
		return err
	}
	if v.Batches, v.Next, err = comparison.ListBatches(r.Context(), h.DB, by.Scope, below, pageSize); err != nil {
		return err
	}
	open, err := comparison.CountOpen(r.Context(), h.DB, by.Scope)
	if err != nil {
		return err
	}
	v.Open = comparison.Total(open)
	v.Page.Lead, v.Page.Wide, v.Page.Crumbs = "comparison.batches_lead", true, []layout.Crumb{{Key: "layout.home", Path: "/"}}
	v.Page.Actions = comparisonpage.ListActions(by.Can(staff.CapComparisonSend))
	return h.Render(w, r, http.StatusOK, comparisonpage.List(v))
}

// newPlanForm asks for whom and why people are compared. Of one file, its id is carried along.
func newPlanForm(values url.Values, file string, today day.Date) *form.Form {
	f := form.New(values)
	f.Hidden("file", form.Default(file))
	if file == "" {
		f.Choice("aim", "comparison.aim_head", form.Options(comparison.ForJudgement, comparison.ForReview), form.Required)
	}
	f.Text("receiver", "comparison.receiver", form.Required, form.Least(2), form.Max(80), form.Hint("comparison.receiver_hint"))
	f.Area("purpose", "comparison.purpose", form.Required, form.Least(2), form.Max(500), form.Hint("comparison.purpose_hint"))
	f.Date("from", "comparison.from", form.Required, form.NotAfter(today), form.Default(today.AddMonths(-12).Add(1)))
	f.Date("until", "comparison.until", form.Required, form.NotAfter(today), form.Default(today), form.Hint("comparison.period_hint"))
	f.Choices("asked", "comparison.asked", form.Options(comparison.Kinds...), form.Required, form.Hint("comparison.asked_hint"))
	f.Tick("minors", "comparison.minors", form.Hint("comparison.minors_hint"))
	f.Number("spare", "comparison.spare", form.Required, form.Between(0, 60), form.Default(6), form.Hint("comparison.spare_hint"))
	return f
}

// getNew shows the form of a comparison.
func (h *Handlers) getNew(w http.ResponseWriter, r *http.Request) error {
	file := ""
	if asked := r.URL.Query().Get("file"); asked != "" {
		id, err := strconv.ParseInt(asked, 10, 64)
		if err != nil {
			return work.ErrNotFound
		}
		if _, err := casefile.Find(r.Context(), h.DB, web.By(r).Scope, work.FileID(id)); err != nil {
			return err
		}
		file = strconv.FormatInt(id, 10)
	}
	return h.showNew(w, r, http.StatusOK, newPlanForm(nil, file, day.On(h.Now())))
}

// postNew lists the people. Nothing leaves the program yet.
func (h *Handlers) postNew(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := newPlanForm(values, values.Get("file"), day.On(h.Now()))
	p := comparison.Plan{Receiver: f.Field("receiver").Text(), Purpose: f.Field("purpose").Text(), From: f.Field("from").Date(), Until: f.Field("until").Date(),
		Asked: form.Many[comparison.Kind](f.Field("asked")), Minors: f.Field("minors").Ticked(), Spare: int(f.Field("spare").Number())}
	if file := f.Field("file").Text(); file != "" {
		id, err := strconv.ParseInt(file, 10, 64)
		if err != nil || id < 1 {
			return web.ErrBadForm
		}
		p.Aim, p.File = comparison.ForFile, work.FileID(id)
	} else {
		p.Aim = form.One[comparison.Aim](f.Field("aim"))
	}
	return h.Act(w, r, f, func() error { return h.showNew(w, r, http.StatusUnprocessableEntity, f) }, func(u *work.Unit) (string, error) {
		id, err := comparison.Make(r.Context(), u, p)
		return comparisonpage.Path(id), err
	}, "comparison.made")
}

func (h *Handlers) showNew(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	v := comparisonpage.FormView{Page: h.Page(r, "comparison.new"), Action: comparisonpage.NewPath, Back: comparisonpage.ListPath, Button: "comparison.make"}
	v.Page.Lead, v.Page.Crumbs, v.Page.Form = "comparison.new_lead", way(), f
	return h.Render(w, r, status, comparisonpage.Form(v))
}

// batch finds the comparison of the address.
func (h *Handlers) batch(r *http.Request) (comparison.Batch, error) {
	id, err := web.PathID[comparison.BatchID](r, "batch")
	if err != nil {
		return comparison.Batch{}, err
	}
	return comparison.FindBatch(r.Context(), h.DB, web.By(r).Scope, id)
}

// getBatch shows a comparison: whom it lists, who was left out, what came back.
func (h *Handlers) getBatch(w http.ResponseWriter, r *http.Request) error {
	b, err := h.batch(r)
	if err != nil {
		return err
	}
	by := web.By(r)
	v := comparisonpage.BatchView{Page: h.Page(r, "comparison.title", b.Receiver), Batch: b,
		May: by.Can(staff.CapComparisonSend), Maker: b.MadeBy == by.StaffID}
	after, err := web.QueryID[work.FileID](r, "after")
	if err != nil {
		return err
	}
	if v.LeftOut, v.Next, err = comparison.ListLeftOut(r.Context(), h.DB, by.Scope, b.ID, after, pageSize); err != nil {
		return err
	}
	if v.Answers, err = comparison.AnswersOf(r.Context(), h.DB, b.ID); err != nil {
		return err
	}
	v.Page.Crumbs = way()
	v.Page.Actions = v.Acts()
	return h.Render(w, r, http.StatusOK, comparisonpage.Batch(v))
}

// postList hands the list to its maker, once. It is written before the unit ends, so that a list that cannot be written
// has not gone out; it holds at most comparison.MostPeople rows.
func (h *Handlers) postList(w http.ResponseWriter, r *http.Request) error {
	b, err := h.batch(r)
	if err != nil {
		return err
	}
	values, err := web.Only(r, "kind")
	if err != nil {
		return err
	}
	kind := sheet.Kind(values.Get("kind"))
	if kind != sheet.CSV && kind != sheet.XLSX {
		return web.ErrBadForm
	}
	heads := []string{words.T(r.Context(), "comparison.list.nr"), words.T(r.Context(), "comparison.list.name"), words.T(r.Context(), "comparison.list.number")}
	var list bytes.Buffer
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		if err := comparison.Send(r.Context(), u, b.ID); err != nil {
			return "", err
		}
		return comparisonpage.Path(b.ID), comparison.WriteList(r.Context(), u, h.Keys, b.ID, kind, heads, &list)
	})
	if err != nil {
		return err
	}
	if list.Len() == 0 {
		return web.SeeOther(w, r, to)
	}
	head := w.Header()
	head.Set("Content-Type", kind.MediaType())
	head.Set("Content-Disposition", fmt.Sprintf("attachment; filename=%q", fmt.Sprintf("comparison-%d.%s", b.ID, kind)))
	head.Set("Content-Length", strconv.Itoa(list.Len()))
	head.Set("Cache-Control", "no-store")
	head.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	_, _ = w.Write(list.Bytes()) // a reader who went away is no fault of ours
	return nil
}

// postCancellation drops a list that has not gone out.
func (h *Handlers) postCancellation(w http.ResponseWriter, r *http.Request) error {
	b, err := h.batch(r)
	if err != nil {
		return err
	}
	if _, err := web.Only(r); err != nil {
		return err
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		return comparisonpage.ListPath, comparison.Cancel(r.Context(), u, b.ID)
	})
	if err != nil {
		return err
	}
	h.Flash(r, "comparison.cancelled")
	return web.SeeOther(w, r, to)
}

// Panel shows on the worker's page what comparisons found.
func Panel(k *web.Kit) func(r *http.Request, f casefile.File) (templ.Component, error) {
	return func(r *http.Request, f casefile.File) (templ.Component, error) {
		by := web.By(r)
		if !by.Can(staff.CapComparisonRead) {
			return nil, nil
		}
		list, more, err := comparison.OfFile(r.Context(), k.DB, k.Keys, by.Scope, f.ID)
		if err != nil {
			return nil, err
		}
		send := by.Can(staff.CapComparisonSend) && f.State.HandedIn()
		if len(list) == 0 && !send {
			return nil, nil
		}
		return comparisonpage.Panel(comparisonpage.PanelView{FileID: f.ID, Findings: list, More: more, Send: send, Text: f.State.HandedIn()}), nil
	}
}
