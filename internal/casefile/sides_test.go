package casefile_test

import (
	"errors"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/money"
	"bangfu/internal/staff"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// errUndo ends what was only tried.
var errUndo = errors.New("tried")

// tried runs one act as a person, lets look see what came of it, and takes it back; it gives what the person was told.
func tried(t *testing.T, u *work.Unit, by work.Actor, act, look func(*work.Unit) error) string {
	t.Helper()
	before := u.By
	defer func() { u.By = before }()
	u.By = by
	err := u.Within(t.Context(), func(u *work.Unit) error {
		if err := act(u); err != nil {
			return err
		}
		if err := look(u); err != nil {
			t.Error(err)
		}
		return errUndo
	})
	if errors.Is(err, errUndo) {
		err = nil
	}
	return sample.Told(t, err)
}

// onSide is a look that wants the person on a side.
func onSide(t *testing.T, id work.FileID, want casefile.Duty) func(*work.Unit) error {
	return func(u *work.Unit) error {
		side, err := casefile.DutyOf(t.Context(), u, id, u.By.StaffID)
		if err == nil && side != want {
			t.Errorf("on side %q, want %q", side, want)
		}
		return err
	}
}

// declared says that the head of a file is a relative of the person.
func declared(t *testing.T, u *work.Unit, by work.Actor, p casefile.Person) {
	t.Helper()
	before := u.By
	defer func() { u.By = before }()
	u.By = by
	if p.Number == "" {
		if err := p.Reveal(sample.Keys()); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := staff.Declare(t.Context(), u, sample.Keys(), "parent", p.Name, p.Number); err != nil {
		t.Fatal(err)
	}
}

// filling is every act by which somebody writes in a registration that was returned, and was opened by a colleague.
func filling(t *testing.T, u *work.Unit, id work.FileID) map[string]func(*work.Unit) error {
	t.Helper()
	ctx, keys := t.Context(), sample.Keys()
	papers, err := casefile.EvidenceOf(ctx, u, id)
	if err != nil || len(papers) == 0 {
		t.Fatalf("%d papers, %v", len(papers), err)
	}
	who := head(t, u, id)
	return map[string]func(*work.Unit) error{
		"the head": func(u *work.Unit) error { return casefile.SaveHead(ctx, u, keys, id, 1, who) },
		"the housing": func(u *work.Unit) error {
			return casefile.SaveHousing(ctx, u, id, 1, casefile.Housing{Address: "青石县河西街道12号", Kind: "low_rent", Metres: 46})
		},
		"the economy": func(u *work.Unit) error {
			return casefile.SaveEconomy(ctx, u, id, 1, casefile.Economy{Until: u.Today().Add(-22), Lines: []casefile.Line{
				{Side: casefile.Income, Kind: "wage", Amount: money.Yuan(12000)}}}, nil)
		},
		"the card": func(u *work.Unit) error { return casefile.SaveCard(ctx, u, keys, id, 1, second) },
		"the declarations": func(u *work.Unit) error {
			return casefile.SaveDeclarations(ctx, u, id, 1, casefile.DeclarationKinds, u.Today(), nil)
		},
		"a paper": func(u *work.Unit) error {
			_, err := casefile.AddEvidence(ctx, u, id, casefile.NewEvidence{Kind: casefile.OtherPaper, Name: "说明.jpg"}, blob(77))
			return err
		},
		"the same paper again": func(u *work.Unit) error {
			_, err := casefile.ReuseEvidence(ctx, u, id, papers[0].ID, casefile.NewEvidence{Kind: casefile.OtherPaper})
			return err
		},
		"a paper less": func(u *work.Unit) error { return casefile.RemoveEvidence(ctx, u, id, papers[0].ID) },
		"arrears": func(u *work.Unit) error {
			_, err := casefile.AddArrears(ctx, u, id, casefile.Arrears{Person: who.ID, Kind: casefile.WageArrears, From: u.Today(), Amount: 1, Employer: "青石纺织厂"})
			return err
		},
		"handing in": func(u *work.Unit) error { return casefile.Submit(ctx, u, id) },
	}
}

// Whoever writes in a registration gathers for it, also in one that a colleague opened: who decides in the case is refused,
// and so is a relative. Typing that nobody accepted yet puts nobody on a side.
func TestWhoFillsInARegistration(t *testing.T) {
	u, f := accepted(t, casefile.Returned)
	if _, err := u.Exec(t.Context(), `INSERT INTO casefile_assessment (file_id, round, verdict, opinion, assessed_by, assessed_at)
		VALUES ($1, 1, 'return', '请补正', $2, $3)`, f.ID, sample.Supervisor2.StaffID, u.Now); err != nil {
		t.Fatal(err)
	}
	declared(t, u, sample.OtherClerk, head(t, u, f.ID))
	related := sample.OtherClerk
	related.Scope = sample.Clerk.Scope
	for name, act := range filling(t, u, f.ID) {
		if told := tried(t, u, sample.Clerk4, act, onSide(t, f.ID, casefile.Gather)); told != "" {
			t.Errorf("%s: a colleague is told %q", name, told)
		}
		if told := tried(t, u, sample.Supervisor2, act, onSide(t, f.ID, casefile.Decide)); told != "casefile.refusal.sides" {
			t.Errorf("%s: who assessed the household is told %q", name, told)
		}
		if told := tried(t, u, related, act, onSide(t, f.ID, casefile.NoDuty)); told != "casefile.refusal.relative" {
			t.Errorf("%s: a relative is told %q", name, told)
		}
	}
	types := func(u *work.Unit) error {
		return casefile.SaveTyped(t.Context(), u, sample.Keys(), f.ID, casefile.HousingSection, casefile.Whenever, map[string][]string{"address": {"河东"}})
	}
	if told := tried(t, u, sample.Clerk4, types, onSide(t, f.ID, casefile.NoDuty)); told != "" {
		t.Errorf("typing: told %q", told)
	}
}

// Nobody enters a relative of their own: the person who is named decides it, and nothing of it stays.
func TestNobodyRegistersTheirOwn(t *testing.T) {
	u, id := draft(t)
	mother := head(t, u, id)
	mother.Name = "周母"
	mother.Number = sample.Number(mother.Birth, mother.Sex)
	declared(t, u, sample.Clerk, mother)
	saves := func(u *work.Unit) error { return casefile.SaveHead(t.Context(), u, sample.Keys(), id, 1, mother) }
	look := func(*work.Unit) error { return nil }
	if told := tried(t, u, sample.Clerk, saves, look); told != "casefile.refusal.relative" {
		t.Errorf("as head: told %q", told)
	}
	mother.Relation = "parent"
	joins := func(u *work.Unit) error {
		return casefile.SaveMembers(t.Context(), u, sample.Keys(), id, 0, []casefile.Person{mother})
	}
	if told := tried(t, u, sample.Clerk, joins, look); told != "casefile.refusal.relative" {
		t.Errorf("as member: told %q", told)
	}
	if told := tried(t, u, sample.Clerk4, joins, look); told != "" {
		t.Errorf("a colleague is told %q", told)
	}
}

// A relative changes nothing of an accepted file, not even the phone, and neither proves nor decides anything in it.
func TestARelativeChangesNothing(t *testing.T) {
	u, f := accepted(t, casefile.Active)
	ctx := t.Context()
	c, err := ask(t, u, f.ID, casefile.ChangeHead, saveHead(t, f.ID, 1, func(p *casefile.Person) { p.Marital = "divorced" }))
	if err != nil {
		t.Fatal(err)
	}
	card, err := casefile.ProposeCard(ctx, u, sample.Keys(), f.ID, second)
	if err != nil {
		t.Fatal(err)
	}
	declared(t, u, sample.Clerk4, head(t, u, f.ID))
	move := func(u *work.Unit) error {
		return casefile.SaveHousing(ctx, u, f.ID, 1, casefile.Housing{Address: "青石县河东街道1号", PostalCode: "679900", Kind: "low_rent", Metres: 46})
	}
	for name, act := range map[string]func(*work.Unit) error{
		"an address": func(u *work.Unit) error { _, err := ask(t, u, f.ID, casefile.ChangeHousing, move); return err },
		"a paper": func(u *work.Unit) error {
			_, err := casefile.AddEvidence(ctx, u, f.ID, casefile.NewEvidence{Kind: casefile.OtherPaper, Name: "公示照片.jpg"}, blob(78))
			return err
		},
		"a change decided": func(u *work.Unit) error {
			_, err := casefile.DecideChange(ctx, u, c.ID, false, "没有离婚证", nil)
			return err
		},
		"a card stopped": func(u *work.Unit) error { return casefile.DecideCard(ctx, u, f.ID, card, false, "卡号不符") },
	} {
		if told := tried(t, u, sample.Clerk4, act, onSide(t, f.ID, casefile.NoDuty)); told != "casefile.refusal.relative" {
			t.Errorf("%s: told %q", name, told)
		}
	}
}

// The second person writes the section of a change, and decides by it; the office's own papers and a phone take no side.
func TestWhatTakesNoSide(t *testing.T) {
	u, f := accepted(t, casefile.Active)
	write := saveHead(t, f.ID, 1, func(p *casefile.Person) { p.Marital = "divorced" })
	c, err := ask(t, u, f.ID, casefile.ChangeHead, write)
	if err != nil {
		t.Fatal(err)
	}
	agrees := func(u *work.Unit) error {
		_, err := casefile.DecideChange(t.Context(), u, c.ID, true, "", write)
		return err
	}
	if told := tried(t, u, sample.Supervisor2, agrees, onSide(t, f.ID, casefile.Decide)); told != "" {
		t.Errorf("the second person is told %q", told)
	}
	move := func(u *work.Unit) error {
		return casefile.SaveHousing(t.Context(), u, f.ID, 1, casefile.Housing{Address: "青石县河东街道1号", PostalCode: "679900", Kind: "low_rent", Metres: 46})
	}
	moves := func(u *work.Unit) error { _, err := ask(t, u, f.ID, casefile.ChangeHousing, move); return err }
	if told := tried(t, u, sample.Supervisor, moves, onSide(t, f.ID, casefile.Decide)); told != "" {
		t.Errorf("an address by who decided before: told %q", told)
	}
	if told := tried(t, u, sample.Clerk4, moves, onSide(t, f.ID, casefile.NoDuty)); told != "" {
		t.Errorf("an address by a colleague: told %q", told)
	}
	files := func(kind casefile.EvidenceKind) func(*work.Unit) error {
		return func(u *work.Unit) error {
			_, err := casefile.AddEvidence(t.Context(), u, f.ID, casefile.NewEvidence{Kind: kind, Name: "照片.jpg"}, blob(79))
			return err
		}
	}
	if told := tried(t, u, sample.Officer, files(casefile.OtherPaper), onSide(t, f.ID, casefile.Decide)); told != "" {
		t.Errorf("a photograph of the notice by who published it: told %q", told)
	}
	if told := tried(t, u, sample.Officer, files(casefile.Diagnosis), onSide(t, f.ID, casefile.Decide)); told != "casefile.refusal.sides" {
		t.Errorf("a diagnosis by who published: told %q", told)
	}
}

// A temporary file is kept by the gathering side and cancelled by the deciding one.
func TestSidesOfATemporaryFile(t *testing.T) {
	u, f := accepted(t, casefile.Temporary)
	ctx := t.Context()
	cancels := func(u *work.Unit) error { return casefile.Cancel(ctx, u, f.ID, "急难已解除") }
	keeps := func(u *work.Unit) error {
		if err := casefile.Convert(ctx, u, f.ID); err != nil {
			return err
		}
		return casefile.KeepTemporary(ctx, u, f.ID, "尚缺收入证明")
	}
	if told := tried(t, u, sample.Supervisor, cancels, onSide(t, f.ID, casefile.Decide)); told != "" {
		t.Errorf("cancelled by who has no side: told %q", told)
	}
	if told := tried(t, u, sample.Clerk4, keeps, onSide(t, f.ID, casefile.Gather)); told != "" {
		t.Errorf("kept by who has no side: told %q", told)
	}
	both := func(u *work.Unit) error {
		if err := keeps(u); err != nil {
			return err
		}
		return cancels(u)
	}
	if told := tried(t, u, sample.Clerk4, both, onSide(t, f.ID, casefile.Gather)); told != "casefile.refusal.sides" {
		t.Errorf("cancelled by who kept it: told %q", told)
	}
}

// A draft that is kept while somebody saves the same section: neither waits for the other for ever.
func TestADraftBesideASaving(t *testing.T) {
	db := pgtest.DB(t)
	var f casefile.File
	commit(t, db, sample.Clerk, func(u *work.Unit) {
		sample.Centre(t, u)
		f = sample.File(t, u, casefile.Returned)
	})
	draft, err := db.App.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := draft.Exec(t.Context(), `SELECT FROM casefile_file WHERE id = $1 FOR UPDATE`, f.ID); err != nil { // as keepTyped begins
		t.Fatal(err)
	}
	saved := make(chan error, 1)
	go func() {
		saved <- work.Do(t.Context(), db.App, pgtest.Now, sample.Clerk4, func(u *work.Unit) error {
			return casefile.SaveHousing(t.Context(), u, f.ID, 1, casefile.Housing{Address: "青石县河东街道1号", Kind: "low_rent", Metres: 46})
		})
	}()
	for waiting := 0; waiting == 0; {
		if err := db.Owner.QueryRow(t.Context(), `SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid)
			WHERE NOT l.granted AND a.datname = current_database()`).Scan(&waiting); err != nil {
			t.Fatal(err)
		}
	}
	if err := casefile.SaveTyped(t.Context(), work.NewUnit(draft, pgtest.Now, sample.Clerk), sample.Keys(), f.ID, casefile.HousingSection, 1,
		map[string][]string{"address": {"河东"}}); err != nil {
		t.Errorf("the draft: %v", err)
	}
	if err := draft.Commit(t.Context()); err != nil {
		t.Error(err)
	}
	if err := <-saved; err != nil {
		t.Errorf("the saving: %v", err)
	}
}
