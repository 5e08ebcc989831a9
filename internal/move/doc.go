// Package move changes where files lie and how many there are: a file goes to another office 移交, a household becomes
// two 分户, two become one 并户.
//
// Each is asked for by a caseworker with a reason and agreed to by a second person. A split and a merge are carried out
// then; a transfer waits for the receiving office, where a third person takes the file over with its hand-over list or
// refuses it, and sees no more than the masked cover before. Start reading at state.go; then ask.go and decide.go. What
// is open around a file, and whether it stops a move, is asked of the database in matters.go (move_matters). Several
// files are moved at once, each with its own verdict, in batch.go.
//
// What is written on the files themselves stands in casefile/regroup.go; the database lets it happen within a move only.
//
// Tables: move_move, _batch, _verdict.
package move
