package internal

import (
	"fmt"
	"go/ast"
	"go/token"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"bangfu/migrations"
)

// foreignTables are the tables that a package writes although they do not begin with its word.
var foreignTables = map[string][]string{
	"internal/work":  {"audit_entry"}, // the entry is part of every unit of work; audit reads, seals and verifies
	"internal/app":   {"sessions"},    // the store itself
	"internal/staff": {"sessions"},    // the session store's table: a person who may not sign in any more is signed out
}

// writes finds the table that a statement inserts into, changes or empties.
var writes = []*regexp.Regexp{
	regexp.MustCompile(`(?i)\bINSERT\s+INTO\s+(\S*)`),
	regexp.MustCompile(`(?i)\bMERGE\s+INTO\s+(\S*)`),
	regexp.MustCompile(`(?i)\bDELETE\s+FROM\s+(\S*)`),
	regexp.MustCompile(`(?i)\bTRUNCATE\s+(?:TABLE\s+)?(\S*)`),
	regexp.MustCompile(`(?i)\bUPDATE\s+(?:ONLY\s+)?(\S+)(?:\s+AS)?(?:\s+\w+)?\s+SET\s`),
	regexp.MustCompile(`(?i)\bUPDATE\s*()$`),
}

// locks are no writes.
var locks = regexp.MustCompile(`(?i)\bFOR\s+(NO\s+KEY\s+)?UPDATE\b`)

var tableName = regexp.MustCompile(`^[a-z][a-z0-9_]*`)

// tableFaults lets a package write only the tables that begin with its word. Tests and the sample centre may prepare
// what they need.
func tableFaults(s source) []string {
	if s.test || s.dir == "internal/seed" || strings.HasPrefix(s.dir, "internal/testkit/") || strings.HasPrefix(s.dir, "cmd/") {
		return nil
	}
	var faults []string
	written := func(at ast.Node, table string) {
		table = tableName.FindString(strings.Trim(table, "\"("))
		p, ok := placeOf(s.dir)
		mine := ok && isDomain(s.dir) && p.word != "report" && strings.HasPrefix(table, p.word+"_")
		if !mine && !slices.Contains(foreignTables[s.dir], table) {
			faults = append(faults, fmt.Sprintf("%swrites table %q, which belongs to another package", s.at(at), table))
		}
	}
	ast.Inspect(s.syntax, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BasicLit:
			for _, pattern := range writes {
				for _, match := range pattern.FindAllStringSubmatch(locks.ReplaceAllString(sqlOf(n), ""), -1) {
					written(n, match[1])
				}
			}
		case *ast.CallExpr:
			if table, ok := copiedInto(n); ok {
				written(n, table)
			}
		}
		return true
	})
	return faults
}

// libraryTables belong to libraries, which name them.
var libraryTables = []string{"sessions"}

// A table's name says which package owns it.
func TestEveryTableHasAnOwner(t *testing.T) {
	files, err := fs.Glob(migrations.FS, "*.sql")
	if err != nil || len(files) == 0 {
		t.Fatalf("%d migrations, %v", len(files), err)
	}
	created := regexp.MustCompile(`(?i)\bCREATE\s+(?:UNLOGGED\s+)?TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?(\w+)`)
	for _, file := range files {
		text, err := migrations.FS.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, match := range created.FindAllStringSubmatch(string(text), -1) {
			word, _, _ := strings.Cut(match[1], "_")
			if !slices.Contains(libraryTables, match[1]) && !isDomain("internal/"+word) {
				t.Errorf("%s: table %s begins with the word of no package", file, match[1])
			}
		}
	}
}

// copiedInto gives the table of CopyFrom(ctx, pgx.Identifier{"table"}, …); empty when it is not written there.
func copiedInto(call *ast.CallExpr) (string, bool) {
	selector, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || selector.Sel.Name != "CopyFrom" || len(call.Args) < 2 {
		return "", false
	}
	if list, ok := call.Args[1].(*ast.CompositeLit); ok && len(list.Elts) == 1 {
		if literal, ok := list.Elts[0].(*ast.BasicLit); ok {
			return sqlOf(literal), true
		}
	}
	return "", true
}

// sqlOf is the text of a string literal, if it can be SQL: prose of one word or an import path matches no pattern.
func sqlOf(literal *ast.BasicLit) string {
	if literal.Kind != token.STRING {
		return ""
	}
	text, err := strconv.Unquote(literal.Value)
	if err != nil {
		return ""
	}
	return strings.TrimSpace(text)
}

var (
	statementStart = regexp.MustCompile(`^(SELECT|INSERT|UPDATE|DELETE|WITH|MERGE|LOCK|TRUNCATE|CALL)\s`)
	statementName  = regexp.MustCompile(`^-- ([a-z]+)\.([A-Za-z]\w*)[^\n]*\n`)
	systemClock    = regexp.MustCompile(`(?i)\b(now|clock_timestamp|statement_timestamp|transaction_timestamp)\s*\(\s*\)|\bCURRENT_(DATE|TIME|TIMESTAMP)\b|\bLOCALTIME`)
)

// statementFaults wants each statement of a domain package to begin with a comment that names it, `-- grant.advance`:
// so it can be found from the server's log. None reads the server's clock. The machinery that keeps the server and
// the schema knows no feature and is left out.
func statementFaults(s source) []string {
	p, ok := placeOf(s.dir)
	if s.test || !ok || !isDomain(s.dir) || p.word == "localdb" || p.word == "migrate" {
		return nil
	}
	continued := continuations(s.syntax)
	var faults []string
	ast.Inspect(s.syntax, func(n ast.Node) bool {
		literal, ok := n.(*ast.BasicLit)
		if !ok {
			return true
		}
		text := sqlOf(literal)
		name := statementName.FindStringSubmatch(text)
		if systemClock.MatchString(text) && looksLikeSQL(text) {
			faults = append(faults, s.at(n)+"reads the server's clock; pass the unit's Now")
		}
		switch {
		case continued[literal]:
		case statementStart.MatchString(text):
			faults = append(faults, fmt.Sprintf("%sstatement without a name; begin it with -- %s.…", s.at(n), p.word))
		case strings.HasPrefix(text, "--") && (name == nil || name[1] != s.syntax.Name.Name):
			faults = append(faults, fmt.Sprintf("%sstatement begins %.30q, not -- %s.…", s.at(n), text, p.word))
		}
		return true
	})
	return faults
}

// looksLikeSQL tells a statement or a part of one from prose that happens to hold one of its words.
func looksLikeSQL(text string) bool {
	for _, word := range []string{"SELECT", "INSERT", "UPDATE", "DELETE", "WHERE", "SET ", "VALUES"} {
		if strings.Contains(text, word) {
			return true
		}
	}
	return strings.Contains(text, "()")
}

// continuations are the literals that stand to the right of a +: they go on with a statement begun on the left.
func continuations(file *ast.File) map[*ast.BasicLit]bool {
	found := map[*ast.BasicLit]bool{}
	ast.Inspect(file, func(n ast.Node) bool {
		if sum, ok := n.(*ast.BinaryExpr); ok && sum.Op == token.ADD {
			if literal, ok := sum.Y.(*ast.BasicLit); ok {
				found[literal] = true
			}
		}
		return true
	})
	return found
}
