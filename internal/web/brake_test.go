package web_test

import (
	"net/http/httptest"
	"testing"
	"time"

	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/web"
)

// A browser is told to wait whole seconds, rounded up, and one at least.
func TestHowLongTheBrakeHolds(t *testing.T) {
	for wait, want := range map[time.Duration]string{time.Hour: "3600", 1500 * time.Millisecond: "2", time.Second: "1", time.Nanosecond: "1", 0: "1", -time.Minute: "1"} {
		w := httptest.NewRecorder()
		(&web.Braked{Until: pgtest.Now.Add(wait)}).Announce(w, pgtest.Now)
		if got := w.Header().Get("Retry-After"); got != want {
			t.Errorf("%v: %q, want %q", wait, got, want)
		}
	}
}
