package ledgerweb

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"bangfu/internal/day"
	"bangfu/internal/form"
	"bangfu/internal/ledger"
	"bangfu/internal/sheet"
	"bangfu/internal/web"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/ledgerpage"
)

// columnsForm asks for each head which field it is.
type columnsForm struct {
	*form.Form
	seen    *form.Field
	columns []*form.Field
	until   *form.Field
	lenient *form.Field
}

// notTaken is what the form sends for a column that is left out.
const notTaken = "none"

func newColumnsForm(values url.Values, i ledger.Import, examples []string, today day.Date) columnsForm {
	options := []form.Option{{Value: notTaken, Key: ledger.NotTaken.Key()}}
	for _, f := range ledger.Fields() {
		options = append(options, form.Option{Value: string(f), Key: f.Key()})
	}
	f := columnsForm{Form: form.New(values)}
	f.seen = f.Hidden("seen", form.Default(i.Version))
	for n, head := range i.Heads {
		chosen := notTaken
		if i.Columns[n] != ledger.NotTaken {
			chosen = string(i.Columns[n])
		}
		hint := form.Hint("ledger.columns.empty")
		if examples[n] != "" {
			hint = form.Hint("ledger.columns.example", examples[n])
		}
		f.columns = append(f.columns, f.Select(fmt.Sprintf("column_%d", n), "ledger.columns.column", options, form.Required,
			form.Default(chosen), form.LabelArgs(n+1, head), hint))
	}
	until := i.Until
	if until.IsZero() && slices.ContainsFunc(i.Columns, ledger.Field.IsFigure) {
		until = day.Of(today.Year(), today.Month(), 1).Add(-1) // a suggestion: it counts once it is saved
	}
	f.until = f.Date("until", "ledger.columns.until", form.NotAfter(today), form.If(!until.IsZero(), form.Default(until)), form.Hint("ledger.columns.until_hint"))
	f.lenient = f.Tick("lenient", "ledger.columns.lenient", form.Default(i.Lenient), form.Hint("ledger.columns.lenient_hint"))
	return f
}

// mapping gives what was said.
func (f columnsForm) mapping() ledger.Mapping {
	return ledger.Mapping{Columns: f.chosen(), Until: f.until.Date(), Lenient: f.lenient.Ticked()}
}

// chosen gives the fields that were chosen.
func (f columnsForm) chosen() []ledger.Field {
	columns := make([]ledger.Field, len(f.columns))
	for n, field := range f.columns {
		if value := field.Text(); value != notTaken {
			columns[n] = ledger.Field(value)
		}
	}
	return columns
}

// getColumns asks which column is what.
func (h *Handlers) getColumns(w http.ResponseWriter, r *http.Request) error {
	return h.showColumns(w, r, http.StatusOK, nil, nil, nil)
}

// postColumns says which column is what, and shows the preview anew.
func (h *Handlers) postColumns(w http.ResponseWriter, r *http.Request) error {
	i, err := h.importOf(r)
	if err != nil {
		return err
	}
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := newColumnsForm(values, i, make([]string, len(i.Heads)), day.On(h.Now()))
	if !f.Valid() {
		return h.showColumns(w, r, http.StatusUnprocessableEntity, values, nil, nil)
	}
	seen, err := strconv.Atoi(f.seen.Text())
	if err != nil {
		return web.ErrBadForm
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		return ledgerpage.ColumnsPath(i.ID), ledger.Map(r.Context(), u, i.ID, seen, f.mapping())
	})
	if refusal, ok := work.AsRefusal(err); ok {
		return h.showColumns(w, r, http.StatusUnprocessableEntity, values, refusal, nil)
	}
	if err != nil {
		return err
	}
	h.Flash(r, "ledger.flash.mapped")
	return web.SeeOther(w, r, to)
}

// showColumns draws the columns with the preview; what was sent stays chosen. sheets is the form that asks for another sheet
// when it was sent and refused.
func (h *Handlers) showColumns(w http.ResponseWriter, r *http.Request, status int, values url.Values, refusal *work.Refusal, sheets *form.Form) error {
	i, err := h.importOf(r)
	if err != nil {
		return err
	}
	if i.State != ledger.Uploaded {
		return work.Refuse("ledger.refusal.state", i.State)
	}
	today := day.On(h.Now())
	rows, err := ledger.PreviewOf(r.Context(), h.Files, i, i.Columns, today)
	fault, damaged := sheet.AsFault(err)
	if err != nil && !damaged {
		return err
	}
	f := newColumnsForm(values, i, i.Examples(rows), today)
	f.Valid()
	if damaged {
		message := fault.Message()
		f.Fail("", message.Key, message.Args...)
	}
	if refusal != nil {
		f.Fail(refusal.Field, words.Key(refusal.Key), refusal.Args...)
	}
	v := ledgerpage.ColumnsView{Page: h.Page(r, "ledger.columns.title"), Import: i, Columns: f.columns, Seen: f.seen, Preview: rows,
		How: []*form.Field{f.until, f.lenient}}
	v.Lead, v.Wide, v.Crumbs, v.Form = "ledger.columns.lead", true, crumbs(i), f.Form
	if values == nil {
		v.Lacks = i.Check(i.Heads, today)
		v.Ready = v.Lacks == nil
	}
	if v.Sheets = sheets; sheets != nil {
		v.Form = sheets
	} else if v.Sheets, err = h.newSheetForm(r.Context(), nil, i); err != nil {
		return err
	}
	return h.Render(w, r, status, ledgerpage.Columns(v))
}

// newSheetForm asks for another sheet of a workbook; nil when there is one alone in which something stands.
func (h *Handlers) newSheetForm(ctx context.Context, values url.Values, i ledger.Import) (*form.Form, error) {
	tabs, err := ledger.TabsOf(ctx, h.Files, i)
	if _, damaged := sheet.AsFault(err); damaged {
		return nil, nil // the preview says so
	}
	if err != nil || len(tabs) < 2 {
		return nil, err
	}
	options := make([]form.Option, len(tabs))
	for n, tab := range tabs {
		options[n] = form.Option{Value: tab.Name, Text: tab.Name}
		if tab.Hidden {
			options[n] = form.Option{Value: tab.Name, Key: "ledger.sheet.hidden", Args: []any{tab.Name}}
		}
	}
	f := form.New(values)
	f.Hidden("seen", form.Required, form.Default(i.Version))
	f.Select("sheet", "ledger.sheet.choose", options, form.Required, form.Default(i.Sheet), form.Hint("ledger.sheet.hint"))
	return f, nil
}

// postSheet takes another sheet of the workbook, and shows its columns.
func (h *Handlers) postSheet(w http.ResponseWriter, r *http.Request) error {
	i, err := h.importOf(r)
	if err != nil {
		return err
	}
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f, err := h.newSheetForm(r.Context(), values, i)
	if err != nil {
		return err
	}
	if f == nil { // the page offers no such form
		return web.ErrBadForm
	}
	if !f.Valid() {
		return h.showColumns(w, r, http.StatusUnprocessableEntity, nil, nil, f)
	}
	seen, err := strconv.Atoi(f.Field("seen").Text())
	if err != nil {
		return web.ErrBadForm
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		return ledgerpage.ColumnsPath(i.ID), ledger.Choose(r.Context(), u, h.Files, i.ID, seen, f.Field("sheet").Text())
	})
	if fault, ok := sheet.AsFault(err); ok {
		f.Fail("sheet", "ledger.file_fault", fault.Message())
		return h.showColumns(w, r, http.StatusUnprocessableEntity, nil, nil, f)
	}
	if web.Refused(f, err) {
		return h.showColumns(w, r, http.StatusUnprocessableEntity, nil, nil, f)
	}
	if err != nil {
		return err
	}
	h.Flash(r, "ledger.flash.sheet")
	return web.SeeOther(w, r, to)
}
