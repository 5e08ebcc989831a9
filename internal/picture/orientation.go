package picture

import (
	"bytes"
	"encoding/binary"
)

// orientation gives how the camera was held, 1 to 8; 1 is upright, and what is said when nothing is noted or the note
// cannot be read.
func orientation(data []byte) int {
	note := exif(data)
	if len(note) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.LittleEndian
	switch string(note[:4]) {
	case "II*\x00":
	case "MM\x00*":
		order = binary.BigEndian
	default:
		return 1
	}
	at := order.Uint32(note[4:])
	if uint64(at)+2 > uint64(len(note)) {
		return 1
	}
	entries := note[at+2:]
	for range order.Uint16(note[at:]) {
		if len(entries) < 12 {
			return 1
		}
		// Tag 0x0112, type SHORT, one value.
		if order.Uint16(entries) == 0x0112 && order.Uint16(entries[2:]) == 3 {
			if value := int(order.Uint16(entries[8:])); value >= 1 && value <= 8 {
				return value
			}
			return 1
		}
		entries = entries[12:]
	}
	return 1
}

// exif finds the camera's note in a JPEG, PNG or WebP; nil when there is none.
func exif(data []byte) []byte {
	switch {
	case bytes.HasPrefix(data, []byte{0xFF, 0xD8}):
		return exifOfJPEG(data)
	case bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n")):
		return chunk(data[8:], "eXIf", func(b []byte) (string, uint64) {
			return string(b[4:8]), uint64(binary.BigEndian.Uint32(b)) + 4 // and a checksum
		})
	case len(data) > 12 && bytes.HasPrefix(data, []byte("RIFF")):
		note := chunk(data[12:], "EXIF", func(b []byte) (string, uint64) {
			size := uint64(binary.LittleEndian.Uint32(b[4:]))
			return string(b[:4]), size + size%2
		})
		return bytes.TrimPrefix(note, []byte("Exif\x00\x00"))
	}
	return nil
}

// exifOfJPEG walks the segments before the picture's scan.
func exifOfJPEG(data []byte) []byte {
	for rest := data[2:]; len(rest) >= 4 && rest[0] == 0xFF && rest[1] != 0xDA; {
		if rest[1] == 0xFF { // filling
			rest = rest[1:]
			continue
		}
		length := int(binary.BigEndian.Uint16(rest[2:]))
		if length < 2 || 2+length > len(rest) {
			return nil
		}
		if note, found := bytes.CutPrefix(rest[4:2+length], []byte("Exif\x00\x00")); found && rest[1] == 0xE1 {
			return note
		}
		rest = rest[2+length:]
	}
	return nil
}

// chunk finds a chunk by its name; head reads name and length out of eight bytes.
func chunk(rest []byte, name string, head func([]byte) (string, uint64)) []byte {
	for len(rest) >= 8 {
		found, length := head(rest[:8])
		if length > uint64(len(rest)-8) {
			return nil
		}
		if found == name {
			return rest[8 : 8+length]
		}
		rest = rest[8+length:]
	}
	return nil
}
