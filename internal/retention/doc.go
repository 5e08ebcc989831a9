// Package retention keeps closed files for their term and destroys them afterwards (保管期限, 档案销毁; domain.md c.1,
// [W44] art. 15: ten years from the day of closing).
//
// A file that ended is kept for ten years, and longer while a hold lies on it: a lawsuit, an audit, an inspection
// (hold.go). One person proposes a batch of an office's files whose term is over, another decides (batch.go); the program
// then destroys the files of an agreed batch one by one, each in a unit of its own (erase.go). What the household left is
// deleted, money records stay without a name, and of the file itself only its number and what is counted are left
// (Erased), from which the certificate of destruction 销毁清册 is printed.
//
// What goes and what stays is written in one place, the function retention_erase of the migrations; the test
// TestEveryColumnHasAFate names every column of every table that can be reached from a file, and fails when a new one
// comes.
//
// Start reading at term.go, then batch.go and erase.go.
//
// Tables: retention_batch, retention_item, retention_hold, retention_erased, retention_aid, retention_blob.
package retention
