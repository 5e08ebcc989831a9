package exit_test

import (
	"testing"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/exit"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// Months that were recent at the proposal are agreed to until the end of the third month after them, and no later.
func TestOldMonthsAreNotAgreedTo(t *testing.T) {
	u := centre(t)
	f := sample.File(t, u, casefile.Active)
	id, err := exit.Propose(t.Context(), u, f.ID, outOfHardship(t, u, f)) // May to October 2026
	must(t, err)
	assess := func(on day.Date, agrees bool) string {
		tx, err := u.Begin(t.Context())
		must(t, err)
		defer func() { must(t, tx.Rollback(t.Context())) }()
		return sample.Told(t, exit.Assess(t.Context(), work.NewUnit(tx, on.Start().Add(12*time.Hour), sample.Supervisor), id, agrees, "情况属实"))
	}
	for name, test := range map[string]struct {
		on     day.Date
		agrees bool
		told   string
	}{
		"on the day":                {u.Today(), true, ""},
		"at the end of January":     {day.Of(2027, 1, 31), true, ""},
		"in February":               {day.Of(2027, 2, 1), true, "exit.refusal.recent_since"},
		"refused whatever the date": {day.Of(2027, 2, 1), false, ""},
	} {
		if told := assess(test.on, test.agrees); told != test.told {
			t.Errorf("%s: told %q, want %q", name, told, test.told)
		}
	}
}

// Two who post and tell at the same moment lose neither: each writes what is its own.
func TestPostingAndTellingAtOnce(t *testing.T) {
	u := centre(t)
	must(t, by(u, sample.Admin, func() error {
		return exit.AddRule(t.Context(), u, exit.Rule{From: u.Today(), Months: 6, Percent: 100, PostedDays: 3, Callbacks: []int{3}, Source: "规定"})
	}))
	f := sample.File(t, u, casefile.Active)
	id, err := exit.Propose(t.Context(), u, f.ID, outOfHardship(t, u, f))
	must(t, err)
	bring(t, u, id, exit.Agreed)
	read, err := exit.Find(t.Context(), u, sample.Everywhere, id)
	must(t, err)
	must(t, by(u, sample.Clerk2, func() error { return exit.Post(t.Context(), u, id, u.Today(), "厂区公示栏") }))
	read.ToldOn, read.ToldHow, read.ToldWhom = u.Today(), "hand", "王建国"
	must(t, by(u, sample.Clerk2, func() error { return exit.Advance(t.Context(), u, read, exit.ActTell, exit.Told) }))
	got, err := exit.Find(t.Context(), u, sample.Everywhere, id)
	if err != nil || got.State != exit.Told || got.PostedOn != u.Today() || got.PostedWhere != "厂区公示栏" || got.ToldWhom != "王建国" || got.Opinion != "情况属实" {
		t.Errorf("%s, posted %s %q, told %q, opinion %q, %v", got.State, got.PostedOn, got.PostedWhere, got.ToldWhom, got.Opinion, err)
	}
}

// A callback follows the closing, however soon the rule wants it.
func TestNoCallbackBeforeTheClosing(t *testing.T) {
	u := centre(t)
	must(t, by(u, sample.Admin, func() error {
		return exit.AddRule(t.Context(), u, exit.Rule{From: u.Today(), Months: 6, Percent: 100, Callbacks: []int{1}, Source: "规定"})
	}))
	u.Now = day.Of(2027, 1, 31).Start().Add(12 * time.Hour)
	f := sample.File(t, u, casefile.Active)
	p := outOfHardship(t, u, f)
	for i := range p.Months {
		p.Months[i].First = p.Months[i].First.AddMonths(2)
	}
	id, err := exit.Propose(t.Context(), u, f.ID, p)
	must(t, err)
	bring(t, u, id, exit.Closed)
	all, err := exit.CallbacksOf(t.Context(), u, id)
	if err != nil || len(all) != 1 || all[0].DueOn != day.Of(2027, 2, 28) {
		t.Fatalf("%+v, %v", all, err)
	}
	call := func(on day.Date) string {
		return sample.Told(t, by(u, sample.Clerk2, func() error { return exit.Call(t.Context(), u, all[0].ID, on, "phone", exit.Stable, "") }))
	}
	if told := call(day.Of(2027, 1, 30)); told != "exit.refusal.before_closed" { // within the thirty days before its day
		t.Errorf("before the closing: %q", told)
	}
	if told := call(day.Of(2027, 1, 31)); told != "" {
		t.Errorf("on the day of the closing: %q", told)
	}
}
