package casefile_test

import (
	"fmt"
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/eligibility"
	"bangfu/internal/file"
	"bangfu/internal/idcard"
	"bangfu/internal/testkit/sample"
)

// blob is a kept paper that nobody opens.
func blob(n int) file.Blob {
	return file.Blob{Hash: fmt.Sprintf("%064x", n), Size: 10, Type: "image/jpeg"}
}

// Proofs of income hold for a year from the day of issue, the day before its return included (domain.md b.7).
func TestPapersAge(t *testing.T) {
	u, id := draft(t)
	today := u.Today()
	for _, test := range []struct {
		kind   casefile.EvidenceKind
		issued day.Date
		until  string
		told   string
	}{
		{casefile.IncomeProof, day.Of(2025, 11, 23), "2026-11-22", ""},
		{casefile.AllowanceProof, day.Of(2025, 11, 22), "2026-11-21", ""},
		{casefile.Receipts, today, "2027-11-21", ""},
		{casefile.TuitionReceipts, day.Of(2024, 2, 29), "2025-02-27", ""},
		{casefile.Diagnosis, day.Of(2020, 1, 1), "", ""},
		{casefile.Diagnosis, day.Date{}, "", ""},
		{casefile.IncomeProof, day.Date{}, "", "casefile.refusal.paper_issued"},
		{casefile.Diagnosis, today.Add(1), "", "casefile.refusal.paper_future"},
		{"photo", today, "", "casefile.refusal.evidence_kind"},
	} {
		paper, err := casefile.AddEvidence(t.Context(), u, id, casefile.NewEvidence{Kind: test.kind, Name: "a.jpg", IssuedOn: test.issued}, blob(test.issued.Year()))
		if got := sample.Told(t, err); got != test.told {
			t.Errorf("%s of %s: %q, want %q", test.kind, test.issued, got, test.told)
		}
		if err != nil {
			continue
		}
		e, err := casefile.FindEvidence(t.Context(), u, u.By.Scope, id, paper)
		if err != nil || e.ValidUntil.String() != test.until {
			t.Errorf("%s of %s holds until %q, %v; want %q", test.kind, test.issued, e.ValidUntil, err, test.until)
		}
		if wantExpired := test.until != "" && test.until < today.String(); e.Expired(today) != wantExpired {
			t.Errorf("%s of %s expired %v", test.kind, test.issued, e.Expired(today))
		}
	}
}

// A paper that has expired is missing again; one that names nobody speaks for everybody.
func TestWhatIsMissing(t *testing.T) {
	today := day.Of(2026, 11, 22)
	two := []casefile.Person{{ID: 1, Name: "周若兰", Health: "disabled"}, {ID: 2, Name: "周小河", Health: "disabled"}}
	s := casefile.Situation{People: two}
	missing := func(held ...casefile.Evidence) (names string) {
		for _, m := range s.Missing(held, today) {
			if m.Kind == casefile.DisabilityProof || m.Kind == casefile.IncomeProof {
				names += string(m.Kind) + m.Person + " "
			}
		}
		return names
	}
	proof := func(until day.Date) casefile.Evidence {
		return casefile.Evidence{Kind: casefile.IncomeProof, ValidUntil: until}
	}
	for _, test := range []struct {
		name, want string
		held       []casefile.Evidence
	}{
		{"nothing", "income_proof disability_proof周若兰 disability_proof周小河 ", nil},
		{"one of two", "income_proof disability_proof周小河 ", []casefile.Evidence{{Kind: casefile.DisabilityProof, PersonID: 1}}},
		{"of nobody", "income_proof ", []casefile.Evidence{{Kind: casefile.DisabilityProof}}},
		{"on its last day", "disability_proof周若兰 disability_proof周小河 ", []casefile.Evidence{proof(today)}},
		{"a day later", "income_proof disability_proof周若兰 disability_proof周小河 ", []casefile.Evidence{proof(today.Add(-1))}},
		{"renewed", "disability_proof周若兰 disability_proof周小河 ", []casefile.Evidence{proof(today.Add(-1)), proof(today.Add(300))}},
	} {
		if got := missing(test.held...); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
	}
	accident := casefile.Situation{File: casefile.File{Category: eligibility.Accident}}.Required()
	if last := accident[len(accident)-1].Kind; last != casefile.Receipts {
		t.Errorf("a category of accident asks last for %s", last)
	}
}

// A paper serves as another one, but not twice as the same one, and only for people of the household.
func TestPapersServeAgain(t *testing.T) {
	u, id := draft(t)
	other := sample.Person("spouse", "陆明", day.Of(1984, 5, 5), idcard.Male)
	if err := casefile.SaveMembers(t.Context(), u, sample.Keys(), id, 0, []casefile.Person{other}); err != nil {
		t.Fatal(err)
	}
	people, err := casefile.People(t.Context(), u, sample.Keys(), id)
	if err != nil {
		t.Fatal(err)
	}
	first, err := casefile.AddEvidence(t.Context(), u, id, casefile.NewEvidence{Kind: casefile.HouseRegister, Name: "户口簿.jpg"}, blob(1))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name string
		as   casefile.NewEvidence
		told string
	}{
		{"the same again", casefile.NewEvidence{Kind: casefile.HouseRegister}, "casefile.refusal.paper_again"},
		{"the marriage", casefile.NewEvidence{Kind: casefile.MaritalProof}, ""},
		{"the marriage again", casefile.NewEvidence{Kind: casefile.MaritalProof}, "casefile.refusal.paper_again"},
		{"the marriage of the spouse", casefile.NewEvidence{Kind: casefile.MaritalProof, PersonID: people[1].ID}, ""},
		{"of a stranger", casefile.NewEvidence{Kind: casefile.MaritalProof, PersonID: people[1].ID + 1000}, "casefile.refusal.paper_person"},
		{"without its day", casefile.NewEvidence{Kind: casefile.Receipts}, "casefile.refusal.paper_issued"},
	} {
		_, err := casefile.ReuseEvidence(t.Context(), u, id, first, test.as)
		if got := sample.Told(t, err); got != test.told {
			t.Errorf("%s: %q, want %q", test.name, got, test.told)
		}
	}
	held, err := casefile.EvidenceOf(t.Context(), u, id)
	if err != nil || len(held) != 3 || held[2].Person != "陆明" || held[2].Blob != held[0].Blob || held[2].Name != "户口簿.jpg" {
		t.Errorf("held %+v, %v", held, err)
	}
}
