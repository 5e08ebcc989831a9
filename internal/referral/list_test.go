package referral_test

import (
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/money"
	"bangfu/internal/referral"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// An answer is late from the day after the last one on which it was expected.
func TestViews(t *testing.T) {
	u, f := centre(t)
	id := sent(t, u, f)
	begun(t, u, sample.File(t, u, casefile.Active))
	tests := map[string]struct {
		after int // days from today
		view  referral.View
		want  int
	}{
		"waits at once":                        {0, referral.ViewWaiting, 1},
		"is not late on the last day":          {referral.DaysToAnswer, referral.ViewLate, 0},
		"is late on the day after":             {referral.DaysToAnswer + 1, referral.ViewLate, 1},
		"nothing is to be asked after":         {90, referral.ViewFollow, 0},
		"the other one is a draft":             {0, referral.ViewDrafts, 1},
		"nothing is answered":                  {0, referral.ViewAnswered, 0},
		"nothing has ended":                    {0, referral.ViewEnded, 0},
		"waiting goes on when the day is over": {90, referral.ViewWaiting, 1},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			on := today.Add(test.after)
			list, next, err := referral.List(t.Context(), u, sample.Clerk.Scope, test.view, on, 0, 10)
			if err != nil || len(list) != test.want || next != 0 {
				t.Errorf("%d, next %d, %v", len(list), next, err)
			}
			counts, err := referral.Counts(t.Context(), u, sample.Clerk.Scope, on)
			if n, counted := counts[test.view]; err != nil || counted && n != test.want {
				t.Errorf("%d counted, %v", n, err)
			}
			if list, _, err := referral.List(t.Context(), u, sample.SiblingClerk.Scope, test.view, on, 0, 10); err != nil || len(list) != 0 {
				t.Errorf("%d in another county, %v", len(list), err)
			}
		})
	}
	if late := found(t, u, id); late.Late(today.Add(referral.DaysToAnswer)) || !late.Late(today.Add(referral.DaysToAnswer+1)) {
		t.Error("the record counts the days in another way than the list")
	}
	if err := referral.Follow(t.Context(), u, id, "电话询问，仍在审核", today.Add(7)); err != nil {
		t.Fatal(err)
	}
	for after, want := range map[int]int{6: 0, 7: 1, 8: 1} {
		if list, _, err := referral.List(t.Context(), u, sample.Clerk.Scope, referral.ViewFollow, today.Add(after), 0, 10); err != nil || len(list) != want {
			t.Errorf("after %d days %d are to be asked after, %v", after, len(list), err)
		}
	}
}

func TestListPagesByKey(t *testing.T) {
	u, f := centre(t)
	first, second := begun(t, u, f), begun(t, u, sample.File(t, u, casefile.Active))
	list, next, err := referral.List(t.Context(), u, sample.Clerk.Scope, referral.ViewDrafts, today, 0, 1)
	if err != nil || len(list) != 1 || list[0].ID != second || next != second {
		t.Fatalf("%+v, next %d, %v", list, next, err)
	}
	list, next, err = referral.List(t.Context(), u, sample.Clerk.Scope, referral.ViewDrafts, today, next, 1)
	if err != nil || len(list) != 1 || list[0].ID != first || next != 0 {
		t.Errorf("%+v, next %d, %v", list, next, err)
	}
}

// The sample household is judged at 500.00 a month and head, before its rigid expenditure 666.67; the line is 700.00.
func TestUncovered(t *testing.T) {
	line := func(yuan int64) func(*testing.T, *work.Unit, casefile.File) {
		return func(t *testing.T, u *work.Unit, _ casefile.File) {
			run(t, u, `INSERT INTO eligibility_line (district, from_on, monthly_fen, source, entered_at) VALUES ('539901', '2026-11-01', @fen, '公告', @now)`,
				pgx.NamedArgs{"fen": yuan * 100, "now": u.Now})
		}
	}
	tests := map[string]struct {
		prepare func(*testing.T, *work.Unit, casefile.File)
		listed  bool
		sure    bool
		before  referral.State
	}{
		"below the line":                 {nil, true, true, ""},
		"judged at the line":             {line(500), false, false, ""},
		"judged just below the line":     {line(501), true, false, ""},
		"income just below the line":     {line(667), true, true, ""},
		"income above the line":          {line(666), true, false, ""},
		"has the allowance":              {allowance, false, false, ""},
		"a referral is under way":        {to(), false, false, ""},
		"a referral came back":           {to(answer(referral.Reply{Act: referral.ActReturn, Note: "缺件"})), false, false, ""},
		"a referral was granted":         {to(answer(referral.Reply{Act: referral.ActGrant, Once: 1})), false, false, ""},
		"granted, and closed":            {to(answer(referral.Reply{Act: referral.ActGrant, Once: 1}), end), false, false, ""},
		"a referral was refused":         {to(answer(referral.Reply{Act: referral.ActRefuse, Note: "超标"})), true, true, referral.Refused},
		"refused, and closed":            {to(answer(referral.Reply{Act: referral.ActRefuse, Note: "超标"}), end), true, true, referral.Closed},
		"a referral was withdrawn":       {to(end), true, true, referral.Withdrawn},
		"a line that holds from January": {january, true, true, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			u, f := centre(t)
			if test.prepare != nil {
				test.prepare(t, u, f)
			}
			list, next, err := referral.ListUncovered(t.Context(), u, sample.Clerk.Scope, today, 0, 10)
			if err != nil || next != 0 || (len(list) == 1) != test.listed {
				t.Fatalf("%+v, %v; listed should be %v", list, err, test.listed)
			}
			if n, err := referral.CountUncovered(t.Context(), u, sample.Clerk.Scope, today); err != nil || n != len(list) {
				t.Errorf("%d counted, %v", n, err)
			}
			if test.listed && (list[0].Sure() != test.sure || list[0].Before != test.before || list[0].Monthly != money.Yuan(500) || list[0].Income.String() != "666.67") {
				t.Errorf("%+v; sure %v", list[0], list[0].Sure())
			}
			if list, _, err := referral.ListUncovered(t.Context(), u, sample.SiblingClerk.Scope, today, 0, 10); err != nil || len(list) != 0 {
				t.Errorf("%d in another county, %v", len(list), err)
			}
		})
	}
}

// to sends a referral and does more to it.
func to(acts ...func(*testing.T, *work.Unit, referral.ID)) func(*testing.T, *work.Unit, casefile.File) {
	return func(t *testing.T, u *work.Unit, f casefile.File) {
		id := sent(t, u, f)
		for _, act := range acts {
			act(t, u, id)
		}
	}
}

func answer(r referral.Reply) func(*testing.T, *work.Unit, referral.ID) {
	return func(t *testing.T, u *work.Unit, id referral.ID) {
		r.On = today
		if err := referral.Answer(t.Context(), u, id, r); err != nil {
			t.Fatal(err)
		}
	}
}

func end(t *testing.T, u *work.Unit, id referral.ID) {
	if err := referral.End(t.Context(), u, id, "办结"); err != nil {
		t.Fatal(err)
	}
}

func january(t *testing.T, u *work.Unit, _ casefile.File) {
	run(t, u, `INSERT INTO eligibility_line (district, from_on, monthly_fen, source, entered_at) VALUES ('539901', '2027-01-01', 100, '公告', @now)`, pgx.NamedArgs{"now": u.Now})
}

func allowance(t *testing.T, u *work.Unit, f casefile.File) {
	run(t, u, `INSERT INTO casefile_figure (snapshot_id, side, kind, amount_fen)
		SELECT id, 'income', 'allowance', 1 FROM casefile_snapshot WHERE file_id = @file AND current`, pgx.NamedArgs{"file": f.ID})
}

func run(t *testing.T, u *work.Unit, sql string, args pgx.NamedArgs) {
	t.Helper()
	if _, err := u.Exec(t.Context(), sql, args); err != nil {
		t.Fatal(err)
	}
}

func TestBeginMany(t *testing.T) {
	u, f := centre(t)
	other := sample.File(t, u, casefile.Active)
	covered := sample.File(t, u, casefile.Active)
	u.By = sample.Clerk
	allowance(t, u, covered)
	told := func(files ...work.FileID) string {
		_, err := referral.BeginMany(t.Context(), u, files, letter())
		return sample.Told(t, err)
	}
	if got := told(); got != "referral.refusal.none" {
		t.Errorf("nobody: %q", got)
	}
	if got := told(make([]work.FileID, referral.MostAtOnce+1)...); got != "referral.refusal.many" {
		t.Errorf("too many: %q", got)
	}
	if got := told(f.ID, covered.ID); got != "referral.refusal.covered" {
		t.Errorf("one who has the allowance: %q", got)
	}
	ids, err := referral.BeginMany(t.Context(), u, []work.FileID{f.ID, other.ID}, letter())
	if err != nil || len(ids) != 2 {
		t.Fatalf("%v, %v", ids, err)
	}
	if r := found(t, u, ids[0]); r.Origin != referral.FromList || r.Kind != referral.Allowance || len(r.Papers) != 3 {
		t.Errorf("%+v", r)
	}
	if got := told(f.ID); got != "referral.refusal.covered" {
		t.Errorf("one who is referred already: %q", got)
	}
}

func TestSummary(t *testing.T) {
	u, f := centre(t)
	begun(t, u, sample.File(t, u, casefile.Active)) // not sent, not counted
	id := sent(t, u, f)
	other, err := referral.Begin(t.Context(), u, f.ID, referral.Medical, letter())
	if err == nil {
		err = referral.Send(t.Context(), u, other, dispatch)
	}
	if err == nil {
		err = referral.Answer(t.Context(), u, id, referral.Reply{Act: referral.ActGrant, On: today, Monthly: money.Yuan(420), From: today})
	}
	if err != nil {
		t.Fatal(err)
	}
	want := []referral.Sums{
		{Kind: referral.Allowance, Sent: 1, Granted: 1, Monthly: money.Yuan(420)},
		{Kind: referral.Medical, Sent: 1, Waiting: 1},
		{Sent: 2, Granted: 1, Waiting: 1, Monthly: money.Yuan(420)},
	}
	got, err := referral.Summary(t.Context(), u, sample.Clerk.Scope, today, today)
	if err != nil || len(got) != 3 || got[0] != want[0] || got[1] != want[1] || got[2] != want[2] {
		t.Errorf("%+v, %v", got, err)
	}
	for _, period := range [][2]int{{-9, -1}, {1, 9}} {
		got, err := referral.Summary(t.Context(), u, sample.Clerk.Scope, today.Add(period[0]), today.Add(period[1]))
		if err != nil || len(got) != 1 || got[0] != (referral.Sums{}) {
			t.Errorf("%+v, %v", got, err)
		}
	}
}

// The list follows what decides it, whoever changes it and how; nobody writes it by hand.
func TestTheListFollowsTheFile(t *testing.T) {
	u, f := centre(t)
	count := func(what string, want int) {
		t.Helper()
		if n, err := referral.CountUncovered(t.Context(), u, sample.Clerk.Scope, today); err != nil || n != want {
			t.Errorf("%s: %d, %v; want %d", what, n, err, want)
		}
	}
	args := pgx.NamedArgs{"file": f.ID, "now": u.Now}
	count("an active file", 1)
	allowance(t, u, f)
	count("with an allowance", 0)
	run(t, u, `UPDATE casefile_figure SET amount_fen = 0 WHERE kind = 'allowance' AND snapshot_id IN (SELECT id FROM casefile_snapshot WHERE file_id = @file AND current)`, args)
	count("with an allowance of nothing", 1)
	run(t, u, `UPDATE casefile_figure SET amount_fen = 1 WHERE kind = 'allowance' AND snapshot_id IN (SELECT id FROM casefile_snapshot WHERE file_id = @file AND current)`, args)
	count("with one again", 0)
	run(t, u, `DELETE FROM casefile_figure WHERE kind = 'allowance' AND snapshot_id IN (SELECT id FROM casefile_snapshot WHERE file_id = @file AND current)`, args)
	count("without one again", 1)
	run(t, u, `INSERT INTO casefile_judgement (file_id, round, line_id, rule_id, facts, monthly_fen, judged_by, judged_at)
		SELECT file_id, round, line_id, rule_id, facts, 70000, judged_by, @now FROM casefile_judgement WHERE file_id = @file`, args)
	count("judged anew, at the line", 0)
	run(t, u, `INSERT INTO casefile_judgement (file_id, round, line_id, rule_id, facts, monthly_fen, judged_by, judged_at)
		SELECT file_id, round, line_id, rule_id, facts, 69999, judged_by, @now FROM casefile_judgement WHERE file_id = @file LIMIT 1`, args)
	count("judged anew, below it", 1)
	u.By = sample.Supervisor
	sample.Left(t, u, f.ID)
	if err := casefile.Close(t.Context(), u, f.ID, "out_of_hardship"); err != nil {
		t.Fatal(err)
	}
	count("closed", 0)
	for name, sql := range map[string]string{"inserted": `INSERT INTO referral_uncovered VALUES (1, 1, 1, 1, '2026-01-01')`,
		"changed": `UPDATE referral_uncovered SET monthly_fen = 1`, "removed": `DELETE FROM referral_uncovered`, "called": `SELECT referral_stand(1)`} {
		tx, err := u.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Exec(t.Context(), sql); err == nil || !strings.Contains(err.Error(), "42501") {
			t.Errorf("%s by hand: %v; want a refusal", name, err)
		}
		if err := tx.Rollback(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}
