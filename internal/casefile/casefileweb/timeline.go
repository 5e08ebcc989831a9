package casefileweb

import (
	"net/http"
	"slices"
	"strings"

	"bangfu/internal/audit"
	"bangfu/internal/casefile"
	"bangfu/internal/day"
	"bangfu/internal/web"
	"bangfu/templates/casefilepage"
)

// How many events the timeline shows: at first, and when all are asked for.
const (
	newest  = 12
	mostOld = 500
)

// history lists what happened to the file, the newest first, and tells whether there is more before it: at first a few
// events, with ?timeline=all as many as a page can hold. Where few entries are events, more of them are read, once.
func (h *Handlers) history(r *http.Request, f casefile.File, whole bool) (events []casefilepage.Happening, older bool, err error) {
	most, read := newest, []int{4 * newest, 16 * newest}
	if whole {
		most, read = mostOld, []int{4 * mostOld}
	}
	for _, limit := range read {
		entries, err := audit.Of(r.Context(), h.DB, web.By(r).Scope, f.ID, limit)
		if err != nil {
			return nil, false, err
		}
		older = len(entries) == limit
		events = happenings(entries)
		if older && len(events) > 1 {
			events = events[:len(events)-1] // the last may have begun before what was read
		}
		if !older || len(events) >= most {
			break
		}
	}
	return events[:min(len(events), most)], older || len(events) > most, nil
}

// happenings makes events of entries, the newest first. What one unit of work left is one event if several features had a
// part in it: by one person at one moment. The same act again and again, by one person on one day, is one too. The keeping
// of drafts and looking at papers are none.
func happenings(entries []audit.Entry) []casefilepage.Happening {
	entries = slices.DeleteFunc(entries, func(e audit.Entry) bool {
		return strings.HasSuffix(e.Act, "."+string(casefile.ActType)) || e.Key() == casefile.ActForget.Key() || e.Key() == casefile.ActView.Key()
	})
	var all []casefilepage.Happening
	for len(entries) > 0 {
		n := 1
		for n < len(entries) && sameMoment(entries[0], entries[n]) {
			n++
		}
		if !slices.ContainsFunc(entries[:n], func(e audit.Entry) bool { return feature(e) != feature(entries[0]) }) {
			n = 1
		}
		all, entries = added(all, casefilepage.Happening{Entries: entries[:n:n]}), entries[n:]
	}
	return all
}

// added puts an event behind the later ones, or into the last of them where it is the same act again.
func added(all []casefilepage.Happening, e casefilepage.Happening) []casefilepage.Happening {
	if last := len(all) - 1; last >= 0 && again(all[last], e) {
		all[last].Run = true
		all[last].Entries = append(all[last].Entries, e.Entries...)
		return all
	}
	return append(all, e)
}

// sameMoment tells whether two entries are by one person at one moment: of one unit of work.
func sameMoment(a, b audit.Entry) bool {
	return a.At.Equal(b.At) && a.StaffID == b.StaffID && a.StaffName == b.StaffName
}

// again tells whether an event is the same act as the one after it, by the same person on the same day. An act that left
// a version stands for itself, since it leads to what it changed.
func again(later, e casefilepage.Happening) bool {
	if len(e.Entries) > 1 || len(later.Entries) > 1 && !later.Run {
		return false
	}
	a, b := later.Entries[0], e.Entries[0]
	plain := !slices.ContainsFunc([]audit.Entry{a, b}, func(e audit.Entry) bool { return e.Version > 0 })
	return plain && a.Act == b.Act && a.StaffID == b.StaffID && a.StaffName == b.StaffName && day.On(a.At) == day.On(b.At)
}

// feature is the feature that left an entry.
func feature(e audit.Entry) string {
	name, _, _ := strings.Cut(e.Act, ".")
	return name
}
