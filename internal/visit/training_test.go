package visit_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/day"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/visit"
	"bangfu/internal/work"
)

// lesson is a training of people on a day.
func lesson(on day.Date, people ...work.Actor) visit.Training {
	t := visit.Training{On: on, Subject: "识别标准", Hours: 6, Trainer: "马骏"}
	for _, p := range people {
		t.People = append(t.People, p.StaffID)
	}
	return t
}

func TestTraining(t *testing.T) {
	u := centre(t, sample.Officer)
	hours := func(n int) visit.Training {
		l := lesson(day22, sample.Clerk)
		l.Hours = n
		return l
	}
	many := func(n int) visit.Training { // nobody's numbers: who is refused as too many is not looked up
		l := lesson(day22)
		for i := range n {
			l.People = append(l.People, work.StaffID(900_000_000+i))
		}
		return l
	}
	tests := map[string]struct {
		training visit.Training
		told     string
	}{
		"as many as fit":   {many(visit.MostTrained), "visit.refusal.trained_person"},
		"one too many":     {many(visit.MostTrained + 1), "visit.refusal.trained_people"},
		"today":            {lesson(day22, sample.Clerk, sample.UnitClerk), ""},
		"the same twice":   {lesson(day22, sample.Clerk, sample.Clerk), ""},
		"tomorrow":         {lesson(day22.Add(1), sample.Clerk), "visit.refusal.trained_on"},
		"no day":           {lesson(day.Date{}, sample.Clerk), "visit.refusal.trained_on"},
		"nobody":           {lesson(day22), "visit.refusal.trained_people"},
		"no visitor":       {lesson(day22, sample.Cashier), "visit.refusal.trained_person"},
		"of another place": {lesson(day22, sample.SiblingClerk), "visit.refusal.trained_person"},
		"no hour":          {hours(0), "visit.refusal.trained_hours"},
		"one hour":         {hours(1), ""},
		"eighty hours":     {hours(80), ""},
		"an hour more":     {hours(81), "visit.refusal.trained_hours"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			inside(t, u, func(u *work.Unit) {
				_, err := visit.Train(t.Context(), u, test.training)
				if told := sample.Told(t, err); told != test.told {
					t.Errorf("told %q, want %q", told, test.told)
				}
			})
		})
	}
	id, err := visit.Train(t.Context(), u, lesson(day22, sample.UnitClerk, sample.Clerk))
	if err != nil {
		t.Fatal(err)
	}
	found, err := visit.FindTraining(t.Context(), u, sample.CitySupervisor.Scope, id)
	if err != nil || fmt.Sprint(found.Names) != "[何敏 韩雪]" || found.EnteredBy != "周文" || found.Hours != 6 {
		t.Errorf("%+v, %v", found, err)
	}
	if _, err := visit.FindTraining(t.Context(), u, sample.SiblingHead.Scope, id); !errors.Is(err, work.ErrNotFound) {
		t.Errorf("another county: %v", err)
	}
	second, err := visit.Train(t.Context(), u, lesson(day22.Add(-1), sample.Clerk))
	if err != nil {
		t.Fatal(err)
	}
	all, err := visit.ListTrainings(t.Context(), u, u.By.Scope, 0, 9)
	if err != nil || len(all) != 2 || all[0].ID != second || all[1].ID != id {
		t.Errorf("%+v, %v", all, err)
	}
	if all, err = visit.ListTrainings(t.Context(), u, u.By.Scope, second, 9); err != nil || len(all) != 1 || all[0].ID != id {
		t.Errorf("the next page: %+v, %v", all, err)
	}
}

// A training entered wrongly is voided once, and who did it and why is kept.
func TestATrainingIsVoided(t *testing.T) {
	u := centre(t, sample.Officer)
	void := func(by work.Actor, id visit.TrainingID) string {
		before := u.By
		u.By = by
		defer func() { u.By = before }()
		return sample.Told(t, visit.Void(t.Context(), u, id, "登记错了人"))
	}
	wrong, err := visit.Train(t.Context(), u, lesson(day22, sample.UnitClerk))
	if err != nil {
		t.Fatal(err)
	}
	if told := void(sample.Supervisor, wrong); told != "" {
		t.Errorf("told %q", told)
	}
	if told := void(sample.Supervisor, wrong); told != "visit.refusal.training_void" {
		t.Errorf("voided twice: %q", told)
	}
	if found, err := visit.FindTraining(t.Context(), u, u.By.Scope, wrong); err != nil || found.VoidedBy != sample.Supervisor.Name || found.Why != "登记错了人" || found.VoidedAt.IsZero() {
		t.Errorf("%+v, %v", found, err)
	}
}

// A plan that asks for trained surveyors takes those trained since the first day of its year.
func TestAPlanAsksForTrainedPeople(t *testing.T) {
	u := centre(t, sample.Supervisor)
	households(t, u, 2)
	asks := census(func(p *visit.Plan) { p.Trained = true })
	two := []visit.Team{team("马骏", sample.Clerk2, sample.Clerk3)}
	newYear := day.Of(2026, time.January, 1)
	tests := map[string]struct {
		plan      visit.Plan
		trainings []visit.Training
		told      string
	}{
		"nobody trained":             {asks, nil, "visit.refusal.team_untrained"},
		"not asked for":              {census(), nil, ""},
		"one of two":                 {asks, []visit.Training{lesson(day22, sample.Clerk2)}, "visit.refusal.team_untrained"},
		"both on New Year's Day":     {asks, []visit.Training{lesson(newYear, sample.Clerk2, sample.Clerk3)}, ""},
		"one the day before":         {asks, []visit.Training{lesson(newYear, sample.Clerk2), lesson(newYear.Add(-1), sample.Clerk3)}, "visit.refusal.team_untrained"},
		"again since":                {asks, []visit.Training{lesson(newYear.Add(-1), sample.Clerk2, sample.Clerk3), lesson(day22, sample.Clerk2, sample.Clerk3)}, ""},
		"a plan of the year to come": {census(func(p *visit.Plan) { p.Trained, p.From, p.Until = true, newYear.AddMonths(12), newYear.AddMonths(13) }), []visit.Training{lesson(day22, sample.Clerk2, sample.Clerk3)}, "visit.refusal.team_untrained"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			inside(t, u, func(u *work.Unit) {
				for _, l := range test.trainings {
					if _, err := visit.Train(t.Context(), u, l); err != nil {
						t.Fatal(err)
					}
				}
				id, err := visit.MakePlan(t.Context(), u, test.plan, two)
				if told := sample.Told(t, err); told != test.told {
					t.Errorf("told %q, want %q", told, test.told)
				}
				if test.told != "" || !test.plan.Trained {
					return
				}
				p, err := visit.FindPlan(t.Context(), u, u.By, id)
				if err != nil || !p.Trained || p.TrainedSince() != newYear {
					t.Errorf("%+v, %v", p, err)
				}
				teams, err := visit.Teams(t.Context(), u, id)
				if err != nil || teams[0].Trained[0].Before(newYear) || teams[0].Trained[1].Before(newYear) {
					t.Errorf("%+v, %v", teams, err)
				}
			})
		})
	}
}

// By hand, as the application's role.
func TestTrainingByHand(t *testing.T) {
	u := centre(t, sample.Supervisor)
	households(t, u, 2)
	newYear := day.Of(2026, time.January, 1)
	id, err := visit.Train(t.Context(), u, lesson(newYear, sample.Clerk2, sample.Clerk3))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := visit.Train(t.Context(), u, lesson(newYear.Add(-1), sample.Clerk4)); err != nil {
		t.Fatal(err)
	}
	wrong, err := visit.Train(t.Context(), u, lesson(newYear, sample.Clerk))
	if err != nil {
		t.Fatal(err)
	}
	if err := visit.Void(t.Context(), u, wrong, "没有参加"); err != nil {
		t.Fatal(err)
	}
	plan, err := visit.MakePlan(t.Context(), u, census(func(p *visit.Plan) { p.Trained = true }), []visit.Team{team("马骏", sample.Clerk2, sample.Clerk3)})
	if err != nil {
		t.Fatal(err)
	}
	const another = `INSERT INTO visit_team (plan_id, number, leader, visitor_a, visitor_b) SELECT @plan, 2, '钱江', @a, @b WHERE @id > 0`
	for name, test := range map[string]struct {
		sql  string
		a, b work.Actor
		rule string
	}{
		"two who were trained":       {another, sample.Clerk2, sample.Clerk3, ""},
		"one of last year":           {another, sample.Clerk2, sample.Clerk4, "visit_team_trained"},
		"one never trained":          {another, sample.Clerk, sample.Clerk2, "visit_team_trained"},
		"one whose training is void": {another, sample.Clerk, sample.Clerk3, "visit_team_trained"},
		"a void training again":      {`UPDATE visit_training SET void_why = 'x' WHERE voided_at IS NOT NULL AND @id > 0 AND @plan > 0 AND @a > 0 AND @b > 0`, sample.Clerk, sample.Clerk, "visit_training_void"},
		"trained by another county":  {`INSERT INTO visit_trained (training_id, staff_id) SELECT @id, @a WHERE @plan > 0 AND @b > 0`, sample.SiblingClerk, sample.Clerk, "visit_trained_scope"},
		"trained by its own county":  {`INSERT INTO visit_trained (training_id, staff_id) SELECT @id, @a WHERE @plan > 0 AND @b > 0`, sample.Clerk, sample.Clerk, ""},
		"a training still to come":   {`INSERT INTO visit_training (org_id, org_path, trained_on, subject, hours, trainer, entered_by, entered_at) SELECT org_id, '', '2026-11-23', subject, hours, trainer, entered_by, entered_at FROM visit_training WHERE id = @id AND @plan > 0 AND @a > 0 AND @b > 0`, sample.Clerk, sample.Clerk, "visit_training_past"},
		"a training of the same day": {`INSERT INTO visit_training (org_id, org_path, trained_on, subject, hours, trainer, entered_by, entered_at) SELECT org_id, '', '2026-11-22', subject, hours, trainer, entered_by, entered_at FROM visit_training WHERE id = @id AND @plan > 0 AND @a > 0 AND @b > 0`, sample.Clerk, sample.Clerk, ""},
	} {
		t.Run(name, func(t *testing.T) {
			err := byHand(t, u, test.sql, pgx.NamedArgs{"plan": plan, "id": id, "a": test.a.StaffID, "b": test.b.StaffID})
			if got := work.Violated(err); got != test.rule || (err != nil) != (test.rule != "") {
				t.Errorf("refused by %q (%v)", got, err)
			}
		})
	}
}
