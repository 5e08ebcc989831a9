// Package file keeps evidence: photographs, scans and documents that people hand in.
//
// A file is known by the SHA-256 of its plain bytes, so that the same file is kept once
// and a kept file cannot be exchanged for another. What is allowed in is decided by the
// bytes, never by the name or by what the browser says. At rest everything is sealed;
// name, title and who may see a file are the business of the feature that holds its hash.
package file

import (
	"context"
	"errors"
	"io"
	"time"
)

// MaxSize is the largest file that is taken, in bytes: 10 MB.
const MaxSize = 10 << 20

// What Put and Open may answer, besides errors of the disk and of the reader.
var (
	// ErrEmpty says that the file has no bytes.
	ErrEmpty = errors.New("file: empty")
	// ErrTooLarge says that the file has more than MaxSize bytes.
	ErrTooLarge = errors.New("file: larger than 10 MB")
	// ErrType says that the bytes are none of the allowed types: JPEG, PNG, WebP, HEIC, PDF.
	ErrType = errors.New("file: type not allowed")
	// ErrNotFound says that no file with this hash is kept.
	ErrNotFound = errors.New("file: not found")
	// ErrDamaged says that what is kept is not what was put: changed, cut, or sealed with
	// a key that is lost. Put the same file again to mend it.
	ErrDamaged = errors.New("file: damaged in the store")
)

// Blob describes one kept file.
type Blob struct {
	Hash string // SHA-256 of the plain bytes, 64 lower-case hexadecimal digits
	Size int64  // plain bytes
	Type string // media type told by the bytes, as "image/jpeg"
}

// Store keeps files. It is safe for use by several goroutines and programs at once.
type Store interface {
	Shelf

	// Put keeps all of r and describes it. The same bytes again are kept once and answer
	// with the same Blob. It answers ErrEmpty, ErrTooLarge or ErrType and keeps nothing
	// then; of a longer reader it takes MaxSize + 1 bytes. When it answers without an
	// error the file is on the disk for good.
	Put(ctx context.Context, r io.Reader) (Blob, error)

	// Open gives the plain bytes of a kept file, checked against their hash as a whole
	// before the first is read. It answers ErrNotFound or ErrDamaged. The reader of a
	// Folder is an io.ReadSeeker too, as http.ServeContent wants it.
	Open(ctx context.Context, hash string) (io.ReadCloser, error)

	// Remove takes a file away for good. That there is none with this hash is no error. A file that was put at or after
	// the time is left and answers false: somebody may be about to name it.
	Remove(ctx context.Context, hash string, unusedSince time.Time) (gone bool, err error)

	// List calls each with the hash of every kept file, in no order that can be relied on,
	// and stops at its first error. A file kept meanwhile may be missing.
	List(ctx context.Context, each func(hash string) error) error
}
