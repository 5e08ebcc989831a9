// Package payment takes an approved grant's money to the household's bank card and brings the bank's answer back.
//
// A Payable is what an approved grant owes, one a grant. Finance may refuse it with reasons (001-64). A Batch is made of
// ready payables by one person and released by another; releasing freezes it and writes the bank's file. The bank's
// answer is read back line by line: a line that succeeded is paid and stands in the ledger, one that failed returns its
// money to the fund and can be tried again. What finance refused or the bank could not pay is ended by the deciding side, or
// when the household leaves (revocation.go). state.go holds the life of payables and batches.
//
// What must never fail is repeated by the database: nothing is payable without a finished notice and a complete chain
// (payment_chain, payment_notice), at most one line of a payable is open or paid (payment_line_one), maker and releaser
// differ (payment_two_people), a released batch is frozen, only the bank's answer moves the ledger (payment_by_bank) and
// it always does (payment_in_ledger); a file is closed only when all it was granted is paid or revoked (payment_left_open).
//
// Source rules: domain.md c.2 and d.8.
//
// Tables: payment_format, payment_payable, payment_refusal, payment_revocation, payment_batch, payment_line, payment_answer. Start reading
// at state.go, then payable.go, batch.go, answer.go.
package payment
