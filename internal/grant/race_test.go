package grant_test

import (
	"fmt"
	"sync"
	"testing"

	"bangfu/internal/grant"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// together runs n people at the same moment and counts what each was told.
func together(n int, run func(i int) string) map[string]int {
	told := map[string]int{}
	var mu sync.Mutex
	var ready, done sync.WaitGroup
	start := make(chan struct{})
	for i := range n {
		ready.Add(1)
		done.Go(func() {
			ready.Done()
			<-start
			answer := run(i)
			mu.Lock()
			told[answer]++
			mu.Unlock()
		})
	}
	ready.Wait()
	close(start)
	done.Wait()
	return told
}

// answer gives what one deed on a real database led to, without ending the test from another goroutine.
func answer(o *office, by work.Actor, id grant.ApplicationID, act grant.Act) string {
	var outcome grant.Outcome
	err := o.do(by, func(u *work.Unit) (err error) {
		outcome, err = grant.Decide(o.t.Context(), u, id, grant.Deed{Act: act, Opinion: "同意", Account: o.fund["living"]})
		return err
	})
	if refusal, ok := work.AsRefusal(err); ok {
		return refusal.Key
	}
	if err != nil {
		return err.Error()
	}
	return string(outcome)
}

// F6: a hundred at once want the last free sign-off; one has it, the others are told clearly.
func TestAHundredSignTheLastSignOff(t *testing.T) {
	db := pgtest.DB(t)
	o := newOffice(t, db.App)
	id := o.living("300.00")
	got := together(100, func(int) string { return answer(o, sample.Officer, id, grant.ActReview) })
	if got["reviewed"] != 1 || got["grant.refusal.step"]+got["grant.refusal.state"] != 99 {
		t.Errorf("reviews: %v", got)
	}
	got = together(100, func(int) string { return answer(o, sample.GroupHead, id, grant.ActSign) })
	if got["granted"] != 1 || got["grant.refusal.state"] != 99 {
		t.Errorf("signatures: %v", got)
	}
	rows := o.table(`SELECT (SELECT count(*) FROM grant_decision WHERE step = 'review'), (SELECT count(*) FROM grant_decision WHERE step = 'sign'),
		(SELECT count(*) FROM payment_payable), (SELECT count(*) FROM fund_entry WHERE kind = 'reserve')`)
	if rows != "1 1 1 1" {
		t.Errorf("reviews, signatures, payables, reservations: %s", rows)
	}
}

// Two members whose votes decide together: whoever comes second sees the first.
func TestVotesAtTheSameMoment(t *testing.T) {
	db := pgtest.DB(t)
	o := newOffice(t, db.App)
	for range 10 {
		id := o.illness("6000", "1")
		o.want("reviewed", o.decide(sample.Officer, id, grant.ActReview))
		members := []work.Actor{sample.GroupHead, sample.GroupMember, sample.GroupMember2}
		got := together(3, func(i int) string { return answer(o, members[i], id, grant.ActApprove) })
		if got["voted"] != 1 || got["passed"] != 1 || got["grant.refusal.step"]+got["grant.refusal.office"] != 1 {
			t.Fatalf("%v", got)
		}
	}
}

// F8: ten requests of one household around a boundary at the same moment. In whatever order they come, each one's
// tier is that of its place in the sum: of two requests of 300.00 only the first is the head's alone.
func TestParallelRequestsAreTieredBySum(t *testing.T) {
	db := pgtest.DB(t)
	o := newOffice(t, db.App)
	for _, amount := range []string{"100.00", "249.99", "250.00", "300.00", "499.99", "500.00"} {
		got := together(10, func(i int) string {
			err := o.do(sample.Clerk, func(u *work.Unit) error {
				_, err := grant.Apply(t.Context(), u, o.file.ID, "living", grant.Request{Cause: 6, Reason: fmt.Sprint(i), Amount: o.yuan(amount)})
				return err
			})
			return fmt.Sprint(err)
		})
		if got["<nil>"] != 10 {
			t.Fatalf("%v", got)
		}
		wrong := o.table(`SELECT a.id, a.window_fen, a.tier, n.sum FROM grant_application a
			JOIN (SELECT id, sum(amount_fen) OVER (ORDER BY id) AS sum FROM grant_application WHERE state = 'submitted') n ON n.id = a.id
			JOIN grant_tier r ON r.amounts @> n.sum::bigint
			WHERE a.state = 'submitted' AND (a.window_fen <> n.sum OR a.tier <> r.body OR grant_window(a) <> n.sum)`)
		if wrong != "" {
			t.Errorf("ten of %s:\n%s", amount, wrong)
		}
		if _, err := db.Owner.Exec(t.Context(), `UPDATE grant_application SET state = 'withdrawn', step = NULL WHERE state = 'submitted'`); err != nil {
			t.Fatal(err)
		}
	}
}

// Signing one while another's amount rises: the signature is of the tier that the sum has when it is given.
func TestSignatureAgainstAGrowingWindow(t *testing.T) {
	db := pgtest.DB(t)
	o := newOffice(t, db.App)
	first, second := o.living("100.00"), o.living("350.00")
	o.pass(first)
	o.pass(second)
	got := together(2, func(i int) string {
		if i == 0 {
			return answer(o, sample.GroupHead, second, grant.ActSign)
		}
		err := o.do(sample.GroupHead, func(u *work.Unit) error {
			_, err := grant.Decide(t.Context(), u, first, grant.Deed{Act: grant.ActSetAmount, Opinion: "核定", Amount: 45_000})
			return err
		})
		return fmt.Sprint(err)
	})
	c := o.find(second)
	signed := got["granted"] == 1 && c.State == grant.Approved && c.WindowSum == o.yuan("450") && c.Tier == grant.HeadAlone
	moved := got["escalated"] == 1 && c.State == grant.InApproval && c.WindowSum == o.yuan("800") && c.Tier == grant.GroupTier
	if !signed && !moved {
		t.Errorf("%v, %s with %s as %s", got, c.State, c.WindowSum, c.Tier)
	}
}
