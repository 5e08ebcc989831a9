package casefile_test

import (
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/file"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// The papers are whole up to the day on which the first of them ages; of two of a kind the one that lasts longer counts.
func TestPapersUntil(t *testing.T) {
	var all []casefile.Evidence
	situation := casefile.Situation{}
	for _, r := range situation.Required() {
		all = append(all, casefile.Evidence{Kind: r.Kind})
	}
	aged := func(until ...day.Date) []casefile.Evidence {
		held := all[1:]
		for _, d := range until {
			held = append(held[:len(held):len(held)], casefile.Evidence{Kind: all[0].Kind, ValidUntil: d})
		}
		return held
	}
	early, late := day.Of(2026, 3, 1), day.Of(2026, 9, 1)
	for name, test := range map[string]struct {
		held []casefile.Evidence
		want string
	}{
		"none":                     {nil, "-infinity"},
		"one is missing":           {all[1:], "-infinity"},
		"none ages":                {all, "infinity"},
		"one ages":                 {aged(early), "2026-03-01"},
		"a later one came":         {aged(early, late), "2026-09-01"},
		"the later one came first": {aged(late, early), "2026-09-01"},
		"one of them never ages":   {aged(early, day.Date{}), "infinity"},
	} {
		if got := situation.PapersUntil(test.held); got != test.want {
			t.Errorf("%s: %s, want %s", name, got, test.want)
		}
	}
}

// lacking counts the active files that lack a paper on a day.
func lacking(t *testing.T, u *work.Unit, on day.Date) int {
	t.Helper()
	n := -1
	for _, sort := range casefile.Sorts {
		files := walk(t, u, sample.Clerk.Scope, casefile.Query{List: casefile.ActiveList, Sort: sort, Size: 2, Today: on, Filter: casefile.Filter{Lacking: true}})
		if n >= 0 && n != len(files) {
			t.Errorf("by %s %d files, otherwise %d", sort, len(files), n)
		}
		n = len(files)
	}
	return n
}

// A file is among those that lack papers from the day after one of its papers aged, and as soon as its situation asks for
// another one; a new paper takes it out. What was never noted is noted by the job.
func TestFilesThatLackPapers(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	ctx := t.Context()
	f := sample.File(t, u, casefile.Active)
	sample.File(t, u, casefile.Active)
	first := day.Date{}
	held, err := casefile.EvidenceOf(ctx, u, f.ID)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range held {
		if !e.ValidUntil.IsZero() && (first.IsZero() || e.ValidUntil.Before(first)) {
			first = e.ValidUntil
		}
	}
	if first.IsZero() {
		t.Fatal("no paper of the sample household ages")
	}
	if n := lacking(t, u, first); n != 0 {
		t.Errorf("%d files lack papers on the last day of the first", n)
	}
	if n := lacking(t, u, first.Add(1)); n != 2 {
		t.Errorf("%d files lack papers on the day after, want 2", n)
	}
	if _, err := u.Exec(ctx, `UPDATE casefile_evidence SET removed_by = $2, removed_at = $3 WHERE id = (SELECT min(id) FROM casefile_evidence WHERE file_id = $1)`,
		f.ID, u.By.StaffID, u.Now); err != nil {
		t.Fatal(err)
	}
	if _, err := u.Exec(ctx, `UPDATE casefile_file SET papers_until = NULL WHERE id = $1`, f.ID); err != nil {
		t.Fatal(err)
	}
	if n, err := casefile.FillPapers(ctx, u.Tx, u.Now); err != nil || n != 1 {
		t.Errorf("%d files filled in, %v", n, err)
	}
	if n := lacking(t, u, u.Today()); n != 1 {
		t.Errorf("%d files lack papers after one was taken out, want 1", n)
	}
	if _, err := casefile.AddEvidence(ctx, u, f.ID, casefile.NewEvidence{Kind: held[0].Kind, Name: "新.pdf", IssuedOn: u.Today(), PersonID: held[0].PersonID},
		file.Blob{Hash: "ab" + held[0].Blob[2:], Size: 10, Type: "application/pdf"}); err != nil {
		t.Fatal(err)
	}
	if n := lacking(t, u, u.Today()); n != 0 {
		t.Errorf("%d files lack papers after it came, want none", n)
	}
}
