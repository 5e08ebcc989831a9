package exit_test

import (
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/exit"
	"bangfu/internal/fund"
	"bangfu/internal/invariant"
	"bangfu/internal/money"
	"bangfu/internal/payment"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// A receipt is laid on the claimed grants, the oldest first, as far as each is open.
func TestWhatAReceiptIsLaidOn(t *testing.T) {
	claims := []exit.Claimed{{Payable: 1, Claim: 300, Back: 100}, {Payable: 2, Claim: 0}, {Payable: 3, Claim: 500}}
	for amount, want := range map[money.Amount][]money.Amount{1: {1}, 199: {199}, 200: {200}, 201: {200, 1}, 700: {200, 500}, 701: {200, 500}} {
		got := exit.Lay(amount, claims)
		if len(got) != len(want) {
			t.Errorf("%d: %v, want %v", amount, got, want)
			continue
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%d: %v, want %v", amount, got, want)
			}
		}
	}
}

// pots says what an account holds.
func pots(t *testing.T, q work.Querier, id fund.AccountID) string {
	t.Helper()
	a, err := fund.Find(t.Context(), q, sample.Everywhere, id)
	must(t, err)
	return "available " + a.Available.String() + " reserved " + a.Reserved.String() + " paid " + a.Paid.String()
}

// claimed is an exit for false information, closed, with 400.00 of the city's fund and 300.00 of the dues claimed back.
func claimed(t *testing.T, u *work.Unit) (id exit.ID, city, dues fund.AccountID) {
	t.Helper()
	city = sample.Fund(t, u, money.Yuan(1000))
	must(t, by(u, sample.Accountant, func() (err error) {
		if dues, err = fund.Open(t.Context(), u, fund.Dues, fund.Living, 2026); err == nil {
			_, err = fund.Receive(t.Context(), u, dues, fund.Receipt{Amount: money.Yuan(1000), On: u.Today(), Paper: "会费拨款"})
		}
		return err
	}))
	f := sample.File(t, u, casefile.Active)
	p := exit.Proposal{Reason: exit.False, Grounds: "收入不实", Papers: papersOf(t, u, f)}
	for account, yuan := range map[fund.AccountID]int64{city: 400, dues: 300} {
		payable := sample.Award(t, u, f, account, money.Yuan(yuan))
		settle(t, u, payable)
		p.Claims = append(p.Claims, exit.Claim{Payable: int64(payable), Amount: money.Yuan(yuan)})
	}
	id, err := exit.Propose(t.Context(), u, f.ID, p)
	must(t, err)
	bring(t, u, id, exit.Closed)
	return id, city, dues
}

// whole lets the database ask all that it asks at the end of a unit.
func whole(t *testing.T, u *work.Unit) {
	t.Helper()
	if _, err := u.Exec(t.Context(), "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED"); err != nil {
		t.Fatal(err)
	}
	faults, err := fund.Verify(t.Context(), u)
	if err != nil || len(faults) != 0 {
		t.Errorf("the ledger: %v, %v", faults, err)
	}
	found, err := invariant.Verify(t.Context(), u)
	must(t, err)
	for _, f := range found {
		if f.Number == "I1" || f.Number == "I5" && f.Table == "casefile_duty" {
			t.Errorf("%s %s %d: %v", f.Number, f.Table, f.ID, f.Said)
		}
	}
}

// What comes back stands in the funds that had paid, once; taken back by a second person it leaves them, and the claim is open
// by so much again.
func TestWhatComesBackReachesItsFund(t *testing.T) {
	u := centre(t)
	id, city, dues := claimed(t, u)
	receive := func(yuan int64) {
		t.Helper()
		must(t, by(u, sample.Accountant, func() error {
			return exit.Receive(t.Context(), u, id, exit.Receipt{Amount: money.Yuan(yuan), ReceivedOn: u.Today(), Paper: "收据 7 号"})
		}))
		whole(t, u)
	}
	sum := func() string {
		t.Helper()
		c, d := pots(t, u, city), pots(t, u, dues)
		claim, proof, err := exit.FindRecovery(t.Context(), u, sample.Accountant.Scope, id)
		must(t, err)
		if claim.Received != proof.Claims[0].Back+proof.Claims[1].Back {
			t.Errorf("%s came back, of the grants %s and %s", claim.Received, proof.Claims[0].Back, proof.Claims[1].Back)
		}
		return c + "; " + d + "; open " + claim.Open().String()
	}
	first := "available 600.00 reserved 0.00 paid 400.00; available 700.00 reserved 0.00 paid 300.00; open 700.00"
	if got := sum(); got != first {
		t.Fatalf("%s, want %s", got, first)
	}
	receive(150)
	receive(550)
	if got, want := sum(), "available 1000.00 reserved 0.00 paid 0.00; available 1000.00 reserved 0.00 paid 0.00; open 0.00"; got != want {
		t.Errorf("all came back: %s, want %s", got, want)
	}
	_, proof, err := exit.FindRecovery(t.Context(), u, sample.Accountant.Scope, id)
	must(t, err)
	second := proof.Receipts[0]
	reverse := func(who work.Actor) string {
		return sample.Told(t, by(u, who, func() error { return exit.Reverse(t.Context(), u, second.ID, "金额录错") }))
	}
	for name, test := range map[string]struct {
		who  work.Actor
		told string
	}{
		"who booked it":     {sample.Accountant, "exit.refusal.reversal_own"},
		"the deciding side": {sample.Supervisor, "exit.refusal.sides"},
	} {
		if told := reverse(test.who); told != test.told {
			t.Errorf("%s: %q, want %q", name, told, test.told)
		}
	}
	if told := reverse(sample.Accountant2); told != "" {
		t.Fatalf("taken back: %q", told)
	}
	whole(t, u)
	claim, proof, err := exit.FindRecovery(t.Context(), u, sample.Accountant.Scope, id)
	if err != nil || claim.Open() != money.Yuan(550) || !proof.Receipts[0].Reversed() || proof.Receipts[0].ReversedBy != sample.Accountant2.Name ||
		proof.Receipts[0].Why != "金额录错" || proof.Receipts[1].Reversed() {
		t.Errorf("%+v, %v", proof.Receipts, err)
	}
	if told := reverse(sample.Accountant2); told != "exit.refusal.reversed" {
		t.Errorf("twice: %q", told)
	}
	receive(550)
	if got, want := sum(), "available 1000.00 reserved 0.00 paid 0.00; available 1000.00 reserved 0.00 paid 0.00; open 0.00"; got != want {
		t.Errorf("booked anew: %s, want %s", got, want)
	}
}

// The ledger of a household's aid has what came back of each grant, and what was entered wrongly and taken back not.
func TestTheLedgerOfAidSaysWhatCameBack(t *testing.T) {
	u := centre(t)
	id, _, _ := claimed(t, u)
	claim, _, err := exit.FindRecovery(t.Context(), u, sample.Everywhere, id)
	must(t, err)
	ledger := func(who work.Actor) (text string) {
		t.Helper()
		lines, err := payment.AidOf(t.Context(), u, who, claim.FileID)
		must(t, err)
		backs, err := payment.BacksOf(t.Context(), u, who, claim.FileID)
		must(t, err)
		_, all, err := payment.SumsOf(lines, backs)
		must(t, err)
		for _, b := range backs {
			text += b.Amount.String() + " " + string(b.Account.Source) + " " + b.Paper + " " + b.On.String() + " " + b.FileNumber + ", "
		}
		return text + "paid " + all.Amount.String() + " back " + all.Back.String()
	}
	receive := func(yuan int64, paper string) {
		t.Helper()
		must(t, by(u, sample.Accountant, func() error {
			return exit.Receive(t.Context(), u, id, exit.Receipt{Amount: money.Yuan(yuan), ReceivedOn: u.Today(), Paper: paper})
		}))
	}
	on := u.Today().String() + " " + claim.Number
	if got, want := ledger(sample.Clerk), "paid 700.00 back 0.00"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	receive(700, "收据 7 号")
	_, proof, err := exit.FindRecovery(t.Context(), u, sample.Accountant.Scope, id)
	must(t, err)
	if got := ledger(sample.Clerk); !strings.Contains(got, "400.00 city 收据 7 号 "+on+", ") || !strings.Contains(got, "300.00 dues 收据 7 号 "+on+", ") ||
		!strings.HasSuffix(got, ", paid 700.00 back 700.00") {
		t.Errorf("all came back: %s", got)
	}
	must(t, by(u, sample.Accountant2, func() error { return exit.Reverse(t.Context(), u, proof.Receipts[0].ID, "金额录错") }))
	if got, want := ledger(sample.Clerk), "paid 700.00 back 0.00"; got != want {
		t.Errorf("taken back: %s, want %s", got, want)
	}
	receive(70, "收据 8 号")
	if got := ledger(sample.Clerk); !strings.HasSuffix(got, "收据 8 号 "+on+", paid 700.00 back 70.00") {
		t.Errorf("booked anew: %s", got)
	}
	if got, want := ledger(sample.SiblingClerk), "paid 0.00 back 0.00"; got != want {
		t.Errorf("another office sees %s", got)
	}
}

// A fund that has spent what came back does not give it away again.
func TestAReceiptIsNotTakenOutOfSpentMoney(t *testing.T) {
	u := centre(t)
	id, city, _ := claimed(t, u)
	must(t, by(u, sample.Accountant, func() error {
		return exit.Receive(t.Context(), u, id, exit.Receipt{Amount: money.Yuan(700), ReceivedOn: u.Today(), Paper: "收据 7 号"})
	}))
	sample.Award(t, u, sample.PaidTo(t, u, 1, "赵小兰"), city, money.Yuan(400))
	_, proof, err := exit.FindRecovery(t.Context(), u, sample.Accountant.Scope, id)
	must(t, err)
	reverse := func() string {
		return sample.Told(t, by(u, sample.Accountant2, func() error {
			return u.Within(t.Context(), func(u *work.Unit) error { return exit.Reverse(t.Context(), u, proof.Receipts[0].ID, "录错") })
		}))
	}
	sample.Award(t, u, sample.PaidTo(t, u, 2, "周丽华"), city, money.Yuan(300))
	if told := reverse(); told != "fund.refusal.short" {
		t.Errorf("300.00 of the 400.00 are left: %q", told)
	}
	must(t, by(u, sample.Accountant, func() error {
		_, err := fund.Receive(t.Context(), u, city, fund.Receipt{Amount: money.Yuan(100), On: u.Today(), Paper: "补拨"})
		return err
	}))
	if told := reverse(); told != "" {
		t.Errorf("400.00 are left: %q", told)
	}
	whole(t, u)
}

// By hand no receipt stands without its funds, and no fund takes or gives such money without its receipt.
func TestReceiptsByHand(t *testing.T) {
	u := centre(t)
	id, city, dues := claimed(t, u)
	must(t, by(u, sample.Accountant, func() error {
		return exit.Receive(t.Context(), u, id, exit.Receipt{Amount: money.Yuan(50), ReceivedOn: u.Today(), Paper: "收据 7 号"})
	}))
	var payable, entry, part, receipt int64
	must(t, u.QueryRow(t.Context(), `SELECT x.payable_id, e.id, x.id, x.receipt_id FROM exit_receipt_part x JOIN fund_entry e ON e.subject = 'recovery' AND e.subject_id = x.id`).
		Scan(&payable, &entry, &part, &receipt))
	account := map[bool]fund.AccountID{true: city, false: dues}
	var paid fund.AccountID
	must(t, u.QueryRow(t.Context(), `SELECT account_id FROM payment_payable WHERE id = $1`, payable).Scan(&paid))
	args := pgx.NamedArgs{"exit": id, "payable": payable, "entry": entry, "part": part, "receipt": receipt, "now": u.Now, "paid": paid,
		"other": account[paid != city], "accountant": sample.Accountant.StaffID, "second": sample.Accountant2.StaffID, "supervisor": sample.Supervisor.StaffID}
	const (
		came    = `INSERT INTO exit_receipt (id, exit_id, amount_fen, received_on, paper, entered_by, entered_at) VALUES (77, @exit, 100, '2026-11-22', '收据', @accountant, @now)`
		laid    = `INSERT INTO exit_receipt_part (id, receipt_id, payable_id, amount_fen) VALUES (77, 77, @payable, 100)`
		entered = `INSERT INTO fund_entry (id, kind, subject, subject_id, reason, received_on, at) VALUES (77, 'recovery', 'recovery', 77, '收据', '2026-11-22', @now)`
		posted  = `INSERT INTO fund_posting (entry_id, seq, account_id, pot, amount_fen) VALUES (77, 1, @paid, 'paid', -100), (77, 2, @paid, 'available', 100)`
		counter = `INSERT INTO exit_receipt_reversal (receipt_id, reason, entered_by, entered_at) VALUES (@receipt, '录错', @second, @now)`
		mirror  = `INSERT INTO fund_entry (id, kind, subject, subject_id, reason, reverses, at) VALUES (78, 'reversal', 'account', @paid, '录错', @entry, @now)`
		undone  = `INSERT INTO fund_posting (entry_id, seq, account_id, pot, amount_fen) VALUES (78, 1, @paid, 'paid', 5000), (78, 2, @paid, 'available', -5000)`
	)
	for name, test := range map[string]struct {
		statements []string
		rule       string
	}{
		"whole":                           {[]string{came, laid, entered, posted}, ""},
		"taken back whole":                {[]string{counter, mirror, undone}, ""},
		"without its parts":               {[]string{came}, "exit_receipt_whole"},
		"a part added to an old receipt":  {[]string{`INSERT INTO exit_receipt_part (receipt_id, payable_id, amount_fen) SELECT @receipt, c.payable_id, 1 FROM exit_claim c WHERE c.payable_id <> @payable`}, "exit_receipt_whole"},
		"without the ledger":              {[]string{came, laid}, "exit_receipt_in_ledger"},
		"in another account":              {[]string{came, laid, entered, `INSERT INTO fund_posting (entry_id, seq, account_id, pot, amount_fen) VALUES (77, 1, @other, 'paid', -100), (77, 2, @other, 'available', 100)`}, "exit_receipt_in_ledger"},
		"of more than is claimed":         {[]string{came, `INSERT INTO exit_receipt_part (receipt_id, payable_id, amount_fen) VALUES (77, @payable, 35001)`}, "exit_receipt_part_over"},
		"of a grant that is not claimed":  {[]string{came, `INSERT INTO exit_receipt_part (receipt_id, payable_id, amount_fen) VALUES (77, @payable + 999, 1)`}, "exit_receipt_part_over"},
		"from outside":                    {[]string{came, laid, entered, `INSERT INTO fund_posting (entry_id, seq, account_id, pot, amount_fen) VALUES (77, 1, @paid, 'outside', -100), (77, 2, @paid, 'available', 100)`}, "fund_balanced"},
		"in the ledger without a receipt": {[]string{entered, posted}, "exit_ledger_receipt"},
		"in the ledger twice":             {[]string{`INSERT INTO fund_entry (kind, subject, subject_id, reason, received_on, at) VALUES ('recovery', 'recovery', @part, '收据', '2026-11-22', @now)`}, "fund_entry_recovery"},
		"taken back in the ledger alone":  {[]string{mirror, undone}, "exit_ledger_receipt"},
		"taken back, but not in the fund": {[]string{counter}, "exit_receipt_in_ledger"},
		"taken back by who booked it":     {[]string{`INSERT INTO exit_receipt_reversal (receipt_id, reason, entered_by, entered_at) VALUES (@receipt, '录错', @accountant, @now)`}, "exit_reversal_two_people"},
		"taken back by the deciding side": {[]string{`INSERT INTO exit_receipt_reversal (receipt_id, reason, entered_by, entered_at) VALUES (@receipt, '录错', @supervisor, @now)`}, "casefile_duty_sides"},
		"a counter-entry that is changed": {[]string{`UPDATE exit_receipt_reversal SET reason = '改' WHERE receipt_id = @receipt`}, "42501"},
		"a receipt that is deleted":       {[]string{`DELETE FROM exit_receipt WHERE id = @receipt`}, "42501"},
	} {
		t.Run(name, func(t *testing.T) {
			if rule := byHandOrDenied(t, u, args, test.statements...); rule != test.rule {
				t.Errorf("refused by %q, want %q", rule, test.rule)
			}
		})
	}
}

// A closing gives the money of what finance had refused back to its fund; what finance restored meanwhile holds it up.
func TestAClosingGivesBackWhatStandsStill(t *testing.T) {
	for name, test := range map[string]struct {
		restored bool
		told     string
		pots     string
		state    payment.State
	}{
		"refused":  {false, "", "available 1000.00 reserved 0.00 paid 0.00", payment.Revoked},
		"restored": {true, "exit.refusal.unpaid", "available 900.00 reserved 100.00 paid 0.00", payment.Ready},
	} {
		t.Run(name, func(t *testing.T) {
			u := centre(t)
			account := sample.Fund(t, u, money.Yuan(1000))
			f := sample.File(t, u, casefile.Active)
			payable := sample.Award(t, u, f, account, money.Yuan(100))
			finance := func(act payment.Act) {
				must(t, by(u, sample.Accountant, func() error { return payment.Decide(t.Context(), u, payable, act, "签领表缺签字") }))
			}
			finance(payment.ActRefuse)
			id, err := exit.Propose(t.Context(), u, f.ID, outOfHardship(t, u, f))
			must(t, err)
			bring(t, u, id, exit.Told)
			if test.restored {
				finance(payment.ActRestore)
			}
			if told := sample.Told(t, by(u, sample.Supervisor, func() error {
				return u.Within(t.Context(), func(u *work.Unit) error { return exit.Close(t.Context(), u, id) })
			})); told != test.told {
				t.Errorf("told %q, want %q", told, test.told)
			}
			p, err := payment.Find(t.Context(), u, sample.Cashier, payable)
			if err != nil || p.State != test.state {
				t.Errorf("%+v, %v", p, err)
			}
			if got := pots(t, u, account); got != test.pots {
				t.Errorf("%s, want %s", got, test.pots)
			}
			whole(t, u)
		})
	}
}
