package web

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Behind takes from the proxies in front of the program whom they speak for: the last address in X-Forwarded-For that is not
// one of theirs. Anybody else may write that header, so from others it is not read. Without proxies nothing changes.
func Behind(proxies []netip.Prefix) func(http.Handler) http.Handler {
	trusted := func(address string) bool {
		a, err := netip.ParseAddr(address)
		return err == nil && slices.ContainsFunc(proxies, func(p netip.Prefix) bool { return p.Contains(a.Unmap()) })
	}
	return func(next http.Handler) http.Handler {
		if len(proxies) == 0 {
			return next
		}
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			address := Address(r)
			hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
			for len(hops) > 0 && trusted(address) {
				hop := strings.TrimSpace(hops[len(hops)-1])
				if _, err := netip.ParseAddr(hop); err != nil {
					break
				}
				address, hops = hop, hops[:len(hops)-1]
			}
			r.RemoteAddr = net.JoinHostPort(address, "0")
			next.ServeHTTP(w, r)
		})
	}
}
