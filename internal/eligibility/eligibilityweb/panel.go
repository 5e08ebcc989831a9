package eligibilityweb

import (
	"net/http"

	"github.com/a-h/templ"
)

// Panel is a part of the rules page that another feature brings: its visit rule, notice presets, tiers and terms.
type Panel = func(r *http.Request) (templ.Component, error)
