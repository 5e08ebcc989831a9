// Package auditpage draws the audit trail: its list, one entry, and what the check of the chain found.
package auditpage

import (
	"context"
	"net/url"
	"strconv"
	"strings"

	"bangfu/internal/audit"
	"bangfu/internal/form"
	"bangfu/internal/money"
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
	case e.Public():
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
			ui.Fixed(words.Minute(e.At)), ui.Fixed(who(ctx, e)), act(e), ui.Fixed(record(ctx, e)), ui.Fixed(file(ctx, e)), ui.Text(e.OrgName),
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

// record names the record of an entry: its kind and its number, by which pages and addresses name it too.
func record(ctx context.Context, e audit.Entry) string {
	return said(ctx, "audit.kind."+e.Kind, e.Kind) + " " + strconv.FormatInt(e.SubjectID, 10)
}

// said gives the words of a key made while the program runs, or what stands for it when there are none.
func said(ctx context.Context, key, otherwise string) string {
	if words.Has(words.Key(key)) {
		return words.T(ctx, words.Key(key))
	}
	return otherwise
}

func changeRows(ctx context.Context, e audit.Entry) []ui.Row {
	rows := make([]ui.Row, len(e.Changes))
	for i, c := range e.Changes {
		rows[i] = ui.Row{Cells: []ui.Cell{ui.Text(said(ctx, "audit.field."+c.Field, c.Field)),
			ui.Text(value(ctx, e, c.Field, c.Before)), ui.Text(value(ctx, e, c.Field, c.After))}}
	}
	return rows
}

// value writes a stored value for a reader: fen as yuan, and what an enumeration of the feature has a word for, such
// as "casefile.state.draft", by that word.
func value(ctx context.Context, e audit.Entry, field, stored string) string {
	if strings.HasSuffix(field, "_fen") {
		if fen, err := strconv.ParseInt(stored, 10, 64); err == nil {
			return money.Amount(fen).Grouped()
		}
	}
	feature, _, _ := strings.Cut(e.Act, ".")
	switch stored {
	case "true":
		return words.T(ctx, "common.yes")
	case "false":
		return words.T(ctx, "common.no")
	}
	if field == "kind" {
		field = e.Kind // the kinds of a paper are words of "evidence"
	}
	return said(ctx, feature+"."+field+"."+stored, stored)
}

// facts lists what an entry says.
func facts(ctx context.Context, e audit.Entry) []ui.Item {
	items := []ui.Item{
		{Key: "audit.at", Value: ui.Text(words.Minute(e.At))},
		{Key: "audit.who", Value: ui.Text(who(ctx, e))},
		{Key: "audit.act", Value: act(e)},
		{Key: "audit.record", Value: ui.Link(record(ctx, e), RecordPath(e.Kind, e.SubjectID)).With(words.T(ctx, "audit.same_record"))},
		{Key: "audit.office", Value: ui.Text(e.OrgName), None: true},
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
