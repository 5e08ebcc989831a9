package casefile_test

import (
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"

	"bangfu/internal/casefile"
	"bangfu/internal/eligibility"
	"bangfu/internal/money"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// owning makes a sample household with property.
func owning(p casefile.Property) func(*sample.Household) {
	return func(h *sample.Household) { h.Property = p }
}

// Property is saved in its section, with the floor area of two homes, and read as it was written.
func TestSaveProperty(t *testing.T) {
	tests := map[string]struct {
		property casefile.Property
		told     string
	}{
		"nothing":              {casefile.Property{}, ""},
		"one home":             {casefile.Property{Homes: 1}, ""},
		"two homes, no area":   {casefile.Property{Homes: 2}, "casefile.refusal.home_metres"},
		"two homes, an area":   {casefile.Property{Homes: 2, Metres: 1}, ""},
		"saved and conditions": {casefile.Property{Savings: money.Yuan(1500), Note: "面包车", Ticked: []eligibility.Exclusion{eligibility.Vehicle}}, ""},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			u := pgtest.Unit(t, sample.Clerk)
			sample.Centre(t, u)
			f := sample.File(t, u, casefile.Draft)
			if told := sample.Told(t, casefile.SaveProperty(t.Context(), u, f.ID, 0, test.property)); told != test.told {
				t.Fatalf("told %q, want %q", told, test.told)
			}
			got, err := casefile.PropertyOf(t.Context(), u, f.ID)
			switch {
			case err != nil:
				t.Fatal(err)
			case test.told != "":
				return
			case got.Homes != test.property.Homes || got.Metres != test.property.Metres || got.Savings != test.property.Savings ||
				got.Note != test.property.Note || !slices.Equal(got.Ticked, test.property.Ticked):
				t.Errorf("read %+v", got)
			}
		})
	}
}

// A condition against a file never decides by itself: without a ruling the file is not judged, with one the reason stays.
func TestRulings(t *testing.T) {
	vehicle := casefile.Property{Ticked: []eligibility.Exclusion{eligibility.Vehicle}}
	tests := map[string]struct {
		property casefile.Property
		ruling   casefile.Ruling
		told     string
		want     casefile.State
	}{
		"no condition":                {casefile.Property{}, casefile.Ruling{}, "", casefile.Judged},
		"no condition, a ruling":      {casefile.Property{}, casefile.Ruling{Kind: casefile.KeepOut, Reason: "有车"}, "casefile.refusal.no_exclusion", casefile.Visited},
		"a condition, no ruling":      {vehicle, casefile.Ruling{}, "casefile.refusal.ruling", casefile.Visited},
		"a ruling without reason":     {vehicle, casefile.Ruling{Kind: casefile.Despite}, "casefile.refusal.ruling_reason", casefile.Visited},
		"despite it":                  {vehicle, casefile.Ruling{Kind: casefile.Despite, Reason: "车辆用于接送病人"}, "", casefile.Judged},
		"kept out":                    {vehicle, casefile.Ruling{Kind: casefile.KeepOut, Reason: "新购私家车"}, "", casefile.NotQualified},
		"two small homes and illness": {casefile.Property{Homes: 2, Metres: 35}, casefile.Ruling{Kind: casefile.Despite, Reason: "两处危房"}, "", casefile.Judged},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			u := pgtest.Unit(t, sample.Clerk)
			sample.Centre(t, u)
			f := sample.File(t, u, casefile.Visited, owning(test.property))
			u.By = sample.Supervisor
			_, err := casefile.Judge(t.Context(), u, f.ID, test.ruling)
			if told := sample.Told(t, err); told != test.told {
				t.Fatalf("told %q, want %q", told, test.told)
			}
			got, err := casefile.Find(t.Context(), u, work.Everywhere, f.ID)
			if err != nil || got.State != test.want {
				t.Fatalf("state %s, %v; want %s", got.State, err, test.want)
			}
			if test.told != "" {
				return
			}
			j, err := casefile.LastJudgement(t.Context(), u, f.ID)
			if err != nil || j.Ruling != test.ruling || j.Verdict.Qualifies() != (test.want == casefile.Judged) {
				t.Errorf("judgement %+v, %v", j, err)
			}
		})
	}
}

// standing reads where a file stands as the database keeps it; no rows is "gone".
func standing(t *testing.T, u *work.Unit, id work.FileID) string {
	t.Helper()
	var text string
	err := u.QueryRow(t.Context(), `SELECT concat_ws(' ', open, org_path, district, category, income_fen, rigid_fen, people, excluded, monthly_fen)
		FROM casefile_standing WHERE file_id = $1`, id).Scan(&text)
	if err == pgx.ErrNoRows {
		return "gone"
	}
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// The standing of a file follows its judgement and its state, and nobody writes it by hand.
func TestStanding(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	for state, want := range map[casefile.State]string{
		casefile.Visited:      "gone",
		casefile.Judged:       "t /9001/9002/9003/ 539901 severe 2400000 600000 3 f 50000",
		casefile.Active:       "t /9001/9002/9003/ 539901 severe 2400000 600000 3 f 50000",
		casefile.NotQualified: "f /9001/9002/9003/ 539901  100000000 600000 3 f 2761111",
		casefile.Refused:      "gone",
		casefile.StruckOff:    "gone",
		casefile.Closed:       "gone",
	} {
		if got := standing(t, u, sample.File(t, u, state).ID); got != want {
			t.Errorf("%s stands as %q, want %q", state, got, want)
		}
	}
	for _, sql := range []string{"UPDATE casefile_standing SET category = 'relative'", "DELETE FROM casefile_standing"} {
		tx, err := u.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := tx.Exec(t.Context(), sql); err == nil {
			t.Errorf("done by hand: %s", sql)
		}
		if err := tx.Rollback(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}
