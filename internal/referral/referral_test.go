package referral_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/money"
	"bangfu/internal/referral"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// today is the day of every test.
var today = day.On(pgtest.Now)

// centre is a unit of work on the sample centre, with one active file.
func centre(t *testing.T) (*work.Unit, casefile.File) {
	t.Helper()
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	f := sample.File(t, u, casefile.Active)
	u.By = sample.Clerk
	return u, f
}

// letter is a letter that holds together; change spoils it.
func letter(change ...func(*referral.Letter)) referral.Letter {
	l := referral.Letter{Origin: referral.FromRequest, Office: "青石县民政局", Reason: "家庭人均收入低于当地低保标准"}
	for _, c := range change {
		c(&l)
	}
	return l
}

// dispatch sends today, with an agreement signed the same day.
var dispatch = referral.Dispatch{ConsentOn: today, On: today, Due: today.Add(referral.DaysToAnswer)}

// begun drafts a referral for the allowance.
func begun(t *testing.T, u *work.Unit, f casefile.File) referral.ID {
	t.Helper()
	id, err := referral.Begin(t.Context(), u, f.ID, referral.Allowance, letter())
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// sent drafts a referral and sends it.
func sent(t *testing.T, u *work.Unit, f casefile.File) referral.ID {
	t.Helper()
	id := begun(t, u, f)
	if err := referral.Send(t.Context(), u, id, dispatch); err != nil {
		t.Fatal(err)
	}
	return id
}

func found(t *testing.T, u *work.Unit, id referral.ID) referral.Referral {
	t.Helper()
	r, err := referral.Find(t.Context(), u, sample.Everywhere, id)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestBegin(t *testing.T) {
	tests := map[string]struct {
		kind   referral.Kind
		change func(*referral.Letter)
		told   string
	}{
		"for the allowance":             {referral.Allowance, nil, ""},
		"no origin":                     {referral.Allowance, func(l *referral.Letter) { l.Origin = "" }, "referral.refusal.origin"},
		"no such kind":                  {"lottery", nil, "referral.refusal.kind"},
		"a debt where there is none":    {referral.Allowance, func(l *referral.Letter) { l.Owed = 1 }, "referral.refusal.not_owed"},
		"arrears without a sum":         {referral.WageArrears, nil, "referral.refusal.owed"},
		"arrears without a beginning":   {referral.WageArrears, func(l *referral.Letter) { l.Owed = 1 }, "referral.refusal.owed_since"},
		"arrears that begin tomorrow":   {referral.WageArrears, func(l *referral.Letter) { l.Owed, l.OwedSince = 1, today.Add(1) }, "referral.refusal.owed_since"},
		"arrears that begin today":      {referral.WageArrears, func(l *referral.Letter) { l.Owed, l.OwedSince = 1, today }, ""},
		"a person of another household": {referral.Allowance, func(l *referral.Letter) { l.Person = 999999 }, "referral.refusal.person"},
		"a paper of another household":  {referral.Allowance, func(l *referral.Letter) { l.Papers = []casefile.EvidenceID{999999} }, "referral.refusal.paper"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			u, f := centre(t)
			changes := []func(*referral.Letter){}
			if test.change != nil {
				changes = append(changes, test.change)
			}
			id, err := referral.Begin(t.Context(), u, f.ID, test.kind, letter(changes...))
			if told := sample.Told(t, err); told != test.told {
				t.Fatalf("told %q, want %q", told, test.told)
			}
			if err != nil {
				return
			}
			if r := found(t, u, id); r.State != referral.Draft || r.PersonName != "王建国" || r.Kind != test.kind || r.MadeBy != "何敏" {
				t.Errorf("%+v", r)
			}
		})
	}
}

func TestAFileThatIsClosedHandsNobodyOn(t *testing.T) {
	u, _ := centre(t)
	f := sample.File(t, u, casefile.Closed)
	if _, err := referral.Begin(t.Context(), u, f.ID, referral.Allowance, letter()); sample.Told(t, err) != "referral.refusal.file" {
		t.Error(err)
	}
}

func TestOnePersonIsHandedOnOnceAtATime(t *testing.T) {
	u, f := centre(t)
	id := begun(t, u, f)
	again := func(kind referral.Kind) string {
		tx, err := u.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = tx.Rollback(t.Context()) }()
		_, err = referral.Begin(t.Context(), work.NewUnit(tx, u.Now, u.By), f.ID, kind, letter())
		return sample.Told(t, err)
	}
	if told := again(referral.Allowance); told != "referral.refusal.twice" {
		t.Errorf("the same again: %q", told)
	}
	if told := again(referral.Medical); told != "" {
		t.Errorf("something else: %q", told)
	}
	if err := referral.End(t.Context(), u, id, "职工暂不申请"); err != nil {
		t.Fatal(err)
	}
	if told := again(referral.Allowance); told != "" {
		t.Errorf("after it was withdrawn: %q", told)
	}
}

func TestSend(t *testing.T) {
	tests := map[string]struct {
		change func(*referral.Dispatch)
		told   string
	}{
		"agreed and sent today":       {func(*referral.Dispatch) {}, ""},
		"agreed the day before":       {func(d *referral.Dispatch) { d.ConsentOn = today.Add(-1) }, ""},
		"agreed the day after":        {func(d *referral.Dispatch) { d.ConsentOn = today.Add(1) }, "referral.refusal.consent"},
		"without agreement":           {func(d *referral.Dispatch) { d.ConsentOn = day.Date{} }, "referral.refusal.consent"},
		"sent tomorrow":               {func(d *referral.Dispatch) { d.On, d.Due = today.Add(1), today.Add(9) }, "referral.refusal.sent_on"},
		"sent before it was written":  {func(d *referral.Dispatch) { d.On, d.ConsentOn = today.Add(-1), today.Add(-1) }, "referral.refusal.sent_on"},
		"an answer by the same day":   {func(d *referral.Dispatch) { d.Due = today }, "referral.refusal.due"},
		"an answer by the next day":   {func(d *referral.Dispatch) { d.Due = today.Add(1) }, ""},
		"no day to answer by at all":  {func(d *referral.Dispatch) { d.Due = day.Date{} }, "referral.refusal.due"},
		"no day on which it was sent": {func(d *referral.Dispatch) { d.On = day.Date{} }, "referral.refusal.consent"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			u, f := centre(t)
			id := begun(t, u, f)
			d := dispatch
			test.change(&d)
			if told := sample.Told(t, referral.Send(t.Context(), u, id, d)); told != test.told {
				t.Fatalf("told %q, want %q", told, test.told)
			}
			if test.told != "" {
				return
			}
			if r := found(t, u, id); r.State != referral.Sent || r.Number != "QSX转〔2026〕1号" || r.SentOn != today {
				t.Errorf("%+v", r)
			}
		})
	}
}

func TestAnswer(t *testing.T) {
	grant := referral.Reply{Act: referral.ActGrant, On: today, Monthly: money.Yuan(420), From: today.Add(9)}
	tests := map[string]struct {
		reply referral.Reply
		want  referral.State
		told  string
	}{
		"received":                      {referral.Reply{Act: referral.ActReceive, On: today}, referral.Received, ""},
		"granted by the month":          {grant, referral.Granted, ""},
		"granted once":                  {referral.Reply{Act: referral.ActGrant, On: today, Once: 1}, referral.Granted, ""},
		"granted in kind":               {referral.Reply{Act: referral.ActGrant, On: today, Note: "公租房一套"}, referral.Granted, ""},
		"granted nothing":               {referral.Reply{Act: referral.ActGrant, On: today}, referral.Sent, "referral.refusal.what"},
		"by the month without a start":  {referral.Reply{Act: referral.ActGrant, On: today, Monthly: 1}, referral.Sent, "referral.refusal.from"},
		"refused with a reason":         {referral.Reply{Act: referral.ActRefuse, On: today, Note: "名下有车"}, referral.Refused, ""},
		"refused without a reason":      {referral.Reply{Act: referral.ActRefuse, On: today}, referral.Sent, "referral.refusal.why"},
		"refused with money":            {referral.Reply{Act: referral.ActRefuse, On: today, Note: "名下有车", Once: 1}, referral.Sent, "referral.refusal.no_sum"},
		"returned without a reason":     {referral.Reply{Act: referral.ActReturn, On: today}, referral.Sent, "referral.refusal.why"},
		"returned for papers":           {referral.Reply{Act: referral.ActReturn, On: today, Note: "缺收入证明"}, referral.Returned, ""},
		"answered tomorrow":             {referral.Reply{Act: referral.ActReceive, On: today.Add(1)}, referral.Sent, "referral.refusal.answered_on"},
		"answered before it was sent":   {referral.Reply{Act: referral.ActReceive, On: today.Add(-1)}, referral.Sent, "referral.refusal.answered_on"},
		"to be asked after yesterday":   {referral.Reply{Act: referral.ActReceive, On: today, FollowOn: today.Add(-1)}, referral.Sent, "referral.refusal.follow_on"},
		"to be asked after today":       {referral.Reply{Act: referral.ActReceive, On: today, FollowOn: today}, referral.Received, ""},
		"an answer that is no answer":   {referral.Reply{Act: referral.ActFollow, On: today, Note: "问过"}, referral.Sent, "referral.refusal.state"},
		"answered by closing the thing": {referral.Reply{Act: referral.ActClose, On: today}, referral.Sent, "referral.refusal.state"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			u, f := centre(t)
			id := sent(t, u, f)
			told := sample.Told(t, referral.Answer(t.Context(), u, id, test.reply))
			r := found(t, u, id)
			if told != test.told || r.State != test.want {
				t.Errorf("%s, told %q; want %s, %q", r.State, told, test.want, test.told)
			}
		})
	}
}

// From the first draft to the end: returned for papers, sent again under the same number, granted, followed, closed.
func TestTheWholeWay(t *testing.T) {
	u, f := centre(t)
	papers, err := casefile.EvidenceOf(t.Context(), u, f.ID)
	if err != nil || len(papers) < 2 {
		t.Fatalf("%d papers, %v", len(papers), err)
	}
	id := sent(t, u, f)
	do := func(what string, err error) {
		t.Helper()
		if err != nil {
			t.Fatalf("%s: %v", what, err)
		}
	}
	do("return", referral.Answer(t.Context(), u, id, referral.Reply{Act: referral.ActReturn, On: today, Note: "缺收入证明"}))
	r := found(t, u, id)
	if err := referral.Rewrite(t.Context(), u, id, r.Version-1, r.Letter); !errors.Is(err, work.ErrStale) {
		t.Errorf("written over somebody else's letter: %v", err)
	}
	r.Letter.Papers = []casefile.EvidenceID{papers[0].ID, papers[1].ID}
	do("rewrite", referral.Rewrite(t.Context(), u, id, r.Version, r.Letter))
	do("send", referral.Send(t.Context(), u, id, dispatch))
	if r = found(t, u, id); r.Number != "QSX转〔2026〕1号" || len(r.Papers) != 2 {
		t.Errorf("%s with %d papers", r.Number, len(r.Papers))
	}
	if told := sample.Told(t, referral.Rewrite(t.Context(), u, id, r.Version, r.Letter)); told != "referral.refusal.sent" {
		t.Errorf("a letter that is out was changed: %q", told)
	}
	do("grant", referral.Answer(t.Context(), u, id, referral.Reply{Act: referral.ActGrant, On: today, Monthly: money.Yuan(420), From: today}))
	if got := found(t, u, id).Yearly(); got != money.Yuan(5040) {
		t.Errorf("a year's allowance of %v", got)
	}
	if told := sample.Told(t, referral.Follow(t.Context(), u, id, "已到账", today)); told != "referral.refusal.follow_next" {
		t.Errorf("to ask again today: %q", told)
	}
	if told := sample.Told(t, referral.Follow(t.Context(), u, id, "", today.Add(1))); told != "referral.refusal.note" {
		t.Errorf("asked without a word: %q", told)
	}
	do("follow", referral.Follow(t.Context(), u, id, "首月已到账", today.Add(1)))
	if told := sample.Told(t, referral.End(t.Context(), u, id, "")); told != "referral.refusal.reason" {
		t.Errorf("closed without a reason: %q", told)
	}
	do("close", referral.End(t.Context(), u, id, "已按月发放"))
	if r = found(t, u, id); r.State != referral.Closed || r.Outcome != referral.Granted || !r.FollowOn.IsZero() {
		t.Errorf("%+v", r)
	}
	if told := sample.Told(t, referral.End(t.Context(), u, id, "再次")); told != "referral.refusal.state" {
		t.Errorf("closed twice: %q", told)
	}
	events, err := referral.Events(t.Context(), u, id)
	var acts []string
	for _, e := range events {
		acts = append(acts, string(e.Act))
	}
	if got := strings.Join(acts, " "); err != nil || got != "close follow grant send return send draft" {
		t.Errorf("%s, %v", got, err)
	}
	if _, err := referral.Find(t.Context(), u, sample.SiblingClerk.Scope, id); !errors.Is(err, work.ErrNotFound) {
		t.Errorf("another county finds it: %v", err)
	}
}

// A member who leaves a file while it is corrected leaves the letter behind, with the name on it.
func TestAMemberWhoIsGoneStaysOnTheLetter(t *testing.T) {
	u, f := centre(t)
	people, err := casefile.People(t.Context(), u, sample.Keys(), f.ID)
	if err != nil || len(people) < 2 {
		t.Fatalf("%d people, %v", len(people), err)
	}
	id, err := referral.Begin(t.Context(), u, f.ID, referral.Medical, letter(func(l *referral.Letter) { l.Person = people[1].ID }))
	if err == nil {
		err = referral.Send(t.Context(), u, id, dispatch)
	}
	if err != nil {
		t.Fatal(err)
	}
	run(t, u, `DELETE FROM casefile_person WHERE id = @id`, pgx.NamedArgs{"id": people[1].ID})
	if r := found(t, u, id); r.PersonName != people[1].Name || r.Person != 0 || r.State != referral.Sent {
		t.Errorf("%+v", r)
	}
}

// The same rules hold for statements by hand, as the application's role.
func TestByHand(t *testing.T) {
	u, f := centre(t)
	draft := begun(t, u, f)
	out := sent(t, u, sample.File(t, u, casefile.Active))
	other := sample.File(t, u, casefile.Active)
	args := pgx.NamedArgs{"draft": draft, "out": out, "other": other.ID}
	tests := map[string]struct{ sql, rule string }{
		"sent without agreement":  {`UPDATE referral_referral SET state = 'sent', number = 'x', sent_on = '2026-11-22', due_on = '2026-12-22' WHERE id = @draft`, "referral_consent"},
		"another number":          {`UPDATE referral_referral SET number = 'x' WHERE id = @out`, "referral_number_fixed"},
		"another letter":          {`UPDATE referral_referral SET reason = '改写' WHERE id = @out`, "referral_sent_fixed"},
		"another's person":        {`UPDATE referral_referral SET person_id = (SELECT min(id) FROM casefile_person WHERE file_id = @other) WHERE id = @draft`, "referral_person"},
		"another's paper":         {`INSERT INTO referral_paper SELECT @draft, min(id) FROM casefile_evidence WHERE file_id = @other`, "referral_paper_file"},
		"a paper after sending":   {`INSERT INTO referral_paper SELECT @out, min(id) FROM casefile_evidence`, "referral_sent_fixed"},
		"granted nothing":         {`UPDATE referral_referral SET state = 'granted', outcome = 'granted' WHERE id = @out`, "referral_granted"},
		"granted and refused":     {`UPDATE referral_referral SET state = 'granted', outcome = 'refused' WHERE id = @out`, "referral_outcome"},
		"a month without a start": {`UPDATE referral_referral SET monthly_fen = 1 WHERE id = @out`, "referral_from"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			tx, err := u.Begin(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = tx.Rollback(t.Context()) }()
			_, err = tx.Exec(t.Context(), test.sql, args)
			if got := work.Violated(err); got != test.rule {
				t.Errorf("refused by %q, want %q (%v)", got, test.rule, err)
			}
		})
	}
}
