package seed

import (
	"encoding/json"
	"strings"
	"time"

	"bangfu/internal/casefile"
	"bangfu/internal/day"
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

// calledBack is after how many months an exited household is called back.
var calledBack = []int{3, 6, 12}

// writeExit writes how the household left the register: the proposal, its months over the line, the paper it rests on,
// what was told, and the calls after it.
func (h *family) writeExit(to []*lines) {
	f, k := h.file, int64(h.index)+1
	id, closed := h.lastID["exit_exit"]+k, day.On(h.file.ClosedAt)
	clerk, head := h.registrar().id, h.county.head.id
	var happened any
	if f.ReturnReason != "out_of_hardship" {
		happened = closed.Add(-40)
	}
	to[toExit].row(id, int64(f.ID), f.OrgPath, f.ReturnReason, "closed", "经核实，符合退出条件", happened, day.Of(2000, time.January, 1), clerk,
		f.ClosedAt.AddDate(0, 0, -20), "同意退出", head, f.ClosedAt.AddDate(0, 0, -12), closed.Add(-5), "hand", f.HeadName, clerk, f.ClosedAt.AddDate(0, 0, -5), head, f.ClosedAt)
	to[toProof].row(id, h.lastID["casefile_evidence"]+int64(h.index)*slots+1)
	if f.ReturnReason == "out_of_hardship" {
		first := day.Of(closed.Year(), closed.Month(), 1)
		for back := 6; back >= 1; back-- {
			month := first.AddMonths(-back)
			line := h.lines[min(month.Year()-firstYear, len(h.lines)-1)]
			to[toMonth].row(id, month, f.People, int64(line.Monthly)*int64(f.People)*13/10, int64(line.ID))
		}
	}
	for i, months := range calledBack {
		due := closed.AddMonths(months)
		var done, how, result, note, by, at any
		if due.Before(h.today) {
			done, how, result, note, by, at = due, "phone", "stable", "", clerk, due.Start().Add(10*time.Hour)
		}
		to[toCallback].row(h.lastID["exit_callback"]+int64(h.index)*int64(len(calledBack))+int64(i)+1, id, int64(f.ID), f.OrgPath, due, done, how, result, note, by, at)
	}
}
