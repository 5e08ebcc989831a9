package layout

import (
	"context"

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

// spoken names the language of a paper that is in its own and not in that of the page.
func spoken(ctx context.Context, s Sheet) templ.OrderedAttributes {
	if !s.Official {
		return nil
	}
	return templ.OrderedAttributes{templ.KV[string, any]("lang", words.Of(ctx).Tag())}
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
