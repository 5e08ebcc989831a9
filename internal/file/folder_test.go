package file_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"bangfu/internal/file"
	"bangfu/internal/seal"
)

// document makes a small file of an allowed type that holds the text.
func document(text string) string { return "%PDF-1.4\n" + text + "\n%%EOF\n" }

func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func newStore(t *testing.T) (file.Store, string) {
	t.Helper()
	keys, err := seal.Open(filepath.Join(t.TempDir(), "keys.json"), seal.Intl)
	if err != nil {
		t.Fatal(err)
	}
	root := filepath.Join(t.TempDir(), "evidence")
	store, err := file.Folder(root, keys)
	if err != nil {
		t.Fatal(err)
	}
	return store, root
}

func put(t *testing.T, store file.Store, text string) file.Blob {
	t.Helper()
	blob, err := store.Put(t.Context(), strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return blob
}

func TestPutAndOpen(t *testing.T) {
	store, root := newStore(t)
	text := document("低保证明")
	blob := put(t, store, text)
	if want := (file.Blob{Hash: hashOf(text), Size: int64(len(text)), Type: "application/pdf"}); blob != want {
		t.Errorf("put as %+v, want %+v", blob, want)
	}
	for range 2 {
		open, err := store.Open(t.Context(), blob.Hash)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(open); err != nil || string(got) != text {
			t.Errorf("opened to %q, %v", got, err)
		}
		if _, err := open.(io.ReadSeeker).Seek(0, io.SeekStart); err != nil {
			t.Error(err)
		}
		if err := open.Close(); err != nil {
			t.Error(err)
		}
	}
	stored, err := os.ReadFile(filepath.Join(root, blob.Hash[:2], blob.Hash))
	if err != nil || bytes.Contains(stored, []byte("低保")) || bytes.Contains(stored, []byte("PDF")) {
		t.Errorf("kept as %q, %v", stored, err)
	}
	if info, err := os.Stat(filepath.Join(root, blob.Hash[:2], blob.Hash)); err != nil || info.Mode() != 0o600 {
		t.Errorf("kept with mode %v, %v", info.Mode(), err)
	}
}

func TestTheSameFileIsKeptOnce(t *testing.T) {
	store, root := newStore(t)
	first := put(t, store, document("one"))
	if again := put(t, store, document("one")); again != first {
		t.Errorf("put again as %+v, first as %+v", again, first)
	}
	if count := strings.Count(tree(t, root), "\n"); count != 1 {
		t.Errorf("one file is kept as %d", count)
	}
	put(t, store, document("two"))
	if count := strings.Count(tree(t, root), "\n"); count != 2 {
		t.Errorf("two files are kept as %d", count)
	}
}

func TestRemove(t *testing.T) {
	store, root := newStore(t)
	one, two := put(t, store, document("one")), put(t, store, document("two"))
	old := time.Now().Add(-time.Hour)
	for _, blob := range []file.Blob{one, two} {
		if err := os.Chtimes(filepath.Join(root, blob.Hash[:2], blob.Hash), old, old); err != nil {
			t.Fatal(err)
		}
	}
	put(t, store, document("two")) // somebody hands the same paper in again
	bound := time.Now().Add(-time.Minute)
	for _, test := range []struct {
		hash string
		gone bool
	}{{one.Hash, true}, {one.Hash, true}, {two.Hash, false}, {hashOf("never kept"), true}, {"../outside", true}} {
		if gone, err := store.Remove(t.Context(), test.hash, bound); err != nil || gone != test.gone {
			t.Errorf("%s: %v, %v", test.hash, gone, err)
		}
	}
	if _, err := store.Open(t.Context(), one.Hash); !errors.Is(err, file.ErrNotFound) {
		t.Errorf("opened after its removal: %v", err)
	}
	if _, err := store.Open(t.Context(), two.Hash); err != nil {
		t.Errorf("what was put again: %v", err)
	}
}

func TestPutRefuses(t *testing.T) {
	store, root := newStore(t)
	failing := errors.New("the line broke")
	tests := map[string]struct {
		r    io.Reader
		want error
	}{
		"nothing":                 {strings.NewReader(""), file.ErrEmpty},
		"a page":                  {strings.NewReader("<html></html>"), file.ErrType},
		"a drawing as .jpg":       {strings.NewReader("<svg onload=alert(1)>"), file.ErrType},
		"one byte too many":       {strings.NewReader(document(strings.Repeat("x", file.MaxSize-len(document(""))+1))), file.ErrTooLarge},
		"a line that breaks":      {io.MultiReader(strings.NewReader(document("x")), iotest.ErrReader(failing)), failing},
		"a large file of no type": {strings.NewReader(strings.Repeat("x", file.MaxSize)), file.ErrType},
	}
	for name, test := range tests {
		if blob, err := store.Put(t.Context(), test.r); !errors.Is(err, test.want) || blob != (file.Blob{}) {
			t.Errorf("%s: %+v, %v; want %v", name, blob, err, test.want)
		}
	}
	if kept := tree(t, root); kept != "" {
		t.Errorf("what was refused is kept:\n%s", kept)
	}
}

func TestTheLargestFileIsTaken(t *testing.T) {
	store, _ := newStore(t)
	text := document(strings.Repeat("x", file.MaxSize-len(document(""))))
	if blob := put(t, store, text); blob.Size != file.MaxSize {
		t.Errorf("%d bytes were taken", blob.Size)
	}
	open, err := store.Open(t.Context(), hashOf(text))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(open); err != nil || string(got) != text {
		t.Errorf("opened to %d bytes, %v", len(got), err)
	}
}

// endless counts how much is read of a file that has no end.
type endless struct{ read int }

func (e *endless) Read(p []byte) (int, error) {
	e.read += len(p)
	return len(p), nil
}

func TestAnEndlessFileIsNotReadOn(t *testing.T) {
	store, _ := newStore(t)
	var source endless
	if _, err := store.Put(t.Context(), &source); !errors.Is(err, file.ErrTooLarge) || source.read > file.MaxSize+1 {
		t.Errorf("%v after %d bytes", err, source.read)
	}
}

func TestOpenFindsNothing(t *testing.T) {
	store, root := newStore(t)
	blob := put(t, store, document("x"))
	if err := os.WriteFile(filepath.Join(filepath.Dir(root), "outside"), []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, hash := range []string{
		"", hashOf("other"), strings.ToUpper(blob.Hash), blob.Hash[:63], blob.Hash + "0", "../outside",
		"../../" + blob.Hash[:58], strings.Repeat("/", 64), strings.Repeat(".", 64), blob.Hash[:63] + "\x00",
	} {
		if _, err := store.Open(t.Context(), hash); !errors.Is(err, file.ErrNotFound) {
			t.Errorf("%q: %v", hash, err)
		}
	}
}

func TestDamageIsFoundAndMended(t *testing.T) {
	store, root := newStore(t)
	text := document("x")
	blob, other := put(t, store, text), put(t, store, document("y"))
	path := filepath.Join(root, blob.Hash[:2], blob.Hash)
	sealed := readFile(t, path)
	for name, damaged := range map[string][]byte{
		"cut":                       sealed[:len(sealed)-1],
		"emptied":                   {},
		"changed":                   append(bytes.Clone(sealed[:len(sealed)-1]), sealed[len(sealed)-1]^1),
		"longer":                    append(bytes.Clone(sealed), 0),
		"exchanged for another one": readFile(t, filepath.Join(root, other.Hash[:2], other.Hash)),
		"plain":                     []byte(text),
	} {
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := store.Open(t.Context(), blob.Hash); !errors.Is(err, file.ErrDamaged) {
			t.Errorf("%s: %v", name, err)
		}
		if mended := put(t, store, text); mended != blob {
			t.Errorf("%s: mended as %+v", name, mended)
		}
		if open, err := store.Open(t.Context(), blob.Hash); err != nil {
			t.Errorf("%s: after mending %v", name, err)
		} else if got, _ := io.ReadAll(open); string(got) != text {
			t.Errorf("%s: mended to %q", name, got)
		}
	}
}

func TestALinkLeadsNowhere(t *testing.T) {
	store, root := newStore(t)
	text := document("x")
	outside := t.TempDir()
	if err := os.Symlink(outside, filepath.Join(root, hashOf(text)[:2])); err != nil {
		t.Fatal(err)
	}
	if blob, err := store.Put(t.Context(), strings.NewReader(text)); err == nil {
		t.Errorf("put through a link as %+v", blob)
	}
	if kept := tree(t, outside) + tree(t, root); kept != "" {
		t.Errorf("kept through a link:\n%s", kept)
	}
}

func TestOtherKeysOpenNothing(t *testing.T) {
	store, root := newStore(t)
	blob := put(t, store, document("x"))
	keys, err := seal.Open(filepath.Join(t.TempDir(), "keys.json"), seal.Intl)
	if err != nil {
		t.Fatal(err)
	}
	other, err := file.Folder(root, keys)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := other.Open(t.Context(), blob.Hash); !errors.Is(err, file.ErrDamaged) {
		t.Errorf("opened with other keys: %v", err)
	}
}

func TestACancelledCallDoesNothing(t *testing.T) {
	store, root := newStore(t)
	blob := put(t, store, document("x"))
	before := tree(t, root)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := store.Put(ctx, strings.NewReader(document("y"))); !errors.Is(err, context.Canceled) {
		t.Errorf("put with %v", err)
	}
	if _, err := store.Open(ctx, blob.Hash); !errors.Is(err, context.Canceled) {
		t.Errorf("opened with %v", err)
	}
	if after := tree(t, root); after != before {
		t.Errorf("the folder was\n%s\nand is\n%s", before, after)
	}
}

func TestAFolderThatCannotBe(t *testing.T) {
	taken := filepath.Join(t.TempDir(), "taken")
	if err := os.WriteFile(taken, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := file.Folder(taken, nil); err == nil {
		t.Error("a file is taken for a folder")
	}
}

func TestManyPutTheSame(t *testing.T) {
	store, root := newStore(t)
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			for n := range 5 {
				text := document(fmt.Sprint("shared ", n))
				blob, err := store.Put(t.Context(), strings.NewReader(text))
				if err != nil {
					t.Errorf("writer %d: %v", i, err)
					return
				}
				open, err := store.Open(t.Context(), blob.Hash)
				if err != nil {
					t.Errorf("writer %d: %v", i, err)
					return
				}
				if got, err := io.ReadAll(open); err != nil || string(got) != text {
					t.Errorf("writer %d: opened to %q, %v", i, got, err)
				}
			}
		})
	}
	group.Wait()
	if count := strings.Count(tree(t, root), "\n"); count != 5 {
		t.Errorf("5 files are kept as %d:\n%s", count, tree(t, root))
	}
}

// tree lists all files below a folder, those being written included, with their digests.
func tree(t *testing.T, root string) string {
	t.Helper()
	var list strings.Builder
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return err
		}
		fmt.Fprintf(&list, "%s %s\n", strings.TrimPrefix(path, root), hashOf(string(readFile(t, path))))
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list.String()
}

func readFile(t *testing.T, path string) []byte {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return data
}
