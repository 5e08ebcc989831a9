package casefile_test

import (
	"errors"
	"net/url"
	"slices"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/money"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/words"
	"bangfu/internal/work"
)

// accepted gives an active file, with the clerk at work.
func accepted(t *testing.T, state casefile.State) (*work.Unit, casefile.File) {
	t.Helper()
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	f := sample.File(t, u, state)
	u.By = sample.Clerk
	return u, f
}

// head reads the head of a household as it stands.
func head(t *testing.T, u *work.Unit, id work.FileID) casefile.Person {
	t.Helper()
	people, err := casefile.People(t.Context(), u, sample.Keys(), id)
	if err != nil {
		t.Fatal(err)
	}
	return people[0]
}

// saveHead writes the head with something changed, at the version of the section that was seen.
func saveHead(t *testing.T, id work.FileID, seen int, change func(*casefile.Person)) func(*work.Unit) error {
	return func(u *work.Unit) error {
		p := head(t, u, id)
		change(&p)
		return casefile.SaveHead(t.Context(), u, sample.Keys(), id, seen, p)
	}
}

// ask asks for a change of the head.
func ask(t *testing.T, u *work.Unit, id work.FileID, kind casefile.ChangeKind, write func(*work.Unit) error) (casefile.Change, error) {
	t.Helper()
	return casefile.AskChange(t.Context(), u, sample.Keys(), id, casefile.NewChange{Kind: kind, Reason: "本人来电说明",
		Values: url.Values{"phone": {"13908790002"}}}, write)
}

// A phone needs nobody; what decides the category or belongs to the identity needs a second person.
func TestWhoAgreesToAChange(t *testing.T) {
	for _, label := range []string{"phone", "contact", "address", "postal_code", "school", "employer"} {
		if casefile.NeedsSecond([]casefile.Difference{{Label: words.Key("casefile." + label)}}) {
			t.Errorf("%s needs a second person", label)
		}
	}
	for _, label := range []string{"name", "id_number", "health", "marital", "work_status", "housing_kind", "main_cause", "kind.income.wage", "people"} {
		if !casefile.NeedsSecond([]casefile.Difference{{Label: "casefile.phone"}, {Label: words.Key("casefile." + label)}}) {
			t.Errorf("%s beside a phone needs nobody", label)
		}
	}
}

func TestAPhoneIsChangedAtOnce(t *testing.T) {
	u, f := accepted(t, casefile.Active)
	before, err := casefile.LastVersion(t.Context(), u, u.By.Scope, f.ID)
	if err != nil {
		t.Fatal(err)
	}
	c, err := ask(t, u, f.ID, casefile.ChangeHead, saveHead(t, f.ID, 1, func(p *casefile.Person) { p.Phone = "13908790002" }))
	if err != nil || c.State != casefile.ChangeApplied || c.Second || c.After != before.Number+1 {
		t.Fatalf("%+v, %v", c, err)
	}
	if got := head(t, u, f.ID).Phone; got != "13908790002" {
		t.Errorf("phone %s", got)
	}
	after, err := casefile.LastVersion(t.Context(), u, u.By.Scope, f.ID)
	if err != nil || after.Why != "casefile.apply_change" || len(casefile.Compare(before.Facts, after.Facts)) != 1 {
		t.Errorf("version %+v, %v", after.Why, err)
	}
	typed, err := c.Typed(sample.Keys())
	if stored, find := casefile.FindChange(t.Context(), u, u.By.Scope, c.ID); find != nil || stored.State != casefile.ChangeApplied {
		t.Errorf("%+v, %v", stored, find)
	} else if typed, err = stored.Typed(sample.Keys()); err != nil || typed.Get("phone") != "13908790002" {
		t.Errorf("typed %v, %v", typed, err)
	}
	_, err = ask(t, u, f.ID, casefile.ChangeHead, saveHead(t, f.ID, 2, func(*casefile.Person) {}))
	if told := sample.Told(t, err); told != "casefile.refusal.change_nothing" {
		t.Errorf("nothing changed: told %q", told)
	}
}

// A change that needs two takes effect when the second agrees, and not before; the one who asked is not the second.
func TestAChangeWaitsForItsSecond(t *testing.T) {
	u, f := accepted(t, casefile.Active)
	write := saveHead(t, f.ID, 1, func(p *casefile.Person) { p.Health, p.Illness = "good", "" })
	c, err := ask(t, u, f.ID, casefile.ChangeHead, write)
	if err != nil || c.State != casefile.ChangeAsked || !c.Second {
		t.Fatalf("%+v, %v", c, err)
	}
	if got := head(t, u, f.ID).Health; got != "ill" {
		t.Error("it took effect before the second agreed")
	}
	if _, err := ask(t, u, f.ID, casefile.ChangeHead, write); sample.Told(t, err) != "casefile.refusal.change_waits" {
		t.Errorf("a second request: %v", err)
	}
	if _, err := casefile.DecideChange(t.Context(), u, c.ID, true, "", write); sample.Told(t, err) != "casefile.refusal.change_own" {
		t.Errorf("one's own: %v", err)
	}
	u.By = sample.Supervisor
	if _, err := casefile.DecideChange(t.Context(), u, c.ID, false, "", write); sample.Told(t, err) != "casefile.refusal.change_note" {
		t.Errorf("rejected without a word: %v", err)
	}
	done, err := casefile.DecideChange(t.Context(), u, c.ID, true, "", write)
	if err != nil || done.State != casefile.ChangeApplied {
		t.Fatalf("%+v, %v", done, err)
	}
	if got := head(t, u, f.ID).Health; got != "good" {
		t.Errorf("health %q", got)
	}
	waiting, err := casefile.ListWeigh(t.Context(), u, u.By.Scope, 0, 10)
	if err != nil || !slices.ContainsFunc(waiting, func(w casefile.File) bool { return w.ID == f.ID }) {
		t.Errorf("the file is not among those to be judged again: %v", err)
	}
	if _, err := casefile.DecideChange(t.Context(), u, c.ID, true, "", write); sample.Told(t, err) != "casefile.refusal.change_decided" {
		t.Errorf("decided twice: %v", err)
	}
}

// A change that was rejected or taken back changes nothing, and another can be asked for.
func TestAChangeThatIsNotMade(t *testing.T) {
	u, f := accepted(t, casefile.Active)
	write := saveHead(t, f.ID, 1, func(p *casefile.Person) { p.Marital = "divorced" })
	c, err := ask(t, u, f.ID, casefile.ChangeHead, write)
	if err != nil {
		t.Fatal(err)
	}
	u.By = sample.Supervisor
	if _, err := casefile.WithdrawChange(t.Context(), u, c.ID); sample.Told(t, err) != "casefile.refusal.change_others" {
		t.Errorf("another's taken back: %v", err)
	}
	if _, err := casefile.DecideChange(t.Context(), u, c.ID, false, "没有离婚证", write); err != nil {
		t.Fatal(err)
	}
	u.By = sample.Clerk
	if c, err = ask(t, u, f.ID, casefile.ChangeHead, write); err != nil {
		t.Fatal(err)
	}
	if _, err := casefile.WithdrawChange(t.Context(), u, c.ID); err != nil {
		t.Fatal(err)
	}
	if got := head(t, u, f.ID).Marital; got != "married" {
		t.Errorf("marital status %s", got)
	}
	all, err := casefile.ChangesOf(t.Context(), u, f.ID, 10)
	if err != nil || len(all) != 2 || all[0].State != casefile.ChangeWithdrawn || all[1].State != casefile.ChangeRejected || all[1].Note != "没有离婚证" {
		t.Errorf("%+v, %v", all, err)
	}
}

// Two who change the same section: what the second wrote over is never lost in silence.
func TestAChangeOfWhatMovedOnIsStale(t *testing.T) {
	u, f := accepted(t, casefile.Active)
	slow := saveHead(t, f.ID, 1, func(p *casefile.Person) { p.Marital = "widowed" })
	c, err := ask(t, u, f.ID, casefile.ChangeHead, slow)
	if err != nil {
		t.Fatal(err)
	}
	_, err = u.Exec(t.Context(), `UPDATE casefile_change SET state = 'withdrawn' WHERE id = $1`, c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ask(t, u, f.ID, casefile.ChangeHead, saveHead(t, f.ID, 1, func(p *casefile.Person) { p.Phone = "13908790003" })); err != nil {
		t.Fatal(err)
	}
	if _, err := ask(t, u, f.ID, casefile.ChangeHead, slow); !errors.Is(err, work.ErrStale) {
		t.Errorf("written over what another had written: %v", err)
	}
}

// Only an active file is changed in what was decided; how to reach the household is changed as long as the file is open.
func TestWhenAFileIsChanged(t *testing.T) {
	for state, want := range map[casefile.State][2]string{ // a phone, a marital status
		casefile.Active:    {"", ""},
		casefile.Submitted: {"", "casefile.refusal.change_return"},
		casefile.Assessed:  {"", "casefile.refusal.change_return"},
		casefile.InNotice:  {"", "casefile.refusal.change_notice"},
		casefile.Contested: {"", "casefile.refusal.change_notice"},
		casefile.Draft:     {"casefile.refusal.change_state", "casefile.refusal.change_state"},
		casefile.Returned:  {"casefile.refusal.change_state", "casefile.refusal.change_state"},
		casefile.Temporary: {"casefile.refusal.change_state", "casefile.refusal.change_state"},
		casefile.Closed:    {"casefile.refusal.change_state", "casefile.refusal.change_state"},
	} {
		for i, second := range []bool{false, true} {
			told := ""
			if refusal := casefile.MayChange(casefile.File{State: state}, second); refusal != nil {
				told = refusal.Key
			}
			if told != want[i] {
				t.Errorf("%s, second %v: told %q, want %q", state, second, told, want[i])
			}
		}
	}
}

// Who leaves says when and why, and is free for another file; the head does not leave before another is named.
func TestLeaving(t *testing.T) {
	u, f := accepted(t, casefile.Active)
	people, err := casefile.People(t.Context(), u, sample.Keys(), f.ID)
	if err != nil {
		t.Fatal(err)
	}
	leave := func(l casefile.Leaving) func(*work.Unit) error {
		return func(u *work.Unit) error { return casefile.Leave(t.Context(), u, f.ID, l) }
	}
	today := u.Today()
	for name, test := range map[string]struct {
		leaving casefile.Leaving
		told    string
	}{
		"the head":     {casefile.Leaving{Person: people[0].ID, Why: "died", On: today}, "casefile.refusal.head_leaves"},
		"a stranger":   {casefile.Leaving{Person: people[0].ID + 9999, Why: "died", On: today}, "casefile.refusal.paper_person"},
		"no reason":    {casefile.Leaving{Person: people[1].ID, Why: "gone", On: today}, "casefile.refusal.leaving_why"},
		"tomorrow":     {casefile.Leaving{Person: people[1].ID, Why: "died", On: today.Add(1)}, "casefile.refusal.leaving_on"},
		"before birth": {casefile.Leaving{Person: people[1].ID, Why: "died", On: people[1].Birth.Add(-1)}, "casefile.refusal.leaving_on"},
	} {
		if _, err := ask(t, u, f.ID, casefile.ChangeLeaving, leave(test.leaving)); sample.Told(t, err) != test.told {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := leave(casefile.Leaving{Person: people[1].ID, Why: "died", On: today})(u); sample.Told(t, err) != "casefile.refusal.not_editable" {
		t.Errorf("without a change: %v", err)
	}
	write := leave(casefile.Leaving{Person: people[1].ID, Why: "moved", On: today})
	c, err := ask(t, u, f.ID, casefile.ChangeLeaving, write)
	if err != nil || !c.Second {
		t.Fatalf("%+v, %v", c, err)
	}
	u.By = sample.Supervisor
	if _, err := casefile.DecideChange(t.Context(), u, c.ID, true, "", write); err != nil {
		t.Fatal(err)
	}
	now, err := casefile.Find(t.Context(), u, u.By.Scope, f.ID)
	if err != nil || now.People != f.People-1 {
		t.Errorf("%d people, %v; want %d", now.People, err, f.People-1)
	}
	if claim, err := casefile.Where(t.Context(), u, sample.Keys(), people[1].Number); err != nil || claim != nil {
		t.Errorf("still claimed: %+v, %v", claim, err)
	}
}

// A new head: everybody's relation is asked anew, a child is none, and there is one head at every moment.
func TestNewHead(t *testing.T) {
	u, f := accepted(t, casefile.Active)
	people, err := casefile.People(t.Context(), u, sample.Keys(), f.ID)
	if err != nil {
		t.Fatal(err)
	}
	old, wife, son := people[0], people[1], people[2]
	name := func(n casefile.NewHead) func(*work.Unit) error {
		return func(u *work.Unit) error { return casefile.NameHead(t.Context(), u, f.ID, n) }
	}
	died := casefile.Leaving{Why: "died", On: u.Today()}
	for what, test := range map[string]struct {
		n    casefile.NewHead
		told string
	}{
		"the old one":           {casefile.NewHead{Person: old.ID}, "casefile.refusal.new_head"},
		"no relations":          {casefile.NewHead{Person: wife.ID, Old: died}, "casefile.refusal.relation"},
		"head as a relation":    {casefile.NewHead{Person: wife.ID, Old: died, Relations: map[casefile.PersonID]string{son.ID: "head"}}, "casefile.refusal.relation"},
		"the old one forgotten": {casefile.NewHead{Person: wife.ID, Relations: map[casefile.PersonID]string{son.ID: "son"}}, "casefile.refusal.relation"},
	} {
		if _, err := ask(t, u, f.ID, casefile.ChangeNewHead, name(test.n)); sample.Told(t, err) != test.told {
			t.Errorf("%s: %v", what, err)
		}
	}
	write := name(casefile.NewHead{Person: wife.ID, Old: died, Relations: map[casefile.PersonID]string{son.ID: "son"}})
	c, err := ask(t, u, f.ID, casefile.ChangeNewHead, write)
	if err != nil {
		t.Fatal(err)
	}
	u.By = sample.Supervisor
	if _, err := casefile.DecideChange(t.Context(), u, c.ID, true, "", write); err != nil {
		t.Fatal(err)
	}
	now, err := casefile.Find(t.Context(), u, u.By.Scope, f.ID)
	if err != nil || now.HeadName != wife.Name || now.People != 2 || head(t, u, f.ID).ID != wife.ID {
		t.Errorf("%s of %d, %v", now.HeadName, now.People, err)
	}
}

// SQL by hand, as the application's role: a change is not decided by the one who asked, not reopened, and not
// applied without being carried out.
func TestChangesByHand(t *testing.T) {
	for name, test := range map[string]struct{ sql, want string }{
		"decided by oneself":      {`UPDATE casefile_change SET state = 'rejected', note = 'no', decided_by = asked_by WHERE id = $1`, "casefile_change_second"},
		"applied without its way": {`UPDATE casefile_change SET state = 'applied', after = 9, decided_by = 9205 WHERE id = $1`, "casefile_change_carried"},
		"another's mark":          {`UPDATE casefile_change SET carried_in = '7', state = 'applied', after = 9, decided_by = 9205 WHERE id = $1`, "casefile_change_carried"},
	} {
		t.Run(name, func(t *testing.T) {
			u, f := accepted(t, casefile.Active)
			c, err := ask(t, u, f.ID, casefile.ChangeHead, saveHead(t, f.ID, 1, func(p *casefile.Person) { p.Marital = "widowed" }))
			if err != nil {
				t.Fatal(err)
			}
			_, err = u.Exec(t.Context(), test.sql, c.ID)
			if got := work.Violated(err); got != test.want {
				t.Errorf("%q, %v; want %q", got, err, test.want)
			}
		})
	}
	u, f := accepted(t, casefile.Active)
	c, err := ask(t, u, f.ID, casefile.ChangeHead, saveHead(t, f.ID, 1, func(p *casefile.Person) { p.Phone = "13908790009" }))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := u.Exec(t.Context(), `UPDATE casefile_change SET note = 'afterwards' WHERE id = $1`, c.ID); work.Violated(err) != "casefile_change_ended" {
		t.Errorf("an ended change was written to: %v", err)
	}
}

// An active file is judged again by the deciding side; one that no longer qualifies stays on file until it leaves by the
// way for that.
func TestRejudge(t *testing.T) {
	u, f := accepted(t, casefile.Active)
	if _, err := casefile.Rejudge(t.Context(), u, f.ID, false); sample.Told(t, err) != "casefile.refusal.own" {
		t.Errorf("by the registrar: %v", err)
	}
	u.By = sample.Supervisor
	verdict, err := casefile.Rejudge(t.Context(), u, f.ID, false)
	if err != nil || verdict.Category != f.Category {
		t.Fatalf("%s, %v", verdict.Category, err)
	}
	u.By = sample.Clerk
	rich := func(u *work.Unit) error {
		return casefile.SaveEconomy(t.Context(), u, f.ID, 1, casefile.Economy{Until: u.Today().Add(-20), Source: casefile.FromChange,
			Lines: []casefile.Line{{Side: casefile.Income, Kind: "wage", Amount: money.Yuan(900_000)}}}, nil)
	}
	c, err := ask(t, u, f.ID, casefile.ChangeEconomy, rich)
	if err != nil {
		t.Fatal(err)
	}
	u.By = sample.Supervisor
	if _, err := casefile.DecideChange(t.Context(), u, c.ID, true, "", rich); err != nil {
		t.Fatal(err)
	}
	if _, err := casefile.Rejudge(t.Context(), u, f.ID, false); sample.Told(t, err) != "casefile.refusal.no_category" {
		t.Errorf("rich: %v", err)
	}
}
