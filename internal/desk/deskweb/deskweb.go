// Package deskweb is the first page after signing in: what waits for me (ux.md U51). It has no rules of its own; what
// waits for whom is each feature's, and kinds.go lists what is asked of them.
package deskweb

import (
	"context"
	"net/http"
	"time"

	"bangfu/internal/day"
	"bangfu/internal/fund"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/deskpage"
	"bangfu/templates/ui"
)

// Handlers show the first page.
type Handlers struct{ *web.Kit }

// Routes declares the first page.
func Routes(rs *web.Routes, k *web.Kit) {
	h := &Handlers{k}
	rs.Get(deskpage.HomePath, staff.CapDesk, h.getDesk)
}

// shown is how many cases of each kind stand on the page; counted is how far they are counted.
const (
	shown   = 5
	counted = 100
)

// getDesk shows what waits for the person, by what the person's roles can do.
func (h *Handlers) getDesk(w http.ResponseWriter, r *http.Request) error {
	by := web.By(r)
	d := desk{Querier: h.DB, by: by, now: h.Now(), today: day.On(h.Now())}
	v := deskpage.View{Page: h.Page(r, "desk.title")}
	v.Lead, v.LeadArg = greeting(d.now), []any{by.Name, roles(r.Context(), by)}
	if by.Can(staff.CapFileRegister) {
		v.Actions = []ui.Btn{{Key: "desk.register", Href: deskpage.SearchPath}}
	}
	for _, k := range kinds {
		if !may(by, k.caps) {
			continue
		}
		list, err := k.list(d, r.Context())
		if err != nil {
			return err
		}
		list.ID, list.Title, list.Who, list.What, list.Href = k.id, k.title, k.who, k.what, k.href
		v.Lists = append(v.Lists, list)
	}
	var err error
	if v.Funds, v.MoreFunds, err = d.funds(r.Context()); err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, deskpage.Desk(v))
}

// may tells whether the person has one of the capabilities.
func may(by work.Actor, caps []work.Capability) bool {
	for _, c := range caps {
		if by.Can(c) {
			return true
		}
	}
	return false
}

// greeting fits the time of day in China.
func greeting(now time.Time) words.Key {
	switch hour := now.In(day.Zone).Hour(); {
	case hour < 12:
		return "desk.morning"
	case hour < 18:
		return "desk.afternoon"
	}
	return "desk.evening"
}

// roles names what the person does.
func roles(ctx context.Context, by work.Actor) string {
	var names words.List
	for _, role := range by.Roles {
		names = append(names, staff.RoleKey(role))
	}
	return names.In(ctx)
}

// funds are this year's accounts of the person's offices, for those who may know them; an account of another office than the
// person's own names it. more tells that there are more than the page shows.
func (d desk) funds(ctx context.Context) (meters []ui.MeterView, more bool, err error) {
	if !d.by.Can(staff.CapFundRead) {
		return nil, false, nil
	}
	accounts, err := fund.List(ctx, d, d.by.Scope, fund.Filter{Year: d.today.Year()}, shown+1)
	if err != nil {
		return nil, false, err
	}
	for _, a := range accounts[:min(len(accounts), shown)] {
		m := ui.MeterView{Name: a.Title().In(ctx), Href: deskpage.Under(deskpage.FundsPath, int64(a.ID)), Spent: a.Paid, Reserved: a.Reserved, Total: a.Received}
		if a.OrgID != d.by.OrgID {
			m.Name = words.T(ctx, "desk.fund_of", m.Name, a.Office)
		}
		meters = append(meters, m)
	}
	return meters, len(accounts) > shown, nil
}
