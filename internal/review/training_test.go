package review_test

import (
	"fmt"
	"testing"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/review"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// trainees lists those of a group in a file within a scope, as name and age.
func trainees(t *testing.T, u *work.Unit, scope work.Scope, group review.Group, on day.Date) string {
	t.Helper()
	rule, err := review.TrainingOn(t.Context(), u, on)
	must(t, err)
	all, next, err := review.Trainees(t.Context(), u, scope, group, rule, on, 0, 50)
	must(t, err)
	text := ""
	for _, p := range all {
		text += fmt.Sprintf("%s %d ", p.Name, p.Birth.Age(on))
	}
	if next != 0 {
		text += "…"
	}
	return text
}

// Training is for heads of household under fifty who can work, and for the sons and daughters of zero-employment families
// who are of age and not at school; each on both sides of its boundary.
func TestTrainees(t *testing.T) {
	u := centre(t)
	f := sample.File(t, u, casefile.Active)
	today := u.Today()
	fifty := today.AddMonths(-12 * 50)
	person := func(relation string, birth day.Date, sex, status string) {
		t.Helper()
		run(t, u, `UPDATE casefile_person SET birth_on = @birth, sex = @sex, work_status = @status WHERE file_id = @file AND relation = @relation`,
			pgx.NamedArgs{"file": f.ID, "relation": relation, "birth": birth, "sex": sex, "status": status})
	}
	people, err := casefile.People(t.Context(), u, sample.Keys(), f.ID)
	must(t, err)
	relations := map[string]bool{}
	for _, p := range people {
		relations[p.Relation] = true
	}
	if !relations["spouse"] || !relations["son"] || len(people) != 3 {
		t.Fatalf("the sample household is %v", relations)
	}
	tests := map[string]struct {
		head, spouse, son day.Date
		headIs, spouseIs  string
		sonIs             string
		workers, children string
	}{
		"a day under fifty":              {fifty.Add(1), fifty, today.AddMonths(-12 * 20), "on_post", "unable", "student", "王建国 49 ", ""},
		"fifty":                          {fifty, fifty, today.AddMonths(-12 * 20), "on_post", "unable", "student", "", ""},
		"who cannot work":                {fifty.Add(1), fifty, today.AddMonths(-12 * 20), "unable", "unable", "student", "", ""},
		"nobody has work":                {fifty, fifty, today.AddMonths(-12 * 20), "unemployed", "waiting", "unemployed", "", "王小明 20 "},
		"the son of sixteen":             {fifty, fifty, today.AddMonths(-12 * 16), "unemployed", "unable", "unemployed", "", "王小明 16 "},
		"a day before":                   {fifty, fifty, today.AddMonths(-12 * 16).Add(1), "unemployed", "unable", "unemployed", "", ""},
		"the son at school":              {fifty, fifty, today.AddMonths(-12 * 20), "unemployed", "unable", "student", "", ""},
		"one has work":                   {fifty, fifty, today.AddMonths(-12 * 20), "unemployed", "on_post", "unemployed", "", ""},
		"a woman of 55 is of age":        {fifty, today.AddMonths(-12 * 55), today.AddMonths(-12 * 20), "unemployed", "on_post", "unemployed", "", "王小明 20 "},
		"a woman is not, a day before":   {fifty, today.AddMonths(-12 * 55).Add(1), today.AddMonths(-12 * 20), "unemployed", "on_post", "unemployed", "", ""},
		"a man of 60 at work is of age":  {today.AddMonths(-12 * 60), fifty, today.AddMonths(-12 * 20), "on_post", "unemployed", "unemployed", "", "王小明 20 "},
		"a man is not, a day before":     {today.AddMonths(-12 * 60).Add(1), fifty, today.AddMonths(-12 * 20), "on_post", "unemployed", "unemployed", "", ""},
		"nobody is of age to work there": {today.AddMonths(-12 * 60), fifty, today.AddMonths(-12 * 20), "retired", "unable", "unable", "", ""},
	}
	for name, test := range tests {
		person("head", test.head, "male", test.headIs)
		person("spouse", test.spouse, "female", test.spouseIs)
		person("son", test.son, "male", test.sonIs)
		if workers, children := trainees(t, u, sample.Clerk.Scope, review.Workers, today), trainees(t, u, sample.Clerk.Scope, review.Children, today); workers != test.workers || children != test.children {
			t.Errorf("%s: workers %q, children %q", name, workers, children)
		}
		people, err := casefile.People(t.Context(), u, sample.Keys(), f.ID)
		must(t, err)
		zero := false
		must(t, u.QueryRow(t.Context(), `SELECT `+casefile.ZeroEmploymentSQL+` FROM casefile_file f WHERE f.id = @file`, with(casefile.ZeroEmploymentArgs(today), "file", f.ID)).Scan(&zero))
		if is, _ := casefile.ZeroEmployment(people, today); is != zero {
			t.Errorf("%s: zero employment is %v in the code and %v in the list", name, is, zero)
		}
	}
	person("head", fifty.Add(1), "male", "on_post")
	if got := trainees(t, u, sample.SiblingClerk.Scope, review.Workers, today); got != "" {
		t.Errorf("another county sees %q", got)
	}
}

// with adds an argument.
func with(a pgx.NamedArgs, name string, value any) pgx.NamedArgs {
	a[name] = value
	return a
}

// A new rule holds from its day on, and the older one before it; none is entered for the past, and one a day.
func TestTrainingIsDated(t *testing.T) {
	u := centre(t)
	u.By = sample.Admin
	rule := review.Training{From: u.Today().Add(1), BelowAge: 45, ChildFrom: 18, Source: "市总工会通知"}
	must(t, review.AddTraining(t.Context(), u, rule))
	before, err := review.TrainingOn(t.Context(), u, u.Today())
	must(t, err)
	after, err := review.TrainingOn(t.Context(), u, rule.From)
	must(t, err)
	if before.BelowAge != 50 || before.ChildFrom != 16 || after != rule {
		t.Errorf("before %+v, after %+v", before, after)
	}
	if told := sample.Told(t, review.AddTraining(t.Context(), u, review.Training{From: u.Today().Add(-1), BelowAge: 45, ChildFrom: 18, Source: "通知"})); told != "review.refusal.training_past" {
		t.Errorf("for the past: %q", told)
	}
	err = u.Within(t.Context(), func(u *work.Unit) error { return review.AddTraining(t.Context(), u, rule) })
	if told := sample.Told(t, err); told != "review.refusal.training_twice" {
		t.Errorf("twice: %q", told)
	}
	if all, err := review.Trainings(t.Context(), u); err != nil || len(all) != 2 || all[0] != rule {
		t.Errorf("%+v, %v", all, err)
	}
}
