// Package retentionweb answers the addresses of retention: files past their term, holds, batches and their certificates.
package retentionweb

import (
	"net/http"
	"strconv"

	"github.com/a-h/templ"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/retention"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/retentionpage"
)

// Handlers answers the pages of retention.
type Handlers struct{ *web.Kit }

// Routes declares the addresses.
func Routes(rs *web.Routes, k *web.Kit) {
	h := &Handlers{k}
	rs.Get(retentionpage.ListPath, staff.CapRetentionRead, h.getOver)
	rs.Get(retentionpage.BatchesPath, staff.CapRetentionRead, h.getBatches)
	rs.Get(retentionpage.HoldsPath, staff.CapRetentionRead, h.getHolds)
	rs.Get(retentionpage.ProposePath, staff.CapRetentionPropose, h.getProposal)
	rs.Post(retentionpage.ProposePath, staff.CapRetentionPropose, h.postProposal)
	rs.Get("/retention/batches/{batch}", staff.CapRetentionRead, h.getBatch)
	rs.Post("/retention/batches/{batch}/decision", staff.CapRetentionDecide, h.postDecision)
	rs.Post("/retention/batches/{batch}/withdrawal", staff.CapRetentionPropose, h.postWithdrawal)
	rs.Get("/retention/batches/{batch}/certificate", staff.CapRetentionRead, h.getCertificate)
	rs.Get("/retention/holds/{hold}", staff.CapRetentionRead, h.getHold)
	rs.Post("/retention/holds/{hold}", staff.CapRetentionHold, h.postLifting)
	rs.Get("/files/{file}/hold", staff.CapRetentionHold, h.getPlacing)
	rs.Post("/files/{file}/hold", staff.CapRetentionHold, h.postPlacing)
}

// pageSize is the number of rows on one page of a list.
const pageSize = 50

// number reads an id from the query of the address; zero when there is none.
func number[T ~int64](r *http.Request, name string) (T, error) {
	text := r.URL.Query().Get(name)
	if text == "" {
		return 0, nil
	}
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil || id < 1 {
		return 0, work.ErrNotFound
	}
	return T(id), nil
}

// office reads the office to which a list is narrowed, of the reader's scope; the zero Org when to none.
func (h *Handlers) office(r *http.Request) (staff.Org, error) {
	id, err := number[work.OrgID](r, "org")
	if err != nil || id == 0 {
		return staff.Org{}, err
	}
	return staff.FindOrg(r.Context(), h.DB, web.By(r).Scope, id)
}

// getOver shows the files past their term.
func (h *Handlers) getOver(w http.ResponseWriter, r *http.Request) error {
	by := web.By(r)
	org, err := h.office(r)
	if err != nil {
		return err
	}
	after, err := number[work.FileID](r, "after")
	if err != nil {
		return err
	}
	v := retentionpage.ListView{Page: h.Page(r, "retention.title"), Org: org.ID, OrgName: org.Name, MayPropose: by.Can(staff.CapRetentionPropose)}
	v.Lead, v.Wide = "retention.lead", true
	v.Crumbs = retentionpage.Crumbs()
	if v.Files, v.Next, err = retention.Over(r.Context(), h.DB, by.Scope, org.ID, day.On(h.Now()), retention.Cursor{File: after}, pageSize); err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, retentionpage.List(v))
}

// getBatches shows the batches.
func (h *Handlers) getBatches(w http.ResponseWriter, r *http.Request) error {
	below, err := number[retention.BatchID](r, "below")
	if err != nil {
		return err
	}
	v := retentionpage.BatchesView{Page: h.Page(r, "retention.title")}
	v.Lead, v.Wide = "retention.lead", true
	v.Crumbs = retentionpage.Crumbs()
	if v.Batches, v.Next, err = retention.Batches(r.Context(), h.DB, web.By(r).Scope, below, pageSize); err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, retentionpage.Batches(v))
}

// getHolds shows the holds in force.
func (h *Handlers) getHolds(w http.ResponseWriter, r *http.Request) error {
	below, err := number[retention.HoldID](r, "below")
	if err != nil {
		return err
	}
	v := retentionpage.HoldsView{Page: h.Page(r, "retention.title")}
	v.Lead, v.Wide = "retention.lead", true
	v.Crumbs = retentionpage.Crumbs()
	if v.Holds, v.Next, err = retention.Holds(r.Context(), h.DB, web.By(r).Scope, below, pageSize); err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, retentionpage.Holds(v))
}

// Panel shows on the page of a file that ended until when it is kept, and what keeps it longer.
func Panel(k *web.Kit) func(r *http.Request, f casefile.File) (templ.Component, error) {
	return func(r *http.Request, f casefile.File) (templ.Component, error) {
		by := web.By(r)
		if f.State.Open() || f.ClosedAt.IsZero() || !by.Can(staff.CapRetentionRead) {
			return nil, nil
		}
		v := retentionpage.PanelView{FileID: f.ID, Until: retention.Until(day.On(f.ClosedAt)), MayHold: by.Can(staff.CapRetentionHold)}
		v.Over = v.Until.Before(day.On(k.Now()))
		var err error
		if v.Over {
			if v.Bar, err = retention.BarOf(r.Context(), k.DB, f.ID, day.On(k.Now())); err != nil {
				return nil, err
			}
		}
		if v.Holds, err = retention.HoldsOf(r.Context(), k.DB, by.Scope, f.ID); err != nil {
			return nil, err
		}
		return retentionpage.Panel(v), nil
	}
}
