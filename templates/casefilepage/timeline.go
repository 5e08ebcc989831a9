package casefilepage

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"bangfu/internal/audit"
	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/words"
	"bangfu/templates/ui"
)

// Happening is one event of the timeline with the entries of the trail that it left, the newest first.
type Happening struct {
	Entries []audit.Entry
	Run     bool // one act again and again, by one person on one day; false = the acts of one unit of work
}

// older leads to the whole timeline.
func (v FileView) older() []ui.Btn {
	if !v.Older || v.Whole {
		return nil
	}
	return []ui.Btn{{Key: "casefile.timeline_all", Href: FilePath(v.File.ID) + "?timeline=all#timeline", Look: ui.Quiet}}
}

// bound says how far back the whole timeline goes, where it has no room for all.
func (v FileView) bound(ctx context.Context) string {
	if !v.Older || !v.Whole {
		return ""
	}
	return words.T(ctx, "casefile.timeline_bound", len(v.History))
}

// events lists what happened.
func (v FileView) events(ctx context.Context) []ui.Event {
	events := make([]ui.Event, len(v.History))
	for i, happened := range v.History {
		if happened.Run {
			events[i] = run(ctx, happened.Entries)
		} else {
			events[i] = v.event(ctx, happened.Entries)
		}
	}
	return events
}

// named is how many acts a line names; of more it names the first and opens to all.
const named = 4

// event is the acts of one unit of work in one line, with where they lead.
func (v FileView) event(ctx context.Context, entries []audit.Entry) ui.Event {
	e := ui.Event{Who: who(ctx, entries[0]), When: moment(entries[0])}
	said := acts(ctx, entries)
	if len(said) > named {
		e.Title = words.T(ctx, "casefile.timeline_with", said[0], len(said))
		for _, one := range said {
			e.Each = append(e.Each, ui.Event{Title: one})
		}
	} else {
		e.Title = strings.Join(said, " · ")
	}
	for _, entry := range entries {
		if reason := entry.After("reason"); entry.Act == casefile.CardStopped && reason != "" {
			e.Line, e.Href = words.T(ctx, "casefile.card_stopped", reason), CardsPath(v.File.ID)
		}
		switch n := entry.Version; {
		case n == 1:
			e.Line, e.Href = words.T(ctx, "casefile.version.kept", n), VersionPath(v.File.ID, n)
		case n > 1:
			e.Line, e.Href = words.T(ctx, "casefile.version.kept_changes", n), ChangesPath(v.File.ID, n-1, n)
		}
	}
	return e
}

// acts says the acts of one unit of work in their order, that of the file behind the act that moved it, without those that another says already ("核查" beside "入户核查");
// one that was done several times, as for two payables at once, says how often.
func acts(ctx context.Context, entries []audit.Entry) []string {
	var said []string
	times, done := map[string]int{}, map[string]int{}
	inOrder := slices.Clone(entries)
	slices.Reverse(inOrder)
	slices.SortStableFunc(inOrder, func(a, b audit.Entry) int { return cmp.Compare(ofFile(a), ofFile(b)) })
	for _, e := range inOrder {
		word := words.T(ctx, e.Key())
		done[e.Act]++
		times[word] = max(times[word], done[e.Act])
		said = append(said, word)
	}
	var kept []string
	for i, one := range said {
		within := func(other string) bool { return strings.Contains(strings.ToLower(other), strings.ToLower(one)) }
		if !slices.ContainsFunc(slices.Concat(kept, said[i+1:]), within) {
			kept = append(kept, one)
		}
	}
	for i, one := range kept {
		if times[one] > 1 {
			kept[i] = words.T(ctx, "casefile.timeline_times", one, times[one])
		}
	}
	return kept
}

// ofFile is 1 for an act of the file itself.
func ofFile(e audit.Entry) int {
	if strings.HasPrefix(e.Act, "casefile.") {
		return 1
	}
	return 0
}

// run is one act that was done again and again in one line, with each time behind it.
func run(ctx context.Context, entries []audit.Entry) ui.Event {
	last, first := entries[0], entries[len(entries)-1]
	e := ui.Event{Title: words.T(ctx, "casefile.timeline_times", last.Key(), len(entries)), Who: who(ctx, last), When: moment(last)}
	if from := moment(first); from != e.When {
		e.When = from + "–" + e.When[len(e.When)-len("15:04"):]
	}
	for _, entry := range slices.Backward(entries) {
		one := ui.Event{Key: entry.Key(), When: moment(entry)}
		if kind := casefile.EvidenceKind(entry.After("kind")); slices.Contains(casefile.EvidenceKinds, kind) {
			one.Key = kind.Key()
		}
		e.Each = append(e.Each, one)
	}
	return e
}

// who says who acted: a person, somebody of the public, or the program.
func who(ctx context.Context, e audit.Entry) string {
	switch {
	case e.StaffID != 0:
		return e.StaffName
	case e.Public():
		return words.T(ctx, "audit.public")
	}
	return words.T(ctx, "casefile.by_program")
}

// moment is when something was done; of what the clock did only the day, since it has no office hours.
func moment(e audit.Entry) string {
	if e.StaffID == 0 && !e.Public() {
		return day.On(e.At).String()
	}
	return words.Minute(e.At)
}
