package seed

import (
	"encoding/json"
	"strings"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/work"
)

// writeTrail writes the acts that led to where the file stands: all of them for files of the last year, the
// registration and the last acts for older ones.
func (h *family) writeTrail(to []*lines) {
	f, k := h.file, 0
	entry := func(at time.Time, by person, act casefile.Act, changes ...work.Change) {
		var staff, org any = by.id, by.org
		if by.id == 0 {
			staff, org = nil, nil
		}
		text := []string{}
		for _, c := range changes {
			b, _ := json.Marshal(c) // texts only
			text = append(text, string(b))
		}
		id := h.lastID["audit_entry"] + int64(h.index)*slots + int64(k) + 1
		to[toEntry].row(id, at, staff, by.name, org, "192.0.2.10", "casefile."+string(act), "file", int64(f.ID), int64(f.ID), "["+strings.Join(text, ",")+"]")
		to[toPending].row(id)
		k++
	}
	move := func(at time.Time, by person, act casefile.Act, before, after casefile.State, more ...work.Change) {
		entry(at, by, act, append([]work.Change{{Field: "state", Before: before, After: after}}, more...)...)
	}
	recent := h.Now.Sub(f.RegisteredAt) < 365*24*time.Hour
	clerk, head, system := h.registrar(), h.county.head, person{name: "system:notice"}
	entry(f.RegisteredAt, clerk, "register")
	reason := work.Change{Field: "reason", After: f.ReturnReason}
	switch {
	case f.State == casefile.Draft:
		return
	case f.State == casefile.Discarded:
		move(f.ClosedAt, clerk, casefile.ActDiscard, casefile.Draft, casefile.Discarded, reason)
		return
	}
	move(f.SubmittedAt, clerk, casefile.ActSubmit, casefile.Draft, casefile.Submitted)
	if f.State == casefile.Returned {
		move(h.visited, h.county.clerks[1], casefile.ActDisagree, casefile.Submitted, casefile.Returned, reason)
	} else if !h.visited.IsZero() && (recent || f.State == casefile.Visited) {
		move(h.visited, h.county.clerks[1], casefile.ActAgree, casefile.Submitted, casefile.Visited)
	}
	switch {
	case f.State == casefile.NotQualified:
		move(h.decided, head, casefile.ActDisqualify, casefile.Visited, casefile.NotQualified)
	case h.judged && (recent || f.State == casefile.Judged || f.State == casefile.Refused):
		move(h.decided, head, casefile.ActQualify, casefile.Visited, casefile.Judged, work.Change{Field: "category", After: f.Category})
	}
	verdict, at := h.assessed()
	switch {
	case verdict == "refuse":
		move(at, head, casefile.ActRefuse, casefile.Judged, casefile.Refused, reason)
	case verdict == "pass" && (recent || f.State == casefile.Assessed):
		move(at, head, casefile.ActPass, casefile.Judged, casefile.Assessed)
	}
	if !h.published.IsZero() && (recent || f.State == casefile.InNotice) {
		move(h.published, h.county.officer, casefile.ActPublish, casefile.Assessed, casefile.InNotice)
	}
	if f.Number != "" {
		move(h.ended, system, casefile.ActActivate, casefile.InNotice, casefile.Active, work.Change{Field: "number", After: f.Number})
	}
	if f.State == casefile.Closed {
		move(f.ClosedAt, head, casefile.ActClose, casefile.Active, casefile.Closed, reason)
	}
}
