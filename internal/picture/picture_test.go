package picture

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"
)

var (
	red   = color.RGBA{R: 220, A: 255}
	green = color.RGBA{G: 200, A: 255}
	blue  = color.RGBA{B: 220, A: 255}
	black = color.RGBA{A: 255}
)

// quarters is a picture of four colours: red and green above, blue and black below.
func quarters(w, h int) *image.RGBA {
	p := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := red
			switch {
			case x >= w/2 && y >= h/2:
				c = black
			case x >= w/2:
				c = green
			case y >= h/2:
				c = blue
			}
			p.SetRGBA(x, y, c)
		}
	}
	return p
}

// note is a camera's note with an orientation and a place.
func note(order binary.AppendByteOrder, mark string, orientation uint16) []byte {
	b := []byte(mark)
	b = order.AppendUint32(b, 8)
	b = order.AppendUint16(b, 2)
	for _, entry := range [][4]uint16{{0x0112, 3, 1, orientation}, {0x8825, 4, 1, 99}} { // 0x8825: where to find the place
		b = order.AppendUint16(b, entry[0])
		b = order.AppendUint16(b, entry[1])
		b = order.AppendUint32(b, uint32(entry[2]))
		b = order.AppendUint16(b, entry[3])
		b = order.AppendUint16(b, 0)
	}
	return append(b, "\x00\x00\x00\x00GPS 39.9042N 116.4074E"...)
}

func encode(t testing.TB, p image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, p, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// noted puts a camera's note into a JPEG.
func noted(data, note []byte) []byte {
	segment := binary.BigEndian.AppendUint16([]byte{0xFF, 0xE1}, uint16(len(note)+8))
	segment = append(segment, "Exif\x00\x00"...)
	return bytes.Join([][]byte{data[:2], segment, note, data[2:]}, nil)
}

// corners names the colours of the four corners, row by row.
func corners(t *testing.T, data []byte) (string, image.Rectangle) {
	t.Helper()
	p, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	b, named := p.Bounds(), ""
	for _, at := range []image.Point{{2, 2}, {b.Max.X - 3, 2}, {2, b.Max.Y - 3}, {b.Max.X - 3, b.Max.Y - 3}} {
		r, g, bl, _ := p.At(at.X, at.Y).RGBA()
		switch {
		case r > 40_000 && g > 40_000:
			named += "w"
		case r > 40_000:
			named += "r"
		case g > 40_000:
			named += "g"
		case bl > 40_000:
			named += "b"
		default:
			named += "k"
		}
	}
	return named, b
}

// The eight ways to hold a camera, EXIF 2.3, 4.6.4.
func TestUpright(t *testing.T) {
	want := map[uint16]string{1: "rgbk", 2: "grkb", 3: "kbgr", 4: "bkrg", 5: "rbgk", 6: "brkg", 7: "kgbr", 8: "gkrb", 0: "rgbk", 9: "rgbk"}
	plain := encode(t, quarters(64, 32))
	for orientation, colours := range want {
		for name, n := range map[string][]byte{
			"Intel":    note(binary.LittleEndian, "II*\x00", orientation),
			"Motorola": note(binary.BigEndian, "MM\x00*", orientation),
		} {
			clean, err := Clean(t.Context(), noted(plain, n))
			if err != nil {
				t.Fatal(err)
			}
			got, size := corners(t, clean)
			across := orientation < 5 || orientation > 8
			if got != colours || (size.Dx() == 64) != across {
				t.Errorf("%s %d: %s %v, want %s", name, orientation, got, size, colours)
			}
		}
	}
}

func TestNothingBesideThePicture(t *testing.T) {
	clean, err := Clean(t.Context(), append(noted(encode(t, quarters(40, 40)), note(binary.LittleEndian, "II*\x00", 6)), "appended film"...))
	if err != nil {
		t.Fatal(err)
	}
	for _, left := range []string{"Exif", "GPS", "39.9042", "film"} {
		if bytes.Contains(clean, []byte(left)) {
			t.Errorf("%q is still there", left)
		}
	}
}

func TestSize(t *testing.T) {
	for _, test := range []struct{ w, h, toW, toH int }{
		{LongEdge, 10, LongEdge, 10}, {LongEdge + 1, 10, LongEdge, 9}, {10, LongEdge + 1, 9, LongEdge},
		{4800, 3600, 2400, 1800}, {1, 1, 1, 1}, {5000, 1, 2400, 1},
	} {
		clean, err := Clean(t.Context(), encode(t, quarters(test.w, test.h)))
		if err != nil {
			t.Fatal(err)
		}
		config, err := jpeg.DecodeConfig(bytes.NewReader(clean))
		if err != nil || config.Width != test.toW || config.Height != test.toH {
			t.Errorf("%d×%d became %d×%d, %v; want %d×%d", test.w, test.h, config.Width, config.Height, err, test.toW, test.toH)
		}
	}
}

func TestTransparentBecomesWhite(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewNRGBA(image.Rect(0, 0, 20, 20))); err != nil {
		t.Fatal(err)
	}
	clean, err := Clean(t.Context(), b.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if got, _ := corners(t, clean); got != "wwww" {
		t.Errorf("corners %s", got)
	}
}

// A picture of many points in few bytes is refused before it is taken apart.
func TestTooManyPoints(t *testing.T) {
	for _, test := range []struct {
		w, h uint32
		bits byte // of each colour of a point
		want error
	}{{50_000, 1_000, 8, ErrUnreadable}, {50_000, 1_001, 8, ErrTooLarge}, {12_500, 1_000, 16, ErrUnreadable}, {12_500, 1_001, 16, ErrTooLarge},
		{100_000, 100_000, 8, ErrTooLarge}, {0, 5, 8, ErrUnreadable}} {
		if _, err := Clean(t.Context(), hollow(test.w, test.h, test.bits)); !errors.Is(err, test.want) {
			t.Errorf("%d×%d of %d bits: %v, want %v", test.w, test.h, test.bits, err, test.want)
		}
	}
}

// hollow is a PNG that says how large it is and holds nothing.
func hollow(w, h uint32, bits byte) []byte {
	head := binary.BigEndian.AppendUint32([]byte("IHDR"), w)
	head = append(binary.BigEndian.AppendUint32(head, h), bits, 2, 0, 0, 0)
	data := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), head...)
	return binary.BigEndian.AppendUint32(data, crc32.ChecksumIEEE(head))
}

// Who waits for their turn stops waiting when nobody waits for the answer any more.
func TestWaitingEnds(t *testing.T) {
	turns <- struct{}{}
	turns <- struct{}{}
	defer func() { <-turns; <-turns }()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Clean(ctx, encode(t, quarters(8, 8))); !errors.Is(err, context.Canceled) {
		t.Errorf("%v", err)
	}
}

func TestNoPicture(t *testing.T) {
	whole := encode(t, quarters(64, 64))
	for name, data := range map[string][]byte{
		"nothing": nil, "text": []byte("困难职工"), "PDF": []byte("%PDF-1.7\n%%EOF"), "half": whole[:len(whole)/3], "head": whole[:4],
	} {
		if _, err := Clean(t.Context(), data); !errors.Is(err, ErrUnreadable) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzClean(f *testing.F) {
	plain := encode(f, quarters(16, 8))
	f.Add(plain)
	f.Add(noted(plain, note(binary.LittleEndian, "II*\x00", 6)))
	f.Add(noted(plain, note(binary.BigEndian, "MM\x00*", 3)))
	f.Add(hollow(20, 20, 8))
	f.Add([]byte("RIFF\x10\x00\x00\x00WEBPVP8 \x04\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		clean, err := Clean(t.Context(), data)
		if err != nil {
			return
		}
		config, err := jpeg.DecodeConfig(bytes.NewReader(clean))
		if err != nil || max(config.Width, config.Height) > LongEdge {
			t.Errorf("became %d×%d, %v", config.Width, config.Height, err)
		}
	})
}
