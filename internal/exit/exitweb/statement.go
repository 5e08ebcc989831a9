package exitweb

import (
	"net/http"
	"net/url"
	"strings"

	"bangfu/internal/day"
	"bangfu/internal/exit"
	"bangfu/internal/form"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/exitpage"
	"bangfu/templates/layout"
)

// newPeriodForm asks for a period.
func newPeriodForm(query url.Values, today day.Date) *form.Form {
	return form.Period(query, "exit.statement.from", "exit.statement.until", today)
}

// getStatement shows how the register moved in a period, office by office.
func (h *Handlers) getStatement(w http.ResponseWriter, r *http.Request) error {
	today := day.On(h.Now())
	after := r.URL.Query().Get("after")
	if strings.Trim(after, "/0123456789") != "" {
		return work.ErrNotFound
	}
	f := newPeriodForm(r.URL.Query(), today)
	v := exitpage.StatementView{Page: h.Page(r, "exit.statement.title"), Filter: f}
	v.From, v.Until = f.Period(today)
	v.Lead, v.Wide, v.Crumbs = "exit.statement.lead", true, exitpage.Crumbs()
	v.Actions = v.Acts()
	var err error
	if v.All, v.Offices, v.Next, err = exit.StatementOf(r.Context(), h.DB, web.By(r).Scope, v.From, v.Until, after, pageSize); err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, exitpage.Statement(v))
}

// getStatementPrint is the statement on paper, with all offices.
func (h *Handlers) getStatementPrint(w http.ResponseWriter, r *http.Request) error {
	today, by := day.On(h.Now()), web.By(r)
	v := exitpage.StatementPrintView{Office: by.Office, On: today}
	v.From, v.Until = newPeriodForm(r.URL.Query(), today).Period(today)
	v.Sheet = layout.Sheet{Page: h.Page(r, "exit.statement.title"), By: by.Name, At: h.Now(), Back: exitpage.StatementPath(v.From, v.Until, ""), Wide: true}
	var err error
	if v.All, v.Offices, _, err = exit.StatementOf(r.Context(), h.DB, by.Scope, v.From, v.Until, "", 0); err != nil {
		return err
	}
	return h.Render(w, r, http.StatusOK, exitpage.StatementPrint(v))
}
