// Package casefile keeps the worker files: one household, one file (一户一档, domain.md b.2).
//
// A file is registered in sections that can be filled in any order and keep what was typed until it is right
// (section.go); it is submitted, visited, judged, assessed, put up for public notice and then active with its number
// (state.go is the whole life, and advance in file_sql.go the only statement that writes a state). A person is in one
// open file at most, anywhere in the tree: the database keeps that, and claim.go says where the other file lies.
//
// Each time the facts of a file change after it was handed in, the whole of it is kept as a version (version.go), so that
// it is known as of any past day what the file said; compare.go tells two states of a file apart.
//
// Start reading at state.go, then file.go and section.go.
//
// Tables: casefile_file, _section, _section_past, _typed, _person, _particular, _claim, _number, _snapshot, _figure,
// _arrears, _cause, _evidence, _card, _declaration, _opinion, _judgement, _assessment, _duty, _version. ID, card and phone
// numbers are sealed; beside them stands a keyed index to search by.
package casefile
