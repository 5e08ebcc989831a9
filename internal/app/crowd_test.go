package app_test

import (
	"fmt"
	"testing"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/fund"
	"bangfu/internal/grant"
	"bangfu/internal/money"
	"bangfu/internal/notice"
	"bangfu/internal/payment"
	"bangfu/internal/referral"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// crowd makes rows: behind every list, and below one record of each kind.
type crowd struct {
	t       *testing.T
	u       *work.Unit
	records records
	rows    int // made so far, so that names differ
}

// widen adds rows to every list: files in the states that somebody waits for, notices, applications, payables, batches,
// accounts, entries, people, offices and rules.
func (w *crowd) widen(n int) {
	w.t.Helper()
	account := fund.AccountID(w.id("/funds/{account}"))
	for range n {
		w.rows++
		sample.File(w.t, w.u, casefile.InNotice)
		f := sample.File(w.t, w.u, casefile.Active)
		payable := sample.Award(w.t, w.u, f, account, money.Yuan(100))
		as(w.u, sample.Cashier, func() {
			_, err := payment.Make(w.t.Context(), w.u, []payment.PayableID{payable}, 1)
			must(w.t, err)
		})
		sample.Award(w.t, w.u, sample.File(w.t, w.u, casefile.Active), account, money.Yuan(100))
		w.applications(f.ID)
		w.places()
		as(w.u, sample.Clerk, func() {
			_, err := referral.Begin(w.t.Context(), w.u, f.ID, referral.Medical, referral.Letter{Origin: referral.FromVisit, Office: "医保局", Reason: "自付过高"})
			must(w.t, err)
			_, err = referral.Receive(w.t.Context(), w.u, sample.Keys(), visitor(w.u))
			must(w.t, err)
		})
		if w.rows%9 == 2 { // dear to make
			exitOf(w.t, w.u, account)
			sample.File(w.t, w.u, casefile.Closed)
		}
	}
	run(w.t, w.u, `INSERT INTO casefile_file (org_id, org_path, state, head_name, people, registered_by, registered_at, submitted_at)
		SELECT @org, '', state, '王' || n, 3, @clerk, @now, @now
		FROM generate_series(1, @n::int) n, unnest('{draft,submitted,visited,judged,assessed,returned}'::text[]) state`, w.args(n))
}

// applications leaves one application at the review and one before the leading group.
func (w *crowd) applications(f work.FileID) {
	w.t.Helper()
	applied(w.t, w.u, f, 300)
	other := sample.File(w.t, w.u, casefile.Active)
	as(w.u, sample.Clerk, func() {
		id, err := grant.Apply(w.t.Context(), w.u, other.ID, "living", grant.Request{Cause: casefile.SeriousIllness, Reason: "住院", Amount: money.Yuan(600)})
		must(w.t, err)
		as(w.u, sample.Officer, func() {
			_, err := grant.Decide(w.t.Context(), w.u, id, grant.Deed{Act: grant.ActReview, Opinion: "属实", Account: fund.AccountID(w.id("/funds/{account}"))})
			must(w.t, err)
		})
	})
}

// places adds an office with an account and a body, a member of staff who sits in the leading group, a line and a
// format.
func (w *crowd) places() {
	w.t.Helper()
	args := w.args(w.rows)
	args["code"], args["name"], args["username"], args["year"] = fmt.Sprintf("U%d", w.rows), fmt.Sprintf("工会%d", w.rows),
		fmt.Sprintf("crowd%d", w.rows), 2000+w.rows
	args["member"] = 9700 + w.rows
	for _, sql := range []string{
		`WITH o AS (INSERT INTO staff_org (parent_id, level, code, name, district, phone, path)
			VALUES (@org, 'unit', @code, @name, '539901', '0879-2100009', '') RETURNING id)
			INSERT INTO staff_body (org_id, kind, name) SELECT id, 'group', '领导组' FROM o`,
		`INSERT INTO fund_account (org_id, org_path, source, purpose, year, opened_by, opened_at)
			SELECT id, '', 'city', 'living', 2026, @clerk, @now FROM staff_org WHERE code = @code`,
		`INSERT INTO staff_member (id, org_id, username, name, password_hash, created_at) VALUES (@member, @org, @username, @name, '$argon2id$', @now)`,
		`INSERT INTO staff_role (staff_id, role, granted_at) VALUES (@member, 'group_member', @now)`,
		`INSERT INTO staff_body_member (body_id, staff_id, since) VALUES (@group, @member, '2026-01-01')`,
		`INSERT INTO eligibility_line (district, from_on, monthly_fen, source, entered_at) VALUES ('539901', make_date(@year, 3, 3), 60000, '公告', @now)`,
		`INSERT INTO comparison_rule (from_on, required, months, source) VALUES (make_date(@year, 2, 2), false, 12, '规定')`,
		`INSERT INTO comparison_batch (org_id, org_path, receiver, purpose, aim, from_on, until_on, asked, minors, state, files, people, left_out, made_by, made_at)
			SELECT id, path, '民政局', '核对', 'review', '2026-01-01', '2026-11-01', '{vehicle}', false, 'made', 1, 1, 0, @clerk, @now FROM staff_org WHERE id = @org`,
		`INSERT INTO visit_rule (from_on, registrar_may, source) VALUES (make_date(@year, 2, 2), true, '规定')`,
		`INSERT INTO exit_rule (from_on, months, percent, posted_days, callbacks, source) VALUES (make_date(@year, 2, 2), 6, 100, 0, '{3}', '规定')`,
		`INSERT INTO payment_format (name, encoding, columns, made_at) VALUES (@name, 'utf-8', '{sequence,reference,name,card,amount}', @now)`,
	} {
		run(w.t, w.u, sql, args)
	}
}

// deepen gives one record of each kind many rows of its own: people, papers, cards, visits, notices and grants to a
// household, objections to a notice, rounds to an application, lines to a batch, entries to an account.
func (w *crowd) deepen(n int) {
	w.t.Helper()
	account := fund.AccountID(w.id("/funds/{account}"))
	args := w.args(n)
	args["file"] = w.id("/files/{file}")
	for _, sql := range []string{
		`INSERT INTO comparison_finding (answer_id, file_id, person_id, person_name, kind, sealed, state, found_at)
			SELECT answer_id, file_id, person_id, person_name, kind, sealed, state, found_at FROM comparison_finding, generate_series(1, @n::int)
			WHERE file_id = @file`,
		`INSERT INTO comparison_row (answer_id, row, verdict, number, name)
			SELECT answer_id, row + n, 'unknown', number, name FROM comparison_row, generate_series(1, @n::int) n`,
		`INSERT INTO comparison_left_out (batch_id, file_id) SELECT b.id, f.id FROM comparison_batch b, casefile_file f WHERE f.state = 'active' LIMIT @n`,
		`INSERT INTO comparison_answer (batch_id, name, size, state, rows_all, uploaded_by, uploaded_at)
			SELECT batch_id, name, size, 'uploaded', rows_all, uploaded_by, uploaded_at FROM comparison_answer, generate_series(1, @n::int)`,
		`INSERT INTO referral_referral (file_id, person_id, person_name, kind, origin, state, office, reason, made_by, made_at)
			SELECT file_id, person_id, person_name, kind, origin, 'withdrawn', office, reason, made_by, made_at
			FROM referral_referral, generate_series(1, @n::int) WHERE file_id = @file`,
		`INSERT INTO referral_event (referral_id, act, on_day, note, done_by, done_at)
			SELECT referral_id, 'follow', on_day, '询问', done_by, done_at FROM referral_event, generate_series(1, @n::int) WHERE act = 'send'`,
		`INSERT INTO referral_reception_event (reception_id, act, on_day, note, done_by, done_at)
			SELECT reception_id, 'follow', on_day, '询问', done_by, done_at FROM referral_reception_event, generate_series(1, @n::int) WHERE act = 'register'`,
		`INSERT INTO casefile_person (file_id, relation, name, id_sealed, id_index, birth_on, sex)
			SELECT file_id, 'other', name || n, id_sealed, sha256((file_id || '/' || n)::bytea), birth_on, sex
			FROM casefile_person, generate_series(1, @n::int) n WHERE file_id = @file AND relation = 'head'`,
		`INSERT INTO casefile_evidence (file_id, kind, blob, name, type, size, added_by, added_at)
			SELECT file_id, kind, encode(sha256((blob || n)::bytea), 'hex'), name, type, size, added_by, added_at
			FROM (SELECT * FROM casefile_evidence WHERE file_id = @file LIMIT 1) e, generate_series(1, @n::int) n`,
		`INSERT INTO casefile_card (file_id, holder, bank, branch, number_sealed, number_index, entered_by, entered_at, state)
			SELECT file_id, holder, bank, branch, number_sealed, number_index, entered_by, entered_at, 'replaced'
			FROM casefile_card, generate_series(1, @n::int) WHERE file_id = @file AND state = 'current'`,
		`INSERT INTO visit_visit (file_id, round, purpose, visited_on, visitor_a, visitor_b, agrees, visitors_signed, applicant_signed, entered_by, entered_at)
			SELECT file_id, n + 1, purpose, visited_on, visitor_a, visitor_b, agrees, true, true, entered_by, entered_at
			FROM visit_visit, generate_series(1, @n::int) n WHERE file_id = @file`,
	} {
		run(w.t, w.u, sql, args)
	}
	f, err := casefile.Find(w.t.Context(), w.u, work.Everywhere, work.FileID(args["file"].(int64)))
	must(w.t, err)
	var payables []payment.PayableID
	for i := range n {
		id := granted(w.t, w.u, f.ID, account, 5)
		payables = append(payables, payment.PayableID(number(w.t, w.u, `SELECT id FROM payment_payable WHERE application_id = $1`, id)))
		as(w.u, sample.Accountant, func() {
			_, err := fund.Receive(w.t.Context(), w.u, account, fund.Receipt{Amount: money.Yuan(1), On: w.u.Today(), Paper: fmt.Sprint(i)})
			must(w.t, err)
		})
		as(w.u, sample.Officer, func() {
			_, err := notice.Object(w.t.Context(), w.u, sample.Keys(), notice.ID(w.id("/notices/{notice}")), notice.Said{Channel: notice.ChannelDesk, Content: "另有住房"})
			must(w.t, err)
		})
	}
	as(w.u, sample.Cashier, func() {
		batch, err := payment.Make(w.t.Context(), w.u, payables, 1)
		must(w.t, err)
		as(w.u, sample.Accountant2, func() { must(w.t, payment.Release(w.t.Context(), w.u, sample.Keys(), batch)) })
		w.records.set("/payments/batches/{batch}", int64(batch))
	})
	w.rounds(n)
}

// rounds sends an application back and forth.
func (w *crowd) rounds(n int) {
	w.t.Helper()
	f := sample.File(w.t, w.u, casefile.Active)
	id := applied(w.t, w.u, f.ID, 300)
	for range n {
		as(w.u, sample.Officer, func() {
			_, err := grant.Decide(w.t.Context(), w.u, id, grant.Deed{Act: grant.ActReturn, Opinion: "补材料"})
			must(w.t, err)
		})
		as(w.u, sample.Clerk, func() {
			must(w.t, grant.Resubmit(w.t.Context(), w.u, id, grant.Request{Cause: casefile.SeriousIllness, Reason: "住院", Amount: money.Yuan(300)}))
		})
	}
	_, err := grant.Decide(w.t.Context(), work.NewUnit(w.u.Tx, w.u.Now, sample.Officer), id,
		grant.Deed{Act: grant.ActReview, Opinion: "属实", Account: fund.AccountID(w.id("/funds/{account}"))})
	must(w.t, err)
	_, err = grant.Decide(w.t.Context(), work.NewUnit(w.u.Tx, w.u.Now, sample.GroupHead), id, grant.Deed{Act: grant.ActSign, Opinion: "同意"})
	must(w.t, err)
	w.records.set("/grants/{application}", int64(id))
}

func (w *crowd) args(n int) pgx.NamedArgs {
	return pgx.NamedArgs{"n": n, "org": sample.County, "clerk": sample.Clerk.StaffID, "now": w.u.Now, "group": sample.GroupID}
}

// id is the record of a kind.
func (w *crowd) id(prefix string) int64 {
	w.t.Helper()
	return number(w.t, w.u, `SELECT $1::text::bigint`, w.records[prefix])
}
