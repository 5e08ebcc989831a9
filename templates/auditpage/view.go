// Package auditpage draws the audit trail: its list, one entry, and what the check of the chain found.
package auditpage

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"bangfu/internal/audit"
	"bangfu/internal/form"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/ui"
)

// The addresses of these pages.
const (
	TrailPath = "/audit"
	ChainPath = "/audit/chain"
)

// EntryPath is the page of one entry.
func EntryPath(id audit.ID) string { return TrailPath + "/" + strconv.FormatInt(int64(id), 10) }

// FilePath is the trail of one household.
func FilePath(id work.FileID) string { return TrailPath + "?file=" + strconv.FormatInt(int64(id), 10) }

// RecordPath is the trail of one record.
func RecordPath(kind string, id int64) string {
	return TrailPath + "?record=" + url.QueryEscape(kind+":"+strconv.FormatInt(id, 10))
}

// TrailView is a page of the trail.
type TrailView struct {
	Filter  *form.Form
	Chips   []ui.Chip // what the form cannot show: a record, a file, an act
	Entries []audit.Entry
	Newest  string // address of the newest entries, when these are older ones
	Older   string // address of the entries before these; "" = none
}

// who names the person of an entry: the program and the public by their words.
func who(ctx context.Context, e audit.Entry) string {
	switch {
	case e.StaffID != 0:
		return e.StaffName
	case strings.HasPrefix(e.StaffName, "system:"):
		return words.T(ctx, "audit.system")
	case e.StaffName == "public":
		return words.T(ctx, "audit.public")
	}
	return e.StaffName
}

// file names the household of an entry; "" when none is concerned.
func file(ctx context.Context, e audit.Entry) string {
	if e.FileID != 0 && e.File == "" {
		return words.T(ctx, "audit.file_draft")
	}
	return e.File
}

func entryRows(ctx context.Context, entries []audit.Entry) []ui.Row {
	rows := make([]ui.Row, len(entries))
	for i, e := range entries {
		rows[i] = ui.Row{Href: EntryPath(e.ID), Cells: []ui.Cell{
			ui.Text(words.Minute(e.At)), ui.Text(who(ctx, e)), act(e), ui.Text(record(e)), ui.Text(file(ctx, e)), ui.Text(e.OrgName),
		}}
	}
	return rows
}

// act says what was done; an act of a version to come or gone, which has no words, is named as it is.
func act(e audit.Entry) ui.Cell {
	if words.Has(e.Key()) {
		return ui.Word(e.Key())
	}
	return ui.Text(e.Act)
}

// record names the record of an entry for those who look for one.
func record(e audit.Entry) string { return e.Kind + " " + strconv.FormatInt(e.SubjectID, 10) }

func changeRows(changes []audit.Change) []ui.Row {
	rows := make([]ui.Row, len(changes))
	for i, c := range changes {
		rows[i] = ui.Row{Cells: []ui.Cell{ui.Text(c.Field), ui.Text(c.Before), ui.Text(c.After)}}
	}
	return rows
}

// facts lists what an entry says.
func facts(ctx context.Context, e audit.Entry) []ui.Item {
	items := []ui.Item{
		{Key: "audit.at", Value: ui.Text(words.Minute(e.At))},
		{Key: "audit.who", Value: ui.Text(who(ctx, e))},
		{Key: "audit.act", Value: act(e)},
		{Key: "audit.record", Value: ui.Link(record(e), RecordPath(e.Kind, e.SubjectID)).With(words.T(ctx, "audit.same_record"))},
		{Key: "audit.office", Value: ui.Text(e.OrgName)},
		{Key: "audit.address", Value: ui.Text(e.Address)},
		{Key: "audit.seal", Value: sealOf(e)},
	}
	if e.FileID != 0 {
		items = append(items, ui.Item{Key: "audit.file",
			Value: ui.Link(file(ctx, e), FilePath(e.FileID)).With(words.T(ctx, "audit.same_file"))})
	}
	return items
}

func sealOf(e audit.Entry) ui.Cell {
	if e.Seal == 0 {
		return ui.Word("audit.waiting")
	}
	return ui.Word("audit.sealed", e.Seal)
}

// found says what the check of the chain found.
func found(r audit.Report) ui.Banner {
	if r.Broken == nil {
		return ui.Banner{Tone: ui.Good, Title: "audit.chain_whole", Args: []any{r.Sealed}}
	}
	return ui.Banner{Tone: ui.Bad, Title: "audit.chain_broken",
		Args: []any{r.Broken.Seq, int64(r.Broken.Entry), r.Broken.Fault.Key()}, Body: "audit.chain_advice"}
}
