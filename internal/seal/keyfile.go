package seal

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// ErrLoose says that others than the owner may use the key file.
var ErrLoose = errors.New("seal: key file is open to others than its owner")

// keyFile is the key file: JSON, mode 0600, keys in base64. Old keys stay for as long as
// there is data sealed with them; back the file up apart from the database.
//
//	{
//	  "current": 2,
//	  "keys": [
//	    {"id": 1, "suite": "intl", "key": "…32 bytes…"},
//	    {"id": 2, "suite": "gm",   "key": "…16 bytes…"}
//	  ],
//	  "digest": {"suite": "intl", "index": "…32 bytes…", "mac": "…32 bytes…"}
//	}
type keyFile struct {
	Current uint32    `json:"current"`
	Keys    []fileKey `json:"keys"`
	Digest  struct {
		Suite Suite  `json:"suite"`
		Index []byte `json:"index"`
		MAC   []byte `json:"mac"`
	} `json:"digest"`
}

type fileKey struct {
	ID    uint32 `json:"id"`
	Suite Suite  `json:"suite"`
	Key   []byte `json:"key"`
}

// Open reads the key file at path. A missing file is made, with its folder, for the configured
// suite and mode 0600; when several programs start at once, one makes it and all read the same.
// In a file whose current key is of another suite, a new key of this one becomes the current;
// digests keep the suite that the file began with. It answers ErrLoose when group or world have
// any right to the file.
func Open(path string, suite Suite) (*Keys, error) {
	if _, ok := suites[suite]; !ok {
		return nil, fmt.Errorf("opening the key file %s: unknown suite %q", path, suite)
	}
	k, err := open(path, suite)
	if err != nil || k.suite == suite {
		return k, err
	}
	if err := rotate(path, suite, false); err != nil {
		return nil, err
	}
	return open(path, suite)
}

func open(path string, suite Suite) (*Keys, error) {
	f, err := read(path)
	created := false
	if errors.Is(err, fs.ErrNotExist) {
		if created, err = create(path, suite); err == nil {
			f, err = read(path)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("opening the key file %s: %w", path, err)
	}
	k, err := f.keys()
	if err != nil {
		return nil, fmt.Errorf("reading the key file %s: %w", path, err)
	}
	k.created = created
	return k, nil
}

// Rotate adds a new key of the suite to the file and makes it the current one. Programs
// that run go on with the keys they read; start them again to seal with the new key.
func Rotate(path string, suite Suite) error {
	if _, ok := suites[suite]; !ok {
		return fmt.Errorf("changing the key of %s: unknown suite %q", path, suite)
	}
	return rotate(path, suite, true)
}

// rotate adds a key, or, unless always is set, only when the current one is of another
// suite. The new file beside the old one is also the lock against a second rotation.
func rotate(path string, suite Suite, always bool) (err error) {
	next := path + ".new"
	file, err := os.OpenFile(next, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("changing the key: %s exists, another change is running or was broken off; remove it in the second case: %w", next, err)
	}
	if err != nil {
		return fmt.Errorf("changing the key: %w", err)
	}
	defer func() {
		file.Close()
		if err != nil {
			os.Remove(next)
			err = fmt.Errorf("changing the key of %s: %w", path, err)
		}
	}()
	f, err := read(path)
	if err != nil {
		return err
	}
	k, err := f.keys()
	if err != nil {
		return err
	}
	if !always && k.suite == suite {
		return os.Remove(next)
	}
	last := uint32(0)
	for _, key := range f.Keys {
		last = max(last, key.ID)
	}
	if last+1 == 0 {
		return errors.New("no key id is left")
	}
	f.add(last+1, suite)
	if err := write(file, f); err != nil {
		return err
	}
	if err := os.Rename(next, path); err != nil {
		return err
	}
	return syncFolder(filepath.Dir(path))
}

// create makes a new file unless there is one; it says whether it did. The file is
// written whole under another name and then linked, which fails when the name is taken:
// nobody ever reads half a file, and of several starters one wins.
func create(path string, suite Suite) (bool, error) {
	folder := filepath.Dir(path)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return false, err
	}
	file, err := os.CreateTemp(folder, ".keys-*") // O_EXCL, 0600
	if err != nil {
		return false, err
	}
	defer os.Remove(file.Name())
	defer file.Close()
	var f keyFile
	f.add(1, suite)
	f.Digest.Suite, f.Digest.Index, f.Digest.MAC = suite, random(digestSize), random(digestSize)
	if err := write(file, f); err != nil {
		return false, err
	}
	switch err := os.Link(file.Name(), path); {
	case errors.Is(err, fs.ErrExist):
		return false, nil
	case err != nil:
		return false, err
	}
	return true, syncFolder(folder)
}

// add draws a key and makes it the current one.
func (f *keyFile) add(id uint32, suite Suite) {
	f.Keys = append(f.Keys, fileKey{ID: id, Suite: suite, Key: random(suites[suite].keySize)})
	f.Current = id
}

func random(size int) []byte {
	key := make([]byte, size)
	rand.Read(key) // never fails, see Seal
	return key
}

// write fills the file and waits until the disk has it.
func write(file *os.File, f keyFile) error {
	text, err := json.MarshalIndent(f, "", "  ")
	if err != nil {
		return err
	}
	if _, err := file.Write(append(text, '\n')); err != nil {
		return err
	}
	if err := file.Sync(); err != nil {
		return err
	}
	return file.Close()
}

func syncFolder(path string) error {
	folder, err := os.Open(path)
	if err != nil {
		return err
	}
	defer folder.Close()
	return folder.Sync()
}

// read reads the file once its mode is found right; the mode is that of the file opened,
// not of what may lie under the name a moment later.
func read(path string) (keyFile, error) {
	const limit = 1 << 20
	file, err := os.Open(path)
	if err != nil {
		return keyFile{}, err
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return keyFile{}, err
	}
	if !info.Mode().IsRegular() {
		return keyFile{}, errors.New("not a regular file")
	}
	if mode := info.Mode().Perm(); mode&0o077 != 0 {
		return keyFile{}, fmt.Errorf("%w: mode %04o, want 0600", ErrLoose, mode)
	}
	decoder := json.NewDecoder(io.LimitReader(file, limit))
	decoder.DisallowUnknownFields()
	var f keyFile
	if err := decoder.Decode(&f); err != nil {
		return keyFile{}, err
	}
	return f, nil
}

// keys checks the file and makes its keys ready for use.
func (f keyFile) keys() (*Keys, error) {
	k := &Keys{current: f.Current, aeads: map[uint32]sealer{}, index: f.Digest.Index, mac: f.Digest.MAC}
	for _, key := range f.Keys {
		if _, twice := k.aeads[key.ID]; twice || key.ID == 0 {
			return nil, fmt.Errorf("key id %d is zero or stands twice", key.ID)
		}
		s, err := newSealer(key.Suite, key.Key)
		if err != nil {
			return nil, fmt.Errorf("key %d: %w", key.ID, err)
		}
		k.aeads[key.ID] = s
		if key.ID == f.Current {
			k.suite = key.Suite
		}
	}
	if k.suite == "" {
		return nil, fmt.Errorf("there is no key with the current id %d", f.Current)
	}
	digest, ok := suites[f.Digest.Suite]
	if !ok || len(k.index) != digestSize || len(k.mac) != digestSize {
		return nil, fmt.Errorf("digest: want suite intl or gm and two keys of %d bytes", digestSize)
	}
	k.hash = digest.hash
	return k, nil
}
