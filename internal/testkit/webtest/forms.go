package webtest

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Form is one form of a page, for tests that send what no person would.
type Form struct {
	Get    bool
	Action string // address with its query
	Upload bool
	Fields []Field
	Values url.Values // what pressing the first of its buttons would send as it stands
}

// Field is one box of a form.
type Field struct {
	Name, Kind string   // Kind: text, area, money, date, number, id, card, phone, password, select, radio, checkbox, file, hidden, button
	Options    []string // values of a list, of radio buttons, of tick boxes, of buttons of one name
	Required   bool
}

// Forms lists the forms of the page, in their order.
func (p *Page) Forms() []Form {
	var forms []Form
	for _, n := range all(p.root, func(n *html.Node) bool { return n.DataAtom == atom.Form }) {
		f := Form{
			Get:    !strings.EqualFold(attr(n, "method"), "post"),
			Action: p.resolve(firstOf(attr(n, "action"), p.Path)),
			Upload: attr(n, "enctype") == "multipart/form-data",
			Values: p.valuesOf(n),
		}
		for _, c := range p.controls(n) {
			f.add(c)
		}
		for i, b := range p.buttons(n) {
			if i == 0 && attr(b, "name") != "" {
				f.Values.Set(attr(b, "name"), attr(b, "value"))
			}
			f.add(b)
		}
		forms = append(forms, f)
	}
	return forms
}

// Links lists the addresses inside the site that the page leads to.
func (p *Page) Links() []string {
	var links []string
	for _, a := range all(p.root, func(n *html.Node) bool { return n.DataAtom == atom.A && has(n, "href") }) {
		if href := attr(a, "href"); !strings.HasPrefix(href, "#") && !strings.Contains(href, ":") {
			links = append(links, p.resolve(href))
		}
	}
	return links
}

// buttons lists the buttons that send a form, those outside it that name it too; not those that only add or remove a
// row, nor the hidden one for the key Enter.
func (p *Page) buttons(form *html.Node) []*html.Node {
	return all(p.root, func(n *html.Node) bool {
		return n.DataAtom == atom.Button && attr(n, "type") != "button" && !has(n, "formnovalidate") &&
			attr(n, "aria-hidden") == "" && p.within(n, form)
	})
}

// within tells whether a control belongs to the form.
func (p *Page) within(n, form *html.Node) bool {
	if owner := attr(n, "form"); owner != "" {
		return owner == attr(form, "id")
	}
	for up := n.Parent; up != nil; up = up.Parent {
		if up == form {
			return true
		}
	}
	return false
}

// add notes a control; one of the same name adds its value to the options.
func (f *Form) add(n *html.Node) {
	name := attr(n, "name")
	if name == "" || has(n, "disabled") {
		return
	}
	i := slices.IndexFunc(f.Fields, func(d Field) bool { return d.Name == name })
	if i < 0 {
		i = len(f.Fields)
		f.Fields = append(f.Fields, Field{Name: name, Kind: kindOf(n), Required: attr(n, "aria-required") == "true"})
	}
	d := &f.Fields[i]
	switch d.Kind {
	case "select":
		for _, o := range all(n, func(o *html.Node) bool { return o.DataAtom == atom.Option }) {
			if v := optionValue(o); v != "" {
				d.Options = append(d.Options, v)
			}
		}
	case "radio", "checkbox", "button":
		d.Options = append(d.Options, firstOf(attr(n, "value"), "on"))
	}
}

// kindOf tells what a control takes, by what the kit writes into it.
func kindOf(n *html.Node) string {
	classes := strings.Fields(attr(n, "class"))
	switch {
	case n.DataAtom == atom.Textarea:
		return "area"
	case n.DataAtom == atom.Select:
		return "select"
	case n.DataAtom == atom.Button:
		return "button"
	case has(n, "data-id-number"):
		return "id"
	case has(n, "data-card-number"):
		return "card"
	case has(n, "data-date"):
		return "date"
	case attr(n, "type") == "tel":
		return "phone"
	case attr(n, "inputmode") == "decimal":
		return "money"
	case attr(n, "inputmode") == "numeric" && slices.Contains(classes, "num"):
		return "number"
	}
	return firstOf(attr(n, "type"), "text")
}

// Send makes the request that sends values to the form's action; files go with a form that carries uploads.
func (f Form) Send(values url.Values, files Upload) *http.Request {
	if f.Get {
		path, _, _ := strings.Cut(f.Action, "?")
		return httptest.NewRequest(http.MethodGet, path+"?"+values.Encode(), nil)
	}
	if f.Upload {
		return multipartRequest(f.Action, values, files)
	}
	r := httptest.NewRequest(http.MethodPost, f.Action, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}
