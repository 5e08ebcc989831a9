package internal

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// functionIDs lists the ids of the functions that the five source documents name, in their order.
func functionIDs() []string {
	var ids []string
	for document, last := range []int{68, 109, 43, 52, 30} {
		for n := 1; n <= last; n++ {
			id := fmt.Sprintf("%03d-%02d", document, n)
			ids = append(ids, id)
			if slices.Contains([]string{"001-69", "001-88", "002-12"}, id) { // told apart later
				ids = append(ids, id+"b")
			}
		}
	}
	return ids
}

// shown is what a row of docs/coverage.csv may point at: the addresses of the program and the text of its files.
type shown struct {
	routes []string
	exists func(dir string) bool
	read   func(file string) string
}

// rowFault says what is wrong with one row: its columns are id, function, state, where, test.
func (s shown) rowFault(row []string) string {
	state, where, tests := row[2], strings.Fields(row[3]), strings.Fields(row[4])
	switch {
	case row[1] == "":
		return "names no function"
	case state == "open" && len(where)+len(tests) == 0:
		return ""
	case state != "works" && state != "part":
		return fmt.Sprintf("has state %q, where %q and test %q", state, row[3], row[4])
	case len(tests) == 0 || !slices.ContainsFunc(where, isAddress) || !slices.ContainsFunc(where, isPackage):
		return "names no address, no package or no test"
	}
	for _, place := range where {
		if isAddress(place) && !slices.Contains(s.routes, place) || !isAddress(place) && !s.exists(place) {
			return place + " does not exist"
		}
	}
	for _, test := range tests {
		file, name, _ := strings.Cut(test, ":")
		if name == "" || !strings.HasSuffix(file, "_test.go") || !strings.Contains(s.read(file), "func "+name+"(t *testing.T)") {
			return test + " is no test"
		}
	}
	return ""
}

func isAddress(place string) bool { return strings.HasPrefix(place, "/") }
func isPackage(place string) bool { return strings.HasPrefix(place, "internal/") }

func TestCoverageIsTrue(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "docs", "coverage.csv"))
	if err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(string(text))).ReadAll()
	if err != nil || strings.Join(rows[0], ",") != "id,function,state,where,test" {
		t.Fatalf("header %v, %v", rows[0], err)
	}
	s := shown{
		exists: func(dir string) bool {
			sources, err := filepath.Glob(filepath.Join("..", dir, "*.go"))
			return err == nil && len(sources) > 0
		},
		read: func(file string) string {
			code, err := os.ReadFile(filepath.Join("..", file))
			if err != nil {
				t.Error(err)
			}
			return string(code)
		},
	}
	for line := range strings.Lines(s.read("internal/app/testdata/routes.txt")) {
		s.routes = append(s.routes, strings.Fields(line)[1])
	}
	var ids []string
	for _, row := range rows[1:] {
		ids = append(ids, row[0])
		if fault := s.rowFault(row); fault != "" {
			t.Errorf("%s: %s", row[0], fault)
		}
	}
	if !slices.Equal(ids, functionIDs()) {
		t.Errorf("the %d ids are not the %d of the source documents, each once and in order", len(ids), len(functionIDs()))
	}
}

func TestCoverageCanFail(t *testing.T) {
	s := shown{
		routes: []string{"/files"},
		exists: func(dir string) bool { return dir == "internal/casefile" },
		read:   func(string) string { return "func TestFiles(t *testing.T) {}" },
	}
	for fault, row := range map[string]string{
		"":                           "works|/files internal/casefile|x_test.go:TestFiles",
		"has state \"done\"":         "done|/files internal/casefile|x_test.go:TestFiles",
		"has state \"open\"":         "open||x_test.go:TestFiles",
		"names no address":           "part|/files|x_test.go:TestFiles",
		"/cases does not exist":      "part|/cases internal/casefile|x_test.go:TestFiles",
		"internal/x does not exist":  "part|/files internal/x|x_test.go:TestFiles",
		"x_test.go:TestX is no test": "works|/files internal/casefile|x_test.go:TestX",
	} {
		got := s.rowFault(append([]string{"000-01", "a function"}, strings.Split(row, "|")...))
		if !strings.HasPrefix(got, fault) || fault == "" && got != "" {
			t.Errorf("%s: %q, want %q", row, got, fault)
		}
	}
}
