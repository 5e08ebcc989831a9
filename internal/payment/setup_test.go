package payment_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
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
	return u, funded(t, u, yuan)
}

// funded opens an account for living aid and brings money in.
func funded(t *testing.T, u *work.Unit, yuan int64) fund.AccountID {
	t.Helper()
	var account fund.AccountID
	as(u, sample.Accountant, func() {
		var err error
		if account, err = fund.Open(t.Context(), u, fund.City, fund.Living, 2026); err != nil {
			t.Fatal(err)
		}
		if _, err = fund.Receive(t.Context(), u, account, fund.Receipt{Amount: money.Yuan(yuan), On: day.On(pgtest.Now), Paper: "进账单"}); err != nil {
			t.Fatal(err)
		}
	})
	return account
}

// as lets somebody act for a moment.
func as(u *work.Unit, who work.Actor, fn func()) {
	before := u.By
	u.By = who
	fn()
	u.By = before
}

// cards are numbers with a right check digit.
var cards = []string{"6228480402564890018", "6228480402637874213", "6222021234567890128", "6217001234567890122"}

// household makes an active file whose money goes to the nth card in the holder's name.
func household(t *testing.T, u *work.Unit, n int, holder string) casefile.File {
	t.Helper()
	return sample.File(t, u, casefile.Active, func(h *sample.Household) {
		h.Head.Name = holder
		h.Card.Holder, h.Card.Number = holder, cards[n%len(cards)]
	})
}

// signed writes an application of under 500.00 up to the point of its signature, as rows and by the people whose steps
// they are, and returns its id.
func signed(t *testing.T, u *work.Unit, file casefile.File, account fund.AccountID, amount money.Amount) int64 {
	t.Helper()
	card, err := casefile.CurrentCard(t.Context(), u, file.ID)
	if err != nil {
		t.Fatal(err)
	}
	var id int64
	args := pgx.NamedArgs{"file": file.ID, "org": file.OrgID, "fen": int64(amount), "account": account, "card": card.ID, "now": u.Now,
		"group": sample.GroupID, "committee": sample.CommitteeID, "clerk": sample.Clerk.StaffID,
		"officer": sample.Officer.StaffID, "head": sample.GroupHead.StaffID}
	err = u.QueryRow(t.Context(), `
		INSERT INTO grant_application (file_id, org_id, org_path, terms_id, purpose, cause, reason, facts, ceiling_fen, amount_fen,
			window_fen, tier, state, step, waiting_at, account_id, group_id, committee_id, entered_by, entered_at)
		SELECT @file, @org, '', t.id, 'living', 1, '生活困难', '{}', 500000, @fen, @fen, 'head', 'submitted', 'review', @now, @account,
			@group, @committee, @clerk, @now FROM grant_terms t WHERE t.purpose = 'living' RETURNING id`, args).Scan(&id)
	if err != nil {
		t.Fatal(err)
	}
	args["id"] = id
	for _, statement := range []string{
		`INSERT INTO grant_decision (application_id, round, step, verdict, opinion, amount_fen, staff_id, decided_at)
			VALUES (@id, 1, 'review', 'approve', '同意', @fen, @officer, @now)`,
		`UPDATE grant_application SET state = 'in_approval', step = 'sign', card_id = @card WHERE id = @id`,
		`INSERT INTO grant_decision (application_id, round, step, verdict, opinion, amount_fen, staff_id, decided_at)
			VALUES (@id, 1, 'sign', 'approve', '同意', @fen, @head, @now)`,
	} {
		if _, err := u.Exec(t.Context(), statement, args); err != nil {
			t.Fatal(err)
		}
	}
	return id
}

// awarded approves a grant of the file, reserves its money and gives its payable.
func awarded(t *testing.T, u *work.Unit, file casefile.File, account fund.AccountID, amount money.Amount) payment.PayableID {
	t.Helper()
	grant := signed(t, u, file, account, amount)
	var payable payment.PayableID
	as(u, sample.GroupHead, func() {
		ctx := t.Context()
		if _, err := u.Exec(ctx, `UPDATE grant_application SET state = 'approved', step = NULL, decided_at = $2 WHERE id = $1`, grant, u.Now); err != nil {
			t.Fatal(err)
		}
		if err := fund.Reserve(ctx, u, account, fund.Hold{Grant: grant, Attempt: 1, Amount: amount, Reason: "生活救助", File: file.ID}); err != nil {
			t.Fatal(err)
		}
		card, err := casefile.CurrentCard(ctx, u, file.ID)
		if err != nil {
			t.Fatal(err)
		}
		payable, err = payment.Add(ctx, u, payment.Due{Grant: grant, File: file.ID, Account: account, Amount: amount, Card: card.ID})
		if err != nil {
			t.Fatal(err)
		}
	})
	return payable
}

// three awards three households 100.00, 200.00 and 300.00.
func three(t *testing.T, u *work.Unit, account fund.AccountID) []payment.PayableID {
	t.Helper()
	var ids []payment.PayableID
	for i, holder := range []string{"王建国", "𠮷田秀英", "赵小兰"} {
		ids = append(ids, awarded(t, u, household(t, u, i, holder), account, money.Yuan(int64(100*(i+1)))))
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
	return fmt.Sprintf("%s,%s,%s,%s,%s,%s\n", l.Reference, l.Payable.HeadName, cards[(n-1)%len(cards)], l.Amount, result, reason)
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
