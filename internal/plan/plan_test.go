package plan_test

import (
	"errors"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/plan"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

func centre(t *testing.T) *work.Unit {
	t.Helper()
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	return u
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// sound is a plan with one measure that is due today.
func sound(u *work.Unit, change ...func(*plan.Plan)) plan.Plan {
	p := plan.Plan{Target: "spending", Goal: "减轻医疗负担", ExitOn: u.Today(), Responsible: "何敏", Contact: "罗杰",
		Measures: []plan.Measure{{Cause: casefile.SeriousIllness, Batch: "relief", What: "申请医疗救助", Responsible: "何敏", DueOn: u.Today(), Expected: "费用减半"}}}
	for _, c := range change {
		c(&p)
	}
	return p
}

func TestSave(t *testing.T) {
	tests := map[string]struct {
		state  casefile.State
		by     work.Actor
		change func(*plan.Plan)
		told   string
	}{
		"sound":                    {casefile.Active, sample.Clerk, func(*plan.Plan) {}, ""},
		"no measure":               {casefile.Active, sample.Clerk, func(p *plan.Plan) { p.Measures = nil }, "plan.refusal.measures"},
		"twenty measures":          {casefile.Active, sample.Clerk, times(20), ""},
		"twenty-one":               {casefile.Active, sample.Clerk, times(21), "plan.refusal.measures"},
		"to leave by yesterday":    {casefile.Active, sample.Clerk, func(p *plan.Plan) { p.ExitOn = p.ExitOn.Add(-1) }, "plan.refusal.exit_on"},
		"due yesterday":            {casefile.Active, sample.Clerk, func(p *plan.Plan) { p.Measures[0].DueOn = p.Measures[0].DueOn.Add(-1) }, "plan.refusal.due"},
		"of a file not yet active": {casefile.Assessed, sample.Clerk, func(*plan.Plan) {}, "plan.refusal.active"},
		"of a closed file":         {casefile.Closed, sample.Clerk, func(*plan.Plan) {}, "plan.refusal.active"},
		"by the deciding side":     {casefile.Active, sample.Supervisor, func(*plan.Plan) {}, "plan.refusal.sides"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			u := centre(t)
			f := sample.File(t, u, test.state)
			u.By = test.by
			_, err := plan.Save(t.Context(), u, f.ID, 0, sound(u, test.change))
			if told := sample.Told(t, err); told != test.told {
				t.Errorf("told %q, want %q", told, test.told)
			}
		})
	}
}

func times(n int) func(*plan.Plan) {
	return func(p *plan.Plan) {
		for len(p.Measures) < n {
			p.Measures = append(p.Measures, p.Measures[0])
		}
	}
}

// A changed plan replaces the one that was shown and no other; measures that go on keep their progress, even when late.
func TestAPlanIsReplaced(t *testing.T) {
	u := centre(t)
	f := sample.File(t, u, casefile.Active)
	first, err := plan.Save(t.Context(), u, f.ID, 0, sound(u))
	must(t, err)
	if _, err := plan.Save(t.Context(), u, f.ID, 0, sound(u)); !errors.Is(err, work.ErrStale) {
		t.Errorf("written over unseen: %v", err)
	}
	p, err := plan.Of(t.Context(), u, sample.Clerk.Scope, f.ID)
	must(t, err)
	must(t, plan.Note(t.Context(), u, f.ID, p.Measures[0].ID, plan.Doing, "已递交材料"))
	u.Now = u.Now.AddDate(0, 0, 5)
	kept := p.Measures[0]
	second, err := plan.Save(t.Context(), u, f.ID, first, sound(u, func(p *plan.Plan) { p.Measures = append(p.Measures, kept) }))
	must(t, err)
	p, err = plan.Of(t.Context(), u, sample.Clerk.Scope, f.ID)
	if err != nil || p.ID != second || len(p.Measures) != 2 || p.Measures[0].State != plan.Doing || p.Measures[0].Note != "已递交材料" || p.Measures[1].State != plan.Planned {
		t.Errorf("%+v, %v", p, err)
	}
	if err := plan.Note(t.Context(), u, f.ID, kept.ID, plan.Done, "完成"); !errors.Is(err, work.ErrNotFound) {
		t.Errorf("a measure of the replaced plan: %v", err)
	}
	if told := sample.Told(t, plan.Note(t.Context(), u, f.ID, p.Measures[0].ID, plan.Dropped, "")); told != "plan.refusal.note" {
		t.Errorf("dropped without a word: %q", told)
	}
	if _, err := plan.Of(t.Context(), u, sample.SiblingClerk.Scope, f.ID); !errors.Is(err, work.ErrNotFound) {
		t.Errorf("seen from elsewhere: %v", err)
	}
	_, err = u.Exec(t.Context(), `UPDATE plan_measure SET note = 'x' WHERE plan_id = $1`, first)
	if rule := work.Violated(err); rule != "plan_replaced" {
		t.Errorf("a replaced plan was changed by hand: %v", err)
	}
}

// The timetable has what is due by a day and not over, the most late first, page by page; what is over or of a closed file
// is not in it.
func TestTimetable(t *testing.T) {
	u := centre(t)
	today := u.Today()
	due := func(days ...int) work.FileID {
		f := sample.File(t, u, casefile.Active)
		_, err := plan.Save(t.Context(), u, f.ID, 0, sound(u, func(p *plan.Plan) {
			p.Measures = p.Measures[:0]
			for _, n := range days {
				p.Measures = append(p.Measures, plan.Measure{Cause: 6, Batch: "union", What: "走访", Responsible: "何敏", DueOn: today.Add(n), Expected: "了解情况"})
			}
		}))
		must(t, err)
		return f.ID
	}
	due(3, 9)
	over := due(1)
	p, err := plan.Of(t.Context(), u, sample.Clerk.Scope, over)
	must(t, err)
	must(t, plan.Note(t.Context(), u, over, p.Measures[0].ID, plan.Done, "已走访"))
	due(2)
	list := func(scope work.Scope, until day.Date) (days []int) {
		after := plan.Cursor{}
		for {
			page, next, err := plan.Timetable(t.Context(), u, scope, until, after, 1)
			must(t, err)
			for _, task := range page {
				days = append(days, task.DueOn.Sub(today))
			}
			if after = next; after.ID == 0 {
				return days
			}
		}
	}
	for _, test := range []struct {
		scope work.Scope
		until int
		want  []int
	}{{sample.Clerk.Scope, 2, []int{2}}, {sample.Clerk.Scope, 8, []int{2, 3}}, {sample.Clerk.Scope, 9, []int{2, 3, 9}}, {sample.SiblingClerk.Scope, 99, nil}} {
		got := list(test.scope, today.Add(test.until))
		if len(got) != len(test.want) {
			t.Errorf("until %d: %v, want %v", test.until, got, test.want)
			continue
		}
		for i := range got {
			if got[i] != test.want[i] {
				t.Errorf("until %d: %v, want %v", test.until, got, test.want)
			}
		}
	}
}
