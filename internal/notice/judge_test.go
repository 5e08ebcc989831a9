package notice_test

import (
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/notice"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

func unfounded(visit int64) notice.Ruling {
	return notice.Ruling{Verdict: notice.ObjectionUnfounded, Reason: "经复核，申报属实", VisitID: visit}
}

func upheld(visit int64) notice.Ruling {
	return notice.Ruling{Verdict: notice.ObjectionUpheld, Reason: "另有住房一套", VisitID: visit}
}

func judge(t *testing.T, u *work.Unit, id notice.ObjectionID, r notice.Ruling) {
	t.Helper()
	u.By = sample.Supervisor2
	if err := notice.Judge(t.Context(), u, id, r); err != nil {
		t.Fatal(err)
	}
}

func TestAnUnfoundedObjectionBeginsAFullNewPeriod(t *testing.T) {
	u := centre(t, sample.Officer)
	file, id := published(t, u)
	u.Now = u.Now.AddDate(0, 0, 6) // the last day
	objection := object(t, u, id)
	u.Now = u.Now.AddDate(0, 0, 4) // long after the first period would have ended
	visited := recheck(t, u, file, sample.Clerk4, sample.UnitClerk)
	judge(t, u, objection, unfounded(visited))

	old := noticeOf(t, u, id)
	all, err := notice.OfFile(t.Context(), u, sample.Everywhere, file)
	if err != nil || len(all) != 2 || old.State != notice.Interrupted || old.ClosedAt.IsZero() {
		t.Fatalf("%d notices, the first is %s, %v", len(all), old.State, err)
	}
	n := all[0]
	if n.State != notice.Open || n.Round != 2 || n.Period.Starts != u.Today() || n.Period.Ends != u.Today().Add(6) || n.Place != old.Place {
		t.Errorf("the new notice is %+v", n)
	}
	if got := stateOf(t, u, file); got != casefile.InNotice {
		t.Errorf("the file is %s", got)
	}
	shown, _, err := notice.ListPublic(t.Context(), u, u.Today(), notice.Cursor{}, 10)
	if err != nil || len(shown) != 1 || shown[0].ID != n.PublicID {
		t.Errorf("%+v is shown, %v", shown, err)
	}
	o, err := notice.Read(t.Context(), u, sample.Keys(), sample.Everywhere, objection)
	if err != nil || o.State != notice.ObjectionUnfounded || o.VisitID != visited || o.ClosedBy != sample.Supervisor2.Name {
		t.Errorf("%+v, %v", o, err)
	}
	if err := notice.Judge(t.Context(), u, objection, upheld(visited)); !errors.Is(err, work.ErrStale) {
		t.Errorf("judged twice: %v", err)
	}
}

func TestTheNewPeriodKeepsItsFirstDayAndLength(t *testing.T) {
	u := centre(t, sample.Officer)
	f := sample.File(t, u, casefile.Assessed)
	id, err := notice.Publish(t.Context(), u, f.ID, notice.Plan{Preset: notice.FiveWorkdays, NextDay: true, Place: "公示栏"})
	if err != nil {
		t.Fatal(err)
	}
	objection := object(t, u, id)
	judge(t, u, objection, unfounded(recheck(t, u, f.ID, sample.Clerk4, sample.UnitClerk)))
	all, err := notice.OfFile(t.Context(), u, sample.Everywhere, f.ID)
	if err != nil || len(all) != 2 || all[0].Period != noticeOf(t, u, id).Period || all[0].Terms != (notice.Terms{Days: 5, Working: true}) {
		t.Errorf("%+v, %v", all, err)
	}
}

func TestAnUpheldObjectionStrikesTheFamilyOff(t *testing.T) {
	u := centre(t, sample.Officer)
	file, id := published(t, u)
	first, second := object(t, u, id), object(t, u, id)
	judge(t, u, second, upheld(recheck(t, u, file, sample.Clerk4, sample.UnitClerk)))
	if got := noticeOf(t, u, id).State; got != notice.Upheld {
		t.Errorf("the notice is %s", got)
	}
	f, err := casefile.Find(t.Context(), u, sample.Everywhere, file)
	if err != nil || f.State != casefile.StruckOff || f.ReturnReason != "另有住房一套" {
		t.Errorf("the file is %s because of %q, %v", f.State, f.ReturnReason, err)
	}
	o, err := notice.Read(t.Context(), u, sample.Keys(), sample.Everywhere, first)
	if err != nil || o.State != notice.ObjectionUpheld {
		t.Errorf("the other objection is %s, %v", o.State, err)
	}
	if shown, _, err := notice.ListPublic(t.Context(), u, u.Today(), notice.Cursor{}, 10); err != nil || len(shown) != 0 {
		t.Errorf("%+v is still shown, %v", shown, err)
	}
}

func TestTwoObjections(t *testing.T) {
	u := centre(t, sample.Officer)
	file, id := published(t, u)
	first, second := object(t, u, id), object(t, u, id)
	visited := recheck(t, u, file, sample.Clerk4, sample.UnitClerk) // answers both
	judge(t, u, first, unfounded(visited))
	if n := noticeOf(t, u, id); n.State != notice.Objected || n.Waiting != 1 || stateOf(t, u, file) != casefile.Contested {
		t.Errorf("with one open the notice is %s, %d wait", n.State, n.Waiting)
	}
	u.Now = u.Now.Add(time.Hour)
	third := object(t, u, id) // came after the recheck, so it needs one of its own
	u.By = sample.Supervisor2
	if told := sample.Told(t, notice.Judge(t.Context(), u, third, unfounded(visited))); told != "notice.refusal.recheck" {
		t.Errorf("judged by an older recheck: %q", told)
	}
	judge(t, u, second, unfounded(visited))
	if n := noticeOf(t, u, id); n.State != notice.Objected {
		t.Errorf("with the third open the notice is %s", n.State)
	}
	again := recheck(t, u, file, sample.UnitClerk2, sample.OtherClerk)
	judge(t, u, third, unfounded(again))
	if n := noticeOf(t, u, id); n.State != notice.Interrupted || stateOf(t, u, file) != casefile.InNotice {
		t.Errorf("after the last the notice is %s, the file %s", n.State, stateOf(t, u, file))
	}
}

func TestJudgeRefuses(t *testing.T) {
	tests := map[string]struct {
		by     work.Actor
		visit  bool
		change func(*notice.Ruling)
		told   string
	}{
		"before a recheck":                   {sample.Supervisor2, false, nil, "notice.refusal.recheck"},
		"by the first visit":                 {sample.Supervisor2, true, func(r *notice.Ruling) { r.VisitID = 0 }, "notice.refusal.recheck"},
		"with a verdict that is none":        {sample.Supervisor2, true, func(r *notice.Ruling) { r.Verdict = notice.ObjectionOpen }, "notice.refusal.verdict"},
		"who made the recheck":               {sample.Clerk4, true, nil, "notice.refusal.sides"},
		"who registered the family":          {sample.Clerk, true, nil, "notice.refusal.sides"},
		"not who assessed it: the same side": {sample.Supervisor, true, nil, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			u := centre(t, sample.Officer)
			file, id := published(t, u)
			objection := object(t, u, id)
			var r notice.Ruling
			if err := u.QueryRow(t.Context(), "SELECT id FROM visit_visit").Scan(&r.VisitID); err != nil {
				t.Fatal(err)
			}
			first := r.VisitID
			if r = unfounded(first); test.visit {
				r = unfounded(recheck(t, u, file, sample.Clerk4, sample.UnitClerk))
			}
			if test.change != nil {
				test.change(&r)
			}
			if r.VisitID == 0 {
				r.VisitID = first
			}
			u.By = test.by
			if told := sample.Told(t, notice.Judge(t.Context(), u, objection, r)); told != test.told {
				t.Errorf("told %q, want %q", told, test.told)
			}
		})
	}
}

// A recheck that disagrees with the form dismisses no objection, by the page or by hand. It upholds one.
func TestARecheckThatDisagreesDismissesNothing(t *testing.T) {
	u := centre(t, sample.Officer)
	file, id := published(t, u)
	objection := object(t, u, id)
	visited := recheckSaying(t, u, file, sample.Clerk4, sample.UnitClerk, false)
	u.By = sample.Supervisor2
	if told := sample.Told(t, notice.Judge(t.Context(), u, objection, unfounded(visited))); told != "notice.refusal.recheck_agrees" {
		t.Errorf("told %q", told)
	}
	err := byHand(t, u, `UPDATE notice_objection SET state = 'unfounded', reason = '无', closed_by = @by, closed_at = @now, visit_id = @visit
		WHERE id = @id`, pgx.NamedArgs{"by": u.By.StaffID, "now": u.Now, "visit": visited, "id": objection})
	if got := work.Violated(err); got != "notice_recheck_agrees" {
		t.Errorf("by hand refused by %q (%v)", got, err)
	}
	judge(t, u, objection, upheld(visited))
	if got := stateOf(t, u, file); got != casefile.StruckOff {
		t.Errorf("the file is %s", got)
	}
}
