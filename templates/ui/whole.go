package ui

import (
	"context"
	"io"
	"regexp"
	"strings"

	"github.com/a-h/templ"
)

// hyphened finds numbers and codes with hyphens in them: 0879-2100001, ZJ202600007-2, 2026-11-22.
var hyphened = regexp.MustCompile(`[0-9A-Za-z]+(?:-[0-9A-Za-z]+)+`)

// Whole draws a text whose numbers do not break at a hyphen, for letters: who reads a phone number off paper should find
// it in one line. A hyphen between words breaks as ever.
func Whole(text string) templ.Component {
	return templ.ComponentFunc(func(_ context.Context, w io.Writer) error {
		var b strings.Builder
		behind := 0
		for _, at := range hyphened.FindAllStringIndex(text, -1) {
			number := text[at[0]:at[1]]
			if !strings.ContainsAny(number, "0123456789") {
				continue
			}
			b.WriteString(templ.EscapeString(text[behind:at[0]]))
			b.WriteString(`<span class="whole">` + number + `</span>`)
			behind = at[1]
		}
		b.WriteString(templ.EscapeString(text[behind:]))
		_, err := io.WriteString(w, b.String())
		return err
	})
}
