// Package comparison compares what households declared with what other offices know (信息比对, domain.md c.1, [W10];
// inventory 003-29, 004-07).
//
// A batch lists people by name and ID number, and nothing else, out of households that signed the authorisation; the
// others are left out and named. The list goes out once, to its maker. Who was sent to whom stays on record person by
// person (PIPL 21 to 23). The answer is a table: its columns are mapped, and a job reads it in batches of rows, so that
// memory stays flat and a restart goes on where it stopped (read.go). Rows are matched by the sealed index of the ID
// number. What an answer says of a person is a finding; one that differs from what was declared is open until somebody
// who did not register the file has resolved it, and the database lets no file be judged meanwhile. A blank cell is no
// answer unless the office that answers means one by it; a household counts as compared when all that was asked of each of its
// adults was answered. An answer that was read wrongly is withdrawn and given anew.
//
// Tables: comparison_rule, comparison_batch, comparison_subject, comparison_left_out, comparison_answer,
// comparison_content, comparison_row, comparison_finding. Those of casefile and staff are read here and written by their
// owners. Start reading at batch.go, then answer.go, sample.go, read.go and finding.go.
package comparison
