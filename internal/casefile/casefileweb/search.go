package casefileweb

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"

	"bangfu/internal/casefile"
	"bangfu/internal/form"
	"bangfu/internal/idcard"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/casefilepage"
	"bangfu/templates/ui"
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

// postSearch looks for files. It is a POST that changes no record, so that no name or number stands in an address. A whole
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
	if braked := h.Search(r); braked != nil {
		braked.Announce(w, h.Now())
		for i, line := range braked.Lines {
			f.Fail([]string{"sought", ""}[min(i, 1)], line.Key, line.Args...)
		}
		return h.showSearch(w, r, http.StatusTooManyRequests, f, nil)
	}
	result, err := casefile.Search(r.Context(), h.DB, h.Keys, web.By(r).Scope, f.Field("sought").Text(), f.Field("after").Text())
	if err != nil {
		return err
	}
	if result.Elsewhere != nil {
		// Before the answer: without the entry nothing is told.
		if err := work.Do(r.Context(), h.DB, h.Now(), web.By(r), func(u *work.Unit) error { return casefile.NoteTold(r.Context(), u, result) }); err != nil {
			return err
		}
	}
	if file, person, ok := result.Meant(); ok {
		return web.SeeOther(w, r, casefilepage.MeantPath(file, person))
	}
	if len(result.By) == 0 {
		if fault := almostID(f.Field("sought").Text()); fault != nil {
			f.Fail("sought", form.IDFault(fault), words.Key("casefile.id_number"))
		} else {
			f.Fail("sought", "casefile.search.short")
		}
		return h.showSearch(w, r, http.StatusUnprocessableEntity, f, nil)
	}
	return h.showSearch(w, r, http.StatusOK, f, &result)
}

// idLike is what somebody means as an ID number: fifteen to nineteen signs that look like one.
var idLike = regexp.MustCompile(`^[0-9０-９]{14,18}[0-9０-９XxＸｘ]$`)

// almostID tells what is wrong with a text that was meant as an ID number; nil when it was not.
func almostID(text string) error {
	text = strings.Join(strings.Fields(text), "")
	if !idLike.MatchString(text) {
		return nil
	}
	_, err := idcard.Parse(text)
	return err
}

func (h *Handlers) showSearch(w http.ResponseWriter, r *http.Request, status int, f *form.Form, result *casefile.Result) error {
	v := casefilepage.SearchView{Page: h.Page(r, "casefile.search.title"), Form: f, Result: result,
		Later: f.Field("after").Text() != "", Register: web.By(r).Can(staff.CapFileRegister)}
	v.Page.Form = f
	if v.Register {
		v.Page.Actions = []ui.Btn{{Key: "casefile.blank.open", Href: casefilepage.FormsPath, Look: ui.Secondary}}
	}
	return h.Render(w, r, status, casefilepage.Search(v))
}
