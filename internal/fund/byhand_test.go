package fund_test

import (
	"context"
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"bangfu/internal/fund"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// refusedBy gives the name of the rule that refused, or the code of the error when it carries none.
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

// denied is what PostgreSQL answers when the role has no such right.
const denied = "42501"

// TestByHand writes past the program, as the application's role: every attempt must be refused by the database.
func TestByHand(t *testing.T) {
	u := centre(t)
	id := account(t, u, 100)
	other, err := fund.Open(t.Context(), u, fund.Dues, fund.Living, 2026)
	if err != nil {
		t.Fatal(err)
	}
	receipt := receive(t, u, id, 10, "进账单")
	mirror, err := fund.Reverse(t.Context(), u, receive(t, u, id, 5, "录错的进账单"), "录错")
	if err != nil {
		t.Fatal(err)
	}
	args := pgx.NamedArgs{"a": id, "b": other, "receipt": receipt, "mirror": mirror, "now": u.Now}
	entry := func(kind, subject, subjectID, attempt, rest string) string {
		return `WITH e AS (INSERT INTO fund_entry (kind, subject, subject_id, attempt, reason, at, received_on, reverses)
			VALUES ('` + kind + `', '` + subject + `', ` + subjectID + `, ` + attempt + `, '手工', @now, ` + rest + `) RETURNING id)
			INSERT INTO fund_posting (entry_id, seq, account_id, pot, amount_fen) SELECT e.id, v.* FROM e, (VALUES `
	}
	for name, test := range map[string]struct{ sql, want string }{
		"overdraw": {entry("reserve", "grant", "6", "1", "NULL, NULL") +
			`(1, @a::bigint, 'available', -11001::bigint), (2, @a, 'reserved', 11001)) v`, "fund_not_below_zero"},
		"spend what another account holds": {entry("reserve", "grant", "6", "1", "NULL, NULL") +
			`(1, @b::bigint, 'available', -1::bigint), (2, @a, 'reserved', 1)) v`, "fund_not_below_zero"},
		"an entry that does not balance": {entry("receipt", "account", "@a", "0", "'2026-11-22', NULL") +
			`(1, @a::bigint, 'outside', -100::bigint), (2, @a, 'available', 101)) v`, "fund_balanced"},
		"an entry with one side": {entry("receipt", "account", "@a", "0", "'2026-11-22', NULL") +
			`(1, @a::bigint, 'available', 100::bigint)) v`, "fund_balanced"},
		"a receipt that pays": {entry("receipt", "account", "@a", "0", "'2026-11-22', NULL") +
			`(1, @a::bigint, 'available', -100::bigint), (2, @a, 'paid', 100)) v`, "fund_balanced"},
		"a receipt for another account": {entry("receipt", "account", "@b", "0", "'2026-11-22', NULL") +
			`(1, @a::bigint, 'outside', -100::bigint), (2, @a, 'available', 100)) v`, "fund_balanced"},
		"a payment that is of no grant": {entry("pay", "account", "@a", "0", "NULL, NULL") +
			`(1, @a::bigint, 'reserved', -100::bigint), (2, @a, 'paid', 100)) v`, "fund_kind_of_subject"},
		"a reservation for a grant that was not approved": {entry("reserve", "grant", "6", "1", "NULL, NULL") +
			`(1, @a::bigint, 'available', -100::bigint), (2, @a, 'reserved', 100)) v`, "payment_ledger_approved"},
		"a reversal reversed": {entry("reversal", "account", "@a", "0", "NULL, @mirror") +
			`(1, @a::bigint, 'outside', -500::bigint), (2, @a, 'available', 500)) v`, "fund_balanced"},
		"a reversal of another sum": {entry("reversal", "account", "@a", "0", "NULL, @receipt") +
			`(1, @a::bigint, 'outside', 500::bigint), (2, @a, 'available', -500)) v`, "fund_balanced"},
		"a third posting of an old entry": {
			`INSERT INTO fund_posting (entry_id, seq, account_id, pot, amount_fen) VALUES (@receipt, 3, @a, 'available', 1)`,
			"fund_posting_seq_check"},
		"a posting in the place of an old one": {
			`INSERT INTO fund_posting (entry_id, seq, account_id, pot, amount_fen) VALUES (@receipt, 2, @a, 'available', 1)`,
			"fund_posting_pkey"},
		"change a posting":    {`UPDATE fund_posting SET amount_fen = 1 WHERE entry_id = @receipt`, denied},
		"delete a posting":    {`DELETE FROM fund_posting WHERE entry_id = @receipt`, denied},
		"empty the postings":  {`TRUNCATE fund_posting`, denied},
		"change an entry":     {`UPDATE fund_entry SET reason = '' WHERE id = @receipt`, denied},
		"delete an entry":     {`DELETE FROM fund_entry WHERE id = @receipt`, denied},
		"fill a pot":          {`UPDATE fund_pot SET balance_fen = 1 WHERE account_id = @a`, denied},
		"add a pot":           {`INSERT INTO fund_pot VALUES (@a, 'available', 1)`, denied},
		"change an account":   {`UPDATE fund_account SET purpose = 'running' WHERE id = @a`, denied},
		"allow another pair":  {`INSERT INTO fund_allowed VALUES ('central', 'running')`, denied},
		"stop a rule":         {`ALTER TABLE fund_posting DISABLE TRIGGER fund_post`, denied},
		"call the pots' rule": {`SELECT fund_post()`, "0A000"},
	} {
		err := apart(t, u, func(u *work.Unit) error {
			_, err := u.Exec(t.Context(), test.sql, args)
			return err
		})
		if got := refusedBy(err); got != test.want {
			t.Errorf("%s: refused by %q, want %q (%v)", name, got, test.want, err)
		}
	}
	if got, want := pots(t, u, id), "received 110.00 available 110.00 reserved 0.00 paid 0.00"; got != want {
		t.Errorf("after all attempts %s; want %s", got, want)
	}
}

// TestThePairIsRefusedForEveryRole tries the owner, who may write everything.
func TestThePairIsRefusedForEveryRole(t *testing.T) {
	db := pgtest.DB(t)
	err := work.Do(t.Context(), db.App, pgtest.Now, sample.Accountant, func(u *work.Unit) error {
		sample.Centre(t, u)
		return u.Audit(t.Context(), work.Entry{Act: "test.centre", Kind: "test"})
	})
	if err != nil {
		t.Fatal(err)
	}
	_, err = db.Owner.Exec(t.Context(), `
		INSERT INTO fund_account (org_id, org_path, source, purpose, year, opened_by, opened_at)
		VALUES ($1, '', 'central', 'training', 2026, $2, $3)`, sample.County, sample.Accountant.StaffID, pgtest.Now)
	if got := refusedBy(err); got != "fund_pair_allowed" {
		t.Errorf("refused by %q", got)
	}
}

// TestVerifyFindsWhatWasTamperedWith lets the owner, whom nothing stops, change rows and looks for each of them.
func TestVerifyFindsWhatWasTamperedWith(t *testing.T) {
	for name, test := range map[string]struct {
		sql  string
		want []string
	}{
		"a pot filled": {`UPDATE fund_pot SET balance_fen = balance_fen + 100 WHERE pot = 'available'`,
			[]string{"fund.fault.postings", "fund.fault.kinds"}},
		"a posting changed": {`UPDATE fund_posting SET amount_fen = amount_fen + 1 WHERE pot = 'available'`,
			[]string{"fund.fault.postings", "fund.fault.kinds", "fund.fault.entry"}},
		"a posting lost": {`DELETE FROM fund_posting WHERE pot = 'outside'`, []string{"fund.fault.postings", "fund.fault.entry"}},
		"a kind changed": {`UPDATE fund_entry SET kind = 'reversal', received_on = NULL, reverses = id WHERE kind = 'receipt'`,
			[]string{"fund.fault.kinds"}},
	} {
		db := pgtest.DB(t)
		err := work.Do(t.Context(), db.App, pgtest.Now, sample.Accountant, func(u *work.Unit) error {
			sample.Centre(t, u)
			account(t, u, 500)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		if faults, err := fund.Verify(t.Context(), db.App); err != nil || len(faults) != 0 {
			t.Fatalf("%s: before: %v, %v", name, faults, err)
		}
		if _, err := db.Owner.Exec(t.Context(), test.sql); err != nil {
			t.Fatal(err)
		}
		if got := faultsOf(t, db.App); !sameSet(got, test.want) {
			t.Errorf("%s: found %v, want %v", name, got, test.want)
		}
	}
}

// faultsOf lists the kinds of difference that Verify finds, each once.
func faultsOf(t *testing.T, q work.Querier) map[string]bool {
	t.Helper()
	faults, err := fund.Verify(context.WithoutCancel(t.Context()), q)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, f := range faults {
		found[string(f.Key)] = true
	}
	return found
}

func sameSet(got map[string]bool, want []string) bool {
	for _, w := range want {
		if !got[w] {
			return false
		}
	}
	return len(got) == len(want)
}
