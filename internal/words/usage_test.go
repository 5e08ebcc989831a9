package words

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// fileName is the shape of names that only look like keys.
var fileName = regexp.MustCompile(`\.(css|js|svg|go|templ|json|html|csv|xlsx|pdf)$`)

// uses are the keys found in the sources, each with one place, and the literals
// that end in a dot and begin the name of keys made while the program runs.
type uses struct {
	keys     map[string]string
	prefixes map[string]string
	features map[string]bool
}

// Every key that the program uses is in the catalogue, and every key of the
// catalogue is used. The generated code of the templates stands for them.
func TestUsage(t *testing.T) {
	found := uses{keys: map[string]string{}, prefixes: map[string]string{}, features: map[string]bool{}}
	for key := range catalogue {
		feature, _, _ := strings.Cut(string(key), ".")
		found.features[feature] = true
	}
	if err := found.walk("../.."); err != nil {
		t.Fatal(err)
	}
	if len(found.keys) < 50 {
		t.Fatalf("only %d keys found: is this the repository?", len(found.keys))
	}
	for _, key := range slices.Sorted(maps.Keys(found.keys)) {
		if !Has(Key(key)) {
			t.Errorf("%s: %s is not in the catalogue", found.keys[key], key)
		}
	}
	for _, prefix := range slices.Sorted(maps.Keys(found.prefixes)) {
		if !found.begins(prefix) {
			t.Errorf("%s: no key begins with %s", found.prefixes[prefix], prefix)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(catalogue)) {
		if !found.used(string(key)) {
			t.Errorf("%s is used nowhere", key)
		}
	}
}

// begins tells whether some key begins with the prefix.
func (u uses) begins(prefix string) bool {
	for key := range catalogue {
		if strings.HasPrefix(string(key), prefix) {
			return true
		}
	}
	return false
}

// used tells whether a key is named, or begins with a prefix that is.
func (u uses) used(key string) bool {
	if _, named := u.keys[key]; named {
		return true
	}
	for prefix := range u.prefixes {
		if strings.HasPrefix(key, prefix) {
			return true
		}
	}
	return false
}

// walk reads all Go files below root but tests.
func (u uses) walk(root string) error {
	return filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			if base := entry.Name(); base != ".." && (strings.HasPrefix(base, ".") || base == "testdata" || base == "node_modules") {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		source, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		files := token.NewFileSet()
		file, err := parser.ParseFile(files, name, source, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(node ast.Node) bool {
			if elsewhere(node) {
				return false
			}
			u.note(files, node)
			return true
		})
		return nil
	})
}

// note keeps a literal that has the shape of a key of a known feature.
func (u uses) note(files *token.FileSet, node ast.Node) {
	literal, ok := node.(*ast.BasicLit)
	if !ok || literal.Kind != token.STRING {
		return
	}
	text, err := strconv.Unquote(literal.Value)
	if err != nil || fileName.MatchString(text) {
		return
	}
	feature, _, _ := strings.Cut(text, ".")
	if !u.features[feature] {
		return
	}
	place := files.Position(literal.Pos()).String()
	if bare, ends := strings.CutSuffix(text, "."); ends && keyShape.MatchString(bare+".x") {
		u.prefixes[text] = place
	} else if keyShape.MatchString(text) {
		u.keys[text] = place
	}
}

// elsewhere tells whether a piece of source holds names of another kind that look
// like keys: capabilities, audit acts (also as what a version was kept for), the contexts of sealed fields.
func elsewhere(node ast.Node) bool {
	switch n := node.(type) {
	case *ast.ImportSpec:
		return true
	case *ast.ValueSpec:
		if strings.HasSuffix(n.Names[0].Name, "Context") {
			return true
		}
		return n.Type != nil && !slices.Contains([]string{"Key", "string", ""}, last(n.Type))
	case *ast.CompositeLit:
		return n.Type != nil && last(n.Type) == "Entry"
	case *ast.CallExpr:
		return slices.Contains([]string{"Audit", "Capability", "Seal", "Unseal", "Index", "MAC", "Keep"}, last(n.Fun))
	}
	return false
}

// last gives the last name of an expression such as work.Entry.
func last(e ast.Expr) string {
	switch x := e.(type) {
	case *ast.Ident:
		return x.Name
	case *ast.SelectorExpr:
		return x.Sel.Name
	}
	return ""
}
