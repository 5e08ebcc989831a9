package audit_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"bangfu/internal/audit"
	"bangfu/internal/words"
)

// written finds the acts that are named in full where an entry is made.
var written = regexp.MustCompile(`\bAct:\s+"([a-z_.]+[a-z])"|\b\w+\s+act\s+=\s+"([a-z_.]+[a-z])"`)

// kinds finds the kinds of record.
var kinds = regexp.MustCompile(`Entry\{[^}]*?Kind:\s+"([a-z_]+)"`)

func TestEveryActHasWords(t *testing.T) {
	found := 0
	err := filepath.WalkDir("..", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") || strings.Contains(name, "testkit") {
			return err
		}
		source, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		for _, match := range written.FindAllStringSubmatch(string(source), -1) {
			act := match[1] + match[2]
			found++
			if !words.Has(audit.ActKey(act)) {
				t.Errorf("%s: act %s has no words: add %s to the feature's catalogue", name, act, audit.ActKey(act))
			}
		}
		for _, match := range kinds.FindAllStringSubmatch(string(source), -1) {
			if key := words.Key("audit.kind." + match[1]); !words.Has(key) {
				t.Errorf("%s: a kind of record has no word: add %s to catalogue/audit.json", name, key)
			}
		}
		return nil
	})
	if err != nil || found < 20 {
		t.Fatalf("%d acts found, %v", found, err)
	}
}
