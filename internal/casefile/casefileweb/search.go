package casefileweb

import (
	"net/http"
	"net/url"

	"bangfu/internal/casefile"
	"bangfu/internal/form"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/templates/casefilepage"
)

// newSearchForm is the one box of the search. after is where the next page of an answer begins.
func newSearchForm(values url.Values) *form.Form {
	f := form.New(values)
	f.Text("sought", "casefile.search.sought", form.Required, form.Max(60), form.Hint("casefile.search.hint"))
	f.Hidden("after", form.Max(60))
	return f
}

// getSearch shows the empty search. Nothing personal is listed before somebody was looked for (ux.md U11).
func (h *Handlers) getSearch(w http.ResponseWriter, r *http.Request) error {
	return h.showSearch(w, r, http.StatusOK, newSearchForm(nil), nil)
}

// postSearch looks for files. It is a POST that changes nothing, so that no name or number stands in an address. A whole
// number that can only have meant one file leads straight there.
func (h *Handlers) postSearch(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := newSearchForm(values)
	if !f.Valid() {
		return h.showSearch(w, r, http.StatusUnprocessableEntity, f, nil)
	}
	result, err := casefile.Search(r.Context(), h.DB, h.Keys, web.By(r).Scope, f.Field("sought").Text(), f.Field("after").Text())
	if err != nil {
		return err
	}
	if file, person, ok := result.Meant(); ok {
		return web.SeeOther(w, r, casefilepage.MeantPath(file, person))
	}
	if len(result.By) == 0 {
		f.Fail("sought", "casefile.search.short")
		return h.showSearch(w, r, http.StatusUnprocessableEntity, f, nil)
	}
	return h.showSearch(w, r, http.StatusOK, f, &result)
}

func (h *Handlers) showSearch(w http.ResponseWriter, r *http.Request, status int, f *form.Form, result *casefile.Result) error {
	v := casefilepage.SearchView{Page: h.Page(r, "casefile.search.title"), Form: f, Result: result,
		Later: f.Field("after").Text() != "", Register: web.By(r).Can(staff.CapFileRegister)}
	v.Page.Form = f
	return h.Render(w, r, status, casefilepage.Search(v))
}
