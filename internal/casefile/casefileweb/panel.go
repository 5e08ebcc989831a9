package casefileweb

import (
	"net/http"

	"github.com/a-h/templ"

	"bangfu/internal/casefile"
)

// Panel is a card on the worker's page that another feature brings: its visits, notices, grants or payments of the
// file. It gives nil when it has nothing to show to the person who asks.
type Panel = func(r *http.Request, f casefile.File) (templ.Component, error)
