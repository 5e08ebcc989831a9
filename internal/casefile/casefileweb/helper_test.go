package casefileweb_test

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"bangfu/internal/testkit/webtest"
)

// bodyOf reads what a request would send.
func bodyOf(t *testing.T, r *http.Request) url.Values {
	t.Helper()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	values, err := url.ParseQuery(string(body))
	if err != nil {
		t.Fatal(err)
	}
	return values
}

// holds fails the test unless the page's fields hold all values.
func holds(t *testing.T, page *webtest.Page, values ...string) {
	t.Helper()
	for _, value := range values {
		if !bytes.Contains(page.Body, []byte(`value="`+value+`"`)) {
			t.Errorf("%s: no field holds %q", page.Path, value)
		}
	}
}

// post is the request with other values.
func post(r *http.Request, values url.Values) *http.Request {
	again := r.Clone(r.Context())
	again.Body = io.NopCloser(strings.NewReader(values.Encode()))
	again.ContentLength = -1
	return again
}

// id writes an id as a form does.
func id[T ~int64](n T) string { return strconv.FormatInt(int64(n), 10) }
