// Package internal holds no code of its own, only the tests that keep the shape of all packages: who may import whom,
// who may write which table, who may read the clock, how long files and functions may be (README.md, the shape of the
// code), and that docs/coverage.csv is true.
package internal

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// levels orders the packages; imports point down. A feature's pages are on level 5, its web on
// level 6, whatever the feature's own level. A new feature adds one word here.
var levels = [][]string{
	0: {"money", "day", "idcard", "pinyin", "seal", "form", "file", "picture", "sheet", "words", "work", "localdb", "migrate"},
	1: {"audit", "staff", "web", "layout", "ui"},
	2: {"eligibility", "casefile", "trial", "check", "census", "nomination", "visit", "referral", "comparison", "plan", "exit", "move", "reading", "retention", "review", "ledger", "notice", "fund", "payment", "goods"},
	3: {"grant", "campaign", "pairing", "petition", "legalaid", "employment", "mutualaid", "certificate"},
	4: {"report", "disclosure", "invariant", "seed"},
}

const (
	pages   = 5
	webs    = 6
	top     = 7 // app
	command = 8
)

// beside lists who may import whom on one level; level 0 is free, as the compiler keeps it without circles.
var beside = map[string][]string{
	"casefile":   {"eligibility"},
	"trial":      {"casefile", "eligibility"},
	"check":      {"casefile", "eligibility"},
	"census":     {"casefile", "eligibility"},
	"nomination": {"casefile", "eligibility"},
	"visit":      {"casefile", "eligibility"},
	"plan":       {"casefile", "eligibility"},
	"exit":       {"casefile", "eligibility", "fund", "payment"},
	"move":       {"casefile", "eligibility"},
	"reading":    {"casefile", "eligibility"},
	"review":     {"casefile", "eligibility"},
	"retention":  {"casefile", "eligibility"},
	"notice":     {"casefile", "eligibility"}, // a notice is about a file and shows its masked cover
	"ledger":     {"casefile", "eligibility"},
	"payment":    {"fund", "casefile", "eligibility"},
	"referral":   {"casefile", "eligibility"},
	"comparison": {"casefile", "eligibility"},
	"layout":     {"ui"},
	"web":        {"layout", "ui"},
}

// place is a package's word and level. Pages and webs carry the word of their feature.
type place struct {
	word  string
	level int
}

// placeOf finds a package of ours by its directory; false means that it is not in the table.
func placeOf(dir string) (place, bool) {
	base := path.Base(dir)
	switch {
	case dir == "internal/app":
		return place{base, top}, true
	case strings.HasPrefix(dir, "cmd/"):
		return place{base, command}, true
	case dir == "templates/gallery": // shows every page
		return place{base, webs}, true
	case dir == "static" || dir == "migrations": // embedded files
		return place{base, 0}, true
	case path.Dir(dir) == "templates" && strings.HasSuffix(base, "page"):
		return place{strings.TrimSuffix(base, "page"), pages}, true
	case strings.HasPrefix(dir, "internal/") && base == path.Base(path.Dir(dir))+"web":
		return place{strings.TrimSuffix(base, "web"), webs}, true
	}
	for level, words := range levels {
		if slices.Contains(words, base) && (dir == "internal/"+base || dir == "templates/"+base) {
			return place{base, level}, true
		}
	}
	return place{}, false
}

// isDomain tells whether a package holds rules and no pages.
func isDomain(dir string) bool {
	p, ok := placeOf(dir)
	return ok && p.level <= 4 && strings.HasPrefix(dir, "internal/") && dir != "internal/web"
}

// importFault says why a package may not import another; empty means that it may.
func importFault(from, to string) string {
	if strings.HasPrefix(from, "internal/testkit/") {
		return ""
	}
	if strings.HasPrefix(to, "internal/testkit/") {
		if from == "cmd/testpg" {
			return "" // the server of the tests
		}
		return "only tests import the test kit"
	}
	f, ok := placeOf(from)
	if !ok {
		return "the importing package is not in the table of levels"
	}
	t, ok := placeOf(to)
	switch {
	case !ok:
		return "the imported package is not in the table of levels"
	case t.level > f.level:
		return fmt.Sprintf("level %d imports level %d: imports point down", f.level, t.level)
	case t.level == f.level && f.level > 0 && !slices.Contains(beside[f.word], t.word):
		return fmt.Sprintf("packages of level %d do not import each other, except as listed", f.level)
	case isDomain(from) && !isDomain(to) && to != "migrations":
		return "a domain package knows no page"
	case f.level == pages || f.level == webs && from != "templates/gallery":
		return roomFault(f, t, to)
	}
	return ""
}

// roomFault keeps a feature's pages and web to their own feature and to what that feature itself may import.
func roomFault(f, t place, to string) string {
	switch {
	case t.level == pages && t.word != f.word:
		return "a web shows its own feature's pages"
	case f.level == pages && to == "internal/web":
		return "a page decides nothing and knows no request"
	case t.level < 2 || t.level >= pages || t.word == f.word:
		return ""
	}
	feature, ok := placeOf("internal/" + f.word)
	if ok && (t.level > feature.level || t.level == feature.level && !slices.Contains(beside[f.word], t.word)) {
		return "a feature's rooms know what the feature itself may know"
	}
	return ""
}

// foreignFault keeps the machinery of pages out of the packages with the rules.
func foreignFault(from, to string) string {
	if !isDomain(from) {
		return ""
	}
	for _, machinery := range []string{"github.com/go-chi/", "github.com/a-h/templ", "github.com/alexedwards/scs"} {
		if strings.HasPrefix(to, machinery) {
			return "a domain package knows no page"
		}
	}
	return ""
}

func importFaults(s source) []string {
	var faults []string
	for _, spec := range s.syntax.Imports {
		to, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			faults = append(faults, err.Error())
			continue
		}
		ours, isOurs := strings.CutPrefix(to, "bangfu/")
		fault := ""
		switch {
		case s.test:
		case isOurs:
			fault = importFault(s.dir, ours)
		default:
			fault = foreignFault(s.dir, to)
		}
		if fault != "" {
			faults = append(faults, fmt.Sprintf("imports %s: %s", to, fault))
		}
	}
	return faults
}

// clockFaults keeps to one clock: units and pages are told the time.
func clockFaults(s source) []string {
	reads := []string{"time.Now", "time.Since", "time.Until"}
	exempt := s.test || strings.HasPrefix(s.dir, "internal/testkit/") || !strings.HasPrefix(s.dir, "internal/") ||
		s.dir == "internal/app" || // where the program's clock is made
		s.dir == "internal/localdb" // waits for a process of the system
	if exempt {
		return nil
	}
	var faults []string
	ast.Inspect(s.syntax, func(n ast.Node) bool {
		if selector, ok := n.(*ast.SelectorExpr); ok {
			if x, ok := selector.X.(*ast.Ident); ok && slices.Contains(reads, x.Name+"."+selector.Sel.Name) {
				faults = append(faults, s.at(n)+"reads the system's clock; take the unit's Now or the kit's clock")
			}
		}
		return true
	})
	return faults
}

// The longest file and function, in lines; written code only.
const (
	longestFile     = 400
	longestFunction = 70
)

func lengthFaults(s source) []string {
	var faults []string
	if s.lines >= longestFile {
		faults = append(faults, fmt.Sprintf("has %d lines, %d are too many", s.lines, longestFile))
	}
	for _, d := range s.syntax.Decls {
		f, ok := d.(*ast.FuncDecl)
		if !ok {
			continue
		}
		lines := s.files.Position(f.End()).Line - s.files.Position(f.Pos()).Line + 1
		if lines >= longestFunction {
			faults = append(faults, fmt.Sprintf("%s%s has %d lines, %d are too many", s.at(f), f.Name.Name, lines, longestFunction))
		}
	}
	return faults
}

// checks are all questions asked of every source file.
var checks = map[string]func(source) []string{
	"imports":    importFaults,
	"tables":     tableFaults,
	"clock":      clockFaults,
	"statements": statementFaults,
	"lengths":    lengthFaults,
}

func TestShape(t *testing.T) {
	all := sources(t)
	if len(all) < 20 {
		t.Fatalf("only %d files were found", len(all))
	}
	for name, check := range checks {
		t.Run(name, func(t *testing.T) {
			for _, s := range all {
				for _, fault := range check(s) {
					t.Errorf("%s: %s", s.path, fault)
				}
			}
		})
	}
}

// source is one file of Go that somebody wrote.
type source struct {
	path   string // from the root, with slashes
	dir    string
	test   bool
	lines  int
	files  *token.FileSet
	syntax *ast.File
}

func (s source) at(n ast.Node) string {
	return fmt.Sprintf("line %d: ", s.files.Position(n.Pos()).Line)
}

// sources reads every written Go file of the repository.
func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	for _, root := range []string{"internal", "templates", "static", "migrations", "cmd", "e2e"} {
		err := filepath.WalkDir(filepath.Join("..", root), func(file string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(file, ".go") {
				return err
			}
			text, err := os.ReadFile(file)
			if err != nil {
				return err
			}
			s, err := parse(filepath.ToSlash(strings.TrimPrefix(file, ".."+string(filepath.Separator))), string(text))
			if err == nil && !ast.IsGenerated(s.syntax) {
				all = append(all, s)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return all
}

func parse(name, text string) (source, error) {
	files := token.NewFileSet()
	syntax, err := parser.ParseFile(files, name, text, parser.ParseComments|parser.SkipObjectResolution)
	return source{
		path: name, dir: path.Dir(name), test: strings.HasSuffix(name, "_test.go"),
		lines: strings.Count(text, "\n"), files: files, syntax: syntax,
	}, err
}
