package fund_test

import (
	"context"
	"fmt"
	"testing"

	"bangfu/internal/day"
	"bangfu/internal/fund"
	"bangfu/internal/money"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// today is the civil date of every test.
var today = day.On(pgtest.Now)

// centre is a unit with the sample tree in which the accountant acts.
func centre(t *testing.T) *work.Unit {
	t.Helper()
	u := pgtest.Unit(t, sample.Accountant)
	sample.Centre(t, u)
	return u
}

// account opens an account of the county for living aid and brings money in.
func account(t *testing.T, u *work.Unit, yuan int64) fund.AccountID {
	t.Helper()
	id, err := fund.Open(t.Context(), u, fund.City, fund.Living, 2026)
	if err != nil {
		t.Fatal(err)
	}
	if yuan > 0 {
		receive(t, u, id, yuan, "财拨〔2026〕12 号")
	}
	return id
}

func receive(t *testing.T, u *work.Unit, id fund.AccountID, yuan int64, paper string) fund.EntryID {
	t.Helper()
	entry, err := fund.Receive(t.Context(), u, id, fund.Receipt{Amount: money.Yuan(yuan), On: today, Paper: paper})
	if err != nil {
		t.Fatal(err)
	}
	return entry
}

// pots writes an account's balances in one line.
func pots(t *testing.T, q work.Querier, id fund.AccountID) string {
	t.Helper()
	a, err := fund.Find(t.Context(), q, work.Everywhere, id)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("received %v available %v reserved %v paid %v", a.Received, a.Available, a.Reserved, a.Paid)
}

// apart runs fn in a savepoint, so that a refusal by the database does not end the test's transaction.
func apart(t *testing.T, u *work.Unit, fn func(*work.Unit) error) error {
	t.Helper()
	tx, err := u.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	err = fn(work.NewUnit(tx, u.Now, u.By))
	if err == nil {
		_, err = tx.Exec(t.Context(), "SET CONSTRAINTS ALL IMMEDIATE")
	}
	if err != nil {
		if undo := tx.Rollback(t.Context()); undo != nil {
			t.Fatal(undo)
		}
		return err
	}
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	return nil
}

func TestOpen(t *testing.T) {
	u := centre(t)
	tests := []struct {
		name    string
		source  fund.Source
		purpose fund.Purpose
		told    string
	}{
		{"an allowed pair", fund.Dues, fund.Running, ""},
		{"the same again", fund.Dues, fund.Running, "fund.refusal.exists"},
		{"central money does not run the centre", fund.Central, fund.Running, "fund.refusal.pair"},
		{"a donation does not train", fund.Donation, fund.Training, "fund.refusal.pair"},
		{"an unknown source", "lottery", fund.Living, "fund.refusal.pair"},
	}
	for _, test := range tests {
		err := apart(t, u, func(u *work.Unit) error {
			_, err := fund.Open(t.Context(), u, test.source, test.purpose, 2026)
			return err
		})
		if told := sample.Told(t, err); told != test.told {
			t.Errorf("%s: told %q, want %q", test.name, told, test.told)
		}
	}
}

func TestMoneyMoves(t *testing.T) {
	u := centre(t)
	id := account(t, u, 1000)
	hold := fund.Hold{Grant: 7, Attempt: 1, Amount: money.Yuan(300), Reason: "救助 7"}
	again := hold
	again.Attempt = 2
	steps := []struct {
		name string
		run  func(context.Context, *work.Unit, fund.AccountID, fund.Hold) error
		hold fund.Hold
		told string
		want string
	}{
		{"reserve", fund.Reserve, hold, "", "received 1000.00 available 700.00 reserved 300.00 paid 0.00"},
		{"reserve twice", fund.Reserve, hold, "fund.refusal.moved", "received 1000.00 available 700.00 reserved 300.00 paid 0.00"},
		{"release", fund.Release, hold, "", "received 1000.00 available 1000.00 reserved 0.00 paid 0.00"},
		{"pay what was released", fund.Pay, hold, "fund.refusal.moved", "received 1000.00 available 1000.00 reserved 0.00 paid 0.00"},
		{"the next attempt", fund.Reserve, again, "", "received 1000.00 available 700.00 reserved 300.00 paid 0.00"},
		{"is paid", fund.Pay, again, "", "received 1000.00 available 700.00 reserved 0.00 paid 300.00"},
		{"once", fund.Pay, again, "fund.refusal.moved", "received 1000.00 available 700.00 reserved 0.00 paid 300.00"},
		{"more than is there", fund.Reserve, fund.Hold{Grant: 8, Attempt: 1, Amount: money.Yuan(700) + 1}, "fund.refusal.short",
			"received 1000.00 available 700.00 reserved 0.00 paid 300.00"},
		{"exactly what is there", fund.Reserve, fund.Hold{Grant: 8, Attempt: 1, Amount: money.Yuan(700)}, "",
			"received 1000.00 available 0.00 reserved 700.00 paid 300.00"},
		{"a reservation ends once", fund.Release, again, "fund.refusal.moved", "received 1000.00 available 0.00 reserved 700.00 paid 300.00"},
		{"no money at all", fund.Reserve, fund.Hold{Grant: 9, Attempt: 1}, "fund.refusal.amount",
			"received 1000.00 available 0.00 reserved 700.00 paid 300.00"},
	}
	for _, step := range steps {
		tx, err := u.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		told := sample.Told(t, step.run(t.Context(), work.NewUnit(tx, u.Now, u.By), id, step.hold))
		if told != "" {
			err = tx.Rollback(t.Context())
		} else {
			err = tx.Commit(t.Context())
		}
		if err != nil {
			t.Fatal(err)
		}
		if got := pots(t, u, id); told != step.told || got != step.want {
			t.Fatalf("%s: told %q, %s\nwant %q, %s", step.name, told, got, step.told, step.want)
		}
	}
	if faults, err := fund.Verify(t.Context(), u); err != nil || len(faults) != 0 {
		t.Errorf("%v, %v; want no difference", faults, err)
	}
}

func TestShortSaysHowMuchIsThere(t *testing.T) {
	u := centre(t)
	err := fund.Reserve(t.Context(), u, account(t, u, 120), fund.Hold{Grant: 1, Attempt: 1, Amount: money.Yuan(500)})
	refusal, ok := work.AsRefusal(err)
	if !ok || refusal.Args[1] != money.Yuan(120) || refusal.Args[2] != money.Yuan(500) {
		t.Errorf("%+v, %v", refusal, err)
	}
}

func TestReverse(t *testing.T) {
	u := centre(t)
	id := account(t, u, 0)
	first, second := receive(t, u, id, 500, "进账单 1"), receive(t, u, id, 200, "进账单 2")

	mirror, err := fund.Reverse(t.Context(), u, first, "金额录错")
	if err != nil {
		t.Fatal(err)
	}
	e, err := fund.FindEntry(t.Context(), u, sample.Accountant.Scope, mirror)
	if err != nil || e.Reverses != first || e.From != fund.Available || e.To != fund.Outside || e.Signed() != -money.Yuan(500) {
		t.Errorf("%+v, %v", e, err)
	}
	if got, want := pots(t, u, id), "received 200.00 available 200.00 reserved 0.00 paid 0.00"; got != want {
		t.Errorf("%s; want %s", got, want)
	}
	_, err = fund.Reverse(t.Context(), u, first, "再来一次")
	if told := sample.Told(t, err); told != "fund.refusal.reversed" {
		t.Errorf("a second time: %q", told)
	}
	_, err = fund.Reverse(t.Context(), u, mirror, "冲正的冲正")
	if told := sample.Told(t, err); told != "fund.refusal.not_receipt" {
		t.Errorf("a reversal: %q", told)
	}
	if err := fund.Reserve(t.Context(), u, id, fund.Hold{Grant: 1, Attempt: 1, Amount: 1}); err != nil {
		t.Fatal(err)
	}
	_, err = fund.Reverse(t.Context(), u, second, "已经用了一分")
	if told := sample.Told(t, err); told != "fund.refusal.short" {
		t.Errorf("what is no longer there: %q", told)
	}
	if faults, err := fund.Verify(t.Context(), u); err != nil || len(faults) != 0 {
		t.Errorf("%v, %v; want no difference", faults, err)
	}
}

func TestAReceiptIsBookedByItsPaperAndDay(t *testing.T) {
	u := centre(t)
	id := account(t, u, 0)
	_, err := fund.Receive(t.Context(), u, id, fund.Receipt{Amount: 1, On: today.Add(1), Paper: "进账单 9"})
	if told := sample.Told(t, err); told != "fund.refusal.future" {
		t.Errorf("tomorrow: %q", told)
	}
	first := receive(t, u, id, 10, "进账单 9")
	a, err := fund.Find(t.Context(), u, u.By.Scope, id)
	if err != nil {
		t.Fatal(err)
	}
	if same, err := fund.SamePaper(t.Context(), u, a, "进账单 9"); err != nil || same != first {
		t.Errorf("the same paper: %d, %v; want %d", same, err, first)
	}
	if _, err := fund.Reverse(t.Context(), u, first, "录错"); err != nil {
		t.Fatal(err)
	}
	if same, err := fund.SamePaper(t.Context(), u, a, "进账单 9"); err != nil || same != 0 {
		t.Errorf("a reversed receipt does not count: %d, %v", same, err)
	}
}

func TestScope(t *testing.T) {
	u := centre(t)
	id := account(t, u, 50)
	entry := receive(t, u, id, 1, "进账单")
	for name, test := range map[string]struct {
		scope work.Scope
		seen  bool
	}{
		"the office":  {sample.Accountant.Scope, true},
		"above":       {sample.CitySupervisor.Scope, true},
		"below":       {sample.UnitClerk.Scope, false},
		"beside":      {sample.SiblingHead.Scope, false},
		"no scope":    {work.Scope{}, false},
		"the program": {work.Everywhere, true},
	} {
		_, err := fund.Find(t.Context(), u, test.scope, id)
		_, entryErr := fund.FindEntry(t.Context(), u, test.scope, entry)
		choices, choiceErr := fund.Choices(t.Context(), u, test.scope, fund.Living, 2026)
		list, listErr := fund.List(t.Context(), u, test.scope, fund.Filter{Year: 2026}, 10)
		total, sumErr := fund.Sum(t.Context(), u, test.scope, fund.Filter{Year: 2026, Purpose: fund.Living})
		if choiceErr != nil || listErr != nil || sumErr != nil {
			t.Fatal(choiceErr, listErr, sumErr)
		}
		got := []bool{err == nil, entryErr == nil, len(choices) == 1, len(list) == 1, total.Available == money.Yuan(51)}
		for i, seen := range got {
			if seen != test.seen {
				t.Errorf("%s, way %d: seen %v, want %v", name, i, seen, test.seen)
			}
		}
	}
}

func TestListPagesByKey(t *testing.T) {
	u := centre(t)
	for _, purpose := range []fund.Purpose{fund.Living, fund.Medical, fund.Disaster, fund.Tuition} {
		if _, err := fund.Open(t.Context(), u, fund.City, purpose, 2026); err != nil {
			t.Fatal(err)
		}
	}
	var seen []fund.Purpose
	var after fund.AccountID
	for range 3 {
		page, err := fund.List(t.Context(), u, u.By.Scope, fund.Filter{Year: 2026, After: after}, 2)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range page {
			seen, after = append(seen, a.Purpose), a.ID
		}
	}
	if got := fmt.Sprint(seen); got != "[living medical disaster tuition]" {
		t.Error(got)
	}
	if years, err := fund.Years(t.Context(), u, u.By.Scope); err != nil || fmt.Sprint(years) != "[2026]" {
		t.Error(years, err)
	}
}

func TestEntriesPageByKey(t *testing.T) {
	u := centre(t)
	id := account(t, u, 0)
	for i := range 5 {
		receive(t, u, id, int64(i+1), fmt.Sprintf("进账单 %d", i+1))
	}
	a, err := fund.Find(t.Context(), u, u.By.Scope, id)
	if err != nil {
		t.Fatal(err)
	}
	first, err := fund.Entries(t.Context(), u, a, 0, 3)
	if err != nil || len(first) != 3 || first[0].Amount != money.Yuan(5) || first[0].By != sample.Accountant.Name {
		t.Fatalf("%+v, %v", first, err)
	}
	rest, err := fund.Entries(t.Context(), u, a, first[2].ID, 3)
	if err != nil || len(rest) != 2 || rest[1].Amount != money.Yuan(1) {
		t.Fatalf("%+v, %v", rest, err)
	}
}
