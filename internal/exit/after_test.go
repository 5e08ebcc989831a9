package exit_test

import (
	"strings"
	"testing"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/exit"
	"bangfu/internal/money"
	"bangfu/internal/move"
	"bangfu/internal/payment"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// False information: each paid grant is listed, no more is claimed than was paid, no more comes back than was claimed,
// and whoever books it is of the paying side.
func TestRecovery(t *testing.T) {
	u := centre(t)
	f, payable := paid(t, u, money.Yuan(400))
	propose := func(claims ...exit.Claim) (exit.ID, error) {
		return exit.Propose(t.Context(), u, f.ID, exit.Proposal{Reason: exit.False, Grounds: "收入不实", Papers: papersOf(t, u, f), Claims: claims})
	}
	for name, test := range map[string]struct {
		claims []exit.Claim
		told   string
	}{
		"nothing said of it":   {nil, "exit.refusal.claims"},
		"of another payable":   {[]exit.Claim{{Payable: payable + 1, Amount: 1}}, "exit.refusal.claims"},
		"a fen more than paid": {[]exit.Claim{{Payable: payable, Amount: 40001}}, "exit.refusal.claim_over"},
	} {
		_, err := propose(test.claims...)
		if told := sample.Told(t, err); told != test.told {
			t.Errorf("%s: told %q, want %q", name, told, test.told)
		}
	}
	id, err := propose(exit.Claim{Payable: payable, Amount: 40000})
	must(t, err)
	bring(t, u, id, exit.Closed)
	receive := func(who work.Actor, amount money.Amount, on day.Date) string {
		return sample.Told(t, by(u, who, func() error {
			return exit.Receive(t.Context(), u, id, exit.Receipt{Amount: amount, ReceivedOn: on, Paper: "收据 1 号"})
		}))
	}
	today := u.Today()
	for _, step := range []struct {
		who    work.Actor
		amount money.Amount
		on     day.Date
		told   string
	}{
		{sample.Accountant, 40001, today, "exit.refusal.receipt_over"},
		{sample.Accountant, 100, today.Add(1), "exit.refusal.future"},
		{sample.Accountant, 100, today.Add(-1), "exit.refusal.before_closed"},
		{sample.Supervisor, 100, today, "exit.refusal.sides"},
		{sample.Accountant, 15000, today, ""},
		{sample.Accountant, 25001, today, "exit.refusal.receipt_over"},
		{sample.Accountant, 25000, today, ""},
		{sample.Accountant, 1, today, "exit.refusal.receipt_over"},
	} {
		if told := receive(step.who, step.amount, step.on); told != step.told {
			t.Errorf("%s by %s: told %q, want %q", step.amount, step.who.Name, told, step.told)
		}
	}
	claim, proof, err := exit.FindRecovery(t.Context(), u, sample.Accountant.Scope, id)
	if err != nil || claim.Open() != 0 || claim.Claimed != money.Yuan(400) || len(proof.Receipts) != 2 {
		t.Errorf("%+v, %v", claim, err)
	}
	list, next, err := exit.Recoveries(t.Context(), u, sample.Accountant.Scope, 0, 10)
	if err != nil || len(list) != 1 || next != 0 {
		t.Errorf("%d claims, %v", len(list), err)
	}
}

// paid is an active household whose grant was paid by the bank.
func paid(t *testing.T, u *work.Unit, amount money.Amount) (casefile.File, int64) {
	t.Helper()
	account := sample.Fund(t, u, money.Yuan(10000))
	f := sample.File(t, u, casefile.Active)
	payable := sample.Award(t, u, f, account, amount)
	settle(t, u, payable)
	return f, int64(payable)
}

// What was paid under a file that was merged into another is claimed back with the one that goes on: the people are the
// same, and so was their word. A claim without it lacks something.
func TestWhatAMergedFileHadIsClaimedToo(t *testing.T) {
	u := centre(t)
	f, payable := paid(t, u, money.Yuan(400))
	into := sample.File(t, u, casefile.Active, func(h *sample.Household) {
		h.Head.Name, h.Card.Holder, h.Card.Number = "周丽华", "周丽华", sample.Cards[2]
	})
	r := move.Request{Kind: move.Merge, Why: "twice", Reason: "同户重复建档", Number: into.Number}
	people, err := casefile.People(t.Context(), u, sample.Keys(), f.ID)
	must(t, err)
	for _, p := range people {
		r.Goes, r.Relations = append(r.Goes, p.ID), append(r.Relations, "other")
	}
	var merge move.ID
	must(t, by(u, sample.Clerk2, func() (err error) {
		merge, err = move.Ask(t.Context(), u, f.ID, r)
		return err
	}))
	must(t, by(u, sample.Supervisor, func() error { return move.Decide(t.Context(), u, merge, true, "") }))
	all, err := exit.PaidTo(t.Context(), u, into.ID)
	if err != nil || len(all) != 1 || all[0].Payable != payable || all[0].Amount != money.Yuan(400) {
		t.Fatalf("paid: %+v, %v", all, err)
	}
	if ledger, err := payment.AidOf(t.Context(), u, sample.Clerk, into.ID); err != nil || len(ledger) != 1 || ledger[0].Amount != money.Yuan(400) {
		t.Errorf("the ledger of aid of the household has %+v, %v", ledger, err)
	}
	p := exit.Proposal{Reason: exit.False, Grounds: "隐瞒收入", Papers: papersOf(t, u, into)}
	_, err = exit.Propose(t.Context(), u, into.ID, p)
	if told := sample.Told(t, err); told != "exit.refusal.claims" {
		t.Errorf("without a claim: %q", told)
	}
	p.Claims = []exit.Claim{{Payable: payable, Amount: money.Yuan(400)}}
	id, err := exit.Propose(t.Context(), u, into.ID, p)
	must(t, err)
	bring(t, u, id, exit.Closed)
	if claim, _, err := exit.FindRecovery(t.Context(), u, sample.Everywhere, id); err != nil || claim.Claimed != money.Yuan(400) {
		t.Errorf("claimed %s, %v", claim.Claimed, err)
	}
}

// settle lets the bank pay a payable.
func settle(t *testing.T, u *work.Unit, payable payment.PayableID) {
	t.Helper()
	var batch payment.BatchID
	must(t, by(u, sample.Cashier, func() (err error) {
		batch, err = payment.Make(t.Context(), u, []payment.PayableID{payable}, 1)
		return err
	}))
	must(t, by(u, sample.Accountant2, func() error { return payment.Release(t.Context(), u, sample.Keys(), batch) }))
	must(t, by(u, sample.Cashier, func() error {
		_, file, err := payment.Download(t.Context(), u, sample.Keys(), batch)
		must(t, err)
		lines := strings.Split(strings.TrimSpace(string(file)), "\r\n")
		_, err = payment.Answer(t.Context(), u, sample.Keys(), batch, []byte(lines[0]+",结果,失败原因\r\n"+lines[1]+",成功,\r\n"))
		return err
	}))
}

// Money on its way, an application without an answer and a grant paid since hold a closing up.
func TestWhatHoldsAClosingUp(t *testing.T) {
	u := centre(t)
	account := sample.Fund(t, u, money.Yuan(10000))
	// Once the exit is agreed to, nobody applies any more: what is applied for before may be paid after.
	told := func(f casefile.File, p exit.Proposal, before, after func()) string {
		id, err := exit.Propose(t.Context(), u, f.ID, p)
		must(t, err)
		before()
		bring(t, u, id, exit.Told)
		after()
		return sample.Told(t, by(u, sample.Supervisor, func() error { return exit.Close(t.Context(), u, id) }))
	}
	f := sample.File(t, u, casefile.Active)
	if got := told(f, outOfHardship(t, u, f), func() { sample.Award(t, u, f, account, money.Yuan(100)) }, func() {}); got != "exit.refusal.unpaid" {
		t.Errorf("money on its way: %q", got)
	}
	f = sample.File(t, u, casefile.Active)
	if got := told(f, outOfHardship(t, u, f), func() { sample.Signed(t, u, f, account, money.Yuan(100)) }, func() {}); got != "exit.refusal.applied" {
		t.Errorf("an application without an answer: %q", got)
	}
	f = sample.File(t, u, casefile.Active)
	lying := exit.Proposal{Reason: exit.False, Grounds: "收入不实", Papers: papersOf(t, u, f)}
	var payable payment.PayableID
	if got := told(f, lying, func() { payable = sample.Award(t, u, f, account, money.Yuan(100)) }, func() { settle(t, u, payable) }); got != "exit.refusal.claims_since" {
		t.Errorf("a grant paid since: %q", got)
	}
}

func TestCallbacks(t *testing.T) {
	u := centre(t)
	f := sample.File(t, u, casefile.Closed)
	exits, err := exit.OfFile(t.Context(), u, sample.Everywhere, f.ID)
	must(t, err)
	callbacks, err := exit.CallbacksOf(t.Context(), u, exits[0].ID)
	must(t, err)
	first := callbacks[0] // due on 2027-02-22
	call := func(now time.Time, on day.Date, result exit.Result, note string) string {
		tx, err := u.Begin(t.Context())
		must(t, err)
		defer func() { must(t, tx.Rollback(t.Context())) }()
		return sample.Told(t, exit.Call(t.Context(), work.NewUnit(tx, now, sample.Clerk2), first.ID, on, "phone", result, note))
	}
	later := day.Of(2027, 2, 25).Start().Add(10 * time.Hour)
	for name, test := range map[string]struct {
		on     day.Date
		result exit.Result
		note   string
		told   string
	}{
		"on its day":                   {day.Of(2027, 2, 22), exit.Stable, "", ""},
		"thirty days before":           {day.Of(2027, 1, 23), exit.Stable, "", ""},
		"thirty-one days before":       {day.Of(2027, 1, 22), exit.Stable, "", "exit.refusal.early"},
		"tomorrow":                     {day.Of(2027, 2, 26), exit.Stable, "", "exit.refusal.future"},
		"needs help, and nothing said": {day.Of(2027, 2, 22), exit.NeedsHelp, "", "exit.refusal.note"},
		"needs help":                   {day.Of(2027, 2, 22), exit.NeedsHelp, "想学一门手艺", ""},
	} {
		if told := call(later, test.on, test.result, test.note); told != test.told {
			t.Errorf("%s: told %q, want %q", name, told, test.told)
		}
	}
	u.Now = later
	must(t, exit.Call(t.Context(), u, first.ID, day.Of(2027, 2, 22), "home", exit.Relapse, "失业"))
	if told := sample.Told(t, exit.Call(t.Context(), u, first.ID, day.Of(2027, 2, 23), "home", exit.Stable, "")); told != "exit.refusal.called" {
		t.Errorf("a second time: %q", told)
	}
}

// The list of callbacks has those due by a day, the oldest first, page by page, each once.
func TestDueCallbacks(t *testing.T) {
	u := centre(t)
	for range 5 {
		sample.File(t, u, casefile.Closed)
	}
	sample.File(t, u, casefile.Closed, func(h *sample.Household) { h.By = sample.UnitClerk })
	count := func(scope work.Scope, until day.Date) int {
		seen, after := map[exit.CallbackID]bool{}, exit.Cursor{}
		for range 10 {
			page, next, err := exit.Due(t.Context(), u, scope, until, after, 2)
			must(t, err)
			for _, c := range page {
				if seen[c.ID] {
					t.Errorf("callback %d twice", c.ID)
				}
				seen[c.ID] = true
			}
			if after = next; after.ID == 0 {
				return len(seen)
			}
		}
		return -1
	}
	for _, test := range []struct {
		scope work.Scope
		until day.Date
		want  int
	}{
		{sample.Clerk.Scope, day.Of(2027, 2, 21), 0}, {sample.Clerk.Scope, day.Of(2027, 2, 22), 6}, {sample.Clerk.Scope, day.Of(2027, 5, 22), 12},
		{sample.UnitClerk.Scope, day.Of(2027, 2, 22), 1}, {sample.SiblingClerk.Scope, day.Of(2030, 1, 1), 0},
	} {
		if got := count(test.scope, test.until); got != test.want {
			t.Errorf("%d callbacks until %v, want %d", got, test.until, test.want)
		}
	}
}
