package ui

import (
	"fmt"
	"strings"

	"rsc.io/qr"
)

// qrPath gives the modules of a QR code as the path of a drawing, and the length of its side in modules with the quiet
// zone of four around it. Level M stands a fold or a stain on paper.
func qrPath(text string) (path string, side int, err error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return "", 0, fmt.Errorf("drawing a QR code: %w", err)
	}
	const quiet = 4
	var b strings.Builder
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			run := 0
			for x+run < code.Size && code.Black(x+run, y) {
				run++
			}
			if run > 0 {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", x+quiet, y+quiet, run, run)
				x += run
			}
		}
	}
	return b.String(), code.Size + 2*quiet, nil
}
