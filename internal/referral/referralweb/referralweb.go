// Package referralweb holds the addresses of referrals.
package referralweb

import (
	"net/http"

	"github.com/a-h/templ"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/referral"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/referralpage"
)

// Handlers answers the addresses of referrals.
type Handlers struct{ *web.Kit }

// Routes declares the addresses.
func Routes(rs *web.Routes, k *web.Kit) {
	h := &Handlers{k}
	rs.Get("/referrals", staff.CapReferralRead, h.getList)
	rs.Get("/referrals/uncovered", staff.CapReferralRead, h.getUncovered)
	rs.Post("/referrals/uncovered", staff.CapReferralMake, h.postUncovered)
	rs.Post("/referrals/drafts", staff.CapReferralMake, h.postDrafts)
	rs.Get("/referrals/summary", staff.CapReferralRead, h.getSummary)
	rs.Get("/referrals/summary/print", staff.CapReferralRead, h.getSummaryPrint)
	rs.Get("/referrals/{referral}", staff.CapReferralRead, h.getRecord)
	rs.Get("/referrals/{referral}/letter", staff.CapReferralRead, h.getLetter)
	rs.Get("/referrals/{referral}/draft", staff.CapReferralMake, h.getDraft)
	rs.Post("/referrals/{referral}/draft", staff.CapReferralMake, h.postDraft)
	h.referrals().routes(rs, "/referrals/{referral}", deeds)
	rs.Get("/files/{file}/referrals/new", staff.CapReferralMake, h.getNew)
	rs.Post("/files/{file}/referrals/new", staff.CapReferralMake, h.postNew)
	h.receptionRoutes(rs)
}

// pageSize is the number of rows on one page of a list.
const pageSize = 50

// getList shows one of the work lists, by default what waits for an answer.
func (h *Handlers) getList(w http.ResponseWriter, r *http.Request) error {
	v := referralpage.ListView{Page: h.Page(r, "referral.list"), View: referral.ViewWaiting, Today: day.On(h.Now())}
	if asked := r.URL.Query().Get("view"); asked != "" {
		v.View = referral.View(asked)
	}
	known := false
	for _, view := range referral.Views {
		known = known || view == v.View
	}
	if !known {
		return work.ErrNotFound
	}
	scope := web.By(r).Scope
	below, err := web.QueryID[referral.ID](r, "below")
	if err != nil {
		return err
	}
	if v.Referrals, v.Next, err = referral.List(r.Context(), h.DB, scope, v.View, v.Today, below, pageSize); err != nil {
		return err
	}
	if v.Counts, err = referral.Counts(r.Context(), h.DB, scope, v.Today); err != nil {
		return err
	}
	v.Page.Lead, v.Page.Wide, v.Page.Crumbs = "referral.list_lead", true, []layout.Crumb{{Key: "layout.home", Path: "/"}}
	v.Page.Actions = referralpage.ListActions()
	return h.Render(w, r, http.StatusOK, referralpage.List(v))
}

// found finds the referral of the address.
func (h *Handlers) found(r *http.Request) (referral.Referral, error) {
	id, err := web.PathID[referral.ID](r, "referral")
	if err != nil {
		return referral.Referral{}, err
	}
	return referral.Find(r.Context(), h.DB, web.By(r).Scope, id)
}

// crumbs is the way to a page below a referral.
func crumbs(r referral.Referral) []layout.Crumb {
	return []layout.Crumb{{Key: "layout.home", Path: "/"}, {Key: "referral.list", Path: referralpage.ListPath},
		{Key: r.Kind.Key(), Path: referralpage.Path(r.ID)}}
}

// getRecord shows a referral on record.
func (h *Handlers) getRecord(w http.ResponseWriter, r *http.Request) error {
	found, err := h.found(r)
	if err != nil {
		return err
	}
	v := referralpage.RecordView{Page: h.Page(r, "referral.title", found.Kind), Referral: found, Today: day.On(h.Now()),
		May: web.By(r).Can(staff.CapReferralMake)}
	if v.Events, err = referral.Events(r.Context(), h.DB, found.ID); err != nil {
		return err
	}
	if v.Papers, err = h.papers(r, found); err != nil {
		return err
	}
	v.Page.Crumbs, v.Page.Identity = crumbs(found)[:2], referralpage.Identity(found)
	v.Page.Actions = v.Acts()
	return h.Render(w, r, http.StatusOK, referralpage.Record(v))
}

// papers gives the papers that go with a letter.
func (h *Handlers) papers(r *http.Request, found referral.Referral) ([]casefile.Evidence, error) {
	if len(found.Papers) == 0 {
		return nil, nil
	}
	held, err := casefile.EvidenceOf(r.Context(), h.DB, found.FileID)
	if err != nil {
		return nil, err
	}
	var with []casefile.Evidence
	for _, e := range held {
		for _, id := range found.Papers {
			if e.ID == id {
				with = append(with, e)
			}
		}
	}
	return with, nil
}

// Panel shows the referrals of a file on the worker's page, and the way to a new one.
func Panel(k *web.Kit) func(r *http.Request, f casefile.File) (templ.Component, error) {
	return func(r *http.Request, f casefile.File) (templ.Component, error) {
		by := web.By(r)
		if !by.Can(staff.CapReferralRead) {
			return nil, nil
		}
		list, err := referral.OfFile(r.Context(), k.DB, by.Scope, f.ID)
		if err != nil {
			return nil, err
		}
		v := referralpage.PanelView{FileID: f.ID, Referrals: list, May: by.Can(staff.CapReferralMake) && f.State.Open()}
		if v.Came, v.ByVisit, err = referral.ReceptionOf(r.Context(), k.DB, by.Scope, f.ID); err != nil {
			return nil, err
		}
		if len(list) == 0 && !v.May && !v.ByVisit {
			return nil, nil
		}
		return referralpage.Panel(v), nil
	}
}
