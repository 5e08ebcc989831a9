package disclosure_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/comparison"
	"bangfu/internal/disclosure"
	"bangfu/internal/money"
	"bangfu/internal/payment"
	"bangfu/internal/referral"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// export writes the row of a sheet of one file; fetched or only ready.
func export(t *testing.T, u *work.Unit, id work.FileID, fetched bool) {
	t.Helper()
	_, err := u.Exec(t.Context(), `
		INSERT INTO ledger_export (org_id, org_path, layout, format, list, file_id, full_numbers, language, reason, state, asked_by, asked_at, address,
			rows, size, hash, shelf, ready_at, expires_at, fetched_at)
		VALUES (@org, '', 'table', 'xlsx', 'one', @file, true, 'zh-CN', '县审计局调阅', CASE WHEN @fetched THEN 'fetched' ELSE 'ready' END, @by, @now, '',
			1, 900, repeat('a', 64), 'x', @now, @now::timestamptz + interval '1 day', CASE WHEN @fetched THEN @now::timestamptz END)`,
		pgx.NamedArgs{"org": sample.County, "file": id, "by": sample.Officer.StaffID, "now": u.Now, "fetched": fetched})
	must(t, err)
}

// given lets everything that can leave the office leave it once, an hour after the other, and gives the household.
func given(t *testing.T, u *work.Unit) casefile.File {
	t.Helper()
	ctx := t.Context()
	f := sample.PaidTo(t, u, 0, "王建国") // put up for notice twelve days before
	other := sample.PaidTo(t, u, 1, "周玉兰")
	people, err := casefile.People(ctx, u, sample.Keys(), f.ID)
	must(t, err)
	card, err := casefile.CurrentCard(ctx, u, f.ID)
	must(t, err)
	as := func(by work.Actor, do func()) {
		u.By, u.Now = by, u.Now.Add(time.Hour)
		do()
	}
	as(sample.Officer, func() {
		id, err := comparison.Make(ctx, u, comparison.Plan{Receiver: "青石县民政局核对中心", Purpose: "复核家庭经济状况", Aim: comparison.ForFile, File: f.ID,
			From: u.Today().AddMonths(-12), Until: u.Today(), Asked: []comparison.Kind{comparison.Income}})
		must(t, err)
		must(t, comparison.Send(ctx, u, id))
	})
	as(sample.Officer, func() { export(t, u, f.ID, true); export(t, u, f.ID, false); export(t, u, other.ID, true) })
	as(sample.Clerk, func() {
		id, err := referral.Begin(ctx, u, f.ID, referral.Housing, referral.Letter{Origin: referral.FromVisit, Office: "青石县住建局", Reason: "租住危房"})
		must(t, err)
		must(t, referral.Send(ctx, u, id, referral.Dispatch{ConsentOn: u.Today(), On: u.Today(), Due: u.Today().Add(30)}))
		_, err = referral.Begin(ctx, u, f.ID, referral.Allowance, referral.Letter{Origin: referral.FromVisit, Office: "青石县民政局", Reason: "未发出的草稿"})
		must(t, err)
	})
	account := sample.Fund(t, u, money.Yuan(5000))
	payables := []payment.PayableID{sample.Award(t, u, f, account, money.Yuan(300)), sample.Award(t, u, other, account, money.Yuan(300))}
	as(sample.Cashier, func() {
		id, err := payment.Make(ctx, u, payables, 1)
		must(t, err)
		u.By = sample.Accountant2
		must(t, payment.Release(ctx, u, sample.Keys(), id))
	})
	as(sample.Clerk, func() {
		_, _, err := casefile.NewPrint(ctx, u, f.ID, casefile.RecordForm, 0, casefile.ForContact)
		must(t, err)
	})
	as(sample.Officer, func() {
		for _, files := range [][]work.FileID{{other.ID, f.ID}, {other.ID}} {
			_, err := casefile.NewRoster(ctx, u, casefile.Roll{List: casefile.ActiveList, First: 1}, files, "")
			must(t, err)
		}
	})
	as(sample.Supervisor, func() {
		_, err := casefile.UnmaskPerson(ctx, u, sample.Keys(), f.ID, people[0].ID, casefile.ForPayment)
		must(t, err)
	})
	as(sample.Supervisor, func() {
		_, err := casefile.UnmaskCard(ctx, u, sample.Keys(), f.ID, card.ID, casefile.ForPayment)
		must(t, err)
	})
	return f
}

// lines writes disclosures one a line.
func lines(all []disclosure.Disclosure) string {
	var b strings.Builder
	for _, d := range all {
		fmt.Fprintf(&b, "%s %s %s|%s|%s|%d|%v|%s\n", words.Minute(d.At), d.Kind, d.By, d.To, d.What, d.Count, d.Full, d.Why)
	}
	return b.String()
}

// Everything that left the office about a household is told once, with who, to whom, what and why; what did not leave it,
// and what is of others, is not.
func TestWhatLeftTheOffice(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	f := given(t, u)
	const want = `2026-11-22 18:00 number 李正||casefile.unmask_card|0|true|payment
2026-11-22 17:00 number 李正||casefile.unmask_person|0|true|payment
2026-11-22 16:00 roster 周文||active|0|false|
2026-11-22 15:00 print 何敏||record|3|true|contact
2026-11-22 14:00 bank 卫东|中国农业银行|QSX20261122-01|0|true|
2026-11-22 13:00 letter 何敏|青石县住建局|housing|0|false|租住危房
2026-11-22 12:00 sheet 周文||table|1|true|县审计局调阅
2026-11-22 11:00 comparison 周文|青石县民政局核对中心||2|true|复核家庭经济状况
2026-11-10 10:00 notice 周文|帮扶中心公示栏||1|false|
`
	all, more, err := disclosure.Of(t.Context(), u, sample.Everywhere, f.ID, disclosure.Place{}, 50)
	if got := lines(all); err != nil || more || got != want {
		t.Fatalf("more %v, %v\n%s\nwant\n%s", more, err, got, want)
	}
	// Page by page it is the same, with nothing twice and nothing lost, even among what happened at one moment.
	if _, err := u.Exec(t.Context(), `INSERT INTO casefile_print (kind, org_id, file_id, version, hash, printed_by, printed_at)
		SELECT kind, org_id, file_id, version, hash, printed_by, printed_at FROM casefile_print WHERE file_id = $1`, f.ID); err != nil {
		t.Fatal(err)
	}
	whole, _, err := disclosure.Of(t.Context(), u, sample.Everywhere, f.ID, disclosure.Place{}, 50)
	must(t, err)
	for size := 1; size <= len(whole)+1; size++ {
		var paged []disclosure.Disclosure
		behind := disclosure.Place{}
		for {
			page, more, err := disclosure.Of(t.Context(), u, sample.Everywhere, f.ID, behind, size)
			must(t, err)
			if paged = append(paged, page...); !more {
				break
			}
			behind = page[len(page)-1].Place()
		}
		if !slices.EqualFunc(paged, whole, func(a, b disclosure.Disclosure) bool { return a.Place() == b.Place() }) {
			t.Errorf("in pages of %d:\n%s\nwant\n%s", size, lines(paged), lines(whole))
		}
	}
	for _, scope := range []work.Scope{sample.SiblingClerk.Scope, {}} {
		if all, _, err := disclosure.Of(t.Context(), u, scope, f.ID, disclosure.Place{}, 50); err != nil || len(all) > 0 {
			t.Errorf("outside of the scope: %d, %v", len(all), err)
		}
	}
	for _, k := range disclosure.Kinds {
		if !words.Has(k.Key()) || !slices.ContainsFunc(all, func(d disclosure.Disclosure) bool { return d.Kind == k }) {
			t.Errorf("kind %s has no word, or no example here", k)
		}
	}
}

// Each way of leaving is found by an index of its file.
func TestWhatLeftTheOfficeIsFoundByIndex(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	f := given(t, u)
	for _, statement := range []string{
		`SELECT id FROM ledger_export WHERE file_id = $1 AND fetched_at IS NOT NULL`,
		`SELECT id FROM casefile_print WHERE kind = 'roster' AND roster @> jsonb_build_array(jsonb_build_object('file', $1::bigint))`,
	} {
		if _, err := u.Exec(t.Context(), `SET LOCAL enable_seqscan = off`); err != nil {
			t.Fatal(err)
		}
		rows, err := u.Query(t.Context(), "EXPLAIN "+statement, f.ID)
		must(t, err)
		plan, err := pgx.CollectRows(rows, pgx.RowTo[string])
		must(t, err)
		if text := strings.Join(plan, "\n"); !strings.Contains(text, "ledger_export_file") && !strings.Contains(text, "casefile_print_roster") {
			t.Errorf("%s\n%s", statement, text)
		}
	}
}
