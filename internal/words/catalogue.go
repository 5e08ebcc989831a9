package words

import (
	"embed"
	"encoding/json"
	"fmt"
	"path"
	"strings"
)

//go:embed catalogue/*.json
var files embed.FS

// catalogue maps each key to its text in each language.
var catalogue = mustLoad()

// mustLoad reads the embedded catalogue. It panics on a file that cannot be
// read, which the first test or start of the program shows at once.
func mustLoad() map[Key][2]string {
	entries, err := files.ReadDir("catalogue")
	if err != nil {
		panic(fmt.Sprintf("words: reading the catalogue: %v", err))
	}
	all := make(map[Key][2]string, 2048)
	for _, entry := range entries {
		if err := load(all, entry.Name()); err != nil {
			panic(fmt.Sprintf("words: %s: %v", entry.Name(), err))
		}
	}
	return all
}

// load adds one file to the catalogue. It refuses keys that do not begin with
// the file's name, so that no two files can hold the same key.
func load(all map[Key][2]string, name string) error {
	data, err := files.ReadFile(path.Join("catalogue", name))
	if err != nil {
		return err
	}
	var texts map[Key][2]string
	if err := json.Unmarshal(data, &texts); err != nil {
		return err
	}
	prefix := strings.TrimSuffix(name, ".json") + "."
	for key, text := range texts {
		if !strings.HasPrefix(string(key), prefix) {
			return fmt.Errorf("key %q does not begin with %q", key, prefix)
		}
		all[key] = text
	}
	return nil
}
