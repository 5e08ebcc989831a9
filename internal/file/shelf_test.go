package file_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"bangfu/internal/file"
)

// shelved keeps a large file and gives its name and the path it lies at.
func shelved(t *testing.T, store file.Store, root string, plain []byte) (name, path string) {
	t.Helper()
	w, err := store.Create(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(w, bytes.NewReader(plain)); err != nil {
		t.Fatal(err)
	}
	name, size, sum, err := w.Keep()
	want := sha256.Sum256(plain)
	if err != nil || size != int64(len(plain)) || sum != hex.EncodeToString(want[:]) {
		t.Fatalf("kept %d bytes as %s, %v; want %d", size, sum, err, len(plain))
	}
	return name, filepath.Join(root, "large", name)
}

func TestALargeFileIsReadBack(t *testing.T) {
	store, root := newStore(t)
	const piece = 64 << 10
	for _, size := range []int{0, 1, piece - 1, piece, piece + 1, 3*piece + 17} {
		plain := bytes.Repeat([]byte("困难职工"), size/12+1)[:size]
		name, path := shelved(t, store, root, plain)
		l, err := store.OpenLarge(t.Context(), name)
		if err != nil {
			t.Fatal(size, err)
		}
		got, err := io.ReadAll(io.NewSectionReader(l, 0, l.Size()))
		if err != nil || !bytes.Equal(got, plain) {
			t.Errorf("%d bytes came back as %d, %v", size, len(got), err)
		}
		if n, err := l.ReadAt(make([]byte, 2), int64(size)-1); size > 0 && (n != 1 || !errors.Is(err, io.EOF)) {
			t.Errorf("two bytes from the last on: %d, %v", n, err)
		}
		if stored, err := os.ReadFile(path); err != nil || bytes.Contains(stored, []byte("困难")) {
			t.Errorf("kept in the clear, %v", err)
		}
		if err := l.Close(); err != nil {
			t.Error(err)
		}
		for range 2 {
			if err := store.RemoveLarge(t.Context(), name); err != nil {
				t.Error(err)
			}
		}
		if _, err := store.OpenLarge(t.Context(), name); !errors.Is(err, file.ErrNotFound) {
			t.Errorf("after it was removed: %v", err)
		}
	}
	for _, name := range []string{"", "..", "../../../etc/passwd", strings.Repeat("a", 26)} {
		if _, err := store.OpenLarge(t.Context(), name); !errors.Is(err, file.ErrNotFound) {
			t.Errorf("%q: %v", name, err)
		}
	}
}

func TestADamagedLargeFileIsNoticed(t *testing.T) {
	store, root := newStore(t)
	plain := bytes.Repeat([]byte{7}, 200<<10)
	name, path := shelved(t, store, root, plain)
	_, other := shelved(t, store, root, plain)
	whole := readFile(t, path)
	for what, damaged := range map[string][]byte{
		"cut by a byte":      whole[:len(whole)-1],
		"cut by a piece":     whole[:len(whole)-len(whole)/4],
		"nothing left":       {},
		"a byte changed":     append(append(bytes.Clone(whole[:100]), whole[100]^1), whole[101:]...),
		"of another file":    readFile(t, other),
		"something appended": append(bytes.Clone(whole), 1),
	} {
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		l, err := store.OpenLarge(t.Context(), name)
		if err == nil {
			_, err = io.ReadAll(io.NewSectionReader(l, 0, l.Size()))
			l.Close()
		}
		if !errors.Is(err, file.ErrDamaged) {
			t.Errorf("%s: %v", what, err)
		}
	}
}

func TestWhatIsDiscardedIsGone(t *testing.T) {
	store, root := newStore(t)
	w, err := store.Create(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.Write(make([]byte, 100<<10)); err != nil {
		t.Fatal(err)
	}
	w.Discard()
	if kept := tree(t, root); kept != "" {
		t.Errorf("left behind:\n%s", kept)
	}
}
