package move_test

import (
	"errors"
	"slices"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/move"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/visit"
	"bangfu/internal/work"
)

func centre(t *testing.T) *work.Unit {
	t.Helper()
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	return u
}

// by lets somebody act.
func by(u *work.Unit, who work.Actor, do func() error) error {
	before := u.By
	defer func() { u.By = before }()
	u.By = who
	return do()
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// told is what a person is told: the key of a refusal, "not found", or nothing.
func told(t *testing.T, err error) string {
	t.Helper()
	if errors.Is(err, work.ErrNotFound) {
		return "not found"
	}
	return sample.Told(t, err)
}

// ask asks for a transfer of a file to an office, by Clerk2.
func ask(t *testing.T, u *work.Unit, file work.FileID, to work.OrgID) move.ID {
	t.Helper()
	var id move.ID
	must(t, by(u, sample.Clerk2, func() (err error) {
		id, err = move.Ask(t.Context(), u, file, move.Request{Kind: move.Transfer, Why: "household_moved", Reason: "迁居白河县", To: to})
		return err
	}))
	return id
}

// agree lets the giving side's supervisor agree.
func agree(t *testing.T, u *work.Unit, id move.ID) {
	t.Helper()
	must(t, by(u, sample.Supervisor, func() error { return move.Decide(t.Context(), u, id, true, "同意移交") }))
}

// A file is handed over by three people; the number stays, the old office keeps the record and no more, the new one sees
// the masked cover before and the whole file after.
func TestATransferFromOneOfficeToAnother(t *testing.T) {
	u := centre(t)
	f := sample.File(t, u, casefile.Active)
	id := ask(t, u, f.ID, sample.Sibling)
	if m, err := move.Find(t.Context(), u, sample.SiblingClerk.Scope, id); err != nil || m.HeadName == f.HeadName || m.HeadName == "" || m.Within || m.Giving || !m.Receiving {
		t.Errorf("the receiver reads %+v, %v", m, err)
	}
	if _, err := casefile.Find(t.Context(), u, sample.SiblingClerk.Scope, f.ID); !errors.Is(err, work.ErrNotFound) {
		t.Errorf("the receiver reads the file before it is handed over: %v", err)
	}
	agree(t, u, id)
	must(t, by(u, sample.SiblingClerk, func() error { return move.Receive(t.Context(), u, id, true, "材料齐全") }))
	now, err := casefile.Find(t.Context(), u, sample.SiblingClerk.Scope, f.ID)
	if err != nil || now.OrgID != sample.Sibling || now.Number != f.Number || now.State != casefile.Active {
		t.Errorf("%+v, %v", now, err)
	}
	if _, err := casefile.Find(t.Context(), u, sample.Clerk.Scope, f.ID); !errors.Is(err, work.ErrNotFound) {
		t.Errorf("the old office still reads the file: %v", err)
	}
	m, err := move.Find(t.Context(), u, sample.Clerk.Scope, id)
	if err != nil || m.State != move.Done || m.HeadName == f.HeadName || m.Handed == nil || len(m.Handed.Papers) == 0 || m.Handed.Versions != m.Before || m.After != m.Before+1 {
		t.Errorf("the record of the old office: %+v, %v", m, err)
	}
	v, err := casefile.FindVersion(t.Context(), u, sample.SiblingClerk.Scope, f.ID, m.After)
	if err != nil || v.Facts.Office != "白河县总工会困难职工帮扶中心" {
		t.Errorf("version %d of office %q, %v", v.Number, v.Facts.Office, err)
	}
	var weigh bool
	must(t, u.QueryRow(t.Context(), `SELECT weigh_since IS NOT NULL FROM casefile_file WHERE id = $1`, f.ID).Scan(&weigh))
	if !weigh {
		t.Error("another district's line, and nobody is asked to judge the file again")
	}
	for list, want := range map[move.List]work.Actor{move.Given: sample.Clerk, move.Received: sample.SiblingClerk} {
		if all, _, err := move.ListOf(t.Context(), u, want.Scope, list, 0, 10); err != nil || len(all) != 1 || all[0].ID != id {
			t.Errorf("%s: %+v, %v", list, all, err)
		}
	}
}

// Within one district the line is the same, and nothing has to be judged again.
func TestATransferWithinTheDistrictIsNotJudgedAgain(t *testing.T) {
	u := centre(t)
	f := sample.File(t, u, casefile.Active)
	id := ask(t, u, f.ID, sample.UnitA)
	agree(t, u, id)
	must(t, by(u, sample.UnitClerk, func() error { return move.Receive(t.Context(), u, id, true, "") }))
	var weigh bool
	must(t, u.QueryRow(t.Context(), `SELECT weigh_since IS NOT NULL FROM casefile_file WHERE id = $1`, f.ID).Scan(&weigh))
	if weigh {
		t.Error("marked to be judged again within the same district")
	}
}

// Who may do what to a transfer, and when.
func TestWhoMovesATransfer(t *testing.T) {
	yes := func(u *work.Unit, id move.ID) error { return move.Decide(t.Context(), u, id, true, "") }
	no := func(u *work.Unit, id move.ID) error { return move.Decide(t.Context(), u, id, false, "理由不足") }
	take := func(u *work.Unit, id move.ID) error { return move.Receive(t.Context(), u, id, true, "") }
	back := func(u *work.Unit, id move.ID) error {
		return move.Receive(t.Context(), u, id, false, "不在本县居住")
	}
	withdraw := func(u *work.Unit, id move.ID) error { return move.Withdraw(t.Context(), u, id) }
	tests := map[string]struct {
		agreed bool
		by     work.Actor
		act    func(*work.Unit, move.ID) error
		want   move.State
		told   string
	}{
		"another agrees":                     {false, sample.Supervisor2, yes, move.Agreed, ""},
		"another rejects":                    {false, sample.Supervisor2, no, move.Rejected, ""},
		"a rejection says why":               {false, sample.Supervisor2, func(u *work.Unit, id move.ID) error { return move.Decide(t.Context(), u, id, false, "不") }, move.Asked, "move.refusal.opinion"},
		"who asked does not agree":           {false, sample.Clerk2, yes, move.Asked, "move.refusal.own"},
		"the registrar does not agree":       {false, sample.Clerk, yes, move.Asked, "move.refusal.own"},
		"the receiver does not agree":        {false, sample.SiblingHead, yes, move.Asked, "move.refusal.giving"},
		"not taken before it is agreed to":   {false, sample.SiblingClerk, take, move.Asked, "move.refusal.state"},
		"the receiver takes it":              {true, sample.SiblingClerk, take, move.Done, ""},
		"the receiver refuses":               {true, sample.SiblingClerk, back, move.Refused, ""},
		"a refusal says why":                 {true, sample.SiblingClerk, func(u *work.Unit, id move.ID) error { return move.Receive(t.Context(), u, id, false, " ") }, move.Agreed, "move.refusal.answer"},
		"the giving side does not take it":   {true, sample.Clerk3, take, move.Agreed, "move.refusal.receiving"},
		"a third office sees nothing":        {true, sample.OtherClerk, take, move.Agreed, "not found"},
		"who asked takes it back":            {false, sample.Clerk2, withdraw, move.Withdrawn, ""},
		"also while the receiver is silent":  {true, sample.Clerk2, withdraw, move.Withdrawn, ""},
		"nobody else takes it back":          {true, sample.Clerk3, withdraw, move.Agreed, "move.refusal.withdraw"},
		"who agreed does not take it over":   {true, withCaps(sample.Supervisor, sample.CitySupervisor.Scope), take, move.Agreed, "move.refusal.own"},
		"a person of both sides takes it":    {true, sample.CitySupervisor, take, move.Done, ""},
		"nothing happens after a withdrawal": {true, sample.Clerk2, func(u *work.Unit, id move.ID) error { return errors.Join(withdraw(u, id), withdraw(u, id)) }, move.Withdrawn, "move.refusal.state"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			u := centre(t)
			f := sample.File(t, u, casefile.Active)
			id := ask(t, u, f.ID, sample.Sibling)
			if test.agreed {
				agree(t, u, id)
			}
			got := told(t, by(u, test.by, func() error { return test.act(u, id) }))
			m, err := move.Find(t.Context(), u, sample.Everywhere, id)
			if err != nil || m.State != test.want || got != test.told {
				t.Errorf("%s, told %q, %v; want %s, %q", m.State, got, err, test.want, test.told)
			}
			moved := test.want == move.Done
			if f, err = casefile.Find(t.Context(), u, sample.Everywhere, f.ID); err != nil || (f.OrgID == sample.Sibling) != moved {
				t.Errorf("the file lies at %s, %v", f.OrgName, err)
			}
		})
	}
}

func withCaps(who work.Actor, scope work.Scope) work.Actor {
	who.Scope = scope
	return who
}

// What an office has begun is brought to its end there; each reason is told.
func TestWhatStopsATransfer(t *testing.T) {
	tests := map[string]func(t *testing.T, u *work.Unit, f casefile.File){
		"change": func(t *testing.T, u *work.Unit, f casefile.File) {
			exec(t, u, `INSERT INTO casefile_change (file_id, kind, state, second, reason, typed, told, before, asked_by, asked_at)
				VALUES ($1, 'economy', 'asked', true, '收入变化', ''::bytea, '[]', 1, 9202, now())`, f.ID)
		},
		"grant": func(t *testing.T, u *work.Unit, f casefile.File) {
			sample.Signed(t, u, f, sample.Fund(t, u, 100000), 40000)
		},
		"payment": func(t *testing.T, u *work.Unit, f casefile.File) {
			sample.Award(t, u, f, sample.Fund(t, u, 100000), 40000)
		},
	}
	for kind, open := range tests {
		t.Run(kind, func(t *testing.T) {
			u := centre(t)
			f := sample.File(t, u, casefile.Active)
			id := ask(t, u, f.ID, sample.Sibling)
			open(t, u, f)
			matters, err := move.Matters(t.Context(), u, f.ID, move.Transfer)
			if err != nil || !slices.ContainsFunc(matters, func(m move.Matter) bool { return m.Kind == kind && m.N == 1 && m.Stops }) {
				t.Errorf("%+v, %v", matters, err)
			}
			err = by(u, sample.Supervisor, func() error { return move.Decide(t.Context(), u, id, true, "") })
			if got := told(t, err); got != "move.refusal.stopped_by" {
				t.Errorf("told %q", got)
			}
			refusal, _ := work.AsRefusal(err)
			if refusal == nil || refusal.Args[0] != (move.Matter{Kind: kind}).Key() {
				t.Errorf("%+v", refusal)
			}
		})
	}
}

// A registration that was not accepted is not handed over, nor is one twice at a time or to its own office.
func TestWhatIsNotHandedOver(t *testing.T) {
	u := centre(t)
	draft, f := sample.File(t, u, casefile.Draft), sample.File(t, u, casefile.Active)
	request := move.Request{Kind: move.Transfer, Why: "other", Reason: "单位合并", To: sample.Sibling}
	for want, try := range map[string]func() error{
		"move.refusal.active": func() error { _, err := move.Ask(t.Context(), u, draft.ID, request); return err },
		"move.refusal.same_office": func() error {
			r := request
			r.To = sample.County
			_, err := move.Ask(t.Context(), u, f.ID, r)
			return err
		},
		"move.refusal.no_office": func() error { r := request; r.To = 1; _, err := move.Ask(t.Context(), u, f.ID, r); return err },
	} {
		if got := told(t, try()); got != want {
			t.Errorf("told %q, want %q", got, want)
		}
	}
	ask(t, u, f.ID, sample.Sibling)
	if _, err := move.Ask(t.Context(), u, f.ID, request); told(t, err) != "move.refusal.open" {
		t.Errorf("asked twice: %v", err)
	}
}

func exec(t *testing.T, u *work.Unit, sql string, args ...any) {
	t.Helper()
	if _, err := u.Exec(t.Context(), sql, args...); err != nil {
		t.Fatal(err)
	}
}

// A visit that the old office planned is struck off when it can no longer make it, and stays in a plan that reaches the
// new office too.
func TestWhatBecomesOfPlannedVisits(t *testing.T) {
	for to, want := range map[work.OrgID]string{sample.Sibling: "skipped", sample.UnitA: "open"} {
		t.Run(want, func(t *testing.T) {
			u := centre(t)
			f := sample.File(t, u, casefile.Active)
			must(t, by(u, sample.Supervisor, func() error {
				_, err := visit.MakePlan(t.Context(), u, visit.Plan{Name: "2026 年普查", Kind: visit.Census, Aim: "不漏一户", From: u.Today(), Until: u.Today().Add(13), LedBy: "马骏"},
					[]visit.Team{{Leader: "马骏", Visitors: [2]work.StaffID{sample.Clerk2.StaffID, sample.Clerk3.StaffID}}})
				return err
			}))
			id := ask(t, u, f.ID, to)
			agree(t, u, id)
			receiver := map[work.OrgID]work.Actor{sample.Sibling: sample.SiblingClerk, sample.UnitA: sample.UnitClerk}[to]
			must(t, by(u, receiver, func() error { return move.Receive(t.Context(), u, id, true, "") }))
			var state string
			must(t, u.QueryRow(t.Context(), `SELECT state FROM visit_stop WHERE file_id = $1`, f.ID).Scan(&state))
			if state != want {
				t.Errorf("the visit is %s, want %s", state, want)
			}
		})
	}
}
