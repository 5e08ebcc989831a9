package casefile_test

import (
	"errors"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/money"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// agreed asks for a change by the clerk and has the supervisor agree to it.
func agreed(t *testing.T, u *work.Unit, id work.FileID, kind casefile.ChangeKind, write func(*work.Unit) error) {
	t.Helper()
	u.By = sample.Clerk
	c, err := ask(t, u, id, kind, write)
	if err != nil {
		t.Fatal(err)
	}
	u.By = sample.Supervisor
	if _, err := casefile.DecideChange(t.Context(), u, c.ID, true, "", write); err != nil {
		t.Fatal(err)
	}
}

// widow names the spouse as the head, after the head died.
func widow(t *testing.T, id work.FileID, people []casefile.Person) func(*work.Unit) error {
	return func(u *work.Unit) error {
		return casefile.NameHead(t.Context(), u, id, casefile.NewHead{Person: people[1].ID, Old: casefile.Leaving{Why: "died", On: u.Today()},
			Relations: map[casefile.PersonID]string{people[2].ID: "son"}})
	}
}

// A change that was asked for before the head changed speaks of another person: agreed to afterwards it would give the new
// head the dead one's name and number.
func TestAChangeOfTheHeadBeforeThisOneIsStale(t *testing.T) {
	for name, test := range map[string]struct {
		kind  casefile.ChangeKind
		write func(*testing.T, work.FileID, casefile.Person, int) func(*work.Unit) error
	}{
		"the head": {casefile.ChangeHead, func(t *testing.T, id work.FileID, old casefile.Person, seen int) func(*work.Unit) error {
			old.Insurance = "none"
			return func(u *work.Unit) error { return casefile.SaveHead(t.Context(), u, sample.Keys(), id, seen, old) }
		}},
		"the head's work": {casefile.ChangeWork, func(t *testing.T, id work.FileID, _ casefile.Person, seen int) func(*work.Unit) error {
			return func(u *work.Unit) error {
				return casefile.SaveWork(t.Context(), u, id, seen, casefile.Work{Status: "unemployed"})
			}
		}},
	} {
		t.Run(name, func(t *testing.T) {
			u, f := accepted(t, casefile.Active)
			people, err := casefile.People(t.Context(), u, sample.Keys(), f.ID)
			if err != nil {
				t.Fatal(err)
			}
			write := test.write(t, f.ID, people[0], 1)
			waiting, err := ask(t, u, f.ID, test.kind, write)
			if err != nil || !waiting.Second {
				t.Fatalf("%+v, %v", waiting, err)
			}
			agreed(t, u, f.ID, casefile.ChangeNewHead, widow(t, f.ID, people))
			if _, err := casefile.DecideChange(t.Context(), u, waiting.ID, true, "", write); !errors.Is(err, work.ErrStale) {
				t.Errorf("agreed to afterwards: %v", err)
			}
			if now := head(t, u, f.ID); now.ID != people[1].ID || now.Name != people[1].Name || now.Number != people[1].Number || now.WorkStatus != people[1].WorkStatus {
				t.Errorf("the head is %s, work %s", now.Name, now.WorkStatus)
			}
			if _, err := casefile.DecideChange(t.Context(), u, waiting.ID, false, "户主已变更", write); err != nil {
				t.Errorf("it cannot be put away: %v", err)
			}
		})
	}
	t.Run("a number of one who left", func(t *testing.T) {
		u, f := accepted(t, casefile.Active)
		people, err := casefile.People(t.Context(), u, sample.Keys(), f.ID)
		if err != nil {
			t.Fatal(err)
		}
		agreed(t, u, f.ID, casefile.ChangeNewHead, widow(t, f.ID, people))
		u.By = sample.Clerk
		_, err = ask(t, u, f.ID, casefile.ChangeHead, saveHead(t, f.ID, 2, func(p *casefile.Person) { p.Number, p.Birth, p.Sex = people[0].Number, people[0].Birth, people[0].Sex }))
		if told := sample.Told(t, err); told != "casefile.refusal.head_left" {
			t.Errorf("told %q, %v", told, err)
		}
	})
}

// Whoever died or left does not come back with a form that was filled in before.
func TestAChangeOfAHouseholdThatIsNoMoreIsStale(t *testing.T) {
	u, f := accepted(t, casefile.Active)
	people, err := casefile.People(t.Context(), u, sample.Keys(), f.ID)
	if err != nil {
		t.Fatal(err)
	}
	members := []casefile.Person{people[1], people[2]}
	members[0].Insurance = "none"
	write := func(u *work.Unit) error { return casefile.SaveMembers(t.Context(), u, sample.Keys(), f.ID, 1, members) }
	waiting, err := ask(t, u, f.ID, casefile.ChangeMembers, write)
	if err != nil || !waiting.Second {
		t.Fatalf("%+v, %v", waiting, err)
	}
	agreed(t, u, f.ID, casefile.ChangeLeaving, func(u *work.Unit) error {
		return casefile.Leave(t.Context(), u, f.ID, casefile.Leaving{Person: people[2].ID, Why: "died", On: u.Today()})
	})
	if _, err := casefile.DecideChange(t.Context(), u, waiting.ID, true, "", write); !errors.Is(err, work.ErrStale) {
		t.Errorf("agreed to afterwards: %v", err)
	}
	u.By = sample.Clerk
	if _, err := casefile.WithdrawChange(t.Context(), u, waiting.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := ask(t, u, f.ID, casefile.ChangeMembers, write); !errors.Is(err, work.ErrStale) {
		t.Errorf("from a form that was open before: %v", err)
	}
	now, err := casefile.People(t.Context(), u, sample.Keys(), f.ID)
	if err != nil || len(now) != 2 || now[1].ID != people[1].ID {
		t.Errorf("%d people, %v", len(now), err)
	}
	fresh := func(u *work.Unit) error {
		return casefile.SaveMembers(t.Context(), u, sample.Keys(), f.ID, 2, members[:1])
	}
	if _, err := ask(t, u, f.ID, casefile.ChangeMembers, fresh); err != nil {
		t.Errorf("of the household as it is: %v", err)
	}
}

// Whoever dies takes along what they earned and cost: a household that lost its earner is judged by what is left, and not
// told to leave because the same wage is shared by fewer.
func TestWhoLeavesTakesTheirFigures(t *testing.T) {
	u, f := accepted(t, casefile.Active)
	people, err := casefile.People(t.Context(), u, sample.Keys(), f.ID)
	if err != nil {
		t.Fatal(err)
	}
	agreed(t, u, f.ID, casefile.ChangeEconomy, func(u *work.Unit) error {
		return casefile.SaveEconomy(t.Context(), u, f.ID, 1, casefile.Economy{Until: u.Today().Add(-20), Lines: []casefile.Line{
			{Side: casefile.Income, Kind: "wage", Amount: money.Yuan(60000), Person: people[1].ID},
			{Side: casefile.Income, Kind: "other", Amount: money.Yuan(2400)},
			{Side: casefile.Expense, Kind: "illness", Amount: money.Yuan(1200), Person: people[1].ID},
			{Side: casefile.JobCost, Kind: "commuting", Amount: money.Yuan(600), Person: people[1].ID}}}, nil)
	})
	weigh := func() casefile.Weighed {
		t.Helper()
		now, err := casefile.Find(t.Context(), u, u.By.Scope, f.ID)
		if err != nil {
			t.Fatal(err)
		}
		w, err := casefile.Weigh(t.Context(), u, now, u.Today(), casefile.Ruling{})
		if err != nil {
			t.Fatal(err)
		}
		return w
	}
	if w := weigh(); w.Verdict.Facts.Income != money.Yuan(62400) || len(w.Left) != 0 || w.Taken != 3 {
		t.Errorf("before: %+v, %d left out, taken for %d", w.Verdict.Facts, len(w.Left), w.Taken)
	}
	agreed(t, u, f.ID, casefile.ChangeLeaving, func(u *work.Unit) error {
		return casefile.Leave(t.Context(), u, f.ID, casefile.Leaving{Person: people[1].ID, Why: "died", On: u.Today()})
	})
	w := weigh()
	if facts := w.Verdict.Facts; facts.People != 2 || facts.Income != money.Yuan(2400) || facts.Rigid != 0 || facts.JobCost != 0 {
		t.Errorf("afterwards: %+v", facts)
	}
	if len(w.Left) != 3 || w.Left[0].Left != people[1].Name || w.Taken != 3 {
		t.Errorf("left out %+v, taken for %d", w.Left, w.Taken)
	}
	verdict, err := casefile.Rejudge(t.Context(), u, f.ID, false)
	if err != nil || verdict.Monthly != money.Yuan(100) {
		t.Errorf("%s a head, %v", verdict.Monthly, err)
	}
	if kept, err := casefile.LastJudgement(t.Context(), u, f.ID); err != nil || kept.Verdict.Monthly != verdict.Monthly || kept.Verdict.Category != verdict.Category {
		t.Errorf("computed again: %+v, %v", kept.Verdict, err)
	}
}
