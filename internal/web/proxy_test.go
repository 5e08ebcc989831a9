package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"

	"bangfu/internal/web"
)

func TestBehind(t *testing.T) {
	own := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/24"), netip.MustParsePrefix("::1/128")}
	tests := map[string]struct {
		proxies []netip.Prefix
		remote  string
		header  []string
		want    string
	}{
		"no proxies":                     {nil, "10.0.0.5:4000", []string{"1.2.3.4"}, "10.0.0.5"},
		"not of a proxy":                 {own, "10.0.1.5:4000", []string{"1.2.3.4"}, "10.0.1.5"},
		"of a proxy":                     {own, "10.0.0.5:4000", []string{"1.2.3.4"}, "1.2.3.4"},
		"of a proxy, IPv6":               {own, "[::1]:4000", []string{"2001:db8::1"}, "2001:db8::1"},
		"of two proxies":                 {own, "10.0.0.5:4000", []string{"1.2.3.4, 10.0.0.6"}, "1.2.3.4"},
		"of two proxies, in two headers": {own, "10.0.0.5:4000", []string{"1.2.3.4", "10.0.0.6"}, "1.2.3.4"},
		"what the sender made up":        {own, "10.0.0.5:4000", []string{"9.9.9.9, 1.2.3.4"}, "1.2.3.4"},
		"without the header":             {own, "10.0.0.5:4000", nil, "10.0.0.5"},
		"no address":                     {own, "10.0.0.5:4000", []string{"nobody"}, "10.0.0.5"},
	}
	for what, test := range tests {
		t.Run(what, func(t *testing.T) {
			r := httptest.NewRequest("GET", "/", nil)
			r.RemoteAddr, r.Header["X-Forwarded-For"] = test.remote, test.header
			got := ""
			web.Behind(test.proxies)(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = web.Address(r) })).ServeHTTP(httptest.NewRecorder(), r)
			if got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}
