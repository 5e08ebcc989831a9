package retention_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/audit"
	"bangfu/internal/casefile"
	"bangfu/internal/fund"
	"bangfu/internal/invariant"
	"bangfu/internal/reading"
	"bangfu/internal/retention"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// After its destruction nothing of a household is found anywhere in the database, the money and the counts are there, and
// everything that verify checks is sound.
func TestNothingIsLeft(t *testing.T) {
	u := centre(t)
	f, other := closed(t, u), sample.File(t, u, casefile.Active)
	for _, name := range names {
		if left := holding(t, u, name); len(left) == 0 {
			t.Fatalf("%s is nowhere to begin with", name)
		}
	}
	before, err := invariant.Verify(t.Context(), u) // a sample's grant is written without its trail
	must(t, err)
	later := on(u, over)
	batch := agree(t, later)
	if n := run(t, later); n != 1 {
		t.Fatalf("%d files destroyed", n)
	}
	for _, name := range names {
		if left := holding(t, u, name); len(left) > 0 {
			t.Errorf("%s is still in %v", name, left)
		}
	}
	b, err := retention.Find(t.Context(), u, sample.Officer.Scope, batch)
	if err != nil || b.State != retention.Done || b.Decider != sample.GroupHead.Name {
		t.Errorf("%+v, %v", b, err)
	}
	left, err := retention.ErasedOf(t.Context(), u, batch)
	if err != nil || len(left) != 1 || left[0].Number != f.Number || left[0].People != 3 || left[0].Aid != 40000 || left[0].Grants != 1 ||
		left[0].Papers == 0 || left[0].Entries < 10 || left[0].Ended != casefile.ExitReasons.Key("out_of_hardship") || left[0].Until != over.Add(-1) {
		t.Errorf("%+v, %v", left, err)
	}
	if _, err := casefile.Find(t.Context(), u, sample.Officer.Scope, f.ID); err == nil {
		t.Error("the file's page is still there")
	}
	if n := count(t, u, `SELECT count(*)::int FROM payment_payable WHERE file_id = $1 AND amount_fen = 40000 AND state = 'paid'`, f.ID); n != 1 {
		t.Errorf("%d payables", n)
	}
	sound(t, later, len(before))
	if n := run(t, later); n != 0 {
		t.Errorf("run again: %d", n)
	}
	if n, err := casefile.KeepMissing(t.Context(), u.Tx, later.Now); err != nil || n != 0 {
		t.Errorf("%d first versions kept, %v", n, err)
	}
	if again, err := casefile.Find(t.Context(), u, sample.Officer.Scope, other.ID); err != nil || again.HeadName != other.HeadName {
		t.Errorf("another household: %+v, %v", again, err)
	}
	hits, err := casefile.Search(t.Context(), u, sample.Keys(), sample.Officer.Scope, names[0], "")
	if err != nil || len(hits.Found) != 0 {
		t.Errorf("a search finds %+v, %v", hits, err)
	}
}

// A destruction does not hide who had opened the file: it stays by the file's number until the readings' own term, and leads
// nowhere.
func TestWhoReadADestroyedFile(t *testing.T) {
	u := centre(t)
	f := closed(t, u)
	eve := on(u, over.Add(-1))
	w := reading.NewWatcher(reading.Limits{})
	w.Shown(sample.Clerk, reading.OfFile(f.ID), eve.Now)
	_, err := w.Write(t.Context(), u.Tx, func() time.Time { return eve.Now })
	must(t, err)
	opened := func() reading.Opened {
		all, _, err := reading.FilesOf(t.Context(), u, sample.Auditor.Scope, sample.Clerk.StaffID, over.Add(-1), reading.Spot{}, 9)
		if err != nil || len(all) != 1 || all[0].Number != f.Number || all[0].FileID != f.ID {
			t.Fatalf("%+v, %v", all, err)
		}
		return all[0]
	}
	if o := opened(); o.Erased || !o.Open {
		t.Errorf("before: %+v", o)
	}
	later := on(u, over)
	agree(t, later)
	if n := run(t, later); n != 1 {
		t.Fatalf("%d files destroyed", n)
	}
	if o := opened(); !o.Erased || o.Open {
		t.Errorf("after: %+v", o)
	}
	if all, _, err := reading.Of(t.Context(), u, sample.Auditor.Scope, f.ID, reading.Place{}, 9); err != nil || len(all) > 0 {
		t.Errorf("the file's own list: %+v, %v", all, err)
	}
}

// holding lists the tables of which a row holds the text.
func holding(t *testing.T, q work.Querier, text string) []string {
	t.Helper()
	rows, err := q.Query(t.Context(), `SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
		AND has_table_privilege(c.oid, 'SELECT') ORDER BY 1`)
	must(t, err)
	tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
	must(t, err)
	var all []string
	for _, table := range tables {
		name := pgx.Identifier{table}.Sanitize()
		if count(t, q, fmt.Sprintf(`SELECT count(*)::int FROM %s x WHERE strpos(x::text, $1) > 0`, name), text) > 0 {
			all = append(all, table)
		}
	}
	return all
}

// sound checks the trail, the invariants, the ledger and the versions, as `bangfu verify` does; before is how many
// findings of the invariants there were.
func sound(t *testing.T, u *work.Unit, before int) {
	t.Helper()
	_, err := audit.Seal(t.Context(), u.Tx, u.Now)
	must(t, err)
	report, err := audit.Verify(t.Context(), u)
	if err != nil || report.Broken != nil {
		t.Errorf("the trail: %+v, %v", report.Broken, err)
	}
	found, err := invariant.Verify(t.Context(), u)
	if err != nil || len(found) != before {
		t.Errorf("invariants: %+v, %v", found, err)
	}
	if faults, err := fund.Verify(t.Context(), u); err != nil || len(faults) > 0 {
		t.Errorf("the ledger: %v, %v", faults, err)
	}
	if _, _, err := casefile.VerifyVersions(t.Context(), u, sample.Keys(), func(f casefile.VersionFault) { t.Errorf("versions: %+v", f) }); err != nil {
		t.Error(err)
	}
}

// fates says of every table what the destruction of a file does to it. A table of which rows can be reached from a file is
// "gone", or each of its columns is named: those whose words are wiped behind "wiped:", those that stay behind "kept:".
// Any other table is "none": it holds nothing of a household. A new table, or a new column of a kept one, fails the test
// until somebody has thought about it.
var fates = map[string]string{
	"casefile_arrears": "gone", "casefile_assessment": "gone", "casefile_cause": "gone", "casefile_change": "gone", "casefile_claim": "gone",
	"casefile_declaration": "gone", "casefile_evidence": "gone", "casefile_figure": "gone", "casefile_judgement": "gone", "casefile_opinion": "gone",
	"casefile_particular": "gone", "casefile_person": "gone", "casefile_print": "gone", "casefile_property": "gone", "casefile_section": "gone",
	"casefile_section_past": "gone", "casefile_snapshot": "gone", "casefile_standing": "gone", "casefile_typed": "gone", "casefile_version": "gone",
	"check_finding": "gone", "check_file": "gone", "check_due": "gone",
	"casefile_term":      "gone", // by triggers, with the names
	"comparison_finding": "gone", "comparison_left_out": "gone", "comparison_row": "gone", "comparison_subject": "gone",
	"exit_callback": "gone", "exit_guarantee": "gone", "exit_month": "gone", "exit_paper": "gone",
	"ledger_export": "gone", "ledger_origin": "gone", "ledger_row": "gone",
	"move_move": "gone", "move_verdict": "gone", "nomination_nomination": "gone",
	"notice_notice": "gone", "notice_objection": "gone", "notice_shown": "gone", "notice_public": "gone",
	"plan_measure": "gone", "plan_plan": "gone", "referral_event": "gone", "referral_paper": "gone", "referral_referral": "gone", "referral_uncovered": "gone",
	"referral_reception": "gone", "referral_reception_event": "gone", // by a trigger on the file's end
	"trial_change": "gone", "visit_finding": "gone", "visit_stop": "gone", "visit_typed": "gone", "visit_visit": "gone",
	// What is counted, and who acted: no word about the household.
	"casefile_file": "wiped: head_name head_pinyin address employer housing housing_m2 economy_until weigh_since return_reason old_number org_path level_1 level_2 level_3 level_4 papers_until " +
		"kept: id org_id state number number_key people main_cause category registered_by registered_at submitted_at activated_at closed_at round version relapse_of split_of merged_into erased_at undone_at " +
		"temporary_at cancelled_by handed_by",
	"census_form":   "wiped: head_name note kept: id census_id number bundle_id org_path state returned_on reason file_id done_by done_at",
	"casefile_duty": "kept: file_id staff_id side",
	"review_result": "wiped: note remark kept: round_id file_id org_id outcome state papers_agree agree_by agreed_at agreed_by reviewed_by reviewed_at confirmed_by confirmed_at",
	"visit_pick":    "kept: sample_id position file_id",
	// Money, by the number of the file (accounting records by accounting rules). What finance and the bank wrote of a payment
	// belongs to its voucher.
	"casefile_card": "wiped: holder branch number_sealed number_index state reject_reason kept: id file_id bank entered_by entered_at confirmed_by confirmed_at",
	"exit_exit": "wiped: grounds opinion posted_where told_whom " +
		"kept: id file_id org_path reason state happened_on other_number aid rule_on proposed_by proposed_at assessed_by assessed_at posted_on posted_by told_on told_how told_by told_at closed_by closed_at",
	"exit_claim":   "kept: exit_id payable_id claim_fen",
	"exit_receipt": "kept: id exit_id amount_fen received_on paper entered_by entered_at",
	"grant_application": "wiped: reason facts kept: id file_id org_id org_path terms_id purpose cause ceiling_fen amount_fen window_fen tier state step waiting_at round account_id " +
		"group_id committee_id card_id entered_by entered_at revised_by decided_at",
	"grant_decision":        "wiped: opinion kept: id application_id round step verdict amount_fen staff_id decided_at",
	"payment_payable":       "kept: id application_id file_id org_id org_path account_id amount_fen card_id state attempt reason created_at",
	"payment_line":          "kept: id batch_id seq payable_id attempt reference amount_fen card_id state reason answer_id",
	"payment_refusal":       "kept: id payable_id act reason staff_id at",
	"payment_revocation":    "kept: payable_id reason staff_id at",
	"exit_receipt_part":     "kept: id receipt_id payable_id amount_fen",
	"exit_receipt_reversal": "kept: receipt_id reason entered_by entered_at",
	// The destruction itself.
	"retention_item": "kept: batch_id file_id state why ended_at erasing failed_at",
	"retention_hold": "wiped: reason lifted_why kept: id file_id kind placed_by placed_at lifted_by lifted_at",
	"retention_erased": "kept: file_id batch_id number org_id org_path ended reason registered_on activated_on closed_on term_until category cause people papers bytes versions " +
		"prints visits entries erased_at",
	"retention_aid": "kept: file_id purpose grants amount_fen",
	// Who of the staff had opened the file, by its id, until the readings' own term: a destruction does not hide who looked.
	"reading_file": "kept: staff_id hour file_id times first_at last_at", "reading_hour": "none",
	// The trail: changes of every entry about the file, but for codes and sums. Bank files are vouchers and stay sealed.
	"audit_entry": "none", "audit_pending": "none", "audit_seal": "none", "audit_redaction": "none",
	"casefile_number": "none", "census_bundle": "none", "census_census": "none", "casefile_saved": "none", "casefile_saved_mark": "none", "eligibility_standard": "none", "review_training": "none",
	"comparison_answer": "none", "comparison_batch": "none", "comparison_content": "none", "comparison_rule": "none",
	"eligibility_line": "none", "eligibility_reference": "none", "eligibility_rule": "none", "exit_rule": "none",
	"fund_account": "none", "fund_allowed": "none", "fund_entry": "none", "fund_posting": "none", "fund_pot": "none", "fund_purpose": "none", "fund_source": "none",
	"grant_programme": "none", "grant_terms": "none", "grant_tier": "none", "ledger_import": "none", "ledger_mapping": "none", "move_batch": "none",
	"payment_answer": "none", "payment_batch": "none", "payment_format": "none", "referral_number": "none", "retention_batch": "none", "retention_blob": "none",
	"review_round": "none", "review_unit": "none", "sessions": "none", "staff_attempt": "none", "staff_body": "none", "staff_body_member": "none", "staff_change": "none",
	"staff_member": "none", "staff_org": "none", "staff_relative": "none", "staff_role": "none", "trial_proposal": "none", "trial_run": "none",
	"visit_plan": "none", "visit_rule": "none", "visit_sample": "none", "visit_team": "none", "visit_trained": "none", "visit_training": "none", "work_form_key": "none", "goose_db_version": "none",
}

// sorted gives the names in order.
func sorted(names []string) []string {
	names = slices.Clone(names)
	slices.Sort(names)
	return names
}

func TestEveryColumnHasAFate(t *testing.T) {
	u := centre(t)
	reached := map[string]bool{"casefile_file": true, "casefile_term": true, "notice_public": true, "reading_file": true} // the last three by no key
	for grown := true; grown; {
		grown = false
		rows, err := u.Query(t.Context(), `SELECT DISTINCT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint WHERE contype = 'f'`)
		must(t, err)
		var child, parent string
		_, err = pgx.ForEachRow(rows, []any{&child, &parent}, func() error {
			if reached[parent] && !reached[child] {
				reached[child], grown = true, true
			}
			return nil
		})
		must(t, err)
	}
	rows, err := u.Query(t.Context(), `SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum) FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
		WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped GROUP BY c.relname ORDER BY 1`)
	must(t, err)
	var table string
	var columns []string
	seen := 0
	_, err = pgx.ForEachRow(rows, []any{&table, &columns}, func() error {
		seen++
		fate, known := fates[table]
		named := strings.Fields(strings.NewReplacer("wiped:", "", "kept:", "").Replace(fate))
		switch {
		case !known:
			t.Errorf("table %s has no fate: what becomes of it when a file is destroyed?", table)
		case reached[table] && fate == "none":
			t.Errorf("table %s can be reached from a file", table)
		case !reached[table] && fate != "none":
			t.Errorf("table %s cannot be reached from a file", table)
		case fate == "none" || fate == "gone":
		case fmt.Sprint(sorted(named)) != fmt.Sprint(sorted(columns)):
			t.Errorf("table %s has the columns %v, and a fate for %v", table, sorted(columns), sorted(named))
		}
		return nil
	})
	if err != nil || seen < len(fates)-1 {
		t.Errorf("%d tables of %d, %v", seen, len(fates), err)
	}
}
