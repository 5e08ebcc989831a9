package internal

import (
	"strings"
	"testing"
)

// Each check is shown code that breaks its rule, and code beside it that keeps it.
func TestTheChecksCanFail(t *testing.T) {
	tests := map[string]struct{ check, path, code, fault string }{
		"page in a domain":         {"imports", "internal/grant/x.go", `import "bangfu/internal/web"`, "knows no page"},
		"templ in a domain":        {"imports", "internal/fund/x.go", `import "github.com/a-h/templ"`, "knows no page"},
		"chi in a domain":          {"imports", "internal/staff/x.go", `import "github.com/go-chi/chi/v5"`, "knows no page"},
		"chi in a web":             {"imports", "internal/grant/grantweb/x.go", `import "github.com/go-chi/chi/v5"`, ""},
		"upwards":                  {"imports", "internal/casefile/x.go", `import "bangfu/internal/grant"`, "imports point down"},
		"downwards":                {"imports", "internal/grant/x.go", `import "bangfu/internal/payment"`, ""},
		"the other way beside":     {"imports", "internal/fund/x.go", `import "bangfu/internal/payment"`, "do not import each other"},
		"as listed beside":         {"imports", "internal/payment/x.go", `import "bangfu/internal/fund"`, ""},
		"sister features":          {"imports", "internal/grant/x.go", `import "bangfu/internal/petition"`, "do not import each other"},
		"another web":              {"imports", "internal/grant/grantweb/x.go", `import "bangfu/internal/visit/visitweb"`, "do not import each other"},
		"its own page":             {"imports", "internal/grant/grantweb/x.go", `import "bangfu/templates/grantpage"`, ""},
		"another's page":           {"imports", "internal/grant/grantweb/x.go", `import "bangfu/templates/visitpage"`, "its own feature's pages"},
		"a higher feature":         {"imports", "internal/visit/visitweb/x.go", `import "bangfu/internal/grant"`, "may know"},
		"a lower feature":          {"imports", "internal/grant/grantweb/x.go", `import "bangfu/internal/casefile"`, ""},
		"a request in a page":      {"imports", "templates/grantpage/x.go", `import "bangfu/internal/web"`, "knows no request"},
		"a web in a page":          {"imports", "templates/grantpage/x.go", `import "bangfu/internal/grant/grantweb"`, "imports point down"},
		"the program in a feature": {"imports", "internal/grant/grantweb/x.go", `import "bangfu/internal/app"`, "imports point down"},
		"a package of nowhere":     {"imports", "internal/util/x.go", `import "bangfu/internal/day"`, "not in the table"},
		"test kit in the program":  {"imports", "internal/grant/x.go", `import "bangfu/internal/testkit/pgtest"`, "only tests"},
		"test kit in a test":       {"imports", "internal/grant/x_test.go", `import "bangfu/internal/testkit/pgtest"`, ""},

		"inserts elsewhere":      {"tables", "internal/grant/x_sql.go", "var q = `INSERT INTO fund_entry (id) VALUES (1)`", `"fund_entry"`},
		"changes elsewhere":      {"tables", "internal/grant/x_sql.go", "var q = `UPDATE casefile_file f SET x = 1`", `"casefile_file"`},
		"deletes elsewhere":      {"tables", "internal/grant/x_sql.go", "var q = `WITH x AS (DELETE FROM visit_visit) SELECT 1`", `"visit_visit"`},
		"copies elsewhere":       {"tables", "internal/grant/x_sql.go", `var _, q = u.CopyFrom(ctx, pgx.Identifier{"fund_entry"}, nil, nil)`, `"fund_entry"`},
		"writes who knows where": {"tables", "internal/grant/x_sql.go", `var q = "UPDATE " + table + " SET x = 1"`, `""`},
		"a web writes":           {"tables", "internal/grant/grantweb/x.go", "var q = `UPDATE grant_award SET x = 1`", `"grant_award"`},
		"the report writes":      {"tables", "internal/report/x_sql.go", "var q = `INSERT INTO report_run VALUES (1)`", `"report_run"`},
		"writes its own":         {"tables", "internal/grant/x_sql.go", "var q = `INSERT INTO grant_award (id) VALUES (1) ON CONFLICT DO UPDATE SET x = 1`", ""},
		"locks elsewhere":        {"tables", "internal/grant/x_sql.go", "var q = `SELECT 1 FROM casefile_file FOR UPDATE`", ""},
		"work audits":            {"tables", "internal/work/x.go", "var q = `INSERT INTO audit_entry (id) VALUES (1)`", ""},

		"clock in a domain":     {"clock", "internal/grant/x.go", "var now = time.Now()", "system's clock"},
		"clock in a web":        {"clock", "internal/grant/grantweb/x.go", "var gone = time.Since(then)", "system's clock"},
		"clock in the program":  {"clock", "internal/app/x.go", "var now = time.Now()", ""},
		"clock of the database": {"statements", "internal/grant/x_sql.go", "var q = `\n\t-- grant.x\n\tSELECT now()`", "server's clock"},

		"no name":              {"statements", "internal/grant/x_sql.go", "var q = `SELECT 1`", "without a name"},
		"a name of others":     {"statements", "internal/grant/x_sql.go", "var q = `\n\t-- fund.x\n\tSELECT 1`", "not -- grant."},
		"a remark is no name":  {"statements", "internal/grant/x_sql.go", "var q = `\n\t-- all of them\n\tSELECT 1`", "not -- grant."},
		"a name":               {"statements", "internal/grant/x_sql.go", "var q = `\n\t-- grant.x\n\tSELECT 1` + `SELECT 2`", ""},
		"prose with its words": {"statements", "internal/grant/x.go", `var q = "call now or select later"`, ""},

		"a long function": {"lengths", "internal/grant/x.go", "func long() {" + strings.Repeat("\n", 69) + "}", "long has 70 lines"},
		"a short one":     {"lengths", "internal/grant/x.go", "func short() {" + strings.Repeat("\n", 68) + "}", ""},
		"a long file":     {"lengths", "internal/grant/x.go", strings.Repeat("\n", 400), "too many"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			dir := test.path[:strings.LastIndex(test.path, "/")]
			s, err := parse(test.path, "package "+dir[strings.LastIndex(dir, "/")+1:]+"\n"+test.code+"\n")
			if err != nil {
				t.Fatal(err)
			}
			faults := strings.Join(checks[test.check](s), "; ")
			if test.fault == "" && faults != "" || !strings.Contains(faults, test.fault) {
				t.Errorf("faults %q, want %q", faults, test.fault)
			}
		})
	}
}
