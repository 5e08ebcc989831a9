package casefile_test

import (
	"slices"
	"strings"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// signedOf lists what a file declared, as kind and day.
func signedOf(t *testing.T, u *work.Unit, id work.FileID) string {
	t.Helper()
	all, err := casefile.DeclarationsOf(t.Context(), u, id)
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, d := range all {
		said = append(said, string(d.Kind)+" "+d.SignedOn.String())
	}
	return strings.Join(said, ", ")
}

// A household on file takes back what it agreed to, and signs it anew; each is on record and a version of the file.
func TestADeclarationIsTakenBack(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	f := sample.File(t, u, casefile.Active)
	ctx, today := t.Context(), u.Today()
	before := signedOf(t, u, f.ID)
	signed, err := casefile.DeclarationsOf(ctx, u, f.ID)
	if err != nil || len(signed) != 4 {
		t.Fatalf("%s, %v", before, err)
	}
	last, err := casefile.LastVersion(ctx, u, sample.Everywhere, f.ID)
	if err != nil {
		t.Fatal(err)
	}
	refused := map[string]struct {
		act  func() error
		told string
	}{
		"that all is true":    {func() error { return casefile.WithdrawDeclaration(ctx, u, f.ID, casefile.Truth, today) }, "casefile.refusal.truth_stays"},
		"what was not signed": {func() error { return casefile.WithdrawDeclaration(ctx, u, f.ID, casefile.Guardian, today) }, "casefile.refusal.not_declared"},
		"before it was signed": {func() error {
			return casefile.WithdrawDeclaration(ctx, u, f.ID, casefile.Notice, signed[2].SignedOn.Add(-1))
		}, "casefile.refusal.withdrawn_before"},
		"tomorrow":                  {func() error { return casefile.WithdrawDeclaration(ctx, u, f.ID, casefile.Notice, today.Add(1)) }, "casefile.refusal.signed"},
		"signed tomorrow":           {func() error { return casefile.SignDeclaration(ctx, u, f.ID, casefile.Notice, today.Add(1)) }, "casefile.refusal.signed"},
		"for children there are no": {func() error { return casefile.SignDeclaration(ctx, u, f.ID, casefile.Guardian, today) }, "casefile.refusal.declaration_not_needed"},
		"of no kind":                {func() error { return casefile.SignDeclaration(ctx, u, f.ID, "x", today) }, "casefile.refusal.declaration_kind"},
	}
	for name, test := range refused {
		if got := sample.Told(t, test.act()); got != test.told || signedOf(t, u, f.ID) != before {
			t.Errorf("%s: told %q, want %q; signed %s", name, got, test.told, signedOf(t, u, f.ID))
		}
	}
	if err := casefile.WithdrawDeclaration(ctx, u, f.ID, casefile.Comparison, signed[1].SignedOn); err != nil { // on the very day
		t.Fatal(err)
	}
	if got := signedOf(t, u, f.ID); strings.Contains(got, "comparison") || !strings.Contains(got, "notice") {
		t.Errorf("after the withdrawal: %s", got)
	}
	if err := casefile.SignDeclaration(ctx, u, f.ID, casefile.Comparison, today); err != nil {
		t.Fatal(err)
	}
	if got := signedOf(t, u, f.ID); !strings.Contains(got, "comparison "+today.String()) {
		t.Errorf("after the new signature: %s", got)
	}
	newest, err := casefile.LastVersion(ctx, u, sample.Everywhere, f.ID)
	if err != nil || newest.Number != last.Number+2 || newest.Why != "casefile.sign_declaration" {
		t.Errorf("version %d for %s, before %d, %v", newest.Number, newest.Why, last.Number, err)
	}
	var acts []string
	rows, err := u.Query(ctx, `SELECT act FROM audit_entry WHERE file_id = $1 AND act LIKE 'casefile.%_declaration' ORDER BY id`, f.ID)
	if err != nil {
		t.Fatal(err)
	}
	for rows.Next() {
		var act string
		if err := rows.Scan(&act); err != nil {
			t.Fatal(err)
		}
		acts = append(acts, act)
	}
	if want := []string{"casefile.withdraw_declaration", "casefile.sign_declaration"}; !slices.Equal(acts, want) {
		t.Errorf("the trail has %v, want %v", acts, want)
	}
}

// On a registration signatures are recorded with its section, and of a closed file no more.
func TestWhenADeclarationIsRecorded(t *testing.T) {
	tests := map[casefile.State]string{casefile.Draft: "casefile.refusal.declaration_state", casefile.Submitted: "", casefile.Active: "", casefile.Closed: "casefile.refusal.declaration_state"}
	for state, told := range tests {
		t.Run(string(state), func(t *testing.T) {
			u := pgtest.Unit(t, sample.Clerk)
			sample.Centre(t, u)
			f := sample.File(t, u, state)
			if got := sample.Told(t, casefile.SignDeclaration(t.Context(), u, f.ID, casefile.Notice, u.Today())); got != told {
				t.Errorf("told %q, want %q", got, told)
			}
		})
	}
}

// Who signs follows from the age on the day: eighteen for oneself, fourteen for the guardian's text.
func TestSigners(t *testing.T) {
	on := day.Of(2026, 11, 22)
	person := func(relation, name string, birth day.Date) casefile.Person {
		return casefile.Person{Relation: relation, Name: name, Birth: birth}
	}
	people := []casefile.Person{person(casefile.Head, "户主", day.Of(1976, 3, 12)), person("son", "十八", day.Of(2008, 11, 22)), person("son", "差一天十八", day.Of(2008, 11, 23)),
		person("daughter", "十四", day.Of(2012, 11, 22)), person("daughter", "差一天十四", day.Of(2012, 11, 23))}
	tests := map[casefile.DeclarationKind]string{
		casefile.Truth:      "户主",
		casefile.Notice:     "户主",
		casefile.Comparison: "户主 十八 差一天十八* 十四* 差一天十四*",
		casefile.Sensitive:  "户主 十八 差一天十八* 十四* 差一天十四*",
		casefile.Guardian:   "差一天十四*",
	}
	for kind, want := range tests {
		var got []string
		for _, s := range kind.Signers(people, on) {
			name := s.Name
			if s.Guarded {
				name += "*"
			}
			got = append(got, name)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", kind, got, want)
		}
	}
}
