package words

import (
	"bytes"
	"encoding/json"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	keyShape     = regexp.MustCompile(`^[a-z][a-z0-9]*(\.[a-z0-9_]+)+$`)
	placeholders = regexp.MustCompile(`\{(\d+)(\?[^|}]*\|[^}]*)?\}`)
	chineseSign  = regexp.MustCompile(`\p{Han}`)
	// ours are marks of our own papers and signs of logic, which no reader knows.
	ours = regexp.MustCompile(`domain\.md|\[[WLS][0-9]|\b00[0-4][_-][0-9]|[∧∨¬]`)
)

// Every key has a text in both languages with the same arguments.
func TestCatalogue(t *testing.T) {
	for key, texts := range catalogue {
		if !keyShape.MatchString(string(key)) {
			t.Errorf("%s: not the shape of a key", key)
		}
		for i, text := range texts {
			if strings.TrimSpace(text) == "" {
				t.Errorf("%s: no text in %s", key, Languages[i].Tag())
			}
			if ours.MatchString(text) {
				t.Errorf("%s: a mark of ours in %q", key, text)
			}
			if left := placeholders.ReplaceAllString(text, ""); strings.ContainsAny(left, "{}") {
				t.Errorf("%s: stray brace in %q", key, text)
			}
		}
		if a, b := arguments(texts[Chinese]), arguments(texts[English]); !slices.Equal(a, b) {
			t.Errorf("%s: arguments %v in Chinese, %v in English", key, a, b)
		}
		if chineseSign.MatchString(texts[English]) {
			t.Errorf("%s: Chinese in the English text %q", key, texts[English])
		}
	}
}

// arguments lists the numbers of a text's placeholders, each once.
func arguments(text string) []string {
	var all []string
	for _, m := range placeholders.FindAllStringSubmatch(text, -1) {
		all = append(all, m[1])
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Each file is one flat object of pairs without a key twice, which the decoder of
// the program would not notice.
func TestCatalogueFiles(t *testing.T) {
	entries, err := files.ReadDir("catalogue")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		data, err := files.ReadFile(path.Join("catalogue", entry.Name()))
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		decoder := json.NewDecoder(bytes.NewReader(data))
		if _, err := decoder.Token(); err != nil {
			t.Fatalf("%s: %v", entry.Name(), err)
		}
		for decoder.More() {
			token, err := decoder.Token()
			if err != nil {
				t.Fatalf("%s: %v", entry.Name(), err)
			}
			key, _ := token.(string)
			if seen[key] {
				t.Errorf("%s: %q stands twice", entry.Name(), key)
			}
			seen[key] = true
			var pair []string
			if err := decoder.Decode(&pair); err != nil || len(pair) != len(Languages) {
				t.Fatalf("%s: %q has %d texts, %v", entry.Name(), key, len(pair), err)
			}
		}
	}
}
