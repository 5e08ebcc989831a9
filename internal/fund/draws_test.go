package fund_test

import (
	"context"
	"math/rand/v2"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/fund"
	"bangfu/internal/money"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

const (
	draws   = 10_000
	workers = 16
)

// TestParallelDraws lets sixteen people reserve and release money of two accounts at the same time, 10,000 times, with
// far less money than they ask for. No account goes below zero, nobody is refused money that was there, and both ways
// to add up agree. The isolation level is left at read committed. (reliability.md F7)
func TestParallelDraws(t *testing.T) {
	db := pgtest.DB(t)
	var accounts [2]fund.AccountID
	err := work.Do(t.Context(), db.App, pgtest.Now, sample.Accountant, func(u *work.Unit) error {
		sample.Centre(t, u)
		for i, source := range []fund.Source{fund.City, fund.Dues} {
			id, err := fund.Open(t.Context(), u, source, fund.Living, 2026)
			if err != nil {
				return err
			}
			receive(t, u, id, 100_000, "进账单")
			accounts[i] = id
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	amounts := approved(t, db, accounts, rand.New(rand.NewPCG(seed, 0)))

	var next, refusals atomic.Int64
	var drawn [2]atomic.Int64
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			for {
				n := next.Add(1)
				if n > draws || t.Failed() {
					return
				}
				hold := fund.Hold{Grant: n, Attempt: 1, Amount: amounts[n-1], Reason: "并发预留"}
				side := n % 2
				err := work.Do(t.Context(), db.App, pgtest.Now, sample.GroupHead, func(u *work.Unit) error {
					return fund.Reserve(t.Context(), u, accounts[side], hold)
				})
				switch refusal, refused := work.AsRefusal(err); {
				case err == nil:
					drawn[side].Add(int64(hold.Amount))
				case refused && refusal.Key == "fund.refusal.short" && refusal.Args[1].(money.Amount) < hold.Amount:
					refusals.Add(1)
				default:
					t.Errorf("draw %d: %v", n, err)
				}
			}
		})
	}
	all.Wait()

	for i, id := range accounts {
		a, err := fund.Find(t.Context(), db.App, work.Everywhere, id)
		if err != nil {
			t.Fatal(err)
		}
		if left := money.Yuan(100_000) - money.Amount(drawn[i].Load()); a.Available != left || a.Available < 0 || a.Reserved != money.Yuan(100_000)-left {
			t.Errorf("account %d: %+v; drawn %v", i, a.Balances, drawn[i].Load())
		}
	}
	if refusals.Load() == 0 || refusals.Load() == draws {
		t.Errorf("%d of %d refused: the test says nothing", refusals.Load(), draws)
	}
	if faults, err := fund.Verify(t.Context(), db.App); err != nil || len(faults) != 0 {
		t.Errorf("%v, %v", faults, err)
	}
}

// approved lays 10,000 approved grants of random sums, odd ones on the second account. They are no subject of this
// test, so the owner writes them with the tables' rules about files, notices and decisions stopped.
func approved(t *testing.T, db *pgtest.Database, accounts [2]fund.AccountID, dice *rand.Rand) []money.Amount {
	t.Helper()
	amounts := make([]money.Amount, draws)
	for i := range amounts {
		amounts[i] = money.Amount(1 + dice.Int64N(10_000))
	}
	tx, err := db.Owner.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(t.Context())) }() // does nothing after a commit
	args := pgx.NamedArgs{"org": sample.County, "who": sample.Clerk.StaffID, "now": pgtest.Now, "group": sample.GroupID,
		"committee": sample.CommitteeID, "even": accounts[0], "odd": accounts[1], "amounts": amounts}
	for statement := range strings.SplitSeq(approvedSQL, ";") {
		if _, err := tx.Exec(t.Context(), statement, args); err != nil {
			t.Fatalf("%v in %s", err, statement)
		}
	}
	if err := tx.Commit(t.Context()); err != nil {
		t.Fatal(err)
	}
	return amounts
}

const approvedSQL = `
	ALTER TABLE grant_application DISABLE TRIGGER USER;
	INSERT INTO casefile_file (id, org_id, org_path, state, registered_by, registered_at)
	VALUES (1, @org, '', 'draft', @who, @now);
	INSERT INTO casefile_card (id, file_id, holder, bank, branch, number_sealed, number_index, entered_by, entered_at, state)
	VALUES (1, 1, '测试', '测试银行', '', '\x00', decode(repeat('00', 32), 'hex'), @who, @now, 'current');
	INSERT INTO grant_application (id, file_id, org_id, org_path, terms_id, purpose, cause, reason, facts, ceiling_fen, amount_fen,
		window_fen, tier, state, account_id, group_id, committee_id, card_id, entered_by, entered_at, waiting_at, decided_at)
	SELECT n, 1, @org, '', t.id, 'living', 1, '并发', '{}', fen, fen, fen, 'head', 'approved',
		CASE n % 2 WHEN 0 THEN @even::bigint ELSE @odd::bigint END, @group, @committee, 1, @who, @now, @now, @now
	FROM unnest(@amounts::bigint[]) WITH ORDINALITY l (fen, n), grant_terms t WHERE t.purpose = 'living';
	ALTER TABLE grant_application ENABLE TRIGGER USER`
