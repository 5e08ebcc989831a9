// Package ledger reads old ledgers 台账 in and gives lists out, as spreadsheets.
//
// An import is one sheet of an upload (tab.go) with its columns said (column.go), read row by row (line.go; bank cards and
// figures in purse.go), grouped into households (household.go) and judged row by row; households that are whole become
// registrations of the importer's office, the others come back as a sheet with the reason beside each row (reject.go).
// What is left out of a row that is taken is noted with it. It runs in batches in the background (run.go), goes on where
// it was after the program was killed, and can be undone (undo.go) as far as nobody has touched its files. What a ledger says never makes a file active: visit, judgement and notice follow as for any other.
//
// An export is a list given out with a reason (export.go), written in the background into the store of large files, to
// be fetched once and for a time.
//
// Start reading at import.go, then run.go.
//
// Tables: ledger_import, _row, _origin, _mapping, _export.
package ledger
