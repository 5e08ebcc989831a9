package file

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"time"

	"bangfu/internal/seal"
)

// temporary is the folder of files that are being written. What a broken-off program
// left there belongs to nobody and may be removed while none runs.
const temporary = "tmp"

// folder is the Store in a local folder: the file of hash abcd… is ab/abcd…, one sealed
// envelope each.
type folder struct {
	root *os.Root
	keys *seal.Keys
}

// Folder gives a Store in the folder at path, which is made with mode 0700 when missing.
// Files are sealed with keys. No name, nor a link inside the folder, leads out of it.
func Folder(path string, keys *seal.Keys) (Store, error) {
	if err := os.MkdirAll(path, 0o700); err != nil {
		return nil, fmt.Errorf("opening the file store: %w", err)
	}
	root, err := os.OpenRoot(path)
	if err != nil {
		return nil, fmt.Errorf("opening the file store: %w", err)
	}
	if err := root.MkdirAll(temporary, 0o700); err != nil {
		root.Close()
		return nil, fmt.Errorf("opening the file store: %w", err)
	}
	return &folder{root: root, keys: keys}, nil
}

func (s *folder) Put(ctx context.Context, r io.Reader) (Blob, error) {
	plain, err := io.ReadAll(io.LimitReader(r, MaxSize+1))
	if err != nil {
		return Blob{}, fmt.Errorf("reading the file: %w", err)
	}
	switch {
	case len(plain) == 0:
		return Blob{}, ErrEmpty
	case len(plain) > MaxSize:
		return Blob{}, ErrTooLarge
	}
	blob := Blob{Hash: hashOf(plain), Size: int64(len(plain)), Type: TypeOf(plain)}
	if blob.Type == "" {
		return Blob{}, ErrType
	}
	if err := ctx.Err(); err != nil {
		return Blob{}, err
	}
	// Also when it is kept already: its time tells Remove that somebody is about to name it.
	if err := s.write(blob.Hash, plain); err != nil {
		return Blob{}, fmt.Errorf("keeping the file %s: %w", blob.Hash, err)
	}
	return blob, nil
}

func (s *folder) Remove(ctx context.Context, hash string, unusedSince time.Time) (bool, error) {
	if err := ctx.Err(); err != nil {
		return false, err
	}
	if !isHash(hash) {
		return true, nil
	}
	info, err := s.root.Stat(place(hash))
	if err == nil && !info.ModTime().Before(unusedSince) {
		return false, nil
	}
	if err == nil {
		err = s.root.Remove(place(hash))
	}
	if errors.Is(err, fs.ErrNotExist) {
		return true, nil
	}
	if err != nil {
		return false, fmt.Errorf("removing the file %s: %w", hash, err)
	}
	return true, s.sync(hash[:2])
}

func (s *folder) Open(ctx context.Context, hash string) (io.ReadCloser, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	plain, err := s.read(hash)
	if err != nil {
		return nil, err
	}
	return content{bytes.NewReader(plain)}, nil
}

// content is the open file.
type content struct{ *bytes.Reader }

func (content) Close() error { return nil }

// read gives the plain bytes once they are opened and found to be those of the hash.
func (s *folder) read(hash string) ([]byte, error) {
	if !isHash(hash) {
		return nil, ErrNotFound
	}
	file, err := s.root.Open(place(hash))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, ErrNotFound
	}
	if err != nil {
		return nil, fmt.Errorf("opening the file %s: %w", hash, err)
	}
	defer file.Close()
	sealed, err := io.ReadAll(io.LimitReader(file, MaxSize+seal.Overhead+1))
	if err != nil {
		return nil, fmt.Errorf("reading the file %s: %w", hash, err)
	}
	plain, err := s.keys.Unseal(sealed, sealContext(hash))
	if err != nil || hashOf(plain) != hash {
		return nil, fmt.Errorf("reading the file %s: %w", hash, ErrDamaged)
	}
	return plain, nil
}

// write seals the file under a temporary name, waits for the disk and gives it its own
// name in one step; a reader sees all of it or nothing. Of two writers of the same bytes
// the later one replaces what opens to the same.
func (s *folder) write(hash string, plain []byte) error {
	sealed, err := s.keys.Seal(plain, sealContext(hash))
	if err != nil {
		return err
	}
	name := temporary + "/" + rand.Text()
	if err := s.writeWhole(name, sealed); err != nil {
		s.root.Remove(name)
		return err
	}
	if err := s.root.MkdirAll(hash[:2], 0o700); err != nil {
		s.root.Remove(name)
		return err
	}
	if err := s.root.Rename(name, place(hash)); err != nil {
		s.root.Remove(name)
		return err
	}
	if err := s.sync(hash[:2]); err != nil {
		return err
	}
	return s.sync(".")
}

func (s *folder) writeWhole(name string, data []byte) error {
	file, err := s.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	defer file.Close()
	if _, err := file.Write(data); err != nil {
		return err
	}
	if err := file.Sync(); err != nil {
		return err
	}
	return file.Close()
}

// sync waits until the disk has the names in a folder.
func (s *folder) sync(name string) error {
	dir, err := s.root.Open(name)
	if err != nil {
		return err
	}
	defer dir.Close()
	return dir.Sync()
}

// sealContext binds the sealed bytes to their name, so that two kept files cannot be swapped.
func sealContext(hash string) string { return "file.blob:" + hash }

func place(hash string) string { return hash[:2] + "/" + hash }

func hashOf(plain []byte) string {
	sum := sha256.Sum256(plain)
	return hex.EncodeToString(sum[:])
}

// isHash says whether the text can be the name of a file: 64 lower-case hexadecimal digits.
func isHash(s string) bool {
	if len(s) != 2*sha256.Size {
		return false
	}
	for i := range len(s) {
		if (s[i] < '0' || s[i] > '9') && (s[i] < 'a' || s[i] > 'f') {
			return false
		}
	}
	return true
}
