package review_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/file"
	"bangfu/internal/review"
	"bangfu/internal/testkit/sample"
	"bangfu/internal/work"
)

// shows tells whether a file has a sign on a day, by itself and in the list.
func shows(t *testing.T, u *work.Unit, id work.FileID, sign review.Sign, on day.Date) bool {
	t.Helper()
	signs, err := review.SignsOf(t.Context(), u, id, on)
	must(t, err)
	items, _, err := review.WithSign(t.Context(), u, sample.Clerk.Scope, sign, on, 0, 10)
	must(t, err)
	has := slices.Contains(signs, sign)
	if listed := slices.ContainsFunc(items, func(i review.Item) bool { return i.FileID == id }); listed != has {
		t.Errorf("%s on %v: listed %v, of the file %v", sign, on, listed, has)
	}
	return has
}

// at lets the unit go on at noon of a day.
func at(u *work.Unit, on day.Date) *work.Unit {
	return work.NewUnit(u.Tx, on.Start().Add(12*time.Hour), sample.Clerk)
}

// Looking at a file, printing it and asking for a change that nobody agreed to change nothing; a fact that changed does.
func TestALookIsNoChange(t *testing.T) {
	u := centre(t)
	f := sample.File(t, u, casefile.Active) // 2026-11-22
	later := at(u, day.Of(2027, 6, 1))
	for _, act := range []string{"casefile.view_evidence", "casefile.print", "casefile.ask_change", "casefile.reject_change", "casefile.keep_first", "casefile.propose_card"} {
		must(t, later.Audit(t.Context(), work.Entry{Act: act, Kind: "file", ID: int64(f.ID), FileID: f.ID}))
	}
	if !shows(t, u, f.ID, review.UnchangedYear, day.Of(2027, 11, 23)) {
		t.Error("a look was taken for a change")
	}
	people, err := casefile.People(t.Context(), u, sample.Keys(), f.ID)
	must(t, err)
	_, err = casefile.AddArrears(t.Context(), later, f.ID, casefile.Arrears{Person: people[0].ID, Kind: casefile.WageArrears, From: day.Of(2027, 5, 1),
		Amount: 1, Employer: "青石纺织厂"})
	must(t, err)
	if shows(t, u, f.ID, review.UnchangedYear, day.Of(2027, 11, 23)) || shows(t, u, f.ID, review.UnchangedYear, day.Of(2028, 6, 1)) ||
		!shows(t, u, f.ID, review.UnchangedYear, day.Of(2028, 6, 2)) {
		t.Error("arrears of 1 June 2027 are a change for a year")
	}
}

// A paper is out of date by the day to which it proves something, whenever it was put into the file; a newer one of its kind
// and person mends it, and whoever left the household owes none.
func TestPapersEndOnTheirDay(t *testing.T) {
	u := centre(t)
	f := sample.File(t, u, casefile.Active) // its papers were issued on 2026-10-23 and end on 2027-10-22
	add := func(kind casefile.EvidenceKind, issued day.Date, person casefile.PersonID, now day.Date) {
		t.Helper()
		_, err := casefile.AddEvidence(t.Context(), at(u, now), f.ID, casefile.NewEvidence{Kind: kind, Name: "证明.jpg", IssuedOn: issued, PersonID: person},
			file.Blob{Hash: fmt.Sprintf("%064x", int(kind[0])<<20+int(person)<<8+issued.Day()+int(issued.Month())<<5), Size: 1024, Type: "image/jpeg"})
		must(t, err)
	}
	expired := func(on day.Date) bool { return shows(t, u, f.ID, review.ExpiredPapers, on) }
	if expired(day.Of(2027, 10, 22)) || !expired(day.Of(2027, 10, 23)) {
		t.Error("the papers end on 22 October 2027")
	}
	papers, err := casefile.EvidenceOf(t.Context(), u, f.ID)
	must(t, err)
	for _, p := range papers {
		if p.Kind.Ages() {
			add(p.Kind, day.Of(2027, 10, 1), p.PersonID, day.Of(2027, 10, 20))
		}
	}
	if expired(day.Of(2027, 10, 23)) || expired(day.Of(2028, 9, 30)) || !expired(day.Of(2028, 10, 1)) {
		t.Error("the newer ones end on 30 September 2028")
	}
	people, err := casefile.People(t.Context(), u, sample.Keys(), f.ID)
	must(t, err)
	add(casefile.Receipts, day.Of(2026, 1, 10), people[1].ID, day.Of(2027, 10, 20))
	if !expired(day.Of(2027, 10, 23)) {
		t.Error("a paper of January 2026, put in afterwards, is fresh")
	}
	_, err = u.Exec(t.Context(), `UPDATE casefile_person SET left_on = '2027-10-21' WHERE id = $1`, people[1].ID)
	must(t, err)
	if expired(day.Of(2027, 10, 23)) {
		t.Error("a paper of somebody who left is asked for")
	}
}
