package webtest

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Page is one answer of the site.
type Page struct {
	visitor *Visitor
	Path    string
	Code    int
	Header  http.Header
	Body    []byte
	root    *html.Node
}

func newPage(v *Visitor, r *http.Request, answer *http.Response, body []byte) *Page {
	p := &Page{visitor: v, Path: r.URL.RequestURI(), Code: answer.StatusCode, Header: answer.Header, Body: body}
	if strings.HasPrefix(answer.Header.Get("Content-Type"), "text/html") {
		root, err := html.Parse(bytes.NewReader(body))
		if err != nil {
			v.site.T.Fatal(err)
		}
		p.root = root
	}
	return p
}

var spaces = regexp.MustCompile(`\s+`)

// Text is what the page says, in one line.
func (p *Page) Text() string {
	if p.root == nil {
		return string(p.Body)
	}
	return textOf(p.root)
}

// Is fails the test unless the page has the status.
func (p *Page) Is(code int) *Page {
	p.visitor.site.T.Helper()
	if p.Code != code {
		p.visitor.site.T.Fatalf("%s: status %d, want %d\n%s\n%s", p.Path, p.Code, code, p.Text(), p.visitor.site.Log)
	}
	return p
}

// Says fails the test unless all texts stand on the page.
func (p *Page) Says(texts ...string) *Page {
	p.visitor.site.T.Helper()
	for _, text := range texts {
		if !strings.Contains(p.Text(), text) {
			p.visitor.site.T.Errorf("%s does not say %q:\n%s", p.Path, text, p.Text())
		}
	}
	return p
}

// SaysNot fails the test if one of the texts stands anywhere in the page's source.
func (p *Page) SaysNot(texts ...string) *Page {
	p.visitor.site.T.Helper()
	for _, text := range texts {
		if bytes.Contains(p.Body, []byte(text)) {
			p.visitor.site.T.Errorf("%s says %q", p.Path, text)
		}
	}
	return p
}

// Fill is what is typed: label of the field (or its name) to value. For a tick box any value ticks it, "" does not.
// For a group of buttons the value is the option's label or value.
type Fill map[string]string

// Upload is a file to be sent with a form: name of the field to file name and content.
type Upload map[string]File

// File is one file to be sent.
type File struct {
	Name    string
	Content []byte
}

// Link asks for the page that the link with the text leads to.
func (p *Page) Link(text string) *Page {
	p.visitor.site.T.Helper()
	a := find(p.root, func(n *html.Node) bool { return n.DataAtom == atom.A && strings.HasPrefix(textOf(n), text) })
	if a == nil {
		p.visitor.site.T.Fatalf("%s has no link %q:\n%s", p.Path, text, p.Text())
	}
	return p.visitor.Get(p.resolve(attr(a, "href")))
}

// Press fills the form with the button and sends it, and follows where it leads.
func (p *Page) Press(button string, fill ...Fill) *Page {
	p.visitor.site.T.Helper()
	return p.visitor.follow(p.visitor.send(p.Request(button, nil, fill...)))
}

// PressWith is Press with files.
func (p *Page) PressWith(button string, files Upload, fill ...Fill) *Page {
	p.visitor.site.T.Helper()
	return p.visitor.follow(p.visitor.send(p.Request(button, files, fill...)))
}

// Request is the request that pressing the button would send; a test may send it many times.
func (p *Page) Request(button string, files Upload, fill ...Fill) *http.Request {
	p.visitor.site.T.Helper()
	b := find(p.root, func(n *html.Node) bool {
		return n.DataAtom == atom.Button && attr(n, "type") != "button" && strings.HasPrefix(textOf(n), button)
	})
	if b == nil {
		p.visitor.site.T.Fatalf("%s has no button %q:\n%s", p.Path, button, p.Text())
	}
	form := p.formOf(b)
	values := p.valuesOf(form)
	for _, f := range fill {
		for label, value := range f {
			p.set(form, values, label, value)
		}
	}
	if name := attr(b, "name"); name != "" {
		values.Set(name, attr(b, "value"))
	}
	action := p.resolve(firstOf(attr(b, "formaction"), attr(form, "action"), p.Path))
	if strings.EqualFold(attr(form, "method"), "get") || attr(form, "method") == "" {
		path, _, _ := strings.Cut(action, "?")
		return httptest.NewRequest(http.MethodGet, path+"?"+values.Encode(), nil)
	}
	if attr(form, "enctype") == "multipart/form-data" {
		return multipartRequest(action, values, files)
	}
	r := httptest.NewRequest(http.MethodPost, action, strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return r
}

func multipartRequest(action string, values url.Values, files Upload) *http.Request {
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, list := range values {
		for _, v := range list {
			_ = w.WriteField(name, v) // a buffer takes everything
		}
	}
	for name, f := range files {
		part, _ := w.CreateFormFile(name, f.Name)
		_, _ = part.Write(f.Content)
	}
	_ = w.Close()
	r := httptest.NewRequest(http.MethodPost, action, &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return r
}

// formOf is the form that a button belongs to.
func (p *Page) formOf(button *html.Node) *html.Node {
	p.visitor.site.T.Helper()
	if id := attr(button, "form"); id != "" {
		return find(p.root, func(n *html.Node) bool { return n.DataAtom == atom.Form && attr(n, "id") == id })
	}
	for n := button.Parent; n != nil; n = n.Parent {
		if n.DataAtom == atom.Form {
			return n
		}
	}
	p.visitor.site.T.Fatalf("%s: a button outside every form", p.Path)
	return nil
}

// valuesOf is what the form would send as it stands.
func (p *Page) valuesOf(form *html.Node) url.Values {
	values := url.Values{}
	for _, n := range p.controls(form) {
		name := attr(n, "name")
		switch {
		case name == "" || has(n, "disabled"):
		case n.DataAtom == atom.Textarea:
			values.Add(name, strings.TrimPrefix(rawText(n), "\n"))
		case n.DataAtom == atom.Select:
			options := all(n, func(o *html.Node) bool { return o.DataAtom == atom.Option })
			if len(options) == 0 {
				continue
			}
			i := max(0, slices.IndexFunc(options, func(o *html.Node) bool { return has(o, "selected") }))
			values.Add(name, optionValue(options[i]))
		case attr(n, "type") == "checkbox", attr(n, "type") == "radio":
			if has(n, "checked") {
				values.Add(name, firstOf(attr(n, "value"), "on"))
			}
		case attr(n, "type") == "file", n.DataAtom == atom.Button:
		default:
			values.Add(name, attr(n, "value"))
		}
	}
	return values
}

// controls lists the form's fields, those outside it that name it too.
func (p *Page) controls(form *html.Node) []*html.Node {
	id := attr(form, "id")
	return all(p.root, func(n *html.Node) bool {
		switch n.DataAtom {
		case atom.Input, atom.Select, atom.Textarea:
			if owner := attr(n, "form"); owner != "" {
				return owner == id
			}
			for up := n.Parent; up != nil; up = up.Parent {
				if up == form {
					return true
				}
			}
		}
		return false
	})
}

// set types a value into the field with the label.
func (p *Page) set(form *html.Node, values url.Values, label, value string) {
	p.visitor.site.T.Helper()
	fits := false
	for _, n := range p.controls(form) {
		name, kind := attr(n, "name"), attr(n, "type")
		if kind == "hidden" && name != label {
			continue
		}
		own := p.labelOf(n)
		switch kind {
		case "radio":
			if name == label || strings.HasPrefix(p.legendOf(n), label) {
				fits = true
				if own == value || attr(n, "value") == value || value != "" && strings.HasPrefix(own, value) {
					values.Set(name, attr(n, "value"))
					return
				}
			}
		case "checkbox":
			if name == label || strings.HasPrefix(own, label) {
				rest := slices.DeleteFunc(values[name], func(v string) bool { return v == firstOf(attr(n, "value"), "on") })
				values[name] = rest
				if value != "" {
					values.Add(name, firstOf(attr(n, "value"), "on"))
				}
				return
			}
		default:
			if name == label || strings.HasPrefix(own, label) {
				values.Set(name, chosen(n, value))
				return
			}
		}
	}
	if fits {
		p.visitor.site.T.Fatalf("%s: %q has no option %q", p.Path, label, value)
	}
	p.visitor.site.T.Fatalf("%s has no field %q:\n%s", p.Path, label, p.Text())
}

// chosen is the value that a field would send: for a list the value of the option with the text.
func chosen(n *html.Node, value string) string {
	if n.DataAtom == atom.Select {
		for _, o := range all(n, func(o *html.Node) bool { return o.DataAtom == atom.Option }) {
			if textOf(o) == value || strings.HasPrefix(textOf(o), value) && value != "" {
				return optionValue(o)
			}
		}
	}
	return value
}

// labelOf is the text of the labels of a field.
func (p *Page) labelOf(n *html.Node) string {
	if said := attr(n, "aria-label"); said != "" {
		return said
	}
	id := attr(n, "id")
	label := find(p.root, func(l *html.Node) bool { return l.DataAtom == atom.Label && id != "" && attr(l, "for") == id })
	if label == nil {
		for up := n.Parent; up != nil; up = up.Parent {
			if up.DataAtom == atom.Label {
				label = up
				break
			}
		}
	}
	if label == nil {
		return ""
	}
	return textOf(label)
}

// legendOf is the legend of the group that a field stands in.
func (p *Page) legendOf(n *html.Node) string {
	for up := n.Parent; up != nil; up = up.Parent {
		if up.DataAtom == atom.Fieldset {
			if legend := find(up, func(l *html.Node) bool { return l.DataAtom == atom.Legend }); legend != nil {
				return textOf(legend)
			}
		}
	}
	return ""
}

// resolve makes an address of a link on this page.
func (p *Page) resolve(href string) string {
	here, err := url.Parse(p.Path)
	if err != nil {
		return href
	}
	there, err := here.Parse(href)
	if err != nil {
		return href
	}
	return there.RequestURI()
}
