// Package review keeps the register true while files are on it (动态管理, domain.md c.1): every half year or year a round
// goes through all active files of an office and those below it, and lists name the files that call for a look between.
//
// A round notes how many files each office had when it was opened; which files still wait is derived from the register
// and the results, so opening a round over a million files writes a row an office and no more. A result that leaves the
// file as it is needs one person, a change of category a second one (result.go). The lists are conditions on the register
// (list.go).
//
// Start reading at round.go, then result.go.
//
// Whom training is for is a dated rule and a list of its own (training.go).
//
// Tables: review_round, review_unit, review_result, review_training. audit_entry, payment_payable and eligibility_line are read here and
// written by their owners.
package review
