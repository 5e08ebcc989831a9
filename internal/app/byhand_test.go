package app_test

import (
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"bangfu/internal/casefile"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// byHand is a household with an application for 300.00 (tier one) that nobody has decided, on the sample centre.
type byHand struct {
	u           *work.Unit
	file        casefile.File
	other       casefile.File // a submitted file without a notice
	application int64
	account     int64
	card        int64
}

func setByHand(t *testing.T) byHand {
	t.Helper()
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	h := byHand{u: u, file: sample.File(t, u, casefile.Active), other: sample.File(t, u, casefile.Submitted)}
	h.one(t, &h.card, `SELECT id FROM casefile_card WHERE file_id = @file AND state = 'current'`)
	h.one(t, &h.account, `INSERT INTO fund_account (org_id, org_path, source, purpose, year, opened_by, opened_at)
		VALUES (@county, '', 'county', 'living', 2026, @accountant, @now) RETURNING id`)
	h.one(t, &h.application, `
		INSERT INTO grant_application (file_id, org_id, org_path, terms_id, purpose, cause, reason, facts, ceiling_fen,
			amount_fen, window_fen, tier, state, step, account_id, group_id, committee_id, card_id, entered_by, entered_at, waiting_at)
		SELECT @file, 0, '', t.id, t.purpose, 6, '药费', '{}', 500000, 30000, 30000, 'head', 'submitted', 'review', @account, @group, @committee,
			@card, @clerk, @now, @now
		FROM grant_terms t JOIN grant_programme p ON p.id = t.programme_id WHERE p.code = 'living' RETURNING id`)
	return h
}

// args are what every statement below may name.
func (h byHand) args() pgx.NamedArgs {
	return pgx.NamedArgs{"file": h.file.ID, "other": h.other.ID, "application": h.application, "account": h.account,
		"card": h.card, "now": h.u.Now, "county": sample.County, "group": sample.GroupID, "committee": sample.CommitteeID,
		"clerk": sample.Clerk.StaffID, "accountant": sample.Accountant.StaffID, "cashier": sample.Cashier.StaffID,
		"head": sample.GroupHead.StaffID, "member": sample.GroupMember.StaffID, "officer": sample.Officer.StaffID}
}

func (h byHand) one(t *testing.T, to *int64, sql string) {
	t.Helper()
	if err := h.u.QueryRow(t.Context(), sql, h.args()).Scan(to); err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
}

// try runs statements in a savepoint, with the deferred constraints made to speak, and gives the refusal.
func (h byHand) try(t *testing.T, statements ...string) *pgconn.PgError {
	t.Helper()
	tx, err := h.u.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := tx.Rollback(t.Context()); err != nil {
			t.Error(err)
		}
	}()
	for _, sql := range append(statements, "SET CONSTRAINTS ALL IMMEDIATE") {
		_, err = tx.Exec(t.Context(), sql, h.args())
		var refused *pgconn.PgError
		if errors.As(err, &refused) {
			return refused
		}
		if err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
	}
	return nil
}

const (
	review = `INSERT INTO grant_decision (application_id, round, step, verdict, opinion, amount_fen, staff_id, decided_at)
		VALUES (@application, 1, 'review', 'approve', '属实', 30000, @officer, @now)`
	moveOn = `UPDATE grant_application SET state = 'in_approval', step = 'sign' WHERE id = @application`
	sign   = `INSERT INTO grant_decision (application_id, round, step, verdict, opinion, amount_fen, staff_id, decided_at)
		VALUES (@application, 1, 'sign', 'approve', '同意', 30000, @head, @now)`
	approve = `UPDATE grant_application SET state = 'approved', step = NULL, decided_at = @now WHERE id = @application`
	payable = `INSERT INTO payment_payable (application_id, file_id, org_id, org_path, account_id, amount_fen, card_id, state, created_at)
		VALUES (@application, @file, 0, '', @account, 30000, @card, 'ready', @now)`
	receipt = `WITH e AS (INSERT INTO fund_entry (kind, subject, subject_id, reason, received_on, at) VALUES ('receipt', 'account', @account, '拨款', '2026-11-20', @now) RETURNING id)
		INSERT INTO fund_posting (entry_id, seq, account_id, pot, amount_fen)
		SELECT id, 1, @account::bigint, 'outside', -30000 FROM e UNION ALL SELECT id, 2, @account::bigint, 'available', 30000 FROM e`
	reserve = `WITH e AS (INSERT INTO fund_entry (kind, subject, subject_id, attempt, reason, at) VALUES ('reserve', 'grant', @application, 1, '救助', @now) RETURNING id)
		INSERT INTO fund_posting (entry_id, seq, account_id, pot, amount_fen)
		SELECT id, 1, @account::bigint, 'available', -30000 FROM e UNION ALL SELECT id, 2, @account::bigint, 'reserved', 30000 FROM e`
	batch = `WITH b AS (INSERT INTO payment_batch (org_id, org_path, number, state, format_id, lines, total_fen, made_by, made_at)
			VALUES (@county, '', 'B1', 'made', 1, 1, 30000, @cashier, @now) RETURNING id)
		INSERT INTO payment_line (batch_id, seq, payable_id, attempt, reference, amount_fen, card_id, state)
		SELECT b.id, 1, p.id, 1, 'B1-1', 30000, @card, 'open' FROM b, payment_payable p WHERE p.application_id = @application`
	release = `UPDATE payment_batch SET state = 'released', file = 'x', file_hash = sha256('x'), released_by = @accountant, released_at = @now WHERE number = 'B1'`
	batched = `UPDATE payment_payable SET state = 'batched' WHERE application_id = @application`
	answer  = `WITH r AS (INSERT INTO payment_answer (batch_id, hash, paid, failed, staff_id, at)
			SELECT id, sha256('r'), 1, 0, @cashier, @now FROM payment_batch WHERE number = 'B1' RETURNING id) SELECT id FROM r`
	mark = `UPDATE payment_line SET state = 'paid', answer_id = (SELECT max(id) FROM payment_answer) WHERE reference = 'B1-1'`
	pay  = `WITH e AS (INSERT INTO fund_entry (kind, subject, subject_id, attempt, reason, at) VALUES ('pay', 'grant', @application, 1, '银行成功', @now) RETURNING id)
		INSERT INTO fund_posting (entry_id, seq, account_id, pot, amount_fen)
		SELECT id, 1, @account::bigint, 'reserved', -30000 FROM e UNION ALL SELECT id, 2, @account::bigint, 'paid', 30000 FROM e`
	paid = `UPDATE payment_payable SET state = 'paid' WHERE application_id = @application`
)

// The whole honest way works by hand too; so each refusal below is due to the one thing that is wrong in it.
func TestByHandTheHonestWayIsOpen(t *testing.T) {
	h := setByHand(t)
	if refused := h.try(t, review, moveOn, sign, approve, receipt, reserve, payable, batch, batched, release, answer, mark, pay, paid); refused != nil {
		t.Fatalf("refused by %s: %s", refused.ConstraintName, refused.Message)
	}
}

// As the application's own role, whoever can run SQL cannot get round the rules that must never fail.
func TestByHandTheRulesHold(t *testing.T) {
	h := setByHand(t)
	tests := map[string]struct {
		statements []string
		rule       string // the constraint that refuses, or the class of error where there is none
	}{
		"a file becomes active without its notice": {[]string{
			`UPDATE casefile_file SET state = 'active', number = 'X', activated_at = @now WHERE id = @other`}, "notice_before_active"},
		"a notice ends before its day": {[]string{
			`WITH n AS (INSERT INTO notice_notice (subject, file_id, round, org_id, org_path, state, days, working, starts_on, ends_on, place, published_by, published_at)
				VALUES ('file', @other, 1, @county, '/', 'open', 7, false, '2026-11-20', '2026-11-26', '大厅', @officer, @now) RETURNING id) SELECT id FROM n`,
			`UPDATE notice_notice SET state = 'ended', closed_at = @now WHERE file_id = @other`}, "23514"},
		"a second open file for a person": {[]string{
			`INSERT INTO casefile_person (file_id, relation, name, id_sealed, id_index, birth_on, sex)
				SELECT @other, 'other', name, id_sealed, id_index, birth_on, sex FROM casefile_person WHERE file_id = @file LIMIT 1`}, "casefile_one_open_file"},
		"forgetting where a person is":     {[]string{`DELETE FROM casefile_claim WHERE file_id = @file`}, "42501"},
		"an approval without any decision": {[]string{review, moveOn, approve}, "grant_chain"},
		"a signature by somebody else": {[]string{review, moveOn,
			`INSERT INTO grant_decision (application_id, round, step, verdict, opinion, amount_fen, staff_id, decided_at)
				VALUES (@application, 1, 'sign', 'approve', '同意', 30000, @member, @now)`}, "grant_decision_member"},
		"a decision by one who gathered": {[]string{
			`INSERT INTO grant_decision (application_id, round, step, verdict, opinion, amount_fen, staff_id, decided_at)
				VALUES (@application, 1, 'review', 'approve', '属实', 30000, @clerk, @now)`}, "casefile_duty_sides"},
		"a higher sum on the lower chain": {[]string{
			`UPDATE grant_application SET amount_fen = 50000, window_fen = 50000 WHERE id = @application`,
			review, moveOn, sign, approve}, "grant_chain"},
		"an application that starts approved": {[]string{
			`INSERT INTO grant_application (file_id, org_id, org_path, terms_id, purpose, cause, reason, facts, ceiling_fen, amount_fen, window_fen, tier, state, step, account_id, group_id, committee_id, card_id, entered_by, entered_at, waiting_at, decided_at)
				SELECT file_id, 0, '', terms_id, purpose, cause, reason, facts, ceiling_fen, amount_fen, window_fen, tier, 'approved', NULL, account_id, group_id, committee_id, card_id, entered_by, entered_at, waiting_at, @now
				FROM grant_application WHERE id = @application`}, "grant_starts_submitted"},
		"a payable without an approval":            {[]string{payable}, "payment_chain"},
		"a reserve without an approval":            {[]string{receipt, reserve}, "payment_ledger_approved"},
		"an overdrawn fund":                        {[]string{review, moveOn, sign, approve, reserve}, "fund_not_below_zero"},
		"a batch without reserved money":           {[]string{review, moveOn, sign, approve, receipt, payable, batch}, "payment_reserved"},
		"an answer before the release":             {[]string{review, moveOn, sign, approve, receipt, reserve, payable, batch, batched, answer, mark}, "payment_released"},
		"a payment without the bank":               {[]string{review, moveOn, sign, approve, receipt, reserve, payable, batch, batched, release, pay}, "payment_by_bank"},
		"a payment twice":                          {[]string{review, moveOn, sign, approve, receipt, reserve, payable, batch, batched, release, answer, mark, pay, pay}, "fund_entry_once"},
		"an answer that does not reach the ledger": {[]string{review, moveOn, sign, approve, receipt, reserve, payable, batch, batched, release, answer, mark, paid}, "payment_in_ledger"},
		"a second line for one payable":            {[]string{review, moveOn, sign, approve, receipt, reserve, payable, batch, `INSERT INTO payment_line (batch_id, seq, payable_id, attempt, reference, amount_fen, card_id, state) SELECT batch_id, 2, payable_id, attempt, 'B1-2', amount_fen, card_id, 'open' FROM payment_line WHERE reference = 'B1-1'`}, "payment_line_one"},
		"a maker who releases":                     {[]string{review, moveOn, sign, approve, receipt, reserve, payable, batch, batched, `UPDATE payment_batch SET state = 'released', file = 'x', file_hash = sha256('x'), released_by = made_by, released_at = @now`}, "payment_two_people"},
		"a released batch that changes":            {[]string{review, moveOn, sign, approve, receipt, reserve, payable, batch, batched, release, `UPDATE payment_batch SET file = 'y', file_hash = sha256('y')`}, "payment_batch_frozen"},
		"an entry out of balance": {[]string{`WITH e AS (INSERT INTO fund_entry (kind, subject, subject_id, reason, received_on, at) VALUES ('receipt', 'account', @account, '拨款', '2026-11-20', @now) RETURNING id)
			INSERT INTO fund_posting (entry_id, seq, account_id, pot, amount_fen) SELECT id, 1, @account::bigint, 'available', 30000 FROM e`}, "fund_balanced"},
		"a pot filled by hand":           {[]string{`UPDATE fund_pot SET balance_fen = 1000000`}, "42501"},
		"a source for another purpose":   {[]string{`INSERT INTO fund_account (org_id, org_path, source, purpose, year, opened_by, opened_at) VALUES (@county, '', 'donation', 'running', 2026, @accountant, @now)`}, "fund_pair_allowed"},
		"a side changed":                 {[]string{`UPDATE casefile_duty SET side = 'pay'`}, "42501"},
		"a side taken by calling for it": {[]string{`SELECT casefile_take_duty(@file, @head, 'pay')`}, "42501"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) { h.refused(t, test.rule, test.statements...) })
	}
}

// What has happened is written once: no role of the program may change or remove it.
func TestByHandHistoryIsFixed(t *testing.T) {
	h := setByHand(t)
	for _, table := range []string{"audit_entry", "audit_seal", "fund_entry", "fund_posting", "grant_decision", "casefile_judgement",
		"casefile_assessment", "visit_visit", "visit_finding", "payment_refusal", "payment_answer", "casefile_claim", "casefile_duty", "fund_pot"} {
		t.Run(table, func(t *testing.T) {
			h.refused(t, "42501", "DELETE FROM "+table)
			h.refused(t, "42501", "TRUNCATE "+table)
			var column string
			err := h.u.QueryRow(t.Context(), `SELECT column_name FROM information_schema.columns 
				WHERE table_name = $1 AND is_identity = 'NO' ORDER BY ordinal_position LIMIT 1`, table).Scan(&column)
			if err != nil {
				t.Fatal(err)
			}
			h.refused(t, "42501", "UPDATE "+table+" SET "+column+" = "+column)
		})
	}
}

// The application's role owns nothing and makes nothing.
func TestByHandTheRoleIsSmall(t *testing.T) {
	h := setByHand(t)
	for _, sql := range []string{
		"CREATE TABLE mine (a int)", "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'", "DROP TABLE audit_entry",
		"ALTER TABLE audit_entry DISABLE TRIGGER ALL", "ALTER TABLE fund_pot DROP CONSTRAINT fund_not_below_zero",
		"SET session_replication_role = replica", "SET ROLE bangfu_owner", "CREATE ROLE mine", "COPY audit_entry TO '/tmp/x'",
	} {
		t.Run(sql, func(t *testing.T) { h.refused(t, "42501", sql) })
	}
}

// refused fails unless the last statement is refused by the rule: a constraint's name, or the class of the error.
func (h byHand) refused(t *testing.T, rule string, statements ...string) {
	t.Helper()
	refused := h.try(t, statements...)
	switch {
	case refused == nil:
		t.Errorf("went through; want %s", rule)
	case refused.ConstraintName != rule && refused.Code != rule:
		t.Errorf("refused by %s %q: %s; want %s", refused.Code, refused.ConstraintName, refused.Message, rule)
	}
}
