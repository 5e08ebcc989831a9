package trial_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/money"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/trial"
	"bangfu/internal/work"
)

// ceiling is what living aid gives a household a year in these tests.
func ceiling(context.Context, work.Querier, trial.Proposal) (money.Amount, error) {
	return money.Yuan(5000), nil
}

// earning makes a household of three with a yearly income and nothing spent.
func earning(yearly int64) func(*sample.Household) {
	return func(h *sample.Household) {
		h.Economy.Lines = []casefile.Line{{Side: casefile.Income, Kind: "wage", Amount: money.Amount(yearly)}}
	}
}

// centre is the sample centre with households of three around a line of 700.00: 25,200.00 a year.
func centre(t *testing.T) *work.Unit {
	t.Helper()
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	return u
}

// lineOf is a line of the county from the new year on.
func lineOf(monthly money.Amount) eligibility.Line {
	return eligibility.Line{District: sample.District, From: day.Of(2027, 1, 1), Monthly: monthly, Source: "公告"}
}

// run carries out what waits and gives the newest trial.
func run(t *testing.T, u *work.Unit, id trial.ID) trial.Run {
	t.Helper()
	if _, err := trial.RunDue(t.Context(), u, func() time.Time { return u.Now }, ceiling); err != nil {
		t.Fatal(err)
	}
	r, err := trial.LastRun(t.Context(), u, id)
	if err != nil || r == nil || !r.Ended() {
		t.Fatalf("run %+v, %v", r, err)
	}
	return *r
}

// said writes the groups of a trial one a line.
func said(r trial.Run) string {
	var b strings.Builder
	for _, g := range r.Groups {
		fmt.Fprintf(&b, "%s %s %s>%s %d/%d\n", g.District, g.Effect(), g.Before, g.After, g.Files, g.People)
	}
	return b.String()
}

// A raised line lets in, moves up and leaves alone, at its boundaries; a lowered one puts out. Households of another
// district are not touched, nor is one that did not qualify more than twelve months before.
func TestTrialOfALine(t *testing.T) {
	u := centre(t)
	sample.File(t, u, casefile.Active, earning(25199_64)) // one fen below 700: severe
	sample.File(t, u, casefile.Active, earning(25920_00)) // 720.00: relative
	sample.File(t, u, casefile.Active, earning(26459_64)) // one fen below 735.00: relative
	sample.File(t, u, casefile.Active, earning(26460_00)) // 735.00: stays relative
	sample.File(t, u, casefile.Judged, earning(50399_64)) // one fen below twice 700: relative
	sample.File(t, u, casefile.NotQualified)              // far above
	u.By = sample.Admin
	id, err := trial.ProposeLine(t.Context(), u, lineOf(money.Yuan(735)))
	if err != nil {
		t.Fatal(err)
	}
	r := run(t, u, id)
	if got, want := said(r), "539901 changes relative>severe 2/6\n"; got != want || r.Total != 6 || r.Done != 6 || r.Without != 0 {
		t.Errorf("raised: %+v\n%s", r, got)
	}
	if cost, err := r.Cost(); err != nil || cost != 0 {
		t.Errorf("cost %s, %v", cost, err)
	}
	id, err = trial.ProposeLine(t.Context(), u, eligibility.Line{District: sample.District, From: day.Of(2027, 2, 1), Monthly: money.Yuan(360), Source: "公告"})
	if err != nil {
		t.Fatal(err)
	}
	r = run(t, u, id)
	// 699.99 and 719.99… are below twice 360.00, 720.00 is on it
	want := "539901 leaves relative> 4/12\n539901 changes severe>relative 1/3\n"
	if got := said(r); got != want {
		t.Errorf("lowered:\n%s", got)
	}
	// four leave, each with at most 12 × 360.00 a year
	if cost, err := r.Cost(); err != nil || cost != -4*money.Yuan(4320) {
		t.Errorf("cost %s, %v", cost, err)
	}
}

// Two halves of the register see every household once, and find what one look finds.
func TestTrialInHalves(t *testing.T) {
	u := centre(t)
	for _, yearly := range []int64{25199_64, 25920_00, 26459_64, 26460_00, 50399_64} {
		sample.File(t, u, casefile.Active, earning(yearly))
	}
	u.By = sample.Admin
	id, err := trial.ProposeLine(t.Context(), u, lineOf(money.Yuan(360)))
	if err != nil {
		t.Fatal(err)
	}
	saw, err := trial.TryInHalves(t.Context(), u)
	if err != nil || saw[0] == 0 || saw[1] == 0 || saw[0]+saw[1] != 5 {
		t.Fatalf("the halves saw %v, %v", saw, err)
	}
	r, err := trial.LastRun(t.Context(), u, id)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := said(*r), "539901 leaves relative> 4/12\n539901 changes severe>relative 1/3\n"; got != want || r.Done != 5 || r.Total != 5 {
		t.Errorf("%+v\n%s", r, got)
	}
}

// A rule of another generation gives every household its category in the new words; a rule with looser numbers lets the
// auxiliary files in.
func TestTrialOfARule(t *testing.T) {
	u := centre(t)
	sample.File(t, u, casefile.Active, earning(25199_64))
	sample.File(t, u, casefile.Active, earning(30000_00))
	u.By = sample.Admin
	rule := eligibility.Rule{Generation: eligibility.SevereRelativeAccident, From: day.Of(2027, 1, 1), Source: "通知",
		Numbers: eligibility.Numbers{Strict: true, RelativePercent: 110, AccidentPercent: 80, CityPercent: 200}}
	id, err := trial.ProposeRule(t.Context(), u, rule)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := said(run(t, u, id)), "539901 changes relative>city_auxiliary 1/3\n"; got != want {
		t.Errorf("got\n%s", got)
	}
	p, err := trial.Find(t.Context(), u, id)
	if err != nil || p.Rule.Numbers != rule.Numbers || p.Rule.Generation != rule.Generation || p.Rule.From != rule.From {
		t.Errorf("read %+v, %v", p, err)
	}
}

// A proposal is tried, then confirmed by somebody else, once; then its households are listed until they are judged anew.
func TestConfirm(t *testing.T) {
	u := centre(t)
	moved := sample.File(t, u, casefile.Active, earning(25920_00))
	sample.File(t, u, casefile.Active, earning(40000_00))
	u.By = sample.Admin
	id, err := trial.ProposeLine(t.Context(), u, lineOf(money.Yuan(735)))
	if err != nil {
		t.Fatal(err)
	}
	refused := func(by work.Actor, act trial.Act, reason, want string) {
		t.Helper()
		tx, err := u.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = tx.Rollback(t.Context()) }()
		if told := sample.Told(t, trial.Decide(t.Context(), work.NewUnit(tx, u.Now, by), id, act, reason)); told != want {
			t.Errorf("told %q, want %q", told, want)
		}
	}
	refused(sample.GroupHead, trial.Confirm, "", "trial.refusal.untried")
	if told := sample.Told(t, trial.Again(t.Context(), u, id)); told != "trial.refusal.running" {
		t.Errorf("again while it waits: %q", told)
	}
	r := run(t, u, id)
	refused(sample.Admin, trial.Confirm, "", "eligibility.refusal.second")
	refused(sample.GroupHead, trial.Drop, "", "trial.refusal.reason")
	if _, err := trial.ProposeLine(t.Context(), u, lineOf(money.Yuan(740))); sample.Told(t, err) != "trial.refusal.taken" {
		t.Errorf("another of the day: %v", err)
	}
	all, more, err := trial.Households(t.Context(), u, sample.Clerk.Scope, r.ID, trial.Changes, 0, 50)
	if err != nil || more || len(all) != 1 || all[0].FileID != moved.ID || all[0].Before != eligibility.Relative || all[0].After != eligibility.Severe {
		t.Errorf("households %+v, %v, %v", all, more, err)
	}
	for name, scope := range map[string]work.Scope{"another county": sample.SiblingClerk.Scope, "nobody": {}} {
		if all, _, err := trial.Households(t.Context(), u, scope, r.ID, trial.Changes, 0, 50); err != nil || len(all) != 0 {
			t.Errorf("%s sees %+v, %v", name, all, err)
		}
	}
	u.By = sample.GroupHead
	u.Now = u.Now.Add(time.Hour)
	if err := trial.Decide(t.Context(), u, id, trial.Confirm, ""); err != nil {
		t.Fatal(err)
	}
	refused(sample.GroupHead, trial.Drop, "迟了", "trial.refusal.decided")
	line, err := eligibility.LineOn(t.Context(), u, sample.District, day.Of(2027, 1, 1))
	if err != nil || line.Monthly != money.Yuan(735) {
		t.Errorf("line %+v, %v", line, err)
	}
	for on, want := range map[day.Date]int{day.Of(2026, 12, 31): 0, day.Of(2027, 1, 1): 1} {
		all, _, err := trial.Affected(t.Context(), u, sample.Clerk.Scope, on, 0, 50)
		if err != nil || len(all) != want {
			t.Errorf("on %s: %+v, %v", on, all, err)
		}
	}
	if all, _, err := trial.Affected(t.Context(), u, sample.SiblingClerk.Scope, day.Of(2027, 1, 1), 0, 50); err != nil || len(all) != 0 {
		t.Errorf("another county sees %+v, %v", all, err)
	}
}

// By hand, nobody confirms alone, without a trial, or twice.
func TestByHand(t *testing.T) {
	u := centre(t)
	u.By = sample.Admin
	id, err := trial.ProposeLine(t.Context(), u, lineOf(money.Yuan(735)))
	if err != nil {
		t.Fatal(err)
	}
	byHand := func(sql, constraint string) {
		t.Helper()
		tx, err := u.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = tx.Rollback(t.Context()) }()
		if _, err := tx.Exec(t.Context(), sql, id, sample.GroupHead.StaffID, sample.Admin.StaffID); work.Violated(err) != constraint {
			t.Errorf("%s: %v", sql, err)
		}
	}
	confirm := `UPDATE trial_proposal SET state = 'confirmed', decided_by = %s, decided_at = '2026-11-22' WHERE id = $1 AND $2::bigint > 0 AND $3::bigint > 0`
	byHand(fmt.Sprintf(confirm, "$2"), "trial_before_confirming")
	run(t, u, id)
	byHand(fmt.Sprintf(confirm, "$3"), "trial_second")
	u.By = sample.GroupHead
	if err := trial.Decide(t.Context(), u, id, trial.Drop, "公告未发布"); err != nil {
		t.Fatal(err)
	}
	byHand(fmt.Sprintf(confirm, "$2"), "trial_decided_once")
}

// A household that did not qualify would enter when it was judged within the twelve months before, and is in no other file
// by now.
func TestTrialLetsIn(t *testing.T) {
	tests := map[string]struct {
		from  day.Date
		again bool // the head is in another open file by now
		want  string
	}{
		"judged twelve months before":          {day.Of(2027, 11, 22), false, "539901 enters >relative 1/3\n"},
		"judged a day earlier":                 {day.Of(2027, 11, 23), false, ""},
		"in another open file in the meantime": {day.Of(2027, 11, 22), true, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			u := centre(t)
			var head casefile.Person
			sample.File(t, u, casefile.NotQualified, func(h *sample.Household) { head = h.Head })
			if test.again {
				id, err := casefile.Register(t.Context(), u)
				if err != nil {
					t.Fatal(err)
				}
				if err := casefile.SaveHead(t.Context(), u, sample.Keys(), id, 0, head); err != nil {
					t.Fatal(err)
				}
			}
			// The sample household that does not qualify has 27,777.78 a month and head.
			u.By = sample.GroupHead
			if _, err := eligibility.AddLine(t.Context(), u, eligibility.Line{District: sample.District, From: day.Of(2026, 12, 31),
				Monthly: money.Yuan(6000), Source: "公告"}, sample.Admin.StaffID); err != nil {
				t.Fatal(err)
			}
			id, err := trial.ProposeRule(t.Context(), u, eligibility.Rule{Generation: eligibility.SevereRelativeAccident, From: test.from, Source: "通知",
				Numbers: eligibility.Numbers{Strict: true, RelativePercent: 500, AccidentPercent: 80}})
			if err != nil {
				t.Fatal(err)
			}
			r := run(t, u, id)
			if got := said(r); got != test.want {
				t.Errorf("got\n%s", got)
			}
			if cost, err := r.Cost(); err != nil || cost != money.Amount(r.Count(trial.Enters, ""))*money.Yuan(5000) {
				t.Errorf("cost %s, %v", cost, err)
			}
		})
	}
}

// A trial that its program left is taken up by another one after a minute, from the beginning, and nothing counts twice.
func TestTrialIsTakenUpAgain(t *testing.T) {
	u := centre(t)
	sample.File(t, u, casefile.Active, earning(25920_00))
	u.By = sample.Admin
	id, err := trial.ProposeLine(t.Context(), u, lineOf(money.Yuan(735)))
	if err != nil {
		t.Fatal(err)
	}
	broken := func(context.Context, work.Querier, trial.Proposal) (money.Amount, error) {
		return 0, context.DeadlineExceeded
	}
	at := u.Now
	clock := func() time.Time { return at }
	if _, err := trial.RunDue(t.Context(), u, clock, broken); err == nil {
		t.Fatal("the broken trial ended well")
	}
	for _, test := range []struct {
		after time.Duration
		want  int
	}{{time.Minute, 0}, {time.Minute + time.Second, 1}} {
		at = u.Now.Add(test.after)
		if n, err := trial.RunDue(t.Context(), u, clock, ceiling); err != nil || n != test.want {
			t.Errorf("after %s: %d, %v; want %d", test.after, n, err, test.want)
		}
	}
	if r, err := trial.LastRun(t.Context(), u, id); err != nil || r.Done != 1 || said(*r) != "539901 changes relative>severe 1/3\n" {
		t.Errorf("run %+v, %v", r, err)
	}
}
