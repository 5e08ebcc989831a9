package exit_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/exit"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// bring takes a proposal up to a state.
func bring(t *testing.T, u *work.Unit, id exit.ID, to exit.State) {
	t.Helper()
	if to == exit.Proposed {
		return
	}
	must(t, by(u, sample.Supervisor, func() error { return exit.Assess(t.Context(), u, id, to != exit.Refused, "情况属实") }))
	if to == exit.Agreed || to == exit.Refused {
		return
	}
	must(t, by(u, sample.Clerk2, func() error {
		return exit.Tell(t.Context(), u, id, exit.Telling{On: u.Today(), How: "hand", Whom: "王建国"})
	}))
	if to == exit.Told {
		return
	}
	must(t, by(u, sample.Supervisor, func() error { return exit.Close(t.Context(), u, id) }))
}

// From the proposal to the closed file, with its callbacks at three, six and twelve months.
func TestTheWholeWay(t *testing.T) {
	u := centre(t)
	f := sample.File(t, u, casefile.Active)
	id, err := exit.Propose(t.Context(), u, f.ID, outOfHardship(t, u, f))
	must(t, err)
	bring(t, u, id, exit.Closed)
	f, err = casefile.Find(t.Context(), u, sample.Everywhere, f.ID)
	must(t, err)
	callbacks, err := exit.CallbacksOf(t.Context(), u, id)
	must(t, err)
	var due []string
	for _, c := range callbacks {
		due = append(due, c.DueOn.String())
	}
	if f.State != casefile.Closed || f.ReturnReason != exit.OutOfHardship || !slices.Equal(due, []string{"2027-02-22", "2027-05-22", "2027-11-22"}) {
		t.Errorf("%s %s, callbacks %v", f.State, f.ReturnReason, due)
	}
}

// Who may do what to an exit, and when: by the code, and where two sides meet by the database.
func TestWhoMovesAnExit(t *testing.T) {
	tell := func(u *work.Unit, id exit.ID) error {
		return exit.Tell(t.Context(), u, id, exit.Telling{On: u.Today(), How: "post", Whom: "李秀兰"})
	}
	agree := func(u *work.Unit, id exit.ID) error { return exit.Assess(t.Context(), u, id, true, "同意") }
	revoke := func(u *work.Unit, id exit.ID) error {
		return exit.Revoke(t.Context(), u, id, "职工提出异议，属实")
	}
	closing := func(u *work.Unit, id exit.ID) error { return exit.Close(t.Context(), u, id) }
	withdraw := func(u *work.Unit, id exit.ID) error { return exit.Withdraw(t.Context(), u, id) }
	tests := map[string]struct {
		state exit.State
		by    work.Actor
		act   func(*work.Unit, exit.ID) error
		want  exit.State
		told  string
	}{
		"another assesses":                {exit.Proposed, sample.Supervisor2, agree, exit.Agreed, ""},
		"the proposer does not assess":    {exit.Proposed, sample.Clerk2, agree, exit.Proposed, "exit.refusal.own"},
		"the registrar does not assess":   {exit.Proposed, sample.Clerk, agree, exit.Proposed, "exit.refusal.own"},
		"a visitor does not assess":       {exit.Proposed, sample.Clerk3, agree, exit.Proposed, "exit.refusal.sides"},
		"the proposer takes it back":      {exit.Proposed, sample.Clerk2, withdraw, exit.Withdrawn, ""},
		"nobody else takes it back":       {exit.Proposed, sample.Clerk3, withdraw, exit.Proposed, "exit.refusal.withdraw"},
		"not taken back once agreed to":   {exit.Agreed, sample.Clerk2, withdraw, exit.Agreed, "exit.refusal.state"},
		"not told before it is agreed to": {exit.Proposed, sample.Clerk2, tell, exit.Proposed, "exit.refusal.state"},
		"told by any caseworker":          {exit.Agreed, sample.Clerk4, tell, exit.Told, ""},
		"not told by who decided":         {exit.Agreed, sample.Supervisor, tell, exit.Agreed, "exit.refusal.sides"},
		"not closed before it is told":    {exit.Agreed, sample.Supervisor, closing, exit.Agreed, "exit.refusal.state"},
		"closed by who assessed":          {exit.Told, sample.Supervisor, closing, exit.Closed, ""},
		"not closed by the proposer":      {exit.Told, sample.Clerk2, closing, exit.Told, "exit.refusal.own"},
		"revoked before the closing":      {exit.Told, sample.Supervisor, revoke, exit.Refused, ""},
		"not revoked afterwards":          {exit.Closed, sample.Supervisor, revoke, exit.Closed, "exit.refusal.state"},
		"not told outside the scope":      {exit.Agreed, sample.SiblingClerk, tell, exit.Agreed, "not found"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			u := centre(t)
			f := sample.File(t, u, casefile.Active)
			var id exit.ID
			must(t, by(u, sample.Clerk2, func() (err error) {
				id, err = exit.Propose(t.Context(), u, f.ID, outOfHardship(t, u, f))
				return err
			}))
			bring(t, u, id, test.state)
			told := ""
			if err := by(u, test.by, func() error { return test.act(u, id) }); errors.Is(err, work.ErrNotFound) {
				told = "not found"
			} else {
				told = sample.Told(t, err)
			}
			e, err := exit.Find(t.Context(), u, sample.Everywhere, id)
			if err != nil || e.State != test.want || told != test.told {
				t.Errorf("%s, told %q, %v; want %s, %q", e.State, told, err, test.want, test.told)
			}
		})
	}
}

// One proposal at a time; after a refusal there can be another.
func TestOneProposalAtATime(t *testing.T) {
	u := centre(t)
	f := sample.File(t, u, casefile.Active)
	id, err := exit.Propose(t.Context(), u, f.ID, outOfHardship(t, u, f))
	must(t, err)
	_, err = exit.Propose(t.Context(), u, f.ID, outOfHardship(t, u, f))
	if told := sample.Told(t, err); told != "exit.refusal.open" {
		t.Errorf("told %q", told)
	}
	bring(t, u, id, exit.Refused)
	id, err = exit.Propose(t.Context(), u, f.ID, outOfHardship(t, u, f))
	must(t, err)
	bring(t, u, id, exit.Closed)
	_, err = exit.Propose(t.Context(), u, f.ID, outOfHardship(t, u, f))
	if told := sample.Told(t, err); told != "exit.refusal.active" {
		t.Errorf("told %q", told)
	}
}

// The worker is told on a day between the assessment and today.
func TestTheDayOfTelling(t *testing.T) {
	u := centre(t)
	f := sample.File(t, u, casefile.Active)
	id, err := exit.Propose(t.Context(), u, f.ID, outOfHardship(t, u, f))
	must(t, err)
	bring(t, u, id, exit.Agreed)
	for on, want := range map[day.Date]string{u.Today().Add(-1): "exit.refusal.before_assessed", u.Today().Add(1): "exit.refusal.future", {}: "exit.refusal.future", u.Today(): ""} {
		tx, err := u.Begin(t.Context())
		must(t, err)
		told := sample.Told(t, exit.Tell(t.Context(), work.NewUnit(tx, u.Now, u.By), id, exit.Telling{On: on, How: "hand", Whom: "王建国"}))
		if told != want {
			t.Errorf("told on %v: %q, want %q", on, told, want)
		}
		must(t, tx.Rollback(t.Context()))
	}
}

// With three days of posting the file is closed on the fourth day after the posting, and not before; the day of posting
// is not counted. Whether the worker is told before or after it makes no difference.
func TestPosting(t *testing.T) {
	for _, toldFirst := range []bool{false, true} {
		t.Run(fmt.Sprintf("told first %v", toldFirst), func(t *testing.T) { posting(t, toldFirst) })
	}
}

func posting(t *testing.T, toldFirst bool) {
	u := centre(t)
	must(t, by(u, sample.Admin, func() error {
		return exit.AddRule(t.Context(), u, exit.Rule{From: u.Today(), Months: 6, Percent: 100, PostedDays: 3, Callbacks: []int{3}, Source: "规定"})
	}))
	f := sample.File(t, u, casefile.Active)
	id, err := exit.Propose(t.Context(), u, f.ID, outOfHardship(t, u, f))
	must(t, err)
	bring(t, u, id, exit.Agreed)
	post := func() error { return exit.Post(t.Context(), u, id, u.Today(), "公告栏") }
	tell := func() error {
		return exit.Tell(t.Context(), u, id, exit.Telling{On: u.Today(), How: "hand", Whom: "王建国"})
	}
	closing := func(want string, waits bool) {
		t.Helper()
		e, err := exit.Find(t.Context(), u, sample.Supervisor.Scope, id)
		must(t, err)
		if e.Waits(u.Today()) != waits {
			t.Errorf("on %v it waits: %v", u.Today(), !waits)
		}
		if told := sample.Told(t, by(u, sample.Supervisor, func() error { return exit.Close(t.Context(), u, id) })); told != want {
			t.Errorf("closed on %v: %q, want %q", u.Today(), told, want)
		}
	}
	if told := sample.Told(t, exit.Post(t.Context(), u, id, u.Today().Add(1), "公告栏")); told != "exit.refusal.future" {
		t.Errorf("posted tomorrow: %q", told)
	}
	if toldFirst {
		must(t, tell())
		closing("exit.refusal.posted", true)
		must(t, post())
	} else {
		must(t, post())
		must(t, tell())
	}
	if told := sample.Told(t, post()); told != "exit.refusal.state" {
		t.Errorf("posted again after the worker was told: %q", told)
	}
	u.Now = u.Now.AddDate(0, 0, 3)
	closing("exit.refusal.posted", true)
	u.Now = u.Now.AddDate(0, 0, 1)
	closing("", false)
}

// Nothing is posted where the rule does not ask for it.
func TestNoPosting(t *testing.T) {
	u := centre(t)
	f := sample.File(t, u, casefile.Active)
	id, err := exit.Propose(t.Context(), u, f.ID, outOfHardship(t, u, f))
	must(t, err)
	bring(t, u, id, exit.Agreed)
	if told := sample.Told(t, exit.Post(t.Context(), u, id, u.Today(), "公告栏")); told != "exit.refusal.no_posting" {
		t.Errorf("told %q", told)
	}
}

func TestListsPageByKey(t *testing.T) {
	u := centre(t)
	for range 5 {
		f := sample.File(t, u, casefile.Active)
		_, err := exit.Propose(t.Context(), u, f.ID, outOfHardship(t, u, f))
		must(t, err)
	}
	var seen []exit.ID
	var below exit.ID
	for {
		page, next, err := exit.ListOf(t.Context(), u, sample.Clerk.Scope, below, 2, exit.ToAssess)
		must(t, err)
		for _, e := range page {
			seen = append(seen, e.ID)
		}
		if below = next; below == 0 {
			break
		}
	}
	if len(seen) != 5 || !slices.IsSortedFunc(seen, func(a, b exit.ID) int { return int(b - a) }) {
		t.Errorf("%v", seen)
	}
	counts, err := exit.Waiting(t.Context(), u, sample.Clerk.Scope)
	if err != nil || counts[exit.ToAssess] != 5 || counts[exit.ToTell] != 0 {
		t.Errorf("%v, %v", counts, err)
	}
	if counts, err = exit.Waiting(t.Context(), u, sample.SiblingClerk.Scope); err != nil || counts[exit.ToAssess] != 0 {
		t.Errorf("%v, %v", counts, err)
	}
}
