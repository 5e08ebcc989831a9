package layout

import (
	"context"
	"io"

	"github.com/a-h/templ"

	"bangfu/internal/words"
)

// width gives the class for the width of a page.
func width(p Page) string {
	switch {
	case p.Wide:
		return "page page-wide"
	case p.Narrow:
		return "page page-narrow"
	}
	return "page"
}

// printClass gives the class of a print's body.
func printClass(s Sheet) string {
	class := "print"
	if s.Wide {
		class += " print-across"
	}
	if s.QR != "" {
		class += " print-traced"
	}
	return class
}

// links draws the items of a navigation. It is written out by hand, as the rows of a table are: a component for each of
// twenty links cost a tenth of a small page.
func links(items []Nav) templ.Component {
	return templ.ComponentFunc(func(ctx context.Context, w io.Writer) error {
		b := make([]byte, 0, 2<<10)
		for _, n := range items {
			b = append(b, `<li><a href="`...)
			b = append(b, templ.EscapeString(string(templ.SafeURL(n.Path)))...)
			b = append(b, '"')
			if n.Current {
				b = append(b, ` aria-current="page"`...)
			}
			b = append(b, '>')
			b = append(b, templ.EscapeString(words.T(ctx, n.Label))...)
			b = append(b, `</a></li>`...)
		}
		_, err := w.Write(b)
		return err
	})
}

// scripting hands the script what it needs to know of the page.
func scripting(ctx context.Context, p Page) templ.OrderedAttributes {
	attrs := templ.OrderedAttributes{
		templ.KV[string, any]("data-keys-title", words.T(ctx, "layout.keys_title")),
		templ.KV[string, any]("data-keys-list", words.T(ctx, "layout.keys_list")),
		templ.KV[string, any]("data-keys-off", words.T(ctx, "layout.keys_off")),
		templ.KV[string, any]("data-keys-on", words.T(ctx, "layout.keys_on")),
		templ.KV[string, any]("data-close", words.T(ctx, "layout.close")),
	}
	if p.Search != "" {
		attrs = append(attrs, templ.KV[string, any]("data-search", p.Search))
	}
	return attrs
}
