package visit_test

import (
	"errors"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/visit"
	"bangfu/internal/work"
)

// followed is a report of a follow-up, in which how hard life is was said.
func followed(a, b work.Actor, change ...func(*visit.Report)) visit.Report {
	hard := func(r *visit.Report) {
		r.Talk = visit.Talk{Situation: "透析中", Degree: visit.DegreeHard, Opinions: "体检到厂里来", Proposals: "联系减免"}
	}
	return report(a, b, append([]func(*visit.Report){hard}, change...)...)
}

func TestRecordFollowUp(t *testing.T) {
	noDegree := func(r *visit.Report) { r.Degree = visit.NoDegree }
	on := func(n int) func(*visit.Report) {
		return func(r *visit.Report) { r.VisitedOn = day22.Add(n) }
	}
	chair := func(name, unit string) func(*visit.Report) {
		return func(r *visit.Report) { r.Chair = visit.Chair{Name: name, Unit: unit} }
	}
	tests := map[string]struct {
		state   casefile.State
		purpose visit.Purpose
		a, b    work.Actor
		change  func(*visit.Report)
		told    string
	}{
		"a review of an active file":          {casefile.Active, visit.Review, sample.Clerk2, sample.Clerk4, nil, ""},
		"a sample of an active file":          {casefile.Active, visit.Spot, sample.Clerk2, sample.Clerk4, nil, ""},
		"a second one with the chair":         {casefile.Active, visit.Second, sample.Clerk2, sample.Clerk4, chair("龚明", "青石纺织厂工会"), ""},
		"a second one without the chair":      {casefile.Active, visit.Second, sample.Clerk2, sample.Clerk4, nil, "visit.refusal.chair"},
		"a chair of no unit":                  {casefile.Active, visit.Review, sample.Clerk2, sample.Clerk4, chair("龚明", ""), "visit.refusal.chair_whole"},
		"a review with the chair":             {casefile.Active, visit.Review, sample.Clerk2, sample.Clerk4, chair("龚明", "青石纺织厂工会"), ""},
		"a call-back after leaving":           {casefile.Closed, visit.CallBack, sample.Clerk2, sample.Clerk4, nil, ""},
		"on the day it became active":         {casefile.Active, visit.Review, sample.Clerk2, sample.Clerk4, on(0), ""},
		"the day before it became active":     {casefile.Active, visit.Review, sample.Clerk2, sample.Clerk4, on(-1), "visit.refusal.early"},
		"tomorrow":                            {casefile.Active, visit.Review, sample.Clerk2, sample.Clerk4, on(1), "visit.refusal.future"},
		"without the degree":                  {casefile.Active, visit.Review, sample.Clerk2, sample.Clerk4, noDegree, "visit.refusal.degree"},
		"one person":                          {casefile.Active, visit.Review, sample.Clerk2, sample.Clerk2, nil, "visit.refusal.two_people"},
		"one who decides in the case":         {casefile.Active, visit.Review, sample.Clerk2, sample.Supervisor, nil, "visit.refusal.visitor"},
		"a key visit by others":               {casefile.Active, visit.Key, sample.Clerk, sample.Clerk4, nil, ""},
		"a key visit by one who was there":    {casefile.Active, visit.Key, sample.Clerk4, sample.Clerk3, nil, "visit.refusal.key_people"},
		"a key visit by one without the post": {casefile.Active, visit.Key, sample.Clerk4, sample.Officer, nil, "visit.refusal.visitor"},
		"a draft":                             {casefile.Draft, visit.Review, sample.Clerk2, sample.Clerk4, nil, "visit.refusal.follow_up"},
		"one that waits for its first visit":  {casefile.Submitted, visit.Spot, sample.Clerk2, sample.Clerk4, nil, "visit.refusal.follow_up"},
		"one in its notice":                   {casefile.InNotice, visit.CallBack, sample.Clerk2, sample.Clerk4, nil, "visit.refusal.follow_up"},
		"a purpose that is no follow-up":      {casefile.Active, visit.First, sample.Clerk2, sample.Clerk4, nil, "visit.refusal.follow_up"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			u := centre(t, sample.Clerk2)
			f := sample.File(t, u, test.state)
			var changes []func(*visit.Report)
			if test.change != nil {
				changes = append(changes, test.change)
			}
			id, err := visit.RecordFollowUp(t.Context(), u, f.ID, test.purpose, followed(test.a, test.b, changes...))
			if told := sample.Told(t, err); told != test.told {
				t.Fatalf("told %q, want %q", told, test.told)
			}
			if test.told != "" {
				return
			}
			after, err := casefile.Find(t.Context(), u, sample.Everywhere, f.ID)
			if err != nil || after.State != test.state {
				t.Errorf("the file is %s, %v: a follow-up moves nothing", after.State, err)
			}
			v, err := visit.Find(t.Context(), u, sample.Clerk2.Scope, id)
			if err != nil || v.VisitedOn != day22 || v.Purpose != test.purpose || v.Degree != visit.DegreeHard || v.Opinions != "体检到厂里来" {
				t.Errorf("%+v, %v", v, err)
			}
			if _, err := visit.Find(t.Context(), u, sample.SiblingClerk.Scope, id); !errors.Is(err, work.ErrNotFound) {
				t.Errorf("another county reads it: %v", err)
			}
		})
	}
}

// Two follow-ups of one purpose are two visits; the one before is found for the comparison.
func TestTheVisitBefore(t *testing.T) {
	u := centre(t, sample.Clerk2)
	f := sample.File(t, u, casefile.Active)
	first, err := visit.RecordFollowUp(t.Context(), u, f.ID, visit.Review, followed(sample.Clerk2, sample.Clerk3, func(r *visit.Report) {
		r.Findings[2], r.Remark = visit.Finding{Item: "income", Note: "另有零工收入"}, "不影响"
	}))
	if err != nil {
		t.Fatal(err)
	}
	id, err := visit.RecordFollowUp(t.Context(), u, f.ID, visit.Key, followed(sample.Clerk4, sample.UnitClerk))
	if err != nil {
		t.Fatal(err)
	}
	v, err := visit.Find(t.Context(), u, sample.Clerk2.Scope, id)
	if err != nil {
		t.Fatal(err)
	}
	was, err := visit.Before(t.Context(), u, sample.Clerk2.Scope, v)
	if err != nil || was == nil || was.ID != first || was.Findings[2].Note != "另有零工收入" {
		t.Errorf("%+v, %v", was, err)
	}
	if was, err := visit.Before(t.Context(), u, sample.SiblingClerk.Scope, v); err != nil || was != nil {
		t.Errorf("another county compares with %+v, %v", was, err)
	}
}

// A second verification keeps the chair and is compared with the visit before; the database asks for both.
func TestASecondVerification(t *testing.T) {
	u := centre(t, sample.Clerk2)
	f := sample.File(t, u, casefile.Active)
	id, err := visit.RecordFollowUp(t.Context(), u, f.ID, visit.Second, followed(sample.Clerk2, sample.Clerk4, func(r *visit.Report) {
		r.Chair = visit.Chair{Name: "龚明", Unit: "青石纺织厂工会"}
	}))
	if err != nil {
		t.Fatal(err)
	}
	v, err := visit.Find(t.Context(), u, sample.Everywhere, id)
	if err != nil || v.Purpose != visit.Second || v.Chair != (visit.Chair{Name: "龚明", Unit: "青石纺织厂工会"}) {
		t.Errorf("%+v, %v", v, err)
	}
	if before, err := visit.Before(t.Context(), u, sample.Everywhere, v); err != nil || before == nil || before.Purpose != visit.First {
		t.Errorf("%+v, %v", before, err)
	}
	if visit.Seconds.Purpose() != visit.Second {
		t.Error("a plan of second verifications is not ticked off by them")
	}
	for rule, values := range map[string]string{"visit_chair_present": "NULL, NULL", "visit_chair_whole": "'龚明', NULL"} {
		err := u.Within(t.Context(), func(u *work.Unit) error {
			_, err := u.Exec(t.Context(), `-- test
				INSERT INTO visit_visit (file_id, round, purpose, visited_on, visitor_a, visitor_b, agrees, remark, degree, visitors_signed,
					applicant_signed, entered_by, entered_at, chair, chair_unit)
				SELECT file_id, round, 'second', visited_on, visitor_a, visitor_b, agrees, remark, 'hard', true, true, entered_by, entered_at, `+values+`
				FROM visit_visit WHERE id = $1`, id)
			return err
		})
		if work.Violated(err) != rule {
			t.Errorf("%v, want %s", err, rule)
		}
	}
}
