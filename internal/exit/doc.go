// Package exit takes households off the register and looks after them afterwards (脱困, 解困, 注销, 返困; domain.md c.1).
//
// Whoever looks after a household proposes its exit with the proof that its kind asks for (proposal.go): six consecutive
// months over the line, five guarantees, or the fact and its paper. Somebody of the deciding side assesses it, the worker
// is told in writing, and only then is the file closed (state.go is the whole life; the database refuses a closing
// without it). False information brings a claim for what was paid (recovery.go), and what comes back of it goes to the funds
// that paid (receipt.go). Those who left because they are better
// off are called back at three dates (callback.go); who falls back gets a new file that names the old one.
//
// Start reading at state.go, then proposal.go and exit.go.
//
// Tables: exit_exit, exit_month, exit_guarantee, exit_paper, exit_claim, exit_receipt, exit_receipt_part, exit_receipt_reversal, exit_callback, exit_rule.
// payment_payable, payment_line, payment_answer and the programme's name are read here and written by their owners.
package exit
