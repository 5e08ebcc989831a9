package ui

import (
	"context"
	"io"
	"sync"

	"github.com/a-h/templ"

	"bangfu/internal/words"
)

// rows draws the rows of a table's body. It is the one part that is written out by hand instead of in templ: a list has
// fifty rows of ten cells, and a component for each cell, with its line below, costs four times the page around them.
func rows(all []Row) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		p := pens.Get().(*pen)
		defer pens.Put(p)
		p.ctx, p.w, p.err, p.buf = ctx, w, nil, p.buf[:0]
		for i := range all {
			p.row(&all[i])
		}
		p.flush()
		p.ctx, p.w = nil, nil
		return p.err
	})
}

// pen writes markup into memory, and what it holds before a component draws itself.
type pen struct {
	ctx context.Context
	w   io.Writer
	buf []byte
	err error
}

var pens = sync.Pool{New: func() any { return &pen{buf: make([]byte, 0, 32<<10)} }}

func (p *pen) flush() {
	if p.err == nil && len(p.buf) > 0 {
		_, p.err = p.w.Write(p.buf)
	}
	p.buf = p.buf[:0]
}

// raw writes markup.
func (p *pen) raw(s string) { p.buf = append(p.buf, s...) }

// text writes a text so that none of it is markup; as a value of an attribute too.
func (p *pen) text(s string) {
	for i := range len(s) {
		switch s[i] {
		case '<', '>', '&', '\'', '"':
			p.buf = append(p.buf, templ.EscapeString(s)...)
			return
		}
	}
	p.buf = append(p.buf, s...)
}

// attribute writes an attribute with its value.
func (p *pen) attribute(name, value string) {
	p.raw(" ")
	p.raw(name)
	p.raw(`="`)
	p.text(value)
	p.raw(`"`)
}

func (p *pen) classed(class string) {
	if class != "" {
		p.attribute("class", class)
	}
}

// component lets a component draw itself.
func (p *pen) component(c templ.Component) {
	p.flush()
	if p.err == nil {
		p.err = c.Render(p.ctx, p.w)
	}
}

// row draws one row.
func (p *pen) row(r *Row) {
	p.raw("<tr")
	p.classed(rowClass(*r))
	p.raw(">")
	if r.Pick != nil {
		p.pick(r.Pick)
	}
	for i := range r.Cells {
		if i == 0 {
			p.head(&r.Cells[i], r.Href)
			continue
		}
		p.raw("<td")
		p.classed(r.Cells[i].class())
		p.raw(">")
		p.value(&r.Cells[i])
		p.raw("</td>")
	}
	p.raw("</tr>")
}

// head draws the first cell of a row; with an address the whole row leads there.
func (p *pen) head(c *Cell, href string) {
	p.raw(`<th scope="row"`)
	p.classed(c.class())
	p.raw(">")
	if href == "" {
		p.value(c)
	} else {
		p.raw(`<a class="row-link"`)
		p.attribute("href", string(templ.SafeURL(href)))
		p.raw(">")
		p.text(c.say(p.ctx))
		p.raw("</a>")
		p.sub(c)
	}
	p.raw("</th>")
}

// pick draws the tick box of a row.
func (p *pen) pick(k *Pick) {
	p.raw(`<td class="pick"><label class="pick-box"><span class="sr">`)
	p.text(words.T(p.ctx, "ui.pick_row", k.Label))
	p.raw(`</span> <input type="checkbox"`)
	p.attribute("name", k.Name)
	p.attribute("value", k.Value)
	if k.Checked {
		p.raw(" checked")
	}
	if k.Form != "" {
		p.attribute("form", k.Form)
	}
	p.raw("></label></td>")
}

// value draws the inside of a cell, as Value does.
func (p *pen) value(c *Cell) {
	switch {
	case c.tag != nil:
		p.raw("<span")
		p.attribute("class", toned("tag", c.tag.Tone))
		p.raw(">")
		p.text(words.T(p.ctx, c.tag.Key, c.tag.Args...))
		p.raw("</span>")
	case c.Component != nil:
		p.component(c.Component)
	case c.Href != "":
		p.raw("<a")
		p.attribute("href", string(templ.SafeURL(c.Href)))
		p.raw(">")
		p.text(c.say(p.ctx))
		p.raw("</a>")
	default:
		p.text(c.say(p.ctx))
	}
	p.sub(c)
}

func (p *pen) sub(c *Cell) {
	if c.Sub != "" {
		p.raw(`<span class="sub">`)
		p.text(c.Sub)
		p.raw("</span>")
	}
}
