package file

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
)

func jpegBytes(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := jpeg.Encode(&out, picture(), nil); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func pngBytes(t testing.TB) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := png.Encode(&out, picture()); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func picture() image.Image {
	m := image.NewRGBA(image.Rect(0, 0, 8, 8))
	m.Set(3, 3, color.RGBA{R: 200, A: 255})
	return m
}

func webpBytes(chunk string) []byte {
	return append([]byte("RIFF\x16\x00\x00\x00WEBP"+chunk+"\x0a\x00\x00\x00"), make([]byte, 10)...)
}

func heicBytes(major string, compatible ...string) []byte {
	brands := major + "\x00\x00\x00\x00" + strings.Join(compatible, "")
	box := binary.BigEndian.AppendUint32(nil, uint32(8+len(brands)))
	return append(append(append(box, "ftyp"...), brands...), "\x00\x00\x00\x0cmeta\x00\x00\x00\x00"...)
}

const pdf = "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"

func TestTypeOf(t *testing.T) {
	photo, scan := jpegBytes(t), pngBytes(t)
	frame := bytes.Index(photo, []byte{0xFF, 0xC0})
	const html = "<html><script>alert(1)</script></html>"
	tests := map[string]struct {
		data []byte
		want string
	}{
		"a photograph":                  {photo, "image/jpeg"},
		"filling before a segment":      {append([]byte{0xFF, 0xD8, 0xFF}, photo[2:]...), "image/jpeg"},
		"a phone's trailer":             {append(bytes.Clone(photo), "trailer"...), "image/jpeg"},
		"a picture":                     {scan, "image/png"},
		"a lossy webp":                  {webpBytes("VP8 "), "image/webp"},
		"a lossless webp":               {webpBytes("VP8L"), "image/webp"},
		"an extended webp":              {webpBytes("VP8X"), "image/webp"},
		"a phone's heic":                {heicBytes("heic", "mif1", "heic"), "image/heic"},
		"a heic under the common brand": {heicBytes("mif1", "mif1", "heic"), "image/heic"},
		"a document":                    {[]byte(pdf), "application/pdf"},
		"a newer document":              {[]byte(strings.Replace(pdf, "1.4", "2.0", 1)), "application/pdf"},

		"a page":                            {[]byte(html), ""},
		"a page as a photograph":            {[]byte("\xff\xd8\xff\xe0" + html), ""},
		"a page in a first segment":         {[]byte("\xff\xd8\xff\xe0\x00\x28" + html), ""},
		"a page as a picture":               {[]byte("\x89PNG\r\n\x1a\n" + html), ""},
		"a page after a header":             {append(bytes.Clone(scan[:33]), html...), ""},
		"a page as webp":                    {[]byte("RIFF\x16\x00\x00\x00WEBP" + html), ""},
		"a page as heic":                    {[]byte("\x00\x00\x00\x18ftypheic" + html), ""},
		"a page as a document":              {[]byte("%PDF-1.4\n" + html), ""},
		"a drawing":                         {[]byte(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>`), ""},
		"an avif":                           {heicBytes("avif", "mif1", "avif"), ""},
		"an avif under the common brand":    {heicBytes("mif1", "mif1", "avif"), ""},
		"a film":                            {heicBytes("isom", "iso2", "mp41"), ""},
		"an archive":                        {[]byte("PK\x03\x04" + strings.Repeat("x", 100)), ""},
		"a program":                         {[]byte("MZ" + strings.Repeat("x", 100)), ""},
		"a gif":                             {[]byte("GIF89a" + strings.Repeat("x", 100)), ""},
		"a sound":                           {[]byte("RIFF\x16\x00\x00\x00WAVEfmt " + strings.Repeat("\x00", 20)), ""},
		"text":                              {[]byte("困难职工"), ""},
		"nothing":                           {nil, ""},
		"a photograph without a frame":      {append(bytes.Clone(photo[:frame]), photo[frame+19:]...), ""},
		"a photograph cut before the scan":  {photo[:frame+10], ""},
		"a picture cut":                     {scan[:len(scan)-6], ""},
		"a picture without data":            {append(bytes.Clone(scan[:33]), scan[len(scan)-12:]...), ""},
		"a picture with a huge chunk":       {append(bytes.Clone(scan[:33]), "\xff\xff\xff\xffIDAT0123"...), ""},
		"a webp longer than its bytes":      {webpBytes("VP8 ")[:25], ""},
		"a document without an end":         {[]byte(pdf[:20]), ""},
		"a document of no version":          {[]byte(strings.Replace(pdf, "1.4", "x.y", 1)), ""},
		"a heic without anything after":     {heicBytes("heic", "mif1")[:20], ""},
		"a heic with an endless first box":  {append([]byte{0xff, 0xff, 0xff, 0xff}, heicBytes("heic", "mif1")[4:]...), ""},
		"a heic followed by something else": {bytes.Replace(heicBytes("heic", "mif1"), []byte("meta"), []byte("html"), 1), ""},
	}
	for name, test := range tests {
		if got := TypeOf(test.data); got != test.want {
			t.Errorf("%s is %q, want %q", name, got, test.want)
		}
	}
}

// Whatever stands before the first sign, even one byte, makes a file one to refuse.
func TestLeadingJunk(t *testing.T) {
	for name, data := range map[string][]byte{
		"jpeg": jpegBytes(t), "png": pngBytes(t), "webp": webpBytes("VP8 "), "heic": heicBytes("heic", "mif1"), "pdf": []byte(pdf),
	} {
		for _, junk := range []string{" ", "\n", "\x00", "\ufeff", "<!--", "GIF89a", "<script>alert(1)</script>"} {
			if got := TypeOf(append([]byte(junk), data...)); got != "" {
				t.Errorf("%s after %q is %q", name, junk, got)
			}
		}
	}
}

// FuzzTypeOf asks that no bytes panic, and that the answer is one of those allowed and
// does not hang on a copy.
func FuzzTypeOf(f *testing.F) {
	for _, data := range [][]byte{jpegBytes(f), pngBytes(f), webpBytes("VP8X"), heicBytes("mif1", "mif1", "heic"), []byte(pdf), nil} {
		f.Add(data)
	}
	allowed := map[string]bool{"": true}
	for _, kind := range kinds {
		allowed[kind.media] = true
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		before := bytes.Clone(data)
		if got := TypeOf(data); !allowed[got] || TypeOf(before) != got || !bytes.Equal(before, data) {
			t.Errorf("%x is %q", before, got)
		}
	})
}
