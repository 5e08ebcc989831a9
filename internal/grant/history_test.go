package grant_test

import (
	"flag"
	"math/rand/v2"
	"slices"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/grant"
	"bangfu/internal/money"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

var again = flag.Uint64("seed", 0, "of the random history to walk again")

var everyAct = []grant.Act{grant.ActReview, grant.ActApprove, grant.ActAgainst, grant.ActAbstain, grant.ActClose,
	grant.ActSetAmount, grant.ActSign, grant.ActReturn, grant.ActRefuse, grant.ActResubmit, grant.ActWithdraw}

// Random people try random acts on a household's applications. What Acts offers succeeds, what it does not is refused;
// and whatever happens, the rows keep what must always hold. The seed is printed, to walk the same way again.
func TestRandomHistories(t *testing.T) {
	seed := *again
	if seed == 0 {
		seed = rand.Uint64()
	}
	t.Logf("walk the same way with -seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 1))
	o := inTx(t)
	people := []work.Actor{sample.Clerk, sample.Officer, sample.GroupHead, sample.GroupMember, sample.GroupMember2, sample.Chair,
		sample.Committee, sample.Committee2, sample.Supervisor, sample.Cashier}
	var filed []grant.ApplicationID
	done := map[grant.Act]int{}
	for range 300 {
		if len(filed) < 4 || random.IntN(12) == 0 {
			filed = append(filed, o.randomRequest(random))
			continue
		}
		id, by, act := filed[len(filed)-1-random.IntN(4)], people[random.IntN(len(people))], everyAct[random.IntN(len(everyAct))]
		if whose := turn[o.find(id).Step]; len(whose) > 0 && random.IntN(5) > 0 {
			by = whose[random.IntN(len(whose))]
		}
		c := o.findAs(by, id)
		offered := c.Acts(by)
		// Now anything, now something offered, mostly something that goes on.
		if onward := slices.DeleteFunc(slices.Clone(offered), unwelcome); len(onward) > 0 && random.IntN(9) > 3 {
			act = onward[random.IntN(len(onward))]
		} else if len(offered) > 0 && random.IntN(4) > 0 {
			act = offered[random.IntN(len(offered))]
		}
		may := slices.Contains(offered, act)
		told := o.try(random, by, c, act)
		if may != (told == "") {
			t.Fatalf("%s by %s on application %d at %s %s: offered %v, told %q", act, by.Name, id, c.State, c.Step, may, told)
		}
		if told == "" {
			done[act]++
			o.alwaysTrue()
		}
	}
	if len(done) < 7 || done[grant.ActSign] == 0 {
		t.Errorf("too little happened: %v", done)
	}
}

// turn says whose step it is.
var turn = map[grant.Step][]work.Actor{
	grant.AtReview:    {sample.Officer},
	grant.AtGroup:     {sample.GroupHead, sample.GroupMember, sample.GroupMember2},
	grant.AtCommittee: {sample.Chair, sample.Committee, sample.Committee2},
	grant.AtSignature: {sample.GroupHead},
	grant.NoStep:      {sample.Clerk},
}

// unwelcome tells whether the act keeps a case from its grant.
func unwelcome(act grant.Act) bool {
	switch act {
	case grant.ActReview, grant.ActApprove, grant.ActClose, grant.ActSign, grant.ActResubmit:
		return false
	}
	return true
}

// randomRequest files living aid around the boundaries, or illness aid.
func (o *office) randomRequest(random *rand.Rand) grant.ApplicationID {
	amounts := []string{"1.00", "249.99", "499.99", "500.00", "999.99", "1000.00"}
	if random.IntN(3) == 0 {
		return o.illness("8000", "800")
	}
	id, told := o.apply("living", grant.Request{Amount: o.yuan(amounts[random.IntN(len(amounts))]),
		Cause: []casefile.Cause{casefile.SeriousIllness, casefile.Accident}[random.IntN(2)]})
	o.want("", told)
	return id
}

// try does one act and gives what it was refused by, "" when it was not.
func (o *office) try(random *rand.Rand, by work.Actor, c grant.Case, act grant.Act) string {
	o.t.Helper()
	return sample.Told(o.t, o.do(by, func(u *work.Unit) error {
		switch act {
		case grant.ActResubmit:
			return grant.Resubmit(o.t.Context(), u, c.ID, grant.Request{Reason: "补正", Amount: c.Amount, Facts: c.Facts})
		case grant.ActWithdraw:
			return grant.Withdraw(o.t.Context(), u, c.ID, "本人要求")
		}
		amount := money.Amount(random.Int64N(120_000)) % c.Ceiling
		if amount++; amount == c.Amount {
			amount = c.Ceiling - amount + 1
		}
		_, err := grant.Decide(o.t.Context(), u, c.ID, grant.Deed{Act: act, Opinion: "意见", Account: o.fund[c.Purpose], Amount: amount})
		return err
	}))
}

// alwaysTrue fails the test when a row breaks what must always hold: a step where there is one, a tier that is that of
// the sum, a whole chain and one reservation behind each approval and no other, no voice used twice.
func (o *office) alwaysTrue() {
	o.t.Helper()
	broken := o.table(`
		SELECT 'step', a.id FROM grant_application a WHERE (a.state IN ('submitted', 'in_approval')) <> (a.step IS NOT NULL)
		UNION ALL SELECT 'tier', a.id FROM grant_application a JOIN grant_terms t ON t.id = a.terms_id
		WHERE a.tier <> CASE t.approval WHEN 'tiered' THEN (SELECT r.body FROM grant_tier r WHERE r.amounts @> a.window_fen) ELSE t.approval END
		UNION ALL SELECT 'chain', a.id FROM grant_application a WHERE a.state = 'approved' AND grant_lacks(a) IS NOT NULL
		UNION ALL SELECT 'money', a.id FROM grant_application a WHERE (a.state = 'approved') <>
			((SELECT count(*) FROM fund_entry e JOIN fund_posting p ON p.entry_id = e.id AND p.pot = 'reserved'
			  WHERE e.subject = 'grant' AND e.subject_id = a.id AND e.kind = 'reserve' AND p.amount_fen = a.amount_fen) = 1)
		UNION ALL SELECT 'payable', a.id FROM grant_application a WHERE (a.state = 'approved') <>
			((SELECT count(*) FROM payment_payable p WHERE p.application_id = a.id AND p.amount_fen = a.amount_fen) = 1)
		UNION ALL SELECT 'after', d.application_id FROM grant_decision d JOIN grant_decision r ON r.application_id = d.application_id
		WHERE r.round = d.round AND r.id < d.id AND r.verdict IN ('return', 'refuse')
		UNION ALL SELECT 'ceiling', a.id FROM grant_application a WHERE a.amount_fen > a.ceiling_fen`)
	if broken != "" {
		o.t.Fatalf("broken:\n%s", broken)
	}
}
