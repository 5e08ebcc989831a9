package casefile_test

import (
	"errors"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// second is another card of the head of a sample household.
var second = casefile.NewCard{Holder: "王建国", Bank: "中国建设银行", Branch: "青石支行", Number: "6217001210024455220"}

// A card of a file that was submitted is replaced by two people: one enters it, another confirms it. Until then money
// goes to the old one.
func TestCardNeedsTwo(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	f := sample.File(t, u, casefile.Active)
	old, err := casefile.CurrentCard(t.Context(), u, f.ID)
	if err != nil {
		t.Fatal(err)
	}
	card, err := casefile.ProposeCard(t.Context(), u, sample.Keys(), f.ID, second)
	if err != nil {
		t.Fatal(err)
	}
	if now, err := casefile.CurrentCard(t.Context(), u, f.ID); err != nil || now.ID != old.ID {
		t.Errorf("a proposed card is in use: %+v, %v", now, err)
	}
	if told := sample.Told(t, casefile.DecideCard(t.Context(), u, f.ID, card, true, "")); told != "casefile.refusal.card_own" {
		t.Errorf("one's own card: told %q", told)
	}
	u.By = sample.Supervisor
	if err := casefile.DecideCard(t.Context(), u, f.ID, card, true, ""); err != nil {
		t.Fatal(err)
	}
	now, err := casefile.CurrentCard(t.Context(), u, f.ID)
	if err != nil || now.ID != card || now.ConfirmedBy != sample.Supervisor.StaffID {
		t.Fatalf("%+v, %v", now, err)
	}
	if number, err := now.Number(sample.Keys()); err != nil || number != second.Number {
		t.Errorf("number %s, %v", number, err)
	}
	if told := sample.Told(t, casefile.DecideCard(t.Context(), u, f.ID, card, false, "不符")); told != "casefile.refusal.card_decided" {
		t.Errorf("decided twice: told %q", told)
	}
}

// What is wrong with a card is told: its number, its holder, a second proposal, a state in which it is not replaced.
func TestCardIsRefused(t *testing.T) {
	with := func(change func(*casefile.NewCard)) casefile.NewCard {
		n := second
		change(&n)
		return n
	}
	for name, test := range map[string]struct {
		state casefile.State
		card  casefile.NewCard
		told  string
	}{
		"wrong check digit": {casefile.Active, with(func(n *casefile.NewCard) { n.Number = "6217001210024455221" }), "casefile.refusal.card_number"},
		"a stranger's":      {casefile.Active, with(func(n *casefile.NewCard) { n.Holder = "别人" }), "casefile.refusal.card_holder"},
		"a draft's":         {casefile.Draft, second, "casefile.refusal.card_state"},
		"an ended file's":   {casefile.Closed, second, "casefile.refusal.card_state"},
	} {
		t.Run(name, func(t *testing.T) {
			u := pgtest.Unit(t, sample.Clerk)
			sample.Centre(t, u)
			f := sample.File(t, u, test.state)
			_, err := casefile.ProposeCard(t.Context(), u, sample.Keys(), f.ID, test.card)
			if told := sample.Told(t, err); told != test.told {
				t.Errorf("told %q, want %q", told, test.told)
			}
		})
	}
}

// The database refuses by hand what the program refuses: a card in use without its second person, confirmed by its own
// writer, or edited.
func TestCardByHand(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	f := sample.File(t, u, casefile.Active)
	card, err := casefile.ProposeCard(t.Context(), u, sample.Keys(), f.ID, second)
	if err != nil {
		t.Fatal(err)
	}
	for _, sql := range []string{
		"UPDATE casefile_card SET state = CASE id WHEN $1 THEN 'current' ELSE 'replaced' END WHERE id >= $1",
		"UPDATE casefile_card SET confirmed_by = entered_by WHERE id = $1",
		"UPDATE casefile_card SET number_sealed = '\\x00' WHERE id = $1",
		"DELETE FROM casefile_card WHERE id = $1",
	} {
		tx, err := u.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Exec(t.Context(), sql, card); err == nil {
			t.Errorf("done by hand: %s", sql)
		}
		if err := tx.Rollback(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// A look at a number leaves who and why in the trail; without a reason there is none, and outside the scope no file.
func TestUnmask(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	f := sample.File(t, u, casefile.Active)
	people, err := casefile.People(t.Context(), u, sample.Keys(), f.ID)
	if err != nil {
		t.Fatal(err)
	}
	p, err := casefile.UnmaskPerson(t.Context(), u, sample.Keys(), f.ID, people[0].ID, casefile.ForComparison)
	if err != nil || p.Number != people[0].Number {
		t.Errorf("%+v, %v", p, err)
	}
	var why string
	if err := u.QueryRow(t.Context(), "SELECT changes->0->>'after' FROM audit_entry WHERE act = 'casefile.unmask_person' AND staff_id = $1",
		sample.Clerk.StaffID).Scan(&why); err != nil || why != "comparison" {
		t.Errorf("the trail says %q, %v", why, err)
	}
	_, err = casefile.UnmaskPerson(t.Context(), u, sample.Keys(), f.ID, people[0].ID, casefile.ForFiling)
	if told := sample.Told(t, err); told != "casefile.refusal.reason" {
		t.Errorf("a reason of prints shows a number on the screen: told %q", told)
	}
	_, err = casefile.UnmaskPerson(t.Context(), u, sample.Keys(), f.ID, people[0].ID, "curious")
	if told := sample.Told(t, err); told != "casefile.refusal.reason" {
		t.Errorf("told %q", told)
	}
	u.By = sample.SiblingClerk
	if _, err = casefile.UnmaskPerson(t.Context(), u, sample.Keys(), f.ID, people[0].ID, casefile.ForComparison); !errors.Is(err, work.ErrNotFound) {
		t.Errorf("outside the scope: %v", err)
	}
}

// Who stops a card says why, and the one who entered it reads it; the database keeps it too.
func TestACardIsStoppedWithAReason(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	f := sample.File(t, u, casefile.Active)
	card, err := casefile.ProposeCard(t.Context(), u, sample.Keys(), f.ID, second)
	if err != nil {
		t.Fatal(err)
	}
	u.By = sample.Supervisor
	for _, short := range []string{"", " 错 "} {
		if told := sample.Told(t, casefile.DecideCard(t.Context(), u, f.ID, card, false, short)); told != "casefile.refusal.card_reason" {
			t.Errorf("stopped with the reason %q: told %q", short, told)
		}
	}
	err = u.Within(t.Context(), func(u *work.Unit) error {
		_, err := u.Exec(t.Context(), `UPDATE casefile_card SET state = 'rejected', confirmed_by = $2, confirmed_at = $3 WHERE id = $1`, card, u.By.StaffID, u.Now)
		return err
	})
	if work.Violated(err) != "casefile_card_reason" {
		t.Errorf("stopped by hand without a reason: %v", err)
	}
	if err := casefile.DecideCard(t.Context(), u, f.ID, card, false, " 错号 "); err != nil {
		t.Fatal(err)
	}
	c, err := casefile.FindCard(t.Context(), u, card)
	if err != nil || c.State != casefile.CardRejected || c.Reason != "错号" || c.DecidedBy != sample.Supervisor.Name {
		t.Errorf("%+v, %v", c, err)
	}
}

// A card is confirmed only for somebody who is in the household by then, and only while the file is on its way or on the
// register; stopping it remains possible.
func TestACardOfSomebodyWhoLeft(t *testing.T) {
	u, f := accepted(t, casefile.Active)
	people, err := casefile.People(t.Context(), u, sample.Keys(), f.ID)
	if err != nil {
		t.Fatal(err)
	}
	theirs := second
	theirs.Holder = people[1].Name
	propose := func() casefile.CardID {
		t.Helper()
		u.By = sample.Clerk
		card, err := casefile.ProposeCard(t.Context(), u, sample.Keys(), f.ID, theirs)
		if err != nil {
			t.Fatal(err)
		}
		return card
	}
	decide := func(card casefile.CardID, confirm bool, reason string) string {
		t.Helper()
		u.By = sample.Supervisor
		return sample.Told(t, casefile.DecideCard(t.Context(), u, f.ID, card, confirm, reason))
	}
	card := propose()
	agreed(t, u, f.ID, casefile.ChangeLeaving, func(u *work.Unit) error {
		return casefile.Leave(t.Context(), u, f.ID, casefile.Leaving{Person: people[1].ID, Why: "divorced", On: u.Today()})
	})
	if told := decide(card, true, ""); told != "casefile.refusal.card_left" {
		t.Errorf("the holder left: told %q", told)
	}
	if told := decide(card, false, "持卡人已离户"); told != "" {
		t.Errorf("it cannot be stopped: %q", told)
	}
	theirs = second
	card = propose()
	sample.Left(t, u, f.ID)
	u.By = sample.Supervisor
	if err := casefile.Close(t.Context(), u, f.ID, "out_of_hardship"); err != nil {
		t.Fatal(err)
	}
	if told := decide(card, true, ""); told != "casefile.refusal.card_state" {
		t.Errorf("the file is closed: told %q", told)
	}
	if now, err := casefile.CurrentCard(t.Context(), u, f.ID); err != nil || now.ID == card {
		t.Errorf("%+v, %v", now, err)
	}
}
