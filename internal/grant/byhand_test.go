package grant_test

import (
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"bangfu/internal/grant"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// refusedBy runs statements as the application's role, past all code, and gives the rule or the SQLSTATE that the
// database refused them by; "" when it let them through.
func (o *office) refusedBy(sql string, args ...any) string {
	o.t.Helper()
	tx, err := o.db.Begin(o.t.Context())
	o.must(err)
	defer func() { _ = tx.Rollback(o.t.Context()) }()
	if _, err = tx.Exec(o.t.Context(), sql, args...); err == nil {
		_, err = tx.Exec(o.t.Context(), "SET CONSTRAINTS ALL IMMEDIATE")
	}
	if err == nil {
		return ""
	}
	if rule := work.Violated(err); rule != "" {
		return rule
	}
	pg, ok := err.(*pgconn.PgError)
	if !ok {
		o.t.Fatal(err)
	}
	return pg.Code
}

const denied = "42501" // insufficient_privilege

// approve is what somebody would write by hand to approve an application.
const approve = `UPDATE grant_application SET state = 'approved', step = NULL, decided_at = $2, account_id = $3,
	card_id = (SELECT id FROM casefile_card c WHERE c.file_id = grant_application.file_id AND c.state = 'current') WHERE id = $1`

func TestByHandNothingIsApprovedWithoutItsChain(t *testing.T) {
	o := inTx(t)
	id := o.living("600.00")
	account := o.fund[o.find(id).Purpose]
	try := func(want string) {
		t.Helper()
		if got := o.refusedBy(approve, id, pgtest.Now, account); got != want {
			t.Errorf("%q; want %q", got, want)
		}
	}
	try("grant_chain")
	o.decide(sample.Officer, id, grant.ActReview)
	try("grant_chain")
	o.decide(sample.GroupMember, id, grant.ActApprove)
	o.decide(sample.GroupMember2, id, grant.ActApprove)
	try("grant_chain")
	const sign = `INSERT INTO grant_decision (application_id, round, step, verdict, opinion, amount_fen, staff_id, decided_at)
		VALUES ($1, 1, 'sign', 'approve', '手工', $2, $3, $4)`
	if got := o.refusedBy(sign, id, 60000, sample.GroupMember.StaffID, pgtest.Now); got != "grant_decision_member" {
		t.Errorf("a member signed: %q", got)
	}
	_, err := o.db.Exec(t.Context(), sign, id, 60000, sample.GroupHead.StaffID, pgtest.Now)
	o.must(err)
	for what, statement := range map[string]string{
		"another amount":       `UPDATE grant_application SET amount_fen = 70000, window_fen = 70000 WHERE id = $1`,
		"another round":        `UPDATE grant_application SET round = 2 WHERE id = $1`,
		"a window not its own": `UPDATE grant_application SET window_fen = 90000 WHERE id = $1`,
	} {
		tx, err := o.db.Begin(t.Context())
		o.must(err)
		_, err = tx.Exec(t.Context(), statement, id)
		o.must(err)
		_, err = tx.Exec(t.Context(), approve, id, pgtest.Now, account)
		if got := work.Violated(err); got != "grant_chain" {
			t.Errorf("%s: %q", what, got)
		}
		o.must(tx.Rollback(t.Context()))
	}
	if got := o.refusedBy(approve, id, pgtest.Now, o.fund["medical"]); got != "grant_fund_serves_purpose" {
		t.Errorf("money for another purpose: %q", got)
	}
	try("")
}

// Votes are for an amount: raised by hand after the vote, and signed for, it is not approved.
func TestByHandVotesAreForTheirAmount(t *testing.T) {
	o := inTx(t)
	id := o.living("600.00")
	o.pass(id)
	_, err := o.db.Exec(t.Context(), `UPDATE grant_application SET amount_fen = 90000, window_fen = 90000 WHERE id = $1`, id)
	o.must(err)
	_, err = o.db.Exec(t.Context(), `INSERT INTO grant_decision (application_id, round, step, verdict, opinion, amount_fen, staff_id, decided_at)
		VALUES ($1, 1, 'sign', 'approve', '手工', 90000, $2, $3)`, id, sample.GroupHead.StaffID, pgtest.Now)
	o.must(err)
	if got := o.refusedBy(approve, id, pgtest.Now, o.fund["living"]); got != "grant_chain" {
		t.Errorf("%q", got)
	}
}

// What was returned or refused in a round is not approved in it, whatever else stands in the round.
func TestByHandARefusalEndsItsRound(t *testing.T) {
	o := inTx(t)
	id := o.living("600.00")
	o.pass(id)
	_, err := o.db.Exec(t.Context(), `INSERT INTO grant_decision (application_id, round, step, verdict, opinion, amount_fen, staff_id, decided_at)
		SELECT $1, 1, s.step, s.verdict, '手工', 60000, $2, $3 FROM (VALUES ('sign', 'approve'), ('group', 'return')) AS s (step, verdict)`,
		id, sample.GroupHead.StaffID, pgtest.Now)
	o.must(err)
	if got := o.refusedBy(approve, id, pgtest.Now, o.fund["living"]); got != "grant_chain" {
		t.Errorf("%q", got)
	}
}

func TestByHandNothingIsApprovedWithoutItsNotice(t *testing.T) {
	db := pgtest.DB(t)
	o := newOffice(t, db.App)
	id := o.living("300.00")
	o.pass(id)
	_, err := db.Owner.Exec(t.Context(), `
		ALTER TABLE notice_notice DISABLE TRIGGER USER;
		UPDATE notice_notice SET state = 'interrupted';
		ALTER TABLE notice_notice ENABLE TRIGGER USER`)
	o.must(err)
	o.want("grant.refusal.notice", o.decide(sample.GroupHead, id, grant.ActSign))
	if c := o.find(id); c.State != grant.InApproval || len(c.Decisions) != 1 {
		t.Errorf("%s with %d decisions", c.State, len(c.Decisions))
	}
}

func TestByHandADecisionIsNeverChanged(t *testing.T) {
	o := inTx(t)
	id := o.living("600.00")
	o.decide(sample.Officer, id, grant.ActReview)
	o.decide(sample.GroupMember, id, grant.ActAgainst)
	for statement, want := range map[string]string{
		`UPDATE grant_decision SET verdict = 'approve'`:                         denied,
		`DELETE FROM grant_decision`:                                            denied,
		`TRUNCATE grant_decision`:                                               denied,
		`DELETE FROM grant_application`:                                         denied,
		`UPDATE grant_application SET group_id = group_id`:                      denied,
		`UPDATE grant_application SET entered_by = 9207`:                        denied,
		`UPDATE grant_application SET entered_at = '2020-01-01'`:                denied,
		`UPDATE grant_application SET terms_id = 1`:                             denied,
		`UPDATE grant_application SET cause = 1`:                                denied,
		`UPDATE grant_application SET amount_fen = 500001, window_fen = 500001`: "grant_within_ceiling",
		`UPDATE grant_application SET round = round - 1`:                        "grant_round_forward",
		`UPDATE grant_application SET round = round + 2`:                        "grant_round_forward",
		`UPDATE grant_terms SET numbers = '{}'`:                                 denied,
		`UPDATE grant_tier SET body = 'head'`:                                   denied,
		`DELETE FROM casefile_duty`:                                             denied,
	} {
		if got := o.refusedBy(statement); got != want {
			t.Errorf("%s: %q; want %q", statement, got, want)
		}
	}
}

func TestByHandOnlyWhoMayDecides(t *testing.T) {
	o := inTx(t)
	id := o.living("600.00")
	insert := func(step, verdict string, round int, by work.Actor) string {
		return o.refusedBy(`INSERT INTO grant_decision (application_id, round, step, verdict, opinion, amount_fen, staff_id, decided_at)
			VALUES ($1, $2, $3, $4, '手工', 60000, $5, $6)`, id, round, step, verdict, by.StaffID, pgtest.Now)
	}
	if got := insert("group", "approve", 1, sample.GroupMember); got != "grant_decision_round" {
		t.Errorf("a vote before the review: %q", got)
	}
	o.decide(sample.Officer, id, grant.ActReview)
	o.decide(sample.GroupMember, id, grant.ActApprove)
	for _, test := range []struct {
		step, verdict string
		round         int
		by            work.Actor
		want          string
	}{
		{"group", "approve", 1, sample.Committee, "grant_decision_member"},
		{"group", "close", 1, sample.GroupMember2, "grant_decision_member"},
		{"group", "amount", 1, sample.GroupMember2, "grant_decision_member"},
		{"committee", "approve", 1, sample.GroupHead, "grant_decision_member"},
		{"sign", "approve", 1, sample.Supervisor, "grant_decision_member"},
		{"group", "approve", 1, sample.GroupMember, "grant_decision_once"},
		{"group", "against", 1, sample.GroupMember, "grant_decision_once"},
		{"group", "approve", 2, sample.GroupMember2, "grant_decision_round"},
		{"review", "approve", 1, sample.Officer, "grant_decision_round"},
		{"sign", "against", 1, sample.GroupHead, "grant_decision_check"},
		{"group", "approve", 1, sample.GroupMember2, ""},
	} {
		if got := insert(test.step, test.verdict, test.round, test.by); got != test.want {
			t.Errorf("%s at %s in round %d by %s: %q; want %q", test.verdict, test.step, test.round, test.by.Name, got, test.want)
		}
	}
	// A gatherer with a seat in the group: the seat is not enough.
	_, err := o.db.Exec(t.Context(), `INSERT INTO staff_body_member (body_id, staff_id, since) VALUES ($1, $2, '2026-01-01')`,
		sample.GroupID, sample.Clerk.StaffID)
	o.must(err)
	if got := insert("group", "approve", 1, sample.Clerk); got != "casefile_duty_sides" {
		t.Errorf("the registrar voted: %q", got)
	}
}

func TestByHandAnApplicationStartsAtTheStart(t *testing.T) {
	o := inTx(t)
	id := o.living("600.00")
	for what, statement := range map[string]string{
		"grant_starts_submitted": `INSERT INTO grant_application SELECT * FROM jsonb_populate_record(NULL::grant_application,
			(SELECT to_jsonb(a) || '{"id": 99, "state": "in_approval", "step": "sign"}' FROM grant_application a WHERE id = $1))`,
		"grant_bodies": `INSERT INTO grant_application SELECT * FROM jsonb_populate_record(NULL::grant_application,
			(SELECT to_jsonb(a) || jsonb_build_object('id', 99, 'group_id', a.committee_id) FROM grant_application a WHERE id = $1))`,
		"casefile_duty_sides": `INSERT INTO grant_application SELECT * FROM jsonb_populate_record(NULL::grant_application,
			(SELECT to_jsonb(a) || '{"id": 99, "entered_by": 9205}' FROM grant_application a WHERE id = $1))`,
	} {
		if got := o.refusedBy(statement, id); got != what {
			t.Errorf("%q; want %q", got, what)
		}
	}
}
