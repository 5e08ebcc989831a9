package payment_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/fund"
	"bangfu/internal/money"
	"bangfu/internal/payment"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// attempt is one thing tried past the program, as the application's role, and the rule that must refuse it.
type attempt struct{ sql, want string }

// try runs each attempt apart: every one must be refused by the database.
func try(t *testing.T, u *work.Unit, args pgx.NamedArgs, attempts map[string]attempt) {
	t.Helper()
	for name, a := range attempts {
		err := apart(t, u, func(u *work.Unit) error {
			for statement := range strings.SplitSeq(a.sql, ";") {
				if _, err := u.Exec(t.Context(), statement, args); err != nil {
					return err
				}
			}
			return nil
		})
		if got := refusedBy(err); got != a.want {
			t.Errorf("%s: refused by %q, want %q (%v)", name, got, a.want, err)
		}
	}
}

// Parts of what is tried by hand.
const (
	insertBatch = `INSERT INTO payment_batch (id, org_id, org_path, number, state, format_id, lines, total_fen, made_by, made_at)
		VALUES (77, @org, '', 'HAND-1', 'made', 1, 1, @fen, @maker, @now);`
	insertLine = `INSERT INTO payment_line (id, batch_id, seq, payable_id, attempt, reference, amount_fen, card_id, state)
		SELECT 77, 77, 1, p.id, p.attempt, 'HAND-1-1', p.amount_fen, p.card_id, 'open' FROM payment_payable p WHERE p.id = @payable;`
	releaseIt = `UPDATE payment_batch SET state = 'released', file = '\x00', file_hash = decode(repeat('00', 32), 'hex'),
		released_by = @releaser, released_at = @now WHERE id = 77;`
	answerIt  = `INSERT INTO payment_answer (id, batch_id, hash, paid, failed, staff_id, at) VALUES (77, 77, decode(repeat('01', 32), 'hex'), 1, 0, @maker, @now);`
	payLine   = `UPDATE payment_line SET state = 'paid', answer_id = 77 WHERE id = 77;`
	payLedger = `WITH e AS (INSERT INTO fund_entry (kind, subject, subject_id, attempt, reason, at) VALUES ('pay', 'grant', @grant, 1, '手工', @now) RETURNING id)
		INSERT INTO fund_posting (entry_id, seq, account_id, pot, amount_fen)
		SELECT e.id, v.* FROM e, (VALUES (1, @account::bigint, 'reserved', -@fen::bigint), (2, @account, 'paid', @fen)) v;`
	payPayable = `UPDATE payment_payable SET state = 'paid' WHERE id = @payable`
)

func TestNothingIsPaidByHand(t *testing.T) {
	u, account := centre(t, 1000)
	file := sample.PaidTo(t, u, 0, "王建国")
	id := sample.Award(t, u, file, account, money.Yuan(100))
	p, err := payment.Find(t.Context(), u, sample.Cashier, id)
	if err != nil {
		t.Fatal(err)
	}
	args := pgx.NamedArgs{"org": file.OrgID, "fen": int64(p.Amount), "maker": sample.Cashier.StaffID, "releaser": sample.Accountant.StaffID,
		"clerk": sample.Clerk.StaffID, "head": sample.GroupHead.StaffID, "now": u.Now, "payable": id, "grant": p.Grant, "account": account,
		"file": file.ID, "card": p.Card}
	try(t, u, args, map[string]attempt{
		"the ledger pays without the bank":         {payLedger, "payment_by_bank"},
		"the ledger releases without the bank":     {strings.NewReplacer("'pay'", "'release'", "'paid'", "'available'").Replace(payLedger), "payment_by_bank"},
		"a payable is paid without a line":         {payPayable, "payment_by_bank"},
		"a line is paid before the release":        {insertBatch + insertLine + answerIt + payLine, "payment_released"},
		"a line is paid without an answer":         {insertBatch + insertLine + batched + releaseIt + `UPDATE payment_line SET state = 'paid' WHERE id = 77`, "payment_line_answered"},
		"a line is paid and the ledger not":        {insertBatch + insertLine + batched + releaseIt + answerIt + payLine + payPayable, "payment_in_ledger"},
		"one person makes and releases":            {insertBatch + insertLine + batched + strings.ReplaceAll(releaseIt, "@releaser", "@maker"), "payment_two_people"},
		"the registrar makes the batch":            {strings.ReplaceAll(insertBatch, "@maker", "@clerk") + insertLine, "casefile_duty_sides"},
		"the signer releases it":                   {insertBatch + insertLine + batched + strings.ReplaceAll(releaseIt, "@releaser", "@head"), "casefile_duty_sides"},
		"the registrar refuses the payable":        {`INSERT INTO payment_refusal (payable_id, act, reason, staff_id, at) VALUES (@payable, 'refuse', '-', @clerk, @now)`, "casefile_duty_sides"},
		"a line of another sum":                    {insertBatch + strings.Replace(insertLine, "p.amount_fen, p.card_id", "p.amount_fen + 1, p.card_id", 1), "payment_as_approved"},
		"a line begins paid":                       {insertBatch + answerIt + strings.Replace(strings.Replace(insertLine, "state)", "state, answer_id)", 1), "'open'", "'paid', 77", 1), "payment_line_starts"},
		"two lines of one payable":                 {insertBatch + insertLine + strings.ReplaceAll(strings.ReplaceAll(insertLine, "SELECT 77, 77, 1", "SELECT 78, 77, 2"), "HAND-1-1", "HAND-1-2"), "payment_line_one"},
		"a batch that is not the sum of its lines": {strings.Replace(insertBatch, "1, @fen", "2, @fen", 1) + insertLine + batched + releaseIt, "payment_batch_total"},
		"a second payable of the grant": {`INSERT INTO payment_payable (application_id, file_id, org_id, org_path, account_id, amount_fen, card_id, state, created_at)
			SELECT application_id, file_id, org_id, org_path, account_id, amount_fen, card_id, 'ready', @now FROM payment_payable WHERE id = @payable`, "payment_payable_application_id_key"},
		"a payable of another sum":        {`UPDATE payment_payable SET amount_fen = 1 WHERE id = @payable`, "42501"},
		"a payable deleted":               {`DELETE FROM payment_payable WHERE id = @payable`, "42501"},
		"a refusal deleted":               {`DELETE FROM payment_refusal`, "42501"},
		"a line with the notice objected": {`UPDATE casefile_file SET state = 'contested' WHERE id = @file;` + insertBatch + insertLine, "payment_file_active"},
		"another household's card": {`INSERT INTO casefile_card (id, file_id, holder, bank, branch, number_sealed, number_index, entered_by, entered_at, state)
			SELECT 7777, @file, holder, bank, branch, number_sealed, number_index, entered_by, entered_at, 'proposed' FROM casefile_card WHERE id = @card;
			UPDATE payment_payable SET card_id = 7777 WHERE id = @payable`, "payment_card"},
	})
	if got, want := standing(t, u, account, id), "100.00 ready 1 \navailable 900.00 reserved 100.00 paid 0.00\n"; got != want {
		t.Errorf("after all attempts\n%s\nwant\n%s", got, want)
	}
}

// batched moves the payable of the hand-made line.
const batched = `UPDATE payment_payable SET state = 'batched' WHERE id = @payable;`

// Without its chain or its notice a grant owes nothing, whoever writes the rows.
func TestNothingIsOwedWithoutChainOrNotice(t *testing.T) {
	u, account := centre(t, 1000)
	file := sample.PaidTo(t, u, 0, "王建国")
	grant := sample.Signed(t, u, file, account, money.Yuan(100))
	card, err := casefile.CurrentCard(t.Context(), u, file.ID)
	if err != nil {
		t.Fatal(err)
	}
	args := pgx.NamedArgs{"grant": grant, "file": file.ID, "org": file.OrgID, "account": account, "card": card.ID, "now": u.Now}
	const owe = `INSERT INTO payment_payable (application_id, file_id, org_id, org_path, account_id, amount_fen, card_id, state, created_at)
		VALUES (@grant, @file, @org, '', @account, 10000, @card, 'ready', @now);`
	const approve = `UPDATE grant_application SET state = 'approved', step = NULL, decided_at = @now WHERE id = @grant;`
	try(t, u, args, map[string]attempt{
		"before the approval": {owe, "payment_chain"},
		"with a new notice open": {approve + `INSERT INTO notice_notice (subject, file_id, round, org_id, org_path, state, days, working, starts_on, ends_on, place, published_by, published_at)
			SELECT subject, file_id, 2, org_id, org_path, 'open', days, working, '2026-11-23', '2026-11-29', place, published_by, @now FROM notice_notice WHERE file_id = @file;` + owe, "payment_notice"},
		"another sum":                     {approve + strings.Replace(owe, "10000", "10001", 1), "payment_as_approved"},
		"reserving what was not approved": {reserveByHand, "payment_ledger_approved"},
		"reserving another sum":           {approve + strings.ReplaceAll(reserveByHand, "10000", "9999"), "payment_ledger_amount"},
	})
}

const reserveByHand = `WITH e AS (INSERT INTO fund_entry (kind, subject, subject_id, attempt, reason, at) VALUES ('reserve', 'grant', @grant, 1, '手工', @now) RETURNING id)
	INSERT INTO fund_posting (entry_id, seq, account_id, pot, amount_fen)
	SELECT e.id, v.* FROM e, (VALUES (1, @account::bigint, 'available', -10000::bigint), (2, @account, 'reserved', 10000)) v`

func TestAReleasedBatchIsFrozen(t *testing.T) {
	u, account := centre(t, 1000)
	b := released(t, u, three(t, u, account))
	if _, err := answer(t, u, b, row(t, u, b, 1, "成功", "")); err != nil {
		t.Fatal(err)
	}
	holds(t, u)
	args := pgx.NamedArgs{"id": b.ID, "now": u.Now, "who": sample.Accountant2.StaffID}
	try(t, u, args, map[string]attempt{
		"another file":               {`UPDATE payment_batch SET file = '\x01' WHERE id = @id`, "payment_batch_frozen"},
		"another releaser":           {`UPDATE payment_batch SET state = 'closed', released_by = @who WHERE id = @id`, "payment_batch_frozen"},
		"made again":                 {`UPDATE payment_batch SET state = 'made', released_by = NULL, released_at = NULL WHERE id = @id`, "payment_batch_frozen"},
		"cancelled":                  {`UPDATE payment_batch SET state = 'cancelled' WHERE id = @id`, "payment_batch_frozen"},
		"closed with open lines":     {`UPDATE payment_batch SET state = 'closed' WHERE id = @id`, "payment_batch_open"},
		"another total":              {`UPDATE payment_batch SET total_fen = 1 WHERE id = @id`, "42501"},
		"an open line cancelled":     {`UPDATE payment_line SET state = 'cancelled' WHERE batch_id = @id AND state = 'open'`, "payment_batch_frozen"},
		"another sum of a line":      {`UPDATE payment_line SET amount_fen = 1 WHERE batch_id = @id`, "42501"},
		"a paid line failed":         {`UPDATE payment_line SET state = 'failed' WHERE batch_id = @id AND state = 'paid'`, "payment_line_final"},
		"a paid payable ready again": {`UPDATE payment_payable SET state = 'ready' WHERE state = 'paid'`, "payment_paid_final"},
		"an answer deleted":          {`DELETE FROM payment_answer`, "42501"},
		"a line added": {`INSERT INTO payment_line (batch_id, seq, payable_id, attempt, reference, amount_fen, card_id, state)
			SELECT batch_id, 9, payable_id, attempt + 1, reference || 'x', amount_fen, card_id, 'open' FROM payment_line WHERE batch_id = @id AND seq = 2`, "payment_line_starts"},
	})
}

// A unit that breaks off leaves nothing behind, at whatever step; done again it goes through. (reliability.md F10)
func TestEveryStepIsWholeOrNothing(t *testing.T) {
	u, account := centre(t, 1000)
	ids := three(t, u, account)
	var id payment.BatchID
	var b payment.Batch
	cut := errors.New("cut off")
	steps := []struct {
		name string
		who  work.Actor
		run  func(*work.Unit) error
	}{
		{"make", sample.Cashier, func(u *work.Unit) (err error) { id, err = payment.Make(t.Context(), u, ids, format); return err }},
		{"release", sample.Accountant, func(u *work.Unit) error { return payment.Release(t.Context(), u, sample.Keys(), id) }},
		{"answer", sample.Cashier, func(u *work.Unit) (err error) {
			if b, err = payment.FindBatch(t.Context(), u, u.By.Scope, id); err == nil {
				_, err = answer(t, u, b, row(t, u, b, 1, "成功", ""), row(t, u, b, 2, "失败", "销户"), row(t, u, b, 3, "成功", ""))
			}
			return err
		}},
		{"retry", sample.Accountant, func(u *work.Unit) error { return payment.Decide(t.Context(), u, ids[1], payment.ActRetry, "再试") }},
	}
	for _, step := range steps {
		u.By = step.who
		before := standing(t, u, account, ids...)
		err := apart(t, u, func(u *work.Unit) error {
			if err := step.run(u); err != nil {
				return err
			}
			return cut
		})
		if !errors.Is(err, cut) {
			t.Fatalf("%s: %v", step.name, err)
		}
		if after := standing(t, u, account, ids...); after != before {
			t.Errorf("%s, cut off, left\n%s\nbehind of\n%s", step.name, after, before)
		}
		if err := apart(t, u, step.run); err != nil {
			t.Fatalf("%s, again: %v", step.name, err)
		}
		holds(t, u)
	}
	want := "100.00 paid 1 \n200.00 ready 2 \n300.00 paid 1 \navailable 400.00 reserved 200.00 paid 400.00\n"
	if got := standing(t, u, account, ids...); got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	if _, err := fund.Verify(t.Context(), u); err != nil {
		t.Error(err)
	}
}
