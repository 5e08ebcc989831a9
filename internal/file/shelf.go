package file

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"strconv"
	"strings"
	"sync"

	"bangfu/internal/seal"
)

// Shelf keeps large files for a time: a ledger to be read in, a list to be fetched. Other than evidence they have no
// limit of size or type, are known by a name by chance, and are removed when they have served. They are sealed piece
// by piece, so that neither writing nor reading holds more than one piece in memory.
type Shelf interface {
	// Create begins a new large file. End it with Keep or Discard.
	Create(ctx context.Context) (*LargeWriter, error)

	// OpenLarge opens a kept one for reading at any place. It answers ErrNotFound, or ErrDamaged when the file was cut
	// or is of another key; a damaged piece is found when it is read.
	OpenLarge(ctx context.Context, name string) (*Large, error)

	// RemoveLarge removes one. That there is none by this name is no error.
	RemoveLarge(ctx context.Context, name string) error
}

// shelf is the folder of large files; pieceSize is the length of each plain piece but the last.
const (
	shelf     = "large"
	pieceSize = 64 << 10
	sealed    = pieceSize + seal.Overhead
)

// LargeWriter takes the bytes of a large file.
type LargeWriter struct {
	store *folder
	file  *os.File
	name  string
	piece []byte
	index int64
	size  int64
	sum   hash.Hash
}

// Create begins a large file under a temporary name.
func (s *folder) Create(ctx context.Context) (*LargeWriter, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	name := rand.Text()
	file, err := s.root.OpenFile(temporary+"/"+name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, fmt.Errorf("beginning a large file: %w", err)
	}
	return &LargeWriter{store: s, file: file, name: name, piece: make([]byte, 0, pieceSize), sum: sha256.New()}, nil
}

// Write takes the next bytes.
func (w *LargeWriter) Write(p []byte) (int, error) {
	taken := 0
	for len(p) > 0 {
		n := copy(w.piece[len(w.piece):pieceSize], p)
		w.piece = w.piece[:len(w.piece)+n]
		w.sum.Write(p[:n])
		w.size += int64(n)
		taken += n
		p = p[n:]
		if len(w.piece) == pieceSize {
			if err := w.put(false); err != nil {
				return taken, err
			}
		}
	}
	return taken, nil
}

// put seals the piece that is full, or the last one.
func (w *LargeWriter) put(last bool) error {
	s, err := w.store.keys.Seal(w.piece, pieceContext(w.name, w.index, last))
	if err != nil {
		return fmt.Errorf("sealing piece %d of a large file: %w", w.index, err)
	}
	w.index, w.piece = w.index+1, w.piece[:0]
	if _, err := w.file.Write(s); err != nil {
		return fmt.Errorf("writing piece %d of a large file: %w", w.index, err)
	}
	return nil
}

// Keep ends the file and keeps it: its name, its plain size and the SHA-256 of its plain bytes. Once it answers without
// an error the file is on the disk for good.
func (w *LargeWriter) Keep() (name string, size int64, sum string, err error) {
	defer func() {
		if err != nil {
			w.Discard()
		}
	}()
	if err := w.put(true); err != nil {
		return "", 0, "", err
	}
	if err := errors.Join(w.file.Sync(), w.file.Close()); err != nil {
		return "", 0, "", fmt.Errorf("ending a large file: %w", err)
	}
	root := w.store.root
	if err := root.MkdirAll(shelf, 0o700); err != nil {
		return "", 0, "", fmt.Errorf("keeping a large file: %w", err)
	}
	if err := root.Rename(temporary+"/"+w.name, shelf+"/"+w.name); err != nil {
		return "", 0, "", fmt.Errorf("keeping a large file: %w", err)
	}
	if err := errors.Join(w.store.sync(shelf), w.store.sync(".")); err != nil {
		return "", 0, "", fmt.Errorf("keeping a large file: %w", err)
	}
	return w.name, w.size, hex.EncodeToString(w.sum.Sum(nil)), nil
}

// Discard throws away what was written. After Keep it does nothing.
func (w *LargeWriter) Discard() {
	_ = w.file.Close()                                // it is thrown away
	_ = w.store.root.Remove(temporary + "/" + w.name) // what is left there belongs to nobody
}

// Large is a kept large file, open for reading. It is safe for use by several goroutines.
type Large struct {
	store *folder
	file  *os.File
	name  string
	size  int64
	last  int64 // index of the last piece

	lock  sync.Mutex
	index int64 // of the piece at hand; -1 = none
	piece []byte
}

// OpenLarge opens a kept large file and looks at its last piece, so that one that was cut is not read at all.
func (s *folder) OpenLarge(ctx context.Context, name string) (*Large, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if !isShelfName(name) {
		return nil, ErrNotFound
	}
	file, err := s.root.Open(shelf + "/" + name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("opening a large file: %w", err)
	}
	info, err := file.Stat()
	if err != nil {
		file.Close()
		return nil, fmt.Errorf("opening a large file: %w", err)
	}
	l := &Large{store: s, file: file, name: name, last: info.Size() / sealed, index: -1}
	l.size = info.Size() - (l.last+1)*seal.Overhead
	if info.Size()%sealed < seal.Overhead {
		file.Close()
		return nil, ErrDamaged
	}
	if err := l.take(l.last); err != nil {
		file.Close()
		return nil, err
	}
	return l, nil
}

// Size is the number of plain bytes.
func (l *Large) Size() int64 { return l.size }

// Close ends the reading.
func (l *Large) Close() error { return l.file.Close() }

// ReadAt reads plain bytes from a place, as io.ReaderAt.
func (l *Large) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 {
		return 0, errors.New("file: negative place")
	}
	l.lock.Lock()
	defer l.lock.Unlock()
	n := 0
	for n < len(p) {
		if off >= l.size {
			return n, io.EOF
		}
		if index := off / pieceSize; index != l.index {
			if err := l.take(index); err != nil {
				return n, err
			}
		}
		copied := copy(p[n:], l.piece[off%pieceSize:])
		n, off = n+copied, off+int64(copied)
	}
	return n, nil
}

// take opens one piece.
func (l *Large) take(index int64) error {
	buffer := make([]byte, sealed)
	n, err := l.file.ReadAt(buffer, index*sealed)
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("reading piece %d of a large file: %w", index, err)
	}
	piece, err := l.store.keys.Unseal(buffer[:n], pieceContext(l.name, index, index == l.last))
	if err != nil {
		return fmt.Errorf("reading piece %d of a large file: %w", index, ErrDamaged)
	}
	l.index, l.piece = index, piece
	return nil
}

// RemoveLarge removes a large file.
func (s *folder) RemoveLarge(ctx context.Context, name string) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if !isShelfName(name) {
		return nil
	}
	if err := s.root.Remove(shelf + "/" + name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("removing a large file: %w", err)
	}
	return nil
}

// pieceContext binds a piece to its file, its place and whether it is the last, so that none can be moved, left out or
// cut off.
func pieceContext(name string, index int64, last bool) string {
	return "file.large:" + name + ":" + strconv.FormatInt(index, 10) + ":" + strconv.FormatBool(last)
}

// isShelfName says whether the text can be a name that Create gave: twenty-six letters and digits of base 32.
func isShelfName(s string) bool {
	return len(s) == 26 && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == ""
}
