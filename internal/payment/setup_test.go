package payment_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"bangfu/internal/fund"
	"bangfu/internal/money"
	"bangfu/internal/payment"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// format is the UTF-8 format that the migration brings.
const format payment.FormatID = 1

// centre is a unit with the sample tree and an account of the county with money.
func centre(t *testing.T, yuan int64) (*work.Unit, fund.AccountID) {
	t.Helper()
	u := pgtest.Unit(t, sample.Cashier)
	sample.Centre(t, u)
	return u, sample.Fund(t, u, money.Yuan(yuan))
}

// as lets somebody act for a moment.
func as(u *work.Unit, who work.Actor, fn func()) {
	before := u.By
	u.By = who
	fn()
	u.By = before
}

// three awards three households 100.00, 200.00 and 300.00.
func three(t *testing.T, u *work.Unit, account fund.AccountID) []payment.PayableID {
	t.Helper()
	var ids []payment.PayableID
	for i, holder := range []string{"王建国", "𠮷田秀英", "赵小兰"} {
		ids = append(ids, sample.Award(t, u, sample.PaidTo(t, u, i, holder), account, money.Yuan(int64(100*(i+1)))))
	}
	return ids
}

// released makes a batch by the cashier and releases it by the accountant.
func released(t *testing.T, u *work.Unit, ids []payment.PayableID) payment.Batch {
	t.Helper()
	var id payment.BatchID
	var err error
	as(u, sample.Cashier, func() { id, err = payment.Make(t.Context(), u, ids, format) })
	if err != nil {
		t.Fatal(err)
	}
	as(u, sample.Accountant, func() { err = payment.Release(t.Context(), u, sample.Keys(), id) })
	if err != nil {
		t.Fatal(err)
	}
	b, err := payment.FindBatch(t.Context(), u, sample.Everywhere, id)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// row is one row of an answer to the nth line of a batch.
func row(t *testing.T, u *work.Unit, b payment.Batch, n int, result, reason string) string {
	t.Helper()
	lines, err := payment.Lines(t.Context(), u, sample.Cashier, b, n-1, 1)
	if err != nil || len(lines) != 1 {
		t.Fatal(lines, err)
	}
	l := lines[0]
	return fmt.Sprintf("%s,%s,%s,%s,%s,%s\n", l.Reference, l.Payable.HeadName, sample.Cards[(n-1)%len(sample.Cards)], l.Amount, result, reason)
}

const answerHead = "业务参考号,户名,卡号,金额,结果,失败原因\n"

// answer lets the cashier read an answer of these rows.
func answer(t *testing.T, u *work.Unit, b payment.Batch, rows ...string) (payment.Outcome, error) {
	t.Helper()
	var out payment.Outcome
	var err error
	as(u, sample.Cashier, func() {
		out, err = payment.Answer(t.Context(), u, sample.Keys(), b.ID, []byte(answerHead+strings.Join(rows, "")))
	})
	return out, err
}

// standing writes how everything stands, one line a payable and one for the account.
func standing(t *testing.T, u *work.Unit, account fund.AccountID, ids ...payment.PayableID) string {
	t.Helper()
	var text strings.Builder
	for _, id := range ids {
		p, err := payment.Find(t.Context(), u, sample.Cashier, id)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&text, "%v %s %d %s\n", p.Amount, p.State, p.Attempt, p.Reason)
	}
	a, err := fund.Find(t.Context(), u, sample.Everywhere, account)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(&text, "available %v reserved %v paid %v\n", a.Available, a.Reserved, a.Paid)
	return text.String()
}

// holds makes the deferred rules of the database speak.
func holds(t *testing.T, u *work.Unit) {
	t.Helper()
	if _, err := u.Exec(t.Context(), "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED"); err != nil {
		t.Fatal(err)
	}
	if faults, err := fund.Verify(t.Context(), u); err != nil || len(faults) != 0 {
		t.Fatal(faults, err)
	}
	if faults, err := payment.VerifyFiles(t.Context(), u, sample.Keys()); err != nil || len(faults) != 0 {
		t.Fatal(faults, err)
	}
}

// apart runs fn in a savepoint with the deferred rules speaking at its end; a refusal leaves the test's transaction as
// it was.
func apart(t *testing.T, u *work.Unit, fn func(*work.Unit) error) error {
	t.Helper()
	tx, err := u.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err = fn(work.NewUnit(tx, u.Now, u.By)); err == nil {
		_, err = tx.Exec(t.Context(), "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
	}
	if err == nil {
		err = tx.Commit(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return nil
	}
	if undo := tx.Rollback(t.Context()); undo != nil {
		t.Fatal(undo)
	}
	return err
}

// refusedBy gives the name of the rule of the database that refused, or the code when it carries none.
func refusedBy(err error) string {
	var pg *pgconn.PgError
	if !errors.As(err, &pg) {
		return ""
	}
	if pg.ConstraintName != "" {
		return pg.ConstraintName
	}
	return pg.Code
}
