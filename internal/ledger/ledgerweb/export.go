package ledgerweb

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/ledger"
	"bangfu/internal/sheet"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/ledgerpage"
	"bangfu/templates/ui"
)

// exportRoutes declares the addresses of lists given out.
func (h *Handlers) exportRoutes(rs *web.Routes) {
	rs.Get(ledgerpage.ExportsPath, staff.CapLedgerExport, h.getExports)
	rs.Get(ledgerpage.AskPath, staff.CapLedgerExport, h.getAsk)
	rs.Post(ledgerpage.ExportsPath, staff.CapLedgerExport, h.postAsk)
	rs.Get("/exports/{export}", staff.CapLedgerExport, h.getExport)
	rs.Post("/exports/{export}/file", staff.CapLedgerExport, h.postFetch)
}

// getExports lists the lists that were given out.
func (h *Handlers) getExports(w http.ResponseWriter, r *http.Request) error {
	below, err := web.QueryID[ledger.ExportID](r, "below")
	if err != nil {
		return err
	}
	v := ledgerpage.ExportsView{Page: h.Page(r, "ledger.exports")}
	v.Lead, v.Wide, v.Crumbs = "ledger.exports_lead", true, []layout.Crumb{{Key: "layout.home", Path: "/"}}
	v.Actions = []ui.Btn{{Key: "ledger.ask", Href: ledgerpage.AskPath}}
	if v.Exports, err = ledger.Exports(r.Context(), h.DB, web.By(r).Scope, below, importsShown+1); err != nil {
		return err
	}
	if len(v.Exports) > importsShown {
		v.Exports = v.Exports[:importsShown]
		v.Next = v.Exports[importsShown-1].ID
	}
	return h.Render(w, r, http.StatusOK, ledgerpage.Exports(v))
}

// askForm asks which list, in which form, and why.
type askForm struct {
	*form.Form
	file, list, sort, turned, layout, format, reason, full *form.Field
}

// oneFile is what the form sends instead of a list when it is about one file.
const oneFile = "file"

// newAskForm declares the form; with a file it is about that one alone. asked is the list, the conditions and the order
// that the reader came with.
func newAskForm(values, asked url.Values, file work.FileID, by work.Actor) askForm {
	f := askForm{Form: form.New(values)}
	for _, name := range casefile.FilterNames {
		f.Hidden(name, form.Default(asked.Get(name)))
	}
	f.file = f.Hidden("file", form.Default(int64(file)))
	lists := form.Options(casefile.WorkLists...)
	chosen := string(casefile.ActiveList)
	if list := asked.Get("list"); slices.Contains(casefile.WorkLists, casefile.WorkList(list)) {
		chosen = list
	}
	if file != 0 {
		lists, chosen = []form.Option{{Value: oneFile, Key: "ledger.export.one"}}, oneFile
	}
	f.list = f.Select("list", "ledger.ask.list", lists, form.Required, form.Default(chosen))
	if file == 0 {
		order, turned, _ := casefile.OrderFrom(asked) // known: getAsk refuses another
		f.sort = f.Select("sort", "ledger.ask.order", form.Options(casefile.Sorts...), form.Required, form.Default(string(order)))
		f.turned = f.Tick("turned", "ledger.ask.turned", form.Default(turned))
	}
	f.layout = f.Choice("layout", "ledger.ask.layout", layoutOptions(), form.Required, form.Default(string(defaultLayout(file))))
	f.format = f.Choice("format", "ledger.ask.format", form.Options(sheet.XLSX, sheet.CSV), form.Required, form.Default(string(sheet.XLSX)))
	f.reason = f.Text("reason", "ledger.ask.reason", form.Required, form.Least(ledger.LeastReason), form.Max(200),
		form.Hint("ledger.ask.reason_hint", ledger.LeastReason))
	if by.Can(staff.CapLedgerExportFull) {
		f.full = f.Tick("full", "ledger.ask.full", form.Hint("ledger.ask.full_hint"))
	}
	return f
}

// layoutOptions offers the layouts, each with what its rows are.
func layoutOptions() []form.Option {
	options := form.Options(ledger.Layouts...)
	for i, l := range ledger.Layouts {
		options[i].Hint = words.Key("ledger.layout_hint." + string(l))
	}
	return options
}

// defaultLayout is what is asked for most: the table of one file, the list of many.
func defaultLayout(file work.FileID) ledger.Layout {
	if file != 0 {
		return ledger.FileTable
	}
	return ledger.CoverList
}

// wish reads what was asked for.
func (f askForm) wish(file work.FileID, filter casefile.Filter, language words.Language) ledger.Wish {
	w := ledger.Wish{Layout: form.One[ledger.Layout](f.layout), Format: form.One[sheet.Kind](f.format), File: file,
		Full: f.full != nil && f.full.Ticked(), Reason: f.reason.Text(), Language: language}
	if file == 0 {
		w.List, w.Filter = form.One[casefile.WorkList](f.list), filter
		w.Sort, w.Backward = form.One[casefile.Sort](f.sort), f.turned.Ticked()
	}
	return w
}

// getAsk asks for a list, or for the table of one file.
func (h *Handlers) getAsk(w http.ResponseWriter, r *http.Request) error {
	file, err := web.QueryID[work.FileID](r, "file")
	if err != nil {
		return err
	}
	asked := r.URL.Query()
	filter, err := casefile.FilterFrom(asked)
	if err != nil || file != 0 && filter != (casefile.Filter{}) {
		return work.ErrNotFound
	}
	if _, _, err := casefile.OrderFrom(asked); err != nil {
		return err
	}
	return h.showAsk(w, r, http.StatusOK, file, filter, newAskForm(nil, asked, file, web.By(r)))
}

// postAsk writes the wish down; the background does the rest.
func (h *Handlers) postAsk(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	file := work.FileID(0)
	if text := values.Get("file"); text != "" && text != "0" {
		id, err := strconv.ParseInt(text, 10, 64)
		if err != nil || id < 1 {
			return web.ErrBadForm
		}
		file = work.FileID(id)
	}
	filter, err := casefile.FilterFrom(values)
	if err != nil {
		return web.ErrBadForm
	}
	f := newAskForm(values, nil, file, web.By(r))
	if !f.Valid() {
		return h.showAsk(w, r, http.StatusUnprocessableEntity, file, filter, f)
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		id, err := ledger.Ask(r.Context(), u, f.wish(file, filter, words.Of(r.Context())))
		return ledgerpage.ExportPath(id), err
	})
	if web.Refused(f.Form, err) {
		return h.showAsk(w, r, http.StatusUnprocessableEntity, file, filter, f)
	}
	if err != nil {
		return err
	}
	h.Flash(r, "ledger.flash.asked")
	return web.SeeOther(w, r, to)
}

func (h *Handlers) showAsk(w http.ResponseWriter, r *http.Request, status int, file work.FileID, filter casefile.Filter, f askForm) error {
	page := h.Page(r, "ledger.ask")
	page.Crumbs = []layout.Crumb{{Key: "layout.home", Path: "/"}, {Key: "ledger.exports", Path: ledgerpage.ExportsPath}}
	if file != 0 {
		c, err := casefile.Find(r.Context(), h.DB, web.By(r).Scope, file)
		if err != nil {
			return err
		}
		page.Title, page.Args = "ledger.ask_one", []any{c.Name()}
	}
	page.Form = f.Form
	v := ledgerpage.AskView{Page: page}
	var err error
	if v.Narrowed, err = filter.Conditions(r.Context(), h.DB, web.By(r).Scope); err != nil {
		return err
	}
	return h.Render(w, r, status, ledgerpage.Ask(v))
}

// exportOf finds the list of the address.
func (h *Handlers) exportOf(r *http.Request) (ledger.Export, error) {
	id, err := web.PathID[ledger.ExportID](r, "export")
	if err != nil {
		return ledger.Export{}, err
	}
	return ledger.FindExport(r.Context(), h.DB, web.By(r).Scope, id)
}

// getExport shows one list; while it is being written the page asks for itself anew.
func (h *Handlers) getExport(w http.ResponseWriter, r *http.Request) error {
	e, err := h.exportOf(r)
	if err != nil {
		return err
	}
	v := ledgerpage.ExportView{Page: h.Page(r, "ledger.export.title", e.Layout), Export: e, Mine: e.AskedBy == web.By(r).StaffID}
	v.Crumbs = []layout.Crumb{{Key: "layout.home", Path: "/"}, {Key: "ledger.exports", Path: ledgerpage.ExportsPath}}
	// The export is of an office of the reader's, and so is what it was narrowed to.
	if v.Narrowed, err = e.Filter.Conditions(r.Context(), h.DB, work.Everywhere); err != nil {
		return err
	}
	if e.Standing.Moving() {
		w.Header().Set("Refresh", lookAgain)
	}
	return h.Render(w, r, http.StatusOK, ledgerpage.Export(v))
}

// postFetch sends a list, once.
func (h *Handlers) postFetch(w http.ResponseWriter, r *http.Request) error {
	e, err := h.exportOf(r)
	if err != nil {
		return err
	}
	if _, err := web.Only(r); err != nil {
		return err
	}
	fresh := false
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		fresh = true
		var err error
		e, err = ledger.Fetch(r.Context(), u, e.ID)
		return ledgerpage.ExportPath(e.ID), err
	})
	if err != nil {
		return err
	}
	if !fresh {
		return web.SeeOther(w, r, to)
	}
	ctx := r.Context()
	name := words.T(ctx, "ledger.export.name", e.Layout, day.On(h.Now())) + "." + string(e.Format)
	return send(w, name, e.Format, func(out *counted) error { return ledger.Send(ctx, h.Files, e, out) })
}
