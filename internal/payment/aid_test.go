package payment_test

import (
	"fmt"
	"strings"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/money"
	"bangfu/internal/payment"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// aidText writes down a ledger.
func aidText(t *testing.T, u *work.Unit, by work.Actor, f work.FileID) string {
	t.Helper()
	ledger, err := payment.AidOf(t.Context(), u, by, f)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, a := range ledger {
		fmt.Fprintf(&b, "%s %s %s %s %v\n", a.FileNumber, a.Amount, a.State, a.On(), a.Reference != "" && a.BatchNumber != "")
	}
	return b.String()
}

// The ledger of a household has every payment, also of the file that it had before it fell back into hardship.
func TestAidOfAHousehold(t *testing.T) {
	u, account := centre(t, 1000)
	ids := three(t, u, account)
	b := released(t, u, ids[:2])
	if _, err := answer(t, u, b, row(t, u, b, 1, "成功", ""), row(t, u, b, 2, "失败", "账户已销户")); err != nil {
		t.Fatal(err)
	}
	today := u.Today().String()
	file := func(n int) (id work.FileID) {
		t.Helper()
		if err := u.QueryRow(t.Context(), `SELECT file_id FROM payment_payable WHERE id = $1`, ids[n]).Scan(&id); err != nil {
			t.Fatal(err)
		}
		return id
	}
	for n, want := range []string{"QSX202600001 100.00 paid " + today + " true\n", "QSX202600002 200.00 failed " + today + " true\n",
		"QSX202600003 300.00 ready " + today + " false\n"} {
		if got := aidText(t, u, sample.Clerk, file(n)); got != want {
			t.Errorf("household %d: %q, want %q", n+1, got, want)
		}
	}
	if got := aidText(t, u, sample.SiblingClerk, file(0)); got != "" {
		t.Errorf("another office sees %q", got)
	}
	// The first household leaves and falls back: its new file shows what the old one was paid.
	var fresh work.FileID
	as(u, sample.Supervisor, func() {
		sample.Left(t, u, file(0))
		if err := casefile.Close(t.Context(), u, file(0), "out_of_hardship"); err != nil {
			t.Fatal(err)
		}
	})
	as(u, sample.Clerk, func() {
		var err error
		if fresh, _, err = casefile.Relapse(t.Context(), u, file(0)); err != nil {
			t.Fatal(err)
		}
	})
	for name, id := range map[string]work.FileID{"the new file": fresh, "the old file": file(0)} {
		if got := aidText(t, u, sample.Clerk, id); got != "QSX202600001 100.00 paid "+today+" true\n" {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// Sums are of what was paid alone, by the year of the payment and by programme, the newest year first; what came back
// stands beside, in the year in which it did.
func TestSumsOfAid(t *testing.T) {
	line := func(programme string, fen int64, state payment.State, paid day.Date) payment.Aid {
		return payment.Aid{ProgrammeZh: programme, Amount: money.Amount(fen), State: state, ApprovedOn: day.Of(2024, 12, 30), PaidOn: paid}
	}
	ledger := []payment.Aid{
		line("生活救助", 10001, payment.Paid, day.Of(2024, 12, 31)), line("助学救助", 20000, payment.Paid, day.Of(2025, 1, 1)),
		line("生活救助", 30000, payment.Paid, day.Of(2025, 1, 1)), line("生活救助", 40000, payment.Failed, day.Date{}),
		line("生活救助", 50000, payment.Ready, day.Date{}), line("生活救助", 5, payment.Paid, day.Of(2025, 12, 31)),
	}
	backs := []payment.Back{{ProgrammeZh: "生活救助", Amount: 10000, On: day.Of(2025, 6, 1)}, {ProgrammeZh: "生活救助", Amount: 1, On: day.Of(2026, 1, 1)}}
	sums, all, err := payment.SumsOf(ledger, backs)
	var got strings.Builder
	for _, s := range sums {
		fmt.Fprintf(&got, "%d %s %d %s -%s\n", s.Year, s.ProgrammeZh, s.Times, s.Amount, s.Back)
	}
	want := "2026 生活救助 0 0.00 -0.01\n2025 助学救助 1 200.00 -0.00\n2025 生活救助 2 300.05 -100.00\n2024 生活救助 1 100.01 -0.00\n"
	if err != nil || got.String() != want || all != (payment.AidSum{Times: 4, Amount: 60006, Back: 10001}) {
		t.Errorf("%s= %v, %v; want\n%s", got.String(), all, err, want)
	}
	if sums, all, err := payment.SumsOf(nil, nil); len(sums) != 0 || all != (payment.AidSum{}) || err != nil {
		t.Errorf("nothing comes to %v, %v, %v", sums, all, err)
	}
	huge := line("生活救助", 1<<62, payment.Paid, day.Of(2025, 1, 1))
	if _, _, err := payment.SumsOf([]payment.Aid{huge, huge}, nil); err == nil {
		t.Error("a sum beyond any amount is given")
	}
	huger := payment.Back{ProgrammeZh: "生活救助", Amount: 1 << 62, On: day.Of(2025, 1, 1)}
	if _, _, err := payment.SumsOf(nil, []payment.Back{huger, huger}); err == nil {
		t.Error("a sum beyond any amount that came back is given")
	}
}
