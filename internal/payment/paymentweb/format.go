package paymentweb

import (
	"fmt"
	"net/http"
	"net/url"

	"bangfu/internal/form"
	"bangfu/internal/payment"
	"bangfu/internal/staff"
	"bangfu/internal/web"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/paymentpage"
	"bangfu/templates/ui"
)

// getFormats lists the formats of bank files.
func (h *Handlers) getFormats(w http.ResponseWriter, r *http.Request) error {
	v := paymentpage.FormatsView{Page: h.Page(r, "payment.formats"), Change: web.By(r).Can(staff.CapPaymentMake)}
	var err error
	if v.Formats, err = payment.Formats(r.Context(), h.DB); err != nil {
		return err
	}
	v.Wide, v.Crumbs = true, crumbs(layout.Crumb{Key: "payment.formats"})
	if v.Change {
		v.Actions = []ui.Btn{{Key: "payment.format_add", Href: paymentpage.NewFormatPath}}
	}
	return h.Render(w, r, http.StatusOK, paymentpage.Formats(v))
}

// newFormatForm is the form that adds a format; its columns are filled from the left.
func newFormatForm(values url.Values) *form.Form {
	f := form.New(values)
	f.Text("name", "payment.format_name", form.Required, form.Least(2), form.Max(60), form.Hint("payment.format_name_hint"))
	f.Choice("encoding", "payment.format_encoding", form.Options(payment.Encodings...), form.Required, form.Default(payment.UTF8))
	f.Choice("header", "payment.format_header", form.YesNo(), form.Required, form.Default("yes"))
	for i := range len(payment.Columns) - 1 { // the two card columns exclude each other
		usual := ""
		if i < len(usualColumns) {
			usual = string(usualColumns[i])
		}
		f.Select(fmt.Sprintf("column.%d", i+1), "payment.format_column", form.Options(payment.Columns...), form.LabelArgs(i+1),
			form.Default(usual), form.If(i < 4, form.Required))
	}
	return f
}

// usualColumns is what a fresh form proposes.
var usualColumns = []payment.Column{payment.ColSequence, payment.ColReference, payment.ColName, payment.ColBank, payment.ColCard,
	payment.ColAmount, payment.ColRemark}

// getNewFormat shows the form that adds a format.
func (h *Handlers) getNewFormat(w http.ResponseWriter, r *http.Request) error {
	return h.showNewFormat(w, r, http.StatusOK, newFormatForm(nil))
}

// postNewFormat adds a format.
func (h *Handlers) postNewFormat(w http.ResponseWriter, r *http.Request) error {
	values, err := web.Form(r)
	if err != nil {
		return err
	}
	f := newFormatForm(values)
	format := payment.Format{Name: f.Field("name").Text(), Encoding: form.One[payment.Encoding](f.Field("encoding")), Header: f.Field("header").Yes()}
	for _, d := range f.Fields()[3:] {
		if !d.Empty() {
			format.Columns = append(format.Columns, form.One[payment.Column](d))
		}
	}
	return h.Act(w, r, f, func() error { return h.showNewFormat(w, r, http.StatusUnprocessableEntity, f) }, func(u *work.Unit) (string, error) {
		_, err := payment.AddFormat(r.Context(), u, format)
		return paymentpage.FormatsPath, err
	}, "payment.format_added")
}

func (h *Handlers) showNewFormat(w http.ResponseWriter, r *http.Request, status int, f *form.Form) error {
	v := paymentpage.NewFormatView{Page: h.Page(r, "payment.format_add")}
	v.Form, v.Crumbs = f, crumbs(layout.Crumb{Key: "payment.formats", Path: paymentpage.FormatsPath}, layout.Crumb{Key: "payment.format_add"})
	return h.Render(w, r, status, paymentpage.NewFormat(v))
}

// postUse offers a format for new batches, or offers it no longer.
func (h *Handlers) postUse(w http.ResponseWriter, r *http.Request) error {
	id, err := web.PathID[payment.FormatID](r, "format")
	if err != nil {
		return err
	}
	values, err := web.Only(r, "use")
	if err != nil {
		return err
	}
	use := values.Get("use")
	if use != "yes" && use != "no" {
		return web.ErrBadForm
	}
	to, err := h.Do(r, func(u *work.Unit) (string, error) {
		return paymentpage.FormatsPath, payment.UseFormat(r.Context(), u, id, use == "yes")
	})
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, to)
}
