package staff

import (
	"context"
	"errors"
	"testing"
)

// From one address one is let through at a time; other addresses do not wait for it.
func TestTurns(t *testing.T) {
	var q queues
	done, err := q.turn(t.Context(), "10.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := q.turn(ended, "10.0.0.1"); !errors.Is(err, context.Canceled) {
		t.Errorf("a second from the address: %v", err)
	}
	other, err := q.turn(t.Context(), "10.0.0.2")
	if err != nil {
		t.Errorf("one from another address: %v", err)
	}
	other()
	done()
	again, err := q.turn(t.Context(), "10.0.0.1")
	if err != nil {
		t.Fatal(err)
	}
	again()
	if len(q.waiting) != 0 {
		t.Errorf("%d addresses are remembered", len(q.waiting))
	}
}
