// Package check looks for what does not fit together in a worker file 检查 (domain.md g): an ID number against sex and
// birth, age against schooling, the status of work against income, and so on.
//
// Each check is a small pure function over the facts of one file; they stand in one table, checks.go. They run when a
// registration is looked through before it is handed in, and on every submitted file after each change, at least once in
// thirty days. What they find is a work list; a finding can be set aside with a reason until its facts change. A finding
// stops nothing: people decide.
//
// Tables: check_finding, check_file, check_due. The files are read through package casefile.
package check
