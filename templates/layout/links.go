package layout

import (
	"context"
	"io"

	"github.com/a-h/templ"

	"bangfu/internal/words"
)

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
