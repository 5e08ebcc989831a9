package casefile_test

import (
	"slices"
	"strings"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// What looks like a number that nobody has otherwise may be one of an older ledger; what was meant as an ID number is told.
func TestWhatMayBeAnOldNumber(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	for text, want := range map[string][]casefile.Sought{"12": nil, "123": one(casefile.ByOld), "12-3": one(casefile.ByOld), "1234": one(casefile.ByPhoneTail, casefile.ByOld),
		"12345678901234": one(casefile.ByOld), "123456789012345": nil, "1234567890123456?": nil, "1234567890123456789": nil, "12345678901234567890": one(casefile.ByOld),
		"13900001111": one(casefile.ByPhone), "yc-1": one(casefile.ByOld), "QSX2026": one(casefile.ByNumber, casefile.ByOld)} {
		r, err := casefile.Search(t.Context(), u, sample.Keys(), sample.Clerk.Scope, text, "")
		if err != nil || !slices.Equal(r.By, want) {
			t.Errorf("%s looks by %v, %v; want %v", text, r.By, err, want)
		}
	}
}

// A number that many files had in older ledgers is listed a page at a time behind what the same digits find otherwise, each
// file once, and moves with its file.
func TestSearchOfOldNumbers(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	f := sample.File(t, u, casefile.Active)
	people, err := casefile.People(t.Context(), u, sample.Keys(), f.ID)
	if err != nil {
		t.Fatal(err)
	}
	tail := strings.ToLower(string(people[0].Number[12:]))
	if _, err := u.Exec(t.Context(), `
		INSERT INTO casefile_file (org_id, org_path, state, registered_by, registered_at, old_number)
		SELECT $1, '', 'draft', $2, $3, $4 FROM generate_series(1, 25)`, sample.County, sample.Clerk.StaffID, u.Now, "No."+tail); err != nil {
		t.Fatal(err)
	}
	if _, err := u.Exec(t.Context(), `UPDATE casefile_file SET old_number = $1 WHERE number IS NULL`, "（"+tail+"）"); err != nil {
		t.Fatal(err)
	}
	seen, after := map[work.FileID]casefile.Sought{}, ""
	for pages := 0; ; pages++ {
		r, err := casefile.Search(t.Context(), u, sample.Keys(), sample.Clerk.Scope, tail, after)
		if err != nil || pages > 3 {
			t.Fatal(pages, err)
		}
		for i, found := range r.Found {
			if by, ok := seen[found.ID]; ok || (found.By == casefile.ByTail) != (pages == 0 && i == 0) {
				t.Errorf("page %d, %d: file %d by %s, before by %q", pages, i, found.ID, found.By, by)
			}
			seen[found.ID] = found.By
		}
		if after = r.After; after == "" {
			break
		}
		if len(r.Found) != casefile.Most {
			t.Errorf("page %d has %d files", pages, len(r.Found))
		}
	}
	if len(seen) != 26 || seen[f.ID] != casefile.ByTail {
		t.Errorf("%d files are found, the one with the number by %q", len(seen), seen[f.ID])
	}
	if _, err := u.Exec(t.Context(), `UPDATE casefile_file SET old_number = 'K-77' WHERE id = $1`, f.ID); err != nil {
		t.Fatal(err)
	}
	found := func(scope work.Scope) int {
		r, err := casefile.Search(t.Context(), u, sample.Keys(), scope, "k77", "")
		if err != nil {
			t.Fatal(err)
		}
		return len(r.Found)
	}
	handOver(t, u, f.ID, sample.Sibling, sample.SiblingClerk)
	if there, here := found(sample.SiblingClerk.Scope), found(sample.Clerk.Scope); there != 1 || here != 0 {
		t.Errorf("after the move %d found there, %d here", there, here)
	}
}
