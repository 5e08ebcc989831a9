// Package grantweb holds the addresses of aid: the inbox, one application with the acts of each step, a body's agenda,
// and the way from a worker file to a new application.
package grantweb

import (
	"net/http"

	"github.com/a-h/templ"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/grant"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/templates/grantpage"
	"bangfu/templates/layout"
)

// Handlers answers the addresses of aid.
type Handlers struct{ *web.Kit }

// Routes declares the addresses. The capability is the coarse gate; who may do which act on which application is said
// by grant.Case.Acts.
func Routes(rs *web.Routes, k *web.Kit) {
	h := &Handlers{k}
	rs.Get("/grants", staff.CapGrantRead, h.getInbox)
	rs.Get("/grants/meetings/{body}", staff.CapGrantVote, h.getMeeting)
	rs.Get("/grants/{application}", staff.CapGrantRead, h.getCase)
	rs.Get("/grants/{application}/print", staff.CapGrantRead, h.getPrint)
	rs.Post("/grants/{application}/review", staff.CapGrantReview, h.decide(grant.ActReview, grant.ActReturn, grant.ActRefuse))
	rs.Post("/grants/{application}/votes", staff.CapGrantVote,
		h.decide(grant.ActApprove, grant.ActAgainst, grant.ActAbstain, grant.ActClose, grant.ActReturn))
	rs.Post("/grants/{application}/signature", staff.CapGrantSign, h.decide(grant.ActSign, grant.ActReturn, grant.ActRefuse))
	rs.Post("/grants/{application}/amount", staff.CapGrantSign, h.postAmount)
	rs.Post("/grants/{application}/withdrawal", staff.CapGrantApply, h.postWithdrawal)
	rs.Post("/grants/{application}/revocation", staff.CapGrantSign, h.postRevocation)
	rs.Get("/grants/{application}/correction", staff.CapGrantApply, h.getCorrection)
	rs.Post("/grants/{application}/correction", staff.CapGrantApply, h.postCorrection)
	rs.Get("/files/{file}/grants/new", staff.CapGrantApply, h.getNew)
	rs.Post("/files/{file}/grants", staff.CapGrantApply, h.postNew)
}

// today is the program's civil day.
func (h *Handlers) today() day.Date { return day.On(h.Now()) }

// crumbs is the way to a page below the inbox.
func crumbs(more ...layout.Crumb) []layout.Crumb {
	return append([]layout.Crumb{{Key: "layout.home", Path: "/"}, {Key: "grant.inbox.title", Path: grantpage.InboxPath(grant.Waiting)}}, more...)
}

// Panel shows a household's applications on the worker's page, with the way to a new one.
func Panel(k *web.Kit) func(r *http.Request, f casefile.File) (templ.Component, error) {
	return func(r *http.Request, f casefile.File) (templ.Component, error) {
		by := web.By(r)
		if !by.Can(staff.CapGrantRead) {
			return nil, nil
		}
		items, err := grant.ListOfFile(r.Context(), k.DB, by.Scope, f.ID)
		if err != nil {
			return nil, err
		}
		view := grantpage.PanelView{Items: items, Opens: true}
		if f.State == casefile.Active && by.Can(staff.CapGrantApply) {
			side, err := casefile.DutyOf(r.Context(), k.DB, f.ID, by.StaffID)
			if err != nil {
				return nil, err
			}
			if side == casefile.NoDuty || side == casefile.Gather {
				view.Apply = grantpage.NewPath(f.ID, "")
			}
		}
		if len(items) == 0 && f.State != casefile.Active {
			return nil, nil
		}
		return grantpage.Panel(view), nil
	}
}

// RulesPanel shows the tiers and terms in force on the rules page.
func RulesPanel(k *web.Kit) func(r *http.Request) (templ.Component, error) {
	return func(r *http.Request) (templ.Component, error) {
		today := day.On(k.Now())
		bands, err := grant.ListBands(r.Context(), k.DB, today)
		if err != nil {
			return nil, err
		}
		terms, err := grant.ListTerms(r.Context(), k.DB, today)
		if err != nil {
			return nil, err
		}
		return grantpage.Rules(grantpage.RulesView{Bands: bands, Terms: terms}), nil
	}
}
