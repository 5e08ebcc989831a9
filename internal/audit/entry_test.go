package audit_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"bangfu/internal/audit"
	"bangfu/internal/day"
	"bangfu/internal/staff"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// trail leaves entries of several people about two files and gives the unit.
func trail(t *testing.T) (*work.Unit, work.FileID) {
	t.Helper()
	u := pgtest.Unit(t, sample.Admin)
	sample.Centre(t, u)
	var file work.FileID
	err := u.QueryRow(t.Context(), `INSERT INTO casefile_file (org_id, org_path, state, registered_by, registered_at)
		VALUES ($1, '', 'draft', $2, $3) RETURNING id`, sample.UnitA, sample.UnitClerk.StaffID, u.Now).Scan(&file)
	if err != nil {
		t.Fatal(err)
	}
	leaves := []struct {
		by   work.Actor
		act  string
		file work.FileID
	}{
		{sample.UnitClerk, "casefile.create", file},
		{sample.CitySupervisor, "casefile.judge", file}, // from above the county
		{work.System("notice"), "notice.end", file},
		{sample.SiblingClerk, "casefile.create", 0},
		{work.Visitor("198.51.100.7"), "staff.sign_in_failed", 0}, // nobody's
		{sample.Clerk, "staff.sign_in", 0},
		{sample.Clerk, "staff.sign_out", 0},
	}
	for i, l := range leaves {
		u.By, u.Now = l.by, pgtest.Now.Add(time.Duration(i)*24*time.Hour)
		if err := u.Audit(t.Context(), work.Entry{Act: l.act, Kind: "file", ID: int64(i + 1), FileID: l.file}); err != nil {
			t.Fatal(err)
		}
	}
	return u, file
}

func numbers(entries []audit.Entry) string {
	var ids []int64
	for _, e := range entries {
		ids = append(ids, e.SubjectID)
	}
	return fmt.Sprint(ids)
}

func TestWhoSeesWhat(t *testing.T) {
	u, file := trail(t)
	for name, test := range map[string]struct {
		by   work.Actor
		want string
		file string
	}{
		"the county":          {sample.Auditor, "[7 6 3 2 1]", "[3 2 1]"},
		"a unit":              {sample.UnitClerk, "[3 2 1]", "[3 2 1]"},
		"a unit beside it":    {sample.OtherClerk, "[]", "[]"},
		"the sibling county":  {sample.SiblingHead, "[4]", "[]"},
		"the city":            {sample.CitySupervisor, "[7 6 4 3 2 1]", "[3 2 1]"},
		"the top of the tree": {sample.ProvinceAuditor, "[7 6 5 4 3 2 1]", "[3 2 1]"},
	} {
		entries, err := audit.List(t.Context(), u, test.by.Scope, audit.Filter{}, 0, 50)
		if err != nil || numbers(entries) != test.want {
			t.Errorf("%s sees %s, %v; want %s", name, numbers(entries), err, test.want)
		}
		of, err := audit.Of(t.Context(), u, test.by.Scope, file, 50)
		if err != nil || numbers(of) != test.file {
			t.Errorf("%s sees of the file %s, %v; want %s", name, numbers(of), err, test.file)
		}
	}
}

func TestFilters(t *testing.T) {
	u, file := trail(t)
	today := day.On(pgtest.Now)
	for name, test := range map[string]struct {
		filter audit.Filter
		want   string
	}{
		"a person":          {audit.Filter{ByPeople: true, People: []work.StaffID{sample.Clerk.StaffID}}, "[7 6]"},
		"nobody":            {audit.Filter{ByPeople: true}, "[]"},
		"a feature":         {audit.Filter{Act: "casefile"}, "[4 2 1]"},
		"one act":           {audit.Filter{Act: "staff.sign_in"}, "[6]"},
		"no act like it":    {audit.Filter{Act: "staffx"}, "[]"},
		"a mark of a match": {audit.Filter{Act: "%"}, "[]"},
		"a record":          {audit.Filter{Kind: "file", SubjectID: 3}, "[3]"},
		"a file":            {audit.Filter{FileID: file}, "[3 2 1]"},
		"no such number":    {audit.Filter{FileNumber: "QSX-2026-00001"}, "[]"},
		"from a day":        {audit.Filter{From: today.Add(5)}, "[7 6]"},
		"up to a day":       {audit.Filter{To: today.Add(1)}, "[2 1]"},
		"one day":           {audit.Filter{From: today, To: today}, "[1]"},
		"together":          {audit.Filter{Act: "casefile", FileID: file, From: today.Add(1)}, "[2]"},
	} {
		entries, err := audit.List(t.Context(), u, sample.ProvinceAuditor.Scope, test.filter, 0, 50)
		if err != nil || numbers(entries) != test.want {
			t.Errorf("%s: %s, %v; want %s", name, numbers(entries), err, test.want)
		}
	}
}

func TestPagesByKey(t *testing.T) {
	u, _ := trail(t)
	var seen []int64
	var before audit.ID
	for range 10 {
		entries, err := audit.List(t.Context(), u, sample.ProvinceAuditor.Scope, audit.Filter{}, before, 3)
		if err != nil {
			t.Fatal(err)
		}
		if len(entries) == 0 {
			break
		}
		for _, e := range entries {
			seen = append(seen, e.SubjectID)
		}
		before = entries[len(entries)-1].ID
	}
	if !slices.Equal(seen, []int64{7, 6, 5, 4, 3, 2, 1}) {
		t.Errorf("%v", seen)
	}
}

func TestOneEntry(t *testing.T) {
	u := pgtest.Unit(t, sample.Admin)
	sample.Centre(t, u)
	if _, _, err := staff.Add(t.Context(), u, staff.New{OrgID: sample.County, Username: "newcomer", Name: "方晴",
		Roles: []work.Role{staff.Caseworker, staff.GroupMember}}); err != nil {
		t.Fatal(err)
	}
	entries, err := audit.List(t.Context(), u, sample.Auditor.Scope, audit.Filter{Act: "staff.add"}, 0, 1)
	if err != nil || len(entries) != 1 {
		t.Fatal(entries, err)
	}
	e, err := audit.Find(t.Context(), u, sample.Auditor.Scope, entries[0].ID)
	if err != nil || e.Seal != 0 || e.OrgName != "青石县总工会困难职工帮扶中心" || e.StaffName != sample.Admin.Name ||
		!slices.Equal(e.Changes, []audit.Change{{"username", "", "newcomer"}, {"name", "", "方晴"}, {"roles", "", "caseworker, group_member"}}) {
		t.Errorf("%+v, %v", e, err)
	}
	if _, err := audit.Find(t.Context(), u, sample.SiblingHead.Scope, e.ID); !errors.Is(err, work.ErrNotFound) {
		t.Errorf("from the sibling county: %v", err)
	}
}

func TestEveryAreaHasWords(t *testing.T) {
	if got := audit.ActKey("grant.approve"); got != "grant.act.approve" {
		t.Errorf("%s", got)
	}
	for _, a := range audit.Areas {
		if !words.Has(a.Area.Key()) || a.Acts != words.Key(string(a.Area)+".act.") {
			t.Errorf("%s: no word, or not its acts: %s", a.Area, a.Acts)
		}
	}
}

// Every feature that has words for its acts can be chosen: what cannot be chosen cannot be looked for.
func TestEveryFeatureWithActsIsAnArea(t *testing.T) {
	texts, err := filepath.Glob("../words/catalogue/*.json")
	if err != nil || len(texts) == 0 {
		t.Fatalf("no catalogue: %v", err)
	}
	for _, path := range texts {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		feature := strings.TrimSuffix(filepath.Base(path), ".json")
		chosen := slices.ContainsFunc(audit.Areas, func(a struct {
			Area audit.Area
			Acts words.Key
		}) bool {
			return string(a.Area) == feature
		})
		if acts := strings.Contains(string(data), `"`+feature+`.act.`); acts != chosen {
			t.Errorf("%s: has acts %t, can be chosen %t", feature, acts, chosen)
		}
	}
}
