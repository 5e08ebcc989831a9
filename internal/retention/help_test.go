package retention_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"bangfu/internal/audit"
	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/idcard"
	"bangfu/internal/money"
	"bangfu/internal/payment"
	"bangfu/internal/retention"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// centre is a unit of the officer in a centre.
func centre(t *testing.T) *work.Unit {
	t.Helper()
	u := pgtest.Unit(t, sample.Officer)
	sample.Centre(t, u)
	return u
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// by lets somebody act.
func by(u *work.Unit, who work.Actor, do func() error) error {
	before := u.By
	defer func() { u.By = before }()
	u.By = who
	return do()
}

// over is the day after the term of what was closed at pgtest.Now.
var over = retention.Until(day.On(pgtest.Now)).Add(1)

// on lets the unit go on at noon of a day, by when everybody who had left was called back.
func on(u *work.Unit, d day.Date) *work.Unit {
	_, err := u.Exec(context.Background(), `UPDATE exit_callback SET done_on = due_on, how = 'phone', result = 'stable', note = '', called_by = $1, entered_at = $2
		WHERE done_on IS NULL AND due_on <= $3`, sample.Clerk2.StaffID, u.Now, d)
	if err != nil {
		panic(err)
	}
	return work.NewUnit(u.Tx, d.Start().Add(12*time.Hour), u.By)
}

// names are what must not be found of the family after its file is destroyed.
var names = []string{"欧阳测忆", "司徒测秀", "欧阳测童", "测忆机械", "测忆的病情"}

// family gives the sample household names that nothing else bears.
func family(h *sample.Household) {
	h.Head.Name, h.Members[0].Name, h.Members[1].Name = names[0], names[1], names[2]
	h.Head.Number = sample.Number(day.Of(1976, 3, 12), idcard.Male)
	h.Employer, h.Card.Holder, h.Particulars.CauseNote = names[3], names[0], names[4]
}

// settle lets the bank pay a payable.
func settle(t *testing.T, u *work.Unit, payable payment.PayableID) {
	t.Helper()
	var batch payment.BatchID
	must(t, by(u, sample.Cashier, func() (err error) {
		batch, err = payment.Make(t.Context(), u, []payment.PayableID{payable}, 1)
		return err
	}))
	must(t, by(u, sample.Accountant2, func() error { return payment.Release(t.Context(), u, sample.Keys(), batch) }))
	must(t, by(u, sample.Cashier, func() error {
		_, file, err := payment.Download(t.Context(), u, sample.Keys(), batch)
		must(t, err)
		lines := strings.Split(strings.TrimSpace(string(file)), "\r\n")
		_, err = payment.Answer(t.Context(), u, sample.Keys(), batch, []byte(lines[0]+",结果,失败原因\r\n"+lines[1]+",成功,\r\n"))
		return err
	}))
}

// closed is a household that left the register at pgtest.Now, 400.00 having been paid to it.
func closed(t *testing.T, u *work.Unit) casefile.File {
	t.Helper()
	account := sample.Fund(t, u, money.Yuan(10000))
	f := sample.File(t, u, casefile.Active, family)
	settle(t, u, sample.Award(t, u, f, account, money.Yuan(400)))
	leave(t, u, f.ID)
	return f
}

// leave closes a file.
func leave(t *testing.T, u *work.Unit, id work.FileID) {
	t.Helper()
	sample.Left(t, u, id)
	must(t, by(u, sample.Supervisor, func() error { return casefile.Close(t.Context(), u, id, "out_of_hardship") }))
}

// agree brings a batch of all that is over to its agreement, on the day of the unit.
func agree(t *testing.T, u *work.Unit) retention.BatchID {
	t.Helper()
	var id retention.BatchID
	must(t, by(u, sample.Officer, func() (err error) {
		id, _, err = retention.Propose(t.Context(), u, retention.Proposal{Org: sample.Officer.OrgID, Name: "2036 年到期档案", Basis: "保管期满，经鉴定无保存价值",
			ClosedUntil: retention.LastOver(u.Today())})
		return err
	}))
	must(t, by(u, sample.GroupHead, func() error { return retention.Decide(t.Context(), u, id, true, "同意销毁") }))
	return id
}

// run seals the trail and lets the program destroy what is agreed.
func run(t *testing.T, u *work.Unit) int {
	t.Helper()
	_, err := audit.Seal(t.Context(), u.Tx, u.Now)
	must(t, err)
	n, err := retention.RunDue(t.Context(), u.Tx, func() time.Time { return u.Now })
	must(t, err)
	return n
}

// count reads one number.
func count(t *testing.T, q work.Querier, sql string, args ...any) (n int) {
	t.Helper()
	must(t, q.QueryRow(t.Context(), sql, args...).Scan(&n))
	return n
}
