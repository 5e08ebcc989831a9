package axe

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestSourceIsTheCheckerAndIsKept(t *testing.T) {
	if text := Source(t); !strings.HasPrefix(text, "/*! axe v"+version) {
		t.Errorf("axe.min.js begins %.40q", text)
	}
	root, err := moduleRoot()
	if err != nil {
		t.Fatal(err)
	}
	kept, err := os.ReadFile(filepath.Join(root, "e2e", ".cache", "axe-"+version+".min.js"))
	if err != nil || sum(kept) != checksum {
		t.Errorf("the kept file is not the checked one: %v", err)
	}
}
