package casefile_test

import (
	"strings"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
)

// A search finds by the beginning of a name, the whole ID number in any case, the phone and the file number, within
// the scope only.
func TestSearch(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	f := sample.File(t, u, casefile.Active)
	people, err := casefile.People(t.Context(), u, sample.Keys(), f.ID)
	if err != nil {
		t.Fatal(err)
	}
	number := string(people[1].Number)
	tests := map[string]struct {
		text  string
		by    casefile.Sought
		found int
	}{
		"whole name":         {"王建国", casefile.ByName, 1},
		"beginning":          {" 王建 ", casefile.ByName, 1},
		"a member":           {"李秀兰", casefile.ByName, 1},
		"one character":      {"王", casefile.NotSought, 0},
		"any sign":           {"王%", casefile.NotSought, 0},
		"nobody":             {"张建国", casefile.ByName, 0},
		"ID number":          {number, casefile.ByID, 1},
		"ID number, spaced":  {number[:6] + " " + strings.ToLower(number[6:]), casefile.ByID, 1},
		"part of the number": {number[:14], casefile.NotSought, 0},
		"phone":              {"139 0879 0001", casefile.ByPhone, 1},
		"another phone":      {"13908790002", casefile.ByPhone, 0},
		"file number":        {f.Number, casefile.ByNumber, 1},
		"in small letters":   {strings.ToLower(f.Number), casefile.ByNumber, 1},
		"nothing":            {"  ", casefile.NotSought, 0},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r, err := casefile.Search(t.Context(), u, sample.Keys(), sample.Clerk.Scope, test.text)
			if err != nil || r.By != test.by || len(r.Found) != test.found || r.Elsewhere != nil {
				t.Errorf("%+v, %v; want %d by %q", r, err, test.found, test.by)
			}
			r, err = casefile.Search(t.Context(), u, sample.Keys(), sample.SiblingClerk.Scope, test.text)
			if err != nil || len(r.Found) != 0 {
				t.Errorf("outside the scope: %+v, %v", r, err)
			}
			if (r.Elsewhere != nil) != (test.by == casefile.ByID) {
				t.Errorf("elsewhere: %+v", r.Elsewhere)
			}
		})
	}
}

// A search lists the newest fifty and says that there are more; the number of queries does not depend on the rows.
func TestSearchIsBounded(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	if _, err := u.Exec(t.Context(), `
		WITH f AS (INSERT INTO casefile_file (org_id, org_path, state, head_name, registered_by, registered_at)
			SELECT $1, '', 'draft', '段小', $2, $3 FROM generate_series(1, 60) RETURNING id)
		INSERT INTO casefile_person (file_id, relation, name, id_sealed, id_index, birth_on, sex)
		SELECT id, 'head', '段小', '\x00', sha256(id::text::bytea), '1980-01-01', 'male' FROM f`,
		sample.County, sample.Clerk.StaffID, u.Now); err != nil {
		t.Fatal(err)
	}
	counted := &counter{Querier: u}
	r, err := casefile.Search(t.Context(), counted, sample.Keys(), sample.Clerk.Scope, "段小")
	if err != nil || len(r.Found) != 50 || !r.More || counted.queries != 1 {
		t.Errorf("%d found, more %v, %d queries, %v", len(r.Found), r.More, counted.queries, err)
	}
	counted.queries = 0
	if _, err := casefile.ListOf(t.Context(), counted, sample.Clerk.Scope, casefile.MineList, sample.Clerk.StaffID, 0, 50); err != nil || counted.queries != 1 {
		t.Errorf("a list of fifty took %d queries, %v", counted.queries, err)
	}
}
