package file_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"bangfu/internal/file"
	"bangfu/internal/seal"
)

func TestListGivesWhatIsKept(t *testing.T) {
	dir := t.TempDir()
	keys, err := seal.Open(filepath.Join(dir, "keys.json"), seal.Intl)
	if err != nil {
		t.Fatal(err)
	}
	store, err := file.Folder(filepath.Join(dir, "files"), keys)
	if err != nil {
		t.Fatal(err)
	}
	var kept []string
	for _, text := range []string{"%PDF-1.4\none\n%%EOF\n", "%PDF-1.4\ntwo\n%%EOF\n"} {
		blob, err := store.Put(t.Context(), bytes.NewReader([]byte(text)))
		if err != nil {
			t.Fatal(err)
		}
		kept = append(kept, blob.Hash)
	}
	if err := os.WriteFile(filepath.Join(dir, "files", "notes.txt"), []byte("not ours"), 0o600); err != nil {
		t.Fatal(err)
	}
	var listed []string
	if err := store.List(t.Context(), func(hash string) error { listed = append(listed, hash); return nil }); err != nil {
		t.Fatal(err)
	}
	slices.Sort(kept)
	if slices.Sort(listed); !slices.Equal(kept, listed) {
		t.Errorf("listed %q, kept %q", listed, kept)
	}
	enough := errors.New("enough")
	if err := store.List(t.Context(), func(string) error { return enough }); !errors.Is(err, enough) {
		t.Errorf("a list that was broken off ended with %v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := store.List(ended, func(string) error { return nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("a list nobody waits for ended with %v", err)
	}
}
