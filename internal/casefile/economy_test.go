package casefile_test

import (
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/idcard"
	"bangfu/internal/money"
	"bangfu/internal/testkit/pgtest"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// twelve are twelve months with a wage of the head, in yuan.
func twelve(until day.Date, head casefile.PersonID, wage int64) casefile.Economy {
	return casefile.Economy{Until: until, Lines: []casefile.Line{{Side: casefile.Income, Kind: "wage", Person: head, Amount: money.Yuan(wage)},
		{Side: casefile.Income, Kind: "support", Amount: money.Yuan(1200)}}}
}

// economies reads all snapshots of a file.
func economies(t *testing.T, u *work.Unit, id work.FileID) []casefile.Economy {
	t.Helper()
	all, more, err := casefile.Snapshots(t.Context(), u, id, 0)
	if err != nil || more {
		t.Fatalf("more %v, %v", more, err)
	}
	return all
}

// Before a file is submitted its snapshot is written anew; after it was returned a new one follows, and the one that was
// judged stays as it was.
func TestSnapshotsOfARegistration(t *testing.T) {
	u, id := draft(t)
	people, err := casefile.People(t.Context(), u, sample.Keys(), id)
	if err != nil {
		t.Fatal(err)
	}
	until := day.Of(2026, 10, 31)
	for seen, wage := range []int64{24000, 25000} {
		if err := casefile.SaveEconomy(t.Context(), u, id, seen, twelve(until, people[0].ID, wage), nil); err != nil {
			t.Fatal(err)
		}
	}
	if all := economies(t, u, id); len(all) != 1 || all[0].Of(casefile.Income, "wage") != money.Yuan(25000) || all[0].People != 1 {
		t.Errorf("a draft has %+v", all)
	}

	u.By = sample.Clerk
	returned := sample.File(t, u, casefile.Returned)
	people, err = casefile.People(t.Context(), u, sample.Keys(), returned.ID)
	if err != nil {
		t.Fatal(err)
	}
	for seen, wage := range []int64{30000, 31000} {
		if err := casefile.SaveEconomy(t.Context(), u, returned.ID, seen+1, twelve(until, people[0].ID, wage), nil); err != nil {
			t.Fatal(err)
		}
	}
	all := economies(t, u, returned.ID)
	if len(all) != 2 || all[0].Of(casefile.Income, "wage") != money.Yuan(31000) || all[0].Round != 2 ||
		all[1].Of(casefile.Income, "wage") != money.Yuan(24000) || all[1].Round != 1 {
		t.Errorf("a returned file has %+v", all)
	}
	f, err := casefile.Find(t.Context(), u, sample.Everywhere, returned.ID)
	if err != nil {
		t.Fatal(err)
	}
	if now, err := casefile.EconomyOf(t.Context(), u, f); err != nil || now.ID != all[0].ID {
		t.Errorf("current is %d, want %d, %v", now.ID, all[0].ID, err)
	}

	// A member of whom the older snapshot speaks leaves, and stays readable there.
	if err := casefile.SaveMembers(t.Context(), u, sample.Keys(), returned.ID, 1, nil); err != nil {
		t.Fatal(err)
	}
	if again := economies(t, u, returned.ID); len(again) != 2 || len(again[1].Lines) != len(all[1].Lines) {
		t.Errorf("the older snapshot became %+v", again)
	}
}

// changed writes twelve months into a file as a change that a second person agrees to; seen is the section's version.
func changed(t *testing.T, u *work.Unit, id work.FileID, seen int, e casefile.Economy) error {
	t.Helper()
	write := func(u *work.Unit) error { return casefile.SaveEconomy(t.Context(), u, id, seen, e, nil) }
	c, err := ask(t, u, id, casefile.ChangeEconomy, write)
	if err != nil {
		return err
	}
	by := u.By
	defer func() { u.By = by }()
	u.By = sample.Supervisor
	_, err = casefile.DecideChange(t.Context(), u, c.ID, true, "", write)
	return err
}

// An accepted file gets a new snapshot from a change, of days that are over; a registration and a closed file get none that
// way.
func TestSnapshotOfAChange(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	for state, told := range map[casefile.State]string{casefile.Active: "", casefile.Returned: "casefile.refusal.change_state", casefile.Closed: "casefile.refusal.change_state"} {
		f := sample.File(t, u, state)
		if got := sample.Told(t, changed(t, u, f.ID, 1, twelve(u.Today(), 0, 100))); got != told {
			t.Errorf("%s: told %q, want %q", state, got, told)
		}
	}
	f := sample.File(t, u, casefile.Active)
	for _, test := range []struct {
		until day.Date
		told  string
	}{{day.Date{}, "casefile.refusal.until"}, {u.Today().Add(1), "casefile.refusal.until"}, {u.Today(), ""}} { // the last one changes the version
		if got := sample.Told(t, changed(t, u, f.ID, 1, twelve(test.until, 0, 100))); got != test.told {
			t.Errorf("until %s: told %q, want %q", test.until, got, test.told)
		}
	}
	if all := economies(t, u, f.ID); len(all) != 2 || all[0].Source != casefile.FromChange || all[0].People != 3 {
		t.Errorf("%+v", all)
	}
}

// The seventh snapshot stands on the next page.
func TestSnapshotsPage(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	f := sample.File(t, u, casefile.Active)
	for i, want := range []bool{false, false, false, false, false, true} {
		if err := changed(t, u, f.ID, i+1, twelve(u.Today(), 0, int64(i+1))); err != nil {
			t.Fatal(err)
		}
		all, more, err := casefile.Snapshots(t.Context(), u, f.ID, 0)
		if err != nil || more != want || len(all) != min(i+2, 6) {
			t.Errorf("after %d: %d, more %v, %v", i+1, len(all), more, err)
		}
		if more {
			rest, more, err := casefile.Snapshots(t.Context(), u, f.ID, all[5].ID)
			if err != nil || more || len(rest) != 1 || rest[0].Source != casefile.FromRegistration {
				t.Errorf("the rest is %+v, more %v, %v", rest, more, err)
			}
		}
	}
}

// By hand, as the program's own login: a snapshot that is not current does not change, and a figure names nobody and nothing
// of another file.
func TestSnapshotsByHand(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	f, other := sample.File(t, u, casefile.Active), sample.File(t, u, casefile.Active)
	if err := changed(t, u, f.ID, 1, twelve(u.Today(), 0, 100)); err != nil {
		t.Fatal(err)
	}
	all := economies(t, u, f.ID)
	now, past := all[0].ID, all[1].ID
	for sql, rule := range map[string]string{
		`UPDATE casefile_figure SET amount_fen = 1 WHERE snapshot_id = $1 AND $2 > 0`:                                                                                                  "casefile_snapshot_fixed",
		`DELETE FROM casefile_figure WHERE snapshot_id = $1 AND $2 > 0`:                                                                                                                "casefile_snapshot_fixed",
		`INSERT INTO casefile_figure (snapshot_id, side, kind, amount_fen) SELECT $1, 'income', 'property', 1 WHERE $2 > 0`:                                                            "casefile_snapshot_fixed",
		`UPDATE casefile_snapshot SET current = true WHERE id = $1 AND $2 > 0`:                                                                                                         "casefile_snapshot_fixed",
		`INSERT INTO casefile_figure (snapshot_id, side, kind, amount_fen, person_id) SELECT $3, 'income', 'wage', 1, min(id) FROM casefile_person WHERE file_id = $2 AND $1 > 0`:      "casefile_figure_fits",
		`INSERT INTO casefile_figure (snapshot_id, side, kind, amount_fen, evidence_id) SELECT $3, 'income', 'other', 1, min(id) FROM casefile_evidence WHERE file_id = $2 AND $1 > 0`: "casefile_figure_fits",
	} {
		tx, err := u.Begin(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		args := []any{past, int64(other.ID), now}
		if !contains(sql, "$3") {
			args = args[:2]
		}
		_, err = tx.Exec(t.Context(), sql, args...)
		if work.Violated(err) != rule {
			t.Errorf("%s: %v, want %s", sql, err, rule)
		}
		if err := tx.Rollback(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// Per-capita figures are computed: 25,200.00 a year for three people are 700.00 a month, and a person's own wage of
// 24,000.00 is 2,000.00.
func TestPerCapita(t *testing.T) {
	e := twelve(day.Of(2026, 10, 31), 7, 24000)
	if monthly, err := e.Monthly(casefile.Income); err != nil || monthly != 0 {
		t.Errorf("nobody has %v, %v", monthly, err)
	}
	e.People = 3
	if monthly, err := e.Monthly(casefile.Income); err != nil || monthly != money.Yuan(700) {
		t.Errorf("per head %v, %v", monthly, err)
	}
	if own, err := e.PersonMonthly(7); err != nil || own != money.Yuan(2000) {
		t.Errorf("own %v, %v", own, err)
	}
}

// A line that no form has is refused: an unknown kind, a negative amount, a household's kind of one person, a line twice.
func TestNoSuchLine(t *testing.T) {
	for name, lines := range map[string][]casefile.Line{
		"unknown":  {{Side: casefile.Income, Kind: "lottery", Amount: 1}},
		"negative": {{Side: casefile.Income, Kind: "wage", Amount: -1}},
		"personal": {{Side: casefile.Income, Kind: "support", Amount: 1, Person: 1}},
		"twice":    {{Side: casefile.Income, Kind: "wage", Amount: 1}, {Side: casefile.Income, Kind: "wage", Amount: 2}},
	} {
		t.Run(name, func(t *testing.T) {
			u, id := draft(t)
			if err := casefile.SaveEconomy(t.Context(), u, id, 0, casefile.Economy{Until: u.Today(), Lines: lines}, nil); err == nil {
				t.Error("it went in")
			}
		})
	}
}

// Arrears are recorded while the file is open, with the rules of their days, settled once, and removed in a registration only.
func TestArrears(t *testing.T) {
	u := pgtest.Unit(t, sample.Clerk)
	sample.Centre(t, u)
	f := sample.File(t, u, casefile.Active)
	people, err := casefile.People(t.Context(), u, sample.Keys(), f.ID)
	if err != nil {
		t.Fatal(err)
	}
	today := u.Today()
	owed := casefile.Arrears{Person: people[0].ID, Kind: casefile.WageArrears, From: today, Until: today, Amount: 1, Employer: "青石纺织厂"}
	for name, test := range map[string]struct {
		change func(*casefile.Arrears)
		told   string
	}{
		"one day and one fen":  {func(*casefile.Arrears) {}, ""},
		"from tomorrow":        {func(a *casefile.Arrears) { a.From = today.Add(1) }, "casefile.refusal.arrears_from"},
		"until the day before": {func(a *casefile.Arrears) { a.Until = today.Add(-1) }, "casefile.refusal.arrears_until"},
		"until tomorrow":       {func(a *casefile.Arrears) { a.Until = today.Add(1) }, "casefile.refusal.arrears_ahead"},
		"somebody else":        {func(a *casefile.Arrears) { a.Person = 0 }, "casefile.refusal.arrears_person"},
	} {
		a := owed
		test.change(&a)
		if _, err := casefile.AddArrears(t.Context(), u, f.ID, a); sample.Told(t, err) != test.told {
			t.Errorf("%s: %v, want %q", name, err, test.told)
		}
	}
	all, err := casefile.ArrearsOf(t.Context(), u, f.ID)
	if err != nil || len(all) != 1 || all[0].Name != people[0].Name {
		t.Fatalf("%+v, %v", all, err)
	}
	row := all[0].ID
	for on, told := range map[day.Date]string{today.Add(-1): "casefile.refusal.settled_on", today.Add(1): "casefile.refusal.settled_on"} {
		if got := sample.Told(t, casefile.SettleArrears(t.Context(), u, f.ID, row, on)); got != told {
			t.Errorf("settled %s: told %q", on, got)
		}
	}
	if got := sample.Told(t, casefile.RemoveArrears(t.Context(), u, f.ID, row)); got != "casefile.refusal.not_editable" {
		t.Errorf("removed from an accepted file: %q", got)
	}
	if err := casefile.SettleArrears(t.Context(), u, f.ID, row, today); err != nil {
		t.Fatal(err)
	}
	if err := casefile.SettleArrears(t.Context(), u, f.ID, row, today); !isStale(err) {
		t.Errorf("settled twice: %v", err)
	}
}

// Arrears are facts of the file: those of a file that is on record make a version, which its trail and the verification
// of versions count on; those of a registration wait for its submission.
func TestArrearsMakeAVersion(t *testing.T) {
	for state, want := range map[casefile.State]string{
		casefile.Draft:     "",
		casefile.Returned:  "1 1 casefile.submit submitted\n2 1 casefile.disagree returned\n",
		casefile.Temporary: "1 1 casefile.keep_temporary temporary\n2 1 casefile.add_arrears temporary\n3 1 casefile.settle_arrears temporary\n",
		casefile.Submitted: "1 1 casefile.submit submitted\n2 1 casefile.add_arrears submitted\n3 1 casefile.settle_arrears submitted\n",
		casefile.Active: "1 1 casefile.submit submitted\n2 1 casefile.qualify judged\n3 1 casefile.activate active\n" +
			"4 1 casefile.add_arrears active\n5 1 casefile.settle_arrears active\n",
	} {
		t.Run(string(state), func(t *testing.T) {
			u := pgtest.Unit(t, sample.Clerk)
			sample.Centre(t, u)
			f := sample.File(t, u, state)
			if state == casefile.Draft {
				if err := casefile.SaveHead(t.Context(), u, sample.Keys(), f.ID, 0, sample.Person(casefile.Head, "王建国", day.Of(1976, 3, 12), idcard.Male)); err != nil {
					t.Fatal(err)
				}
			}
			people, err := casefile.People(t.Context(), u, sample.Keys(), f.ID)
			if err != nil {
				t.Fatal(err)
			}
			row, err := casefile.AddArrears(t.Context(), u, f.ID, casefile.Arrears{Person: people[0].ID, Kind: casefile.WageArrears, From: u.Today(),
				Amount: money.Yuan(12000), Employer: "青石纺织厂"})
			if err != nil {
				t.Fatal(err)
			}
			if err := casefile.SettleArrears(t.Context(), u, f.ID, row, u.Today()); err != nil {
				t.Fatal(err)
			}
			if got := table(t, u, f.ID); got != want {
				t.Errorf("versions:\n%s\nwant:\n%s", got, want)
			}
			if _, _, err := casefile.VerifyVersions(t.Context(), u, sample.Keys(), func(fault casefile.VersionFault) {
				if fault.FileID == f.ID {
					t.Errorf("a fault: %+v", fault)
				}
			}); err != nil {
				t.Fatal(err)
			}
		})
	}
}
