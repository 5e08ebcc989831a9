package grant_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/fund"
	"bangfu/internal/grant"
	"bangfu/internal/money"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// office is a sample centre with one active file and money for every kind of aid. Each act is a unit of its own, with
// its audit entry and its deferred constraints, on whatever db is: a transaction of a test, or a pool.
type office struct {
	t    testing.TB
	db   work.Beginner
	now  time.Time
	file casefile.File
	fund map[fund.Purpose]fund.AccountID
}

// plenty is what each fund of the office holds.
const plenty = money.Amount(10_000_000)

// newOffice makes the office. The household's causes are serious illness, an accident and a natural disaster.
func newOffice(t testing.TB, db work.Beginner) *office {
	t.Helper()
	o := &office{t: t, db: db, now: pgtest.Now, fund: map[fund.Purpose]fund.AccountID{}}
	o.must(o.do(work.System("test"), func(u *work.Unit) error {
		sample.Centre(t, u)
		o.file = sample.File(t, u, casefile.Active, threeCauses)
		return nil
	}))
	o.must(o.do(sample.Accountant, func(u *work.Unit) error {
		for _, purpose := range []fund.Purpose{fund.Living, fund.Medical, fund.Disaster} {
			id, err := fund.Open(t.Context(), u, fund.City, purpose, 2026)
			if err != nil {
				return err
			}
			if _, err := fund.Receive(t.Context(), u, id, fund.Receipt{Amount: plenty, On: u.Today(), Paper: "拨款单 1 号"}); err != nil {
				return err
			}
			o.fund[purpose] = id
		}
		return nil
	}))
	return o
}

func threeCauses(h *sample.Household) {
	h.Causes = []casefile.Cause{casefile.SeriousIllness, casefile.Accident, casefile.NaturalDisaster}
}

// inTx is an office inside one transaction that is rolled back.
func inTx(t testing.TB) *office { return newOffice(t, pgtest.Tx(t)) }

// do runs one unit of work. Inside a test's transaction the next unit starts with deferred constraints again.
func (o *office) do(by work.Actor, fn func(*work.Unit) error) error {
	err := work.Do(o.t.Context(), o.db, o.now, by, fn)
	if _, inside := o.db.(pgx.Tx); inside {
		if _, err := o.db.Exec(o.t.Context(), "SET CONSTRAINTS ALL DEFERRED"); err != nil {
			o.t.Fatal(err)
		}
	}
	return err
}

// apply files a request by Clerk and gives what it was refused by, "" when it was not.
func (o *office) apply(programme string, r grant.Request) (id grant.ApplicationID, told string) {
	o.t.Helper()
	if r.Cause == 0 {
		r.Cause = casefile.SeriousIllness
	}
	if r.Reason == "" {
		r.Reason = "住院期间生活困难"
	}
	err := o.do(sample.Clerk, func(u *work.Unit) (err error) {
		id, err = grant.Apply(o.t.Context(), u, o.file.ID, programme, r)
		return err
	})
	return id, sample.Told(o.t, err)
}

// living files a request for living aid that is not refused.
func (o *office) living(amount string) grant.ApplicationID {
	o.t.Helper()
	id, told := o.apply("living", grant.Request{Amount: o.yuan(amount)})
	if told != "" {
		o.t.Fatalf("applying for %s: %s", amount, told)
	}
	return id
}

// illness files a request for illness aid on a self-paid sum.
func (o *office) illness(paid, amount string) grant.ApplicationID {
	o.t.Helper()
	id, told := o.apply("illness", grant.Request{Facts: grant.Facts{"self_paid": o.yuan(paid)}, Amount: o.yuan(amount)})
	if told != "" {
		o.t.Fatalf("applying for %s on %s: %s", amount, paid, told)
	}
	return id
}

// decide lets a person do one act, and gives what it led to or by what it was refused.
func (o *office) decide(by work.Actor, id grant.ApplicationID, act grant.Act) string {
	o.t.Helper()
	return o.deed(by, id, grant.Deed{Act: act, Opinion: "情况属实"})
}

// deed is decide with more to say. A review draws on the fund of the application's purpose.
func (o *office) deed(by work.Actor, id grant.ApplicationID, d grant.Deed) string {
	o.t.Helper()
	if d.Act == grant.ActReview && d.Account == 0 {
		d.Account = o.fund[o.find(id).Purpose]
	}
	var outcome grant.Outcome
	err := o.do(by, func(u *work.Unit) (err error) {
		outcome, err = grant.Decide(o.t.Context(), u, id, d)
		return err
	})
	if told := sample.Told(o.t, err); told != "" {
		return told
	}
	return string(outcome)
}

// want fails the test when a deed led elsewhere.
func (o *office) want(want, got string) {
	o.t.Helper()
	if got != want {
		o.t.Fatalf("%q; want %q", got, want)
	}
}

// pass brings an application to the signature by the shortest way of its tier.
func (o *office) pass(id grant.ApplicationID) {
	o.t.Helper()
	o.want("reviewed", o.decide(sample.Officer, id, grant.ActReview))
	for o.find(id).Step == grant.AtGroup {
		o.decide(sample.GroupMember, id, grant.ActApprove)
		o.want("passed", o.decide(sample.GroupMember2, id, grant.ActApprove))
	}
	for o.find(id).Step == grant.AtCommittee {
		o.decide(sample.Committee, id, grant.ActApprove)
		o.want("passed", o.decide(sample.Committee2, id, grant.ActApprove))
	}
}

// find reads a case as the auditor sees it.
func (o *office) find(id grant.ApplicationID) grant.Case { return o.findAs(sample.Auditor, id) }

// findAs reads a case as a person sees it.
func (o *office) findAs(by work.Actor, id grant.ApplicationID) grant.Case {
	o.t.Helper()
	c, err := grant.FindCase(o.t.Context(), o.db, by, sampleDay, id)
	o.must(err)
	return c
}

// number reads one number.
func (o *office) number(sql string, args ...any) int64 {
	o.t.Helper()
	var n int64
	o.must(o.db.QueryRow(o.t.Context(), sql, args...).Scan(&n))
	return n
}

// table writes the rows of a query as lines, for assertions on what stands in the database.
func (o *office) table(sql string, args ...any) string {
	o.t.Helper()
	rows, err := o.db.Query(o.t.Context(), sql, args...)
	o.must(err)
	lines, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (string, error) {
		values, err := row.Values()
		return strings.TrimSuffix(fmt.Sprintln(values...), "\n"), err
	})
	o.must(err)
	return strings.Join(lines, "\n")
}

func (o *office) yuan(s string) money.Amount {
	o.t.Helper()
	a, err := money.Parse(s)
	o.must(err)
	return a
}

func (o *office) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

func isNotFound(err error) bool { return errors.Is(err, work.ErrNotFound) }
