package notice_test

import (
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/notice"
	"bangfu/internal/staff"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/visit"
	"bangfu/internal/work"
)

// day22 is the day of every test, a Sunday.
var day22 = day.On(pgtest.Now)

var week = notice.Plan{Preset: notice.SevenDays, Place: "单位公示栏"}

// centre is a unit of work on the sample centre.
func centre(t *testing.T, by work.Actor) *work.Unit {
	t.Helper()
	u := pgtest.Unit(t, by)
	sample.Centre(t, u)
	return u
}

// published is a file whose notice of seven days began today, by the officer.
func published(t *testing.T, u *work.Unit) (work.FileID, notice.ID) {
	t.Helper()
	f := sample.File(t, u, casefile.Assessed)
	u.By = sample.Officer
	id, err := notice.Publish(t.Context(), u, f.ID, week)
	if err != nil {
		t.Fatal(err)
	}
	return f.ID, id
}

// object enters an objection at the desk.
func object(t *testing.T, u *work.Unit, id notice.ID) notice.ObjectionID {
	t.Helper()
	u.By = sample.Officer
	if _, err := notice.Object(t.Context(), u, sample.Keys(), id, notice.Said{Channel: notice.ChannelDesk, Content: "家中另有住房"}); err != nil {
		t.Fatal(err)
	}
	all, err := notice.Objections(t.Context(), u, sample.Everywhere, id)
	if err != nil {
		t.Fatal(err)
	}
	return all[len(all)-1].ID
}

// recheck has two other people visit the family.
func recheck(t *testing.T, u *work.Unit, file work.FileID, a, b work.Actor) int64 {
	t.Helper()
	return recheckSaying(t, u, file, a, b, true)
}

func recheckSaying(t *testing.T, u *work.Unit, file work.FileID, a, b work.Actor, agrees bool) int64 {
	t.Helper()
	u.By = sample.Clerk4 // enters it
	r := visit.Report{VisitedOn: u.Today(), Visitors: [2]work.StaffID{a.StaffID, b.StaffID}, Agrees: agrees, Remark: "复核结论",
		VisitorsSigned: true, ApplicantSigned: true}
	for _, item := range visit.Items {
		r.Findings = append(r.Findings, visit.Finding{Item: item, Agrees: true})
	}
	id, err := visit.Recheck(t.Context(), u, file, r)
	if err != nil {
		t.Fatal(err)
	}
	return int64(id)
}

func stateOf(t *testing.T, u *work.Unit, file work.FileID) casefile.State {
	t.Helper()
	f, err := casefile.Find(t.Context(), u, sample.Everywhere, file)
	if err != nil {
		t.Fatal(err)
	}
	return f.State
}

func noticeOf(t *testing.T, u *work.Unit, id notice.ID) notice.Notice {
	t.Helper()
	n, err := notice.Find(t.Context(), u, sample.Everywhere, id)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestPublish(t *testing.T) {
	tests := map[string]struct {
		plan         notice.Plan
		starts, ends string
	}{
		"seven days from today":         {notice.Plan{Preset: notice.SevenDays, Place: "公示栏"}, "2026-11-22", "2026-11-28"},
		"seven days from tomorrow":      {notice.Plan{Preset: notice.SevenDays, NextDay: true, Place: "公示栏"}, "2026-11-23", "2026-11-29"},
		"three days":                    {notice.Plan{Preset: notice.ThreeDays, Place: "公示栏"}, "2026-11-22", "2026-11-24"},
		"five working days on a Sunday": {notice.Plan{Preset: notice.FiveWorkdays, Place: "公示栏"}, "2026-11-22", "2026-11-27"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			u := centre(t, sample.Officer)
			f := sample.File(t, u, casefile.Assessed)
			id, err := notice.Publish(t.Context(), u, f.ID, test.plan)
			if err != nil {
				t.Fatal(err)
			}
			n := noticeOf(t, u, id)
			if n.State != notice.Open || n.Round != 1 || n.Period.Starts.String() != test.starts || n.Period.Ends.String() != test.ends {
				t.Errorf("%+v", n)
			}
			if got := stateOf(t, u, f.ID); got != casefile.InNotice {
				t.Errorf("the file is %s", got)
			}
			shown, err := notice.ShownOf(t.Context(), u, sample.Everywhere, id)
			want := notice.Public{ID: shown.ID, Name: "王*国", Unit: "青石纺织厂", Category: "severe", Cause: "illness", Period: n.Period, Phone: "0879-2100001"}
			if err != nil || shown != want {
				t.Errorf("shown %+v, %v; want %+v", shown, err, want)
			}
		})
	}
}

func TestPublishRefuses(t *testing.T) {
	tests := map[string]struct {
		state   casefile.State
		by      work.Actor
		plan    notice.Plan
		prepare string
		told    string
	}{
		"a file before its assessment": {casefile.Judged, sample.Officer, week, "", "notice.refusal.file_state"},
		"a file in notice":             {casefile.InNotice, sample.Officer, week, "", "notice.refusal.file_state"},
		"an unknown length":            {casefile.Assessed, sample.Officer, notice.Plan{Preset: "one_day", Place: "公示栏"}, "", "notice.refusal.preset"},
		"who registered the family":    {casefile.Assessed, sample.Clerk, week, "", "notice.refusal.sides"},
		"who visited the family":       {casefile.Assessed, sample.Clerk2, week, "", "notice.refusal.sides"},
		"a family without consent": {casefile.Assessed, sample.Officer, week,
			`UPDATE casefile_declaration SET file_id = @draft WHERE file_id = @file AND kind = 'notice'`, "notice.refusal.consent"},
		"a child of 13 years and 364 days": {casefile.Assessed, sample.Officer, week,
			`UPDATE casefile_person SET birth_on = '2012-11-23' WHERE file_id = @file AND relation = 'head' AND @draft > 0`, "notice.refusal.child"},
		"not a child of 14 years": {casefile.Assessed, sample.Officer, week,
			`UPDATE casefile_person SET birth_on = '2012-11-22' WHERE file_id = @file AND relation = 'head' AND @draft > 0`, ""},
		"an office without a phone": {casefile.Assessed, sample.Officer, week,
			`UPDATE staff_org SET phone = '' WHERE @file::bigint + @draft::bigint > 0`, "notice.refusal.phone"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			u := centre(t, test.by)
			f := sample.File(t, u, test.state)
			if test.prepare != "" {
				draft := sample.File(t, u, casefile.Draft)
				if _, err := u.Exec(t.Context(), test.prepare, pgx.NamedArgs{"file": f.ID, "draft": draft.ID}); err != nil {
					t.Fatal(err)
				}
			}
			_, err := notice.Publish(t.Context(), u, f.ID, test.plan)
			if told := sample.Told(t, err); told != test.told {
				t.Errorf("told %q, want %q", told, test.told)
			}
		})
	}
}

func TestAnotherCountySeesNothing(t *testing.T) {
	u := centre(t, sample.Officer)
	file, id := published(t, u)
	objection := object(t, u, id)
	scope := sample.SiblingHead.Scope
	_, findErr := notice.Find(t.Context(), u, scope, id)
	_, readErr := notice.Read(t.Context(), u, sample.Keys(), scope, objection)
	_, shownErr := notice.ShownOf(t.Context(), u, scope, id)
	u.By = sample.SiblingHead
	judgeErr := notice.Judge(t.Context(), u, objection, notice.Ruling{Verdict: notice.ObjectionUpheld, Reason: "属实", VisitID: 1})
	_, objectErr := notice.Object(t.Context(), u, sample.Keys(), id, notice.Said{Channel: notice.ChannelDesk, Content: "x"})
	for name, err := range map[string]error{"find": findErr, "read": readErr, "shown": shownErr, "judge": judgeErr, "object": objectErr} {
		if !errors.Is(err, work.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if all, err := notice.OfFile(t.Context(), u, scope, file); err != nil || len(all) != 0 {
		t.Errorf("%d notices of the file, %v", len(all), err)
	}
	if counts, err := notice.Count(t.Context(), u, scope); err != nil || counts[notice.TabObjected] != 0 {
		t.Errorf("%v, %v", counts, err)
	}
}

func TestAnObjectionOnTheLastDay(t *testing.T) {
	midnight := day22.Add(7).Start() // the last day is the 28th
	tests := map[string]struct {
		at   time.Time
		told string
		want casefile.State
	}{
		"the last second":              {midnight.Add(-time.Second), "", casefile.Contested},
		"the last microsecond":         {midnight.Add(-time.Microsecond), "", casefile.Contested},
		"midnight, before any job ran": {midnight, "notice.refusal.late", casefile.InNotice},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			u := centre(t, sample.Officer)
			file, id := published(t, u)
			u.Now = test.at
			_, err := notice.Object(t.Context(), u, sample.Keys(), id, notice.Said{Channel: notice.ChannelLetter, Content: "收入不实"})
			if told := sample.Told(t, err); told != test.told {
				t.Errorf("told %q, want %q", told, test.told)
			}
			if got := stateOf(t, u, file); got != test.want {
				t.Errorf("the file is %s", got)
			}
		})
	}
}

func TestWhatIsSaidIsSealed(t *testing.T) {
	u := centre(t, sample.Officer)
	_, id := published(t, u)
	said := notice.Said{Channel: notice.ChannelPhone, Content: "他家有两套房", Contact: notice.Contact{Name: "赵某", Reach: "13700000001"}}
	receipt, err := notice.Object(t.Context(), u, sample.Keys(), id, said)
	if err != nil {
		t.Fatal(err)
	}
	all, err := notice.Objections(t.Context(), u, sample.Everywhere, id)
	if err != nil || len(all) != 1 || all[0].Content != "" || all[0].EnteredBy != sample.Officer.Name {
		t.Fatalf("%+v, %v", all, err)
	}
	o, err := notice.Read(t.Context(), u, sample.Keys(), sample.Everywhere, all[0].ID)
	if err != nil || o.Content != said.Content || o.Contact != said.Contact || o.Receipt != receipt {
		t.Errorf("%+v, %v", o, err)
	}
	var leaks int
	err = u.QueryRow(t.Context(), `SELECT count(*) FROM notice_objection o
		WHERE position('两套房'::bytea IN o.said) > 0 OR position('13700000001'::bytea IN o.contact) > 0`).Scan(&leaks)
	if err != nil || leaks != 0 {
		t.Errorf("%d rows in the clear, %v", leaks, err)
	}
	err = u.QueryRow(t.Context(), `SELECT count(*) FROM audit_entry WHERE changes::text ~ '两套房|赵某|13700000001'`).Scan(&leaks)
	if err != nil || leaks != 0 {
		t.Errorf("%d audit entries tell it, %v", leaks, err)
	}
	answer, err := notice.Ask(t.Context(), u, receipt)
	if err != nil || answer.State != notice.ObjectionOpen || !answer.ReceivedAt.Equal(u.Now) {
		t.Errorf("%+v, %v", answer, err)
	}
	if _, err := notice.Ask(t.Context(), u, "261122-0000-0000"); !errors.Is(err, work.ErrNotFound) {
		t.Errorf("an unknown number: %v", err)
	}
}

func TestPublicObjection(t *testing.T) {
	u := centre(t, sample.Officer)
	file, id := published(t, u)
	n := noticeOf(t, u, id)
	u.By = work.Visitor("198.51.100.7")
	if _, err := notice.ObjectPublic(t.Context(), u, sample.Keys(), n.PublicID, notice.Said{Channel: notice.ChannelDesk, Content: "不实"}); err != nil {
		t.Fatal(err)
	}
	if got := stateOf(t, u, file); got != casefile.Contested {
		t.Errorf("the file is %s", got)
	}
	all, err := notice.Objections(t.Context(), u, sample.Everywhere, id)
	if err != nil || len(all) != 1 || all[0].Channel != notice.ChannelWeb || all[0].EnteredBy != "" {
		t.Errorf("%+v, %v", all, err)
	}
	u.Now = day22.Add(7).Start() // the row is not shown any more, so nobody objects to it
	_, err = notice.ObjectPublic(t.Context(), u, sample.Keys(), n.PublicID, notice.Said{Content: "不实"})
	if !errors.Is(err, work.ErrNotFound) {
		t.Errorf("after the last day: %v", err)
	}
}

func TestPublicRowsAreShownFromPublicationToTheLastDay(t *testing.T) {
	u := centre(t, sample.Officer)
	f := sample.File(t, u, casefile.Assessed)
	tomorrow := week
	tomorrow.NextDay = true
	id, err := notice.Publish(t.Context(), u, f.ID, tomorrow)
	if err != nil {
		t.Fatal(err)
	}
	public := noticeOf(t, u, id).PublicID
	for _, test := range []struct {
		after int
		want  bool
	}{{0, true}, {1, true}, {7, true}, {8, false}} {
		today := day22.Add(test.after)
		all, _, err := notice.ListPublic(t.Context(), u, today, notice.Cursor{}, 10)
		if err != nil || (len(all) == 1) != test.want {
			t.Errorf("%v: %d rows, %v", today, len(all), err)
		}
		_, err = notice.FindPublic(t.Context(), u, public, today)
		if errors.Is(err, work.ErrNotFound) == test.want {
			t.Errorf("%v: %v", today, err)
		}
	}
}

// The notice of a household with a relative of staff says so, and names nobody (N7). By hand it cannot be left out.
func TestTheNoticeOfARelativeSaysSo(t *testing.T) {
	u := centre(t, sample.Officer)
	f := sample.File(t, u, casefile.Assessed)
	people, err := casefile.People(t.Context(), u, sample.Keys(), f.ID)
	if err != nil {
		t.Fatal(err)
	}
	if err := people[0].Reveal(sample.Keys()); err != nil {
		t.Fatal(err)
	}
	u.By = sample.Cashier
	if _, err := staff.Declare(t.Context(), u, sample.Keys(), "parent", people[0].Name, people[0].Number); err != nil {
		t.Fatal(err)
	}
	u.By = sample.Officer
	id, err := notice.Publish(t.Context(), u, f.ID, notice.Plan{Preset: notice.SevenDays, Place: "公示栏"})
	if err != nil {
		t.Fatal(err)
	}
	shown, err := notice.ShownOf(t.Context(), u, sample.Everywhere, id)
	if err != nil || !shown.Relative {
		t.Errorf("%+v, %v", shown, err)
	}
	_, err = u.Exec(t.Context(), `WITH p AS (INSERT INTO notice_public (name, unit, category, cause, starts_on, ends_on, phone)
			SELECT name, unit, category, cause, starts_on, ends_on, phone FROM notice_public LIMIT 1 RETURNING id)
		INSERT INTO notice_shown (public_id, notice_id) SELECT p.id, $1 FROM p`, id)
	if got := work.Violated(err); got != "notice_relative" {
		t.Errorf("refused by %q (%v)", got, err)
	}
}
