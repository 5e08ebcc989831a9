package invariant_test

import (
	"context"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/file"
	"bangfu/internal/invariant"
	"bangfu/internal/seal"
	"bangfu/internal/seed"
	"bangfu/internal/testkit/pgtest"
)

// breaks says how each rule is broken by somebody who owns the database: every guard is off. Some break a second rule
// on the way; the one named must be among what is found.
var breaks = map[string]string{
	"invariant.person_twice": `DROP INDEX casefile_person_once; INSERT INTO casefile_person (file_id, relation, name, id_sealed, id_index, birth_on, sex)
		SELECT (SELECT id FROM casefile_file WHERE state = 'visited' LIMIT 1), 'other', name, id_sealed, id_index, birth_on, sex
		FROM casefile_person WHERE file_id = (SELECT id FROM casefile_file WHERE state = 'active' LIMIT 1) LIMIT 1`,
	"invariant.claim":        `DELETE FROM casefile_claim WHERE person_id = (SELECT min(person_id) FROM casefile_claim)`,
	"invariant.one_head":     `UPDATE casefile_person SET relation = 'other' WHERE id = (SELECT min(p.id) FROM casefile_person p JOIN casefile_file f ON f.id = p.file_id WHERE f.state = 'active' AND relation = 'head')`,
	"invariant.cover":        `UPDATE casefile_file SET people = 29`,
	"invariant.file_trail":   `UPDATE casefile_file SET state = 'assessed' WHERE id = (SELECT min(id) FROM casefile_file WHERE state = 'judged')`,
	"invariant.file_records": `DELETE FROM visit_finding; DELETE FROM visit_visit WHERE file_id IN (SELECT id FROM casefile_file WHERE state = 'visited')`,
	"invariant.judgement":    `UPDATE casefile_file SET category = 'accident' WHERE state = 'active' AND category = 'severe'`,
	"invariant.exit":         `DELETE FROM exit_month WHERE month = (SELECT min(m.month) FROM exit_month m JOIN exit_exit e ON e.id = m.exit_id WHERE e.state = 'closed')`,
	"invariant.move": `INSERT INTO move_move (kind, file_id, from_org, from_path, other_id, state, why, reason, people, relations, before, after,
			asked_by, asked_at, decided_by, decided_at)
		SELECT 'merge', f.id, f.org_id, f.org_path, f.id + 1, 'done', 'twice', '同户', '{1}', '{other}', 1, 2, f.registered_by, '2026-11-22',
			f.registered_by + 1, '2026-11-22' FROM casefile_file f WHERE f.id = 1`,
	"invariant.file_untold":  `DELETE FROM audit_seal; DELETE FROM audit_entry WHERE kind = 'file' AND subject_id = 1`,
	"invariant.erased":       `UPDATE casefile_file SET erased_at = '2026-11-22' WHERE state = 'closed'`,
	"invariant.sides":        `UPDATE payment_batch SET made_by = (SELECT registered_by FROM casefile_file f JOIN payment_payable p ON p.file_id = f.id JOIN payment_line l ON l.payable_id = p.id LIMIT 1)`,
	"invariant.duty":         `DELETE FROM casefile_duty WHERE file_id = (SELECT min(file_id) FROM casefile_duty)`,
	"invariant.notice_state": `UPDATE notice_notice SET state = 'open', closed_at = NULL WHERE state = 'upheld'`,
	"invariant.public":       `UPDATE notice_public SET unit = '13900001111' WHERE id = 1`,
	"invariant.hidden":       `UPDATE notice_public SET shown = true`,
	"invariant.form_key":     `INSERT INTO work_form_key (key, staff_id, path, body, at) VALUES ('0123456789abcdef', 1, '/x', sha256('x'), '2026-11-22')`,

	"invariant.tier":           `UPDATE grant_application SET tier = 'head' WHERE tier = 'committee'`,
	"invariant.window":         `UPDATE grant_application SET window_fen = amount_fen, state = 'approved', account_id = 1, card_id = 1, step = NULL, decided_at = '2026-11-22' WHERE state = 'in_approval' AND window_fen > amount_fen`,
	"invariant.ceiling":        `ALTER TABLE grant_application DROP CONSTRAINT grant_within_ceiling; UPDATE grant_application SET ceiling_fen = 1 WHERE id = 1`,
	"invariant.chain":          `DELETE FROM grant_decision WHERE step = 'sign' AND verdict = 'approve' AND id = (SELECT min(id) FROM grant_decision WHERE step = 'sign')`,
	"invariant.grant_notice":   `UPDATE notice_notice SET state = 'open', closed_at = NULL WHERE file_id = (SELECT min(file_id) FROM grant_application WHERE state = 'approved')`,
	"invariant.grant_evidence": `UPDATE casefile_evidence SET removed_at = '2026-11-22' WHERE kind = 'diagnosis'`,
	"invariant.voice": `DROP INDEX grant_decision_once; INSERT INTO grant_decision (application_id, round, step, verdict, opinion, amount_fen, staff_id, decided_at)
		SELECT application_id, round, step, verdict, opinion, amount_fen, staff_id, decided_at FROM grant_decision WHERE step = 'group' LIMIT 1`,
	"invariant.too_many": `DROP INDEX grant_decision_single; INSERT INTO grant_decision (application_id, round, step, verdict, opinion, amount_fen, staff_id, decided_at)
		SELECT application_id, round, step, verdict, opinion, amount_fen, staff_id + 1, decided_at FROM grant_decision WHERE step = 'review' LIMIT 1`,
	"invariant.after_refusal": `INSERT INTO grant_decision (application_id, round, step, verdict, opinion, amount_fen, staff_id, decided_at)
		SELECT application_id, round, 'group', 'approve', 'x', amount_fen, staff_id, decided_at FROM grant_decision WHERE verdict = 'refuse' LIMIT 1`,
	"invariant.grant_trail": `UPDATE grant_application SET state = 'withdrawn' WHERE state = 'refused'`,
	"invariant.grant_round": `UPDATE grant_application SET state = 'submitted', step = 'review' WHERE state = 'returned'`,

	"invariant.no_payable":     `DELETE FROM payment_payable WHERE state = 'ready'`,
	"invariant.payable":        `UPDATE payment_payable SET amount_fen = amount_fen + 1 WHERE state = 'ready'`,
	"invariant.lines":          `DROP INDEX payment_line_one; UPDATE payment_line SET payable_id = (SELECT min(payable_id) FROM payment_line WHERE state = 'paid') WHERE state = 'paid'`,
	"invariant.payable_state":  `UPDATE payment_payable SET state = 'ready' WHERE state = 'paid'`,
	"invariant.payable_money":  `DELETE FROM fund_posting WHERE entry_id IN (SELECT id FROM fund_entry WHERE kind = 'pay'); DELETE FROM fund_entry WHERE kind = 'pay'`,
	"invariant.reserved":       `UPDATE fund_pot SET balance_fen = balance_fen + 1 WHERE pot = 'reserved'`,
	"invariant.paid":           `UPDATE fund_pot SET balance_fen = balance_fen + 1 WHERE pot = 'paid'`,
	"invariant.left_open":      `UPDATE payment_payable SET state = 'refused' WHERE id = (SELECT min(p.id) FROM payment_payable p JOIN casefile_file f ON f.id = p.file_id WHERE f.state = 'closed')`,
	"invariant.revocation":     `UPDATE payment_payable SET state = 'revoked' WHERE state = 'refused'`,
	"invariant.receipt":        `UPDATE exit_receipt SET amount_fen = amount_fen + 1`,
	"invariant.receipt_ledger": `DELETE FROM fund_posting WHERE entry_id IN (SELECT id FROM fund_entry WHERE kind = 'recovery'); DELETE FROM fund_entry WHERE kind = 'recovery'`,
	"invariant.claim_over":     `UPDATE exit_claim SET claim_fen = 0`,
	"invariant.purpose":        `ALTER TABLE fund_account DROP CONSTRAINT fund_pair_allowed; UPDATE fund_account SET purpose = 'running' WHERE source = 'central'`,
	"invariant.batch_total":    `UPDATE payment_batch SET total_fen = total_fen + 1`,
	"invariant.batch_state":    `UPDATE payment_batch SET state = 'cancelled' WHERE state = 'made'`,
	"invariant.answer":         `UPDATE payment_answer SET paid = paid + 1`,
	"invariant.line":           `UPDATE payment_line SET amount_fen = amount_fen + 1 WHERE id = 1`,
	"invariant.line_ledger":    `DELETE FROM fund_posting WHERE entry_id IN (SELECT id FROM fund_entry WHERE kind = 'release'); DELETE FROM fund_entry WHERE kind = 'release'`,
	"invariant.entry_line":     `UPDATE payment_line SET state = 'open', answer_id = NULL WHERE state = 'paid'`,
	"invariant.two_people":     `ALTER TABLE payment_batch DROP CONSTRAINT payment_two_people; UPDATE payment_batch SET released_by = made_by WHERE released_by IS NOT NULL`,
	"invariant.batch_untold":   `DELETE FROM audit_seal; DELETE FROM audit_entry WHERE kind = 'batch'`,
}

// Every check finds what it is there for, and of a table that is wrong from end to end it tells a part.
func TestEachRuleIsFoundBroken(t *testing.T) {
	db := sampleCentre(t)
	if len(breaks) != invariant.Checks() {
		t.Errorf("%d of %d checks are tried", len(breaks), invariant.Checks())
	}
	for key, sql := range breaks {
		t.Run(key, func(t *testing.T) {
			tx, err := db.Owner.Begin(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = tx.Rollback(context.Background()) }() // the next one breaks a sound centre
			// The superuser behind the owner's connection: no trigger and no foreign key speaks.
			if _, err := tx.Exec(t.Context(), "SET LOCAL ROLE NONE; SET LOCAL session_replication_role = replica; "+sql, pgx.QueryExecModeSimpleProtocol); err != nil {
				t.Fatal(err)
			}
			found, err := invariant.Verify(t.Context(), tx)
			if err != nil {
				t.Fatal(err)
			}
			if !slices.ContainsFunc(found, func(f invariant.Finding) bool { return string(f.Said.Key) == key }) {
				t.Errorf("not found among %d findings", len(found))
			}
			if key == "invariant.cover" && len(found) != 50 {
				t.Errorf("%d findings of sixty wrong covers", len(found))
			}
		})
	}
}

// The evidence on record is listed in pieces of any size, each paper once; what is not on record is told apart.
func TestPapersAndStrays(t *testing.T) {
	db := sampleCentre(t)
	var want []string
	if err := db.App.QueryRow(t.Context(), `SELECT array_agg(DISTINCT blob ORDER BY blob) FROM casefile_evidence`).Scan(&want); err != nil || len(want) < 3 {
		t.Fatalf("%q, %v", want, err)
	}
	for most := 1; most <= len(want)+1; most++ {
		var got []string
		for after := ""; ; after = got[len(got)-1] {
			some, err := invariant.Papers(t.Context(), db.App, after, most)
			if err != nil || len(some) > most {
				t.Fatalf("%d papers at once of %d, %v", len(some), most, err)
			}
			if got = append(got, some...); len(some) < most {
				break
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%d at once: %q; want %q", most, got, want)
		}
	}
	unknown := strings.Repeat("0", 64)
	strays, err := casefile.Unrecorded(t.Context(), db.App, append([]string{unknown}, want...))
	if err != nil || !slices.Equal(strays, []string{unknown}) {
		t.Errorf("%q, %v", strays, err)
	}
	if strays, err := casefile.Unrecorded(t.Context(), db.App, nil); err != nil || len(strays) != 0 {
		t.Errorf("of nothing %q, %v", strays, err)
	}
}

// sampleCentre is a database with the sample centre, which is sound.
func sampleCentre(t *testing.T) *pgtest.Database {
	t.Helper()
	dir := t.TempDir()
	keys, err := seal.Open(filepath.Join(dir, "keys.json"), seal.Intl)
	if err != nil {
		t.Fatal(err)
	}
	files, err := file.Folder(filepath.Join(dir, "evidence"), keys)
	if err != nil {
		t.Fatal(err)
	}
	db := pgtest.DB(t)
	if err := seed.Fill(t.Context(), seed.Into{DB: db.App, Keys: keys, Files: files, Now: pgtest.Now}); err != nil {
		t.Fatal(err)
	}
	return db
}
