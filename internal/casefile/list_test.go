package casefile_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// listed puts forty ended files on the register, two a day from 1 January on, at the county, its unit and its sibling in
// turn: discarded and refused ones, with names, causes, categories and housing that repeat.
func listed(t *testing.T, u *work.Unit) {
	t.Helper()
	sample.Centre(t, u)
	if _, err := u.Exec(t.Context(), `
		INSERT INTO casefile_file (org_id, org_path, state, number, head_name, head_pinyin, main_cause, category, housing, registered_by, registered_at, closed_at)
		SELECT (ARRAY[@county, @unit, @sibling]::bigint[])[1 + n % 3], '', CASE n % 2 WHEN 0 THEN 'discarded' ELSE 'refused' END,
			CASE WHEN n % 5 < 4 THEN 'QSX2026' || to_char(n * 7 % 40, 'FM00000') END, '名' || n % 7, 'ming ' || n % 7, 1 + n % 10, CASE n % 4 WHEN 0 THEN NULL WHEN 1 THEN 'severe' ELSE 'relative' END,
			CASE n % 5 WHEN 0 THEN 'rented' ELSE 'low_rent' END, @by, timestamptz '2026-01-01 00:00+08' + n / 2 * interval '1 day', @now
		FROM generate_series(0, 39) n`,
		pgx.NamedArgs{"county": sample.County, "unit": sample.UnitA, "sibling": sample.Sibling, "by": sample.Clerk.StaffID, "now": u.Now}); err != nil {
		t.Fatal(err)
	}
}

// walk reads all pages of a query from one end to the other and back, and fails when the two are not the same.
func walk(t *testing.T, u *work.Unit, scope work.Scope, q casefile.Query) []casefile.File {
	t.Helper()
	var there, back []casefile.File
	for {
		page, err := casefile.ListFiles(t.Context(), u, scope, q)
		if err != nil {
			t.Fatal(err)
		}
		if (page.Before != 0) != (q.After != 0) {
			t.Errorf("before %d on the page behind %d", page.Before, q.After)
		}
		there = append(there, page.Files...)
		if page.After == 0 {
			q.Before, q.After = page.Before, 0
			back = page.Files
			break
		}
		q.After = page.After
	}
	for q.Before != 0 {
		page, err := casefile.ListFiles(t.Context(), u, scope, q)
		if err != nil {
			t.Fatal(err)
		}
		back = append(slices.Clone(page.Files), back...)
		q.Before = page.Before
	}
	if fmt.Sprint(ids(there)) != fmt.Sprint(ids(back)) {
		t.Errorf("there %v, back %v", ids(there), ids(back))
	}
	return there
}

func ids(files []casefile.File) []work.FileID {
	all := make([]work.FileID, len(files))
	for i, f := range files {
		all[i] = f.ID
	}
	return all
}

// A list is walked page by page in both directions and orders, in every scope, narrowed by anything; each file comes once.
func TestListIsWalked(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	listed(t, u)
	scopes := map[string]struct {
		scope work.Scope
		all   int
	}{
		"everywhere": {work.Everywhere, 40}, "province": {sample.ProvinceAuditor.Scope, 40}, "city": {sample.CitySupervisor.Scope, 40},
		"county": {sample.Clerk.Scope, 27}, "unit": {sample.UnitClerk.Scope, 13}, "sibling": {sample.SiblingClerk.Scope, 13},
		"another unit": {sample.OtherClerk.Scope, 0}, "nothing": {work.Scope{}, 0},
	}
	for name, test := range scopes {
		for _, sort := range casefile.Sorts {
			for _, turned := range []bool{false, true} {
				files := walk(t, u, test.scope, casefile.Query{List: casefile.EndedList, Sort: sort, Backward: turned, Size: 4})
				if len(files) != test.all {
					t.Errorf("%s by %s: %d files, want %d", name, sort, len(files), test.all)
				}
				inOrder := slices.IsSortedFunc(files, func(a, b casefile.File) int {
					order := 0
					switch {
					case sort == casefile.BySpokenName && a.HeadName != b.HeadName:
						order = map[bool]int{true: -1, false: 1}[a.HeadName < b.HeadName]
					case sort == casefile.ByFileNumber && a.Number != b.Number:
						order = map[bool]int{true: -1, false: 1}[a.Number < b.Number]
					case sort == casefile.ByRegistration && !a.RegisteredAt.Equal(b.RegisteredAt):
						order = -a.RegisteredAt.Compare(b.RegisteredAt)
					}
					if turned {
						order = -order
					}
					return order
				})
				if !inOrder {
					t.Errorf("%s by %s, turned %v: out of order %v", name, sort, turned, ids(files))
				}
			}
		}
	}
}

// Every condition narrows a list to the files that meet it: both ends of a period are within it.
func TestListIsNarrowed(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	listed(t, u)
	for name, test := range map[string]struct {
		filter casefile.Filter
		want   int
	}{
		"nothing":              {casefile.Filter{}, 27},
		"state":                {casefile.Filter{State: casefile.Refused}, 14},
		"category":             {casefile.Filter{Category: eligibility.Severe}, 7},
		"cause":                {casefile.Filter{Cause: casefile.SeriousIllness}, 2},
		"housing":              {casefile.Filter{Housing: "rented"}, 5},
		"unit":                 {casefile.Filter{Org: sample.UnitA}, 13},
		"its own office":       {casefile.Filter{Org: sample.County}, 27},
		"one day":              {casefile.Filter{From: day.Of(2026, 1, 2), To: day.Of(2026, 1, 2)}, 1},
		"from a day":           {casefile.Filter{From: day.Of(2026, 1, 20)}, 1},
		"from the day behind":  {casefile.Filter{From: day.Of(2026, 1, 21)}, 0},
		"up to a day":          {casefile.Filter{To: day.Of(2026, 1, 1)}, 2},
		"up to the day before": {casefile.Filter{To: day.Of(2025, 12, 31)}, 0},
		"several":              {casefile.Filter{State: casefile.Refused, Housing: "low_rent", Category: eligibility.Severe, Org: sample.UnitA}, 3},
	} {
		for _, sort := range casefile.Sorts {
			if files := walk(t, u, sample.Clerk.Scope, casefile.Query{List: casefile.EndedList, Filter: test.filter, Sort: sort, Size: 2}); len(files) != test.want {
				t.Errorf("%s by %s: %d files, want %d", name, sort, len(files), test.want)
			}
		}
	}
	if _, err := casefile.ListFiles(t.Context(), u, sample.Clerk.Scope, casefile.Query{List: casefile.EndedList, Filter: casefile.Filter{Org: sample.Sibling}, Size: 2}); err == nil {
		t.Error("the list of an office outside the scope is shown")
	}
}

// The number beside a list is exact up to Counted; above, it says that there are more, and nothing of how many.
func TestCountsAreBounded(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	for _, want := range []int{casefile.Counted, casefile.Counted + 1, casefile.Counted + 1} {
		n := casefile.Counted
		if want > casefile.Counted {
			n = 1
		}
		if _, err := u.Exec(t.Context(), `INSERT INTO casefile_file (org_id, org_path, state, registered_by, registered_at)
			SELECT $1, '', 'submitted', $2, $3 FROM generate_series(1, $4)`, sample.County, sample.Clerk.StaffID, u.Now, n); err != nil {
			t.Fatal(err)
		}
		counts, err := casefile.Waiting(t.Context(), u, sample.Clerk.Scope, sample.Clerk.StaffID)
		if err != nil || counts[casefile.VisitList] != want || counts[casefile.JudgeList] != 0 {
			t.Errorf("%v, %v; want %d to visit", counts, err, want)
		}
	}
}

// A whole list is counted up to a number and one more, in every state of it, for its own people only.
func TestAListIsCounted(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	for _, state := range []casefile.State{casefile.Discarded, casefile.Discarded, casefile.StruckOff} {
		if _, err := u.Exec(t.Context(), `INSERT INTO casefile_file (org_id, org_path, state, registered_by, registered_at, closed_at)
			VALUES ($1, '', $2, $3, $4, $4)`, sample.County, string(state), sample.Clerk.StaffID, u.Now); err != nil {
			t.Fatal(err)
		}
	}
	for most, want := range map[int]int{1: 2, 2: 3, 3: 3, 4: 3} {
		n, err := casefile.CountList(t.Context(), u, sample.Clerk.Scope, casefile.EndedList, sample.Clerk.StaffID, most)
		if err != nil || n != want {
			t.Errorf("up to %d: %d, %v; want %d", most, n, err, want)
		}
	}
	for name, none := range map[string]func() (int, error){
		"another office's": func() (int, error) {
			return casefile.CountList(t.Context(), u, sample.SiblingClerk.Scope, casefile.EndedList, sample.SiblingClerk.StaffID, 9)
		},
		"another list": func() (int, error) {
			return casefile.CountList(t.Context(), u, sample.Clerk.Scope, casefile.ActiveList, sample.Clerk.StaffID, 9)
		},
		"another person's registrations": func() (int, error) {
			return casefile.CountList(t.Context(), u, sample.Clerk.Scope, casefile.MineList, sample.Clerk2.StaffID, 9)
		},
	} {
		if n, err := none(); err != nil || n != 0 {
			t.Errorf("%s: %d, %v", name, n, err)
		}
	}
}
