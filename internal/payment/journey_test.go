package payment_test

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/fund"
	"bangfu/internal/money"
	"bangfu/internal/payment"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

func TestFromPayableToTheBankAndBack(t *testing.T) {
	u, account := centre(t, 1000)
	ids := three(t, u, account)
	b := released(t, u, ids)
	if b.Number != "QSX20261122-01" || b.State != payment.Released || b.Lines != 3 || b.Total != money.Yuan(600) || b.Open != 3 {
		t.Errorf("%+v", b)
	}
	holds(t, u)

	first := row(t, u, b, 1, "成功", "")
	out, err := answer(t, u, b, row(t, u, b, 3, "失败", "账户已销户"), first)
	if err != nil || out != (payment.Outcome{Paid: 1, Failed: 1, Open: 1}) {
		t.Fatalf("%+v, %v", out, err)
	}
	holds(t, u)
	const half = "100.00 paid 1 \n200.00 batched 1 \n300.00 failed 1 账户已销户\navailable 700.00 reserved 200.00 paid 100.00\n"
	if got := standing(t, u, account, ids...); got != half {
		t.Errorf("%s\nwant\n%s", got, half)
	}

	for name, again := range map[string][]string{
		"the same file":       {row(t, u, b, 3, "失败", "账户已销户"), first},
		"the same, shuffled":  {first, row(t, u, b, 3, "失败", "账户已销户")},
		"one row of it again": {first},
	} {
		out, err := answer(t, u, b, again...)
		if err != nil || out.Paid+out.Failed != 0 || out.Open != 1 || out.Again != (name == "the same file") {
			t.Errorf("%s: %+v, %v", name, out, err)
		}
	}
	if got := standing(t, u, account, ids...); got != half {
		t.Errorf("after the same answers\n%s\nwant\n%s", got, half)
	}

	if out, err = answer(t, u, b, first, row(t, u, b, 2, "成功", "")); err != nil || out != (payment.Outcome{Paid: 1, Before: 1}) {
		t.Fatalf("the rest: %+v, %v", out, err)
	}
	holds(t, u)
	b, err = payment.FindBatch(t.Context(), u, sample.Everywhere, b.ID)
	if err != nil || b.State != payment.Closed || b.PaidAmount != money.Yuan(300) || b.FailedSum != money.Yuan(300) {
		t.Errorf("%+v, %v", b, err)
	}
	if out, err = answer(t, u, b, row(t, u, b, 2, "成功", "")); err != nil || out != (payment.Outcome{Before: 1}) {
		t.Errorf("a closed batch: %+v, %v", out, err)
	}
}

func TestAFailedPayableIsTriedAgain(t *testing.T) {
	u, account := centre(t, 500)
	file := sample.PaidTo(t, u, 0, "王建国")
	ids := []payment.PayableID{sample.Award(t, u, file, account, money.Yuan(400))}
	b := released(t, u, ids)
	if _, err := answer(t, u, b, row(t, u, b, 1, "失败", "户名不符")); err != nil {
		t.Fatal(err)
	}
	u.By = sample.Accountant
	other := sample.Award(t, u, sample.PaidTo(t, u, 1, "𠮷田秀英"), account, money.Yuan(150))
	err := apart(t, u, func(u *work.Unit) error { return payment.Decide(t.Context(), u, ids[0], payment.ActRetry, "再试") })
	if told := sample.Told(t, err); told != "fund.refusal.short" {
		t.Errorf("the money went elsewhere meanwhile: %q", told)
	}
	if _, err := fund.Receive(t.Context(), u, account, fund.Receipt{Amount: money.Yuan(100), On: u.Today(), Paper: "补充"}); err != nil {
		t.Fatal(err)
	}

	replaceCard(t, u, file)
	if err := payment.Decide(t.Context(), u, ids[0], payment.ActRetry, "已换卡"); err != nil {
		t.Fatal(err)
	}
	holds(t, u)
	if got, want := standing(t, u, account, ids[0]), "400.00 ready 2 \navailable 50.00 reserved 550.00 paid 0.00\n"; got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	again := released(t, u, append(ids, other))
	if again.Number != "QSX20261122-02" {
		t.Error(again.Number)
	}
	lines, err := payment.Lines(t.Context(), u, sample.Cashier, again, 0, 1)
	if err != nil {
		t.Fatal(err)
	}
	good := fmt.Sprintf("%s,,%s,400.00,成功,\n", lines[0].Reference, sample.Cards[3])
	if out, err := answer(t, u, again, good); err != nil || out.Paid != 1 || out.Open != 1 {
		t.Fatalf("%+v, %v", out, err)
	}
	holds(t, u)
	if got, want := standing(t, u, account, ids[0]), "400.00 paid 2 \navailable 50.00 reserved 150.00 paid 400.00\n"; got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
	if out, err := answer(t, u, b, fmt.Sprintf("%s-0001,王建国,%s,400.00,失败,户名不符\n", b.Number, sample.Cards[0])); err != nil || out.Before != 1 {
		t.Errorf("the old batch's answer again: %+v, %v", out, err)
	}
}

// replaceCard proposes and confirms another card of the household.
func replaceCard(t *testing.T, u *work.Unit, file casefile.File) {
	t.Helper()
	var card casefile.CardID
	var err error
	as(u, sample.Clerk, func() {
		card, err = casefile.ProposeCard(t.Context(), u, sample.Keys(), file.ID,
			casefile.NewCard{Holder: file.HeadName, Bank: "中国建设银行", Branch: "青石县支行", Number: sample.Cards[3]})
	})
	if err != nil {
		t.Fatal(err)
	}
	as(u, sample.Supervisor, func() { err = casefile.DecideCard(t.Context(), u, file.ID, card, true, "") })
	if err != nil {
		t.Fatal(err)
	}
}

func TestACardChangedSinceTheApprovalIsHeld(t *testing.T) {
	u, account := centre(t, 1000)
	file := sample.PaidTo(t, u, 0, "王建国")
	id := sample.Award(t, u, file, account, money.Yuan(100))
	replaceCard(t, u, file)
	make := func(u *work.Unit) error {
		_, err := payment.Make(t.Context(), u, []payment.PayableID{id}, format)
		return err
	}
	err := apart(t, u, make)
	refusal, ok := work.AsRefusal(err)
	if !ok || refusal.Key != "payment.refusal.held" || refusal.Args[1] != payment.HeldCard {
		t.Errorf("%+v, %v", refusal, err)
	}
	as(u, sample.Accountant, func() { err = payment.Decide(t.Context(), u, id, payment.ActCard, "已核对存折原件") })
	if err != nil {
		t.Fatal(err)
	}
	if err := apart(t, u, make); err != nil {
		t.Error("with the new card accepted:", err)
	}

	replaceOnceMore := func(u *work.Unit) error {
		_, err := u.Exec(t.Context(), `UPDATE casefile_card SET state = 'replaced' WHERE file_id = $1 AND state = 'current'`, file.ID)
		return err
	}
	if err := apart(t, u, replaceOnceMore); err != nil {
		t.Fatal(err)
	}
	u.By = sample.Accountant
	b, err := payment.ListBatches(t.Context(), u, u.By.Scope, payment.Made, 0, 10)
	if err != nil || len(b) != 1 {
		t.Fatal(b, err)
	}
	err = apart(t, u, func(u *work.Unit) error { return payment.Release(t.Context(), u, sample.Keys(), b[0].ID) })
	if told := sample.Told(t, err); told != "payment.refusal.held" {
		t.Errorf("released with a card that is gone: %q", told)
	}
	if err := payment.Cancel(t.Context(), u, b[0].ID, "银行卡又换了"); err != nil {
		t.Fatal(err)
	}
	holds(t, u)
	if got, want := standing(t, u, account, id), "100.00 ready 1 \navailable 900.00 reserved 100.00 paid 0.00\n"; got != want {
		t.Errorf("%s\nwant\n%s", got, want)
	}
}

func TestTwoPeople(t *testing.T) {
	u, account := centre(t, 1000)
	ids := three(t, u, account)
	b, err := payment.Make(t.Context(), u, ids, format)
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		who  work.Actor
		told string
	}{
		"the maker":                       {sample.Cashier, "payment.refusal.two_people"},
		"who reviewed one of the cases":   {sample.Officer, "payment.refusal.held"},
		"who registered one of the cases": {sample.Clerk, "payment.refusal.held"},
		"another person of finance":       {sample.Accountant2, ""},
	} {
		u.By = test.who
		err := apart(t, u, func(u *work.Unit) error {
			if err := payment.Release(t.Context(), u, sample.Keys(), b); err != nil {
				return err
			}
			return errUndo
		})
		if errors.Is(err, errUndo) {
			err = nil
		}
		if told := sample.Told(t, err); told != test.told {
			t.Errorf("%s: told %q, want %q", name, told, test.told)
		}
	}
	u.By = sample.Officer
	err = apart(t, u, func(u *work.Unit) error {
		return payment.Decide(t.Context(), u, ids[0], payment.ActRefuse, "手续不全")
	})
	if told := sample.Told(t, err); told != "payment.refusal.state" {
		t.Errorf("what is in a batch is not refused: %q", told)
	}
}

// errUndo lets a test take back what worked.
var errUndo = errors.New("undo")

func TestRefuseAndRestore(t *testing.T) {
	u, account := centre(t, 1000)
	id := sample.Award(t, u, sample.PaidTo(t, u, 0, "王建国"), account, money.Yuan(100))
	steps := []struct {
		who  work.Actor
		act  payment.Act
		told string
		want payment.State
	}{
		{sample.Clerk, payment.ActRefuse, "payment.refusal.sides", payment.Ready},
		{sample.Accountant, payment.ActRestore, "payment.refusal.state", payment.Ready},
		{sample.Accountant, payment.ActRefuse, "", payment.Refused},
		{sample.Accountant, payment.ActRetry, "payment.refusal.state", payment.Refused},
		{sample.Accountant2, payment.ActRestore, "", payment.Ready},
		{sample.Accountant, payment.ActCard, "payment.refusal.same_card", payment.Ready},
		{sample.Accountant, payment.ActPay, "payment.refusal.state", payment.Ready},
	}
	for _, step := range steps {
		u.By = step.who
		told := sample.Told(t, payment.Decide(t.Context(), u, id, step.act, "缺少签收单"))
		p, err := payment.Find(t.Context(), u, u.By, id)
		if err != nil || told != step.told || p.State != step.want {
			t.Fatalf("%s: told %q, state %s, %v; want %q, %s", step.act, told, p.State, err, step.told, step.want)
		}
	}
	p, err := payment.Find(t.Context(), u, u.By, id)
	if err != nil {
		t.Fatal(err)
	}
	if log, err := payment.Decisions(t.Context(), u, p); err != nil || len(log) != 2 || log[0].Act != payment.ActRestore {
		t.Errorf("%+v, %v", log, err)
	}
	holds(t, u)
}

func TestTheFileOfABatch(t *testing.T) {
	u, account := centre(t, 1000)
	b := released(t, u, three(t, u, account))
	var sealed []byte
	if err := u.QueryRow(t.Context(), `SELECT file FROM payment_batch WHERE id = $1`, b.ID).Scan(&sealed); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(sealed, []byte(sample.Cards[0])) {
		t.Error("a card number lies in the clear")
	}
	name, file, err := payment.Download(t.Context(), u, sample.Keys(), b.ID)
	if err != nil || name != "QSX20261122-01.csv" {
		t.Fatal(name, err)
	}
	for _, want := range []string{"\ufeff序号,业务参考号,户名,", "𠮷田秀英", "\t" + sample.Cards[2], ",300.00,生活救助\r\n"} {
		if !strings.Contains(string(file), want) {
			t.Errorf("no %q in %q", want, file)
		}
	}
	var downloads int
	err = u.QueryRow(t.Context(), `SELECT count(*) FROM audit_entry WHERE act = 'payment.download' AND subject_id = $1`, b.ID).Scan(&downloads)
	if err != nil || downloads != 1 {
		t.Errorf("%d audit entries, %v", downloads, err)
	}
	made, err := payment.Make(t.Context(), u, []payment.PayableID{sample.Award(t, u, sample.PaidTo(t, u, 1, "赵小兰"), account, 100)}, format)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := payment.Download(t.Context(), u, sample.Keys(), made); sample.Told(t, err) != "payment.refusal.batch_state" {
		t.Error("a batch that was not released has no file:", err)
	}
}

func TestSumsAndListsKeepToTheScope(t *testing.T) {
	u, account := centre(t, 1000)
	ids := three(t, u, account)
	for name, test := range map[string]struct {
		who  work.Actor
		want int
	}{"the office": {sample.Cashier, 3}, "beside": {sample.SiblingHead, 0}, "above": {sample.ProvinceAuditor, 3}} {
		list, err := payment.List(t.Context(), u, test.who, payment.Ready, 0, 2)
		if err != nil {
			t.Fatal(err)
		}
		if len(list) > 0 {
			rest, err := payment.List(t.Context(), u, test.who, payment.Ready, list[len(list)-1].ID, 2)
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, rest...)
		}
		sums, err := payment.Sums(t.Context(), u, test.who.Scope)
		if err != nil {
			t.Fatal(err)
		}
		_, findErr := payment.Find(t.Context(), u, test.who, ids[0])
		if len(list) != test.want || sums[payment.Ready].Count != test.want || (findErr == nil) != (test.want > 0) {
			t.Errorf("%s: %d listed, %+v, %v; want %d", name, len(list), sums[payment.Ready], findErr, test.want)
		}
	}
}
