// Package gallery shows every page and part in every state with made-up data, at
// /_gallery in development. One test renders each item, checks its HTML and
// compares it with the file kept of it.
package gallery

import (
	"bytes"
	"net/http"
	"strings"

	"bangfu/internal/words"
)

// Prefix is the address of the gallery.
const Prefix = "/_gallery"

// Handler serves the list of items at Prefix and each item at Prefix/name. The
// query lang=en shows it in English.
func Handler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := strings.Trim(strings.TrimPrefix(r.URL.Path, Prefix), "/")
		language, _ := words.ParseLanguage(r.URL.Query().Get("lang"))
		ctx := words.In(r.Context(), language)
		shown := index(Items())
		if name != "" {
			shown = nil
			for _, item := range Items() {
				if item.Name == name {
					shown = item.Page
				}
			}
		}
		if shown == nil {
			http.NotFound(w, r)
			return
		}
		var page bytes.Buffer
		if err := shown.Render(ctx, &page); err != nil {
			http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", "default-src 'self'")
		_, _ = page.WriteTo(w)
	})
}
