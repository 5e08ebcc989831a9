package casefile_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/move"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// one is a kind of search alone.
func one(by ...casefile.Sought) []casefile.Sought { return by }

// A search finds by every part of a name, its pinyin and initials, the ID number and its last six places, the phone, the
// file number and its beginning, the employer and the address; within the scope only.
func TestSearch(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	f := sample.File(t, u, casefile.Active)
	people, err := casefile.People(t.Context(), u, sample.Keys(), f.ID)
	if err != nil {
		t.Fatal(err)
	}
	number := string(people[1].Number)
	characters := one(casefile.ByName, casefile.ByEmployer, casefile.ByAddress)
	letters := one(casefile.BySpoken, casefile.ByInitials)
	tests := map[string]struct {
		text  string
		by    []casefile.Sought // by what it looks
		found casefile.Sought   // by what it finds the one file, "" = not at all
	}{
		"whole name":             {"王建国", characters, casefile.ByName},
		"beginning":              {" 王建 ", characters, casefile.ByName},
		"the end of a name":      {"秀兰", characters, casefile.ByName},
		"one character":          {"王", nil, ""},
		"any sign":               {"王%", nil, ""},
		"nobody":                 {"张建国", characters, ""},
		"longer than any name":   {"王建国伟", characters, ""},
		"pinyin":                 {"wangjianguo", letters, casefile.BySpoken},
		"pinyin, beginning":      {"Wang Jian", letters, casefile.BySpoken},
		"pinyin, syllable begun": {"wangjiang", letters, casefile.BySpoken},
		"one syllable":           {"wang", one(casefile.ByInitials), ""},
		"initials":               {"WJG", one(casefile.ByInitials), casefile.ByInitials},
		"one letter":             {"w", nil, ""},
		"other letters":          {"zjg", one(casefile.ByInitials), ""},
		"ID number":              {number, one(casefile.ByID), casefile.ByID},
		"ID number, spaced":      {number[:6] + " " + strings.ToLower(number[6:]), one(casefile.ByID), casefile.ByID},
		"last six":               {strings.ToLower(number[12:]), one(casefile.ByTail, casefile.ByOld), casefile.ByTail},
		"last five":              {number[13:], one(casefile.ByOld), ""},
		"last seven":             {number[11:], one(casefile.ByOld), ""},
		"part of the number":     {number[:14], one(casefile.ByOld), ""},
		"phone":                  {"139 0879 0001", one(casefile.ByPhone), casefile.ByPhone},
		"another phone":          {"13908790002", one(casefile.ByPhone), ""},
		"file number":            {f.Number, one(casefile.ByNumber, casefile.ByOld), casefile.ByNumber},
		"in small letters":       {strings.ToLower(f.Number), one(casefile.ByNumber, casefile.ByOld), casefile.ByNumber},
		"its beginning":          {f.Number[:5], one(casefile.ByNumber, casefile.ByOld), casefile.ByNumber},
		"another office's":       {"ZZZ2026", one(casefile.ByNumber, casefile.ByOld), ""},
		"employer":               {"纺织厂", characters, casefile.ByEmployer},
		"two of the employer":    {"织厂", characters, casefile.ByEmployer},
		"address":                {"河西", characters, casefile.ByAddress},
		"address with a number":  {"河西街道12号", one(casefile.ByEmployer, casefile.ByAddress, casefile.ByOld), casefile.ByAddress},
		"another house":          {"河西街道13号", one(casefile.ByEmployer, casefile.ByAddress, casefile.ByOld), ""},
		"nothing":                {"  ", nil, ""},
		"too long":               {strings.Repeat("王", 61), nil, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			r, err := casefile.Search(t.Context(), u, sample.Keys(), sample.Clerk.Scope, test.text, "")
			if err != nil || !slices.Equal(r.By, test.by) || (test.found == "") != (len(r.Found) == 0) || r.Elsewhere != nil {
				t.Fatalf("%+v, %v; want %q by %q", r, err, test.found, test.by)
			}
			if test.found != "" && (len(r.Found) != 1 || r.Found[0].By != test.found || r.Found[0].ID != f.ID || r.Found[0].HeadName != "王建国") {
				t.Errorf("found %+v; want it once by %q", r.Found, test.found)
			}
			r, err = casefile.Search(t.Context(), u, sample.Keys(), sample.SiblingClerk.Scope, test.text, "")
			if err != nil || len(r.Found) != 0 {
				t.Errorf("outside the scope: %+v, %v", r, err)
			}
			if (r.Elsewhere != nil) != (test.found == casefile.ByID) {
				t.Errorf("elsewhere: %+v", r.Elsewhere)
			}
		})
	}
}

// Long names are found by any two or three characters, by all of them, and by what lies between the dots.
func TestSearchOfLongNames(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	sample.File(t, u, casefile.Active, func(h *sample.Household) {
		h.Head.Name, h.Card.Holder = "阿依古丽·买买提", "阿依古丽·买买提"
	})
	sample.File(t, u, casefile.Active, func(h *sample.Household) { h.Head.Name, h.Card.Holder = "欧阳建国", "欧阳建国" })
	for text, want := range map[string]int{"古丽": 1, "丽买": 1, "买买提": 1, "阿依古丽": 1, "阿依古丽买买提": 1, "阿依古丽·买买提": 1, "古丽·买": 1,
		"依古丽买买": 1, "阿依买买提": 0, "阿丽古依": 0, "欧阳建国": 1, "阳建": 1, "建国": 1, "ouyang": 1, "ouyangjianguo": 1, "oyjg": 1, "aygl": 1} {
		r, err := casefile.Search(t.Context(), u, sample.Keys(), sample.Clerk.Scope, text, "")
		if err != nil || len(r.Found) != want {
			t.Errorf("%s: %d found, %v; want %d", text, len(r.Found), err, want)
		}
	}
}

// handOver moves a file to another office, as its people do it.
func handOver(t *testing.T, u *work.Unit, file work.FileID, to work.OrgID, receiver work.Actor) {
	t.Helper()
	before := u.By
	defer func() { u.By = before }()
	u.By = sample.Clerk2
	id, err := move.Ask(t.Context(), u, file, move.Request{Kind: move.Transfer, Why: "household_moved", Reason: "迁居", To: to})
	if u.By = sample.Supervisor; err == nil {
		err = move.Decide(t.Context(), u, id, true, "")
	}
	if u.By = receiver; err == nil {
		err = move.Receive(t.Context(), u, id, true, "")
	}
	if err != nil {
		t.Fatal(err)
	}
}

// What is found follows what is saved: another name, a member who goes, a file that moves to another office.
func TestTermsFollow(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	f := sample.File(t, u, casefile.Active)
	finds := func(scope work.Scope, text string) int {
		t.Helper()
		r, err := casefile.Search(t.Context(), u, sample.Keys(), scope, text, "")
		if err != nil {
			t.Fatal(err)
		}
		return len(r.Found)
	}
	exec := func(sql string) {
		t.Helper()
		if _, err := u.Exec(t.Context(), sql, f.ID); err != nil {
			t.Fatal(err)
		}
	}
	exec(`UPDATE casefile_person SET name = '王建军', pinyin = 'wang jian jun' WHERE file_id = $1 AND relation = 'head'`)
	exec(`UPDATE casefile_file SET address = '青石县文昌路3号' WHERE id = $1`)
	exec(`UPDATE casefile_person SET left_on = '2026-11-01' WHERE file_id = $1 AND relation = 'spouse'`)
	for text, want := range map[string]int{"建国": 0, "建军": 1, "wangjianguo": 0, "wangjianjun": 1, "秀兰": 0, "河西": 0, "文昌": 1, "小明": 1} {
		if got := finds(sample.Clerk.Scope, text); got != want {
			t.Errorf("%s: %d found, want %d", text, got, want)
		}
	}
	handOver(t, u, f.ID, sample.Sibling, sample.SiblingClerk)
	for text, want := range map[string]int{"建军": 1, "小明": 1, "wxm": 1, "文昌": 1, "纺织": 1} {
		if here, there := finds(sample.Clerk.Scope, text), finds(sample.SiblingClerk.Scope, text); here != 0 || there != want {
			t.Errorf("%s after the move: %d here, %d there", text, here, there)
		}
	}
	var left int
	if err := u.QueryRow(t.Context(), `SELECT count(*) FROM casefile_term t JOIN casefile_file f ON f.id = t.file_id WHERE t.org_path <> f.org_path`).Scan(&left); err != nil || left != 0 {
		t.Errorf("%d terms stayed behind, %v", left, err)
	}
}

// The database and the program make the same terms.
func TestTermsAreTheSame(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	for _, name := range []string{"王五", "王建国", "王王王", "欧阳建国", "阿依古丽·买买提", "𠮷田", "John 李", "王", "王％建", "㐀㐁"} {
		var terms []string
		spoken := casefile.Spoken(name)
		if err := u.QueryRow(t.Context(), `SELECT casefile_person_terms($1, $2)`, name, spoken).Scan(&terms); err != nil || !slices.Equal(slices.Sorted(slices.Values(terms)), casefile.PersonTerms(name, spoken)) {
			t.Errorf("%s: the database has %q, %v; the program %q", name, terms, err, casefile.PersonTerms(name, spoken))
		}
	}
	for _, place := range []string{"", "青石县城关镇北门街12号3栋402", "北门街（北门）A座", "街", "１２号楼", "路路路"} {
		var terms []string
		if err := u.QueryRow(t.Context(), `SELECT casefile_file_terms($1, $1)`, place).Scan(&terms); err != nil || !slices.Equal(slices.Sorted(slices.Values(terms)), slices.Sorted(slices.Values(casefile.FileTerms(place, place)))) {
			t.Errorf("%s: the database has %q, %v; the program %q", place, terms, err, casefile.FileTerms(place, place))
		}
	}
	for _, number := range []string{"", "YC2018003", "困档字〔2018〕-003号", " ( - ) ", "a-b/9", "１２", "é1"} {
		var terms []string
		if err := u.QueryRow(t.Context(), `SELECT casefile_old_terms($1)`, number).Scan(&terms); err != nil || !slices.Equal(terms, casefile.OldTerms(number)) {
			t.Errorf("%s: the database has %q, %v; the program %q", number, terms, err, casefile.OldTerms(number))
		}
	}
}

// A search lists twenty a page, each once, in order of the offices; the number of queries does not depend on the rows.
func TestSearchIsPaged(t *testing.T) {
	u := pgtest.Unit(t, sample.CitySupervisor)
	sample.Centre(t, u)
	if _, err := u.Exec(t.Context(), `
		WITH f AS (INSERT INTO casefile_file (org_id, org_path, state, head_name, address, registered_by, registered_at)
			SELECT (ARRAY[@county, @sibling]::bigint[])[1 + n % 2], '', 'draft', '段小', CASE WHEN n <= 25 THEN '段小村' || n || '号' ELSE '' END, @by, @now
			FROM generate_series(1, 60) n RETURNING id)
		INSERT INTO casefile_person (file_id, relation, name, pinyin, id_sealed, id_index, birth_on, sex)
		SELECT id, 'head', '段小', 'duan xiao', '\x00', sha256(id::text::bytea), '1980-01-01', 'male' FROM f`,
		pgx.NamedArgs{"county": sample.County, "sibling": sample.Sibling, "by": sample.Clerk.StaffID, "now": u.Now}); err != nil {
		t.Fatal(err)
	}
	counted := &counter{Querier: u}
	seen := map[string]bool{}
	after, pages := "", 0
	var path string
	for ; pages < 10; pages++ {
		counted.queries = 0
		r, err := casefile.Search(t.Context(), counted, sample.Keys(), sample.CitySupervisor.Scope, "段小", after)
		if err != nil || len(r.Found) > casefile.Most || counted.queries > 2 {
			t.Fatalf("%d found, %d queries, %v", len(r.Found), counted.queries, err)
		}
		for _, f := range r.Found {
			key := fmt.Sprint(f.By, f.ID)
			if seen[key] {
				t.Errorf("%s is listed twice", key)
			}
			seen[key] = true
			if f.By == casefile.ByName && f.OrgPath < path {
				t.Errorf("%s stands behind %s", f.OrgPath, path)
			}
			path = f.OrgPath
		}
		if after = r.After; after == "" {
			break
		}
	}
	if len(seen) != 60+25 || pages != 4 {
		t.Errorf("%d rows on %d pages, want 85 on 5", len(seen), pages+1)
	}
	for _, wrong := range []string{"x", "1.2", "0.-1.0", "0.999999.0", "a.b.c"} {
		if _, err := casefile.Search(t.Context(), u, sample.Keys(), sample.CitySupervisor.Scope, "段小", wrong); err == nil {
			t.Errorf("a page behind %q is shown", wrong)
		}
	}
}

// People who are on file from before are found once the job has been by, and it leaves nobody out.
func TestFillFound(t *testing.T) {
	db := pgtest.DB(t)
	err := work.Do(t.Context(), db.App, pgtest.Now, sample.Clerk, func(u *work.Unit) error {
		sample.Centre(t, u)
		sample.File(t, u, casefile.Active)
		_, err := u.Exec(t.Context(), `UPDATE casefile_person SET pinyin = '', tail_index = NULL`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []int{3, 0} {
		if n, err := casefile.FillFound(t.Context(), db.App, sample.Keys(), pgtest.Now); err != nil || n != want {
			t.Errorf("%d filled in, %v; want %d", n, err, want)
		}
	}
	r, err := casefile.Search(t.Context(), db.App, sample.Keys(), sample.Clerk.Scope, "wjg", "")
	if err != nil || len(r.Found) != 1 {
		t.Errorf("%+v, %v", r, err)
	}
	page, err := casefile.ListFiles(t.Context(), db.App, sample.Clerk.Scope, casefile.Query{List: casefile.ActiveList, Sort: casefile.BySpokenName, Size: 3})
	if err != nil || len(page.Files) != 1 {
		t.Errorf("%+v, %v", page, err)
	}
}

// A phone is found by its last four digits, of the person who has it now; three find nothing, and a person on file before
// there was the digest is found once the job has filled it in.
func TestSearchByTheEndOfAPhone(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	f := sample.File(t, u, casefile.Active)
	finds := func(text string) int {
		result, err := casefile.Search(t.Context(), u, sample.Keys(), sample.Clerk.Scope, text, "")
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range result.Found {
			if found.ID != f.ID || found.By != casefile.ByPhoneTail {
				t.Errorf("%s finds %+v", text, found)
			}
		}
		return len(result.Found)
	}
	for text, want := range map[string]int{"0001": 1, " 00 01": 1, "0002": 0, "001": 0, "90001": 0} {
		if got := finds(text); got != want {
			t.Errorf("%q finds %d, want %d", text, got, want)
		}
	}
	if _, err := u.Exec(t.Context(), `UPDATE casefile_person SET phone_tail = NULL WHERE file_id = $1`, f.ID); err != nil {
		t.Fatal(err)
	}
	if got := finds("0001"); got != 0 {
		t.Errorf("without the digest %d are found", got)
	}
	if n, err := casefile.FillFound(t.Context(), u.Tx, sample.Keys(), u.Now); err != nil || n != 1 {
		t.Errorf("%d people filled in, %v; want the one with a phone", n, err)
	}
	if got := finds("0001"); got != 1 {
		t.Errorf("after the job %d are found", got)
	}
}

// A phone that more households have than a page lists means none of them, on the last page either. A beginning that looks
// like a whole number, because the office's code does, means no file.
func TestWhatANumberMeans(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	f := sample.File(t, u, casefile.Active)
	people, err := casefile.People(t.Context(), u, sample.Keys(), f.ID)
	if err != nil {
		t.Fatal(err)
	}
	means := func(text, after string) (work.FileID, string) {
		t.Helper()
		r, err := casefile.Search(t.Context(), u, sample.Keys(), sample.Clerk.Scope, text, after)
		if err != nil || len(r.Found) == 0 {
			t.Fatalf("%s: %d found, %v", text, len(r.Found), err)
		}
		id, _, ok := r.Meant()
		if !ok {
			id = 0
		}
		return id, r.After
	}
	if id, _ := means(people[0].Phone, ""); id != f.ID {
		t.Errorf("the phone of one household means %d, want %d", id, f.ID)
	}
	if _, err := u.Exec(t.Context(), `WITH files AS (
			INSERT INTO casefile_file (org_id, org_path, state, registered_by, registered_at)
			SELECT org_id, '', 'draft', registered_by, registered_at FROM casefile_file, generate_series(1, $2::int) WHERE id = $1 RETURNING id)
		INSERT INTO casefile_person (file_id, relation, name, id_sealed, id_index, birth_on, sex, phone_sealed, phone_index)
		SELECT i.id, 'head', p.name, p.id_sealed, sha256(i.id::text::bytea), p.birth_on, p.sex, p.phone_sealed, p.phone_index
		FROM casefile_person p, files i WHERE p.file_id = $1 AND p.relation = 'head'`, f.ID, casefile.Most); err != nil {
		t.Fatal(err)
	}
	id, after := means(people[0].Phone, "")
	if id != 0 || after == "" {
		t.Errorf("the phone of %d households means %d, the next page %q", casefile.Most+1, id, after)
	}
	if id, _ := means(people[0].Phone, after); id != 0 {
		t.Errorf("its last page means %d", id)
	}

	const number = "YS2001202600012"
	if _, err := u.Exec(t.Context(), `INSERT INTO casefile_file (org_id, org_path, state, number, registered_by, registered_at)
		SELECT org_id, '', 'draft', $2, registered_by, registered_at FROM casefile_file WHERE id = $1`, f.ID, number); err != nil {
		t.Fatal(err)
	}
	if id, _ := means(number, ""); id == 0 {
		t.Error("a whole file number means no file")
	}
	if id, _ := means(number[:11], ""); id != 0 {
		t.Errorf("%s, a beginning, means %d", number[:11], id)
	}
}
