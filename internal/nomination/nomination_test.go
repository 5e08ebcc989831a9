package nomination_test

import (
	"errors"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/idcard"
	"bangfu/internal/nomination"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// begin is a nomination of UnitClerk that waits at the county.
func begin(t *testing.T) (*work.Unit, nomination.ID, nomination.Worker) {
	t.Helper()
	u := pgtest.Unit(t, sample.UnitClerk)
	sample.Centre(t, u)
	w := worker()
	id, err := nomination.Make(t.Context(), u, sample.Keys(), w)
	must(t, err)
	return u, id, w
}

func worker() nomination.Worker {
	return nomination.Worker{Name: "赵川", Number: sample.Number(day.Of(1979, 5, 6), idcard.Male), Phone: "13800000001", Employer: "青石纺织厂",
		Address: "青石县河西街道3号", Cause: casefile.SeriousIllness, Happened: "确诊尿毒症，每周透析三次", Papers: []casefile.EvidenceKind{casefile.Diagnosis}}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// What a unit wrote becomes a registration of the office that was asked; the unit sees that it was taken in.
func TestAccept(t *testing.T) {
	u, id, w := begin(t)
	u.By = sample.Clerk
	file, err := nomination.Accept(t.Context(), u, sample.Keys(), id)
	must(t, err)
	f, err := casefile.Find(t.Context(), u, u.By.Scope, file)
	if err != nil || f.State != casefile.Draft || f.OrgID != sample.County || f.HeadName != "赵川" || f.Employer != "青石纺织厂" || f.Address != w.Address {
		t.Errorf("%+v, %v", f, err)
	}
	people, err := casefile.People(t.Context(), u, sample.Keys(), file)
	if err != nil || len(people) != 1 || people[0].Number != w.Number || people[0].Phone != w.Phone {
		t.Errorf("%d people, %v", len(people), err)
	}
	causes, err := casefile.CausesOf(t.Context(), u, file)
	if err != nil || len(causes) != 1 || causes[0] != casefile.SeriousIllness {
		t.Errorf("%v, %v", causes, err)
	}
	n, err := nomination.Find(t.Context(), u, sample.Keys(), sample.UnitClerk.Scope, id)
	if err != nil || n.State != nomination.Accepted || n.FileID != file || n.AnsweredBy != "何敏" || n.Number == string(w.Number) {
		t.Errorf("%+v, %v", n, err)
	}
	_, err = nomination.Accept(t.Context(), u, sample.Keys(), id)
	if told := sample.Told(t, err); told != "nomination.refusal.answered" {
		t.Errorf("a second time: told %q", told)
	}
	u.By = sample.UnitClerk
	_, err = nomination.Make(t.Context(), u, sample.Keys(), w)
	refusal, ok := work.AsRefusal(err)
	if !ok || refusal.Key != "nomination.refusal.elsewhere" || refusal.Args[1] != "青石县总工会困难职工帮扶中心" || refusal.Args[2] != "赵*" {
		t.Errorf("one on file already: %v", err)
	}
}

// Somebody of the office that was asked answers, never who nominated; a unit takes back its own only.
func TestWhoAnswers(t *testing.T) {
	accept := func(u *work.Unit, id nomination.ID) error {
		_, err := nomination.Accept(t.Context(), u, sample.Keys(), id)
		return err
	}
	decline := func(u *work.Unit, id nomination.ID) error { return nomination.Decline(t.Context(), u, id, "不符合") }
	withdraw := func(u *work.Unit, id nomination.ID) error {
		return nomination.Withdraw(t.Context(), u, id, "本人不愿意")
	}
	tests := map[string]struct {
		by   work.Actor
		do   func(*work.Unit, nomination.ID) error
		told string
	}{
		"the county declines":          {sample.Clerk, decline, ""},
		"the unit accepts its own":     {sample.UnitClerk, accept, "nomination.refusal.addressee"},
		"a colleague at the unit":      {sample.UnitClerk2, decline, "nomination.refusal.addressee"},
		"the city above the county":    {sample.CitySupervisor, decline, "nomination.refusal.addressee"},
		"the unit withdraws":           {sample.UnitClerk, withdraw, ""},
		"a colleague withdraws":        {sample.UnitClerk2, withdraw, ""},
		"the county withdraws for it":  {sample.Clerk, withdraw, "nomination.refusal.own"},
		"the county takes the case in": {sample.Clerk2, accept, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			u, id, _ := begin(t)
			u.By = test.by
			if told := sample.Told(t, test.do(u, id)); told != test.told {
				t.Errorf("told %q, want %q", told, test.told)
			}
		})
	}
	for name, by := range map[string]work.Actor{"the unit beside it": sample.OtherClerk, "another county": sample.SiblingClerk} {
		t.Run(name, func(t *testing.T) {
			u, id, _ := begin(t)
			u.By = by
			if err := decline(u, id); !errors.Is(err, work.ErrNotFound) {
				t.Errorf("%v", err)
			}
		})
	}
}

// A person waits once at a time; after a refusal the unit may nominate again.
func TestAPersonWaitsOnce(t *testing.T) {
	u, id, w := begin(t)
	_, err := nomination.Make(t.Context(), u, sample.Keys(), w)
	if told := sample.Told(t, err); told != "nomination.refusal.twice" {
		t.Errorf("told %q", told)
	}
	u.By = sample.Clerk
	must(t, nomination.Decline(t.Context(), u, id, "请补诊断证明"))
	u.By = sample.UnitClerk
	n, err := nomination.Find(t.Context(), u, sample.Keys(), u.By.Scope, id)
	if err != nil || n.State != nomination.Declined || n.Reason != "请补诊断证明" {
		t.Errorf("%+v, %v", n, err)
	}
	_, err = nomination.Make(t.Context(), u, sample.Keys(), w)
	must(t, err)
	waiting, err := nomination.List(t.Context(), u, u.By.Scope, nomination.Waiting, 0, 10)
	if err != nil || len(waiting) != 1 || waiting[0].ID == id {
		t.Errorf("%d wait, %v", len(waiting), err)
	}
}

// The fifth day after is the last one.
func TestTheDeadline(t *testing.T) {
	u, id, _ := begin(t)
	n, err := nomination.Find(t.Context(), u, sample.Keys(), u.By.Scope, id)
	if err != nil || n.DueOn != u.Today().Add(5) || n.Late(u.Today().Add(5)) || !n.Late(u.Today().Add(6)) {
		t.Errorf("%+v, %v", n, err)
	}
	n.State = nomination.Accepted
	if n.Late(u.Today().Add(6)) {
		t.Error("an answered nomination is late")
	}
}

func TestTheTopNominatesToNobody(t *testing.T) {
	u := pgtest.Unit(t, sample.ProvinceAuditor)
	sample.Centre(t, u)
	_, err := nomination.Make(t.Context(), u, sample.Keys(), worker())
	if told := sample.Told(t, err); told != "nomination.refusal.top" {
		t.Errorf("told %q", told)
	}
}

// The rules hold against the application's own role too.
func TestTheDatabaseKeepsNominations(t *testing.T) {
	u, id, _ := begin(t)
	for rule, sql := range map[string]string{
		"nomination_addressee": `UPDATE nomination_nomination SET state = 'declined', reason = '不符合', answered_by = 9220, answered_at = made_at WHERE id = $1`,
		"nomination_own":       `UPDATE nomination_nomination SET state = 'withdrawn', reason = '不符合', answered_by = 9201, answered_at = made_at WHERE id = $1`,
		"nomination_accepted":  `UPDATE nomination_nomination SET state = 'accepted', answered_by = 9201, answered_at = made_at WHERE id = $1`,
	} {
		err := u.Within(t.Context(), func(u *work.Unit) error {
			_, err := u.Exec(t.Context(), "-- test\n"+sql, id)
			return err
		})
		if work.Violated(err) != rule {
			t.Errorf("%v, want %s", err, rule)
		}
	}
}
