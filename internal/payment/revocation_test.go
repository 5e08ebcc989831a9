package payment_test

import (
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/fund"
	"bangfu/internal/money"
	"bangfu/internal/payment"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// pots says what an account holds.
func pots(t *testing.T, q work.Querier, id fund.AccountID) string {
	t.Helper()
	a, err := fund.Find(t.Context(), q, sample.Everywhere, id)
	if err != nil {
		t.Fatal(err)
	}
	return "available " + a.Available.String() + " reserved " + a.Reserved.String() + " paid " + a.Paid.String()
}

// refused lets finance refuse a payable.
func refused(t *testing.T, u *work.Unit, id payment.PayableID) {
	t.Helper()
	var err error
	as(u, sample.Accountant, func() { err = payment.Decide(t.Context(), u, id, payment.ActRefuse, "签领表缺签字") })
	if err != nil {
		t.Fatal(err)
	}
}

// What finance refused is ended by the deciding side alone: its money goes back to the fund, and it is nobody's any more.
func TestRevokingWhatFinanceRefused(t *testing.T) {
	u, account := centre(t, 1000)
	ids := three(t, u, account)
	id := ids[0] // of 100.00
	revoke := func(who work.Actor, id payment.PayableID) string {
		var err error
		as(u, who, func() {
			err = apart(t, u, func(u *work.Unit) error { return payment.Revoke(t.Context(), u, id, "户主去世") })
		})
		return sample.Told(t, err)
	}
	if told := revoke(sample.GroupHead, id); told != "payment.refusal.state" {
		t.Errorf("ready: %q", told)
	}
	refused(t, u, id)
	if got, want := pots(t, u, account), "available 400.00 reserved 600.00 paid 0.00"; got != want {
		t.Errorf("refused: %s, want %s", got, want)
	}
	for name, who := range map[string]work.Actor{"who refused it": sample.Accountant, "who gathered": sample.Clerk} {
		if told := revoke(who, id); told != "payment.refusal.revoke_sides" {
			t.Errorf("%s: %q", name, told)
		}
	}
	if told := revoke(sample.GroupHead, id); told != "" {
		t.Fatalf("revoked: %q", told)
	}
	if got, want := pots(t, u, account), "available 500.00 reserved 500.00 paid 0.00"; got != want {
		t.Errorf("revoked: %s, want %s", got, want)
	}
	p, err := payment.OfGrant(t.Context(), u, sample.Cashier, grantOf(t, u, id))
	if err != nil || p.ID != id || p.State != payment.Revoked || p.Reason != "户主去世" || len(p.Acts(sample.Accountant)) != 0 {
		t.Errorf("%+v, %v", p, err)
	}
	if told := revoke(sample.GroupHead, id); told != "payment.refusal.state" {
		t.Errorf("twice: %q", told)
	}
	log, err := payment.Decisions(t.Context(), u, p)
	if err != nil || len(log) != 2 || log[0].Act != payment.ActRevoke || log[0].By != sample.GroupHead.Name {
		t.Errorf("%+v, %v", log, err)
	}
	var told int
	if err := u.QueryRow(t.Context(), `SELECT count(*)::int FROM audit_entry WHERE act = 'payment.revoke' AND subject_id = $1`, id).Scan(&told); err != nil || told != 1 {
		t.Errorf("%d entries, %v", told, err)
	}
}

// grantOf gives the application of a payable.
func grantOf(t *testing.T, u *work.Unit, id payment.PayableID) int64 {
	t.Helper()
	p, err := payment.Find(t.Context(), u, sample.Cashier, id)
	if err != nil {
		t.Fatal(err)
	}
	return p.Grant
}

// What the bank could not pay has its money back already: revoking it moves none, and it is not tried again.
func TestRevokingWhatTheBankCouldNotPay(t *testing.T) {
	u, account := centre(t, 1000)
	id := sample.Award(t, u, sample.PaidTo(t, u, 0, "王建国"), account, money.Yuan(100))
	b := released(t, u, []payment.PayableID{id})
	if _, err := answer(t, u, b, row(t, u, b, 1, "失败", "账户已销户")); err != nil {
		t.Fatal(err)
	}
	before := pots(t, u, account)
	as(u, sample.GroupHead, func() {
		if err := apart(t, u, func(u *work.Unit) error { return payment.Revoke(t.Context(), u, id, "家庭放弃") }); err != nil {
			t.Fatal(err)
		}
	})
	if got := pots(t, u, account); got != before || got != "available 1000.00 reserved 0.00 paid 0.00" {
		t.Errorf("%s, before %s", got, before)
	}
	as(u, sample.Accountant, func() {
		if told := sample.Told(t, payment.Decide(t.Context(), u, id, payment.ActRetry, "再试")); told != "payment.refusal.state" {
			t.Errorf("tried again: %q", told)
		}
	})
}

// A household's halted payables end together; what stands otherwise stays.
func TestRevokingAllThatStandsStill(t *testing.T) {
	u, account := centre(t, 1000)
	file := sample.PaidTo(t, u, 0, "王建国")
	first, second := sample.Award(t, u, file, account, money.Yuan(100)), sample.Award(t, u, file, account, money.Yuan(50))
	refused(t, u, first)
	as(u, sample.Supervisor, func() {
		ended, err := payment.RevokeHalted(t.Context(), u, file.ID, "撤档")
		if err != nil || len(ended) != 1 || ended[0].ID != first {
			t.Errorf("%+v, %v", ended, err)
		}
		if ended, err := payment.RevokeHalted(t.Context(), u, file.ID, "撤档"); err != nil || len(ended) != 0 {
			t.Errorf("again: %+v, %v", ended, err)
		}
	})
	p, err := payment.Find(t.Context(), u, sample.Cashier, second)
	if err != nil || p.State != payment.Ready {
		t.Errorf("%+v, %v", p, err)
	}
	if got, want := pots(t, u, account), "available 950.00 reserved 50.00 paid 0.00"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// By hand nothing is revoked without its reason, its release and its state, and no closed file is owed anything.
func TestNothingIsRevokedByHand(t *testing.T) {
	u, account := centre(t, 1000)
	file := sample.PaidTo(t, u, 0, "王建国")
	id := sample.Award(t, u, file, account, money.Yuan(100))
	ready := sample.Award(t, u, sample.PaidTo(t, u, 1, "赵小兰"), account, money.Yuan(100))
	refused(t, u, id)
	args := pgx.NamedArgs{"payable": id, "ready": ready, "grant": grantOf(t, u, id), "account": account, "fen": 10000, "now": u.Now,
		"head": sample.GroupHead.StaffID, "clerk": sample.Clerk.StaffID, "file": file.ID, "supervisor": sample.Supervisor.StaffID}
	const (
		reason = `INSERT INTO payment_revocation (payable_id, reason, staff_id, at) VALUES (@payable, '手工', @head, @now);`
		state  = `UPDATE payment_payable SET state = 'revoked' WHERE id = @payable`
	)
	release := strings.NewReplacer("'pay'", "'release'", "'paid'", "'available'").Replace(payLedger)
	try(t, u, args, map[string]attempt{
		"without a reason":              {state, "payment_revoked"},
		"what is ready":                 {strings.ReplaceAll(reason+state, "@payable", "@ready"), "payment_revoked"},
		"by the gathering side":         {strings.ReplaceAll(reason, "@head", "@clerk"), "casefile_duty_sides"},
		"without giving the money back": {reason + state, "payment_in_ledger"},
		"a reason that ends nothing":    {strings.TrimSuffix(reason, ";"), "payment_revocation_kept"},
		"the money given back alone":    {strings.TrimSuffix(release, ";"), "payment_by_bank"},
		"a reason told twice":           {reason + release + state + ";" + strings.TrimSuffix(reason, ";"), "payment_revocation_pkey"},
		"what was revoked, ready again": {reason + release + state + `; UPDATE payment_payable SET state = 'ready' WHERE id = @payable`, "payment_revoked_final"},
	})
	for _, test := range []struct{ name, before, rule string }{{"a file closed with money on it", "", "payment_left_open"}, {"with the money given back", reason + release + state, ""}} {
		err := apart(t, u, func(u *work.Unit) error {
			for statement := range strings.SplitSeq(test.before, ";") {
				if _, err := u.Exec(t.Context(), statement, args); err != nil {
					return err
				}
			}
			sample.Left(t, u, file.ID)
			_, err := u.Exec(t.Context(), `UPDATE casefile_file SET state = 'closed', closed_at = @now, return_reason = 'out_of_hardship' WHERE id = @file`, args)
			return err
		})
		if got := refusedBy(err); got != test.rule {
			t.Errorf("%s: refused by %q, want %q (%v)", test.name, got, test.rule, err)
		}
	}
}
