package casefile_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// Why no file was opened is told of those that were refused, each by its own reason, and of no other.
func TestRefusalOf(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	for state, want := range map[casefile.State]struct {
		unmet   bool
		opinion bool
	}{
		casefile.NotQualified: {unmet: true},
		casefile.Refused:      {opinion: true},
		casefile.StruckOff:    {},
	} {
		f := sample.File(t, u, state)
		r, err := casefile.RefusalOf(t.Context(), u, sample.Clerk.Scope, f.ID)
		if err != nil || r.State != state || r.Asked.IsZero() || r.At.IsZero() || r.Judged == nil {
			t.Fatalf("%s: %+v, %v", state, r, err)
		}
		if (len(r.Unmet()) > 0) != want.unmet || (r.Opinion != "") != want.opinion {
			t.Errorf("%s: %d tests not met, opinion %q", state, len(r.Unmet()), r.Opinion)
		}
		if _, err := casefile.RefusalOf(t.Context(), u, sample.SiblingClerk.Scope, f.ID); !errors.Is(err, work.ErrNotFound) {
			t.Errorf("%s: another office is told %v", state, err)
		}
	}
	for _, state := range []casefile.State{casefile.Draft, casefile.Returned, casefile.Active, casefile.Closed} {
		f := sample.File(t, u, state)
		if _, err := casefile.RefusalOf(t.Context(), u, sample.Clerk.Scope, f.ID); !errors.Is(err, work.ErrNotFound) {
			t.Errorf("%s: %v", state, err)
		}
	}
}

// A paper on record bears its code as long as the record says what was printed; another record's code is none of it.
func TestPaperOnRecord(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	f, other := sample.File(t, u, casefile.Refused), sample.File(t, u, casefile.Refused)
	says, found := "one", error(nil)
	paper := casefile.Paper{Kind: casefile.RefusalForm, Path: func(work.FileID, int64) string { return "/somewhere?a=1" },
		Says: func(_ context.Context, _ work.Querier, _ work.Actor, _ work.FileID, _ int64) (any, error) {
			return says, found
		}}
	made, err := casefile.NewPaper(t.Context(), u, paper, f.ID, 0)
	if err != nil || made.Version == 0 || paper.At(made) != "/somewhere?a=1&print="+made.Code() {
		t.Fatalf("%+v at %s, %v", made, paper.At(made), err)
	}
	trace := func(code string, file work.FileID, subject int64) (casefile.Trace, error) {
		return paper.Trace(t.Context(), u, sample.Clerk, code, file, subject)
	}
	if got, err := trace(made.Code(), f.ID, 0); err != nil || got.Code != made.Code() || got.Changed || !got.May || !got.At.Equal(u.Now) {
		t.Errorf("as printed: %+v, %v", got, err)
	}
	for name, bad := range map[string]func() (casefile.Trace, error){
		"another file":    func() (casefile.Trace, error) { return trace(made.Code(), other.ID, 0) },
		"another subject": func() (casefile.Trace, error) { return trace(made.Code(), f.ID, 7) },
		"no code":         func() (casefile.Trace, error) { return trace("zz-000000000000", f.ID, 0) },
	} {
		if got, err := bad(); !errors.Is(err, work.ErrNotFound) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
	says = "two"
	if got, err := trace(made.Code(), f.ID, 0); err != nil || got.Code != "" || !got.Changed {
		t.Errorf("changed: %+v, %v", got, err)
	}
	says, found = "one", work.ErrNotFound
	if holds, err := paper.Holds(t.Context(), u, sample.Clerk, made); err != nil || holds {
		t.Errorf("a record that is gone holds: %v, %v", holds, err)
	}
	if _, err := casefile.NewPaper(t.Context(), u, paper, f.ID, 0); !errors.Is(err, work.ErrNotFound) {
		t.Errorf("what is gone is printed: %v", err)
	}
	prints, err := casefile.Prints(t.Context(), u, sample.Clerk.Scope, f.ID, 0, 10)
	if err != nil || !slices.ContainsFunc(prints, func(p casefile.Print) bool { return p.ID == made.ID && p.Kind == casefile.RefusalForm }) {
		t.Errorf("prints on record: %+v, %v", prints, err)
	}
	var audited int
	if err := u.QueryRow(t.Context(), `SELECT count(*) FROM audit_entry WHERE act = 'casefile.print' AND file_id = $1`, f.ID).Scan(&audited); err != nil || audited == 0 {
		t.Errorf("%d entries in the trail, %v", audited, err)
	}
}

// A paper about another feature's record names it, and one about the file does not: for every role.
func TestPaperNamesItsRecord(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	f := sample.File(t, u, casefile.Active)
	put := func(kind string, subject any) error {
		return u.Within(t.Context(), func(u *work.Unit) error {
			_, err := u.Exec(t.Context(), `INSERT INTO casefile_print (kind, org_id, file_id, subject, version, hash, printed_by, printed_at)
				SELECT $1, f.org_id, f.id, $2::bigint, v.number, v.hash, $3, $4 FROM casefile_file f JOIN casefile_version v ON v.file_id = f.id
				WHERE f.id = $5 LIMIT 1`, kind, subject, sample.Clerk.StaffID, u.Now, f.ID)
			return err
		})
	}
	for name, test := range map[string]struct {
		kind    string
		subject any
		refused bool
	}{
		"a letter on leaving":             {"exit_letter", 1, false},
		"a letter about nothing":          {"exit_letter", nil, true},
		"a ledger of aid":                 {"aid", nil, false},
		"a ledger of something":           {"aid", 1, true},
		"a letter about record zero":      {"exit_letter", 0, true},
		"a paper that is not in the book": {"poem", nil, true},
	} {
		if err := put(test.kind, test.subject); (err != nil) != test.refused {
			t.Errorf("%s: %v", name, err)
		}
	}
}
