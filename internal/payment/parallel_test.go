package payment_test

import (
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"bangfu/internal/fund"
	"bangfu/internal/money"
	"bangfu/internal/payment"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// atOnce runs fn twenty times at the same moment, each in a unit that really commits, and counts those that did it.
func atOnce(t *testing.T, db *pgtest.Database, who work.Actor, fn func(*work.Unit) (bool, error)) int64 {
	t.Helper()
	var did atomic.Int64
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			var effect bool
			err := work.Do(t.Context(), db.App, pgtest.Now, who, func(u *work.Unit) (err error) {
				effect, err = fn(u)
				return err
			})
			_, refused := work.AsRefusal(err)
			switch {
			case err == nil && effect:
				did.Add(1)
			case err != nil && !refused && !errors.Is(err, work.ErrStale):
				t.Error(err)
			}
		})
	}
	all.Wait()
	return did.Load()
}

// Twenty people press the same button at once: one batch, one release, one effect of one answer, one new attempt. The
// isolation level is left at read committed.
func TestTheSameActAtOnce(t *testing.T) {
	db := pgtest.DB(t)
	var account fund.AccountID
	var ids []payment.PayableID
	err := work.Do(t.Context(), db.App, pgtest.Now, sample.Cashier, func(u *work.Unit) error {
		sample.Centre(t, u)
		account = sample.Fund(t, u, money.Yuan(1000))
		ids = three(t, u, account)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	ctx := t.Context()
	once := func(what string, who work.Actor, fn func(*work.Unit) (bool, error)) {
		if n := atOnce(t, db, who, fn); n != 1 {
			t.Errorf("%s: %d times", what, n)
		}
	}
	once("make", sample.Cashier, func(u *work.Unit) (bool, error) {
		_, err := payment.Make(ctx, u, ids, format)
		return true, err
	})
	batches, err := payment.ListBatches(ctx, db.App, work.Everywhere, "", 0, 10)
	if err != nil || len(batches) != 1 {
		t.Fatalf("%d batches, %v", len(batches), err)
	}
	id := batches[0].ID
	once("release", sample.Accountant, func(u *work.Unit) (bool, error) {
		return true, payment.Release(ctx, u, sample.Keys(), id)
	})
	n := batches[0].Number
	file := []byte(answerHead + strings.Join([]string{n + "-0001,,0018,100.00,成功,", n + "-0002,,4213,200.00,失败,销户", n + "-0003,,0128,300.00,成功,"}, "\n"))
	once("answer", sample.Cashier, func(u *work.Unit) (bool, error) {
		out, err := payment.Answer(ctx, u, sample.Keys(), id, file)
		return out.Paid+out.Failed > 0, err
	})
	once("retry", sample.Accountant, func(u *work.Unit) (bool, error) {
		return true, payment.Decide(ctx, u, ids[1], payment.ActRetry, "再试")
	})
	u := work.NewUnit(nil, pgtest.Now, sample.Cashier)
	if u.Tx, err = db.App.Begin(ctx); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = u.Rollback(ctx) }() // it only reads
	want := "100.00 paid 1 \n200.00 ready 2 \n300.00 paid 1 \navailable 400.00 reserved 200.00 paid 400.00\n"
	if got := standing(t, u, account, ids...); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	holds(t, u)
}
