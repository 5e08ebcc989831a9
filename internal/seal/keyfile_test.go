package seal_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"bangfu/internal/seal"
)

func TestAMissingFileIsMade(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "new")
	path := filepath.Join(folder, "keys.json")
	first, err := seal.Open(path, seal.Intl)
	if err != nil || !first.Created() || first.Suite() != seal.Intl {
		t.Fatalf("opened with %v", err)
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode() != 0o600 {
		t.Errorf("the file has mode %v, %v", info.Mode(), err)
	}
	sealed, err := first.Seal([]byte("kept"), context)
	if err != nil {
		t.Fatal(err)
	}
	second, err := seal.Open(path, seal.Intl)
	if err != nil || second.Created() {
		t.Fatalf("opened again as new: %v, %v", second.Created(), err)
	}
	if got, err := second.Unseal(sealed, context); err != nil || string(got) != "kept" {
		t.Errorf("opened to %q, %v", got, err)
	}
	onlyFile(t, folder, "keys.json")
}

func TestLooseModesAreRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys.json")
	if _, err := seal.Open(path, seal.Intl); err != nil {
		t.Fatal(err)
	}
	for mode, want := range map[os.FileMode]error{
		0o600: nil, 0o400: nil,
		0o640: seal.ErrLoose, 0o604: seal.ErrLoose, 0o620: seal.ErrLoose, 0o601: seal.ErrLoose, 0o666: seal.ErrLoose,
	} {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
		if _, err := seal.Open(path, seal.Intl); !errors.Is(err, want) {
			t.Errorf("mode %o: %v, want %v", mode, err, want)
		}
	}
}

// Many first starts at once end with one file and the same keys for all.
func TestConcurrentFirstStart(t *testing.T) {
	for range 20 {
		folder := t.TempDir()
		const starters = 8
		var group sync.WaitGroup
		keys := make([]*seal.Keys, starters)
		for i := range starters {
			group.Go(func() {
				var err error
				if keys[i], err = seal.Open(filepath.Join(folder, "keys.json"), seal.Intl); err != nil {
					t.Error(err)
				}
			})
		}
		group.Wait()
		if t.Failed() {
			return
		}
		created := 0
		for _, k := range keys {
			if k.Created() {
				created++
			}
			sealed, err := k.Seal([]byte("shared"), context)
			if err != nil {
				t.Fatal(err)
			}
			if got, err := keys[0].Unseal(sealed, context); err != nil || string(got) != "shared" {
				t.Fatalf("two starters hold different keys: %q, %v", got, err)
			}
			if !bytes.Equal(k.Index("v", context), keys[0].Index("v", context)) {
				t.Fatal("two starters hold different digests")
			}
		}
		if created != 1 {
			t.Fatalf("%d starters made the file", created)
		}
		onlyFile(t, folder, "keys.json")
	}
}

func TestRotate(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "keys.json")
	before, err := seal.Open(path, seal.Intl)
	if err != nil {
		t.Fatal(err)
	}
	old, _ := before.Seal([]byte("old"), context)
	if err := seal.Rotate(path, seal.Intl); err != nil {
		t.Fatal(err)
	}
	if err := seal.Rotate(path, seal.GM); err != nil {
		t.Fatal(err)
	}
	if text, err := os.ReadFile(path); err != nil || strings.Count(string(text), `"id"`) != 3 {
		t.Errorf("two rotations leave %d keys, %v", strings.Count(string(text), `"id"`), err)
	}
	after, err := seal.Open(path, seal.GM)
	if err != nil || after.Suite() != seal.GM || after.Created() {
		t.Fatalf("suite %s, %v", after.Suite(), err)
	}
	if got, err := after.Unseal(old, context); err != nil || string(got) != "old" {
		t.Errorf("old data opens to %q, %v", got, err)
	}
	sealed, _ := after.Seal([]byte("new"), context)
	if got, err := before.Unseal(sealed, context); !errors.Is(err, seal.ErrBroken) {
		t.Errorf("a program that knows no new key opens to %q, %v", got, err)
	}
	if !bytes.Equal(before.Index("v", context), after.Index("v", context)) || !bytes.Equal(before.MAC(nil, context), after.MAC(nil, context)) {
		t.Error("digests changed with the key")
	}
	if info, err := os.Stat(path); err != nil || info.Mode() != 0o600 {
		t.Errorf("the file has mode %v, %v", info.Mode(), err)
	}
	onlyFile(t, folder, "keys.json")
}

func TestOpenSwitchesTheSuiteOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys.json")
	for _, suite := range []seal.Suite{seal.GM, seal.GM, seal.Intl, seal.Intl} {
		if keys, err := seal.Open(path, suite); err != nil || keys.Suite() != suite {
			t.Fatalf("opened as %s: %v", suite, err)
		}
	}
	text, err := os.ReadFile(path)
	if err != nil || strings.Count(string(text), `"id"`) != 2 {
		t.Errorf("the file is %d bytes with %d keys, %v; want 2 keys", len(text), strings.Count(string(text), `"id"`), err)
	}
	for _, err := range []error{second(seal.Open(path, "rot13")), seal.Rotate(path, "rot13"), seal.Rotate(path+"x", seal.GM)} {
		if err == nil {
			t.Error("an unknown suite, or no file, is no error")
		}
	}
}

func TestTwoRotationsAtOnce(t *testing.T) {
	path := filepath.Join(t.TempDir(), "keys.json")
	before, err := seal.Open(path, seal.Intl)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path+".new", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := seal.Rotate(path, seal.GM); !errors.Is(err, os.ErrExist) || !strings.Contains(err.Error(), path+".new") {
		t.Errorf("rotating beside another answers %v", err)
	}
	sealed, _ := before.Seal([]byte("x"), context)
	after, err := seal.Open(path, seal.Intl)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := after.Unseal(sealed, context); err != nil {
		t.Errorf("the file was touched: %v", err)
	}
}

func TestBadFiles(t *testing.T) {
	key32, key16 := b64(32), b64(16)
	digest := fmt.Sprintf(`"digest": {"suite": "intl", "index": %q, "mac": %q}`, key32, key32)
	one := fmt.Sprintf(`{"id": 1, "suite": "intl", "key": %q}`, key32)
	good := `{"current": 1, "keys": [` + one + `], ` + digest + `}`
	tests := map[string]string{
		"empty":               ``,
		"no JSON":             `keys`,
		"cut":                 good[:len(good)-10],
		"unknown field":       `{"current": 1, "keys": [` + one + `], "extra": 1, ` + digest + `}`,
		"no keys":             `{"current": 1, "keys": [], ` + digest + `}`,
		"no current":          `{"current": 2, "keys": [` + one + `], ` + digest + `}`,
		"the same id twice":   `{"current": 1, "keys": [` + one + `,` + one + `], ` + digest + `}`,
		"id zero":             strings.ReplaceAll(good, `1, "`, `0, "`),
		"short key":           strings.Replace(good, key32, key16, 1),
		"long key for gm":     strings.Replace(good, "intl", "gm", 1),
		"unknown suite":       strings.Replace(good, "intl", "rot13", 1),
		"unknown digest":      `{"current": 1, "keys": [` + one + `], ` + strings.Replace(digest, "intl", "md5", 1) + `}`,
		"no digest":           `{"current": 1, "keys": [` + one + `]}`,
		"short digest":        `{"current": 1, "keys": [` + one + `], ` + strings.Replace(digest, key32, key16, 1) + `}`,
		"key that is no code": strings.Replace(good, key32, "!!", 1),
	}
	path := filepath.Join(t.TempDir(), "keys.json")
	open := func(text string) error {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return second(seal.Open(path, seal.Intl))
	}
	if err := open(good); err != nil {
		t.Fatalf("the documented form: %v", err)
	}
	for name, text := range tests {
		err := open(text)
		if err == nil {
			t.Errorf("%s is read", name)
		} else if strings.Contains(err.Error(), key32) || strings.Contains(err.Error(), key16) {
			t.Errorf("%s: the error shows a key: %v", name, err)
		}
	}
	if err := second(seal.Open(t.TempDir(), seal.Intl)); err == nil {
		t.Error("a folder is read")
	}
}

func b64(size int) string { return base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{7}, size)) }

func second(_ *seal.Keys, err error) error { return err }

// onlyFile asks that no temporary file was left behind.
func onlyFile(t *testing.T, folder, name string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != 1 || entries[0].Name() != name {
		t.Errorf("the folder holds %v, %v", entries, err)
	}
}
