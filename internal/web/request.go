package web

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"github.com/go-chi/chi/v5"

	"bangfu/internal/form"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// ErrBadForm means that a form could not be read as one.
var ErrBadForm = errors.New("not a readable form")

// Form reads what was posted, within the limit of its address. Reading it twice is free.
func Form(r *http.Request) (url.Values, error) {
	if r.Method != http.MethodPost {
		return nil, ErrBadForm
	}
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		return nil, ErrBadForm
	}
	switch kind {
	case "multipart/form-data":
		err = r.ParseMultipartForm(1 << 20)
	case "application/x-www-form-urlencoded":
		err = r.ParseForm()
	default:
		return nil, ErrBadForm
	}
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return nil, err
	}
	if err != nil {
		return nil, errors.Join(ErrBadForm, err)
	}
	return r.PostForm, nil
}

// Only reads a form of the named fields and no others, for a handler that needs no more than a button. A field that
// nobody declared is ErrBadForm, as package form refuses it.
func Only(r *http.Request, names ...string) (url.Values, error) {
	values, err := Form(r)
	if err != nil {
		return nil, err
	}
	for name := range values {
		if name != form.KeyName && !slices.Contains(names, name) {
			return nil, ErrBadForm
		}
	}
	return values, nil
}

// File gives the one file posted under a name; nil when none was chosen.
func File(r *http.Request, name string) (multipart.File, *multipart.FileHeader, error) {
	if _, err := Form(r); err != nil {
		return nil, nil, err
	}
	f, header, err := r.FormFile(name)
	if errors.Is(err, http.ErrMissingFile) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, errors.Join(ErrBadForm, err)
	}
	return f, header, nil
}

// Files lists the files posted under a name; none when none was chosen.
func Files(r *http.Request, name string) ([]*multipart.FileHeader, error) {
	if _, err := Form(r); err != nil {
		return nil, err
	}
	if r.MultipartForm == nil {
		return nil, nil
	}
	return r.MultipartForm.File[name], nil
}

// PathID reads an id from the address. What is no id names nothing: work.ErrNotFound.
func PathID[T ~int64](r *http.Request, name string) (T, error) {
	id, err := strconv.ParseInt(chi.URLParam(r, name), 10, 64)
	if err != nil || id < 1 {
		return 0, work.ErrNotFound
	}
	return T(id), nil
}

// QueryID reads an id, or a place in a list, from the query of the address; zero when it is not there. What is none names no
// page: work.ErrNotFound.
func QueryID[T ~int | ~int64](r *http.Request, name string) (T, error) {
	text := r.URL.Query().Get(name)
	if text == "" {
		return 0, nil
	}
	id, err := strconv.ParseInt(text, 10, 64)
	if err != nil || id < 1 || int64(T(id)) != id {
		return 0, work.ErrNotFound
	}
	return T(id), nil
}

// Refused puts a rule's refusal into the form, at its field where it has one; false when the error is none.
func Refused(f *form.Form, err error) bool {
	refusal, ok := work.AsRefusal(err)
	if ok {
		f.Fail(refusal.Field, words.Key(refusal.Key), refusal.Args...)
	}
	return ok
}

// Address is the network address of the one who asks, without the port. Headers that a client can write are not read.
func Address(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// limitBody stops reading a body beyond the limit, and lets a small rest flow away so that the answer is seen.
func limitBody(w http.ResponseWriter, r *http.Request, limit int64) func() {
	body := r.Body
	r.Body = http.MaxBytesReader(w, body, limit)
	return func() {
		if r.MultipartForm != nil {
			_ = r.MultipartForm.RemoveAll() // temporary files; the system removes them too
		}
		_, _ = io.CopyN(io.Discard, body, 64<<10)
	}
}
