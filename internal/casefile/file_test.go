package casefile_test

import (
	"errors"
	"fmt"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/eligibility"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// File numbers are the office's code, the year and five digits; each office counts by itself, without holes.
func TestFileNumbers(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	for i, want := range []string{"QSX202600001", "QSX202600002", "QSX202600003"} {
		if f := sample.File(t, u, casefile.Active); f.Number != want {
			t.Errorf("file %d has number %s, want %s", i+1, f.Number, want)
		}
	}
	if f := sample.File(t, u, casefile.Active, by(sample.UnitClerk)); f.Number != "QSFZ202600001" {
		t.Errorf("the unit's first file has number %s", f.Number)
	}
}

// What a file may not do comes back as a refusal in words, whichever wall it met.
func TestActsAreRefusedInWords(t *testing.T) {
	ctx := t.Context()
	tests := map[string]struct {
		state casefile.State
		by    work.Actor
		act   func(u *work.Unit, id work.FileID) error
		told  string
	}{
		"a draft is not judged": {casefile.Draft, sample.Supervisor, func(u *work.Unit, id work.FileID) error {
			_, err := casefile.Judge(ctx, u, id, casefile.Ruling{})
			return err
		}, "casefile.refusal.nobody"},
		"a submitted file is not judged before its visit": {casefile.Submitted, sample.Supervisor, func(u *work.Unit, id work.FileID) error {
			_, err := casefile.Judge(ctx, u, id, casefile.Ruling{})
			return err
		}, "casefile.refusal.state"},
		"a visitor does not judge": {casefile.Visited, sample.Clerk2, func(u *work.Unit, id work.FileID) error {
			_, err := casefile.Judge(ctx, u, id, casefile.Ruling{})
			return err
		}, "casefile.refusal.sides"},
		"a visitor does not assess": {casefile.Judged, sample.Clerk3, func(u *work.Unit, id work.FileID) error {
			return casefile.Assess(ctx, u, id, casefile.Pass, "同意")
		}, "casefile.refusal.sides"},
		"the registrar does not assess": {casefile.Judged, sample.Clerk, func(u *work.Unit, id work.FileID) error {
			return casefile.Assess(ctx, u, id, casefile.Pass, "同意")
		}, "casefile.refusal.own"},
		"an unknown verdict": {casefile.Judged, sample.Supervisor, func(u *work.Unit, id work.FileID) error {
			return casefile.Assess(ctx, u, id, "maybe", "同意")
		}, "casefile.refusal.opinion"},
		"nothing is active before its notice ended": {casefile.InNotice, sample.Officer, func(u *work.Unit, id work.FileID) error {
			_, err := casefile.Activate(ctx, u, id)
			return err
		}, "casefile.refusal.notice"},
		"an unfinished registration is not submitted": {casefile.Draft, sample.Clerk, func(u *work.Unit, id work.FileID) error {
			return casefile.Submit(ctx, u, id)
		}, "casefile.refusal.unfinished"},
		"an active file's sections are closed": {casefile.Active, sample.Clerk, func(u *work.Unit, id work.FileID) error {
			return casefile.SaveHousing(ctx, u, id, 1, casefile.Housing{Kind: "rented"})
		}, "casefile.refusal.not_editable"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			u := pgtest.Unit(t, sample.Clerk)
			sample.Centre(t, u)
			f := sample.File(t, u, test.state)
			u.By = test.by
			if told := sample.Told(t, test.act(u, f.ID)); told != test.told {
				t.Errorf("told %q, want %q", told, test.told)
			}
			if told := sample.Told(t, test.act(u, f.ID)); told != test.told {
				t.Errorf("the unit was not usable after the refusal: told %q", told)
			}
		})
	}
}

// A returned file is submitted again in its next round; its first round stays in its judgements.
func TestReturnedFileGoesRoundAgain(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	f := sample.File(t, u, casefile.Returned)
	if f.Round != 1 || f.ReturnReason == "" {
		t.Fatalf("round %d, reason %q", f.Round, f.ReturnReason)
	}
	if err := casefile.Submit(t.Context(), u, f.ID); err != nil {
		t.Fatal(err)
	}
	f, err := casefile.Find(t.Context(), u, sample.Everywhere, f.ID)
	if err != nil || f.Round != 2 || f.State != casefile.Submitted || f.ReturnReason != "" {
		t.Errorf("%+v, %v", f, err)
	}
}

// The judgement is kept with its figures, line and rule, and computes to the same verdict when the line has changed.
func TestJudgementIsKept(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	f := sample.File(t, u, casefile.Judged)
	before, err := casefile.LastJudgement(t.Context(), u, f.ID)
	if err != nil || before.Verdict.Category != eligibility.Severe || before.Verdict.Monthly.String() != "500.00" ||
		before.Verdict.Line.Monthly.String() != "700.00" || before.JudgedBy != sample.Supervisor.Name {
		t.Fatalf("%+v, %v", before, err)
	}
	if _, err := eligibility.AddLine(t.Context(), u, eligibility.Line{District: sample.District, From: u.Today(), Monthly: 10000, Source: "新公告"}, sample.GroupHead.StaffID); err != nil {
		t.Fatal(err)
	}
	after, err := casefile.LastJudgement(t.Context(), u, f.ID)
	if err != nil || after.Verdict.Category != before.Verdict.Category || after.Verdict.Line != before.Verdict.Line {
		t.Errorf("an old judgement changed: %+v, %v", after, err)
	}
	now, err := casefile.Weigh(t.Context(), u, f, u.Today(), casefile.Ruling{})
	if err != nil || now.Verdict.Line.Monthly.String() != "100.00" || now.Verdict.Qualifies() {
		t.Errorf("the new line is not used: %+v, %v", now, err)
	}
}

// Two people assess at the same moment: one decision counts, the other is told that the file has moved on.
func TestAssessedOnce(t *testing.T) {
	db := pgtest.DB(t)
	var id work.FileID
	commit(t, db, sample.Clerk, func(u *work.Unit) {
		sample.Centre(t, u)
		id = sample.File(t, u, casefile.Judged).ID
	})
	answers := make(chan error, 20)
	for i := range cap(answers) {
		actor := []work.Actor{sample.Supervisor, sample.Supervisor2}[i%2]
		go func() {
			answers <- work.Do(t.Context(), db.App, pgtest.Now, actor, func(u *work.Unit) error {
				return casefile.Assess(t.Context(), u, id, casefile.Pass, "同意")
			})
		}()
	}
	done := 0
	for range cap(answers) {
		err := <-answers
		if err == nil {
			done++
		} else if !errors.Is(err, work.ErrStale) && sample.Told(t, err) != "casefile.refusal.state" {
			t.Error(err)
		}
	}
	var rows int
	if err := db.App.QueryRow(t.Context(), "SELECT count(*) FROM casefile_assessment").Scan(&rows); err != nil || rows != 1 || done != 1 {
		t.Errorf("%d assessments, %d done, %v", rows, done, err)
	}
}

// A file outside the scope does not exist: not for a sibling, not for another unit; it does for those above.
func TestScope(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	f := sample.File(t, u, casefile.Submitted, by(sample.UnitClerk))
	for _, test := range []struct {
		by   work.Actor
		sees bool
	}{
		{sample.UnitClerk, true}, {sample.UnitClerk2, true}, {sample.Clerk, true}, {sample.CitySupervisor, true}, {sample.ProvinceAuditor, true},
		{sample.OtherClerk, false}, {sample.SiblingClerk, false}, {work.Visitor("192.0.2.9"), false},
	} {
		_, err := casefile.Find(t.Context(), u, test.by.Scope, f.ID)
		if test.sees != (err == nil) || err != nil && !errors.Is(err, work.ErrNotFound) {
			t.Errorf("%s: %v", test.by.Name, err)
		}
	}
}

// Lists page by key: every file once, the newest first, only of the scope, with the same number of queries for any
// number of rows.
func TestListPagesByKey(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	for range 7 {
		sample.File(t, u, casefile.Draft)
	}
	sample.File(t, u, casefile.Draft, by(sample.SiblingClerk))
	var seen []work.FileID
	var behind work.FileID
	for page := 0; ; page++ {
		p, err := casefile.ListFiles(t.Context(), u, sample.Clerk.Scope,
			casefile.Query{List: casefile.MineList, Who: sample.Clerk.StaffID, After: behind, Size: 3})
		if err != nil || page > 3 {
			t.Fatal(page, err)
		}
		for _, f := range p.Files {
			if len(seen) > 0 && f.ID >= seen[len(seen)-1] {
				t.Errorf("file %d after %d", f.ID, seen[len(seen)-1])
			}
			seen = append(seen, f.ID)
		}
		if behind = p.After; behind == 0 {
			break
		}
	}
	if len(seen) != 7 {
		t.Errorf("%d files listed: %s", len(seen), fmt.Sprint(seen))
	}
	counts, err := casefile.Waiting(t.Context(), u, sample.Clerk.Scope, sample.Clerk.StaffID)
	if err != nil || counts[casefile.MineList] != 7 || counts[casefile.VisitList] != 0 {
		t.Errorf("counts %v, %v", counts, err)
	}
}
