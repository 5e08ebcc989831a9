// Package ledgerpage holds the pages of ledgers read in and lists given out.
package ledgerpage

import (
	"strconv"

	"bangfu/internal/casefile"
	"bangfu/internal/idcard"
	"bangfu/internal/ledger"
	"bangfu/internal/words"
	"bangfu/internal/work"
	"bangfu/templates/ui"
)

// Addresses of imports.
const (
	ImportsPath  = "/imports"
	UploadPath   = ImportsPath + "/new"
	TemplatePath = ImportsPath + "/template"
)

// ImportPath is the address of an import.
func ImportPath(id ledger.ImportID) string {
	return ImportsPath + "/" + strconv.FormatInt(int64(id), 10)
}

// ColumnsPath is the address where the columns of an import are said.
func ColumnsPath(id ledger.ImportID) string { return ImportPath(id) + "/columns" }

// StartPath takes the form that begins an import.
func StartPath(id ledger.ImportID) string { return ImportPath(id) + "/start" }

// DropPath takes the form that throws an upload away.
func DropPath(id ledger.ImportID) string { return ImportPath(id) + "/removal" }

// UndoPath is the address where an import is undone.
func UndoPath(id ledger.ImportID) string { return ImportPath(id) + "/undo" }

// RejectsPath takes the form that fetches the rows that were not taken.
func RejectsPath(id ledger.ImportID) string { return ImportPath(id) + "/rejects" }

// RowsPath is the address of the rows that were not taken, above a row.
func RowsPath(id ledger.ImportID, above int) string {
	path := ImportPath(id) + "/rows"
	if above > 0 {
		path += "?above=" + strconv.Itoa(above)
	}
	return path
}

// SheetPath takes the form that chooses another sheet of a workbook.
func SheetPath(id ledger.ImportID) string { return ImportPath(id) + "/sheet" }

// NotesPath is the address of the rows that were taken without something, above a row.
func NotesPath(id ledger.ImportID, above int) string {
	path := ImportPath(id) + "/notes"
	if above > 0 {
		path += "?above=" + strconv.Itoa(above)
	}
	return path
}

// leniency says what becomes of a household with an optional value that cannot be read.
func leniency(i ledger.Import) words.Key {
	if i.Lenient {
		return "ledger.lenient_yes"
	}
	return "ledger.lenient_no"
}

// KeptPath is the address of the registrations that an undoing left, above an id.
func KeptPath(id ledger.ImportID, above work.FileID) string {
	path := ImportPath(id) + "/kept"
	if above > 0 {
		path += "?above=" + strconv.FormatInt(int64(above), 10)
	}
	return path
}

// filePath is the address of a file.
func filePath(id work.FileID) string { return "/files/" + strconv.FormatInt(int64(id), 10) }

// stateTag draws the state of an import.
func stateTag(s ledger.State) ui.Tag {
	tone := ui.Plain
	switch s {
	case ledger.Uploaded:
		tone = ui.Due
	case ledger.Queued, ledger.Running, ledger.Undoing:
		tone = ui.Info
	case ledger.Done:
		tone = ui.Good
	case ledger.Failed:
		tone = ui.Bad
	}
	return ui.Tag{Key: s.Key(), Tone: tone}
}

// verdictTag draws the verdict of a row.
func verdictTag(v ledger.Verdict) ui.Tag {
	if v == ledger.Bad {
		return ui.Tag{Key: v.Key(), Tone: ui.Bad}
	}
	return ui.Tag{Key: v.Key(), Tone: ui.Due}
}

// fileState draws the state of a registration.
func fileState(s casefile.State) ui.Tag { return ui.Tag{Key: s.Key()} }

// size writes bytes in whole kilobytes, at least one.
func size(bytes int64) string { return strconv.FormatInt((bytes+1023)>>10, 10) + " KB" }

// relation writes a person's relation to the head of the household.
func relation(value string) ui.Cell {
	switch value {
	case "":
		return ui.Text("")
	case casefile.Head:
		return ui.Word("casefile.head")
	}
	return ui.Word(casefile.Relations.Key(value))
}

// phoneOf writes a person's phone as pages show it.
func phoneOf(p casefile.Person) string {
	if p.Phone == "" {
		return ""
	}
	return idcard.MaskPhone(p.Phone)
}

// why says why an undoing left a registration.
func why(k ledger.Stayed) words.Key {
	if k.State == casefile.Draft {
		return "ledger.kept.touched"
	}
	return "ledger.kept.moved"
}

// Addresses of lists given out.
const (
	ExportsPath = "/exports"
	AskPath     = ExportsPath + "/new"
)

// ExportPath is the address of a list.
func ExportPath(id ledger.ExportID) string {
	return ExportsPath + "/" + strconv.FormatInt(int64(id), 10)
}

// FetchPath takes the form that fetches a list.
func FetchPath(id ledger.ExportID) string { return ExportPath(id) + "/file" }

// AskOfPath is the address that asks for the table of one file.
func AskOfPath(id work.FileID) string { return AskPath + "?file=" + strconv.FormatInt(int64(id), 10) }

// standingTag draws how far a list is.
func standingTag(s ledger.Standing) ui.Tag {
	tone := ui.Plain
	switch s {
	case ledger.ExportQueued, ledger.ExportRunning:
		tone = ui.Info
	case ledger.ExportReady:
		tone = ui.Good
	case ledger.ExportFailed:
		tone = ui.Bad
	}
	return ui.Tag{Key: s.Key(), Tone: tone}
}
