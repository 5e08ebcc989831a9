package file

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// kinds are the types allowed in. Each looks at the first byte and walks the structure
// far enough to know that the rest is no disguise; none searches for a beginning, so a
// file with anything before its first sign is refused.
var kinds = []struct {
	media string
	is    func([]byte) bool
}{
	{"image/jpeg", isJPEG},
	{"image/png", isPNG},
	{"image/webp", isWebP},
	{"image/heic", isHEIC},
	{"application/pdf", isPDF},
}

// TypeOf gives the media type of the bytes, or "" when none is allowed.
func TypeOf(data []byte) string {
	for _, kind := range kinds {
		if kind.is(data) {
			return kind.media
		}
	}
	return ""
}

// isJPEG walks the segments from the start of the image to its scan and asks for a frame
// on the way. Source rule: ITU-T T.81 annex B.
func isJPEG(data []byte) bool {
	if !bytes.HasPrefix(data, []byte{0xFF, 0xD8, 0xFF}) {
		return false
	}
	framed := false
	for at := 2; at+4 <= len(data); {
		if data[at] != 0xFF {
			return false
		}
		marker := data[at+1]
		if marker == 0xFF { // filling
			at++
			continue
		}
		length := int(binary.BigEndian.Uint16(data[at+2:]))
		if marker < 0xC0 || marker >= 0xD0 && marker <= 0xD9 || length < 2 || at+2+length > len(data) {
			return false
		}
		switch {
		case marker == 0xDA:
			return framed
		case marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC:
			framed = true
		}
		at += 2 + length
	}
	return false
}

// isPNG walks the chunks from the header to the end and asks for image data between.
// Source rule: ISO/IEC 15948.
func isPNG(data []byte) bool {
	const signature = "\x89PNG\r\n\x1a\n"
	if !bytes.HasPrefix(data, []byte(signature+"\x00\x00\x00\x0dIHDR")) {
		return false
	}
	painted := false
	for rest := data[len(signature):]; len(rest) >= 12; {
		length := binary.BigEndian.Uint32(rest)
		if uint64(length)+12 > uint64(len(rest)) {
			return false
		}
		switch string(rest[4:8]) {
		case "IDAT":
			painted = true
		case "IEND":
			return painted
		}
		rest = rest[length+12:]
	}
	return false
}

// isWebP asks for the container and its first chunk. Source rule: RFC 9649.
func isWebP(data []byte) bool {
	if len(data) < 20 || string(data[:4]) != "RIFF" || string(data[8:12]) != "WEBP" {
		return false
	}
	size, first := binary.LittleEndian.Uint32(data[4:]), binary.LittleEndian.Uint32(data[16:])
	if uint64(size)+8 > uint64(len(data)) || uint64(first)+12 > uint64(size) {
		return false
	}
	return slices.Contains([]string{"VP8 ", "VP8L", "VP8X"}, string(data[12:16]))
}

// isHEIC asks for the file type box with a brand of HEVC still images, and for one of the
// boxes that follow it. AVIF, which shares the container, is not let in. Source rule:
// ISO/IEC 23008-12.
func isHEIC(data []byte) bool {
	if len(data) < 24 || string(data[4:8]) != "ftyp" {
		return false
	}
	size := binary.BigEndian.Uint32(data)
	if size < 16 || size > 256 || size%4 != 0 || uint64(size)+8 > uint64(len(data)) {
		return false
	}
	if !slices.Contains([]string{"meta", "free", "mdat"}, string(data[size+4:size+8])) {
		return false
	}
	brands := []string{"heic", "heix", "heim", "heis"}
	if major := string(data[8:12]); major != "mif1" {
		return slices.Contains(brands, major)
	}
	for at := uint32(16); at < size; at += 4 {
		if slices.Contains(brands, string(data[at:at+4])) {
			return true
		}
	}
	return false
}

// isPDF asks for the header at the first byte and for a mark of the end. Readers forgive
// up to a thousand bytes before the header; this program does not. Source rule: ISO 32000.
func isPDF(data []byte) bool {
	if len(data) < 8 || string(data[:5]) != "%PDF-" || data[6] != '.' {
		return false
	}
	return (data[5] == '1' || data[5] == '2') && data[7] >= '0' && data[7] <= '9' && bytes.Contains(data, []byte("%%EOF"))
}
