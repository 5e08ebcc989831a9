// Package fundweb answers the addresses of the funds.
package fundweb

import (
	"net/http"
	"net/url"
	"strconv"

	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/fund"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/fundpage"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// Handlers answers the pages of the funds.
type Handlers struct{ *web.Kit }

// Routes declares the addresses.
func Routes(rs *web.Routes, k *web.Kit) {
	h := &Handlers{k}
	rs.Get("/funds", staff.CapFundRead, h.getList)
	rs.Get("/funds/new", staff.CapFundReceive, h.getOpen)
	rs.Post("/funds/new", staff.CapFundReceive, h.postOpen)
	rs.Get("/funds/{account}", staff.CapFundRead, h.getAccount)
	rs.Get("/funds/{account}/receipt", staff.CapFundReceive, h.getReceipt)
	rs.Post("/funds/{account}/receipt", staff.CapFundReceive, h.postReceipt)
	rs.Get("/funds/entries/{entry}", staff.CapFundRead, h.getEntry)
	rs.Get("/funds/entries/{entry}/reversal", staff.CapFundReceive, h.getReversal)
	rs.Post("/funds/entries/{entry}/reversal", staff.CapFundReceive, h.postReversal)
}

// Sizes of pages.
const (
	accountsShown = 50
	entriesShown  = 30
)

// today is the civil date of the request.
func (h *Handlers) today() day.Date { return day.On(h.Now()) }

// getList shows the accounts of one year, by default the running one.
func (h *Handlers) getList(w http.ResponseWriter, r *http.Request) error {
	ctx, scope, query := r.Context(), web.By(r).Scope, r.URL.Query()
	years, err := fund.Years(ctx, h.DB, scope)
	if err != nil {
		return err
	}
	v := fundpage.ListView{Page: h.Page(r, "fund.list_title"), Open: web.By(r).Can(staff.CapFundReceive)}
	v.Wide = true
	if v.Filter, err = filterForm(query, years, h.today().Year()); err != nil {
		return err
	}
	v.Year, _ = strconv.Atoi(v.Filter.Field("year").Text()) // one of the options, which are numbers
	v.Purpose = form.One[fund.Purpose](v.Filter.Field("purpose"))
	after, err := web.QueryID[fund.AccountID](r, "after")
	if err != nil {
		return err
	}
	f := fund.Filter{Year: v.Year, Purpose: v.Purpose, After: after}
	if v.Accounts, err = fund.List(ctx, h.DB, scope, f, accountsShown+1); err != nil {
		return err
	}
	if len(v.Accounts) > accountsShown {
		v.Accounts = v.Accounts[:accountsShown]
		v.Next = fundpage.ListPath + "?" + url.Values{"year": {strconv.Itoa(v.Year)}, "purpose": {string(v.Purpose)},
			"after": {strconv.FormatInt(int64(v.Accounts[accountsShown-1].ID), 10)}}.Encode()
	}
	if v.Total, err = fund.Sum(ctx, h.DB, scope, f); err != nil {
		return err
	}
	if v.Open {
		v.Actions = []ui.Btn{{Key: "fund.open", Href: fundpage.OpenPath}}
	}
	return h.Render(w, r, http.StatusOK, fundpage.List(v))
}

// filterForm is the filter of the list. A year or purpose that is none is work.ErrNotFound.
func filterForm(query url.Values, years []int, current int) (*form.Form, error) {
	values := url.Values{"year": {strconv.Itoa(current)}}
	for _, name := range []string{"year", "purpose"} {
		if query.Get(name) != "" {
			values.Set(name, query.Get(name))
		}
	}
	f := form.Filter(values)
	f.Known("after")
	var offered []form.Option
	for _, year := range withYear(years, current) {
		offered = append(offered, form.Option{Value: strconv.Itoa(year), Text: strconv.Itoa(year)})
	}
	f.Select("year", "fund.year", offered)
	f.Select("purpose", "fund.purpose_label", form.Options(fund.Purposes...))
	if !f.Valid() {
		return nil, work.ErrNotFound
	}
	return f, nil
}

// withYear adds the running year to the years that have accounts, the latest first.
func withYear(years []int, current int) []int {
	for i, year := range years {
		if year == current {
			return years
		}
		if year < current {
			return append(years[:i:i], append([]int{current}, years[i:]...)...)
		}
	}
	return append(years, current)
}

// newOpenForm is the form that opens an account.
func newOpenForm(values url.Values, year int) *form.Form {
	f := form.New(values)
	f.Number("year", "fund.year", form.Required, form.Between(int64(year-1), int64(year+1)), form.Default(year))
	f.Choice("source", "fund.source_label", form.Options(fund.Sources...), form.Required)
	f.Choice("purpose", "fund.purpose_label", form.Options(fund.Purposes...), form.Required, form.Hint("fund.pair_hint"))
	return f
}

// getOpen shows the form that opens an account.
func (h *Handlers) getOpen(w http.ResponseWriter, r *http.Request) error {
	return h.showOpen(w, r, http.StatusOK, newOpenForm(nil, h.today().Year()))
}

// postOpen opens an account. A pair that is not allowed is refused by the database's own table of pairs.
func (h *Handlers) postOpen(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := newOpenForm(values, h.today().Year())
	return h.Act(w, r, f, func() error { return h.showOpen(w, r, http.StatusUnprocessableEntity, f) }, func(u *work.Unit) (string, error) {
		id, err := fund.Open(r.Context(), u, form.One[fund.Source](f.Field("source")), form.One[fund.Purpose](f.Field("purpose")),
			int(f.Field("year").Number()))
		return fundpage.Path(id), err
	}, "fund.opened")
}

func (h *Handlers) showOpen(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	v := fundpage.OpenView{Page: h.Page(r, "fund.open")}
	v.Lead, v.LeadArg = "fund.open_office", []any{web.By(r).Office}
	v.Form, v.Crumbs = f, []layout.Crumb{{Key: "fund.list_title", Path: fundpage.ListPath}, {Key: "fund.open"}}
	return h.Render(w, r, status, fundpage.Open(v))
}

// crumbs is the way to a page of an account.
func crumbs(a fund.Account, last ...layout.Crumb) []layout.Crumb {
	here := layout.Crumb{Key: "fund.account_title", Args: []any{a.Year, a.Source, a.Purpose}, Path: fundpage.Path(a.ID)}
	if len(last) == 0 {
		here.Path = ""
	}
	return append([]layout.Crumb{{Key: "fund.list_title", Path: fundpage.ListPath}, here}, last...)
}
