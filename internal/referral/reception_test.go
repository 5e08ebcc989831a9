package referral_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/referral"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// visitor is one that holds together; change spoils it.
func visitor(change func(*referral.Visitor)) referral.Visitor {
	v := referral.Visitor{CameOn: today, Name: "唐小满", Phone: "13908795566", Kind: referral.WageArrears, Asked: "拖欠三个月工资",
		Office: "青石县劳动保障监察大队", DueOn: today.Add(referral.DaysToAnswer)}
	if change != nil {
		change(&v)
	}
	return v
}

// received records a visitor.
func received(t *testing.T, u *work.Unit) referral.ReceptionID {
	t.Helper()
	id, err := referral.Receive(t.Context(), u, sample.Keys(), visitor(nil))
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func reception(t *testing.T, u *work.Unit, id referral.ReceptionID) referral.Reception {
	t.Helper()
	r, err := referral.FindReception(t.Context(), u, sample.Keys(), sample.Everywhere, id)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// office is a unit of work on the sample centre.
func office(t *testing.T) *work.Unit {
	t.Helper()
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	return u
}

func TestReceive(t *testing.T) {
	u := office(t)
	tests := map[string]struct {
		change func(*referral.Visitor)
		told   string
	}{
		"today":                    {nil, ""},
		"tomorrow":                 {func(v *referral.Visitor) { v.CameOn = today.Add(1) }, "referral.refusal.came_on"},
		"no day":                   {func(v *referral.Visitor) { v.CameOn = day.Date{} }, "referral.refusal.came_on"},
		"no such kind":             {func(v *referral.Visitor) { v.Kind = "lottery" }, "referral.refusal.kind"},
		"an answer the same day":   {func(v *referral.Visitor) { v.DueOn = today }, "referral.refusal.reception_due"},
		"an answer the day after":  {func(v *referral.Visitor) { v.DueOn = today.Add(1) }, ""},
		"without a phone":          {func(v *referral.Visitor) { v.Phone = "" }, "referral.refusal.phone"},
		"who came a month before":  {func(v *referral.Visitor) { v.CameOn = today.Add(-30); v.DueOn = today }, ""},
		"somebody else of no kind": {func(v *referral.Visitor) { v.Kind = "" }, "referral.refusal.kind"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := referral.Receive(t.Context(), u, sample.Keys(), visitor(test.change))
			if told := sample.Told(t, err); told != test.told {
				t.Errorf("told %q, want %q", told, test.told)
			}
		})
	}
}

// From the window to the end: the first person asked, the number, the answer, the follow-up, and no word of it in the trail.
func TestAReceptionIsWalked(t *testing.T) {
	u := office(t)
	id := received(t, u)
	r := reception(t, u, id)
	if r.State != referral.Waiting || r.FirstAsked != sample.Clerk.Name || r.OrgID != sample.County || r.Number != "QSX转〔2026〕1号" || r.Phone != "139****5566" {
		t.Fatalf("%+v", r)
	}
	for step, told := range []string{
		sample.Told(t, referral.AnswerReception(t.Context(), u, id, today.Add(-1), "已受理", day.Date{})),
		sample.Told(t, referral.AnswerReception(t.Context(), u, id, today.Add(1), "已受理", day.Date{})),
		sample.Told(t, referral.AnswerReception(t.Context(), u, id, today, "", day.Date{})),
		sample.Told(t, referral.AnswerReception(t.Context(), u, id, today, "已受理", today.Add(-1))),
		sample.Told(t, referral.FollowReception(t.Context(), u, id, "", today.Add(1))),
		sample.Told(t, referral.FollowReception(t.Context(), u, id, "电话询问", today)),
		sample.Told(t, referral.CloseReception(t.Context(), u, id, "")),
	} {
		want := []string{"referral.refusal.reception_answered_on", "referral.refusal.reception_answered_on", "referral.refusal.answer", "referral.refusal.follow_on",
			"referral.refusal.note", "referral.refusal.follow_next", "referral.refusal.told"}[step]
		if told != want {
			t.Errorf("step %d: told %q, want %q", step, told, want)
		}
	}
	for step, err := range []error{
		referral.FollowReception(t.Context(), u, id, "电话询问，正在调查", today.Add(1)),
		referral.AnswerReception(t.Context(), u, id, today, "已责令单位限期支付", today),
		referral.CloseReception(t.Context(), u, id, "已电话告知来访人"),
	} {
		if err != nil {
			t.Fatalf("step %d: %v", step, err)
		}
	}
	r = reception(t, u, id)
	if r.State != referral.ReceptionEnded || r.Answer != "已责令单位限期支付" || r.ClosedOn != today || !r.FollowOn.IsZero() {
		t.Errorf("%+v", r)
	}
	for _, err := range []error{referral.AnswerReception(t.Context(), u, id, today, "又一次", day.Date{}),
		referral.FollowReception(t.Context(), u, id, "又问", day.Date{}), referral.CloseReception(t.Context(), u, id, "又一次")} {
		if told := sample.Told(t, err); told != "referral.refusal.reception_state" {
			t.Errorf("told %q", told)
		}
	}
	events, err := referral.ReceptionEvents(t.Context(), u, id)
	if err != nil || len(events) != 4 || events[0].Act != referral.ActClose || events[3].Act != referral.ActRegister {
		t.Errorf("%+v, %v", events, err)
	}
	var trail string
	if err := u.QueryRow(t.Context(), `SELECT string_agg(act || changes::text, ' ') FROM audit_entry WHERE kind = 'reception'`).Scan(&trail); err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"唐小满", "13908795566", "拖欠三个月工资", "限期支付"} {
		if strings.Contains(trail, secret) {
			t.Errorf("the trail holds %s: %s", secret, trail)
		}
	}
}

func TestReceptionIsLateTheDayAfter(t *testing.T) {
	u := office(t)
	id := received(t, u)
	r := reception(t, u, id)
	if r.Late(r.DueOn) || !r.Late(r.DueOn.Add(1)) {
		t.Errorf("late on the day itself %v, the day after %v", r.Late(r.DueOn), r.Late(r.DueOn.Add(1)))
	}
	for on, want := range map[day.Date]int{r.DueOn: 0, r.DueOn.Add(1): 1} {
		list, next, err := referral.Receptions(t.Context(), u, sample.Everywhere, referral.ReceptionsLate, on, 0, 10)
		counts, err2 := referral.ReceptionCounts(t.Context(), u, sample.Everywhere, on)
		if err != nil || err2 != nil || len(list) != want || next != 0 || counts[referral.ReceptionsLate] != want || counts[referral.ReceptionsWaiting] != 1 {
			t.Errorf("on %s: %d listed, %v counted, %v, %v", on, len(list), counts, err, err2)
		}
	}
	if err := referral.FollowReception(t.Context(), u, id, "再问", today.Add(3)); err != nil {
		t.Fatal(err)
	}
	for on, want := range map[day.Date]int{today.Add(2): 0, today.Add(3): 1} {
		if list, _, err := referral.Receptions(t.Context(), u, sample.Everywhere, referral.ReceptionsFollow, on, 0, 10); err != nil || len(list) != want {
			t.Errorf("to follow up on %s: %d, %v", on, len(list), err)
		}
	}
	if list, _, err := referral.Receptions(t.Context(), u, sample.SiblingClerk.Scope, referral.ReceptionsWaiting, today, 0, 10); err != nil || len(list) != 0 {
		t.Errorf("the sibling county sees %d, %v", len(list), err)
	}
}

func TestReceptionsPageByKey(t *testing.T) {
	u := office(t)
	first := received(t, u)
	second := received(t, u)
	third := received(t, u)
	list, next, err := referral.Receptions(t.Context(), u, sample.Everywhere, referral.ReceptionsWaiting, today, 0, 2)
	if err != nil || len(list) != 2 || list[0].ID != third || next != second {
		t.Fatalf("%+v, %d, %v", list, next, err)
	}
	if list, next, err = referral.Receptions(t.Context(), u, sample.Everywhere, referral.ReceptionsWaiting, today, next, 2); err != nil || len(list) != 1 || list[0].ID != first || next != 0 {
		t.Errorf("%+v, %d, %v", list, next, err)
	}
}

// Nothing is typed again: the name and the phone stand in the head's section, and the link stays.
func TestAReceptionBecomesARegistration(t *testing.T) {
	u := office(t)
	id := received(t, u)
	u.By = sample.UnitClerk
	if _, err := referral.FileReception(t.Context(), u, sample.Keys(), id); !errors.Is(err, work.ErrNotFound) {
		t.Errorf("by another office: %v", err)
	}
	u.By = sample.Clerk
	file, err := referral.FileReception(t.Context(), u, sample.Keys(), id)
	if err != nil {
		t.Fatal(err)
	}
	typed, err := casefile.TypedBefore(t.Context(), u, sample.Keys(), file, casefile.HeadSection, sample.Clerk.StaffID)
	if err != nil || typed.Values.Get("name") != "唐小满" || typed.Values.Get("phone") != "13908795566" {
		t.Errorf("%v, %v", typed.Values, err)
	}
	r, found, err := referral.ReceptionOf(t.Context(), u, sample.Everywhere, file)
	if err != nil || !found || r.ID != id || r.FileID != file || r.State != referral.Waiting {
		t.Errorf("%+v, %v, %v", r, found, err)
	}
	if _, found, err := referral.ReceptionOf(t.Context(), u, sample.SiblingClerk.Scope, file); err != nil || found {
		t.Errorf("the sibling county finds it: %v, %v", found, err)
	}
	if _, err := referral.FileReception(t.Context(), u, sample.Keys(), id); sample.Told(t, err) != "referral.refusal.reception_file" {
		t.Errorf("a second file: %v", err)
	}
}

func TestUnmaskVisitor(t *testing.T) {
	u := office(t)
	id := received(t, u)
	if _, err := referral.UnmaskVisitor(t.Context(), u, sample.Keys(), id, "curious"); sample.Told(t, err) != "casefile.refusal.reason" {
		t.Errorf("%v", err)
	}
	phone, err := referral.UnmaskVisitor(t.Context(), u, sample.Keys(), id, casefile.ForContact)
	if err != nil || phone != "13908795566" {
		t.Errorf("%q, %v", phone, err)
	}
}

// The words go the day after three years, not on the day; those of a record with a file stay with the file.
func TestForgetReceptions(t *testing.T) {
	u := office(t)
	plain, filed, open := received(t, u), received(t, u), received(t, u)
	if _, err := referral.FileReception(t.Context(), u, sample.Keys(), filed); err != nil {
		t.Fatal(err)
	}
	if err := referral.AnswerReception(t.Context(), u, plain, today, "已受理", day.Date{}); err != nil {
		t.Fatal(err)
	}
	for _, id := range []referral.ReceptionID{plain, filed} {
		if err := referral.CloseReception(t.Context(), u, id, "已告知"); err != nil {
			t.Fatal(err)
		}
	}
	at := func(d day.Date) work.Clock { return func() time.Time { return d.Start().Add(9 * time.Hour) } }
	for _, step := range []struct {
		on   day.Date
		want int
	}{{today.AddMonths(36), 0}, {today.AddMonths(36).Add(1), 1}, {today.AddMonths(36).Add(2), 0}} {
		if n, err := referral.ForgetReceptions(t.Context(), u.Tx, at(step.on)); err != nil || n != step.want {
			t.Errorf("on %s: %d, %v; want %d", step.on, n, err, step.want)
		}
	}
	r := reception(t, u, plain)
	if !r.Erased || r.Name != "**" || r.Asked != "**" || r.Answer != "**" || r.Phone != "" || r.Kind != referral.WageArrears || r.ClosedOn != today {
		t.Errorf("%+v", r)
	}
	events, err := referral.ReceptionEvents(t.Context(), u, plain)
	if err != nil || len(events) != 3 || events[0].Note != "**" || events[1].Note != "**" {
		t.Errorf("%+v, %v", events, err)
	}
	for _, id := range []referral.ReceptionID{filed, open} {
		if r := reception(t, u, id); r.Erased || r.Name != "唐小满" {
			t.Errorf("%+v", r)
		}
	}
	if _, err := referral.UnmaskVisitor(t.Context(), u, sample.Keys(), plain, casefile.ForContact); sample.Told(t, err) != "referral.refusal.erased" {
		t.Errorf("%v", err)
	}
	if _, err := referral.FileReception(t.Context(), u, sample.Keys(), plain); sample.Told(t, err) != "referral.refusal.reception_file" {
		t.Errorf("%v", err)
	}
}

// What the database refuses whoever asks.
func TestTheDatabaseKeepsReceptions(t *testing.T) {
	u := office(t)
	id := received(t, u)
	ended := received(t, u)
	if err := referral.CloseReception(t.Context(), u, ended, "已告知"); err != nil {
		t.Fatal(err)
	}
	filed := received(t, u)
	if _, err := referral.FileReception(t.Context(), u, sample.Keys(), filed); err != nil {
		t.Fatal(err)
	}
	f := sample.File(t, u, casefile.Active)
	tests := map[string]struct {
		id   referral.ReceptionID
		sql  string
		want string
	}{
		"an answer without a day":       {id, `answer = '好'`, "reception_answered"},
		"answered without an answer":    {id, `state = 'answered'`, "reception_answered"},
		"answered before the visit":     {id, `state = 'answered', answer = '好', answered_on = came_on - 1`, "reception_answered"},
		"closed without a day":          {id, `state = 'closed'`, "reception_closed"},
		"a day without the end":         {id, `closed_on = came_on`, "reception_closed"},
		"opened again":                  {ended, `state = 'waiting', closed_on = NULL`, "reception_step"},
		"closed on another day":         {ended, `closed_on = closed_on - 1`, "reception_answered_once"},
		"a file that is no new one":     {id, `file_id = @file`, "reception_file_own"},
		"another file":                  {filed, `file_id = @file`, "reception_file_once"},
		"no file any more":              {filed, `file_id = NULL`, "reception_file_once"},
		"erased while it waits":         {id, `erased_at = @late`, "reception_kept"},
		"erased on the last day":        {ended, `erased_at = @last`, "reception_kept"},
		"erased the day after":          {ended, `erased_at = @late`, ""},
		"the name":                      {id, `name = '别人'`, "42501"},
		"what was asked":                {id, `asked = '别的事'`, "42501"},
		"the phone":                     {id, `phone_sealed = NULL`, "42501"},
		"the first person asked":        {id, `made_by = made_by`, "42501"},
		"the day the answer is awaited": {id, `due_on = due_on + 1`, "42501"},
	}
	args := pgx.NamedArgs{"file": f.ID, "last": today.AddMonths(36).Start().Add(23 * time.Hour), "late": today.AddMonths(36).Add(1).Start()}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			args["id"] = test.id
			if got := violated(t, u, `UPDATE referral_reception SET `+test.sql+` WHERE id = @id`, args); got != test.want {
				t.Errorf("refused as %q, want %q", got, test.want)
			}
		})
	}
	for sql, want := range map[string]string{
		`INSERT INTO referral_reception (org_id, org_path, came_on, name, phone_sealed, kind, asked, office, number, due_on, state, made_by, made_at)
			SELECT org_id, '', came_on, name, phone_sealed, kind, asked, office, 'x', came_on, 'waiting', made_by, made_at FROM referral_reception WHERE id = @id`: "reception_due",
		`INSERT INTO referral_reception (org_id, org_path, came_on, name, phone_sealed, kind, asked, office, number, due_on, state, closed_on, made_by, made_at)
			SELECT org_id, '', came_on, name, phone_sealed, kind, asked, office, 'x', due_on, 'closed', came_on, made_by, made_at FROM referral_reception WHERE id = @id`: "reception_first",
		`DELETE FROM referral_reception WHERE id = @id`:                           "42501",
		`UPDATE referral_reception_event SET note = '改' WHERE reception_id = @id`: "42501",
		`DELETE FROM referral_reception_event WHERE reception_id = @id`:           "42501",
	} {
		args["id"] = id
		if got := violated(t, u, sql, args); got != want {
			t.Errorf("%s: refused as %q, want %q", sql, got, want)
		}
	}
}

// violated runs a statement in a savepoint that is rolled back and gives the rule or the code that refused it.
func violated(t *testing.T, u *work.Unit, sql string, args pgx.NamedArgs) string {
	t.Helper()
	tx, err := u.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(t.Context())) }()
	_, err = tx.Exec(t.Context(), sql, args)
	if err == nil {
		return ""
	}
	if name := work.Violated(err); name != "" {
		return name
	}
	if strings.Contains(err.Error(), "42501") {
		return "42501"
	}
	return err.Error()
}
