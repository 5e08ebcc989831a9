package retention_test

import (
	"testing"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/retention"
	"bangfu/internal/testkit/sample"
)

// Ten years from the day of closing, which is not counted: on the last day of the term a file is still kept.
func TestUntil(t *testing.T) {
	for _, test := range []struct{ closed, until day.Date }{
		{day.Of(2016, 11, 22), day.Of(2026, 11, 22)},
		{day.Of(2016, 12, 31), day.Of(2026, 12, 31)},
		{day.Of(2016, 2, 29), day.Of(2026, 2, 28)},
		{day.Of(2018, 2, 28), day.Of(2028, 2, 28)},
	} {
		if got := retention.Until(test.closed); got != test.until {
			t.Errorf("closed on %v: until %v, want %v", test.closed, got, test.until)
		}
	}
}

// Whatever the day, the last closing that is over is over, and the next one is not.
func TestLastOver(t *testing.T) {
	for today := day.Of(2026, 1, 1); today.Before(day.Of(2034, 12, 31)); today = today.Add(1) {
		last := retention.LastOver(today)
		if !retention.Until(last).Before(today) || retention.Until(last.Add(1)).Before(today) {
			t.Fatalf("on %v: %v", today, last)
		}
	}
}

// The day before the last day of the term, the last day, and the day after, in the list and in a proposal.
func TestTheTermIsOverOnTheDayAfter(t *testing.T) {
	u := centre(t)
	f := sample.File(t, u, casefile.Closed)
	for _, test := range []struct {
		today day.Date
		files int
		told  string
	}{
		{over.Add(-2), 0, "retention.refusal.none"},
		{over.Add(-1), 0, "retention.refusal.none"},
		{over, 1, ""},
	} {
		later := on(u, test.today)
		list, next, err := retention.Over(t.Context(), later, sample.Officer.Scope, 0, test.today, retention.Cursor{}, 10)
		if err != nil || len(list) != test.files || next.File != 0 {
			t.Errorf("%v: %d files, %v", test.today, len(list), err)
		}
		_, n, err := retention.Propose(t.Context(), later, retention.Proposal{Org: sample.Officer.OrgID, Name: "批次", Basis: "到期",
			ClosedUntil: retention.LastOver(test.today)})
		if told := sample.Told(t, err); told != test.told || n != test.files {
			t.Errorf("%v: told %q, %d files", test.today, told, n)
		}
	}
	if list, _, err := retention.Over(t.Context(), u, sample.Officer.Scope, 0, over, retention.Cursor{}, 10); err != nil || list[0].FileID != f.ID || list[0].Batch == 0 ||
		list[0].Until() != over.Add(-1) {
		t.Errorf("%+v, %v", list, err)
	}
}

// The list pages by day of closing and file, and shows what lies in the scope only.
func TestOverPagesByKey(t *testing.T) {
	u := centre(t)
	for range 3 {
		sample.File(t, u, casefile.Closed)
	}
	sample.File(t, u, casefile.Active)
	sample.File(t, u, casefile.Refused) // ended too, and kept as long
	seen := 0
	for after, pages := (retention.Cursor{}), 0; pages < 5; pages++ {
		list, next, err := retention.Over(t.Context(), u, sample.Officer.Scope, 0, over, after, 3)
		must(t, err)
		seen += len(list)
		if after = next; next.File == 0 {
			break
		}
	}
	if seen != 4 {
		t.Errorf("%d files on all pages", seen)
	}
	if list, _, err := retention.Over(t.Context(), u, sample.OtherClerk.Scope, 0, over, retention.Cursor{}, 9); err != nil || len(list) != 0 {
		t.Errorf("another office sees %d, %v", len(list), err)
	}
}
