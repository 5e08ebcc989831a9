package casefile_test

import (
	"errors"
	"slices"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/idcard"
	"bangfu/internal/money"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// draft opens a registration with its head.
func draft(t *testing.T, change ...func(*casefile.Person)) (*work.Unit, work.FileID) {
	t.Helper()
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	id, err := casefile.Register(t.Context(), u)
	if err != nil {
		t.Fatal(err)
	}
	head := sample.Person(casefile.Head, "周若兰", day.Of(1985, 4, 4), idcard.Female)
	head.Identity, head.Marital = "employed", "married"
	for _, c := range change {
		c(&head)
	}
	if err := casefile.SaveHead(t.Context(), u, sample.Keys(), id, 0, head); err != nil {
		t.Fatal(err)
	}
	return u, id
}

// Each situation asks for its papers and for no others (domain.md b.7).
func TestEvidenceFollowsTheSituation(t *testing.T) {
	person := func(change func(*casefile.Person)) []casefile.Person {
		p := casefile.Person{Relation: casefile.Head, Health: "good", Identity: "employed", Marital: "married"}
		change(&p)
		return []casefile.Person{p}
	}
	always := []casefile.EvidenceKind{"application", "head_id", "household_register", "income_proof", "card_copy", "authorisation"}
	tests := map[string]struct {
		situation casefile.Situation
		more      []casefile.EvidenceKind
	}{
		"nothing special": {casefile.Situation{Causes: []casefile.Cause{casefile.LaidOff}}, nil},
		"illness":         {casefile.Situation{Causes: []casefile.Cause{casefile.LaidOff, casefile.SeriousIllness}}, []casefile.EvidenceKind{"diagnosis", "receipts"}},
		"disaster":        {casefile.Situation{Causes: []casefile.Cause{casefile.NaturalDisaster}}, []casefile.EvidenceKind{"event_proof", "receipts"}},
		"accident":        {casefile.Situation{Causes: []casefile.Cause{casefile.Accident}}, []casefile.EvidenceKind{"event_proof", "receipts"}},
		"illness and accident": {casefile.Situation{Causes: []casefile.Cause{casefile.SeriousIllness, casefile.Accident}},
			[]casefile.EvidenceKind{"diagnosis", "receipts", "event_proof"}},
		"schooling":  {casefile.Situation{Causes: []casefile.Cause{casefile.ChildrenSchooling}}, []casefile.EvidenceKind{"school_proof", "tuition_receipts"}},
		"disability": {casefile.Situation{People: person(func(p *casefile.Person) { p.Health = "disabled" })}, []casefile.EvidenceKind{"disability_proof"}},
		"a migrant":  {casefile.Situation{People: person(func(p *casefile.Person) { p.Identity = "migrant" })}, []casefile.EvidenceKind{"contract"}},
		"divorced":   {casefile.Situation{People: person(func(p *casefile.Person) { p.Marital = "divorced" })}, []casefile.EvidenceKind{"marital_proof"}},
		"widowed":    {casefile.Situation{People: person(func(p *casefile.Person) { p.Marital = "widowed" })}, []casefile.EvidenceKind{"marital_proof"}},
		"an allowance": {casefile.Situation{Economy: casefile.Economy{Lines: []casefile.Line{{Side: casefile.Income, Kind: casefile.AllowanceKind, Amount: 1}}}},
			[]casefile.EvidenceKind{"allowance_proof"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var got []casefile.EvidenceKind
			for _, r := range test.situation.Required() {
				got = append(got, r.Kind)
			}
			if !slices.Equal(got, slices.Concat(always, test.more)) {
				t.Errorf("required %v, want %v and %v", got, always, test.more)
			}
			held := []casefile.Evidence{{Kind: "receipts"}, {Kind: "application"}}
			for _, m := range test.situation.Missing(held, pgtest.Unit(t, sample.Clerk).Today()) {
				if m.Kind == "receipts" || m.Kind == "application" {
					t.Errorf("%s is held and missing", m.Kind)
				}
			}
		})
	}
}

// A child the day before fourteen needs the guardian's declaration, one of fourteen does not (PIPL 31).
func TestGuardian(t *testing.T) {
	today := day.Of(2026, 11, 22)
	for birth, guardian := range map[day.Date]bool{day.Of(2012, 11, 23): true, day.Of(2012, 11, 22): false, day.Of(2026, 11, 22): true} {
		kinds := casefile.Declared([]casefile.Person{{Birth: birth}}, today)
		if slices.Contains(kinds, casefile.Guardian) != guardian {
			t.Errorf("born %s: %v", birth, kinds)
		}
	}
}

// A birth after the section was finished lets it lack the guardian's declaration, and the file cannot be submitted.
func TestDoneSectionGoesWrong(t *testing.T) {
	u, id := draft(t)
	if err := casefile.SaveDeclarations(t.Context(), u, id, 0, casefile.DeclarationKinds[:4], u.Today(), nil); err != nil {
		t.Fatal(err)
	}
	baby := sample.Person("daughter", "周小雨", day.Of(2026, 11, 1), idcard.Female)
	if err := casefile.SaveMembers(t.Context(), u, sample.Keys(), id, 0, []casefile.Person{baby}); err != nil {
		t.Fatal(err)
	}
	f, err := casefile.Find(t.Context(), u, sample.Everywhere, id)
	if err != nil {
		t.Fatal(err)
	}
	tasks, err := casefile.TasksOf(t.Context(), u, f, u.By.StaffID, u.Today())
	if err != nil || tasks[9].Section != casefile.DeclarationsSection || tasks[9].Standing != casefile.Lacking ||
		len(tasks[9].Lacks) != 1 || tasks[9].Lacks[0].Field != "guardian" {
		t.Errorf("%+v, %v", tasks[9], err)
	}
}

// A migrant worker's contract is one year old on the day, and not a day less; one that was not said yet is owed.
func TestMigrantContract(t *testing.T) {
	migrant := func(p *casefile.Person) { p.Identity = "migrant" }
	for on, told := range map[day.Date]string{{}: "", day.Of(2025, 11, 23): "casefile.refusal.contract_year", day.Of(2025, 11, 22): ""} {
		t.Run(on.String(), func(t *testing.T) {
			u, id := draft(t, migrant)
			if got := sample.Told(t, casefile.SaveWork(t.Context(), u, id, 0, casefile.Work{Status: "on_post", ContractOn: on})); got != told {
				t.Errorf("told %q, want %q", got, told)
			}
		})
	}
}

// One main cause and at most three others, each once and of the ten; none is owed until the file is submitted.
func TestCauses(t *testing.T) {
	for name, test := range map[string]struct {
		causes []casefile.Cause
		told   string
	}{
		"one":         {[]casefile.Cause{6}, ""},
		"four":        {[]casefile.Cause{6, 1, 2, 3}, ""},
		"none":        {nil, ""},
		"five":        {[]casefile.Cause{6, 1, 2, 3, 4}, "casefile.refusal.causes"},
		"twice":       {[]casefile.Cause{6, 6}, "casefile.refusal.cause_twice"},
		"an eleventh": {[]casefile.Cause{11}, "casefile.refusal.cause_twice"},
	} {
		t.Run(name, func(t *testing.T) {
			u, id := draft(t)
			if told := sample.Told(t, casefile.SaveCauses(t.Context(), u, id, 0, test.causes, casefile.Particulars{})); told != test.told {
				t.Errorf("told %q, want %q", told, test.told)
			}
		})
	}
}

// A section written meanwhile is stale, whichever version was seen; the right one goes through.
func TestSectionVersions(t *testing.T) {
	u, id := draft(t)
	save := func(seen int) error {
		tx, err := u.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		inner := work.NewUnit(tx, u.Now, u.By)
		if err := casefile.SaveHousing(t.Context(), inner, id, seen, casefile.Housing{Address: "东街", Kind: "rented", Metres: 40}); err != nil {
			if undo := tx.Rollback(t.Context()); undo != nil {
				t.Fatal(undo)
			}
			return err
		}
		return tx.Commit(t.Context())
	}
	for _, step := range []struct {
		seen  int
		stale bool
	}{{1, true}, {0, false}, {0, true}, {2, true}, {1, false}, {1, true}, {2, false}} {
		if err := save(step.seen); errors.Is(err, work.ErrStale) != step.stale || !step.stale && err != nil {
			t.Errorf("having seen version %d: %v", step.seen, err)
		}
	}
}

// The sums add up their own side; the cost of an event is in none of them; doubts are what is possible but unlikely.
func TestEconomy(t *testing.T) {
	e := casefile.Economy{Lines: []casefile.Line{{Side: casefile.Income, Kind: "wage", Amount: money.Yuan(100)}, {Side: casefile.Income, Kind: "other", Amount: 1},
		{Side: casefile.Expense, Kind: "illness", Amount: money.Yuan(40)}, {Side: casefile.Expense, Kind: casefile.EventKind, Amount: money.Yuan(500)},
		{Side: casefile.JobCost, Kind: "tools", Amount: money.Yuan(3)}}}
	f, err := e.Facts(4, true)
	if err != nil || f.Income != money.Yuan(100)+1 || f.Rigid != money.Yuan(40) || f.JobCost != money.Yuan(3) || f.EventCost != money.Yuan(500) || f.People != 4 || !f.Listed {
		t.Errorf("facts %+v, %v", f, err)
	}
	for name, test := range map[string]struct {
		lines []casefile.Line
		want  []casefile.Doubt
	}{
		"nothing":    {nil, []casefile.Doubt{casefile.DoubtNoIncome}},
		"as much":    {[]casefile.Line{{Side: casefile.Income, Kind: "pension", Amount: 5}, {Side: casefile.Expense, Kind: "illness", Amount: 5}}, nil},
		"one more":   {[]casefile.Line{{Side: casefile.Income, Kind: "pension", Amount: 5}, {Side: casefile.Expense, Kind: "illness", Amount: 6}}, []casefile.Doubt{casefile.DoubtOverRuns}},
		"no wage":    {[]casefile.Line{{Side: casefile.Income, Kind: "pension", Amount: 5}, {Side: casefile.JobCost, Kind: "tools", Amount: 1}}, []casefile.Doubt{casefile.DoubtJobCost}},
		"event only": {[]casefile.Line{{Side: casefile.Income, Kind: "pension", Amount: 5}, {Side: casefile.Expense, Kind: casefile.EventKind, Amount: 600}}, nil},
	} {
		if got := (casefile.Economy{Lines: test.lines}).Doubts(); !slices.Equal(got, test.want) {
			t.Errorf("%s: %v, want %v", name, got, test.want)
		}
	}
}
