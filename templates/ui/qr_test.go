package ui

import (
	"fmt"
	"strings"
	"testing"

	"rsc.io/qr"
)

// The path draws every black module of the code once, and nothing else.
func TestQRPath(t *testing.T) {
	const text = "https://bangfu.example.cn/prints/2s-0123456789ab"
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		t.Fatal(err)
	}
	path, side, err := qrPath(text)
	if err != nil || side != code.Size+8 {
		t.Fatalf("side %d of %d modules, %v", side, code.Size, err)
	}
	drawn := map[[2]int]int{}
	for _, run := range strings.Split(strings.TrimSuffix(path, "z"), "z") {
		var x, y, length, back int
		if n, err := fmt.Sscanf(run, "M%d %dh%dv1h-%d", &x, &y, &length, &back); err != nil || n != 4 || length != back {
			t.Fatalf("run %q", run)
		}
		for i := range length {
			drawn[[2]int{x + i - 4, y - 4}]++
		}
	}
	for y := range code.Size {
		for x := range code.Size {
			want := 0
			if code.Black(x, y) {
				want = 1
			}
			if got := drawn[[2]int{x, y}]; got != want {
				t.Fatalf("module %d,%d drawn %d times, want %d", x, y, got, want)
			}
		}
	}
	if _, _, err := qrPath(strings.Repeat("x", 5000)); err == nil {
		t.Error("a text too long for any code was drawn")
	}
}
