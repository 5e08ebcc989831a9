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
	{"decide", "revokes the payable", `INSERT INTO payment_revocation (payable_id, reason, staff_id, at) VALUES (@payable, '放弃', @who, @now)`},
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

// twoSides is an active household with a payable, and what was asked for in its case.
type twoSides struct {
	t        *testing.T
	u        *work.Unit
	file     work.FileID
	payable  payment.PayableID
	change   casefile.Change
	proposed casefile.CardID
}

func newTwoSides(t *testing.T) *twoSides {
	t.Helper()
	u, account := centre(t, 1000)
	f := sample.PaidTo(t, u, 0, "王建国")
	return &twoSides{t: t, u: u, file: f.ID, payable: sample.Award(t, u, f, account, money.Yuan(100))}
}

// head writes the head with something changed.
func (c *twoSides) head(change func(*casefile.Person)) func(*work.Unit) error {
	return func(u *work.Unit) error {
		people, err := casefile.People(c.t.Context(), u, sample.Keys(), c.file)
		if err != nil {
			return err
		}
		change(&people[0])
		return casefile.SaveHead(c.t.Context(), u, sample.Keys(), c.file, 1, people[0])
	}
}

// divorced is a change that needs a second person; that of phones needs nobody.
func (c *twoSides) divorced(u *work.Unit) error {
	return c.head(func(p *casefile.Person) { p.Marital = "divorced" })(u)
}

func (c *twoSides) ask(u *work.Unit, write func(*work.Unit) error) (err error) {
	c.change, err = casefile.AskChange(c.t.Context(), u, sample.Keys(), c.file, casefile.NewChange{Kind: casefile.ChangeHead, Reason: "本人来电说明"}, write)
	return err
}

func (c *twoSides) asks(u *work.Unit) error { return c.ask(u, c.divorced) }

func (c *twoSides) phones(u *work.Unit) error {
	return c.ask(u, c.head(func(p *casefile.Person) { p.Phone = "13908790002" }))
}

func (c *twoSides) agrees(u *work.Unit) error {
	_, err := casefile.DecideChange(c.t.Context(), u, c.change.ID, true, "", c.divorced)
	return err
}

func (c *twoSides) rejects(u *work.Unit) error {
	_, err := casefile.DecideChange(c.t.Context(), u, c.change.ID, false, "情况不符", c.divorced)
	return err
}

func (c *twoSides) proposes(u *work.Unit) (err error) {
	c.proposed, err = casefile.ProposeCard(c.t.Context(), u, sample.Keys(), c.file,
		casefile.NewCard{Holder: "王建国", Bank: "中国建设银行", Branch: "青石县支行", Number: sample.Cards[3]})
	return err
}

func (c *twoSides) confirms(u *work.Unit) error {
	return casefile.DecideCard(c.t.Context(), u, c.file, c.proposed, true, "")
}

func (c *twoSides) stops(u *work.Unit) error {
	return casefile.DecideCard(c.t.Context(), u, c.file, c.proposed, false, "卡号不符")
}

func (c *twoSides) judges(u *work.Unit) error {
	_, err := casefile.Rejudge(c.t.Context(), u, c.file, false)
	return err
}

func (c *twoSides) paper(u *work.Unit, kind casefile.EvidenceKind) error {
	_, err := casefile.AddEvidence(c.t.Context(), u, c.file, casefile.NewEvidence{Kind: kind, Name: "材料.jpg"},
		file.Blob{Hash: strings.Repeat("f", 64), Size: 9, Type: "image/jpeg"})
	return err
}

func (c *twoSides) proves(u *work.Unit) error { return c.paper(u, casefile.Diagnosis) }

func (c *twoSides) files(u *work.Unit) error { return c.paper(u, casefile.OtherPaper) }

func (c *twoSides) owed(u *work.Unit) error {
	people, err := casefile.People(c.t.Context(), u, sample.Keys(), c.file)
	if err == nil {
		_, err = casefile.AddArrears(c.t.Context(), u, c.file, casefile.Arrears{Person: people[0].ID, Kind: casefile.WageArrears,
			From: u.Today(), Amount: 100, Employer: "青石纺织厂"})
	}
	return err
}

func (c *twoSides) makes(u *work.Unit) error {
	_, err := payment.Make(c.t.Context(), u, []payment.PayableID{c.payable}, format)
	return err
}

func (c *twoSides) refuses(u *work.Unit) error {
	return payment.Decide(c.t.Context(), u, c.payable, payment.ActRefuse, "票据不全")
}

// step is what somebody does.
type step struct {
	by work.Actor
	do func(*work.Unit) error
}

// tried says what is told at the last step, after those before it were done, and takes all back.
func (c *twoSides) tried(name string, want string, steps ...step) {
	c.t.Helper()
	err := apart(c.t, c.u, func(u *work.Unit) error {
		for i, s := range steps {
			u.By = s.by
			if err := s.do(u); err != nil {
				if i < len(steps)-1 {
					c.t.Errorf("%s, step %d: %v", name, i+1, err)
				}
				return err
			}
		}
		return errSides
	})
	if errors.Is(err, errSides) {
		err = nil
	}
	if got := sample.Told(c.t, err); got != want {
		c.t.Errorf("%s: told %q, want %q", name, got, want)
	}
}

const (
	toldSides = "casefile.refusal.sides"
	toldHeld  = "payment.refusal.held"
	toldPaid  = "payment.refusal.sides"
)

// Caseworker and supervisor in one: what was written in one of the roles is not judged or decided on in the other.
func TestCaseworkerAndSupervisor(t *testing.T) {
	c := newTwoSides(t)
	other, second := sample.Clerk3, sample.Supervisor
	both := two(sample.Clerk4, staff.Caseworker, staff.Supervisor)
	c.tried("a colleague's change", "", step{other, c.asks}, step{both, c.agrees})
	c.tried("a colleague's card", "", step{other, c.proposes}, step{both, c.confirms})
	c.tried("agrees after a paper", toldSides, step{other, c.asks}, step{both, c.proves}, step{both, c.agrees})
	c.tried("rejects after a paper", toldSides, step{other, c.asks}, step{both, c.proves}, step{both, c.rejects})
	c.tried("confirms a card after a paper", toldSides, step{other, c.proposes}, step{both, c.proves}, step{both, c.confirms})
	c.tried("stops a card after a paper", toldSides, step{other, c.proposes}, step{both, c.proves}, step{both, c.stops})
	c.tried("judges after asking for a change", toldSides, step{both, c.asks}, step{second, c.agrees}, step{both, c.judges})
	c.tried("judges after a change that was rejected", toldSides, step{both, c.asks}, step{second, c.rejects}, step{both, c.judges})
	c.tried("judges after entering a card", toldSides, step{both, c.proposes}, step{both, c.judges})
	c.tried("judges after arrears", toldSides, step{both, c.owed}, step{both, c.judges})
	c.tried("asks for a change after judging", toldSides, step{both, c.judges}, step{both, c.asks})
	c.tried("asks for a change after rejecting one", toldSides, step{other, c.asks}, step{both, c.rejects}, step{both, c.asks})
	c.tried("enters a card after stopping one", toldSides, step{other, c.proposes}, step{both, c.stops}, step{both, c.proposes})
	c.tried("adds a proof after confirming a card", toldSides, step{other, c.proposes}, step{both, c.confirms}, step{both, c.proves})
	c.tried("arrears after judging", toldSides, step{both, c.judges}, step{both, c.owed})
	c.tried("a phone after judging", "", step{both, c.judges}, step{both, c.phones})
	c.tried("judges after a phone", "", step{both, c.phones}, step{both, c.judges})
	c.tried("files what the office did, after judging", "", step{both, c.judges}, step{both, c.files})
	c.tried("judges after filing what the office did", "", step{both, c.files}, step{both, c.judges})
}

// A caseworker who is cashier too pays nothing by what they wrote, and a supervisor who is accountant too nothing that they
// decided on; and the other way round.
func TestOneWhoWritesOrDecidesAndPays(t *testing.T) {
	c := newTwoSides(t)
	other := sample.Clerk3
	cashier, accountant := two(sample.Clerk4, staff.Caseworker, staff.Cashier), two(sample.Clerk4, staff.Supervisor, staff.Accountant)
	c.tried("a batch by who has no side", "", step{cashier, c.makes})
	c.tried("a batch after a phone", "", step{cashier, c.phones}, step{cashier, c.makes})
	c.tried("a batch after entering a card", toldHeld, step{cashier, c.proposes}, step{cashier, c.makes})
	c.tried("a batch after a change", toldHeld, step{cashier, c.asks}, step{cashier, c.makes})
	c.tried("a batch after arrears", toldHeld, step{cashier, c.owed}, step{cashier, c.makes})
	c.tried("a batch after a paper", toldHeld, step{cashier, c.proves}, step{cashier, c.makes})
	c.tried("a card after the batch", toldSides, step{cashier, c.makes}, step{cashier, c.proposes})
	c.tried("a change after the batch", toldSides, step{cashier, c.makes}, step{cashier, c.asks})
	c.tried("a payable refused after confirming a card", toldPaid, step{other, c.proposes}, step{accountant, c.confirms}, step{accountant, c.refuses})
	c.tried("a payable refused after judging", toldPaid, step{accountant, c.judges}, step{accountant, c.refuses})
	c.tried("a card confirmed after refusing a payable", toldSides, step{other, c.proposes}, step{accountant, c.refuses}, step{accountant, c.confirms})
	c.tried("a change agreed to after refusing a payable", toldSides, step{other, c.asks}, step{accountant, c.refuses}, step{accountant, c.agrees})
	c.tried("a judgement after refusing a payable", toldSides, step{accountant, c.refuses}, step{accountant, c.judges})
}
