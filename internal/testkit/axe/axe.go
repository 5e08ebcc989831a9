// Package axe gives browser tests the accessibility checker axe-core. It is fetched once by npm and kept below
// e2e/.cache, which git ignores; the program never ships it.
package axe

import (
	"archive/tar"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const (
	version = "4.14.1"
	// checksum is of axe.min.js: what is fetched later is what was looked at.
	checksum = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
)

// Source is the text of axe.min.js, to be evaluated in the page under test.
func Source(t testing.TB) string {
	t.Helper()
	root, err := moduleRoot()
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(root, "e2e", ".cache", "axe-"+version+".min.js")
	text, err := os.ReadFile(file)
	if err == nil && sum(text) == checksum {
		return string(text)
	}
	if text, err = fetch(t.TempDir()); err != nil {
		t.Fatalf("axe-core %s is missing and cannot be fetched (is npm installed and its registry in reach?): %v", version, err)
	}
	if err := keep(file, text); err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// fetch asks npm for the package and takes the one file out of it.
func fetch(dir string) ([]byte, error) {
	cmd := exec.Command("npm", "pack", "--silent", "--pack-destination", dir, "axe-core@"+version)
	cmd.Dir = dir
	if said, err := cmd.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("npm pack: %w: %s", err, strings.TrimSpace(string(said)))
	}
	f, err := os.Open(filepath.Join(dir, "axe-core-"+version+".tgz"))
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	unzipped, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	for files := tar.NewReader(unzipped); ; {
		header, err := files.Next()
		if err != nil {
			return nil, fmt.Errorf("looking for axe.min.js in the package: %w", err)
		}
		if header.Name != "package/axe.min.js" {
			continue
		}
		text, err := io.ReadAll(io.LimitReader(files, 8<<20))
		if err == nil && sum(text) != checksum {
			err = fmt.Errorf("axe.min.js has the checksum %s, not %s", sum(text), checksum)
		}
		return text, err
	}
}

// keep writes under another name and renames, since packages are tested in parallel.
func keep(file string, text []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(file), "axe-*.part")
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), file)
}

func moduleRoot() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
	}
	return "", errors.New("no go.mod above the test's directory")
}

func sum(text []byte) string {
	hash := sha256.Sum256(text)
	return hex.EncodeToString(hash[:])
}
