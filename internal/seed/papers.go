package seed

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"

	"bangfu/internal/casefile"
	"bangfu/internal/file"
)

// paper gives the stored bytes of one kind of evidence: a small photograph of a sheet with a seal, or a PDF of one
// page. Each kind is made and stored once; the households' rows share it.
func (c *centre) paper(ctx context.Context, kind casefile.EvidenceKind) (file.Blob, string, error) {
	extension, make := ".jpg", photograph
	if kind == casefile.ApplicationPaper || kind == casefile.Authorisation {
		extension, make = ".pdf", document
	}
	blob, stored := c.papers[string(kind)]
	if !stored {
		content, err := make(string(kind))
		if err != nil {
			return file.Blob{}, "", fmt.Errorf("making a sample of %s: %w", kind, err)
		}
		if blob, err = c.files.Put(ctx, bytes.NewReader(content)); err != nil {
			return file.Blob{}, "", err
		}
		c.papers[string(kind)] = blob
	}
	return blob, extension, nil
}

// photograph draws a white sheet with grey lines where text would be, and a round red seal.
func photograph(kind string) ([]byte, error) {
	const width, height = 360, 500
	sheet := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			sheet.Set(x, y, color.RGBA{250, 249, 244, 255})
		}
	}
	for row := range 16 {
		length := 120 + (row*53+len(kind)*29)%190
		for y := 60 + row*24; y < 66+row*24; y++ {
			for x := 30; x < 30+length; x++ {
				sheet.Set(x, y, color.RGBA{120, 124, 130, 255})
			}
		}
	}
	for y := -46; y <= 46; y++ {
		for x := -46; x <= 46; x++ {
			if d := x*x + y*y; d <= 46*46 && d >= 41*41 || d <= 12*12 {
				sheet.Set(280+x, 420+y, color.RGBA{196, 43, 40, 255})
			}
		}
	}
	var out bytes.Buffer
	err := jpeg.Encode(&out, sheet, &jpeg.Options{Quality: 70})
	return out.Bytes(), err
}

// document writes a PDF of one page that names its kind.
func document(kind string) ([]byte, error) {
	text := fmt.Sprintf("BT /F1 18 Tf 72 760 Td (Sample: %s) Tj ET", kind)
	objects := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(text), text),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
	}
	var out bytes.Buffer
	out.WriteString("%PDF-1.4\n")
	places := make([]int, len(objects))
	for i, object := range objects {
		places[i] = out.Len()
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	start := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(objects)+1)
	for _, place := range places {
		fmt.Fprintf(&out, "%010d 00000 n \n", place)
	}
	fmt.Fprintf(&out, "trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objects)+1, start)
	return out.Bytes(), nil
}
