package payment_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/file"
	"bangfu/internal/money"
	"bangfu/internal/payment"
	"bangfu/internal/staff"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// acts are what puts a person on a side of a household's case by the facts and the card, and by ruling on them; beside them
// one that always did so for each of the deciding and the paying side. Statements by @who, for an active file.
var acts = []struct{ side, name, sql string }{
	{"gather", "saves a section", `UPDATE casefile_section SET version = version + 1, saved_by = @who WHERE file_id = @file AND section = 'housing'`},
	{"gather", "adds a paper", `INSERT INTO casefile_evidence (file_id, kind, blob, name, type, size, added_by, added_at)
		VALUES (@file, 'diagnosis', repeat('e', 64), '诊断.jpg', 'image/jpeg', 1, @who, @now)`},
	{"gather", "takes a paper out", `UPDATE casefile_evidence SET removed_by = @who, removed_at = @now
		WHERE id = (SELECT min(id) FROM casefile_evidence WHERE file_id = @file AND kind = 'receipts')`},
	{"gather", "hands the registration in", `UPDATE casefile_file SET state = 'submitted', handed_by = @who WHERE id = @file;
		UPDATE casefile_file SET state = 'active' WHERE id = @file`},
	{"gather", "enters a card", `INSERT INTO casefile_card (file_id, holder, bank, branch, number_sealed, number_index, entered_by, entered_at, state)
		SELECT file_id, holder, bank, branch, number_sealed, number_index, @who, @now, 'replaced' FROM casefile_card WHERE id = @card`},
	{"gather", "asks for a change", `INSERT INTO casefile_change (file_id, kind, state, second, reason, typed, told, before, asked_by, asked_at)
		VALUES (@file, 'economy', 'asked', true, '收入变化', '\x00', '[]', 1, @who, @now)`},
	{"gather", "records arrears", `INSERT INTO casefile_arrears (file_id, person_id, kind, from_on, amount_fen, employer, entered_by, entered_at)
		SELECT @file, min(id), 'wage', '2026-11-01', 100, '青石纺织厂', @who, @now FROM casefile_person WHERE file_id = @file`},
	{"gather", "settles arrears", `UPDATE casefile_arrears SET settled_on = '2026-11-20', settled_by = @who WHERE file_id = @file AND entered_by = @colleague`},
	{"decide", "judges", `INSERT INTO casefile_judgement (file_id, round, line_id, rule_id, facts, monthly_fen, category, judged_by, judged_at)
		SELECT file_id, round, line_id, rule_id, facts, monthly_fen, category, @who, @now FROM casefile_judgement WHERE file_id = @file LIMIT 1`},
	{"decide", "agrees to a change", `UPDATE casefile_change SET carried_in = pg_current_xact_id() WHERE file_id = @file AND kind = 'head';
		UPDATE casefile_change SET state = 'applied', after = 9, decided_by = @who, decided_at = @now WHERE file_id = @file AND kind = 'head'`},
	{"decide", "rejects a change", `UPDATE casefile_change SET state = 'rejected', note = '不符', decided_by = @who, decided_at = @now
		WHERE file_id = @file AND kind = 'members'`},
	{"decide", "confirms a card", `UPDATE casefile_card SET confirmed_by = @who, confirmed_at = @now WHERE id = @proposed`},
	{"decide", "stops a card", `UPDATE casefile_card SET state = 'rejected', reject_reason = '卡号不符', confirmed_by = @who, confirmed_at = @now WHERE id = @proposed`},
	{"decide", "assesses", `INSERT INTO casefile_assessment (file_id, round, verdict, opinion, assessed_by, assessed_at)
		VALUES (@file, 2, 'pass', '同意', @who, @now)`},
	{"pay", "makes the batch", strings.ReplaceAll(insertBatch+insertLine, "@maker", "@who")},
	{"pay", "refuses the payable", `INSERT INTO payment_refusal (payable_id, act, reason, staff_id, at) VALUES (@payable, 'refuse', '票据不全', @who, @now)`},
}

// errSides ends what was only tried.
var errSides = errors.New("tried")

// By hand, as the application's role: whoever has done one of the acts in a household's case does none of another side's,
// in either order, and each act stands open to who has none of the other sides.
func TestOnePersonOneSideByHand(t *testing.T) {
	u, account := centre(t, 1000)
	f := sample.PaidTo(t, u, 0, "王建国")
	id := sample.Award(t, u, f, account, money.Yuan(100))
	args := pgx.NamedArgs{"org": f.OrgID, "fen": 10000, "payable": id, "file": f.ID, "now": u.Now, "who": sample.Clerk4.StaffID,
		"colleague": sample.Clerk3.StaffID}
	run := func(u *work.Unit, sql string) error {
		for statement := range strings.SplitSeq(sql, ";") {
			if strings.TrimSpace(statement) == "" {
				continue
			}
			if _, err := u.Exec(t.Context(), statement, args); err != nil {
				return err
			}
		}
		return nil
	}
	var card, proposed int64
	for _, q := range []struct {
		to  *int64
		sql string
	}{
		{&card, `SELECT id FROM casefile_card WHERE file_id = @file AND state = 'current'`},
		{&proposed, `INSERT INTO casefile_card (file_id, holder, bank, branch, number_sealed, number_index, entered_by, entered_at, state)
			SELECT file_id, holder, bank, branch, number_sealed, number_index, @colleague, @now, 'proposed' FROM casefile_card WHERE file_id = @file RETURNING id`},
	} {
		if err := u.QueryRow(t.Context(), q.sql, args).Scan(q.to); err != nil {
			t.Fatal(err)
		}
	}
	args["card"], args["proposed"] = card, proposed
	if err := run(u, `INSERT INTO casefile_change (file_id, kind, state, second, reason, typed, told, before, asked_by, asked_at)
		SELECT @file, k, 'asked', true, '本人来电', '\x00', '[]', 1, @colleague, @now FROM unnest('{head,members}'::text[]) k;
		INSERT INTO casefile_arrears (file_id, person_id, kind, from_on, amount_fen, employer, entered_by, entered_at)
		SELECT @file, min(id), 'wage', '2026-10-01', 100, '青石纺织厂', @colleague, @now FROM casefile_person WHERE file_id = @file`); err != nil {
		t.Fatal(err)
	}
	refused := func(sql ...string) string {
		err := apart(t, u, func(u *work.Unit) error {
			for _, s := range sql {
				if err := run(u, s); err != nil {
					return err
				}
			}
			return errSides
		})
		if errors.Is(err, errSides) {
			return ""
		}
		return refusedBy(err)
	}
	for _, first := range acts {
		if got := refused(first.sql); got != "" {
			t.Errorf("who has no side yet and %s: refused by %q", first.name, got)
		}
		for _, then := range acts {
			got := refused(first.sql, then.sql)
			if apart := first.side != then.side; apart != (got == "casefile_duty_sides") {
				t.Errorf("who %s and then %s: refused by %q", first.name, then.name, got)
			}
		}
	}
}

// two gives a person two roles, as a small office may.
func two(who work.Actor, roles ...work.Role) work.Actor {
	who.Roles, who.Caps = roles, staff.CapsOf(roles)
	return who
}

// One person with two roles: what was written in one of them is not judged, agreed to or paid in the other.
func TestTwoRolesOneSide(t *testing.T) {
	u, account := centre(t, 1000)
	f := sample.PaidTo(t, u, 0, "王建国")
	id := sample.Award(t, u, f, account, money.Yuan(100))
	ctx, keys := t.Context(), sample.Keys()
	worker := two(sample.Clerk4, staff.Caseworker, staff.Supervisor)
	head := func(u *work.Unit) casefile.Person {
		people, err := casefile.People(ctx, u, keys, f.ID)
		if err != nil {
			t.Fatal(err)
		}
		return people[0]
	}
	marry := func(u *work.Unit) error {
		p := head(u)
		p.Marital = "divorced"
		return casefile.SaveHead(ctx, u, keys, f.ID, 1, p)
	}
	phone := func(u *work.Unit) error {
		p := head(u)
		p.Phone = "13908790002"
		return casefile.SaveHead(ctx, u, keys, f.ID, 1, p)
	}
	ask := func(u *work.Unit, write func(*work.Unit) error) (casefile.Change, error) {
		return casefile.AskChange(ctx, u, keys, f.ID, casefile.NewChange{Kind: casefile.ChangeHead, Reason: "本人来电说明"}, write)
	}
	card := casefile.NewCard{Holder: "王建国", Bank: "中国建设银行", Branch: "青石县支行", Number: sample.Cards[3]}
	paper := func(u *work.Unit, kind casefile.EvidenceKind) error {
		_, err := casefile.AddEvidence(ctx, u, f.ID, casefile.NewEvidence{Kind: kind, Name: "材料.jpg"},
			file.Blob{Hash: strings.Repeat("f", 64), Size: 9, Type: "image/jpeg"})
		return err
	}
	var change casefile.Change
	var proposed casefile.CardID
	asks := func(u *work.Unit) (err error) { change, err = ask(u, marry); return err }
	proposes := func(u *work.Unit) (err error) {
		proposed, err = casefile.ProposeCard(ctx, u, keys, f.ID, card)
		return err
	}
	decides := func(agree bool) func(u *work.Unit) error {
		return func(u *work.Unit) error {
			_, err := casefile.DecideChange(ctx, u, change.ID, agree, "情况不符", marry)
			return err
		}
	}
	confirms := func(u *work.Unit) error { return casefile.DecideCard(ctx, u, f.ID, proposed, true, "") }
	stops := func(u *work.Unit) error { return casefile.DecideCard(ctx, u, f.ID, proposed, false, "卡号不符") }
	judges := func(u *work.Unit) error { _, err := casefile.Rejudge(ctx, u, f.ID, false); return err }
	proves := func(u *work.Unit) error { return paper(u, casefile.Diagnosis) }
	makes := func(u *work.Unit) error { _, err := payment.Make(ctx, u, []payment.PayableID{id}, format); return err }
	refuses := func(u *work.Unit) error { return payment.Decide(ctx, u, id, payment.ActRefuse, "票据不全") }
	owed := func(u *work.Unit) error {
		_, err := casefile.AddArrears(ctx, u, f.ID, casefile.Arrears{Person: head(u).ID, Kind: casefile.WageArrears, From: u.Today(), Amount: 100, Employer: "青石纺织厂"})
		return err
	}
	type step struct {
		by work.Actor
		do func(*work.Unit) error
	}
	sides, held := "casefile.refusal.sides", "payment.refusal.held"
	cashier, accountant := two(sample.Clerk4, staff.Caseworker, staff.Cashier), two(sample.Clerk4, staff.Supervisor, staff.Accountant)
	other := sample.Clerk3
	for name, test := range map[string]struct {
		steps []step
		told  string // at the last of them
	}{
		"a colleague's change, agreed to":             {[]step{{other, asks}, {worker, decides(true)}}, ""},
		"a colleague's card, confirmed":               {[]step{{other, proposes}, {worker, confirms}}, ""},
		"agrees after a paper":                        {[]step{{other, asks}, {worker, proves}, {worker, decides(true)}}, sides},
		"rejects after a paper":                       {[]step{{other, asks}, {worker, proves}, {worker, decides(false)}}, sides},
		"confirms a card after a paper":               {[]step{{other, proposes}, {worker, proves}, {worker, confirms}}, sides},
		"stops a card after a paper":                  {[]step{{other, proposes}, {worker, proves}, {worker, stops}}, sides},
		"judges after asking for a change":            {[]step{{worker, asks}, {sample.Supervisor, decides(true)}, {worker, judges}}, sides},
		"judges after a change that was rejected":     {[]step{{worker, asks}, {sample.Supervisor, decides(false)}, {worker, judges}}, sides},
		"judges after entering a card":                {[]step{{worker, proposes}, {worker, judges}}, sides},
		"judges after arrears":                        {[]step{{worker, owed}, {worker, judges}}, sides},
		"asks for a change after judging":             {[]step{{worker, judges}, {worker, asks}}, sides},
		"asks for a change after rejecting one":       {[]step{{other, asks}, {worker, decides(false)}, {worker, asks}}, sides},
		"enters a card after stopping one":            {[]step{{other, proposes}, {worker, stops}, {worker, proposes}}, sides},
		"adds a proof after confirming a card":        {[]step{{other, proposes}, {worker, confirms}, {worker, proves}}, sides},
		"arrears after judging":                       {[]step{{worker, judges}, {worker, owed}}, sides},
		"a phone after judging":                       {[]step{{worker, judges}, {worker, func(u *work.Unit) error { _, err := ask(u, phone); return err }}}, ""},
		"judges after a phone":                        {[]step{{worker, func(u *work.Unit) error { _, err := ask(u, phone); return err }}, {worker, judges}}, ""},
		"files what the office did, after judging":    {[]step{{worker, judges}, {worker, func(u *work.Unit) error { return paper(u, casefile.OtherPaper) }}}, ""},
		"judges after filing what the office did":     {[]step{{worker, func(u *work.Unit) error { return paper(u, casefile.OtherPaper) }}, {worker, judges}}, ""},
		"a batch after entering a card":               {[]step{{cashier, proposes}, {cashier, makes}}, held},
		"a batch after a change":                      {[]step{{cashier, asks}, {cashier, makes}}, held},
		"a batch after arrears":                       {[]step{{cashier, owed}, {cashier, makes}}, held},
		"a batch after a paper":                       {[]step{{cashier, proves}, {cashier, makes}}, held},
		"a card after the batch":                      {[]step{{cashier, makes}, {cashier, proposes}}, sides},
		"a payable refused after confirming a card":   {[]step{{other, proposes}, {accountant, confirms}, {accountant, refuses}}, "payment.refusal.sides"},
		"a payable refused after judging":             {[]step{{accountant, judges}, {accountant, refuses}}, "payment.refusal.sides"},
		"a card confirmed after refusing a payable":   {[]step{{other, proposes}, {accountant, refuses}, {accountant, confirms}}, sides},
		"a change agreed to after refusing a payable": {[]step{{other, asks}, {accountant, refuses}, {accountant, decides(true)}}, sides},
	} {
		t.Run(name, func(t *testing.T) {
			err := apart(t, u, func(u *work.Unit) error {
				for i, s := range test.steps {
					u.By = s.by
					if err := s.do(u); err != nil {
						if i < len(test.steps)-1 {
							t.Errorf("step %d: %v", i+1, err)
						}
						return err
					}
				}
				return errSides
			})
			if errors.Is(err, errSides) {
				err = nil
			}
			if told := sample.Told(t, err); told != test.told {
				t.Errorf("told %q, want %q", told, test.told)
			}
		})
	}
}
