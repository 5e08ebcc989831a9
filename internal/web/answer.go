package web

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"

	"github.com/go-chi/chi/v5"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/layout"
	"bangfu/templates/ui"
)

// Forbidden is the router's no to a person without the capability. It names the offices that have it.
type Forbidden struct{ Cap work.Capability }

func (f *Forbidden) Error() string { return "forbidden: " + string(f.Cap) }

// Handle makes a handler of the standard library of h: it limits the body, catches panics and answers errors. It is
// the only place that logs a request's fault.
func (k *Kit) Handle(limit int64, h H) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if r.Body != nil && r.Body != http.NoBody {
			defer limitBody(w, r, limit)()
		}
		defer func() {
			if fault := recover(); fault != nil {
				if fault == http.ErrAbortHandler {
					panic(fault)
				}
				k.answer(w, r, fmt.Errorf("panic: %v\n%s", fault, debug.Stack()))
			}
		}()
		if err := h(w, r); err != nil {
			k.answer(w, r, err)
		}
	}
}

// answer writes the page for an error.
func (k *Kit) answer(w http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, context.Canceled) && r.Context().Err() != nil {
		return // nobody is there to read
	}
	failure := k.failureOf(err)
	if failure.Status >= 500 {
		failure.Reference = reference()
		k.Log.LogAttrs(r.Context(), slog.LevelError, "request failed",
			slog.String("reference", failure.Reference), slog.String("method", r.Method),
			slog.String("path", r.URL.Path), slog.Int64("staff", int64(By(r).StaffID)), slog.String("error", logged(err)))
	}
	if failure.Status == http.StatusServiceUnavailable {
		w.Header().Set("Retry-After", "10")
	}
	var braked *Braked
	if errors.As(err, &braked) {
		braked.Announce(w, k.Now())
	}
	if back := formPage(r); back != "" && failure.Status == http.StatusRequestEntityTooLarge {
		failure.Actions = append([]ui.Btn{{Key: "web.back_to_form", Href: back}}, failure.Actions...)
	}
	page := layout.Page{Title: failure.Title, Args: failure.Args, Path: here(r)}
	if by := By(r); by.StaffID != 0 && failure.Status < 500 {
		page = k.Page(r, failure.Title, failure.Args...)
	}
	if err := k.Render(w, r, failure.Status, layout.Error(page, failure)); err != nil {
		k.Log.Error("error page failed", slog.String("error", err.Error()))
	}
}

// failureOf words an error for a person. The error's own text is never shown.
func (k *Kit) failureOf(err error) layout.Failure {
	if refusal, ok := work.AsRefusal(err); ok {
		return layout.Failure{Status: http.StatusUnprocessableEntity, Title: "web.refused",
			Lines: []words.Message{words.Saying(words.Key(refusal.Key), refusal.Args...)}, Actions: back}
	}
	var forbidden *Forbidden
	var tooLarge *http.MaxBytesError
	var braked *Braked
	switch {
	case errors.As(err, &braked):
		return layout.Failure{Status: http.StatusTooManyRequests, Title: "web.braked", Lines: braked.Lines, Actions: back}
	case errors.As(err, &forbidden):
		return k.forbidden(forbidden.Cap)
	case errors.As(err, &tooLarge):
		return tooMuch(tooLarge.Limit)
	case errors.Is(err, ErrBadForm):
		return told(http.StatusBadRequest, "web.bad_form", "web.bad_form_why")
	case errors.Is(err, ErrFormKey):
		return told(http.StatusUnprocessableEntity, "web.form_key", "web.form_key_why")
	case errors.Is(err, work.ErrReused):
		return told(http.StatusConflict, "web.reused", "web.reused_why")
	case errors.Is(err, work.ErrNotFound), errors.Is(err, pgx.ErrNoRows):
		return told(http.StatusNotFound, "web.not_found", "web.not_found_why")
	case errors.Is(err, work.ErrStale):
		return told(http.StatusConflict, "web.stale", "web.stale_why")
	case away(err):
		return told(http.StatusServiceUnavailable, "web.away", "web.away_why")
	}
	return told(http.StatusInternalServerError, "web.fault", "web.fault_why")
}

var back = []ui.Btn{{Key: "web.home", Href: "/", Look: ui.Secondary}}

func told(status int, title, why words.Key) layout.Failure {
	return layout.Failure{Status: status, Title: title, Lines: []words.Message{words.Saying(why)}, Actions: back}
}

// tooMuch says how much may be sent at once, in bytes, and how files are made smaller. A limit of files leaves a megabyte for
// what was typed beside them.
func tooMuch(limit int64) layout.Failure {
	f := told(http.StatusRequestEntityTooLarge, "web.too_large", "web.too_large_files")
	if limit <= formLimit {
		f.Lines = []words.Message{words.Saying("web.too_large_form", limit>>10)}
		return f
	}
	f.Lines = []words.Message{words.Saying("web.too_large_files", limit>>20-1), words.Saying("web.too_large_shrink")}
	return f
}

// formPage is the page of the form that was sent, where it is shown at the address that it is sent to; "" elsewhere.
func formPage(r *http.Request) string {
	c := chi.RouteContext(r.Context())
	if r.Method != http.MethodPost || c == nil || c.Routes == nil || !c.Routes.Match(chi.NewRouteContext(), http.MethodGet, r.URL.Path) {
		return ""
	}
	return r.URL.Path
}

// forbidden says who can do what this person may not (ux.md U54).
func (k *Kit) forbidden(c work.Capability) layout.Failure {
	f := told(http.StatusForbidden, "web.forbidden", "web.forbidden_why")
	if k.Offices == nil || c == "" {
		return f
	}
	for _, office := range k.Offices(c) {
		f.Lines = append(f.Lines, words.Saying("web.forbidden_office", office))
	}
	return f
}

// away tells whether the database could not be reached, or had no time for us.
func away(err error) bool {
	var connect *pgconn.ConnectError
	var network net.Error
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		// 57P0x: shutting down or starting; 53: out of resources; 55P03: a lock was not had; 57014: took too long.
		return pg.Code[:2] == "53" || pg.Code[:4] == "57P0" || pg.Code == "55P03" || pg.Code == "57014"
	}
	return errors.As(err, &connect) || errors.As(err, &network) || errors.Is(err, context.DeadlineExceeded) || pgconn.SafeToRetry(err)
}

// logged is the error's text without the values a statement carried: PostgreSQL repeats them in its detail, and they
// may hold what must not be in a log.
func logged(err error) string {
	var pg *pgconn.PgError
	if errors.As(err, &pg) {
		return fmt.Sprintf("database: %s %s %s.%s", pg.Code, pg.ConstraintName, pg.TableName, pg.ColumnName)
	}
	return err.Error()
}

// reference is a short number to give when asking for help.
func reference() string {
	var b [4]byte
	_, _ = rand.Read(b[:]) // never fails
	return hex.EncodeToString(b[:])
}

// NotFound answers an address that does not exist.
func (k *Kit) NotFound(http.ResponseWriter, *http.Request) error { return work.ErrNotFound }
